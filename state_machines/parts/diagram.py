"""A definition as a Mermaid flowchart: what happens, in which order, and where failure leads (dotted).

Two things are drawn more simply than they are: a question that only passes over one empty stage is not drawn, and the
actions of a stage, which all fail alike, are drawn as a group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

SHAPES = {
    "Task": ('["', '"]'),
    "Pass": ('("', '")'),
    "Choice": ('{"', '"}'),
    "Succeed": ('(["', '"])'),
    "Fail": ('[["', '"]]'),
}
GROUP = "Actions"


def diagram(graph: Json) -> str:
    lines = ["flowchart TD", "    classDef fails stroke:#c2410c,stroke-width:2px", *_graph(graph, "    ")]
    return "\n".join([*lines, ""])


def _graph(graph: Json, indent: str) -> Iterator[str]:
    states = _without_skips(graph["States"])
    grouped = _alike(states)
    if grouped:
        yield f'{indent}subgraph {GROUP}["a named state for each action"]'
        yield from (f"{indent}    {line}" for name in grouped for line in _drawn(name, states[name]))
        yield f"{indent}end"
        yield from (indent + line for line in _failures(GROUP, states[grouped[0]]))
    for name in (name for name in states if name not in grouped):
        yield from (indent + line for line in (*_drawn(name, states[name]), *_arrows(name, states[name])))


def _without_skips(states: Json) -> Json:
    """The states without those questions whose answer no leads just past the state that follows on yes."""
    skips = {
        name: state["Choices"][0]["Next"]
        for name, state in states.items()
        if state["Type"] == "Choice" and state["Default"] == states[state["Choices"][0]["Next"]].get("Next")
    }
    return {name: _led_past(state, skips) for name, state in states.items() if name not in skips}


def _led_past(state: Json, skips: dict[str, str]) -> Json:
    led: Json = {key: skips.get(state[key], state[key]) for key in ("Next", "Default") if key in state}
    for key in ("Choices", "Catch"):
        if key in state:
            led[key] = [{**rule, "Next": skips.get(rule["Next"], rule["Next"])} for rule in state[key]]
    return {**state, **led}


def _alike(states: Json) -> list[str]:
    """The actions of a stage: its tasks, which all end there and catch the same."""
    return [name for name, state in states.items() if state["Type"] == "Task" and state.get("End")]


def _node(name: str) -> str:
    return name.replace("?", "Asked")


def _drawn(name: str, state: Json) -> Iterator[str]:
    if state["Type"] == "Map":
        yield f'subgraph {_node(name)}["{name}: one after the other"]'
        yield from _graph(state["ItemProcessor"], "    ")
        yield "end"
    else:
        opening, closing = SHAPES[state["Type"]]
        yield _node(name) + opening + name + closing + (":::fails" if state["Type"] == "Fail" else "")


def _arrows(name: str, state: Json) -> Iterator[str]:
    here = _node(name)
    for target, rules in _answers(state).items():
        yield f"{here} -->|{' or '.join(rules)}| {_node(target)}"
    if "Next" in state:
        yield f"{here} --> {_node(state['Next'])}"
    yield from _failures(here, state)


def _answers(state: Json) -> dict[str, list[str]]:
    """The rules of a question in words, by the state that they lead to."""
    targets: dict[str, list[str]] = {}
    for choice in state.get("Choices", ()):
        targets.setdefault(choice["Next"], []).append(_rule(choice))
    if "Default" in state:
        targets.setdefault(state["Default"], []).append("else")
    return targets


def _failures(here: str, state: Json) -> Iterator[str]:
    """A dotted arrow to each state that a failure leads to, unless success leads there too."""
    targets: dict[str, list[str]] = {}
    for catch in state.get("Catch", ()):
        names = ["any error" if e == "States.ALL" else e.removeprefix("States.") for e in catch["ErrorEquals"]]
        targets.setdefault(catch["Next"], []).extend(names)
    for target, errors in targets.items():
        if target != state.get("Next"):
            yield f"{here} -.->|{', '.join(errors)}| {_node(target)}"


def _rule(rule: Json) -> str:
    """The last and most telling comparison of a rule: those before it only make sure that it can be made."""
    if "And" in rule:
        return _rule(rule["And"][-1])
    if "Or" in rule:
        return "a failure was noted"
    return str(rule.get("StringEquals", "yes"))
