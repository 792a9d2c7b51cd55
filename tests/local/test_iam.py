"""The embedded IAM decides as AWS does: policies as pure functions first, then over HTTP through boto3."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError

from deploy.local import iam
from deploy.local.iam.conditions import UnknownOperatorError, satisfied
from deploy.local.iam.patterns import matches, matches_in
from deploy.local.iam.policies import Asked, Principal, effect, parse
from tests.local.aws_server import ACCOUNT, Aws, allow, deny, document, serving, trusting

TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table"
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ASSUMING = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with serving() as running:
        yield running


def code(call: Callable[[], Any]) -> str:
    """The error code of a call, or `allowed`."""
    try:
        call()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "allowed"


def holds(operator: str, key: str, want: Any, **context: Any) -> bool:
    return satisfied({operator: {key: want}}, {name.replace("__", ":").lower(): v for name, v in context.items()})


class TestPatterns:
    def test_wildcards(self) -> None:
        """`*` spans anything, slashes and colons included; `?` is exactly one character; the rest is literal."""
        assert matches("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/c")
        assert matches("a?c", "abc")
        assert not matches("a?c", "ac")
        assert not matches("a.c", "abc")

    def test_a_variable_is_literal_text(self) -> None:
        """A user whose name is `*` does not thereby reach every user's folder."""
        assert matches_in("b/${aws:username}/*", "b/ann/x", {"aws:username": "ann"})
        assert not matches_in("b/${aws:username}/*", "b/ann/x", {"aws:username": "*"})

    def test_an_unknown_variable_matches_nothing(self) -> None:
        """A variable without a value matches nothing; one with a default takes that."""
        assert not matches_in("b/${aws:username}", "b/", {})
        assert matches_in("b/${aws:PrincipalTag/team, 'none'}", "b/none", {})

    def test_escapes(self) -> None:
        """`${*}` is a star and no wildcard."""
        assert matches_in("a${*}", "a*", {})
        assert not matches_in("a${*}", "ab", {})


class TestConditions:
    @pytest.mark.parametrize(
        ("operator", "want", "have", "answer"),
        [
            ("StringEquals", "a", "a", True),
            ("StringEquals", "a*", "ab", False),
            ("StringLike", "IR-*", "IR-20260101-aa", True),
            ("StringNotLike", "IR-*", "automatic", True),
            ("StringEqualsIgnoreCase", "AA", "aa", True),
            ("StringNotEquals", ["a", "b"], "b", False),
            ("ArnLike", "arn:aws:iam::*:role/x", "arn:aws:iam::1:role/x", True),
            ("ArnLike", "arn:aws:*", "arn:aws:iam::1:role/x", True),
            ("ArnNotEquals", "arn:aws:iam::1:role/x", "arn:aws:iam::1:role/y", True),
            ("Bool", "true", True, True),
            ("NumericLessThan", "900", "899", True),
            ("NumericGreaterThanEquals", "10", "9", False),
            ("DateLessThan", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", True),
            ("DateGreaterThan", "2026-01-02T00:00:00Z", "1", False),
            ("IpAddress", "10.0.0.0/8", "10.1.2.3", True),
            ("NotIpAddress", "10.0.0.0/8", "10.1.2.3", False),
        ],
    )
    def test_operators(self, operator: str, want: Any, have: Any, answer: bool) -> None:
        """Each operator compares as the IAM User Guide says."""
        assert holds(operator, "k:x", want, k__x=have) is answer

    @pytest.mark.parametrize(
        ("operator", "answer"),
        [
            ("StringEquals", False),
            ("StringNotEquals", True),
            ("StringEqualsIfExists", True),
            ("ForAllValues:StringEquals", True),
            ("ForAnyValue:StringEquals", False),
            ("ForAnyValue:StringNotEquals", False),
        ],
    )
    def test_a_missing_key(self, operator: str, answer: bool) -> None:
        """Without the key a positive operator fails, a negated one holds, IfExists and ForAllValues hold."""
        assert holds(operator, "k:x", "v") is answer

    def test_null(self) -> None:
        """`Null: true` holds exactly where the request has no such key."""
        assert holds("Null", "k:x", "true")
        assert not holds("Null", "k:x", "true", k__x="v")
        assert holds("Null", "k:x", False, k__x="v")

    def test_several_values(self) -> None:
        """ForAllValues needs each value to match, ForAnyValue one."""
        assert holds("ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"], aws__tagkeys=["a"])
        assert not holds("ForAllValues:StringEquals", "aws:TagKeys", ["a"], aws__tagkeys=["a", "b"])
        assert holds("ForAnyValue:StringLike", "aws:TagKeys", "b*", aws__tagkeys=["a", "bb"])

    def test_an_unknown_operator_is_loud(self) -> None:
        """An operator that is not known raises: taken for no match it would open a Deny."""
        with pytest.raises(UnknownOperatorError, match="StringSounds"):
            holds("StringSounds", "k:x", "v", k__x="v")


