"""security_hub.update_finding"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import NotAchieved, SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash

ACTION_ID = "security_hub.update_finding"
INCIDENT = "IR-20261122-0123456789"
FINDING = f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/{'a' * 32}/finding/{'b' * 32}"
PRODUCT = f"arn:aws:securityhub:{REGION}::product/aws/guardduty"
TARGET = {
    "account": ACCOUNT,
    "region": REGION,
    "incident_id": INCIDENT,
    "finding_id": FINDING,
    "product_arn": PRODUCT,
}
SEVERITY = {"Label": "HIGH", "Normalized": 70}


def imported(finding_id: str) -> dict[str, Any]:
    return {
        "SchemaVersion": "2018-10-08",
        "Id": finding_id,
        "ProductArn": PRODUCT,
        "GeneratorId": "guardduty",
        "AwsAccountId": ACCOUNT,
        "Types": ["TTPs/Credential Access"],
        "CreatedAt": "2026-11-22T03:00:00Z",
        "UpdatedAt": "2026-11-22T03:00:00Z",
        "Severity": SEVERITY,
        "Title": "A key was stolen",
        "Description": "A key was stolen.",
        "Resources": [{"Type": "AwsIamAccessKey", "Id": "AKIAIOSFODNN7EXAMPLE"}],
        "Workflow": {"Status": "NEW"},
    }


@pytest.fixture
def hub() -> Any:
    client = boto3.client("securityhub")
    client.enable_security_hub()
    client.batch_import_findings(Findings=[imported(FINDING), imported(FINDING + "c")])
    return client


@pytest.fixture
def acting(hub: Any) -> Acting:
    return Acting(ACTION_ID)


def finding(hub: Any, finding_id: str = FINDING) -> dict[str, Any]:
    filters = {"Id": [{"Value": finding_id, "Comparison": "EQUALS"}]}
    (found,) = hub.get_findings(Filters=filters)["Findings"]
    return dict(found)


def work_on(hub: Any, **changes: Any) -> None:
    """What an analyst does in the console."""
    hub.batch_update_findings(FindingIdentifiers=[{"Id": FINDING, "ProductArn": PRODUCT}], **changes)


ANALYST = {"Text": "Looked at it on Monday", "UpdatedBy": "ann"}


def test_undo_restores_what_was_there_before(acting, hub):
    """Do, undo, compare: workflow status and the analyst's note are back."""
    work_on(hub, Note=ANALYST)
    acting.do_undo_compare(TARGET)
    note = finding(hub)["Note"]
    assert (note["Text"], note["UpdatedBy"]) == (ANALYST["Text"], ANALYST["UpdatedBy"])


def test_a_first_note_says_that_it_is_withdrawn(acting, hub):
    """AWS has no call that removes a note: after the undo ours claims nothing any more, and the state is as before."""
    acting.do_undo_compare(TARGET)
    assert finding(hub)["Note"]["Text"] == f"Incident {INCIDENT}: withdrawn"
    assert finding(hub)["Workflow"]["Status"] == "NEW"


def test_status_and_note_are_set_and_nothing_else(acting, hub):
    """The note holds the incident's id alone; severity and the other finding stay as they are."""
    before, other = finding(hub), finding(hub, FINDING + "c")
    acting.do(TARGET)
    now = finding(hub)
    assert now["Workflow"] == {"Status": "NOTIFIED"}
    assert (now["Note"]["Text"], now["Note"]["UpdatedBy"]) == (f"Incident {INCIDENT}", "genai-responder")
    kept = [name for name in before if name not in ("Note", "Workflow")]
    assert {name: now[name] for name in kept} == {name: before[name] for name in kept}
    assert finding(hub, FINDING + "c") == other


def test_done_twice_is_done_once(acting):
    """A rerun finds our note."""
    before = acting.do(TARGET)
    acting.perform(TARGET, before)
    assert acting.made("BatchUpdateFindings") == 1


def test_undone_twice_is_undone_once(acting):
    """The second undo finds the state of before."""
    before = acting.do(TARGET)
    acting.undo(TARGET, before)
    acting.undo(TARGET, before)
    assert acting.made("BatchUpdateFindings") == 2


