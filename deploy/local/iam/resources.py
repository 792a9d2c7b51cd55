"""What a call needs: which IAM action on which resource, from its parameters.

An action's name is the operation's name unless ACTIONS says otherwise. Its resource is the first template of the
service whose parameters the call has; a call that fits no template, and an action in UNSCOPED, has `*`. So a policy
that names an ARN for an action without resource level does not allow it, as in AWS.
Source: Service Authorization Reference, per service, "Actions, resources, and condition keys".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.ses.models import ses_backends

from deploy.local.iam.keys import uses
from deploy.local.iam.principals import Caller
from deploy.local.iam.requests import ApiRequest
from deploy.local.model_service import state_of

Params = Mapping[str, Any]


class Need(NamedTuple):
    """One permission that a call needs. `extra` are condition keys (lower case) of this permission alone."""

    action: str
    resource: str
    extra: Mapping[str, Any] = {}


PREFIXES: Mapping[str, str] = {"monitoring": "cloudwatch", "servicequotas": "servicequotas", "tagging": "tag"}

# API operations that IAM knows by another name.
ACTIONS: Mapping[str, str] = {
    "lambda:Invoke": "lambda:InvokeFunction",
    "lambda:InvokeAsync": "lambda:InvokeFunction",
    "bedrock:Converse": "bedrock:InvokeModel",
    "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
    "dynamodb:TransactGetItems": "dynamodb:GetItem",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sns:PublishBatch": "sns:Publish",
    "ses:SendBulkEmail": "ses:SendBulkEmail",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
    "s3:ListParts": "s3:ListMultipartUploadParts",
    "s3:HeadObject": "s3:GetObject",
    "s3:CopyObject": "s3:PutObject",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:UploadPartCopy": "s3:PutObject",
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:PutBucketReplication": "s3:PutReplicationConfiguration",
    "s3:DeleteBucketTagging": "s3:PutBucketTagging",
}
_VERSIONED = {"s3:GetObject", "s3:DeleteObject", "s3:GetObjectTagging", "s3:GetObjectAcl"}

# Templates by IAM prefix, most specific first. `{name}` is a request parameter; one that is an ARN stands for itself.
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "account": ("arn:aws:account::{@account}:account",),
    "athena": ("workgroup/{WorkGroup}", "workgroup/{Name}"),
    "bedrock": (
        "agent-alias/{agentId}/{agentAliasId}",
        "agent/{agentId}",
        "knowledge-base/{knowledgeBaseId}",
        "guardrail/{guardrailIdentifier}",
        "flow/{flowIdentifier}",
        "prompt/{promptIdentifier}",
        "custom-model/{modelIdentifier}",
        "imported-model/{importedModelIdentifier}",
        "provisioned-model/{provisionedModelId}",
        "model-customization-job/{jobIdentifier}",
        "application-inference-profile/{inferenceProfileIdentifier}",
        "{resourceARN}",
        "{resourceArn}",
    ),
    "cloudformation": ("stack/{StackName}/*",),
    "cloudtrail": ("trail/{Name}", "trail/{TrailName}", "{ResourceId}", "eventdatastore/{EventDataStore}"),
    "cloudwatch": ("alarm:{AlarmName}", "dashboard/{DashboardName}"),
    "dynamodb": ("table/{TableName}/index/{IndexName}", "table/{TableName}", "{ResourceArn}", "{StreamArn}"),
    "events": ("rule/{Rule}", "event-bus/{Name}"),
    "guardduty": ("detector/{DetectorId}/filter/{FilterName}", "detector/{DetectorId}", "{ResourceArn}"),
    "iam": (
        "arn:aws:iam::{@account}:group{@path}{GroupName}",
        "arn:aws:iam::{@account}:instance-profile/{InstanceProfileName}",
        "arn:aws:iam::{@account}:role{@path}{RoleName}",
        "arn:aws:iam::{@account}:user{@path}{UserName}",
        "arn:aws:iam::{@account}:policy{@path}{PolicyName}",
        "{PolicyArn}",
        "{SerialNumber}",
        "arn:aws:iam::{@account}:mfa/{VirtualMFADeviceName}",
    ),
    "kms": ("key/{KeyId}", "key/{TargetKeyId}"),
    "lambda": (
        "function:{FunctionName}:{Qualifier}",
        "function:{FunctionName}",
        "layer:{LayerName}",
        "event-source-mapping:{UUID}",
    ),
    "logs": (
        "log-group:{logGroupName}:log-stream:{logStreamName}",
        "log-group:{logGroupName}:log-stream:",
        "{resourceArn}",
    ),
    "s3": ("arn:aws:s3:::{Bucket}/{Key}", "arn:aws:s3:::{Bucket}"),
    "scheduler": ("schedule/{GroupName}/{Name}", "schedule/default/{Name}"),
    "secretsmanager": ("secret:{SecretId}",),
    "securityhub": ("hub/default",),
    "sns": ("{TopicArn}", "{TargetArn}", "{ResourceArn}", "{SubscriptionArn}", "{Name}"),
    "sqs": ("{@queue}", "{QueueName}"),
    "ssm": ("parameter/{Name}", "document/{DocumentName}"),
    "states": (
        "{executionArn}",
        "{stateMachineArn}",
        "{activityArn}",
        "{resourceArn}",
        "stateMachine:{name}",
    ),
    "sts": ("{RoleArn}",),
}

# Actions without a resource level although the call names something, and those that only look like another template.
UNSCOPED = re.compile(
    r"guardduty:(Archive|Get|List|Unarchive)Findings|guardduty:(GetFindingsStatistics|UpdateFindingsFeedback)"
    r"|guardduty:CreateSampleFindings|logs:Describe(LogGroups|Deliver\w+)|cloudwatch:(Put|Get)MetricData"
    r"|iam:(ListUsers|ListRoles|ListPolicies|ListGroups|GetAccount\w+|GenerateCredentialReport|GetCredentialReport)"
    r"|states:SendTask\w+|cloudtrail:(DescribeTrails|LookupEvents)"
)

# Calls that need the same action on a second resource as well.
_SECOND: Mapping[str, str] = {
    "bedrock:AssociateAgentKnowledgeBase": "knowledge-base/{knowledgeBaseId}",
    "bedrock:DisassociateAgentKnowledgeBase": "knowledge-base/{knowledgeBaseId}",
    "bedrock:GetAgentKnowledgeBase": "knowledge-base/{knowledgeBaseId}",
    "bedrock:UpdateAgentKnowledgeBase": "knowledge-base/{knowledgeBaseId}",
    "kms:CreateAlias": "{AliasName}",
    "kms:DeleteAlias": "{AliasName}",
    "kms:UpdateAlias": "{AliasName}",
}

# Where calls name a role that a service will assume: path to the role's ARN, and the service.
_PASSED: Mapping[str, tuple[str, str]] = {
    "bedrock:PutModelInvocationLoggingConfiguration": ("loggingConfig.cloudWatchConfig.roleArn", "bedrock"),
    "bedrock:CreateAgent": ("agentResourceRoleArn", "bedrock"),
    "bedrock:UpdateAgent": ("agentResourceRoleArn", "bedrock"),
    "bedrock:CreateKnowledgeBase": ("roleArn", "bedrock"),
    "bedrock:UpdateKnowledgeBase": ("roleArn", "bedrock"),
    "bedrock:CreateModelCustomizationJob": ("roleArn", "bedrock"),
    "bedrock:CreateModelInvocationJob": ("roleArn", "bedrock"),
    "cloudtrail:CreateTrail": ("CloudWatchLogsRoleArn", "cloudtrail"),
    "cloudtrail:UpdateTrail": ("CloudWatchLogsRoleArn", "cloudtrail"),
    "events:PutRule": ("RoleArn", "events"),
    "events:PutTargets": ("Targets.*.RoleArn", "events"),
    "lambda:CreateFunction": ("Role", "lambda"),
    "lambda:UpdateFunctionConfiguration": ("Role", "lambda"),
    "logs:PutSubscriptionFilter": ("roleArn", "logs"),
    "scheduler:CreateSchedule": ("Target.RoleArn", "scheduler"),
    "scheduler:UpdateSchedule": ("Target.RoleArn", "scheduler"),
    "states:CreateStateMachine": ("roleArn", "states"),
    "states:UpdateStateMachine": ("roleArn", "states"),
}


def needs(request: ApiRequest, caller: Caller) -> list[Need]:
    """Every permission that the call needs."""
    prefix = PREFIXES.get(request.signing_name, request.signing_name)
    operation = f"{prefix}:{request.name}"
    special = _SPECIAL.get(operation) or _SPECIAL.get(f"{prefix}:*")
    place = Place(request, caller)
    if special:
        found = list(special(place))
    else:
        found = [Need(ACTIONS.get(operation, operation), arn) for arn in _arns(operation, place)]
    keys = [Need(*use) for need in found for use in uses(*need[:2], caller.account, request.region)]
    return [*found, *keys, *_passed_roles(operation, request.params)]


class Place:
    """Fills ARN templates from one request; `{@name}` are values that take looking up."""

    def __init__(self, request: ApiRequest, caller: Caller) -> None:
        self.request = request
        self.caller = caller
        self.params = dict(request.params)
        self.prefix = PREFIXES.get(request.signing_name, request.signing_name)

    @property
    def account(self) -> str:
        return self.caller.account

    def arn(self, resource: str) -> str:
        return f"arn:aws:{self.prefix}:{self.request.region}:{self.account}:{resource}"

    def fill(self, template: str) -> str | None:
        """The ARN, or None where the call lacks one of the template's parameters."""
        values = {name: self._value(name) for name in re.findall(r"\{([^}]+)\}", template)}
        if not all(isinstance(v, str) for v in values.values()):
            return None
        named = [v for v in values.values() if str(v).startswith("arn:")]
        if named:
            return str(named[0]) if len(values) == 1 else None
        text = re.sub(r"\{([^}]+)\}", lambda m: str(values[m[1]]), template)
        return text if text.startswith("arn:") or text == "*" else self.arn(text)

    def first(self, templates: tuple[str, ...]) -> str:
        return next((arn for arn in map(self.fill, templates) if arn), "*")

    def _value(self, name: str) -> Any:
        lookup = {"@account": lambda: self.account, "@path": self._iam_path, "@queue": self._queue}.get(name)
        return lookup() if lookup else self.params.get(name)

    def _queue(self) -> str | None:
        url = self.params.get("QueueUrl")
        return str(url).rsplit("/", 1)[-1] if url else None

    def _iam_path(self) -> str:
        """The path of an IAM entity that is there, or the one that the call gives a new one."""
        iam = iam_backends[self.account]["aws"]
        if "GroupName" in self.params:
            there = iam.groups.get(self.params["GroupName"])
        elif "RoleName" in self.params:
            there = next((r for r in iam.roles.values() if r.name == self.params["RoleName"]), None)
        else:
            there = iam.users.get(self.params.get("UserName", ""))
        return str(there.path) if there else str(self.params.get("Path") or "/")