class TestPolicies:
    def judged(self, action: str, resource: str, *statements: dict[str, Any]) -> str | None:
        return effect(parse(document(*statements)), Asked(action, resource))

    def test_deny_wins(self) -> None:
        """An explicit Deny ends the evaluation wherever it stands."""
        statements = allow("*"), deny("iam:DeleteUser"), allow("iam:*")
        assert self.judged("iam:DeleteUser", "*", *statements) == "Deny"
        assert self.judged("iam:GetUser", "*", *statements) == "Allow"

    def test_nothing_is_allowed_by_silence(self) -> None:
        """What no statement names is neither allowed nor denied."""
        assert self.judged("s3:GetObject", "arn:aws:s3:::b/k", allow("s3:PutObject")) is None

    def test_action_names_ignore_case(self) -> None:
        """IAM compares actions without regard to case, resources with it."""
        assert self.judged("iam:GetUser", "*", allow("IAM:getuser")) == "Allow"
        assert self.judged("s3:GetObject", "arn:aws:s3:::b/K", allow("s3:*", "arn:aws:s3:::b/k")) is None

    def test_not_action_and_not_resource(self) -> None:
        """NotAction and NotResource name what the statement does not speak of."""
        outside = {"Effect": "Deny", "NotAction": "sts:*", "NotResource": f"{TABLE}/mine"}
        assert self.judged("iam:GetUser", "*", allow("*"), outside) == "Deny"
        assert self.judged("sts:AssumeRole", "*", allow("*"), outside) == "Allow"
        assert self.judged("dynamodb:GetItem", f"{TABLE}/mine", allow("*"), outside) == "Allow"

    def test_an_arn_does_not_allow_an_action_without_resource_level(self) -> None:
        """An action that has no resource level asks for `*`; a policy that names an ARN does not give that."""
        assert self.judged("dynamodb:ListTables", "*", allow("dynamodb:*", f"{TABLE}/mine")) is None

    def test_principals(self) -> None:
        """A resource policy speaks of an account, a role or a service, and of nobody else."""
        statements = parse(document({**trusting(ROOT), "Resource": "*"}))
        inside = Principal(("arn:aws:iam::123456789012:user/a",), account=ACCOUNT)
        outside = Principal(("arn:aws:iam::111122223333:user/a",), account="111122223333")
        assert effect(statements, Asked("sts:AssumeRole", "*", {}, inside)) == "Allow"
        assert effect(statements, Asked("sts:AssumeRole", "*", {}, outside)) is None
        service = parse(document(trusting({"Service": "lambda.amazonaws.com"})))
        assert effect(service, Asked("sts:AssumeRole", "*", {}, Principal(service="lambda.amazonaws.com"))) == "Allow"
        assert effect(service, Asked("sts:AssumeRole", "*", {}, Principal(service="events.amazonaws.com"))) is None


