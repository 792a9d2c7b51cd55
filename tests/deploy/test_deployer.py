"""The deployer applies what the template says, property by property, or stops and names the property."""

import json

import boto3
import pytest

from deploy import translate
from deploy.local.deployer import LOCAL_PARAMETERS, NotKept, ParameterRefused, UnappliedProperty
from deploy.local.deployer.errors import DeployError
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect
from deploy.local.deployer.stack import Stack

ACCOUNT = "123456789012"


def apply(aws, resources, **parts):
    return Stack(Place(aws), {"Resources": resources, **parts}, {}).apply()


def test_unknown_property(aws):
    """A property that no applier takes stops the deployment, naming resource and property."""
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 5}}
    with pytest.raises(UnappliedProperty, match=r"^Letters\.DelaySeconds: nothing applies it"):
        apply(aws, {"Letters": queue})


def test_unknown_property_within_another(aws):
    """The same inside a nested object."""
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    policy = {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}, "Path": "/x/"}
    trust = {"Version": "2012-10-17", "Statement": []}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust, "Policies": [policy]}}
    with pytest.raises(UnappliedProperty, match=r"^Someone\.Policies\.Path: nothing applies it"):
        apply(aws, {"Someone": role})


def test_unknown_resource_type(aws):
    """A resource type without an applier stops the deployment."""
    with pytest.raises(UnappliedProperty, match="nothing applies AWS::EC2::VPC"):
        apply(aws, {"Network": {"Type": "AWS::EC2::VPC"}})


def test_dropped_property():
    """A property that reads back otherwise than it was sent is an error: the emulator dropped it."""
    with pytest.raises(NotKept, match=r"^Table\.TimeToLive: 'ttl' was sent and None is there"):
        expect("Table.TimeToLive", "ttl", None)


def test_passing_over_needs_a_reason():
    """No property can be passed over without saying why it means nothing here."""
    with pytest.raises(AssertionError):
        Properties("Function", {"Layers": []}).meaningless("Layers", "")


def test_condition_that_does_not_hold(aws):
    """A resource whose condition does not hold is not made."""
    topic = {"Type": "AWS::SNS::Topic", "Condition": "Never"}
    apply(aws, {"Topic": topic}, Conditions={"Never": {"Fn::Equals": ["a", "b"]}})
    assert aws.client("sns").list_topics()["Topics"] == []


def test_undefined_substitution(aws):
    """A `${...}` that is left in a definition stops the deployment, as CloudFormation would."""
    machine = {
        "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/x",
        "Definition": {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Missing}", "End": True}}},
    }
    with pytest.raises(DeployError, match="has no Missing"):
        apply(aws, {"Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": machine}})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"Prefx": "x"}, "Prefx: the template has no such parameter"),
        ({"Prefix": "Bad Prefix"}, "Prefix: must be 2 to 20 lower-case letters"),
        ({"LockMode": "NONE"}, "LockMode: must be one of GOVERNANCE, COMPLIANCE"),
        ({"FirstSeconds": 0}, "FirstSeconds: must be a number from 1 to 86400"),
        ({"FirstSeconds": "soon"}, "FirstSeconds: must be a number from 1 to 86400"),
        ({"MailFrom": "nobody"}, "MailFrom: must be one mail address"),
    ],
)
def test_parameter_that_is_refused(aws, given, message):
    """A parameter that the template does not allow is refused by name, before anything is made."""
    with pytest.raises(ParameterRefused) as refused:
        Stack(Place(aws), translate.load(), {**LOCAL_PARAMETERS, **given})
    assert str(refused.value).startswith(message)


def test_missing_parameter(aws):
    """A parameter without default and value is refused by name."""
    with pytest.raises(ParameterRefused, match=r"^MailFrom: is missing"):
        Stack(Place(aws), translate.load(), {})


def test_outputs_name_everything(deployed):
    """Every function, machine, table and key has an output under its logical id."""
    template = translate.load()
    kinds = (
        "Serverless::Function",
        "Serverless::StateMachine",
        "DynamoDB::Table",
        "KMS::Key",
        "S3::Bucket",
        "SQS::Queue",
    )
    wanted = {name for name, resource in template["Resources"].items() if resource["Type"].endswith(kinds)}
    assert wanted <= set(deployed.outputs)


