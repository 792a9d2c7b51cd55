"""bedrock.restore_invocation_logging"""

from __future__ import annotations

import copy
import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.actions.bedrock._logging import LEAVES, leaves
from lambdas.core.errors import SchemaMismatch, StateDrifted
from lambdas.core.fields import pick
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash

ACTION_ID = "bedrock.restore_invocation_logging"
BUCKET, LARGE, GROUP, ROLE = "model-logs", "model-logs-large", "/bedrock/invocations", "bedrock-logging"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/service-role/{ROLE}"
CONFIG = {
    "textDataDeliveryEnabled": True,
    "imageDataDeliveryEnabled": True,
    "embeddingDataDeliveryEnabled": True,
    "videoDataDeliveryEnabled": True,
    "audioDataDeliveryEnabled": True,
    "s3Config": {"bucketName": BUCKET, "keyPrefix": "genai"},
    "cloudWatchConfig": {
        "logGroupName": GROUP,
        "roleArn": ROLE_ARN,
        "largeDataDeliveryS3Config": {"bucketName": LARGE, "keyPrefix": "large"},
    },
}
TARGET = {
    "account": ACCOUNT,
    "region": REGION,
    "logging_config": CONFIG,
    "buckets": [BUCKET, LARGE],
    "roles": [f"service-role/{ROLE}"],
    "roles_before": [],
}
SOURCE = {
    "StringEquals": {"aws:SourceAccount": ACCOUNT},
    "ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:*:{ACCOUNT}:*"},
}
MAY_WRITE = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}
WRITE = json.dumps({"Version": "2012-10-17", "Statement": [MAY_WRITE]})


def bucket_policy(bucket: str, **changes: Any) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "bedrock.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*/AWSLogs/{ACCOUNT}/BedrockModelInvocationLogs/*",
        "Condition": SOURCE,
        **changes,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(service: str = "bedrock.amazonaws.com", account: str = ACCOUNT) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def s3() -> Any:
    client = boto3.client("s3")
    for bucket in (BUCKET, LARGE, "elsewhere"):
        client.create_bucket(Bucket=bucket, ObjectOwnership="BucketOwnerEnforced")
        client.put_bucket_policy(Bucket=bucket, Policy=bucket_policy(bucket))
    return client


@pytest.fixture
def acting(s3: Any) -> Acting:
    """Logging is off, and every destination of the baseline is sound."""
    boto3.client("logs").create_log_group(logGroupName=GROUP)
    boto3.client("logs").create_log_group(logGroupName=GROUP + "-other")
    iam = boto3.client("iam")
    iam.create_role(RoleName=ROLE, Path="/service-role/", AssumeRolePolicyDocument=trust())
    iam.put_role_policy(RoleName=ROLE, PolicyName="write", PolicyDocument=WRITE)
    return Acting(ACTION_ID)


@pytest.fixture
def bedrock() -> Any:
    return boto3.client("bedrock")


def configure(bedrock: Any, **changes: Any) -> dict[str, Any]:
    """What an attacker leaves: logging is on, and something in it is other than in the baseline."""
    config = {**copy.deepcopy(CONFIG), **changes}
    bedrock.put_model_invocation_logging_configuration(loggingConfig=config)
    return config


def configured(bedrock: Any) -> dict[str, Any]:
    return bedrock.get_model_invocation_logging_configuration().get("loggingConfig", {})


def test_undo_switches_logging_off_again(acting, bedrock):
    """Do, undo, compare, where logging was off: undo deletes the configuration."""
    acting.do_undo_compare(TARGET)
    assert configured(bedrock) == {}


def test_undo_restores_the_configuration_before(acting, bedrock):
    """Do, undo, compare, where logging was tampered with: undo puts back exactly that."""
    tampered = configure(bedrock, textDataDeliveryEnabled=False)
    acting.do_undo_compare(TARGET)
    assert leaves(configured(bedrock)) == leaves(tampered)


def test_every_field_is_restored(acting, bedrock):
    """All eleven leaf fields are the baseline's, not only whether logging is on."""
    acting.do(TARGET)
    assert [pick(configured(bedrock), leaf) for leaf in LEAVES] == [pick(CONFIG, leaf) for leaf in LEAVES]
    assert len(LEAVES) == 11


