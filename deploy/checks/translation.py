"""The SAM template translates, with the same translator that AWS uses, and its references form no circle."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError

from samtranslator.model.exceptions import InvalidDocumentException

from deploy.checks.subject import Subject
from deploy.local.deployer.stack import order


def problems(subject: Subject) -> Iterator[str]:
    try:
        translated = subject.translated
    except InvalidDocumentException as error:
        yield from (cause.message for cause in error.causes)
        return
    try:
        order(translated["Resources"])
    except CycleError as error:
        yield f"a circle of references: {' -> '.join(error.args[1])}"
