"""Real findings, where they are at hand: in the folder that RESPONDER_DATA names, or ../shared/data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]

DATA = Path(os.environ.get("RESPONDER_DATA") or Path(__file__).parents[3] / "shared" / "data")
REASON = f"no real findings at {DATA}; set RESPONDER_DATA to their folder"

with_data = pytest.mark.skipif(not (DATA / "guardduty").is_dir(), reason=REASON)


def guardduty_samples() -> list[tuple[str, Json]]:
    files = sorted((DATA / "guardduty" / "samples").glob("*.json"))
    return [(file.stem, json.loads(file.read_text())) for file in files]


def panther_findings() -> list[Json]:
    """The findings among public detection tests, as EventBridge would bring them."""
    lines = (DATA / "panther-analysis" / "guardduty.jsonl").read_text().splitlines()
    envelope = {"source": "aws.guardduty", "detail-type": "GuardDuty Finding"}
    return [{**envelope, "id": f"panther-{n}", "detail": json.loads(line)["event"]} for n, line in enumerate(lines)]
