"""Which records matter: the rule, record by record.

A CloudTrail record is relevant if a generative-AI service wrote it, if it is on the watch-list, issues credentials, is
a sign-in or a change in IAM, if a wanted actor made it, or if an identity made it that also made a relevant change or
called a model, by CloudTrail or by the invocation log. All records of model invocations and of conversations are
relevant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from lambdas.evidence.query import watchlist

SERVICES = {"qbusiness", "qapps", "q", "codewhisperer", "qdeveloper", "user-subscriptions", "chatbot"}
READS = ("Get", "List", "Describe", "Generate", "Simulate")
CREDENTIALS = ("Assume", "GetSessionToken", "GetFederationToken")
CALLS = ("Invoke", "Converse", "StartAsyncInvoke", "Retrieve", "Chat", "SendMessage")
"""Names that begin so call a model; AWS marks them as read-only."""


@dataclass(frozen=True)
class Wanted:
    """What the hunt is about. `since` and `until` are ISO times, `until` included. An actor is an access key id, an
    ARN, the name of a user or role, or a principal id."""

    actors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    accounts: tuple[str, ...] = ()

    @property
    def bounds(self) -> bool:
        """Whether there is anything that it does not cover."""
        return bool(self.since or self.until or self.accounts)

    def covers(self, time: str, account: str | None) -> bool:
        since, until = self.since or "", self.until or "9999"
        return since <= time <= until and (not self.accounts or account in self.accounts)

    def named(self, names: Iterable[str | None]) -> bool:
        """Whether one of an identity's names is a wanted actor's."""
        return any(name in self.actors or name.partition(":")[0] in self.actors for name in names if name)


def generative(source: str) -> bool:
    """Whether a generative-AI service wrote the record."""
    service = source.partition(".")[0]
    return service.startswith("bedrock") or service in SERVICES


@cache
def _watched() -> frozenset[tuple[str, str]]:
    return frozenset((row["eventSource"], row["eventName"]) for row in watchlist())


def watched(source: str, name: str) -> bool:
    return (source, name) in _watched()


@cache
def relevant(source: str, name: str) -> bool:
    return (
        implicates(source, name)
        or (source, name) == ("signin.amazonaws.com", "ConsoleLogin")
        or (source == "sts.amazonaws.com" and name.startswith(CREDENTIALS))
    )


@cache
def implicates(source: str, name: str) -> bool:
    """Relevant for what it does to a service, and so, unless it only reads, a reason to look at who did it."""
    changes_iam = source == "iam.amazonaws.com" and not name.startswith(READS)
    return generative(source) or watched(source, name) or changes_iam


@cache
def acts(source: str, name: str, read_only: bool | str | None) -> bool:
    """Whether a relevant record is a change or calls a model."""
    if not implicates(source, name):
        return False
    reads = name.startswith(READS) if read_only is None else str(read_only).lower() == "true"
    return name.startswith(CALLS) or not reads
