"""Condition blocks of IAM policies: does the context of a request satisfy them?

Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Conditions with multiple context keys or
values". An operator that is not known here raises: taken for "no match" it would open a Deny.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt
from typing import Any, NamedTuple

from deploy.local.iam.patterns import Context, matches_in


class UnknownOperatorError(NotImplementedError):
    """A policy uses a condition operator that the embedded IAM does not evaluate."""


class Operator(NamedTuple):
    quantifier: str
    matcher: Callable[[str, str, Context], bool]
    negated: bool
    if_exists: bool


Compare = Callable[[Any, Any], bool]


def _text(*, fold: bool = False, wild: bool = False) -> Callable[[str, str, Context], bool]:
    return lambda have, want, context: matches_in(want, have, context, fold=fold, wild=wild)


def _arn(have: str, want: str, context: Context) -> bool:
    """Each of the six parts by itself: a wildcard does not reach over a colon, but in the last part."""
    ours, theirs = have.split(":", 5), want.split(":", 5) if "${" not in want else [want]
    if len(theirs) != 6 or len(ours) != 6:
        return matches_in(want, have, context)
    return all(matches_in(t, o, context) for o, t in zip(ours, theirs, strict=True))


def _number(compare: Compare) -> Callable[[str, str, Context], bool]:
    return lambda have, want, context: compare(float(have), float(want))


def _date(compare: Compare) -> Callable[[str, str, Context], bool]:
    return lambda have, want, context: compare(_moment(have), _moment(want))


def _moment(text: str) -> datetime:
    if text.isdecimal():
        return datetime.fromtimestamp(int(text), UTC)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _address(have: str, want: str, context: Context) -> bool:
    return ipaddress.ip_address(have) in ipaddress.ip_network(want, strict=False)


_MATCHERS: dict[str, Callable[[str, str, Context], bool]] = {
    "StringEquals": _text(),
    "StringEqualsIgnoreCase": _text(fold=True),
    "StringLike": _text(wild=True),
    "ArnEquals": _arn,
    "ArnLike": _arn,
    "Bool": _text(fold=True),
    "BinaryEquals": _text(),
    "NumericEquals": _number(eq),
    "NumericLessThan": _number(lt),
    "NumericLessThanEquals": _number(le),
    "NumericGreaterThan": _number(gt),
    "NumericGreaterThanEquals": _number(ge),
    "DateEquals": _date(eq),
    "DateLessThan": _date(lt),
    "DateLessThanEquals": _date(le),
    "DateGreaterThan": _date(gt),
    "DateGreaterThanEquals": _date(ge),
    "IpAddress": _address,
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}


def satisfied(block: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """Whether every operator of a Condition block holds. Raises UnknownOperatorError."""
    return all(_holds(name, key, want, context) for name, keys in block.items() for key, want in keys.items())


def _holds(name: str, key: str, want: Any, context: Context) -> bool:
    have = context.get(key.lower())
    wanted = [_as_text(w) for w in (want if isinstance(want, list) else [want])]
    if name in ("Null", "NullIfExists"):
        return (have is None) == (wanted[0].lower() == "true")
    operator = _operator(name)
    if have is None:
        return _without_key(operator)
    return _compared(operator, have if isinstance(have, list) else [have], wanted, context)


def _operator(name: str) -> Operator:
    quantifier, _, rest = name.rpartition(":")
    base = rest.removesuffix("IfExists")
    matcher = _MATCHERS.get(_NEGATED.get(base, base))
    if matcher is None or quantifier not in ("", "ForAllValues", "ForAnyValue"):
        raise UnknownOperatorError(f"IAM condition operator {name}")
    return Operator(quantifier, matcher, base in _NEGATED, rest != base)


def _without_key(operator: Operator) -> bool:
    if operator.if_exists or operator.quantifier == "ForAllValues":
        return True
    return operator.negated and not operator.quantifier


def _compared(operator: Operator, have: list[Any], wanted: list[str], context: Context) -> bool:
    hits = [any(operator.matcher(_as_text(h), w, context) for w in wanted) for h in have]
    if not operator.quantifier:
        return any(hits) != operator.negated
    each = [hit != operator.negated for hit in hits]
    return all(each) if operator.quantifier == "ForAllValues" else any(each)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
