from __future__ import annotations

import pytest

from lambdas.planning.protected import why_protected

IAM = "arn:aws:iam::123456789012:"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFIX", "responder")
    monkeypatch.setenv("PROTECTED_PRINCIPALS", f" Break-Glass , {IAM}user/ops/second-key,{IAM}role/emergency/*")


@pytest.mark.parametrize(
    ("arn", "why"),
    [
        (IAM + "role/responder-contain", "responder itself"),
        (IAM + "role/responder-member-observe", "responder itself"),
        (IAM + "role/aws-service-role/bedrock.amazonaws.com/AWSServiceRoleForBedrock", "service-linked"),
        (IAM + "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1a2b", "Identity Center"),
        (IAM + "user/break-glass", "break-glass"),
        (IAM + "user/path/break-glass", "break-glass"),
        (IAM + "user/ops/second-key", "break-glass"),
        (IAM + "user/ops/Second-Key", "break-glass"),
        (IAM + "role/emergency/night/Operator", "break-glass"),
    ],
)
def test_protected_principals_say_why(arn: str, why: str) -> None:
    """The responder's own roles, AWS's own roles and the break-glass users are never touched."""
    assert why in (why_protected(arn) or "")


@pytest.mark.parametrize(
    "arn",
    [
        IAM + "role/responder-evil",
        IAM + "role/responder-events",
        IAM + "role/emergency-thief",
        IAM + "role/AWSServiceRoleForThief",
        IAM + "role/AWSReservedSSO_Thief",
        IAM + "user/responder-contain",
        IAM + "user/aws-service-role/thief",
        IAM + "user/second-key",
        IAM + "user/thief",
        "arn:aws:bedrock:us-east-1:123456789012:agent/ABCDEFGHIJ",
    ],
)
def test_nobody_is_spared_for_a_name_that_an_attacker_can_choose(arn: str) -> None:
    """Names that only resemble protected ones protect nobody."""
    assert why_protected(arn) is None


def test_an_empty_list_protects_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unset list is no list, and not the empty name."""
    monkeypatch.setenv("PROTECTED_PRINCIPALS", "")
    assert why_protected(IAM + "user/thief") is None
