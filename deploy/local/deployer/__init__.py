"""Deploys the very template that AWS would get on the embedded AWS, property by property.

A property that nothing applies is an error and not a silence, and what can be read back is read back: a table without
its point-in-time recovery or a bucket without its Object Lock would otherwise pass for a deployed one.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from deploy import package, translate
from deploy.local.deployer.errors import DeployError, NotKept, ParameterRefused, UnappliedProperty
from deploy.local.deployer.stack import Aws, Place, Stack

__all__ = ["LOCAL_PARAMETERS", "DeployError", "NotKept", "ParameterRefused", "UnappliedProperty", "deploy"]

LOCAL_PARAMETERS = {
    "MailFrom": "responder@example.com",
    "FirstApprovers": "lead@example.com,deputy@example.com",
    "SecondApprovers": "director@example.com,standby@example.com",
}
"""For the parameters that have no default: on AWS somebody has to name people."""


def deploy(aws: Aws, parameters: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Deploy deploy/template.yaml and deploy/member.yaml into the account of `aws`; the former's outputs by name.

    Raises UnappliedProperty, NotKept, ParameterRefused, PackageError.
    """
    given = {**LOCAL_PARAMETERS, "PageBaseUrl": f"{aws.pages_url}/prod", **(parameters or {})}
    place = Place(aws)
    # The translator's import takes most of a second, in which the emulator can take the package.
    with ThreadPoolExecutor(1) as beside:
        template = beside.submit(lambda: translate.translate(translate.load()))
        _bring_package(place)
        _verify_sender(place, given["MailFrom"])
    outputs = Stack(place, template.result(), given).apply()
    _deploy_member(place, given)
    return outputs


def _deploy_member(place: Place, given: Mapping[str, Any]) -> None:
    """The member roles, in the same account: the responder's own is the attacked one here."""
    template = translate.load(translate.MEMBER)
    prefix = {"Prefix": given["Prefix"]} if "Prefix" in given else {}
    Stack(place, template, {"ResponderAccount": place.account, **prefix}).apply()


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
