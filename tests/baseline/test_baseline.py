from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from lambdas.baseline import read, record, signature
from lambdas.core import documents
from lambdas.core.errors import InputRefused
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from tests.intake.responder import ACCOUNT, BUCKET, REGION, refusing

Json = dict[str, Any]
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


def test_a_scheduled_run_records_its_own_account_and_region(ledger: Ledger) -> None:
    """Without input the function looks at the account and Region that it runs in."""
    assert record.handler({}, None)["key"].startswith(f"baseline/{ACCOUNT}/{REGION}/")


def test_what_is_unchanged_is_not_recorded_again(ledger: Ledger) -> None:
    """A daily run over a quiet account leaves one record."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    assert record.handler(PLACE, None) == {"state": "unchanged", "key": None, "problem": None}
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


def test_a_person_accepts_with_a_reason(ledger: Ledger) -> None:
    """Accepting makes what stands now the baseline, and keeps why."""
    put_logging("model-logs")
    record.handler(PLACE, None)
    put_logging("archive")
    record.handler({**PLACE, "accept": True, "reason": "moved to the log archive"}, None)
    baseline, _ = read.latest(ACCOUNT, REGION)
    assert baseline is not None
    assert baseline["reason"] == "moved to the log archive"
    assert baseline["kinds"]["invocation_logging"]["loggingConfig"]["s3Config"]["bucketName"] == "archive"


@pytest.mark.parametrize("reason", [None, "", "  ", 7])
def test_nobody_accepts_without_a_reason(ledger: Ledger, reason: Any) -> None:
    """The error names the field."""
    with pytest.raises(InputRefused, match="reason: is missing"):
        record.handler({**PLACE, "accept": True, "reason": reason}, None)


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


def test_a_kind_that_cannot_be_read_fails_the_record(ledger: Ledger) -> None:
    """A baseline with a hole would take every resource in it for unrecognised."""
    refusing("bedrock-agent", "ListAgents")
    with pytest.raises(Exception, match="AccessDenied"):
        record.handler(PLACE, None)
    assert read.latest(ACCOUNT, REGION) == (None, read.NONE_RECORDED)