class TestUsers:
    def test_resource_of_each_protocol(self, aws: Aws) -> None:
        """A policy on one resource allows that one and not its neighbour, in JSON, Query, REST JSON and REST XML."""
        keys = aws.user(
            "scoped",
            allow("dynamodb:GetItem", f"{TABLE}/mine"),
            allow("iam:GetUser", f"arn:aws:iam::{ACCOUNT}:user/scoped"),
            allow("lambda:GetFunction", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:mine"),
            allow("s3:PutObject", "arn:aws:s3:::scoped-bucket/evidence/*"),
        )
        aws.client("s3").create_bucket(Bucket="scoped-bucket")
        item = {"pk": {"S": "1"}}
        assert (
            code(lambda: aws.client("dynamodb", keys).get_item(TableName="mine", Key=item)) != "AccessDeniedException"
        )
        denied = code(lambda: aws.client("dynamodb", keys).get_item(TableName="other", Key=item))
        assert denied == "AccessDeniedException"
        assert code(lambda: aws.client("iam", keys).get_user(UserName="scoped")) == "allowed"
        assert code(lambda: aws.client("iam", keys).get_user(UserName="other")) == "AccessDenied"
        function = aws.client("lambda", keys)
        assert code(lambda: function.get_function(FunctionName="mine")) == "ResourceNotFoundException"
        assert code(lambda: function.get_function(FunctionName="other")) == "AccessDeniedException"
        s3 = aws.client("s3", keys)
        assert code(lambda: s3.put_object(Bucket="scoped-bucket", Key="evidence/a b", Body=b"x")) == "allowed"
        assert code(lambda: s3.put_object(Bucket="scoped-bucket", Key="other/a", Body=b"x")) == "AccessDenied"

    def test_the_words_of_a_denial(self, aws: Aws) -> None:
        """The message names who, which action, which resource and which kind of policy is missing, as AWS's does."""
        keys = aws.user("worded")
        with pytest.raises(ClientError) as refused:
            aws.client("kms", keys).describe_key(KeyId="1234abcd-12ab-34cd-56ef-1234567890ab")
        assert refused.value.response["Error"]["Message"] == (
            f"User: arn:aws:iam::{ACCOUNT}:user/worded is not authorized to perform: kms:DescribeKey on resource: "
            f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab "
            "because no identity-based policy allows the kms:DescribeKey action"
        )
        assert iam.DECISIONS[-1]["allowed"] is False
        assert iam.DECISIONS[-1]["action"] == "kms:DescribeKey"

    def test_groups_and_attached_policies(self, aws: Aws) -> None:
        """What a user may do also comes from its groups and from managed policies, in their default version."""
        client, keys = aws.client("iam"), aws.user("grouped")
        client.create_group(GroupName="readers")
        client.put_group_policy(GroupName="readers", PolicyName="p", PolicyDocument=document(allow("iam:ListUsers")))
        client.add_user_to_group(GroupName="readers", UserName="grouped")
        policy = client.create_policy(PolicyName="roles", PolicyDocument=document(allow("iam:ListRoles")))["Policy"]
        assert code(lambda: aws.client("iam", keys).list_users()) == "allowed"
        assert code(lambda: aws.client("iam", keys).list_roles()) == "AccessDenied"
        client.attach_user_policy(UserName="grouped", PolicyArn=policy["Arn"])
        assert code(lambda: aws.client("iam", keys).list_roles()) == "allowed"

    def test_an_inactive_key_stops_working(self, aws: Aws) -> None:
        """A deactivated key is refused in every protocol, works when it is active again, and is gone when deleted."""
        keys = aws.user("stolen", allow("*"))
        key = {"UserName": "stolen", "AccessKeyId": keys["aws_access_key_id"]}
        aws.client("iam").update_access_key(**key, Status="Inactive")
        assert code(lambda: aws.client("bedrock", keys).list_foundation_models()) == "UnrecognizedClientException"
        assert code(lambda: aws.client("dynamodb", keys).list_tables()) == "UnrecognizedClientException"
        assert code(lambda: aws.client("iam", keys).list_users()) == "InvalidClientTokenId"
        assert code(lambda: aws.client("s3", keys).list_buckets()) == "InvalidAccessKeyId"
        aws.client("iam").update_access_key(**key, Status="Active")
        assert code(lambda: aws.client("iam", keys).list_users()) == "allowed"
        aws.client("iam").delete_access_key(**key)
        assert code(lambda: aws.client("iam", keys).list_users()) == "InvalidClientTokenId"

    def test_an_unknown_key(self, aws: Aws) -> None:
        """Nobody calls with a key that was never issued."""
        keys = {"aws_access_key_id": "AKIAAAAAAAAAAAAAAAAA", "aws_secret_access_key": "x"}
        assert code(lambda: aws.client("dynamodb", keys).list_tables()) == "UnrecognizedClientException"

    def test_an_unsigned_request(self, aws: Aws) -> None:
        """A request without a signature is nobody's and is refused before moto sees it."""
        body = b"Action=ListUsers&Version=2010-05-08"
        with pytest.raises(HTTPError, match="403"):
            urlopen(Request(aws.endpoint, data=body))

    def test_variables_in_resources(self, aws: Aws) -> None:
        """`${aws:username}` in a resource is the caller's own name."""
        own = f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"
        keys = aws.user("self-service", allow(["iam:ListAccessKeys", "iam:GetUser"], own))
        assert code(lambda: aws.client("iam", keys).list_access_keys()) == "allowed"
        assert code(lambda: aws.client("iam", keys).get_user(UserName="worded")) == "AccessDenied"

    def test_region_condition(self, aws: Aws) -> None:
        """aws:RequestedRegion is the Region of the call."""
        only = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
        keys = aws.user("regional", allow("sqs:ListQueues", Condition=only))
        assert code(lambda: aws.client("sqs", keys, "eu-west-1").list_queues()) == "allowed"
        assert code(lambda: aws.client("sqs", keys).list_queues()) == "AccessDeniedException"

    def test_quarantine_by_a_deny_with_conditions(self, aws: Aws) -> None:
        """A Deny of everything but what a condition exempts holds against an Allow of everything."""
        before = {"DateLessThan": {"aws:TokenIssueTime": "2030-01-01T00:00:00Z"}}
        keys = aws.user("everything", allow("*"), deny("*", Condition=before))
        assert code(lambda: aws.client("iam", keys).list_users()) == "allowed", "a user's key has no issue time"
        role = aws.role("revoked", [trusting(ROOT)], allow("*"), deny("*", Condition=before))
        session = aws.assumed(role, keys)
        assert code(lambda: aws.client("iam", session).list_users()) == "AccessDenied"

    def test_a_condition_that_cannot_be_judged(self, aws: Aws) -> None:
        """An unknown operator is neither an allowance nor a denial: the call fails loudly with status 501."""
        role = aws.role("odd", [trusting(ROOT)], allow("*"))
        odd = document(allow("*", Condition={"StringSounds": {"aws:username": "odd"}}))
        session = aws.assumed(role, aws.user("odd-one", allow("sts:*")), Policy=odd)
        with pytest.raises(ClientError) as refused:
            aws.client("iam", session).list_users()
        assert refused.value.response["Error"]["Code"] == "EmulatorCannotJudge"
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501


class TestSessionsOfUsers:
    def session(self, answer: dict[str, Any]) -> dict[str, str]:
        keys = answer["Credentials"]
        return {
            "aws_access_key_id": keys["AccessKeyId"],
            "aws_secret_access_key": keys["SecretAccessKey"],
            "aws_session_token": keys["SessionToken"],
        }

    def test_a_session_is_the_user_themselves(self, aws: Aws) -> None:
        """The user's own ARN, id and permissions, whatever becomes of the key; a session makes no further one."""
        keys = aws.user("sessions", allow(["sqs:*", "sts:*"]))
        session = self.session(aws.client("sts", keys).get_session_token())
        own, theirs = (aws.client("sts", k).get_caller_identity() for k in (keys, session))
        assert (own["Arn"], own["UserId"]) == (theirs["Arn"], theirs["UserId"])
        aws.client("iam").delete_access_key(UserName="sessions", AccessKeyId=keys["aws_access_key_id"])
        assert code(lambda: aws.client("sqs", session).list_queues()) == "allowed"
        assert code(lambda: aws.client("iam", session).list_users()) == "AccessDenied"
        assert code(lambda: aws.client("sts", session).get_session_token()) == "AccessDenied"
        assert code(lambda: aws.client("sqs", {**session, "aws_session_token": "x"}).list_queues()) != "allowed"

    def test_a_federated_user_may_what_both_policies_allow(self, aws: Aws) -> None:
        """The user's own and that of the session, which without one may do nothing; its name is in its ARN."""
        sts = aws.client("sts", aws.user("federating", allow(["sqs:*", "sts:GetFederationToken"])))
        bare = self.session(sts.get_federation_token(Name="bare"))
        both = self.session(sts.get_federation_token(Name="both", Policy=document(allow(["sqs:*", "sns:*"]))))
        assert code(lambda: aws.client("sqs", bare).list_queues()) == "AccessDeniedException"
        assert code(lambda: aws.client("sqs", both).list_queues()) == "allowed"
        assert code(lambda: aws.client("sns", both).list_topics()) != "allowed"
        arn = aws.client("sts", both).get_caller_identity()["Arn"]
        assert arn == f"arn:aws:sts::{ACCOUNT}:federated-user/both"


class TestResources:
    def test_transactions_need_what_their_items_need(self, aws: Aws) -> None:
        """TransactWriteItems asks for PutItem, UpdateItem, ... on each table, not for an action of its own."""
        keys = aws.user("writer", allow("dynamodb:PutItem", f"{TABLE}/ledger"))
        put = {"Put": {"TableName": "ledger", "Item": {"pk": {"S": "1"}}}}
        delete = {"Delete": {"TableName": "ledger", "Key": {"pk": {"S": "1"}}}}
        client = aws.client("dynamodb", keys)
        assert code(lambda: client.transact_write_items(TransactItems=[put])) != "AccessDeniedException"
        assert code(lambda: client.transact_write_items(TransactItems=[put, delete])) == "AccessDeniedException"

    def test_an_index_is_a_resource_of_its_own(self, aws: Aws) -> None:
        """A query of an index asks for the index's ARN."""
        keys = aws.user("indexer", allow("dynamodb:Query", f"{TABLE}/ledger/index/by-day"))
        query = {
            "TableName": "ledger",
            "KeyConditionExpression": "pk = :p",
            "ExpressionAttributeValues": {":p": {"S": "1"}},
        }
        client = aws.client("dynamodb", keys)
        assert code(lambda: client.query(**query)) == "AccessDeniedException"
        assert code(lambda: client.query(**query, IndexName="by-day")) != "AccessDeniedException"

    def test_locking_an_object_needs_more(self, aws: Aws) -> None:
        """Retention headers on PutObject need s3:PutObjectRetention besides."""
        aws.client("s3").create_bucket(Bucket="locked-bucket", ObjectLockEnabledForBucket=True)
        keys = aws.user("locker", allow("s3:PutObject", "arn:aws:s3:::locked-bucket/*"))
        retention = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": time.time() + 3600}
        s3 = aws.client("s3", keys)
        assert code(lambda: s3.put_object(Bucket="locked-bucket", Key="k", Body=b"x")) == "allowed"
        assert code(lambda: s3.put_object(Bucket="locked-bucket", Key="k", Body=b"x", **retention)) == "AccessDenied"

    def test_agents(self, aws: Aws) -> None:
        """Bedrock Agents ask for the agent, or for the alias where there is one."""
        agent = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:agent/AAAAAAAAAA"
        alias = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:agent-alias/AAAAAAAAAA/BBBBBBBBBB"
        keys = aws.user("agents", allow("bedrock:*", [agent, alias]))
        client = aws.client("bedrock-agent", keys)
        assert code(lambda: client.get_agent(agentId="AAAAAAAAAA")) == "ResourceNotFoundException"
        assert code(lambda: client.get_agent(agentId="CCCCCCCCCC")) == "AccessDeniedException"
        got = code(lambda: client.get_agent_alias(agentId="AAAAAAAAAA", agentAliasId="BBBBBBBBBB"))
        assert got == "ResourceNotFoundException"
        assert code(lambda: client.list_agents()) == "AccessDeniedException"

    def test_a_key_alias_stands_for_its_key(self, aws: Aws) -> None:
        """A call by alias is judged on the key's ARN, with kms:RequestAlias."""
        kms = aws.client("kms")
        key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
        kms.create_alias(AliasName="alias/links", TargetKeyId=key["KeyId"])
        keys = aws.user("signer", allow("kms:GenerateMac", key["Arn"]))
        mac = {"Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}
        assert code(lambda: aws.client("kms", keys).generate_mac(KeyId="alias/links", **mac)) == "allowed"
        assert (
            code(lambda: aws.client("kms", keys).verify_mac(KeyId="alias/links", Mac=b"1", **mac))
            == "AccessDeniedException"
        )

    def test_a_key_policy_decides(self, aws: Aws) -> None:
        """A key's policy has to allow it: by naming the caller, or by leaving it to the account's policies."""
        named = {**allow("kms:GenerateMac"), "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/named"}}
        administers = {**allow(["kms:Describe*", "kms:PutKeyPolicy"]), "Principal": ROOT}
        users = {name: aws.user(name, *rights) for name, rights in (("named", ()), ("powerful", (allow("kms:*"),)))}
        policy = document(named, administers)
        made = aws.client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC", Policy=policy)
        key = {"KeyId": made["KeyMetadata"]["KeyId"]}
        mac = {**key, "Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}
        assert code(lambda: aws.client("kms", users["named"]).generate_mac(**mac)) == "allowed"
        assert code(lambda: aws.client("kms", users["powerful"]).generate_mac(**mac)) == "AccessDeniedException"
        assert code(lambda: aws.client("kms", users["powerful"]).describe_key(**key)) == "allowed"
        assert code(lambda: aws.client("kms", users["named"]).describe_key(**key)) == "AccessDeniedException"

    def test_a_key_behind_a_bucket_and_a_table(self, aws: Aws) -> None:
        """Who uses a bucket or table under a customer managed key needs that key, through that service only."""
        key = aws.client("kms").create_key()["KeyMetadata"]["Arn"]
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
        aws.client("s3").create_bucket(Bucket="sealed-bucket")
        sealed = {"Bucket": "sealed-bucket", "ServerSideEncryptionConfiguration": {"Rules": [rule]}}
        aws.client("s3").put_bucket_encryption(**sealed)
        aws.client("dynamodb").create_table(
            TableName="sealed",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
        )
        both = allow(["s3:PutObject", "dynamodb:PutItem"])
        via = {"StringEquals": {"kms:ViaService": [f"{s}.us-east-1.amazonaws.com" for s in ("s3", "dynamodb")]}}
        without = aws.user("keyless", both)
        holder = aws.user("key-holder", both, allow(["kms:GenerateDataKey", "kms:Decrypt"], key, Condition=via))
        put = {"Bucket": "sealed-bucket", "Key": "k", "Body": b"x"}
        item = {"TableName": "sealed", "Item": {"pk": {"S": "1"}}}
        assert code(lambda: aws.client("s3", without).put_object(**put)) == "AccessDenied"
        assert code(lambda: aws.client("dynamodb", without).put_item(**item)) == "AccessDeniedException"
        assert code(lambda: aws.client("s3", holder).put_object(**put)) == "allowed"
        assert code(lambda: aws.client("dynamodb", holder).put_item(**item)) == "allowed"
        assert code(lambda: aws.client("kms", holder).generate_data_key(KeyId=key, KeySpec="AES_256")) != "allowed"

    def test_a_key_behind_a_topic(self, aws: Aws) -> None:
        """Who publishes to a topic under a customer managed key needs that key, to make a data key and to read it."""
        key = aws.client("kms").create_key()["KeyMetadata"]["Arn"]
        topic = aws.client("sns").create_topic(Name="sealed", Attributes={"KmsMasterKeyId": key})["TopicArn"]
        publish = allow("sns:Publish", topic)
        via = {"StringEquals": {"kms:ViaService": "sns.us-east-1.amazonaws.com"}}
        users = {
            "publisher": aws.user("publisher", publish),
            "half": aws.user("half-publisher", publish, allow("kms:Decrypt", key, Condition=via)),
            "whole": aws.user(
                "whole-publisher", publish, allow(["kms:GenerateDataKey", "kms:Decrypt"], key, Condition=via)
            ),
        }
        said = {
            n: code(lambda k=k: aws.client("sns", k).publish(TopicArn=topic, Message="m")) for n, k in users.items()
        }
        assert said.pop("whole") == "allowed"
        assert "allowed" not in said.values()

    def test_mail_is_judged_on_the_identity(self, aws: Aws) -> None:
        """SendEmail asks for the sender's verified domain where the address itself is none."""
        aws.client("sesv2").create_email_identity(EmailIdentity="example.com")
        identity = f"arn:aws:ses:us-east-1:{ACCOUNT}:identity/example.com"
        keys = aws.user("mailer", allow("ses:SendEmail", identity))
        text = {"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "t"}}}}
        mail = {"Destination": {"ToAddresses": ["a@example.com"]}, "Content": text}
        client = aws.client("sesv2", keys)
        assert code(lambda: client.send_email(FromEmailAddress="IR <ir@example.com>", **mail)) == "allowed"
        assert code(lambda: client.send_email(FromEmailAddress="ir@example.org", **mail)) == "AccessDeniedException"

    def test_passing_a_role(self, aws: Aws) -> None:
        """A call that hands a role to a service needs iam:PassRole on that role, for that service."""
        role = aws.role("passed", [trusting({"Service": "states.amazonaws.com"})])
        definition = '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
        machine = {"name": "m", "definition": definition, "roleArn": role}
        to_lambda = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
        wrong = aws.user("passer-1", allow("states:*"), allow("iam:PassRole", role, Condition=to_lambda))
        right = aws.user("passer-2", allow("states:*"), allow("iam:PassRole", role))
        assert (
            code(lambda: aws.client("stepfunctions", wrong).create_state_machine(**machine)) == "AccessDeniedException"
        )
        assert code(lambda: aws.client("stepfunctions", right).create_state_machine(**machine)) == "allowed"

    def test_a_bucket_policy_denies(self, aws: Aws) -> None:
        """A bucket policy's Deny holds against what the caller's own policy allows."""
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="guarded-bucket")
        both = ["arn:aws:s3:::guarded-bucket", "arn:aws:s3:::guarded-bucket/*"]
        no_deletion = {**deny("s3:DeleteObject", both), "Principal": "*"}
        tls_only = {**deny("s3:*", both, Condition={"Bool": {"aws:SecureTransport": "false"}}), "Principal": "*"}
        s3.put_bucket_policy(Bucket="guarded-bucket", Policy=document(no_deletion, tls_only))
        keys = aws.user("cleaner", allow("s3:*"))
        client = aws.client("s3", keys)
        assert code(lambda: client.put_object(Bucket="guarded-bucket", Key="k", Body=b"x")) == "allowed"
        assert code(lambda: client.delete_object(Bucket="guarded-bucket", Key="k")) == "AccessDenied"


class TestSessions:
    def test_trust_is_needed(self, aws: Aws) -> None:
        """A role is assumed only by whom its trust policy names, and who may assume it by its own policy."""
        may = aws.user("trusted", allow("sts:AssumeRole"))
        may_not = aws.user("not-allowed")
        role = aws.role("guarded", [trusting({"AWS": f"arn:aws:iam::{ACCOUNT}:user/trusted"})])
        other = aws.user("not-trusted", allow("sts:AssumeRole"))
        assert code(lambda: aws.assumed(role, may)) == "allowed"
        assert code(lambda: aws.assumed(role, may_not)) == "AccessDenied"
        assert code(lambda: aws.assumed(role, other)) == "AccessDenied"
        assert code(lambda: aws.assumed(f"arn:aws:iam::{ACCOUNT}:role/nothing", may)) == "AccessDenied"

    def test_tags_and_source_identity_are_permissions(self, aws: Aws) -> None:
        """Tags need sts:TagSession, a source identity sts:SetSourceIdentity: in the trust policy and the caller's."""
        tags: dict[str, Any] = {"Tags": [{"Key": "approval", "Value": "IR-1"}]}
        everything = aws.user("tagger", allow("sts:*"))
        only_assume = aws.user("plain", allow("sts:AssumeRole"))
        closed = aws.role("no-tags", [trusting(ROOT)])
        opened = aws.role("with-tags", [trusting(ROOT, ASSUMING)])
        assert code(lambda: aws.assumed(closed, everything, **tags)) == "AccessDenied"
        assert code(lambda: aws.assumed(closed, everything, SourceIdentity="ann")) == "AccessDenied"
        assert code(lambda: aws.assumed(opened, only_assume, **tags)) == "AccessDenied"
        assert code(lambda: aws.assumed(opened, everything, **tags, SourceIdentity="ann")) == "allowed"

    def test_a_trust_policy_demands_a_tag(self, aws: Aws) -> None:
        """The role of irreversible changes is assumed only with an approval tag that begins with `IR-`."""
        tagged = {"StringLike": {"aws:RequestTag/approval": "IR-*"}}
        role = aws.role("eradicate", [trusting(ROOT, ASSUMING, Condition=tagged)])
        keys = aws.user("eradicator", allow("sts:*"))
        assert code(lambda: aws.assumed(role, keys)) == "AccessDenied"
        automatic = [{"Key": "approval", "Value": "automatic"}]
        assert code(lambda: aws.assumed(role, keys, Tags=automatic)) == "AccessDenied"
        approved = [{"Key": "approval", "Value": "IR-20260101-0123456789"}]
        assert code(lambda: aws.assumed(role, keys, Tags=approved)) == "allowed"

    def test_a_session_policy_narrows(self, aws: Aws) -> None:
        """With a session policy only what both it and the role allow is allowed."""
        role = aws.role("wide", [trusting(ROOT)], allow(["iam:ListUsers", "iam:ListRoles"]))
        by = aws.user("narrower", allow("sts:*"))
        session = aws.assumed(role, by, Policy=document(allow(["iam:ListUsers", "iam:ListGroups"])))
        client = aws.client("iam", session)
        assert code(lambda: client.list_users()) == "allowed"
        assert code(lambda: client.list_roles()) == "AccessDenied", "not in the session policy"
        assert code(lambda: client.list_groups()) == "AccessDenied", "not in the role's policy"
        assert iam.DECISIONS[-1]["role"] == "wide"

    def test_tags_are_principal_tags(self, aws: Aws) -> None:
        """What a session was tagged with decides as aws:PrincipalTag."""
        mine = {"StringEquals": {"aws:PrincipalTag/incident": "IR-1"}}
        role = aws.role("tagged", [trusting(ROOT, ASSUMING)], allow("iam:ListUsers", Condition=mine))
        by = aws.user("with-incident", allow("sts:*"))
        right = aws.assumed(role, by, Tags=[{"Key": "incident", "Value": "IR-1"}])
        wrong = aws.assumed(role, by, Tags=[{"Key": "incident", "Value": "IR-2"}])
        assert code(lambda: aws.client("iam", right).list_users()) == "allowed"
        assert code(lambda: aws.client("iam", wrong).list_users()) == "AccessDenied"

    def test_a_source_identity_stays(self, aws: Aws) -> None:
        """A source identity goes along when the session assumes a further role, and cannot be changed there."""
        first = aws.role("first", [trusting(ROOT, ASSUMING)], allow("sts:*"))
        second = aws.role("second", [trusting(ROOT, ASSUMING)], allow("iam:ListUsers"))
        session = aws.assumed(first, aws.user("chained", allow("sts:*")), SourceIdentity="ann@example.com")
        answer = aws.client("sts", session).assume_role(RoleArn=second, RoleSessionName="two")
        assert answer["SourceIdentity"] == "ann@example.com"
        assert code(lambda: aws.assumed(second, session, SourceIdentity="bob@example.com")) == "AccessDenied"

    def test_transitive_tags_stay(self, aws: Aws) -> None:
        """Transitive tags go along into the next session; others do not."""
        both = {"StringEquals": {"aws:PrincipalTag/kept": "1"}, "Null": {"aws:PrincipalTag/left": "true"}}
        first = aws.role("first-tagged", [trusting(ROOT, ASSUMING)], allow("sts:*"))
        second = aws.role("second-tagged", [trusting(ROOT, ASSUMING)], allow("iam:ListUsers", Condition=both))
        tags = [{"Key": "kept", "Value": "1"}, {"Key": "left", "Value": "1"}]
        by = aws.user("handing-on", allow("sts:*"))
        session = aws.assumed(first, by, Tags=tags, TransitiveTagKeys=["kept"])
        assert code(lambda: aws.client("iam", aws.assumed(second, session)).list_users()) == "allowed"

    def test_limits_of_sts(self, aws: Aws) -> None:
        """A session policy above 2,048 characters or without sense, and too long a session, are refused."""
        role = aws.role("limited", [trusting(ROOT)])
        by = aws.user("limits", allow("sts:*"))
        long = document(*[allow("iam:ListUsers", f"arn:aws:iam::{ACCOUNT}:user/{n}") for n in range(30)])
        assert code(lambda: aws.assumed(role, by, Policy=long)) == "ValidationError"
        assert code(lambda: aws.assumed(role, by, DurationSeconds=43200)) == "ValidationError"
        assert code(lambda: aws.assumed(role, by, Policy="{")) == "MalformedPolicyDocument"

    def test_a_token_belongs_to_its_key(self, aws: Aws) -> None:
        """A session's key without its token, or with another one's, is refused."""
        role = aws.role("tokens", [trusting(ROOT)], allow("*"))
        session = aws.assumed(role, aws.user("token-holder", allow("sts:*")))
        wrong = {**session, "aws_session_token": "x"}
        assert code(lambda: aws.client("iam", wrong).list_users()) == "InvalidClientTokenId"
        assert code(lambda: aws.client("iam", session).list_users()) == "allowed"

    def test_who_am_i(self, aws: Aws) -> None:
        """GetCallerIdentity is never denied and names the session."""
        role = aws.role("nothing-allowed", [trusting(ROOT)])
        session = aws.assumed(role, aws.user("asker", allow("sts:AssumeRole")), "IR-1_step")
        answer = aws.client("sts", session).get_caller_identity()
        assert answer["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/nothing-allowed/IR-1_step"
