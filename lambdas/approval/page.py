"""The approval page: GET shows and never decides, POST decides once. An API Gateway REST proxy handler, without script.

200 shown or decided     400 a field does not fit     403 forged link     404 unknown link
409 already decided      410 time ran out             503 a service of AWS did not answer
"""

from __future__ import annotations

import time
from typing import Any

from lambdas.approval import form as forms
from lambdas.approval import links
from lambdas.approval.answer import answer
from lambdas.approval.gate import Gate, cast, must_read, refuse_closed
from lambdas.approval.outcome import outcome_view
from lambdas.approval.view import request_view
from lambdas.approval.web import STATUS, answer_page, problem_page
from lambdas.core.documents import read_plan
from lambdas.core.errors import InputRefused, LinkRefused, PowerRefused, ResponderError
from lambdas.core.fields import pick
from lambdas.core.ledger import Ledger
from lambdas.planning.log_rows import kept

Json = dict[str, Any]


def handler(event: Json, context: Any) -> Json:
    """A REST proxy event for /approve/{link} in, the proxy answer with a whole page out, also where AWS fails."""
    try:
        answered = _route(event)
    except LinkRefused as refused:
        answered = problem_page(refused.reason, str(refused))
    except PowerRefused as refused:
        answered = problem_page("changed", str(refused))
    except _outages():
        _log_outage()
        answered = problem_page("outage", "A service that this page depends on did not answer.")
    return {**answered, "body": ""} if event.get("httpMethod") == "HEAD" else answered


def _log_outage() -> None:
    # Needed so rarely that no start should wait for it.
    from aws_lambda_powertools import Logger

    Logger().exception("The approval page could not be served")


def _outages() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError, ClientError

    return (ClientError, BotoCoreError, ResponderError)


def _route(event: Json) -> Json:
    method = event.get("httpMethod")
    if method not in ("GET", "HEAD", "POST"):
        return problem_page("method", "This page can be read and answered, nothing else.")
    link = links.find(pick(event, "pathParameters.link", ""))
    gate = must_read(link.gate_id)
    return _decide(event, link, gate) if method == "POST" else _show(event, link, gate)


def _show(event: Json, link: links.Link, gate: Gate) -> Json:
    try:
        refuse_closed(gate, link, int(time.time()))
    except LinkRefused as refused:
        return _decided_page(STATUS[refused.reason], link, gate)
    chosen: tuple[str, ...] | None = () if pick(event, "queryStringParameters.select") == "none" else None
    return _request_page(200, link, gate, chosen)


def _decide(event: Json, link: links.Link, gate: Gate) -> Json:
    try:
        form = _own_form(event, link, gate)
    except InputRefused as refused:
        return _request_page(400, link, gate, None, problem=refused)
    try:
        return _vote(event, link, gate, form)
    except InputRefused as refused:
        return _request_page(400, link, gate, form.steps, form.reason, refused)
    except LinkRefused as refused:
        if refused.reason == "busy":
            raise
        # Decided before: if the state machine has not been told, this visit tells it.
        answer(must_read(gate.gate_id))
        return _decided_page(STATUS[refused.reason], link, must_read(gate.gate_id))


def _own_form(event: Json, link: links.Link, gate: Gate) -> forms.Form:
    """The form, if it comes from this link's own page about this plan. Raises InputRefused."""
    form = forms.parse(event)
    if not links.csrf_holds(link, gate.plan_hash, form.csrf):
        raise InputRefused("csrf", "this is not the form that was shown to you; check the steps and send it again")
    return form


def _vote(event: Json, link: links.Link, gate: Gate, form: forms.Form) -> Json:
    """Check and record the vote, note it, and tell the state machine once the gate is decided."""
    refuse_closed(gate, link, int(time.time()))
    proposed = [step["step_id"] for step in gate.proposed(read_plan(gate.incident_id, gate.plan_hash))]
    vote = forms.vote(form, link.approver, proposed, event)
    gate = cast(link, vote)
    what = "Approved" if vote.decision == "approve" else "Refused"
    detail = {"gate": gate.gate, "plan_hash": gate.plan_hash, "state": gate.state, "source_ip": vote.source_ip}
    Ledger().note(gate.incident_id, f"{what} by {link.approver}", steps=list(vote.steps), reason=vote.reason, **detail)
    answer(gate)
    return _decided_page(200, link, must_read(gate.gate_id), just_voted=True)


def _request_page(
    status: int,
    link: links.Link,
    gate: Gate,
    chosen: tuple[str, ...] | None,
    reason: str = "",
    problem: InputRefused | None = None,
) -> Json:
    """The page with the form. `chosen` is what is ticked; None for every step."""
    try:
        refuse_closed(gate, link, int(time.time()))
    except LinkRefused as refused:
        return _decided_page(STATUS[refused.reason], link, gate)
    ledger, incident_id = Ledger(), gate.incident_id
    plan = read_plan(incident_id, gate.plan_hash)
    view = request_view(gate, plan, ledger.steps(incident_id), kept(ledger, incident_id))
    ticked = [step["step_id"] for step in view["steps"] if chosen is None or step["step_id"] in chosen]
    csrf = links.csrf_value(link, gate.plan_hash)
    return answer_page(
        status,
        "request.html",
        view=view,
        ticked=ticked,
        reason=reason,
        problem=problem,
        csrf=csrf,
        approver=link.approver,
    )


def _decided_page(status: int, link: links.Link, gate: Gate, just_voted: bool = False) -> Json:
    view = outcome_view(gate, read_plan(gate.incident_id, gate.plan_hash), time.time(), just_voted)
    csrf = links.csrf_value(link, gate.plan_hash) if view["undelivered"] else ""
    return answer_page(status, "outcome.html", view=view, csrf=csrf, approver=link.approver)
