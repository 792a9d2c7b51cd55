"""What the logs answer about an incident is evidence like the rest; where they cannot be asked, that is a gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.local.model_service import state_of
from lambdas.core import documents
from lambdas.core.errors import Unsettled
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from lambdas.evidence import artefacts, asking, cloudtrail, preserve, questions
from lambdas.intake import guardduty
from tests.intake import responder
from tests.intake.responder import finding, refusing
from tests.local import athena_logs
from tests.local.athena_logs import call

Json = dict[str, Any]
Deliver = Callable[..., dict[str, int]]
NOW = datetime.now(UTC)
ASKED = sorted(f"08-query-{question.id}" for question in questions.questions())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    monkeypatch.setattr(cloudtrail, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(artefacts, "BETWEEN_LOOKS_SECONDS", 0)
    responder.cloudtrail([])


def ago(**span: float) -> str:
    return (NOW - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def opened(**details: Any) -> Json:
    seen = {"eventFirstSeen": ago(minutes=10), "eventLastSeen": ago(minutes=5)}
    event = finding()
    event["detail"]["service"] |= seen
    event["detail"]["resource"]["accessKeyDetails"] |= details
    return {"incident": {"incident_id": guardduty.handler(event, None)["incident_id"]}, "pass": "rest"}


def preserved(given: Json | None = None) -> Json:
    manifest: Json = documents.read_json(preserve.handler(given or opened(), None)["manifest"])
    validate("manifest", manifest)
    return manifest


def queries_in(manifest: Json) -> dict[str, Json]:
    """The artefacts of questions by name, as they are stored."""
    entries = [entry for entry in manifest["artefacts"] if entry["name"].startswith("08-")]
    return {entry["name"]: documents.read_json(entry["key"]) for entry in entries}


def whys(manifest: Json) -> dict[str, str]:
    return {gap["what"]: gap["why"] for gap in manifest["gaps"] if gap["what"].startswith("athena")}


def test_every_answer_is_kept_with_its_question(logs: Deliver) -> None:
    """SQL, parameters, execution, bytes and rows stand in the artefact, whose own hash stands in the manifest."""
    sizes = logs(call("InvokeModel", ago(minutes=8)), call("ListAgents", ago(minutes=7)))
    manifest = preserved()
    assert sorted(queries_in(manifest)) == ASKED
    assert whys(manifest) == {}
    found = queries_in(manifest)["08-query-access_key_activity"]
    content = found["content"]
    assert content["question"] == "What did this access key do?"
    assert [row["eventname"] for row in content["rows"]] == ["InvokeModel", "ListAgents"]
    assert content["parameters"][-1] == "'AKIAIOSFODNN7EXAMPLE'" and "?" in content["sql"]
    assert content["bytes_scanned"] == sum(sizes.values())
    execution = own_client("athena").get_query_execution(QueryExecutionId=content["query_execution_id"])
    assert execution["QueryExecution"]["Query"] == content["sql"]
    assert (found["calls"], found["session"]) == (list(asking.CALLS), "responder-observe/observe")
    for entry in manifest["artefacts"]:
        assert sha256(documents.read(entry["key"])) == entry["sha256"]


def test_only_the_days_of_the_incident_are_read(logs: Deliver) -> None:
    """From the day before the first reported call on: what is older is neither answered nor paid for."""
    old, new = call("Old", ago(days=9)), call("New", ago(minutes=8))
    sizes = logs(old, new)
    content = queries_in(preserved())["08-query-access_key_activity"]["content"]
    folder = athena_logs.trail_folder(new)
    assert [row["eventname"] for row in content["rows"]] == ["New"]
    assert content["bytes_scanned"] == sizes[f"{folder}/records.json.gz"]


def test_a_rerun_asks_nothing_twice(logs: Deliver) -> None:
    """What was answered stands, even if the logs have more by now."""
    logs(call("InvokeModel", ago(minutes=8)))
    given = opened()
    first = preserved(given)
    logs(call("InvokeModel", ago(minutes=8)), call("Later", ago(minutes=1)))
    assert preserved(given) == first


def test_after_a_crash_the_answers_that_were_kept_are_the_ones(logs: Deliver, ledger: Ledger) -> None:
    """A pass that broke off before its manifest goes on with the same answers."""
    logs(call("InvokeModel", ago(minutes=8)))
    given = opened()
    crashed = preserve.preserve(ledger.incident(given["incident"]["incident_id"]), "rest", ledger)
    logs(call("InvokeModel", ago(minutes=8)), call("Later", ago(minutes=1)))
    assert preserved(given)["artefacts"] == crashed["artefacts"]


def test_a_responder_that_knows_no_logs_says_so(ledger: Ledger) -> None:
    """Without Athena the pass succeeds, and one gap tells an IR lead which parameters are missing."""
    manifest = preserved()
    assert queries_in(manifest) == {}
    assert whys(manifest) == {"athena": preserve.NOT_CONFIGURED}
    assert "TrailBucket" in preserve.NOT_CONFIGURED and "InvocationLogBucket" in preserve.NOT_CONFIGURED


def test_logs_that_are_not_known_cost_only_their_questions(logs: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a trail and without invocation logs, the trail's questions are answered and the others named."""
    monkeypatch.setenv("QUERY_TABLES", "cloudtrail_logs")
    logs(call("InvokeModel", ago(minutes=8)))
    manifest = preserved()
    assert "08-query-access_key_activity" in queries_in(manifest)
    assert "parameter InvocationLogBucket" in whys(manifest)["athena: tokens_by_caller"]
    assert "08-query-tokens_by_caller" not in queries_in(manifest)


