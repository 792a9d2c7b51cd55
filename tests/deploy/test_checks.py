"""Each check of what is deployed passes as things stand, and catches the fault that it is there for."""

import shutil
from types import ModuleType
from unittest.mock import Mock

import pytest

from deploy.checks import __main__ as gate
from deploy.checks import (
    asl_validator,
    dead_letters,
    definitions,
    event_patterns,
    evidence,
    handlers,
    machines,
    powers,
    static_analysis,
    translation,
)
from deploy.checks.__main__ import run
from deploy.checks.subject import Subject, states

QUICK = (dead_letters, definitions, event_patterns, evidence, handlers, machines, powers, translation)


def properties(subject: Subject, name: str):
    return subject.sam["Resources"][name]["Properties"]


@pytest.mark.parametrize("check", QUICK, ids=lambda check: check.__name__.rpartition(".")[2])
def test_passes_as_things_stand(check: ModuleType, subject):
    """The templates and definitions in the repository have none of the problems that are looked for."""
    assert list(check.problems(subject)) == []


def test_unknown_sam_property(planted):
    """A property that SAM does not have is named by the translation."""
    broken = planted(lambda s: properties(s, "AskFunction").update(Tracking="Active"))
    assert "Tracking" in " ".join(translation.problems(broken))


def test_what_does_not_translate_is_said_once(planted):
    """Where the template does not even translate, that is all that is reported."""
    broken = planted(lambda s: properties(s, "AskFunction").update(Tracking="Active"))
    assert list(run(broken)) == ["translation"]


def test_definition_that_is_not_rendered(monkeypatch, capsys):
    """A definition that is missing is named, with what writes it, and the checks fail."""
    missing = FileNotFoundError(2, "No such file", "state_machines/definitions/notify.asl.json")
    monkeypatch.setattr(gate, "read", Mock(side_effect=missing))
    assert gate.main() == 1
    assert "notify.asl.json: is not there; `make render` writes it" in capsys.readouterr().err


def test_circle_of_references(planted):
    """Resources that refer to each other in a circle are named: CloudFormation would refuse to deploy them."""
    broken = planted(lambda s: properties(s, "LedgerTable").update(TableName={"Ref": "AskFunction"}))
    assert "circle" in " ".join(translation.problems(broken))


def test_rule_without_dead_letter_queue(planted):
    """A rule whose target has no dead-letter queue loses what it cannot deliver."""
    broken = planted(lambda s: properties(s, "GuardDutyRule")["Targets"][0].pop("DeadLetterConfig"))
    assert "GuardDutyRule.intake: no DeadLetterConfig" in " ".join(dead_letters.problems(broken))


def test_function_without_failure_destination(planted):
    """A function that a rule invokes and that has no failure destination loses what it cannot work on."""
    broken = planted(lambda s: properties(s, "BaselineFunction").pop("EventInvokeConfig"))
    assert "BaselineFunction: BaselineSchedule invokes it" in " ".join(dead_letters.problems(broken))


def test_unwatched_queue(planted):
    """A dead-letter queue that no alarm watches is a grave."""
    broken = planted(lambda s: s.sam["Resources"].pop("DeadLettersAlarm"))
    assert "DeadLetterQueue: no alarm watches it" in list(dead_letters.problems(broken))


@pytest.mark.parametrize(
    "name", ["ObjectLockConfiguration", "VersioningConfiguration", "PublicAccessBlockConfiguration"]
)
def test_evidence_unprotected(planted, name):
    """Evidence that could be changed, or seen by anyone, does not pass."""
    broken = planted(lambda s: properties(s, "EvidenceBucket").pop(name))
    assert any("EvidenceBucket" in line for line in evidence.problems(broken))


@pytest.mark.parametrize("bucket", ["EvidenceBucket", "QueryResultsBucket"])
def test_bucket_without_tls(planted, bucket):
    """A bucket whose policy allows plain HTTP does not pass."""
    broken = planted(lambda s: s.sam["Resources"].pop(f"{bucket}Policy"))
    assert f"{bucket}: its policy lets it be reached without TLS" in list(evidence.problems(broken))


def test_severity_filter(planted):
    """A rule that filters by severity would lose GuardDuty's own findings about Bedrock."""
    broken = planted(
        lambda s: properties(s, "GuardDutyRule")["EventPattern"]["detail"].update(severity=[{"numeric": [">=", 7]}])
    )
    assert "severity must not count" in " ".join(event_patterns.problems(broken))


