"""CloudTrail records every call as AWS would: who, what, with which answer, and where it is then found."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local import cloudtrail, eventbridge
from deploy.local.cloudtrail import lookup
from tests.local.aws_server import ACCOUNT, Aws, allow, serving, trusting

REGION = "us-east-1"
TRUST = [
    trusting({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])
]


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDED_LOOKUP_RATE", "1000")


def records(**members: Any) -> list[dict[str, Any]]:
    """The records whose members have these values."""
    return [r for r in cloudtrail.RECORDS if all(r.get(name) == value for name, value in members.items())]


def last(name: str) -> dict[str, Any]:
    return records(eventName=name)[-1]


class TestRecords:
    def test_a_user(self, aws: Aws) -> None:
        """The record names the user, its key, the service, what was asked and where."""
        keys = aws.user("recorded", allow("iam:GetUser"))
        aws.client("iam", keys).get_user(UserName="recorded")
        record = last("GetUser")
        assert record["userIdentity"]["type"] == "IAMUser"
        assert record["userIdentity"]["userName"] == "recorded"
        assert record["userIdentity"]["accessKeyId"] == keys["aws_access_key_id"]
        assert record["requestParameters"] == {"userName": "recorded"}
        assert (record["eventSource"], record["readOnly"]) == ("iam.amazonaws.com", True)
        assert record["responseElements"] is None, "an answer is recorded only where something was changed"

    def test_a_session_that_is_issued_shows_its_key(self, aws: Aws) -> None:
        """By GetSessionToken too, although it changes nothing: the key is how the session is found again. Its token
        is hidden."""
        given = aws.client("sts", aws.user("issuing", allow("sts:*"))).get_session_token()["Credentials"]
        issued = last("GetSessionToken")["responseElements"]["credentials"]
        assert issued["accessKeyId"] == given["AccessKeyId"]
        assert given["SessionToken"] not in str(issued)

    def test_a_session_shows_who_let_it_happen(self, aws: Aws) -> None:
        """Session name, source identity and role stand on every call; the tags on AssumeRole."""
        role = aws.role("responder", TRUST, allow("iam:CreateUser"))
        tags = [{"Key": "approval", "Value": "IR-1.gate"}]
        by = aws.user("assuming", allow("sts:*"))
        session = aws.assumed(role, by, "IR-1_01", SourceIdentity="ann@example.com", Tags=tags)
        aws.client("iam", session).create_user(UserName="by-session")
        who = last("CreateUser")["userIdentity"]
        assert who["arn"].endswith("assumed-role/responder/IR-1_01")
        assert who["sessionContext"]["sourceIdentity"] == "ann@example.com"
        assert who["sessionContext"]["sessionIssuer"]["arn"] == role
        assert last("CreateUser")["responseElements"]["user"]["userName"] == "by-session"
        asked = last("AssumeRole")["requestParameters"]
        assert (asked["sourceIdentity"], asked["tags"]) == (
            "ann@example.com",
            [{"key": "approval", "value": "IR-1.gate"}],
        )

    def test_denials_and_failures(self, aws: Aws) -> None:
        """What was denied is AccessDenied in every service's record; what failed has the service's own code."""
        keys = aws.user("curious", allow("bedrock:*"))
        for service, call in (("iam", "list_users"), ("dynamodb", "list_tables")):
            with pytest.raises(ClientError):
                getattr(aws.client(service, keys), call)()
        with pytest.raises(ClientError):
            aws.client("bedrock-agent", keys).get_agent(agentId="AAAAAAAAAA")
        assert last("ListUsers")["errorCode"] == "AccessDenied"
        assert last("ListTables")["errorCode"] == "AccessDenied"
        assert last("GetAgent")["errorCode"] == "ResourceNotFoundException"

    def test_secrets_are_not_written(self, aws: Aws) -> None:
        """No secret key, session token, prompt, password or message is in any record."""
        keys = aws.user("secretive", allow("*"))
        session = aws.assumed(aws.role("secret-role", TRUST, allow("*")), keys)
        aws.client("iam").create_login_profile(UserName="secretive", Password="Very-Secret-Pa55word")
        question = [{"role": "user", "content": [{"text": "a secret prompt"}]}]
        aws.client("bedrock-runtime", keys).converse(modelId="amazon.nova-lite-v1:0", messages=question)
        aws.client("ssm", session).put_parameter(Name="/p", Value="a secret value", Type="SecureString")
        written = json.dumps(list(cloudtrail.RECORDS))
        for secret in (keys["aws_secret_access_key"], session["aws_secret_access_key"], session["aws_session_token"]):
            assert secret not in written
        assert "a secret" not in written
        assert "Very-Secret-Pa55word" not in written
        assert last("Converse")["requestParameters"] == {"modelId": "amazon.nova-lite-v1:0"}

    def test_reading_and_changing(self, aws: Aws) -> None:
        """readOnly follows the service's model, and AWS's own records where these differ."""
        aws.client("bedrock").list_foundation_models()
        aws.client("bedrock").delete_model_invocation_logging_configuration()
        aws.client("bedrock-runtime").invoke_model(modelId="amazon.nova-lite-v1:0", body=b"{}")
        assert last("ListFoundationModels")["readOnly"] is True
        assert last("DeleteModelInvocationLoggingConfiguration")["readOnly"] is False
        assert last("InvokeModel")["readOnly"] is True

    def test_global_services(self, aws: Aws) -> None:
        """IAM records in us-east-1 whichever Region the caller works in."""
        aws.client("iam", region="eu-west-1").list_users()
        assert last("ListUsers")["awsRegion"] == REGION

    def test_a_role_of_another_account(self, aws: Aws) -> None:
        """AssumeRole into another account is recorded in both."""
        other = "111122223333"
        keys = aws.user("crossing", allow("sts:*"))
        iam_there = aws.client("iam")
        iam_there.meta.events.register(
            "before-send.iam", lambda request, **_: request.headers.update({"x-moto-account-id": other})
        )
        trust = {"Version": "2012-10-17", "Statement": TRUST}
        role = iam_there.create_role(RoleName="member", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        assert role.split(":")[4] == other
        aws.assumed(role, keys)
        assert {r["recipientAccountId"] for r in records(eventName="AssumeRole")[-2:]} == {ACCOUNT, other}


class TestLookup:
    def test_by_attribute(self, aws: Aws) -> None:
        """Events are found by key, name, user and resource, newest first; data events are not among them."""
        keys = aws.user("looked-up", allow("*"))
        aws.client("s3", keys).create_bucket(Bucket="looked-up-bucket")
        aws.client("s3", keys).put_object(Bucket="looked-up-bucket", Key="k", Body=b"x")
        by_key = {"AttributeKey": "AccessKeyId", "AttributeValue": keys["aws_access_key_id"]}
        client = aws.client("cloudtrail")
        events = client.lookup_events(LookupAttributes=[by_key])["Events"]
        assert [e["EventName"] for e in events] == ["CreateBucket"], "PutObject is a data event"
        assert json.loads(events[0]["CloudTrailEvent"])["userIdentity"]["userName"] == "looked-up"
        by_resource = {"AttributeKey": "ResourceName", "AttributeValue": "looked-up"}
        names = [e["EventName"] for e in client.lookup_events(LookupAttributes=[by_resource])["Events"]]
        assert names[:2] == ["CreateAccessKey", "PutUserPolicy"]

    def test_pages_are_stable(self, aws: Aws) -> None:
        """A page goes on where the last one ended, whatever was recorded in between."""
        keys = aws.user("paged", allow("iam:ListUsers"))
        for _ in range(5):
            aws.client("iam", keys).list_users()
        client = aws.client("cloudtrail")
        asked = {"LookupAttributes": [{"AttributeKey": "Username", "AttributeValue": "paged"}], "MaxResults": 3}
        first = client.lookup_events(**asked)
        aws.client("iam", keys).list_users()
        second = client.lookup_events(**asked, NextToken=first["NextToken"])
        ids = [e["EventId"] for e in first["Events"] + second["Events"]]
        assert len(ids) == len(set(ids)) == 5
        assert "NextToken" not in second

    def test_the_time(self, aws: Aws) -> None:
        """Only events between start and end are answered; a start after the end is refused."""
        client = aws.client("cloudtrail")
        assert client.lookup_events(EndTime=time.time() - 86400)["Events"] == []
        assert client.lookup_events(StartTime=time.time() - 600)["Events"]
        with pytest.raises(ClientError, match="InvalidTimeRangeException"):
            client.lookup_events(StartTime=2_000_000_000, EndTime=1_000_000_000)

    def test_one_attribute_and_fifty_events(self, aws: Aws) -> None:
        """More than one attribute, and more than 50 events, are refused."""
        two = [
            {"AttributeKey": "EventName", "AttributeValue": "A"},
            {"AttributeKey": "Username", "AttributeValue": "B"},
        ]
        with pytest.raises(ClientError, match="InvalidLookupAttributesException"):
            aws.client("cloudtrail").lookup_events(LookupAttributes=two)
        with pytest.raises(ClientError, match="InvalidMaxResultsException"):
            aws.client("cloudtrail").lookup_events(MaxResults=51)

    def test_two_a_second(self, aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
        """The third request within a second is throttled; in another Region it is not."""
        monkeypatch.setenv("EMBEDDED_LOOKUP_RATE", "2")
        lookup._ASKED.clear()
        client = aws.client("cloudtrail")
        client.lookup_events(MaxResults=1)
        client.lookup_events(MaxResults=1)
        with pytest.raises(ClientError, match="ThrottlingException"):
            client.lookup_events(MaxResults=1)
        aws.client("cloudtrail", region="eu-west-1").lookup_events(MaxResults=1)


class TestDelivery:
    def test_files_in_the_bucket(self, aws: Aws) -> None:
        """A trail that logs gets gzipped JSON files in AWS's layout; one that was stopped gets none."""
        aws.client("s3").create_bucket(Bucket="trail-bucket")
        client = aws.client("cloudtrail")
        client.create_trail(Name="main", S3BucketName="trail-bucket", S3KeyPrefix="logs", IsMultiRegionTrail=True)
        client.start_logging(Name="main")
        aws.client("iam").create_user(UserName="in-the-trail")
        keys = cloudtrail.deliver()
        assert any(k.startswith(f"logs/AWSLogs/{ACCOUNT}/CloudTrail/{REGION}/20") for k in keys)
        bodies = [aws.client("s3").get_object(Bucket="trail-bucket", Key=k)["Body"].read() for k in keys]
        written = [r for body in bodies for r in json.loads(gzip.decompress(body))["Records"]]
        assert "CreateUser" in [r["eventName"] for r in written]
        client.stop_logging(Name="main")
        cloudtrail.deliver()
        aws.client("iam").create_user(UserName="not-in-the-trail")
        assert cloudtrail.deliver() == []

    def test_events(self, aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
        """A change is an event on the bus; a read is one only where a rule asks for read-only events."""
        sent: list[dict[str, Any]] = []
        monkeypatch.setattr(eventbridge, "put_service_event", lambda event, account, region: sent.append(event))
        rules = aws.client("events")
        pattern = json.dumps({"source": ["aws.iam"]})
        rules.put_rule(Name="changes", EventPattern=pattern)
        aws.client("iam").create_user(UserName="an-event")
        aws.client("iam").list_users()
        _until(lambda: "CreateUser" in _names(sent))
        assert "ListUsers" not in _names(sent)
        event = next(e for e in sent if e["detail"]["eventName"] == "CreateUser")
        assert (event["source"], event["detail-type"]) == ("aws.iam", "AWS API Call via CloudTrail")
        rules.put_rule(Name="reads", EventPattern=pattern, State="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
        aws.client("iam").list_users()
        _until(lambda: "ListUsers" in _names(sent))


def _names(sent: list[dict[str, Any]]) -> list[str]:
    return [event["detail"]["eventName"] for event in sent]


def _until(condition: Any) -> None:
    end = time.monotonic() + 3
    while not condition():
        assert time.monotonic() < end, "never became so"
        time.sleep(0.02)


class TestSelectors:
    @pytest.fixture
    def trail(self, aws: Aws) -> Iterator[Any]:
        aws.client("s3").create_bucket(Bucket="selector-bucket")
        client = aws.client("cloudtrail")
        client.create_trail(Name="selecting", S3BucketName="selector-bucket")
        yield client
        client.delete_trail(Name="selecting")

    def is_custom(self, client: Any) -> Any:
        (found,) = [t for t in client.describe_trails()["trailList"] if t["Name"] == "selecting"]
        return found["HasCustomEventSelectors"]

    def test_a_new_trail_has_all_management_events(self, trail: Any) -> None:
        """What AWS answers for a trail that nobody gave selectors, and that it has none of its own."""
        (selector,) = trail.get_event_selectors(TrailName="selecting")["EventSelectors"]
        assert (selector["ReadWriteType"], selector["IncludeManagementEvents"]) == ("All", True)
        assert selector["DataResources"] == selector["ExcludeManagementEventSources"] == []
        assert self.is_custom(trail) is False

    def test_a_trail_has_one_kind_at_a_time(self, trail: Any) -> None:
        """Advanced selectors take the place of basic ones, and the other way round."""
        fields = [
            {"Field": "eventCategory", "Equals": ["Data"]},
            {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
        ]
        trail.put_event_selectors(TrailName="selecting", EventSelectors=[{"ReadWriteType": "WriteOnly"}])
        trail.put_event_selectors(TrailName="selecting", AdvancedEventSelectors=[{"FieldSelectors": fields}])
        answer = trail.get_event_selectors(TrailName="selecting")
        assert answer["AdvancedEventSelectors"] == [{"FieldSelectors": fields}] and "EventSelectors" not in answer
        trail.put_event_selectors(TrailName="selecting", EventSelectors=[{"ReadWriteType": "WriteOnly"}])
        answer = trail.get_event_selectors(TrailName="selecting")
        assert answer["EventSelectors"][0]["ReadWriteType"] == "WriteOnly" and "AdvancedEventSelectors" not in answer
        assert self.is_custom(trail) is True

    def test_what_aws_refuses(self, trail: Any) -> None:
        """Neither kind or both kinds, and a trail that is not there."""
        with pytest.raises(ClientError, match="InvalidEventSelectorsException"):
            trail.put_event_selectors(TrailName="selecting")
        with pytest.raises(ClientError, match="TrailNotFoundException"):
            trail.get_event_selectors(TrailName="nosuchtrail")
