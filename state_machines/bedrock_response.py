"""A security event in Amazon Bedrock, from the finding to the report.

Input: {"incident": {"incident_id", "account", "region", "playbook"}}. Evidence is preserved before anything is touched,
the longer reading of it, and planning against whom the logs name, before people are asked. What may run unattended is
done at once, the rest after approval by one and by two. Whatever happens, there is a report. Its finding is closed only
where all of it was done and stands.
"""

from collections.abc import Mapping
from typing import Any

from state_machines import sdk
from state_machines.parts.ending import TRAYS, ending
from state_machines.parts.flow import Leg, in_order, leg, only_if
from state_machines.parts.gate import asked
from state_machines.parts.notice import tell
from state_machines.parts.tasks import ANYTHING, FINDING_LAGS, STAGE_SECONDS, UNSETTLED, call, failure, nested, room

COMMENT = "Respond to a security event in Amazon Bedrock: from the finding to the report."
REVERSIBLE = ("ContainCredentials", "ContainBedrock", "RestoreLogging", "Notify")
WITH_ERADICATION = ("ContainCredentials", "ContainBedrock", "RestoreLogging", "EradicateBedrock", "Notify")
OBSERVE = "ObserveFunction"
"""One function for all rooms that read: the second room finds it warm, and a theft is contained a second sooner."""

WHEN = {"automatic": "AtOnce", "one": "ApprovedByOne", "two": "ApprovedByTwo"}
CLOSES = {**WHEN, "automatic": "Unattended"}
AUTOMATIC = "$.plan.gates.automatic.steps"
MAY_FAIL = (
    "MarkUnconfirmed",
    "PreserveEvidence",
    "MakePlan",
    "Stage",
    "PreserveTheRest",
    "ExtendPlan",
    "VerifyResults",
)
GIVEN = {"incident.$": "$.incident", "plan_hash.$": "$.plan.hash"}


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _stage(machine: str, gate: str, steps: str, when: Mapping[str, str] = WHEN) -> Leg:
    """One stage, if there are steps for it under the path `steps`. Its failure is noted, and the next one goes on."""
    name, key = f"{machine}{when[gate]}", _snake(machine)
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


def _noted(name: str, place: str, which: str, *retries: Any, **result: Any) -> Leg:
    """A later pass of a room. If it fails, that is noted: people are asked all the same, and the end tells."""
    given = {"room": place, "incident.$": "$.incident", "pass": which}
    task = call(name, OBSERVE, {"Payload": given}, *retries, **result)
    failed = failure(name)
    task.add_catch(failed)
    return leg(task, failed)


def _preserve_rest() -> Leg:
    """The evidence that containment must not wait for."""
    return _noted("PreserveTheRest", "evidence", "rest", UNSETTLED, result_path=None)


def _planned() -> dict[str, Any]:
    """What the machine takes of a plan's outline: the steps of the later gates come from those who approve them."""
    answer = "$.Payload"
    gates = {gate: {"count.$": f"{answer}.gates.{gate}.count"} for gate in ("one", "two")}
    automatic = {part: f"{answer}.gates.automatic.{part.removesuffix('.$')}" for part in ("count.$", "steps.$")}
    return {
        "result_selector": {
            "hash.$": f"{answer}.hash",
            "remind_seconds.$": f"{answer}.remind_seconds",
            "first_seconds.$": f"{answer}.first_seconds",
            "second_seconds.$": f"{answer}.second_seconds",
            "gates": {"automatic": automatic, **gates},
        },
        "result_path": "$.plan",
    }


def _make_plan(report: Any) -> Leg:
    return room("MakePlan", OBSERVE, {"room": "plan", "incident.$": "$.incident"}, report=report, **_planned())


def _extend_plan() -> Leg:
    """Whom the logs name comes into the plan before people are asked. If that fails, they are asked on the first."""
    return _noted("ExtendPlan", "plan", "logs", **_planned())


def _at_once() -> Leg:
    """What policy lets run unattended. Never for a finding that GuardDuty did not confirm, whatever the plan says."""
    return only_if("MayActAtOnce?", _is_true("$.finding.confirmed"), _stages(REVERSIBLE, "automatic", AUTOMATIC))


def _verify(report: Any) -> Leg:
    """Does what was done stand, and was it all? It is told what failed and what nobody approved."""
    trays = {"done.$": "$.done", "failure.$": "$.failure", "not_approved.$": "$.not_approved"}
    return room(
        "VerifyResults",
        OBSERVE,
        {"room": "verify", **GIVEN, **trays},
        UNSETTLED,
        report=report,
        result_selector={"dealt_with.$": "$.Payload.dealt_with"},
        result_path="$.verified",
    )


def _close() -> Leg:
    """The finding leaves the list of the open ones, as the plan says by whose word. Never while something is left."""
    closing = _stage("CloseFindings", "automatic", AUTOMATIC, CLOSES)
    unattended = only_if("MayCloseUnattended?", _is_true("$.finding.confirmed"), closing)
    approved = (_stage("CloseFindings", gate, f"$.approved.{gate}.steps", CLOSES) for gate in ("one", "two"))
    return only_if("IsDealtWith?", _is_true("$.verified.dealt_with"), in_order(unattended, *approved))


def _is_true(path: str) -> Any:
    rule = sdk.ChoiceRule
    return rule.And([rule.IsPresent(path, True), rule.BooleanEquals(path, True)])


def _tell_contained(name: str) -> Leg:
    return tell(name, moment="contained", **{"plan_hash.$": "$.plan.hash"})


def _begin() -> Leg:
    trays = {"plan": {"hash": ""}, "approved": {"one": {}, "two": {}}, "done": {gate: {} for gate in WHEN}, **TRAYS}
    return leg(sdk.Pass("Begin", parameters={"incident.$": "$.incident", "finding": {"confirmed": False}, **trays}))


def definition() -> dict[str, Any]:
    report = ending("response", *MAY_FAIL)
    first = {"room": "evidence", "incident.$": "$.incident", "pass": "first"}
    verify = _verify(report)
    way = in_order(
        _begin(),
        tell("TellOpened", moment="opened"),
        _confirm(report),
        room("PreserveEvidence", OBSERVE, first, UNSETTLED, report=report, result_path=None),
        _make_plan(report),
        _at_once(),
        _tell_contained("TellContained"),
        _preserve_rest(),
        _extend_plan(),
        asked(
            "one",
            verify.first,
            _stages(WITH_ERADICATION, "one", "$.approved.one.steps"),
            _tell_contained("TellContainedByOne"),
        ),
        asked("two", verify.first, _stages(WITH_ERADICATION, "two", "$.approved.two.steps")),
        verify,
        _close(),
        leg(report),
    )
    return sdk.machine(COMMENT, way.first)
