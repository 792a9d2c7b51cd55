"""What trails do not record is told, and only that: checked against CloudTrail's own rule for single records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdas.evidence.coverage import NEVER, PARTLY, not_logged
from lambdas.evidence.query import watchlist

Json = dict[str, Any]
REGION = "us-west-2"
ALL = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}


def trail(*basic: Json, advanced: list[list[Json]] | None = None, **members: Any) -> Json:
    return {
        "name": "t", "logging": True, "multi_region": True, "home_region": "us-east-1", "global_events": True,
        "event_selectors": list(basic), "advanced_event_selectors": [{"FieldSelectors": f} for f in advanced or []],
        **members,
    }  # fmt: skip


def field(name: str, **operators: list[str]) -> Json:
    return {"Field": name, **operators}


def data(*types: str, **more: Json) -> list[list[Json]]:
    """One selector for each type, as AWS wants it."""
    return [
        [field("eventCategory", Equals=["Data"]), field("resources.type", Equals=[t]), *more.values()] for t in types
    ]


def event(name: str, source: str = "bedrock.amazonaws.com") -> Json:
    (found,) = [row for row in watchlist() if (row["eventSource"], row["eventName"]) == (source, name)]
    return found


def names(answer: list[Json]) -> set[str]:
    return {row["eventName"] for row in answer}


def test_without_a_trail_nothing_is_recorded():
    """No trail, or one that does not log, is no log: all 362 are named, with what to switch on."""
    for trails in ([], [trail(ALL, logging=False)]):
        answer = not_logged(trails, watchlist(), REGION)
        assert len(answer) == 362
        assert {row["recorded"] for row in answer} == {NEVER}
        assert {row["why"] for row in answer} == {"no trail is logging"}
        assert all(row["switch_on"] for row in answer)


def test_a_common_trail_misses_the_data_events():
    """Management events of both kinds are what most accounts have: of these all are recorded, of data events none."""
    answer = not_logged([trail(ALL)], watchlist(), REGION)
    assert {row["category"] for row in answer} == {"Data", "unknown"}
    assert {row["recorded"] for row in answer if row["category"] == "Data"} == {NEVER}
    assert {row["recorded"] for row in answer if row["category"] == "unknown"} == {PARTLY}
    (retrieve,) = not_logged([trail(ALL)], [event("Retrieve")], REGION)
    assert retrieve["why"] == "no trail selects data events here"
    assert retrieve["switch_on"] == "data events of AWS::Bedrock::KnowledgeBase"


def test_a_trail_of_writes_misses_the_calls_of_models():
    """CloudTrail flags InvokeModel as a read: whoever records writes only, does not see the theft."""
    only_writes = {**ALL, "ReadWriteType": "WriteOnly"}
    answer = not_logged([trail(only_writes)], watchlist(), REGION)
    assert {"InvokeModel", "Converse"} <= names(answer)
    assert "DeleteGuardrail" not in names(answer)
    (invoke,) = not_logged([trail(only_writes)], [event("InvokeModel")], REGION)
    assert (invoke["recorded"], invoke["why"]) == (NEVER, "only reads, or only writes, are selected")
    # Both halves in two trails are the whole.
    assert not not_logged(
        [trail(only_writes), trail({**ALL, "ReadWriteType": "ReadOnly"})], [event("InvokeModel")], REGION
    )


def test_a_flag_that_nobody_knows_is_taken_for_either():
    """An event whose readOnly is unknown is recorded for sure only where reads and writes both are."""
    unknown = event("CreateProject", "bedrock-mantle.amazonaws.com")
    assert unknown["readOnly"] == "unknown"
    (told,) = not_logged([trail({**ALL, "ReadWriteType": "WriteOnly"})], [unknown], REGION)
    assert told["recorded"] == PARTLY
    assert not_logged([trail(ALL)], [unknown], REGION) == []


def test_a_service_that_is_left_out_is_told():
    """KMS is often excluded for its volume: then nobody sees a key being disabled."""
    (told,) = not_logged(
        [trail({**ALL, "ExcludeManagementEventSources": ["kms.amazonaws.com"]})],
        [event("DisableKey", "kms.amazonaws.com"), event("DeleteGuardrail")],
        REGION,
    )
    assert (told["eventName"], told["why"]) == ("DisableKey", "its service is left out")


def test_data_events_by_type():
    """The type that is selected is recorded; another one, and a type for some resources only, is not for sure."""
    some = field("resources.ARN", StartsWith=["arn:aws:bedrock:us-west-2:111122223333:knowledge-base/AAA"])
    agents, bases = "AWS::Bedrock::AgentAlias", "AWS::Bedrock::KnowledgeBase"
    retrieve = [event("Retrieve")]
    assert not_logged([trail(advanced=data(bases))], retrieve, REGION) == []
    (other,) = not_logged([trail(advanced=data(agents))], retrieve, REGION)
    assert (other["recorded"], other["why"]) == (NEVER, "not every resource type of it is selected")
    (partly,) = not_logged([trail(advanced=data(agents, bases, some=some))], retrieve, REGION)
    assert partly["recorded"] == PARTLY and "only some resources" in partly["why"]


def test_an_event_of_several_types_needs_them_all():
    """A call through bedrock-mantle is on a project or on a reservation: one type selected is half of it."""
    inference = event("CreateInference", "bedrock-mantle.amazonaws.com")
    (partly,) = not_logged([trail(advanced=data(inference["resources"][0]))], [inference], REGION)
    assert partly["recorded"] == PARTLY
    assert not_logged([trail(advanced=data(*inference["resources"]))], [inference], REGION) == []


def test_a_type_that_aws_does_not_document_is_said():
    """No selector can be named for it, and none is invented."""
    (told,) = not_logged([trail(advanced=data("AWS::BedrockAgentCore::Gateway"))],
                         [event("InvokeHarness", "bedrock-agentcore.amazonaws.com")], REGION)  # fmt: skip
    assert told["why"] == told["switch_on"] == "AWS does not say which resource type selects it"


def test_regions_and_global_events():
    """A trail of one Region records that Region; IAM's events are those of us-east-1."""
    guardrail, user = event("DeleteGuardrail"), event("CreateUser", "iam.amazonaws.com")
    here = trail(ALL, multi_region=False, home_region=REGION)
    home = trail(ALL, multi_region=False, home_region="us-east-1")
    assert names(not_logged([here], [guardrail, user], REGION)) == {"CreateUser"}
    assert names(not_logged([home], [guardrail, user], REGION)) == {"DeleteGuardrail"}
    assert not_logged([here, home], [guardrail, user], REGION) == []
    assert names(not_logged([trail(ALL, global_events=False)], [guardrail, user], REGION)) == {"CreateUser"}


