"""A made-up company's CloudTrail, as the hunt's benchmark reads it: made once, below build/, always the same.

Four accounts, four Regions, AWS's key names. About 5 % of the events are a generative-AI service's, made by three
applications of the company and by two thieves of keys; 3 % are roles assumed; the rest is what else an account does.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import deflate

BUILD = Path(__file__).parent.parent / "build" / "benchmarks"
FILES = 1_200
EVENTS = 590
"""In one file: 708,000 in all."""
ACCOUNTS = ("111122223333", "123456789012", "444455556666", "777788889999")
REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")
START = datetime(2026, 3, 1, tzinfo=UTC)
MODELS = ("anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.nova-pro-v1:0", "meta.llama3-70b-instruct-v1:0")
AGENTS = (
    "Boto3/1.40.3 md/Botocore#1.40.3 ua/2.1 os/linux#6.1.119 md/arch#x86_64 lang/python#3.12.8 md/pyimpl#CPython",
    "aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.23.4 md/GOOS#linux md/GOARCH#arm64 api/kms#1.38.1",
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.82.2 aws-sdk-go-v2",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
)
TLS = {
    "tlsVersion": "TLSv1.3",
    "cipherSuite": "TLS_AES_128_GCM_SHA256",
    "clientProvidedHostHeader": "service.us-east-1.amazonaws.com",
}
# Source, name, whether it only reads, and how many of a hundred: what an account does all day.
ORDINARY = (
    ("ec2.amazonaws.com", "DescribeInstances", True, 22),
    ("ec2.amazonaws.com", "DescribeSecurityGroups", True, 9),
    ("kms.amazonaws.com", "Decrypt", True, 14),
    ("kms.amazonaws.com", "GenerateDataKey", True, 7),
    ("s3.amazonaws.com", "GetBucketAcl", True, 8),
    ("logs.amazonaws.com", "DescribeLogStreams", True, 9),
    ("logs.amazonaws.com", "CreateLogStream", False, 5),
    ("ssm.amazonaws.com", "UpdateInstanceInformation", False, 8),
    ("dynamodb.amazonaws.com", "DescribeTable", True, 6),
    ("autoscaling.amazonaws.com", "DescribeAutoScalingGroups", True, 6),
    ("secretsmanager.amazonaws.com", "GetSecretValue", True, 3),
    ("ecr.amazonaws.com", "BatchGetImage", True, 3),
)
APPLICATIONS = ("chat-assistant", "search-indexer", "ticket-triage")
ROLES = tuple(f"service-{name}" for name in ("api", "batch", "build", "deploy", "etl", "mail", "orders", "pay", "web"))
USERS = tuple(f"engineer-{n}" for n in range(20))
THIEVES = {"AKIAIOSFODNN7EXAMPLE": "ci-runner", "AKIAI44QH8DHBEXAMPLE": "former-employee"}
ATTACK = (
    ("sts.amazonaws.com", "GetCallerIdentity", True),
    ("iam.amazonaws.com", "ListUsers", True),
    ("bedrock.amazonaws.com", "ListFoundationModels", True),
    ("bedrock.amazonaws.com", "GetModelInvocationLoggingConfiguration", True),
    ("bedrock.amazonaws.com", "InvokeModel", True),
    ("bedrock.amazonaws.com", "PutFoundationModelEntitlement", False),
    ("bedrock.amazonaws.com", "DeleteModelInvocationLoggingConfiguration", False),
    ("iam.amazonaws.com", "CreateUser", False),
    ("iam.amazonaws.com", "CreateAccessKey", False),
)


@dataclass(frozen=True)
class Period:
    """The set's place in time: file `n` of it has other ids than file `n` of another set."""

    set: int
    number: int

    @property
    def account(self) -> str:
        return ACCOUNTS[self.number % 4]

    @property
    def region(self) -> str:
        return REGIONS[self.number // 4 % 4]

    @property
    def start(self) -> datetime:
        return START + timedelta(days=self.set * 7, minutes=self.number // 16 * 60)

    @property
    def key(self) -> str:
        name = (
            f"{self.account}_CloudTrail_{self.region}_{self.start:%Y%m%dT%H%MZ}_{uuid.UUID(int=self.number).hex[-16:]}"
        )
        return f"AWSLogs/{self.account}/CloudTrail/{self.region}/{self.start:%Y/%m/%d}/{name}.json.gz"


def made(number: int) -> Path:
    """The folder of one set of 1 GB, made if it is not there: other ids and another week than the other sets'."""
    folder = BUILD / f"trail-{number}"
    missing = [one for one in (Period(number, n) for n in range(FILES)) if not (folder / one.key).exists()]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        list(pool.map(_write, [(folder, period) for period in missing], chunksize=20))
    return folder


def _write(place: tuple[Path, Period]) -> None:
    folder, period = place
    path = folder / period.key
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"Records": list(_records(period))}, separators=(",", ":"))
    part = path.with_suffix(".part")
    part.write_bytes(deflate.gzip_compress(text.encode(), 6))
    part.rename(path)


def _records(period: Period) -> Iterator[dict[str, Any]]:
    chance = random.Random(f"{period.set}/{period.number}")
    for n in range(EVENTS):
        time = period.start + timedelta(seconds=3600 * n / EVENTS)
        yield _record(chance, period, time) | _what(chance, period, n)


def _record(chance: random.Random, period: Period, time: datetime) -> dict[str, Any]:
    return {
        "eventVersion": "1.11",
        "userIdentity": {},
        "eventTime": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "",
        "eventName": "",
        "awsRegion": period.region,
        "sourceIPAddress": f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}",
        "userAgent": f"[{chance.choice(AGENTS)}]",
        "requestParameters": _asked(chance, period),
        "responseElements": None,
        "requestID": _id(chance),
        "eventID": _id(chance),
        "readOnly": True,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": period.account,
        "eventCategory": "Management",
        "tlsDetails": TLS,
    }


