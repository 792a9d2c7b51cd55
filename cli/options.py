"""Options that several commands share, so that each means the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

DEFAULT_STACK = "genai-responder"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Stack = Annotated[
    str | None,
    typer.Option(
        "--stack",
        envvar="RESPONDER_STACK",
        metavar="NAME",
        help=f"CloudFormation stack of the responder, in the Region of your credentials. [default: {DEFAULT_STACK}]",
    ),
]
Local = Annotated[
    bool,
    typer.Option("--local", help="Use the embedded AWS of a running `responder local` (found by itself if it runs)."),
]
Incident = Annotated[
    str, typer.Argument(metavar="INCIDENT", help="Id of an incident, for example IR-20260102-0a1b2c3d4e.")
]
SomeIncident = Annotated[
    str | None,
    typer.Argument(metavar="[INCIDENT]", help="Id of an incident. Without it: all open ones.", show_default=False),
]
Reason = Annotated[
    str, typer.Option("--reason", help="Why, in one sentence: it goes into the ledger and to the approvers.")
]
Person = Annotated[
    str | None,
    typer.Option(
        "--as",
        envvar="RESPONDER_EMAIL",
        metavar="EMAIL",
        help="Your mail address. Who asks for a response cannot be one of its two approvers.",
    ),
]
