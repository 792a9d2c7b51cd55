"""Answers of a REST proxy integration: status, strict headers on every page, a page for each way to be refused."""

from __future__ import annotations

from typing import Any

from lambdas.approval.render import render, style_hash

Json = dict[str, Any]

STATUS = {
    "forged": 403,
    "unknown": 404,
    "method": 405,
    "spent": 409,
    "closed": 409,
    "changed": 409,
    "expired": 410,
    "busy": 503,
    "outage": 503,
}

HEADINGS = {
    "forged": "This link is not valid",
    "unknown": "This link is not known",
    "method": "This cannot be done here",
    "changed": "This plan can no longer be approved",
    "busy": "Please try again",
    "outage": "This page cannot be shown right now",
}

ADVICE = {
    "forged": "Open the link from the mail again, whole and unchanged: some mail programs break long links in two.",
    "unknown": "The incident may be long over. Ask the incident lead, or look it up with `responder approvals`.",
    "method": "Open the link from the mail in a browser.",
    "changed": "Nothing was decided here. Tell the incident lead: the response must make a new plan and ask again.",
    "busy": "Go back, reload the page and decide again.",
    "outage": "Wait a minute and open the link again. It then shows whether a decision was recorded.",
}


def headers() -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src '{style_hash()}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    }


def answer_page(status: int, template: str, **values: Any) -> Json:
    return {"statusCode": status, "headers": headers(), "body": render(template, **values), "isBase64Encoded": False}


def problem_page(reason: str, message: str) -> Json:
    """A page for somebody who cannot decide here, with what to do about it."""
    return answer_page(STATUS[reason], "problem.html", heading=HEADINGS[reason], message=message, advice=ADVICE[reason])
