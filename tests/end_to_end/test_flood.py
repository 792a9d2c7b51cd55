"""Many findings at once: as many incidents as there are principals, each contained once, and no finding lost."""

from __future__ import annotations

from benchmarks.flood import Flood
from deploy.local.stack import EmbeddedAws

PRINCIPALS, EACH = 6, 10


def test_many_findings_at_once_are_one_incident_for_each_principal(aws: EmbeddedAws) -> None:
    """60 findings for 6 principals: 6 incidents, 6 keys deactivated by one call each, nothing lost or dead-lettered."""
    flood = Flood(aws, PRINCIPALS, EACH)
    outcome = flood.run(patience=90)
    assert (outcome.incidents, outcome.contained) == (PRINCIPALS, PRINCIPALS)
    assert (outcome.lost, outcome.doubled, outcome.dead_letters) == (0, 0, 0)
    assert len(flood.belongs) == PRINCIPALS * EACH
