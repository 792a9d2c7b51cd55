"""A baseline is only as good as its signature: whoever can write to the bucket must not be able to make one.

The MAC is made by KMS over the SHA-256 of the canonical document, with a key that never leaves it. KMS signs at most
4,096 bytes (KMS API reference, GenerateMac), and a baseline is larger.
"""

from __future__ import annotations

import base64
import os
from typing import Any

from lambdas.core.fields import canonical, sha256
from lambdas.core.session import own_client

Json = dict[str, Any]

ALGORITHM = "HMAC_SHA_256"
_PURPOSE = b"baseline:"
"""Goes before every hash: a MAC that was made for another purpose fits no baseline."""


def sign(document: Json) -> Json:
    """{document, sha256, mac}: mac in base64."""
    digest = sha256(canonical(document))
    answer = own_client("kms").generate_mac(
        KeyId=os.environ["BASELINE_KEY"], MacAlgorithm=ALGORITHM, Message=_PURPOSE + digest.encode()
    )
    return {"document": document, "sha256": digest, "mac": base64.b64encode(answer["Mac"]).decode()}


def verified(signed: Json) -> bool:
    """Is this exactly what was signed? False for anything else, also for what is no signature at all."""
    kms = own_client("kms")
    digest = sha256(canonical(signed.get("document")))
    try:
        mac = base64.b64decode(str(signed.get("mac")), validate=True)
        answer = kms.verify_mac(
            KeyId=os.environ["BASELINE_KEY"], MacAlgorithm=ALGORITHM, Message=_PURPOSE + digest.encode(), Mac=mac
        )
    except (ValueError, kms.exceptions.KMSInvalidMacException):
        return False
    return bool(answer["MacValid"]) and signed.get("sha256") == digest
