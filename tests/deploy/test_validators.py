"""The compiled validators judge as the jsonschema library does, and say less."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.rendering.validators import NOT_OF_A_LAMBDA, compiled
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import validate

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    str(path.relative_to(ROOT / "schemas")).removesuffix(".json"): json.loads(path.read_text())
    for path in sorted((ROOT / "schemas").rglob("*.json"))
    if path.stem not in NOT_OF_A_LAMBDA
}
SECRET = "s3cr3t-value-of-the-attacker"
JUNK: tuple[Any, ...] = (None, True, 7, -1.5, "", "x-[", "a" * 9999, [], ["x", "x"], {}, {"zz": 1})
MOST_PLACES = 12


def fitting(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Documents that mostly fit the schema, as far as the keywords go that the schemas here use."""
    if "$ref" in schema:
        return fitting(root["definitions"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema or "oneOf" in schema:
        return st.one_of(*(fitting(part, root) for part in schema.get("anyOf", schema.get("oneOf"))))
    kinds = schema.get("type", "object")
    return st.one_of(*(of_kind(kind, schema, root) for kind in ([kinds] if isinstance(kinds, str) else kinds)))


def of_kind(kind: str, schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    if kind == "object":
        return objects(schema, root)
    if kind == "array":
        return st.lists(fitting(schema.get("items", {"type": "string"}), root), max_size=2)
    if kind == "string":
        return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else st.text(max_size=5)
    simple = {"null": st.none(), "boolean": st.booleans(), "integer": st.integers(0, 9), "number": st.integers(0, 9)}
    return simple[kind]


def objects(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    properties = {name: fitting(part, root) for name, part in schema.get("properties", {}).items()}
    required = {name: properties.pop(name, st.none()) for name in schema.get("required", [])}
    return st.fixed_dictionaries(required, optional=properties)


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a document, its own included."""
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def spoilt(document: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """The document with something else at one place."""
    if not path:
        return junk
    copied = copy.deepcopy(document)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = junk
    return copied


def fits(name: str, document: Any) -> bool:
    try:
        validate(name, document)
    except SchemaMismatch:
        return False
    return True


def to_the_very_end(validator: Any, pattern: str, instance: Any, schema: Any) -> Any:
    """`$` is the end, as in ECMA's expressions; Python's own lets a line break follow."""
    return jsonschema.Draft7Validator.VALIDATORS["pattern"](validator, pattern.replace("$", r"\Z"), instance, schema)


Judge = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": to_the_very_end})


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_compiled_validators_judge_as_jsonschema_does(name, draw):
    """Documents that fit, and the same with any one thing spoilt in any way, are judged alike by both."""
    judge = Judge(SCHEMAS[name])
    document = draw.draw(fitting(SCHEMAS[name], SCHEMAS[name]))
    assert fits(name, document) == judge.is_valid(document)
    somewhere = draw.draw(st.permutations(places(document)))[:MOST_PLACES]
    for other in (spoilt(document, path, junk) for path in somewhere for junk in JUNK):
        assert fits(name, other) == judge.is_valid(other)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name):
    """A misspelt keyword's value would check nothing."""
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])


TARGET = {"account": "123456789012", "user": "alice", "user_name": "alice", "access_key_id": "AKIAIOSFODNN7EXAMPLE"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"account": SECRET}, "account: must match ^[0-9]{12}$"),
        ({"account": 5}, "account: must be string"),
        ({SECRET: 1}, "document: must have no fields but account, user, user_name, access_key_id"),
    ],
)
def test_the_error_names_the_field_and_what_is_allowed(change, said):
    """And nothing of what was sent, because it may be the attacker's."""
    with pytest.raises(SchemaMismatch) as refused:
        validate("actions/iam.deactivate_access_key", {**TARGET, **change})
    assert str(refused.value) == said


def test_a_missing_field_is_named():
    """By its own name, so that who sent it knows what to add."""
    with pytest.raises(SchemaMismatch, match=r"document: must have account, user$"):
        validate("actions/iam.deactivate_access_key", {"user_name": "alice", "access_key_id": TARGET["access_key_id"]})


def test_no_value_stands_in_compiled_code():
    """None of the errors repeats a value: every raise has a fixed text, but for the names of missing fields."""
    for name, schema in SCHEMAS.items():
        source = compiled(name, schema)
        assert "JsonSchemaValueException" not in source
        assert "value=" not in source


def test_validators_need_no_schema_library():
    """In a Lambda neither fastjsonschema nor jsonschema is imported."""
    code = (
        "import sys; from lambdas.core.schema import validate; "
        f"validate('actions/iam.deactivate_access_key', {TARGET!r}); "
        "print([m for m in sys.modules if 'jsonschema' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
