from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from lambdas.core import documents
from lambdas.core.errors import Unsettled
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client, statements
from lambdas.evidence import artefacts, cloudtrail, history, preserve
from lambdas.intake import guardduty
from tests.intake import responder
from tests.intake.responder import MEMBER_TRUST, finding, refusing

Json = dict[str, Any]
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}]}
CALLS = [{"eventID": str(n), "eventSource": "bedrock.amazonaws.com", "eventName": "InvokeModel"} for n in range(3)]


@pytest.fixture
def thief(ledger: Ledger) -> str:
    """A user with a key, an inline policy, a group and a managed policy. Returns the key's id."""
    iam = own_client("iam")
    iam.create_user(UserName="thief", Path="/team/")
    iam.put_user_policy(UserName="thief", PolicyName="inline", PolicyDocument=json.dumps(POLICY))
    iam.create_group(GroupName="builders")
    iam.add_user_to_group(UserName="thief", GroupName="builders")
    return str(iam.create_access_key(UserName="thief")["AccessKey"]["AccessKeyId"])


def opened(**changes: Any) -> Json:
    return {"incident": {"incident_id": guardduty.handler(finding(**changes), None)["incident_id"]}}


def manifest_of(answer: Json) -> Json:
    manifest: Json = documents.read_json(answer["manifest"])
    return manifest


def content(manifest: Json, name: str) -> Json:
    key = next(a["key"] for a in manifest["artefacts"] if a["name"] == name)
    found: Json = documents.read_json(key)["content"]
    return found


def test_every_artefact_stands_in_the_manifest_with_its_own_hash(ledger: Ledger, thief: str) -> None:
    """What the manifest says of each artefact is true of the bytes in the bucket, and the ledger has the manifest's."""
    responder.cloudtrail(CALLS)
    answer = preserve.handler(opened(), None)
    manifest = manifest_of(answer)
    validate("manifest", manifest)
    assert [a["name"] for a in manifest["artefacts"]] == ["00-finding", "01-principal", "02-cloudtrail", "03-bedrock"]
    for artefact in manifest["artefacts"]:
        stored = documents.read(artefact["key"])
        assert (sha256(stored), len(stored)) == (artefact["sha256"], artefact["bytes"])
    recorded = ledger.item(manifest["incident_id"], "evidence#first")
    assert recorded["sha256"] == sha256(documents.read(answer["manifest"])) == answer["sha256"]


def test_it_says_when_by_which_calls_and_with_which_session(ledger: Ledger, thief: str) -> None:
    """Each artefact names the calls whose answers it holds, and the role session that CloudTrail shows for them."""
    responder.cloudtrail(CALLS)
    manifest = manifest_of(preserve.handler(opened(), None))
    principal = manifest["artefacts"][1]
    assert {"iam:get_user", "iam:list_access_keys", "iam:list_groups_for_user"} <= set(principal["calls"])
    assert principal["session"] == f"responder-member-observe/{manifest['incident_id']}_evidence-first"
    assert principal["taken_at"].endswith("Z")


def test_the_user_is_kept_with_all_that_gives_it_power(ledger: Ledger, thief: str) -> None:
    """Keys, groups and policies are there as they were before anything was changed."""
    responder.cloudtrail(CALLS)
    found = content(manifest_of(preserve.handler(opened(), None)), "01-principal")
    assert found["user"]["User"]["Path"] == "/team/"
    assert [key["AccessKeyId"] for key in found["access_keys"]] == [thief]
    assert [group["GroupName"] for group in found["groups"]] == ["builders"]
    assert [policy["PolicyName"] for policy in found["inline_policies"]] == ["inline"]


def test_a_role_is_kept_with_its_trust_and_policies(ledger: Ledger) -> None:
    """For a role session the role itself is preserved."""
    responder.cloudtrail(CALLS)
    own_client("iam").create_role(RoleName="app", AssumeRolePolicyDocument=json.dumps(MEMBER_TRUST))
    details = {"userType": "AssumedRole", "userName": "app", "accessKeyId": "ASIAIOSFODNN7EXAMPLE"}
    found = content(manifest_of(preserve.handler(opened(resource={"accessKeyDetails": details}), None)), "01-principal")
    assert found["role"]["Role"]["AssumeRolePolicyDocument"] == MEMBER_TRUST


def test_a_rerun_changes_nothing(ledger: Ledger, thief: str) -> None:
    """A retried task answers with the same manifest, although the account has changed meanwhile."""
    responder.cloudtrail(CALLS)
    given = opened()
    first = preserve.handler(given, None)
    own_client("iam").delete_user_policy(UserName="thief", PolicyName="inline")
    assert preserve.handler(given, None) == first


def test_what_an_earlier_attempt_wrote_is_what_the_manifest_names(ledger: Ledger, thief: str) -> None:
    """After a crash between artefacts and manifest, the manifest has the hashes of what is really stored."""
    responder.cloudtrail(CALLS)
    given = opened()
    incident = ledger.incident(given["incident"]["incident_id"])
    crashed = preserve.preserve(incident, "first", ledger)
    own_client("iam").delete_user_policy(UserName="thief", PolicyName="inline")
    after = manifest_of(preserve.handler(given, None))
    assert after["artefacts"] == crashed["artefacts"]
    assert content(after, "01-principal")["inline_policies"] != []


