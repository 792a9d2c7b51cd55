"""A security event in Amazon Bedrock, from the finding to the report.

Input: {"incident": {"incident_id", "account", "region", "playbook"}}. Evidence is preserved before anything is touched,
the longer reading of it before people are asked. What may run unattended is done at once, the rest after approval by
one and by two. Whatever happens, there is a report.
"""

from typing import Any

from state_machines import sdk
from state_machines.parts.ending import TRAYS, ending
from state_machines.parts.flow import Leg, in_order, leg, only_if
from state_machines.parts.gate import asked
from state_machines.parts.tasks import ANYTHING, FINDING_LAGS, STAGE_SECONDS, UNSETTLED, call, failure, nested, room

COMMENT = "Respond to a security event in Amazon Bedrock: from the finding to the report."
REVERSIBLE = ("ContainCredentials", "ContainBedrock", "RestoreLogging", "Notify")
WITH_ERADICATION = ("ContainCredentials", "ContainBedrock", "RestoreLogging", "EradicateBedrock", "Notify")
OBSERVE = "ObserveFunction"
"""One function for all rooms that read: the second room finds it warm, and a theft is contained a second sooner."""

WHEN = {"automatic": "AtOnce", "one": "ApprovedByOne", "two": "ApprovedByTwo"}
MAY_FAIL = ("MarkUnconfirmed", "PreserveEvidence", "MakePlan", "Stage", "PreserveTheRest", "VerifyResults")
GIVEN = {"incident.$": "$.incident", "plan_hash.$": "$.plan.hash"}


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _stage(machine: str, gate: str, steps: str) -> Leg:
    """One stage, if there are steps for it under the path `steps`. Its failure is noted, and the next one goes on."""
    name, key = f"{machine}{WHEN[gate]}", _snake(machine)
    task = nested(
        name,
        machine,
        f"{key.replace('_', '-')}-{gate}",
        {**GIVEN, "steps.$": f"{steps}.{key}"},
        STAGE_SECONDS,
        result_selector={"items.$": "$.Output"},
        result_path=f"$.done.{gate}.{key}",
    )
    failed = failure("Stage")
    task.add_catch(failed)
    return only_if(f"{name}?", sdk.ChoiceRule.IsPresent(f"{steps}.{key}[0]", True), leg(task, failed))


def _stages(machines: tuple[str, ...], gate: str, steps: str) -> Leg:
    return in_order(*(_stage(machine, gate, steps) for machine in machines))


def _confirm(report: Any) -> Leg:
    """GuardDuty is asked for the finding itself. If it does not show it, people decide on everything."""
    confirm = call(
        "ConfirmFinding",
        OBSERVE,
        {"Payload": {"room": "confirm", "incident.$": "$.incident", "unconfirmed": False}},
        FINDING_LAGS,
        result_selector={"confirmed.$": "$.Payload.confirmed"},
        result_path="$.finding",
    )
    mark = room(
        "MarkUnconfirmed",
        OBSERVE,
        {"room": "confirm", "incident.$": "$.incident", "unconfirmed": True, "error.$": "$.unconfirmed.Error"},
        report=report,
        result_path=None,
    )
    for errors in (["FindingNotFound"], ANYTHING):
        confirm.add_catch(sdk.Catch(error_equals=errors, result_path="$.unconfirmed", next_step=mark.first))
    return Leg(confirm, (confirm, *mark.exits))


def _preserve_rest() -> Leg:
    """The evidence that containment must not wait for. People are asked all the same if it fails, and the end tells."""
    name, given = "PreserveTheRest", {"room": "evidence", "incident.$": "$.incident", "pass": "rest"}
    task = call(name, OBSERVE, {"Payload": given}, UNSETTLED, result_path=None)
    failed = failure(name)
    task.add_catch(failed)
    return leg(task, failed)


def _make_plan(report: Any) -> Leg:
    answer = "$.Payload"
    gates = {gate: {"count.$": f"{answer}.gates.{gate}.count"} for gate in ("one", "two")}
    automatic = {part: f"{answer}.gates.automatic.{part.removesuffix('.$')}" for part in ("count.$", "steps.$")}
    return room(
        "MakePlan",
        OBSERVE,
        {"room": "plan", "incident.$": "$.incident"},
        report=report,
        result_selector={
            "hash.$": f"{answer}.hash",
            "first_seconds.$": f"{answer}.first_seconds",
            "second_seconds.$": f"{answer}.second_seconds",
            "gates": {"automatic": automatic, **gates},
        },
        result_path="$.plan",
    )


def _at_once() -> Leg:
    """What policy lets run unattended. Never for a finding that GuardDuty did not confirm, whatever the plan says."""
    rule, confirmed = sdk.ChoiceRule, "$.finding.confirmed"
    is_confirmed = rule.And([rule.IsPresent(confirmed, True), rule.BooleanEquals(confirmed, True)])
    return only_if("MayActAtOnce?", is_confirmed, _stages(REVERSIBLE, "automatic", "$.plan.gates.automatic.steps"))


def _begin() -> Leg:
    trays = {"plan": {"hash": ""}, "approved": {"one": {}, "two": {}}, "done": {gate: {} for gate in WHEN}, **TRAYS}
    return leg(sdk.Pass("Begin", parameters={"incident.$": "$.incident", "finding": {"confirmed": False}, **trays}))


def definition() -> dict[str, Any]:
    report = ending("response", *MAY_FAIL)
    first = {"room": "evidence", "incident.$": "$.incident", "pass": "first"}
    verify = room("VerifyResults", OBSERVE, {"room": "verify", **GIVEN}, UNSETTLED, report=report, result_path=None)
    way = in_order(
        _begin(),
        _confirm(report),
        room("PreserveEvidence", OBSERVE, first, UNSETTLED, report=report, result_path=None),
        _make_plan(report),
        _at_once(),
        _preserve_rest(),
        asked("one", verify.first, _stages(WITH_ERADICATION, "one", "$.approved.one.steps")),
        asked("two", verify.first, _stages(WITH_ERADICATION, "two", "$.approved.two.steps")),
        verify,
        leg(report),
    )
    return sdk.machine(COMMENT, way.first)
