"""One figure as it stands in results.json: {name, value, unit, aim, met}. Without an aim, `aim` and `met` are null."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def figure(name: str, value: float, unit: str, most: float | None = None) -> Json:
    """`most` is the aim: the value is to be that or less."""
    met = None if most is None else value <= most
    return {"name": name, "value": round(value, 4), "unit": unit, "aim": most and f"<= {most}", "met": met}


def exactly(name: str, value: int, unit: str, aim: int) -> Json:
    return {"name": name, "value": value, "unit": unit, "aim": f"= {aim}", "met": value == aim}


def least(name: str, value: float, unit: str, aim: float) -> Json:
    """`aim`: the value is to be that or more."""
    return {"name": name, "value": round(value, 4), "unit": unit, "aim": f">= {aim}", "met": value >= aim}
