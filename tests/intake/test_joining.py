"""One incident, once, whatever comes in which order."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdas.core.errors import TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.intake import guardduty, joining
from tests.intake.responder import ACCOUNT, executions, finding
from tests.intake.test_cloudtrail import call
from tests.intake.test_cloudtrail import take as take_call

Json = dict[str, Any]
UNATTENDED = "CredentialAccess:IAMUser/CompromisedCredentials"


def of(user: str, finding_id: str = "", seen: str = "2026-11-20T07:55:00Z", kind: str = "", **changes: Any) -> Json:
    """A finding about a user, seen last at that time, as an event of its own."""
    event = finding(*([kind] if kind else []), id=finding_id or uuid.uuid4().hex)
    event["detail"]["resource"]["accessKeyDetails"] |= {"userName": user, "accessKeyId": "AKIAIOSFODNN7EXAMPLE"}
    event["detail"]["service"] |= {"eventLastSeen": seen, **changes}
    return {**event, "id": str(uuid.uuid4())}


def take(event: Json) -> Json:
    return guardduty.handler(event, None)


def close(ledger: Ledger, incident_id: str, at: str = "2026-11-20T09:00:00.000Z") -> None:
    ledger.set_status(incident_id, "closed", closed_at=at)


def said(ledger: Ledger, incident_id: str) -> str:
    return "\n".join(event["what"] for event in ledger.timeline(incident_id))


def test_another_finding_about_the_same_user_joins_the_open_incident(ledger: Ledger) -> None:
    """One incident, one execution; its timeline names the finding that joined by type and id."""
    first, other = take(of("thief")), of("thief", "b" * 32)
    told = take(other)
    assert (told["outcome"], told["incident_id"]) == ("joined", first["incident_id"])
    assert executions() == [first["incident_id"]]
    assert f"finding {'b' * 32}" in said(ledger, first["incident_id"])
    assert other["detail"]["type"] in said(ledger, first["incident_id"])


def test_a_copy_of_what_joined_says_nothing_twice(ledger: Ledger) -> None:
    """However often a joined finding is delivered, it joined once."""
    first, other = take(of("thief")), of("thief", "b" * 32)
    for _ in range(3):
        take({**other, "id": str(uuid.uuid4())})
    assert said(ledger, first["incident_id"]).count("Joined by") == 1


def test_another_user_is_another_incident(ledger: Ledger) -> None:
    """Only who is the same joins."""
    assert take(of("thief"))["incident_id"] != take(of("other"))["incident_id"]
    assert len(executions()) == 2


def test_a_call_and_a_finding_about_one_user_are_one_incident(ledger: Ledger) -> None:
    """The source does not matter: CloudTrail's caller and GuardDuty's user are the same by name."""
    first = take_call(call())
    told = take(of("thief"))
    assert (told["outcome"], told["incident_id"]) == ("joined", first["incident_id"])


def test_two_sessions_of_one_role_are_two_principals() -> None:
    """A role is many: cutting one of its sessions does nothing about another."""
    one, two = (
        {"principal": {"type": "AssumedRole", "user_name": "app", "principal_id": f"AROAX:{name}", "arn": None}}
        for name in ("i-1", "i-2")
    )
    assert joining.principal_key(one) != joining.principal_key(two)


def test_who_is_not_named_joins_nobody(ledger: Ledger) -> None:
    """Two findings that name nobody are two incidents: they may be about anybody."""
    ids = set()
    for _ in range(2):
        event = of("thief")
        event["detail"]["resource"] = {"resourceType": "AccessKey", "accessKeyDetails": {"userType": "Unknown"}}
        ids.add(take(event)["incident_id"])
    assert len(ids) == 2


def test_a_drill_and_the_real_thing_stay_apart(ledger: Ledger) -> None:
    """A real finding is not swallowed by an exercise about the same user."""
    drill = take({**of("thief"), "drill": True})
    assert take(of("thief"))["incident_id"] != drill["incident_id"]


def test_a_stronger_finding_is_not_held_up_by_a_weaker_incident(ledger: Ledger) -> None:
    """Where the policy lets more run unattended, it does, in the next incident, which later findings join."""
    weak = take(of("thief"))
    strong = take(of("thief", kind=UNATTENDED))
    assert strong["outcome"] == "incident"
    assert f"Taken over by {strong['incident_id']}" in said(ledger, weak["incident_id"])
    assert heir(ledger, weak["incident_id"]) == strong["incident_id"]
    assert heir(ledger, strong["incident_id"]) is None
    for kind in ("", UNATTENDED):
        assert take(of("thief", kind=kind))["incident_id"] == strong["incident_id"]


def test_a_takeover_that_crashed_is_told_when_the_finding_comes_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stronger incident was opened and the weaker one not told: Lambda's retry tells it, and once."""
    weak, strong = take(of("thief"))["incident_id"], of("thief", "c" * 32, kind=UNATTENDED)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(joining, "_take_over", crash)
        take(strong)
    assert heir(ledger, weak) is None
    told = [take({**strong, "id": str(uuid.uuid4())}) for _ in range(2)]
    assert heir(ledger, weak) == told[0]["incident_id"]
    assert said(ledger, weak).count("Taken over by") == 1


