"""Whose finding is it? GuardDuty of this account and of its administrator is believed, about enrolled accounts only.

The envelope's `account` is where an event was put on a bus, and EventBridge writes it itself; nobody but AWS's
services may put events whose source begins with `aws.` (EventBridge API reference, PutEvents). The finding's own
accountId is the attacked account.
"""

from __future__ import annotations

import os
from typing import Any

from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean

Json = dict[str, Any]


def require_ours(event: Json, incident: Json) -> Json:
    """The incident, if its finding may open one. Raises NotOurs, with the account and what to do."""
    require_sender(event.get("account"))
    require_enrolled(incident["account"])
    return incident


def require_sender(account: Any) -> None:
    """Raises NotOurs unless the event was put on its bus by this account or the administrator of GuardDuty."""
    if not isinstance(account, str) or account not in _listed("FINDINGS_FROM"):
        shown = clean(account, 20) if account else "no account"
        raise NotOurs(
            f"account: the event comes from {shown}, which is neither this account nor GuardDuty's administrator "
            "(GuardDutyAdministrator)."
        )


def require_enrolled(account: str) -> None:
    """Raises NotOurs unless the attacked account is one that the responder acts in."""
    if account not in _listed("MEMBER_ACCOUNTS"):
        raise NotOurs(f"detail.accountId: account {clean(account, 20)} is not enrolled (MemberAccounts).")


def _listed(variable: str) -> set[str]:
    return set(os.environ[variable].split(",")) - {""}
