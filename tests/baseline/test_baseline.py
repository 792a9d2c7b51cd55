from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

from lambdas.baseline import actors, kinds, read, record, signature
from lambdas.core import documents
from lambdas.core.errors import InputRefused, NotAchieved, PowerRefused, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client, statements
from lambdas.evidence import cloudtrail
from lambdas.intake import guardduty
from tests.intake import responder
from tests.intake.responder import ACCOUNT, BUCKET, REGION, refusing

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
PLACE = {"account": ACCOUNT, "region": REGION}


def logging_to(bucket: str) -> Json:
    return {"s3Config": {"bucketName": bucket, "keyPrefix": ""}, "textDataDeliveryEnabled": True}


def put_logging(bucket: str) -> None:
    """Switch logging on, to a bucket that lets Bedrock write: it tests that."""
    s3, config = own_client("s3"), logging_to(bucket)
    s3.create_bucket(Bucket=bucket)
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "bedrock.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    own_client("bedrock").put_model_invocation_logging_configuration(loggingConfig=config)


def test_the_first_record_is_accepted_and_signed(ledger: Ledger) -> None:
    """What stands at the first record is the baseline, readable only with its signature."""
    put_logging("model-logs")
    answer = record.handler(PLACE, None)
    baseline, problem = read.latest(ACCOUNT, REGION)
    assert (answer["state"], problem) == ("accepted", None)
    assert baseline is not None
    validate("baseline", baseline)
    assert baseline["kinds"]["invocation_logging"]["loggingConfig"]["s3Config"]["bucketName"] == "model-logs"
    assert baseline["kinds"]["agent"] == {"agents": {}}


def test_a_scheduled_run_records_every_enabled_region(ledger: Ledger) -> None:
    """Without a Region the function looks into all of them, and what fails in one keeps no other."""
    answers = record.handler({"source": "aws.events", "account": ACCOUNT, "region": REGION}, None)["records"]
    assert {"us-east-1", "eu-west-1", "ap-northeast-3"} <= {answer["region"] for answer in answers}
    assert "af-south-1" not in {answer["region"] for answer in answers}
    assert {answer["state"] for answer in answers} == {"accepted"}


def test_the_parameters_limit_regions_and_name_accounts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the Regions and accounts that the deployer named."""
    monkeypatch.setenv("BASELINE_REGIONS", "us-east-1, eu-west-1")
    monkeypatch.setenv("BASELINE_ACCOUNTS", ACCOUNT)
    answers = record.handler({}, None)["records"]
    assert [(a["account"], a["region"]) for a in answers] == [(ACCOUNT, "us-east-1"), (ACCOUNT, "eu-west-1")]


def test_a_scheduled_run_that_left_a_region_out_fails_and_names_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends in the dead-letter queue and its alarm, not in silence; by hand the answer says so."""
    monkeypatch.setenv("BASELINE_REGIONS", "us-east-1,eu-west-1")
    inventoried = record.inventory.inventory

    def broken(account: str, region: str) -> Json:
        if region == "eu-west-1":
            raise NotAchieved("Nothing can be read in eu-west-1.")
        return inventoried(account, region)

    monkeypatch.setattr(record.inventory, "inventory", broken)
    assert [a["state"] for a in record.handler({}, None)["records"]] == ["accepted", "failed"]
    with pytest.raises(NotAchieved, match=r"1 of 2 Regions\. eu-west-1 of 123456789012: Nothing can be read"):
        record.handler({"source": "aws.events"}, None)


def test_what_is_unchanged_is_not_recorded_again(ledger: Ledger) -> None:
    """A daily run over a quiet account leaves one record."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    answer = record.handler(PLACE, None)
    assert (answer["state"], answer["key"], answer["problem"]) == ("unchanged", None, None)
    assert len(list(ledger.items(read.pointer(ACCOUNT, REGION)))) == 1


def test_a_change_never_becomes_the_baseline_by_itself(ledger: Ledger) -> None:
    """What a suspect changed is a candidate, however often it is recorded; what was accepted stays what is restored."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("thiefs-bucket")
    answers = [record.handler(PLACE, None) for _ in range(2)]
    baseline, _ = read.latest(ACCOUNT, REGION)
    assert [a["state"] for a in answers] == ["candidate", "candidate"]
    assert answers[0]["key"] == answers[1]["key"]
    assert baseline is not None
    assert baseline["kinds"]["invocation_logging"]["loggingConfig"]["s3Config"]["bucketName"] == "model-logs"


