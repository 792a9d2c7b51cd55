"""What moto lacks or gets wrong, one file per AWS service, on botocore's own models."""

from __future__ import annotations

from deploy.local.services import (
    account,
    athena,
    bedrock,
    bedrock_agent,
    bedrock_guardrails,
    bedrock_models,
    bedrock_runtime,
    dynamodb,
    glue,
    guardduty,
    iam_credentials,
    iam_quotas,
    kms,
    s3,
    securityhub,
    ssm,
    sts,
    support,
)

SERVICES = (
    account,
    athena,
    bedrock,
    bedrock_agent,
    bedrock_guardrails,
    bedrock_models,
    bedrock_runtime,
    dynamodb,
    glue,
    guardduty,
    iam_credentials,
    iam_quotas,
    kms,
    s3,
    securityhub,
    ssm,
    sts,
    support,
)


def install() -> None:
    """Add them all to moto. Before moto's server takes its first call: it makes its routes once."""
    for service in SERVICES:
        service.install()
