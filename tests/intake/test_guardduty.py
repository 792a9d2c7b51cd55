from __future__ import annotations

import copy
import json
import os
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdas.core import documents
from lambdas.core.errors import InputRefused
from lambdas.core.fields import DEEPEST
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from lambdas.intake import guardduty, refusal
from lambdas.intake.finding import incident_of
from tests.intake.responder import ACCOUNT, dead_letters, executions, finding
from tests.intake.samples import guardduty_samples, panther_findings, with_data

OUTCOMES = {"incident", "joined", "not_ours", "refused"}
SAMPLE = {"value": '{"sample":true}', "type": "default"}


def take(event: Any) -> dict[str, Any]:
    return guardduty.handler(event, None)


def test_a_bedrock_finding_opens_an_incident_and_starts_its_response(ledger: Ledger) -> None:
    """A finding of a known type opens one incident, whose id is the name of its one execution."""
    outcome = take(finding())
    incident = ledger.incident(outcome["incident_id"])
    assert outcome["outcome"] == "incident"
    assert executions() == [outcome["incident_id"]]
    assert incident["principal"] == {
        "type": "IAMUser",
        "user_name": "thief",
        "access_key_id": "AKIAIOSFODNN7EXAMPLE",
        "principal_id": "AIDACKCEVSQ6C2EXAMPLE",
        "arn": None,
    }
    assert incident["confirmed"] is False


def test_the_execution_is_told_which_incident_and_no_more(ledger: Ledger) -> None:
    """State holds references only: the four fields that name an incident."""
    incident_id = take(finding())["incident_id"]
    client = boto3.client("stepfunctions")
    arn = client.list_executions(stateMachineArn=os.environ["RESPONSE_MACHINE"])["executions"][0]["executionArn"]
    given_input = json.loads(client.describe_execution(executionArn=arn)["input"])
    assert given_input == {
        "incident": {
            "incident_id": incident_id,
            "account": "123456789012",
            "region": "us-east-1",
            "playbook": "bedrock",
        }
    }


def test_the_finding_is_kept_as_received_before_anything_starts(ledger: Ledger) -> None:
    """The first evidence is the event itself, unchanged."""
    event = finding(nobodyKnowsThisField={"deep": [1]})
    incident_id = take(event)["incident_id"]
    assert documents.read_json(documents.key_of(incident_id, "evidence", "00-finding.json")) == event


def test_both_casings_are_the_same_finding(ledger: Ledger) -> None:
    """PascalCase keys under detail, which some forwarders send, open the very same incident."""

    def pascal(value: Any) -> Any:
        if isinstance(value, dict):
            return {k[:1].upper() + k[1:]: pascal(v) for k, v in value.items()}
        return value

    event = finding()
    shouted = {**event, "detail": pascal(event["detail"])}
    assert incident_of(shouted)["incident_id"] == incident_of(event)["incident_id"]
    assert incident_of(shouted)["principal"] == incident_of(event)["principal"]


def test_severity_does_not_decide(ledger: Ledger) -> None:
    """GuardDuty's own Bedrock findings are Low or Medium: the type alone opens the incident."""
    assert take(finding("Impact:IAMUser/AnomalousModelInvocation", severity=1))["outcome"] == "incident"
    assert take(finding("Recon:EC2/Portscan", severity=9.5))["outcome"] == "not_ours"


def test_copies_updates_and_late_events_join_without_a_second_execution(ledger: Ledger) -> None:
    """However often and in whatever order a finding comes, there is one incident with one execution."""
    newer = finding(service={**finding()["detail"]["service"], "count": 5})
    first = take(newer)
    copy_of_it = take(newer)
    older = take({**finding(), "id": "a1b2c3d4-0000-4000-8000-000000000002"})
    assert [o["outcome"] for o in (first, copy_of_it, older)] == ["incident", "joined", "joined"]
    assert executions() == [first["incident_id"]]
    assert ledger.incident(first["incident_id"])["source"]["count"] == 5


def test_an_update_is_noted_in_the_timeline(ledger: Ledger) -> None:
    """A higher count says that the attack goes on, and is written down once for each such event."""
    incident_id = take(finding())["incident_id"]
    service = {**finding()["detail"]["service"], "count": 7}
    take({**finding(service=service), "id": "a1b2c3d4-0000-4000-8000-000000000003"})
    words = [(e["what"], e["detail"].get("count")) for e in ledger.timeline(incident_id)]
    assert ("The finding was updated", 7) in words


