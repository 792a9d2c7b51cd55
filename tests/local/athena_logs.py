"""Logs in the embedded S3 under AWS's own keys, and tables over them as the template makes them."""

from __future__ import annotations

import gzip
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from deploy import translate
from deploy.local.deployer.appliers import APPLIERS
from deploy.local.deployer.intrinsics import Resolver
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties

Json = dict[str, Any]
ACCOUNT, REGION = "123456789012", "us-east-1"
TRAIL, INVOCATIONS, RESULTS = "example-trail", "example-invocations", "example-results"
DATABASE, GROUP = "responder_logs", "responder-evidence"
PARTS = ("QueryDatabase", "TrailTable", "InvocationTable", "QueryWorkGroup")
ENDED = ("SUCCEEDED", "FAILED", "CANCELLED")
Client = Callable[[str], Any]


class TemplatePlace(Place):
    """Where the template's parts are applied, with clients that a test makes."""

    def __init__(self, client: Client) -> None:
        self._make = client

    def client(self, service: str) -> Any:
        return self._make(service)


def furnish(client: Client, accounts: Iterable[str] = (ACCOUNT,), **parameters: str) -> None:
    """The three buckets, and the template's database, tables and workgroup over them."""
    for bucket in (TRAIL, INVOCATIONS, RESULTS):
        client("s3").create_bucket(Bucket=bucket)
    tables(client, accounts, **parameters)


def tables(client: Client, accounts: Iterable[str] = (ACCOUNT,), **parameters: str) -> None:
    template = translate.load()
    given = {name: str(declared.get("Default", "x")) for name, declared in template["Parameters"].items()}
    given |= {"TrailBucket": TRAIL, "InvocationLogBucket": INVOCATIONS, "TrailAccounts": ",".join(accounts)}
    given |= {"AWS::AccountId": ACCOUNT, "QueryResultsBucket": RESULTS, "QueryDatabase": DATABASE, **parameters}
    resolver = Resolver(given, template["Conditions"])
    resolver._functions["Fn::GetAtt"] = lambda _: f"arn:aws:kms:{REGION}:{ACCOUNT}:key/example"
    for name in PARTS:
        resource = template["Resources"][name]
        APPLIERS[resource["Type"]](TemplatePlace(client), Properties(name, resolver.resolve(resource["Properties"])))


def deliver(client: Client, cloudtrail: Iterable[Json] = (), invocations: Iterable[Json] = ()) -> dict[str, int]:
    """Put records into the buckets, a file for each account, Region and day or hour. Returns each object's bytes."""
    files: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for record in cloudtrail:
        files[TRAIL, trail_folder(record)].append(record)
    for record in invocations:
        hour = record["timestamp"][:13].translate(str.maketrans("-T ", "///"))
        folder = f"AWSLogs/{ACCOUNT}/BedrockModelInvocationLogs/{record['region']}/{hour}"
        files[INVOCATIONS, folder].append(record)
    for (bucket, folder), records in files.items():
        put(client, bucket, folder, records)
    return sizes(client)


def trail_folder(record: Json) -> str:
    account = record.get("recipientAccountId") or record["userIdentity"]["accountId"]
    return f"AWSLogs/{account}/CloudTrail/{record['awsRegion']}/{record['eventTime'][:10].replace('-', '/')}"


def put(client: Client, bucket: str, folder: str, records: list[Json]) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    text = json.dumps({"Records": records}) if bucket == TRAIL else lines
    client("s3").put_object(Bucket=bucket, Key=f"{folder}/records.json.gz", Body=gzip.compress(text.encode()))


def sizes(client: Client) -> dict[str, int]:
    """The bytes of each object of logs, by its key."""
    pages = (client("s3").list_objects_v2(Bucket=bucket) for bucket in (TRAIL, INVOCATIONS))
    return {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", ())}


def call(name: str = "InvokeModel", at: str = "2026-01-02T10:00:00Z", **fields: Any) -> Json:
    """A CloudTrail record of a thief's key."""
    key = {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "accountId": ACCOUNT}
    return {
        "eventVersion": "1.11",
        "userIdentity": {"type": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/thief", **key},
        "eventTime": at,
        "eventSource": "bedrock.amazonaws.com",
        "eventName": name,
        "awsRegion": REGION,
        "sourceIPAddress": "198.51.100.7",
        "requestID": f"request-{at}",
        "eventID": f"{name}-{at}",
        "recipientAccountId": ACCOUNT,
        **fields,
    }


def start(athena: Any, sql: str, *parameters: str, **more: Any) -> str:
    given: Json = {"ExecutionParameters": list(parameters)} if parameters else {}
    place = {"QueryExecutionContext": {"Database": DATABASE}, "WorkGroup": GROUP}
    return str(athena.start_query_execution(QueryString=sql, **place, **given, **more)["QueryExecutionId"])


def ended(athena: Any, execution_id: str, seconds: float = 20.0) -> Json:
    """The execution when it has come to its end."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: Json = athena.get_query_execution(QueryExecutionId=execution_id)["QueryExecution"]
        if found["Status"]["State"] in ENDED:
            return found
        time.sleep(0.02)
    raise AssertionError(f"the query has not ended after {seconds} s")


def asked(athena: Any, sql: str, *parameters: str) -> Json:
    return ended(athena, start(athena, sql, *parameters))


def rows(athena: Any, execution: Json, **page: Any) -> list[list[str | None]]:
    answer = athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"], **page)
    return [[cell.get("VarCharValue") for cell in row["Data"]] for row in answer["ResultSet"]["Rows"]]
