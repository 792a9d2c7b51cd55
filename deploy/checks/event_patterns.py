"""The GuardDuty rule lets in every finding type that intake knows, whatever its severity, and no archived finding."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from deploy.checks.subject import Json, Subject
from lambdas.intake.finding_types import MANUAL, known

OUTER = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}


def problems(subject: Subject) -> Iterator[str]:
    rule = subject.of_type("AWS::Events::Rule")["GuardDutyRule"]
    if rule.get("State") != "ENABLED":
        yield "GuardDutyRule: is not enabled"
    pattern = rule["EventPattern"]
    detail = pattern.get("detail", {})
    if {key: value for key, value in pattern.items() if key != "detail"} != OUTER:
        yield f"GuardDutyRule.EventPattern: the source and detail type must be {OUTER}"
    if sorted(detail) != ["service", "type"] or detail["service"] != {"archived": [False]}:
        yield "GuardDutyRule.EventPattern.detail: filters by type and service.archived alone; severity must not count"
    for finding_type in sorted(known().keys() - {MANUAL}):
        if not any(_lets_in(matcher, finding_type) for matcher in detail.get("type", [])):
            yield f"GuardDutyRule.EventPattern.detail.type: keeps out {finding_type}, which intake knows"


def _lets_in(matcher: str | Json, finding_type: str) -> bool:
    if isinstance(matcher, str):
        return matcher == finding_type
    if "prefix" in matcher:
        return finding_type.startswith(matcher["prefix"])
    return fnmatchcase(finding_type, matcher["wildcard"])