def _arns(operation: str, place: Place) -> Iterator[str]:
    if UNSCOPED.fullmatch(operation):
        yield "*"
        return
    yield place.first(TEMPLATES.get(place.prefix, ()))
    second = place.fill(_SECOND[operation]) if operation in _SECOND else None
    if second:
        yield second


def _passed_roles(operation: str, params: Params) -> Iterator[Need]:
    if operation not in _PASSED:
        return
    path, service = _PASSED[operation]
    for role in at_path(params, path.split(".")):
        yield Need("iam:PassRole", role, {"iam:passedtoservice": f"{service}.amazonaws.com"})


def at_path(value: Any, path: list[str]) -> Iterator[str]:
    """The strings that stand at a path of member names; `*` is every element of a list."""
    if not path:
        yield from [value] if isinstance(value, str) else []
    elif path[0] == "*":
        for element in value or ():
            yield from at_path(element, path[1:])
    elif isinstance(value, Mapping) and path[0] in value:
        yield from at_path(value[path[0]], path[1:])


def _table(place: Place, name: str) -> str:
    return name if name.startswith("arn:") else place.arn(f"table/{name}")


_TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


def _transaction(place: Place) -> Iterator[Need]:
    """A transaction needs what each of its items would need by itself."""
    for item in place.params.get("TransactItems", ()):
        for kind, inner in item.items():
            action = _TRANSACTED.get(kind, "GetItem")
            yield Need(f"dynamodb:{action}", _table(place, inner["TableName"]))


