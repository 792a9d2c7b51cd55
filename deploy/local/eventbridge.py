"""EventBridge: events reach the targets of the rules that match them.

Gaps in moto: patterns do not look into lists of objects. Lambda functions and state machines are no targets; disabled
rules deliver; what fails is not sent to the dead-letter queue; anyone may put events with a source that only AWS
services have; rules on a schedule never fire.

Not supported, and said so in the log: cron() schedules and targets other than lambda, states, sqs, sns (and moto's
own log groups, archives and buses).
"""

import copy
import json
import logging
import re
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.events.models import EventsBackend, Rule, events_backends
from moto.events.responses import EventsHandler

from deploy.local.event_delivery import SENDERS, Delivery
from deploy.local.model_service import ApiError

LOG = logging.getLogger(__name__)
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
REQUEST_BYTES = 256 * 1024
ENTRIES = 10
# A rule of state ENABLED does not see what only reads; one of this state does.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
ALL_MANAGEMENT_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
UNIT_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
DELIVERIES_AT_ONCE = 16


class EventBus:
    """Rules, deliveries under way and schedules of this process."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.deliveries = ThreadPoolExecutor(DELIVERIES_AT_ONCE, thread_name_prefix="eventbridge")
        self.due: dict[tuple[str, str], float] = {}

    def publish(self, backend: EventsBackend, bus: str, event: dict[str, Any]) -> int:
        """Send an event to every rule of a bus that matches it. Returns to how many targets it goes."""
        rules = list(backend.describe_event_bus(bus).rules.values())
        return sum(self.send(rule, event) for rule in rules if matches(rule, event))

    def send(self, rule: Rule, event: dict[str, Any]) -> int:
        for target in rule.targets:
            if target["Arn"].split(":")[2] in SENDERS:
                self.deliveries.submit(_logged, Delivery(rule, dict(target), copy.deepcopy(event), self.endpoint))
            else:
                self._by_moto(rule, target, event)
        return len(rule.targets)

    def _by_moto(self, rule: Rule, target: dict[str, Any], event: dict[str, Any]) -> None:
        alone = copy.copy(rule)
        alone.targets = [target]
        at = datetime.fromisoformat(event["time"]).timestamp()
        try:
            _moto_send(alone, {**event, "time": at, "ingestion-time": at})
        except NotImplementedError:
            LOG.warning("rule %s: the embedded AWS cannot deliver to %s", rule.name, target["Arn"])

    def run_schedules(self) -> None:
        """Fire rate() rules when they are due, counted from when each was first seen."""
        while True:
            for rule in _scheduled_rules():
                self._fire_if_due(rule)
            time.sleep(1)

    def _fire_if_due(self, rule: Rule) -> None:
        key, now = (rule.arn, str(rule.scheduled_expression)), time.monotonic()
        period = rate_seconds(str(rule.scheduled_expression))
        if key not in self.due:
            self.due[key] = now + (period or 0)
            if period is None:
                LOG.error("rule %s: the embedded AWS does not run %s", rule.name, rule.scheduled_expression)
        elif period is not None and now >= self.due[key]:
            self.due[key] = now + period
            if rule.state != "DISABLED":
                self.send(rule, scheduled_event(rule))


_moto_send = Rule.send_to_targets
_bus: EventBus | None = None


def _logged(delivery: Delivery) -> None:
    """A fault of the emulator in a thread of its own would otherwise be silent."""
    try:
        delivery.run()
    except (LookupError, TypeError, ValueError, AttributeError):
        LOG.exception("rule %s: event lost by a fault of the embedded AWS", delivery.rule.name)


def matches(rule: Rule, event: dict[str, Any]) -> bool:
    """Whether an enabled rule's pattern matches. A rule with a schedule only has none."""
    if rule.state == "DISABLED" or not rule.event_pattern.get_pattern():
        return False
    if only_reads(event) and rule.state != ALL_MANAGEMENT_EVENTS:
        return False
    return rule.event_pattern.matches_event(columns(event))


def columns(value: Any) -> Any:
    """A list of objects as one object of lists, which is how EventBridge looks into arrays. moto does not look in.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
    """
    if isinstance(value, dict):
        return {name: columns(inner) for name, inner in value.items()}
    if isinstance(value, list) and value and all(isinstance(inner, dict) for inner in value):
        names = {name for inner in value for name in inner}
        return {name: columns(_gathered([inner[name] for inner in value if name in inner])) for name in sorted(names)}
    return value


def _gathered(values: list[Any]) -> list[Any]:
    return [part for value in values for part in (value if isinstance(value, list) else [value])]


def only_reads(event: dict[str, Any]) -> bool:
    """A management event of CloudTrail for a call that changes nothing."""
    from_trail = event["detail-type"].endswith("via CloudTrail")
    return from_trail and str(event["detail"].get("readOnly")).lower() == "true"


def rate_seconds(expression: str) -> int | None:
    found = RATE.fullmatch(expression)
    return int(found[1]) * UNIT_SECONDS[found[2]] if found else None


def _scheduled_rules() -> Iterator[Rule]:
    for _, _, backend in list(events_backends.iter_backends()):
        for bus in list(backend.event_buses.values()):
            yield from (rule for rule in list(bus.rules.values()) if rule.scheduled_expression)


