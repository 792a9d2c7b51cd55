"""Who made whom: credentials issued, users and keys created, as a graph of identities.

A link goes from who called to who came of it: AssumeRole to the role, CreateServiceSpecificCredential to the user that
the Bedrock API key belongs to, CreateUser to the user.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hunt.actors import account_of, short
from hunt.calls import Json, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ISSUES = ("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetFederationToken",
          "GetSessionToken")  # fmt: skip
CREATES = ("CreateUser", "CreateRole", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile",
           "CreateServiceSpecificCredential", "ResetServiceSpecificCredential", "UpdateAssumeRolePolicy",
           "AttachUserPolicy", "AttachRolePolicy", "PutUserPolicy", "PutRolePolicy")  # fmt: skip
KEYS_SHOWN = 5
# An issued key that is seen at work proves the link; a service that assumes its own role is no step of a thief.
LINKS = """
WITH made AS (
  SELECT eventName AS via, eventTime AS moment, account, eventID AS event_id,
    coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn, userIdentity.invokedBy,
      sourceIPAddress, 'unknown') AS parent,
    userIdentity.type AS parent_kind,
    try(json_extract_string(requestParameters, '$.roleArn')) AS role_arn,
    try(json_extract_string(requestParameters, '$.userName')) AS user_name,
    try(json_extract_string(requestParameters, '$.roleName')) AS role_name,
    coalesce(try(json_extract_string(responseElements, '$.user.arn')),
      try(json_extract_string(responseElements, '$.role.arn')),
      try(json_extract_string(responseElements, '$.federatedUser.arn'))) AS made_arn,
    coalesce(try(json_extract_string(responseElements, '$.credentials.accessKeyId')),
      try(json_extract_string(responseElements, '$.accessKey.accessKeyId')),
      try(json_extract_string(responseElements, '$.serviceSpecificCredential.serviceSpecificCredentialId'))) AS key
  FROM cloudtrail_logs
  WHERE errorCode IS NULL AND ((eventSource = 'sts.amazonaws.com' AND eventName IN (SELECT unnest($1)))
    OR (eventSource = 'iam.amazonaws.com' AND eventName IN (SELECT unnest($2))))
), named AS (
  SELECT *, coalesce(role_arn, made_arn, 'arn:aws:iam::' || account || ':user/' || user_name,
    'arn:aws:iam::' || account || ':role/' || role_name, parent) AS child FROM made
)
SELECT parent, child, via, min(parent_kind) AS parent_kind, count(*) AS n, min(moment) AS first, max(moment) AS last,
  list_slice(list_sort(list_distinct(list(key))), 1, $3) AS keys,
  count(DISTINCT key) FILTER (key IN (SELECT access_key FROM calls WHERE access_key IS NOT NULL)) AS keys_used
FROM named GROUP BY parent, child, via
HAVING parent <> child ORDER BY first, parent, child, via
"""


def lineage(connection: DuckDBPyConnection, people: Sequence[Json]) -> Json:
    """{nodes, links}: who came of whom. A node's `severity` is that of its worst detection."""
    known = {person["actor"]: person for person in people}
    made = rows(connection, LINKS, (list(ISSUES), list(CREATES), KEYS_SHOWN))
    links = [link for link in made if link["parent"] in known or link["child"] in known]
    names = dict.fromkeys(end for link in links for end in (link["parent"], link["child"]))
    kinds = {link["parent"]: link["parent_kind"] for link in links}
    nodes = [_node(name, known.get(name), kinds.get(name)) for name in names]
    return {"nodes": nodes, "links": [{k: v for k, v in link.items() if k != "parent_kind"} for link in links]}


def _node(name: str, person: Json | None, kind: str | None) -> Json:
    return {
        "id": name,
        "name": short(name),
        "kind": person["kind"] if person else kind,
        "account": account_of(name),
        "severity": person["severity"] if person else None,
        "calls": person["calls"] if person else 0,
        "invocations": person["invocations"] if person else 0,
    }
