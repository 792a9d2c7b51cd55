"""Rendered from schemas/baseline_request.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if 'do' in data_keys:
            data_keys.remove('do')
            data__do = data['do']
            if not (isinstance(data__do, str) and data__do == 'record' or (isinstance(data__do, str) and data__do == 'show') or (isinstance(data__do, str) and data__do == 'drift') or (isinstance(data__do, str) and data__do == 'accept')):
                raise mismatch('' + (name_prefix or 'data') + '.do', 'must be one of "record", "show", "drift", "accept"')
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
        if 'kinds_sha256' in data_keys:
            data_keys.remove('kinds_sha256')
            data__kindssha256 = data['kinds_sha256']
            if not isinstance(data__kindssha256, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.kinds_sha256', 'must be string or null')
            if isinstance(data__kindssha256, str):
                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__kindssha256):
                    raise mismatch('' + (name_prefix or 'data') + '.kinds_sha256', 'must match ^[0-9a-f]{64}$')
        if 'reason' in data_keys:
            data_keys.remove('reason')
            data__reason = data['reason']
            if not isinstance(data__reason, str):
                raise mismatch('' + (name_prefix or 'data') + '.reason', 'must be string')
            if isinstance(data__reason, str):
                data__reason_len = len(data__reason)
                if data__reason_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at most 1000 characters')
        if 'accepted_by' in data_keys:
            data_keys.remove('accepted_by')
            data__acceptedby = data['accepted_by']
            if not isinstance(data__acceptedby, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.accepted_by', 'must be string or null')
            if isinstance(data__acceptedby, str):
                data__acceptedby_len = len(data__acceptedby)
                if data__acceptedby_len > 254:
                    raise mismatch('' + (name_prefix or 'data') + '.accepted_by', 'must have at most 254 characters')
        if 'accepter_arn' in data_keys:
            data_keys.remove('accepter_arn')
            data__accepterarn = data['accepter_arn']
            if not isinstance(data__accepterarn, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.accepter_arn', 'must be string or null')
            if isinstance(data__accepterarn, str):
                data__accepterarn_len = len(data__accepterarn)
                if data__accepterarn_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.accepter_arn', 'must have at most 2048 characters')
        if 'force' in data_keys:
            data_keys.remove('force')
            data__force = data['force']
            if not isinstance(data__force, bool):
                raise mismatch('' + (name_prefix or 'data') + '.force', 'must be boolean')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but do, account, region, kinds_sha256, reason, accepted_by, accepter_arn, force')
    return data
