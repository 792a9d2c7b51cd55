"""1,000 findings for 100 principals at once: is each principal one incident, contained once, and nothing lost?

All of it passes through the embedded AWS: EventBridge delivers, the intake's processes join, real executions contain.
What became of it is read back from the ledger, from IAM, from the decisions of IAM and from the dead-letter queue.
"""

from __future__ import annotations

import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from benchmarks.embedded import deployed
from benchmarks.figures import exactly, figure
from deploy.local.stack import EmbeddedAws
from lambdas.core.ledger import Ledger
from tests.end_to_end.scene import Scene

Json = dict[str, Any]
PRINCIPALS, EACH = 100, 10
SENDERS = 8
PATIENCE_SECONDS = 420.0
LOOK_SECONDS = 1.0
CONTAINS = "iam:UpdateAccessKey"


class Outcome(NamedTuple):
    """What became of a flood, as it was read back: counts, and the seconds from the first event to the last change."""

    incidents: int
    lost: int
    contained: int
    doubled: int
    dead_letters: int
    seconds: float


class Flood:
    """So many thieves, each with a stolen key that has called Bedrock, and so many findings about each of them."""

    def __init__(self, aws: EmbeddedAws, principals: int, each: int) -> None:
        self.aws = aws
        self.ledger = Ledger(aws.client("dynamodb"), aws.outputs["LedgerTable"])
        self.scenes = [Scene(aws) for _ in range(principals)]
        for scene in self.scenes:
            scene.steal("bedrock").list_foundation_models()
        # Round robin: the findings about one principal come from all sides at the same time.
        self.findings = [_another(scene) for _ in range(each) for scene in self.scenes]
        self.belongs: dict[str, str | None] = {}
        self.dead_before = self._dead_letters()

    def run(self, patience: float = PATIENCE_SECONDS) -> Outcome:
        """Fire all of it, wait until every response has ended, and read back."""
        began = datetime.now(UTC)
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(self.aws.fire, self.findings))
        until = time.monotonic() + patience
        while not (self._all_heard() and self._over()) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        return self._outcome(began)

    def _all_heard(self) -> bool:
        """Has intake spoken of each finding? In their order, so that little is asked while it is at work."""
        for finding in self.findings[len(self.belongs) :]:
            finding_id = finding["detail"]["id"]
            item = next(self.ledger.items(f"intake#{finding_id}"), None)
            if item is None:
                return False
            self.belongs[finding_id] = item["incident_id"]
        return True

    def _over(self) -> bool:
        running = {e["name"] for e in self.aws.executions() if e["status"] == "RUNNING"}
        return not running & set(self.belongs.values())

    def _incidents(self) -> set[str]:
        """By the ledger, whoever spoke of them."""
        names = {scene.name for scene in self.scenes}
        return {item["pk"] for item in self.ledger.incidents() if item["incident"]["principal"]["user_name"] in names}

    def _outcome(self, began: datetime) -> Outcome:
        incidents = self._incidents()
        lost = [f for f in self.findings if self.belongs.get(f["detail"]["id"]) not in incidents]
        changes = self._containments()
        last = max((datetime.fromisoformat(at) for times in changes.values() for at in times), default=began)
        return Outcome(
            incidents=len(incidents),
            lost=len(lost),
            contained=sum(scene.key_status() == "Inactive" for scene in self.scenes),
            doubled=sum(len(times) > 1 for times in changes.values()) + self._performed_twice(incidents),
            dead_letters=self._dead_letters() - self.dead_before,
            seconds=(last - began).total_seconds(),
        )

    def _containments(self) -> dict[str, list[str]]:
        """By user: when IAM let the responder deactivate the key."""
        found: dict[str, list[str]] = {scene.name: [] for scene in self.scenes}
        for decision in self.aws.decisions():
            user = decision["resource"].rsplit("/", 1)[-1]
            if decision["action"] == CONTAINS and decision["allowed"] and user in found:
                found[user].append(decision["at"])
        return found

    def _performed_twice(self, incidents: set[str]) -> int:
        """Users about whom more than one step says that it changed something."""
        performed = Counter(
            step["label"]
            for incident in incidents
            for step in self.ledger.steps(incident)
            if step["action"] == "iam.deactivate_access_key" and step["status"] == "performed"
        )
        return sum(count > 1 for count in performed.values())

    def _dead_letters(self) -> int:
        queue = self.aws.client("sqs").get_queue_attributes(
            QueueUrl=self.aws.outputs["DeadLetterQueue"], AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(queue["Attributes"]["ApproximateNumberOfMessages"])


def measure() -> list[Json]:
    with deployed() as aws:
        flood = Flood(aws, PRINCIPALS, EACH)
        with _memory(aws) as memory:
            outcome = flood.run()
    return [*_told(outcome), *_of_memory(memory)]


def _told(outcome: Outcome) -> list[Json]:
    what = f"{PRINCIPALS * EACH:,} findings for {PRINCIPALS} principals at once: "
    return [
        exactly(what + "incidents", outcome.incidents, "incidents", PRINCIPALS),
        exactly(what + "findings lost", outcome.lost + outcome.dead_letters, "findings", 0),
        exactly(what + "principals not contained", PRINCIPALS - outcome.contained, "principals", 0),
        exactly(what + "principals contained twice", outcome.doubled, "principals", 0),
        figure(what + "to the last containment", outcome.seconds, "s"),
    ]


def _of_memory(seen: list[tuple[float, float]]) -> list[Json]:
    before, (server, whole) = seen[0], (max(column) for column in zip(*seen, strict=True))
    return [
        figure("embedded AWS under that load: peak memory of the server", server, "MB"),
        figure("embedded AWS under that load: the server's peak over its memory before", server / before[0], "ratio"),
        figure("embedded AWS under that load: peak memory with every function's process", whole, "MB"),
    ]


@contextmanager
def _memory(aws: EmbeddedAws) -> Iterator[list[tuple[float, float]]]:
    """(the server, the server and its children) in MB of resident memory: now, and then once a second."""
    seen, over = [_resident(aws.pid)], threading.Event()

    def watch() -> None:
        while not over.wait(1):
            seen.append(_resident(aws.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _resident(server: int) -> tuple[float, float]:
    """Pages that processes share are counted for each of them, so that the sum is somewhat too high."""
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    own = sum(rss for pid, _, rss in rows if pid == server)
    return own / 1024, (own + sum(rss for _, parent, rss in rows if parent == server)) / 1024


def _another(scene: Scene) -> Json:
    """One more finding about this thief, which GuardDuty is sure of."""
    scene.finding_id = uuid.uuid4().hex
    return scene.finding()
