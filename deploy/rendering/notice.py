"""lambdas/notice/notice.json: deploy/notice.yaml, checked and made JSON, since no Lambda has a YAML reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deploy.rendering import lined_yaml

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
FILE = "deploy/notice.yaml"
SCHEMA = ROOT / "schemas/notice.json"
RENDERED = Path("lambdas/notice/notice.json")


def files() -> dict[Path, str]:
    """The rendered file by its path. Raises FileRefused."""
    return {RENDERED: json.dumps(read((ROOT / FILE).read_text()), indent=2) + "\n"}


def read(text: str) -> Json:
    """Who is told when, as JSON. Raises FileRefused, naming the line and the field of everything that is wrong."""
    document, lines, twice = lined_yaml.parsed(FILE, text)
    lined_yaml.refuse(FILE, lines, twice or lined_yaml.unfit(SCHEMA, document))
    found: Json = document
    return found
