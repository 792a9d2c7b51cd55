"""Services and operations that moto lacks, added from botocore's own service models.

A handler is a function `handler(call: Call, params: dict) -> dict | None`. Write one file per service under
deploy/local/services/ and give its handlers, by the operation's name as AWS spells it, to

    register("qbusiness", {"CreateApplication": create_application, ...})   a service that moto lacks
    extend("guardduty", {"GetFindings": get_findings, ...})                 operations that moto lacks, or has wrong

For example:

    def create_application(call, params):
        arn = call.arn(f"application/{call.new_id()}")
        call.state["applications"][arn] = {**params, "applicationArn": arn, "status": "ACTIVE", "createdAt": call.now}
        return {"applicationArn": arn}

    def get_application(call, params):
        found = call.state["applications"].get(params["applicationId"])
        if found is None:
            raise ApiError("ResourceNotFoundException", "Application not found", resourceId=..., resourceType=...)
        return call.fit(found)

* `params` has botocore's member names, timestamps as naive datetimes in UTC, blobs as bytes. It was checked against
  the request's shape (required members, types, enums, patterns, lengths, ranges): what fails is refused with the
  error that the operation declares for that, before the handler runs.
* The answer is checked the same way. An answer that AWS could not have sent raises `WrongAnswer` (HTTP 501): a fault
  of the emulator.
* `ApiError(code, message, **members)` is sent as AWS's protocol for that service sends it, with the HTTP status of
  the modelled error.
* `call.state` belongs to this service, account and Region: a dict of dicts made on first use, emptied when moto is
  reset.
* `call.backend("iam")` is moto's own backend of the caller's account, for state that moto already keeps.

Both work in a moto server and in `mock_aws`. Install them before the first request: moto builds its routes once.
"""

import re
import sys
import types
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from botocore.model import OperationModel, ServiceModel, Shape
from botocore.validate import ParamValidator
from moto import backend_index
from moto.backends import get_backend
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.utilities.utils import get_partition

Handler: TypeAlias = Callable[["Call", dict[str, Any]], dict[str, Any] | None]

# What an operation may declare for a request that does not fit its shape, in the order in which it is looked for.
REFUSALS = (
    "ValidationException",
    "BadRequestException",
    "InvalidInputException",
    "InvalidParameterValueException",
    "InvalidParameterException",
    "InvalidRequestException",
)


class ApiError(ServiceException):
    """An error as AWS answers it. `members` are further members of the modelled error shape."""

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(code, message)
        self.__dict__.update(members)


class WrongAnswer(Exception):
    """A handler answered what AWS's model does not allow: the emulator is wrong, not the caller."""


@dataclass(frozen=True)
class Call:
    """One API call: by whom, where, and the state that the service keeps there."""

    service: str
    operation: str
    account: str
    region: str
    access_key: str

    @property
    def state(self) -> dict[str, dict[str, Any]]:
        """The service's own state in this account and Region: a dict of dicts, made on first use."""
        return state_of(self.service, self.account, self.region)

    @property
    def partition(self) -> str:
        return get_partition(self.region)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    def arn(self, resource: str, service: str | None = None) -> str:
        """`arn:<partition>:<signing name>:<region>:<account>:<resource>`."""
        name = service or service_model(self.service).signing_name
        return f"arn:{self.partition}:{name}:{self.region}:{self.account}:{resource}"

    def new_id(self, length: int = 10) -> str:
        """Upper-case letters and digits, as Bedrock and others name things."""
        return uuid.uuid4().hex.upper()[:length]

    def backend(self, service: str, region: str | None = None) -> Any:
        """moto's backend of that service in this account (the partition's one, where the service is global)."""
        backends = get_backend(service)[self.account]
        wanted = region or self.region
        return backends[wanted] if wanted in backends else backends[self.partition]

    def fit(self, item: dict[str, Any], member: str | None = None) -> dict[str, Any]:
        """Only the members that this operation's answer (or its member of that name; a list's element) knows."""
        shape: Any = service_model(self.service).operation_model(self.operation).output_shape
        shape = shape.members[member] if member else shape
        known = (shape.member if shape.type_name == "list" else shape).members
        return {name: value for name, value in item.items() if name in known}


