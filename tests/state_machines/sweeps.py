"""What holds for every definition. A sweep takes all definitions and answers with the faults that it found in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lambdas.core.action import all_actions, state_name
from lambdas.notice.words import MOMENTS
from tests.state_machines.walk import (
    CALLBACK,
    LAMBDA,
    NESTED,
    called,
    edges,
    graphs,
    reachable,
    snake,
    states,
    tasks,
    withheld,
)

Json = dict[str, Any]
Definitions = dict[str, Json]

RESPONSES = ("bedrock_response", "undo_response")
STAGES = (
    "contain_credentials",
    "contain_bedrock",
    "restore_logging",
    "notify",
    "eradicate_bedrock",
    "close_findings",
)
FUNCTIONS = {"contain": "ContainFunction", "eradicate": "EradicateFunction", "notify": "NotifyFunction"}
NOT_DONE = ("failed", "drifted", "refused")
TELLING = {"incident.$", "moment", "moment.$", "plan_hash.$", "gate.$", "kind", "report_key.$"}
HANDING_OVER = 10
"""Seconds that telling may take of a response, at the very most."""
AUTOMATIC = "$.plan.gates.automatic.steps."


def no_dangling_next(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for graph in graphs(definition):
            targets = [graph["StartAt"], *(to for name, s in graph["States"].items() for _, _, to in edges(name, s))]
            yield from (f"{machine}: no state {to} where it is led to" for to in targets if to not in graph["States"])


def every_state_is_reachable(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        found = reachable(definitions, machine)
        yield from (
            f"{machine}: {name} is never reached" for name, _ in states(definition) if (machine, name) not in found
        )


def every_state_goes_on_or_ends(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for name, state in states(definition):
            ends = state["Type"] in ("Succeed", "Fail") or state.get("End") is True
            if ends == bool("Next" in state or state.get("Choices")):
                yield f"{machine}: {name} neither goes on nor ends, or both"
            if state["Type"] == "Choice" and "Default" not in state:
                yield f"{machine}: {name} has no default"


def names_are_unique(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        counted = Counter(name for name, _ in states(definition))
        yield from (f"{machine}: {name} stands {n} times" for name, n in counted.items() if n > 1 or len(name) > 80)


def only_functions_and_machines_are_called(definitions: Definitions) -> Iterator[str]:
    """Never a direct SDK task, which would gather every power in the state machines' own role."""
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            if task["Resource"] not in (LAMBDA, CALLBACK, NESTED) or not called(task):
                yield f"{machine}: {name} calls {task['Resource']} {called(task)}"


