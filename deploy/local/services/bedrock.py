"""Amazon Bedrock's control plane: model invocation logging, checked as AWS checks it, and foundation models.

Source: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3": the bucket policy and the
role that Bedrock needs, and that the configuration is refused while it cannot write.
"""

from __future__ import annotations

from typing import Any

from moto.iam.models import iam_backends
from moto.logs.models import logs_backends
from moto.s3.models import s3_backends

from deploy.local.iam.policies import Asked, Principal, effect, parse
from deploy.local.iam.principals import default_document
from deploy.local.model_service import ApiError, Call, extend

Json = dict[str, Any]
SERVICE = Principal(service="bedrock.amazonaws.com")
_PROBE = "amazon-bedrock-logs-permission-check"


def install() -> None:
    extend("bedrock", HANDLERS)


def put_model_invocation_logging_configuration(call: Call, params: Json) -> None:
    config = params["loggingConfig"]
    if config.get("s3Config"):
        _refuse_bucket(call, config["s3Config"])
    if config.get("cloudWatchConfig"):
        _refuse_log_group(call, config["cloudWatchConfig"])
    call.state["logging"]["config"] = config


def get_model_invocation_logging_configuration(call: Call, params: Json) -> Json:
    """Without a configuration the answer has no `loggingConfig` member, as in AWS."""
    config = call.state["logging"].get("config")
    return {"loggingConfig": config} if config else {}


def delete_model_invocation_logging_configuration(call: Call, params: Json) -> None:
    call.state["logging"].pop("config", None)


def _refuse_bucket(call: Call, config: Json) -> None:
    """Bedrock writes a probe below the prefix; its policy has to allow that."""
    name = config["bucketName"]
    account, partition = _owner(name)
    bucket = s3_backends[account][partition].buckets.get(name) if account else None
    prefix = config.get("keyPrefix", "").strip("/")
    key = "/".join(filter(None, [prefix, "AWSLogs", call.account, "BedrockModelInvocationLogs", _PROBE]))
    asked = Asked("s3:PutObject", f"arn:aws:s3:::{name}/{key}", _context(call), SERVICE)
    policy = parse(bucket.policy.decode()) if bucket and bucket.policy else ()
    if effect(policy, asked) != "Allow":
        raise ApiError(
            "ValidationException",
            f"Failed to validate permissions for S3 bucket: {name}. Verify that the bucket exists and that its policy "
            "allows bedrock.amazonaws.com to write to it.",
        )


def _owner(bucket: str) -> tuple[str | None, str]:
    partition, account = s3_backends.bucket_accounts.get(bucket, ("aws", None))
    return account, partition


def _context(call: Call) -> Json:
    return {
        "aws:sourceaccount": call.account,
        "aws:sourcearn": call.arn("*"),
        "aws:securetransport": "true",
        "aws:principalisawsservice": "true",
    }


def _refuse_log_group(call: Call, config: Json) -> None:
    """The log group, a role that Bedrock may assume, and that role's permission to write there."""
    group, role_arn = config["logGroupName"], config["roleArn"]
    role = next((r for r in iam_backends[call.account]["aws"].roles.values() if r.arn == role_arn), None)
    known = group in logs_backends[call.account][call.region].groups
    if not (known and role and _may_assume(call, role) and _may_write(call, role, group)):
        raise ApiError(
            "ValidationException",
            f"Failed to validate permissions for log group: {group}, with role: {role_arn}. "
            "Verify the IAM role permissions are correct.",
        )
    if config.get("largeDataDeliveryS3Config"):
        _refuse_bucket(call, config["largeDataDeliveryS3Config"])


def _may_assume(call: Call, role: Any) -> bool:
    asked = Asked("sts:AssumeRole", role.arn, _context(call), SERVICE)
    return effect(parse(str(role.assume_role_policy_document)), asked) == "Allow"


def _may_write(call: Call, role: Any, group: str) -> bool:
    stream = call.arn(f"log-group:{group}:log-stream:aws/bedrock/modelinvocations", "logs")
    texts = [*role.policies.values(), *(default_document(p) for p in role.managed_policies.values())]
    statements = [statement for text in texts for statement in parse(text)]
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    return all(effect(statements, Asked(action, stream, _context(call))) == "Allow" for action in actions)


# Foundation models: a few, enough for what reads them.

_MODELS = (
    ("anthropic.claude-3-haiku-20240307-v1:0", "Claude 3 Haiku", "Anthropic", "TEXT"),
    ("anthropic.claude-3-5-sonnet-20240620-v1:0", "Claude 3.5 Sonnet", "Anthropic", "TEXT"),
    ("amazon.nova-lite-v1:0", "Nova Lite", "Amazon", "TEXT"),
    ("amazon.titan-embed-text-v2:0", "Titan Text Embed V2", "Amazon", "EMBEDDING"),
)


def _model(call: Call, row: tuple[str, str, str, str]) -> Json:
    model_id, name, provider, output = row
    return {
        "modelArn": f"arn:{call.partition}:bedrock:{call.region}::foundation-model/{model_id}",
        "modelId": model_id,
        "modelName": name,
        "providerName": provider,
        "inputModalities": ["TEXT"],
        "outputModalities": [output],
        "responseStreamingSupported": output == "TEXT",
        "customizationsSupported": [],
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": {"status": "ACTIVE"},
    }


def list_foundation_models(call: Call, params: Json) -> Json:
    models = (_model(call, row) for row in _MODELS)
    provider, output = params.get("byProvider", "").lower(), params.get("byOutputModality")
    kept = [m for m in models if provider in m["providerName"].lower() and output in (None, *m["outputModalities"])]
    return {"modelSummaries": kept}


def get_foundation_model(call: Call, params: Json) -> Json:
    wanted = params["modelIdentifier"].rsplit("/", 1)[-1]
    found = next((_model(call, row) for row in _MODELS if row[0] == wanted), None)
    if found is None:
        raise ApiError("ResourceNotFoundException", f"Could not resolve the foundation model from {wanted}.")
    return {"modelDetails": found}


HANDLERS = {
    "PutModelInvocationLoggingConfiguration": put_model_invocation_logging_configuration,
    "GetModelInvocationLoggingConfiguration": get_model_invocation_logging_configuration,
    "DeleteModelInvocationLoggingConfiguration": delete_model_invocation_logging_configuration,
    "ListFoundationModels": list_foundation_models,
    "GetFoundationModel": get_foundation_model,
}
