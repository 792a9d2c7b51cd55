"""What the checks look at, read and translated once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deploy import translate

Json = dict[str, Any]


@dataclass
class Subject:
    """The SAM template, the member template, and the definitions by logical id of their state machine."""

    sam: Json
    member: Json
    definitions: dict[str, Json]

    @cached_property
    def translated(self) -> Json:
        """CloudFormation, with each definition in its place. Raises InvalidDocumentException."""
        return translate.translate(self.sam, self.definitions)

    def of_type(self, kind: str) -> dict[str, Json]:
        """The properties of the translated resources of one type, by logical id."""
        resources = self.translated["Resources"].items()
        return {name: resource.get("Properties", {}) for name, resource in resources if resource["Type"] == kind}


def read() -> Subject:
    """The subject as it stands in the repository. Raises FileNotFoundError for what is not rendered."""
    sam = translate.load()
    return Subject(sam, translate.load(translate.MEMBER), translate.definitions(sam))


def states(machine: Json) -> Iterator[tuple[str, Json]]:
    """Every state of a definition by name, those within Map and Parallel too."""
    for name, state in machine.get("States", {}).items():
        yield name, state
        for inner in (state.get("ItemProcessor", {}), state.get("Iterator", {}), *state.get("Branches", [])):
            yield from states(inner)
