"""Definitions of the Amazon States Language, executed in the embedded AWS: what AWS does, it does."""

import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.stack import EmbeddedAws
from tests.local.conftest import eventually, make_role

INVOKE = "arn:aws:states:::lambda:invoke"
WAIT_FOR_TOKEN = INVOKE + ".waitForTaskToken"
START = "arn:aws:states:::states:startExecution"

WORK = """
import time
import boto3
class Throttled(Exception): pass
def handler(event, context):
    if event.get("sleep"): time.sleep(event["sleep"])
    if event.get("fail_until"):
        table = boto3.client("dynamodb")
        answer = table.update_item(TableName="notes", Key={"pk": {"S": event["key"]}}, ReturnValues="UPDATED_NEW",
            UpdateExpression="ADD n :one", ExpressionAttributeValues={":one": {"N": "1"}})
        tries = int(answer["Attributes"]["n"]["N"])
        if tries < event["fail_until"]: raise Throttled(f"try {tries}")
        return {"tries": tries}
    if event.get("raise"): raise Throttled("not now")
    return {"got": event}
"""
TAKE_TOKEN = """
import boto3
def handler(event, context):
    item = {"pk": {"S": event["key"]}, "token": {"S": event["token"]}}
    boto3.client("dynamodb").put_item(TableName="notes", Item=item)
"""


class Machines:
    """Runs definitions and waits for their end."""

    def __init__(self, aws: EmbeddedAws, role: str, work: str, take_token: str) -> None:
        self.aws, self.role, self.work, self.take_token = aws, role, work, take_token
        self.states, self.notes = aws.client("stepfunctions"), aws.client("dynamodb")

    def create(self, definition: dict[str, Any], role: str | None = None) -> str:
        made = self.states.create_state_machine(
            name=f"m-{uuid.uuid4().hex[:8]}", definition=json.dumps(definition), roleArn=role or self.role
        )
        return str(made["stateMachineArn"])

    def start(self, definition: dict[str, Any], given: Any = None, **options: Any) -> str:
        machine = self.create(definition, options.pop("role", None))
        started = self.states.start_execution(stateMachineArn=machine, input=json.dumps(given or {}), **options)
        return str(started["executionArn"])

    def end(self, execution: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            found: dict[str, Any] = self.states.describe_execution(executionArn=execution)
            return found if found["status"] != "RUNNING" else None

        described: dict[str, Any] = eventually(look, 20)
        return described

    def run(self, definition: dict[str, Any], given: Any = None, **options: Any) -> dict[str, Any]:
        return self.end(self.start(definition, given, **options))

    def output(self, definition: dict[str, Any], given: Any = None, **options: Any) -> Any:
        """The output of an execution that must succeed."""
        described = self.run(definition, given, **options)
        assert described["status"] == "SUCCEEDED", (described.get("error"), described.get("cause"))
        return json.loads(described["output"])

    def working(self, payload: Any, **fields: Any) -> dict[str, Any]:
        return {
            "Type": "Task",
            "Resource": INVOKE,
            "Parameters": {"FunctionName": self.work, "Payload": payload},
            **fields,
        }

    def waiting(self, key: str, **fields: Any) -> dict[str, Any]:
        payload = {"key": key, "token.$": "$$.Task.Token"}
        parameters = {"FunctionName": self.take_token, "Payload": payload}
        return {"Type": "Task", "Resource": WAIT_FOR_TOKEN, "Parameters": parameters, **fields}

    def token(self, key: str) -> str:
        def look() -> Any:
            return self.notes.get_item(TableName="notes", Key={"pk": {"S": key}}).get("Item")

        return str(eventually(look)["token"]["S"])


@pytest.fixture(scope="module")
def machines(aws: EmbeddedAws, role: str, function: Callable[..., str]) -> Machines:
    aws.client("dynamodb").create_table(
        TableName="notes",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return Machines(aws, role, function(WORK), function(TAKE_TOKEN))


@pytest.fixture
def key() -> str:
    """A name under which a function leaves a note for this test."""
    return uuid.uuid4().hex


def alone(state: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A machine of one state."""
    return {"StartAt": "Only", "States": {"Only": {**state, "End": True}}, **fields}


def caught(state: dict[str, Any], *errors: str) -> dict[str, Any]:
    """A machine whose only task's errors of these names lead to a state that shows them."""
    catch = [{"ErrorEquals": list(errors), "ResultPath": "$.error", "Next": "Caught"}]
    return {
        "StartAt": "Tried",
        "States": {"Tried": {**state, "End": True, "Catch": catch}, "Caught": {"Type": "Pass", "End": True}},
    }


def code_of(call: Callable[..., Any], **parameters: Any) -> str:
    """The error code of a call, empty when it succeeded."""
    try:
        call(**parameters)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""


CHOICES = [
    {
        "And": [
            {"Variable": "$.severity", "NumericGreaterThanEquals": 7},
            {"Not": {"Variable": "$.dry", "IsPresent": True}},
            {"Variable": "$.type", "StringMatches": "Policy:*"},
        ],
        "Next": "Yes",
    }
]
ENDS = {"Yes": {"Type": "Pass", "Result": "yes", "End": True}, "No": {"Type": "Pass", "Result": "no", "End": True}}
CHILD = alone({"Type": "Pass", "Result": {"c": 1}})
FAILING = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "ApprovalRefused", "Cause": "no"}}}


