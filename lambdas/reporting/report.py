"""The last word on a response or an undo: report.json, report.html, and the incident's status.

Safe to run again: the same facts give the same report under the same number. Who is told of it, lambdas/notice knows.
"""

from __future__ import annotations

import re
from typing import Any

from lambdas.core import documents
from lambdas.core.fields import canonical, sha256
from lambdas.core.ledger import Ledger
from lambdas.reporting import contents, page
from lambdas.reporting.records import Records

Json = dict[str, Any]
RUN: Json = {"kind": "response", "plan_hash": "", "done": {}, "not_approved": {}, "failure": {}}
UNSTEADY = ("number", "made_at", "timeline")
"""What differs between two reports on the same facts: these do not make it another report."""


def handler(event: Json, context: Any = None) -> Json:
    """Input {incident, kind: response | undo, plan_hash, done, not_approved, failure}: how the state machine came here.

    `not_approved` and `failure` hold {Error, Cause} by the name of the state that failed. The document is as
    schemas/report.json says; it is not validated here, because a report is worth more than its form.
    Answer {outcome: closed | refused | expired | failed, report_key, json_key, summary} and {error, cause} where it did
    not end well. Raises TargetNotFound for an incident that the ledger does not have.
    """
    records = Records.own()
    item = records.ledger.item(event["incident"]["incident_id"], "incident")
    report = written(records, item, {name: event.get(name) or empty for name, empty in RUN.items()})
    folder = documents.key_of(report["incident_id"], "report", str(report["number"]))
    documents.write(f"{folder}/report.html", page.html(report).encode(), "text/html; charset=utf-8")
    record(records.ledger, report, folder, item)
    return answer(report, folder)


def written(records: Records, item: Json, run: Json) -> Json:
    """The report, stored as JSON: the last one where it says the same, otherwise a new one with the next number."""
    incident_id = item["incident"]["incident_id"]
    last = _last(records, incident_id)
    report = contents.make(records, item, run, last["number"] + 1 if last else 1)
    if last and _same(last, report):
        return last
    documents.write_json(documents.key_of(incident_id, "report", str(report["number"]), "report.json"), report)
    return report


def _last(records: Records, incident_id: str) -> Json | None:
    keys = records.keys(incident_id, "report")
    numbered = {int(match[1]): key for key in keys if (match := re.search(r"/report/(\d+)/report\.json$", key))}
    report: Json | None = records.document(numbered[max(numbered)]) if numbered else None
    return report


def _same(one: Json, other: Json) -> bool:
    return _digest(one) == _digest(other)


def _digest(report: Json) -> str:
    return sha256(canonical({name: value for name, value in report.items() if name not in UNSTEADY}))


def record(ledger: Ledger, report: Json, folder: str, item: Json) -> None:
    """Write the outcome into the ledger, and into the timeline once for each report."""
    incident_id = report["incident_id"]
    facts = {"report_key": f"{folder}/report.html"}
    if report["kind"] == "undo":
        ledger.set_status(incident_id, item["status"], **facts)
    else:
        # What happens after this time is news: intake then opens another incident.
        ledger.set_status(incident_id, report["outcome"], closed_at=report["made_at"], **facts)
    written_now = {"outcome": report["outcome"], "at": report["made_at"]}
    if ledger.put_new(incident_id, f"report#{report['number']:04}", written_now):
        ledger.note(incident_id, f"Report {report['number']} written: {report['outcome']}")


def answer(report: Json, folder: str) -> Json:
    said = {
        "outcome": report["outcome"],
        "report_key": f"{folder}/report.html",
        "json_key": f"{folder}/report.json",
        "summary": report["summary"][0],
    }
    stopped = report["stopped"]
    return {**said, "error": stopped["error"], "cause": stopped["cause"]} if stopped else said
