"""Walking through definitions: what can follow what, Catch, Choice, Map, Parallel and nested machines included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Edge = tuple[str, str, str]  # state, kind, following state
Passable = Callable[[str, str, str, Json], bool]
"""Whether an edge may be taken: machine, state, kind of edge (next, choice, default, catch), the state itself."""

NESTED = "arn:aws:states:::states:startExecution.sync:2"
LAMBDA = "arn:aws:states:::lambda:invoke"
CALLBACK = "arn:aws:states:::lambda:invoke.waitForTaskToken"


def graphs(graph: Json) -> Iterator[Json]:
    """The graph itself and every graph inside one of its states."""
    yield graph
    for state in graph["States"].values():
        for inner in inside(state):
            yield from graphs(inner)


def inside(state: Json) -> list[Json]:
    return [state["ItemProcessor"]] if "ItemProcessor" in state else list(state.get("Branches", ()))


def states(graph: Json) -> Iterator[tuple[str, Json]]:
    for part in graphs(graph):
        yield from part["States"].items()


def tasks(graph: Json) -> Iterator[tuple[str, Json]]:
    return ((name, state) for name, state in states(graph) if state["Type"] == "Task")


def edges(name: str, state: Json) -> Iterator[Edge]:
    yield from ((name, "choice", choice["Next"]) for choice in state.get("Choices", ()))
    yield from ((name, kind.lower(), state[kind]) for kind in ("Default", "Next") if kind in state)
    yield from ((name, "catch", catch["Next"]) for catch in state.get("Catch", ()))


def called(state: Json) -> str:
    """The substitution that a task calls, without its braces and `Arn`: `ContainFunction`, `ApprovalGate`."""
    parameters = state.get("Parameters", {})
    return str(parameters.get("FunctionName", parameters.get("StateMachineArn", ""))).strip("${}").removesuffix("Arn")


def snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def everywhere(*_: Any) -> bool:
    return True


def reachable(
    definitions: dict[str, Json], machine: str, passable: Passable = everywhere, start: str | None = None
) -> set[tuple[str, str]]:
    """All (machine, state) that an execution of `machine` can come to, nested executions included."""
    found: set[tuple[str, str]] = set()
    waiting = [(machine, definitions[machine], start or definitions[machine]["StartAt"])]
    while waiting:
        where, graph, name = waiting.pop()
        if (where, name) in found:
            continue
        found.add((where, name))
        state = graph["States"][name]
        waiting.extend((where, graph, to) for _, kind, to in edges(name, state) if passable(where, name, kind, state))
        waiting.extend((where, inner, inner["StartAt"]) for inner in inside(state))
        if state.get("Resource") == NESTED:
            nested = snake(called(state))
            waiting.append((nested, definitions[nested], definitions[nested]["StartAt"]))
    return found


def withheld(_: str, __: str, kind: str, state: Json) -> bool:
    """No gate is ever approved: a task on the gate's machine does not succeed, nor does a question to people."""
    is_gate = called(state) == "ApprovalGate" or state.get("Resource") == CALLBACK
    return not (is_gate and kind == "next")
