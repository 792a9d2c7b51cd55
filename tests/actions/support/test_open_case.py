"""support.open_case"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.ses.models import ses_backends

from lambdas.actions.support import open_case
from lambdas.core.errors import NoWayBack, SchemaMismatch
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash
from tests.actions.conftest import BUCKET

ACTION_ID = "support.open_case"
INCIDENT = "IR-20261122-0123456789"
TARGET = {
    "account": ACCOUNT,
    "incident_id": INCIDENT,
    "subject": f"[IR:{INCIDENT}] Suspected compromise, generative AI services",
    "body": "We suspect that credentials of this account are compromised.",
    "severity": "urgent",
}


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Acting:
    monkeypatch.setenv("MAIL_FROM", "responder@example.com")
    monkeypatch.setenv("FIRST_APPROVERS", "lead@example.com,deputy@example.com")
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    boto3.client("ses").verify_email_identity(EmailAddress="responder@example.com")
    return Acting(ACTION_ID)


@pytest.fixture
def no_plan(acting: Acting) -> None:
    """The account's support plan has no API."""

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": open_case.NO_PLAN, "Message": "Premium Support is required"}}, "Any")

    acting.session.client("support", "us-east-1").meta.events.register_first("before-call", refuse)


def cases() -> list[dict[str, Any]]:
    return boto3.client("support", region_name="us-east-1").describe_cases(includeResolvedCases=False)["cases"]


def mails() -> list[Any]:
    return list(ses_backends[ACCOUNT][REGION].sent_messages)


def test_undo_resolves_the_case(acting):
    """Do, undo, compare: no case of this incident is open any more."""
    acting.do_undo_compare(TARGET)


def test_the_case_goes_to_the_right_people(acting):
    """Account and Billing, category Security as this plan calls it, and the incident's id in the subject."""
    acting.do(TARGET)
    (case,) = cases()
    assert (case["serviceCode"], case["subject"]) == ("customer-account", TARGET["subject"])
    assert case["categoryCode"] in ("security", "other-account-issues")


def test_an_incident_has_one_case(acting):
    """A case with the incident's id in its subject is found again: a rerun opens no second one."""
    before = acting.do(TARGET)
    acting.perform(TARGET, before)
    assert len(cases()) == 1


def test_a_case_of_another_incident_is_not_ours(acting):
    """An id that only begins alike opens a case of its own."""
    acting.do(TARGET)
    other = "IR-20261122-012345678a"
    acting.do({**TARGET, "incident_id": other, "subject": f"[IR:{other}] Suspected compromise"})
    assert len(cases()) == 2


def test_a_case_that_somebody_else_opened_is_left_alone(acting):
    """A case that was open before is nothing to do, and undo does not resolve it."""
    acting.do(TARGET)
    before = acting.read(TARGET)
    assert acting.achieved(TARGET, before)
    acting.undo(TARGET, before)
    assert len(cases()) == 1


def test_undone_twice_is_undone_once(acting):
    """The second undo finds no open case."""
    before = acting.do(TARGET)
    acting.undo(TARGET, before)
    acting.undo(TARGET, before)
    assert acting.made("ResolveCase") == 1


def test_a_crash_before_the_case_is_finished_by_a_rerun(acting):
    """The process ends before the case is created: the rerun creates it, once."""
    before = acting.read(TARGET)
    acting.session.crash_at("CreateCase")
    with pytest.raises(Crash):
        acting.perform(TARGET, before)
    assert cases() == []
    acting.perform(TARGET, before)
    assert len(cases()) == 1


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("CreateCase", times=2)
    acting.do(TARGET)
    assert len(cases()) == 1


@pytest.mark.usefixtures("no_plan")
def test_without_a_plan_the_text_goes_by_mail(acting):
    """The same text, with the form's address, to the first approvers; and the state says so when read again."""
    before = acting.read(TARGET)
    assert before == {"plan": False, "case_id": None, "status": None, "mailed": False}
    acting.perform(TARGET, before)
    assert acting.read(TARGET)["mailed"] is True
    (mail,) = mails()
    assert mail.destinations["ToAddresses"] == ["lead@example.com", "deputy@example.com"]
    assert all(text in mail.body for text in (open_case.FORM, TARGET["subject"], TARGET["body"]))


@pytest.mark.usefixtures("no_plan")
def test_the_mail_is_sent_once(acting):
    """A rerun finds the note of the first mail."""
    before = acting.do(TARGET)
    acting.perform(TARGET, before)
    assert len(mails()) == 1


@pytest.mark.usefixtures("no_plan")
def test_a_mail_cannot_be_taken_back(acting):
    """Undo says plainly that there is no way back, instead of pretending."""
    before = acting.do(TARGET)
    with pytest.raises(NoWayBack, match="by mail"):
        acting.undo(TARGET, before)


def test_another_refusal_is_no_missing_plan(acting):
    """Only SubscriptionRequiredException means that there is no plan; anything else is an error."""

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "No"}}, "DescribeCases")

    acting.session.client("support", "us-east-1").meta.events.register_first("before-call", refuse)
    with pytest.raises(ClientError, match="AccessDenied"):
        acting.read(TARGET)


@pytest.mark.parametrize(
    ("offered", "wanted", "chosen"),
    [
        (["low", "normal", "high", "urgent", "critical"], "urgent", "urgent"),
        (["low", "normal", "high"], "urgent", "high"),
        (["low", "normal", "high", "urgent", "critical"], "low", "low"),
        (["high", "urgent"], "low", "high"),
        (["critical", "low", "a-new-one"], "high", "low"),
    ],
)
def test_severity_is_the_highest_offered_and_wanted(offered, wanted, chosen):
    """Never more than the step wants if the plan has it, and always something that the plan has."""

    class Support:
        def describe_severity_levels(self, language):
            return {"severityLevels": [{"code": code} for code in offered]}

    assert open_case._severity(Support(), wanted) == chosen


@pytest.mark.parametrize(("name", "chosen"), [("Security", "sec-1"), ("Fraud", "other-account-issues")])
def test_category_is_found_by_its_name(name, chosen):
    """Category codes are not documented; where none is named Security, the general one is used."""

    class Support:
        def describe_services(self, **_):
            return {"services": [{"code": "customer-account", "categories": [{"name": name, "code": "sec-1"}]}]}

    assert open_case._category(Support()) == chosen


def test_a_body_beyond_the_limit_is_refused():
    """Support takes 8,000 characters."""
    with pytest.raises(SchemaMismatch, match="body: must have at most 8000 characters"):
        validate(f"actions/{ACTION_ID}", {**TARGET, "body": "x" * 8001})
