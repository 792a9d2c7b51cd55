"""The pictures of the page as plain geometry: numbers and words that the template draws as SVG.

Each picture is made twice, for a wide page and for a phone, because text in a picture that is shrunk cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from hunt.actors import account_of, short
from hunt.calls import Json, severity_rank

WIDE, NARROW = 880, 340
LANES = 6
MARK = 15
"""How far apart two marks in a lane are at least; closer ones stand one above the other."""
ROWS = 4
BREAKS = 7
BREAK_WIDTH = 26
TICK = 110
"""How far apart the labels of an axis are at least."""
HOUR = 3600
LONG = 300 * 24 * HOUR
SHORT = HOUR / 4
BUCKET_HOURS = (1, 3, 6, 12, 24, 72, 168, 720, 2160, 8760, 87600)
COLUMNS = {WIDE: 60, NARROW: 20}
REGIONS = 12
BARS = 10
NODES = 30


def seconds(at: str) -> float:
    """ISO text as seconds since 1970; what is no time is 1970 itself."""
    try:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def label(moment: float, length: float = 0) -> str:
    """A time for an axis that is `length` seconds long: with years or with seconds where these tell."""
    form = "%d %b %Y" if length > LONG else "%H:%M:%S" if 0 < length < SHORT else "%d %b %H:%M"
    return datetime.fromtimestamp(moment, UTC).strftime(form)


def lasting(length: float) -> str:
    """A duration in its largest unit."""
    units = ((31_557_600, "year"), (604_800, "week"), (86_400, "day"), (HOUR, "hour"), (60, "minute"))
    for size, name in units:
        if length >= size:
            number = round(length / size)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return f"{round(length)} s"


@dataclass(frozen=True)
class Piece:
    """A stretch of time and where it is drawn."""

    start: float
    end: float
    left: float
    right: float


class Axis:
    """Time from left to right, with the long pauses cut out, so that an hour of attack in a quiet year can be seen."""

    def __init__(self, moments: Sequence[float], left: float, right: float) -> None:
        known = sorted(set(moments))
        pauses = sorted((b - a for a, b in pairwise(known)), reverse=True)
        total = self.length = known[-1] - known[0]
        cut = {pause for pause in pauses[:BREAKS] if pause > total / 10 and pause > HOUR}
        runs: list[tuple[float, float]] = []
        start = known[0]
        for a, b in pairwise(known):
            if b - a in cut and len(runs) < BREAKS:
                runs.append((start, a))
                start = b
        runs.append((start, known[-1]))
        self.pieces = list(self._placed(runs, left, right))

    @staticmethod
    def _placed(runs: Sequence[tuple[float, float]], left: float, right: float) -> Iterator[Piece]:
        room = right - left - BREAK_WIDTH * (len(runs) - 1)
        least = min(34.0, room / len(runs))
        shared, length = room - least * len(runs), sum(end - start for start, end in runs)
        for start, end in runs:
            width = least + (shared * (end - start) / length if length else shared / len(runs))
            yield Piece(start, end, left, left + width)
            left += width + BREAK_WIDTH

    def x(self, moment: float) -> float:
        for piece in self.pieces:
            if moment <= piece.end:
                length = piece.end - piece.start
                part = (max(moment, piece.start) - piece.start) / length if length else 0.5
                return round(piece.left + part * (piece.right - piece.left), 1)
        return round(self.pieces[-1].right, 1)

    def ticks(self) -> Iterator[Json]:
        """Labels that do not touch each other, and the pauses between the pieces."""
        free = -1000.0
        for piece in self.pieces:
            inner = int((piece.right - piece.left) // TICK)
            for part in range(inner + 1):
                x = piece.left + part * TICK
                if x > free and x + TICK * 0.8 <= self.pieces[-1].right:
                    share = part * TICK / ((piece.right - piece.left) or 1)
                    text = label(piece.start + share * (piece.end - piece.start), self.length)
                    yield {"x": round(x, 1), "text": text, "anchor": "start"}
                    free = x + TICK * 0.8
        last = self.pieces[-1]
        if last.right - TICK * 0.8 > free - TICK * 0.8 + 1 and last.right - TICK * 0.7 > free:
            yield {"x": round(last.right, 1), "text": label(last.end, self.length), "anchor": "end"}

    def pauses(self) -> list[Json]:
        return [
            {"x": round((a.right + b.left) / 2, 1), "text": lasting(b.start - a.end)} for a, b in pairwise(self.pieces)
        ]


def numbered(lines: Sequence[Json]) -> list[Json]:
    """The lines of a timeline with the number that picture and list share."""
    return [{**line, "number": number} for number, line in enumerate(lines, 1)]


def timeline(lines: Sequence[Json], width: int) -> Json | None:
    """Lanes of identities with a mark for each line, and bands where logs were off. None where nothing happened."""
    if not lines:
        return None
    ends = [seconds(line["until"] or line["at"]) for line in lines]
    axis = Axis([*(seconds(line["at"]) for line in lines), *ends], 10, width - 10)
    acts = [line for line in lines if line["kind"] != "gap"]
    lanes, y = [], 8.0
    for name, members in _lanes(acts):
        lane = _lane(name, members, axis, y)
        lanes.append(lane)
        y = lane["bottom"] + 6
    bands = [_band(line, axis, y) for line in lines if line["kind"] == "gap"]
    return {"width": width, "height": y + 30, "base": y, "lanes": lanes, "bands": bands,
            "ticks": list(axis.ticks()), "pauses": axis.pauses()}  # fmt: skip


def _lanes(lines: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """The identities with the worst lines, each a lane; the others share the last."""
    by_actor: dict[str, list[Json]] = {}
    for line in lines:
        by_actor.setdefault(line["actor"] or "unknown", []).append(line)
    order = sorted(by_actor, key=lambda actor: (-max(severity_rank(one["severity"]) for one in by_actor[actor]),
                                                -len(by_actor[actor]), actor))  # fmt: skip
    shown = order if len(order) <= LANES else order[: LANES - 1]
    rest = [line for actor in order[len(shown) :] for line in by_actor[actor]]
    lanes = [(_lane_name(actor, shown), by_actor[actor]) for actor in shown]
    return [*lanes, (f"{len(order) - len(shown)} others", rest)] if rest else lanes


def _lane_name(actor: str, shown: Sequence[str]) -> str:
    """The short name, with the account where two would have the same."""
    same = [other for other in shown if short(other) == short(actor)]
    return f"{short(actor)} {account_of(actor)}".strip() if len(same) > 1 else short(actor)


def _lane(name: str, lines: Sequence[Json], axis: Axis, top: float) -> Json:
    marks, ends = [], [-1000.0] * ROWS
    for line in sorted(lines, key=lambda line: (line["at"], -severity_rank(line["severity"]))):
        x, until = axis.x(seconds(line["at"])), axis.x(seconds(line["until"] or line["at"]))
        row = next((row for row in range(ROWS) if ends[row] + MARK <= x), None)
        # Where all rows are taken it lies on the one that is free first: the list below has every line.
        row = row if row is not None else min(range(ROWS), key=lambda row: ends[row])
        ends[row] = x
        marks.append({**line, "x": x, "until_x": until, "row": row})
    rows = max(mark["row"] for mark in marks) + 1
    for mark in marks:
        mark["y"] = top + 26 + MARK * mark["row"]
    return {"name": name, "top": top, "bottom": top + 26 + MARK * rows, "marks": marks}


def _band(line: Json, axis: Axis, base: float) -> Json:
    left = axis.x(seconds(line["at"]))
    right = axis.x(seconds(line["until"])) if line["until"] else axis.pieces[-1].right + 8
    return {**line, "x": left, "width": round(max(right - left, 3), 1), "height": base}


def heat(activity: Sequence[Json], width: int) -> Json | None:
    """Calls by time and Region. {regions: [{name, cells: [{x, w, calls, level, text}]}], unit, ...}"""
    hours = [seconds(row["hour"]) for row in activity]
    if not hours:
        return None
    first, last = min(hours), max(hours)
    size = next(s for s in BUCKET_HOURS if (last - first) / HOUR / s < COLUMNS[width]) * HOUR
    first -= first % size
    columns = int((last - first) // size) + 1
    sums = _bucketed(activity, first, size)
    names = sorted(sums, key=lambda name: -sum(sums[name].values()))
    most = max(calls for region in sums.values() for calls in region.values())
    cell = min((width - 8) / columns, 44)
    rows = [
        {"name": name or "no Region", "total": sum(sums[name].values()), "y": 22 + 46 * number,
         "cells": [_cell(first + size * column, column, cell, calls, most)
                   for column, calls in sorted(sums[name].items())]}
        for number, name in enumerate(names[:REGIONS])
    ]  # fmt: skip
    base = 22 + 46 * len(rows)
    ends = [{"x": 4, "text": label(first, last - first), "anchor": "start"}]
    if cell * columns > 190:
        ends.append(
            {"x": round(4 + cell * columns, 1), "text": label(first + size * columns, last - first), "anchor": "end"}
        )
    return {"width": width, "height": base + 10, "base": base, "regions": rows, "cell": round(cell, 1), "ticks": ends,
            "most": most, "unit": lasting(size), "left_out": len(names) - len(rows),
            "right": round(4 + cell * columns, 1)}  # fmt: skip


def _bucketed(activity: Sequence[Json], first: float, size: float) -> dict[str, dict[int, int]]:
    sums: dict[str, dict[int, int]] = {}
    for row in activity:
        column = int((seconds(row["hour"]) - first) // size)
        region = sums.setdefault(row["region"], {})
        region[column] = region.get(column, 0) + row["calls"]
    return sums


def _cell(start: float, column: int, width: float, calls: int, most: int) -> Json:
    """`level` 1 to 5: by the root, so that one busy hour does not hide all others."""
    level = 1 + min(4, int(5 * (calls / most) ** 0.5 - 0.001)) if most else 1
    text = f"{calls}" if len(str(calls)) * 7 + 4 < width else ""
    return {"x": round(4 + column * width, 1), "calls": calls, "level": level, "text": text, "when": label(start)}


def bars(cost: Json, width: int) -> Json | None:
    """Tokens by identity and model, the dearest first: input and output side by side in one bar."""
    rows = sorted(cost["rows"], key=lambda row: (-(row["usd"] or 0), -_tokens(row)))[:BARS]
    most = max((_tokens(row) for row in rows), default=0)
    if not most:
        return None
    made = []
    for number, row in enumerate(rows):
        scale = (width - 4) / most
        parts = [(kind, row["tokens"][kind] * scale) for kind in ("input", "cache_read", "cache_write", "output")]
        made.append({**row, "name": short(row["actor"]), "y": 14 + 48 * number, "parts": list(_stacked(parts))})
    return {"width": width, "height": 14 + 48 * len(rows), "rows": made, "left_out": len(cost["rows"]) - len(rows)}


def _tokens(row: Json) -> int:
    return int(sum(row["tokens"].values()))


def _stacked(parts: Sequence[tuple[str, float]]) -> Iterator[Json]:
    x = 2.0
    for kind, width in parts:
        if width:
            yield {"kind": kind, "x": round(x, 1), "w": round(max(width, 1), 1)}
            x += width


def graph(lineage: Json, width: int) -> Json | None:
    """Who came of whom, as an indented tree; further parents of a node are dashed lines beside it."""
    links = _worth_showing(lineage)
    if not links:
        return None
    names = {node["id"]: node for node in lineage["nodes"]}
    rows = list(_walk(links))[:NODES]
    place = {name: number for number, (name, _, _) in reversed(list(enumerate(rows)))}
    step = 24 if width == WIDE else 14
    nodes = [_row(names[name], depth, link, number, step) for number, (name, depth, link) in enumerate(rows)]
    for node in nodes:
        node["parent_y"] = nodes[place[node["link"]["parent"]]]["y"] if node["link"] else None
    extra = [
        {"from": nodes[place[link["parent"]]]["y"], "to": nodes[place[link["child"]]]["y"], "via": link["via"]}
        for link in links
        if link["parent"] in place and link["child"] in place and not _drawn(rows, link)
    ]
    ends = {end for link in links for end in (link["parent"], link["child"])}
    return {"width": width, "height": 14 + 46 * len(rows), "nodes": nodes, "extra": extra[:12], "step": step,
            "left_out": len(ends - set(place))}  # fmt: skip


def _worth_showing(lineage: Json) -> list[Json]:
    """Links of people and of suspects, the suspects' first; a service that takes its own role is everyday."""
    nodes = {node["id"]: node for node in lineage["nodes"]}

    def matters(link: Json) -> bool:
        ends = (nodes[link["parent"]], nodes[link["child"]])
        return ends[0]["kind"] != "AWSService" or any(end["severity"] or end["invocations"] for end in ends)

    def suspicion(link: Json) -> int:
        return max(severity_rank(nodes[link[end]]["severity"]) for end in ("parent", "child"))

    return sorted(filter(matters, lineage["links"]), key=lambda link: -suspicion(link))


def _walk(links: Sequence[Json]) -> Iterator[tuple[str, int, Json | None]]:
    """Each node once, depth first from those that came of nobody: (name, depth, the link that led there)."""
    children: dict[str, list[Json]] = {}
    for link in links:
        children.setdefault(link["parent"], []).append(link)
    made_by_others = {link["child"] for link in links}
    seen: set[str] = set()
    # In a circle everybody came of somebody: then the earliest begins.
    for root in [*(parent for parent in children if parent not in made_by_others), *children]:
        waiting: list[tuple[str, int, Json | None]] = [(root, 0, None)]
        while waiting:
            name, depth, way = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            yield name, depth, way
            waiting.extend((made["child"], depth + 1, made) for made in reversed(children.get(name, [])))


def _row(node: Json, depth: int, link: Json | None, number: int, step: int) -> Json:
    return {**node, "x": 12 + step * min(depth, 8), "y": 20 + 46 * number, "depth": depth, "link": link}


def _drawn(rows: Sequence[tuple[str, int, Json | None]], link: Json) -> bool:
    return any(drawn is not None and (drawn["parent"], drawn["child"]) == (link["parent"], link["child"])
               for _, _, drawn in rows)  # fmt: skip