def _batch(place: Place) -> Iterator[Need]:
    for name in place.params.get("RequestItems", ()):
        yield Need(f"dynamodb:{place.request.name}", _table(place, name))


def _put_events(place: Place) -> Iterator[Need]:
    for entry in place.params.get("Entries", ()):
        bus = (entry.get("EventBusName") or "default").rsplit("/", 1)[-1]
        extra = {"events:source": entry.get("Source", ""), "events:detail-type": entry.get("DetailType", "")}
        yield Need("events:PutEvents", place.arn(f"event-bus/{bus}"), extra)


def _rule(place: Place) -> Iterator[Need]:
    """Operations on rules call the rule `Name` or `Rule`; one on another bus has the bus in its ARN."""
    bus = (place.params.get("EventBusName") or "default").rsplit("/", 1)[-1]
    name = place.params.get("Rule") or place.params.get("Name")
    middle = "" if bus == "default" else f"{bus}/"
    yield Need(f"events:{place.request.name}", place.arn(f"rule/{middle}{name}"))


def _foundation_model(place: Place) -> Iterator[Need]:
    operation = f"bedrock:{place.request.name}"
    model = str(place.params.get("modelId") or place.params.get("modelIdentifier") or "*")
    if re.match(r"(us|eu|apac|global)\.", model):
        arn = place.arn(f"inference-profile/{model}")
    else:
        arn = model if model.startswith("arn:") else f"arn:aws:bedrock:{place.request.region}::foundation-model/{model}"
    yield Need(ACTIONS.get(operation, operation), arn)


