"""What a test stages and what it looks at afterwards: a victim, a thief with the victim's key, and the approvers."""

from __future__ import annotations

import html
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

from deploy.local.stack import EmbeddedAws

ACCOUNT = "123456789012"
REGION = "us-east-1"
APPROVERS = ("ann.lead@example.com", "bo.chief@example.com")
SECOND = "cy.deputy@example.com"
WATCHER = "soc@example.com"
Json = dict[str, Any]


class Scene:
    """`account` is the attacked one: the responder's own, or a member's."""

    def __init__(self, aws: EmbeddedAws, user: str = "build", account: str = ACCOUNT) -> None:
        self.aws = aws
        self.account = account
        self.name = f"{user}-{uuid.uuid4().hex[:8]}"
        self.mails_before = len(aws.mail())
        self.iam = self.there("iam")
        self.iam.create_user(UserName=self.name)
        self.iam.put_user_policy(UserName=self.name, PolicyName="work", PolicyDocument=json.dumps(self.rights()))
        key = self.iam.create_access_key(UserName=self.name)["AccessKey"]
        self.key_id = key["AccessKeyId"]
        self.thief = {"aws_access_key_id": self.key_id, "aws_secret_access_key": key["SecretAccessKey"]}
        self.finding_id = uuid.uuid4().hex
        self.agents: list[str] = []

    def there(self, service: str) -> Any:
        """The operator's client in the attacked account."""
        return self.aws.client(service, account=self.account)

    def rights(self) -> Json:
        allow = {"Effect": "Allow", "Action": ["bedrock:*", "iam:PassRole"], "Resource": "*"}
        return {"Version": "2012-10-17", "Statement": [allow]}

    def clear(self) -> None:
        agent = self.there("bedrock-agent")
        for agent_id in self.agents:
            try:
                agent.delete_agent(agentId=agent_id, skipResourceInUseCheck=True)
            except agent.exceptions.ResourceNotFoundException:
                continue

    # What was there before the attack.

    def keep_logs(self) -> Json:
        """Turn on invocation logging to a bucket and record it in the baseline. Returns the configuration."""
        bucket = f"invocation-logs-{self.name}"
        s3 = self.there("s3")
        s3.create_bucket(Bucket=bucket, ObjectOwnership="BucketOwnerEnforced")
        allow = {
            "Effect": "Allow",
            "Principal": {"Service": "bedrock.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
            "Condition": {"StringEquals": {"aws:SourceAccount": self.account}},
        }
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
        config = {
            "s3Config": {"bucketName": bucket, "keyPrefix": "bedrock"},
            "textDataDeliveryEnabled": True,
            "imageDataDeliveryEnabled": True,
            "embeddingDataDeliveryEnabled": True,
            "videoDataDeliveryEnabled": True,
            "audioDataDeliveryEnabled": True,
        }
        self.there("bedrock").put_model_invocation_logging_configuration(loggingConfig=config)
        self.record_baseline()
        return config

    def record_baseline(self) -> None:
        """Forced: the principals of other tests' open incidents made changes too."""
        event = {"account": self.account, "region": REGION, "do": "accept", "force": True}
        self.invoke("BaselineFunction", {**event, "reason": "The state before the attack."})

    # What the thief does, with the victim's key.

    def steal(self, service: str) -> Any:
        return self.aws.client(service, credentials=self.thief)

    def delete_logging(self) -> None:
        self.steal("bedrock").delete_model_invocation_logging_configuration()

    def make_agent(self) -> str:
        role = f"{self.name}-agent-{len(self.agents)}"
        trust = {"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        arn = self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=policy)["Role"]["Arn"]
        made = self.steal("bedrock-agent").create_agent(
            agentName=f"concierge-{self.name}-{len(self.agents)}",
            agentResourceRoleArn=arn,
            foundationModel="anthropic.claude-3-haiku-20240307-v1:0",
            instruction="Answer whoever asks, at somebody else's expense, without limit.",
        )
        self.agents.append(made["agent"]["agentId"])
        self.wait(lambda: self.agent_status() != "CREATING")
        return str(made["agent"]["agentId"])

    def make_alias(self, agent_id: str) -> str:
        """By which the agent can be called: of a version, which takes a prepared agent."""
        agents = self.steal("bedrock-agent")
        agents.prepare_agent(agentId=agent_id)
        self.wait(lambda: self.agent_status(agent_id) == "PREPARED")
        made = agents.create_agent_alias(agentId=agent_id, agentAliasName="live")["agentAlias"]["agentAliasId"]
        at = {"agentId": agent_id, "agentAliasId": made}
        self.wait(lambda: agents.get_agent_alias(**at)["agentAlias"]["agentAliasStatus"] == "PREPARED")
        return str(made)

    def alias_takes(self, agent_id: str, alias_id: str) -> str:
        """ACCEPT_INVOCATIONS or REJECT_INVOCATIONS."""
        alias = self.aws.client("bedrock-agent").get_agent_alias(agentId=agent_id, agentAliasId=alias_id)
        return str(alias["agentAlias"]["aliasInvocationState"])

    def agent_status(self, agent_id: str = "") -> str | None:
        agent = self.there("bedrock-agent")
        try:
            return str(agent.get_agent(agentId=agent_id or self.agents[-1])["agent"]["agentStatus"])
        except agent.exceptions.ResourceNotFoundException:
            return None

    # The security contact of the account, whose it is in all tests.

    def set_contact(self, address: str) -> None:
        person = {"Name": "Sam Secure", "Title": "Head of security", "PhoneNumber": "+1 555 0100"}
        client = self.aws.client("account")
        client.put_alternate_contact(AlternateContactType="SECURITY", EmailAddress=address, **person)

    def contact(self) -> str:
        answer = self.aws.client("account").get_alternate_contact(AlternateContactType="SECURITY")
        return str(answer["AlternateContact"]["EmailAddress"])

    # The finding and the incident.

    def import_finding(self, event: Json) -> None:
        """GuardDuty's finding in Security Hub, as its integration brings it there."""
        detail, hub = event["detail"], self.aws.client("securityhub")
        hub.enable_security_hub()
        passed_on = {
            "SchemaVersion": "2018-10-08",
            "Id": detail["arn"],
            "ProductArn": f"arn:aws:securityhub:{REGION}::product/aws/guardduty",
            "GeneratorId": "guardduty",
            "AwsAccountId": ACCOUNT,
            "Types": ["TTPs/Credential Access"],
            "CreatedAt": detail["createdAt"],
            "UpdatedAt": detail["updatedAt"],
            "Severity": {"Label": "HIGH"},
            "Title": detail["title"],
            "Description": detail["description"],
            "Resources": [{"Type": "AwsIamAccessKey", "Id": self.key_id}],
            "Workflow": {"Status": "NEW"},
        }
        hub.batch_import_findings(Findings=[passed_on])

    def noted(self, event: Json) -> tuple[str, str]:
        """(workflow status, note) of the finding in Security Hub."""
        filters = {"Id": [{"Value": event["detail"]["arn"], "Comparison": "EQUALS"}]}
        (found,) = self.aws.client("securityhub").get_findings(Filters=filters)["Findings"]
        return str(found["Workflow"]["Status"]), str(found["Note"]["Text"])

    def is_archived(self) -> bool:
        named = {"DetectorId": "a" * 32, "FindingIds": [self.finding_id]}
        (finding,) = self.aws.client("guardduty").get_findings(**named)["Findings"]
        return bool(finding["Service"]["Archived"])

    def report(self, incident_id: str) -> str:
        """The text of the last report."""
        s3, bucket = self.aws.client("s3"), self.aws.outputs["EvidenceBucket"]
        kept = s3.list_objects_v2(Bucket=bucket, Prefix=f"incidents/{incident_id}/report/")["Contents"]
        key = max(item["Key"] for item in kept if item["Key"].endswith(".json"))
        return str(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())

    def finding(self, finding_type: str = "CredentialAccess:IAMUser/CompromisedCredentials", **changes: Any) -> Json:
        detail = {
            "schemaVersion": "2.0",
            "accountId": self.account,
            "region": REGION,
            "partition": "aws",
            "id": self.finding_id,
            "arn": f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/{'a' * 32}/finding/{self.finding_id}",
            "type": finding_type,
            "resource": {
                "resourceType": "AccessKey",
                "accessKeyDetails": {
                    "accessKeyId": self.key_id,
                    "principalId": "AIDAEXAMPLE",
                    "userName": self.name,
                    "userType": "IAMUser",
                },
            },
            "service": {
                "serviceName": "guardduty",
                "detectorId": "a" * 32,
                "archived": False,
                "count": 1,
                "eventFirstSeen": "2026-01-02T03:00:00Z",
                "eventLastSeen": "2026-01-02T03:04:00Z",
                "additionalInfo": {},
            },
            "severity": 8,
            "title": f"API calls with a credential of {self.name} that was reported as compromised.",
            "description": "A credential was used from an unusual place.",
            "createdAt": "2026-01-02T03:04:05Z",
            "updatedAt": "2026-01-02T03:04:05Z",
            **changes,
        }
        return {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "GuardDuty Finding",
            "source": "aws.guardduty",
            "account": ACCOUNT,
            "time": "2026-01-02T03:04:06Z",
            "region": REGION,
            "resources": [],
            "detail": detail,
        }

    def start(self, requested_by: str) -> str:
        """Start a response by hand against the victim, as `responder start` does. Returns the incident's id."""
        request = {
            "playbook": "bedrock",
            "account": self.account,
            "region": REGION,
            "principal": self.key_id,
            "reason": "The bill of last night.",
            "requested_by": requested_by,
            "requester_arn": None,
        }
        return str(self.invoke("IntakeManualFunction", request)["incident_id"])

    def outcome(self, seconds: float = 20.0) -> Json:
        """What the intake said of this finding."""
        return self.wait(lambda: next(iter(self.items(f"intake#{self.finding_id}")), None), seconds)

    def incident_id(self) -> str:
        return str(self.outcome()["incident_id"])

    def items(self, pk: str, prefix: str = "") -> list[Json]:
        from lambdas.core.ledger import Ledger

        return list(Ledger(self.aws.client("dynamodb"), self.aws.outputs["LedgerTable"]).items(pk, prefix))

    def steps(self, incident_id: str) -> dict[str, Json]:
        """By action: the ledger's item of the step."""
        return {step["action"]: step for step in self.items(incident_id, "step#")}

    def execution(self, incident_id: str, machine: str = "BedrockResponse") -> str:
        found = [e for e in self.aws.executions() if e["name"].startswith(incident_id) and self._is(e, machine)]
        return found[0]["status"] if found else "NONE"

    def _is(self, execution: Json, machine: str) -> bool:
        return self.aws.outputs[machine].rsplit(":", 1)[-1] == execution["machine"].rsplit(":", 1)[-1]

    def ended(self, incident_id: str, seconds: float = 60.0, machine: str = "BedrockResponse") -> str:
        """The status of an execution that has ended."""
        return str(
            self.wait(
                lambda: status if (status := self.execution(incident_id, machine)) not in ("RUNNING", "NONE") else None,
                seconds,
            )
        )

    # The approvers.

    def mails(self, address: str) -> list[Json]:
        return [mail for mail in self.aws.mail()[self.mails_before :] if address in mail["to"]]

    def told(self, address: str, incident_id: str) -> list[str]:
        """The moments of this incident that this person was told of, oldest first."""
        subjects = [mail["subject"] for mail in self.mails(address) if incident_id in mail["subject"]]
        return [subject.split(": ", 1)[1] for subject in subjects]

    def notices(self, incident_id: str) -> list[Json]:
        """What the topic got about this incident, oldest first: its message, with its subject and attributes."""
        found = [{**notice, **json.loads(notice["message"])} for notice in self.aws.notices()]
        return [notice for notice in found if notice["incident_id"] == incident_id]

    def links(self, address: str) -> list[str]:
        """The approval links about this scene's victim that were mailed to this address, oldest first."""
        texts = [
            mail["text"] for mail in self.mails(address) if self.name in mail["text"] or self.key_id in mail["text"]
        ]
        return [link for text in texts for link in re.findall(r"http\S+/approve/\S+", text)]

    def link(self, address: str, seconds: float = 30.0, count: int = 1) -> str:
        """The latest link mailed to this address, once there are `count`."""
        return str(self.wait(lambda: found[-1] if len(found := self.links(address)) >= count else None, seconds))

    def plan(self, incident_id: str) -> Json:
        """The plan of the response, once it is made."""
        made = self.wait(lambda: self.items(incident_id, "plan#response#"))[0]
        key = f"incidents/{incident_id}/plans/{made['hash']}.json"
        body = self.aws.client("s3").get_object(Bucket=self.aws.outputs["EvidenceBucket"], Key=key)["Body"]
        plan: Json = json.loads(body.read())
        return plan

    def step_about(self, incident_id: str, target: str) -> str:
        """The id of the step that is about this resource."""
        steps = self.plan(incident_id)["steps"]
        return str(next(step["step_id"] for step in steps if target in json.dumps(step["target"])))

    def answer(
        self, link: str, decision: str = "approve", leave_out: tuple[str, ...] = (), reason: str = ""
    ) -> tuple[int, str]:
        """Open the page and send its form, as a person would."""
        status, page = get(link)
        assert status == 200, page[:500]
        csrf = re.search(r'name="csrf"\s+value="([^"]+)"', page)
        assert csrf, page[:500]
        steps = [html.unescape(s) for s in re.findall(r'name="step"\s+value="([^"]+)"', page)]
        form = [("csrf", html.unescape(csrf[1])), ("decision", decision), ("reason", reason)]
        form += [("step", step) for step in steps if not any(word in step for word in leave_out)]
        return get(link, urllib.parse.urlencode(form).encode())

    def invoke(self, function: str, event: Json) -> Json:
        answer = self.aws.client("lambda").invoke(
            FunctionName=self.aws.outputs[function], Payload=json.dumps(event).encode()
        )
        payload: Json = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, payload
        return payload

    def key_status(self) -> str:
        return str(self.iam.list_access_keys(UserName=self.name)["AccessKeyMetadata"][0]["Status"])

    def logging(self) -> Json | None:
        answer = self.there("bedrock").get_model_invocation_logging_configuration()
        found: Json | None = answer.get("loggingConfig")
        return found

    @staticmethod
    def wait(condition: Any, seconds: float = 20.0) -> Any:
        """The first answer that is not empty. It looks less often with time: each look is work for the embedded AWS."""
        end, pause = time.monotonic() + seconds, 0.05
        while time.monotonic() < end:
            if found := condition():
                return found
            time.sleep(pause)
            pause = min(1.2 * pause, 0.3)
        raise AssertionError(f"not within {seconds} s")


def get(url: str, body: bytes | None = None) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, body), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
