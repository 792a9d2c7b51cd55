"""Approval links: an opaque random id, its MAC by KMS, an expiry. Nothing in a link tells what it is about.

pk `link#<link_id>`   gate_id, approver (email), expires (epoch seconds), state open | spent, ttl
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from dataclasses import dataclass
from typing import Any

from lambdas.approval import table
from lambdas.core.errors import LinkRefused
from lambdas.core.session import own_client

Json = dict[str, Any]

KEPT_SECONDS = 90 * 24 * 3600
"""How long after its expiry a link still tells what was decided."""

_LINK = re.compile(r"([A-Za-z0-9_-]{22,64})\.([A-Za-z0-9_-]{43})", re.ASCII)
_ALGORITHM = "HMAC_SHA_256"


@dataclass(frozen=True)
class Link:
    link_id: str
    gate_id: str
    approver: str
    expires: int
    state: str


def new_id() -> str:
    """192 random bits, as 32 URL-safe characters."""
    return secrets.token_urlsafe(24)


def url(link_id: str) -> str:
    return f"{os.environ['PAGE_URL'].rstrip('/')}/approve/{link_id}.{mac(_link_text(link_id))}"


def record(link_id: str, gate_id: str, approver: str, deadline: int) -> None:
    """Write a link down, or move the end of one that is still open."""
    facts = {
        "gate_id": gate_id,
        "approver": approver,
        "expires": deadline,
        "state": "open",
        "ttl": deadline + KEPT_SECONDS,
    }
    if not table.put_new(f"link#{link_id}", facts):
        later = {("expires",): deadline, ("ttl",): deadline + KEPT_SECONDS}
        table.change(f"link#{link_id}", later, [("{0} = {1}", ("state",), "open")])


def find(text: str) -> Link:
    """The link that a person followed. Raises LinkRefused: forged (the MAC is not ours), unknown (no longer stored)."""
    match = _LINK.fullmatch(text)
    if match is None or not mac_holds(_link_text(match[1]), match[2]):
        raise LinkRefused("forged", "This link was not made by this service, or a part of it is missing.")
    return must_read(match[1])


def must_read(link_id: str) -> Link:
    item = table.read(f"link#{link_id}")
    if item is None:
        raise LinkRefused("unknown", "This link is no longer on record.")
    return Link(link_id, item["gate_id"], item["approver"], item["expires"], item["state"])


def spending(link_id: str, moment: int) -> Json:
    """The update that spends a link, if it is open and not expired at `moment` (epoch seconds)."""
    open_still = [("{0} = {1}", ("state",), "open"), ("{0} > {1}", ("expires",), moment)]
    return table.update(f"link#{link_id}", {("state",): "spent"}, open_still)


def csrf_value(link: Link, plan_hash: str) -> str:
    """What a form of this link's page carries, so that only a person who saw this plan on that page can decide."""
    return mac(_csrf_text(link, plan_hash))


def csrf_holds(link: Link, plan_hash: str, value: str) -> bool:
    return mac_holds(_csrf_text(link, plan_hash), value)


def _link_text(link_id: str) -> bytes:
    return b"link:" + link_id.encode()


def _csrf_text(link: Link, plan_hash: str) -> bytes:
    return b"csrf:" + link.link_id.encode() + plan_hash.encode()


def mac(message: bytes) -> str:
    """URL-safe base64 without padding of KMS GenerateMac: 43 characters."""
    answer = own_client("kms").generate_mac(KeyId=os.environ["LINK_KEY"], MacAlgorithm=_ALGORITHM, Message=message)
    return base64.urlsafe_b64encode(answer["Mac"]).rstrip(b"=").decode()


def mac_holds(message: bytes, text: str) -> bool:
    """KMS compares, in constant time; a MAC in any other spelling of base64 is not ours."""
    given = base64.urlsafe_b64decode(text + "=") if re.fullmatch(r"[A-Za-z0-9_-]{43}", text, re.ASCII) else b""
    if base64.urlsafe_b64encode(given).rstrip(b"=").decode() != text or not given:
        return False
    client = own_client("kms")
    try:
        client.verify_mac(KeyId=os.environ["LINK_KEY"], MacAlgorithm=_ALGORITHM, Message=message, Mac=given)
    except client.exceptions.KMSInvalidMacException:
        return False
    return True
