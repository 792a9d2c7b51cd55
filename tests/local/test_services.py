"""The services that moto lacks behave as AWS documents them, seen through boto3."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.services import guardduty, later, support
from tests.local.aws_server import ACCOUNT, Aws, allow, document, serving, trusting

REGION = "us-east-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/AmazonBedrockExecutionRoleForAgents_rogue"
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
ASFF = {
    "SchemaVersion": "2018-10-08",
    "Id": "f1",
    "ProductArn": f"arn:aws:securityhub:{REGION}::product/aws/guardduty",
    "GeneratorId": "g",
    "Title": "t",
    "AwsAccountId": ACCOUNT,
    "Types": ["a/b"],
    "Description": "d",
    "Severity": {"Label": "HIGH"},
    "CreatedAt": "2026-01-01T00:00:00Z",
    "UpdatedAt": "2026-01-01T00:00:00Z",
    "Resources": [{"Type": "Other", "Id": "x"}],
}


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with serving() as running:
        yield running


def code(call: Callable[[], Any]) -> str:
    try:
        call()
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "answered"


def until(condition: Callable[[], bool]) -> None:
    """Wait for what AWS reaches after a while."""
    end = time.monotonic() + 3
    while not condition():
        assert time.monotonic() < end, "never became so"
        time.sleep(0.02)


class Agent:
    """An agent as an attacker makes one: prepared, with an action group, a knowledge base and an alias."""

    def __init__(self, aws: Aws, name: str) -> None:
        self.api = aws.client("bedrock-agent")
        made = self.api.create_agent(
            agentName=name,
            foundationModel=MODEL,
            instruction="Answer every question that is asked, whoever may ask it.",
            agentResourceRoleArn=ROLE,
            tags={"made-by": "suspect"},
        )["agent"]
        self.id, self.arn, self.made = made["agentId"], made["agentArn"], made
        self.draft = {"agentId": self.id, "agentVersion": "DRAFT"}
        until(lambda: self.status() == "NOT_PREPARED")

    def status(self) -> str:
        return str(self.api.get_agent(agentId=self.id)["agent"]["agentStatus"])

    def prepare(self) -> None:
        self.api.prepare_agent(agentId=self.id)
        until(lambda: self.status() == "PREPARED")

    def alias(self, name: str) -> str:
        return str(self.api.create_agent_alias(agentId=self.id, agentAliasName=name)["agentAlias"]["agentAliasId"])


def knowledge_base(aws: Aws, name: str) -> str:
    vector = {"embeddingModelArn": f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-embed-text-v2:0"}
    configuration = {"type": "VECTOR", "vectorKnowledgeBaseConfiguration": vector}
    client = aws.client("bedrock-agent")
    made = client.create_knowledge_base(name=name, roleArn=ROLE, knowledgeBaseConfiguration=configuration)
    return str(made["knowledgeBase"]["knowledgeBaseId"])


class TestAgents:
    def test_an_agent_is_made_in_steps(self, aws: Aws) -> None:
        """An agent is CREATING, then NOT_PREPARED, then PREPARED once it was prepared; only then it is versioned."""
        agent = Agent(aws, "in-steps")
        assert agent.made["agentStatus"] == "CREATING"
        assert agent.made["agentVersion"] == "DRAFT"
        assert code(lambda: agent.alias("too-early")) == "ValidationException"
        agent.prepare()
        assert agent.alias("in-time")

    def test_every_agent_has_a_test_alias(self, aws: Aws) -> None:
        """TSTALIASID points to the draft, is listed, and cannot be deleted."""
        agent = Agent(aws, "test-alias")
        (alias,) = agent.api.list_agent_aliases(agentId=agent.id)["agentAliasSummaries"]
        assert alias["agentAliasId"] == "TSTALIASID"
        assert alias["routingConfiguration"] == [{"agentVersion": "DRAFT"}]
        deletion = {"agentId": agent.id, "agentAliasId": "TSTALIASID"}
        assert code(lambda: agent.api.delete_agent_alias(**deletion)) == "ValidationException"

    def test_an_alias_makes_a_version(self, aws: Aws) -> None:
        """An alias without a route makes the next version, a copy of the draft with its links, and points to it."""
        agent = Agent(aws, "versions")
        base = knowledge_base(aws, "versions-base")
        agent.api.create_agent_action_group(
            **agent.draft, actionGroupName="tools", functionSchema={"functions": [{"name": "f"}]}
        )
        agent.api.associate_agent_knowledge_base(**agent.draft, knowledgeBaseId=base, description="what it reads")
        agent.prepare()
        alias = agent.alias("prod")
        got = agent.api.get_agent_alias(agentId=agent.id, agentAliasId=alias)["agentAlias"]
        assert got["routingConfiguration"] == [{"agentVersion": "1"}]
        first = {"agentId": agent.id, "agentVersion": "1"}
        assert agent.api.get_agent_version(**first)["agentVersion"]["version"] == "1"
        assert len(agent.api.list_agent_action_groups(**first)["actionGroupSummaries"]) == 1
        assert len(agent.api.list_agent_knowledge_bases(**first)["agentKnowledgeBaseSummaries"]) == 1
        versions = agent.api.list_agent_versions(agentId=agent.id)["agentVersionSummaries"]
        assert [v["agentVersion"] for v in versions] == ["DRAFT", "1"]

    def test_an_alias_rejects_invocations(self, aws: Aws) -> None:
        """aliasInvocationState can be changed alone: name, route and description stay."""
        agent = Agent(aws, "rejecting")
        agent.prepare()
        alias = {"agentId": agent.id, "agentAliasId": agent.alias("prod")}
        before = agent.api.get_agent_alias(**alias)["agentAlias"]
        agent.api.update_agent_alias(**alias, agentAliasName="prod", aliasInvocationState="REJECT_INVOCATIONS")
        after = agent.api.get_agent_alias(**alias)["agentAlias"]
        assert after["aliasInvocationState"] == "REJECT_INVOCATIONS"
        assert after["routingConfiguration"] == before["routingConfiguration"]
        until(lambda: agent.api.get_agent_alias(**alias)["agentAlias"]["agentAliasStatus"] == "PREPARED")

    def test_what_is_in_use_is_not_deleted(self, aws: Aws) -> None:
        """An agent with aliases, a version with an alias and an enabled action group are in use."""
        agent = Agent(aws, "in-use")
        group = agent.api.create_agent_action_group(**agent.draft, actionGroupName="tools")["agentActionGroup"]
        agent.prepare()
        alias = agent.alias("prod")
        version = {"agentId": agent.id, "agentVersion": "1"}
        tools = {**agent.draft, "actionGroupId": group["actionGroupId"]}
        assert code(lambda: agent.api.delete_agent(agentId=agent.id)) == "ConflictException"
        assert code(lambda: agent.api.delete_agent_version(**version)) == "ConflictException"
        assert code(lambda: agent.api.delete_agent_action_group(**tools)) == "ConflictException"
        assert code(lambda: agent.api.delete_agent_action_group(**tools, skipResourceInUseCheck=True)) == "answered"
        agent.api.delete_agent_alias(agentId=agent.id, agentAliasId=alias)
        until(lambda: len(agent.api.list_agent_aliases(agentId=agent.id)["agentAliasSummaries"]) == 1)
        assert agent.api.delete_agent_version(**version)["agentStatus"] == "DELETING"
        assert agent.api.delete_agent(agentId=agent.id)["agentStatus"] == "DELETING"

    def test_a_deleted_agent_is_gone_after_a_while(self, aws: Aws) -> None:
        """GetAgent says DELETING first, then that there is no such agent; its parts go with it."""
        agent = Agent(aws, "leaving")
        agent.prepare()
        agent.alias("prod")
        agent.api.delete_agent(agentId=agent.id, skipResourceInUseCheck=True)
        assert agent.status() == "DELETING"
        until(lambda: code(lambda: agent.api.get_agent(agentId=agent.id)) == "ResourceNotFoundException")
        assert code(lambda: agent.api.list_agent_aliases(agentId=agent.id)) == "ResourceNotFoundException"
        assert code(lambda: agent.api.list_tags_for_resource(resourceArn=agent.arn)) == "ResourceNotFoundException"

    def test_links_of_the_draft(self, aws: Aws) -> None:
        """Knowledge bases and collaborators are linked, changed and unlinked; the draft is then unprepared."""
        agent, other = Agent(aws, "supervisor"), Agent(aws, "collaborator")
        base = knowledge_base(aws, "linked-base")
        agent.api.associate_agent_knowledge_base(**agent.draft, knowledgeBaseId=base, description="d")
        agent.prepare()
        link = {**agent.draft, "knowledgeBaseId": base}
        agent.api.update_agent_knowledge_base(**link, knowledgeBaseState="DISABLED")
        got = agent.api.get_agent_knowledge_base(**link)["agentKnowledgeBase"]
        assert (got["knowledgeBaseState"], got["description"]) == ("DISABLED", "d")
        assert agent.status() == "NOT_PREPARED"
        agent.api.disassociate_agent_knowledge_base(**link)
        assert code(lambda: agent.api.get_agent_knowledge_base(**link)) == "ResourceNotFoundException"
        alias_arn = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:agent-alias/{other.id}/TSTALIASID"
        made = agent.api.associate_agent_collaborator(
            **agent.draft,
            agentDescriptor={"aliasArn": alias_arn},
            collaboratorName="helper-agent",
            collaborationInstruction="Ask it.",
        )["agentCollaborator"]
        agent.api.disassociate_agent_collaborator(**agent.draft, collaboratorId=made["collaboratorId"])
        assert agent.api.list_agent_collaborators(**agent.draft)["agentCollaboratorSummaries"] == []

    def test_tags_and_pages(self, aws: Aws) -> None:
        """Tags are those given at creation, and lists come in pages."""
        agent = Agent(aws, "tagged")
        tags = agent.api.list_tags_for_resource(resourceArn=agent.arn)["tags"]
        assert tags == {"made-by": "suspect"}
        first = agent.api.list_agents(maxResults=1)
        second = agent.api.list_agents(maxResults=1, nextToken=first["nextToken"])
        assert first["agentSummaries"] != second["agentSummaries"]
        assert code(lambda: agent.api.list_agents(nextToken="no token")) == "ValidationException"


LOGGING = {
    "cloudWatchConfig": {
        "logGroupName": "/bedrock/invocations",
        "roleArn": f"arn:aws:iam::{ACCOUNT}:role/bedrock-logs",
        "largeDataDeliveryS3Config": {"bucketName": "invocation-logs", "keyPrefix": "large"},
    },
    "s3Config": {"bucketName": "invocation-logs", "keyPrefix": "inv"},
    "textDataDeliveryEnabled": True,
    "imageDataDeliveryEnabled": False,
    "embeddingDataDeliveryEnabled": True,
    "videoDataDeliveryEnabled": False,
    "audioDataDeliveryEnabled": True,
}


class TestInvocationLogging:
    @pytest.fixture(scope="class")
    def ready(self, aws: Aws) -> Aws:
        """The bucket, log group and role that Bedrock can write to."""
        aws.client("s3").create_bucket(Bucket="invocation-logs")
        self.let_bedrock_write(aws, ACCOUNT)
        aws.client("logs").create_log_group(logGroupName="/bedrock/invocations")
        stream = (
            f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/bedrock/invocations:log-stream:aws/bedrock/modelinvocations"
        )
        trust = trusting({"Service": "bedrock.amazonaws.com"})
        aws.role("bedrock-logs", [trust], allow(["logs:CreateLogStream", "logs:PutLogEvents"], stream))
        return aws

    def let_bedrock_write(self, aws: Aws, account: str) -> None:
        statement = {
            **allow("s3:PutObject", "arn:aws:s3:::invocation-logs/*"),
            "Principal": {"Service": "bedrock.amazonaws.com"},
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account},
                "ArnLike": {"aws:SourceArn": f"arn:aws:bedrock:{REGION}:{account}:*"},
            },
        }
        aws.client("s3").put_bucket_policy(Bucket="invocation-logs", Policy=document(statement))

    def test_every_field_comes_back(self, ready: Aws) -> None:
        """All eleven leaf fields of the configuration are answered as they were put; after deletion there is none."""
        bedrock = ready.client("bedrock")
        bedrock.put_model_invocation_logging_configuration(loggingConfig=LOGGING)
        assert bedrock.get_model_invocation_logging_configuration()["loggingConfig"] == LOGGING
        bedrock.delete_model_invocation_logging_configuration()
        assert "loggingConfig" not in bedrock.get_model_invocation_logging_configuration()

    def test_a_bucket_that_bedrock_cannot_write_to(self, ready: Aws) -> None:
        """A missing bucket, and one whose policy is for another account, are refused."""
        put = ready.client("bedrock").put_model_invocation_logging_configuration
        gone = {"s3Config": {"bucketName": "no-such-bucket"}}
        assert code(lambda: put(loggingConfig=gone)) == "ValidationException"
        self.let_bedrock_write(ready, "111122223333")
        assert code(lambda: put(loggingConfig=LOGGING)) == "ValidationException"
        self.let_bedrock_write(ready, ACCOUNT)
        assert code(lambda: put(loggingConfig=LOGGING)) == "answered"

    def test_a_role_that_cannot_write(self, ready: Aws) -> None:
        """A role without permission, and a log group that is gone, are refused."""
        put = ready.client("bedrock").put_model_invocation_logging_configuration
        powerless = ready.role("powerless", [trusting({"Service": "bedrock.amazonaws.com"})])
        for change in ({"roleArn": powerless}, {"logGroupName": "/no/such/group"}):
            config = {"cloudWatchConfig": {**LOGGING["cloudWatchConfig"], **change}}  # type: ignore[dict-item]
            assert code(partial(put, loggingConfig=config)) == "ValidationException"

    def test_a_model_answers(self, ready: Aws) -> None:
        """Models are listed, and each answers with a synthetic text."""
        listed = ready.client("bedrock").list_foundation_models(byProvider="Anthropic")["modelSummaries"]
        assert MODEL in [m["modelId"] for m in listed]
        runtime = ready.client("bedrock-runtime")
        question = [{"role": "user", "content": [{"text": "Who are you?"}]}]
        answer = runtime.converse(modelId=MODEL, messages=question)
        assert "synthetic" in answer["output"]["message"]["content"][0]["text"]
        assert b"synthetic" in runtime.invoke_model(modelId=MODEL, body=b"{}")["body"].read()


FINDING = {
    "schemaVersion": "2.0",
    "accountId": ACCOUNT,
    "region": REGION,
    "id": "b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5",
    "arn": f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/1/finding/b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5",
    "type": "Impact:IAMUser/AnomalousBehavior",
    "severity": 8,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "updatedAt": "2026-01-01T00:00:00.000Z",
    "resource": {"resourceType": "AccessKey", "accessKeyDetails": {"accessKeyId": "AKIA", "userName": "victim"}},
    "service": {
        "detectorId": "12abc34d567e8fa901bc2d34e56789f0",
        "count": 2,
        "action": {
            "actionType": "AWS_API_CALL",
            "awsApiCallAction": {"api": "InvokeModel", "remoteIpDetails": {"ipAddressV4": "198.51.100.7"}},
        },
    },
}


class TestFindings:
    @pytest.fixture
    def detector(self, aws: Aws) -> dict[str, str]:
        guardduty.record_finding({"account": ACCOUNT, "region": REGION, "detail": FINDING})
        return {"DetectorId": FINDING["service"]["detectorId"]}  # type: ignore[index]

    def test_an_event_is_served_by_the_api(self, aws: Aws, detector: dict[str, str]) -> None:
        """A finding that came as an event is answered with the API's member names, by its own detector."""
        client = aws.client("guardduty")
        (got,) = client.get_findings(**detector, FindingIds=[FINDING["id"]])["Findings"]
        assert got["Resource"]["AccessKeyDetails"]["UserName"] == "victim"
        call = got["Service"]["Action"]["AwsApiCallAction"]
        assert call["RemoteIpDetails"]["IpAddressV4"] == "198.51.100.7"
        assert detector["DetectorId"] in client.list_detectors()["DetectorIds"]

    def test_unknown_findings_and_detectors(self, aws: Aws, detector: dict[str, str]) -> None:
        """An unknown finding is left out of the answer; a detector of somebody else is refused."""
        client = aws.client("guardduty")
        assert client.get_findings(**detector, FindingIds=["0" * 32])["Findings"] == []
        assert code(lambda: client.get_findings(DetectorId="0" * 32, FindingIds=["0" * 32])) == "BadRequestException"

    def test_what_people_did_stays(self, aws: Aws, detector: dict[str, str]) -> None:
        """Archived and feedback are kept when GuardDuty updates the finding."""
        client, ids = aws.client("guardduty"), {**detector, "FindingIds": [FINDING["id"]]}
        client.archive_findings(**ids)
        client.update_findings_feedback(**ids, Feedback="USEFUL")
        guardduty.remember({**FINDING, "severity": 5}, ACCOUNT, REGION)
        (got,) = client.get_findings(**ids)["Findings"]
        assert (got["Severity"], got["Service"]["Archived"], got["Service"]["UserFeedback"]) == (5.0, True, "USEFUL")
        archived = {"Criterion": {"service.archived": {"Eq": ["true"]}}}
        assert FINDING["id"] in client.list_findings(**detector, FindingCriteria=archived)["FindingIds"]
        current = {"Criterion": {"service.archived": {"Eq": ["false"]}}}
        assert FINDING["id"] not in client.list_findings(**detector, FindingCriteria=current)["FindingIds"]

    def test_the_api_lags(self, aws: Aws, detector: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        """With a lag the finding is not there yet, as in AWS shortly after the event."""
        monkeypatch.setenv("EMBEDDED_FINDING_LAG", "3600")
        assert aws.client("guardduty").get_findings(**detector, FindingIds=[FINDING["id"]])["Findings"] == []

    def test_only_the_administrator_archives(self, aws: Aws) -> None:
        """An account without one is its own; the finding of a member stays open."""
        client = aws.client("guardduty", region="eu-central-1")
        detector = {"DetectorId": client.create_detector(Enable=True)["DetectorId"]}
        client.create_sample_findings(**detector)
        ids = {**detector, "FindingIds": client.list_findings(**detector)["FindingIds"][:1]}
        assert client.get_administrator_account(**detector)["Administrator"] == {}
        client.archive_findings(**ids)
        client.unarchive_findings(**ids)
        client.enable_organization_admin_account(AdminAccountId="111122223333")
        assert client.get_administrator_account(**detector)["Administrator"]["AccountId"] == "111122223333"
        assert code(lambda: client.archive_findings(**ids)) == "BadRequestException"
        assert client.get_findings(**ids)["Findings"][0]["Service"]["Archived"] is False

    def test_samples(self, aws: Aws) -> None:
        """Sample findings say that they are samples."""
        client = aws.client("guardduty", region="eu-west-1")
        detector = {"DetectorId": client.create_detector(Enable=True)["DetectorId"]}
        client.create_sample_findings(**detector, FindingTypes=["Impact:IAMUser/AnomalousBehavior"])
        (finding,) = client.get_findings(**detector, FindingIds=client.list_findings(**detector)["FindingIds"])[
            "Findings"
        ]
        assert finding["Title"].startswith("[SAMPLE]")

    def test_an_exported_finding(self, aws: Aws) -> None:
        """A finding with the API's spelling is taken as well; one without an id is passed over."""
        exported = {"Id": "e" * 32, "Type": "T", "Service": {"DetectorId": "f" * 32}}
        assert guardduty.as_on_the_wire(exported) == {"id": "e" * 32, "type": "T", "service": {"detectorId": "f" * 32}}
        guardduty.record_finding({"detail": {"type": "no id"}})


class TestSupport:
    @pytest.fixture(autouse=True)
    def business(self, aws: Aws) -> Iterator[None]:
        support.set_plan(ACCOUNT, "business")
        yield
        support.set_plan(ACCOUNT, "business")

    def test_a_case(self, aws: Aws) -> None:
        """A case is opened with an attachment, found by its subject, answered and resolved."""
        client = aws.client("support")
        attached = client.add_attachments_to_set(attachments=[{"fileName": "summary.txt", "data": b"x"}])
        case_id = client.create_case(
            subject="[IR:IR-1] Suspected compromise",
            serviceCode="customer-account",
            categoryCode="security",
            severityCode="urgent",
            communicationBody="What happened.",
            issueType="customer-service",
            attachmentSetId=attached["attachmentSetId"],
        )["caseId"]
        client.add_communication_to_case(caseId=case_id, communicationBody="More.")
        (case,) = client.describe_cases(caseIdList=[case_id])["cases"]
        bodies = [c["body"] for c in case["recentCommunications"]["communications"]]
        assert bodies == ["More.", "What happened."]
        resolved = client.resolve_case(caseId=case_id)
        assert (resolved["initialCaseStatus"], resolved["finalCaseStatus"]) == ("opened", "resolved")
        assert case_id not in [c["caseId"] for c in client.describe_cases()["cases"]]

    def test_severities_are_those_of_the_plan(self, aws: Aws) -> None:
        """The business plan has no `critical`; the enterprise plan has; what the plan lacks is refused."""
        client = aws.client("support")
        codes = [s["code"] for s in client.describe_severity_levels()["severityLevels"]]
        assert codes == ["low", "normal", "high", "urgent"]
        critical = {"subject": "s", "communicationBody": "b", "severityCode": "critical"}
        assert code(lambda: client.create_case(**critical)) == "InvalidParameterValueException"
        support.set_plan(ACCOUNT, "enterprise")
        assert code(lambda: client.create_case(**critical)) == "answered"

    def test_without_a_plan(self, aws: Aws) -> None:
        """Without a plan every call is refused with the error that no model declares."""
        support.set_plan(ACCOUNT, "none")
        assert code(aws.client("support").describe_services) == "SubscriptionRequiredException"

    def test_one_endpoint(self, aws: Aws) -> None:
        """There is one endpoint, in us-east-1."""
        assert code(aws.client("support", region="eu-west-1").describe_services) == "UnknownEndpoint"

    def test_unknown_cases_and_codes(self, aws: Aws) -> None:
        """Unknown cases, attachment sets and categories are errors of their own."""
        client = aws.client("support")
        assert code(lambda: client.describe_cases(caseIdList=["case-1"])) == "CaseIdNotFound"
        body = {"subject": "s", "communicationBody": "b"}
        assert code(lambda: client.create_case(**body, attachmentSetId="as-1")) == "AttachmentSetIdNotFound"
        wrong = {"serviceCode": "customer-account", "categoryCode": "no-such"}
        assert code(lambda: client.create_case(**body, **wrong)) == "InvalidParameterValueException"


class TestCredentials:
    def test_bedrock_api_keys(self, aws: Aws) -> None:
        """A service-specific credential shows its secret once, is deactivated, listed, reset and deleted."""
        client = aws.client("iam")
        client.create_user(UserName="api-key-user")
        made = client.create_service_specific_credential(UserName="api-key-user", ServiceName="bedrock.amazonaws.com")
        credential = made["ServiceSpecificCredential"]
        assert credential["ServiceCredentialSecret"]
        one = {"UserName": "api-key-user", "ServiceSpecificCredentialId": credential["ServiceSpecificCredentialId"]}
        client.update_service_specific_credential(**one, Status="Inactive")
        (listed,) = client.list_service_specific_credentials(AllUsers=True)["ServiceSpecificCredentials"]
        assert listed["Status"] == "Inactive"
        assert "ServiceCredentialSecret" not in listed
        reset = client.reset_service_specific_credential(**one)["ServiceSpecificCredential"]
        assert reset["ServiceCredentialSecret"] != credential["ServiceCredentialSecret"]
        client.delete_service_specific_credential(**one)
        assert code(lambda: client.update_service_specific_credential(**one, Status="Active")) == "NoSuchEntity"

    def test_users_and_keys(self, aws: Aws) -> None:
        """Ids of users look like AWS's, a key names its user, and the report is of now."""
        client, keys = aws.client("iam"), aws.user("of-a-key")
        assert client.get_user(UserName="of-a-key")["User"]["UserId"].startswith("AIDA")
        assert client.get_access_key_last_used(AccessKeyId=keys["aws_access_key_id"])["UserName"] == "of-a-key"
        client.generate_credential_report()
        report = client.get_credential_report()
        assert b"of-a-key" in report["Content"]
        assert report["GeneratedTime"].year > 2020


class TestOthers:
    def test_guardrails(self, aws: Aws) -> None:
        """A guardrail is made, becomes ready, is listed and read by ARN, and is gone after its deletion."""
        client = aws.client("bedrock")
        made = client.create_guardrail(name="g", blockedInputMessaging="no", blockedOutputsMessaging="no")
        by_arn = {"guardrailIdentifier": made["guardrailArn"]}
        until(lambda: client.get_guardrail(**by_arn)["status"] == "READY")
        assert [g["name"] for g in client.list_guardrails()["guardrails"]] == ["g"]
        client.delete_guardrail(**by_arn)
        until(lambda: client.list_guardrails()["guardrails"] == [])
        assert code(lambda: client.get_guardrail(**by_arn)) == "ResourceNotFoundException"

    def test_security_hub_updates(self, aws: Aws) -> None:
        """Known findings are updated, unknown ones are listed as unprocessed."""
        client = aws.client("securityhub")
        client.enable_security_hub()
        arn = ASFF["ProductArn"]
        client.batch_import_findings(Findings=[ASFF])
        identifiers = [{"Id": i, "ProductArn": arn} for i in ("f1", "f2")]
        answer = client.batch_update_findings(FindingIdentifiers=identifiers, Workflow={"Status": "NOTIFIED"})
        assert answer["ProcessedFindings"] == identifiers[:1]
        assert answer["UnprocessedFindings"][0]["ErrorCode"] == "FindingNotFound"
        (got,) = client.get_findings(Filters={"Id": [{"Value": "f1", "Comparison": "EQUALS"}]})["Findings"]
        assert got["Workflow"] == {"Status": "NOTIFIED"}

    def test_security_hub_imports(self, aws: Aws) -> None:
        """A product updates its own finding, without what people wrote, and never another product's of that id."""
        client = aws.client("securityhub")
        client.enable_security_hub()
        finding = {**ASFF, "Id": "imported", "Title": "first"}
        other = {**finding, "ProductArn": f"arn:aws:securityhub:{REGION}:{ACCOUNT}:product/{ACCOUNT}/default"}
        client.batch_import_findings(Findings=[finding, other])
        identifier = {"Id": "imported", "ProductArn": finding["ProductArn"]}
        client.batch_update_findings(FindingIdentifiers=[identifier], Workflow={"Status": "RESOLVED"})
        client.batch_import_findings(Findings=[{**finding, "Title": "second", "Workflow": {"Status": "NEW"}}])
        found = client.get_findings(Filters={"Id": [{"Value": "imported", "Comparison": "EQUALS"}]})["Findings"]
        shown = {f["ProductArn"]: (f["Title"], f.get("Workflow")) for f in found}
        assert shown[finding["ProductArn"]] == ("second", {"Status": "RESOLVED"})
        assert shown[other["ProductArn"]] == ("first", None)

    def test_security_hub_that_is_off_refuses(self, aws: Aws) -> None:
        """Every call is refused by name until it is enabled."""
        client = aws.client("securityhub", region="eu-west-1")
        assert code(lambda: client.get_findings()) == "InvalidAccessException"
        assert code(lambda: client.batch_import_findings(Findings=[ASFF])) == "InvalidAccessException"
        client.enable_security_hub()
        assert client.get_findings()["Findings"] == []

    def test_objects_are_written_once(self, aws: Aws) -> None:
        """IfNoneMatch `*` refuses a key that is there, and a bucket's objects are its owner's."""
        client = aws.client("s3")
        client.create_bucket(Bucket="once-bucket")
        put = {"Bucket": "once-bucket", "Key": "k", "Body": b"x", "IfNoneMatch": "*"}
        assert code(lambda: client.put_object(**put)) == "answered"
        assert code(lambda: client.put_object(**put)) == "PreconditionFailed"
        rules = client.get_bucket_ownership_controls(Bucket="once-bucket")["OwnershipControls"]["Rules"]
        assert rules == [{"ObjectOwnership": "BucketOwnerEnforced"}]

    def test_the_security_contact(self, aws: Aws) -> None:
        """An account without a security contact says so; one that was put is answered."""
        client = aws.client("account")
        kind = {"AlternateContactType": "SECURITY"}
        assert code(lambda: client.get_alternate_contact(**kind)) == "ResourceNotFoundException"
        contact = {"EmailAddress": "security@example.com", "Name": "Security", "PhoneNumber": "+1", "Title": "Team"}
        client.put_alternate_contact(**kind, **contact)
        assert client.get_alternate_contact(**kind)["AlternateContact"]["EmailAddress"] == "security@example.com"

    def test_items_become_what_they_will_be(self) -> None:
        """An item changes when its time has come and not before; one that will be gone is taken out."""
        items: dict[str, Any] = {"stays": {}, "goes": {}}
        later.becomes(items["stays"], "status", "CREATING", "READY", 0.02)
        later.becomes(items["goes"], "status", "DELETING", None, 0.02)
        assert {i["status"] for i in later.settled(items).values()} == {"CREATING", "DELETING"}
        time.sleep(0.03)
        assert [i["status"] for i in later.settled(items).values()] == ["READY"]


class TestDynamoDb:
    def test_a_query_costs_what_its_partition_holds(self, aws: Aws) -> None:
        """However large the table is: 2,000 items in other partitions do not make it five times slower."""
        client, table = aws.client("dynamodb"), "partitions"
        keys = [{"AttributeName": name, "KeyType": kind} for name, kind in (("pk", "HASH"), ("sk", "RANGE"))]
        attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
        client.create_table(
            TableName=table, KeySchema=keys, AttributeDefinitions=attributes, BillingMode="PAY_PER_REQUEST"
        )
        put = [{"PutRequest": {"Item": {"pk": {"S": str(n)}, "sk": {"S": "one"}}}} for n in range(2001)]

        def seconds(hash_key: str, found: int) -> float:
            began = time.perf_counter()
            answer = client.query(
                TableName=table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": hash_key}},
            )
            assert answer["Count"] == found
            return time.perf_counter() - began

        client.batch_write_item(RequestItems={table: put[:1]})
        alone = min(seconds("0", 1) for _ in range(5))
        for start in range(1, 2001, 25):
            client.batch_write_item(RequestItems={table: put[start : start + 25]})
        assert min(seconds("0", 1) for _ in range(5)) < 5 * alone
        assert min(seconds("nobody", 0) for _ in range(5)) < 5 * alone


class TestKms:
    def test_only_an_asymmetric_key_has_a_public_half(self, aws: Aws) -> None:
        """Of a symmetric key and of one for MACs AWS gives no public key; an asymmetric one signs, and is believed."""
        kms = aws.client("kms")
        for kind in ({}, {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}):
            key = kms.create_key(**kind)["KeyMetadata"]["KeyId"]
            assert code(partial(kms.get_public_key, KeyId=key)) == "UnsupportedOperationException"
        pair = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
        told = {"KeyId": pair, "Message": b"told", "SigningAlgorithm": "ECDSA_SHA_256"}
        assert kms.verify(**told, Signature=kms.sign(**told)["Signature"])["SignatureValid"]
        assert kms.get_public_key(KeyId=pair)["PublicKey"]


class TestSystemsManager:
    def test_a_command_finds_its_instances_in_ec2(self, aws: Aws) -> None:
        """EC2 is loaded when a command asks for it: what was left out at the start is not missing."""
        targets = [{"Key": "tag:team", "Values": ["build"]}]
        sent = aws.client("ssm").send_command(DocumentName="AWS-RunShellScript", Targets=targets)["Command"]
        assert sent["InstanceIds"] == []
