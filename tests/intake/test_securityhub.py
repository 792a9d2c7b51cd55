"""What Security Hub passes on: GuardDuty's own findings, Prowler's, and everybody else's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.core.ledger import Ledger
from lambdas.intake import guardduty, securityhub
from lambdas.intake.finding_types import known
from tests.intake.responder import ACCOUNT, REGION, executions, finding
from tests.intake.samples import DATA, with_data
from tests.intake.test_cloudtrail import CONFIG, recorded

Json = dict[str, Any]
HUB_V2 = f"arn:aws:securityhub:{REGION}::productv2/aws/guardduty"
CHECK = "bedrock_model_invocation_logging_enabled"


def imported(*findings: Json, kind: str = securityhub.ASFF) -> Json:
    envelope = {"source": "aws.securityhub", "detail-type": kind, "account": ACCOUNT, "id": "hub-1"}
    return {**envelope, "detail": {"findings": list(findings)}}


def guardduty_asff(**changes: Any) -> Json:
    """The finding of tests.intake.responder as Security Hub imports it."""
    detail = finding()["detail"]
    key = {
        "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "PrincipalName": "thief",
        "PrincipalType": "IAMUser",
        "PrincipalId": "AIDACKCEVSQ6C2EXAMPLE",
    }
    return {
        "Id": detail["arn"],
        "ProductArn": f"arn:aws:securityhub:{REGION}::product/aws/guardduty",
        "AwsAccountId": ACCOUNT,
        "Region": REGION,
        "RecordState": "ACTIVE",
        "Types": ["TTPs/Defense Evasion/DefenseEvasion:IAMUser-BedrockLoggingDisabled"],
        "CreatedAt": detail["createdAt"],
        "UpdatedAt": detail["updatedAt"],
        "Severity": {"Normalized": 50},
        "Title": detail["title"],
        "Resources": [{"Type": "AwsIamAccessKey", "Details": {"AwsIamAccessKey": key}}],
        **changes,
    }


def guardduty_ocsf() -> Json:
    detail = finding()["detail"]
    user = {
        "type": "IAMUser",
        "name": "thief",
        "credential_uid": "AKIAIOSFODNN7EXAMPLE",
        "uid": "AIDACKCEVSQ6C2EXAMPLE",
    }
    info = {"uid": detail["arn"], "types": [detail["type"]], "created_time_dt": detail["createdAt"]}
    return {
        "metadata": {"uid": "x", "product": {"name": "GuardDuty", "uid": HUB_V2}},
        "cloud": {"account": {"uid": ACCOUNT}, "region": REGION},
        "finding_info": {**info, "title": "t"},
        "evidences": [{"actor": {"user": user}}],
        "status": "New",
    }  # fmt: skip


def prowler(status: str = "FAILED", check: str = CHECK, **changes: Any) -> Json:
    return {
        "Id": f"prowler-{check}-{ACCOUNT}-{REGION}-0a1b2c3d4",
        "ProductArn": f"arn:aws:securityhub:{REGION}::product/prowler/prowler",
        "GeneratorId": f"prowler-{check}",
        "AwsAccountId": ACCOUNT,
        "Region": REGION,
        "RecordState": "ACTIVE",
        "CreatedAt": "2026-11-20T08:00:00Z",
        "UpdatedAt": "2026-11-20T08:00:00Z",
        "Compliance": {"Status": status},
        "Severity": {"Label": "MEDIUM"},
        "Title": "Logging is disabled",
        **changes,
    }


def prowler_ocsf() -> Json:
    return {
        "metadata": {"event_code": CHECK, "product": {"name": "Prowler", "uid": "prowler"}},
        "cloud": {"account": {"uid": ACCOUNT}, "region": REGION},
        "finding_info": {"uid": f"prowler-aws-{CHECK}", "created_time_dt": "2026-11-20T08:00:00Z", "title": "t"},
        "status_code": "FAIL",
        "status": "New",
    }


def take(event: Any) -> Json:
    return securityhub.handler(event, None)


FORMATS = [imported(guardduty_asff()), imported(guardduty_ocsf(), kind=securityhub.OCSF)]


@pytest.mark.parametrize("event", FORMATS, ids=["asff", "ocsf"])
def test_guarddutys_finding_joins_the_incident_of_guarddutys_event(ledger: Ledger, event: Json) -> None:
    """It is the same finding by its id, whichever way it came."""
    first = guardduty.handler(finding(), None)
    told = take(event)
    assert (told["outcome"], told["incident_id"]) == ("joined", first["incident_id"])
    assert executions() == [first["incident_id"]]


@pytest.mark.parametrize("event", FORMATS, ids=["asff", "ocsf"])
def test_it_opens_the_very_incident_where_it_comes_first(ledger: Ledger, event: Json) -> None:
    """The same id, principal and source as from GuardDuty's event, so that GuardDuty is asked to confirm it."""
    told = take(event)
    incident = ledger.incident(told["incident_id"])
    assert told["outcome"] == "incident"
    assert guardduty.handler(finding(), None)["incident_id"] == told["incident_id"]
    assert (incident["source"]["kind"], incident["source"]["detector_id"]) == (
        "guardduty",
        "12abc34d567e8fa901bc2d34e56789f0",
    )
    assert incident["principal"]["user_name"] == "thief"
    assert incident["principal"]["access_key_id"] == "AKIAIOSFODNN7EXAMPLE"