class TestTasks:
    def test_invoke_gives_the_payload_of_the_function(self, machines: Machines) -> None:
        """ResultSelector and ResultPath put the part that is asked for where it is wanted, beside the input."""
        state = machines.working(None, ResultSelector={"answer.$": "$.Payload"}, ResultPath="$.result")
        state["Parameters"] = {"FunctionName": machines.work, "Payload.$": "$"}
        assert machines.output(alone(state), {"x": 1}) == {"x": 1, "result": {"answer": {"got": {"x": 1}}}}

    def test_a_function_may_be_named_by_its_arn(self, machines: Machines) -> None:
        """A task whose resource is a function's ARN has the function's answer as its result."""
        assert machines.output(alone({"Type": "Task", "Resource": machines.work}), {"x": 1}) == {"got": {"x": 1}}

    def test_tasks_call_aws_as_the_role_of_the_machine(self, machines: Machines) -> None:
        """Not as the operator: who the machine is, is its role."""
        state = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity", "Parameters": {}}
        assert ":assumed-role/everything/" in machines.output(alone(state))["Arn"]

    def test_a_role_without_permission_fails_the_task(self, machines: Machines) -> None:
        """IAM is asked about the machine's role, and the denial is an error that a definition can catch."""
        powerless = make_role(machines.aws, f"powerless-{uuid.uuid4().hex[:6]}")
        ended = machines.run(alone(machines.working({})), role=powerless)
        assert (ended["status"], ended["error"]) == ("FAILED", "Lambda.AWSLambdaException")
        assert "lambda:InvokeFunction" in ended["cause"]

    @pytest.mark.parametrize("name", ["LoggingConfig", "loggingConfig"])
    def test_parameters_may_be_spelt_either_way(self, machines: Machines, name: str) -> None:
        """Definitions write PascalCase and results come so, whatever the API's own spelling is."""
        group = f"models-{name}"
        machines.aws.client("logs").create_log_group(logGroupName=group)
        logging = {
            "CloudWatchConfig": {"LogGroupName": group, "RoleArn": machines.role},
            "TextDataDeliveryEnabled": True,
        }
        sdk = "arn:aws:states:::aws-sdk:bedrock:"
        put = {
            "Type": "Task",
            "Resource": sdk + "putModelInvocationLoggingConfiguration",
            "Parameters": {name: logging},
            "Next": "Get",
        }
        get = {
            "Type": "Task",
            "Resource": sdk + "getModelInvocationLoggingConfiguration",
            "Parameters": {},
            "End": True,
        }
        output = machines.output({"StartAt": "Put", "States": {"Put": put, "Get": get}})
        assert output["LoggingConfig"]["CloudWatchConfig"]["LogGroupName"] == group

    def test_errors_of_services_carry_the_name_of_the_service(self, machines: Machines) -> None:
        """An SDK task's error is caught as `Iam.NoSuchEntityException`."""
        parameters = {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Inactive", "UserName": "nobody"}
        state = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:iam:updateAccessKey", "Parameters": parameters}
        assert (
            machines.output(caught(state, "Iam.NoSuchEntityException"))["error"]["Error"] == "Iam.NoSuchEntityException"
        )

    def test_a_failed_condition_is_caught_by_name(self, machines: Machines, key: str) -> None:
        """DynamoDB's conditional write is the guard of many a step."""
        item = {"TableName": "notes", "Item": {"pk": {"S": key}}, "ConditionExpression": "attribute_not_exists(pk)"}
        state = {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Parameters": item}
        assert "error" not in machines.output(caught(state, "DynamoDB.ConditionalCheckFailedException"))
        assert "error" in machines.output(caught(state, "DynamoDB.ConditionalCheckFailedException"))

    @pytest.mark.parametrize(
        ("resource", "parameters"),
        [
            ("dynamodb:getItem", {"TableName": "notes", "Key": {"pk": {"S": "none"}}}),
            ("events:putEvents", {"Entries": [{"Source": "x", "DetailType": "y", "Detail": {"z": 1}}]}),
            ("aws-sdk:guardduty:listDetectors", {}),
            ("aws-sdk:s3:listBuckets", {}),
        ],
    )
    def test_services_are_called_directly(self, machines: Machines, resource: str, parameters: dict[str, Any]) -> None:
        """Optimised and SDK integrations reach the service."""
        machines.output(alone({"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters}))

    def test_messages_are_sent_to_queues_and_topics(self, machines: Machines) -> None:
        """sqs:sendMessage and sns:publish answer with a message id."""
        url = machines.aws.client("sqs").create_queue(QueueName=f"q-{uuid.uuid4().hex[:6]}")["QueueUrl"]
        topic = machines.aws.client("sns").create_topic(Name="t")["TopicArn"]
        send = {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage",
            "Parameters": {"QueueUrl": url, "MessageBody": {"a": 1}},
        }
        publish = {
            "Type": "Task",
            "Resource": "arn:aws:states:::sns:publish",
            "Parameters": {"TopicArn": topic, "Message": "m"},
        }
        assert machines.output(alone(send))["MessageId"]
        assert machines.output(alone(publish))["MessageId"]


class TestTaskTokens:
    def test_success_resumes_with_the_output(self, machines: Machines, key: str) -> None:
        """The task's result is the output that was sent."""
        execution = machines.start(alone(machines.waiting(key)))
        machines.states.send_task_success(taskToken=machines.token(key), output='{"decision": "approved"}')
        assert json.loads(machines.end(execution)["output"]) == {"decision": "approved"}

    def test_failure_keeps_error_and_cause(self, machines: Machines, key: str) -> None:
        """The reason of a refusal reaches the state that catches it."""
        execution = machines.start(caught(machines.waiting(key), "ApprovalRefused"))
        machines.states.send_task_failure(taskToken=machines.token(key), error="ApprovalRefused", cause="not our agent")
        output = json.loads(machines.end(execution)["output"])
        assert output["error"] == {"Error": "ApprovalRefused", "Cause": "not our agent"}

    def test_a_token_is_answered_once(self, machines: Machines, key: str) -> None:
        """The second answer is refused while the machine runs on, and changes nothing."""
        states = {
            "Ask": {**machines.waiting(key), "Next": "Later"},
            "Later": {"Type": "Wait", "Seconds": 1, "End": True},
        }
        execution = machines.start({"StartAt": "Ask", "States": states})
        token = machines.token(key)
        machines.states.send_task_success(taskToken=token, output='"first"')
        assert code_of(machines.states.send_task_success, taskToken=token, output='"second"') == "TaskTimedOut"
        assert json.loads(machines.end(execution)["output"]) == "first"
        assert code_of(machines.states.send_task_failure, taskToken=token) == "TaskTimedOut"

    def test_many_answers_at_once_count_once(self, machines: Machines, key: str) -> None:
        """Of ten simultaneous answers exactly one is taken."""
        from concurrent.futures import ThreadPoolExecutor

        execution = machines.start(alone(machines.waiting(key)))
        token = machines.token(key)
        with ThreadPoolExecutor(10) as pool:
            codes = list(
                pool.map(
                    lambda n: code_of(machines.states.send_task_success, taskToken=token, output=str(n)), range(10)
                )
            )
        assert codes.count("") == 1
        assert int(machines.end(execution)["output"]) == codes.index("")

    def test_an_answer_after_the_timeout_is_refused(self, machines: Machines, key: str) -> None:
        """All three calls say TaskTimedOut, also while the machine that caught the timeout still runs."""
        catch = [{"ErrorEquals": ["States.Timeout"], "Next": "Later"}]
        ask = machines.waiting(key, TimeoutSeconds=1, Catch=catch, End=True)
        execution = machines.start(
            {"StartAt": "Ask", "States": {"Ask": ask, "Later": {"Type": "Wait", "Seconds": 1, "End": True}}}
        )
        token = machines.token(key)
        time.sleep(1.4)
        assert machines.states.describe_execution(executionArn=execution)["status"] == "RUNNING"
        calls = machines.states
        late = [
            code_of(calls.send_task_success, taskToken=token, output="1"),
            code_of(calls.send_task_failure, taskToken=token),
            code_of(calls.send_task_heartbeat, taskToken=token),
        ]
        assert late == ["TaskTimedOut"] * 3
        assert machines.end(execution)["status"] == "SUCCEEDED"

    def test_a_token_that_was_never_given_is_invalid(self, machines: Machines) -> None:
        """An invented token is not the same as a late one."""
        assert code_of(machines.states.send_task_success, taskToken="invented", output="1") == "InvalidToken"

    def test_the_output_must_be_json(self, machines: Machines, key: str) -> None:
        """An output that is no JSON is refused, and the token stays good."""
        execution = machines.start(alone(machines.waiting(key)))
        token = machines.token(key)
        assert code_of(machines.states.send_task_success, taskToken=token, output="{not json") == "InvalidOutput"
        machines.states.send_task_success(taskToken=token, output="{}")
        assert machines.end(execution)["status"] == "SUCCEEDED"

    def test_the_time_for_an_answer_may_come_from_the_input(self, machines: Machines, key: str) -> None:
        """TimeoutSecondsPath ends the waiting with States.Timeout."""
        began = time.monotonic()
        output = machines.output(
            caught(machines.waiting(key, TimeoutSecondsPath="$.seconds"), "States.Timeout"), {"seconds": 1}
        )
        assert output["error"]["Error"] == "States.Timeout"
        assert 0.9 < time.monotonic() - began < 4

    def test_a_missed_heartbeat_has_its_own_name(self, machines: Machines, key: str) -> None:
        """States.HeartbeatTimeout, and not States.Timeout, is what is caught."""
        output = machines.output(
            caught(machines.waiting(key, TimeoutSeconds=20, HeartbeatSeconds=1), "States.HeartbeatTimeout")
        )
        assert output["error"]["Error"] == "States.HeartbeatTimeout"

    def test_heartbeats_keep_a_task_alive(self, machines: Machines, key: str) -> None:
        """A task lives beyond HeartbeatSeconds as long as heartbeats come."""
        execution = machines.start(alone(machines.waiting(key, TimeoutSeconds=20, HeartbeatSeconds=1)))
        token = machines.token(key)
        for _ in range(4):
            time.sleep(0.5)
            machines.states.send_task_heartbeat(taskToken=token)
        machines.states.send_task_success(taskToken=token, output='"alive"')
        assert json.loads(machines.end(execution)["output"]) == "alive"

    def test_a_token_may_travel_through_a_queue(self, machines: Machines) -> None:
        """sqs:sendMessage.waitForTaskToken waits as well."""
        sqs = machines.aws.client("sqs")
        url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:6]}")["QueueUrl"]
        parameters = {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}}
        state = {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": parameters,
        }
        execution = machines.start(alone(state))
        body = eventually(lambda: sqs.receive_message(QueueUrl=url).get("Messages"))[0]["Body"]
        machines.states.send_task_success(taskToken=json.loads(body)["token"], output="1")
        assert machines.end(execution)["output"] == "1"

    def test_gates_in_a_map_are_answered_in_any_order(self, machines: Machines, key: str) -> None:
        """Every item of a Map has a token of its own."""
        ask = machines.waiting(key)
        ask["Parameters"]["Payload"] = {"key.$": "$", "token.$": "$$.Task.Token"}
        keys = [f"{key}-{n}" for n in range(3)]
        execution = machines.start(
            alone({"Type": "Map", "ItemsPath": "$.keys", "ItemProcessor": alone(ask)}), {"keys": keys}
        )
        for one in reversed(keys):
            machines.states.send_task_success(taskToken=machines.token(one), output=json.dumps(one))
        assert json.loads(machines.end(execution)["output"]) == keys


class TestTime:
    def test_a_running_task_times_out(self, machines: Machines) -> None:
        """TimeoutSeconds ends a task although its function still runs."""
        began = time.monotonic()
        ended = machines.run(alone(machines.working({"sleep": 3}, TimeoutSeconds=1)))
        assert (ended["status"], ended["error"]) == ("FAILED", "States.Timeout")
        assert time.monotonic() - began < 2.8

    def test_an_execution_times_out(self, machines: Machines) -> None:
        """TimeoutSeconds of the machine ends it as TIMED_OUT, with a date."""
        ended = machines.run(alone({"Type": "Wait", "Seconds": 4}, TimeoutSeconds=1))
        assert ended["status"] == "TIMED_OUT"
        assert ended["stopDate"] >= ended["startDate"]

    def test_waits_may_come_from_the_input(self, machines: Machines) -> None:
        """SecondsPath and TimestampPath."""
        until = (datetime.now(UTC) + timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        states = {
            "A": {"Type": "Wait", "SecondsPath": "$.s", "Next": "B"},
            "B": {"Type": "Wait", "TimestampPath": "$.t", "End": True},
        }
        began = time.monotonic()
        machines.output({"StartAt": "A", "States": states}, {"s": 1, "t": until})
        assert 0.9 < time.monotonic() - began < 4


class TestErrors:
    def test_a_retry_waits_longer_each_time_up_to_the_limit(self, machines: Machines, key: str) -> None:
        """IntervalSeconds 1, BackoffRate 30, MaxDelaySeconds 1: two retries take two seconds, not 31."""
        retry = [{"ErrorEquals": ["Throttled"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 30.0,
                  "MaxDelaySeconds": 1, "JitterStrategy": "NONE"}]  # fmt: skip
        began = time.monotonic()
        output = machines.output(alone(machines.working({"fail_until": 3, "key": key}, Retry=retry)))
        assert output["Payload"] == {"tries": 3}
        assert 1.9 < time.monotonic() - began < 30

    def test_jitter_shortens_a_retry(self, machines: Machines, key: str) -> None:
        """JitterStrategy FULL waits between nothing and the interval."""
        retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 1, "JitterStrategy": "FULL"}]
        began = time.monotonic()
        assert machines.output(alone(machines.working({"fail_until": 2, "key": key}, Retry=retry)))["Payload"] == {
            "tries": 2
        }
        assert time.monotonic() - began < 3

    def test_retries_are_counted_in_the_context(self, machines: Machines, key: str) -> None:
        """$$.State.RetryCount is 0 at the first attempt."""
        state = machines.working({"count.$": "$$.State.RetryCount"}, OutputPath="$.Payload.got")
        assert machines.output(alone(state)) == {"count": 0}

    @pytest.mark.parametrize("name", ["Throttled", "States.TaskFailed", "States.ALL"])
    def test_an_error_of_a_function_is_caught_by_each_of_its_names(self, machines: Machines, name: str) -> None:
        """By its class, as a failed task, and as any error; it always reports its class."""
        assert machines.output(caught(machines.working({"raise": True}), name))["error"]["Error"] == "Throttled"

    def test_an_error_of_another_name_is_not_caught(self, machines: Machines) -> None:
        """The execution fails with the error and its cause."""
        ended = machines.run(caught(machines.working({"raise": True}), "SomethingElse"))
        assert (ended["status"], ended["error"]) == ("FAILED", "Throttled")
        assert json.loads(ended["cause"])["errorMessage"] == "not now"

    def test_fail_ends_with_its_error_and_cause(self, machines: Machines) -> None:
        """A Fail state says why."""
        ended = machines.run(
            {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "ApprovalExpired", "Cause": "nobody came"}}}
        )
        assert (ended["status"], ended["error"], ended["cause"]) == ("FAILED", "ApprovalExpired", "nobody came")

    def test_a_result_above_256_kib_fails(self, machines: Machines) -> None:
        """States.DataLimitExceeded: what grows belongs into S3."""
        parameters = {"a.$": "States.Format('{}{}',$.x,$.x)"}
        states = {
            "Big": {"Type": "Task", "Resource": machines.work, "Parameters": parameters, "End": True},
        }
        ended = machines.run({"StartAt": "Big", "States": states}, {"x": "y" * 140_000})
        assert (ended["status"], ended["error"]) == ("FAILED", "States.DataLimitExceeded")