class StateBackend(BaseBackend):
    """Everything that added handlers keep in one account; moto empties it when it is reset."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.states: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))


STATES = BackendDict(StateBackend, "embedded", use_boto3_regions=False, additional_regions=["aws"])


def state_of(service: str, account: str, region: str) -> dict[str, dict[str, Any]]:
    """The state of an added service, for tests and for other parts of the emulator."""
    return STATES[account]["aws"].states[service, region]


def service_model(service: str) -> ServiceModel:
    """The model as moto holds it, so that it is read once."""
    return get_service_model(service)


def register(service: str, handlers: dict[str, Handler]) -> None:
    """Add a service that moto lacks. Raises botocore's OperationNotFoundError for a misspelt operation."""
    name = service.replace("-", "")
    response = _response_class(service)
    _add_operations(service, response, handlers)
    _add_modules(name, service, response)
    host = re.compile(_host(service))
    backend_index.backend_url_patterns[:] = [row for row in backend_index.backend_url_patterns if row[0] != name]
    backend_index.backend_url_patterns.insert(0, (name, host))


def extend(service: str, handlers: dict[str, Handler]) -> None:
    """Add operations to a service that moto has, or put better ones in the place of its own."""
    name = {"lambda": "awslambda"}.get(service, service.replace("-", ""))
    urls = import_module(f"moto.{name}.urls")
    response = _response_of(import_module(f"moto.{name}.responses"), urls.url_paths)
    _add_operations(service, response, handlers)
    for path in _paths(service, handlers):
        urls.url_paths.setdefault(path, response.dispatch)


def _response_of(module: types.ModuleType, url_paths: dict[str, Any]) -> type[BaseResponse]:
    """The class that answers: the one whose `dispatch` the service's addresses call."""
    for target in url_paths.values():
        owner = getattr(target, "__self__", None)
        if isinstance(owner, type) and issubclass(owner, BaseResponse) and owner.__module__ == module.__name__:
            return owner
    raise LookupError(f"{module.__name__} dispatches to no response class")


def _paths(service: str, handlers: dict[str, Handler]) -> Iterator[str]:
    """moto's address patterns of these operations. An identifier may be an ARN, hence with slashes in it."""
    for operation in handlers:
        uri = service_model(service).operation_model(operation).http["requestUri"].split("?")[0]
        parts = enumerate(re.split(r"\{[^}]+\}", uri))
        yield ("{0}" + "".join(f"(?P<part{i}>.+)" * (i > 0) + literal for i, literal in parts) + "$")


def _response_class(service: str) -> type[BaseResponse]:
    def start(self: BaseResponse) -> None:
        BaseResponse.__init__(self, service_name=service)

    title = "".join(part.title() for part in service.split("-"))
    return type(f"{title}Response", (BaseResponse,), {"__init__": start})


def _host(service: str) -> str:
    return rf"https?://{re.escape(service_model(service).endpoint_prefix)}\.(.+\.)?(amazonaws\.com|api\.aws)"


def _add_modules(name: str, service: str, response: type[BaseResponse]) -> None:
    """The three modules by which moto finds a service: `moto.<name>`, its `urls` and its `models`."""
    package, urls, models = (types.ModuleType(f"moto.{name}{end}") for end in ("", ".urls", ".models"))
    backend = type("Backend", (BaseBackend,), {"__module__": models.__name__})
    package.__dict__.update(
        {
            "__path__": [],
            "urls": urls,
            "models": models,
            f"{name}_backends": _backends(backend, service),
        }
    )
    urls.__dict__.update(
        url_bases=[_host(service)],
        url_paths={"{0}/.*$": response.dispatch, "{0}/$": response.dispatch},
    )
    sys.modules.update({module.__name__: module for module in (package, urls, models)})


def _backends(backend: type[BaseBackend], service: str) -> BackendDict[Any]:
    return BackendDict(
        backend,
        service,
        use_boto3_regions=False,
        additional_regions=["us-east-1", "aws"],
    )


