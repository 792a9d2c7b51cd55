"""Deploys the very template that AWS would get on the embedded AWS, property by property.

A property that nothing applies is an error and not a silence, and what can be read back is read back: a table without
its point-in-time recovery or a bucket without its Object Lock would otherwise pass for a deployed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deploy import package, translate
from deploy.local.deployer.errors import DeployError, NotKept, ParameterRefused, UnappliedProperty
from deploy.local.deployer.place import Aws, Place
from deploy.local.deployer.stack import Stack

__all__ = ["LOCAL_PARAMETERS", "DeployError", "NotKept", "ParameterRefused", "UnappliedProperty", "deploy"]

LOCAL_PARAMETERS = {
    "MailFrom": "responder@example.com",
    "FirstApprovers": "lead@example.com,deputy@example.com",
    "SecondApprovers": "director@example.com,standby@example.com",
}
"""For the parameters that have no default: on AWS somebody has to name people."""


def deploy(aws: Aws, parameters: Mapping[str, Any] | None = None, members: Sequence[str] = ()) -> dict[str, str]:
    """Deploy deploy/template.yaml into the account of `aws`; its outputs by name.

    deploy/member.yaml is deployed there too and in every account of `members`, all of which are then enrolled, with
    their baselines. Raises UnappliedProperty, NotKept, ParameterRefused, PackageError.
    """
    place = Place(aws)
    accounts = list(dict.fromkeys((place.account, *members)))
    given = {**LOCAL_PARAMETERS, "PageBaseUrl": f"{aws.pages_url}/prod", **_enrolled(accounts), **(parameters or {})}
    # The translator's import takes most of a second, in which the emulator can take the package.
    with ThreadPoolExecutor(1) as beside:
        template = beside.submit(lambda: translate.translate(translate.load()))
        _bring_package(place)
        _verify_sender(place, given["MailFrom"])
    outputs = Stack(place, template.result(), given).apply()
    for account in accounts:
        _deploy_member(Place(aws, account), place.account, given)
    return outputs


def _enrolled(accounts: Sequence[str]) -> dict[str, str]:
    return {name: ",".join(accounts) for name in ("MemberAccounts", "BaselineAccounts")}


def _deploy_member(place: Place, responder: str, given: Mapping[str, Any]) -> None:
    """The member roles, as the StackSet brings them into an account."""
    template = translate.load(translate.MEMBER)
    prefix = {"Prefix": given["Prefix"]} if "Prefix" in given else {}
    Stack(place, template, {"ResponderAccount": responder, **prefix}).apply()


def _bring_package(place: Place) -> None:
    """What `sam package` does: the zip in a bucket. All functions share it."""
    package.LOCAL.build()
    s3 = place.client("s3")
    where = translate.PACKAGE_PLACE
    s3.create_bucket(Bucket=where["Bucket"])
    s3.put_object(Bucket=where["Bucket"], Key=where["Key"], Body=package.LOCAL.zip.read_bytes())


def _verify_sender(place: Place, address: str) -> None:
    """On AWS the owner of the address does this, by a link in a mail."""
    place.client("ses").verify_email_identity(EmailAddress=address)
