"""What model invocation logging is made of, and whether its destinations can take records.

Source: Amazon Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3": the bucket must be in
the same account and Region with its ACLs disabled, and its policy must let bedrock.amazonaws.com put objects under
<prefix>/AWSLogs/<account>/BedrockModelInvocationLogs/*; the role must trust bedrock.amazonaws.com.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code, found
from lambdas.actions._fields import in_arn
from lambdas.actions._resource_policy import Request, allows
from lambdas.core.action import Json
from lambdas.core.fields import pick
from lambdas.core.session import Session

SERVICE = "bedrock.amazonaws.com"
LEAVES = (
    "textDataDeliveryEnabled",
    "imageDataDeliveryEnabled",
    "embeddingDataDeliveryEnabled",
    "videoDataDeliveryEnabled",
    "audioDataDeliveryEnabled",
    "s3Config.bucketName",
    "s3Config.keyPrefix",
    "cloudWatchConfig.logGroupName",
    "cloudWatchConfig.roleArn",
    "cloudWatchConfig.largeDataDeliveryS3Config.bucketName",
    "cloudWatchConfig.largeDataDeliveryS3Config.keyPrefix",
)
"""All leaf fields of a logging configuration (botocore 1.44, bedrock, LoggingConfig). An attacker can leave logging on
and turn off one of them."""
BUCKETS = ("s3Config", "cloudWatchConfig.largeDataDeliveryS3Config")
NO_BUCKET = ("NoSuchBucket", "404")
FORBIDDEN = ("AccessDenied", "403")
NOT_SET = ("NoSuchBucketPolicy", "OwnershipControlsNotFoundError")


def leaves(config: Json) -> Json:
    """The configuration by leaf field, None where it has none: two that are equal here log the same."""
    return {leaf: pick(config, leaf) for leaf in LEAVES}


def buckets(config: Json) -> list[str]:
    names = {pick(config, f"{place}.bucketName") for place in BUCKETS}
    return sorted(name for name in names if name)


def roles(config: Json) -> list[str]:
    """Path and name of the role that writes to CloudWatch Logs, as in its ARN; none for a role that is not one."""
    name = pick(config, "cloudWatchConfig.roleArn", "").partition(":role/")[2]
    return [in_arn(name)] if name else []


def problems(session: Session, config: Json) -> list[str]:
    """What keeps the destinations of `config` from taking records, one sentence each; empty if nothing does."""
    found_wrong = [_bucket_problem(session, pick(config, place)) for place in BUCKETS if pick(config, place)]
    if pick(config, "cloudWatchConfig"):
        found_wrong.append(_log_group_problem(session, config["cloudWatchConfig"]["logGroupName"]))
        found_wrong.append(_role_problem(session, config["cloudWatchConfig"]["roleArn"]))
    return sorted({problem for problem in found_wrong if problem})


def _bucket_problem(session: Session, place: Json) -> str | None:
    bucket = place["bucketName"]
    try:
        return _bucket_state_problem(session, bucket, place.get("keyPrefix", ""))
    except ClientError as error:
        if error_code(error) in NO_BUCKET:
            return f"Bucket {bucket} does not exist."
        if error_code(error) in FORBIDDEN:
            return f"Bucket {bucket} is not in account {session.account}, or does not let itself be read."
        raise


def _bucket_state_problem(session: Session, bucket: str, prefix: str) -> str | None:
    # ExpectedBucketOwner: a bucket that was deleted can come back under the same name in the attacker's account.
    owned: Any = {"Bucket": bucket, "ExpectedBucketOwner": session.account}
    s3 = session.client("s3")
    region = s3.get_bucket_location(**owned).get("LocationConstraint") or "us-east-1"
    if region != session.region:
        return f"Bucket {bucket} is in {region}, not in {session.region}."
    if _ownership(s3, owned) != "BucketOwnerEnforced":
        return f"Bucket {bucket} has its ACLs enabled."
    if not allows(_policy(s3, owned), _delivery(session, bucket, prefix)):
        return f"The policy of bucket {bucket} does not let {SERVICE} put objects under {prefix or 'AWSLogs'}/."
    return None


def _ownership(s3: Any, owned: Json) -> str | None:
    answer = _unless_unset(s3.get_bucket_ownership_controls, owned)
    ownership: str | None = pick(answer, "OwnershipControls.Rules.0.ObjectOwnership")
    return ownership


def _policy(s3: Any, owned: Json) -> Json:
    policy: Json = json.loads(_unless_unset(s3.get_bucket_policy, owned).get("Policy", "{}"))
    return policy


def _unless_unset(call: Any, owned: Json) -> Json:
    """The answer, or {} where the bucket has no such configuration."""
    try:
        answer: Json = call(**owned)
    except ClientError as error:
        if error_code(error) not in NOT_SET:
            raise
        return {}
    return answer


def _delivery(session: Session, bucket: str, prefix: str) -> Request:
    """The PutObject that Bedrock makes for each record."""
    folder = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    key = f"{folder}AWSLogs/{session.account}/BedrockModelInvocationLogs/{session.region}/record.json.gz"
    return Request(SERVICE, "s3:PutObject", f"arn:{session.partition}:s3:::{bucket}/{key}", _source(session))


def _log_group_problem(session: Session, name: str) -> str | None:
    # One is enough: the answer is sorted by name, and nothing with this prefix sorts before the name itself.
    answer = session.client("logs").describe_log_groups(logGroupNamePrefix=name, limit=1)
    exists = any(group["logGroupName"] == name for group in answer["logGroups"])
    return None if exists else f"Log group {name} does not exist."


def _role_problem(session: Session, arn: str) -> str | None:
    if f"::{session.account}:" not in arn:
        return f"Role {arn} is not in account {session.account}."
    role = found(session.client("iam").get_role, RoleName=arn.rpartition("/")[2])
    if role is None:
        return f"Role {arn} does not exist."
    trust = role["Role"]["AssumeRolePolicyDocument"]
    trusted = allows(trust, Request(SERVICE, "sts:AssumeRole", arn, _source(session)))
    return None if trusted else f"Role {arn} does not trust {SERVICE}."


def _source(session: Session) -> dict[str, str]:
    return {
        "aws:sourceaccount": session.account,
        "aws:sourcearn": f"arn:{session.partition}:bedrock:{session.region}:{session.account}:*",
    }