@pytest.mark.parametrize("leaf", LEAVES)
def test_one_other_field_is_not_achieved(acting, leaf):
    """Logging that is on, with any one field other than in the baseline, does not count as restored."""
    config = copy.deepcopy(CONFIG)
    parent, _, name = leaf.rpartition(".")
    (pick(config, parent) if parent else config)[name] = None
    assert not acting.achieved(TARGET, {"config": config})
    assert acting.achieved(TARGET, {"config": copy.deepcopy(CONFIG)})


def test_done_twice_is_done_once(acting):
    """A rerun finds the baseline configured and puts nothing."""
    before = acting.do(TARGET)
    acting.perform(TARGET, before)
    assert acting.made("PutModelInvocationLoggingConfiguration") == 1


def test_undone_twice_is_undone_once(acting):
    """A second undo finds logging off and deletes nothing."""
    before = acting.do(TARGET)
    acting.undo(TARGET, before)
    acting.undo(TARGET, before)
    assert acting.made("DeleteModelInvocationLoggingConfiguration") == 1


def test_logging_that_is_as_in_the_baseline_is_nothing_to_do(acting, bedrock):
    """Then the step is achieved before it begins."""
    configure(bedrock)
    assert acting.achieved(TARGET, acting.read(TARGET))


def test_a_change_since_the_approval_is_drift(acting, bedrock):
    """Somebody configured something else in the meantime: the error names the field, and nothing is put."""
    before = acting.read(TARGET)
    configure(bedrock, imageDataDeliveryEnabled=False)
    with pytest.raises(StateDrifted, match="imageDataDeliveryEnabled"):
        acting.perform(TARGET, before)
    assert configured(bedrock)["imageDataDeliveryEnabled"] is False


def test_a_change_since_the_restore_is_drift_for_undo(acting, bedrock):
    """Undo takes back our own change and nobody else's."""
    before = acting.do(TARGET)
    configure(bedrock, s3Config={"bucketName": "elsewhere", "keyPrefix": "genai"})
    with pytest.raises(StateDrifted, match=r"s3Config\.bucketName"):
        acting.undo(TARGET, before)


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting, bedrock):
    """The process ends before Put: logging is still off, and the rerun restores it."""
    before = acting.read(TARGET)
    acting.session.crash_at("PutModelInvocationLoggingConfiguration")
    with pytest.raises(Crash):
        acting.perform(TARGET, before)
    assert configured(bedrock) == {}
    acting.perform(TARGET, before)
    assert leaves(configured(bedrock)) == leaves(CONFIG)


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting, bedrock):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("PutModelInvocationLoggingConfiguration", times=2)
    acting.do(TARGET)
    assert leaves(configured(bedrock)) == leaves(CONFIG)


def delete_bucket(s3: Any) -> None:
    s3.delete_bucket(Bucket=BUCKET)


def delete_large_bucket(s3: Any) -> None:
    s3.delete_bucket(Bucket=LARGE)


def enable_acls(s3: Any) -> None:
    rules = [{"ObjectOwnership": "ObjectWriter"}]
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={"Rules": rules})


def forget_ownership(s3: Any) -> None:
    s3.delete_bucket_ownership_controls(Bucket=BUCKET)


def delete_policy(s3: Any) -> None:
    s3.delete_bucket_policy(Bucket=BUCKET)


def policy_for_another_account(s3: Any) -> None:
    condition = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=bucket_policy(BUCKET, Condition=condition))


def policy_for_another_prefix(s3: Any) -> None:
    resource = f"arn:aws:s3:::{BUCKET}/other/*"
    s3.put_bucket_policy(Bucket=BUCKET, Policy=bucket_policy(BUCKET, Resource=resource))


def policy_that_denies(s3: Any) -> None:
    allow = json.loads(bucket_policy(BUCKET))["Statement"]
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [*allow, deny]}))


