"""EventBridge delivers what a rule matches, to whom it may, and loses nothing."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.events.models import Rule

from deploy.local import event_delivery, event_input, eventbridge
from deploy.local.stack import EmbeddedAws
from tests.local.conftest import ACCOUNT, REGION, Queue, eventually, make_role

READS_ONLY = {"eventName": "ListUsers", "readOnly": True}
CHANGES = {"eventName": "CreateUser", "readOnly": False}


SEND_ON = """
import boto3, json
def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=event["detail"]["url"], MessageBody=json.dumps(event))
"""
FINDING = {
    "version": "0",
    "id": "e-1",
    "source": "aws.guardduty",
    "detail-type": "GuardDuty Finding",
    "account": ACCOUNT,
    "time": "2026-01-01T00:00:00Z",
    "region": REGION,
    "resources": [],
    "detail": {"type": 'Policy:"quoted"', "severity": 8, "list": [{"a": 1}, {"a": 2}], "none": None},
}


class Rules:
    """Rules for one kind of event that no other test uses."""

    def __init__(self, aws: EmbeddedAws) -> None:
        self.aws, self.events = aws, aws.client("events")
        self.kind = f"Kind {uuid.uuid4().hex[:8]}"

    def add(self, target: dict[str, Any], **properties: Any) -> str:
        """A rule for this kind of event with one target. Returns its name."""
        name = f"rule-{uuid.uuid4().hex[:8]}"
        pattern = properties.pop("pattern", {"detail-type": [self.kind]})
        self.events.put_rule(Name=name, EventPattern=json.dumps(pattern), **properties)
        self.events.put_targets(Rule=name, Targets=[{"Id": "target", **target}])
        return name

    def put(self, detail: Any = None, source: str = "lab", **fields: Any) -> dict[str, Any]:
        """PutEvents with one event. Returns the entry of the answer."""
        entry = {"Source": source, "DetailType": self.kind, "Detail": json.dumps(detail or {}), **fields}
        answer: dict[str, Any] = self.events.put_events(Entries=[entry])["Entries"][0]
        return answer

    def fire(self, detail: dict[str, Any], source: str = "aws.iam", kind: str | None = None) -> int:
        return self.aws.fire({"source": source, "detail-type": kind or self.kind, "detail": detail})


@pytest.fixture
def rules(aws: EmbeddedAws) -> Rules:
    return Rules(aws)


def body(message: dict[str, Any]) -> Any:
    return json.loads(message["Body"])


def attributes(message: dict[str, Any]) -> dict[str, str]:
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}


class TestMatching:
    def test_an_event_arrives_as_it_was(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """With every field that EventBridge gives it."""
        target = queue()
        rules.add({"Arn": target.arn})
        put = rules.put({"a": [1]}, Resources=["arn:aws:s3:::b"])
        event = body(target.first())
        assert event.pop("time").endswith("Z")
        assert event == {
            "version": "0", "id": put["EventId"], "detail-type": rules.kind, "source": "lab", "account": ACCOUNT,
            "region": REGION, "resources": ["arn:aws:s3:::b"], "detail": {"a": [1]},
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("wanted", "given", "expected"),
        [
            ({"a": ["x"]}, {"a": "x"}, True),
            ({"a": ["x"]}, {"a": "y"}, False),
            ({"a": [{"prefix": "Imp"}]}, {"a": "Impact"}, True),
            ({"a": [{"anything-but": ["x"]}]}, {"a": "x"}, False),
            ({"a": [{"exists": False}]}, {"b": 1}, True),
            ({"a": [{"numeric": [">=", 7]}]}, {"a": 8.2}, True),
            ({"a": {"b": ["x"]}}, {"a": {"b": "x", "c": 1}}, True),
            ({"a": ["x"]}, {"a": ["w", "x"]}, True),
        ],
    )
    def test_patterns_choose(
        self, rules: Rules, queue: Callable[..., Queue], wanted: Any, given: Any, expected: bool
    ) -> None:
        """The operators that rules of the product use."""
        target = queue()
        rules.add({"Arn": target.arn}, pattern={"detail-type": [rules.kind], "detail": wanted})
        assert rules.fire(given) == expected
        if expected:
            target.first()

    def test_a_disabled_rule_delivers_nothing(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """Until it is enabled again."""
        target = queue()
        name = rules.add({"Arn": target.arn}, State="DISABLED")
        assert rules.fire({"n": 1}) == 0
        rules.events.enable_rule(Name=name)
        assert rules.fire({"n": 2}) == 1
        assert body(target.first())["detail"] == {"n": 2}
        rules.events.disable_rule(Name=name)
        assert rules.fire({"n": 3}) == 0

    def test_calls_that_only_read_reach_only_rules_that_ask_for_them(
        self, rules: Rules, queue: Callable[..., Queue]
    ) -> None:
        """CloudTrail's read-only management events need ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS."""
        kind, pattern = "AWS API Call via CloudTrail", {"source": [f"aws.{uuid.uuid4().hex}"]}
        source = pattern["source"][0]
        name = rules.add({"Arn": queue().arn}, pattern=pattern)
        assert rules.fire(READS_ONLY, source, kind) == 0
        assert rules.fire(CHANGES, source, kind) == 1
        every = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
        rules.events.put_rule(Name=name, EventPattern=json.dumps(pattern), State=every)
        assert rules.events.describe_rule(Name=name)["State"] == every
        assert rules.fire(READS_ONLY, source, kind) == 1

    def test_a_rule_on_a_schedule_matches_no_event(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """It has no pattern, and that is not a pattern that matches all."""
        target, name = queue(), f"scheduled-{uuid.uuid4().hex[:6]}"
        rules.events.put_rule(Name=name, ScheduleExpression="rate(1 day)")
        rules.events.put_targets(Rule=name, Targets=[{"Id": "t", "Arn": target.arn}])
        assert rules.fire({}) == 0


class TestSources:
    def test_callers_cannot_speak_for_aws(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """A source that begins with `aws.` is refused: a thief cannot forge a finding."""
        target = queue()
        rules.add({"Arn": target.arn})
        answer = rules.put(source="aws.guardduty")
        assert answer["ErrorCode"] == "NotAuthorizedForSource"
        assert "EventId" not in answer
        assert rules.fire({"n": 1}, "aws.guardduty-lab") == 1

    @pytest.mark.parametrize(
        ("entry", "code"),
        [
            ({"DetailType": "x", "Detail": "{}"}, "InvalidArgument"),
            ({"Source": "s", "Detail": "{}"}, "InvalidArgument"),
            ({"Source": "s", "DetailType": "x"}, "InvalidArgument"),
            ({"Source": "s", "DetailType": "x", "Detail": "{"}, "MalformedDetail"),
            ({"Source": "s", "DetailType": "x", "Detail": "[]"}, "MalformedDetail"),
        ],
    )
    def test_an_entry_that_is_no_event_is_refused(self, rules: Rules, entry: dict[str, str], code: str) -> None:
        """One by one, with the reason, while the others are taken."""
        good = {"Source": "s", "DetailType": rules.kind, "Detail": "{}"}
        answer = rules.events.put_events(Entries=[entry, good])
        assert answer["FailedEntryCount"] == 1
        assert answer["Entries"][0]["ErrorCode"] == code
        assert answer["Entries"][1]["EventId"]

    def test_more_than_256_kb_is_refused(self, rules: Rules) -> None:
        """For all entries of a request together."""
        half = {"Source": "s", "DetailType": "x", "Detail": json.dumps({"x": "y" * 140_000})}
        assert rules.events.put_events(Entries=[half])["FailedEntryCount"] == 0
        with pytest.raises(ClientError, match="over the limit"):
            rules.events.put_events(Entries=[half, half])

    @pytest.mark.parametrize(
        ("event", "said"),
        [
            ({"source": "aws.iam", "detail-type": "x"}, "no detail"),
            ({"source": "aws.iam", "detail-type": "x", "detail": {"x": "y" * 270_000}}, "EventBridge takes 262144"),
        ],
    )
    def test_what_is_no_event_cannot_be_fired(self, rules: Rules, event: dict[str, Any], said: str) -> None:
        """With the reason in words."""
        with pytest.raises(ValueError, match=said):
            rules.aws.fire(event)


class TestTargets:
    def test_a_function_runs(self, rules: Rules, function: Callable[..., str], queue: Callable[..., Queue]) -> None:
        """When its own policy lets this rule call it."""
        seen = queue()
        name = function(SEND_ON)
        rule = rules.add({"Arn": name})
        rules.aws.client("lambda").add_permission(
            FunctionName=name,
            StatementId="events",
            Action="lambda:InvokeFunction",
            Principal="events.amazonaws.com",
            SourceArn=f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{rule}",
        )
        rules.fire({"url": seen.url})
        assert body(seen.first())["detail"] == {"url": seen.url}

    @pytest.mark.parametrize("other_rule", [True, False])
    def test_a_function_that_does_not_let_the_rule_in_is_not_called(
        self, rules: Rules, function: Callable[..., str], queue: Callable[..., Queue], other_rule: bool
    ) -> None:
        """The event goes to the dead-letter queue with the reason, at once."""
        dead, name = queue(), function("def handler(e, c): pass")
        rule = rules.add({"Arn": name, "DeadLetterConfig": {"Arn": dead.arn}})
        if other_rule:
            rules.aws.client("lambda").add_permission(
                FunctionName=name,
                StatementId="events",
                Action="lambda:InvokeFunction",
                Principal="events.amazonaws.com",
                SourceArn=f"arn:aws:events:{REGION}:{ACCOUNT}:rule/another",
            )
        rules.fire({"finding": 1})
        message = dead.first()
        assert body(message)["detail"] == {"finding": 1}
        told = attributes(message)
        assert told["RULE_ARN"].endswith(f":rule/{rule}")
        assert (told["TARGET_ARN"], told["ERROR_CODE"], told["RETRY_ATTEMPTS"]) == (name, "NO_PERMISSIONS", "0")
        assert "lambda:InvokeFunction" in told["ERROR_MESSAGE"]
        assert "EXHAUSTED_RETRY_CONDITION" not in told

    def test_a_state_machine_starts_with_the_targets_role(self, rules: Rules, role: str) -> None:
        """The execution's input is the event, its name begins with the event's id."""
        states = rules.aws.client("stepfunctions")
        definition = json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})
        made = states.create_state_machine(name=f"m-{uuid.uuid4().hex[:6]}", definition=definition, roleArn=role)
        machine = made["stateMachineArn"]
        rules.add({"Arn": machine, "RoleArn": role})
        event_id = rules.put({"n": 1})["EventId"]
        execution = eventually(lambda: states.list_executions(stateMachineArn=machine)["executions"])[0]
        assert execution["name"].startswith(event_id)
        described = states.describe_execution(executionArn=execution["executionArn"])
        assert json.loads(described["input"])["detail"] == {"n": 1}

    @pytest.mark.parametrize("with_role", [True, False])
    def test_a_state_machine_needs_a_role_that_may(
        self, rules: Rules, role: str, queue: Callable[..., Queue], with_role: bool
    ) -> None:
        """IAM decides about the role; without one nothing starts."""
        dead = queue()
        definition = json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})
        machine = rules.aws.client("stepfunctions").create_state_machine(
            name=f"m-{uuid.uuid4().hex[:6]}", definition=definition, roleArn=role
        )["stateMachineArn"]
        given = {"RoleArn": make_role(rules.aws, f"idle-{uuid.uuid4().hex[:6]}")} if with_role else {}
        rules.add({"Arn": machine, **given, "DeadLetterConfig": {"Arn": dead.arn}})
        rules.fire({})
        assert attributes(dead.first())["ERROR_CODE"] == "NO_PERMISSIONS"

    def test_a_target_that_is_gone_is_said_to_be(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """NO_RESOURCE, without retries."""
        dead = queue()
        rules.add({"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:nowhere", "DeadLetterConfig": {"Arn": dead.arn}})
        rules.fire({})
        assert attributes(dead.first())["ERROR_CODE"] == "NO_RESOURCE"

    def test_a_queue_must_let_eventbridge_in(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """A queue without a policy receives nothing, as target and as dead-letter queue."""
        closed, dead = queue(open_to_events=False), queue()
        rules.add({"Arn": closed.arn, "DeadLetterConfig": {"Arn": dead.arn}})
        rules.fire({})
        assert attributes(dead.first())["ERROR_CODE"] == "NO_PERMISSIONS"
        assert closed.messages() == []

    def test_a_topic_publishes(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """To its subscribers, when its policy lets EventBridge in."""
        subscriber, sns = queue(), rules.aws.client("sns")
        topic = sns.create_topic(Name=f"t-{uuid.uuid4().hex[:6]}")["TopicArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": topic,
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
        sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=subscriber.arn, Attributes={"RawMessageDelivery": "true"}
        )
        rules.add({"Arn": topic})
        rules.fire({"n": 1})
        assert body(subscriber.first())["detail"] == {"n": 1}

    def test_what_cannot_be_delivered_is_said_aloud(self, rules: Rules) -> None:
        """A kind of target that the embedded AWS lacks stands in its log."""
        name = rules.add({"Arn": f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/s"})
        rules.fire({})
        eventually(lambda: f"rule {name}: the embedded AWS cannot deliver" in rules.aws.log())


class TestInput:
    def made(self, **target: Any) -> Any:
        return json.loads(event_input.target_input(target, FINDING, "r", "arn:aws:events:rule/r"))

    def test_input_is_given_as_it_is(self) -> None:
        """A constant takes the event's place."""
        assert self.made(Input='{"constant": true}') == {"constant": True}

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("$.detail.severity", 8),
            ("$.detail.list[1].a", 2),
            ("$.detail-type", "GuardDuty Finding"),
            ("$.detail.gone", None),
        ],
    )
    def test_a_path_takes_a_part(self, path: str, value: Any) -> None:
        """Names may have hyphens, lists have numbers."""
        assert self.made(InputPath=path) == value

    @pytest.mark.parametrize(
        ("template", "expected"),
        [
            ('"type <type> has <severity>"', 'type Policy:"quoted" has 8'),
            (
                '{"type": <type>, "severity": <severity>, "list": <list>}',
                {"type": 'Policy:"quoted"', "severity": 8, "list": [{"a": 1}, {"a": 2}]},
            ),
            ('{"text": "<list>"}', {"text": '[{"a": 1}, {"a": 2}]'}),
            ('{"gone": <gone>}', {"gone": ""}),
            (
                '{"rule": "<aws.events.rule-name>", "at": "<aws.events.event.ingestion-time>"}',
                {"rule": "r", "at": "2026-01-01T00:00:00Z"},
            ),
            ('{"a": "\\"<severity>\\""}', {"a": '"8"'}),
            ('"<unknown> stays"', "<unknown> stays"),
        ],
    )
    def test_a_template_is_filled_in(self, template: str, expected: Any) -> None:
        """In quotes as text, outside as JSON; the result is JSON."""
        paths = {
            "type": "$.detail.type",
            "severity": "$.detail.severity",
            "list": "$.detail.list",
            "gone": "$.detail.gone",
        }
        assert self.made(InputTransformer={"InputPathsMap": paths, "InputTemplate": template}) == expected

    def test_the_whole_event_may_stand_in_a_template(self) -> None:
        """aws.events.event.json is the event itself."""
        assert self.made(InputTransformer={"InputTemplate": '{"event": <aws.events.event.json>}'}) == {"event": FINDING}

    def test_a_template_that_gives_no_json_is_a_dead_letter(self, rules: Rules, queue: Callable[..., Queue]) -> None:
        """INVALID_JSON."""
        target, dead = queue(), queue()
        transformer = {"InputPathsMap": {"d": "$.detail"}, "InputTemplate": '{"a": <d>'}
        rules.add({"Arn": target.arn, "InputTransformer": transformer, "DeadLetterConfig": {"Arn": dead.arn}})
        rules.fire({})
        assert attributes(dead.first())["ERROR_CODE"] == "INVALID_JSON"


class TestParts:
    """The small decisions, by themselves."""

    @pytest.mark.parametrize(
        ("expression", "seconds"),
        [("rate(5 minutes)", 300), ("rate(1 hour)", 3600), ("rate(1 day)", 86400), ("cron(0 12 * * ? *)", None)],
    )
    def test_rates(self, expression: str, seconds: int | None) -> None:
        """A rate has a period; cron() is not run, and says so."""
        assert eventbridge.rate_seconds(expression) == seconds

    def test_a_rate_fires_each_time_it_is_due(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not when it is first seen, once when a period has passed, and not while it is disabled."""
        sent: list[dict[str, Any]] = []
        bus = eventbridge.EventBus("http://127.0.0.1:1")
        monkeypatch.setattr(bus, "send", lambda rule, event: sent.append(event))
        rule = Rule("r", ACCOUNT, REGION, None, None, "rate(1 minute)", None, "default", "ENABLED")
        now = 1000.0
        monkeypatch.setattr(eventbridge.time, "monotonic", lambda: now)
        for at, expected in ((1000.0, 0), (1059.0, 0), (1060.0, 1), (1061.0, 1), (1125.0, 2)):
            now = at
            bus._fire_if_due(rule)
            assert len(sent) == expected
        assert sent[0]["detail-type"] == "Scheduled Event"
        assert sent[0]["resources"] == [rule.arn]
        rule.disable()
        now = 2000.0
        bus._fire_if_due(rule)
        assert len(sent) == 2

    def test_a_cron_rule_is_said_not_to_run(self, rules: Rules) -> None:
        """In the log, by the rule's name."""
        name = f"cron-{uuid.uuid4().hex[:6]}"
        rules.events.put_rule(Name=name, ScheduleExpression="cron(0 12 * * ? *)")
        eventually(
            lambda: f"rule {name}: the embedded AWS does not run cron" in rules.aws.log() or name in rules.aws.log()
        )

    RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/r"

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, True),
            ({"Principal": "*"}, True),
            ({"Principal": {"Service": ["sns.amazonaws.com"]}}, False),
            ({"Action": "sqs:*"}, True),
            ({"Action": "sqs:ReceiveMessage"}, False),
            ({"Effect": "Deny"}, False),
            ({"Condition": {"ArnEquals": {"aws:SourceArn": RULE}}}, True),
            ({"Condition": {"ArnLike": {"AWS:SourceArn": [RULE[:-1] + "*"]}}}, True),
            ({"Condition": {"ArnEquals": {"aws:SourceArn": RULE + "2"}}}, False),
            ({"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}, True),
            ({"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, False),
        ],
    )
    def test_resource_policies_decide(self, changes: dict[str, Any], expected: bool) -> None:
        """By principal, action and the rule that sends."""
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            **changes,
        }
        assert event_delivery.allowed([statement], "sqs:SendMessage", self.RULE) is expected
