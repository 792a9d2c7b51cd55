"""Which recorded calls open an incident, about whom, and which do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.baseline.read import NONE_RECORDED
from lambdas.core import documents
from lambdas.core.ledger import Ledger
from lambdas.intake import cloudtrail, confirm
from lambdas.intake.finding_types import known
from tests.intake import responder
from tests.intake.responder import ACCOUNT, REGION, dead_letters, executions, finding
from tests.intake.samples import DATA, with_data

Json = dict[str, Any]
THIEF = {
    "type": "IAMUser",
    "principalId": "AIDACKCEVSQ6C2EXAMPLE",
    "arn": f"arn:aws:iam::{ACCOUNT}:user/thief",
    "accountId": ACCOUNT,
    "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
    "userName": "thief",
}
CONFIG = {"s3Config": {"bucketName": "invocation-logs", "keyPrefix": "bedrock"}, "textDataDeliveryEnabled": True}
ORDERS = f"arn:aws:states:{REGION}:{ACCOUNT}:execution:orders:1"
PLAN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:responder-plan"
DELETE, PUT = "DeleteModelInvocationLoggingConfiguration", "PutModelInvocationLoggingConfiguration"


def call(name: str = DELETE, source: str = "bedrock", **changes: Any) -> Json:
    """An EventBridge event of a recorded call. `changes` are to the record."""
    detail = {
        "eventVersion": "1.11",
        "userIdentity": THIEF,
        "eventTime": "2026-11-20T08:00:00Z",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": REGION,
        "requestParameters": None,
        "eventID": "5f1c8b1e-0000-4000-8000-000000000001",
        "readOnly": False,
        "recipientAccountId": ACCOUNT,
        **changes,
    }
    kind = {"source": f"aws.{source}", "detail-type": "AWS API Call via CloudTrail", "account": ACCOUNT}
    return {**kind, "id": detail["eventID"], "region": REGION, "detail": detail}


def take(event: Any) -> Json:
    return cloudtrail.handler(event, None)


def recorded(config: Json | None) -> None:
    """A signed and accepted baseline of invocation logging."""
    from lambdas.baseline.signature import sign

    document = {
        "account": ACCOUNT,
        "region": REGION,
        "state": "accepted",
        "kinds": {"invocation_logging": {"loggingConfig": config}},
    }
    documents.write_json("baseline/one.json", sign(document))
    Ledger().put_new(f"baseline#{ACCOUNT}#{REGION}", "accepted#2026", {"key": "baseline/one.json"})


def session(role: str, name: str, account: str = ACCOUNT) -> Json:
    """userIdentity of a role's session."""
    issuer = {"type": "Role", "userName": role, "arn": f"arn:aws:iam::{account}:role/{role}", "accountId": account}
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLEEXAMPLEEXA:{name}",
        "arn": f"arn:aws:sts::{account}:assumed-role/{role}/{name}",
        "accountId": account,
        "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
        "sessionContext": {"sessionIssuer": issuer},
    }


def test_deleted_logging_opens_an_incident_about_its_caller(ledger: Ledger) -> None:
    """Who called is the suspect, with the key that signed, so that the same actions apply as for a finding."""
    told = take(call())
    incident = ledger.incident(told["incident_id"])
    assert told["outcome"] == "incident"
    assert executions() == [told["incident_id"]]
    assert incident["source"]["type"] == f"cloudtrail:{DELETE}"
    assert incident["principal"] == {
        "type": "IAMUser",
        "user_name": "thief",
        "access_key_id": "AKIAIOSFODNN7EXAMPLE",
        "principal_id": "AIDACKCEVSQ6C2EXAMPLE",
        "arn": f"arn:aws:iam::{ACCOUNT}:user/thief",
    }


def test_the_same_name_of_another_source_is_another_call(ledger: Ledger) -> None:
    """Calls are told by source and name together: DeleteRule of a firewall is not EventBridge's."""
    told = take(call("DeleteRule", "waf", requestParameters={"name": "responder-guardduty"}))
    assert (told["outcome"], "is not watched" in told["reason"]) == ("not_ours", True)


