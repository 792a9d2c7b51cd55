"""S3 as the caller of a query: Athena reads logs and writes results with the caller's permissions, not with its own.

Source: Athena User Guide, "Control access to Amazon S3 from Athena".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from moto.s3.models import FakeKey, s3_backends

from deploy.local.athena.errors import QueryFault
from deploy.local.iam.afterwards import refusal
from deploy.local.iam.principals import Caller

ENCRYPTION = {"SSE_S3": "AES256", "SSE_KMS": "aws:kms"}


@dataclass(frozen=True)
class Objects:
    """Reads and writes for one caller; None is nobody whom IAM knows, as in a mock of AWS without IAM."""

    caller: Caller | None
    region: str

    def keys(self, bucket: str, prefix: str) -> list[str]:
        """Raises QueryFault where the bucket is gone or may not be listed."""
        self._demand("ListObjectsV2", Bucket=bucket, Prefix=prefix)
        keys = _backend(bucket).buckets[bucket].keys
        return sorted(name for name in keys if name.startswith(prefix) and isinstance(keys.get(name), FakeKey))

    def read(self, bucket: str, keys: list[str]) -> Iterator[tuple[str, bytes]]:
        """Raises QueryFault for the first that may not be read."""
        for key in keys:
            self._demand("GetObject", Bucket=bucket, Key=key)
            yield key, _backend(bucket).buckets[bucket].keys[key].value

    def size(self, bucket: str, keys: list[str]) -> int:
        return sum(_backend(bucket).buckets[bucket].keys[key].size for key in keys)

    def write(self, bucket: str, key: str, content: bytes, encryption: dict[str, Any]) -> None:
        """Raises QueryFault where the caller may not write there."""
        _demand_bucket(bucket)
        if refused := refusal(self.caller, "s3", "PutObject", self.region, Bucket=bucket, Key=key):
            raise QueryFault(
                f"Access denied when writing output to url: s3://{bucket}/{key} . Please ensure you are allowed to "
                "access the S3 bucket. If you are encrypting query results with KMS key, please ensure you are allowed "
                f"to access your KMS key. {refused}"
            )
        kind = ENCRYPTION.get(encryption.get("EncryptionOption", ""))
        _backend(bucket).put_object(bucket, key, content, encryption=kind, kms_key_id=encryption.get("KmsKey"))

    def _demand(self, operation: str, **parameters: str) -> None:
        _demand_bucket(parameters["Bucket"])
        if refused := refusal(self.caller, "s3", operation, self.region, **parameters):
            raise QueryFault(
                f"PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied): "
                f"{refused}"
            )


def exists(bucket: str) -> bool:
    return bucket in s3_backends.bucket_accounts


def _demand_bucket(bucket: str) -> None:
    if not exists(bucket):
        raise QueryFault(
            f"HIVE_METASTORE_ERROR: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; "
            f"Error Code: NoSuchBucket; Bucket: {bucket})"
        )


def _backend(bucket: str) -> Any:
    partition, account = s3_backends.bucket_accounts[bucket]
    return s3_backends[account][partition]
