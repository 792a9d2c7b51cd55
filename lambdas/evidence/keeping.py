"""Keeping what was read: one document for each artefact, written once, with its hash and its version."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from lambdas.core import documents
from lambdas.core.errors import TargetNotFound
from lambdas.core.fields import canonical, sha256
from lambdas.core.session import own_client, safe_name
from lambdas.evidence.reading import Reading

Json = dict[str, Any]

NOT_LOCKED = (
    "The evidence bucket has no Object Lock with a default retention: what is written there can be deleted. It can be "
    "turned on for a bucket that is there (put-object-lock-configuration), as deploy/template.yaml has it."
)


@dataclass(frozen=True)
class Keeper:
    """Writes the artefacts of one pass of one incident."""

    incident: Json
    which: str

    @property
    def incident_id(self) -> str:
        return str(self.incident["incident_id"])

    @property
    def step(self) -> str:
        return f"evidence-{self.which}"

    def key(self, name: str) -> str:
        return documents.key_of(self.incident_id, "evidence", f"{name}.json")

    def keep(self, name: str, reading: Reading, session: str | None = None) -> tuple[Json, Json]:
        """(the document as it is stored, its entry in the manifest). What an earlier attempt wrote stands.

        `session` is who made the calls, where that was not the observe role of the attacked account.
        """
        document: Json = {
            "name": name,
            "taken_at": reading.taken_at,
            "calls": reading.calls,
            "gaps": reading.gaps,
            "session": session or self._session_name(),
            "content": reading.content,
        }
        content = canonical(document)
        digest, version = documents.write_version(self.key(name), content)
        if digest != sha256(content):
            content, version = documents.read_version(self.key(name))
        return json.loads(content), self.entry(document=json.loads(content), content=content, version=version)

    def stored(self, name: str) -> tuple[Json, Json] | None:
        """The same of what an earlier attempt wrote; None where there is nothing."""
        try:
            content, version = documents.read_version(self.key(name))
        except TargetNotFound:
            return None
        document: Json = json.loads(content)
        return document, self.entry(document, content, version)

    def entry(self, document: Json, content: bytes, version: str | None) -> Json:
        """An artefact's entry in the manifest. `document` has name, taken_at, calls and session."""
        facts = {name: document[name] for name in ("name", "taken_at", "calls", "session")}
        where = {"key": self.key(document["name"]), "version": version}
        return {**facts, **where, "sha256": sha256(content), "bytes": len(content)}

    def _session_name(self) -> str:
        """As CloudTrail shows the caller: role and session name."""
        return f"{os.environ['PREFIX']}-member-observe/{safe_name(f'{self.incident_id}_{self.step}')}"


def lock_gaps() -> list[Json]:
    """A gap where nothing keeps what is written to the evidence bucket from being deleted."""
    from botocore.exceptions import ClientError

    try:
        answer = own_client("s3").get_object_lock_configuration(Bucket=os.environ["EVIDENCE_BUCKET"])
    except ClientError as error:
        missing = error.response["Error"]["Code"] == "ObjectLockConfigurationNotFoundError"
        return [{"what": "object lock", "why": NOT_LOCKED if missing else str(error)[:500]}]
    kept = answer["ObjectLockConfiguration"].get("Rule", {}).get("DefaultRetention")
    return [] if kept else [{"what": "object lock", "why": NOT_LOCKED}]
