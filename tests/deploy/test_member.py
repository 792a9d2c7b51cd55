"""deploy/member.yaml is rendered from what the actions declare."""

import json

import pytest
import yaml

from deploy import member, translate
from lambdas.planning.protected import own_names

SAMPLE = {
    "contain": [
        {
            "Effect": "Allow",
            "Action": ["iam:UpdateAccessKey"],
            "Resource": "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/*",
        }
    ]
}


@pytest.fixture
def rendered(tmp_path):
    file = tmp_path / "member.yaml"
    file.write_text(member.render(SAMPLE))
    return translate.load(file)["Resources"]


def test_statements_stand_on_their_power(rendered):
    """A power's statements stand on its role, with the account filled in by CloudFormation, and on no other role."""
    (policy,) = rendered["ContainRole"]["Properties"]["Policies"]
    statement, _guard = policy["PolicyDocument"]["Statement"]
    assert statement["Resource"] == {"Fn::Sub": SAMPLE["contain"][0]["Resource"]}
    assert "Policies" not in rendered["EradicateRole"]["Properties"]


def test_what_cuts_off_or_removes_is_denied_our_own_roles_and_awss():
    """The deny stands behind the plan and the runner: no bug of theirs cuts off the responder or a role of AWS."""
    resources = translate.load(translate.MEMBER)["Resources"]
    for power in ("contain", "eradicate"):
        (policy,) = resources[f"{power.capitalize()}Role"]["Properties"]["Policies"]
        denied = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
        arns = [arn["Fn::Sub"].partition(":role/")[2] for s in denied for arn in s["Resource"]]
        assert [s["Action"] for s in denied] == ["iam:*"]
        assert {"aws-service-role/*", "aws-reserved/*", "${Prefix}-contain", "${Prefix}-member-undo"} <= set(arns)
        assert len(json.dumps(policy["PolicyDocument"], separators=(",", ":"))) < member.POLICY_CHARACTERS


def test_our_own_roles_are_those_of_the_templates():
    """A name too many would spare an attacker's role, a name too few would let the responder cut itself off."""
    templates = translate.load()["Resources"], translate.load(translate.MEMBER)["Resources"]
    roles = [r["Properties"] for t in templates for r in t.values() if r["Type"] == "AWS::IAM::Role"]
    named = {role["RoleName"]["Fn::Sub"].removeprefix("${Prefix}-") for role in roles if "RoleName" in role}
    assert named == set(own_names())


def test_sessions_last_an_hour_at_most(rendered):
    """No member role can be held longer than an hour."""
    assert {role["Properties"]["MaxSessionDuration"] for role in rendered.values()} == {3600}


def test_unknown_power():
    """Statements for a power that does not exist are refused."""
    with pytest.raises(ValueError, match="destroy: is no power"):
        member.render({"destroy": []})


def test_too_long_for_a_role():
    """More statements than IAM puts on one role are refused when rendered, and not when deployed."""
    many = [{"Effect": "Allow", "Action": [f"iam:Get{i:04}"], "Resource": "*"} for i in range(300)]
    with pytest.raises(ValueError, match="contain: its statements are longer"):
        member.render({"contain": many})


def test_no_aliases():
    """The same statement twice is written twice: CloudFormation reads no YAML aliases."""
    text = member.render({"contain": SAMPLE["contain"] * 2})
    assert not [token for token in yaml.scan(text) if isinstance(token, yaml.AliasToken)]
