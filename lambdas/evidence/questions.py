"""The questions of an incident: what the logs say in AWS's own files, asked of Athena and preserved with their SQL.

A question is asked where its declaration says `evidence = true`. CloudTrail delivers its files some minutes after a
call: what they do not have yet is in the event history, which is read beside them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lambdas.core.errors import InputRefused, QueryFailed
from lambdas.core.fields import pick
from lambdas.core.ledger import Ledger, now
from lambdas.core.session import Session
from lambdas.evidence import asking
from lambdas.evidence.answers import PREFIX
from lambdas.evidence.artefacts import days
from lambdas.evidence.keeping import Keeper
from lambdas.evidence.query import Query, Value, queries
from lambdas.evidence.reading import Reading

Json = dict[str, Any]

THREADS = 4
PATIENCE_SECONDS = 300
"""How long queries may run, over all attempts: then they are stopped. People wait to be asked."""
PRINCIPAL = "01-principal"
"""The first pass's artefact that has the user or role."""
KINDS = {"IAMUser": "user", "AssumedRole": "role", "Role": "role"}
TABLES = {
    "cloudtrail_logs": ("CloudTrail's files", "TrailBucket"),
    "bedrock_invocations": ("model-invocation logs", "InvocationLogBucket"),
}
"""What each table holds, and the parameter of deploy/template.yaml that says where it lies."""


@dataclass
class Outcome:
    """What the questions gave: manifest entries, gaps, and whether they have to be asked again."""

    entries: list[Json] = field(default_factory=list)
    gaps: list[Json] = field(default_factory=list)
    unfinished: bool = False


def preserve(keeper: Keeper, ledger: Ledger, deadline: float) -> Outcome:
    """Ask every question of the incident, some at the same time. `deadline` is of time.monotonic()."""
    ledger.put_new(keeper.incident_id, "questions", {"begun_at": now()})
    begun_at = datetime.fromisoformat(ledger.item(keeper.incident_id, "questions")["begun_at"])
    asker = _Asker(keeper, known(keeper, begun_at), begun_at, deadline)
    with ThreadPoolExecutor(THREADS) as pool:
        return _together(list(pool.map(asker.outcome, questions())))


def questions() -> list[Query]:
    """Those that are asked about every incident."""
    return [query for query in queries() if query.declared.get("evidence")]


def known(keeper: Keeper, until: datetime) -> dict[str, Value]:
    """What a question can take from an incident, by the name of the input. What is not known is left out."""
    incident, since = keeper.incident, days(keeper.incident)[0]
    texts = {
        "day_from": since,
        "day_to": f"{until:%Y/%m/%d}",
        "hour_from": f"{since}/00",
        "hour_to": f"{until:%Y/%m/%d/%H}",
        "access_key_id": incident["principal"]["access_key_id"],
    }
    actor = _actor(keeper)
    return {name: text for name, text in texts.items() if text} | ({"actors": [actor]} if actor else {})


def _actor(keeper: Keeper) -> str | None:
    """The ARN of the user, or of the session's role, as the questions name who acted: IAM's own word if it was read."""
    kept = keeper.stored(PRINCIPAL)
    content = kept[0]["content"] if kept else {}
    found: str | None = pick(content, "user.User.Arn") or pick(content, "role.Role.Arn")
    return found or keeper.incident["principal"]["arn"] or _likely_arn(keeper.incident)


def _likely_arn(incident: Json) -> str | None:
    who = incident["principal"]
    kind = KINDS.get(who["type"])
    return f"arn:aws:iam::{incident['account']}:{kind}/{who['user_name']}" if kind and who["user_name"] else None


@dataclass(frozen=True)
class _Asker:
    """Asks one question after the other. The first of all attempts was at `begun_at`; this one ends at `deadline`."""

    keeper: Keeper
    values: dict[str, Value]
    begun_at: datetime
    deadline: float

    def outcome(self, query: Query) -> Outcome:
        """Ask one question and keep its answer. Whatever goes wrong with it is a gap."""
        name = f"{PREFIX}{query.id}"
        if earlier := self.keeper.stored(name):
            return Outcome([earlier[1]], earlier[0]["gaps"])
        try:
            return self._asked(query, name)
        except (InputRefused, QueryFailed) as error:
            return Outcome(gaps=[_gap(query, str(error))])

    def _asked(self, query: Query, name: str) -> Outcome:
        if missing := next(_missing(query, {**query.defaults, **self.values}), None):
            return Outcome(gaps=[_gap(query, missing)])
        question = asking.asked(query, {**query.defaults, **self.values}, self.keeper.incident_id)
        execution_id = asking.start(question)
        answer = asking.answer(question, execution_id, self.deadline)
        if answer:
            return self._kept(name, question, answer)
        if (datetime.now(UTC) - self.begun_at).total_seconds() < PATIENCE_SECONDS:
            return Outcome(unfinished=True)
        asking.stop(execution_id)
        return Outcome(gaps=[_gap(query, f"had not ended after {PATIENCE_SECONDS} seconds and was stopped")])

    def _kept(self, name: str, question: asking.Asked, answer: asking.Answer) -> Outcome:
        reading = Reading(_own(self.keeper.incident), calls=list(asking.CALLS))
        reading.content |= _content(question, answer)
        if answer.more:
            reading.gap(
                f"athena: {question.query.id}", f"there are more than the {len(answer.rows)} rows that were kept"
            )
        document, entry = self.keeper.keep(name, reading, session=_function_session())
        return Outcome([entry], document["gaps"])


def _missing(query: Query, values: dict[str, Value]) -> Iterator[str]:
    """Why a question cannot be asked: a table that is not there, or an input that the incident does not give."""
    tables = os.environ["QUERY_TABLES"].split(",")
    for table, (what, parameter) in TABLES.items():
        if table not in tables and re.search(rf"\b{table}\b", query.sql):
            yield f"The responder was not told where the {what} lie (parameter {parameter}), so they were not searched."
    if unknown := [name for name in query.inputs if name not in values]:
        yield f"Not asked: the incident does not give its {', '.join(unknown)}."


def _content(question: asking.Asked, answer: asking.Answer) -> Json:
    return {
        "query": question.query.id,
        "question": question.query.question,
        "sql": question.sql,
        "parameters": question.parameters,
        "query_execution_id": answer.execution_id,
        "bytes_scanned": answer.bytes_scanned,
        "milliseconds": answer.milliseconds,
        "rows": answer.rows,
    }


def _own(incident: Json) -> Session:
    """Athena is asked with the function's own credentials, in the responder's own account."""
    return Session(incident["account"], os.environ["AWS_REGION"])


def _function_session() -> str:
    """As CloudTrail shows the function itself: its role and its name."""
    return f"{os.environ['PREFIX']}-observe/{os.environ.get('AWS_LAMBDA_FUNCTION_NAME', 'observe')}"


def _gap(query: Query, why: str) -> Json:
    return {"what": f"athena: {query.id}"[:200], "why": why[:500]}


def _together(outcomes: list[Outcome]) -> Outcome:
    whole = Outcome(unfinished=any(outcome.unfinished for outcome in outcomes))
    for outcome in outcomes:
        whole.entries += outcome.entries
        whole.gaps += outcome.gaps
    return whole