def _own_user(place: Place) -> Iterator[Need]:
    """IAM calls about a user; without a name they speak of the caller, and a key's user is found by the key."""
    key = place.params.get("AccessKeyId") if place.request.name == "GetAccessKeyLastUsed" else None
    found = iam_backends[place.account]["aws"].access_keys.get(key) if key else None
    name = (found.user_name if found else None) or place.params.get("UserName")
    if name is None and place.caller.kind == "user":
        name = place.caller.name
    place.params["UserName"] = name
    yield Need(f"iam:{place.request.name}", place.first(TEMPLATES["iam"]))


def _new_policy(place: Place) -> Iterator[Need]:
    path = place.params.get("Path") or "/"
    name = place.params.get("PolicyName", "")
    yield Need("iam:CreatePolicy", f"arn:aws:iam::{place.account}:policy{path}{name}")


def _kms(place: Place) -> Iterator[Need]:
    """An alias stands for its key; what is decrypted names its key itself."""
    action = f"kms:{place.request.name}"
    key = str(place.params.get("KeyId") or place.params.get("TargetKeyId") or _key_of_blob(place.params) or "")
    kms = kms_backends[place.account][place.request.region]
    extra = {"kms:calleraccount": place.account}
    if "alias/" in key:
        alias = "alias/" + key.split("alias/", 1)[1]
        key, extra["kms:requestalias"] = kms.get_key_id_from_alias(alias) or key, alias
    place.params["KeyId"] = key or None
    yield Need(action, place.first(TEMPLATES["kms"]), extra)
    if action in _SECOND:
        yield Need(action, place.first((_SECOND[action],)))


