"""Runs the functions of one action as the runner does, and keeps what they called.

`CALLED` holds, by action and function, the IAM actions of all calls in this test session. tests/house/test_actions.py
holds the declarations against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from types import ModuleType
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.core.botocore_stubber import MockRawResponse

from lambdas.core import schema
from lambdas.core.action import load
from lambdas.core.session import Session

Json = dict[str, Any]

ACCOUNT = "123456789012"
REGION = "us-east-1"
CREDENTIALS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "made-up"}

CALLED: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
SEEN: dict[str, list[Json]] = defaultdict(list)
"""The targets on which an action was performed."""
UNDONE: set[str] = set()
"""Actions for which some test did, undid and compared."""

PASSES_ROLE = {"bedrock:PutModelInvocationLoggingConfiguration": "roleArn"}
"""Calls that need iam:PassRole as well, where their parameters name a role under this field."""


class Crash(Exception):
    """The function's process ended here."""


class Acting:
    """One action on one account. Its functions are called as in the runner, with a session that is watched."""

    def __init__(self, action_id: str) -> None:
        self.action_id = action_id
        self.module: ModuleType = load(action_id)
        self.session = WatchedSession(self._saw)
        self.calls: list[str] = []
        self._function = ""

    def read(self, target: Json) -> Json:
        state: Json = self._run("read", target)
        return state

    def perform(self, target: Json, before: Json) -> None:
        SEEN[self.action_id].append(target)
        self._run("perform", target, before)

    def settled(self, target: Json) -> bool:
        return bool(self._run("settled", target))

    def undo(self, target: Json, before: Json) -> None:
        self._run("undo", target, before)

    def achieved(self, target: Json, state: Json) -> bool:
        return bool(self.module.achieved(target, state))

    def do(self, target: Json) -> Json:
        """Read, perform and read back; the state before. The target must fit the schema that approvers rely on."""
        schema.validate(f"actions/{self.action_id}", target)
        before = self.read(target)
        self.perform(target, before)
        assert self.achieved(target, self.read(target)), "the read-back does not show the change"
        return before

    def do_undo_compare(self, target: Json, until: Callable[[], Any] = lambda: None) -> None:
        """`until` waits for what AWS finishes later, between the two as the state machine does."""
        before = self.do(target)
        until()
        self.undo(target, before)
        assert self.module.ACTION.same(self.read(target), before), "undo did not restore the state before"
        UNDONE.add(self.action_id)

    def made(self, operation: str) -> int:
        """How many calls of this operation were made so far."""
        return self.calls.count(operation)

    def _run(self, function: str, *arguments: Any) -> Any:
        self._function = function
        return getattr(self.module, function)(self.session, *arguments)

    def _saw(self, iam_action: str, parameters: Json) -> None:
        self.calls.append(iam_action.partition(":")[2])
        CALLED[self.action_id][self._function].add(iam_action)
        if iam_action in PASSES_ROLE and PASSES_ROLE[iam_action] in str(parameters):
            CALLED[self.action_id][self._function].add("iam:PassRole")


class WatchedSession(Session):
    """A session whose every call is seen, and can be made to fail."""

    def __init__(self, saw: Callable[[str, Json], None], account: str = ACCOUNT) -> None:
        super().__init__(account, REGION, CREDENTIALS)
        self._saw = saw
        self._crash_at: str | None = None
        self._throttled: dict[str, int] = {}

    def client(self, service: str, region: str | None = None) -> Any:
        fresh = (service, region or self.region) not in self._clients
        client = super().client(service, region)
        if fresh:
            client.meta.events.register_first("before-parameter-build", self._watch)
            client.meta.events.register_first("before-send", self._throttle)
        return client

    def crash_at(self, operation: str) -> None:
        """End the process just before the next call of this operation."""
        self._crash_at = operation

    def throttle(self, operation: str, times: int) -> None:
        """Answer the next calls of this operation as AWS does when there are too many."""
        self._throttled[operation] = times

    def _watch(self, params: Json, model: Any, **_: Any) -> None:
        if model.name == self._crash_at:
            self._crash_at = None
            raise Crash(model.name)
        # The IAM prefix of a service is the name under which it signs.
        self._saw(f"{model.service_model.signing_name}:{model.name}", params)

    def _throttle(self, request: Any, event_name: str, **_: Any) -> AWSResponse | None:
        operation = event_name.rpartition(".")[2]
        if self._throttled.get(operation, 0) == 0:
            return None
        self._throttled[operation] -= 1
        # Every listener hears of the request. Under an address that it does not know, moto does not carry it out.
        request.url = "http://throttled.invalid/"
        xml = "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"
        is_xml = ".iam." in event_name
        body = xml if is_xml else '{"__type": "ThrottlingException", "message": "Rate exceeded"}'
        headers = {} if is_xml else {"x-amzn-errortype": "ThrottlingException"}
        return AWSResponse(request.url, 400, headers, MockRawResponse(body.encode()))