def test_an_api_that_fails_is_a_gap_and_no_more(ledger: Ledger, thief: str) -> None:
    """Nothing is skipped in silence, and nothing else is lost for it."""
    responder.cloudtrail(CALLS)
    refusing("bedrock-agent", "ListAgents")
    refusing("iam", "ListMFADevices")
    manifest = manifest_of(preserve.handler(opened(), None))
    assert {gap["what"] for gap in manifest["gaps"]} == {"bedrock-agent:list_agents", "iam:list_mfa_devices"}
    assert all("AccessDenied" in gap["why"] for gap in manifest["gaps"])
    assert content(manifest, "01-principal")["user"]


def test_a_principal_that_is_gone_is_evidence_too(ledger: Ledger) -> None:
    """That a user does not exist is an answer, not a gap."""
    responder.cloudtrail(CALLS)
    manifest = manifest_of(preserve.handler(opened(), None))
    assert content(manifest, "01-principal")["user"] is None
    assert manifest["gaps"] == []


def test_an_unreadable_account_still_keeps_the_finding(ledger: Ledger) -> None:
    """Where the account is not enrolled the response goes on with what it has, and says what it could not read."""
    given = opened()
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    manifest = manifest_of(preserve.handler(given, None))
    own_client.cache_clear()
    assert [a["name"] for a in manifest["artefacts"]] == ["00-finding"]
    assert [gap["what"] for gap in manifest["gaps"]] == ["01-principal", "02-cloudtrail", "03-bedrock"]
    assert "not enrolled" in manifest["gaps"][0]["why"]


def test_containment_waits_for_one_page_and_the_rest_is_said(ledger: Ledger, thief: str) -> None:
    """The first pass reads one page of the history and says that there is more; the second reads on."""
    asked = responder.cloudtrail(CALLS, pages=3)
    given = opened()
    manifest = manifest_of(preserve.handler(given, None))
    assert len(asked) == 1
    assert content(manifest, "02-cloudtrail")["regions"]["us-east-1"]["more"] is True
    assert "more than the 3 events" in manifest["gaps"][0]["why"]


def events_of(manifest: Json) -> list[Json]:
    """All records of the history's parts."""
    names = [a["name"] for a in manifest["artefacts"] if a["name"].startswith("04-cloudtrail-")]
    return [event for name in names for event in content(manifest, name)["events"]]


