"""Lambda functions run as processes of their own, as AWS runs them."""

import base64
import json
import os
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local import lambda_pool
from deploy.local.lambda_pool import UNRESERVED_AT_ONCE, Turns
from deploy.local.stack import EmbeddedAws
from tests.local.conftest import ACCOUNT, Queue, eventually, make_role, zipped

ALL_SORTS = """
import json, os, sys, time
import boto3
print("loaded")
CALLS = []
class Refused(Exception): pass
def handler(event, context):
    CALLS.append(1)
    print("called with", json.dumps(event))
    what = event.get("do")
    if what == "raise": raise Refused("not this one")
    if what == "exit": os._exit(7)
    if what == "die": os.kill(os.getpid(), 9)
    if what == "sleep": time.sleep(event["seconds"])
    if what == "who": return boto3.client("sts").get_caller_identity()["Arn"]
    if what == "environment": return {"variables": dict(os.environ), "modules": sys.path}
    if what == "shout": print("x" * 200_000); print("last line")
    if what == "import": __import__(event["module"])
    if what == "context": return {"name": context.function_name, "memory": context.memory_limit_in_mb,
        "arn": context.invoked_function_arn, "left": context.get_remaining_time_in_millis()}
    return {"pid": os.getpid(), "calls": len(CALLS)}
"""


class Functions:
    """Invokes functions and reads their answers."""

    def __init__(self, aws: EmbeddedAws) -> None:
        self.client = aws.client("lambda")

    def invoke(self, name: str, **event: Any) -> Any:
        """The answer of a function that must not fail."""
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event))
        payload = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, payload
        return payload

    def failure(self, name: str, **event: Any) -> dict[str, Any]:
        """The error of a function that must fail."""
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event))
        assert answer["StatusCode"] == 200
        assert answer["FunctionError"] == "Unhandled"
        error: dict[str, Any] = json.loads(answer["Payload"].read())
        return error

    def later(self, name: str, **event: Any) -> None:
        answer = self.client.invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event))
        assert answer["StatusCode"] == 202


def printed(aws: EmbeddedAws, arn: str) -> list[str]:
    """The lines in a function's log group; none while it has not run."""
    logs, group = aws.client("logs"), f"/aws/lambda/{arn.rsplit(':', 1)[1]}"
    if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        return []
    return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]


@pytest.fixture(scope="module")
def functions(aws: EmbeddedAws) -> Functions:
    return Functions(aws)


@pytest.fixture(scope="module")
def sorts(function: Callable[..., str]) -> str:
    """One function for the tests that leave it as it was."""
    return function(ALL_SORTS, Timeout=2, MemorySize=256, Environment={"Variables": {"LEDGER_TABLE": "ledger"}})


