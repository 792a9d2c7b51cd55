from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.core import documents
from lambdas.core.errors import InputRefused, SchemaMismatch, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from lambdas.intake import manual
from tests.intake.responder import ACCOUNT, MEMBER_TRUST, executions, refusing

START = {
    "playbook": "bedrock",
    "account": ACCOUNT,
    "region": "us-east-1",
    "principal": "thief",
    "reason": "The bill tripled over night.",
    "requested_by": "lead@example.com",
}


@pytest.fixture
def people(ledger: Ledger) -> str:
    """A user with a path and a key, and a role, in the attacked account. Returns the key's id."""
    iam = own_client("iam")
    iam.create_user(UserName="thief", Path="/team/")
    iam.create_role(RoleName="app", Path="/service-role/", AssumeRolePolicyDocument=json.dumps(MEMBER_TRUST))
    return str(iam.create_access_key(UserName="thief")["AccessKey"]["AccessKeyId"])


def start(**changes: Any) -> dict[str, Any]:
    return manual.handler({**START, **changes}, None)


def test_a_start_by_hand_is_confirmed_and_names_its_starter(ledger: Ledger, people: str) -> None:
    """An IR lead's word opens an incident that needs no GuardDuty, and remembers whose word it was."""
    started = start()
    incident = ledger.incident(started["incident_id"])
    assert executions() == [started["incident_id"]]
    assert started["execution_arn"].endswith(started["incident_id"])
    assert (incident["confirmed"], incident["requested_by"]) == (True, "lead@example.com")
    assert incident["principal"]["arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/thief"
    kept = documents.read_json(documents.key_of(started["incident_id"], "evidence", "00-finding.json"))
    assert kept == START


def test_each_start_is_an_incident_of_its_own(ledger: Ledger, people: str) -> None:
    """Two starts by hand never join: who starts again means it."""
    assert start()["incident_id"] != start()["incident_id"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("thief", "IAMUser", "thief"),
        (f"arn:aws:iam::{ACCOUNT}:user/team/thief", "IAMUser", "thief"),
        (f"arn:aws:iam::{ACCOUNT}:role/service-role/app", "Role", "app"),
        (f"arn:aws:sts::{ACCOUNT}:assumed-role/app/session-1", "AssumedRole", "app"),
        (f"arn:aws:iam::{ACCOUNT}:root", "Root", None),
        ("KEY", "IAMUser", "thief"),
    ],
)
def test_every_way_to_name_a_principal(ledger: Ledger, people: str, text: str, kind: str, name: str | None) -> None:
    """ARN of user, role, session or root, key id and bare name all find the principal that is meant."""
    started = start(principal=people if text == "KEY" else text)
    principal = ledger.incident(started["incident_id"])["principal"]
    assert (principal["type"], principal["user_name"]) == (kind, name)
    assert principal["access_key_id"] == (people if text == "KEY" else None)


@pytest.mark.parametrize(
    "text",
    ["nobody", f"arn:aws:iam::{ACCOUNT}:role/nobody", f"arn:aws:iam::{ACCOUNT}:user/nobody", "AKIAIOSFODNN7EXAMPLE"],
)
def test_a_principal_that_does_not_exist_is_said_to_be_so(ledger: Ledger, people: str, text: str) -> None:
    """The error names the field, and nothing is opened."""
    with pytest.raises(TargetNotFound, match="principal: does not exist in account"):
        start(principal=text)
    assert executions() == []
    assert list(ledger.incidents()) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("arn:aws:iam::111122223333:user/thief", "belongs to account 111122223333"),
        ("arn:aws:s3:::bucket", "is not the ARN of a user"),
        ("ASIAIOSFODNN7EXAMPLE", "temporary access key"),
        ("two words", "is neither an ARN"),
        (f"arn:aws:iam::{ACCOUNT}:user/*", "names nobody"),
    ],
)
def test_what_names_nobody_is_refused_with_the_reason(ledger: Ledger, text: str, why: str) -> None:
    """What cannot be a principal of this account is told apart from one that is gone."""
    with pytest.raises(InputRefused, match=why) as caught:
        start(principal=text)
    assert caught.value.field == "principal"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account", "12345"),
        ("region", "everywhere"),
        ("reason", ""),
        ("requested_by", "lead"),
        ("playbook", "chess"),
    ],
)
def test_a_start_that_does_not_fit_names_the_field(ledger: Ledger, field: str, value: Any) -> None:
    """Every field is checked before anything is looked up."""
    with pytest.raises(SchemaMismatch) as caught:
        start(**{field: value})
    assert field in str(caught.value)


def test_an_account_that_is_not_enrolled_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the member role cannot be assumed, the error says which role is missing, and from which file."""
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    with pytest.raises(
        InputRefused,
        match=rf"account: {ACCOUNT} is not enrolled: its role responder-member-observe .* deploy/member.yaml there",
    ):
        start()
    own_client.cache_clear()
