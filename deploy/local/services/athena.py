"""Amazon Athena: workgroups and queries, which deploy.local.athena runs on the objects in the embedded S3.

Sources: Athena API reference; Athena User Guide, "Override client-side settings". moto's queries answer what a
test put in.
"""

from __future__ import annotations

import uuid
from typing import Any

from deploy.local.model_service import ApiError, Call, register
from deploy.local.services.paging import page

Json = dict[str, Any]
PRIMARY = "primary"
ENGINE = "Athena engine version 3"
REFUSAL = "InvalidRequestException"
MOST = 1000


def install() -> None:
    register("athena", HANDLERS)


def create_work_group(call: Call, params: Json) -> Json:
    if params["Name"] in _groups(call):
        raise ApiError(REFUSAL, "WorkGroup is already created")
    configuration = {"EnforceWorkGroupConfiguration": True, **params.get("Configuration", {})}
    facts = {"Name": params["Name"], "State": "ENABLED", "CreationTime": call.now}
    described = {name: params[name] for name in ("Description",) if name in params}
    _groups(call)[params["Name"]] = {**facts, **described, "Configuration": configuration}
    return {}


def get_work_group(call: Call, params: Json) -> Json:
    return {"WorkGroup": _group(call, params["WorkGroup"])}


def start_query_execution(call: Call, params: Json) -> Json:
    """The same token is the same query; with anything else changed it is refused."""
    token = params.get("ClientRequestToken") or str(uuid.uuid4())
    earlier = call.state["tokens"].get(token)
    if earlier and earlier["asked"] != _told(params):
        raise ApiError(REFUSAL, "Idempotent parameters do not match")
    if earlier:
        return {"QueryExecutionId": earlier["id"]}
    execution = _execution(call, params)
    found = execution.described["QueryExecutionId"]
    call.state["executions"][found] = execution
    call.state["tokens"][token] = {"asked": _told(params), "id": found}
    execution.begin()
    return {"QueryExecutionId": found}


def get_query_execution(call: Call, params: Json) -> Json:
    return {"QueryExecution": _executed(call, params).described}


def stop_query_execution(call: Call, params: Json) -> Json:
    _executed(call, params).cancel()
    return {}


def get_query_results(call: Call, params: Json) -> Json:
    """The names of the columns are the first row, on the first page only. Whoever reads results reads their object."""
    execution = _executed(call, params)
    if execution.state != "SUCCEEDED":
        ending = "Query did not finish successfully. Final query state: "
        unready = "Query has not yet finished. Current state: "
        raise ApiError(REFUSAL, (ending if execution.state in ("FAILED", "CANCELLED") else unready) + execution.state)
    _demand_object(execution)
    found = page(execution.rows, params, "Rows", size="MaxResults", token="NextToken", most=MOST, refusal=REFUSAL)
    rows = [{"Data": [{"VarCharValue": v} if v is not None else {} for v in row]} for row in found.pop("Rows")]
    return {
        "ResultSet": {"Rows": rows, "ResultSetMetadata": {"ColumnInfo": execution.columns}},
        "UpdateCount": 0,
        **found,
    }


def _demand_object(execution: Any) -> None:
    from deploy.local.iam.afterwards import refusal

    bucket, _, key = execution.described["ResultConfiguration"]["OutputLocation"].removeprefix("s3://").partition("/")
    place = execution.objects
    if refused := refusal(place.caller, "s3", "GetObject", place.region, Bucket=bucket, Key=key):
        raise ApiError(REFUSAL, f"Access denied when reading the results: {refused}")


def _execution(call: Call, params: Json) -> Any:
    """Imported here, as everything that DuckDB and sqlglot are needed for: most runs ask no query."""
    from deploy.local.athena.objects import Objects
    from deploy.local.athena.running import Execution
    from deploy.local.iam.afterwards import caller_of

    group = _group(call, params.get("WorkGroup", PRIMARY))["Configuration"]
    caller = caller_of(call.access_key)
    described = _described(call, params, group)
    _demand_bucket(call, caller, described["ResultConfiguration"]["OutputLocation"])
    return Execution(call.account, described, group, Objects(caller, call.region))


def _described(call: Call, params: Json, group: Json) -> Json:
    found = str(uuid.uuid4())
    kept = {name: params[name] for name in ("ExecutionParameters",) if name in params}
    return {
        "QueryExecutionId": found,
        "Query": params["QueryString"],
        "StatementType": "DML",
        "ResultConfiguration": _output(params, group, found),
        "QueryExecutionContext": {"Database": "default", **params.get("QueryExecutionContext", {})},
        "Status": {"State": "QUEUED", "SubmissionDateTime": call.now},
        "Statistics": {"DataScannedInBytes": 0, "EngineExecutionTimeInMillis": 0, "TotalExecutionTimeInMillis": 0},
        "WorkGroup": params.get("WorkGroup", PRIMARY),
        "EngineVersion": {"SelectedEngineVersion": ENGINE, "EffectiveEngineVersion": ENGINE},
        **kept,
    }


def _output(params: Json, group: Json, execution_id: str) -> Json:
    """The workgroup's place where it enforces it, or where the caller names none."""
    theirs, ours = params.get("ResultConfiguration", {}), group.get("ResultConfiguration", {})
    chosen = ours if group["EnforceWorkGroupConfiguration"] and ours else {**ours, **theirs}
    if not chosen.get("OutputLocation"):
        raise ApiError(REFUSAL, "No output location provided. An output location is required.")
    return {**chosen, "OutputLocation": f"{chosen['OutputLocation'].rstrip('/')}/{execution_id}.csv"}


def _demand_bucket(call: Call, caller: Any, location: str) -> None:
    from deploy.local.athena.objects import exists
    from deploy.local.iam.afterwards import refusal

    bucket = location.removeprefix("s3://").partition("/")[0]
    if not exists(bucket) or refusal(caller, "s3", "GetBucketLocation", call.region, Bucket=bucket):
        raise ApiError(REFUSAL, f"Unable to verify/create output bucket {bucket}")


def _told(params: Json) -> Json:
    return {name: value for name, value in params.items() if name != "ClientRequestToken"}


def _groups(call: Call) -> dict[str, Json]:
    first = {"Name": PRIMARY, "State": "ENABLED", "Configuration": {"EnforceWorkGroupConfiguration": False}}
    call.state["groups"].setdefault(PRIMARY, first)
    return call.state["groups"]


def _group(call: Call, name: str) -> Json:
    if name not in _groups(call):
        raise ApiError(REFUSAL, "WorkGroup is not found.")
    return _groups(call)[name]


def _executed(call: Call, params: Json) -> Any:
    found = call.state["executions"].get(params["QueryExecutionId"])
    if found is None:
        raise ApiError(REFUSAL, f"QueryExecution {params['QueryExecutionId']} was not found")
    return found


HANDLERS = {
    "CreateWorkGroup": create_work_group,
    "GetQueryExecution": get_query_execution,
    "GetQueryResults": get_query_results,
    "GetWorkGroup": get_work_group,
    "StartQueryExecution": start_query_execution,
    "StopQueryExecution": stop_query_execution,
}