def crash(*_: Any) -> None:
    raise KeyboardInterrupt


def heir(ledger: Ledger, incident_id: str) -> str | None:
    return next((str(item["by"]) for item in ledger.items(incident_id, "taken_over")), None)


def test_what_recurs_after_closure_opens_a_new_incident_at_once(ledger: Ledger) -> None:
    """Neither the ledger nor Step Functions' memory of names silences a finding that goes on after the response."""
    first = take(of("thief", "a" * 32))["incident_id"]
    close(ledger, first)
    second = take(of("thief", "a" * 32, "2026-11-20T09:00:01Z", count=2))
    assert second["outcome"] == "incident"
    close(ledger, second["incident_id"], "2026-11-21T00:00:00.000Z")
    third = take(of("thief", "a" * 32, "2026-11-22T00:00:00Z", count=3))
    assert len({first, second["incident_id"], third["incident_id"]}) == 3
    assert executions() == sorted({first, second["incident_id"], third["incident_id"]})


def archived(ledger: Ledger, incident_id: str, status: str = "performed") -> None:
    """The response to it archived its finding."""
    step = {"step_id": "09-archive_finding-0a1b2c3d", "action": joining.ARCHIVING, "label": "the finding"}
    assert ledger.intend(incident_id, step, "c0ffee", ["automatic"], "perform")
    ledger.conclude(incident_id, step["step_id"], status)


def test_what_recurs_after_we_archived_it_opens_a_new_incident(ledger: Ledger) -> None:
    """GuardDuty keeps sending what was archived: our own tidying does not hide that it goes on."""
    first = take(of("thief", "a" * 32))["incident_id"]
    archived(ledger, first)
    close(ledger, first)
    late = take(of("thief", "a" * 32, count=2, archived=True))
    assert (late["outcome"], late["incident_id"]) == ("joined", first)
    second = take(of("thief", "a" * 32, "2026-11-20T09:00:01Z", count=3, archived=True))
    assert second["outcome"] == "incident"
    assert executions() == sorted({first, second["incident_id"]})


@pytest.mark.parametrize("status", [None, "failed", "undone"])
def test_what_people_archived_stays_their_decision(ledger: Ledger, status: str | None) -> None:
    """It had an incident, and it was not the response that archived it, or no longer."""
    first = take(of("thief", "a" * 32))["incident_id"]
    if status:
        archived(ledger, first, status)
    close(ledger, first)
    told = take(of("thief", "a" * 32, "2026-11-20T09:00:01Z", count=2, archived=True))
    assert told["outcome"] == "not_ours"
    assert "archived in GuardDuty" in told["reason"]


@pytest.mark.parametrize("seen", ["2026-11-20T07:55:00Z", "2026-11-20T09:00:00Z"])
def test_what_happened_before_closure_does_not_reopen(ledger: Ledger, seen: str) -> None:
    """A late copy, or an update about what the response has seen to, belongs to the closed incident."""
    first = take(of("thief", "a" * 32))["incident_id"]
    close(ledger, first)
    told = take(of("thief", "a" * 32, seen, count=9))
    assert (told["outcome"], told["incident_id"]) == ("joined", first)
    assert executions() == [first]


