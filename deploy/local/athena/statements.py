"""What a query says: its parameters put in, the tables it reads, and what it demands of their partitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType

from deploy.local.athena.errors import QueryFault

LITERALS = ({TokenType.STRING}, {TokenType.NUMBER}, {TokenType.NULL}, {TokenType.TRUE}, {TokenType.FALSE})


def bound(sql: str, parameters: Sequence[str]) -> str:
    """The SQL with each question mark replaced by its parameter, which is a literal. Raises QueryFault.

    Text has to stand in quotes (Athena User Guide, "Use execution parameters"). AWS takes any constant expression
    there; a literal is all that an honest caller needs.
    """
    try:
        places = [token for token in sqlglot.tokenize(sql, read="trino") if token.token_type == TokenType.PLACEHOLDER]
    except SqlglotError as error:
        raise QueryFault(f"SYNTAX_ERROR: {error}") from error
    if len(places) != len(parameters):
        numbers = f"expected {len(places)} but found {len(parameters)}"
        raise QueryFault(f"INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: {numbers}")
    for token, parameter in reversed(list(zip(places, parameters, strict=True))):
        sql = sql[: token.start] + _literal(parameter) + sql[token.end + 1 :]
    return sql


def _literal(parameter: str) -> str:
    try:
        kinds = {token.token_type for token in sqlglot.tokenize(parameter, read="trino")}
    except SqlglotError as error:
        raise QueryFault(f"SYNTAX_ERROR: an execution parameter is no literal: {error}") from error
    if kinds - {TokenType.DASH} not in LITERALS:
        raise QueryFault("SYNTAX_ERROR: an execution parameter is no literal; text stands in single quotes")
    return parameter


def parsed(sql: str) -> exp.Expression:
    """The statement. Raises QueryFault for what is no single SELECT."""
    try:
        trees = sqlglot.parse(sql, read="athena")
    except SqlglotError as error:
        raise QueryFault(f"SYNTAX_ERROR: {error}") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise QueryFault("NOT_SUPPORTED: the embedded Athena runs one SELECT at a time")
    return trees[0]


def tables(tree: exp.Expression) -> dict[str, list[exp.Table]]:
    """Where the statement reads tables of the catalogue, by name in lower case."""
    own = {cte.alias_or_name.lower() for cte in tree.find_all(exp.CTE)}
    found: dict[str, list[exp.Table]] = {}
    for reference in tree.find_all(exp.Table):
        if reference.name and reference.name.lower() not in own:
            found.setdefault(reference.name.lower(), []).append(reference)
    return found


def wanted(references: Sequence[exp.Table], partitions: Sequence[str]) -> str:
    """A condition in DuckDB's SQL on the partitions' columns: whatever does not fulfil it, no reference can need."""
    return " OR ".join(f"({_of_one(reference, partitions)})" for reference in references)


def _of_one(reference: exp.Table, partitions: Sequence[str]) -> str:
    select = reference.find_ancestor(exp.Select)
    where = select.args.get("where") if select else None
    names = {"", reference.alias_or_name.lower()}
    parts = _demands(where.this) if where else ()
    kept = [part for part in parts if _is_of(part, names, partitions)]
    return " AND ".join(f"({_unqualified(part).sql('duckdb')})" for part in kept) or "TRUE"


def _demands(condition: exp.Expression) -> Iterator[exp.Expression]:
    """What has to hold all at once."""
    yield from condition.flatten() if isinstance(condition, exp.And) else (condition,)


def _is_of(part: exp.Expression, names: set[str], partitions: Sequence[str]) -> bool:
    columns = list(part.find_all(exp.Column))
    ours = all(column.table.lower() in names and column.name.lower() in partitions for column in columns)
    return bool(columns) and ours and not part.find(exp.Query)


def _unqualified(part: exp.Expression) -> exp.Expression:
    copy = part.copy()
    for column in copy.find_all(exp.Column):
        column.set("table", None)
    return copy
