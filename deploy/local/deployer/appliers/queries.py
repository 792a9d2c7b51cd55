"""Athena's workgroups, and the databases and tables of AWS Glue that queries see."""

from __future__ import annotations

from typing import Any

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all

GROUP = ("EnforceWorkGroupConfiguration", "PublishCloudWatchMetricsEnabled", "ResultConfiguration", "EngineVersion")
DESCRIBED = ("Name", "Description", "TableType", "PartitionKeys", "Parameters", "StorageDescriptor")


def database(place: Place, properties: Properties) -> Applied:
    glue, wanted = place.client("glue"), properties.within("DatabaseInput").taken("Name", "Description")
    glue.create_database(DatabaseInput=wanted, **properties.taken("CatalogId"))
    expect_all(f"{properties.owner}.DatabaseInput", wanted, glue.get_database(Name=wanted["Name"])["Database"])
    return Applied(wanted["Name"])


def table(place: Place, properties: Properties) -> Applied:
    glue, wanted = place.client("glue"), properties.within("TableInput").taken(*DESCRIBED)
    where = properties.take("DatabaseName")
    glue.create_table(DatabaseName=where, TableInput=wanted, **properties.taken("CatalogId"))
    found = glue.get_table(DatabaseName=where, Name=wanted["Name"])["Table"]
    expect_all(f"{properties.owner}.TableInput", wanted, found)
    return Applied(wanted["Name"])


def work_group(place: Place, properties: Properties) -> Applied:
    athena, name = place.client("athena"), properties.take("Name")
    wanted = _configuration(properties.within("WorkGroupConfiguration"))
    athena.create_work_group(Name=name, Configuration=wanted, **properties.taken("Description"))
    found = athena.get_work_group(WorkGroup=name)["WorkGroup"]
    expect_all(f"{properties.owner}.WorkGroupConfiguration", wanted, found["Configuration"])
    expect(f"{properties.owner}.State", properties.take("State", "ENABLED"), found["State"])
    return Applied(name)


def _configuration(given: Properties) -> dict[str, Any]:
    limit = given.take("BytesScannedCutoffPerQuery")
    return given.taken(*GROUP) | ({"BytesScannedCutoffPerQuery": int(limit)} if limit else {})