class TestChoice:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"severity": 8, "type": "Policy:IAMUser/X"}, "yes"),
            ({"severity": 6, "type": "Policy:IAMUser/X"}, "no"),
            ({"severity": 8, "type": "Other"}, "no"),
            ({"severity": 8, "type": "Policy:IAMUser/X", "dry": True}, "no"),
        ],
    )
    def test_the_first_rule_that_matches_leads(self, machines: Machines, given: dict[str, Any], expected: str) -> None:
        """And, Not, IsPresent, comparisons and patterns; otherwise the default."""
        choose = {"Type": "Choice", "Choices": CHOICES, "Default": "No"}
        assert machines.output({"StartAt": "Choose", "States": {"Choose": choose, **ENDS}}, given) == expected

    def test_no_rule_and_no_default_is_an_error_of_its_own(self, machines: Machines) -> None:
        """States.NoChoiceMatched."""
        choose = {"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": "x", "Next": "Yes"}]}
        ended = machines.run({"StartAt": "Choose", "States": {"Choose": choose, "Yes": ENDS["Yes"]}}, {"a": "y"})
        assert (ended["status"], ended["error"]) == ("FAILED", "States.NoChoiceMatched")

    def test_a_choice_about_nothing_fails(self, machines: Machines) -> None:
        """A value that is not there does not quietly take the default: it is guarded with IsPresent or fails."""
        choose = {
            "Type": "Choice",
            "Choices": [{"Variable": "$.a", "StringEquals": "x", "Next": "Yes"}],
            "Default": "No",
        }
        ended = machines.run({"StartAt": "Choose", "States": {"Choose": choose, **ENDS}}, {"b": 1})
        assert (ended["status"], ended["error"]) == ("FAILED", "States.Runtime")
        assert "$.a" in ended["cause"]


