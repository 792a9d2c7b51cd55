"""One response where the logs are known: what they answer is in its evidence, and what goes wrong stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from deploy.local import logs
from deploy.local.stack import EmbeddedAws
from lambdas.evidence.questions import questions
from tests.end_to_end.scene import APPROVERS, SECOND, Scene

Json = dict[str, Any]
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
FUNCTION = "arn:aws:sts::123456789012:assumed-role/responder-observe/responder-observe"
GRANTED = {
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    "athena:StartQueryExecution",
    "glue:GetTable",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
}
"""What a search needs of what LogSearching grants. Stopping, databases and multipart uploads are for other days."""


@dataclass(frozen=True)
class Logged:
    """An embedded AWS whose logs the responder knows, and where they lie: by the template's parameters."""

    aws: EmbeddedAws
    where: dict[str, str]


@pytest.fixture(scope="module")
def logged() -> Iterator[Logged]:
    """A responder of its own: in the others the logs are not known, so that their responses are as quick as can be."""
    people = {"FirstApprovers": ",".join(APPROVERS), "SecondApprovers": SECOND}
    limits = {"MaxAutomaticPerHour": "1000", "CloudTrailTriggers": "DISABLED"}
    with EmbeddedAws() as embedded:
        where = logs.keep(embedded)
        embedded.deploy({"MailFrom": "responder@example.com", **people, **limits, **where})
        yield Logged(embedded, where)
        print(embedded.log()[-6000:])


class Searched:
    """A thief who calls models and turns logging off, and the evidence of the response to it."""

    def __init__(self, logged: Logged) -> None:
        self.aws, self.where = logged.aws, logged.where
        self.scene = Scene(self.aws)
        self.scene.keep_logs()
        self.log_to(self.where["InvocationLogBucket"])
        thief = self.scene.steal("bedrock-runtime")
        for _ in range(3):
            thief.invoke_model(modelId=MODEL, body=json.dumps({"prompt": "Write a phishing mail"}))
        self.scene.delete_logging()
        self.scene.wait(self.is_delivered)
        self.decided = len(self.aws.decisions())

    def log_to(self, bucket: str) -> None:
        config = {"s3Config": {"bucketName": bucket}, "textDataDeliveryEnabled": True}
        self.scene.there("bedrock").put_model_invocation_logging_configuration(loggingConfig=config)

    def is_delivered(self) -> bool:
        """Whether the thief's last call stands in a file of the trail's."""
        import gzip

        s3, bucket = self.aws.client("s3"), self.where["TrailBucket"]
        keys = [item["Key"] for item in s3.list_objects_v2(Bucket=bucket).get("Contents", ())]
        files = (gzip.decompress(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys)
        wanted = ("DeleteModelInvocationLoggingConfiguration", self.scene.key_id)
        calls = (record for file in files for record in json.loads(file)["Records"])
        return any((c["eventName"], c["userIdentity"].get("accessKeyId")) == wanted for c in calls)

    def respond(self) -> None:
        self.aws.fire(self.scene.finding())
        self.incident_id = self.scene.incident_id()
        self.status = self.scene.ended(self.incident_id)

    def document(self, name: str) -> Json:
        key = f"incidents/{self.incident_id}/evidence/{name}.json"
        found = self.aws.client("s3").get_object(Bucket=self.aws.outputs["EvidenceBucket"], Key=key)
        document: Json = json.loads(found["Body"].read())
        return document

    def rows(self, query: str) -> list[Json]:
        found: list[Json] = self.document(f"08-query-{query}")["content"]["rows"]
        return found

    def gaps(self) -> dict[str, str]:
        return {gap["what"]: gap["why"] for gap in self.document("manifest-rest")["gaps"]}


@pytest.fixture(scope="module")
def searched(logged: Logged) -> Iterator[Searched]:
    found = Searched(logged)
    found.respond()
    yield found
    found.scene.clear()


def test_the_response_ends_and_every_question_is_answered(searched: Searched) -> None:
    """The response succeeds, no question is missing, and each answer says what it cost."""
    assert searched.status == "SUCCEEDED"
    assert not [what for what in searched.gaps() if what.startswith("athena")]
    names = [a["name"] for a in searched.document("manifest-rest")["artefacts"] if a["name"].startswith("08-")]
    assert sorted(names) == sorted(f"08-query-{question.id}" for question in questions())
    for name in names:
        assert searched.document(name)["content"]["query_execution_id"]
        assert searched.document(name)["content"]["bytes_scanned"] > 0


def test_the_thief_is_found_in_cloudtrails_own_files(searched: Searched) -> None:
    """By key: the models that were called and the logging that was deleted; as tampering too."""
    calls = [row["eventname"] for row in searched.rows("access_key_activity")]
    assert calls.count("InvokeModel") == 3
    assert "DeleteModelInvocationLoggingConfiguration" in calls
    tampering = [row for row in searched.rows("logging_tampering") if row["access_key"] == searched.scene.key_id]
    assert [row["eventname"] for row in tampering] == ["DeleteModelInvocationLoggingConfiguration"]


def test_the_tokens_are_counted_from_the_invocation_log(searched: Searched) -> None:
    """What was called before logging was deleted stands in the invocation log, with its tokens and by whom."""
    arn = f"arn:aws:iam::123456789012:user/{searched.scene.name}"
    (row,) = [row for row in searched.rows("tokens_by_caller") if row["actor"] == arn]
    assert (row["n"], row["model"], row["in_tokens"], row["out_tokens"]) == (3, MODEL, 24, 42)


def test_athena_was_asked_by_the_observe_function_alone(searched: Searched) -> None:
    """Everything was asked, read and written with one role, which needs what it was granted and was denied nothing."""
    decided = searched.aws.decisions()[searched.decided :]
    asked = [d for d in decided if d["action"].startswith(("athena:", "glue:"))]
    assert {d["principal"] for d in asked} == {FUNCTION}
    assert all(d["allowed"] for d in asked)
    by_function = {d["action"] for d in decided if d["principal"] == FUNCTION}
    assert by_function >= GRANTED


@pytest.fixture
def refused(logged: Logged, searched: Searched) -> Iterator[Searched]:
    """The same once more, while the trail's bucket lets the responder read nothing."""
    bucket = logged.where["TrailBucket"]
    s3 = logged.aws.client("s3")
    before = s3.get_bucket_policy(Bucket=bucket)["Policy"]
    found = Searched(logged)
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    policy = json.loads(before)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({**policy, "Statement": [*policy["Statement"], deny]}))
    found.respond()
    yield found
    s3.put_bucket_policy(Bucket=bucket, Policy=before)
    found.scene.clear()


def test_logs_that_may_not_be_read_stop_nothing(refused: Searched) -> None:
    """The response succeeds, the questions to the trail are gaps with AWS's words, and the others are answered."""
    assert refused.status == "SUCCEEDED"
    why = refused.gaps()["athena: access_key_activity"]
    assert "Access Denied (Service: Amazon S3; Status Code: 403" in why
    assert "s3:GetObject" in why
    assert refused.rows("tokens_by_caller")
