"""Every rendered definition is deployed, and every failed execution of a top machine raises an alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from deploy import translate
from deploy.checks.subject import Subject

RENDERED = translate.DEPLOY.parent / "state_machines" / "definitions"
TOP = ("BedrockResponse", "UndoResponse")
ENDINGS = ("ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted")


def problems(subject: Subject, rendered: Path = RENDERED) -> Iterator[str]:
    deployed = set(translate.definition_files(subject.sam).values())
    for file in sorted(rendered.glob("*.asl.json")):
        if file.resolve() not in deployed:
            yield f"{file.name}: no state machine of deploy/template.yaml has it"
    watched = [json.dumps(alarm) for alarm in subject.of_type("AWS::CloudWatch::Alarm").values()]
    for machine in TOP:
        for ending in ENDINGS:
            if not any(ending in alarm and f'"Ref": "{machine}"' in alarm for alarm in watched):
                yield f"{machine}: no alarm watches {ending}"
