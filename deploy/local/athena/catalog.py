"""Glue's tables as a query sees them: columns, partitions by projection, and which keys a query has to read.

Source: Athena User Guide, "Set up partition projection" (storage.location.template) and "Supported types for partition
projection" (enum, date; a range's end may be NOW).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import chain
from typing import Any

from deploy.local.model_service import state_of

DATE_FORMATS = {"yyyy/MM/dd": "%Y/%m/%d", "yyyy/MM/dd/HH": "%Y/%m/%d/%H"}
CLOUDTRAIL_FORMAT = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"


@dataclass(frozen=True)
class GlueTable:
    """One table, from Glue's description of it."""

    name: str
    described: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        return [column["Name"].lower() for column in self.described["StorageDescriptor"]["Columns"]]

    @property
    def partitions(self) -> list[str]:
        return [column["Name"].lower() for column in self.described.get("PartitionKeys", ())]

    @property
    def is_cloudtrail(self) -> bool:
        """Whether each object is one document of records, or has one record a line."""
        return self.described["StorageDescriptor"].get("InputFormat") == CLOUDTRAIL_FORMAT

    @cached_property
    def place(self) -> tuple[str, str]:
        """(bucket, the part of the keys that is the same for all partitions)."""
        bucket, _, prefix = self._template.removeprefix("s3://").partition("/")
        return bucket, prefix.partition("${")[0]

    def partition_of(self, key: str) -> tuple[str, ...] | None:
        """The values of the partitions' columns for an object; None where the projection has no such partition."""
        found = self._pattern.match(key)
        values = found and tuple(found[name] for name in self.partitions)
        if not values or not all(self._is_in(name, value) for name, value in zip(self.partitions, values, strict=True)):
            return None
        return values

    @property
    def _settings(self) -> Mapping[str, str]:
        return self.described.get("Parameters", {})

    @property
    def _template(self) -> str:
        return str(self._settings["storage.location.template"])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        path = self._template.removeprefix("s3://").partition("/")[2].rstrip("/")
        named = re.sub(r"\\\$\\\{(\w+)\\\}", lambda match: f"(?P<{match[1]}>{self._shape(match[1])})", re.escape(path))
        return re.compile(named + "/")

    def _shape(self, name: str) -> str:
        if self._settings[f"projection.{name}.type"] == "date":
            return re.sub("[yMdH]", r"\\d", self._settings[f"projection.{name}.format"])
        return "[^/]+"

    def _is_in(self, name: str, value: str) -> bool:
        if self._settings[f"projection.{name}.type"] == "enum":
            return value in self._settings[f"projection.{name}.values"].split(",")
        first, last = self._settings[f"projection.{name}.range"].split(",")
        now = datetime.now(UTC).strftime(DATE_FORMATS[self._settings[f"projection.{name}.format"]])
        return first <= value <= (now if last == "NOW" else last)


def table(account: str, region: str, database: str, name: str) -> GlueTable | None:
    """The table of that name, or None."""
    found = state_of("glue", account, region)["tables"].get(f"{database}.{name}")
    return GlueTable(name, found) if found else None


def pruned(table: GlueTable, keys: Sequence[str], condition: str) -> list[str]:
    """Of these keys, those in partitions that fulfil a condition in DuckDB's SQL."""
    of_key = {key: values for key in keys if (values := table.partition_of(key))}
    kept = set(_fulfilling(table.partitions, sorted(set(of_key.values())), condition))
    return [key for key, values in of_key.items() if values in kept]


def _fulfilling(names: Sequence[str], values: Sequence[tuple[str, ...]], condition: str) -> list[tuple[str, ...]]:
    if not values:
        return []
    partition = f"({', '.join('?' for _ in names)})"
    partitions = f"(VALUES {', '.join(partition for _ in values)}) AS partitions ({', '.join(names)})"
    with _conditions().cursor() as cursor:
        found = cursor.execute(f"SELECT * FROM {partitions} WHERE {condition}", list(chain.from_iterable(values)))
        return found.fetchall()


@cache
def _conditions() -> Any:
    """One for all queries: it holds nothing, and making one takes longer than most conditions."""
    import duckdb

    return duckdb.connect(config={"enable_external_access": "false"})
