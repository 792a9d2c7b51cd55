"""Rendered from schemas/baseline.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z'), '^[a-z_]+$': re.compile('^[a-z_]+\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'region', 'recorded_at', 'state', 'reason', 'kinds']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
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
        if 'recorded_at' in data_keys:
            data_keys.remove('recorded_at')
            data__recordedat = data['recorded_at']
            if not isinstance(data__recordedat, str):
                raise mismatch('' + (name_prefix or 'data') + '.recorded_at', 'must be string')
            if isinstance(data__recordedat, str):
                data__recordedat_len = len(data__recordedat)
                if data__recordedat_len > 40:
                    raise mismatch('' + (name_prefix or 'data') + '.recorded_at', 'must have at most 40 characters')
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$'].search(data__recordedat):
                    raise mismatch('' + (name_prefix or 'data') + '.recorded_at', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$')
        if 'accepted_at' in data_keys:
            data_keys.remove('accepted_at')
            data__acceptedat = data['accepted_at']
            if not isinstance(data__acceptedat, str):
                raise mismatch('' + (name_prefix or 'data') + '.accepted_at', 'must be string')
            if isinstance(data__acceptedat, str):
                data__acceptedat_len = len(data__acceptedat)
                if data__acceptedat_len > 40:
                    raise mismatch('' + (name_prefix or 'data') + '.accepted_at', 'must have at most 40 characters')
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
        if 'gaps' in data_keys:
            data_keys.remove('gaps')
            data__gaps = data['gaps']
            if not isinstance(data__gaps, dict):
                raise mismatch('' + (name_prefix or 'data') + '.gaps', 'must be object')
            data__gaps_is_dict = isinstance(data__gaps, dict)
            if data__gaps_is_dict:
                data__gaps_keys = set(data__gaps.keys())
                for data__gaps_key in data__gaps_keys:
                    if data__gaps_key not in []:
                        data__gaps_value = data__gaps.get(data__gaps_key)
                        if not isinstance(data__gaps_value, str):
                            raise mismatch('' + (name_prefix or 'data') + '.gaps.{data__gaps_key}'.format(**locals()) + '', 'must be string')
                        if isinstance(data__gaps_value, str):
                            data__gaps_value_len = len(data__gaps_value)
                            if data__gaps_value_len > 500:
                                raise mismatch('' + (name_prefix or 'data') + '.gaps.{data__gaps_key}'.format(**locals()) + '', 'must have at most 500 characters')
                data__gaps_len = len(data__gaps)
                if data__gaps_len != 0:
                    data__gaps_property_names = True
                    for data__gaps_key in data__gaps:
                        try:
                            if isinstance(data__gaps_key, str):
                                if not REGEX_PATTERNS['^[a-z_]+$'].search(data__gaps_key):
                                    raise mismatch('' + (name_prefix or 'data') + '.gaps', 'must match ^[a-z_]+$')
                        except SchemaMismatch:
                            data__gaps_property_names = False
                    if not data__gaps_property_names:
                        raise mismatch('' + (name_prefix or 'data') + '.gaps', 'must have only fields whose names fit {"pattern": "^[a-z_]+$"}')
        if 'state' in data_keys:
            data_keys.remove('state')
            data__state = data['state']
            if not (isinstance(data__state, str) and data__state == 'accepted' or (isinstance(data__state, str) and data__state == 'candidate')):
                raise mismatch('' + (name_prefix or 'data') + '.state', 'must be one of "accepted", "candidate"')
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
        if 'kinds' in data_keys:
            data_keys.remove('kinds')
            data__kinds = data['kinds']
            if not isinstance(data__kinds, dict):
                raise mismatch('' + (name_prefix or 'data') + '.kinds', 'must be object')
            data__kinds_is_dict = isinstance(data__kinds, dict)
            if data__kinds_is_dict:
                data__kinds_keys = set(data__kinds.keys())
                for data__kinds_key in data__kinds_keys:
                    if data__kinds_key not in []:
                        data__kinds_value = data__kinds.get(data__kinds_key)
                        if not isinstance(data__kinds_value, dict):
                            raise mismatch('' + (name_prefix or 'data') + '.kinds.{data__kinds_key}'.format(**locals()) + '', 'must be object')
                data__kinds_len = len(data__kinds)
                if data__kinds_len != 0:
                    data__kinds_property_names = True
                    for data__kinds_key in data__kinds:
                        try:
                            if isinstance(data__kinds_key, str):
                                if not REGEX_PATTERNS['^[a-z_]+$'].search(data__kinds_key):
                                    raise mismatch('' + (name_prefix or 'data') + '.kinds', 'must match ^[a-z_]+$')
                        except SchemaMismatch:
                            data__kinds_property_names = False
                    if not data__kinds_property_names:
                        raise mismatch('' + (name_prefix or 'data') + '.kinds', 'must have only fields whose names fit {"pattern": "^[a-z_]+$"}')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, region, recorded_at, accepted_at, accepted_by, accepter_arn, gaps, state, reason, kinds')
    return data
