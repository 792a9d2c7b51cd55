"""SES identities."""

from __future__ import annotations

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties


def email_identity(place: Place, properties: Properties) -> Applied:
    """Verified at once: on AWS the domain's owner adds records to its DNS first."""
    identity = properties.take("EmailIdentity")
    place.client("ses").verify_domain_identity(Domain=identity)
    return Applied(identity)
