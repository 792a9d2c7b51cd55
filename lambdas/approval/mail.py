"""The mail that asks one approver: HTML and text, with the same words."""

from __future__ import annotations

import os
from typing import Any

from lambdas.approval import wording
from lambdas.approval.gate import Gate
from lambdas.approval.render import render
from lambdas.core.fields import clean
from lambdas.core.session import own_client

Json = dict[str, Any]


def send(to: str, gate: Gate, view: Json, link: str) -> str:
    """Send it through SES; the message id. Raises SES's errors."""
    html, text = (render(template, view=view, link=link, to=to) for template in ("mail.html", "mail.txt"))
    answer = own_client("sesv2").send_email(
        FromEmailAddress=os.environ["MAIL_FROM"],
        Destination={"ToAddresses": [to]},
        Content={
            "Simple": {
                "Subject": _content(subject(gate, view)),
                "Body": {"Text": _content(text), "Html": _content(html)},
            }
        },
    )
    return str(answer["MessageId"])


def subject(gate: Gate, view: Json) -> str:
    """A subject stands in every log on its way: no names, and no more of the account than tells two apart."""
    what = "Approval needed to undo" if view["undo"] else "Approval needed"
    drill = "DRILL: " if view["drill"] else ""
    where = f"on account {str(gate.incident['account'])[:4]}…"
    return clean(f"[{gate.incident_id}] {drill}{what}: {view['count']} {where} (until {wording.clock(gate.deadline)})")


def _content(text: str) -> Json:
    return {"Data": text, "Charset": "UTF-8"}