def test_basic_selectors_can_name_resources():
    """`arn:aws:s3` is every object; the ARN of a bucket is that bucket's."""
    made_up = {**event("Retrieve"), "resources": ["AWS::S3::Object"]}
    chosen = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::one/"]}
    whole = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}
    assert not_logged([trail({**ALL, "DataResources": [chosen]})], [made_up], REGION)[0]["recorded"] == PARTLY
    assert not_logged([trail({**ALL, "DataResources": [whole]})], [made_up], REGION) == []


# -------------------------------------------------------------------------- against single records

TYPES = ["AWS::Bedrock::KnowledgeBase", "AWS::Bedrock::AgentAlias", "AWS::Bedrock::Model"]
SOURCES = ["bedrock.amazonaws.com", "kms.amazonaws.com"]
VALUES = {"readOnly": ["true", "false"], "eventSource": SOURCES, "eventName": ["Retrieve", "Ret", "InvokeAgent"],
          "resources.type": TYPES, "resources.ARN": ["arn:a", "arn:b"]}  # fmt: skip
OPERATORS = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"]


@st.composite
def field_selectors(draw: Any) -> Json:
    name = draw(st.sampled_from(list(VALUES)))
    chosen = draw(st.lists(st.sampled_from(OPERATORS), min_size=1, max_size=2, unique=True))
    return {"Field": name} | {o: draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=2)) for o in chosen}