def test_finding_type_kept_out(planted):
    """A finding type that intake knows and the rule keeps out is named."""
    broken = planted(lambda s: properties(s, "GuardDutyRule")["EventPattern"]["detail"]["type"].pop(0))
    assert "DefenseEvasion:IAMUser/BedrockLoggingDisabled" in " ".join(event_patterns.problems(broken))


def test_watched_call_kept_out(planted):
    """A call that intake watches and no rule lets in is named."""
    broken = planted(
        lambda s: properties(s, "TamperingRule")["EventPattern"]["detail"]["eventName"].remove("StopLogging")
    )
    assert "keep out StopLogging of cloudtrail.amazonaws.com" in " ".join(event_patterns.problems(broken))


def test_read_only_events_left_out(planted):
    """A default that trusts CloudTrail's read-only flag does not pass."""
    broken = planted(lambda s: s.sam["Parameters"]["CloudTrailTriggers"].update(Default="ENABLED"))
    assert "CloudTrailTriggers: its default" in " ".join(event_patterns.problems(broken))


@pytest.mark.parametrize("handler", ["lambdas.approval.asks.handler", "lambdas.approval.ask.handle"])
def test_handler_that_is_not_there(planted, handler):
    """A handler whose module or function is not there is named, with its function."""
    broken = planted(lambda s: properties(s, "AskFunction").update(Handler=handler))
    assert f"AskFunction: handler {handler}" in " ".join(handlers.problems(broken))


def test_variable_that_is_not_given(planted):
    """A variable that the code reads and no function is given is named for each function."""
    broken = planted(lambda s: s.sam["Globals"]["Function"]["Environment"]["Variables"].pop("LEDGER_TABLE"))
    assert "AskFunction: the code reads LEDGER_TABLE, which its environment does not have" in list(
        handlers.problems(broken)
    )


def test_power_and_role_disagree(planted):
    """A function that is told one power and has the role of another is named."""
    broken = planted(lambda s: properties(s, "ContainFunction").update(Role={"Fn::GetAtt": ["EradicateRole", "Arn"]}))
    assert "ContainFunction: is told the power contain and has EradicateRole" in list(handlers.problems(broken))


def test_definition_that_nothing_deploys(planted, tmp_path):
    """A rendered definition that no state machine of the template has is named."""
    (tmp_path / "forgotten.asl.json").write_text("{}")
    assert "forgotten.asl.json: no state machine" in " ".join(machines.problems(planted(lambda s: None), tmp_path))


def test_unwatched_machine(planted):
    """A response that ends badly without an alarm does not pass."""
    broken = planted(lambda s: s.sam["Resources"].pop("UndoAlarm"))
    assert "UndoResponse: no alarm watches ExecutionsTimedOut" in list(machines.problems(broken))


@pytest.mark.parametrize("action", ["*", "dynamodb:*", "s3:Put*"])
def test_action_with_a_star(planted, action):
    """No role may do everything of anything."""

    def widen(s):
        properties(s, "AskRole")["Policies"][0]["PolicyDocument"]["Statement"][0]["Action"] = action

    assert f"AskRole: action {action} has a star" in list(powers.problems(planted(widen)))


def test_resource_with_a_star(planted):
    """An action that has a resource level is not allowed on every resource."""

    def widen(s):
        properties(s, "AskRole")["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"] = "*"

    assert "AskRole: dynamodb:PutItem is allowed on every resource" in list(powers.problems(planted(widen)))


def member_trust(s, power):
    return s.member["Resources"][f"{power}Role"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]


def test_eradicate_without_approval_tag(planted):
    """An eradicate role whose trust does not demand the approval tag does not pass."""
    broken = planted(lambda s: member_trust(s, "Eradicate")[0].pop("Condition"))
    assert list(powers.problems(broken)) == ["EradicateRole: its trust does not demand the approval tag"]


def test_trust_in_another_power(planted):
    """A member role that trusts the function role of another power does not pass."""
    other = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${ResponderAccount}:role/${Prefix}-contain"}}
    broken = planted(lambda s: member_trust(s, "Eradicate")[0].update(Principal=other))
    assert "EradicateRole: trusts others" in " ".join(powers.problems(broken))


def first_task(s, machine="ApprovalGate"):
    return next(state for _, state in states(s.definitions[machine]) if state["Type"] == "Task")


def test_undefined_substitution(planted):
    """A `${...}` in a definition that the template gives no value is named."""
    broken = planted(lambda s: first_task(s)["Parameters"].update(FunctionName="${AskFunktionArn}"))
    assert "ApprovalGate: ${AskFunktionArn} has no value" in " ".join(definitions.problems(broken))


