"""The baseline of an account with 1,000 resources in all 17 enabled Regions: how long it takes, and how many calls."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, cycle, islice
from typing import Any

from benchmarks.embedded import by_responder, deployed
from benchmarks.figures import figure
from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import ACCOUNT, REGION, Scene

Json = dict[str, Any]
RESOURCES = 1000
AT_ONCE = 4
ROLE = f"arn:aws:iam::{ACCOUNT}:role/furnished"
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
TEST_ALIAS = "/TSTALIASID"
COLLECTIONS = ("agents", "aliases", "knowledge_bases", "guardrails", "custom", "imported", "trails")
"""In the recorded kinds: objects with one member for each resource."""


def measure() -> list[Json]:
    """The scheduled run, as EventBridge invokes it, by a function that is warm."""
    with deployed() as aws:
        scene = Scene(aws)
        regions = [r["region"] for r in scene.invoke("BaselineFunction", {"do": "record"})["records"]]
        _furnish(aws, regions)
        before, began = len(aws.api_calls()), time.perf_counter()
        records = scene.invoke("BaselineFunction", {"source": "aws.events"})["records"]
        seconds = time.perf_counter() - began
        calls = [record for record in aws.api_calls()[before:] if by_responder(record)]
        recorded = sum(_recorded(aws, record["key"]) for record in records)
    assert {record["state"] for record in records} == {"candidate"}, records
    assert recorded == RESOURCES
    what = f"baseline of {RESOURCES:,} resources in {len(records)} Regions"
    return [
        figure(f"{what}: time", seconds, "s"),
        figure(f"{what}: AWS calls", len(calls), "calls"),
        figure(f"{what}: AWS calls for one resource", len(calls) / recorded, "calls"),
        figure(f"{what}: time of one AWS call", seconds / len(calls) * 1000, "ms"),
    ]


def _furnish(aws: EmbeddedAws, regions: list[str]) -> None:
    """One trail for all Regions, each Region's logging, and the rest round robin over Regions and kinds."""
    _watch(aws)
    for region in regions:
        _log(aws, region)
    left = RESOURCES - 1 - len(regions)
    places = islice(cycle((region, kind) for kind in MAKERS for region in regions), left)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda numbered: _make(aws, *numbered[1], numbered[0]), enumerate(places)))


def _make(aws: EmbeddedAws, region: str, kind: str, number: int) -> None:
    MAKERS[kind](aws, region, f"{kind}-{number}")


def _watch(aws: EmbeddedAws) -> None:
    aws.client("s3").create_bucket(Bucket="furnished-trail")
    aws.client("cloudtrail").create_trail(Name="all", S3BucketName="furnished-trail", IsMultiRegionTrail=True)
    aws.client("cloudtrail").start_logging(Name="all")


def _log(aws: EmbeddedAws, region: str) -> None:
    allow = {"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "s3:PutObject"}
    bucket = f"furnished-{region}"
    where = {} if region == REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3 = aws.client("s3", region)
    s3.create_bucket(Bucket=bucket, ObjectOwnership="BucketOwnerEnforced", **where)
    statement = {**allow, "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    config = {"s3Config": {"bucketName": bucket}, "textDataDeliveryEnabled": True}
    aws.client("bedrock", region).put_model_invocation_logging_configuration(loggingConfig=config)


def _agent(aws: EmbeddedAws, region: str, name: str) -> str:
    agents = aws.client("bedrock-agent", region)
    made = agents.create_agent(
        agentName=name, agentResourceRoleArn=ROLE, foundationModel=MODEL, instruction="Answer politely. " * 3
    )
    return str(made["agent"]["agentId"])


def _alias(aws: EmbeddedAws, region: str, name: str) -> None:
    """Of the first agent that the Region has."""
    agents = aws.client("bedrock-agent", region)
    agent_id = agents.list_agents()["agentSummaries"][0]["agentId"]
    route = [{"agentVersion": "DRAFT"}]
    agents.create_agent_alias(agentId=agent_id, agentAliasName=name, routingConfiguration=route)


def _knowledge_base(aws: EmbeddedAws, region: str, name: str) -> None:
    embedding = {"embeddingModelArn": f"arn:aws:bedrock:{region}::foundation-model/amazon.titan-embed-text-v2:0"}
    configuration = {"type": "VECTOR", "vectorKnowledgeBaseConfiguration": embedding}
    agents = aws.client("bedrock-agent", region)
    agents.create_knowledge_base(name=name, roleArn=ROLE, knowledgeBaseConfiguration=configuration)


def _guardrail(aws: EmbeddedAws, region: str, name: str) -> None:
    aws.client("bedrock", region).create_guardrail(name=name, blockedInputMessaging="no", blockedOutputsMessaging="no")


def _imported_model(aws: EmbeddedAws, region: str, name: str) -> None:
    source = {"s3DataSource": {"s3Uri": f"s3://{name}/weights"}}
    job = {"jobName": name, "importedModelName": name, "roleArn": ROLE, "modelDataSource": source}
    aws.client("bedrock", region).create_model_import_job(**job)


MAKERS: dict[str, Any] = {
    "agent": _agent,
    "alias": _alias,
    "knowledge-base": _knowledge_base,
    "guardrail": _guardrail,
    "imported-model": _imported_model,
}


def _recorded(aws: EmbeddedAws, key: str) -> int:
    """How many resources a record holds. The one trail stands in each Region's, and counts at home.

    The alias for tests, which Bedrock gives each agent, does not count.
    """
    body = aws.client("s3").get_object(Bucket=aws.outputs["EvidenceBucket"], Key=key)["Body"].read()
    document = json.loads(body)["document"]
    found = list(chain.from_iterable(_resources(kind) for kind in document["kinds"].values()))
    foreign = [name for name in found if ":trail/" in name and f":{document['region']}:" not in name]
    given = [name for name in found if name.endswith(TEST_ALIAS)]
    logs = 1 if document["kinds"]["invocation_logging"].get("loggingConfig") else 0
    return len(found) - len(foreign) - len(given) + logs


def _resources(kind: Json) -> Iterator[str]:
    return chain.from_iterable(kind.get(name, {}) for name in COLLECTIONS)
