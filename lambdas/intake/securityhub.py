"""EventBridge hands over findings of Security Hub, in ASFF or OCSF. Most are somebody else's, two kinds are ours.

* GuardDuty's own findings, which Security Hub passes on: by their id they are what GuardDuty sends itself, so that they
  join its incident, or open it where GuardDuty's event does not reach this bus. GuardDuty confirms them.
* Checks of other products, as rows of securityhub_checks.json say: Prowler's that invocation logging is off is an
  incident where the signed baseline has it on. Whoever may call BatchImportFindings can write such a finding, so that
  it is not Security Hub that confirms it, but the state of the account (lambdas/intake/confirm.py).

Formats: Security Hub User Guide, "AWS Security Finding Format" and "OCSF findings in Security Hub"; Prowler's ids and
fields as in its own ASFF and OCSF output.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.baseline import read as baseline
from lambdas.core.errors import InputRefused, NotOurs
from lambdas.core.fields import clean, pick, require, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate
from lambdas.intake import delivery
from lambdas.intake.finding import ONLY_PEOPLE, incident_id, moment_in
from lambdas.intake.finding_types import OTHER_SOURCES, facts_of, known
from lambdas.intake.origin import require_ours
from lambdas.intake.principal import principal

Json = dict[str, Any]

SOURCE = "aws.securityhub"
ASFF, OCSF = "Security Hub Findings - Imported", "Findings Imported V2"
GUARDDUTY_PRODUCTS = ("product/aws/guardduty", "productv2/aws/guardduty")
FAILED = ("FAILED", "FAIL")
LOW = 4.0
_GUARDDUTY = re.compile(
    r"arn:aws[a-z-]*:guardduty:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):detector/(?P<detector>\w+)/finding/(?P<id>\w+)",
    re.ASCII,
)


def handler(event: Any, context: Any) -> Json:
    """One event, or a batch from a queue. Answer {outcome, incident_id, reason}, for several {outcomes: [...]}."""
    return delivery.outcomes(event, take_in)


def take_in(event: Any) -> Json:
    """An event may carry several findings: each has its own outcome."""
    single = each_alone(event)
    taken = [delivery.take_in(one, incident_of, finding_key) for one in single]
    return taken[0] if len(taken) == 1 else {"outcomes": taken}


def each_alone(event: Any) -> list[Any]:
    findings = pick(event, "detail.findings")
    if not isinstance(findings, list) or len(findings) < 2:
        return [event]
    return [
        {**event, "id": f"{event.get('id')}.{n}", "detail": {**event["detail"], "findings": [finding]}}
        for n, finding in enumerate(findings)
    ]


@cache
def checks() -> dict[str, Json]:
    rows = json.loads(Path(__file__).with_name("securityhub_checks.json").read_text(encoding="utf-8"))
    return {row["check"]: row for row in rows}


def finding_key(event: Any) -> Any:
    """GuardDuty's own id for its findings, a hash of Security Hub's for all others, which are ARNs and longer."""
    fields = _fields(pick(event, "detail.findings.0", {}))
    passed_on = _GUARDDUTY.fullmatch(str(fields["id"]))
    return passed_on["id"] if passed_on else sha256(str(fields["id"]).encode())[:32]


def incident_of(event: Any, ledger: Ledger) -> Json:
    """The incident that a finding opens (schemas/incident.json). Raises InputRefused, or NotOurs with the reason."""
    finding = finding_in(event)
    fields = _fields(finding)
    _require_live(fields)
    passed_on = _GUARDDUTY.fullmatch(str(fields["id"]))
    incident = _of_guardduty(fields, passed_on) if passed_on and _is_guardduty(fields) else _of_check(fields, ledger)
    validate("incident", incident)
    return require_ours(event, incident)


def finding_in(event: Any) -> Json:
    """The one finding of an event. Raises InputRefused where it is no event of Security Hub."""
    if not isinstance(event, dict):
        raise InputRefused("event", "is not a JSON object")
    if event.get("source") != SOURCE:
        raise InputRefused("source", f"is not {SOURCE}")
    if event.get("detail-type") not in (ASFF, OCSF):
        raise InputRefused("detail-type", f"is neither {ASFF} nor {OCSF}")
    finding: Json = require(event, "detail.findings.0", dict)
    return finding


def _fields(finding: Any) -> Json:
    """The same few facts from both formats; what is missing is null."""
    return _of_ocsf(finding) if isinstance(pick(finding, "metadata"), dict) else _of_asff(finding)


def _of_asff(finding: Any) -> Json:
    key: Json = next((d for n in range(20) if (d := pick(finding, f"Resources.{n}.Details.AwsIamAccessKey"))), {})
    return {
        "id": pick(finding, "Id"),
        "product": pick(finding, "ProductArn", ""),
        "check": str(pick(finding, "GeneratorId", "")).removeprefix("prowler-"),
        "account": pick(finding, "AwsAccountId"),
        "region": pick(finding, "Region") or pick(finding, "Resources.0.Region"),
        "types": pick(finding, "Types", []),
        "status": pick(finding, "Compliance.Status"),
        "live": pick(finding, "RecordState") != "ARCHIVED" and pick(finding, "Workflow.Status") != "SUPPRESSED",
        "severity": _ten(pick(finding, "Severity.Normalized"), 10),
        "title": pick(finding, "Title", ""),
        "description": pick(finding, "Description", ""),
        "created": pick(finding, "CreatedAt", ""),
        "first_seen": moment_in(finding, "FirstObservedAt") if isinstance(finding, dict) else None,
        "last_seen": _either(finding, "LastObservedAt", "UpdatedAt"),
        "who": [key.get(n) for n in ("PrincipalType", "PrincipalName", "AccessKeyId", "PrincipalId")],
    }


def _of_ocsf(finding: Json) -> Json:
    user = pick(finding, "evidences.0.actor.user") or pick(finding, "actor.user", {})
    info = pick(finding, "finding_info", {})
    return {
        "id": info.get("uid") or pick(finding, "metadata.uid"),
        "product": f"{pick(finding, 'metadata.product.uid', '')} {pick(finding, 'metadata.product.name', '')}",
        "check": str(pick(finding, "metadata.event_code") or pick(info, "analytic.uid", "")).removeprefix("prowler-"),
        "account": pick(finding, "cloud.account.uid"),
        "region": pick(finding, "cloud.region"),
        "types": info.get("types") or [],
        "status": pick(finding, "compliance.status") or pick(finding, "status_code"),
        "live": pick(finding, "status") not in ("Suppressed", "Resolved", "Archived"),
        "severity": _ten(pick(finding, "severity_id"), 0.5),
        "title": info.get("title") or "",
        "description": info.get("desc") or "",
        "created": info.get("created_time_dt") or pick(finding, "time_dt", ""),
        "first_seen": moment_in(info, "first_seen_time_dt"),
        "last_seen": _either(info, "last_seen_time_dt", "modified_time_dt"),
        "who": [user.get(n) for n in ("type", "name", "credential_uid", "uid")],
    }


def _either(document: Any, *names: str) -> str | None:
    found = (moment_in(document, name) for name in names if isinstance(document, dict))
    return next((moment for moment in found if moment), None)


def _ten(value: Any, divisor: float) -> float:
    """A severity on GuardDuty's scale; what is none counts as low, because severity decides nothing here."""
    number = value / divisor if isinstance(value, int | float) and not isinstance(value, bool) else LOW
    return number if 0 <= number <= 10 else LOW


