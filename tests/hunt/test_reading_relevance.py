"""What is kept: by what was done, by whom, and within which bounds; whatever the order and the number of processes."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunt import readers, reading
from hunt.reading import Wanted
from tests.hunt.logs import OTHER, THIEF, Json, call, counts, event, expected, file, ids, invocation, of

ROLE = "arn:aws:iam::111122223333:role/app"


def session(key: str, role: str = ROLE) -> Json:
    issuer = {"type": "Role", "arn": role, "userName": role.split("/")[-1], "principalId": "AROAEXAMPLE"}
    who = {"type": "AssumedRole", "principalId": "AROAEXAMPLE:app", "arn": f"{role}/app", "accessKeyId": key}
    return {**who, "sessionContext": {"sessionIssuer": issuer}}


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        (event("GetChatControlsConfiguration", "qbusiness"), True),
        (event("ListFoundationModels", "bedrock"), True),
        (event("CreateGateway", "bedrock-agentcore"), True),
        (event("DescribeSlackChannels", "chatbot"), True),
        (event("StopLogging", "cloudtrail"), True),
        (event("LookupEvents", "cloudtrail"), False),
        (event("AssumeRoleWithWebIdentity", "sts"), True),
        (event("GetFederationToken", "sts"), True),
        (event("GetCallerIdentity", "sts"), False),
        (event("ConsoleLogin", "signin"), True),
        (event("TagRole", "iam"), True),
        (event("GetUser", "iam"), False),
        (event("DescribeInstances", "ec2"), False),
    ],
)
def test_what_was_done_decides(record: Json, kept: bool, tmp_path: Path) -> None:
    logs = of(file(tmp_path, "a.json", {"Records": [record]}))
    assert counts(logs) == (1, int(kept), 0, 0)


@pytest.mark.parametrize(
    ("reason", "follows"),
    [
        (event("InvokeModel", "bedrock", THIEF), True),
        (event("ConverseStream", "bedrock", THIEF, errorCode="AccessDenied"), True),
        (event("DeleteGuardrail", "bedrock", THIEF, readOnly=False), True),
        (event("CreateUser", "iam", THIEF, readOnly=False), True),
        (event("ListFoundationModels", "bedrock", THIEF), False),
        (event("AssumeRole", "sts", THIEF), False),
        (event("ConsoleLogin", "signin", THIEF, readOnly=False), False),
    ],
)
def test_who_acted_is_looked_at(reason: Json, follows: bool, tmp_path: Path) -> None:
    """Whoever changed something relevant or called a model: all that they did is kept, in files before it, in the same
    and after it. Who only looked, or signed in, is not implicated."""
    for name in ("a", "c"):
        file(tmp_path, f"{name}.json", {"Records": [event(key=THIEF, eventID=name), event(eventID=f"{name}-other")]})
    file(tmp_path, "b.json", {"Records": [event(key=THIEF, eventID="b"), {**reason, "eventID": "reason"}]})
    logs = of(tmp_path)
    assert ids(logs) == (["a", "b", "c", "reason"] if follows else ["reason"])


def test_a_second_look_leaves_what_the_first_one_took(tmp_path: Path) -> None:
    """A record that was relevant by itself, before its maker was implicated, is not kept twice."""
    early = [event("ListGuardrails", "bedrock", THIEF, eventID="itself"), event(key=THIEF, eventID="left")]
    file(tmp_path, "a.json", {"Records": early})
    file(tmp_path, "b.json", {"Records": [call(eventID="call")]})
    logs = of(tmp_path)
    assert ids(logs) == ["call", "itself", "left"]
    assert counts(logs) == (3, 3, 0, 0)


def test_a_role_is_implicated_with_all_its_sessions(tmp_path: Path) -> None:
    """By its issuer: the keys of its other sessions, but not another role's; and what was kept is kept once."""
    other = session("ASIA4", "arn:aws:iam::111122223333:role/other")
    before = [event(userIdentity=session("ASIA1"), eventID="before"), event(userIdentity=other, eventID="not")]
    acts = [call(userIdentity=session("ASIA2"), eventID="call"), event(userIdentity=session("ASIA2"), eventID="same")]
    after = [event(userIdentity=session("ASIA3"), eventID="after"), event(userIdentity=session("ASIA2"), eventID="key")]
    for name, records in {"1": before, "2": acts, "3": after}.items():
        file(tmp_path, f"{name}.json", {"Records": records})
    logs = of(tmp_path)
    assert ids(logs) == ["after", "before", "call", "key", "same"]
    assert logs.records["duplicates"] == 0


