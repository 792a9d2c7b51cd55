"""One moment as it is sent: a mail to a person, a short JSON message to the topic."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lambdas.approval.render import render
from lambdas.core import mail
from lambdas.core.session import own_client
from lambdas.notice.recipients import TOPIC
from lambdas.notice.words import Moment

Json = dict[str, Any]
TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Message:
    """`happened` may name the suspect and what is attacked: it stands in the mail and nowhere else."""

    incident_id: str
    name: str
    moment: Moment
    happened: list[str]
    undo: bool
    drill: bool
    at: str

    @property
    def title(self) -> str:
        return f"undo {self.moment.title}" if self.undo else self.moment.title

    @property
    def look(self) -> list[str]:
        return [command.format(id=self.incident_id) for command in self.moment.look]

    def send(self, recipient: str) -> str:
        """To an address or to the topic; the message id. Raises botocore's ClientError and BotoCoreError."""
        return self._publish() if recipient == TOPIC else self._mail(recipient)

    def _mail(self, to: str) -> str:
        text, html = (render(name, TEMPLATES, message=self) for name in ("notice.txt", "notice.html"))
        return mail.send(to, mail.subject(self.incident_id, self.title), text, html)

    def _publish(self) -> str:
        answer = own_client("sns").publish(
            TopicArn=os.environ["NOTICE_TOPIC"],
            Subject=mail.subject(self.incident_id, self.title),
            Message=json.dumps(self.short(), sort_keys=True),
            # What a subscription filters by: only failures to the pager, for example.
            MessageAttributes={"moment": {"DataType": "String", "StringValue": self.name}},
        )
        return str(answer["MessageId"])

    def short(self) -> Json:
        """What the topic gets. A chat and a pager belong to others: nothing of the account, nobody's name, no link."""
        return {
            "product": mail.PRODUCT,
            "incident_id": self.incident_id,
            "moment": self.name,
            "undo": self.undo,
            "drill": self.drill,
            "at": self.at,
            "said": self.moment.said,
            "asked": self.moment.asked,
            "look": self.look,
        }