@st.composite
def trails(draw: Any) -> Json:
    category = st.sampled_from(["Management", "Data"]).map(lambda c: field("eventCategory", Equals=[c]))
    selector = st.builds(lambda c, fields: [c, *fields], category, st.lists(field_selectors(), max_size=3))
    basic = st.fixed_dictionaries({
        "ReadWriteType": st.sampled_from(["All", "ReadOnly", "WriteOnly"]),
        "IncludeManagementEvents": st.booleans(),
        "ExcludeManagementEventSources": st.lists(st.sampled_from(SOURCES), max_size=1),
    })  # fmt: skip
    is_advanced = draw(st.booleans())
    return trail(
        *([] if is_advanced else draw(st.lists(basic, max_size=2))),
        advanced=draw(st.lists(selector, max_size=3)) if is_advanced else None,
        logging=draw(st.booleans()),
    )


events = st.fixed_dictionaries({
    "eventSource": st.sampled_from(SOURCES), "eventName": st.sampled_from(["Retrieve", "InvokeAgent"]),
    "category": st.sampled_from(["Management", "Data", "unknown"]),
    "readOnly": st.sampled_from([True, False, "unknown"]),
    "resources": st.lists(st.sampled_from(TYPES), max_size=2, unique=True),
})  # fmt: skip


def records(seen: Json) -> Iterator[Json]:
    """Every record that the event could leave, with every value of what the catalogue does not know."""
    for category in ["Management", "Data"] if seen["category"] == "unknown" else [seen["category"]]:
        for flag in ("true", "false") if seen["readOnly"] == "unknown" else (str(seen["readOnly"]).lower(),):
            for kind in (seen["resources"] or [*TYPES, "AWS::Other::Type"]) if category == "Data" else ["none"]:
                for arn in ("arn:a", "arn:b", "arn:c"):
                    yield {"eventCategory": category, "readOnly": flag, "resources.type": kind, "resources.ARN": arn,
                           "eventSource": seen["eventSource"], "eventName": seen["eventName"]}  # fmt: skip


def is_recorded(record: Json, found: Json) -> bool:
    """CloudTrail's rule for one record, written anew: all fields of a selector fit, or a basic one does."""
    if not found["logging"]:
        return False
    for basic in found["event_selectors"]:
        wanted = {"All": "truefalse", "ReadOnly": "true", "WriteOnly": "false"}[basic["ReadWriteType"]]
        is_selected = record["eventCategory"] == "Management" and basic["IncludeManagementEvents"]
        is_excluded = record["eventSource"] in basic["ExcludeManagementEventSources"]
        if is_selected and record["readOnly"] in wanted and not is_excluded:
            return True
    return any(all(fits(record, f) for f in s["FieldSelectors"]) for s in found["advanced_event_selectors"])


def fits(record: Json, wanted: Json) -> bool:
    value, tests = record[wanted["Field"]], []
    for name, given_values in wanted.items():
        if name == "Field":
            continue
        kind = name.removeprefix("Not")
        compare = {"Equals": value.__eq__, "StartsWith": value.startswith, "EndsWith": value.endswith}[kind]
        hit = any(compare(v) for v in given_values)
        tests.append((name.startswith("Not"), hit))
    including = [hit for negated, hit in tests if not negated]
    return (not including or any(including)) and not any(hit for negated, hit in tests if negated)


@given(found=st.lists(trails(), max_size=3), seen=events)
@settings(max_examples=500, deadline=None)
def test_the_judgement_holds_for_every_record(found, seen):
    """What is not named is recorded whatever its record holds; what is named as never recorded is in no trail."""
    answer = not_logged(found, [seen], REGION)
    outcomes = {any(is_recorded(record, t) for t in found) for record in records(seen)}
    if not answer:
        assert outcomes == {True}
    elif answer[0]["recorded"] == NEVER:
        assert outcomes == {False}
    assert all(row["why"] and row["switch_on"] for row in answer)


@pytest.mark.parametrize("category", ["Management", "Data"])
def test_one_trail_for_everything_of_known_type(category):
    """With management events and every known type selected, only what nobody knows is left."""
    kinds = sorted({kind for row in watchlist() for kind in row["resources"]})
    whole = trail(advanced=[[field("eventCategory", Equals=["Management"])], *data(*kinds)])
    left = [row for row in not_logged([whole], watchlist(), REGION) if row["category"] == category]
    assert all(not row["resources"] and category == "Data" for row in left)
