"""The SAM template as CloudFormation sees it, with each state machine's definition put in its place.

Used by the deployer of the embedded AWS and by the checks: linters see nothing of a SAM template's definitions.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]

DEPLOY = Path(__file__).parent
TEMPLATE = DEPLOY / "template.yaml"
MEMBER = DEPLOY / "member.yaml"

PACKAGE_PLACE = {"Bucket": "package", "Key": "package.zip"}
"""Stands where `sam package` would put the uploaded zip: the translator refuses paths of this machine."""


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub, ...)."""


def _short_form(loader: _Loader, name: str, node: yaml.Node) -> Json:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _short_form)
# Dates stay text, as "2012-10-17" must.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path = TEMPLATE) -> Json:
    """The template with every short form spelled out ({"Fn::Sub": ...})."""
    template: Json = yaml.load(path.read_text(), _Loader)
    return template


def definition_files(template: Json, base: Path = DEPLOY) -> dict[str, Path]:
    """The file of each state machine's definition, by logical id."""
    return {
        name: (base / resource["Properties"]["DefinitionUri"]).resolve()
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::StateMachine"
    }


def definitions(template: Json, base: Path = DEPLOY) -> dict[str, Json]:
    """Each state machine's definition by logical id. Raises FileNotFoundError for one that is not rendered."""
    return {name: json.loads(file.read_text()) for name, file in definition_files(template, base).items()}


def translate(template: Json, machines: Mapping[str, Json] | None = None) -> Json:
    """CloudFormation for a SAM template. State machines get `Definition`, functions the `PACKAGE_PLACE` as code.

    `machines` are the definitions, those of the files where none are given. Raises samtranslator's
    InvalidDocumentException.
    """
    machines = definitions(template) if machines is None else machines
    translated = _translated(_packaged(template))
    for name, definition in machines.items():
        properties = translated["Resources"][name]["Properties"]
        del properties["DefinitionS3Location"]
        properties["Definition"] = definition
    return translated


def _packaged(template: Json) -> Json:
    packaged = copy.deepcopy(template)
    packaged.get("Globals", {}).get("Function", {}).update(CodeUri=dict(PACKAGE_PLACE))
    for resource in packaged["Resources"].values():
        if resource["Type"] == "AWS::Serverless::StateMachine":
            resource["Properties"]["DefinitionUri"] = {"Bucket": "definitions", "Key": "definition.asl.json"}
    return packaged


def _translated(template: Json) -> Json:
    # Here and not above: these imports take 0.8 s.
    import boto3
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    # The Region only decides on the partition of ARNs of AWS's managed policies.
    session = boto3.Session(region_name="us-east-1")
    translated: Json = Translator({}, Parser(), boto_session=session).translate(template, {})
    return translated
