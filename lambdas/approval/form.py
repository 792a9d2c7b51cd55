"""The form that the page sends: parsed, and refused with the name of the field that does not fit."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from lambdas.approval.votes import Vote
from lambdas.core.errors import InputRefused
from lambdas.core.fields import clean, pick
from lambdas.core.ledger import now

Json = dict[str, Any]

LONGEST_BODY = 256 * 1024
MOST_FIELDS = 2_000
LONGEST_REASON = 1_000
CONTENT_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    csrf: str
    decision: str
    steps: tuple[str, ...]
    reason: str


def parse(event: Json) -> Form:
    """The fields of a POST. Raises InputRefused naming Content-Type or body."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if not str(headers.get("content-type", "")).lower().startswith(CONTENT_TYPE):
        raise InputRefused("Content-Type", f"must be {CONTENT_TYPE}")
    fields = _fields(event)
    return Form(
        csrf=fields.get("csrf", [""])[0],
        decision=fields.get("decision", [""])[0],
        steps=tuple(dict.fromkeys(fields.get("step", []))),
        reason=clean(fields.get("reason", [""])[0], LONGEST_REASON),
    )


def _fields(event: Json) -> dict[str, list[str]]:
    body = (event.get("body") or "").encode()
    if len(body) > LONGEST_BODY:
        raise InputRefused("body", f"is longer than {LONGEST_BODY} bytes")
    try:
        text = (base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body).decode()
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise InputRefused("body", "is not a form that this page has made") from error


def vote(form: Form, approver: str, proposed: Collection[str], event: Json) -> Vote:
    """The vote in a form. Raises InputRefused naming decision, step or reason."""
    if form.decision not in ("approve", "refuse"):
        raise InputRefused("decision", "must be approve or refuse")
    if not set(form.steps) <= set(proposed):
        raise InputRefused("step", "names a step that this plan does not propose")
    if form.decision == "approve" and not form.steps:
        raise InputRefused("step", "select at least one step to approve, or refuse with a reason")
    if form.decision == "refuse" and not form.reason:
        raise InputRefused("reason", "say why you refuse; it goes into the report")
    decision: Literal["approve", "refuse"] = "approve" if form.decision == "approve" else "refuse"
    steps = form.steps if decision == "approve" else ()
    return Vote(approver, decision, steps, form.reason, now(), pick(event, "requestContext.identity.sourceIp", ""))
