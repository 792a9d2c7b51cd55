"""Legs: stretches of a state machine, put one after the other in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from state_machines import sdk


@dataclass(frozen=True)
class Leg:
    """`first` is where it is entered; `exits` are all states and catchers from which it goes on to the next leg."""

    first: Any
    exits: tuple[Any, ...]


def leg(state: Any, *also: Any) -> Leg:
    """One state; `also` are the catchers that go on to the same place as its success."""
    return Leg(state, (state, *also))


def in_order(*legs: Leg) -> Leg:
    for this, following in pairwise(legs):
        for way_out in this.exits:
            way_out.next(following.first)
    return Leg(legs[0].first, legs[-1].exits)


def only_if(question: str, rule: Any, inner: Leg) -> Leg:
    """`inner` if the rule holds; straight on to the next leg if not, or if what it asks for is missing."""
    choice = sdk.Choice(question)
    choice.add_choice(rule, inner.first)
    return Leg(choice, (choice, *inner.exits))