def _asked(chance: random.Random, period: Period) -> dict[str, Any]:
    context = {"aws:ebs:id": f"vol-{chance.getrandbits(68):017x}", "aws:pi:account": period.account}
    return {"filterSet": {}, "maxResults": 100, "nextToken": f"{chance.getrandbits(128):032x}", "context": context}


def _what(chance: random.Random, period: Period, n: int) -> dict[str, Any]:
    """Who did what: by lot, but that each thief works through one hour, in a file of their own and those beside it."""
    if period.number % 600 in range(300, 304) and n % 12 == 0:
        return _theft(chance, period, n // 12)
    lot = chance.random()
    if lot < 0.05:
        return _inference(chance, period)
    return _assumed(chance, period) if lot < 0.08 else _ordinary(chance, period)


def _theft(chance: random.Random, period: Period, step: int) -> dict[str, Any]:
    key, user = list(THIEVES.items())[period.number // 600]
    source, name, reads = ATTACK[min(step, len(ATTACK) - 1) if step % 3 == 0 else 4]
    who = {"type": "IAMUser", "principalId": "AIDAEXAMPLE7", "arn": f"arn:aws:iam::{period.account}:user/{user}"}
    who |= {"accountId": period.account, "accessKeyId": key, "userName": user}
    what = {"eventSource": source, "eventName": name, "readOnly": reads, "userIdentity": who}
    return what | {"sourceIPAddress": "203.0.113.77", "requestParameters": {"modelId": MODELS[step % 3]}}


def _inference(chance: random.Random, period: Period) -> dict[str, Any]:
    name = chance.choice(("InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream"))
    model = chance.choice(MODELS)
    arn = f"arn:aws:bedrock:{period.region}::foundation-model/{model}"
    return {
        "eventSource": "bedrock.amazonaws.com",
        "eventName": name,
        "userIdentity": _role(chance, period, chance.choice(APPLICATIONS)),
        "requestParameters": {"modelId": model},
        "additionalEventData": {"inferenceRegion": period.region},
        "resources": [{"accountId": period.account, "type": "AWS::Bedrock::FoundationModel", "ARN": arn}],
    }


def _assumed(chance: random.Random, period: Period) -> dict[str, Any]:
    role = f"arn:aws:iam::{period.account}:role/{chance.choice(ROLES)}"
    session = f"session-{chance.randrange(10_000)}"
    issued = {"accessKeyId": _key(chance), "sessionToken": "HIDDEN_DUE_TO_SECURITY_REASONS", "expiration": "soon"}
    return {
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "userIdentity": {"type": "AWSService", "invokedBy": "ec2.amazonaws.com"},
        "sourceIPAddress": "ec2.amazonaws.com",
        "userAgent": "ec2.amazonaws.com",
        "requestParameters": {"roleArn": role, "roleSessionName": session, "durationSeconds": 3600},
        "responseElements": {
            "credentials": issued,
            "assumedRoleUser": {"arn": role.replace(":role/", ":assumed-role/")},
        },
        "resources": [{"accountId": period.account, "type": "AWS::IAM::Role", "ARN": role}],
    }


def _ordinary(chance: random.Random, period: Period) -> dict[str, Any]:
    source, name, reads, _ = chance.choices(ORDINARY, [share for *_, share in ORDINARY])[0]
    lot = chance.random()
    if lot < 0.01:
        who = _role(chance, period, chance.choice(APPLICATIONS))
    else:
        who = _role(chance, period, chance.choice(ROLES)) if lot < 0.8 else _user(chance, period)
    extra = {"SignatureVersion": "SigV4", "x-amz-id-2": f"{chance.getrandbits(320):080x}"}
    return {"eventSource": source, "eventName": name, "readOnly": reads, "userIdentity": who} | {
        "additionalEventData": extra
    }


def _role(chance: random.Random, period: Period, role: str) -> dict[str, Any]:
    number = 1 + hash_of(role, period.account) % 10**9
    session = f"i-{chance.randrange(20):017x}"
    issuer = f"arn:aws:iam::{period.account}:role/{role}"
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE{number:09d}:{session}",
        "arn": f"arn:aws:sts::{period.account}:assumed-role/{role}/{session}",
        "accountId": period.account,
        "accessKeyId": f"ASIAEXAMPLE{hash_of(role, session, period.start.isoformat()) % 10**9:09d}",
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": f"AROAEXAMPLE{number:09d}",
                "arn": issuer,
                "accountId": period.account,
                "userName": role,
            },
            "attributes": {"creationDate": f"{period.start:%Y-%m-%dT%H:%M:%SZ}", "mfaAuthenticated": "false"},
            "ec2RoleDelivery": "2.0",
        },
    }


def _user(chance: random.Random, period: Period) -> dict[str, Any]:
    user = chance.choice(USERS)
    return {
        "type": "IAMUser",
        "principalId": f"AIDAEXAMPLE{hash_of(user) % 10**9:09d}",
        "arn": f"arn:aws:iam::{period.account}:user/{user}",
        "accountId": period.account,
        "accessKeyId": f"AKIAEXAMPLE{hash_of(user, period.account) % 10**9:09d}",
        "userName": user,
    }


def hash_of(*words: str) -> int:
    """The same in every process."""
    return uuid.uuid5(uuid.NAMESPACE_OID, "/".join(words)).int


def _key(chance: random.Random) -> str:
    return f"ASIAEXAMPLE{chance.randrange(10**9):09d}"


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128)))