def test_the_second_pass_reads_all_pages_slowly(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page by key and by user name, one after the other, with the pause that two look-ups a second need."""
    pauses: list[float] = []
    # Its clock goes on by what is waited: by no more, however slow the machine is.
    monkeypatch.setattr(cloudtrail, "time", SimpleNamespace(monotonic=lambda: 100 + sum(pauses), sleep=pauses.append))
    monkeypatch.setattr(artefacts, "BETWEEN_LOOKS_SECONDS", 0)
    asked = responder.cloudtrail(CALLS, pages=3)
    manifest = manifest_of(preserve.handler({**opened(), "pass": "rest"}, None))
    assert [a["LookupAttributes"][0]["AttributeKey"] for a in asked] == ["AccessKeyId"] * 3 + ["Username"] * 3
    waited = [pause for pause in pauses if pause]
    assert len(waited) == 5
    assert waited == pytest.approx([cloudtrail.PAUSE_SECONDS] * 5)
    assert len(events_of(manifest)) == 18


def test_the_history_goes_on_where_it_stopped(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of time it asks to be called again; then it reads on behind the last event, and nothing twice or never."""
    monkeypatch.setattr(cloudtrail, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(history, "PART_PAGES", 2)
    world = responder.event_history([f"{n:03d}" for n in range(260)], per_second=30)
    given = {**opened(), "pass": "rest"}
    for _ in range(2):
        with out_of_time_after(monkeypatch, parts=1), pytest.raises(Unsettled, match="there are more"):
            preserve.handler(given, None)
    manifest = manifest_of(preserve.handler(given, None))
    by_key = [e["eventID"] for e in events_of(manifest)][:260]
    assert sorted(by_key) == sorted(world)
    assert not any("cloudtrail" in gap["what"] for gap in manifest["gaps"])


def test_a_crash_between_a_part_and_the_ledger_loses_nothing(
    ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part that was written stands, and reading goes on behind what it really holds."""
    monkeypatch.setattr(cloudtrail, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(history, "PART_PAGES", 2)
    world = responder.event_history([f"{n:03d}" for n in range(260)], per_second=30)
    given = {**opened(), "pass": "rest"}
    with out_of_time_after(monkeypatch, parts=2), pytest.raises(Unsettled):
        preserve.handler(given, None)
    incident_id = given["incident"]["incident_id"]
    lost = list(ledger.items(incident_id, "history#"))[-1]
    own_client("dynamodb").delete_item(TableName=ledger.table, Key={"pk": {"S": incident_id}, "sk": {"S": lost["sk"]}})
    manifest = manifest_of(preserve.handler(given, None))
    assert sorted(e["eventID"] for e in events_of(manifest)[:260]) == sorted(world)


def test_throttling_that_does_not_end_is_a_gap_in_the_end(
    ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A throttled history asks to be called again, and after its patience the manifest says what is missing."""
    refusing("cloudtrail", "LookupEvents", "ThrottlingException")
    given = {**opened(), "pass": "rest"}
    with pytest.raises(Unsettled):
        preserve.handler(given, None)
    monkeypatch.setattr(preserve, "PATIENCE_SECONDS", 0)
    manifest = manifest_of(preserve.handler(given, None))
    assert any("ThrottlingException" in gap["why"] for gap in manifest["gaps"])
    assert any("not all of it could be read in 0 seconds" in gap["why"] for gap in manifest["gaps"])
    assert "05-inventory" in [a["name"] for a in manifest["artefacts"]]


@contextmanager
def out_of_time_after(monkeypatch: pytest.MonkeyPatch, parts: int) -> Iterator[None]:
    """The deadline passes once so many parts are kept."""
    keep, kept = history.Search._keep, []

    def counted(self: history.Search, *given: Any) -> Json:
        kept.append(keep(self, *given))
        return dict(kept[-1])

    clock = SimpleNamespace(monotonic=lambda: 1e12 if len(kept) >= parts else 0.0, sleep=lambda seconds: None)
    with monkeypatch.context() as patched:
        patched.setattr(history.Search, "_keep", counted)
        patched.setattr(history, "time", clock)
        yield


def test_a_history_without_end_is_cut(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much an attacker called, the second pass ends, and says what is left."""
    monkeypatch.setattr(cloudtrail, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(history, "MOST_PARTS", 3)
    asked = responder.cloudtrail(CALLS, pages=10_000)
    manifest = manifest_of(preserve.handler({**opened(), "pass": "rest"}, None))
    assert len(asked) == 2 * 3 * history.PART_PAGES
    said = [gap["why"] for gap in manifest["gaps"] if "cloudtrail" in gap["what"]]
    assert said == ["there are more than the 3 parts that were read"] * 2


def test_a_session_is_looked_up_by_its_own_name() -> None:
    """CloudTrail's Username of a role session is the session's name, and of a user the user's."""
    role = {"type": "AssumedRole", "access_key_id": None, "principal_id": "AROAEXAMPLE:build-7", "user_name": "app"}
    assert cloudtrail.attributes(role) == [{"AttributeKey": "Username", "AttributeValue": "build-7"}]
    assert cloudtrail.attributes({**role, "principal_id": "AROAEXAMPLE"}) == []


def test_the_credential_report_is_waited_for(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """IAM makes it after the first call; when it is complete it is kept, with every user in it."""
    monkeypatch.setattr(artefacts, "BETWEEN_LOOKS_SECONDS", 0)
    responder.cloudtrail(CALLS)
    manifest = manifest_of(preserve.handler({**opened(), "pass": "rest"}, None))
    assert "thief" in content(manifest, "06-credential_report")["csv"]


def test_a_bucket_without_object_lock_is_said_and_stops_nothing(ledger: Ledger, thief: str) -> None:
    """The manifest says that what was written can be deleted, and what to do; the evidence is there all the same."""
    responder.cloudtrail(CALLS)
    refusing("s3", "GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError")
    own_client.cache_clear()
    manifest = manifest_of(preserve.handler(opened(), None))
    own_client.cache_clear()
    (gap,) = manifest["gaps"]
    assert gap["what"] == "object lock"
    assert "put-object-lock-configuration" in gap["why"]
    assert len(manifest["artefacts"]) == 4


def test_hostile_records_do_not_stop_evidence(ledger: Ledger, thief: str) -> None:
    """Half a surrogate pair in a record, which UTF-8 cannot hold, is kept as it came."""
    responder.cloudtrail([{"eventID": "1", "userAgent": "\ud800"}])
    manifest = manifest_of(preserve.handler(opened(), None))
    assert content(manifest, "02-cloudtrail")["regions"]["us-east-1"]["events"][0]["userAgent"] == "\ud800"


@pytest.mark.parametrize("which", ["first", "rest"])
@pytest.mark.parametrize("kind", ["IAMUser", "AssumedRole", "Unknown"])
def test_the_session_policy_fits(kind: str, which: str) -> None:
    """What evidence may call fits into 2,048 characters also for the longest names, and names nobody else."""
    incident = {"principal": {"type": kind}}
    names = {"partition": "aws", "account": "123456789012", "region": "ap-southeast-2", "user_name": "n" * 64}
    allowed = statements(artefacts.permissions_for(incident, which), {**names, "log_buckets": ["b" * 63, "c" * 63]})
    policy = json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))
    assert len(policy) <= 2048
    assert not any(r.endswith((":user/*", ":role/*", ":::*")) for s in allowed for r in s["Resource"])
