"""`responder evidence`: its commands as the person sees them."""

from __future__ import annotations

import typer

from cli import options

app = typer.Typer(help="List and verify what was preserved of an incident.", no_args_is_help=True)


@app.command("list")
def list_(
    incident: options.Incident,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """List what was preserved: each artefact with its size, its SHA-256 and when it was taken, and what is missing.

    Example: [bold]responder evidence list IR-20260102-0a1b2c3d4e[/]
    """
    from cli import evidence

    evidence.list_(incident, stack, local, as_json)


@app.command()
def verify(
    incident: options.Incident,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Prove that the evidence is what was preserved: every byte, every version, and that its retention still stands.

    What was altered, overlaid, deleted or is missing is named, and the exit code is then 6.

    Example: [bold]responder evidence verify IR-20260102-0a1b2c3d4e[/]
    """
    from cli import evidence

    evidence.verify(incident, stack, local, as_json)
