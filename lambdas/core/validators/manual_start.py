"""Rendered from schemas/manual_start.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$': re.compile('^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+\\Z'), '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:': re.compile('^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['playbook', 'account', 'region', 'principal', 'reason', 'requested_by']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'playbook' in data_keys:
            data_keys.remove('playbook')
            data__playbook = data['playbook']
            if not (isinstance(data__playbook, str) and data__playbook == 'bedrock'):
                raise mismatch('' + (name_prefix or 'data') + '.playbook', 'must be one of "bedrock"')
        if 'account' in data_keys:
            data_keys.remove('account')
            data__account = data['account']
            if not isinstance(data__account, str):
                raise mismatch('' + (name_prefix or 'data') + '.account', 'must be string')
            if isinstance(data__account, str):
                if not REGEX_PATTERNS['^[0-9]{12}$'].search(data__account):
                    raise mismatch('' + (name_prefix or 'data') + '.account', 'must match ^[0-9]{12}$')
        if 'region' in data_keys:
            data_keys.remove('region')
            data__region = data['region']
            if not isinstance(data__region, str):
                raise mismatch('' + (name_prefix or 'data') + '.region', 'must be string')
            if isinstance(data__region, str):
                data__region_len = len(data__region)
                if data__region_len > 32:
                    raise mismatch('' + (name_prefix or 'data') + '.region', 'must have at most 32 characters')
                if not REGEX_PATTERNS['^[a-z]{2}(-[a-z]+)+-[0-9]$'].search(data__region):
                    raise mismatch('' + (name_prefix or 'data') + '.region', 'must match ^[a-z]{2}(-[a-z]+)+-[0-9]$')
        if 'principal' in data_keys:
            data_keys.remove('principal')
            data__principal = data['principal']
            if not isinstance(data__principal, str):
                raise mismatch('' + (name_prefix or 'data') + '.principal', 'must be string')
            if isinstance(data__principal, str):
                data__principal_len = len(data__principal)
                if data__principal_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.principal', 'must have at least 1 characters')
                if data__principal_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.principal', 'must have at most 2048 characters')
        if 'reason' in data_keys:
            data_keys.remove('reason')
            data__reason = data['reason']
            if not isinstance(data__reason, str):
                raise mismatch('' + (name_prefix or 'data') + '.reason', 'must be string')
            if isinstance(data__reason, str):
                data__reason_len = len(data__reason)
                if data__reason_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at least 1 characters')
                if data__reason_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at most 1000 characters')
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
        if 'drill' in data_keys:
            data_keys.remove('drill')
            data__drill = data['drill']
            if not isinstance(data__drill, bool):
                raise mismatch('' + (name_prefix or 'data') + '.drill', 'must be boolean')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but playbook, account, region, principal, reason, requested_by, requester_arn, drill')
    return data
