"""The tables, the workgroup and the permissions with which the logs are searched."""

from __future__ import annotations

from typing import Any

import pytest

from deploy import translate
from deploy.local.deployer.intrinsics import Resolver
from hunt import tables

Json = dict[str, Any]
RESOURCES = {"cloudtrail_logs": "TrailTable", "bedrock_invocations": "InvocationTable"}
HIVE = {"VARCHAR": "string", "BIGINT": "bigint", "BOOLEAN": "boolean"}
SEARCHING = ("QueryDatabase", "TrailTable", "InvocationTable", "QueryWorkGroup", "QueryResultsBucket", "LogSearching")


def hive(kind: str) -> str:
    """A type of DuckDB's as Hive writes it, with the names of fields in lower case, as Hive has them."""
    if kind.endswith("[]"):
        return f"array<{hive(kind[:-2])}>"
    if kind.startswith("STRUCT("):
        return f"struct<{','.join(map(field, members(kind[7:-1])))}>"
    return HIVE[kind]


def field(member: str) -> str:
    name, kind = member.strip().split(" ", 1)
    return f"{name.lower()}:{hive(kind)}"


def members(inner: str) -> list[str]:
    """Split at the commas that stand in no inner parentheses."""
    found, depth = [""], 0
    for sign in inner:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def table(name: str) -> Json:
    found: Json = translate.load()["Resources"][RESOURCES[name]]["Properties"]["TableInput"]
    return found


@pytest.mark.parametrize("name", RESOURCES)
def test_columns_are_those_of_the_hunt(name: str) -> None:
    """Athena's tables have the columns and types of hunt/tables.py, in their order: one text answers in both."""
    columns = table(name)["StorageDescriptor"]["Columns"]
    wanted = [(column.lower(), hive(kind)) for column, kind in tables.COLUMNS[name].items()]
    assert [(column["Name"], column["Type"]) for column in columns] == wanted


@pytest.mark.parametrize("name", RESOURCES)
def test_partitions_are_those_of_the_hunt(name: str) -> None:
    """So are the partitions, each of which has its projection and its place in the keys."""
    found = table(name)
    partitions = [column["Name"] for column in found["PartitionKeys"]]
    assert partitions == [part.rsplit(" ", 1)[1] for part in members(tables.PARTITIONS[name]) if " AS " in part]
    template = found["Parameters"]["storage.location.template"]["Fn::Sub"][0]
    for partition in partitions:
        assert f"projection.{partition}.type" in found["Parameters"] and f"${{!{partition}}}" in template


def test_nothing_is_searched_unless_somebody_says_where() -> None:
    """Without a bucket there is no database, workgroup, bucket or permission: nothing to pay for or to misuse."""
    template = translate.load()
    parameters = {name: str(given.get("Default", "x")) for name, given in template["Parameters"].items()}
    resolver = Resolver({**parameters, "AWS::AccountId": "111122223333"}, template["Conditions"])
    assert not any(resolver.holds(template["Resources"][name]["Condition"]) for name in SEARCHING)


def test_keys_of_an_organizations_trail() -> None:
    """Prefix and organization stand in the keys where CloudTrail puts them; where there are none, nothing does."""
    alone = located(TrailBucket="logs")
    assert alone == "s3://logs/AWSLogs/${account}/CloudTrail/${region}/${day}"
    whole = located(TrailBucket="logs", TrailPrefix="a/b", TrailOrganization="o-0123456789")
    assert whole == "s3://logs/a/b/AWSLogs/o-0123456789/${account}/CloudTrail/${region}/${day}"


def located(**given: str) -> str:
    template = translate.load()
    parameters = {name: str(declared.get("Default", "x")) for name, declared in template["Parameters"].items()}
    resolver = Resolver({**parameters, **given, "AWS::AccountId": "111122223333"}, template["Conditions"])
    return str(resolver.resolve(table("cloudtrail_logs")["Parameters"]["storage.location.template"]))


def test_workgroup_lets_nobody_choose(deployed: Any) -> None:
    """The deployed workgroup enforces its place for results, their encryption and the most that a query may read."""
    found = deployed.client("athena").get_work_group(WorkGroup=deployed.outputs["QueryWorkGroup"])["WorkGroup"]
    settings = found["Configuration"]
    assert settings["EnforceWorkGroupConfiguration"] is True
    assert settings["ResultConfiguration"]["OutputLocation"] == f"s3://{deployed.outputs['QueryResultsBucket']}/"
    assert settings["ResultConfiguration"]["EncryptionConfiguration"]["EncryptionOption"] == "SSE_KMS"
    assert settings["BytesScannedCutoffPerQuery"] == 100 * 2**30


def test_only_the_observe_power_may_search(deployed: Any) -> None:
    """The permission to search hangs on one role."""
    iam = deployed.client("iam")
    holders = []
    for role in iam.list_roles()["Roles"]:
        attached = iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]
        holders += [role["RoleName"] for policy in attached if "logsearching" in policy["PolicyName"]]
    assert holders == ["responder-observe"]