class TestEnvironment:
    def test_a_function_runs_as_its_role(self, functions: Functions, sorts: str) -> None:
        """With credentials of its own role, in a session that is named for the function."""
        assert (
            functions.invoke(sorts, do="who")
            == f"arn:aws:sts::{ACCOUNT}:assumed-role/everything/{sorts.rsplit(':', 1)[1]}"
        )

    def test_a_function_sees_its_variables_and_not_the_operators(self, functions: Functions, sorts: str) -> None:
        """What the shell of this test run holds does not reach it."""
        seen = functions.invoke(sorts, do="environment")["variables"]
        assert seen["LEDGER_TABLE"] == "ledger"
        assert seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "256"
        assert "PYTEST_CURRENT_TEST" in os.environ
        assert not set(seen) & {"PYTEST_CURRENT_TEST", "VIRTUAL_ENV", "USER", "AWS_PROFILE", "MOTO_PORT"}
        assert Path(seen["HOME"]) != Path.home()

    def test_a_package_that_was_forgotten_is_missed(self, functions: Functions, sorts: str) -> None:
        """What happens to be installed here is not in the function: only its own code and what AWS's runtime brings."""
        assert functions.failure(sorts, do="import", module="jinja2")["errorType"] == "ModuleNotFoundError"
        functions.invoke(sorts, do="import", module="botocore")

    def test_the_context_is_awss(self, functions: Functions, sorts: str) -> None:
        """Name, memory, ARN and the time that is left."""
        context = functions.invoke(sorts, do="context")
        assert (context["name"], context["memory"], context["arn"]) == (sorts.rsplit(":", 1)[1], "256", sorts)
        assert 0 < context["left"] <= 2000

    def test_a_process_is_kept_warm(self, functions: Functions, sorts: str) -> None:
        """The next call finds what the last one left in memory."""
        first, second = functions.invoke(sorts), functions.invoke(sorts)
        assert second == {"pid": first["pid"], "calls": first["calls"] + 1}

    def test_calls_at_the_same_time_run_side_by_side(self, functions: Functions, sorts: str) -> None:
        """Each in a process of its own."""
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda _: functions.invoke(sorts, do="sleep", seconds=0.6), range(3)))
        assert len({answer["pid"] for answer in answers}) == 3

    def test_a_change_starts_a_new_process(self, functions: Functions, function: Callable[..., str]) -> None:
        """Changed variables and changed code hold from the next call."""
        name = function(ALL_SORTS, Environment={"Variables": {"WHO": "old"}})
        before = functions.invoke(name)["pid"]
        functions.client.update_function_configuration(FunctionName=name, Environment={"Variables": {"WHO": "new"}})
        assert functions.invoke(name, do="environment")["variables"]["WHO"] == "new"
        functions.client.update_function_code(FunctionName=name, ZipFile=zipped("def handler(e, c): return 'other'"))
        assert functions.invoke(name) == "other"
        assert before

    def test_equal_code_is_unpacked_once(self, functions: Functions, function: Callable[..., str]) -> None:
        """Functions with the same code share its folder, where byte code is kept."""
        folders = {
            functions.invoke(function(ALL_SORTS), do="environment")["variables"]["LAMBDA_TASK_ROOT"] for _ in range(2)
        }
        assert len(folders) == 1
        assert list(Path(folders.pop()).glob("__pycache__/app.*.pyc"))

    def test_only_code_that_nobody_runs_is_forgotten(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of more folders than are kept, those go that no process was started with for a day: other servers may run
        the others, or be about to move one."""
        monkeypatch.setattr(lambda_pool, "CODE_CACHE", tmp_path)
        for number in range(12):
            (tmp_path / f"code-{number:02d}").mkdir()
        yesterday = time.time() - 25 * 3600
        for number in (3, 4):
            os.utime(tmp_path / f"code-{number:02d}", (yesterday, yesterday))
        (tmp_path / "moved").symlink_to("elsewhere")
        lambda_pool._forget_old_code()
        left = {folder.name for folder in tmp_path.iterdir()}
        assert left == {f"code-{number:02d}" for number in range(12) if number not in (3, 4)} | {"moved"}


class TestFailures:
    def test_an_exception_is_an_unhandled_error(self, functions: Functions, sorts: str) -> None:
        """With its class, its message and its trace."""
        error = functions.failure(sorts, do="raise")
        assert (error["errorType"], error["errorMessage"]) == ("Refused", "not this one")
        assert error["stackTrace"]

    @pytest.mark.parametrize(("how", "said"), [("exit", "exit status 7"), ("die", "signal: SIGKILL")])
    def test_a_process_that_ends_is_an_error_and_no_hang(
        self, functions: Functions, function: Callable[..., str], how: str, said: str
    ) -> None:
        """At once; the next call gets a new process."""
        name = function(ALL_SORTS)
        functions.invoke(name)
        began = time.monotonic()
        error = functions.failure(name, do=how)
        assert time.monotonic() - began < 1
        assert error["errorType"] == "Runtime.ExitError"
        assert said in error["errorMessage"]
        assert functions.invoke(name)["calls"] == 1

    def test_a_function_is_ended_at_its_timeout(self, functions: Functions, sorts: str) -> None:
        """Not earlier, not much later, and its process is gone."""
        began = time.monotonic()
        error = functions.failure(sorts, do="sleep", seconds=30)
        assert 1.9 < time.monotonic() - began < 4
        assert error["errorType"] == "Sandbox.Timedout"
        assert "Task timed out after 2.00 seconds" in error["errorMessage"]

    @pytest.mark.parametrize(
        ("source", "kind"),
        [
            ("import no_such_module", "Runtime.ImportModuleError"),
            ("def other(): pass", "Runtime.HandlerNotFound"),
            ("def handler(", "Runtime.UserCodeSyntaxError"),
            ("raise ValueError('at import')", "ValueError"),
            ("import os; os._exit(3)", "Runtime.ExitError"),
        ],
    )
    def test_code_that_cannot_be_loaded_says_why(
        self, functions: Functions, function: Callable[..., str], source: str, kind: str
    ) -> None:
        """An error of initialisation is the invocation's error."""
        assert functions.failure(function(source))["errorType"] == kind

    def test_an_event_that_is_no_json_is_refused(self, functions: Functions, sorts: str) -> None:
        """Before the function runs."""
        with pytest.raises(ClientError) as refused:
            functions.client.invoke(FunctionName=sorts, Payload=b"{not json")
        assert refused.value.response["Error"]["Code"] == "InvalidRequestContentException"

    def test_an_event_that_is_too_large_is_refused(self, functions: Functions, sorts: str) -> None:
        """6 MB for an answer, 1 MB for an asynchronous event."""
        for kind, size in (("RequestResponse", 6_300_000), ("Event", 1_100_000)):
            with pytest.raises(ClientError) as refused:
                functions.client.invoke(FunctionName=sorts, InvocationType=kind, Payload=json.dumps("x" * size))
            assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413

    def test_reserved_concurrency_is_a_limit(self, functions: Functions, function: Callable[..., str]) -> None:
        """A function that is reserved nothing runs no more: that is how one is stopped."""
        name = function(ALL_SORTS)
        functions.client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
        with pytest.raises(ClientError) as refused:
            functions.client.invoke(FunctionName=name, Payload=b"{}")
        assert refused.value.response["Error"]["Code"] == "TooManyRequestsException"
        functions.client.delete_function_concurrency(FunctionName=name)
        assert functions.invoke(name)


class TestTurns:
    def test_no_more_run_at_once_than_there_are_places(
        self, functions: Functions, function: Callable[..., str]
    ) -> None:
        """Those that come later wait for a place and are not refused; their processes are taken again."""
        name = function(ALL_SORTS)
        with ThreadPoolExecutor(2 * UNRESERVED_AT_ONCE) as pool:
            asked = range(2 * UNRESERVED_AT_ONCE)
            answers = list(pool.map(lambda _: functions.invoke(name, do="sleep", seconds=0.3), asked))
        assert len(answers) == 2 * UNRESERVED_AT_ONCE
        assert len({answer["pid"] for answer in answers}) <= UNRESERVED_AT_ONCE

    def test_whoever_came_first_goes_first(self) -> None:
        """A place that becomes free goes to who has waited longest, and not to who asks just then."""
        turns, order = Turns(1), []
        with ThreadPoolExecutor(3) as pool, turns:
            for number in range(3):
                pool.submit(lambda number=number: [turns.__enter__(), order.append(number), turns.__exit__()])
                eventually(lambda number=number: len(turns.waiting) == number + 1)
            assert order == []
        assert order == [0, 1, 2]

    def test_reserved_concurrency_is_beside_it(self, functions: Functions, function: Callable[..., str]) -> None:
        """A function with a reservation runs although all places are taken: that is what it is reserved for."""
        busy, reserved = function(ALL_SORTS), function(ALL_SORTS)
        functions.client.put_function_concurrency(FunctionName=reserved, ReservedConcurrentExecutions=1)
        functions.invoke(reserved)
        with ThreadPoolExecutor(2 * UNRESERVED_AT_ONCE) as pool:
            waiting = [
                pool.submit(functions.invoke, busy, do="sleep", seconds=2) for _ in range(2 * UNRESERVED_AT_ONCE)
            ]
            time.sleep(0.5)
            assert functions.invoke(reserved)
            assert not any(one.done() for one in waiting)


class TestLogs:
    def test_what_is_printed_is_logged(
        self, aws: EmbeddedAws, functions: Functions, function: Callable[..., str]
    ) -> None:
        """In the function's log group, between START and REPORT, with the time of initialisation once."""
        name = function(ALL_SORTS)
        functions.invoke(name, a=1)
        functions.invoke(name, a=2)
        lines = printed(aws, name)
        assert [line.split()[0] for line in lines] == [
            "START",
            "loaded",
            "called",
            "END",
            "REPORT",
            "START",
            "called",
            "END",
            "REPORT",
        ]
        assert ["Init Duration" in line for line in lines if line.startswith("REPORT")] == [True, False]

    def test_a_log_group_may_be_chosen(
        self, aws: EmbeddedAws, functions: Functions, function: Callable[..., str]
    ) -> None:
        """LoggingConfig is kept and used."""
        group = f"/responder/{uuid.uuid4().hex[:6]}"
        name = function(ALL_SORTS, LoggingConfig={"LogFormat": "Text", "LogGroup": group})
        functions.invoke(name)
        assert aws.client("logs").filter_log_events(logGroupName=group)["events"]
        assert functions.client.get_function_configuration(FunctionName=name)["LoggingConfig"]["LogGroup"] == group

    def test_the_log_tail_is_the_end_of_the_log(self, functions: Functions, sorts: str) -> None:
        """Its last 4 KB, however much was printed."""
        answer = functions.client.invoke(FunctionName=sorts, LogType="Tail", Payload=b'{"do": "shout"}')
        tail = base64.b64decode(answer["LogResult"]).decode()
        assert len(tail) == 4096
        assert "last line" in tail
        assert "REPORT RequestId" in tail


class TestAsynchronous:
    def test_the_caller_does_not_wait(self, functions: Functions, sorts: str) -> None:
        """202 at once, whatever the function does."""
        began = time.monotonic()
        functions.later(sorts, do="sleep", seconds=1.5)
        assert time.monotonic() - began < 1

    def test_an_event_that_fails_three_times_is_a_dead_letter(
        self, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """The event itself, with request, code and message as attributes."""
        dead = queue()
        name = function(ALL_SORTS, DeadLetterConfig={"TargetArn": dead.arn})
        functions.later(name, do="raise", id="e-1")
        message = dead.first(12)
        attributes = {key: value["StringValue"] for key, value in message["MessageAttributes"].items()}
        assert json.loads(message["Body"]) == {"do": "raise", "id": "e-1"}
        assert (attributes["ErrorCode"], attributes["ErrorMessage"]) == ("200", "not this one")
        assert functions.invoke(name)["calls"] == 4
        assert functions.client.get_function_configuration(FunctionName=name)["DeadLetterConfig"] == {
            "TargetArn": dead.arn
        }

    def test_a_destination_gets_the_error_too(
        self, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """With as many attempts as were asked for."""
        failed, name = queue(), function(ALL_SORTS)
        functions.client.put_function_event_invoke_config(
            FunctionName=name, MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": failed.arn}}
        )
        functions.later(name, do="raise")
        record = json.loads(failed.first()["Body"])
        assert record["requestContext"]["condition"] == "RetriesExhausted"
        assert record["requestContext"]["approximateInvokeCount"] == 1
        assert record["requestPayload"] == {"do": "raise"}
        assert record["responsePayload"]["errorType"] == "Refused"

    def test_an_event_that_succeeds_at_last_is_no_dead_letter(
        self, aws: EmbeddedAws, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """Retries stop with the first success."""
        dead = queue()
        source = "N = []\ndef handler(e, c):\n    N.append(1)\n    print('fine', 1 / (len(N) - 1))"
        name = function(source, DeadLetterConfig={"TargetArn": dead.arn})
        functions.later(name)
        eventually(lambda: "fine 1.0" in printed(aws, name))
        assert dead.messages() == []

    def test_a_throttled_event_has_not_been_tried(
        self, aws: EmbeddedAws, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """More events at once than the reserved concurrency lets run: they wait, and each runs at last."""
        dead = queue()
        name = function(ALL_SORTS, DeadLetterConfig={"TargetArn": dead.arn})
        functions.client.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0)
        functions.client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
        for number in range(6):
            functions.later(name, do="sleep", seconds=0.2, number=number)
        eventually(lambda: sum(line.startswith("called with") for line in printed(aws, name)) == 6, 15)
        assert dead.messages() == []

    def test_a_stopped_function_gives_its_events_up(
        self, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """With nothing reserved for it, an event is a dead letter at once, as throttled."""
        dead = queue()
        name = function(ALL_SORTS, DeadLetterConfig={"TargetArn": dead.arn})
        functions.client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
        functions.later(name, id="e-2")
        message = dead.first(2)
        assert json.loads(message["Body"]) == {"id": "e-2"}
        assert message["MessageAttributes"]["ErrorCode"]["StringValue"] == "429"

    def test_the_role_must_be_allowed_to_send(
        self, aws: EmbeddedAws, functions: Functions, function: Callable[..., str], queue: Callable[..., Queue]
    ) -> None:
        """A role that may not send to the dead-letter queue loses the event, and the log says so."""
        dead, powerless = queue(), make_role(aws, f"mute-{uuid.uuid4().hex[:6]}", "logs:*")
        name = function("def handler(e, c): raise ValueError", Role=powerless, DeadLetterConfig={"TargetArn": dead.arn})
        functions.client.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0)
        functions.later(name)
        eventually(lambda: f"{name.rsplit(':', 1)[1]} could not be sent" in aws.log())
        assert dead.messages() == []
