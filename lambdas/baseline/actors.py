"""Who made the changes? CloudTrail's event history, by the names of the calls and by a suspect's own key and name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.baseline import kinds
from lambdas.core.errors import PowerRefused
from lambdas.core.fields import clean, pick
from lambdas.core.ledger import OPEN, Ledger
from lambdas.core.observe import observe
from lambdas.core.session import Session
from lambdas.evidence import cloudtrail

Json = dict[str, Any]

PERMISSIONS = cloudtrail.PERMISSIONS
MOST_PAGES = 10
SHOWN = 20
LAG = timedelta(minutes=15)
"""CloudTrail User Guide, "Viewing events with CloudTrail event history": an event shows within 15 minutes."""
FORCE = "Once that is sorted out, it can be accepted with --force and the reason."


def who_changed(account: str, region: str, changed: Iterable[str], since: str) -> tuple[list[Json], str | None]:
    """([{at, event, who, access_key_id, ip}] newest first, why it is not all of them).

    Of the kinds that changed, since the time of the baseline. One page for each call's name.
    """
    modules = [kinds.load(kind) for kind in changed]
    sought = sorted({(getattr(module, "HOME", region), name) for module in modules for name in module.EVENTS})
    try:
        session = observe("baseline", account, region, PERMISSIONS, step_id="actors")
        found = _by_name(session, sought, since)
    except (ClientError, BotoCoreError) as error:
        return [], clean(error)
    latest = sorted(map(_shown, found), key=lambda event: str(event["at"]), reverse=True)
    return latest[:SHOWN], None


def _by_name(session: Session, sought: list[tuple[str, str]], since: str) -> list[Json]:
    """The records of one page for each Region and name of a call."""
    pace, start = cloudtrail.Pace(), _second(since)
    named = ((region, {"AttributeKey": "EventName", "AttributeValue": name}) for region, name in sought)
    answers = (islice(cloudtrail.lookup(session, region, one, start, pace=pace), 1) for region, one in named)
    return [cloudtrail.record(event) for answer in answers for events, _ in answer for event in events]


def _second(at: str) -> datetime:
    """The whole second before: CloudTrail's times have no fractions, and StartTime cuts by them."""
    return datetime.fromisoformat(at).replace(microsecond=0)


def _shown(event: Json) -> Json:
    identity = event.get("userIdentity", {})
    return {
        "at": clean(event.get("eventTime", "")),
        "event": clean(event.get("eventName", "")),
        "who": clean(pick(event, "userIdentity.arn", identity.get("type", ""))),
        "access_key_id": clean(identity.get("accessKeyId", "")),
        "ip": clean(event.get("sourceIPAddress", "")),
        "error": clean(event["errorCode"]) if event.get("errorCode") else None,
    }


def refuse_suspects(ledger: Ledger, candidate: Json, since: str) -> None:
    """Raises PowerRefused where the principal of an open incident made changes since then, or may have made them."""
    incidents = [item["incident"] for item in ledger.incidents() if item["status"] == OPEN]
    for incident in incidents:
        if incident["account"] == candidate["account"] and (why := _suspicion(incident, candidate, since)):
            raise PowerRefused(f"Incident {incident['incident_id']} is open, and {why}. {FORCE}")


def _suspicion(incident: Json, candidate: Json, since: str) -> str | None:
    """Why its principal may have made what the candidate holds; None where that is excluded."""
    try:
        made = _changes_by(incident, candidate["region"], since)
    except (ClientError, BotoCoreError) as error:
        return f"whether its principal made these changes cannot be seen: {clean(error)}"
    if made is None:
        return "its principal's calls are not known, or too many to be read"
    if made:
        return f"its principal made changes since then: {', '.join(sorted({clean(e['eventName']) for e in made}))}"
    recorded = datetime.fromisoformat(candidate["recorded_at"])
    if datetime.now(UTC) - recorded < LAG:
        return f"CloudTrail may not show its principal's changes before {recorded + LAG:%H:%M} UTC"
    return None


def _changes_by(incident: Json, region: str, since: str) -> list[Json] | None:
    """Its changes to what a baseline holds; None where not all of its calls can be seen."""
    session = observe("baseline", incident["account"], region, PERMISSIONS, step_id="suspects")
    watched = {name for kind in kinds.names() for name in kinds.load(kind).EVENTS}
    sought = cloudtrail.attributes(incident["principal"])
    answers = [_calls(session, place, one, since) for place in cloudtrail.regions(region) for one in sought]
    if not answers or not all(whole for _, whole in answers):
        return None
    return [event for events, _ in answers for event in events if event.get("eventName") in watched]


def _calls(session: Session, region: str, sought: Json, since: str) -> tuple[list[Json], bool]:
    """(records, whether they are all)."""
    events: list[Json] = []
    more = False
    for page, more in islice(cloudtrail.lookup(session, region, sought, _second(since)), MOST_PAGES):  # noqa: B007
        events += [cloudtrail.record(event) for event in page]
    return events, not more