def _key_of_blob(params: Params) -> str | None:
    """moto writes the key's id before the text that it encrypted."""
    blob = params.get("CiphertextBlob")
    return bytes(blob[:36]).decode("ascii", "replace") if isinstance(blob, bytes | bytearray) else None


def _send_email(place: Place) -> Iterator[Need]:
    """The identity that SES checks is the verified address, else its verified domain."""
    sender = str(place.params.get("FromEmailAddress") or place.params.get("Source") or "")
    address = sender.rsplit("<", 1)[-1].rstrip("> ").lower()
    known = ses_backends[place.account][place.request.region].email_identities
    domain = address.rsplit("@", 1)[-1]
    identity = domain if domain in known and address not in known else address
    action = "ses:SendRawEmail" if place.request.name == "SendRawEmail" else "ses:SendEmail"
    destination = place.params.get("Destination") or {}
    extra = {"ses:fromaddress": address, "ses:recipients": [r for group in destination.values() for r in group]}
    yield Need(action, place.arn(f"identity/{identity}"), extra)
    if place.params.get("ConfigurationSetName"):
        yield Need(action, place.arn(f"configuration-set/{place.params['ConfigurationSetName']}"), extra)


def _parameters(place: Place) -> Iterator[Need]:
    """Names of parameters begin with a slash or not; their ARNs never have two."""
    names = place.params.get("Names") or [place.params.get("Name") or place.params.get("Path")]
    for name in names:
        arn = place.arn(f"parameter/{str(name).lstrip('/')}") if name else "*"
        yield Need(f"ssm:{place.request.name}", arn)


def _assume_role(place: Place) -> Iterator[Need]:
    """Tags and a source identity are permissions of their own; both stay with a session that assumes a further role."""
    role, before = str(place.params.get("RoleArn")), place.caller.session
    yield Need("sts:AssumeRole", role)
    if place.params.get("Tags") or (before and before.transitive):
        yield Need("sts:TagSession", role)
    if place.params.get("SourceIdentity") or (before and before.source_identity):
        yield Need("sts:SetSourceIdentity", role)


def _rest_api(place: Place) -> Iterator[Need]:
    """API Gateway's own actions are HTTP methods on paths."""
    operation = place.request.operation
    http = operation.http if operation else {"method": "GET", "requestUri": "/"}
    path = re.sub(r"\{(\w+)\+?\}", lambda m: str(place.params.get(m[1], "*")), http["requestUri"].split("?")[0])
    yield Need(f"apigateway:{http['method']}", f"arn:aws:apigateway:{place.request.region}::{path}")


def _s3(place: Place) -> Iterator[Need]:
    operation = f"s3:{place.request.name}"
    action = ACTIONS.get(operation, operation)
    arn = "*" if action == "s3:ListAllMyBuckets" else place.first(TEMPLATES["s3"])
    if place.params.get("VersionId") and action in _VERSIONED:
        action = action.replace("Object", "ObjectVersion", 1)
    yield Need(action, arn)
    for parameter, further in _S3_FURTHER.items():
        if place.params.get(parameter) and action in _S3_TAKES[further]:
            yield Need(further, arn)


# Parameters of S3 calls that need an action of their own, and the actions for which that holds.
_S3_FURTHER: Mapping[str, str] = {
    "ObjectLockMode": "s3:PutObjectRetention",
    "ObjectLockLegalHoldStatus": "s3:PutObjectLegalHold",
    "Tagging": "s3:PutObjectTagging",
    "ACL": "s3:PutObjectAcl",
    "BypassGovernanceRetention": "s3:BypassGovernanceRetention",
}
_S3_TAKES: Mapping[str, frozenset[str]] = {
    "s3:PutObjectRetention": frozenset({"s3:PutObject"}),
    "s3:PutObjectLegalHold": frozenset({"s3:PutObject"}),
    "s3:PutObjectTagging": frozenset({"s3:PutObject"}),
    "s3:PutObjectAcl": frozenset({"s3:PutObject"}),
    "s3:BypassGovernanceRetention": frozenset({"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention"}),
}


