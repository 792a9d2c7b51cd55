"""What can go wrong, by name.

Step Functions catches by these names: the class name is the `errorType` of a failed Lambda invocation.

    ResponderError
    ├── InputRefused          what came in does not fit; names the field and what is allowed
    │   ├── SchemaMismatch    a document does not match its schema
    │   └── NotEnrolled       an account whose member role cannot be assumed
    ├── NotOurs               understood, and no business of this product; says why
    ├── FindingNotFound       GuardDuty does not (yet) return the finding: retried, then unconfirmed
    ├── TargetNotFound        the thing to act on does not exist
    ├── StateDrifted          what is there is not what was approved: nothing is changed
    ├── NoRoom                a quota of AWS's is used up: says which, and what to do
    ├── QueryFailed           a question to the logs that Athena refused, failed or was stopped at; says why
    ├── Unsettled             accepted by AWS and still under way: retried
    ├── Throttled             AWS asks to call less often, and goes on so: retried
    ├── NotAchieved           done, but the read-back does not show it
    ├── PowerRefused          no approval, wrong power, protected or paused: nothing is changed
    │   └── PlanChanged       the plan is not the one that its hash names
    ├── LinkRefused           an approval link that is forged, spent, expired or unknown
    └── NoWayBack             this action has no undo, and says why
"""


class ResponderError(Exception):
    """Base of every error that the responder raises itself."""


class InputRefused(ResponderError):
    """`field` is the dotted path of what does not fit; the message never echoes the value."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class SchemaMismatch(InputRefused):
    pass


class NotEnrolled(InputRefused):
    pass


class NotOurs(ResponderError):
    pass


class FindingNotFound(ResponderError):
    pass


class TargetNotFound(ResponderError):
    pass


class StateDrifted(ResponderError):
    pass


class NoRoom(ResponderError):
    pass


class QueryFailed(ResponderError):
    pass


class Unsettled(ResponderError):
    pass


class Throttled(ResponderError):
    pass


class NotAchieved(ResponderError):
    pass


class PowerRefused(ResponderError):
    pass


class PlanChanged(PowerRefused):
    pass


class LinkRefused(ResponderError):
    """`reason` is one of forged, unknown, spent, expired, closed."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class NoWayBack(ResponderError):
    pass
