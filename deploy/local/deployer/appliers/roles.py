"""IAM roles and managed policies."""

from __future__ import annotations

import json
from typing import Any

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect

AWS_OWN = ":iam::aws:policy/"
"""In the ARN of a policy that AWS keeps. The embedded AWS holds none, and only its own services would use them."""


def role(place: Place, properties: Properties) -> Applied:
    iam, name = place.client("iam"), properties.take("RoleName") or place.name(properties.owner)
    trust = properties.take("AssumeRolePolicyDocument")
    made = iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps(trust),
        **properties.taken("Description", "MaxSessionDuration"),
    )["Role"]
    expect(f"{properties.owner}.AssumeRolePolicyDocument", trust, made["AssumeRolePolicyDocument"])
    _policies(iam, name, properties)
    return Applied(name, {"Arn": made["Arn"], "RoleId": made["RoleId"]})


def managed_policy(place: Place, properties: Properties) -> Applied:
    name = properties.take("ManagedPolicyName") or place.name(properties.owner)
    document = json.dumps(properties.take("PolicyDocument"))
    made = place.client("iam").create_policy(
        PolicyName=name, PolicyDocument=document, **properties.taken("Description")
    )
    return Applied(made["Policy"]["Arn"], {"PolicyArn": made["Policy"]["Arn"]})


def _policies(iam: Any, name: str, properties: Properties) -> None:
    for arn in properties.take("ManagedPolicyArns", []):
        if AWS_OWN not in arn:
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    for given in properties.take("Policies", []):
        policy = Properties(f"{properties.owner}.Policies", given)
        document = json.dumps(policy.take("PolicyDocument"))
        iam.put_role_policy(RoleName=name, PolicyName=policy.take("PolicyName"), PolicyDocument=document)
        policy.finish()
