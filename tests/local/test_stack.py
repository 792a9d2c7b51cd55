"""The embedded AWS as a process: it starts, says who it is, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.stack import ROOT, EmbeddedAws, StartFailed
from tests.local.conftest import ACCOUNT, eventually, make_role, zipped

# The parts that take long to load and that these tests do not look at.
BARE = ("services", "iam", "cloudtrail", "pages")

DETECTOR = "d4b040365221be2b54a6264dcexample"
FINDING = {
    "schemaVersion": "2.0",
    "accountId": ACCOUNT,
    "region": "us-east-1",
    "partition": "aws",
    "id": "16afba5c5c43e07c9e3e5e2e544e95df",
    "arn": f"arn:aws:guardduty:us-east-1:{ACCOUNT}:detector/{DETECTOR}/finding/16afba5c5c43e07c9e3e5e2e544e95df",
    "type": "Stealth:IAMUser/CloudTrailLoggingDisabled",
    "resource": {"resourceType": "AccessKey", "accessKeyDetails": {"userName": "victim", "userType": "IAMUser"}},
    "service": {"serviceName": "guardduty", "detectorId": DETECTOR, "count": 1, "archived": False},
    "severity": 5,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "updatedAt": "2026-01-01T00:00:00.000Z",
    "title": "A trail was stopped.",
    "description": "A trail was stopped.",
}


def alive(pid: int) -> bool:
    """A process that runs; one that has ended and was not yet collected does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def view(aws: EmbeddedAws, name: str) -> Any:
    with urllib.request.urlopen(f"{aws.endpoint}/_embedded/{name}", timeout=5) as answer:
        return json.load(answer)


class TestStarting:
    def test_it_listens_on_loopback_only(self) -> None:
        """Ready when start() returns, and not to be reached by the address that others see."""
        with EmbeddedAws(without=BARE) as aws:
            assert aws.endpoint.startswith("http://127.0.0.1:")
            assert aws.client("sts").get_caller_identity()["Account"] == ACCOUNT
            port = int(aws.endpoint.rsplit(":", 1)[1])
            with socket.socket() as other:
                # The whole of 127.0.0.0/8 is this machine: a server that listens everywhere would answer here as well.
                assert other.connect_ex(("127.0.0.2", port)) != 0

    def test_it_says_that_it_is_a_stand_in(self, aws: EmbeddedAws) -> None:
        """Nobody is to take it for AWS."""
        assert view(aws, "health") == {"status": "serving", "is": "a stand-in for AWS, in memory"}

    def test_a_port_in_use_is_said_in_one_line(self) -> None:
        """No stack trace, and no other port in its place."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(StartFailed, match=f"Port {port} on 127.0.0.1 is in use"):
                EmbeddedAws(port=port, without=BARE).start()

    def test_two_run_side_by_side(self, aws: EmbeddedAws) -> None:
        """Each with its own state."""
        with EmbeddedAws(without=BARE) as other:
            other.client("iam").create_user(UserName="only-there")
            assert code(lambda: aws.client("iam").get_user(UserName="only-there")) == "NoSuchEntity"

    def test_the_owners_settings_are_not_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A profile that does not exist, and keys of a real account, change nothing."""
        monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        with EmbeddedAws(without=BARE) as aws:
            assert aws.client("sts").get_caller_identity()["Account"] == ACCOUNT


class TestEnding:
    def start_function(self, aws: EmbeddedAws) -> int:
        """The process id of a warm function."""
        role = make_role(aws, "r", "*")
        source = "import os\ndef handler(e, c): return os.getpid()"
        aws.client("lambda").create_function(
            FunctionName="f", Runtime="python3.13", Role=role, Handler="app.handler", Code={"ZipFile": zipped(source)}
        )
        answer = aws.client("lambda").invoke(FunctionName="f", Payload=b"{}")
        return int(answer["Payload"].read())

    def test_closing_ends_every_child(self) -> None:
        """Server and functions, quickly."""
        aws = EmbeddedAws(without=BARE).start()
        function, server = self.start_function(aws), aws._process
        assert server
        assert alive(function)
        began = time.monotonic()
        aws.close()
        assert time.monotonic() - began < 2
        assert not alive(server.pid)
        eventually(lambda: not alive(function), 2)
        assert not aws.running
        aws.close()

    def test_nothing_is_left_when_the_parent_is_killed(self) -> None:
        """The server ends with whoever started it, however that one ends."""
        script = (
            f"import time; from deploy.local.stack import EmbeddedAws\n"
            f"aws = EmbeddedAws(without={BARE!r}).start(); print(aws._process.pid, flush=True); time.sleep(60)"
        )
        parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert parent.stdout
        server = int(parent.stdout.readline())
        assert alive(server)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        eventually(lambda: not alive(server), 5)

    def test_a_function_ends_with_a_killed_server(self) -> None:
        """Even when the server could not clean up."""
        aws = EmbeddedAws(without=BARE).start()
        function = self.start_function(aws)
        assert aws._process
        os.kill(aws._process.pid, signal.SIGKILL)
        eventually(lambda: not alive(function), 5)
        assert not aws.running
        aws.close()