class TestMapAndParallel:
    def test_branches_run_side_by_side(self, machines: Machines) -> None:
        """The result is a list with one entry per branch."""
        one = alone({"Type": "Pass", "Result": 1})
        two = alone({"Type": "Pass"})
        assert machines.output(alone({"Type": "Parallel", "Branches": [one, two]}), {"z": 1}) == [1, {"z": 1}]

    def test_a_failing_branch_ends_the_others(self, machines: Machines) -> None:
        """And its error is caught by name."""
        bad = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad", "Cause": "c"}}}
        slow = alone({"Type": "Wait", "Seconds": 5})
        began = time.monotonic()
        assert machines.output(caught({"Type": "Parallel", "Branches": [bad, slow]}, "Bad"))["error"]["Error"] == "Bad"
        assert time.monotonic() - began < 3

    def test_a_map_selects_runs_and_gathers(self, machines: Machines) -> None:
        """ItemSelector makes each item, ResultSelector shapes the gathered list."""
        item = alone(machines.working(None, OutputPath="$.Payload.got"))
        item["States"]["Only"]["Parameters"] = {"FunctionName": machines.work, "Payload.$": "$"}
        state = {
            "Type": "Map",
            "ItemsPath": "$.xs",
            "MaxConcurrency": 2,
            "ItemSelector": {"value.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index", "all.$": "$.name"},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **item},
            "ResultSelector": {"results.$": "$[*].value", "first.$": "$[0]"},
            "ResultPath": "$.map",
        }
        output = machines.output(alone(state), {"xs": [5, 6], "name": "n"})
        assert output["map"] == {"results": [5, 6], "first": {"value": 5, "index": 0, "all": "n"}}

    def test_a_failed_item_does_not_stop_the_others(self, machines: Machines) -> None:
        """Caught inside the Map, an error is one item's result; the context of the Map stays at hand."""
        tried = caught(machines.working(None), "States.ALL")
        tried["States"]["Tried"]["Parameters"] = {"FunctionName": machines.work, "Payload.$": "$"}
        state = {"Type": "Map", "ItemsPath": "$.xs", "MaxConcurrency": 1, "ItemProcessor": tried}
        output = machines.output(alone(state), {"xs": [{"raise": True}, {"fine": 1}]})
        assert output[0]["error"]["Error"] == "Throttled"
        assert output[1]["Payload"] == {"got": {"fine": 1}}

    def test_an_empty_map_gives_an_empty_list(self, machines: Machines) -> None:
        """What a plan does not propose, the Map passes over."""
        state = {
            "Type": "Map",
            "ItemsPath": "$.xs",
            "ItemProcessor": alone({"Type": "Fail", "Error": "E", "Cause": "c"}),
        }
        state["ItemProcessor"] = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E", "Cause": "c"}}}
        assert machines.output(alone(state), {"xs": []}) == []