def accepted(**changes: Any) -> Json:
    return record.handler({**PLACE, "do": "accept", "reason": "moved to the log archive", **changes}, None)


def test_a_person_accepts_with_a_reason(ledger: Ledger) -> None:
    """Accepting makes what stands now the baseline, and keeps why and by whom, in the ledger too."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("archive")
    answer = accepted(accepted_by="lead@example.com", accepter_arn="arn:aws:iam::123456789012:user/lead")
    baseline, _ = read.latest(ACCOUNT, REGION)
    assert baseline is not None
    assert (baseline["reason"], baseline["accepted_by"]) == ("moved to the log archive", "lead@example.com")
    assert bucket_of(baseline) == "archive"
    fact = list(ledger.items(read.pointer(ACCOUNT, REGION), "accepted#"))[-1]
    assert (fact["key"], fact["accepted_by"], fact["forced"]) == (answer["key"], "lead@example.com", False)


def bucket_of(baseline: Json) -> str:
    return str(baseline["kinds"]["invocation_logging"]["loggingConfig"]["s3Config"]["bucketName"])


def test_exactly_what_was_looked_at_is_accepted(ledger: Ledger) -> None:
    """A change between looking and accepting does not slip in: the candidate is named by its hash."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("archive")
    responder.cloudtrail([])
    seen = record.handler({**PLACE, "do": "drift"}, None)
    put_logging("thiefs-bucket")
    accepted(kinds_sha256=seen["kinds_sha256"])
    baseline, _ = read.latest(ACCOUNT, REGION)
    assert baseline is not None
    assert bucket_of(baseline) == "archive"
    assert record.handler(PLACE, None)["state"] == "candidate"


def test_a_candidate_that_was_altered_cannot_be_accepted(ledger: Ledger) -> None:
    """The candidate's signature is checked as the baseline's is."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("archive")
    candidate = record.handler(PLACE, None)
    rewrite(candidate["key"], tampered_with(documents.read_json(candidate["key"]), "mac"))
    with pytest.raises(NotAchieved, match="does not have its signature"):
        accepted(kinds_sha256=candidate["kinds_sha256"])
    with pytest.raises(TargetNotFound, match="no candidate with hash"):
        accepted(kinds_sha256="0" * 64)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_nobody_accepts_without_a_reason(ledger: Ledger, reason: Any) -> None:
    """The error names the field."""
    with pytest.raises(InputRefused, match="reason: "):
        accepted(reason=reason)


def test_one_region_is_accepted_at_a_time(ledger: Ledger) -> None:
    """Nobody accepts all Regions by leaving one word out."""
    with pytest.raises(InputRefused, match="region: is missing"):
        record.handler({"do": "accept", "reason": "all of it"}, None)


def test_drift_says_what_and_by_whom(ledger: Ledger) -> None:
    """Added, removed and changed, each with its path and both values, and who called what changes such things."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("thiefs-bucket")
    who = {"userIdentity": {"arn": "arn:aws:iam::123456789012:user/thief", "accessKeyId": "AKIAIOSFODNN7EXAMPLE"}}
    call = {"eventName": "PutModelInvocationLoggingConfiguration", "eventTime": "2026-11-20T07:50:00Z", **who}
    responder.cloudtrail([call])
    own_client("account").put_alternate_contact(
        AlternateContactType="SECURITY", EmailAddress="a@example.com", Name="A", PhoneNumber="1", Title="T"
    )
    seen = record.handler({**PLACE, "do": "drift"}, None)
    found = {(c["kind"], c["change"], "/".join(c["path"])): (c["before"], c["after"]) for c in seen["changes"]}
    key = ("invocation_logging", "changed", "loggingConfig/s3Config/bucketName")
    assert found[key] == ("model-logs", "thiefs-bucket")
    assert ("alternate_contact", "added", "security") in found
    assert seen["actors"][0]["who"].endswith("user/thief")
    assert seen["actors"][0]["event"] == "PutModelInvocationLoggingConfiguration"


