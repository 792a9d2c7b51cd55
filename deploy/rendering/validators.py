"""lambdas/core/validators/*.py: each schema compiled to Python, so that a Lambda needs no schema library.

fastjsonschema writes the code. Its errors carry the offending value and repeat parts of it in the message; here each of
its `raise` statements is rewritten to name the field and what is allowed there, and nothing of what was sent.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema

from deploy.rendering import schemas
from lambdas.core.action import Json
from lambdas.core.schema import module_name

ROOT = Path(__file__).parents[2]
FOLDER = Path("lambdas/core/validators")
NOT_OF_A_LAMBDA = {"hunt"}
"""Schemas of what a command of this machine writes: the Lambda package does not carry their validators."""
RAISED = "JsonSchemaValueException"
HEADER = '''"""Rendered from schemas/{name}.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
'''
IMPORTS = "from lambdas.core.errors import SchemaMismatch\nfrom lambdas.core.schema import mismatch\n"

PROBLEMS: dict[str, Callable[[Any], str]] = {
    "type": lambda kind: f"must be {' or '.join([kind] if isinstance(kind, str) else kind)}",
    "enum": lambda values: f"must be one of {', '.join(map(json.dumps, values))}",
    "const": lambda value: f"must be {json.dumps(value)}",
    "pattern": lambda pattern: f"must match {pattern}",
    "minLength": lambda least: f"must have at least {least} characters",
    "maxLength": lambda most: f"must have at most {most} characters",
    "minItems": lambda least: f"must have at least {least} items",
    "maxItems": lambda most: f"must have at most {most} items",
    "uniqueItems": lambda _: "must not have an item twice",
    "minimum": lambda least: f"must be at least {least}",
    "maximum": lambda most: f"must be at most {most}",
    "minProperties": lambda least: f"must have at least {least} fields",
    "maxProperties": lambda most: f"must have at most {most} fields",
    "propertyNames": lambda schema: f"must have only fields whose names fit {json.dumps(schema)}",
}


def files() -> dict[Path, str]:
    paths = [path for path in sorted((ROOT / "schemas").glob("*.json")) if path.stem not in NOT_OF_A_LAMBDA]
    sources = {path.stem: json.loads(path.read_text()) for path in paths}
    rendered = {f"actions/{path.stem}": json.loads(text) for path, text in schemas.files().items()}
    return {
        FOLDER / "__init__.py": '"""Rendered from schemas/ by `make render`."""\n',
        **{FOLDER / f"{module_name(name)}.py": compiled(name, s) for name, s in (sources | rendered).items()},
    }


def compiled(name: str, schema: Json) -> str:
    """The source of a module with `validate(document)` for this schema."""
    tree = _Rewrite().visit(ast.parse(fastjsonschema.compile_to_code(schema, use_default=False)))
    tree.body = [statement for statement in tree.body if not _needless(statement)]
    return HEADER.format(name=name) + IMPORTS + ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _needless(statement: ast.stmt) -> bool:
    """fastjsonschema's version, which would make a file stale at each update, and the import of its errors."""
    names = [target.id for target in getattr(statement, "targets", []) if isinstance(target, ast.Name)]
    return names == ["VERSION"] or getattr(statement, "module", None) == "fastjsonschema"


class _Rewrite(ast.NodeTransformer):
    def visit_Raise(self, node: ast.Raise) -> ast.Raise:
        if not (isinstance(node.exc, ast.Call) and getattr(node.exc.func, "id", None) == RAISED):
            return node
        given = {keyword.arg: keyword.value for keyword in node.exc.keywords}
        problem = _problem(node.exc.args[0], ast.literal_eval(given["rule"]), ast.literal_eval(given["definition"]))
        return ast.Raise(exc=ast.Call(func=ast.Name("mismatch"), args=[given["name"], problem], keywords=[]))

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        """oneOf, anyOf and not try their parts."""
        self.generic_visit(node)
        node.type = ast.Name("SchemaMismatch")
        return node


def _problem(message: ast.expr, rule: str, definition: Any) -> ast.expr:
    if rule == "required":
        return _missing(message)
    if rule == "additionalProperties":
        return ast.Constant(f"must have no fields but {', '.join(definition.get('properties', {}))}")
    if rule in PROBLEMS:
        return ast.Constant(PROBLEMS[rule](definition[rule]))
    return ast.Constant(f"must fit its schema's {rule}")


def _missing(message: ast.expr) -> ast.expr:
    """Which required fields are missing is known when it runs, and their names are the schema's own."""
    missing = next(n.id for n in ast.walk(message) if isinstance(n, ast.Name) and n.id.endswith("missing_keys"))
    return ast.parse(f"'must have ' + ', '.join(sorted({missing}))", mode="eval").body