def test_a_user_is_one_by_whichever_key(tmp_path: Path) -> None:
    """A user who called a model is implicated with the other keys too: so a Bedrock API key's user is found."""
    user = event(key=THIEF)["userIdentity"]
    file(tmp_path, "a.json", {"Records": [event(userIdentity=user | {"accessKeyId": OTHER}, eventID="elsewhere")]})
    file(tmp_path, "b.json", {"Records": [call(eventID="call"), event(eventID="not")]})
    assert ids(of(tmp_path)) == ["call", "elsewhere"]


@pytest.mark.parametrize("bounds", [Wanted(), Wanted(until="2026-02-28T00:00:00Z")])
def test_the_invocation_log_implicates_too(bounds: Wanted, tmp_path: Path) -> None:
    """Whom it names called a model, by user or by session; outside the period nobody is implicated by it."""
    user = event(key=THIEF)["userIdentity"]["arn"]
    records = [invocation(identity={"arn": user}), invocation(requestId="r-2", identity={"arn": f"{ROLE}/app"})]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / "a.jsonl").write_text(lines)
    early = {"eventTime": "2026-02-27T00:00:00Z"}
    theirs = [event(key=THIEF, eventID="user", **early), event(userIdentity=session("ASIA1"), eventID="role", **early)]
    file(tmp_path, "b.json", {"Records": [*theirs, event(eventID="not", **early)]})
    assert ids(of(tmp_path, wanted=bounds)) == ([] if bounds.until else ["role", "user"])


@pytest.mark.parametrize(
    "actor",
    [
        THIEF,
        f"arn:aws:iam::111122223333:user/{THIEF.lower()}",
        THIEF.lower(),
        ROLE,
        "app",
        "AROAEXAMPLE",
        f"{ROLE}/app",
    ],
)
def test_wanted_actors_are_kept_by_any_of_their_names(actor: str, tmp_path: Path) -> None:
    """Also where JSON hides the name behind an escape."""
    theirs = event(key=THIEF, eventID="theirs", userIdentity=event(key=THIEF)["userIdentity"] | {"principalId": "X"})
    if "app" in actor or "AROA" in actor:
        theirs = event(userIdentity=session("ASIA1"), eventID="theirs")
    text = json.dumps({"Records": [theirs, event(eventID="other")]})
    plain, hidden = file(tmp_path, "a.json", text), file(tmp_path, "b.json", text.replace("/", "\\/"))
    for path in (plain, hidden):
        assert ids(of(path, wanted=Wanted(actors=(actor,)))) == ["theirs"]
    assert ids(of(plain)) == []
    assert ids(of(plain, wanted=Wanted(actors=("nobody",)))) == []


def test_bounds_leave_out_and_implicate_nobody(tmp_path: Path) -> None:
    """Outside the period or the accounts nothing is kept, and nobody is implicated by it; all of it is counted."""
    records = [
        call(eventID="early", eventTime="2026-02-28T23:59:59Z"),
        event(key=THIEF, eventID="theirs"),
        call(OTHER, eventID="elsewhere", recipientAccountId="999988887777"),
        event(eventID="other"),
        call("AKIATHIRD", eventID="within"),
    ]
    path = file(tmp_path, "a.json", {"Records": records})
    logs = of(path, wanted=Wanted(since="2026-03-01T00:00:00Z", accounts=("111122223333",)))
    assert ids(logs) == ["within"]
    assert logs.records["read"] == 5
    assert logs.first == "2026-02-28T23:59:59Z"
    assert ids(of(path, wanted=Wanted(until="2026-02-28T23:59:59Z"))) == ["early"]
    assert counts(of(file(tmp_path, "b.json", invocation()), wanted=Wanted(since="2026-03-02T00:00:00Z")))[1] == 0


def test_the_same_event_in_two_regions_counts_once(tmp_path: Path) -> None:
    """A global service's event is delivered to two Regional files; irrelevant ones are not told apart."""
    for region in ("us-east-1", "eu-west-1"):
        records = [call(eventID="same"), call(eventID=region), event(eventID="irrelevant")]
        file(tmp_path, f"{region}.json", {"Records": records})
    logs = of(tmp_path)
    assert counts(logs) == (6, 3, 1, 0)
    assert ids(logs) == ["eu-west-1", "same", "us-east-1"]


def test_records_without_an_id_are_all_kept(tmp_path: Path) -> None:
    records = [call(eventID=None), call(eventID=None), call(eventID=""), call(eventID="")]
    assert counts(of(file(tmp_path, "a.json", {"Records": records}))) == (4, 4, 0, 0)


