"""KMS: only asymmetric keys have a key pair.

moto makes an RSA pair for every key, which takes longer than all else about it. Source: KMS API reference,
GetPublicKey (UnsupportedOperationException for a key that is symmetric).
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.kms import models

from deploy.local.model_service import ApiError

SYMMETRIC = ("SYMMETRIC_DEFAULT", "HMAC_")


class NoPair:
    """What a symmetric key has in the place of a pair: moto asks it for the public half alone."""

    def public_key(self) -> bytes:
        raise ApiError("UnsupportedOperationException", "A symmetric KMS key has no public key.")


def install() -> None:
    made = models.generate_private_key
    if hasattr(made, "__wrapped__"):
        return

    @wraps(made)
    def generate(key_spec: str) -> Any:
        return NoPair() if key_spec.startswith(SYMMETRIC) else made(key_spec)

    models.generate_private_key = generate
