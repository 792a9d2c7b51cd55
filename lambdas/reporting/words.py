"""The report in plain words. Everything that comes in here is clean already; the templates escape it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lambdas.core.ledger import DONE

Json = dict[str, Any]

BROKEN = ("drifted", "refused", "failed", "intended", "undo_intended", "undo_drifted", "undo_failed")
"""Statuses of a step that was to be carried out and did not end as it should."""

KEPT_OPEN = "The finding stays open: not all was done, or nothing was contained. Somebody should look at it."

WITH_REASON = ("refused", "undo_failed")

_STATUS = {
    "planned": "not carried out",
    "performed": "done",
    "nothing_to_do": "was so already",
    "undone": "undone",
    "intended": "begun, and its outcome was never written down: check it",
    "undo_intended": "undo begun, and its outcome was never written down: check it",
    "drifted": "not done: it was changed by somebody else after the plan was made",
    "undo_drifted": "not undone: it was changed by somebody else since",
    "refused": "refused",
    "failed": "failed",
    "undo_failed": "undo failed",
}

_SURVIVORS = {"role": "IAM role", "functions": "Lambda function", "knowledge_bases": "Knowledge base"}

OUTCOME_TITLES = {
    "closed": "Finished",
    "refused": "Not approved",
    "expired": "Nobody approved in time",
    "failed": "Failed",
}


def status(name: str) -> str:
    return _STATUS.get(name, name.replace("_", " "))


def broken(step: Json) -> str:
    """How a step ended that was to be carried out; of a refusal also why: it may be that the responder is paused."""
    why = (step["error"] or {}).get("message") if step["status"] in WITH_REASON else ""
    return f"{status(step['status'])} ({why.rstrip('.')})" if why else status(step["status"])


def not_reached(step: Json, gate: Json | None) -> str:
    """Why a planned step was never begun, from the gate it stood behind."""
    if step["machine"] == "close_findings" and (gate is None or not _is_left_out(step, gate)):
        return KEPT_OPEN
    if step["approval"] == "automatic":
        return "The response ended before it came to this step."
    if gate is None:
        return "The response ended before anybody was asked about it."
    if gate["state"] == "approved":
        return f"Left out by {_who_left_out(step, gate)}."
    return gate["reason"] or f"The approval is {gate['state']}."


def _is_left_out(step: Json, gate: Json) -> bool:
    return gate["state"] == "approved" and any(step["step_id"] not in vote["steps"] for vote in gate["votes"])


def _who_left_out(step: Json, gate: Json) -> str:
    people = [vote["approver"] for vote in gate["votes"] if step["step_id"] not in vote["steps"]]
    return ", ".join(people) or "the approvers"


def survivor(kind: str) -> str:
    """What a survivor is, in a word or two, from its name in the export."""
    return _SURVIVORS.get(kind, kind.replace("_", " "))


def summary(report: Json) -> list[str]:
    """The whole report in a few sentences, the most important first."""
    return list(_undo_summary(report) if report["kind"] == "undo" else _response_summary(report))


def _response_summary(report: Json) -> Iterator[str]:
    yield ending(report)
    yield origin(report["incident"])
    yield from _done(report, "Done", DONE)
    yield from _missing(report)
    if report["survivors"]:
        yield f"{_count(len(report['survivors']), 'thing')} that a deleted resource used is still there; see below."
    if report["undo_commands"]:
        yield f"{_count(len(report['undo_commands']), 'step')} can be taken back; the commands are below."


def _undo_summary(report: Json) -> Iterator[str]:
    yield ending(report)
    for plan in report["plans"]:
        by = f" by {plan['requested_by']}" if plan["requested_by"] else ""
        yield f"The undo was asked for{by}: {plan['reason'] or 'no reason was given'}"
    yield from _done(report, "Done", ("undone",))
    yield from _missing(report)


def ending(report: Json) -> str:
    """The first sentence: how it ended, and where and why if not well."""
    name = "undo" if report["kind"] == "undo" else "response"
    stopped = report["stopped"]
    if not stopped:
        return f"The {name} is finished: every approved step did what it should, and was read back."
    cause = (stopped["cause"] or stopped["error"]).rstrip(".")
    return {
        "refused": f"The {name} ended without approval. {cause}.",
        "expired": f"The {name} ended because nobody approved in time. What waited for approval was not done.",
    }.get(report["outcome"], f"The {name} failed at {stopped['stage']}: {cause}.")


def origin(incident: Json) -> str:
    """Where the incident came from, about whom and where, and whether that is sure."""
    doubt = "" if incident["confirmed"] else " GuardDuty itself did not confirm this finding, so nothing was automatic."
    return began(incident) + doubt


def began(incident: Json) -> str:
    by = (
        f"{incident['requested_by']} started it by hand"
        if incident["kind"] == "manual"
        else f"It began with {incident['type']}"
    )
    return f"{by}: {suspect(incident['principal'])} in account {incident['account']}, {incident['region']}."


_PRINCIPALS = {
    "IAMUser": "IAM user",
    "AssumedRole": "session of role",
    "Role": "role",
    "Root": "root user",
    "FederatedUser": "federated user",
    "Unknown": "unknown principal",
}


def suspect(principal: Json) -> str:
    name = principal.get("user_name") or principal.get("arn") or principal.get("principal_id") or ""
    key = f", key {principal['access_key_id']}" if principal.get("access_key_id") else ""
    return f"{_PRINCIPALS.get(principal['type'], principal['type'])} {name}{key}"


def _done(report: Json, title: str, statuses: tuple[str, ...]) -> Iterator[str]:
    done = [step["title"] for step in report["steps"] if step["status"] in statuses]
    yield f"{title}: {_listed(done)}." if done else f"{title}: nothing."


def _missing(report: Json) -> Iterator[str]:
    missing = [step["title"] for step in report["steps"] if step["not_done_because"]]
    if missing:
        yield f"Not done: {_listed(missing)}."


def _listed(titles: list[str]) -> str:
    """Each title once: the same may be done to several."""
    return "; ".join(title if n == 1 else f"{title} × {n}" for title, n in Counter(titles).items())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
