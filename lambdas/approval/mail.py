"""The mail that asks one approver, and the one that reminds them: HTML and text, with the same words."""

from __future__ import annotations

from typing import Any

from lambdas.approval.gate import Gate
from lambdas.approval.render import render
from lambdas.core import mail

Json = dict[str, Any]


def send(to: str, gate: Gate, view: Json, link: str, reminder: bool = False) -> str:
    """Send it through SES; the message id. Raises SES's errors."""
    html, text = (
        render(template, view=view, link=link, to=to, reminder=reminder) for template in ("mail.html", "mail.txt")
    )
    return mail.send(to, subject(gate, view, reminder), text, html)


def subject(gate: Gate, view: Json, reminder: bool = False) -> str:
    what = "approval needed to undo" if view["undo"] else "approval needed"
    return mail.subject(gate.incident_id, f"reminder, {what}" if reminder else what)
