"""The rows of `log_facts.py` in the ledger: worked out once, so that no mail and no page has to read the logs.

pk <incident id>, sk `logs`: {rows: [{name, text, artefact}], at}
"""

from __future__ import annotations

from typing import Any

from lambdas.core.ledger import Ledger, now

Json = dict[str, Any]
LOGS = "logs"


def keep(ledger: Ledger, incident_id: str, rows: list[Json]) -> None:
    """Write the rows down, over those of an earlier attempt that had fewer answers."""
    seen = next(ledger.items(incident_id, LOGS), None)
    if seen is None or seen["rows"] != rows:
        ledger.put_over(incident_id, LOGS, {"rows": rows, "at": now()}, "at", seen)


def kept(ledger: Ledger, incident_id: str) -> list[Json]:
    """[{name, text, artefact}]; empty where the logs were not looked at, or not yet."""
    item = next(ledger.items(incident_id, LOGS), None)
    return list(item["rows"]) if item else []
