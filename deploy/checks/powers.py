"""No role may do everything of anything, and nothing can be removed without an approval.

A star for the resource stands only where an action has no resource level; a star for the action stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy import member as members
from deploy.checks.subject import Json, Subject

NO_RESOURCE_LEVEL = ("xray:", "logs:", "states:SendTask", "cloudtrail:DescribeTrails")
APPROVED = {"StringLike": {"aws:RequestTag/approval": "IR-*"}}
POWERS = ("observe", "contain", "eradicate", "undo", "notify")


def problems(subject: Subject) -> Iterator[str]:
    for name, statement in _allowed(subject.translated):
        yield from _broad(name, statement)
        if _star(statement, "Resource"):
            scoped = [a for a in _list(statement["Action"]) if not a.startswith(NO_RESOURCE_LEVEL)]
            yield from (f"{name}: {action} is allowed on every resource" for action in scoped)
    for name, statement in _allowed(subject.member):
        yield from _broad(name, statement)
    yield from _trusts(subject.member)
    yield from _guards(subject.member)


def _guards(member: Json) -> Iterator[str]:
    """What cuts off or removes can do neither to the responder's own roles nor to AWS's."""
    for power in members.GUARDED:
        policies = member["Resources"][f"{power.capitalize()}Role"]["Properties"].get("Policies", [])
        statements = [s for policy in policies for s in policy["PolicyDocument"]["Statement"]]
        if statements and not any(_is_guard(statement) for statement in statements):
            yield f"{power.capitalize()}Role: may touch the responder's own roles, or AWS's"


def _is_guard(statement: Json) -> bool:
    resources = [r.get("Fn::Sub") if isinstance(r, dict) else r for r in _list(statement["Resource"])]
    return (statement["Effect"], statement["Action"], resources) == ("Deny", "iam:*", members.GUARD["Resource"])


def _trusts(member: Json) -> Iterator[str]:
    for power in POWERS:
        trust = member["Resources"][f"{power.capitalize()}Role"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        trusted = {str(statement["Principal"]["AWS"]) for statement in trust}
        if not all(name.endswith(f":role/${{Prefix}}-{power}'}}") for name in trusted):
            yield f"{power.capitalize()}Role: trusts others than the function role of its own power"
        assuming = [s for s in trust if "sts:AssumeRole" in _list(s["Action"])]
        if power == "eradicate" and not all(s.get("Condition") == APPROVED for s in assuming):
            yield "EradicateRole: its trust does not demand the approval tag"


def _broad(name: str, statement: Json) -> Iterator[str]:
    for action in _list(statement.get("Action", "*")):
        if "*" in action:
            yield f"{name}: action {action} has a star"


def _allowed(template: Json) -> Iterator[tuple[str, Json]]:
    """Every statement that gives an identity something: of roles and managed policies."""
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            documents.append(properties["PolicyDocument"])
        for document in documents:
            yield from ((name, s) for s in document["Statement"] if s["Effect"] == "Allow")


def _star(statement: Json, key: str) -> bool:
    return "*" in _list(statement.get(key, "*"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
