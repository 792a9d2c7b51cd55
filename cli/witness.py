"""What the demo claims, read from the embedded AWS with the operator's credentials."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cli import staging
from cli.failures import from_aws
from lambdas.core.documents import plan_key
from lambdas.core.ledger import Ledger
from lambdas.planning.in_force import in_force

if TYPE_CHECKING:
    from deploy.local.stack import EmbeddedAws

Json = dict[str, Any]


class Witness:
    def __init__(self, aws: EmbeddedAws) -> None:
        self.aws = aws

    def logging(self) -> Json:
        answer = self.aws.client("bedrock").get_model_invocation_logging_configuration()
        return dict(answer.get("loggingConfig") or {})

    def cases(self) -> list[Json]:
        return list(self.aws.client("support", "us-east-1").describe_cases(includeResolvedCases=True)["cases"])

    def agent_exists(self) -> bool:
        agents = self.aws.client("bedrock-agent").list_agents()["agentSummaries"]
        return any(agent["agentName"] == staging.AGENT for agent in agents)

    def takes_calls(self) -> bool:
        """Can the rogue agent be called by the alias that the thief gave it?"""
        agents = self.aws.client("bedrock-agent")
        rogue = next(a["agentId"] for a in agents.list_agents()["agentSummaries"] if a["agentName"] == staging.AGENT)
        aliases = agents.list_agent_aliases(agentId=rogue)["agentAliasSummaries"]
        named = [alias for alias in aliases if alias["agentAliasName"] == staging.ALIAS]
        return any(alias["aliasInvocationState"] == "ACCEPT_INVOCATIONS" for alias in named)

    def is_archived(self, detector_id: str, finding_id: str) -> bool:
        named = {"DetectorId": detector_id, "FindingIds": [finding_id]}
        findings = self.aws.client("guardduty").get_findings(**named)["Findings"]
        return bool(findings and findings[0]["Service"]["Archived"])

    def operator(self) -> str:
        """The ARN of whoever set the account up."""
        arn: str = self.aws.client("sts").get_caller_identity()["Arn"]
        return arn

    def rows(self, incident_id: str, query: str) -> list[Json]:
        """What the logs answered to one question of an incident, as its evidence has it. Empty where it has none."""
        s3, bucket = self.aws.client("s3"), self.aws.outputs["EvidenceBucket"]
        try:
            found = s3.get_object(Bucket=bucket, Key=f"incidents/{incident_id}/evidence/08-query-{query}.json")
        except ClientError:
            return []
        return list(json.loads(found["Body"].read())["content"]["rows"])

    def proposed(self, incident_id: str, action: str) -> list[str]:
        """The users about whom the plan in force proposes this action, in its order."""
        ledger = Ledger(self.aws.client("dynamodb"), self.aws.outputs["LedgerTable"])
        key = plan_key(incident_id, str(in_force(ledger, incident_id)))
        content = self.aws.client("s3").get_object(Bucket=self.aws.outputs["EvidenceBucket"], Key=key)["Body"].read()
        return [step["target"]["user_name"] for step in json.loads(content)["steps"] if step["action"] == action]

    def key_status(self, key_id: str) -> str:
        keys = self.aws.client("iam").list_access_keys(UserName=staging.USER)["AccessKeyMetadata"]
        return next(str(key["Status"]) for key in keys if key["AccessKeyId"] == key_id)

    def refusal(self, credentials: Json) -> str:
        """Bedrock's words to who calls with these; empty where it serves them."""
        try:
            self.aws.client("bedrock", credentials=credentials).list_foundation_models()
        except ClientError as error:
            return str(from_aws(error))
        return ""

    def deletion_names(self, approvers: tuple[str, ...]) -> bool:
        """Does CloudTrail name all of these on the call that deleted the agent?"""
        calls = [call for call in self.aws.api_calls() if call["eventName"] == "DeleteAgent"]
        seen = str(calls[-1]["userIdentity"]) if calls else ""
        return all(approver in seen for approver in approvers)
