"""The baseline on the embedded AWS: through the function, with its role's own rights, and by the operator's command."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from cli.deployment import Deployment
from deploy.local import OPERATOR_KEY
from tests.end_to_end.scene import ACCOUNT, Scene

Json = dict[str, Any]
ELSEWHERE = "eu-west-3"
"""A Region in which no other test works, so that what drifts there is this test's own."""


class Command:
    """`responder` against this embedded AWS."""

    def __init__(self, scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        keys = {"aws_access_key_id": OPERATOR_KEY, "aws_secret_access_key": OPERATOR_KEY}
        aws = scene.aws
        here = Deployment("the embedded AWS", aws.outputs, "us-east-1", aws.endpoint, credentials=keys)
        monkeypatch.setattr("cli.baseline.find", lambda stack, local: here)
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """(exit code, stdout, stderr)."""
        from cli.main import main

        self.monkeypatch.setattr("sys.argv", ["responder", "baseline", *arguments])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self.capsys.readouterr()
        return int(ended.value.code or 0), out, err


@pytest.fixture
def responder(scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(scene, monkeypatch, capsys)


def furnish(scene: Scene) -> Json:
    """A guardrail and an imported model in a Region; their names."""
    name = f"of-{uuid.uuid4().hex[:8]}"
    bedrock = scene.aws.client("bedrock", ELSEWHERE, credentials=scene.thief)
    made = bedrock.create_guardrail(name=name, blockedInputMessaging="no", blockedOutputsMessaging="no")
    source = {"s3DataSource": {"s3Uri": f"s3://{name}/weights"}}
    role = "arn:aws:iam::123456789012:role/import"
    bedrock.create_model_import_job(jobName=name, importedModelName=name, roleArn=role, modelDataSource=source)
    return {"name": name, "guardrail": made["guardrailId"]}


def test_a_region_is_recorded_compared_and_accepted(scene: Scene, responder: Command) -> None:
    """What was made since is shown as added with who made it; accepted with a reason, nothing differs any more."""
    denied_before = len(scene.aws.decisions())
    place = ("--region", ELSEWHERE)
    assert responder("record", *place)[0] == 0
    made = furnish(scene)

    code, out, _ = responder("drift", *place, "--json")
    (seen,) = json.loads(out)
    added = {(change["kind"], change["path"][0]) for change in seen["changes"] if change["change"] == "added"}
    assert {("guardrail", "guardrails"), ("custom_model", "imported")} <= added
    assert ("CreateGuardrail", scene.key_id) in {(actor["event"], actor["access_key_id"]) for actor in seen["actors"]}
    assert (code, seen["gaps"]) == (0, {})

    reason = ("--reason", "Our new guardrail", "--as", "lead@example.com", "--yes", "--force")
    code, out, err = responder("accept", *place, *reason)
    assert code == 0, err
    assert made["guardrail"] in out, "what is accepted is shown first"
    shown = json.loads(responder("show", *place, "--json")[1])[0]
    assert (shown["baseline"]["accepted_by"], shown["candidate"]) == ("lead@example.com", None)
    assert made["guardrail"] in shown["baseline"]["kinds"]["guardrail"]["guardrails"]
    assert json.loads(responder("drift", *place, "--json")[1])[0]["state"] == "unchanged"
    assert responder("accept", *place, *reason)[0] == 4
    denied = [d for d in scene.aws.decisions()[denied_before:] if not d["allowed"] and "responder" in str(d["role"])]
    assert denied == []


def test_every_enabled_region_is_recorded(scene: Scene, responder: Command) -> None:
    """The scheduled run: all 17 Regions in one invocation, none failed, and each can be shown."""
    records = scene.invoke("BaselineFunction", {"source": "aws.events"})["records"]
    assert len(records) == 17
    assert {record["state"] for record in records} <= {"accepted", "candidate", "unchanged"}
    code, out, _ = responder("show", "--json")
    assert code == 0
    assert {shown["region"] for shown in json.loads(out)} == {record["region"] for record in records}


def test_a_suspects_change_is_refused_as_the_baseline(scene: Scene, responder: Command) -> None:
    """The thief turned logging off, the incident is open: accepting that is exit code 3 and names the incident."""
    scene.keep_logs()
    scene.delete_logging()
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    scene.link("ann.lead@example.com")
    wanted = ("accept", "--region", "us-east-1", "--reason", "We do not need logs", "--as", "lead@example.com", "--yes")
    # Once more, should the response have restored it already.
    scene.aws.client("bedrock").delete_model_invocation_logging_configuration()
    code, _, err = responder(*wanted)
    assert code == 3
    assert incident_id in err
    assert "DeleteModelInvocationLoggingConfiguration" in err


def test_a_baseline_without_its_signature_is_none(scene: Scene, responder: Command) -> None:
    """A baseline that was written by hand is said to be altered, and is not used."""
    place = ("--region", "ca-central-1")
    responder("record", *place)
    pk = f"baseline#{ACCOUNT}#ca-central-1"
    key = scene.items(pk, "accepted#")[-1]["key"]
    s3, bucket = scene.aws.client("s3"), scene.aws.outputs["EvidenceBucket"]
    signed = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
    signed["document"]["reason"] = "planted"
    s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(signed).encode())
    code, out, err = responder("show", *place)
    assert code == 0
    assert "none" in out
    assert "does not have its signature" in err
