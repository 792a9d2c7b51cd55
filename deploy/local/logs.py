"""What an account has before a responder comes to it: a trail with its bucket, and a bucket for invocation logs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

TRAIL = "embedded-trail"


class Aws(Protocol):
    def client(self, service: str, *, account: str | None = None) -> Any: ...


def keep(aws: Aws, members: Sequence[str] = ()) -> dict[str, str]:
    """A trail of every account and Region, and a bucket that Bedrock may log to. Returns the template's parameters."""
    account = str(aws.client("sts").get_caller_identity()["Account"])
    accounts = list(dict.fromkeys((account, *members)))
    trail, invocations = f"embedded-trail-{account}", f"embedded-invocation-logs-{account}"
    for bucket, service in ((trail, "cloudtrail"), (invocations, "bedrock")):
        aws.client("s3").create_bucket(Bucket=bucket)
        aws.client("s3").put_bucket_policy(Bucket=bucket, Policy=_writable(bucket, service))
    for number in accounts:
        cloudtrail = aws.client("cloudtrail", account=number)
        cloudtrail.create_trail(Name=TRAIL, S3BucketName=trail, IsMultiRegionTrail=True)
        cloudtrail.start_logging(Name=TRAIL)
    return {"TrailBucket": trail, "TrailAccounts": ",".join(accounts), "InvocationLogBucket": invocations}


def _writable(bucket: str, service: str) -> str:
    arn = f"arn:aws:s3:::{bucket}"
    principal = {"Service": f"{service}.amazonaws.com"}
    write = {"Effect": "Allow", "Principal": principal, "Action": "s3:PutObject", "Resource": f"{arn}/*"}
    look = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetBucketAcl", "Resource": arn}
    return json.dumps({"Version": "2012-10-17", "Statement": [write, look]})
