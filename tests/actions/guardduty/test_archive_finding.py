"""guardduty.archive_finding"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash

ACTION_ID = "guardduty.archive_finding"


@pytest.fixture
def guardduty() -> Any:
    return boto3.client("guardduty")


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


@pytest.fixture
def target(guardduty: Any) -> dict[str, str]:
    detector = guardduty.create_detector(Enable=True)["DetectorId"]
    guardduty.create_sample_findings(DetectorId=detector)
    finding = guardduty.list_findings(DetectorId=detector)["FindingIds"][0]
    return {"account": ACCOUNT, "region": REGION, "detector_id": detector, "finding_id": finding}


def open_ones(guardduty: Any, target: dict[str, str]) -> list[str]:
    criteria = {"Criterion": {"service.archived": {"Equals": ["false"]}}}
    found = guardduty.list_findings(DetectorId=target["detector_id"], FindingCriteria=criteria)
    return list(found["FindingIds"])


def test_undo_restores_what_was_there_before(acting, target):
    """Do, undo, compare: the finding is among the open ones again."""
    acting.do_undo_compare(target)


def test_only_this_finding_is_archived(acting, guardduty, target):
    """The detector's other finding stays open."""
    before = open_ones(guardduty, target)
    acting.do(target)
    assert open_ones(guardduty, target) == [i for i in before if i != target["finding_id"]]
    assert len(before) == 2


def test_done_twice_is_done_once(acting, target):
    """A rerun finds it archived."""
    before = acting.do(target)
    acting.perform(target, before)
    assert acting.made("ArchiveFindings") == 1


def test_undone_twice_is_undone_once(acting, target):
    """The second undo finds it open."""
    before = acting.do(target)
    acting.undo(target, before)
    acting.undo(target, before)
    assert acting.made("UnarchiveFindings") == 1


def test_what_people_archived_before_stays_archived(acting, guardduty, target):
    """There was nothing to do, and undo leaves their decision alone."""
    guardduty.archive_findings(DetectorId=target["detector_id"], FindingIds=[target["finding_id"]])
    before = acting.read(target)
    assert acting.achieved(target, before)
    acting.undo(target, before)
    assert acting.made("UnarchiveFindings") == 0


@pytest.mark.parametrize("gone", [{"finding_id": "f" * 32}, {"detector_id": "d" * 32}])
@pytest.mark.parametrize("function", ["perform", "undo"])
def test_a_finding_that_is_gone_is_drift(acting, target, gone, function):
    """GuardDuty keeps findings for 90 days, and detectors can be deleted: reading says so, and nothing is changed."""
    absent = {**target, **gone}
    assert acting.read(absent) == {"exists": False, "archived": False, "updated_at": None}
    with pytest.raises(StateDrifted, match="any more"):
        getattr(acting, function)(absent, acting.read(target))
    assert acting.made("ArchiveFindings") + acting.made("UnarchiveFindings") == 0


def test_a_member_account_is_refused_by_guardduty(acting, guardduty, target):
    """Only the administrator archives. The plan asks before; if that changes since, AWS's refusal is the outcome."""
    guardduty.enable_organization_admin_account(AdminAccountId="111122223333")
    with pytest.raises(ClientError, match="administrator"):
        acting.perform(target, acting.read(target))


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting, target):
    """The process ends before the call: the finding is still open, and the rerun archives it."""
    before = acting.read(target)
    acting.session.crash_at("ArchiveFindings")
    with pytest.raises(Crash):
        acting.perform(target, before)
    assert not acting.achieved(target, acting.read(target))
    acting.perform(target, before)
    assert acting.achieved(target, acting.read(target))


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting, target):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("ArchiveFindings", times=2)
    acting.do(target)


def test_another_refusal_is_no_missing_finding(acting, target):
    """Only GuardDuty's word for an unknown detector means that there is none."""

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "InternalServerErrorException", "Message": "No"}}, "GetFindings")

    acting.session.client("guardduty").meta.events.register_first("before-call", refuse)
    with pytest.raises(ClientError, match="InternalServerError"):
        acting.read(target)


def test_an_update_of_the_finding_is_no_difference(acting, target):
    """Findings are updated all the time: undo is exact without its time."""
    state = acting.read(target)
    assert state["updated_at"]
    assert acting.module.ACTION.same(state, {**state, "updated_at": "later"})


@pytest.mark.parametrize("field", ["detector_id", "finding_id"])
def test_an_id_with_a_wildcard_is_refused(target, field):
    """A target names one finding."""
    with pytest.raises(SchemaMismatch, match=field):
        validate(f"actions/{ACTION_ID}", {**target, field: "*"})
