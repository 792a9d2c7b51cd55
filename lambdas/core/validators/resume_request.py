"""Rendered from schemas/resume_request.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$': re.compile('^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+\\Z'), '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:': re.compile('^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'requested_by']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'incident_id' in data_keys:
            data_keys.remove('incident_id')
            data__incidentid = data['incident_id']
            if not isinstance(data__incidentid, str):
                raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must be string')
            if isinstance(data__incidentid, str):
                if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data__incidentid):
                    raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
        if 'requested_by' in data_keys:
            data_keys.remove('requested_by')
            data__requestedby = data['requested_by']
            if not isinstance(data__requestedby, str):
                raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must be string')
            if isinstance(data__requestedby, str):
                data__requestedby_len = len(data__requestedby)
                if data__requestedby_len > 254:
                    raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must have at most 254 characters')
                if not REGEX_PATTERNS['^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$'].search(data__requestedby):
                    raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must match ^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$')
        if 'requester_arn' in data_keys:
            data_keys.remove('requester_arn')
            data__requesterarn = data['requester_arn']
            if not isinstance(data__requesterarn, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must be string or null')
            if isinstance(data__requesterarn, str):
                data__requesterarn_len = len(data__requesterarn)
                if data__requesterarn_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must have at most 2048 characters')
                if not REGEX_PATTERNS['^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:'].search(data__requesterarn):
                    raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must match ^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, requested_by, requester_arn')
    return data
