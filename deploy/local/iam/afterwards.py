"""Decisions about what a service does later for whoever called it, with the permissions of that caller."""

from __future__ import annotations

from typing import Any

from deploy.local.iam.decisions import decide
from deploy.local.iam.principals import Caller, KeyRefusedError, identify, issued
from deploy.local.iam.requests import ApiRequest
from deploy.local.model_service import service_model


def caller_of(access_key: str) -> Caller | None:
    """Whose request it is that the gate let pass. None where no gate was: a mock of AWS knows no keys."""
    try:
        return identify(access_key, issued(access_key))
    except KeyRefusedError:
        return None


def refusal(caller: Caller | None, service: str, operation: str, region: str, **params: Any) -> str:
    """Why the caller may not do this, in AWS's words; empty where they may."""
    if caller is None:
        return ""
    denial = decide(_request(caller, service, operation, region, params), caller)
    return denial.message if denial else ""


def _request(caller: Caller, service: str, operation: str, region: str, params: dict[str, Any]) -> ApiRequest:
    return ApiRequest(
        signing_name=service,
        service=service,
        operation=service_model(service).operation_model(operation),
        protocol="",
        params=params,
        region=region,
        access_key=caller.access_key,
        token=None,
        user_agent="athena.amazonaws.com",
        source_ip="athena.amazonaws.com",
        host="",
    )