def move_bucket(s3: Any) -> None:
    delete_bucket(s3)
    west = boto3.client("s3", region_name="us-west-2")
    west.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})


def delete_log_group(s3: Any) -> None:
    boto3.client("logs").delete_log_group(logGroupName=GROUP)


def delete_role(s3: Any) -> None:
    boto3.client("iam").delete_role_policy(RoleName=ROLE, PolicyName="write")
    boto3.client("iam").delete_role(RoleName=ROLE)


def trust_somebody_else(s3: Any) -> None:
    boto3.client("iam").update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust("ec2.amazonaws.com"))


def trust_another_account(s3: Any) -> None:
    boto3.client("iam").update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust(account="111122223333"))


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (delete_bucket, f"Bucket {BUCKET} does not exist"),
        (delete_large_bucket, f"Bucket {LARGE} does not exist"),
        (enable_acls, f"Bucket {BUCKET} has its ACLs enabled"),
        (forget_ownership, f"Bucket {BUCKET} has its ACLs enabled"),
        (delete_policy, f"policy of bucket {BUCKET}"),
        (policy_for_another_account, f"policy of bucket {BUCKET}"),
        (policy_for_another_prefix, f"policy of bucket {BUCKET}"),
        (policy_that_denies, f"policy of bucket {BUCKET}"),
        (move_bucket, f"Bucket {BUCKET} is in us-west-2"),
        (delete_log_group, f"Log group {GROUP} does not exist"),
        (delete_role, "does not exist"),
        (trust_somebody_else, "does not trust"),
        (trust_another_account, "does not trust"),
    ],
)
def test_a_broken_destination_is_named_and_nothing_is_restored(acting, bedrock, s3, broken, named):
    """Logging over a destination that cannot take records would be logging in name only."""
    before = acting.read(TARGET)
    assert before["problems"] == []
    broken(s3)
    with pytest.raises(StateDrifted, match=named):
        acting.perform(TARGET, before)
    assert configured(bedrock) == {}
    assert any(named in problem for problem in acting.read(TARGET)["problems"])


def test_a_bucket_of_another_account_is_named(acting):
    """A deleted bucket can come back under its name in the attacker's account: every look names the owner we expect."""

    def refuse(params: dict[str, Any], model: Any, **_: Any) -> None:
        assert params["ExpectedBucketOwner"] == ACCOUNT, model.name
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "No"}}, model.name)

    acting.session.client("s3").meta.events.register("before-parameter-build", refuse)
    problems = acting.read(TARGET)["problems"]
    assert [p for p in problems if "not in account" in p] == problems
    assert len(problems) == 2


def test_a_role_of_another_account_is_named(acting):
    """Bedrock would write with somebody else's role."""
    config = copy.deepcopy(CONFIG)
    config["cloudWatchConfig"]["roleArn"] = ROLE_ARN.replace(ACCOUNT, "111122223333")
    problems = acting.read({**TARGET, "logging_config": config, "roles": []})["problems"]
    assert problems == [f"Role {config['cloudWatchConfig']['roleArn']} is not in account {ACCOUNT}."]


def test_what_only_bedrock_can_see_is_bedrock_s_refusal(acting, bedrock):
    """Whether the role may write is tried out by Put itself: its refusal comes through by name, and nothing changed."""
    before = acting.read(TARGET)
    boto3.client("iam").delete_role_policy(RoleName=ROLE, PolicyName="write")
    with pytest.raises(ClientError, match="ValidationException"):
        acting.perform(TARGET, before)
    assert configured(bedrock) == {}


def test_a_policy_that_only_demands_tls_denies_nothing(acting, s3):
    """The usual Deny on calls without TLS does not concern Bedrock's own."""
    allow = json.loads(bucket_policy(BUCKET))["Statement"]
    deny = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [*allow, deny]}))
    assert acting.read(TARGET)["problems"] == []


def test_a_name_cannot_open_the_policy():
    """A wildcard in a role's name would let PassRole hand over any role: the schema refuses it."""
    with pytest.raises(SchemaMismatch, match="roles"):
        validate(f"actions/{ACTION_ID}", {**TARGET, "roles": ["*"]})
