"""Principals that the logs name: what the incident's own principal made, or took over, by calls that succeeded.

The rows are AWS's own, but the names in them are the attacker's choice, and an attacker may want us to cut off somebody
innocent. So a row counts only if its call was signed with the incident's own access key, or made by the unique id that
IAM knows of its principal, in the incident's account: names, which others may have had, prove nothing. And a row names
only whom to ask IAM about: the finders (lambdas/planning/targets) say whether that is there, and what it is.

Whoever can write into the trail's own bucket could still name anybody: that is one reason why people decide.

It goes one generation far: what a second user did is asked by a response on that user.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean, pick
from lambdas.core.refusals import patiently
from lambdas.core.session import Session
from lambdas.evidence.answers import Answer
from lambdas.intake.principal import is_name, principal
from lambdas.planning import suspect
from lambdas.planning.targets import Candidate, role_session

Json = dict[str, Any]

KINDS = ("iam_user", "access_key", "bedrock_api_key", "role_session")
CHANGES, LINEAGE = "iam_persistence", "key_lineage"
BEDROCK = "bedrock.amazonaws.com"
CREATES_USER = "CreateUser"
PASSWORDS = ("CreateLoginProfile", "UpdateLoginProfile")
KEYS = ("CreateAccessKey", "UpdateAccessKey")
API_KEYS = ("CreateServiceSpecificCredential", "ResetServiceSpecificCredential", "UpdateServiceSpecificCredential")
ISSUES_SESSION = "AssumeRole"
MOST_CALLS = 4
"""Calls that a step's reason tells one by one."""
CALLED = {
    "iam_user": "for this user",
    "access_key": "for this key",
    "bedrock_api_key": "for this API key",
    "role_session": "and got this session's credentials",
}
OTHERS = "The user is older than that: others may use it too."
SAME_NAME = "Whoever assumes the role chooses the session's name: all that runs under the same one is cut off with it."


@dataclass(frozen=True)
class Own:
    """The incident's principal as the logs show it: by access key, by unique id (both may be unknown), and by ARN.

    `ids` are CloudTrail's principalId; `actor` is the ARN of the user or role, `caller` that of the very session.
    """

    key: str | None = None
    ids: frozenset[str] = frozenset()
    actor: str | None = None
    caller: str | None = None

    def made(self, row: Mapping[str, Any]) -> bool:
        """Is it certain that the principal itself made the call of this row?"""
        return bool(self.key and row["access_key"] == self.key) or row.get("principal_id") in self.ids


@dataclass(frozen=True)
class Named:
    """Whom the logs name, in the form of an incident's principal, by which calls, and which finder is to be asked.

    `credential`: of several that the finder may find, the one that is meant.
    """

    kind: str
    principal: Json
    calls: tuple[Json, ...]
    credential: str | None = None

    @property
    def why(self) -> str:
        """Which calls name it, by whom and when, in words for the approver."""
        told = [_told(call, CALLED[self.kind]) for call in self.calls[:MOST_CALLS]]
        more = len(self.calls) - MOST_CALLS
        return " ".join([*told, *([f"And {more} more such calls."] if more > 0 else []), *self._beware])

    @property
    def _beware(self) -> list[str]:
        if self.kind == "role_session":
            return [SAME_NAME]
        made = any(call["eventname"] == CREATES_USER for call in self.calls)
        return [OTHERS] if self.kind == "iam_user" and not made else []

    def means(self, candidate: Candidate) -> bool:
        return self.credential in (None, candidate.target.get("credential_id"))


def own(session: Session, incident: Json) -> Own:
    """Who the principal is, by IAM's word. Of whom IAM does not know there is the access key: none is given twice."""
    who, key = incident["principal"], incident["principal"]["access_key_id"]
    try:
        return patiently(lambda: _OF.get(who["type"], _of_user)(session, incident, key))
    except NotOurs:
        return Own(key)


def _of_root(session: Session, incident: Json, key: str | None) -> Own:
    """Its principalId is the account's id (CloudTrail User Guide, "CloudTrail userIdentity element")."""
    arn = f"arn:aws:iam::{incident['account']}:root"
    return Own(key, frozenset((incident["account"],)), arn, arn)


def _of_user(session: Session, incident: Json, key: str | None) -> Own:
    user = suspect.user(session, incident)
    return Own(key, frozenset((user["UserId"],)), user["Arn"], user["Arn"])


def _of_session(session: Session, incident: Json, key: str | None) -> Own:
    (found,) = (candidate.target for candidate in role_session.find(session, incident, {}))
    name = f"{found['role_name']}/{found['session_name']}"
    actor, caller = f"iam::{found['account']}:role/{found['role']}", f"sts::{found['account']}:assumed-role/{name}"
    ids = frozenset((f"{found['role_id']}:{found['session_name']}",))
    return Own(key, ids, f"arn:aws:{actor}", f"arn:aws:{caller}")