def scheduled_event(rule: Rule) -> dict[str, Any]:
    return envelope(
        {"source": "aws.events", "detail-type": "Scheduled Event", "resources": [rule.arn], "detail": {}},
        rule.account_id,
        rule.region_name,
    )


def envelope(event: dict[str, Any], account: str, region: str) -> dict[str, Any]:
    """An event with every field that EventBridge gives it."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    given = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "account": account,
        "time": now,
        "region": region,
        "resources": [],
    }
    return {**given, **event}


def put_service_event(event: dict[str, Any], account: str, region: str) -> int:
    """Bring in an event of an AWS service, on the default bus. Returns to how many targets it goes.

    Raises ValueError for an event without source, detail-type or detail, and for one above 256 KB.
    """
    missing = [name for name in ("source", "detail-type", "detail") if not isinstance(event.get(name), str | dict)]
    if missing:
        raise ValueError(f"not an event: it has no {', '.join(missing)}")
    size = len(json.dumps(event).encode())
    if size > REQUEST_BYTES:
        raise ValueError(f"the event has {size} bytes; EventBridge takes {REQUEST_BYTES}")
    assert _bus is not None, "install() comes first"
    return _bus.publish(events_backends[account][region], "default", envelope(event, account, region))


def fire(event: dict[str, Any]) -> int:
    """As put_service_event, on the responder's own bus; a finding is also put into the emulated GuardDuty."""
    _remember_finding(event)
    return put_service_event(event, DEFAULT_ACCOUNT_ID, str(event.get("region") or "us-east-1"))


def _remember_finding(event: dict[str, Any]) -> None:
    """A finding that GuardDuty's administrator tells of (`account` of the event) is the member's own as well."""
    detail = _lower_camel(event.get("detail"))
    if event.get("source") == "aws.guardduty" and isinstance(detail, dict) and {"id", "accountId"} <= set(detail):
        from deploy.local.services import guardduty

        attacked, region = str(detail["accountId"]), str(detail.get("region") or "us-east-1")
        sender = str(event.get("account") or attacked)
        guardduty.remember(detail, sender, region)
        if sender != attacked:
            guardduty.remember(guardduty.as_members_own(detail), attacked, region)


def _lower_camel(value: Any) -> Any:
    """Samples found in the wild have GetFindings' PascalCase, which EventBridge never sends."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: _lower_camel(inner) for name, inner in value.items()}
    return [_lower_camel(inner) for inner in value] if isinstance(value, list) else value


def _put_events(self: EventsHandler) -> str:
    entries = self._get_param("Entries")
    _refuse_request(entries)
    answers = [_put(self.events_backend, entry) for entry in entries]
    return json.dumps({"FailedEntryCount": sum("ErrorCode" in answer for answer in answers), "Entries": answers})


def _refuse_request(entries: list[dict[str, Any]]) -> None:
    if len(entries) > ENTRIES:
        raise ApiError(
            "ValidationException",
            "1 validation error detected: Value '[PutEventsRequestEntry]' at 'entries' failed to satisfy constraint: "
            f"Member must have length less than or equal to {ENTRIES}",
        )
    if sum(map(entry_bytes, entries)) > REQUEST_BYTES:
        raise ApiError("ValidationException", "Total size of the entries in the request is over the limit.")


def entry_bytes(entry: dict[str, Any]) -> int:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html"""
    texts = [entry.get(name) or "" for name in ("Source", "DetailType", "Detail")] + (entry.get("Resources") or [])
    return sum(len(text.encode()) for text in texts) + (14 if entry.get("Time") else 0)


def _put(backend: EventsBackend, entry: dict[str, Any]) -> dict[str, str]:
    refusal = _refusal(entry)
    if refusal:
        return refusal
    event = envelope(
        {
            "source": entry["Source"],
            "detail-type": entry["DetailType"],
            "resources": entry.get("Resources") or [],
            "detail": json.loads(entry["Detail"]),
        },
        backend.account_id,
        backend.region_name,
    )
    if entry.get("Time"):
        event["time"] = datetime.fromtimestamp(float(entry["Time"]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert _bus is not None, "install() comes first"
    _bus.publish(backend, (entry.get("EventBusName") or "default").split("/")[-1], event)
    return {"EventId": event["id"]}


def _refusal(entry: dict[str, Any]) -> dict[str, str] | None:
    """Why one entry is not taken, as AWS answers it."""
    for name in ("Source", "DetailType", "Detail"):
        if not entry.get(name):
            message = f"Parameter {name} is not valid. Reason: {name} is a required argument."
            return {"ErrorCode": "InvalidArgument", "ErrorMessage": message}
    if entry["Source"].startswith("aws."):
        return {"ErrorCode": "NotAuthorizedForSource", "ErrorMessage": "Not authorized for the source."}
    if not _is_object(entry["Detail"]):
        return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
    return None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def install(endpoint: str) -> None:
    """Deliver from now on. `endpoint` is where state machines are started."""
    global _bus
    _bus = EventBus(endpoint)
    EventsHandler.put_events = _put_events
    threading.Thread(target=_bus.run_schedules, name="eventbridge-schedules", daemon=True).start()
