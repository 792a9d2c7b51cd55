"""deploy/member.yaml is rendered from what the actions declare."""

import pytest
import yaml

from deploy import member, translate

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
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Resource"] == {"Fn::Sub": SAMPLE["contain"][0]["Resource"]}
    assert "Policies" not in rendered["EradicateRole"]["Properties"]


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
