from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.core import documents
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client, statements
from lambdas.evidence import artefacts, cloudtrail, preserve
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
    crashed = preserve.preserve(incident, "first")
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


def test_the_second_pass_reads_all_pages_slowly(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read one after the other with a pause, because AWS takes two look-ups a second."""
    pauses: list[float] = []
    monkeypatch.setattr(cloudtrail.time, "sleep", pauses.append)
    asked = responder.cloudtrail(CALLS, pages=3)
    manifest = manifest_of(preserve.handler({**opened(), "pass": "rest"}, None))
    assert len(asked) == 3
    assert pauses == [0, 0.5, 0.5]
    assert len(content(manifest, "04-cloudtrail_rest")["regions"]["us-east-1"]["events"]) == 9
    assert (manifest["pass"], manifest["gaps"]) == ("rest", [])


def test_a_history_without_end_is_cut(ledger: Ledger, thief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much an attacker called, the second pass ends, and says what is left."""
    monkeypatch.setattr(cloudtrail.time, "sleep", lambda seconds: None)
    asked = responder.cloudtrail(CALLS, pages=10_000)
    manifest = manifest_of(preserve.handler({**opened(), "pass": "rest"}, None))
    assert len(asked) == artefacts.ALL_PAGES
    assert "there are more" in manifest["gaps"][0]["why"]


def test_hostile_records_do_not_stop_evidence(ledger: Ledger, thief: str) -> None:
    """Half a surrogate pair in a record, which UTF-8 cannot hold, is kept as it came."""
    responder.cloudtrail([{"eventID": "1", "userAgent": "\ud800"}])
    manifest = manifest_of(preserve.handler(opened(), None))
    assert content(manifest, "02-cloudtrail")["regions"]["us-east-1"]["events"][0]["userAgent"] == "\ud800"


@pytest.mark.parametrize("kind", ["IAMUser", "AssumedRole", "Unknown"])
def test_the_session_policy_fits(kind: str) -> None:
    """What evidence may call fits into 2,048 characters also for the longest name, and names nobody else."""
    incident = {"principal": {"type": kind}}
    names = {"partition": "aws", "account": "123456789012", "region": "ap-southeast-2", "user_name": "n" * 64}
    allowed = statements(artefacts.permissions_for(incident), names)
    policy = json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))
    assert len(policy) <= 2048
    assert not any(r.endswith((":user/*", ":role/*")) for s in allowed for r in s["Resource"])