class TestCalling:
    def test_clients_are_the_operators_or_anyones(self, aws: EmbeddedAws) -> None:
        """With credentials given, the caller is whose they are."""
        iam = aws.client("iam")
        iam.create_user(UserName="thief")
        key = iam.create_access_key(UserName="thief")["AccessKey"]
        stolen = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        caller = aws.client("sts", credentials=stolen).get_caller_identity()
        assert caller["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/thief"
        assert aws.client("iam") is iam

    def test_the_operator_can_work_in_a_member_account(self, aws: EmbeddedAws) -> None:
        """Accounts are kept apart."""
        member = aws.client("iam", account="111122223333")
        arn = member.create_user(UserName="victim")["User"]["Arn"]
        assert arn == "arn:aws:iam::111122223333:user/victim"
        assert code(lambda: aws.client("iam").get_user(UserName="victim")) == "NoSuchEntity"

    @pytest.mark.parametrize(
        ("service", "call", "parameters"),
        [
            ("iam", "list_organizations_features", {}),
            ("iotfleetwise", "list_fleets", {}),
            ("guardduty", "list_coverage", {"DetectorId": "d"}),
        ],
        ids=["operation", "service", "address"],
    )
    def test_what_is_missing_is_named(
        self, aws: EmbeddedAws, service: str, call: str, parameters: dict[str, Any]
    ) -> None:
        """With status 501, which no SDK tries again, and the words that the embedded AWS lacks it."""
        with pytest.raises(ClientError) as missing:
            getattr(aws.client(service), call)(**parameters)
        answer = missing.value.response
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
        assert answer["Error"]["Code"] == "NotImplemented"
        assert "embedded AWS" in answer["Error"]["Message"]

    def test_an_unknown_view_names_the_known_ones(self, aws: EmbeddedAws) -> None:
        """A typing error is answered with the list."""
        with pytest.raises(urllib.error.HTTPError) as missing:
            view(aws, "mails")
        assert "api-calls" in json.load(missing.value)["message"]


class TestViews:
    def test_a_finding_can_be_fetched_again(self, aws: EmbeddedAws) -> None:
        """What is fired as a GuardDuty event is in the emulated GuardDuty as well."""
        aws.fire({"source": "aws.guardduty", "detail-type": "GuardDuty Finding", "account": ACCOUNT, "detail": FINDING})
        found = aws.client("guardduty").get_findings(DetectorId=DETECTOR, FindingIds=[FINDING["id"]])["Findings"]
        assert [finding["Type"] for finding in found] == [FINDING["type"]]

    def test_decisions_and_calls_are_recorded(self, aws: EmbeddedAws) -> None:
        """Who did what, and why it was allowed or not."""
        iam = aws.client("iam")
        iam.create_user(UserName="curious")
        key = iam.create_access_key(UserName="curious")["AccessKey"]
        own = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        assert code(lambda: aws.client("s3", credentials=own).list_buckets()) == "AccessDenied"
        denied = [one for one in aws.decisions() if "curious" in one["principal"] and not one["allowed"]]
        assert denied[0]["action"] == "s3:ListAllMyBuckets"
        calls = [one for one in aws.api_calls() if one["eventName"] == "ListBuckets" and one.get("errorCode")]
        assert calls

    def test_mail_is_kept(self, aws: EmbeddedAws) -> None:
        """As it was sent, in both parts."""
        aws.client("sesv2").create_email_identity(EmailIdentity="responder@example.com")
        body = {"Text": {"Data": "hello"}, "Html": {"Data": "<p>hello</p>"}}
        aws.client("sesv2").send_email(
            FromEmailAddress="responder@example.com",
            Destination={"ToAddresses": ["lead@example.com"]},
            Content={"Simple": {"Subject": {"Data": "Approve?"}, "Body": body}},
        )
        mail = aws.mail()[-1]
        assert (mail["subject"], mail["text"], mail["html"]) == ("Approve?", "hello", "<p>hello</p>")
        assert mail["to"] == ["lead@example.com"]

    def test_what_a_topic_gets_is_kept(self, aws: EmbeddedAws) -> None:
        """As it was published, with its subject and attributes; nobody needs to subscribe to see it."""
        topic = aws.client("sns").create_topic(Name="notices")["TopicArn"]
        attributes = {"moment": {"DataType": "String", "StringValue": "failed"}}
        aws.client("sns").publish(TopicArn=topic, Subject="s", Message="m", MessageAttributes=attributes)
        kept = {"topic": topic, "subject": "s", "message": "m", "attributes": {"moment": "failed"}}
        assert aws.notices()[-1] == kept


def code(call: Callable[[], Any]) -> str:
    """The error code of a call that must fail."""
    with pytest.raises(ClientError) as refused:
        call()
    return str(refused.value.response["Error"]["Code"])