def test_a_finding_never_seen_before_is_not_lost_to_a_closed_incident(ledger: Ledger) -> None:
    """It may be old, but nobody has looked at it."""
    first = take(of("thief"))["incident_id"]
    close(ledger, first)
    assert take(of("thief"))["outcome"] == "incident"


def test_an_undo_long_after_does_not_move_the_closure(ledger: Ledger) -> None:
    """What happened between the response and its undo is news."""
    first = take(of("thief", "a" * 32))["incident_id"]
    close(ledger, first)
    ledger.set_status(first, "closed", report_key="of the undo")
    assert take(of("thief", "a" * 32, "2026-11-20T10:00:00Z"))["outcome"] == "incident"


@pytest.mark.parametrize("same_finding", [True, False])
def test_of_two_that_come_at_once_one_opens(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, same_finding: bool
) -> None:
    """Another delivery comes through between one's reading and its writing: there is one incident all the same."""
    mine = of("thief", "a" * 32)
    rival = of("thief", "a" * 32 if same_finding else "b" * 32)
    honest, rivals = Ledger.put_over, [rival]

    def after_the_rival(self: Ledger, *args: Any) -> bool:
        if rivals:
            take(rivals.pop())
        return honest(self, *args)

    monkeypatch.setattr(Ledger, "put_over", after_the_rival)
    take(mine)
    assert len(executions()) == 1
    assert len(list(ledger.incidents())) == 1


