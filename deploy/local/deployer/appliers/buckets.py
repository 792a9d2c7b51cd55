"""S3 buckets and their policies."""

from __future__ import annotations

import json
from typing import Any

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all

WITHOUT_TLS = {"Bool": {"aws:SecureTransport": "false"}}
HOME = "us-east-1"
"""The only Region that must not be named when a bucket is created (API reference, CreateBucket)."""


def bucket(place: Place, properties: Properties) -> Applied:
    s3, name = place.client("s3"), properties.take("BucketName") or place.name(properties.owner)
    where = {} if place.region == HOME else {"CreateBucketConfiguration": {"LocationConstraint": place.region}}
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=properties.take("ObjectLockEnabled", False), **where)
    for apply in (_versioning, _object_lock, _ownership, _public_access, _encryption, _lifecycle):
        apply(s3, name, properties)
    return Applied(name, {"Arn": f"arn:aws:s3:::{name}"})


def bucket_policy(place: Place, properties: Properties) -> Applied:
    """Without the statement that demands TLS: loopback has none, and moto takes a Deny without its condition."""
    s3, name, policy = place.client("s3"), properties.take("Bucket"), properties.take("PolicyDocument")
    policy["Statement"] = [s for s in policy["Statement"] if s.get("Condition") != WITHOUT_TLS]
    if policy["Statement"]:
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
        expect(f"{properties.owner}.PolicyDocument", policy, json.loads(s3.get_bucket_policy(Bucket=name)["Policy"]))
    return Applied(name)


def _versioning(s3: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("VersioningConfiguration"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=wanted)
        found = s3.get_bucket_versioning(Bucket=name).get("Status")
        expect(f"{properties.owner}.VersioningConfiguration", wanted["Status"], found)


def _object_lock(s3: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("ObjectLockConfiguration"):
        retention = wanted["Rule"]["DefaultRetention"]
        retention["Days"] = int(retention["Days"])
        s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=wanted)
        found = s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]
        expect_all(f"{properties.owner}.ObjectLockConfiguration", retention, found["Rule"]["DefaultRetention"])


def _ownership(s3: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("OwnershipControls"):
        s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=wanted)
        found = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]
        expect(f"{properties.owner}.OwnershipControls", wanted, found)


def _public_access(s3: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("PublicAccessBlockConfiguration"):
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=wanted)
        found = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        expect(f"{properties.owner}.PublicAccessBlockConfiguration", wanted, found)


def _encryption(s3: Any, name: str, properties: Properties) -> None:
    wanted = [
        _encryption_rule(rule)
        for rule in properties.within("BucketEncryption").take("ServerSideEncryptionConfiguration", [])
    ]
    if wanted:
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": wanted})
        found = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
        expect(f"{properties.owner}.BucketEncryption", wanted, found)


def _encryption_rule(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "ApplyServerSideEncryptionByDefault" if k == "ServerSideEncryptionByDefault" else k: v for k, v in rule.items()
    }


def _lifecycle(s3: Any, name: str, properties: Properties) -> None:
    wanted = [_lifecycle_rule(rule) for rule in properties.within("LifecycleConfiguration").take("Rules", [])]
    if wanted:
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": wanted})
        found = [rule["ID"] for rule in s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]]
        expect(f"{properties.owner}.LifecycleConfiguration", [rule["ID"] for rule in wanted], found)


def _lifecycle_rule(rule: dict[str, Any]) -> dict[str, Any]:
    given = dict(rule)
    days = {"Expiration": {"Days": int(given.pop("ExpirationInDays"))}} if "ExpirationInDays" in given else {}
    return {"ID": given.pop("Id"), "Filter": {"Prefix": rule.get("Prefix", "")}, **days, **given}
