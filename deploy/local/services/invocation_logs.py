"""Model invocation logging: what Bedrock writes to the bucket that it is configured to log to, a file a call.

Source: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3". Bodies stand in the record
only where text is delivered; nothing is written to log groups here.
"""

from __future__ import annotations

import gzip
import json
import logging
import uuid
from typing import Any

from moto.s3.models import s3_backends

from deploy.local import request_ids
from deploy.local.iam.afterwards import caller_of
from deploy.local.model_service import Call, state_of

log = logging.getLogger(__name__)
Json = dict[str, Any]


def deliver(call: Call, model: str, asked: Any, answered: Any, tokens: tuple[int, int]) -> None:
    """Write the record of one call to a model, where the account logs to a bucket in this Region."""
    config = state_of("bedrock", call.account, call.region)["logging"].get("config") or {}
    place = config.get("s3Config") or {}
    if not place.get("bucketName"):
        return
    owner = s3_backends.bucket_accounts.get(place["bucketName"])
    if owner is None:
        log.warning("model invocation logging: bucket %s is gone", place["bucketName"])
        return
    record = _record(call, model, tokens)
    if config.get("textDataDeliveryEnabled"):
        record["input"]["inputBodyJson"], record["output"]["outputBodyJson"] = asked, answered
    partition, account = owner
    content = gzip.compress(json.dumps(record).encode() + b"\n")
    s3_backends[account][partition].put_object(place["bucketName"], _key(call, place.get("keyPrefix", "")), content)


def _record(call: Call, model: str, tokens: tuple[int, int]) -> Json:
    caller = caller_of(call.access_key)
    return {
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": call.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "accountId": call.account,
        "identity": {"arn": caller.arn if caller else None},
        "region": call.region,
        "requestId": request_ids.current(),
        "operation": call.operation,
        "modelId": model,
        "input": {"inputContentType": "application/json", "inputTokenCount": tokens[0]},
        "output": {"outputContentType": "application/json", "outputTokenCount": tokens[1]},
    }


def _key(call: Call, prefix: str) -> str:
    folder = f"AWSLogs/{call.account}/BedrockModelInvocationLogs/{call.region}/{call.now:%Y/%m/%d/%H}"
    name = f"{call.now:%Y%m%dT%H%M%SZ}_{uuid.uuid4().hex[:16]}.json.gz"
    return "/".join(part for part in (prefix.strip("/"), folder, name) if part)