def test_environment_holds_real_names(deployed):
    """The functions' environment names what was really made, and each power is told to its function."""
    found = deployed.client("lambda").get_function_configuration(FunctionName=deployed.outputs["EradicateFunction"])
    given = found["Environment"]["Variables"]
    assert given["POWER"] == "eradicate"
    assert given["LEDGER_TABLE"] == deployed.outputs["LedgerTable"]
    assert given["RESPONSE_MACHINE"] == deployed.outputs["BedrockResponse"]
    assert given["UNDO_MACHINE"] == deployed.outputs["UndoResponse"]
    assert given["PAGE_URL"] == "http://127.0.0.1:8080/prod"


def test_definitions_have_real_functions(deployed):
    """The deployed definitions name the deployed functions, and no placeholder is left."""
    machines = deployed.client("stepfunctions")
    text = machines.describe_state_machine(stateMachineArn=deployed.outputs["ApprovalGate"])["definition"]
    functions = deployed.client("lambda")
    assert functions.get_function(FunctionName="responder-ask")["Configuration"]["FunctionArn"] in text
    assert "${" not in text


def test_evidence_is_locked(deployed):
    """What is written to the evidence bucket cannot be deleted."""
    s3, bucket = deployed.client("s3"), deployed.outputs["EvidenceBucket"]
    version = s3.put_object(Bucket=bucket, Key="incidents/x", Body=b"x")["VersionId"]
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key="incidents/x", VersionId=version)


def test_event_reaches_intake_or_the_queue(deployed):
    """The GuardDuty rule has intake as its target and the dead-letter queue behind it."""
    (target,) = deployed.client("events").list_targets_by_rule(Rule=deployed.outputs["GuardDutyRule"])["Targets"]
    assert target["Arn"].endswith(":function:responder-intake-guardduty")
    assert target["DeadLetterConfig"]["Arn"].rpartition(":")[2] in deployed.outputs["DeadLetterQueue"]


def test_page_has_get_and_post(deployed):
    """The approval API has GET and POST of /approve/{link} and no other method."""
    gateway, api = deployed.client("apigateway"), deployed.outputs["ApprovalApi"]
    found = gateway.get_resources(restApiId=api)["items"]
    methods = {item["path"]: sorted(item.get("resourceMethods", {})) for item in found}
    assert methods == {"/": [], "/approve": [], "/approve/{link}": ["GET", "POST"]}
    resource = next(item["id"] for item in found if item["path"] == "/approve/{link}")
    integration = gateway.get_integration(restApiId=api, resourceId=resource, httpMethod="POST")
    assert integration["type"] == "AWS_PROXY"
    assert ":function:responder-page/" in integration["uri"]


def test_link_is_in_no_log(deployed):
    """The access log names the resource and never the path, since the path is the approver's secret."""
    stage = deployed.client("apigateway").get_stage(restApiId=deployed.outputs["ApprovalApi"], stageName="prod")
    assert "$context.resourcePath" in stage["accessLogSettings"]["format"]
    assert "$context.path" not in stage["accessLogSettings"]["format"]
    settings = stage["methodSettings"]["*/*"]
    assert (settings["loggingLevel"], settings["dataTraceEnabled"]) == ("OFF", False)
    assert settings["throttlingRateLimit"] == 10


def test_member_roles_trust_their_power(deployed):
    """Each member role trusts the function role of its own power; eradicate demands an approval as well."""
    iam = deployed.client("iam")
    for power in ("observe", "contain", "eradicate", "undo", "notify"):
        trust = iam.get_role(RoleName=f"responder-member-{power}")["Role"]["AssumeRolePolicyDocument"]["Statement"]
        assert {s["Principal"]["AWS"] for s in trust} == {f"arn:aws:iam::{ACCOUNT}:role/responder-{power}"}
        assert ("Condition" in json.dumps(trust)) == (power == "eradicate")


def test_alarms_stand(deployed):
    """Every alarm of the template stands and tells the topic."""
    alarms = deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert {alarm["AlarmName"].removeprefix("responder-") for alarm in alarms} == {
        "automatic-containment-capped",
        "baseline",
        "stranded-step",
        "dead-letters",
        "lost-events",
        "intake",
        "response",
        "undo",
    }
    assert all(alarm["AlarmActions"] == [deployed.outputs["AlarmTopic"]] for alarm in alarms)


def test_sender_is_verified(deployed):
    """Mails can be sent from the address that the template was given."""
    ses: boto3.client = deployed.client("ses")
    assert LOCAL_PARAMETERS["MailFrom"] in ses.list_identities()["Identities"]