@pytest.mark.parametrize("broken", ["open_incident", "put_new"])
def test_a_crash_after_the_place_is_taken_is_healed_by_whoever_comes(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The place holds the whole incident: another finding about the same user finishes its opening, and joins it."""
    with monkeypatch.context() as crashing, pytest.raises(ConnectionError):
        if broken == "open_incident":
            crashing.setattr("lambdas.intake.joining.open_incident", _crash)
        else:
            crashing.setattr(Ledger, "note", _crash)
        take(of("thief", "a" * 32))
    told = take(of("thief", "b" * 32))
    assert told["outcome"] == "joined"
    assert executions() == [told["incident_id"]]
    assert take(of("thief", "a" * 32))["incident_id"] == told["incident_id"]
    assert executions() == [told["incident_id"]]


def _crash(*_: Any, **__: Any) -> None:
    raise ConnectionError


def test_an_incident_that_people_started_is_joined_too(ledger: Ledger) -> None:
    """What GuardDuty reports while an IR lead's own response runs belongs to it."""
    known = ledger.incident(take(of("thief"))["incident_id"])
    close(ledger, known["incident_id"])
    manual = {**known, "incident_id": "IR-20261120-00000000aa", "source": {**known["source"], "type": "manual"}}
    ledger.open_incident(manual)
    joining.take_place(manual, ledger)
    assert take(of("thief"))["incident_id"] == manual["incident_id"]


USERS, FINDINGS = 2, 4
DELIVER = st.tuples(st.just("deliver"), st.integers(0, FINDINGS - 1), st.integers(0, 6))
"""(which finding, how many ticks ago it was seen last): copies, updates and what is late."""
CRASH = st.tuples(st.just("crash"), st.integers(0, FINDINGS - 1), st.integers(0, 6))
CLOSE = st.tuples(st.just("close"), st.integers(0, USERS - 1), st.just(0))
START = datetime(2026, 11, 20, tzinfo=UTC)


class Memory(Ledger):
    """A ledger in a dictionary, with the same conditions, so that many orders of events can be tried."""

    def __init__(self) -> None:
        super().__init__(table="memory")
        self.rows: dict[tuple[str, str], Json] = {}

    def item(self, pk: str, sk: str) -> Json:
        if (pk, sk) not in self.rows:
            raise TargetNotFound(pk)
        return {"pk": pk, "sk": sk, **self.rows[pk, sk]}

    def items(self, pk: str, prefix: str = "") -> Iterator[Json]:
        return (self.item(*key) for key in sorted(self.rows) if key[0] == pk and key[1].startswith(prefix))

    def incidents(self) -> Iterator[Json]:
        return (self.item(*key) for key in sorted(self.rows) if key[1] == "incident")

    def put_new(self, pk: str, sk: str, facts: Json) -> bool:
        return self.rows.setdefault((pk, sk), facts) is facts

    def put_over(self, pk: str, sk: str, facts: Json, field: str, seen: Json | None) -> bool:
        before = self.rows.get((pk, sk))
        if (before and before[field]) != (seen and seen[field]):
            return False
        self.rows[pk, sk] = facts
        return True

    def set_status(self, incident_id: str, status: str, **facts: Any) -> None:
        self.rows[incident_id, "incident"] |= {"status": status, **facts}


class World:
    """A few findings about fewer users, a clock, and the rules that hold after every step."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.clock = ledger, 0
        self.users = [f"u-{uuid.uuid4().hex[:8]}" for _ in range(USERS)]
        self.ids = [uuid.uuid4().hex for _ in range(FINDINGS)]

    def at(self, tick: int, timespec: str = "seconds") -> str:
        moment = START + timedelta(seconds=tick)
        return moment.isoformat(timespec=timespec).replace("+00:00", "Z")

    def deliver(self, number: int, ago: int) -> None:
        event = of(self.users[number % USERS], self.ids[number], self.at(self.clock - ago), count=self.clock)
        told = take(event)
        assert told["outcome"] in ("incident", "joined")
        item = self.ledger.item(told["incident_id"], "incident")
        missed = item["status"] != "open" and self.at(self.clock - ago) > item["closed_at"]
        assert not missed, "what happened after closure is in no open incident"

    def crash(self, number: int, ago: int) -> None:
        event = of(self.users[number % USERS], self.ids[number], self.at(self.clock - ago))
        with pytest.MonkeyPatch.context() as crashing:
            crashing.setattr("lambdas.intake.opening.start", _crash)
            crashing.setattr("lambdas.intake.joining.start", _crash)
            try:
                take(event)
            except ConnectionError:
                return

    def close(self, user: int, _: int) -> None:
        for item in self.open_of(self.users[user]):
            close(self.ledger, item["pk"], self.at(self.clock))

    def open_of(self, user: str) -> list[Json]:
        return [i for i in self.all() if i["status"] == "open" and i["incident"]["principal"]["user_name"] == user]

    def all(self) -> list[Json]:
        return [i for i in self.ledger.incidents() if i["incident"]["principal"]["user_name"] in self.users]


@settings(max_examples=300, deadline=None)
@given(steps=st.lists(st.one_of(DELIVER, DELIVER, CRASH, CLOSE), min_size=3, max_size=25))
def test_no_order_of_events_doubles_or_loses_anything(steps: list[tuple[str, int, int]]) -> None:
    """Copies, updates, late ones, crashes, closures: one open incident a principal at most, each started, none lost."""
    started: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        ledger = in_memory(patch, started)
        world = World(ledger)
        for name, one, two in [*steps, *(("deliver", number, 0) for number in range(FINDINGS))]:
            world.clock += 1
            getattr(world, name)(one, two)
            assert all(len(world.open_of(user)) <= 1 for user in world.users)
    for user in world.users:
        assert [i["pk"] in started for i in world.open_of(user)] == [True]


def in_memory(patch: pytest.MonkeyPatch, started: set[str]) -> Memory:
    """Intake without AWS: what it starts is noted, and what it keeps in the bucket is not."""
    ledger = Memory()
    patch.setenv("MEMBER_ACCOUNTS", ACCOUNT)
    patch.setenv("FINDINGS_FROM", ACCOUNT)
    patch.setattr("lambdas.intake.delivery.Ledger", lambda: ledger)
    patch.setattr("lambdas.core.documents.write", lambda key, content: "")
    for module in ("opening", "joining"):
        patch.setattr(f"lambdas.intake.{module}.start", lambda incident: started.add(incident["incident_id"]))
    return ledger
