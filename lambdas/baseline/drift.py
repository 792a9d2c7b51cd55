"""What differs between two records of the same place, resource by resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def differences(before: Json, after: Json) -> list[Json]:
    """[{kind, change: added | removed | changed, path: [...], before, after}] between two `kinds` of baselines.

    The path leads to the resource, and for what was changed to the field: ["agents", "AGENT12345", "agentName"].
    A list counts as one value.
    """
    kinds = sorted(before.keys() | after.keys())
    return [{"kind": kind, **found} for kind in kinds for found in _of(before.get(kind), after.get(kind), [])]


def _of(before: Any, after: Any, path: list[str]) -> Iterator[Json]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            yield from _of(before.get(name), after.get(name), [*path, name])
        return
    change = "added" if before is None else "removed" if after is None else "changed"
    yield {"change": change, "path": path, "before": before, "after": after}
