"""The mail that says a report is there: short, nothing confidential in its subject, text and HTML."""

from __future__ import annotations

import os
from typing import Any

from lambdas.core.session import own_client
from lambdas.reporting import page, words

Json = dict[str, Any]


def send(report: Json) -> None:
    """Mail the first approvers, one message each: no address is shown to another. Raises botocore's ClientError."""
    for address in filter(None, (email.strip() for email in os.environ["FIRST_APPROVERS"].split(","))):
        own_client("sesv2").send_email(
            FromEmailAddress=os.environ["MAIL_FROM"],
            Destination={"ToAddresses": [address]},
            Content={"Simple": message(report)},
        )


def message(report: Json) -> Json:
    """The message as SES takes it: {Subject, Body: {Text, Html}}."""
    name = "undo" if report["kind"] == "undo" else "response"
    subject = f"[{report['incident_id']}] Report on the {name}: {words.OUTCOME_TITLES[report['outcome']].lower()}"
    return {"Subject": _part(subject), "Body": {"Text": _part(text(report)), "Html": _part(html(report))}}


def text(report: Json) -> str:
    lines = "\n".join(f"- {line}" for line in report["summary"])
    return f"{title(report)}\n\n{lines}\n\nRead the whole report:\n\n    {command(report)}\n"


def html(report: Json) -> str:
    template = page.environment().get_template("report_mail.html.j2")
    return template.render(title=title(report), lines=report["summary"], command=command(report))


def title(report: Json) -> str:
    return f"{report['incident_id']}: {words.OUTCOME_TITLES[report['outcome']].lower()}"


def command(report: Json) -> str:
    return f"responder report {report['incident_id']}"


def _part(content: str) -> Json:
    return {"Data": content, "Charset": "UTF-8"}
