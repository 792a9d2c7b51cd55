"""Records are made after the answer, in a thread of their own: kept, told to EventBridge, put into trails' buckets."""

from __future__ import annotations

import gzip
import json
import logging
import os
import queue
import threading
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from moto.cloudtrail.models import cloudtrail_backends
from moto.events.models import events_backends
from moto.s3.models import s3_backends

from deploy.local.cloudtrail.records import Record, copies, record
from deploy.local.iam import Made

log = logging.getLogger(__name__)
KEPT = 50_000
READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


class Trail:
    """Every record of this process, oldest first, and what is still to be delivered."""

    def __init__(self) -> None:
        self.kept: deque[tuple[int, Record]] = deque(maxlen=KEPT)
        self._calls: queue.Queue[Made] = queue.Queue()
        self._undelivered: list[Record] = []
        self._number = 0
        self._publishing: queue.Queue[Record] = queue.Queue()
        self._running = threading.Lock()

    def start(self) -> None:
        """The threads, once. A second start does nothing."""
        if not self._running.acquire(blocking=False):
            return
        for work in (self._write_all, self._publish_all, self._deliver_all):
            threading.Thread(target=work, name=f"cloudtrail-{work.__name__}", daemon=True).start()

    def add(self, made: Made) -> None:
        self._calls.put(made)

    def __iter__(self) -> Iterator[Record]:
        """Every record, with those of calls that were answered just now."""
        self.catch_up()
        return iter([written for _, written in list(self.kept)])

    def catch_up(self, seconds: float = 2.0) -> None:
        """Wait until each call answered so far has its record."""
        with self._calls.all_tasks_done:
            self._calls.all_tasks_done.wait_for(lambda: not self._calls.unfinished_tasks, seconds)

    def forget(self) -> None:
        self.catch_up()
        self.kept.clear()
        self._undelivered.clear()

    def _write_all(self) -> None:
        while True:
            made = self._calls.get()
            try:
                self._write(made)
            except (LookupError, ValueError, TypeError, AttributeError):
                log.exception("no CloudTrail record of %s.%s", made.request.service, made.request.name)
            finally:
                self._calls.task_done()

    def _write(self, made: Made) -> None:
        for written in copies(record(made)):
            self._number += 1
            self.kept.append((self._number, written))
            if written["managementEvent"]:
                self._undelivered.append(written)
                self._publishing.put(written)

    def _publish_all(self) -> None:
        while True:
            written = self._publishing.get()
            try:
                if is_wanted(written):
                    publish(written)
            except (AssertionError, KeyError, ValueError, TypeError):
                log.exception("no event for CloudTrail record %s", written["eventID"])

    def _deliver_all(self) -> None:
        while True:
            time.sleep(float(os.environ.get("EMBEDDED_TRAIL_SECONDS", "3")))
            try:
                self.deliver()
            except (KeyError, ValueError, TypeError, AttributeError):
                log.exception("CloudTrail files not delivered")

    def deliver(self) -> list[str]:
        """Write what is undelivered to the bucket of each trail that logs. Returns the keys written."""
        self.catch_up()
        waiting, self._undelivered = self._undelivered, []
        places: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for written in waiting:
            places[written["recipientAccountId"], written["awsRegion"]].append(written)
        return [key for place, records in places.items() for key in _deliver(*place, records)]


def is_wanted(written: Record) -> bool:
    """Whether a rule could match: there is one, and for a read-only event one that asks for those."""
    account, region = written["recipientAccountId"], written["awsRegion"]
    bus = events_backends[account][region].event_buses.get("default")
    states = {rule.state for rule in list(bus.rules.values())} if bus else set()
    return READS_TOO in states if written["readOnly"] else bool(states - {"DISABLED"})


def publish(written: Record) -> None:
    """An "AWS API Call via CloudTrail" event.

    In AWS a trail has to be logging for that; here every account is taken to have one.
    """
    from deploy.local import eventbridge

    event = {
        "source": "aws." + written["eventSource"].removesuffix(".amazonaws.com"),
        "detail-type": "AWS API Call via CloudTrail",
        "time": written["eventTime"],
        "detail": written,
    }
    eventbridge.put_service_event(event, written["recipientAccountId"], written["awsRegion"])


def _deliver(account: str, region: str, records: list[Record]) -> Iterator[str]:
    body = gzip.compress(json.dumps({"Records": records}).encode())
    for trail in _logging_trails(account, region):
        owner = s3_backends.bucket_accounts.get(trail.bucket_name)
        if owner is None:
            log.warning("trail %s: its bucket %s is gone", trail.trail_name, trail.bucket_name)
            continue
        partition, bucket_account = owner
        key = _key(trail.s3_key_prefix, account, region)
        s3_backends[bucket_account][partition].put_object(trail.bucket_name, key, body)
        yield key


def _logging_trails(account: str, region: str) -> Iterator[Any]:
    for home, backend in cloudtrail_backends[account].items():
        for trail in list(backend.trails.values()):
            here = trail.is_multi_region or home == region
            if trail.status.is_logging and here:
                yield trail


def _key(prefix: str | None, account: str, region: str) -> str:
    """Source: CloudTrail User Guide, "Finding your CloudTrail log files"."""
    now = time.gmtime()
    folder = time.strftime(f"AWSLogs/{account}/CloudTrail/{region}/%Y/%m/%d", now)
    name = f"{account}_CloudTrail_{region}_{time.strftime('%Y%m%dT%H%MZ', now)}_{uuid.uuid4().hex[:16]}.json.gz"
    return "/".join(part for part in (prefix, folder, name) if part)
