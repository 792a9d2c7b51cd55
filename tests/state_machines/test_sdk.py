"""The adapter gives the SDK's states the fields that they lack, and nothing of the SDK's package."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from state_machines import sdk

ROOT = Path(__file__).parents[2]
DEFINITIONS = ROOT / "state_machines" / "definitions"

IN_A_FRESH_PROCESS = """
import json, logging, sys
root = logging.getLogger()
before = (root.level, list(root.handlers))
from state_machines.render import definition
print(json.dumps({
    "definition": definition("approval_gate"),
    "root logger as it was": (root.level, list(root.handlers)) == before,
    "dragged in": sorted({"sagemaker", "pkg_resources"} & set(sys.modules)),
}))
"""


def test_renders_the_same_in_every_region() -> None:
    """In China's Regions too, with the root logger left alone, and without sagemaker and pkg_resources."""
    environment = {**os.environ, "AWS_DEFAULT_REGION": "cn-north-1"}
    answer = subprocess.run(
        [sys.executable, "-c", IN_A_FRESH_PROCESS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == {
        "definition": json.loads((DEFINITIONS / "approval_gate.asl.json").read_text()),
        "root logger as it was": True,
        "dragged in": [],
    }


@pytest.mark.parametrize(
    ("block", "rendered"),
    [
        (sdk.Fail("F", error_path="$.e", cause_path="$.c"), {"ErrorPath": "$.e", "CausePath": "$.c"}),
        (sdk.LambdaTask("T", result_selector={"a.$": "$.b"}), {"ResultSelector": {"a.$": "$.b"}}),
        (sdk.NestedTask("T", credentials={"RoleArn": "r"}), {"Credentials": {"RoleArn": "r"}}),
        (sdk.LambdaTask("T", timeout_seconds_path="$.t"), {"TimeoutSecondsPath": "$.t"}),
        (sdk.LambdaTask("T", heartbeat_seconds_path="$.h"), {"HeartbeatSecondsPath": "$.h"}),
        (sdk.Parallel("P", result_selector={"a.$": "$[0]"}), {"ResultSelector": {"a.$": "$[0]"}}),
        (
            sdk.Retry(error_equals=["E"], max_delay_seconds=9, jitter_strategy="FULL"),
            {"MaxDelaySeconds": 9, "JitterStrategy": "FULL"},
        ),
        (
            sdk.Map("M", iterator=sdk.Pass("I"), item_selector={"a.$": "$.b"}, item_reader={"Resource": "r"}),
            {
                "ItemSelector": {"a.$": "$.b"},
                "ItemReader": {"Resource": "r"},
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    "StartAt": "I",
                    "States": {"I": {"Type": "Pass", "End": True}},
                },
            },
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "-".join(value),
)
def test_takes_the_fields_that_the_sdk_lacks(block: Any, rendered: dict[str, Any]) -> None:
    """Each is rendered under its name in the Amazon States Language."""
    assert rendered.items() <= block.to_dict().items()


def test_refuses_a_field_that_does_not_exist() -> None:
    """A slip of the pen is still found when the definition is authored."""
    with pytest.raises(TypeError, match="result_selektor"):
        sdk.LambdaTask("T", result_selektor={})


def test_calls_are_named_in_one_partition() -> None:
    """The integrations' ARNs, with their patterns."""
    assert sdk.LambdaTask("T").to_dict()["Resource"] == "arn:aws:states:::lambda:invoke"
    assert sdk.LambdaTask("T", wait_for_callback=True).to_dict()["Resource"].endswith(":invoke.waitForTaskToken")
    assert sdk.NestedTask("T").to_dict()["Resource"] == "arn:aws:states:::states:startExecution.sync:2"


def test_says_how_to_install_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in a dependency group of its own, which not everybody has."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="uv sync --group author"):
        sdk._without_package_import()
