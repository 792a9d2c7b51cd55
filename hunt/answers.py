"""A story and the answers beside it, each from the cache, or else made of the logs and kept there.

What makes them is loaded where that is needed: what was told before needs no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hunt.detecting import detect

if TYPE_CHECKING:
    from hunt.reading import Logs

Json = dict[str, Any]


def story(
    logs: Logs,
    places: Sequence[str],
    wanted: Mapping[str, Any],
    own: Sequence[str] = (),
    *,
    with_questions: bool = False,
) -> Json:
    """schemas/hunt.json; with the answers of all questions where they are to be in it. `wanted` is what was asked for:
    {actors, since, until, accounts, settings?}, the last as hunt.detecting takes them; `own` are the ARNs of this
    responder's roles, which are trusted.

    Raises InputRefused for a setting that does not fit, and hunt.detecting.DetectionFailed.
    """
    given = [list(places), wanted, list(own)]
    told: Json = logs.told("story", given, lambda: _story(logs, places, wanted, own))
    return {**told, "questions": logs.told("questions", [], lambda: _questions(logs))} if with_questions else told


def _story(logs: Logs, places: Sequence[str], wanted: Mapping[str, Any], own: Sequence[str]) -> Json:
    from hunt.story import tell

    settings = wanted.get("settings", {})
    trusted = {"trusted_actors": [*settings.get("trusted_actors", ()), *own]}
    return tell(logs, detect(logs.connection, {**settings, **trusted}), places, wanted, own)


def _questions(logs: Logs) -> Json:
    from hunt.asking import ask_all

    return ask_all(logs.connection, {})
