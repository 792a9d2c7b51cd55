"""What one incident costs on AWS: the calls and times of a response on the embedded AWS, by AWS's list prices.

List prices of us-east-1 in US dollars, without free tier, discount or tax, of 2026-11-22. That of Step Functions was
read from a copy of AWS's page; those of Lambda, DynamoDB and KMS from pages that quote AWS's; S3's are not verified. No
bill has verified the sum. The pages that have the last word:

* Step Functions, standard workflows, each transition and each retry: https://aws.amazon.com/step-functions/pricing/
* Lambda on arm64, requests and GB-seconds, initialisation too: https://aws.amazon.com/lambda/pricing/
* DynamoDB on demand, units of 1 KB written and of 4 KB read consistently: https://aws.amazon.com/dynamodb/pricing/on-demand/
* S3 Standard, requests: https://aws.amazon.com/s3/pricing/
* KMS, requests: https://aws.amazon.com/kms/pricing/

Not in it: storage, logs, traces, alarms, mails, and what stands there without any incident. Lambda's time is this
machine's, with its cores and without the way to AWS's services.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

from benchmarks.embedded import Response, by_responder, deployed, respond
from benchmarks.figures import figure

Json = dict[str, Any]
PRICES = {
    "state transitions": 0.025 / 1000,
    "Lambda requests": 0.20 / 1e6,
    "Lambda GB-seconds": 0.0000133334,
    "DynamoDB write units": 0.625 / 1e6,
    "DynamoDB read units": 0.125 / 1e6,
    "S3 writes and lists": 0.005 / 1000,
    "S3 reads": 0.0004 / 1000,
    "KMS requests": 0.03 / 10_000,
}
WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
READS = {"GetItem", "Query", "Scan"}
S3_WRITES = re.compile("Put|Copy|List|Post")
REPORT = re.compile(r"Duration: ([\d.]+) ms\tMemory Size: (\d+) MB(?:\tInit Duration: ([\d.]+) ms)?")


def measure() -> list[Json]:
    """The first response after deployment, in which every function starts cold."""
    with deployed() as aws:
        used = _used(respond(aws))
    dollars = {name: used[name] * price for name, price in PRICES.items()}
    whole = sum(dollars.values())
    return [
        figure("one incident at list prices of us-east-1", whole, "US dollars"),
        *(figure(f"one incident: {name}", used[name], "count") for name in PRICES),
        *(figure(f"one incident: what {name} cost of the whole", dollars[name] / whole, "ratio") for name in PRICES),
    ]


def _used(response: Response) -> dict[str, float]:
    """By the names of PRICES."""
    ours = [record for record in response.calls if by_responder(record)]
    calls = Counter((record["eventSource"].split(".")[0], record["eventName"]) for record in ours)
    s3 = Counter({name: count for (service, name), count in calls.items() if service == "s3"})
    listed = sum(count for name, count in s3.items() if S3_WRITES.match(name))
    return {
        "state transitions": sum(map(_transitions, response.histories)),
        "Lambda requests": len(response.reports),
        "Lambda GB-seconds": sum(map(_gigabyte_seconds, response.reports)),
        **_units(response, calls),
        "S3 writes and lists": listed,
        "S3 reads": s3.total() - listed,
        # S3 has a bucket key, and DynamoDB keeps a table's key for minutes: neither asks KMS for each call.
        "KMS requests": sum(count for (service, _), count in calls.items() if service == "kms"),
    }


def _transitions(events: list[Json]) -> int:
    """Every state that was entered, and every task that was scheduled once more."""
    kinds = Counter(event["type"] for event in events)
    entered = sum(count for kind, count in kinds.items() if kind.endswith("StateEntered"))
    return entered + kinds["TaskScheduled"] - kinds["TaskStateEntered"]


def _gigabyte_seconds(report: str) -> float:
    found = REPORT.search(report)
    assert found, report
    took, memory, init = found.groups()
    return math.ceil(float(took) + float(init or 0)) / 1000 * int(memory) / 1024


def _units(response: Response, calls: Counter[tuple[str, str]]) -> dict[str, float]:
    """From above: each write as the incident's largest item, each read as all items of the incident."""
    sizes = [len(json.dumps(item)) for item in response.scene.items(response.incident_id)]
    made = {kind: sum(calls["dynamodb", name] for name in names) for kind, names in (("w", WRITES), ("r", READS))}
    return {
        "DynamoDB write units": made["w"] * math.ceil(max(sizes) / 1024),
        "DynamoDB read units": made["r"] * math.ceil(sum(sizes) / 4096),
    }
