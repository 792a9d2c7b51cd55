"""Evidence cannot be changed: Object Lock with a default retention, versions, no public access, TLS, one owner."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.checks.subject import Json, Subject

PUBLIC = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")


def problems(subject: Subject) -> Iterator[str]:
    bucket = subject.of_type("AWS::S3::Bucket")["EvidenceBucket"]
    retention = bucket.get("ObjectLockConfiguration", {}).get("Rule", {}).get("DefaultRetention", {})
    if bucket.get("ObjectLockEnabled") is not True or not {"Mode", "Days"} <= set(retention):
        yield "EvidenceBucket: Object Lock with a default retention is not on"
    if bucket.get("VersioningConfiguration", {}).get("Status") != "Enabled":
        yield "EvidenceBucket: versioning is not on"
    if not all(bucket.get("PublicAccessBlockConfiguration", {}).get(name) is True for name in PUBLIC):
        yield "EvidenceBucket: public access is not blocked in all four ways"
    for name in subject.of_type("AWS::S3::Bucket"):
        policies = subject.of_type("AWS::S3::BucketPolicy").values()
        if not any(policy["Bucket"] == {"Ref": name} and _tls_only(policy) for policy in policies):
            yield f"{name}: its policy lets it be reached without TLS"


def _tls_only(policy: Json) -> bool:
    denied = {"Bool": {"aws:SecureTransport": "false"}}
    statements = policy["PolicyDocument"]["Statement"]
    return any(s["Effect"] == "Deny" and s.get("Condition") == denied and s["Action"] == "s3:*" for s in statements)
