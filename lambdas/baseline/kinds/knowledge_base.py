"""Knowledge bases of one Region: what agents may read to those who ask them."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import listed
from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (Permission("bedrock:ListKnowledgeBases"),)
EVENTS = ("CreateKnowledgeBase", "UpdateKnowledgeBase", "DeleteKnowledgeBase")


def read(session: Session) -> dict[str, Any]:
    """{knowledge_bases: {id: {name}}}."""
    bases = listed(session.client("bedrock-agent"), "list_knowledge_bases", "knowledgeBaseSummaries")
    return {"knowledge_bases": {base["knowledgeBaseId"]: {"name": base["name"]} for base in bases}}