def test_the_read_only_flag_decides_nothing(ledger: Ledger) -> None:
    """CloudTrail's flag may say what it likes: a deletion is a deletion."""
    assert take(call(readOnly=True))["outcome"] == "incident"


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (call(errorCode="AccessDenied"), "the call failed (AccessDenied)"),
        (call(userIdentity={"type": "AWSService", "invokedBy": "guardduty.amazonaws.com"}), "made the call by itself"),
        (call("StopExecution", "states", requestParameters={"executionArn": ORDERS}), "is not the responder's"),
        (call("DeleteTable", "dynamodb", requestParameters={"tableName": "orders"}), "is not the responder's"),
        (call("PutParameter", "ssm", requestParameters={"name": "/other/pause"}), "is not the responder's"),
        (call("GetModelInvocationLoggingConfiguration"), "is not watched"),
        (call(PUT, requestParameters={"loggingConfig": CONFIG}), NONE_RECORDED),
    ],
)  # fmt: skip
def test_what_changed_nothing_of_ours_says_why(ledger: Ledger, event: Json, reason: str) -> None:
    """Failed calls, AWS's own, and those on somebody else's resources open nothing, with the reason on record."""
    told = take(event)
    assert told["outcome"] == "not_ours"
    assert reason in told["reason"]
    assert executions() == []


@pytest.mark.parametrize(
    ("name", "source", "parameters"),
    [
        ("StopExecution", "states", {"executionArn": f"arn:aws:states:{REGION}:{ACCOUNT}:execution:responder-x:IR-1"}),
        ("UpdateStateMachine", "states", {"stateMachineArn": f"arn:aws:states:{REGION}:1:stateMachine:responder-x"}),
        ("DisableRule", "events", {"name": "responder-guardduty"}),
        ("RemoveTargets", "events", {"rule": "responder-guardduty", "ids": ["intake"]}),
        ("UpdateFunctionCode20150331v2", "lambda", {"functionName": PLAN}),
        ("DeleteTable", "dynamodb", {"tableName": responder.LEDGER}),
        ("PutParameter", "ssm", {"name": "/responder/pause", "value": "HIDDEN"}),
    ],
)  # fmt: skip
def test_tampering_with_the_responder_itself_opens_an_incident(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, name: str, source: str, parameters: Json
) -> None:
    """Its machines, rules, functions, tables and kill switch are told by their names, in its own account."""
    monkeypatch.setenv("PAUSE_PARAMETER", "/responder/pause")
    event = call(name, source, requestParameters=parameters)
    assert take(event)["outcome"] == "incident"


def test_the_same_names_in_another_account_are_not_the_responders(ledger: Ledger) -> None:
    """A member account may have a rule of that name: the responder is not there."""
    event = call("DisableRule", "events", requestParameters={"name": "responder-guardduty"})
    event["detail"]["recipientAccountId"] = event["account"] = "111122223333"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEMBER_ACCOUNTS", f"{ACCOUNT},111122223333")
        assert take(event)["outcome"] == "not_ours"


def test_a_put_as_in_the_baseline_opens_nothing(ledger: Ledger) -> None:
    """Whoever puts what is recognised changes nothing."""
    recorded(CONFIG)
    told = take(call(PUT, requestParameters={"loggingConfig": CONFIG}))
    assert (told["outcome"], "as in the baseline" in told["reason"]) == ("not_ours", True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"textDataDeliveryEnabled": False}, "textDataDeliveryEnabled"),
        ({"s3Config": {"bucketName": "thief-logs", "keyPrefix": "bedrock"}}, "s3Config.bucketName"),
        ({"s3Config": None}, "s3Config.bucketName"),
    ],
)
def test_a_put_that_differs_from_the_baseline_says_in_what(ledger: Ledger, change: Json, field: str) -> None:
    """Logging on in name only: each leaf is compared, and the incident names those that differ."""
    recorded(CONFIG)
    told = take(call(PUT, requestParameters={"loggingConfig": {**CONFIG, **change}}))
    assert told["outcome"] == "incident"
    assert field in ledger.incident(told["incident_id"])["source"]["description"]


def test_a_baseline_that_was_altered_excuses_nothing(ledger: Ledger) -> None:
    """Where the baseline cannot be trusted, a Put opens an incident that says so."""
    documents.write_json("baseline/one.json", {"document": {}, "sha256": "0", "mac": "AAAA"})
    ledger.put_new(f"baseline#{ACCOUNT}#{REGION}", "accepted#2026", {"key": "baseline/one.json"})
    told = take(call(PUT, requestParameters={"loggingConfig": CONFIG}))
    assert told["outcome"] == "incident"
    assert "signature" in ledger.incident(told["incident_id"])["source"]["description"]


@pytest.mark.parametrize("role", ["responder-member-contain", "responder-member-undo"])
def test_our_own_put_opens_nothing(ledger: Ledger, role: str) -> None:
    """A session of a member role that is named after an incident of ours is ours."""
    recorded(CONFIG)
    incident_id = take(call())["incident_id"]
    who = session(role, f"{incident_id}_02-restore_invocation_logging")
    told = take(call(PUT, userIdentity=who, eventID="own", requestParameters={"loggingConfig": {}}))
    assert (told["outcome"], "made this call itself" in told["reason"]) == ("not_ours", True)