def test_heartbeat_over_timeout(planted):
    """A heartbeat that is not below the timeout never counts, and is named with its state."""
    broken = planted(lambda s: first_task(s).update(HeartbeatSeconds=60, TimeoutSeconds=60))
    assert "HeartbeatSeconds 60 is not below TimeoutSeconds 60" in " ".join(definitions.problems(broken))


def test_unknown_jitter(planted):
    """A jitter strategy that Step Functions does not have is named."""
    broken = planted(lambda s: first_task(s).update(Retry=[{"ErrorEquals": ["X"], "JitterStrategy": "SOME"}]))
    assert "JitterStrategy SOME" in " ".join(definitions.problems(broken))


def test_dangling_next(planted):
    """A state that goes on to one that is not there is caught by asl-validator."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so asl-validator cannot run: apt-get install npm")
    broken = planted(lambda s: first_task(s).update(Next="Nowhere"))
    assert "Nowhere" in " ".join(asl_validator.problems(broken))


def test_definitions_pass_asl_validator(subject):
    """Every definition as it stands is valid for asl-validator too."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so asl-validator cannot run: apt-get install npm")
    assert list(asl_validator.problems(subject)) == []


def test_missing_node_is_said(monkeypatch, tmp_path, subject):
    """Where node is missing the check says so and fails, and does not pass in silence."""
    monkeypatch.setattr(asl_validator, "HERE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (tmp_path / "package-lock.json").write_text("{}")
    assert "node and npm are not installed" in " ".join(asl_validator.problems(subject))


def test_task_without_resource(planted):
    """cfn-lint sees into the definitions of the translated template: a task that calls nothing is found."""
    pytest.importorskip("cfnlint", reason="cfn-lint is in the group lint, which is not installed")
    from deploy.checks import lint

    broken = planted(lambda s: first_task(s).pop("Resource"))
    alone = {"Resources": {"ApprovalGate": broken.translated["Resources"]["ApprovalGate"]}}
    assert "E3601 'Resource' is a required property" in " ".join(lint.linted("template", alone))


def test_output_path_of_a_success_is_known(subject):
    """The OutputPath of a Succeed state, which cfn-lint wrongly refuses, is kept from it; the states stay."""
    from deploy.checks import lint

    known = lint.known_to_the_linter(subject.translated)["Resources"]["ApprovalGate"]["Properties"]["Definition"]
    assert known["States"].keys() == subject.definitions["ApprovalGate"]["States"].keys()
    assert not [name for name, state in states(known) if state["Type"] == "Succeed" and "OutputPath" in state]


FAILURE = {"check": "CKV_AWS_18", "name": "Ensure access logging", "resource": "EvidenceBucket"}
EXCEPTION = {"check": "CKV_AWS_18", "resources": ["Evidence*"], "reason": "CloudTrail has it."}


def test_exception_with_reason_covers():
    """What checkov complains of is passed over where an exception with a reason names check and resource."""
    assert list(static_analysis.judged([FAILURE], [EXCEPTION])) == []


@pytest.mark.parametrize("change", [{"reason": ""}, {"resources": ["LedgerTable"]}, {"check": "CKV_AWS_19"}])
def test_exception_that_does_not_cover(change):
    """An exception without a reason, or for something else, covers nothing; and is then to be deleted."""
    problems = list(static_analysis.judged([FAILURE], [{**EXCEPTION, **change}]))
    assert problems[0] == "EvidenceBucket: CKV_AWS_18 Ensure access logging"
    assert "covers nothing: delete it" in problems[1]


def test_checkov_finds_an_open_table(planted):
    """checkov looks at the translated template: a table without recovery is found."""
    if not shutil.which("uv"):
        pytest.skip("uv is not installed, so checkov cannot run: pip install uv")
    broken = planted(lambda s: properties(s, "LedgerTable").pop("PointInTimeRecoverySpecification"))
    alone = {"Resources": {"LedgerTable": broken.translated["Resources"]["LedgerTable"]}}
    found = static_analysis.failures(shutil.which("uv"), alone)
    assert [(failure["check"], failure["resource"]) for failure in found] == [("CKV_AWS_28", "LedgerTable")]


def test_member_role_without_its_guard(planted):
    """A role that cuts off and could cut off the responder itself is named."""

    def unguard(subject: Subject) -> None:
        (policy,) = subject.member["Resources"]["ContainRole"]["Properties"]["Policies"]
        policy["PolicyDocument"]["Statement"].pop()

    broken = planted(unguard)
    assert list(powers.problems(broken)) == ["ContainRole: may touch the responder's own roles, or AWS's"]
