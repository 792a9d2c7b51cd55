"""AWS's refusals: what is throttled is asked again and then has a name, a Region that is off is named."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from lambdas.core import refusals
from lambdas.core.errors import Throttled


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "ListAgents")


class Clock:
    """Time that passes only by waiting."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.waits = 0.0, list[float]()
        monkeypatch.setattr(refusals, "time", SimpleNamespace(monotonic=lambda: self.now, sleep=self.sleep))
        monkeypatch.setattr(refusals, "random", SimpleNamespace(uniform=lambda low, high: high))

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)


@pytest.mark.parametrize("code", refusals.THROTTLING)
def test_throttling_has_the_name_that_the_machines_retry(code: str) -> None:
    """Whether or not a model declares the code: botocore gives IAM's Throttling no class of its own."""
    with pytest.raises(Throttled, match=r"call less often.*ListAgents"), refusals.throttling_by_name():
        raise refused(code)


def test_another_error_keeps_its_name() -> None:
    """What waiting does not help is not called throttling."""
    with pytest.raises(ClientError, match="AccessDenied"), refusals.throttling_by_name():
        raise refused("AccessDenied")


def test_a_read_is_asked_again_with_backoff_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses double up to ten seconds."""
    clock, answers = Clock(monkeypatch), iter([refused("Throttling")] * 5 + ["there"])

    def call() -> str:
        answer = next(answers)
        if isinstance(answer, ClientError):
            raise answer
        return answer

    assert refusals.patiently(call) == "there"
    assert clock.waits == [1, 2, 4, 8, 10]


def test_patience_ends_and_says_what_aws_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """After 45 seconds the read has failed; an error that will not pass is not asked again at all."""
    clock = Clock(monkeypatch)
    for code in ("Throttling", "AccessDenied"):
        error = refused(code)
        with pytest.raises(ClientError, match=code):
            refusals.patiently(lambda error=error: (_ for _ in ()).throw(error))  # type: ignore[misc]
    assert refusals.PATIENCE_SECONDS <= sum(clock.waits) <= refusals.PATIENCE_SECONDS + refusals.LONGEST_PAUSE_SECONDS


@pytest.mark.parametrize("code", refusals.OFF)
def test_a_region_that_is_off_is_named_with_what_to_do(code: str) -> None:
    """The code alone sounds as if our own credentials were wrong."""
    words = refusals.said(refused(code), "me-south-1")
    assert "Region me-south-1 cannot be read: it is switched off" in words
    assert "aws account enable-region --region-name me-south-1" in words


def test_a_region_without_an_endpoint_is_named_too() -> None:
    """Where nothing answers there is no code at all."""
    error = EndpointConnectionError(endpoint_url="https://bedrock.me-south-1.amazonaws.com")
    assert "Region me-south-1 cannot be read" in refusals.said(error, "me-south-1")


def test_any_other_refusal_stays_as_it_is() -> None:
    """A denial is not a Region."""
    assert "cannot be read" not in refusals.said(refused("AccessDenied"), "us-east-1")
