"""The story in a few lines: what was found, who did it and at what cost, what could not be seen."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator

from hunt.calls import SEVERITIES, Json
from lambdas.core.fields import clean


def summary(story: Json) -> list[str]:
    """In plain words, the most important first. Never empty. Text of the logs in it is hostile."""
    if not story["actors"]:
        return _nothing(story)
    return [_found(story), *_who(story), *_own(story), _unseen(story)]


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def passed_over(story: Json) -> str:
    """`3 files (AWS Config), 12 files (delivered before --since)`: what was not opened, and why."""
    return ", ".join(f"{count(number, 'file')} ({why})" for why, number in sorted(story["passed_over"].items()))


def money(usd: float) -> str:
    """`$1,234.50`; what is less than a cent is not nothing."""
    return f"${usd:,.2f}" if usd >= 0.01 or usd == 0 else f"${usd:.4f}"


def moment(at: str | None) -> str:
    """`2026-01-02T03:04:05Z` as `2026-01-02 03:04`."""
    return (at or "unknown")[:16].replace("T", " ")


def _nothing(story: Json) -> list[str]:
    read = count(story["records"]["read"], "record")
    lines = [f"Nothing relevant: none of {read} concerns generative AI, a watched change or a wanted actor."]
    if story["period"]["first"]:
        lines.append(f"They are from {moment(story['period']['first'])} to {moment(story['period']['last'])} UTC.")
    return [*lines, _unseen(story)]


def _found(story: Json) -> str:
    levels = Counter(found["severity"] for found in story["detections"])
    if not levels:
        return f"No detection fired in {count(story['records']['relevant'], 'relevant record')}."
    told = ", ".join(f"{levels[level]} {level}" for level in reversed(SEVERITIES[1:]) if levels[level])
    first = min(found["first_seen"] for found in story["detections"])
    last = max(found["last_seen"] for found in story["detections"])
    titles = list(dict.fromkeys(found["title"] for found in story["detections"]))
    more = f", and {len(titles) - 2} more" if len(titles) > 2 else ""
    return (
        f"{count(len(story['detections']), 'detection')} ({told}) between {moment(first)} and {moment(last)} UTC: "
        f"{'; '.join(titles[:2])}{more}."
    )


def _who(story: Json) -> Iterator[str]:
    suspects = [actor for actor in story["actors"] if actor["severity"]]
    person = (suspects or story["actors"])[0]
    rest = len(suspects) - 1
    others = f"; {count(rest, 'more identity is', 'more identities are')} suspect" if rest > 0 else ""
    lead = "The worst suspect is" if suspects else "Most active is"
    yield (
        f"{lead} {person['name']} ({person['accounts'][0] if person['accounts'] else 'account unknown'}): "
        f"{count(person['calls'], 'call')}, {count(person['invocations'], 'model invocation')}, from "
        f"{count(len(person['addresses']) + person['more']['addresses'], 'address', 'addresses')} in "
        f"{', '.join(person['regions'][:4]) or 'no Region'}{others}."
    )
    yield from _spent(story["cost"]["total"])


def _own(story: Json) -> Iterator[str]:
    """What was trusted without anybody having said so by name."""
    if own := story["own_roles"]:
        calls = count(sum(role["calls"] for role in own), "call")
        yield f"Trusted as this responder's own: {calls} of {', '.join(role['actor'] for role in own)}."


def _spent(total: Json) -> Iterator[str]:
    if not (total["calls"] or total["unmetered_calls"]):
        return
    tokens = total["tokens"]
    used = f"{tokens['input']:,} input and {tokens['output']:,} output tokens, about {money(total['usd'])}"
    unknown = []
    if total["unpriced_models"]:
        unknown.append(f"no price is known for {count(total['unpriced_models'], 'use')} of a model")
    if total["unmetered_calls"]:
        unknown.append(f"{count(total['unmetered_calls'], 'invocation')} left no token counts: cost not known")
    if any(tokens.values()):
        yield "; ".join([f"Models used {used}", *unknown]) + "."
    elif unknown:
        yield "; ".join(unknown).capitalize() + "."
    else:
        yield f"No tokens were counted in {count(total['calls'], 'logged invocation')}."


def _unseen(story: Json) -> str:
    """The first two kinds of blind spots in words, and how many more kinds there are."""
    by_kind: dict[str, list[Json]] = {}
    for spot in story["blind_spots"]:
        by_kind.setdefault(spot["kind"], []).append(spot)
    if not by_kind:
        return "No blind spot is known."
    more = f"; and {len(by_kind) - 2} more" if len(by_kind) > 2 else ""
    return f"Not seen: {'; '.join(_short(spots) for spots in list(by_kind.values())[:2])}{more}."


def _short(spots: list[Json]) -> str:
    """The first part of what a blind spot says, with its number and Region."""
    spot = spots[0]
    number = f" ({spot['n']:,})" if spot["n"] else ""
    where = f" in {spot['region']}" if spot["region"] else ""
    others = f", and {len(spots) - 1} more such" if len(spots) > 1 else ""
    text = str(spot["what"]).split(":")[0]
    return text[:1].lower() + text[1:] + where + number + others


def next_step(story: Json) -> str | None:
    """The command that answers the worst suspect; None where nobody is suspect. It can be pasted as it is."""
    suspect = next((actor for actor in story["actors"] if actor["severity"]), None)
    if suspect is None:
        return None
    places = " ".join(shlex.quote(clean(place)) for place in story["places"]) or "PATH"
    return f"responder hunt {places} --actor {shlex.quote(clean(suspect['actor']))} --start"
