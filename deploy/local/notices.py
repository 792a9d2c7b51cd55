"""What was published to SNS topics: moto keeps it, and shows it nowhere."""

from typing import Any

from moto.sns.models import sns_backends


def notices() -> list[dict[str, Any]]:
    """Every message to a topic, oldest first in each: {topic, subject, message, attributes: {name: value}}."""
    topics = [t for account in sns_backends.values() for backend in account.values() for t in backend.topics.values()]
    return [_shown(topic.arn, *sent) for topic in topics for sent in list(topic.sent_notifications)]


def _shown(arn: str, _: str, message: str, subject: str | None, attributes: Any, __: Any) -> dict[str, Any]:
    values = {name: given["Value"] for name, given in (attributes or {}).items()}
    return {"topic": arn, "subject": subject or "", "message": message, "attributes": values}
