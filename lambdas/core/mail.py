"""Mail through SES: to one person at a time, in text and HTML, under a subject that gives nothing away."""

from __future__ import annotations

import os

from lambdas.core.session import own_client

PRODUCT = "genai-responder"


def subject(incident_id: str, moment: str) -> str:
    """A subject stands in every log and on every lock screen on its way: no account, no name, no number of anything."""
    return f"[{incident_id}] {PRODUCT}: {moment}"


def send(to: str, subject_line: str, text: str, html: str) -> str:
    """Send it; the message id. To one person alone: no address is shown to another. Raises botocore's ClientError."""
    parts = {
        name: {"Data": content, "Charset": "UTF-8"}
        for name, content in (("Subject", subject_line), ("Text", text), ("Html", html))
    }
    answer = own_client("sesv2").send_email(
        FromEmailAddress=os.environ["MAIL_FROM"],
        Destination={"ToAddresses": [to]},
        Content={"Simple": {"Subject": parts.pop("Subject"), "Body": parts}},
    )
    return str(answer["MessageId"])