_OF = {"IAMUser": _of_user, "AssumedRole": _of_session, "Root": _of_root}


def named(found: Mapping[str, Answer], who: Own, account: str) -> list[Named]:
    """Whom the answers name, in the order of the first call about each."""
    changes, issued = (succeeded(found.get(question), who, account) for question in (CHANGES, LINEAGE))
    everybody = [*_users(changes), *_keys(changes), *_api_keys(changes), *_sessions(issued)]
    return sorted(everybody, key=lambda one: (one.calls[0]["eventtime"], KINDS.index(one.kind)))


def succeeded(answer: Answer | None, who: Own, account: str) -> list[Json]:
    """The rows of an answer that are calls of the principal's own, in its account, which were not refused.

    CloudTrail tells whole seconds: within one, a user is made before their credentials are.
    """
    rows = answer.rows if answer else []
    own_rows = [row for row in rows if row["account"] == account and not row["errorcode"] and who.made(row)]
    return sorted(own_rows, key=lambda row: (row["eventtime"], row["eventname"] != CREATES_USER))


def _users(changes: Iterable[Json]) -> Iterator[Named]:
    """Users that were made, or for whom a password or a credential was. IAM keeps no two names that differ in case."""
    by_name: dict[str, list[Json]] = defaultdict(list)
    for call in filter(_gives_power, changes):
        if call["target"] and is_name(call["target"]):
            by_name[call["target"].lower()].append(call)
    for calls in by_name.values():
        made = next((call["new_user_id"] for call in reversed(calls) if call["new_user_id"]), None)
        yield Named("iam_user", principal("IAMUser", calls[-1]["target"], principal_id=made), tuple(calls))


def _gives_power(call: Json) -> bool:
    if call["eventname"] in (CREATES_USER, *PASSWORDS):
        return True
    return bool(_key(call) or _api_key(call))


def _keys(changes: Iterable[Json]) -> Iterator[Named]:
    for key, calls in _by_credential(changes, _key):
        yield Named("access_key", principal("IAMUser", calls[0]["target"], key), calls)


def _api_keys(changes: Iterable[Json]) -> Iterator[Named]:
    for credential, calls in _by_credential(changes, _api_key):
        if calls[0]["target"] and is_name(calls[0]["target"]):
            yield Named("bedrock_api_key", principal("IAMUser", calls[0]["target"]), calls, credential)


def _by_credential(changes: Iterable[Json], of: Any) -> Iterator[tuple[str, tuple[Json, ...]]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for call in changes:
        if credential := of(call):
            found[credential].append(call)
    return ((credential, tuple(calls)) for credential, calls in found.items())


def _key(call: Json) -> str | None:
    """The long-term key that the call made, or made work again."""
    if call["eventname"] not in KEYS:
        return None
    asked = _asked(call)
    return call["new_credential"] or (pick(asked, "accessKeyId") if pick(asked, "status") == "Active" else None)


def _api_key(call: Json) -> str | None:
    """The same of a Bedrock API key. Only the call that makes one says of which service it is; the finder knows it."""
    if call["eventname"] not in API_KEYS or call["service_name"] not in (None, BEDROCK):
        return None
    asked = _asked(call)
    works = call["eventname"] != API_KEYS[-1] or pick(asked, "status") == "Active"
    return call["new_credential"] or (pick(asked, "serviceSpecificCredentialId") if works else None)


def _asked(call: Json) -> Any:
    """The call's parameters; nothing where CloudTrail left them out or has them in no form of its own."""
    try:
        return json.loads(call["requestparameters"] or "null")
    except ValueError:
        return None


def _sessions(calls: Iterable[Json]) -> Iterator[Named]:
    """Sessions of roles. The same session is named once, however often its credentials were issued."""
    found: dict[str, list[Json]] = defaultdict(list)
    for call in calls:
        if call["eventname"] == ISSUES_SESSION and call["issued_to"] and call["role_arn"]:
            found[call["issued_to"]].append(call)
    for unique_id, issued in found.items():
        role = issued[-1]["role_arn"].rpartition("/")[2]
        yield Named("role_session", principal("AssumedRole", role, issued[-1]["issued_key"], unique_id), tuple(issued))


def _told(call: Json, what: str) -> str:
    actor, event = clean(call["actor"], 150), clean(call["eventid"], 40)
    return f"CloudTrail: {actor} called {call['eventname']} {what} at {clean(call['eventtime'], 30)} (event {event})."