def test_show_tells_the_baseline_and_what_waits(ledger: Ledger) -> None:
    """What is accepted, and the newest candidate that is not; none once it is accepted."""
    put_logging("model-logs")
    assert record.handler({**PLACE, "do": "show"}, None)["state"] == "none"
    record.handler(PLACE, None)
    put_logging("archive")
    candidate = record.handler(PLACE, None)
    shown = record.handler({**PLACE, "do": "show"}, None)
    assert shown["candidate"]["kinds_sha256"] == candidate["kinds_sha256"]
    assert bucket_of(shown["baseline"]) == "model-logs"
    accepted()
    assert record.handler({**PLACE, "do": "show"}, None)["candidate"] is None


def open_incident() -> Json:
    """An open incident about user thief's key."""
    return guardduty.handler(responder.finding(), None)


def test_a_suspects_change_is_not_accepted_while_the_incident_is_open(ledger: Ledger) -> None:
    """Who accepts is told which incident and which calls; --force and the incident's end let it through."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    incident_id = open_incident()["incident_id"]
    put_logging("thiefs-bucket")
    responder.cloudtrail([{"eventID": "1", "eventName": "PutModelInvocationLoggingConfiguration"}])
    with pytest.raises(PowerRefused, match=f"{incident_id} is open.*made changes.*PutModelInvocationLogging"):
        accepted()
    ledger.set_status(incident_id, "closed")
    assert accepted()["state"] == "accepted"


def test_the_refusal_can_be_forced_and_that_is_kept(ledger: Ledger) -> None:
    """Whoever forces it stands in the ledger with it."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    open_incident()
    put_logging("archive")
    responder.cloudtrail([{"eventID": "1", "eventName": "PutModelInvocationLoggingConfiguration"}])
    accepted(force=True, accepted_by="lead@example.com")
    fact = list(ledger.items(read.pointer(ACCOUNT, REGION), "accepted#"))[-1]
    assert (fact["forced"], fact["accepted_by"]) == (True, "lead@example.com")