def test_what_said_so_before_is_left_alone(acting):
    """The note of this incident stands already: nothing to do, and undo does not withdraw it."""
    acting.do(TARGET)
    before = acting.read(TARGET)
    assert acting.achieved(TARGET, before)
    acting.undo(TARGET, before)
    assert acting.read(TARGET) == before


def test_the_note_of_another_incident_is_put_back(acting, hub):
    """A finding that recurred had a note of its first incident: to this one it is somebody else's."""
    acting.do({**TARGET, "incident_id": "IR-20261101-0123456789"})
    before = acting.read(TARGET)
    assert before["note"] == {"Text": "Incident IR-20261101-0123456789", "UpdatedBy": "genai-responder"}
    acting.do_undo_compare(TARGET)


@pytest.mark.parametrize("change", [{"Note": ANALYST}, {"Workflow": {"Status": "SUPPRESSED"}}])
def test_a_finding_that_was_worked_on_since_the_plan_is_drift(acting, hub, change):
    """An analyst's note or decision is not written over."""
    before = acting.read(TARGET)
    work_on(hub, **change)
    with pytest.raises(StateDrifted, match="worked on"):
        acting.perform(TARGET, before)
    assert acting.made("BatchUpdateFindings") == 0


@pytest.mark.parametrize("change", [{"Note": ANALYST}, {"Workflow": {"Status": "RESOLVED"}}])
def test_undo_leaves_what_people_did_since(acting, hub, change):
    """It takes back our own change and nobody else's."""
    before = acting.do(TARGET)
    work_on(hub, **change)
    with pytest.raises(StateDrifted, match="worked on"):
        acting.undo(TARGET, before)
    assert acting.made("BatchUpdateFindings") == 1


def test_people_who_resolve_it_afterwards_do_not_undo_it(acting, hub):
    """They were told, and went on from there."""
    acting.do(TARGET)
    work_on(hub, Workflow={"Status": "RESOLVED"})
    assert acting.achieved(TARGET, acting.read(TARGET))


def test_a_finding_that_is_gone_is_drift(acting):
    """Security Hub keeps findings for 90 days: reading says so, and nothing is changed."""
    gone = {**TARGET, "finding_id": "gone"}
    assert acting.read(gone)["exists"] is False
    with pytest.raises(StateDrifted, match="is gone"):
        acting.perform(gone, acting.read(TARGET))
    with pytest.raises(StateDrifted, match="is gone"):
        acting.undo(gone, acting.read(TARGET))


def test_what_security_hub_did_not_update_is_said(acting, monkeypatch):
    """It answers HTTP 200 and names the finding as unprocessed: that is no success. The state machine tries again."""
    client = acting.session.client("securityhub")
    unprocessed = {"FindingIdentifier": {}, "ErrorCode": "ConcurrentUpdateError", "ErrorMessage": "busy"}
    answer = {"ProcessedFindings": [], "UnprocessedFindings": [unprocessed]}
    monkeypatch.setattr(client, "batch_update_findings", lambda **_: answer)
    with pytest.raises(NotAchieved, match="ConcurrentUpdateError"):
        acting.perform(TARGET, acting.read(TARGET))


def test_a_hub_that_was_switched_off_is_an_error_by_name(acting, hub):
    """The plan does not propose it where Security Hub is off; switched off in between, AWS's word is the outcome."""
    hub.disable_security_hub()
    with pytest.raises(ClientError, match="InvalidAccessException"):
        acting.read(TARGET)


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting):
    """The process ends before the call: the finding is untouched, and the rerun notes the incident."""
    before = acting.read(TARGET)
    acting.session.crash_at("BatchUpdateFindings")
    with pytest.raises(Crash):
        acting.perform(TARGET, before)
    assert acting.read(TARGET) == before
    acting.perform(TARGET, before)
    assert acting.achieved(TARGET, acting.read(TARGET))


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("BatchUpdateFindings", times=2)
    acting.do(TARGET)


@pytest.mark.parametrize("field", ["finding_id", "product_arn", "incident_id"])
def test_a_name_with_spaces_or_lines_is_refused(field):
    """Nothing rides along with an id."""
    with pytest.raises(SchemaMismatch, match=field):
        validate(f"actions/{ACTION_ID}", {**TARGET, field: f"{TARGET[field]}\nand more"})