def _add_operations(service: str, response: type[BaseResponse], handlers: dict[str, Handler]) -> None:
    for operation, handler in handlers.items():
        setattr(
            response,
            camelcase_to_underscores(operation),
            _method(service, operation, handler),
        )


def _method(service: str, operation: str, handler: Handler) -> Callable[[BaseResponse], ActionResult]:
    model = service_model(service).operation_model(operation)

    def answer(self: BaseResponse) -> ActionResult:
        params = _parsed(self)
        _refuse_misfit(model, params)
        result = handler(_call(self, service, operation), params) or {}
        _check_answer(model, result)
        return ActionResult(result)

    return answer


def _parsed(response: BaseResponse) -> dict[str, Any]:
    response.parse_parameters(response.normalized_request)
    return {name: value for name, value in dict(response.params or {}).items() if value is not None}


def _call(response: BaseResponse, service: str, operation: str) -> Call:
    return Call(
        service,
        operation,
        response.current_account,
        response.region,
        response.access_key,
    )


def _refuse_misfit(model: OperationModel, params: dict[str, Any]) -> None:
    fault = next(misfits(model.input_shape, params), None)
    if fault:
        raise ApiError(refusal_code(model), f"1 validation error detected: {fault}")


def _check_answer(model: OperationModel, answer: dict[str, Any]) -> None:
    unknown = set(answer) - set(model.output_shape.members if model.output_shape else ())
    fault = f"unknown members {sorted(unknown)}" if unknown else next(misfits(model.output_shape, answer), None)
    if fault:
        raise WrongAnswer(f"{model.service_model.service_name}.{model.name}: {fault}")


def refusal_code(model: OperationModel) -> str:
    """The code with which this operation refuses a malformed request."""
    declared = {shape.name for shape in model.error_shapes}
    query = model.service_model.metadata["protocol"] == "query"
    return next(
        (name for name in REFUSALS if name in declared),
        "ValidationError" if query else "ValidationException",
    )


def misfits(shape: Shape | None, value: Any) -> Iterator[str]:
    """Where a value does not fit a botocore shape, one line each.

    botocore's validator knows types, required members and least lengths; enums, patterns and greatest lengths are
    checked here.
    """
    if shape is None:
        return
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        yield report.generate_report().replace("\n", "; ")
    else:
        yield from _strings(shape, value, "")


def _strings(shape: Shape, value: Any, path: str) -> Iterator[str]:
    if value is None or getattr(shape, "is_document_type", False):
        return
    if shape.type_name == "string":
        yield from _string(shape, value, path)
    for inner_shape, inner, step in _inner(shape, value):
        yield from _strings(inner_shape, inner, f"{path}.{step}".lstrip("."))


def _inner(shape: Any, value: Any) -> Iterator[tuple[Shape, Any, str]]:
    if shape.type_name == "structure":
        yield from ((shape.members[name], inner, name) for name, inner in value.items() if name in shape.members)
    elif shape.type_name == "list":
        yield from ((shape.member, inner, f"{number}.member") for number, inner in enumerate(value, 1))
    elif shape.type_name == "map":
        yield from ((shape.value, inner, key) for key, inner in value.items())


def _string(shape: Shape, value: str, path: str) -> Iterator[str]:
    facts = shape.metadata
    where = f"Value '{value[:200]}' at '{path}' failed to satisfy constraint: Member must"
    if facts.get("enum") and value not in facts["enum"]:
        yield f"{where} satisfy enum value set: {facts['enum']}"
    if facts.get("pattern") and not _matches(facts["pattern"], value):
        yield f"{where} satisfy regular expression pattern: {facts['pattern']}"
    if len(value) > facts.get("max", len(value)):
        yield f"{where} have length less than or equal to {facts['max']}"


def _matches(pattern: str, value: str) -> bool:
    """Some models write Java's regular expressions, which Python cannot compile: those are not checked."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.search(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    # AWS's own misprint (bedrock-agent, TaggableResourcesArn), which no real ARN would match.
    pattern = pattern.replace("/d{", r"\d{").replace("/d+", r"\d+")
    try:
        return re.compile(pattern)
    except re.error:
        return None
