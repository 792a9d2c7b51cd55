"""JSON Schemas of the target fields that many actions share."""

from __future__ import annotations

import re

from lambdas.core.action import Json

ACCOUNT: Json = {"type": "string", "pattern": "^[0-9]{12}$", "description": "the attacked account"}
REGION: Json = {"type": "string", "pattern": "^[a-z]{2}(-[a-z]+)+-[0-9]$", "description": "the Region of the target"}
INCIDENT_ID: Json = {
    "type": "string",
    "pattern": "^IR-[0-9]{8}-[0-9a-f]{10}$",
    "description": "names what we put there",
}

MOST_NAMES = 10
"""Each name becomes an ARN in the session policy, which has 2,048 characters (STS API reference, AssumeRole)."""


def names(description: str, pattern: str) -> Json:
    """A list of names, each of which widens the step's permissions by one ARN and nothing else.

    The patterns admit no `*`: a name from the attacked account must not open a policy.
    """
    items = {"type": "string", "pattern": pattern}
    return {"type": "array", "items": items, "maxItems": MOST_NAMES, "description": description}


PATH_AND_NAME = r"^[\w+=,.@/?-]{1,576}$"

USER: Json = {
    "type": "string",
    "pattern": PATH_AND_NAME,
    "description": "path and name of the user as in the ARN, for example `engineering/alice`",
}
USER_NAME: Json = {
    "type": "string",
    "pattern": r"^[\w+=,.@-]{1,64}$",
    "description": "name of the user, as IAM itself answers it",
}
_NOT_IN_POLICY = re.compile(r"[^\w+=,.@/-]", re.ASCII)


def in_arn(path_and_name: str) -> str:
    """Path and name of a user or role, fit for the ARN in a policy.

    A path may hold any printable character, `*` too (IAM User Guide, "IAM identifiers"). Each unusual one becomes `?`,
    which stands for one character: names are unique in an account whatever their path, so that nothing else
    matches, and an odd path shields nobody.
    """
    return _NOT_IN_POLICY.sub("?", path_and_name)
