"""KMS keys."""

from __future__ import annotations

import json

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all


def key(place: Place, properties: Properties) -> Applied:
    kms = place.client("kms")
    wanted = properties.taken("Description", "KeySpec", "KeyUsage")
    policy = properties.take("KeyPolicy")
    made = kms.create_key(Policy=json.dumps(policy), **wanted)["KeyMetadata"]
    properties.meaningless("PendingWindowInDays", "only counts when the stack is deleted, and memory goes at once")
    expect_all(properties.owner, wanted, kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"])
    kept = kms.get_key_policy(KeyId=made["KeyId"], PolicyName="default")["Policy"]
    expect(f"{properties.owner}.KeyPolicy", policy, json.loads(kept))
    if properties.take("EnableKeyRotation"):
        kms.enable_key_rotation(KeyId=made["KeyId"])
        rotated = kms.get_key_rotation_status(KeyId=made["KeyId"])["KeyRotationEnabled"]
        expect(f"{properties.owner}.EnableKeyRotation", True, rotated)
    return Applied(made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]})
