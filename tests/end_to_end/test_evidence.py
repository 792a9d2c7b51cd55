"""Evidence of a whole response, and what the operator's command says of it, on the embedded AWS."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.deployment import Deployment
from deploy.local import OPERATOR_KEY
from lambdas.core.ledger import Ledger
from lambdas.evidence.preserve import NOT_CONFIGURED
from lambdas.evidence.proof import Bucket, prove
from tests.end_to_end.scene import APPROVERS, REGION, Scene

Json = dict[str, Any]


class Preserved:
    """One incident whose evidence is complete."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.s3 = scene, scene.aws.client("s3")
        self.bucket = scene.aws.outputs["EvidenceBucket"]
        config = scene.keep_logs()
        self.log = self.write_log(config["s3Config"])
        scene.iam.create_service_specific_credential(UserName=scene.name, ServiceName="bedrock.amazonaws.com")
        scene.delete_logging()
        scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
        self.incident_id = scene.incident_id()
        assert scene.answer(scene.link(APPROVERS[0]), "refuse", reason="A drill.")[0] == 200
        scene.ended(self.incident_id)

    def write_log(self, place: Json) -> str:
        """An invocation log of today, where Bedrock writes them."""
        day = f"{datetime.now(UTC):%Y/%m/%d/%H}"
        key = f"{place['keyPrefix']}/AWSLogs/123456789012/BedrockModelInvocationLogs/{REGION}/{day}/a.json.gz"
        self.s3.put_object(Bucket=place["bucketName"], Key=key, Body=b"log")
        return key

    def proof(self) -> Json:
        ledger = Ledger(self.scene.aws.client("dynamodb"), self.scene.aws.outputs["LedgerTable"])
        return prove(ledger, Bucket(self.s3, self.bucket), self.incident_id)

    def content(self, name: str) -> Json:
        key = f"incidents/{self.incident_id}/evidence/{name}.json"
        found: Json = json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())["content"]
        return found

    def artefact(self, name: str) -> Json:
        return next(a for a in self.proof()["artefacts"] if a["name"] == name)


@pytest.fixture
def preserved(scene: Scene) -> Preserved:
    return Preserved(scene)


def test_all_of_it_is_there_locked_and_intact(preserved: Preserved) -> None:
    """A response leaves both manifests, every artefact under retention, and verify finds nothing wrong.

    The one gap says that nobody told this responder where the logs lie.
    """
    proof = preserved.proof()
    assert (proof["intact"], proof["faults"], proof["unlisted"]) == (True, [], [])
    assert proof["gaps"] == [{"what": "athena", "why": NOT_CONFIGURED}]
    assert [done["pass"] for done in proof["passes"]] == ["first", "rest"]
    names = [artefact["name"] for artefact in proof["artefacts"]]
    assert {"01-principal", "05-inventory", "06-credential_report", "07-invocation_log_index"} <= set(names)
    assert {f"04-cloudtrail-{REGION}-key-01", f"04-cloudtrail-{REGION}-user-01"} <= set(names)
    assert all(artefact["version"] for artefact in proof["artefacts"])


def test_it_holds_what_the_investigation_needs(preserved: Preserved) -> None:
    """The thief's call, the Bedrock API key, the log bucket's policy, all users, and the list of invocation logs."""
    scene = preserved.scene
    calls = [event["eventName"] for event in preserved.content(f"04-cloudtrail-{REGION}-key-01")["events"]]
    assert "DeleteModelInvocationLoggingConfiguration" in calls
    principal = preserved.content("01-principal")
    assert [c["ServiceName"] for c in principal["service_credentials"]] == ["bedrock.amazonaws.com"]
    (bucket,) = preserved.content("03-bedrock")["log_buckets"].values()
    assert "bedrock.amazonaws.com" in bucket["policy"]
    assert scene.name in preserved.content("06-credential_report")["csv"]
    (log,) = preserved.content("07-invocation_log_index")["objects"]
    assert (log["key"], log["bytes"]) == (preserved.log, 3)
    assert log["etag"]


def starting(texts: list[str], words: str) -> int:
    """The place of the first text that starts with these words."""
    return next(place for place, text in enumerate(texts) if text.startswith(words))


def test_the_first_pass_stands_before_anything_is_changed(preserved: Preserved) -> None:
    """In the ledger the first manifest comes before the plan and before the first intent."""
    scene = preserved.scene
    events = [e["what"] for e in scene.items(preserved.incident_id, "event#")]
    assert starting(events, "Evidence preserved") < starting(events, "Plan made")
    first = scene.items(preserved.incident_id, "evidence#first")[0]["at"]
    intents = [entry["at"] for step in scene.items(preserved.incident_id, "step#") for entry in step["history"]]
    assert intents
    assert all(first < at for at in intents)


def test_what_was_done_to_it_is_named(preserved: Preserved) -> None:
    """Overlaid, deleted and gone: each is named with its key, and a reader who names no version is warned."""
    s3, bucket = preserved.s3, preserved.bucket
    over, deleted, gone = (preserved.artefact(n) for n in ("01-principal", "02-cloudtrail", "03-bedrock"))
    s3.put_object(Bucket=bucket, Key=over["key"], Body=b"{}")
    s3.delete_object(Bucket=bucket, Key=deleted["key"])
    s3.delete_object(Bucket=bucket, Key=gone["key"], VersionId=gone["version"], BypassGovernanceRetention=True)
    proof = preserved.proof()
    found = {(fault["key"], fault["fault"]) for fault in proof["faults"]}
    assert found == {(over["key"], "overlaid"), (deleted["key"], "deleted"), (gone["key"], "missing")}
    assert proof["intact"] is False


def test_the_command_says_so_and_ends_with_6(
    preserved: Preserved, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`responder evidence verify` is exit code 0 while all is well and 6 once something was laid over an artefact."""
    assert command(preserved, monkeypatch, "evidence", "list", preserved.incident_id) == 0
    assert command(preserved, monkeypatch, "evidence", "verify", preserved.incident_id) == 0
    assert "Intact" in capsys.readouterr().out
    key = preserved.artefact("01-principal")["key"]
    preserved.s3.put_object(Bucket=preserved.bucket, Key=key, Body=b"{}")
    assert command(preserved, monkeypatch, "evidence", "verify", preserved.incident_id, "--json") == 6
    out, err = capsys.readouterr()
    assert [fault["key"] for fault in json.loads(out)["faults"]] == [key]
    assert "1 overlaid" in err


def command(preserved: Preserved, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `responder` against this embedded AWS; its exit code."""
    from cli.main import main

    aws = preserved.scene.aws
    keys = {"aws_access_key_id": OPERATOR_KEY, "aws_secret_access_key": OPERATOR_KEY}
    here = Deployment("the embedded AWS", aws.outputs, REGION, aws.endpoint, credentials=keys)
    monkeypatch.setattr("cli.evidence.find", lambda stack, local: here)
    monkeypatch.setattr("sys.argv", ["responder", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)
