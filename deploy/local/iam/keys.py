"""Customer managed keys behind buckets, tables and topics: who uses those uses the key, through that service.

Source: S3 User Guide, "Using server-side encryption with AWS KMS keys": GenerateDataKey to write, Decrypt to read;
DynamoDB Developer Guide, "Encryption at rest": Decrypt, with kms:ViaService; SNS Developer Guide, "Key management":
GenerateDataKey and Decrypt to publish. Keys that AWS manages need no permission.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from moto.dynamodb.models import dynamodb_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends
from moto.sns.models import sns_backends

_WRITES = {"s3:PutObject"}
_READS = {"s3:GetObject", "s3:GetObjectVersion"}
_ITEMS = {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem", "Query", "Scan"}


class KeyUse(NamedTuple):
    action: str
    key_arn: str
    context: Mapping[str, Any]


def uses(action: str, resource: str, account: str, region: str) -> Iterator[KeyUse]:
    """The permission on a key that an action on this bucket, table or topic needs besides."""
    service, name = action.split(":")
    if action in _WRITES | _READS:
        verb = "kms:GenerateDataKey" if action in _WRITES else "kms:Decrypt"
        yield from _use(verb, _bucket_key(resource), service, account, region)
    elif service == "dynamodb" and name in _ITEMS:
        yield from _use("kms:Decrypt", _table_key(resource, account, region), service, account, region)
    elif action == "sns:Publish":
        for verb in ("kms:GenerateDataKey", "kms:Decrypt"):
            yield from _use(verb, _topic_key(resource, account, region), service, account, region)


def _use(action: str, key: str | None, service: str, account: str, region: str) -> Iterator[KeyUse]:
    found = customer_key(key, account, region) if key else None
    if found is not None:
        via = {"kms:viaservice": f"{service}.{region}.amazonaws.com", "kms:calleraccount": account}
        yield KeyUse(action, found.arn, via)


def customer_key(key: str, account: str, region: str) -> Any | None:
    """moto's key of an id, ARN or alias, unless AWS manages it."""
    owner = key.split(":")[4] if key.startswith("arn:") else account
    kms = kms_backends[owner][region]
    name = key.split("/", 1)[1] if ":key/" in key else key
    found = kms.keys.get(name) or kms.keys.get(kms.get_key_id_from_alias(kms.get_alias_name(key)) or "")
    managed = found is None or any(alias.startswith("alias/aws/") for alias in found.aliases)
    return None if managed else found


def _bucket_key(resource: str) -> str | None:
    name = resource.removeprefix("arn:aws:s3:::").split("/", 1)[0]
    partition, account = s3_backends.bucket_accounts.get(name, (None, None))
    bucket = s3_backends[account][partition].buckets.get(name) if account else None
    rule = (bucket.encryption or {}).get("Rule", {}) if bucket else {}
    rule = rule[0] if isinstance(rule, list) else rule
    key: str | None = rule.get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID")
    return key


def _table_key(resource: str, account: str, region: str) -> str | None:
    name = resource.split("table/", 1)[-1].split("/", 1)[0]
    table = dynamodb_backends[account][region].tables.get(name)
    specification = (table.sse_specification or {}) if table else {}
    on = specification.get("Enabled") or specification.get("SSEEnabled")
    key: str | None = specification.get("KMSMasterKeyId") if on else None
    return key


def _topic_key(resource: str, account: str, region: str) -> str | None:
    topic = sns_backends[account][region].topics.get(resource)
    return (topic.kms_master_key_id or None) if topic else None
