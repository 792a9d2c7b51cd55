"""What the questions of an incident answered, read back from its evidence (lambdas/evidence/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lambdas.core import documents

Json = dict[str, Any]
PREFIX = "08-query-"
"""What the name of a question's artefact begins with; the question's id follows."""


@dataclass(frozen=True)
class Answer:
    """The kept rows of one question. `whole` is False where there were more."""

    artefact: str
    rows: list[Json] = field(default_factory=list)
    whole: bool = True


def answers(incident_id: str, questions: Iterable[str]) -> dict[str, Answer]:
    """What these questions were answered. One that is not there was not answered: that is no answer of no rows."""
    keys = documents.keys(documents.key_of(incident_id, "evidence", PREFIX))
    kept = {key.rsplit(PREFIX, 1)[-1].removesuffix(".json"): key for key in keys}
    return {question: _answer(kept[question]) for question in questions if question in kept}


def _answer(key: str) -> Answer:
    document: Json = documents.read_json(key)
    return Answer(document["name"], document["content"]["rows"], not document["gaps"])