def test_a_question_without_its_input_is_named(logs: Deliver) -> None:
    """Where the incident knows no access key, what needs one is not asked, and the gap says what is missing."""
    manifest = preserved(opened(accessKeyId="none"))
    assert whys(manifest)["athena: access_key_activity"] == "Not asked: the incident does not give its access_key_id."
    assert "08-query-watched_events" in queries_in(manifest)


def test_who_acted_is_iams_own_word(logs: Deliver) -> None:
    """The ARN that questions ask for is the one that the first pass read, with the user's path."""
    own_client("iam").create_user(UserName="thief", Path="/team/")
    arn = f"arn:aws:iam::{athena_logs.ACCOUNT}:user/team/thief"
    who = {"type": "IAMUser", "arn": arn, "accountId": athena_logs.ACCOUNT, "accessKeyId": "AKIAIOSFODNN7EXAMPLE"}
    logs(call("CreateAccessKey", ago(minutes=8), eventSource="iam.amazonaws.com", userIdentity=who))
    given = opened()
    preserve.handler({**given, "pass": "first"}, None)
    content = queries_in(preserved(given))["08-query-iam_persistence"]["content"]
    assert f"'{arn}'" in content["parameters"]
    assert len(content["rows"]) == 1


def gone(monkeypatch: pytest.MonkeyPatch) -> None:
    s3 = own_client("s3")
    for bucket in (athena_logs.TRAIL, athena_logs.INVOCATIONS):
        s3.delete_bucket(Bucket=bucket)


def unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    key = f"{athena_logs.trail_folder(call(at=ago(minutes=1)))}/broken.json.gz"
    own_client("s3").put_object(Bucket=athena_logs.TRAIL, Key=key, Body=b"\x1f\x8bnothing")


def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    own_client.cache_clear()
    refusing("athena", "StartQueryExecution")


def without_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_WORKGROUP", "gone")


def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more bytes than the least limit that there is."""
    key = f"{athena_logs.trail_folder(call(at=ago(minutes=1)))}/large.json"
    own_client("s3").put_object(Bucket=athena_logs.TRAIL, Key=key, Body=b"x" * 10_000_001)
    state_of("athena", athena_logs.ACCOUNT, athena_logs.REGION)["groups"][athena_logs.GROUP]["Configuration"][
        "BytesScannedCutoffPerQuery"
    ] = 10_000_000


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (gone, "Athena: HIVE_METASTORE_ERROR: The specified bucket does not exist"),
        (unreadable, "Athena: HIVE_BAD_DATA: Error reading s3://example-trail/"),
        (denied, "AccessDeniedException"),
        (without_group, "WorkGroup is not found"),
        (limited, "Athena: Bytes scanned limit was exceeded"),
    ],
)
def test_what_goes_wrong_is_a_gap_and_no_more(
    logs: Deliver, monkeypatch: pytest.MonkeyPatch, harm: Callable[..., None], said: str
) -> None:
    """Each question that could not be asked is named with the reason, and the rest of the pass is kept."""
    given = opened()
    harm(monkeypatch)
    manifest = preserved(given)
    own_client.cache_clear()
    assert said in whys(manifest)["athena: access_key_activity"]
    assert {"05-inventory", "06-credential_report"} <= {entry["name"] for entry in manifest["artefacts"]}


@contextmanager
def no_time_for_athena(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An answer is looked for once. The event history, which is read beside it, has all the time that it needs."""
    look = asking.answer
    with monkeypatch.context() as patched:
        patched.setattr(asking, "answer", lambda question, execution_id, deadline: look(question, execution_id, 0.0))
        yield


def test_while_athena_searches_the_pass_is_called_again(logs: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt that ends before the queries do raises Unsettled, and the next one has their answers."""
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "1")
    logs(call("InvokeModel", ago(minutes=8)))
    given = opened()
    with no_time_for_athena(monkeypatch), pytest.raises(Unsettled, match="Athena still searches"):
        preserve.handler(given, None)
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "0")
    assert sorted(queries_in(preserved(given))) == ASKED


def test_a_query_that_takes_too_long_is_stopped(logs: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the patience is at its end the queries are stopped, named, and cost no more."""
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "60")
    monkeypatch.setattr(questions, "PATIENCE_SECONDS", 0)
    with no_time_for_athena(monkeypatch):
        manifest = preserved()
    assert whys(manifest)["athena: access_key_activity"] == "had not ended after 0 seconds and was stopped"
    executions = state_of("athena", athena_logs.ACCOUNT, athena_logs.REGION)["executions"].values()
    assert {execution.state for execution in executions} == {"CANCELLED"}


def test_an_account_without_member_roles_is_searched_all_the_same(
    logs: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The logs lie with the responder: that the attacked account is not enrolled costs only what is read there."""
    logs(call("InvokeModel", ago(minutes=8)))
    given = opened()
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    manifest = preserved(given)
    own_client.cache_clear()
    assert "not enrolled" in json.dumps(manifest["gaps"])
    assert sorted(queries_in(manifest)) == ASKED
