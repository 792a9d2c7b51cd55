"""The rules let in everything that intake knows, whatever its severity, and no archived finding.

A call that intake watches reaches it: its source, name and the event's source stand in one rule. The rules on
CloudTrail do not depend on CloudTrail's read-only flag.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from deploy.checks.subject import Json, Subject
from lambdas.intake.cloudtrail import watched
from lambdas.intake.finding_types import MANUAL, OTHER_SOURCES, known

OUTER = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}
CLOUDTRAIL_RULES = ("TamperingRule", "ResponderTamperingRule")
READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def problems(subject: Subject) -> Iterator[str]:
    rules = subject.of_type("AWS::Events::Rule")
    yield from _guardduty(rules["GuardDutyRule"])
    yield from _cloudtrail({name: rules[name] for name in CLOUDTRAIL_RULES})
    if subject.sam["Parameters"]["CloudTrailTriggers"]["Default"] != READS_TOO:
        yield f"CloudTrailTriggers: its default is not {READS_TOO}"


def _guardduty(rule: Json) -> Iterator[str]:
    if rule.get("State") != "ENABLED":
        yield "GuardDutyRule: is not enabled"
    pattern = rule["EventPattern"]
    detail = pattern.get("detail", {})
    if {key: value for key, value in pattern.items() if key != "detail"} != OUTER:
        yield f"GuardDutyRule.EventPattern: the source and detail type must be {OUTER}"
    if sorted(detail) != ["service", "type"] or detail["service"] != {"archived": [False]}:
        yield "GuardDutyRule.EventPattern.detail: filters by type and service.archived alone; severity must not count"
    for finding_type in sorted(known().keys() - {MANUAL}):
        others = finding_type.startswith(OTHER_SOURCES)
        if not others and not any(_lets_in(matcher, finding_type) for matcher in detail.get("type", [])):
            yield f"GuardDutyRule.EventPattern.detail.type: keeps out {finding_type}, which intake knows"


def _cloudtrail(rules: dict[str, Json]) -> Iterator[str]:
    for name, rule in rules.items():
        if rule.get("State") != {"Ref": "CloudTrailTriggers"}:
            yield f"{name}: its state is not the parameter CloudTrailTriggers"
    patterns = [rule["EventPattern"] for rule in rules.values()]
    for source, call in sorted(watched()):
        if not any(_hears(pattern, source, call) for pattern in patterns):
            yield f"{' and '.join(rules)}: keep out {call} of {source}, which intake watches"


def _hears(pattern: Json, source: str, call: str) -> bool:
    detail, sender = pattern["detail"], f"aws.{source.removesuffix('.amazonaws.com')}"
    return sender in pattern["source"] and source in detail["eventSource"] and call in detail["eventName"]


def _lets_in(matcher: str | Json, finding_type: str) -> bool:
    if isinstance(matcher, str):
        return matcher == finding_type
    if "prefix" in matcher:
        return finding_type.startswith(matcher["prefix"])
    return fnmatchcase(finding_type, matcher["wildcard"])