def _require_live(fields: Json) -> None:
    if not isinstance(fields["id"], str):
        raise InputRefused("detail.findings.0", "has no id")
    if not fields["live"]:
        raise NotOurs("detail.findings.0: the finding is archived, resolved or suppressed in Security Hub.")


def _is_guardduty(fields: Json) -> bool:
    """Security Hub lets only GuardDuty itself write under GuardDuty's product."""
    return str(fields["product"]).split(" ")[0].endswith(GUARDDUTY_PRODUCTS)


def _of_guardduty(fields: Json, found: re.Match[str]) -> Json:
    kind = guardduty_type(fields["types"])
    withheld = ONLY_PEOPLE if facts_of(kind)["route"] == "manual" else None
    kind_name, name, key, principal_id = fields["who"]
    root = f"arn:aws:iam::{found['account']}:root" if str(kind_name).lower() == "root" else None
    who = principal(kind_name, name, key, principal_id, root)
    facts = {"kind": "guardduty", "id": found["id"], "detector_id": found["detector"], "arn": fields["id"]}
    place = (found["account"], found["region"])
    return {**_incident(fields, place, kind, facts, who, f"GuardDuty finding {kind}"), "withheld": withheld}


def guardduty_type(types: Any) -> str:
    """GuardDuty's own spelling of a type: ASFF has a taxonomy in front, and hyphens for slashes. Raises NotOurs."""
    own = {name.replace("/", "-"): name for name in known() if not name.startswith(OTHER_SOURCES)}
    shown = [str(text) for text in types if isinstance(text, str)] if isinstance(types, list) else []
    ends = [text.rpartition("/")[2] for text in shown] + [text.replace("/", "-") for text in shown]
    found = next((own[end] for end in ends if end in own), None)
    if found is None:
        facts_of(clean(", ".join(shown), 128))
    return str(found)


