"""CloudFormation's functions resolve as CloudFormation resolves them."""

import pytest

from deploy.local.deployer.errors import DeployError
from deploy.local.deployer.intrinsics import Applied, Resolver, names_in

CONDITIONS = {"Yes": {"Fn::Equals": [{"Ref": "Name"}, "ada"]}, "No": {"Fn::Not": [{"Condition": "Yes"}]}}


@pytest.fixture
def resolver():
    resolver = Resolver({"Name": "ada", "AWS::Region": "eu-west-1"}, CONDITIONS)
    resolver.resources["Table"] = Applied("table-1", {"Arn": "arn:table-1"})
    return resolver


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"Ref": "Name"}, "ada"),
        ({"Ref": "Table"}, "table-1"),
        ({"Fn::GetAtt": ["Table", "Arn"]}, "arn:table-1"),
        ({"Fn::Sub": "${Name}/${Table}/${Table.Arn}/${AWS::Region}"}, "ada/table-1/arn:table-1/eu-west-1"),
        ({"Fn::Sub": "${!Literal}"}, "${Literal}"),
        ({"Fn::Sub": ["${Who}", {"Who": {"Ref": "Name"}}]}, "ada"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Name"}]]}, "a-ada"),
        ({"Fn::Select": [1, {"Fn::Split": ["@", "a@b.example.com"]}]}, "b.example.com"),
        ({"Fn::If": ["Yes", "then", "else"]}, "then"),
        ({"Fn::If": ["No", "then", "else"]}, "else"),
        ({"a": {"Fn::If": ["No", 1, {"Ref": "AWS::NoValue"}]}, "b": [2]}, {"b": [2]}),
        ({"Condition": {"StringEquals": {"k": {"Ref": "Name"}}}}, {"Condition": {"StringEquals": {"k": "ada"}}}),
    ],
)
def test_resolves(resolver, value, wanted):
    """Each function gives what CloudFormation would give; a Condition block of an IAM statement is no function."""
    assert resolver.resolve(value) == wanted


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"Ref": "Nobody"}, "Nobody: is neither"),
        ({"Fn::GetAtt": ["Table", "StreamArn"]}, r"Table\.StreamArn: .* gives only Arn"),
        ({"Fn::ImportValue": "x"}, "Fn::ImportValue: .* does not resolve it"),
    ],
)
def test_names_what_it_cannot_resolve(resolver, value, message):
    """What cannot be resolved is named."""
    with pytest.raises(DeployError, match=message):
        resolver.resolve(value)


def test_finds_every_reference():
    """Order comes from every way of referring, those inside Fn::Sub too, but not from its own names."""
    value = {
        "a": {"Ref": "A"},
        "b": [{"Fn::GetAtt": ["B", "Arn"]}],
        "c": {"Fn::Sub": ["${C.Arn}${X}", {"X": {"Ref": "D"}}]},
    }
    assert set(names_in(value)) == {"A", "B", "C", "D"}
