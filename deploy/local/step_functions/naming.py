"""Names of parameters, results and errors.

Gaps in moto: definitions write members in PascalCase (`LoggingConfig`), the API may spell them otherwise
(`loggingConfig`), and moto passes them on as they are; and it writes a service's errors as `iam.`, where AWS writes
`Iam.`.
"""

from functools import cache
from typing import Any

from botocore import xform_name
from botocore.model import OperationModel
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)

from deploy.local.model_service import service_model

# Where the SDK for Java, whose names these are, does not just begin with a capital.
SERVICE_IDS = {
    "dynamodb": "DynamoDb",
    "cloudtrail": "CloudTrail",
    "guardduty": "GuardDuty",
    "securityhub": "SecurityHub",
}


@cache
def operation(service: str, action: str) -> OperationModel:
    """The operation that a task names (`put_item` or `putItem`). Raises LookupError for one that AWS lacks."""
    model = service_model(service)
    for name in model.operation_names:
        if xform_name(name) == action or name.lower() == action.replace("_", ""):
            return model.operation_model(name)
    raise LookupError(f"{service} has no operation {action}")


def _operation_of(task: StateTaskService, service: str | None, action: str | None) -> OperationModel:
    return operation(task._get_boto_service_name(service), task._get_boto_service_action(action))


def _to_api(
    self: StateTaskService,
    parameters: dict,
    boto_service_name: str | None = None,
    service_action_name: str | None = None,
) -> None:
    shape = _operation_of(self, boto_service_name, service_action_name).input_shape
    if shape is not None:
        self._to_boto_request(parameters, shape)


def _from_api(
    self: StateTaskService, response: Any, boto_service_name: str | None = None, service_action_name: str | None = None
) -> None:
    shape = _operation_of(self, boto_service_name, service_action_name).output_shape
    if shape is not None:
        self._from_boto_response(response, shape)


def _service_in_errors(service: str) -> str:
    return SERVICE_IDS.get(service.lower(), service[:1].upper() + service[1:])


def install() -> None:
    StateTaskService._normalise_parameters = _to_api
    StateTaskService._normalise_response = _from_api
    StateTaskServiceAwsSdk._normalise_service_error_name = staticmethod(_service_in_errors)
