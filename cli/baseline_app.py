"""`responder baseline`: its commands as the person sees them."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import options

app = typer.Typer(
    help="What is recognised in your accounts: show, compare, record and accept it.", no_args_is_help=True
)

Account = Annotated[
    str | None, typer.Option("--account", metavar="ID", help="12 digits. [default: the responder's own]")
]
Region = Annotated[
    str | None, typer.Option("--region", metavar="NAME", help="One Region. [default: every enabled one]")
]


@app.command()
def show(
    account: Account = None,
    region: Region = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Show the accepted baseline: since when, by whose word, how many resources of which kind.

    Example: [bold]responder baseline show --region us-east-1[/]
    """
    from cli import baseline

    baseline.show(baseline.Place(account, region), stack, local, as_json)


@app.command()
def drift(
    account: Account = None,
    region: Region = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Compare what is there now with the baseline: what was added, removed, changed, and by whom.

    Example: [bold]responder baseline drift --region us-east-1[/]
    """
    from cli import baseline

    baseline.drift(baseline.Place(account, region), stack, local, as_json)


@app.command()
def record(
    account: Account = None,
    region: Region = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Record what is there now. The first record is the baseline; later ones that differ are candidates to accept.

    Example: [bold]responder baseline record[/]
    """
    from cli import baseline

    baseline.record(baseline.Place(account, region), stack, local, as_json)


@app.command()
def accept(
    region: Annotated[str, typer.Option("--region", metavar="NAME", help="The Region whose candidate is accepted.")],
    reason: options.Reason,
    account: Account = None,
    person: options.Person = None,
    candidate: Annotated[
        str | None,
        typer.Option("--candidate", metavar="SHA256", help="Its hash, as drift shows it. [default: what is there now]"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Although the suspect of an open incident may have made the changes.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Make a candidate the baseline, with your reason. Shows what differs, and by whom, and asks.

    Example: [bold]responder baseline accept --region us-east-1 --reason "New log archive" --as lead@example.com[/]
    """
    from cli import baseline

    wanted = baseline.Acceptance(baseline.Place(account, region), reason, person, candidate, force)
    baseline.accept(wanted, yes, stack, local, as_json)