@pytest.mark.parametrize("how", ["too many calls", "throttled"])
def test_a_suspect_whose_calls_cannot_be_seen_is_taken_for_the_actor(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Closed by default: what cannot be excluded is refused, and says why."""
    monkeypatch.setattr(cloudtrail, "PAUSE_SECONDS", 0)
    put_logging("model-logs")
    record.handler(PLACE, None)
    open_incident()
    put_logging("archive")
    if how == "throttled":
        refusing("cloudtrail", "LookupEvents", "AccessDeniedException")
    else:
        responder.cloudtrail([{"eventID": "1", "eventName": "InvokeModel"}], pages=100)
    with pytest.raises(PowerRefused, match=r"cannot be seen|too many"):
        accepted()


def test_an_open_incident_about_somebody_else_is_no_hindrance(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suspect who only called models changed nothing that a baseline holds; CloudTrail's lag is waited for."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    open_incident()
    put_logging("archive")
    responder.cloudtrail([{"eventID": "1", "eventName": "InvokeModel"}])
    with pytest.raises(PowerRefused, match="CloudTrail may not show"):
        accepted()
    monkeypatch.setattr(actors, "LAG", timedelta(0))
    assert accepted()["state"] == "accepted"


def rewrite(key: str, signed: Json) -> None:
    own_client("s3").put_object(Bucket=BUCKET, Key=key, Body=json.dumps(signed))


def tampered_with(signed: Json, how: str) -> Json:
    other = json.loads(json.dumps(signed).replace("model-logs", "thiefs-bucket"))
    return {
        "document": other,
        "document and hash": {**other, "sha256": signature.sha256(signature.canonical(other["document"]))},
        "mac": {**signed, "mac": base64.b64encode(b"x" * 32).decode()},
        "no mac": {"document": signed["document"], "sha256": signed["sha256"]},
        "mac that is no base64": {**signed, "mac": "!"},
        "hash": {**signed, "sha256": "0" * 64},
        "not even an object": ["x"],  # type: ignore[dict-item]
    }[how]


@pytest.mark.parametrize(
    "how", ["document", "document and hash", "mac", "no mac", "mac that is no base64", "hash", "not even an object"]
)
def test_a_baseline_that_was_altered_is_not_used(ledger: Ledger, how: str) -> None:
    """Whoever can write to the bucket cannot make a baseline: the reason is said, and there is none."""
    put_logging("model-logs")
    key = record.handler(PLACE, None)["key"]
    rewrite(key, tampered_with(documents.read_json(key), how))
    assert read.latest(ACCOUNT, REGION) == (None, read.BROKEN)


def test_a_broken_baseline_is_not_replaced_by_what_stands_now(ledger: Ledger) -> None:
    """Breaking the signature is no way to have one's own configuration recorded as the first."""
    put_logging("model-logs")
    key = record.handler(PLACE, None)["key"]
    rewrite(key, tampered_with(documents.read_json(key), "mac"))
    put_logging("thiefs-bucket")
    answer = record.handler(PLACE, None)
    assert (answer["state"], answer["problem"]) == ("candidate", read.BROKEN)


def test_a_baseline_of_another_account_is_not_used(ledger: Ledger) -> None:
    """A signed baseline cannot be passed off as that of another place."""
    put_logging("model-logs")
    key = record.handler(PLACE, None)["key"]
    ledger.put_new(read.pointer(ACCOUNT, "eu-west-1"), "accepted#2026-01-01T00:00:00Z", {"key": key})
    assert read.latest(ACCOUNT, "eu-west-1") == (None, read.OF_ANOTHER)


def test_a_lost_or_missing_baseline_is_said_to_be_so(ledger: Ledger) -> None:
    """No baseline and a lost one are told apart."""
    assert read.latest(ACCOUNT, REGION) == (None, read.NONE_RECORDED)
    key = record.handler(PLACE, None)["key"]
    own_client("s3").delete_object(Bucket=BUCKET, Key=key)
    assert read.latest(ACCOUNT, REGION) == (None, read.LOST)


def test_a_kind_that_cannot_be_read_is_a_gap_and_never_empty(ledger: Ledger) -> None:
    """An API that is not there, or a denied call, is said to be so; the kind is not recorded as if it were empty."""
    refusing("bedrock-agent", "ListKnowledgeBases")
    answer = record.handler(PLACE, None)
    baseline, _ = read.latest(ACCOUNT, REGION)
    assert baseline is not None
    assert "AccessDenied" in answer["gaps"]["knowledge_base"]
    assert "knowledge_base" not in baseline["kinds"]
    assert "AccessDenied" in baseline["gaps"]["knowledge_base"]
    assert set(baseline["kinds"]) == set(kinds.names()) - {"knowledge_base"}


def test_a_gap_does_not_forget_what_was_accepted(ledger: Ledger) -> None:
    """While a kind cannot be read it stands as it was accepted: that is no drift."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    refusing("bedrock", "GetModelInvocationLoggingConfiguration")
    answer = record.handler({**PLACE, "do": "drift"}, None)
    assert (answer["state"], answer["changes"]) == ("unchanged", [])
    assert list(answer["gaps"]) == ["invocation_logging"]


def test_where_nothing_can_be_read_nothing_is_recorded(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Region that is switched off has no baseline, and the error says what may be wrong."""
    denied = ClientError({"Error": {"Code": "UnrecognizedClientException", "Message": "no"}}, "ListAgents")
    for name in kinds.names():
        monkeypatch.setattr(kinds.load(name), "read", Mock(side_effect=denied))
    with pytest.raises(NotAchieved, match="Is the Region enabled there"):
        record.handler(PLACE, None)
    assert read.latest(ACCOUNT, REGION) == (None, read.NONE_RECORDED)


def test_an_unusable_baseline_sets_off_the_alarm(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    """The metric that deploy/template.yaml has an alarm on is written as Lambda's embedded format wants it."""
    put_logging("model-logs")
    key = record.handler(PLACE, None)["key"]
    capsys.readouterr()
    assert read.latest(ACCOUNT, REGION)[1] is None
    assert read.METRIC not in capsys.readouterr().out
    rewrite(key, tampered_with(documents.read_json(key), "mac"))
    read.latest(ACCOUNT, REGION)
    assert read.METRIC in capsys.readouterr().out
    assert f"MetricName: {read.METRIC}" in (ROOT / "deploy/template.yaml").read_text()


@pytest.mark.parametrize("name", kinds.names())
def test_every_kind_declares_what_it_reads_and_how_it_changes(name: str) -> None:
    """A new kind is one file: its permissions, the events by which its changes are found, and `read`."""
    module = kinds.load(name)
    assert module.PERMISSIONS
    assert module.EVENTS
    assert callable(module.read)


def test_the_session_policy_fits() -> None:
    """All kinds together are allowed within the 2,048 characters of a session policy."""
    permissions = [permission for name in kinds.names() for permission in kinds.load(name).PERMISSIONS]
    allowed = statements(permissions, {"partition": "aws", "account": ACCOUNT, "region": "ap-southeast-2"})
    assert len(json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))) <= 2048
