"""Every mail that is sent through the emulated SES, kept as it was sent: moto keeps only one of its parts."""

import base64
import email
import email.policy
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from functools import wraps
from typing import Any

from moto.ses.responses import EmailResponse
from moto.sesv2.responses import SESV2Response

Mail = dict[str, Any]

_KEPT: list[Mail] = []
_LOCK = threading.Lock()


def mailbox() -> list[Mail]:
    """Every mail sent, oldest first: {at, from, to, subject, text, html, headers}. An absent part is an empty text."""
    with _LOCK:
        return list(_KEPT)


def install() -> None:
    """Keep what SES accepts. SES itself still refuses: an unverified sender's mail never gets here."""
    _after(SESV2Response, "send_email", _of_v2)
    _after(EmailResponse, "send_email", _of_v1)
    _after(EmailResponse, "send_raw_email", _of_v1_raw)


def _after(responses: type, name: str, mail_of: Any) -> None:
    accept = getattr(responses, name)
    if hasattr(accept, "keeps_mail"):
        return

    @wraps(accept)
    def send(self: Any) -> Any:
        answer = accept(self)
        mail = mail_of(self)
        with _LOCK:
            _KEPT.append({"at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"), **mail})
        return answer

    send.keeps_mail = True
    setattr(responses, name, send)


def _of_v2(request: Any) -> Mail:
    content, to = request._get_param("Content"), _recipients(request._get_param("Destination"))
    sender = request._get_param("FromEmailAddress") or ""
    if "Raw" in content:
        return _parsed(base64.b64decode(content["Raw"]["Data"]), sender, to)
    simple = content["Simple"]
    extra = {header["Name"]: header["Value"] for header in simple.get("Headers") or ()}
    return _mail(sender, to, simple["Subject"]["Data"], simple["Body"], extra)


def _of_v1(request: Any) -> Mail:
    to = _recipients(request._get_param("Destination"))
    message = request._get_param("Message")
    return _mail(request._get_param("Source"), to, message["Subject"]["Data"], message["Body"], {})


def _of_v1_raw(request: Any) -> Mail:
    raw = request._get_param("RawMessage")["Data"]
    return _parsed(raw, request._get_param("Source") or "", request._get_param("Destinations") or [])


def _recipients(destination: dict[str, Any] | None) -> list[str]:
    kinds = ("ToAddresses", "CcAddresses", "BccAddresses")
    return [address for kind in kinds for address in (destination or {}).get(kind) or ()]


def _mail(sender: str, to: list[str], subject: str, body: dict[str, Any], headers: dict[str, str]) -> Mail:
    parts = {name: (body.get(kind) or {}).get("Data", "") for name, kind in (("text", "Text"), ("html", "Html"))}
    shown = {"From": sender, "To": ", ".join(to), "Subject": subject, **headers}
    return {"from": sender, "to": to, "subject": subject, **parts, "headers": shown}


def _parsed(raw: bytes, sender: str, to: list[str]) -> Mail:
    """A mail that was sent as MIME: the parts that a mail program would show."""
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    named = [
        address
        for _, address in getaddresses([str(value) for name in ("To", "Cc") for value in message.get_all(name, [])])
    ]
    parts = {name: _part(message, kind) for name, kind in (("text", "plain"), ("html", "html"))}
    return {
        "from": sender or str(message["From"]),
        "to": to or named,
        "subject": str(message["Subject"] or ""),
        **parts,
        "headers": {name: str(value) for name, value in message.items()},
    }


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""
