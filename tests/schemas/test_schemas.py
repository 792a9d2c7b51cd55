from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema
import pytest

from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import validate
from lambdas.intake.finding_types import ROUTES, known

FOLDER = Path(__file__).parents[2] / "schemas"
OURS = sorted(file.stem for file in FOLDER.glob("*.json"))
OPEN = {"guardduty_event"}
"""AWS adds fields to its findings as it pleases."""
UNKNOWN_TO_DRAFT_07 = {
    "unevaluatedProperties",
    "dependentRequired",
    "prefixItems",
    "minContains",
    "$defs",
    "$dynamicRef",
}


def schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return document


def parts(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(part for item in inner for part in parts(item))]


@pytest.mark.parametrize("name", OURS)
def test_every_schema_is_valid_draft_07_and_compiles(name: str) -> None:
    """Two validators agree that it is a schema, and it uses nothing that draft-07 would pass over in silence."""
    jsonschema.Draft7Validator.check_schema(schema(name))
    fastjsonschema.compile(schema(name))
    words = {key for part in parts(schema(name)) for key in part}
    assert not words & UNKNOWN_TO_DRAFT_07
    assert all(set(part) == {"$ref"} for part in parts(schema(name)) if "$ref" in part)


@pytest.mark.parametrize("name", OURS)
def test_every_schema_says_what_it_is(name: str) -> None:
    """A reader of the file learns what document it describes."""
    assert schema(name)["title"]
    assert schema(name)["description"]


@pytest.mark.parametrize("name", [name for name in OURS if name not in OPEN])
def test_our_own_documents_have_no_unknown_fields(name: str) -> None:
    """A misspelled field is an error, not a silence."""
    for part in parts(schema(name)):
        if part.get("type") == "object" and "properties" in part:
            assert part.get("additionalProperties") is False, part.get("required")


def test_finding_types_have_known_routes() -> None:
    """Every row is complete; what runs unattended stands in deploy/policy.yaml and nowhere else."""
    for facts in known().values():
        assert set(facts) == {"type", "route", "confidence", "note"}
        assert facts["route"] in ROUTES
        assert facts["confidence"] in ("high", "medium", "low")


def test_the_four_bedrock_findings_are_routed_whatever_their_severity() -> None:
    """GuardDuty's Bedrock findings are Medium or Low by default: no row has a severity to be sorted by."""
    types = ("BedrockLoggingDisabled", "AnomalousModelInvocation", "CostHarvesting", "PromptInjection.Direct")
    routed = {name.rpartition("/")[2] for name, facts in known().items() if facts["route"] == "bedrock"}
    assert set(types) <= routed


@pytest.mark.parametrize(
    ("name", "document", "field"),
    [
        (
            "step_request",
            {"incident": {}, "plan_hash": "0" * 64, "step_id": "01-a-00000000", "action": "a.b"},
            "incident",
        ),
        (
            "undo_request",
            {"incident_id": "IR-20261120-0000000000\n", "requested_by": "a@example.com", "reason": "r"},
            "incident_id",
        ),
        ("decision", {"decision": "approve", "steps": ["x"], "reason": "", "at": "2026-11-20T08:00:00Z"}, "steps"),
    ],
)
def test_a_mismatch_names_the_field_and_not_the_value(name: str, document: dict[str, Any], field: str) -> None:
    """The error says where and what is allowed; a trailing line end is no part of an id."""
    with pytest.raises(SchemaMismatch) as caught:
        validate(name, document)
    assert caught.value.field.startswith(field)
