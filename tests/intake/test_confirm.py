from __future__ import annotations

from typing import Any

import pytest

from lambdas.core.errors import FindingNotFound
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from lambdas.intake import confirm, guardduty
from tests.intake.responder import ACCOUNT, cloudtrail, finding, known_to_guardduty, refusing

SEQUENCE = "CredentialAccess:IAMUser/CompromisedCredentials"
BEDROCK_CALL = {"eventID": "1", "eventSource": "bedrock.amazonaws.com", "eventName": "InvokeModel"}
OTHER_CALL = {"eventID": "2", "eventSource": "s3.amazonaws.com", "eventName": "ListBuckets"}


def opened(event: dict[str, Any]) -> dict[str, Any]:
    return {"incident": {"incident_id": guardduty.handler(event, None)["incident_id"]}}


def confirmed(given: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    confirm.handler(given, None)
    return ledger.incident(given["incident"]["incident_id"])


def test_a_finding_that_guardduty_returns_is_confirmed(ledger: Ledger) -> None:
    """GuardDuty is asked, not the event: only its answer lets the policy decide."""
    event = finding()
    known_to_guardduty(event)
    given = opened(event)
    assert confirm.handler(given, None) == {"confirmed": True}
    assert ledger.incident(given["incident"]["incident_id"])["withheld"] is None


def test_a_finding_that_is_not_there_yet_is_waited_for(ledger: Ledger) -> None:
    """GetFindings lags: until it answers, the error that the state machine retries is raised, and nothing else is."""
    given = opened(finding())
    with pytest.raises(FindingNotFound):
        confirm.handler(given, None)
    assert ledger.incident(given["incident"]["incident_id"])["confirmed"] is False


@pytest.mark.parametrize("error", ["Throttled", "Lambda.Unknown"])
def test_what_could_not_be_asked_is_not_called_forged(ledger: Ledger, error: str) -> None:
    """An API that failed to the end leaves everything to people, and says which error it was."""
    given = opened(finding())
    assert confirm.handler({**given, "unconfirmed": True, "error": error}, None) == {"confirmed": False}
    withheld = ledger.incident(given["incident"]["incident_id"])["withheld"]
    assert (f"({error})" in withheld, "forged" in withheld) == (True, False)


def test_an_account_without_member_roles_is_named_at_once(ledger: Ledger) -> None:
    """Nothing is retried: the incident says which account lacks deploy/member.yaml, and people decide."""
    given = opened(finding())
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    assert confirm.handler(given, None) == {"confirmed": False}
    own_client.cache_clear()
    withheld = ledger.incident(given["incident"]["incident_id"])["withheld"]
    assert withheld.startswith(f"account: {ACCOUNT} is not enrolled: its role responder-member-observe")
    assert "--parameter-overrides ResponderAccount=" in withheld


def test_a_finding_that_never_comes_leaves_nothing_automatic(ledger: Ledger) -> None:
    """After the last try the response goes on, and people decide on everything."""
    given = opened(finding())
    assert confirm.handler({**given, "unconfirmed": True}, None) == {"confirmed": False}
    incident = ledger.incident(given["incident"]["incident_id"])
    assert incident["confirmed"] is False
    assert "may be forged" in incident["withheld"]


@pytest.mark.parametrize("changes", [{"type": "Impact:IAMUser/CostHarvesting"}, {"accountId": "111122223333"}])
def test_another_finding_under_the_same_id_is_a_forgery(ledger: Ledger, changes: dict[str, Any]) -> None:
    """An event that says more than GuardDuty does is not believed."""
    event = finding()
    known_to_guardduty(event, **changes)
    incident = confirmed(opened(event), ledger)
    assert incident["confirmed"] is False
    assert incident["withheld"] == confirm.ANOTHER


def test_stolen_keys_that_call_bedrock_are_contained_unattended(ledger: Ledger) -> None:
    """A finding about credentials is ours where that key called Bedrock within a day."""
    event = finding(SEQUENCE)
    known_to_guardduty(event)
    asked = cloudtrail([OTHER_CALL, BEDROCK_CALL])
    incident = confirmed(opened(event), ledger)
    assert incident["confirmed"] is True
    assert incident["withheld"] is None
    key = {"AttributeKey": "AccessKeyId", "AttributeValue": "AKIAIOSFODNN7EXAMPLE"}
    assert asked[0]["LookupAttributes"] == [key]
    assert asked[0]["EndTime"] - asked[0]["StartTime"] == 24 * 3600


def test_stolen_keys_without_bedrock_calls_leave_all_to_people(ledger: Ledger) -> None:
    """The response still preserves and plans, and says why nothing runs by itself."""
    event = finding(SEQUENCE)
    known_to_guardduty(event)
    cloudtrail([OTHER_CALL, {"unreadable": True}])
    incident = confirmed(opened(event), ledger)
    assert incident["confirmed"] is True
    assert incident["withheld"] == "no generative AI call by this principal in 24 h"


def test_nobody_to_look_up_leaves_all_to_people(ledger: Ledger) -> None:
    """A finding that names neither key nor user proves no call of anybody."""
    event = finding("AttackSequence:IAM/CompromisedCredentials", resource=None)
    known_to_guardduty(event, resource={})
    incident = confirmed(opened(event), ledger)
    assert incident["withheld"] == confirm.NO_ONE


def test_bedrocks_own_findings_need_no_look_up(ledger: Ledger) -> None:
    """A finding about Bedrock is about generative AI: containment does not wait for CloudTrail."""
    event = finding()
    known_to_guardduty(event)
    asked = cloudtrail([])
    assert confirmed(opened(event), ledger)["withheld"] is None
    assert asked == []


def test_the_members_own_detector_is_asked_where_the_finding_names_the_administrators(ledger: Ledger) -> None:
    """A member may not ask the administrator's detector: the same finding of its own confirms all the same."""
    event = finding()
    own = {**event["detail"]["service"], "detectorId": "f" * 32}
    known_to_guardduty(event, service=own)
    assert confirmed(opened(event), ledger)["confirmed"] is True


def test_an_account_whose_guardduty_is_off_confirms_nothing(ledger: Ledger) -> None:
    """Without any detector there is nothing that could bear the finding out."""
    with pytest.raises(FindingNotFound):
        confirm.handler(opened(finding()), None)


def test_confirming_twice_is_confirming_once(ledger: Ledger) -> None:
    """A retried task comes to the same end."""
    event = finding()
    known_to_guardduty(event)
    given = opened(event)
    assert confirmed(given, ledger) == confirmed(given, ledger)