def every_task_has_a_timeout(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            if ("TimeoutSeconds" in task) == ("TimeoutSecondsPath" in task):
                yield f"{machine}: {name} has no timeout, or two"
            if task.get("HeartbeatSeconds", 0) >= task.get("TimeoutSeconds", float("inf")):
                yield f"{machine}: {name} has a heartbeat that is not shorter than its timeout"


def every_task_retries_what_passes(definitions: Definitions) -> Iterator[str]:
    needed = {
        LAMBDA: "Lambda.ServiceException",
        CALLBACK: "Lambda.ServiceException",
        NESTED: "StepFunctions.ThrottlingException",
    }
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            retriers = [r for r in task.get("Retry", ()) if needed.get(task["Resource"]) in r["ErrorEquals"]]
            steady = [
                r
                for r in retriers
                if r.get("BackoffRate", 2) > 1 and r.get("JitterStrategy") == "FULL" and "MaxDelaySeconds" in r
            ]
            if not steady:
                yield f"{machine}: {name} does not retry throttling and service errors with backoff and jitter"


def silence_is_not_asked_again(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            retried = {error for retry in task.get("Retry", ()) for error in retry["ErrorEquals"]}
            if task["Resource"] == CALLBACK and retried & {"States.Timeout", "States.ALL", "States.TaskFailed"}:
                yield f"{machine}: {name} would ask again when nobody answers"


def every_task_catches_everything_last(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            catches = [catch["ErrorEquals"] for catch in task.get("Catch", ())]
            if not catches or catches[-1] != ["States.ALL"]:
                yield f"{machine}: {name} does not catch States.ALL, alone and last"
            if any("States.ALL" in errors for errors in catches[:-1]):
                yield f"{machine}: {name} catches States.ALL before others"
            if any("ResultPath" not in catch or catch["ResultPath"] in ("$", None) for catch in task.get("Catch", ())):
                yield f"{machine}: {name} loses its input or the error when it fails"


def answers_stay_small(definitions: Definitions) -> Iterator[str]:
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            kept = "ResultSelector" in task or task.get("ResultPath", "$") is None
            if not kept and task["Resource"] != CALLBACK:
                yield f"{machine}: {name} keeps all of its answer"


def nested_executions_are_found_again(definitions: Definitions) -> Iterator[str]:
    """The name is the parent's and something of its own, and fits in 80 characters behind a name of 40."""
    for machine, definition in definitions.items():
        nested = {name: task["Parameters"] for name, task in tasks(definition) if task["Resource"] == NESTED}
        names = Counter(parameters.get("Name.$") for parameters in nested.values())
        for name, parameters in nested.items():
            template = str(parameters.get("Name.$"))
            suffix = template.removeprefix("States.Format('{}").removesuffix("', $$.Execution.Name)")
            if suffix == template or names[template] > 1 or len(suffix) > 40:
                yield f"{machine}: {name} has no name of its own after its parent's"
            if parameters["Input"].get("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$") != "$$.Execution.Id":
                yield f"{machine}: {name} does not say who started it"


def a_failed_step_is_an_item(definitions: Definitions) -> Iterator[str]:
    """In a Map every failure leads to a state that ends the item with a status that is not a good one."""
    for machine, definition in definitions.items():
        for graph in [g for g in graphs(definition) if g is not definition]:
            for name, state in graph["States"].items():
                for _, _, to in (edge for edge in edges(name, state) if edge[1] == "catch"):
                    if not _is_item(graph["States"][to]):
                        yield f"{machine}: {name} fails into {to}, which is not an item"


def _is_item(state: Json) -> bool:
    parameters = state.get("Parameters", {})
    named = {"step_id.$": "$.step_id", "action.$": "$.action"}.items() <= parameters.items()
    return state["Type"] == "Pass" and bool(state.get("End")) and named and parameters.get("status") in NOT_DONE


def every_way_to_the_end_is_reported(definitions: Definitions) -> Iterator[str]:
    """From no state, by success or failure, does a response end without its report."""
    for machine in RESPONSES:
        unreported = reachable(definitions, machine, lambda _, name, kind, __: name != "WriteReport" or kind == "catch")
        for name, state in definitions[machine]["States"].items():
            if (machine, name) in unreported and (state["Type"] == "Succeed" or state.get("End")):
                yield f"{machine}: {name} is reached without a report"
        failed_report = definitions[machine]["States"]["WriteReport"]["Catch"][-1]["Next"]
        after = [definitions[machine]["States"][n] for _, n in reachable(definitions, machine, start=failed_report)]
        if {state["Type"] for state in after if "Next" not in state} != {"Fail"}:
            yield f"{machine}: a report that fails does not fail the response"


def a_noted_failure_ends_in_fail(definitions: Definitions) -> Iterator[str]:
    """Every path under which a failure is noted is asked for first at the end, and leads to Fail."""
    for machine in RESPONSES:
        top = definitions[machine]["States"]
        noted = {
            c["ResultPath"] for s in top.values() for c in s.get("Catch", ()) if c["ResultPath"].startswith("$.failure")
        }
        first = top["HowItEnded"]["Choices"][0]
        asked = {rule["Variable"] for rule in first.get("Or", ()) if rule.get("IsPresent") is True}
        yield from (
            f"{machine}: {path} is noted and not asked for" for path in noted - asked - {"$.failure.WriteReport"}
        )
        if top[first["Next"]]["Type"] != "Fail" or top[top["HowItEnded"]["Default"]]["Type"] != "Fail":
            yield f"{machine}: a failure does not end in Fail"


def only_a_good_word_succeeds(definitions: Definitions) -> Iterator[str]:
    for machine in RESPONSES:
        top = definitions[machine]["States"]
        good = {to for name, s in top.items() for _, _, to in edges(name, s) if top[to]["Type"] == "Succeed"}
        words = {c["Next"]: c["And"][-1]["StringEquals"] for c in top["HowItEnded"]["Choices"] if "And" in c}
        if {words.get(name) for name in good} != {"closed", "refused"}:
            yield f"{machine}: it succeeds by another word than closed or refused"
        for name, state in top.items():
            if name != "HowItEnded" and any(to in good for _, _, to in edges(name, state)):
                yield f"{machine}: {name} succeeds without asking how it ended"


def _asks_if_dealt_with(state: Json) -> bool:
    dealt_with = {"Variable": "$.verified.dealt_with", "BooleanEquals": True}
    return any(dealt_with in choice.get("And", ()) for choice in state.get("Choices", ()))


def not_dealt_with(_: str, __: str, kind: str, state: Json) -> bool:
    return not (kind == "choice" and _asks_if_dealt_with(state))


def the_finding_is_closed_last_and_only_if_dealt_with(definitions: Definitions) -> Iterator[str]:
    machine, closing = "bedrock_response", "close_findings"
    if any(where == closing for where, _ in reachable(definitions, machine, not_dealt_with)):
        yield f"{machine}: the finding is closed without asking whether it was dealt with"
    unverified = reachable(definitions, machine, lambda _, name, kind, __: (name, kind) != ("VerifyResults", "next"))
    if any(where == closing for where, _ in unverified):
        yield f"{machine}: the finding is closed before the results are verified"
    for name, task in tasks(definitions[machine]):
        after = reachable(definitions, machine, start=name) if snake(called(task)) == closing else set()
        yield from (f"{machine}: {where} comes after {name}" for where in {w for w, _ in after} & {*STAGES} - {closing})
    told = definitions[machine]["States"]["VerifyResults"]["Parameters"]["Payload"]
    trays = {f"{tray}.$": f"$.{tray}" for tray in ("done", "failure", "not_approved")}
    if not trays.items() <= told.items():
        yield f"{machine}: VerifyResults is not told what failed and what was not approved"


def a_withheld_approval_reaches_no_gated_action(definitions: Definitions) -> Iterator[str]:
    """What was refused is not dealt with: VerifyResults is told so, and tests/actions/test_verify.py has its answer."""

    def shut(*edge: Any) -> bool:
        return withheld(*edge) and not_dealt_with(*edge)

    found = reachable(definitions, "bedrock_response", shut)
    gated = {state_name(i): m.ACTION.machine for i, m in all_actions() if m.ACTION.approval == "two"}
    yield from (
        f"{machine}: {name} is reached without approval" for name, machine in gated.items() if (machine, name) in found
    )
    yield from (
        f"eradicate_bedrock: {name} is reached without approval"
        for where, name in found
        if where == "eradicate_bedrock"
    )
    for name, task in tasks(definitions["bedrock_response"]):
        if ("bedrock_response", name) in found and snake(called(task)) in STAGES:
            steps = str(task["Parameters"]["Input"].get("steps.$"))
            if not steps.startswith(AUTOMATIC):
                yield f"bedrock_response: {name} is reached without approval, with {steps}"


def steps_come_from_where_they_were_allowed(definitions: Definitions) -> Iterator[str]:
    """Each stage gets the steps of its own machine and its own gate, behind a question whether there are any."""
    top = definitions["bedrock_response"]["States"]
    for name, task in top.items():
        if snake(called(task)) in STAGES:
            steps = str(task["Parameters"]["Input"]["steps.$"])
            gate = task["ResultPath"].split(".")[2]
            allowed = {"automatic": AUTOMATIC}.get(gate, f"$.approved.{gate}.steps.") + snake(called(task))
            asked = [c for s in top.values() for c in s.get("Choices", ()) if c["Next"] == name]
            if steps != allowed or [c.get("Variable") for c in asked] != [f"{allowed}[0]"]:
                yield f"bedrock_response: {name} takes {steps}"


def only_the_gate_writes_what_is_approved(definitions: Definitions) -> Iterator[str]:
    for machine in RESPONSES:
        top = definitions[machine]["States"]
        for name, state in top.items():
            written = [state.get("ResultPath", "$"), *(c.get("ResultPath", "$") for c in state.get("Catch", ()))]
            result = state["Type"] in ("Task", "Pass", "Map", "Parallel") and name != "Begin"
            touches = [path for path in written if path and (path == "$" or path.startswith("$.approved"))]
            gate = called(state) == "ApprovalGate" and state["Parameters"]["Input"].get("gate")
            if result and touches and touches != [f"$.approved.{gate}"]:
                yield f"{machine}: {name} writes {touches[0]}"
        before = top[definitions[machine]["StartAt"]]["Parameters"]["approved"]
        if before["one"] or before["two"]:
            yield f"{machine}: it starts with something approved"


def only_what_is_approved_is_undone(definitions: Definitions) -> Iterator[str]:
    top = definitions["undo_response"]["States"]
    gathered = [s["Parameters"]["steps.$"] for s in top.values() if s.get("ResultPath") == "$.gathered"]
    undone = {name: state["ItemsPath"] for name, state in top.items() if state["Type"] == "Map"}
    if gathered != ["$.approved.*.steps.undo[*]"] or set(undone.values()) != {"$.gathered.steps"}:
        yield f"undo_response: it undoes {undone} out of {gathered}"


def a_gate_asks_for_its_own_name(definitions: Definitions) -> Iterator[str]:
    names = {"AskOneApprover": "one", "AskTwoApprovers": "two"}
    for machine in RESPONSES:
        asking = {
            n: t["Parameters"]["Input"]["gate"] for n, t in tasks(definitions[machine]) if called(t) == "ApprovalGate"
        }
        if asking != names:
            yield f"{machine}: its gates are {asking}"


def the_gate_opens_only_on_approval(definitions: Definitions) -> Iterator[str]:
    machine = "approval_gate"
    top = definitions[machine]["States"]
    for name in (n for n, s in top.items() if s["Type"] == "Succeed"):
        if (machine, name) in reachable(definitions, machine, withheld):
            yield f"{machine}: {name} is reached though nobody approved"
        for before, kind, _ in (e for n, s in top.items() for e in edges(n, s) if e[2] == name):
            rules = [choice for choice in top[before].get("Choices", ()) if choice["Next"] == name]
            word = {"Variable": "$.answer.decision", "StringEquals": "approved"}
            same_gate = {"Variable": "$.answer.gate", "StringEqualsPath": "$.gate"}
            if kind != "choice" or not all(word in r.get("And", ()) and same_gate in r["And"] for r in rules):
                yield f"{machine}: {name} is reached by an answer that need not be an approval of this gate"


def nothing_is_automatic_unless_confirmed(definitions: Definitions) -> Iterator[str]:
    machine = "bedrock_response"
    confirmed = {"Variable": "$.finding.confirmed", "BooleanEquals": True}

    def unconfirmed(_: str, __: str, kind: str, state: Json) -> bool:
        return kind != "choice" or not any(confirmed in choice.get("And", ()) for choice in state["Choices"])

    found = reachable(definitions, machine, unconfirmed)
    for name, task in tasks(definitions[machine]):
        automatic = AUTOMATIC in json.dumps(task["Parameters"])
        if automatic and (machine, name) in found:
            yield f"{machine}: {name} is reached for a finding that nobody confirmed"


def evidence_comes_before_any_change(definitions: Definitions) -> Iterator[str]:
    machine = "bedrock_response"
    found = reachable(
        definitions, machine, lambda _, name, kind, __: not (name == "PreserveEvidence" and kind == "next")
    )
    yield from (f"{where}: {name} is reached without evidence" for where, name in found if where in STAGES)
    found = reachable(definitions, machine, lambda _, name, __, ___: name != "PreserveTheRest")
    if any(where == "approval_gate" for where, _ in found):
        yield f"{machine}: people are asked before the rest of the evidence was sought"
    found = reachable(definitions, machine, lambda _, name, __, ___: name != "ExtendPlan")
    if any(where == "approval_gate" for where, _ in found):
        yield f"{machine}: people are asked before the logs could extend the plan"


def telling_holds_nobody_up(definitions: Definitions) -> Iterator[str]:
    """Told or not, the response goes on to the same place, after seconds at most, and without waiting for any mail."""
    for machine, definition in definitions.items():
        for name, task in _tellings(definition):
            if task["Parameters"].get("InvocationType") != "Event":
                yield f"{machine}: {name} waits for the mails"
            if len({to for _, _, to in edges(name, task)}) != 1:
                yield f"{machine}: {name} goes on elsewhere when nobody could be told"
            if task["TimeoutSeconds"] + sum(map(seconds_of, task["Retry"])) > HANDING_OVER:
                yield f"{machine}: {name} may take longer than {HANDING_OVER} s"


def telling_carries_no_key(definitions: Definitions) -> Iterator[str]:
    """What is handed over are references: no task token, and nothing of what an approver alone may have."""
    for machine, definition in definitions.items():
        for name, task in _tellings(definition):
            payload = task["Parameters"]["Payload"]
            if set(payload) - TELLING or any("$$" in str(value) for value in payload.values()):
                yield f"{machine}: {name} hands over {sorted(set(payload) - TELLING) or payload}"


def every_moment_is_told(definitions: Definitions) -> Iterator[str]:
    """Each moment of deploy/notice.yaml is one that a machine tells of; how it ended, the report's outcome says."""
    by_outcome = {"closed", "refused", "failed"}
    for machine in RESPONSES:
        told = {
            str(task["Parameters"]["Payload"].get("moment", task["Parameters"]["Payload"].get("moment.$")))
            for where, name in reachable(definitions, machine)
            for at, task in _tellings(definitions[where])
            if at == name
        }
        named = told | by_outcome if "$.report.outcome" in told else told
        wanted = set(MOMENTS) - (set() if machine == "bedrock_response" else {"opened", "contained"})
        yield from (f"{machine}: nobody is told of {moment}" for moment in sorted(wanted - named))


def _tellings(definition: Json) -> Iterator[tuple[str, Json]]:
    return ((name, task) for name, task in tasks(definition) if called(task) == "NoticeFunction")


def every_action_is_a_named_state(definitions: Definitions) -> Iterator[str]:
    """One state for one action, in its own machine, behind its own id, with the function of its power."""
    expected = {m: set[tuple[str, str, str]]() for m in (*STAGES, "undo_response")}
    for action_id, module in all_actions():
        name, action = state_name(action_id), module.ACTION
        expected[action.machine].add((action_id, name, FUNCTIONS[action.power]))
        if hasattr(module, "undo"):
            expected["undo_response"].add((action_id, f"Undo{name}", "UndoFunction"))
    for machine, actions in expected.items():
        inner = next((s["ItemProcessor"] for s in definitions[machine]["States"].values() if s["Type"] == "Map"), None)
        found = set(_named(inner)) if inner else set()
        yield from (f"{machine}: {a[1]} should not be there" for a in found - actions)
        yield from (f"{machine}: {a[1]} is missing" for a in actions - found)


def _named(graph: Json) -> Iterator[tuple[str, str, str]]:
    """(action id, state, function) for each rule of the Choice, and for each task that no rule leads to."""
    rules = [(c["StringEquals"], c["Next"]) for c in graph["States"][graph["StartAt"]].get("Choices", ())]
    yield from ((action_id, name, called(graph["States"][name])) for action_id, name in rules)
    led_to = {name for _, name in rules}
    yield from (("", name, called(task)) for name, task in tasks(graph) if name not in led_to)


def waits_are_as_promised(definitions: Definitions) -> Iterator[str]:
    """60 seconds or more for a finding, about 10 minutes for what is unsettled, and neither cut short by jitter."""
    for machine, definition in definitions.items():
        for name, task in tasks(definition):
            for retry in task.get("Retry", ()):
                least, most = {"FindingNotFound": (60, 120), "Unsettled": (570, 660)}.get(
                    retry["ErrorEquals"][0], (0, 1e9)
                )
                if least and not (least <= seconds_of(retry) <= most and "JitterStrategy" not in retry):
                    yield f"{machine}: {name} waits {seconds_of(retry):.0f} s for {retry['ErrorEquals'][0]}"
    confirming = definitions["bedrock_response"]["States"]["ConfirmFinding"]["Retry"]
    if not any("FindingNotFound" in retry["ErrorEquals"] for retry in confirming):
        yield "bedrock_response: ConfirmFinding does not wait for the finding"


def seconds_of(retry: Json) -> float:
    first, rate, most = retry["IntervalSeconds"], retry["BackoffRate"], retry["MaxDelaySeconds"]
    return float(sum(min(first * rate**n, most) for n in range(retry["MaxAttempts"])))


SWEEPS = (
    no_dangling_next,
    every_state_is_reachable,
    every_state_goes_on_or_ends,
    names_are_unique,
    only_functions_and_machines_are_called,
    every_task_has_a_timeout,
    every_task_retries_what_passes,
    silence_is_not_asked_again,
    every_task_catches_everything_last,
    answers_stay_small,
    nested_executions_are_found_again,
    a_failed_step_is_an_item,
    every_way_to_the_end_is_reported,
    a_noted_failure_ends_in_fail,
    only_a_good_word_succeeds,
    a_withheld_approval_reaches_no_gated_action,
    steps_come_from_where_they_were_allowed,
    only_the_gate_writes_what_is_approved,
    the_finding_is_closed_last_and_only_if_dealt_with,
    only_what_is_approved_is_undone,
    a_gate_asks_for_its_own_name,
    the_gate_opens_only_on_approval,
    nothing_is_automatic_unless_confirmed,
    evidence_comes_before_any_change,
    telling_holds_nobody_up,
    telling_carries_no_key,
    every_moment_is_told,
    every_action_is_a_named_state,
    waits_are_as_promised,
)