class TestNestedMachines:
    def nested(self, machines: Machines, child: dict[str, Any], suffix: str, **parameters: Any) -> dict[str, Any]:
        started = {"StateMachineArn": machines.create(child), **parameters}
        return {"Type": "Task", "Resource": START + suffix, "Parameters": started}

    def test_starting_does_not_wait(self, machines: Machines) -> None:
        """Without .sync the result is the execution's ARN."""
        assert ":execution:" in machines.output(alone(self.nested(machines, CHILD, "")))["ExecutionArn"]

    @pytest.mark.parametrize(("suffix", "expected"), [(".sync", '{"c":1}'), (".sync:2", {"c": 1})])
    def test_waiting_gives_the_output(self, machines: Machines, suffix: str, expected: Any) -> None:
        """As text with .sync, as JSON with .sync:2; dates are milliseconds."""
        output = machines.output(alone(self.nested(machines, CHILD, suffix)))
        assert (output["Status"], output["Output"]) == ("SUCCEEDED", expected)
        assert isinstance(output["StopDate"], int)

    def test_a_failed_child_fails_the_task_with_its_description(self, machines: Machines) -> None:
        """States.TaskFailed; the cause is JSON with the child's status, error and cause."""
        error = machines.output(caught(self.nested(machines, FAILING, ".sync:2"), "States.TaskFailed"))["error"]
        cause = json.loads(error["Cause"])
        assert error["Error"] == "States.TaskFailed"
        assert (cause["Status"], cause["Error"], cause["Cause"]) == ("FAILED", "ApprovalRefused", "no")

    def test_a_child_gets_name_and_input(self, machines: Machines) -> None:
        """Input is given as an object, the name from the context."""
        task = self.nested(machines, alone({"Type": "Pass"}), ".sync:2", **{"Input.$": "$", "Name.$": "$.name"})
        output = machines.output(alone(task), {"name": "IR-20260101-0123456789", "x": [1]})
        assert output["Name"] == "IR-20260101-0123456789"
        assert output["Output"] == {"name": "IR-20260101-0123456789", "x": [1]}

    def test_a_child_may_answer_its_parent(self, machines: Machines) -> None:
        """startExecution.waitForTaskToken waits for the token, not for the child."""
        parameters = {"TaskToken.$": "$.token", "Output": "{}"}
        child = alone(
            {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess", "Parameters": parameters}
        )
        task = self.nested(machines, child, ".waitForTaskToken", Input={"token.$": "$$.Task.Token"})
        assert machines.output(alone(task)) == {}

    def test_waiting_adds_little(self, machines: Machines) -> None:
        """A parent goes on as soon as its child has ended: ten in a row take less than one poll of moto's each."""
        task = {**self.nested(machines, CHILD, ".sync:2"), "ResultPath": None}
        names = [f"S{n}" for n in range(10)]
        states = {name: {**task, "Next": after} for name, after in pairwise(names)}
        began = time.monotonic()
        machines.output({"StartAt": "S0", "States": {**states, "S9": {**task, "End": True}}})
        assert time.monotonic() - began < 4

    def test_a_child_ends_with_its_parent(self, machines: Machines) -> None:
        """Stopping the parent stops the child that it waits for."""
        task = self.nested(machines, alone({"Type": "Wait", "Seconds": 30}), ".sync:2")
        execution = machines.start(alone(task))
        child = task["Parameters"]["StateMachineArn"]
        eventually(lambda: machines.states.list_executions(stateMachineArn=child)["executions"])
        machines.states.stop_execution(executionArn=execution)
        eventually(lambda: machines.states.list_executions(stateMachineArn=child, statusFilter="ABORTED")["executions"])


class TestJsonPath:
    def test_intrinsic_functions(self, machines: Machines) -> None:
        """The functions that definitions use to make values."""
        parameters = {
            "format.$": "States.Format('x-{}',$.n)",
            "from_text.$": "States.StringToJson($.j)",
            "to_text.$": "States.JsonToString($.o)",
            "array.$": "States.Array($.n,2)",
            "contains.$": "States.ArrayContains($.l,2)",
            "hash.$": "States.Hash($.n,'SHA-256')",
            "base64.$": "States.Base64Encode($.n)",
            "add.$": "States.MathAdd(1,2)",
            "merge.$": "States.JsonMerge($.o,$.o2,false)",
            "length.$": "States.ArrayLength($.l)",
            "split.$": "States.StringSplit('a,b',',')",
            "partition.$": "States.ArrayPartition($.l,2)",
            "range.$": "States.ArrayRange(1,5,2)",
            "unique.$": "States.ArrayUnique($.l)",
            "item.$": "States.ArrayGetItem($.l,0)",
        }
        given = {"n": "N", "j": '{"q":1}', "o": {"a": 1}, "o2": {"b": 2}, "l": [1, 2, 2]}
        output = machines.output(alone({"Type": "Pass", "Parameters": parameters}), given)
        assert output == {
            "format": "x-N",
            "from_text": {"q": 1},
            "to_text": '{"a":1}',
            "array": ["N", 2],
            "contains": True,
            "hash": "8ce86a6ae65d3692e7305e2c58ac62eebd97d3d943e093f577da25c36988246b",
            "base64": "Tg==",
            "add": 3,
            "merge": {"a": 1, "b": 2},
            "length": 3,
            "split": ["a", "b"],
            "partition": [[1, 2], [2]],
            "range": [1, 3, 5],
            "unique": [1, 2],
            "item": 1,
        }

    def test_the_context_tells_who_runs(self, machines: Machines) -> None:
        """Execution, state machine and state by name, and the input as it was."""
        parameters = {
            "id.$": "$$.Execution.Id",
            "name.$": "$$.Execution.Name",
            "input.$": "$$.Execution.Input",
            "role.$": "$$.Execution.RoleArn",
            "machine.$": "$$.StateMachine.Id",
            "state.$": "$$.State.Name",
        }
        name = f"named-{uuid.uuid4().hex[:6]}"
        output = machines.output(alone({"Type": "Pass", "Parameters": parameters}), {"x": 1}, name=name)
        assert (output["name"], output["input"], output["state"]) == (name, {"x": 1}, "Only")
        assert output["id"].endswith(name)
        assert output["role"] == machines.role

    def test_input_result_and_output_paths(self, machines: Machines) -> None:
        """Each path does its part, and ResultPath null drops the result."""
        state = {"Type": "Pass", "InputPath": "$.a", "Result": {"r": 1}, "ResultPath": "$.new", "OutputPath": "$.new"}
        assert machines.output(alone(state), {"a": {"b": 1}}) == {"r": 1}
        assert machines.output(alone({"Type": "Pass", "Result": 1, "ResultPath": None}), {"a": 1}) == {"a": 1}


class TestExecutions:
    def test_unnamed_executions_get_names(self, machines: Machines) -> None:
        """Two starts without a name are two executions."""
        machine = machines.create(alone({"Type": "Pass"}))
        arns = {machines.states.start_execution(stateMachineArn=machine)["executionArn"] for _ in range(2)}
        assert len(arns) == 2
        assert not any(arn.endswith(":None") for arn in arns)

    def test_a_name_is_used_once(self, machines: Machines) -> None:
        """A name that has ended, or runs with other input, is refused; the same start while it runs is one start."""
        machine, name = machines.create(alone({"Type": "Wait", "Seconds": 1})), uuid.uuid4().hex
        start = {"stateMachineArn": machine, "name": name}
        first = machines.states.start_execution(**start, input='{"a":1}')["executionArn"]
        assert machines.states.start_execution(**start, input='{"a":1}')["executionArn"] == first
        assert code_of(machines.states.start_execution, **start, input='{"a":2}') == "ExecutionAlreadyExists"
        machines.end(first)
        assert code_of(machines.states.start_execution, **start, input='{"a":1}') == "ExecutionAlreadyExists"

    def test_a_bad_name_and_a_large_input_are_refused(self, machines: Machines) -> None:
        """Names have 80 characters of a safe kind, inputs 256 KiB."""
        machine = machines.create(alone({"Type": "Pass"}))
        assert code_of(machines.states.start_execution, stateMachineArn=machine, name="a b") == "InvalidName"
        large = json.dumps("x" * 300_000)
        assert code_of(machines.states.start_execution, stateMachineArn=machine, input=large) == "ValidationException"

    def test_output_is_json_text(self, machines: Machines) -> None:
        """A string is quoted, a date inside a result is text, and the input is given back as it came."""
        described = machines.run(alone({"Type": "Pass", "Result": "done"}))
        assert described["output"] == '"done"'
        machine = machines.create(alone({"Type": "Pass"}))
        execution = machines.states.start_execution(stateMachineArn=machine, input='{ "a" :  1 }')["executionArn"]
        assert machines.end(execution)["input"] == '{ "a" :  1 }'
        listed = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:iam:listRoles", "Parameters": {}}
        assert isinstance(machines.output(alone(listed))["Roles"][0]["CreateDate"], str)

    def test_stopping_keeps_error_and_cause(self, machines: Machines, key: str) -> None:
        """It is ABORTED at once, also while it waits for a person, whose answer then comes too late."""
        execution = machines.start(alone(machines.waiting(key)))
        token = machines.token(key)
        machines.states.stop_execution(executionArn=execution, error="Drill", cause="over")
        described = machines.states.describe_execution(executionArn=execution)
        assert (described["status"], described["error"], described["cause"]) == ("ABORTED", "Drill", "over")
        assert described["stopDate"]
        assert code_of(machines.states.send_task_success, taskToken=token, output="1") == "TaskTimedOut"

    def test_the_history_tells_what_happened(self, machines: Machines) -> None:
        """Events in order, from start to end."""
        execution = machines.start(alone(machines.working({})))
        machines.end(execution)
        events = machines.states.get_execution_history(executionArn=execution)["events"]
        kinds = [event["type"] for event in events]
        assert kinds == ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded",
                         "TaskStateExited", "ExecutionSucceeded"]  # fmt: skip

    def test_executions_are_listed_by_status(self, machines: Machines) -> None:
        """The filter holds, and the operator sees them all with their machines."""
        machine = machines.create(alone({"Type": "Pass"}))
        execution = machines.states.start_execution(stateMachineArn=machine)["executionArn"]
        machines.end(execution)
        found = machines.states.list_executions(stateMachineArn=machine, statusFilter="SUCCEEDED")["executions"]
        assert [one["executionArn"] for one in found] == [execution]
        assert not machines.states.list_executions(stateMachineArn=machine, statusFilter="FAILED")["executions"]
        seen = next(one for one in machines.aws.executions() if one["arn"] == execution)
        assert (seen["status"], seen["machine"]) == ("SUCCEEDED", machine.rsplit(":", 1)[1])