def test_a_crash_between_opening_and_starting_is_healed_by_the_retry(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An incident that was opened and never started is started by the next delivery of the same event."""
    with monkeypatch.context() as crashing:
        crashing.setattr("lambdas.intake.opening.start", _crash)
        with pytest.raises(ConnectionError):
            take(finding())
    assert executions() == []
    again = take(finding())
    assert executions() == [again["incident_id"]]


def _crash(incident: Any) -> str:
    raise ConnectionError


def test_attack_sequences_name_their_actor(ledger: Ledger) -> None:
    """They have no accessKeyDetails: the first actor of the attacked account is the principal."""
    ours = {
        "name": "thief",
        "uid": "AIDACKCEVSQ6C2EXAMPLE",
        "type": "IAMUser",
        "credentialUid": "AKIAIOSFODNN7EXAMPLE",
        "account": {"uid": "123456789012"},
    }
    other = {**ours, "name": "stranger", "account": {"uid": "111122223333"}}
    sequence = {"actors": [{"user": other}, {"user": ours}], "resources": [], "signals": []}
    service = {**finding()["detail"]["service"], "detection": {"sequence": sequence}}
    event = finding(
        "AttackSequence:IAM/CompromisedCredentials", resource={"resourceType": "AttackSequence"}, service=service
    )
    incident = ledger.incident(take(event)["incident_id"])
    assert (incident["principal"]["user_name"], incident["principal"]["access_key_id"]) == (
        "thief",
        "AKIAIOSFODNN7EXAMPLE",
    )


def test_attack_sequences_without_actors_fall_back_to_their_keys(ledger: Ledger) -> None:
    """An access key among the resources of a sequence names the principal where no actor does."""
    key = {"principalId": "AIDACKCEVSQ6C2EXAMPLE", "userName": "thief", "userType": "IAMUser"}
    resource = {"uid": "AKIAIOSFODNN7EXAMPLE", "resourceType": "ACCESS_KEY", "data": {"accessKey": key}}
    service = {**finding()["detail"]["service"], "detection": {"sequence": {"resources": [resource]}}}
    event = finding("AttackSequence:S3/CompromisedData", resource={"resourceType": "AttackSequence"}, service=service)
    assert incident_of(event)["principal"]["access_key_id"] == "AKIAIOSFODNN7EXAMPLE"


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"userType": "AssumedRole", "userName": "app", "accessKeyId": "ASIAIOSFODNN7EXAMPLE"}, ("AssumedRole", "app")),
        ({"userType": "Root", "userName": "Root"}, ("Root", "Root")),
        ({"userType": "WebIdentityUser", "userName": "a:b/c"}, ("WebIdentityUser", None)),
        ({"userType": "GeneratedFindingUserType", "userName": "x"}, ("Unknown", "x")),
        ({"userType": "IAMUser", "userName": "*"}, ("IAMUser", None)),
        ({"userType": "IAMUser", "userName": None}, ("IAMUser", None)),
    ],
)
def test_principals_are_normalised(details: dict[str, Any], expected: tuple[str, str | None]) -> None:
    """Every user type comes out in one form; a name that IAM cannot have, or that is a wildcard, is left out."""
    principal = incident_of(finding(resource={"accessKeyDetails": details}))["principal"]
    assert (principal["type"], principal["user_name"]) == expected


def test_root_is_for_people_only() -> None:
    """Root usage opens an incident in which nothing runs unattended."""
    details = {"userType": "Root", "userName": "Root", "accessKeyId": "ASIAIOSFODNN7EXAMPLE"}
    incident = incident_of(finding("Policy:IAMUser/RootCredentialUsage", resource={"accessKeyDetails": details}))
    assert incident["withheld"]
    assert incident["principal"]["arn"] == "arn:aws:iam::123456789012:root"


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (
            finding("Recon:EC2/Portscan", accountId="not an account"),
            "Recon:EC2/Portscan is about EC2, not generative AI",
        ),
        (finding("Tomorrow:IAMUser/Unheard"), "detail.type: Tomorrow:IAMUser/Unheard is not a finding type"),
        (finding("manual"), "detail.type: manual is not a finding type"),
        (finding("Policy:IAMUser/ShortTermRootCredentialUsage"), "centralized root tasks"),
        (finding(service={**finding()["detail"]["service"], "additionalInfo": SAMPLE}), "sample finding; only a drill"),
        (finding(service={**finding()["detail"]["service"], "additionalInfo": {"sample": True}}), "sample finding"),
        (finding(service={**finding()["detail"]["service"], "archived": True}), "archived in GuardDuty"),
    ],
)
def test_what_is_not_ours_says_why(ledger: Ledger, event: dict[str, Any], reason: str) -> None:
    """A finding about something else opens nothing, and its reason is on record for whoever sent it."""
    outcome = take(event)
    assert outcome["outcome"] == "not_ours"
    assert reason in outcome["reason"]
    assert executions() == []
    assert dead_letters() == []
    recorded = ledger.item(f"intake#{event['detail']['id']}", event["id"])
    assert (recorded["outcome"], recorded["reason"]) == ("not_ours", outcome["reason"])


def test_a_drill_opens_samples_and_says_that_it_is_one(ledger: Ledger) -> None:
    """Only with the drill flag, which EventBridge never delivers, does a sample finding open an incident."""
    event = finding(service={**finding()["detail"]["service"], "additionalInfo": SAMPLE})
    incident = ledger.incident(take({**event, "drill": True})["incident_id"])
    assert incident["drill"] is True
    assert incident["source"]["sample"] is True


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (finding(accountId="1234567891234"), "detail.accountId"),
        (finding(region="us-east-1; drop"), "detail.region"),
        (finding(severity="high"), "detail.severity"),
        (finding(severity=float("nan")), "detail.severity"),
        (finding(type=None), "detail.type"),
        (finding(type=["a"]), "detail.type"),
        (finding(resource={"accessKeyDetails": "AKIA"}), "detail.resource.accessKeyDetails"),
        (finding(service={}), "detail.service"),
        ({**finding(), "detail": []}, "detail"),
        ({**finding(), "source": "my.app"}, "source"),
        ({**finding(), "detail-type": "GuardDuty finding"}, "detail-type"),
        ("just text", "event"),
        (None, "event"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_field_and_kept(ledger: Ledger, event: Any, field: str) -> None:
    """A refused event reaches the dead-letter queue whole, with the field and the reason as attributes."""
    outcome = take(event)
    assert outcome["outcome"] == "refused"
    assert outcome["reason"].startswith(field)
    (body, attributes) = dead_letters()[0]
    assert body == json.dumps(event)
    assert attributes["field"].startswith(field)
    assert attributes["reason"]
    assert executions() == []


def test_a_refused_event_too_large_for_a_message_is_kept_in_the_bucket(ledger: Ledger) -> None:
    """Above 250,000 bytes the message says where the original is, and the original is there."""
    event = finding(accountId="x", description="A" * 300_000)
    take(event)
    (body, _) = dead_letters()[0]
    kept = json.loads(body)
    assert len(body) < 1000
    assert documents.read_json(kept["kept_at"]) == event


def test_a_finding_over_256_kb_that_fits_still_opens_its_incident(ledger: Ledger) -> None:
    """Size alone refuses nothing: what is large stays in the bucket, state gets references."""
    outcome = take(finding(description="A" * 300_000))
    assert outcome["outcome"] == "incident"
    assert len(ledger.incident(outcome["incident_id"])["source"]["description"]) == 500


def test_a_refusal_that_cannot_be_sent_is_raised(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then Lambda itself retries and keeps the event: it is not lost by the one who should keep it."""
    monkeypatch.setenv("DEAD_LETTER_QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/gone")
    with pytest.raises(own_client("sqs").exceptions.QueueDoesNotExist):
        take(finding(accountId="x"))


def test_a_refusal_is_counted(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    """The metric FindingRefused is written once for each refused event."""
    refusal.refuse({}, InputRefused("detail", "is missing"))
    line = next(line for line in capsys.readouterr().out.splitlines() if "FindingRefused" in line)
    assert json.loads(line)["FindingRefused"] == [1.0]


def test_a_batch_from_a_queue_gives_one_outcome_each(ledger: Ledger) -> None:
    """After a redrive one invocation brings several events; text that is no JSON is refused among them."""
    records = [
        {"body": json.dumps(finding())},
        {"body": "{broken"},
        {"body": json.dumps(finding("Recon:EC2/Portscan"))},
    ]
    outcomes = guardduty.handler({"Records": records}, None)["outcomes"]
    assert [o["outcome"] for o in outcomes] == ["incident", "refused", "not_ours"]


def test_an_event_cannot_pose_as_an_incident_in_the_ledger(ledger: Ledger) -> None:
    """An event id chosen to look like the ledger's own sort key is not used as one."""
    take({**finding("Recon:EC2/Portscan"), "id": "incident"})
    assert list(ledger.incidents()) == []


def test_hostile_text_is_cut_to_one_clean_line() -> None:
    """Control and direction characters from the attacked account do not reach what people are shown."""
    incident = incident_of(finding(title="a\u202eb\x1b[31m\nc" + "x" * 1000))
    assert incident["source"]["title"].startswith("a b [31m cx")
    assert len(incident["source"]["title"]) == 500


def test_what_lambda_gave_up_on_is_taken_from_the_queue(ledger: Ledger) -> None:
    """Its failure destination wraps the event in a record: a redrive opens the incident all the same."""
    record = {"version": "1.0", "requestContext": {"condition": "RetriesExhausted"}, "requestPayload": finding()}
    outcomes = guardduty.handler({"Records": [{"body": json.dumps(record)}]}, None)["outcomes"]
    assert [outcome["outcome"] for outcome in outcomes] == ["incident"]


def at_home(detail: dict[str, Any]) -> dict[str, Any]:
    """The finding as if its account were one of ours."""
    return {name: ACCOUNT if name.lower() == "accountid" else value for name, value in detail.items()}


@with_data
def test_every_sample_file_ends_as_incident_or_not_ours(ledger: Ledger) -> None:
    """All 15 real sample events are understood: none is refused, and each that opens nothing says why."""
    outcomes = {name: take(event) for name, event in guardduty_samples()}
    assert len(outcomes) == 15
    assert {o["outcome"] for o in outcomes.values()} == {"not_ours"}
    assert all(len(o["reason"]) > 20 for o in outcomes.values())
    ours = {"account": ACCOUNT, "drill": True}
    drills = {name: take({**event, **ours, "detail": at_home(event["detail"])}) for name, event in guardduty_samples()}
    opened = [name for name, outcome in drills.items() if outcome["outcome"] == "incident"]
    assert opened == ["Credential-Access-IAM-Anomalous-Behavior"]


@with_data
def test_every_public_test_finding_ends_as_incident_or_not_ours(ledger: Ledger) -> None:
    """Findings of public detection tests are understood as well; the attack sequence opens an incident."""
    outcomes = [take({**e, "account": ACCOUNT, "detail": at_home(e["detail"])}) for e in panther_findings()]
    assert {o["outcome"] for o in outcomes} == {"incident", "not_ours"}
    assert outcomes[0]["outcome"] == "incident"


def paths(document: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(document, dict):
        return [p for k, v in document.items() for p in [(*prefix, k), *paths(v, (*prefix, k))]]
    return []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800") | st.just("*"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def set_at(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    place = changed
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return changed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(paths(finding())), value=JUNK)
def test_no_malformed_field_is_an_unhandled_error(ledger: Ledger, path: tuple[Any, ...], value: Any) -> None:
    """Whatever stands in whichever field, the event ends in one of the four outcomes."""
    assert take(set_at(finding(), path, value))["outcome"] in OUTCOMES


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=JUNK)
def test_no_event_at_all_is_an_unhandled_error(ledger: Ledger, event: Any) -> None:
    """Whatever is sent instead of an event, it ends in one of the four outcomes."""
    outcome = take(event)
    assert outcome.get("outcome", "refused") in OUTCOMES


@pytest.mark.parametrize(("levels", "outcome"), [(DEEPEST - 2, "incident"), (DEEPEST, "refused")])
def test_a_bottomless_event_is_refused(ledger: Ledger, levels: int, outcome: str) -> None:
    """Nesting deeper than any finding's is refused by name, like any other form, and at the same depth everywhere."""
    deep: Any = {}
    for _ in range(levels):
        deep = {"a": deep}
    told = take(finding(resource=deep))
    assert told["outcome"] == outcome
    assert outcome == "incident" or told["reason"].startswith("detail: is nested too deeply")
