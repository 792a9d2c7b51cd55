"""Lambda functions, who may invoke them, and what becomes of events that they could not work on."""

from __future__ import annotations

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all

READ_BACK = ("Handler", "Role", "Runtime", "Timeout", "MemorySize", "Environment", "Architectures", "TracingConfig")
SENT = ("FunctionName", "Description", "Code", "LoggingConfig", "KmsKeyArn", "DeadLetterConfig", "EphemeralStorage")


def function(place: Place, properties: Properties) -> Applied:
    """Architectures and Runtime are recorded; what runs is this machine's own processor and Python."""
    client = place.client("lambda")
    wanted = properties.taken(*SENT, *READ_BACK)
    name = wanted.setdefault("FunctionName", place.name(properties.owner))
    tags = {tag["Key"]: tag["Value"] for tag in properties.take("Tags", [])}
    found = client.create_function(**wanted, Tags=tags)
    expect_all(properties.owner, {k: v for k, v in wanted.items() if k in READ_BACK}, found)
    if reserved := properties.take("ReservedConcurrentExecutions"):
        kept = client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
        expect(f"{properties.owner}.ReservedConcurrentExecutions", reserved, kept["ReservedConcurrentExecutions"])
    return Applied(name, {"Arn": found["FunctionArn"]})


def permission(place: Place, properties: Properties) -> Applied:
    wanted = properties.taken("FunctionName", "Action", "Principal", "SourceArn", "SourceAccount")
    place.client("lambda").add_permission(StatementId=properties.owner, **wanted)
    return Applied(properties.owner)


def event_invoke_config(place: Place, properties: Properties) -> Applied:
    wanted = properties.taken("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig")
    properties.meaningless("Qualifier", "SAM's $LATEST, the only version that is deployed")
    failure = wanted["DestinationConfig"]["OnFailure"]
    wanted["DestinationConfig"]["OnFailure"] = {"Destination": failure["Destination"]}
    found = place.client("lambda").put_function_event_invoke_config(
        FunctionName=properties.take("FunctionName"), **wanted
    )
    expect_all(properties.owner, wanted, found)
    return Applied(properties.owner)