class TestDefinitions:
    @pytest.mark.parametrize(
        "definition",
        [
            {"StartAt": "Nowhere", "States": {"A": {"Type": "Pass", "End": True}}},
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"}}},
            {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [], "Default": "Nowhere"}}},
            {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "End": True}}},
            alone({"Type": "Parallel", "Branches": [{"StartAt": "X", "States": {}}]}),
            alone({"Type": "NoSuchType"}),
        ],
        ids=["start", "next", "default", "jsonata", "branch", "type"],
    )
    def test_a_faulty_definition_is_refused(self, machines: Machines, definition: dict[str, Any]) -> None:
        """When the machine is created, not when it comes to that state."""
        with pytest.raises(ClientError) as refused:
            machines.create(definition)
        assert refused.value.response["Error"]["Code"] == "InvalidDefinition"

    def test_a_change_holds_for_the_next_execution(self, machines: Machines) -> None:
        """An updated definition is what is executed."""
        machine = machines.create(alone({"Type": "Pass", "Result": 1}))
        machines.states.update_state_machine(
            stateMachineArn=machine, definition=json.dumps(alone({"Type": "Pass", "Result": 2}))
        )
        execution = machines.states.start_execution(stateMachineArn=machine)["executionArn"]
        assert machines.end(execution)["output"] == "2"