def test_coverage_is_of_all_records(tmp_path: Path) -> None:
    """Also of those that are not kept: what is missing in the logs can be told from it."""
    records = [
        call(),
        event(awsRegion="eu-west-1"),
        event("GetObject", "s3", eventCategory="Data", eventTime="2026-03-01T13:59:59Z"),
        event(recipientAccountId=None, eventCategory=None),
    ]
    logs = of(file(tmp_path, "a.json", {"Records": records}))
    assert logs.seen == {
        "event_sources": {"bedrock.amazonaws.com": 1, "ec2.amazonaws.com": 2, "s3.amazonaws.com": 1},
        "regions": {"us-east-1": 3, "eu-west-1": 1},
        "accounts": {"111122223333": 3, "unknown": 1},
        "categories": {"Management": 2, "Data": 1, "unknown": 1},
        "hours": {"2026-03-01T12": 3, "2026-03-01T13": 1},
        "kinds": {"cloudtrail": 4},
        "passed_over": {},
    }
    assert (logs.first, logs.last) == ("2026-03-01T12:00:00Z", "2026-03-01T13:59:59Z")


class Watch:
    def __init__(self) -> None:
        self.told: list[Any] = []

    def begin(self, files: int, bytes: int) -> None:  # noqa: A002
        self.told.append(("begin", files, bytes))

    def advance(self, files: int, bytes: int, records: int) -> None:  # noqa: A002
        self.told.append(("advance", files, bytes, records))

    def found(self, name: str) -> None:
        self.told.append(("found", name))


def test_progress_adds_up(tmp_path: Path) -> None:
    """Files and bytes as announced, and each watched event once."""
    paths = [file(tmp_path, f"{n}.json", {"Records": [call(), event()]}) for n in range(3)]
    watch = Watch()
    reading.read([str(tmp_path)], progress=watch)
    size = sum(path.stat().st_size for path in paths)
    assert watch.told == [("begin", 3, size), ("found", "InvokeModel"), ("advance", 3, size, 6)]


KEYS = ("AKIA1", "AKIA2", "AKIA3")
WHO = st.one_of(
    st.sampled_from(KEYS).map(lambda key: {"type": "IAMUser", "accessKeyId": key}),
    st.tuples(st.sampled_from(KEYS), st.sampled_from(["u1", "u2"])).map(
        lambda one: {"type": "IAMUser", "accessKeyId": one[0], "arn": one[1]}
    ),
    st.tuples(st.sampled_from(KEYS), st.sampled_from(["r1", "r2", "r3"])).map(lambda one: session(*one)),
    st.just({"type": "AWSService"}),
)
WHAT = st.sampled_from(
    [
        ("InvokeModel", "bedrock", True),
        ("CreateUser", "iam", False),
        ("GetUser", "iam", True),
        ("AssumeRole", "sts", True),
    ]
    + [("DescribeInstances", "ec2", True)] * 8
)
RECORDS = st.lists(st.tuples(WHO, WHAT), max_size=40).map(
    lambda made: [
        event(name, source, userIdentity=who, readOnly=reads, eventID=f"e-{n}")
        for n, (who, (name, source, reads)) in enumerate(made)
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.integers(1, 8), st.randoms(use_true_random=False))
def test_order_and_splitting_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, records: list[Json], files: int, chance: random.Random
) -> None:
    """However the records are spread over files, what is kept is what the plain rule keeps, each once."""
    folder = tmp_path_factory.mktemp("logs")
    chance.shuffle(records)
    for n in range(files):
        file(folder, f"{n}.json", {"Records": records[n::files]})
    logs = of(folder)
    wanted = expected(records)
    assert ids(logs) == sorted(wanted)
    assert counts(logs) == (len(records), len(wanted), 0, 0)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are started for little, and given one file at a time."""
    monkeypatch.setattr(readers, "FEW", 0)
    monkeypatch.setattr(reading, "BATCH_FILES", 1)


@pytest.mark.usefixtures("many")
def test_processes_give_the_same(tmp_path: Path) -> None:
    """What one process learns, the other's earlier files are looked at again for."""
    chance = random.Random(7)
    keys = [f"AKIA{n}" for n in range(20)]
    records = [event(key=chance.choice(keys), eventID=str(n)) for n in range(2_000)]
    records += [call(key, eventID=f"call-{key}") for key in keys[:5]]
    chance.shuffle(records)
    for n in range(40):
        file(tmp_path, f"{n:02}.json", {"Records": records[n::40]})
    file(tmp_path, "broken.jsonl", "{\n{}\n")
    file(tmp_path, "LICENSE", "words")
    logs = of(tmp_path)
    wanted = expected(records)
    assert ids(logs) == sorted(wanted)
    assert counts(logs) == (2_007, len(wanted), 0, 1)
    assert [Path(one["file"]).name for one in logs.skipped_files] == ["LICENSE"]
    assert [Path(one["file"]).name for one in logs.malformed] == ["broken.jsonl"]
