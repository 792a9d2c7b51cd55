"""For each question: records that make it answer something definite, what it then answers, and records that must not.

A record is a CloudTrail record unless it has an `operation`: then it is of the model invocation log. Expected rows name
the columns that matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

KEY = "AKIAIOSFODNN7EXAMPLE"
USER = "arn:aws:iam::111122223333:user/mallory"
ROLE = "arn:aws:iam::111122223333:role/app"
SESSION = "arn:aws:sts::111122223333:assumed-role/app/i-0123"
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
BEDROCK, MANTLE, Q, QBUSINESS = (f"{name}.amazonaws.com" for name in ("bedrock", "bedrock-mantle", "q", "qbusiness"))
IAM, STS = "iam.amazonaws.com", "sts.amazonaws.com"
INPUTS = {
    "day_from": "2026/01/02", "day_to": "2026/01/03", "hour_from": "2026/01/02/00", "hour_to": "2026/01/03/23",
    "access_key_id": KEY, "actors": [USER, ROLE, "bob", "AIDACKCEVSQ6C2EXAMPLE"], "service_roles": [ROLE],
    "trusted_actors": [ROLE],
    "approved_regions": ["us-east-1"], "before": "2026-01-02T12:00:00Z", "since": "2026-01-02T12:00:00Z",
}  # fmt: skip


def call(name: str, source: str = BEDROCK, at: str = "10:00:00", **fields: Any) -> Json:
    """A CloudTrail record of the thief's user, on 2 January 2026 unless `at` has a date."""
    time = at if "T" in at else f"2026-01-02T{at}Z"
    return {
        "eventVersion": "1.11", "eventTime": time, "eventSource": source, "eventName": name, "awsRegion": "us-east-1",
        "userIdentity": {"type": "IAMUser", "arn": USER, "accountId": "111122223333", "accessKeyId": KEY},
        "sourceIPAddress": "203.0.113.7", "userAgent": "curl", "readOnly": False, "recipientAccountId": "111122223333",
        "requestID": f"request-{name}-{time}", "eventID": f"{name}-{time}", **fields,
    }  # fmt: skip


