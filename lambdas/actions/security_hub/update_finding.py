"""Say in Security Hub that a finding is being dealt with: workflow status NOTIFIED, and a note with the incident's id.

Nothing else of the finding is touched, and the note says nothing else: everybody who may read findings reads it.

Facts of AWS, and where they stand:
* BatchUpdateFindings answers HTTP 200 for findings that it did not update, and names them under UnprocessedFindings
  (AWS Security Hub API reference).
* A finding has one note. A new one takes the place of the old one, and no call removes it: undo puts the former note
  back, and where there was none, ours then says that it is withdrawn.
* Where Security Hub is off, every call answers InvalidAccessException.
* This is Security Hub CSPM. Findings that only the newer Security Hub has (OCSF, BatchUpdateFindingsV2) are not found
  by this API, and the plan then says that there is none.
"""

from __future__ import annotations

from lambdas.actions._fields import ACCOUNT, REGION
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import NotAchieved, StateDrifted
from lambdas.core.fields import pick
from lambdas.core.session import Session

HUB = "arn:{partition}:securityhub:{region}:{account}:hub/default"
GET = Permission("securityhub:GetFindings", HUB)
UPDATE = Permission("securityhub:BatchUpdateFindings", HUB)

WRITER = "genai-responder"
TOLD = "Incident {incident_id}"
WITHDRAWN = "Incident {incident_id}: withdrawn"

ACTION = Action(
    title="Note the incident in Security Hub",
    catalogue="securityhub.update",
    stage="notification",
    machine="notify",
    power="notify",
    approval="automatic",
    reversibility="partial",
    target=Target(
        kind="security_hub_finding",
        fields={
            "account": ACCOUNT,
            "region": REGION,
            "incident_id": {"type": "string", "pattern": "^IR-[0-9]{8}-[0-9a-f]{10}$"},
            "finding_id": {"type": "string", "pattern": r"^[^\s\x00-\x1f]{1,512}$", "description": "Id of the finding"},
            "product_arn": {
                "type": "string",
                "pattern": "^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:[0-9]*:product/[A-Za-z0-9_./-]{1,128}$",
                "description": "the product that found it, as its ProductArn",
            },
        },
        label="finding {finding_id} in Security Hub",
        arn=HUB,
    ),
    impact="None: whoever looks at the finding sees that it has an incident, and its id.",
    way_back=(
        "Undo puts workflow status and note back. Where there was no note, AWS has no call that removes ours: "
        "it then says that it is withdrawn."
    ),
    playbooks=("bedrock", "amazon_q"),
    permissions={"read": (GET,), "perform": (GET, UPDATE), "undo": (GET, UPDATE)},
)


def read(session: Session, target: Json) -> Json:
    """{exists, workflow: NEW | NOTIFIED | RESOLVED | SUPPRESSED | None, told, note: {Text, UpdatedBy} | None}.

    `told`: does the note say that this incident deals with it? `note` is what others wrote there.
    """
    finding = _finding(session, target)
    if finding is None:
        return {"exists": False, "workflow": None, "told": False, "note": None}
    note = {name: pick(finding, f"Note.{name}") for name in ("Text", "UpdatedBy")}
    ours = note in (_ours(target, TOLD), _ours(target, WITHDRAWN))
    return {
        "exists": True,
        "workflow": pick(finding, "Workflow.Status", "NEW"),
        "told": note == _ours(target, TOLD),
        "note": None if ours or note["Text"] is None else note,
    }


def achieved(target: Json, state: Json) -> bool:
    """People who take it on from there (RESOLVED) leave it achieved."""
    return bool(state["told"] and state["workflow"] != "NEW")


def perform(session: Session, target: Json, before: Json) -> None:
    """Set status and note. Raises StateDrifted where the finding is gone, or people worked on it since the plan."""
    now = read(session, target)
    if achieved(target, now):
        return
    if now != before:
        raise StateDrifted(f"{_what(target)} is gone or was worked on since the plan was made. Nothing was changed.")
    _update(session, target, "NOTIFIED", _ours(target, TOLD))


def undo(session: Session, target: Json, before: Json) -> None:
    """Put status and note back. Raises StateDrifted where the finding is gone, or people worked on it after us."""
    now = read(session, target)
    if achieved(target, before) or now == before:
        return
    if (now["told"], now["workflow"]) != (True, "NOTIFIED"):
        raise StateDrifted(f"{_what(target)} is gone or was worked on since. Nothing was changed.")
    note = before["note"] or _ours(target, TOLD if before["told"] else WITHDRAWN)
    _update(session, target, before["workflow"], note)


def _what(target: Json) -> str:
    return f"Security Hub's finding {target['finding_id']}"


def _ours(target: Json, text: str) -> dict[str, str]:
    return {"Text": text.format_map(target), "UpdatedBy": WRITER}


def _finding(session: Session, target: Json) -> Json | None:
    named = {"Id": target["finding_id"], "ProductArn": target["product_arn"]}
    filters = {name: [{"Value": value, "Comparison": "EQUALS"}] for name, value in named.items()}
    found = session.client("securityhub").get_findings(Filters=filters)["Findings"]
    return next(iter(found), None)


def _update(session: Session, target: Json, workflow: str, note: dict[str, str]) -> None:
    answer = session.client("securityhub").batch_update_findings(
        FindingIdentifiers=[{"Id": target["finding_id"], "ProductArn": target["product_arn"]}],
        Workflow={"Status": workflow},
        Note=note,
    )
    refused = [unprocessed["ErrorCode"] for unprocessed in answer["UnprocessedFindings"]]
    if refused:
        raise NotAchieved(f"{_what(target)} was not updated: {', '.join(refused)}.")
