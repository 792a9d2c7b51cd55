"""cfn-lint on the SAM template, on what it translates to, and on the member template.

On a SAM template it looks into no definition, which is why the translated one carries each as a `Definition` object.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from importlib.util import find_spec

from deploy.checks.subject import Json, Subject, states


def problems(subject: Subject) -> Iterator[str]:
    if not find_spec("cfnlint"):
        yield "cfn-lint is not installed, so it looked at nothing: uv sync --group lint"
        return
    yield from linted("template.yaml", subject.sam)
    yield from linted("template.yaml, translated", known_to_the_linter(subject.translated))
    yield from linted("member.yaml", subject.member)


def linted(name: str, template: Json) -> Iterator[str]:
    # Not above: the other checks run where the group `lint` is not installed.
    from cfnlint.api import lint

    for match in lint(json.dumps(template)):
        path = ".".join(str(part) for part in getattr(match, "path", None) or [])
        yield f"{name}: {path}: {match.rule.id} {match.message}"


def known_to_the_linter(translated: Json) -> Json:
    """Without the InputPath and OutputPath of Succeed states: the language has them, cfn-lint 1.58 knows none."""
    known = copy.deepcopy(translated)
    for resource in known["Resources"].values():
        for _, state in states(resource.get("Properties", {}).get("Definition", {})):
            if state["Type"] == "Succeed":
                state.pop("InputPath", None)
                state.pop("OutputPath", None)
    return known
