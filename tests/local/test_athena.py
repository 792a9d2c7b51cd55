"""The embedded Athena: what it answers, what it reads for that, and what it refuses."""

from __future__ import annotations

import csv
import os
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.moto_api._internal import moto_api_backend

from tests.local.athena_logs import (
    ACCOUNT,
    DATABASE,
    GROUP,
    INVOCATIONS,
    REGION,
    RESULTS,
    TRAIL,
    asked,
    call,
    deliver,
    ended,
    furnish,
    put,
    rows,
    start,
)
from tests.local.aws_server import Aws, allow, deny, document, serving

Json = dict[str, Any]
NAMES = "SELECT eventname FROM cloudtrail_logs WHERE day BETWEEN ? AND ? ORDER BY eventtime"
SECOND = ("'2026/01/02'", "'2026/01/02'")
GLUE = f"arn:aws:glue:{REGION}:{ACCOUNT}:"
SEARCHING = [
    allow(["athena:*"], f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/{GROUP}"),
    allow("glue:GetTable", [GLUE + "catalog", f"{GLUE}database/{DATABASE}", f"{GLUE}table/{DATABASE}/*"]),
    allow("s3:ListBucket", [f"arn:aws:s3:::{TRAIL}", f"arn:aws:s3:::{INVOCATIONS}"]),
    allow("s3:GetBucketLocation", f"arn:aws:s3:::{RESULTS}"),
    allow("s3:GetObject", [f"arn:aws:s3:::{name}/*" for name in (TRAIL, INVOCATIONS, RESULTS)]),
    allow("s3:PutObject", f"arn:aws:s3:::{RESULTS}/*"),
]
"""What somebody needs who asks, statement by statement."""


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    """Three days of calls in two Regions, one file for each day and Region."""
    with serving() as running:
        moto_api_backend.reset()
        furnish(running.client)
        calls = [call(f"Call{day}", f"2026-01-0{day}T10:00:00Z") for day in (1, 2, 3)]
        calls.append(call("InvokeModel", "2026-01-02T11:00:00Z", awsRegion="eu-west-1"))
        deliver(running.client, calls)
        yield running


@pytest.fixture
def athena(aws: Aws) -> Any:
    return aws.client("athena")


def test_rows_begin_with_the_names_of_the_columns(athena: Any) -> None:
    """The first row of the first page is the header, and values are text, NULL no value at all."""
    sql = "SELECT eventName, errorcode, 1 = 1 AS yes, sum(3) AS n FROM cloudtrail_logs WHERE day = ? GROUP BY 1, 2"
    execution = asked(athena, f"{sql} ORDER BY 1", "'2026/01/02'")
    assert execution["Status"]["State"] == "SUCCEEDED"
    assert rows(athena, execution) == [
        ["eventname", "errorcode", "yes", "n"],
        ["Call2", None, "true", "3"],
        ["InvokeModel", None, "true", "3"],
    ]


def test_columns_have_athenas_types(athena: Any) -> None:
    """ColumnInfo speaks of varchar, bigint, boolean, array and row."""
    sql = (
        "SELECT eventname, count(*) AS n, array_agg(eventid) AS ids, managementevent, useridentity FROM cloudtrail_logs"
    )
    execution = asked(athena, f"{sql} GROUP BY 1, 4, 5 ORDER BY 1")
    answer = athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"])
    types = [column["Type"] for column in answer["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]]
    assert types == ["varchar", "bigint", "array", "boolean", "row"]
    assert rows(athena, execution)[1][2] == "[Call1-2026-01-01T10:00:00Z]"


def test_pages(athena: Any) -> None:
    """At most so many rows a page, and a token for what follows; the header counts as a row."""
    execution = asked(athena, NAMES, "'2026/01/01'", "'2026/01/03'")
    first = athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"], MaxResults=2)
    assert [row["Data"][0]["VarCharValue"] for row in first["ResultSet"]["Rows"]] == ["eventname", "Call1"]
    following = rows(athena, execution, NextToken=first["NextToken"], MaxResults=1000)
    assert following == [["Call2"], ["InvokeModel"], ["Call3"]]
    with pytest.raises(athena.exceptions.InvalidRequestException):
        athena.get_query_results(QueryExecutionId=execution["QueryExecutionId"], MaxResults=2, NextToken="no")


def test_results_are_written_where_the_workgroup_says(aws: Aws, athena: Any) -> None:
    """The CSV stands at the output location, whatever place the caller names: the workgroup enforces its own."""
    mine = {"ResultConfiguration": {"OutputLocation": "s3://elsewhere/"}}
    execution = ended(athena, start(athena, NAMES, *SECOND, **mine))
    place = execution["ResultConfiguration"]["OutputLocation"]
    assert place == f"s3://{RESULTS}/{execution['QueryExecutionId']}.csv"
    found = aws.client("s3").get_object(Bucket=RESULTS, Key=place.rsplit("/", 1)[1])
    assert list(csv.reader(found["Body"].read().decode().splitlines())) == [["eventname"], ["Call2"], ["InvokeModel"]]
    assert found["ServerSideEncryption"] == "aws:kms"


@pytest.mark.parametrize(
    ("condition", "read"),
    [
        ("day BETWEEN '2026/01/02' AND '2026/01/02'", ["us-east-1/2026/01/02", "eu-west-1/2026/01/02"]),
        ("day >= '2026/01/03'", ["us-east-1/2026/01/03"]),
        ("t.day = '2026/01/02' AND region IN ('eu-west-1')", ["eu-west-1/2026/01/02"]),
        ("(day = '2026/01/01' OR day = '2026/01/03')", ["us-east-1/2026/01/01", "us-east-1/2026/01/03"]),
        ("day = '2026/01/02' AND eventname = 'Call2'", ["us-east-1/2026/01/02", "eu-west-1/2026/01/02"]),
        ("day = '2026/01/01' OR eventname = 'Call2'", None),
        ("day = '2030/01/01'", []),
        ("eventname = 'Call2'", None),
    ],
)
def test_only_the_wanted_partitions_are_read(aws: Aws, athena: Any, condition: str, read: list[str] | None) -> None:
    """What the query demands of day and Region decides which objects are read: the bytes scanned are theirs alone."""
    listed = aws.client("s3").list_objects_v2(Bucket=TRAIL)["Contents"]
    wanted = [item["Size"] for item in listed if read is None or any(part in item["Key"] for part in read)]
    execution = asked(athena, f"SELECT count(*) FROM cloudtrail_logs AS t WHERE {condition}")
    assert execution["Status"]["State"] == "SUCCEEDED"
    assert execution["Statistics"]["DataScannedInBytes"] == sum(wanted)


def test_a_table_that_is_read_twice_needs_both_parts(athena: Any) -> None:
    """Two references with different days read the days of both."""
    one, three = (f"SELECT eventname FROM cloudtrail_logs WHERE day = '2026/01/0{day}'" for day in (1, 3))
    execution = asked(athena, f"WITH a AS ({one}), b AS ({three}) SELECT * FROM a UNION ALL SELECT * FROM b ORDER BY 1")
    assert rows(athena, execution) == [["eventname"], ["Call1"], ["Call3"]]


def test_keys_outside_of_the_projection_are_not_there(aws: Aws, athena: Any) -> None:
    """A Region that the projection does not list has no partition, as in AWS, and neither has a day to come."""
    for folder in ("mars-north-1/2026/01/02", "us-east-1/2999/01/02"):
        put(aws.client, TRAIL, f"AWSLogs/{ACCOUNT}/CloudTrail/{folder}", [call("Elsewhere")])
    found = asked(athena, "SELECT count(*) FROM cloudtrail_logs WHERE eventname = 'Elsewhere'")
    assert rows(athena, found)[1] == ["0"]


def test_invocation_logs_line_by_line(aws: Aws, athena: Any) -> None:
    """One record a line, found by hour and Region; a line that is no JSON is left out."""
    records = [
        {
            "timestamp": f"2026-01-02T1{n}:30:00Z",
            "region": REGION,
            "operation": "Converse",
            "input": {"inputTokenCount": n},
        }
        for n in range(3)
    ]
    deliver(aws.client, invocations=records)
    key = f"AWSLogs/{ACCOUNT}/BedrockModelInvocationLogs/{REGION}/2026/01/02/11/broken.json"
    aws.client("s3").put_object(Bucket=INVOCATIONS, Key=key, Body=b'{"half a record')
    sql = "SELECT hour, input.inputtokencount AS n FROM bedrock_invocations WHERE hour >= '2026/01/02/11' ORDER BY 1"
    execution = asked(athena, sql)
    assert rows(athena, execution)[1:] == [["2026/01/02/11", "1"], ["2026/01/02/12", "2"]]


@pytest.mark.parametrize(
    "hostile", ["x' OR '1'='1", "'; DROP TABLE cloudtrail_logs; --", "?", "\\'", ":day_from", "' UNION SELECT 'Call1"]
)
def test_parameters_are_values(athena: Any, hostile: str) -> None:
    """What a quoted parameter says is a value and never SQL."""
    literal = "'" + hostile.replace("'", "''") + "'"
    execution = asked(
        athena, "SELECT ? AS said, count(*) AS n FROM cloudtrail_logs WHERE eventname = ?", literal, literal
    )
    assert rows(athena, execution)[1] == [hostile, "0"]


@pytest.mark.parametrize("parameter", ["x", "'x' OR 1 = 1", "(SELECT 1)", "'x'; SELECT 1", "'x"])
def test_a_parameter_that_is_no_literal(athena: Any, parameter: str) -> None:
    """Text without quotes, and an expression, fail the query."""
    execution = asked(athena, "SELECT count(*) FROM cloudtrail_logs WHERE eventname = ?", parameter)
    assert execution["Status"]["State"] == "FAILED"
    assert "no literal" in execution["Status"]["StateChangeReason"]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT * FROM elsewhere", f"TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.{DATABASE}.elsewhere'"),
        ("SELECT nothing FROM cloudtrail_logs", "SYNTAX_ERROR: .*nothing"),
        ("SELECT FROM WHERE", "SYNTAX_ERROR"),
        ("SELECT 'open", "SYNTAX_ERROR"),
        ("SELECT ? FROM cloudtrail_logs", "Incorrect number of parameters: expected 1 but found 0"),
        ("DROP TABLE cloudtrail_logs", "NOT_SUPPORTED"),
        ("SELECT 1; SELECT 2", "NOT_SUPPORTED"),
        ("SELECT cast(eventname AS bigint) FROM cloudtrail_logs", "GENERIC_USER_ERROR"),
        ("SELECT * FROM read_text('/etc/passwd')", "disabled|TABLE_NOT_FOUND|Permission"),
    ],
)
def test_a_query_that_fails(athena: Any, sql: str, reason: str) -> None:
    """It ends as FAILED with its reason, has no results, and sees nothing of the machine that it runs on."""
    execution = asked(athena, sql)
    assert execution["Status"]["State"] == "FAILED"
    assert re.search(reason, execution["Status"]["StateChangeReason"])
    with pytest.raises(athena.exceptions.InvalidRequestException, match="Final query state: FAILED"):
        rows(athena, execution)


def test_the_same_token_is_the_same_query(athena: Any) -> None:
    """Asked again with its token a query is not started again; with another text that token is refused."""
    token = {"ClientRequestToken": "t" * 32}
    first = start(athena, NAMES, *SECOND, **token)
    assert start(athena, NAMES, *SECOND, **token) == first
    assert start(athena, NAMES, *SECOND) != first
    with pytest.raises(athena.exceptions.InvalidRequestException, match="Idempotent parameters do not match"):
        start(athena, NAMES, "'2026/01/01'", "'2026/01/02'", **token)


def test_a_query_is_stopped(athena: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while it waits, it ends as CANCELLED and stays so; until it ends it has no results."""
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "0.4")
    execution_id = start(athena, NAMES, *SECOND)
    with pytest.raises(athena.exceptions.InvalidRequestException, match="Current state: QUEUED"):
        athena.get_query_results(QueryExecutionId=execution_id)
    athena.stop_query_execution(QueryExecutionId=execution_id)
    assert ended(athena, execution_id)["Status"]["State"] == "CANCELLED"
    time.sleep(0.6)
    assert ended(athena, execution_id)["Status"]["State"] == "CANCELLED"


def test_more_than_the_workgroup_lets_be_read(aws: Aws, athena: Any) -> None:
    """Beyond the limit the query is cancelled with Athena's words, before it has read all that."""
    folder = f"AWSLogs/{ACCOUNT}/CloudTrail/us-west-2/2026/01/02"
    aws.client("s3").put_object(Bucket=TRAIL, Key=f"{folder}/large.json", Body=os.urandom(11_000_000))
    athena.create_work_group(
        Name="small",
        Configuration={
            "BytesScannedCutoffPerQuery": 10_000_000,
            "ResultConfiguration": {"OutputLocation": f"s3://{RESULTS}/"},
        },
    )
    place = {"WorkGroup": "small", "QueryExecutionContext": {"Database": DATABASE}}
    sql = "SELECT count(*) FROM cloudtrail_logs WHERE region = 'us-west-2'"
    found = ended(athena, athena.start_query_execution(QueryString=sql, **place)["QueryExecutionId"])
    aws.client("s3").delete_object(Bucket=TRAIL, Key=f"{folder}/large.json")
    assert (found["Status"]["State"], found["Status"]["StateChangeReason"]) == (
        "CANCELLED",
        "Bytes scanned limit was exceeded",
    )


def test_a_broken_file_fails_the_query(aws: Aws, athena: Any) -> None:
    """A file of CloudTrail's that cannot be read is no silence: the query fails and names it."""
    key = f"AWSLogs/{ACCOUNT}/CloudTrail/us-east-2/2026/01/02/broken.json.gz"
    aws.client("s3").put_object(Bucket=TRAIL, Key=key, Body=b"\x1f\x8bnothing")
    execution = asked(athena, "SELECT count(*) FROM cloudtrail_logs WHERE region = 'us-east-2'")
    aws.client("s3").delete_object(Bucket=TRAIL, Key=key)
    assert f"HIVE_BAD_DATA: Error reading s3://{TRAIL}/{key}" in execution["Status"]["StateChangeReason"]


def test_whoever_has_all_permissions_is_answered(aws: Aws) -> None:
    """What the list says is enough for a user who is nobody else."""
    athena = aws.client("athena", aws.user("searcher", *SEARCHING))
    assert rows(athena, asked(athena, NAMES, *SECOND)) == [["eventname"], ["Call2"], ["InvokeModel"]]


LACKING = {
    1: ("glue:GetTable", "Insufficient permissions to execute the query.*glue:GetTable"),
    2: ("s3:ListBucket", f"Access Denied.*s3:ListBucket on resource: arn:aws:s3:::{TRAIL}"),
    5: ("s3:PutObject", "Access denied when writing output to url"),
}


@pytest.mark.parametrize("lacking", LACKING)
def test_the_query_reads_and_writes_as_its_caller(aws: Aws, lacking: int) -> None:
    """Without any one of the permissions the query fails and names it: Athena has none of its own."""
    statements = [statement for index, statement in enumerate(SEARCHING) if index != lacking]
    athena = aws.client("athena", aws.user(f"lacks-{lacking}", *statements))
    reason = asked(athena, NAMES, *SECOND)["Status"]["StateChangeReason"]
    assert re.search(LACKING[lacking][1], reason), reason


def test_logs_that_the_bucket_keeps_from_the_caller(aws: Aws) -> None:
    """The policy of the logs' bucket counts as for any reader."""
    athena = aws.client("athena", aws.user("kept-out", *SEARCHING))
    refusing = document(deny("s3:GetObject", f"arn:aws:s3:::{TRAIL}/*", Principal="*"))
    aws.client("s3").put_bucket_policy(Bucket=TRAIL, Policy=refusing)
    reason = asked(athena, NAMES, *SECOND)["Status"]["StateChangeReason"]
    aws.client("s3").delete_bucket_policy(Bucket=TRAIL)
    assert "PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403" in reason
    assert "explicit deny in a resource-based policy" in reason


@pytest.mark.parametrize(
    "operation", ["StartQueryExecution", "GetQueryExecution", "GetQueryResults", "StopQueryExecution"]
)
def test_a_workgroup_is_its_own(aws: Aws, athena: Any, operation: str) -> None:
    """Who may use another workgroup may neither ask in this one nor see, read or stop its queries."""
    elsewhere = f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/other"
    theirs = aws.client("athena", aws.user(f"other-{operation}", allow("athena:*", elsewhere)))
    execution = asked(athena, NAMES, *SECOND)["QueryExecutionId"]
    given = {"QueryString": "SELECT 1", "WorkGroup": GROUP} if operation.startswith("Start") else {}
    with pytest.raises(ClientError, match=f"not authorized to perform: athena:{operation}"):
        getattr(theirs, snake(operation))(**given or {"QueryExecutionId": execution})


def snake(operation: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in operation).lstrip("_")


def test_output_that_cannot_be_verified(aws: Aws, athena: Any) -> None:
    """Without a place for results, with one that is gone, or in a workgroup that is not there, nothing starts."""
    for more, reason in (
        ({"WorkGroup": "primary"}, "No output location provided"),
        ({"ResultConfiguration": {"OutputLocation": "s3://gone/"}}, "Unable to verify/create output bucket gone"),
        ({"WorkGroup": "nowhere"}, "WorkGroup is not found"),
    ):
        with pytest.raises(athena.exceptions.InvalidRequestException, match=reason):
            athena.start_query_execution(QueryString="SELECT 1", **more)
