"""Renders deploy/member.yaml: the roles that the responder assumes in an account, with what the actions declare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from deploy.rendering import permissions
from lambdas.planning.protected import own_names

Json = dict[str, Any]

POLICY_CHARACTERS = 10_240
"""Most that all inline policies of a role may have together, without white space (IAM quotas)."""

PURPOSES = {
    "observe": "Reads what is there",
    "contain": "Changes what can be changed back",
    "eradicate": "Removes what was approved for removal",
    "undo": "Changes back",
    "notify": "Opens support cases, updates findings and sets the security contact",
}

GUARDED = ("contain", "eradicate")
"""Powers that cut off or remove. An undo gives back, and must be able to."""

_IAM = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/"
GUARD: Json = {
    "Sid": "NeverThese",
    "Effect": "Deny",
    "Action": "iam:*",
    "Resource": [
        f"{_IAM}aws-service-role/*",
        f"{_IAM}aws-reserved/*",
        *(f"{_IAM}${{Prefix}}-{name}" for name in own_names()),
    ],
}
"""AWS's own roles and the responder's, whatever an action declares. By exact name, as `lambdas.planning.protected`."""

_HEAD = """\
# Rendered by `make render` from the declarations in lambdas/actions: edit those, or deploy/member.py for the roles.
#
# Deployed into every account that the responder may act in, by a StackSet: one role for each power. A role trusts the
# function role of its own power in the responder's account and nobody else, so that what plans cannot change and what
# contains cannot delete. What a call may do is narrowed once more by its session policy, to one action on one target.
AWSTemplateFormatVersion: "2010-09-09"
Description: genai-responder, the roles that it assumes in this account

Parameters:
  ResponderAccount:
    Type: String
    Description: Account in which deploy/template.yaml stands.
    AllowedPattern: "\\\\d{12}"
    ConstraintDescription: the 12 digits of an account's id
  Prefix:
    Type: String
    Default: responder
    Description: The Prefix that deploy/template.yaml was deployed with.
    AllowedPattern: "[a-z][a-z0-9-]{1,19}"
    ConstraintDescription: 2 to 20 lower-case letters, digits and hyphens, beginning with a letter

Resources:
"""

_ROLE = """\
  {name}Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "${{Prefix}}-member-{power}"
      Description: {purpose}, for the incident responder
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {{ AWS: !Sub "arn:${{AWS::Partition}}:iam::${{ResponderAccount}}:role/${{Prefix}}-{power}" }}
            Action: [sts:AssumeRole, sts:TagSession]
{condition}          # Apart from the others, since request tags are no condition key of it.
          - Effect: Allow
            Principal: {{ AWS: !Sub "arn:${{AWS::Partition}}:iam::${{ResponderAccount}}:role/${{Prefix}}-{power}" }}
            Action: sts:SetSourceIdentity
"""

_APPROVED = """\
            # The tag names the gate that people approved. An automatic step has none, and can remove nothing.
            Condition: { StringLike: { aws:RequestTag/approval: "IR-*" } }
"""


def files() -> dict[Path, str]:
    """The rendered file by its path from the root."""
    (policies,) = permissions.files().values()
    return {Path("deploy/member.yaml"): render(json.loads(policies))}


def render(policies: Mapping[str, list[Json]]) -> str:
    """The text of deploy/member.yaml. `policies`: by power, the IAM statements that the actions declare.

    Raises ValueError for an unknown power, and for statements too long to fit on one role.
    """
    if unknown := sorted(set(policies) - set(PURPOSES)):
        raise ValueError(f"{', '.join(unknown)}: is no power; there are {', '.join(PURPOSES)}")
    return _HEAD + "\n".join(_role(power, policies.get(power, [])) for power in PURPOSES)


def _role(power: str, statements: list[Json]) -> str:
    condition = _APPROVED if power == "eradicate" else ""
    role = _ROLE.format(name=power.capitalize(), power=power, purpose=PURPOSES[power], condition=condition)
    return role + _policies(power, statements)


def _policies(power: str, statements: list[Json]) -> str:
    if not statements:
        return ""
    guards = [GUARD] if power in GUARDED else []
    document = {"Version": "2012-10-17", "Statement": [_spelled(statement) for statement in (*statements, *guards)]}
    text = yaml.dump([{"PolicyName": power, "PolicyDocument": document}], Dumper=_Dumper, sort_keys=False, width=120)
    if len(json.dumps(document, separators=(",", ":"))) > POLICY_CHARACTERS:
        raise ValueError(
            f"{power}: its statements are longer than the {POLICY_CHARACTERS} characters that a role holds"
        )
    return "      Policies:\n" + "".join(f"        {line}\n" for line in text.splitlines())


class _Sub(str):
    """Text that CloudFormation fills in."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """CloudFormation reads no YAML aliases."""
        return True


_Dumper.add_representer(_Sub, lambda dumper, text: dumper.represent_scalar("!Sub", str(text), style='"'))


def _spelled(value: Any) -> Any:
    if isinstance(value, str):
        return _Sub(value) if "${AWS::" in value else value
    if isinstance(value, list):
        return [_spelled(part) for part in value]
    return {key: _spelled(part) for key, part in value.items()} if isinstance(value, dict) else value
