"""What one record is: as much of it as decides whether it matters, and the line that the tables are made from.

Times become YYYY-MM-DDTHH:MM:SSZ. A record whose fields are spelled in lower case, null or numbers where text belongs
(Athena's and CloudTrail Lake's exports) is mended before it is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta, Raw, Struct

from hunt.content import clean

Json = dict[str, Any]
Text = str | None
Flag = bool | str | None
Truth = bool | None
Count = Annotated[int, Meta(ge=0, le=2**53)] | None
NOTHING = Raw(b"null")
LONGEST = 16_000_000
"""Bytes of one record; CloudTrail's end at 256 KB, Bedrock's at two bodies of 100 KB."""


TIME = r"[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"
"""As CloudTrail writes it, on a day that every month has."""
USUAL = re.compile(TIME, re.ASCII)
USUALS = re.compile(f"(?:{TIME})*+", re.ASCII)


class NotARecord(ValueError):
    """The message is the reason."""


class Issuer(Struct, frozen=True, gc=False):
    arn: Text = None


class Session(Struct, frozen=True, gc=False):
    sessionIssuer: Issuer = Issuer()  # noqa: N815


class Who(Struct, frozen=True, gc=False):
    accessKeyId: Text = None  # noqa: N815
    arn: Text = None
    sessionContext: Session = Session()  # noqa: N815


class Event(Struct, gc=False):
    """As much of a CloudTrail record as each one is looked at for."""

    eventTime: str  # noqa: N815
    eventSource: str  # noqa: N815
    eventName: str  # noqa: N815
    userIdentity: Who = Who()  # noqa: N815
    awsRegion: Text = None  # noqa: N815
    recipientAccountId: Text = None  # noqa: N815
    eventCategory: Text = None  # noqa: N815


class Resource(Struct, omit_defaults=True, gc=False):
    """AWS writes ARN in CloudTrail's files, others arn; Athena does not mind, DuckDB's reader of JSON does."""

    arn: Text = None
    ARN: Text = None
    accountId: Text = None  # noqa: N815
    type: Text = None


Resources = list[Resource] | None


def _struct(name: str, columns: dict[str, Any]) -> Any:
    fields = [(column, kind, NOTHING if kind is Raw else None) for column, kind in columns.items()]
    return msgspec.defstruct(name, fields, omit_defaults=True, gc=False)


def _texts(*names: str) -> Json:
    return dict.fromkeys(names, Text)


FullIssuer = _struct("FullIssuer", _texts("type", "principalId", "arn", "accountId", "userName"))
Attributes = _struct("Attributes", {"mfaAuthenticated": Flag, "creationDate": Text})
FullSession = _struct("FullSession", {"attributes": Attributes | None, "sessionIssuer": FullIssuer | None})
OnBehalfOf = _struct("OnBehalfOf", _texts("userId", "identityStoreArn"))
Identity = _struct(
    "Identity",
    _texts("type", "principalId", "arn", "accountId", "invokedBy", "accessKeyId", "userName")
    | {"onBehalfOf": OnBehalfOf | None, "sessionContext": FullSession | None},
)
Tls = _struct("Tls", _texts("tlsVersion", "cipherSuite", "clientProvidedHostHeader"))
Record = _struct(
    "Record",
    _texts("eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent")
    | _texts("errorCode", "errorMessage", "requestID", "eventID", "eventType", "recipientAccountId", "sharedEventID")
    | _texts("vpcEndpointId", "eventCategory")
    | {"userIdentity": Identity | None, "requestParameters": Raw, "responseElements": Raw, "additionalEventData": Raw}
    | {"readOnly": Flag, "resources": Resources, "managementEvent": Truth}
    | {"sessionCredentialFromConsole": Flag, "tlsDetails": Tls | None},
)
Input = _struct(
    "Input",
    {"inputContentType": Text, "inputBodyJson": Raw, "inputBodyS3Path": Text, "inputTokenCount": Count}
    | {"cacheReadInputTokenCount": Count, "cacheWriteInputTokenCount": Count},
)
Output = _struct(
    "Output", {"outputContentType": Text, "outputBodyJson": Raw, "outputBodyS3Path": Text, "outputTokenCount": Count}
)
Invocation = _struct(
    "Invocation",
    _texts("schemaType", "schemaVersion", "timestamp", "accountId", "region", "inferenceRegion", "requestId")
    | _texts("operation", "modelId", "errorCode")
    | {"identity": _struct("Arn", _texts("arn")) | None, "requestMetadata": Raw}
    | {"input": Input | None, "output": Output | None},
)
CONVERSATION = (
    *("application_id", "event_timestamp", "log_type", "account_id", "conversation_id", "system_message_id"),
    *("user_message_id", "user_message", "system_message", "output_metrics_is_message_blocked"),
    *("output_metrics_is_message_with_no_answer", "user_email", "hallucinated_message", "usefulness"),
    *("usefulness_reason", "comment"),
)
Conversation = _struct("Conversation", _texts(*CONVERSATION))

_encode, _encode_lines = msgspec.json.Encoder().encode, msgspec.json.Encoder().encode_lines
_record, _records, _invocation, _conversation = (
    cast("Callable[[bytes], Any]", msgspec.json.Decoder(kind).decode)
    for kind in (Record, list[Record], Invocation, Conversation)  # type: ignore[valid-type]
)
event_of: Callable[[bytes | Raw], Event] = msgspec.json.Decoder(Event).decode


def usual(times: list[str]) -> bool:
    """Whether all are times as CloudTrail writes them, each of 20 characters."""
    return USUALS.fullmatch("".join(times)) is not None and set(map(len, times)) <= {20}


def time_of(text: str | None) -> str | None:
    """YYYY-MM-DDTHH:MM:SSZ from ISO text with any number of decimals, with T or a space, in UTC if it does not say, or
    from milliseconds since 1970. None where it is not a time."""
    if text is None or USUAL.fullmatch(text):
        return text
    try:
        if text.isascii() and text.isdecimal():
            time = datetime.fromtimestamp(int(text) / 1000, UTC)
        else:
            time = datetime.fromisoformat(re.sub(r"\.\d*", "", text.strip(), count=1).replace(" UTC", "Z"))
    except (ValueError, OverflowError, OSError):
        return None
    time = time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time.year >= 1000 else None


def record_of(raw: bytes | Raw) -> Any:
    """A whole CloudTrail record, its time normal. Raises NotARecord."""
    record = _typed(_record, bytes(raw), Record)
    record.eventTime = _time(record.eventTime, "eventTime")
    _name_resources(record)
    return record


def usual_records(raws: Sequence[bytes | Raw]) -> tuple[list[Any], list[bytes]]:
    """Whole CloudTrail records and their lines, all at once: a third of the time. Raises NotARecord where one of them
    has to be mended, or is none."""
    try:
        records = _records(b"[" + b",".join(raws) + b"]")
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise NotARecord("one is to be mended") from problem
    if not usual([record.eventTime or "" for record in records]):
        raise NotARecord("a time is to be mended")
    for record in records:
        _name_resources(record)
    text = _encode_lines(records)
    if b"\r" in text or text.count(b"\n") != len(records) or len(text) > LONGEST:
        raise NotARecord("a line is to be looked at")
    return records, bytes(text if text.isascii() else clean(text)).split(b"\n")[:-1]


def _name_resources(record: Any) -> None:
    for resource in record.resources or ():
        resource.ARN, resource.arn = resource.ARN or resource.arn, None


def invocation_of(raw: bytes | Raw) -> Any:
    """A model invocation's record, its time normal. Raises NotARecord."""
    record = _typed(_invocation, bytes(raw), Invocation)
    record.timestamp = _time(record.timestamp, "timestamp")
    return record


