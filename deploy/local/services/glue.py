"""AWS Glue's catalogue: databases and their tables. moto's own takes seconds to import, and is not needed here."""

from __future__ import annotations

from typing import Any

from deploy.local.model_service import ApiError, Call, register

Json = dict[str, Any]


def install() -> None:
    register("glue", HANDLERS)


def create_database(call: Call, params: Json) -> Json:
    given = params["DatabaseInput"]
    if given["Name"] in call.state["databases"]:
        raise ApiError("AlreadyExistsException", f"Database {given['Name']} already exists.")
    call.state["databases"][given["Name"]] = {**given, "CatalogId": call.account, "CreateTime": call.now}
    return {}


def get_database(call: Call, params: Json) -> Json:
    return {"Database": _found(call, "databases", params["Name"], f"Database {params['Name']} not found.")}


def create_table(call: Call, params: Json) -> Json:
    given, database = params["TableInput"], params["DatabaseName"]
    _found(call, "databases", database, f"Database {database} not found.")
    name = f"{database}.{given['Name']}"
    if name in call.state["tables"]:
        raise ApiError("AlreadyExistsException", "Table already exists.")
    call.state["tables"][name] = {**given, "DatabaseName": database, "CatalogId": call.account, "CreateTime": call.now}
    return {}


def get_table(call: Call, params: Json) -> Json:
    name = f"{params['DatabaseName']}.{params['Name']}"
    return {"Table": _found(call, "tables", name, f"Entity Not Found. Table {params['Name']} not found.")}


def _found(call: Call, kind: str, name: str, missing: str) -> Json:
    found: Json | None = call.state[kind].get(name)
    if found is None:
        raise ApiError("EntityNotFoundException", missing)
    return found


HANDLERS = {
    "CreateDatabase": create_database,
    "CreateTable": create_table,
    "GetDatabase": get_database,
    "GetTable": get_table,
}