def by_role(name: str, source: str = BEDROCK, at: str = "10:00:00", **fields: Any) -> Json:
    """The same of a session of the application's role."""
    issuer = {"type": "Role", "arn": ROLE, "accountId": "111122223333", "userName": "app"}
    who = {"type": "AssumedRole", "arn": SESSION, "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "accountId": "111122223333"}
    return call(name, source, at, userIdentity={**who, "sessionContext": {"sessionIssuer": issuer}}, **fields)


def used(at: str = "10:00:00", who: str = USER, prompt: Any = None, answer: Any = None, **fields: Any) -> Json:
    """A record of the model invocation log."""
    time = at if "T" in at else f"2026-01-02T{at}Z"
    return {
        "schemaType": "ModelInvocationLog", "schemaVersion": "1.0", "timestamp": time, "accountId": "111122223333",
        "identity": {"arn": who}, "region": "us-east-1", "requestId": f"request-{time}", "operation": "Converse",
        "modelId": MODEL, "input": {"inputBodyJson": prompt, "inputTokenCount": 10},
        "output": {"outputBodyJson": answer, "outputTokenCount": 20}, **fields,
    }  # fmt: skip


def said(text: str) -> Json:
    return {"messages": [{"role": "user", "content": [{"text": text}]}]}


OLD = "2026-01-01T23:59:59Z"
BEARER = {"callWithBearerToken": True, "bearerTokenType": "LONG_TERM"}

TAMPERING = [
    ("bedrock", "DeleteModelInvocationLoggingConfiguration"), ("cloudtrail", "StopLogging"),
    ("logs", "DeleteDelivery"), ("guardduty", "UpdateDetector"), ("s3", "PutBucketLifecycle"), ("s3", "DeleteBucket"),
    ("cloudtrail", "PutInsightSelectors"), ("kms", "DisableKey"), ("events", "RemoveTargets"),
    ("guardduty", "CreateFilter"), ("logs", "DeleteLogGroup"), ("cloudtrail", "DeleteEventDataStore"),
]  # fmt: skip
HARMLESS = [
    ("bedrock", "GetModelInvocationLoggingConfiguration"), ("cloudtrail", "StartLogging"), ("kms", "EnableKey"),
    ("s3", "DeleteBucketWebsite"), ("redshift", "StopLogging"), ("guardduty", "GetDetector"),
    ("guardduty", "CreateThreatIntelSet"), ("logs", "CreateLogGroup"), ("logs", "PutQueryDefinition"),
    ("logs", "DescribeDeliveries"), ("events", "PutEvents"), ("cloudtrail", "PutResourcePolicy"),
]  # fmt: skip

# {question: (records, expected rows, records of which nothing is told)}
CASES: Mapping[str, tuple[list[Json], list[Json], list[Json]]] = {
    "watched_events": (
        [call("DeleteGuardrail"), call("CreateServiceSpecificCredential", IAM, "09:00:00", errorCode="AccessDenied")],
        [
            {"eventname": "CreateServiceSpecificCredential", "severity": "critical", "errorcode": "AccessDenied"},
            {"eventname": "DeleteGuardrail", "severity": "critical", "tactics": "defense_evasion", "actor": USER},
        ],
        # CreateUser is watched in IAM; other services have calls of that name.
        [call("CreateUser", "redshift.amazonaws.com"), call("ListAgents"), call("DeleteGuardrail", at=OLD)],
    ),
    "genai_activity": (
        [
            call("Converse"),
            call("Converse", at="10:30:00"),
            call("Converse", at="11:00:00", errorCode="AccessDenied", sourceIPAddress="198.51.100.1"),
        ],
        [
            {
                "day": "2026/01/02",
                "eventname": "Converse",
                "actor": USER,
                "n": 3,
                "errors": 1,
                "addresses": 2,
                "first_seen": "2026-01-02T10:00:00Z",
                "last_seen": "2026-01-02T11:00:00Z",
            }
        ],
        [call("PutObject", "s3.amazonaws.com"), call("Converse", at=OLD)],
    ),
    "access_key_activity": (
        [call("GetCallerIdentity", STS, requestParameters=None), call("ListAgents", at="09:00:00")],
        [{"eventname": "ListAgents", "actor": USER}, {"eventname": "GetCallerIdentity", "requestparameters": None}],
        [by_role("ListAgents"), call("ListAgents", at=OLD)],
    ),
    "key_lineage": (
        [
            by_role("CreateAccessKey", IAM, "09:00:00", responseElements={"accessKey": {"accessKeyId": KEY}}),
            call(
                "AssumeRole",
                STS,
                requestParameters={"roleArn": ROLE, "roleSessionName": "x"},
                responseElements={
                    "credentials": {"accessKeyId": "ASIANEXT"},
                    "assumedRoleUser": {"assumedRoleId": "AROANEXT:x"},
                },
            ),
        ],
        [
            {"part": "issued it", "actor": ROLE, "eventname": "CreateAccessKey", "issued_key": KEY},
            {"issued_key": "ASIANEXT", "issued_to": "AROANEXT:x", "role_arn": ROLE, "session_name": "x"},
        ],
        [
            by_role("AssumeRole", STS, responseElements={"credentials": {"accessKeyId": "ASIAOTHER"}}),
            by_role("AssumeRole", STS, responseElements="not JSON at all"),
        ],
    ),
    "logging_tampering": (
        [call(name, f"{source}.amazonaws.com", f"{hour:02}:00:00") for hour, (source, name) in enumerate(TAMPERING)],
        [{"eventname": name, "actor": USER} for _, name in TAMPERING],
        [call(name, f"{source}.amazonaws.com") for source, name in HARMLESS],
    ),
    "last_good_logging": (
        [
            by_role(
                "PutModelInvocationLoggingConfiguration", at="09:00:00", requestParameters={"loggingConfig": "good"}
            ),
            by_role(
                "PutModelInvocationLoggingConfiguration", at="08:00:00", requestParameters={"loggingConfig": "older"}
            ),
            call("PutModelInvocationLoggingConfiguration", requestParameters={"loggingConfig": "the thief's"}),
        ],
        [
            {
                "awsregion": "us-east-1",
                "set_at": "2026-01-02T09:00:00Z",
                "actor": ROLE,
                "last_good_put": '{"loggingConfig":"good"}',
            }
        ],
        [
            call("PutModelInvocationLoggingConfiguration"),
            by_role("PutModelInvocationLoggingConfiguration", at="12:00:00"),
            by_role("PutModelInvocationLoggingConfiguration", errorCode="AccessDenied"),
            by_role("PutUseCaseForModelAccess", at="09:00:00"),
        ],
    ),
    "failed_calls": (
        [
            call("InvokeModel", errorCode="ValidationException"),
            *(
                call("InvokeModel", at=f"11:00:0{n}", errorCode="AccessDenied", awsRegion=f"us-west-{n}")
                for n in (1, 2)
            ),
            call("InvokeModel", at="11:00:03", errorCode="AccessDenied", awsRegion="us-west-1"),
        ],
        [
            {"eventname": "InvokeModel", "errorcode": "AccessDenied", "n": 3, "regions": ["us-west-1", "us-west-2"]},
            {"eventname": "InvokeModel", "errorcode": "ValidationException", "n": 1, "actor": USER},
        ],
        [call("InvokeModel"), call("PutObject", "s3.amazonaws.com", errorCode="AccessDenied")],
    ),
    "opened_then_invoked": (
        [
            call("PutFoundationModelEntitlement"),
            call("PutUseCaseForModelAccess", at="10:00:01"),
            call("CreateFoundationModelAgreement", at="09:59:59"),
            call("CreateModelInvocationJob", at="2026-01-03T10:00:00Z", awsRegion="us-west-2"),
            call("InvokeModel", at="2026-01-03T10:00:00Z", requestParameters={"modelId": MODEL}, awsRegion="us-west-2"),
            call("InvokeModel", at="2026-01-03T10:00:01Z", awsRegion="us-west-2"),
            call("InvokeModel", at="2026-01-03T10:00:02Z"),
            call("InvokeModel", at="09:00:00"),
        ],
        [
            {
                "actor": USER,
                "first_opened": "2026-01-02T10:00:00Z",
                "invocations": 3,
                "models": [MODEL],
                "regions": ["us-west-2"],
                "opened_with": ["PutFoundationModelEntitlement", "PutUseCaseForModelAccess"],
                "access_keys": [KEY],
            }
        ],
        # Another one invokes; it was denied; it was before.
        [
            call("PutFoundationModelEntitlement"),
            by_role("InvokeModel", at="11:00:00"),
            call("InvokeModel", "other.amazonaws.com", "11:00:00"),
            call("InvokeModel", at="11:00:00", errorCode="AccessDenied"),
            call("InvokeModel", at="09:00:00"),
        ],
    ),
    "new_models": (
        [
            call("Converse", at="12:00:00", requestParameters={"modelId": MODEL}, awsRegion="eu-west-1"),
            call("Converse", at="13:00:00", requestParameters={"modelId": MODEL}, awsRegion="eu-west-1"),
            call("Converse", at="11:00:00", requestParameters={"modelId": "known"}),
            call("Converse", at="13:00:00", requestParameters={"modelId": "known"}),
            call("CreateInference", MANTLE, "14:00:00", requestParameters={"model": "gpt"}, errorCode="AccessDenied"),
        ],
        [{"model": MODEL, "n": 2, "errors": 0, "regions": ["eu-west-1"]}, {"model": "gpt", "errors": 1}],
        [
            call("Converse", at="11:59:59", requestParameters={"modelId": MODEL}),
            call("ListAgents", at="13:00:00"),
            call("Converse", "other.amazonaws.com", "13:00:00"),
        ],
    ),
    "bearer_key_calls": (
        [
            call("Converse", additionalEventData={"callWithBearerToken": True}, requestParameters=None),
            call("CreateInference", MANTLE, "11:00:00", requestParameters={**BEARER, "model": "gpt"}),
        ],
        [
            {"eventname": "Converse", "actor": USER, "token_type": None},
            {"eventname": "CreateInference", "token_type": "LONG_TERM", "model": "gpt"},
        ],
        [
            call("Converse", additionalEventData={"callWithBearerToken": False}),
            call("Converse"),
            call("Converse", additionalEventData="true"),
            call("PutItem", "other.amazonaws.com", requestParameters=BEARER),
        ],
    ),
    "iam_persistence": (
        [
            call(
                "CreateAccessKey",
                IAM,
                requestParameters={"userName": "friend"},
                responseElements={"accessKey": {"accessKeyId": "AKIANEW"}},
            ),
            by_role("AttachRolePolicy", IAM, "11:00:00", requestParameters={"roleName": "x"}, errorCode="AccessDenied"),
            call(
                "CreateServiceSpecificCredential",
                IAM,
                "12:00:00",
                readOnly=None,
                requestParameters={"userName": "b", "serviceName": BEDROCK},
                responseElements={"serviceSpecificCredential": {"serviceSpecificCredentialId": "ACCA"}},
            ),
            call(
                "CreateUser",
                IAM,
                "13:00:00",
                userIdentity={"type": "IAMUser", "userName": "bob", "principalId": "AIDABOB"},
                responseElements={"user": {"userId": "AIDANEW", "userName": "friend"}},
            ),
            call("CreateRole", IAM, "14:00:00", userIdentity={"principalId": "AIDACKCEVSQ6C2EXAMPLE"}),
            call("CreateGroup", IAM, "15:00:00", userIdentity={"principalId": "AIDACKCEVSQ6C2EXAMPLE:session"}),
            call(
                "CreatePolicy", IAM, "16:00:00", userIdentity={"sessionContext": {"sessionIssuer": {"userName": "bob"}}}
            ),
        ],
        [
            {"eventname": "CreateAccessKey", "target": "friend", "new_credential": "AKIANEW", "actor": USER},
            {"eventname": "AttachRolePolicy", "target": "x", "actor": ROLE, "errorcode": "AccessDenied"},
            {"target": "b", "service_name": BEDROCK, "new_credential": "ACCA"},
            {"eventname": "CreateUser", "new_user_id": "AIDANEW", "principal_id": "AIDABOB"},
            *({"eventname": name, "new_user_id": None} for name in ("CreateRole", "CreateGroup", "CreatePolicy")),
        ],
        [
            call("ListUsers", IAM, readOnly=True),
            call("CreateUser", "redshift.amazonaws.com"),
            call("CreateUser", IAM, userIdentity={"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/alice"}),
        ],
    ),
    "mantle_inference": (
        [
            call("CreateInference", MANTLE, requestParameters={**BEARER, "model": "gpt"}),
            call("CreateInference", MANTLE, "11:00:00", requestParameters={**BEARER, "model": "gpt"}),
        ],
        [{"eventname": "CreateInference", "model": "gpt", "n": 2, "token_type": "LONG_TERM", "errors": 0}],
        [call("Converse"), call("CreateInference", MANTLE, OLD)],
    ),
    "agent_changes": (
        [
            call("UpdateAgentAlias", requestParameters={"agentId": "AGENT1"}),
            call("CreateAgent", at="11:00:00", responseElements={"agent": {"agentId": "AGENT2"}}),
            call("IngestKnowledgeBaseDocuments", at="12:00:00", requestParameters={"knowledgeBaseId": "KB1"}),
            call("CreateGateway", "bedrock-agentcore.amazonaws.com", "13:00:00"),
        ],
        [
            {"eventname": "UpdateAgentAlias", "resource_id": "AGENT1"},
            {"eventname": "CreateAgent", "resource_id": "AGENT2"},
            {"eventname": "IngestKnowledgeBaseDocuments", "resource_id": "KB1"},
            {"eventname": "CreateGateway"},
        ],
        [
            call("GetAgent"),
            call("ListKnowledgeBases"),
            call("CreateModelInvocationJob"),
            call("DeleteGuardrail"),
            call("CreateDataSource", QBUSINESS),
            call("ListGateways", "bedrock-agentcore.amazonaws.com"),
        ],
    ),
    "service_role_calls": (
        [by_role("GetObject", "s3.amazonaws.com", requestParameters={"bucketName": "b"})],
        [
            {
                "role": ROLE,
                "eventsource": "s3.amazonaws.com",
                "eventname": "GetObject",
                "requestparameters": '{"bucketName":"b"}',
            }
        ],
        [call("GetObject", "s3.amazonaws.com")],
    ),
    "rag_use": (
        [
            call("Retrieve", resources=[{"ARN": "arn:kb/1", "accountId": "1", "type": "AWS::Bedrock::KnowledgeBase"}]),
            call("InvokeInlineAgent", at="11:00:00", resources=None, errorCode="AccessDenied"),
        ],
        [
            {"eventname": "Retrieve", "resource_arn": "arn:kb/1", "n": 1, "errors": 0},
            {"eventname": "InvokeInlineAgent", "resource_arn": None, "errors": 1},
        ],
        [call("ListAgents"), call("Retrieve", QBUSINESS)],
    ),
    "unusual_regions": (
        [
            call("Converse", awsRegion="ap-south-1"),
            call("CreatePlugin", Q, awsRegion="ap-south-1", errorCode="AccessDenied"),
        ],
        [{"awsregion": "ap-south-1", "actor": USER, "n": 2, "errors": 1}],
        [call("Converse"), call("PutObject", "s3.amazonaws.com", awsRegion="ap-south-1")],
    ),
    "q_resource_changes": (
        [
            call("CreateApplication", QBUSINESS, responseElements={"applicationId": "APP"}),
            call("BatchDeleteDocument", QBUSINESS, "11:00:00", requestParameters={"applicationId": "APP"}),
        ],
        [
            {"eventname": "CreateApplication", "application": "APP", "actor": USER},
            {"eventname": "BatchDeleteDocument", "application": "APP"},
        ],
        [call("ListApplications", QBUSINESS), call("CreateApplication", "emr-serverless.amazonaws.com")],
    ),
    "q_plugins": (
        [
            call(
                "CreatePlugin",
                QBUSINESS,
                requestParameters={"applicationId": "APP", "type": "CUSTOM", "serverUrl": "https://evil.example.com"},
                responseElements={"pluginId": "P"},
            ),
            call("UsePlugin", Q, "11:00:00"),
        ],
        [
            {
                "eventname": "CreatePlugin",
                "plugin": "P",
                "plugin_type": "CUSTOM",
                "server_url": "https://evil.example.com",
            },
            {"eventname": "UsePlugin"},
        ],
        [call("CreateApplication", QBUSINESS), call("CreatePlugin", "opensearch.amazonaws.com")],
    ),
    "q_connections": (
        [
            call(
                "CreateDataSource",
                QBUSINESS,
                requestParameters={"applicationId": "APP", "indexId": "I", "displayName": "wiki", "roleArn": ROLE},
            ),
            call(
                "AssociatePermission",
                QBUSINESS,
                "11:00:00",
                requestParameters={"principal": "arn:aws:iam::999999999999:root"},
            ),
        ],
        [{"name": "wiki", "index_id": "I", "role_arn": ROLE}, {"principal": "arn:aws:iam::999999999999:root"}],
        # The same name in Bedrock is a knowledge base's.
        [call("CreateDataSource"), call("ListDataSources", QBUSINESS), call("CreateApplication", QBUSINESS)],
    ),
    "q_calls_on_behalf": (
        [
            call("GetObject", "s3.amazonaws.com", userIdentity={"type": "AssumedRole", "arn": SESSION, "invokedBy": Q}),
            call("ListBuckets", "s3.amazonaws.com", "11:00:00", sourceIPAddress=QBUSINESS),
            by_role("GetSecretValue", "secretsmanager.amazonaws.com", "12:00:00"),
        ],
        [
            {"eventname": "GetObject", "invoked_by": Q, "on_behalf_of": SESSION},
            {"eventname": "ListBuckets"},
            {"eventname": "GetSecretValue", "role": ROLE},
        ],
        [call("GetObject", "s3.amazonaws.com"), call("CreatePlugin", Q)],
    ),
    "q_uploads": (
        [
            call("BatchPutDocument", QBUSINESS, requestParameters={"applicationId": "APP"}),
            call("ImportDocument", "qapps.amazonaws.com", "11:00:00"),
            call("ImportArtifact", "qdeveloper.amazonaws.com", "12:00:00"),
        ],
        [
            {"eventname": "BatchPutDocument", "application": "APP", "actor": USER},
            {"eventname": "ImportDocument"},
            {"eventname": "ImportArtifact"},
        ],
        [call("BatchDeleteDocument", QBUSINESS), call("ImportDocument", "textract.amazonaws.com")],
    ),
    "q_ide_use": (
        [
            call(
                "GenerateCompletions",
                "codewhisperer.amazonaws.com",
                userIdentity={"type": "IdentityCenterUser", "onBehalfOf": {"userId": "idc-1"}},
                userAgent="AmazonQ-For-VSCode",
            )
        ],
        [{"identity_center_user": "idc-1", "useragent": "AmazonQ-For-VSCode", "n": 1}],
        [call("CreatePlugin", Q), call("ChatSync", QBUSINESS)],
    ),
    "tokens_by_caller": (
        [used(), used("10:59:59"), used("11:00:00", errorCode="ThrottlingException", input=None, output=None)],
        [
            {
                "hour": "2026/01/02/10",
                "actor": USER,
                "model": MODEL,
                "n": 2,
                "in_tokens": 20,
                "out_tokens": 40,
                "without_tokens": 0,
                "errors": 0,
            },
            {"hour": "2026/01/02/11", "n": 1, "errors": 1, "in_tokens": 0, "out_tokens": 0, "without_tokens": 1},
        ],
        [used(OLD), used("2026-01-04T00:00:00Z")],
    ),
    "prompts_of_actor": (
        [
            used(prompt=said("hello"), answer={"output": "hi"}),
            used("11:00:00", who=SESSION, prompt="x" * 5000),
            used("12:00:00", who="arn:aws:iam::111122223333:user/bob"),
        ],
        [
            {
                "actor": USER,
                "prompt": '{"messages":[{"role":"user","content":[{"text":"hello"}]}]}',
                "response": '{"output":"hi"}',
            },
            {"actor": SESSION, "prompt": "x" * 4000, "response": None},
            {"actor": "arn:aws:iam::111122223333:user/bob"},
        ],
        # A user of the role's name, and a session of another account's role of that name.
        [used(who="arn:aws:iam::111122223333:user/app"), used(who="arn:aws:sts::999999999999:assumed-role/app/x")],
    ),
    "guardrail_interventions": (
        [
            used(answer={"stopReason": "guardrail_intervened"}),
            used("11:00:00", answer={"amazon-bedrock-guardrailAction": "INTERVENED"}),
            used("12:00:00", answer='{"stopReason" : "guardrail_intervened"}'),
            used("13:00:00", answer='{"amazon-bedrock-guardrailAction": "INTERVENED"}'),
            used(
                "14:00:00", answer=[{"contentBlockDelta": {}}, {"messageStop": {"stopReason": "guardrail_intervened"}}]
            ),
        ],
        [
            {"marker": "stopReason guardrail_intervened", "actor": USER},
            {"marker": "amazon-bedrock-guardrailAction INTERVENED"},
            {"marker": "stopReason guardrail_intervened"},
            {"marker": "amazon-bedrock-guardrailAction INTERVENED"},
            {"marker": "stopReason guardrail_intervened"},
        ],
        [
            used(answer={"stopReason": "end_turn", "amazon-bedrock-guardrailAction": "NONE"}),
            used(output=None),
            used(
                answer={
                    "text": 'it says "stopReason":"guardrail_intervened","amazon-bedrock-guardrailAction":"INTERVENED"'
                }
            ),
            used(prompt={"stopReason": "guardrail_intervened"}),
        ],
    ),
    "blind_window": (
        [
            call("Converse", requestID="unlogged", requestParameters={"modelId": MODEL}),
            call("Converse", at="11:00:00", requestID="request-2026-01-02T10:00:00Z"),
            used(),
        ],
        [{"requestid": "unlogged", "model": MODEL, "actor": USER}],
        [
            call("Converse", requestID="request-2026-01-02T10:00:00Z"),
            used(),
            call("Converse", errorCode="AccessDenied"),
            call("ListAgents"),
        ],
    ),
    "secrets_in_prompts": (
        [
            used(prompt=said(f"use\n{KEY} now"), answer=said("-----BEGIN RSA PRIVATE KEY-----\nMII")),
            used("11:00:00", answer=[{"text": "token ghp_" + "a1" * 18 + " and ASIAIOSFODNN7EXAMPLE"}]),
            used("12:00:00", prompt=said("ABSK" + "QmVkcm9j" * 6)),
            used("13:00:00", prompt=said("bedrock-api-key-" + "YmVkcm9j" * 4)),
            used("14:00:00", prompt=said("glpat-" + "x1-_" * 5)),
            used("15:00:00", prompt=said("github_pat_" + "1A" * 12)),
        ],
        [
            {"in_prompt": "AWS access key", "in_response": "private key", "actor": USER},
            {"in_prompt": None, "in_response": "AWS access key, GitHub token"},
            {"in_prompt": "Bedrock API key"},
            {"in_prompt": "short-term Bedrock API key"},
            {"in_prompt": "GitLab token"},
            {"in_prompt": "GitHub token"},
        ],
        [
            used(prompt=said("the AKIA prefix, a private key, ghp_short, ABSK")),
            used(input=None, output=None),
            used(prompt=said(KEY.lower())),
        ],
    ),
}
