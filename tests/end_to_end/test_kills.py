"""kill -9 of the processes of `responder local` while they respond: what was begun ends, or is resumed; nothing twice.

`python -m tests.end_to_end.test_kills 30 100` sweeps over 30 seeds from 100 on, and tells how each ended.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import APPROVERS, SECOND, Scene, get

Json = dict[str, Any]

KINDS = ("intake-guardduty", "observe", "contain", "notify", "ask", "page", "eradicate", "report", "undo", "undo-plan")
"""Every function of a response and of an undo, by its name behind the prefix."""
KILLS = 6
KEY = "iam.deactivate_access_key"


class Killer(threading.Thread):
    """Kills the processes of random functions at random moments, until it is told to stop or has killed enough."""

    def __init__(self, aws: EmbeddedAws, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.aws, self.chance = aws, chance
        self.killed: list[str] = []
        self.over = threading.Event()

    def run(self) -> None:
        while len(self.killed) < KILLS and not self.over.wait(self.chance.uniform(0.05, 1.5)):
            living = self.living()
            kind = self.chance.choice(sorted(living)) if living else ""
            for pid in living.get(kind, ()):
                self.killed.append(kind)
                os.kill(pid, signal.SIGKILL)

    def living(self) -> dict[str, list[int]]:
        """The processes of this embedded AWS that run functions, by kind."""
        found: dict[str, list[int]] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            if kind := self._kind(folder):
                found.setdefault(kind, []).append(int(folder.name))
        return found

    def _kind(self, folder: Path) -> str:
        try:
            words = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            return ""
        if not any(self.aws.endpoint.encode() in word for word in words):
            return ""
        names = [f"AWS_LAMBDA_FUNCTION_NAME=responder-{kind}".encode() for kind in KINDS]
        return next((kind for kind, name in zip(KINDS, names, strict=True) if name in words), "")


class Attack:
    """Theft, deleted logging and a rogue agent; the response under fire, then the undo of the key under fire."""

    def __init__(self, aws: EmbeddedAws, seed: int) -> None:
        self.scene = Scene(aws)
        self.logging = self.scene.keep_logs()
        self.scene.delete_logging()
        self.agent = self.scene.make_agent()
        self.resumed = self.redriven = 0
        self.killer = Killer(aws, random.Random(seed))
        self.killer.start()
        self.incident_id = self._respond()
        self.killer.over.set()
        self.killer.join()

    def _respond(self) -> str:
        self.scene.aws.fire(self.scene.finding())
        self.incident_id = self._opened()
        while not self._ended("closed"):
            self._resume()
        return self.incident_id

    def _opened(self) -> str:
        """What intake made of the finding; out of the dead-letter queue where every try of it was killed."""
        for _ in range(5):
            try:
                return str(self.scene.outcome(10)["incident_id"])
            except AssertionError:
                self._redrive()
        raise AssertionError("the finding is lost")

    def _redrive(self) -> None:
        self.redriven += 1
        sqs, queue = self.scene.aws.client("sqs"), self.scene.aws.outputs["DeadLetterQueue"]
        for message in sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0).get("Messages", []):
            if self._tried("IntakeGuardDutyFunction", {"Records": [{"body": message["Body"]}]}):
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    def _tried(self, function: str, event: Json) -> bool:
        """Whether it answered: a killed function does not."""
        try:
            self.scene.invoke(function, event)
        except AssertionError:
            return False
        return True

    def _ended(self, wanted: str) -> bool:
        """Answer what is asked until no execution of the incident runs; whether it is as wanted then."""
        answered: set[str] = set()
        end = time.monotonic() + 120
        while self._running() and time.monotonic() < end:
            for link in {link for address in APPROVERS for link in self.scene.links(address)} - answered:
                answered |= {link} if self._approved(link) else set()
            time.sleep(0.2)
        item = self.scene.items(self.incident_id, "incident")[0]
        return bool(item["status"] == wanted)

    def _running(self) -> bool:
        return any(
            e["status"] == "RUNNING" for e in self.scene.aws.executions() if e["name"].startswith(self.incident_id)
        )

    def _approved(self, link: str) -> bool:
        """One visit of the page, as a person would: again later where it does not answer."""
        if get(link)[0] >= 500:
            return False
        try:
            return self.scene.answer(link)[0] < 500
        except AssertionError:
            return get(link)[0] in (409, 410)

    def _resume(self) -> None:
        self.resumed += 1
        assert self.resumed < 6, "it does not end, however often it is resumed"
        request = {"incident_id": self.incident_id, "requested_by": "lead@example.com", "requester_arn": None}
        answer = self.scene.invoke("ResumeFunction", request)
        assert answer["started"], answer

    def check(self) -> None:
        scene, steps = self.scene, self.scene.steps(self.incident_id)
        assert {step["status"] for step in steps.values()} == {"performed"}, steps
        assert (scene.key_status(), scene.logging(), scene.agent_status()) == ("Inactive", self.logging, None)
        changes = [c for c in scene.aws.api_calls() if c["eventName"] == "UpdateAccessKey" and "errorCode" not in c]
        assert sum(c["requestParameters"]["accessKeyId"] == scene.key_id for c in changes) == 1
        (case,) = [c for c in self._cases() if f"[IR:{self.incident_id}]" in c["subject"]]
        assert case["status"] != "resolved"

    def _cases(self) -> list[Json]:
        pages = self.scene.there("support").get_paginator("describe_cases").paginate(includeResolvedCases=True)
        return [case for page in pages for case in page["cases"]]

    def undo(self) -> None:
        """Give the key back while the undo is killed; asked for again where it failed."""
        self.killer = Killer(self.scene.aws, self.killer.chance)
        self.killer.start()
        request = {"incident_id": self.incident_id, "requested_by": "lead@example.com", "requester_arn": None}
        wanted = {"step_ids": [self.scene.steps(self.incident_id)[KEY]["step_id"]], "reason": "The key is clean."}
        assert any(self._tried("UndoPlanFunction", {**request, **wanted}) for _ in range(5))
        while not self._ended("closed") or self.scene.steps(self.incident_id)[KEY]["status"] != "undone":
            self._resume()
        self.killer.over.set()
        self.killer.join()
        assert self.scene.key_status() == "Active"


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_killed_the_incident_ends_and_nothing_is_done_twice(aws: EmbeddedAws, seed: int) -> None:
    """Six kills of random functions in a response and six in its undo: each is finished, or resumed to its end."""
    attack = Attack(aws, seed)
    attack.check()
    attack.undo()
    attack.scene.clear()


def sweep(seeds: int, first: int = 100) -> None:
    """By seed: which functions were killed, and how often the incident had to be resumed."""
    settings = {"FirstApprovers": ",".join(APPROVERS), "SecondApprovers": SECOND, "CloudTrailTriggers": "DISABLED"}
    killed: Counter[str] = Counter()
    with EmbeddedAws() as aws:
        aws.deploy({**settings, "MaxAutomaticPerHour": "1000", "FirstSeconds": "60", "SecondSeconds": "60"})
        for seed in range(first, first + seeds):
            attack = Attack(aws, seed)
            hit = list(attack.killer.killed)
            attack.check()
            attack.undo()
            attack.scene.clear()
            hit += attack.killer.killed
            killed.update(hit)
            print(seed, "resumed", attack.resumed, "redriven", attack.redriven, "killed", " ".join(hit), flush=True)
    print(seeds, "incidents ended;", dict(killed.most_common()))


if __name__ == "__main__":
    sweep(*map(int, sys.argv[1:]))
