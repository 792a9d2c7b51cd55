"""`responder`, the operator's command. Each command's work is loaded when it runs, so that --help answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import baseline_app, evidence_app, options
from cli.failures import MEANINGS, guarded

EPILOG = "Exit codes:\n\n" + "\n\n".join(f"{code:3} {meaning}" for code, meaning in MEANINGS.items())

app = typer.Typer(
    name="responder",
    help="Contain an attack on Amazon Bedrock: see incidents, start responses, undo steps, read reports.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
local_app = typer.Typer(
    help="Run the whole responder on this machine, on an embedded stand-in for AWS.",
    rich_markup_mode="rich",
    invoke_without_command=True,
)
app.add_typer(local_app, name="local")
app.add_typer(evidence_app.app, name="evidence")
app.add_typer(baseline_app.app, name="baseline")


def main() -> None:
    """The entry point: runs one command and exits with its code."""
    guarded(lambda: typer.main.get_command(app)(prog_name="responder"))


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"responder {version('genai-responder')}")
        raise typer.Exit


@app.callback()
def responder(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@local_app.callback()
def local(
    context: typer.Context,
    as_json: options.AsJson = False,
    mail_from: Annotated[
        str, typer.Option(metavar="EMAIL", help="Sender of the responder's mails.")
    ] = "responder@example.com",
    approver: Annotated[
        list[str] | None, typer.Option(metavar="EMAIL", help="First approvers; repeat for several.", show_default=False)
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(metavar="ACCOUNT", help="Member account, 12 digits; repeat for several.", show_default=False),
    ] = None,
) -> None:
    """Start the embedded AWS, deploy the responder on it and stay up until Ctrl-C.

    It is a stand-in for AWS: it binds to this machine only, and forgets everything when it ends.

    Example: [bold]responder local[/]
    """
    if context.invoked_subcommand is None:
        from cli import local

        local.run(as_json, mail_from, approver or [], member or [])


@local_app.command()
def fire(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON or JSONL: events, findings, or a list of them.")],
    drill: Annotated[bool, typer.Option("--drill", help="Respond to sample findings too, marked as a drill.")] = False,
    as_json: options.AsJson = False,
    wait: Annotated[
        int, typer.Option(metavar="SECONDS", help="How long to wait for each answer.", min=1, max=600)
    ] = 30,
) -> None:
    """Send findings to the running embedded AWS and tell what became of each.

    Example: [bold]responder local fire examples/compromised-credentials.json[/]
    """
    from cli import fire

    fire.run(file, drill, as_json, wait)


@app.command()
def hunt(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PATH|s3://...", help="Files, folders or S3 prefixes with logs; several are one hunt."),
    ],
    actor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHO",
            help="Only this ARN, name, access key or principal id; repeat for several.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="From then on: 2026-01-02, 2026-01-02T03:04:05Z, 24h or 7d.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Up to then; a date alone is its whole day.")
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(metavar="ACCOUNT", help="Only this account, 12 digits; repeat for several.", show_default=False),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Change the detections: trusted_actors=ARN,ARN or denied_probing.denials=9. Repeat for several.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FOLDER", help="Write CSV files for a spreadsheet.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML file.")
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FOLDER", help="Write the relevant records and the detections.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read everything anew, and keep nothing.")] = False,
    start: Annotated[bool, typer.Option("--start", help="Start a response against who was found; asks first.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --start: do not ask for confirmation.")] = False,
    person: options.Person = None,
    drill: Annotated[bool, typer.Option("--drill", help="With --start: mark the incident as an exercise.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
) -> None:
    """Tell what happened from CloudTrail and Bedrock logs: detections, timeline, who, cost, and what could not be seen.

    Reads JSON as AWS and others deliver it, gzipped or not. Nothing is sent anywhere, unless --start is given.

    Examples: [bold]responder hunt logs/[/],
    [bold]responder hunt s3://trail-bucket/AWSLogs/ --since 7d --html hunt.html[/],
    [bold]responder hunt logs/ --actor AKIAIOSFODNN7EXAMPLE --start[/]
    """
    from cli import hunt

    asked = (places, actor or [], since, until, account or [], setting or [])
    request = hunt.Request(*asked, as_json, csv, html, parquet, not no_cache, local, stack)
    hunt.run(request, hunt.Incident(start, yes, person, drill, stack, local))


@app.command()
def start(
    playbook: Annotated[str, typer.Argument(metavar="PLAYBOOK", help="bedrock")],
    account: Annotated[str, typer.Option(help="Account that is attacked: 12 digits.")],
    region: Annotated[str, typer.Option(help="Region that is attacked, for example us-east-1.")],
    principal: Annotated[str, typer.Option(help="The suspect: ARN, IAM user name or access key id.")],
    reason: options.Reason,
    person: options.Person = None,
    drill: Annotated[bool, typer.Option("--drill", help="Mark the incident as an exercise.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Start a response by hand, on your own word.

    What may run at once is what [bold]responder policy --type manual[/] calls automatic; all else waits for approval.

    Example: [bold]responder start bedrock --account 111122223333 --region us-east-1
    --principal AKIAIOSFODNN7EXAMPLE --reason "Key found in a public repository"[/]
    """
    from cli import start

    start.run(start.Request(playbook, account, region, principal, reason, person, drill), stack, local, as_json)


