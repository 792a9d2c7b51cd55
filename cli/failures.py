"""What ends a command early: one clear line for the person, one exit code for the script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from lambdas.core import errors
from lambdas.core.fields import clean

OK = 0
USAGE = 2
REFUSED = 3
NOT_FOUND = 4
AWS_FAILED = 5
RESPONSE_FAILED = 6
INTERRUPTED = 130

MEANINGS = {
    OK: "done",
    USAGE: "wrong usage or input; nothing was sent",
    REFUSED: "refused, or not ours",
    NOT_FOUND: "no such incident, step, file or deployment",
    AWS_FAILED: "an AWS call failed or was denied",
    RESPONSE_FAILED: "the response failed, did not answer in time, or evidence is not intact",
    INTERRUPTED: "ended with Ctrl-C",
}


class CommandFailed(Exception):
    """`code` is the exit code; the message is the one line that the person reads."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unreachable(CommandFailed):
    """There is no deployment to talk to."""

    def __init__(self, message: str) -> None:
        super().__init__(NOT_FOUND, message)


_CODES: tuple[tuple[type[errors.ResponderError], int], ...] = (
    (errors.InputRefused, USAGE),
    (errors.TargetNotFound, NOT_FOUND),
    (errors.FindingNotFound, NOT_FOUND),
    (errors.NotOurs, REFUSED),
    (errors.StateDrifted, REFUSED),
    (errors.PowerRefused, REFUSED),
    (errors.LinkRefused, REFUSED),
    (errors.NoWayBack, REFUSED),
)


def code_of(kind: type[errors.ResponderError]) -> int:
    return next((code for known, code in _CODES if issubclass(kind, known)), RESPONSE_FAILED)


def from_responder(error: errors.ResponderError) -> CommandFailed:
    return CommandFailed(code_of(type(error)), str(error))


def from_function(function: str, answer: Mapping[str, Any]) -> CommandFailed:
    """The failure of an invoked function: `answer` is its payload, {"errorType", "errorMessage", ...}.

    The name is that of a class in lambdas/core/errors.py, or of something unforeseen, which is then named as such.
    """
    name = str(answer.get("errorType") or answer.get("error") or "")
    message = clean(
        answer.get("errorMessage") or answer.get("message") or answer.get("problem") or "no reason was given"
    )
    known = getattr(errors, name, None)
    if isinstance(known, type) and issubclass(known, errors.ResponderError):
        return CommandFailed(code_of(known), message)
    return CommandFailed(RESPONSE_FAILED, f"{function} failed ({clean(name) or 'no name'}): {message}")


def aws_errors() -> tuple[type[Exception], ...]:
    """What boto3 raises. Called in an `except` clause, so botocore is loaded only when something was raised."""
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)


def from_aws(error: Exception) -> CommandFailed:
    """One line for a failed AWS call: which call, what AWS said, and what to do where that is known."""
    from botocore.exceptions import ClientError

    if isinstance(error, ClientError):
        said = error.response.get("Error", {})
        text = f"{error.operation_name}: {said.get('Code', 'unknown')}: {clean(said.get('Message', ''))}"
    else:
        text = clean(error)
    return CommandFailed(AWS_FAILED, text + _advice(error))


def _advice(error: Exception) -> str:
    from botocore import exceptions

    advice: dict[type[Exception], str] = {
        exceptions.NoCredentialsError: ". Set AWS_PROFILE or the AWS_* variables, or use --local.",
        exceptions.NoRegionError: " Set AWS_REGION to the Region of the responder's stack, or use --local.",
        exceptions.ProfileNotFound: ". `aws configure list-profiles` lists those that exist.",
        exceptions.EndpointConnectionError: ". Is the network up, or `responder local` still running?",
    }
    return next((text for kind, text in advice.items() if isinstance(error, kind)), "")


def guarded(run: Callable[[], object]) -> None:
    """Run a command to its end. Every foreseen failure is one line on stderr and its exit code, never a stack trace."""
    try:
        run()
    except (SystemExit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except CommandFailed as error:
        _fail(error)
    except errors.ResponderError as error:
        _fail(from_responder(error))
    except aws_errors() as error:
        _fail(from_aws(error))


def _fail(error: CommandFailed) -> None:
    sys.stderr.write(f"responder: {clean(error)}\n")
    sys.exit(error.code)
