"""IAM: credentials that moto lacks (service-specific ones, among them Bedrock API keys) and the report about all.

Source: IAM API reference. A Bedrock API key is a service-specific credential of `bedrock.amazonaws.com`; its secret is
shown once, at creation or reset.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from moto.iam.models import IAMBackend, iam_backends
from moto.iam.utils import generate_access_key_id_from_account_id

from deploy.local.model_service import ApiError, Call, extend, state_of

Json = dict[str, Any]
LIMIT = 2
_SERVICES = {"bedrock.amazonaws.com", "codecommit.amazonaws.com", "cassandra.amazonaws.com", "logs.amazonaws.com"}


def install() -> None:
    extend("iam", HANDLERS)
    _give_users_proper_ids()


def _give_users_proper_ids() -> None:
    """Ids of users begin with AIDA (IAM User Guide, "Unique identifiers"); moto's are any lower-case letters."""
    create_user = IAMBackend.create_user
    if hasattr(create_user, "__wrapped__"):
        return

    @wraps(create_user)
    def created(self: IAMBackend, *args: Any, **kwargs: Any) -> Any:
        user = create_user(self, *args, **kwargs)
        user.id = generate_access_key_id_from_account_id(self.account_id, prefix="AIDA", total_length=21)
        return user

    IAMBackend.create_user = created  # type: ignore[method-assign]


def _credentials(call: Call) -> dict[str, Json]:
    """All of the account: IAM is global, whichever Region the call was signed for."""
    return state_of("iam", call.account, "aws")["service_specific_credentials"]


def _user(call: Call, params: Json) -> Any:
    name = params.get("UserName", "")
    user = iam_backends[call.account]["aws"].users.get(name)
    if user is None:
        raise ApiError("NoSuchEntity", f"The user with name {name} cannot be found.")
    return user


def _of_user(call: Call, params: Json) -> Json:
    found = _credentials(call).get(params["ServiceSpecificCredentialId"])
    if found is None or params.get("UserName", found["UserName"]) != found["UserName"]:
        raise ApiError("NoSuchEntity", f"No such credential {params['ServiceSpecificCredentialId']} exists.")
    return found


def create_service_specific_credential(call: Call, params: Json) -> Json:
    user, service = _user(call, params), params["ServiceName"]
    if service not in _SERVICES:
        raise ApiError("NotSupportedService", f"No such service {service} is supported for this operation.")
    same = [c for c in _credentials(call).values() if (c["UserName"], c["ServiceName"]) == (user.name, service)]
    if len(same) >= LIMIT:
        raise ApiError("LimitExceeded", f"Cannot exceed quota for ServiceSpecificCredentialsPerUser: {LIMIT}")
    item = _new(call, user.name, params)
    _credentials(call)[item["ServiceSpecificCredentialId"]] = item
    return {"ServiceSpecificCredential": {**item, **_secret(item)}}


def _new(call: Call, user_name: str, params: Json) -> Json:
    days = params.get("CredentialAgeDays")
    alias = f"{user_name}-at-{call.account}"
    bearer = params["ServiceName"] == "bedrock.amazonaws.com"
    return {
        "UserName": user_name,
        "ServiceName": params["ServiceName"],
        "ServiceSpecificCredentialId": "ACCA" + call.new_id(17),
        "Status": "Active",
        "CreateDate": call.now,
        **({"ServiceCredentialAlias": alias} if bearer else {"ServiceUserName": alias}),
        **({"ExpirationDate": call.now + timedelta(days=int(days))} if days else {}),
    }


def _secret(item: Json) -> Json:
    name = "ServiceCredentialSecret" if "ServiceCredentialAlias" in item else "ServicePassword"
    return {name: secrets.token_urlsafe(32)}


def list_service_specific_credentials(call: Call, params: Json) -> Json:
    if not params.get("AllUsers"):
        _user(call, params)
    kept = [
        _metadata(item)
        for item in _credentials(call).values()
        if params.get("AllUsers") or item["UserName"] == params.get("UserName")
        if params.get("ServiceName", item["ServiceName"]) == item["ServiceName"]
    ]
    return {"ServiceSpecificCredentials": kept, "IsTruncated": False}


def _metadata(item: Json) -> Json:
    return {**item, "Status": status_of(item)}


def status_of(item: Json) -> str:
    """A key with an end is Expired after it, and stays so whatever it is set to."""
    ends = item.get("ExpirationDate")
    return "Expired" if ends and ends <= datetime.now(ends.tzinfo) else str(item["Status"])


def update_service_specific_credential(call: Call, params: Json) -> None:
    _of_user(call, params)["Status"] = params["Status"]


def delete_service_specific_credential(call: Call, params: Json) -> None:
    del _credentials(call)[_of_user(call, params)["ServiceSpecificCredentialId"]]


def reset_service_specific_credential(call: Call, params: Json) -> Json:
    item = _of_user(call, params)
    return {"ServiceSpecificCredential": {**item, **_secret(item)}}


def get_credential_report(call: Call, params: Json) -> Json:
    """moto makes the report; it says of every report that it is from 2015."""
    backend = iam_backends[call.account]["aws"]
    content = backend.get_credential_report()
    return {"Content": _as_bytes(content), "ReportFormat": "text/csv", "GeneratedTime": call.now}


def _as_bytes(content: Any) -> bytes:
    return content if isinstance(content, bytes) else str(content).encode()


HANDLERS = {
    "CreateServiceSpecificCredential": create_service_specific_credential,
    "ListServiceSpecificCredentials": list_service_specific_credentials,
    "UpdateServiceSpecificCredential": update_service_specific_credential,
    "DeleteServiceSpecificCredential": delete_service_specific_credential,
    "ResetServiceSpecificCredential": reset_service_specific_credential,
    "GetCredentialReport": get_credential_report,
}