@app.command()
def status(
    incident: options.SomeIncident = None,
    watch: Annotated[bool, typer.Option("--watch", help="Stay and show changes until the response ends.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List closed incidents too.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Show open incidents, or one incident: where it stands, its steps, who is asked, what happened.

    Examples: [bold]responder status[/], [bold]responder status IR-20260102-0a1b2c3d4e --watch[/]
    """
    from cli import status

    status.run(incident, watch, everything, stack, local, as_json)


@app.command()
def approvals(
    incident: options.SomeIncident = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Show who was asked for approval, who answered, and until when. Links are only ever in the approvers' mail.

    Example: [bold]responder approvals IR-20260102-0a1b2c3d4e[/]
    """
    from cli import approvals

    approvals.run(incident, stack, local, as_json)


@app.command()
def undo(
    incident: options.Incident,
    reason: options.Reason,
    steps: Annotated[
        list[str] | None,
        typer.Argument(metavar="STEP", help="Steps to undo. Without: all that can be.", show_default=False),
    ] = None,
    person: options.Person = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Take back steps of a response: exactly what was there before them is put back.

    What gives power back to a suspect is itself approved first, by mail.

    Example: [bold]responder undo IR-20260102-0a1b2c3d4e 01-deactivate_access_key-9f86d081
    --reason "Owner confirmed the calls"[/]
    """
    from cli import undo

    undo.run(undo.Request(incident, steps or [], reason, person), yes, stack, local, as_json)


@app.command()
def resume(
    incident: options.Incident,
    person: options.Person = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Finish a response or an undo that broke off: what is done is not done again, what was decided is not asked again.

    Example: [bold]responder resume IR-20260102-0a1b2c3d4e[/]
    """
    from cli import resume

    resume.run(incident, person, stack, local, as_json)


@app.command()
def pause(
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, in one sentence.")],
    person: options.Person = None,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Stop every change at once: no step is carried out and none is undone, approved or not, until `unpause`.

    Findings still open incidents, evidence is still preserved, and people are still asked.

    Example: [bold]responder pause "It contains the payment service"[/]
    """
    from cli import pause

    pause.run(reason, person, stack, local, as_json)


@app.command()
def unpause(stack: options.Stack = None, local: options.Local = False, as_json: options.AsJson = False) -> None:
    """Let changes through again. What was refused meanwhile waits for `resume`.

    Example: [bold]responder unpause[/]
    """
    from cli import unpause

    unpause.run(stack, local, as_json)


@app.command()
def report(
    incident: options.Incident,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.")] = Path(),
    number: Annotated[
        int | None,
        typer.Option("--number", min=1, help="Which one; an undo has a report of its own. [default: the newest]"),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    stack: options.Stack = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """Download the report of an incident: one HTML file to read, one JSON file for tools.

    Example: [bold]responder report IR-20260102-0a1b2c3d4e --open[/]
    """
    from cli import report

    report.run(report.Wanted(incident, number, output, show), stack, local, as_json)


@app.command()
def policy(
    finding_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Only this finding type, or those that fit a pattern.")
    ] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="ID", help="Only this catalogue id, or those that fit a pattern.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show what runs unattended, what is approved first, and which rule of deploy/policy.yaml decides it.

    Examples: [bold]responder policy[/], [bold]responder policy --type manual[/],
    [bold]responder policy --action 'iam.*'[/]
    """
    from cli import policy

    policy.run(finding_type, action, as_json)


@app.command()
def actions(as_json: options.AsJson = False) -> None:
    """List the response actions: what each does, who must approve it, whether it can be undone.

    Example: [bold]responder actions --json[/]
    """
    from cli import actions

    actions.run(as_json)


@app.command()
def events(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Only events that have each word somewhere.", show_default=False),
    ] = None,
    service: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this service, for example bedrock or qbusiness.")
    ] = None,
    tactic: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this tactic, for example defense_evasion.")
    ] = None,
    severity: Annotated[str | None, typer.Option(metavar="NAME", help="critical or high.")] = None,
    data: Annotated[
        bool | None, typer.Option("--data/--management", help="Only data events, or only management events.")
    ] = None,
    not_logged: Annotated[
        bool,
        typer.Option("--not-logged", help="Only those that no trail of your account records: why, what to switch on."),
    ] = False,
    account: Annotated[
        str | None, typer.Option(metavar="ID", help="With --not-logged: the account that must be meant, 12 digits.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --not-logged. [default: that of your credentials]")
    ] = None,
    local: options.Local = False,
    as_json: options.AsJson = False,
) -> None:
    """List the CloudTrail events to watch, search them, or tell which of them no trail records.

    Examples: [bold]responder events guardrail[/], [bold]responder events --tactic exfiltration --data[/],
    [bold]responder events --not-logged --severity critical[/]
    """
    from cli import events

    wanted = events.Wanted(tuple(words or ()), service, tactic, severity, data)
    if not_logged:
        events.tell_not_logged(wanted, events.Place(account, region, local), as_json)
    elif account or region:
        events.refuse_place()
    else:
        events.run(wanted, as_json)


if __name__ == "__main__":
    main()
