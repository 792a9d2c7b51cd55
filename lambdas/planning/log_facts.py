"""What the logs say of the incident's principal, in a few short rows for who decides, and for the report.

What was not answered is said to be so: it is not the same as nothing. `log_rows.py` keeps them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lambdas.core.fields import clean
from lambdas.evidence.answers import Answer
from lambdas.evidence.query import names
from lambdas.planning.logged import CHANGES, LINEAGE, Own

Json = dict[str, Any]
Rows = list[Json]

NOT_SEARCHED = "Not searched: the gaps of the evidence say why."
NOT_ANSWERED = "Not answered: the gaps of the evidence say why."
NOT_KNOWN = "Not known: IAM does not know the incident's principal, so that nothing there can be told to be theirs."
NOT_ALL = " At least: there were more rows than are kept."
WHOSE = {
    "user": "this user",
    "role": "this role (all its sessions)",
    "assumed-role": "this session",
    "root": "the root user",
}
MOST_KINDS, MOST_NAMES = 6, 3


def facts(found: Mapping[str, Answer], who: Own, account: str) -> Rows:
    """[{name, text, artefact}]. `artefact` is the evidence that says so, null where there is none."""
    if not found:
        return [{"name": "The logs", "text": NOT_SEARCHED, "artefact": None}]
    return [_fact(name, found.get(question), say, who, account) for name, question, say in SAID]


def _fact(name: str, answer: Answer | None, say: Callable[[Rows, Own], str], who: Own, account: str) -> Json:
    if answer is None:
        return {"name": name, "text": NOT_ANSWERED, "artefact": None}
    rows = [row for row in answer.rows if row["account"] == account]
    text = say(rows, who) if who.actor or who.key else NOT_KNOWN
    return {"name": name, "text": clean(text if answer.whole else text + NOT_ALL), "artefact": answer.artefact}


def _model_calls(rows: Rows, who: Own) -> str:
    if not who.actor:
        return NOT_KNOWN
    calls = [row for row in rows if row["actor"] == who.actor and row["eventname"] in names()["genai_model_calls"]]
    if not calls:
        return f"None by {_whose(who.actor)}."
    number, failed = sum(row["n"] for row in calls), sum(row["errors"] for row in calls)
    first, last = min(row["first_seen"] for row in calls), max(row["last_seen"] for row in calls)
    refused = f", {failed:,} of them refused or failed" if failed else ""
    return f"{number:,} by {_whose(who.actor)}{refused}; first {_when(first)}, last {_when(last)}."


def _whose(arn: str) -> str:
    """As far as an ARN tells: where CloudTrail has a role's, it stands for all of its sessions."""
    return WHOSE.get(re.split("[:/]", arn)[5], "this principal")


def _tokens(rows: Rows, who: Own) -> str:
    if not who.caller:
        return NOT_KNOWN
    used = [row for row in rows if row["actor"] == who.caller]
    if not used:
        return f"None by {_whose(who.caller)} in the invocation log."
    given, got, calls = (sum(row[name] for row in used) for name in ("in_tokens", "out_tokens", "n"))
    uncounted = sum(row["without_tokens"] for row in used)
    without = f", {uncounted:,} of them without a count" if uncounted else ""
    models = Counter[str]()
    for row in used:
        models[clean(str(row["model"] or "not named").rpartition("/")[2], 60)] += row["n"]
    return f"{_short(given)} in, {_short(got)} out, in {calls:,} logged calls{without}. Models: {_listed(models)}."


def _changes(rows: Rows, who: Own) -> str:
    return _counted([row for row in rows if who.made(row)], lambda row: row["target"])


def _sessions(rows: Rows, who: Own) -> str:
    issued = [row for row in rows if who.made(row) and row["issued_key"] and row["eventsource"].startswith("sts.")]
    return _counted(issued, lambda row: (row["role_arn"] or "").rpartition("/")[2])


def _others(rows: Rows, who: Own) -> str:
    theirs = [row for row in rows if who.made(row) or (who.actor and row["actor"] == who.actor)]
    return _counted(theirs)


def _counted(rows: Rows, about: Callable[[Json], str | None] | None = None) -> str:
    """`CreateUser × 1 (mallory), CreateAccessKey × 2 (mallory, deploy). 3 were refused or failed.`"""
    done = [row for row in rows if not row["errorcode"]]
    kinds = Counter(clean(row["eventname"], 60) for row in done)
    most = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))[:MOST_KINDS]
    told = [f"{kind} × {n}{_about(kind, done, about) if about else ''}" for kind, n in most]
    more = f" and {len(kinds) - MOST_KINDS} other calls" if len(kinds) > MOST_KINDS else ""
    failed = f" {len(rows) - len(done):,} were refused or failed." if len(rows) > len(done) else ""
    return f"{', '.join(told) or 'Nothing by this principal'}{more}.{failed}"


def _about(kind: str, rows: Iterable[Json], about: Callable[[Json], str | None]) -> str:
    named = [clean(name, 64) for row in rows if clean(row["eventname"], 60) == kind and (name := about(row))]
    return f" ({_names(list(dict.fromkeys(named)))})" if named else ""


def _listed(counted: Counter[str]) -> str:
    return _names([f"{name} ({n:,})" for name, n in counted.most_common()])


def _names(found: list[str]) -> str:
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    return ", ".join(found[:MOST_NAMES]) + more


def _short(number: float) -> str:
    return f"{number / 1e6:,.1f} M" if number >= 1e6 else f"{number:,.0f}"


def _when(at: str) -> str:
    return f"{clean(at, 30)[:16].replace('T', ' ')} UTC"


SAID = (
    ("Model calls", "genai_activity", _model_calls),
    ("Tokens", "tokens_by_caller", _tokens),
    ("Changed in IAM", CHANGES, _changes),
    ("Sessions issued", LINEAGE, _sessions),
    ("Logging, detection", "logging_tampering", _others),
    ("Agents, knowledge", "agent_changes", _others),
)
QUESTIONS = tuple(question for _, question, _ in SAID)