def conversation_of(raw: bytes | Raw) -> Any:
    """A record of Amazon Q Business's conversation log, its time normal. Raises NotARecord."""
    record = _typed(_conversation, bytes(raw), Conversation)
    record.event_timestamp = _time(record.event_timestamp, "event_timestamp")
    return record


def line_of(record: Any) -> bytes:
    """The line that DuckDB reads. Raises NotARecord where it would be too long for it."""
    line = _encode(record)
    if b"\n" in line or b"\r" in line:  # It was laid out over several lines.
        line = msgspec.json.format(line, indent=-1)
    if len(line) > LONGEST:
        raise NotARecord(f"longer than {LONGEST:,} bytes")
    return line if line.isascii() else bytes(clean(line))


def mended_event(raw: bytes | Raw) -> tuple[Event, bytes]:
    """A CloudTrail record that is spelled another way, and its text in AWS's spelling. Raises NotARecord."""
    text = _encode(_mended(_object(bytes(raw)), Record))
    try:
        return event_of(text), text
    except msgspec.ValidationError as problem:
        raise NotARecord(_reason(problem)) from problem


def _time(text: str | None, field: str) -> str:
    time = time_of(text)
    if time is None:
        raise NotARecord(f"{field} is {'missing' if text is None else 'not a time'}")
    return time


def _typed(decode: Callable[[bytes], Any], raw: bytes, kind: Any) -> Any:
    try:
        return decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raw = bytes(clean(raw))
    try:
        return decode(_encode(_mended(_object(raw), kind)))
    except msgspec.DecodeError as problem:
        raise NotARecord(_reason(problem)) from problem


def _reason(problem: msgspec.DecodeError) -> str:
    """Without what came in: msgspec names the kinds and the place, and a key only where it is one of ours."""
    return str(problem)[:200]


def _object(raw: bytes) -> Json:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise NotARecord("not JSON") from problem
    if not isinstance(value, dict):
        raise NotARecord("not an object")
    return value


def _mended(value: Json, kind: Any) -> Json:
    """`value` with the fields of the struct `kind` spelled as there and of the kinds that belong there. What cannot be
    one is left out, so that one odd field does not cost the record."""
    names = {field.name.lower(): field for field in msgspec.structs.fields(kind)}
    found = [(names[key.lower()], part) for key, part in value.items() if key.lower() in names]
    mended = {field.name: _part(part, field.type) for field, part in found if part is not None}
    return {name: part for name, part in mended.items() if part is not None}


def _part(part: Any, kind: Any) -> Any:
    kinds = getattr(kind, "__args__", ())
    inner = next((one for one in kinds if isinstance(one, type) and issubclass(one, Struct)), None)
    if inner is not None:
        part = _unquoted(part)
        return _mended(part, inner) if isinstance(part, dict) else None
    if kind == Text:
        return part if isinstance(part, str) else json.dumps(part)
    if kind == Truth:
        return {"true": True, "false": False}.get(str(part).lower())
    return _resources(_unquoted(part)) if kind == Resources else part


def _resources(part: Any) -> list[Json] | None:
    if not isinstance(part, list):
        return None
    return [_mended(one, Resource) if isinstance(one, dict) else {"arn": str(one)} for one in part]


def _unquoted(part: Any) -> Any:
    if not isinstance(part, str):
        return part
    try:
        return json.loads(part)
    except (ValueError, RecursionError):
        return part
