"""`responder report`: the latest report of an incident, downloaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cli.deployment import find
from cli.failures import NOT_FOUND, CommandFailed
from cli.records import incident_item, records
from cli.screen import console, plain, print_json
from lambdas.reporting.records import Records

FILES = ("report.html", "report.json")


@dataclass(frozen=True)
class Wanted:
    """Which report, and where to: the newest one where no number is given."""

    incident_id: str
    number: int | None
    folder: Path
    show: bool


def run(wanted: Wanted, stack: str | None, local: bool, as_json: bool) -> None:
    found = records(find(stack, local))
    incident_item(found, wanted.incident_id)
    number = chosen(numbers(found, wanted.incident_id), wanted)
    paths = download(found, wanted.incident_id, number, wanted.folder)
    if as_json:
        print_json({path.suffix[1:]: str(path) for path in paths})
    else:
        for path in paths:
            console().print(plain(path, 4096), soft_wrap=True)
    if wanted.show:
        import webbrowser

        webbrowser.open(paths[0].resolve().as_uri())


def chosen(written: list[int], wanted: Wanted) -> int:
    """Raises CommandFailed where there is no report yet, or none of that number."""
    if not written:
        message = f"{wanted.incident_id} has no report yet; where it stands: responder status {wanted.incident_id}"
        raise CommandFailed(NOT_FOUND, message)
    if wanted.number not in (None, *written):
        raise CommandFailed(NOT_FOUND, f"--number: {wanted.incident_id} has reports 1 to {written[-1]}")
    return wanted.number or written[-1]


def numbers(found: Records, incident_id: str) -> list[int]:
    """The numbers of the finished reports, in order: the page is written last."""
    matches = (re.search(r"/report/(\d+)/report\.html$", key) for key in found.keys(incident_id, "report"))
    return sorted(int(match[1]) for match in matches if match)


def download(found: Records, incident_id: str, number: int, folder: Path) -> list[Path]:
    """Write a report's page and document to `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    key = f"incidents/{incident_id}/report/{number}"
    return [_save(found, f"{key}/{name}", folder / f"{incident_id}-{number}-{name}") for name in FILES]


def _save(found: Records, key: str, path: Path) -> Path:
    path.write_bytes(found.content(key))
    return path