def _of_execution(place: Place) -> Iterator[Need]:
    """Athena's executions are no resources: who may see them is said of the workgroup that they run in."""
    known = state_of("athena", place.account, place.request.region)["executions"]
    found = known.get(str(place.params.get("QueryExecutionId")))
    group = found.described["WorkGroup"] if found else "*"
    yield Need(f"athena:{place.request.name}", place.arn(f"workgroup/{group}"))


def _start_query(place: Place) -> Iterator[Need]:
    group = place.params.get("WorkGroup") or "primary"
    yield Need("athena:StartQueryExecution", place.arn(f"workgroup/{group}"))


def _glue(place: Place) -> Iterator[Need]:
    """A table is allowed only with its database and the catalogue (AWS Glue Developer Guide, "Specifying ARNs")."""
    database, table = place.params.get("DatabaseName") or place.params.get("Name"), place.params.get("Name")
    names = ["catalog", f"database/{database}"]
    if "DatabaseName" in place.params:
        names.append(f"table/{database}/{table}")
    for name in names:
        yield Need(f"glue:{place.request.name}", place.arn(name))


def _s3_copy(place: Place) -> Iterator[Need]:
    yield from _s3(place)
    source = place.params.get("CopySource")
    name = source if isinstance(source, str) else "/".join(str(v) for v in (source or {}).values())
    yield Need("s3:GetObject", f"arn:aws:s3:::{name.split('?')[0].lstrip('/')}")


def _s3_delete_many(place: Place) -> Iterator[Need]:
    for item in place.params.get("Delete", {}).get("Objects", ()):
        action = "s3:DeleteObjectVersion" if item.get("VersionId") else "s3:DeleteObject"
        yield Need(action, f"arn:aws:s3:::{place.params['Bucket']}/{item['Key']}")


_RULES = ("PutRule", "DeleteRule", "DescribeRule", "EnableRule", "DisableRule", "PutTargets", "RemoveTargets")
_OWN_USER = ("GetUser", "ListAccessKeys", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey", "ListMFADevices")
_ABOUT_USER = (*_OWN_USER, "GetAccessKeyLastUsed", "ListServiceSpecificCredentials", "ListSigningCertificates")
_ON_MODEL = ("InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream", "GetFoundationModel")
_SPECIAL: Mapping[str, Callable[[Place], Iterator[Need]]] = {
    "apigateway:*": _rest_api,
    "athena:StartQueryExecution": _start_query,
    **{f"athena:{name}": _of_execution for name in ("GetQueryExecution", "GetQueryResults", "StopQueryExecution")},
    "dynamodb:TransactWriteItems": _transaction,
    "dynamodb:TransactGetItems": _transaction,
    "dynamodb:BatchGetItem": _batch,
    "dynamodb:BatchWriteItem": _batch,
    "events:PutEvents": _put_events,
    **{f"events:{name}": _rule for name in (*_RULES, "ListTargetsByRule")},
    **{f"bedrock:{name}": _foundation_model for name in _ON_MODEL},
    **{f"iam:{name}": _own_user for name in _ABOUT_USER},
    "iam:CreatePolicy": _new_policy,
    **{f"glue:{name}": _glue for name in ("GetDatabase", "GetTable")},
    "kms:*": _kms,
    "s3:*": _s3,
    "s3:CopyObject": _s3_copy,
    "s3:UploadPartCopy": _s3_copy,
    "s3:DeleteObjects": _s3_delete_many,
    "ses:SendEmail": _send_email,
    "ses:SendRawEmail": _send_email,
    **{f"ssm:{name}": _parameters for name in ("GetParameter", "GetParameters", "PutParameter", "DeleteParameter")},
    "ssm:GetParametersByPath": _parameters,
    "sts:AssumeRole": _assume_role,
}