@pytest.mark.parametrize(
    "event", [imported(prowler()), imported(prowler_ocsf(), kind=securityhub.OCSF)], ids=["asff", "ocsf"]
)
def test_prowlers_check_of_logging_opens_an_incident_where_the_baseline_has_it_on(ledger: Ledger, event: Json) -> None:
    """Logging that was on and is off was turned off, whoever says so."""
    recorded(CONFIG)
    told = take(event)
    assert told["outcome"] == "incident"
    assert ledger.incident(told["incident_id"])["source"]["type"] == f"securityhub:{CHECK}"


def test_the_same_check_is_posture_where_logging_was_never_on(ledger: Ledger) -> None:
    """No baseline, or one without logging: nobody turned anything off."""
    assert "No baseline" in take(imported(prowler()))["reason"]
    recorded(None)
    assert "nobody turned it off" in take(imported(prowler(UpdatedAt="2026-11-21T00:00:00Z")))["reason"]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (prowler("PASSED"), "did not fail"),
        (prowler(check="bedrock_agent_guardrail_enabled"), "is posture"),
        (prowler(RecordState="ARCHIVED"), "archived"),
        (prowler(ProductArn=f"arn:aws:securityhub:{REGION}:{ACCOUNT}:product/{ACCOUNT}/default"), "Neither"),
        (guardduty_asff(ProductArn=f"arn:aws:securityhub:{REGION}:{ACCOUNT}:product/{ACCOUNT}/default"), "Neither"),
        (guardduty_asff(Types=["TTPs/Discovery/Recon:EC2-Portscan"]), "not generative AI"),
        (guardduty_asff(Workflow={"Status": "SUPPRESSED"}), "suppressed"),
    ],
)
def test_what_is_not_ours_says_why(ledger: Ledger, event: Json, reason: str) -> None:
    """Posture, other products, and a product that anybody may write under: nothing opens, with the reason."""
    recorded(CONFIG)
    told = take(imported(event))
    assert (told["outcome"], executions()) == ("not_ours", [])
    assert reason in told["reason"]


def test_each_finding_of_an_event_has_its_own_outcome(ledger: Ledger) -> None:
    """None hides behind another."""
    told = take(imported(prowler("PASSED"), guardduty_asff()))["outcomes"]
    assert [one["outcome"] for one in told] == ["not_ours", "incident"]


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({**imported(prowler()), "source": "my.app"}, "source"),
        ({**imported(prowler()), "detail-type": "Security Hub Insight Results"}, "detail-type"),
        (imported(), "detail.findings.0"),
        (imported({"RecordState": "ACTIVE"}), "detail.findings.0"),
        ("text", "event"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_field(ledger: Ledger, event: Any, field: str) -> None:
    """As from every other source."""
    told = take(event)
    assert (told["outcome"], told["reason"].startswith(field)) == ("refused", True)


def test_every_check_that_opens_an_incident_has_its_type() -> None:
    """The facts of the checks and of the types agree."""
    opening = {f"securityhub:{name}" for name, row in securityhub.checks().items() if row["kind"]}
    assert opening == {name for name in known() if name.startswith("securityhub:")}


@with_data
def test_public_findings_of_other_products_are_not_ours(ledger: Ledger) -> None:
    """Real findings in ASFF, made by a product of the account's own: understood, and left alone."""
    lines = (DATA / "panther-analysis" / "asff.jsonl").read_text().splitlines()
    told = [take(imported(json.loads(line)["event"])) for line in lines]
    assert {one["outcome"] for one in told} == {"not_ours"}
