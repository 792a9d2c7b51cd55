"""One response where the logs are known: what they answer is in its evidence and extends its plan.

What goes wrong with the logs stops nothing.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from deploy.local import logs
from deploy.local.stack import EmbeddedAws
from lambdas.core.ledger import Ledger
from lambdas.evidence.questions import questions
from lambdas.planning.in_force import in_force
from tests.end_to_end.scene import APPROVERS, SECOND, Scene, get

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
    """A thief who calls models, makes a user with a key and turns logging off, and the response to it."""

    def __init__(self, logged: Logged) -> None:
        self.aws, self.where = logged.aws, logged.where
        self.scene = Scene(self.aws)
        self.scene.keep_logs()
        self.log_to(self.where["InvocationLogBucket"])
        thief = self.scene.steal("bedrock-runtime")
        for _ in range(3):
            thief.invoke_model(modelId=MODEL, body=json.dumps({"prompt": "Write a phishing mail"}))
        self.make_friend()
        self.scene.delete_logging()
        self.scene.wait(self.is_delivered)
        self.decided = len(self.aws.decisions())

    def make_friend(self) -> None:
        """A user of the thief's own, who goes on when the key that was stolen is cut off."""
        self.friend = f"friend-{self.scene.name}"
        allow = {"Effect": "Allow", "Action": ["iam:CreateUser", "iam:CreateAccessKey"], "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        self.scene.iam.put_user_policy(UserName=self.scene.name, PolicyName="more", PolicyDocument=policy)
        iam = self.scene.steal("iam")
        iam.create_user(UserName=self.friend)
        self.friends_key = iam.create_access_key(UserName=self.friend)["AccessKey"]["AccessKeyId"]

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

    def respond(self, decide: bool = False) -> None:
        """Until its end; `decide` where people are asked: the page is kept, and all of it approved."""
        self.aws.fire(self.scene.finding())
        self.incident_id = self.scene.incident_id()
        if decide:
            link = self.scene.link(APPROVERS[0], 60.0)
            self.page = html.unescape(get(link)[1])
            assert self.scene.answer(link)[0] == 200
        self.status = self.scene.ended(self.incident_id)

    def plans(self) -> list[Json]:
        """The plans of the response, the first one first, each with its hash."""
        s3, bucket = self.aws.client("s3"), self.aws.outputs["EvidenceBucket"]
        made = sorted(self.scene.items(self.incident_id, "plan#response#"), key=lambda plan: str(plan["at"]))
        keys = [f"incidents/{self.incident_id}/plans/{plan['hash']}.json" for plan in made]
        documents = [json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys]
        return [{**document, "hash": plan["hash"]} for document, plan in zip(documents, made, strict=True)]

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
    found.respond(decide=True)
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


def test_whom_the_logs_name_is_contained_by_approval(searched: Searched) -> None:
    """The thief's user and key, found in CloudTrail's files alone, are asked about with the call that made them."""
    first, longer = searched.plans()
    number = len(first["steps"])
    assert longer["steps"][:number] == first["steps"]
    added = {step["action"]: step for step in longer["steps"][number:]}
    assert set(added) == {"iam.deactivate_access_key", "iam.quarantine_user", "iam.revoke_user_sessions"}
    assert {step["approval"] for step in added.values()} == {"one"}
    thief = f"arn:aws:iam::123456789012:user/{searched.scene.name}"
    assert f"CloudTrail: {thief} called CreateUser for this user at " in added["iam.quarantine_user"]["why"]
    assert added["iam.deactivate_access_key"]["why"] in searched.page
    iam = searched.aws.client("iam")
    (key,) = iam.list_access_keys(UserName=searched.friend)["AccessKeyMetadata"]
    assert (key["AccessKeyId"], key["Status"]) == (searched.friends_key, "Inactive")
    assert f"IR-Quarantine-{searched.incident_id}" in iam.list_user_policies(UserName=searched.friend)["PolicyNames"]


def test_what_was_done_under_the_first_plan_counts_for_the_longer_one(searched: Searched) -> None:
    """The thief's key was cut off before anybody searched; the finding is closed under the plan that people saw."""
    first, longer = searched.plans()
    recorded = {step["step_id"]: step for step in searched.scene.items(searched.incident_id, "step#")}
    at_once = next(step for step in first["steps"] if step["action"] == "iam.deactivate_access_key")
    assert [entry["plan_hash"] for entry in recorded[at_once["step_id"]]["history"] if "plan_hash" in entry] == [
        first["hash"]
    ]
    closed = next(step for step in recorded.values() if step["action"] == "guardduty.archive_finding")
    assert (closed["status"], closed["plan_hash"]) == ("performed", longer["hash"])
    assert {step["status"] for step in recorded.values()} == {"performed"}
    ledger = Ledger(searched.aws.client("dynamodb"), searched.aws.outputs["LedgerTable"])
    assert in_force(ledger, searched.incident_id) == longer["hash"]


def test_people_read_what_the_logs_say(searched: Searched) -> None:
    """On the page, in the mail and in the report the same: calls, tokens, and what was changed."""
    told = (
        "3 by this user; first 20",
        "24 in, 42 out, in 3 logged calls. Models: ",
        f"CreateAccessKey × 1 ({searched.friend}), CreateUser × 1 ({searched.friend}).",
        "DeleteModelInvocationLoggingConfiguration × 1.",
    )
    (mail,) = [m["text"] for m in searched.scene.mails(APPROVERS[0]) if "WHAT THE LOGS SAY" in m["text"]]
    report = json.loads(searched.scene.report(searched.incident_id))
    for text in told:
        assert text in searched.page
        assert text in " ".join(mail.split())
        assert any(text in row["text"] for row in report["logs"])
    assert report["plans"][0]["extends"] == searched.plans()[0]["hash"]


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
    assert len(refused.plans()) == 1
    said = {row["name"]: row["text"] for row in json.loads(refused.scene.report(refused.incident_id))["logs"]}
    assert said["Changed in IAM"].startswith("Not answered") and said["Tokens"].startswith("24 in")