@pytest.mark.parametrize(
    "who",
    [
        session("responder-member-contain", "IR-20261120-0123456789_02-restore_invocation_logging"),
        session("responder-member-contain", "admin"),
        session("responder-member-contain-too", "IR-20261120-0123456789_02"),
        session("responder-page", "responder-page", "999988887777"),
    ],
)
def test_who_only_looks_like_the_responder_is_a_suspect(ledger: Ledger, who: Json) -> None:
    """The role without an incident of ours, a role of a similar name, and one of another account excuse nobody."""
    assert take(call(userIdentity=who))["outcome"] == "incident"


def test_a_caller_of_another_account_lends_its_name_to_nobody(ledger: Ledger) -> None:
    """The user of that name here is somebody else, and must not be acted on."""
    stranger = {**THIEF, "accountId": "999988887777", "arn": "arn:aws:iam::999988887777:user/thief"}
    incident = ledger.incident(take(call(userIdentity=stranger))["incident_id"])
    assert (incident["principal"]["type"], incident["principal"]["user_name"]) == ("AWSAccount", None)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({**call(), "source": "my.app"}, "source"),
        ({**call(), "detail-type": "AWS Console Sign In via CloudTrail"}, "detail-type"),
        ({**call(), "account": "111122223333"}, "detail.recipientAccountId"),
        (call(userIdentity=None), "detail.userIdentity"),
        (call(eventID=None), "detail.eventID"),
        (call(awsRegion="us-east-1; drop"), "region"),
        ("text", "event"),
    ],
)
def test_what_is_no_record_is_refused_by_field_and_kept(ledger: Ledger, event: Any, field: str) -> None:
    """A refused event reaches the dead-letter queue whole, with the reason."""
    told = take(event)
    assert (told["outcome"], told["reason"].startswith(field)) == ("refused", True), told
    assert dead_letters()[0][0] == json.dumps(event)


def test_cloudtrail_that_knows_another_call_under_this_id_unmasks_a_forgery(ledger: Ledger) -> None:
    """What CloudTrail returns has to be the call that the event told of; otherwise nothing runs unattended."""
    responder.cloudtrail([{**call()["detail"], "eventName": "GetAgent"}])
    judged = judge(ledger)
    assert (judged["confirmed"], judged["withheld"]) == (False, confirm.ANOTHER_CALL)


@pytest.mark.parametrize("records", [[], [call()["detail"]]])
def test_a_call_is_confirmed_by_its_delivery_before_cloudtrail_returns_it(ledger: Ledger, records: list[Json]) -> None:
    """Whoever turned off the logging does not get the minutes that LookupEvents lags."""
    asked = responder.cloudtrail(records)
    assert judge(ledger)["confirmed"] is True
    assert asked[0]["LookupAttributes"] == [{"AttributeKey": "EventId", "AttributeValue": call()["detail"]["eventID"]}]


def judge(ledger: Ledger) -> Json:
    incident_id = take(call())["incident_id"]
    confirm.handler({"incident": {"incident_id": incident_id}}, None)
    return ledger.incident(incident_id)


def test_a_finding_of_guardduty_cannot_pose_as_a_call(ledger: Ledger) -> None:
    """The types of this source are none of GuardDuty's."""
    from lambdas.intake import guardduty

    told = guardduty.handler(finding(f"cloudtrail:{DELETE}"), None)
    assert told["outcome"] == "not_ours"


def test_every_watched_call_has_its_type() -> None:
    """One type for each call, so that policy and planning need nothing else."""
    types = [f"cloudtrail:{name}" for _, name in cloudtrail.watched()]
    assert len(types) == len(set(types))
    assert set(types) == {name for name in known() if name.startswith("cloudtrail:")}
    assert {row["about"] for row in cloudtrail.watched().values()} == set(cloudtrail.ABOUT)


@with_data
def test_every_public_record_ends_as_incident_or_not_ours(ledger: Ledger) -> None:
    """Records of public detection tests are understood; those of watched calls that succeeded open an incident."""
    lines = (DATA / "panther-analysis" / "cloudtrail.jsonl").read_text().splitlines()
    records = [json.loads(line)["event"] for line in lines]
    named = {name for _, name in cloudtrail.watched()}
    for number, record in enumerate(r for r in records if r.get("eventName") in named):
        account = record["recipientAccountId"] = ACCOUNT
        source = "aws." + record["eventSource"].split(".")[0]
        event = {"source": source, "detail-type": cloudtrail.DETAIL_TYPE, "account": account, "id": str(number)}
        told = take({**event, "detail": {"awsRegion": REGION, "eventID": str(number), **record}})
        assert told["outcome"] in ("incident", "joined", "not_ours"), told