def _of_check(fields: Json, ledger: Ledger) -> Json:
    row = checks().get(str(fields["check"]))
    if row is None or "prowler" not in str(fields["product"]).lower():
        product, check = clean(fields["product"], 128), clean(fields["check"], 128)
        raise NotOurs(f"Neither a finding of GuardDuty nor a check that this product knows: {check} of {product}.")
    if str(fields["status"]).upper() not in FAILED:
        raise NotOurs(f"{row['check']}: did not fail.")
    if row["kind"] is None:
        raise NotOurs(f"{row['check']} opens no incident: {row['why']}.")
    _require_recorded(fields, row, ledger)
    facts = {"kind": "securityhub", "id": clean(fields["id"], 512), "detector_id": None, "arn": None}
    place = (require(fields, "account"), require(fields, "region"))
    kind = f"securityhub:{row['check']}"
    return _incident(fields, place, kind, facts, principal(), f"Security Hub finding {row['check']}")


def _require_recorded(fields: Json, row: Json, ledger: Ledger) -> None:
    """Raises NotOurs where the baseline does not have what the check misses: that is posture, and no incident."""
    recorded, problem = baseline.latest(require(fields, "account"), require(fields, "region"), ledger)
    if problem or not pick(recorded, f"kinds.{row['kind']}.loggingConfig"):
        raise NotOurs(f"{row['check']}: {problem or 'the baseline has it off too, so that nobody turned it off.'}")


def _incident(fields: Json, place: tuple[str, str], kind: str, facts: Json, who: Json, reason: str) -> Json:
    created = fields["created"] if isinstance(fields["created"], str) else ""
    return {
        "incident_id": incident_id(*place, facts["id"], created),
        "playbook": "bedrock",
        "account": place[0],
        "region": place[1],
        "partition": "aws",
        "opened_at": now(),
        "source": {**_source(fields, kind), **facts},
        "principal": who,
        "requested_by": None,
        "requester_arn": None,
        "reason": reason,
        "drill": False,
        "confirmed": False,
        "withheld": None,
    }


def _source(fields: Json, kind: str) -> Json:
    return {
        "type": kind,
        "severity": fields["severity"],
        "title": clean(fields["title"] or kind),
        "description": clean(fields["description"]),
        "first_seen": fields["first_seen"],
        "last_seen": fields["last_seen"],
        "count": 1,
        "sample": False,
    }
