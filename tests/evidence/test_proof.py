"""Whatever is done to a piece of evidence, verify finds it and names it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lambdas.core import documents
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from lambdas.evidence import preserve
from lambdas.evidence.proof import Bucket, prove
from lambdas.intake import guardduty
from tests.intake import responder
from tests.intake.responder import BUCKET, finding

Json = dict[str, Any]


@pytest.fixture
def incident_id(ledger: Ledger) -> str:
    """An incident whose first pass is preserved."""
    responder.cloudtrail([{"eventID": "1", "eventName": "InvokeModel"}])
    opened = guardduty.handler(finding(), None)
    preserve.handler({"incident": opened}, None)
    return str(opened["incident_id"])


def proof(ledger: Ledger, incident_id: str) -> Json:
    return prove(ledger, Bucket(own_client("s3"), BUCKET), incident_id)


def keys(ledger: Ledger, incident_id: str) -> list[str]:
    """All that must be there: the manifest and what it lists."""
    return [
        ledger.item(incident_id, "evidence#first")["manifest"],
        *(a["key"] for a in proof(ledger, incident_id)["artefacts"]),
    ]


def stored(key: str) -> Any:
    """moto's own object, to alter what no API can."""
    from moto.s3.models import s3_backends

    return s3_backends["123456789012"]["aws"].buckets[BUCKET].keys[key]


def faults(ledger: Ledger, incident_id: str) -> set[tuple[str, str]]:
    return {(fault["key"], fault["fault"]) for fault in proof(ledger, incident_id)["faults"]}


def test_untouched_evidence_is_intact(ledger: Ledger, incident_id: str) -> None:
    """Nothing is found where nothing was done."""
    found = proof(ledger, incident_id)
    assert (found["intact"], found["faults"], found["unlisted"]) == (True, [], [])
    assert len(found["artefacts"]) == 4


def test_any_single_altered_bit_is_found(ledger: Ledger, incident_id: str) -> None:
    """In each object, the manifest too, any one bit of any byte: it is named, and nothing else is."""
    chance = random.Random(7)
    for key in keys(ledger, incident_id):
        content = documents.read(key)
        for position in [0, len(content) - 1, *chance.sample(range(len(content)), 10)]:
            altered = bytearray(content)
            altered[position] ^= 1 << chance.randrange(8)
            stored(key).value = bytes(altered)
            assert (key, "altered") in faults(ledger, incident_id), (key, position)
        stored(key).value = content
    assert faults(ledger, incident_id) == set()


def test_whatever_is_missing_is_found(ledger: Ledger, incident_id: str) -> None:
    """Each object in turn: behind a delete marker it is deleted, and gone for good it is missing."""
    s3 = own_client("s3")
    for key in keys(ledger, incident_id):
        version = s3.head_object(Bucket=BUCKET, Key=key)["VersionId"]
        marker = s3.delete_object(Bucket=BUCKET, Key=key)["VersionId"]
        assert (key, "deleted") in faults(ledger, incident_id)
        s3.delete_object(Bucket=BUCKET, Key=key, VersionId=marker)
        assert faults(ledger, incident_id) == set()
        content = documents.read(key)
        s3.delete_object(Bucket=BUCKET, Key=key, VersionId=version, BypassGovernanceRetention=True)
        assert (key, "missing") in faults(ledger, incident_id)
        s3.put_object(Bucket=BUCKET, Key=key, Body=content)
        assert {(key, "missing"), (key, "overlaid")} <= faults(ledger, incident_id)
        stored(key)._version_id = version
        assert faults(ledger, incident_id) == set()


def test_a_version_laid_over_is_found_though_the_first_is_untouched(ledger: Ledger, incident_id: str) -> None:
    """Even the same bytes: somebody wrote where nobody has to write."""
    key = keys(ledger, incident_id)[1]
    own_client("s3").put_object(Bucket=BUCKET, Key=key, Body=documents.read(key))
    assert faults(ledger, incident_id) == {(key, "overlaid")}


def test_a_manifest_that_was_made_anew_is_no_proof(ledger: Ledger, incident_id: str) -> None:
    """Manifest and artefact altered alike do not vouch for each other: the ledger holds the manifest's hash."""
    manifest, artefact = keys(ledger, incident_id)[:2]
    stored(artefact).value = b"{}"
    stored(manifest).value = documents.read(manifest).replace(b'"bytes"', b'"bytes" ')
    assert (manifest, "altered") in faults(ledger, incident_id)


@pytest.mark.parametrize(("until", "said"), [(None, "no retention"), (timedelta(days=-1), "its retention ended")])
def test_retention_that_does_not_stand_is_found(
    ledger: Ledger, incident_id: str, until: timedelta | None, said: str
) -> None:
    """Without retention, or after its end, whoever may delete objects can delete the evidence."""
    key = keys(ledger, incident_id)[1]
    thing = stored(key)
    thing.lock_mode = "GOVERNANCE" if until else None
    thing.lock_until = f"{datetime.now(UTC) + until:%Y-%m-%dT%H:%M:%SZ}" if until else None
    (fault,) = proof(ledger, incident_id)["faults"]
    assert (fault["key"], fault["fault"]) == (key, "unprotected")
    assert said in fault["what"]


def test_what_no_manifest_lists_is_told_and_no_fault(ledger: Ledger, incident_id: str) -> None:
    """What came in later lies there too; it is named, so that nobody takes it for proved."""
    key = f"incidents/{incident_id}/evidence/99-planted.json"
    documents.write(key, b"{}")
    found = proof(ledger, incident_id)
    assert (found["intact"], found["unlisted"]) == (True, [key])


def test_an_incident_without_evidence_is_not_intact(ledger: Ledger) -> None:
    """Nothing preserved is nothing proved."""
    found = proof(ledger, "IR-20260102-0a1b2c3d4e")
    assert [fault["fault"] for fault in found["faults"]] == ["missing"]
