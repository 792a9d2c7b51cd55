"""Rendered from schemas/actions/bedrock.restore_invocation_logging.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$': re.compile('^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\Z'), '^[\\w+=,.@/?-]{1,576}$': re.compile('^[\\w+=,.@/?-]{1,576}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'region', 'logging_config', 'buckets', 'roles', 'roles_before']) - data.keys()
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
                if not REGEX_PATTERNS['^[a-z]{2}(-[a-z]+)+-[0-9]$'].search(data__region):
                    raise mismatch('' + (name_prefix or 'data') + '.region', 'must match ^[a-z]{2}(-[a-z]+)+-[0-9]$')
        if 'logging_config' in data_keys:
            data_keys.remove('logging_config')
            data__loggingconfig = data['logging_config']
            if not isinstance(data__loggingconfig, dict):
                raise mismatch('' + (name_prefix or 'data') + '.logging_config', 'must be object')
            data__loggingconfig_is_dict = isinstance(data__loggingconfig, dict)
            if data__loggingconfig_is_dict:
                data__loggingconfig_len = len(data__loggingconfig)
                if data__loggingconfig_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.logging_config', 'must have at least 1 fields')
        if 'buckets' in data_keys:
            data_keys.remove('buckets')
            data__buckets = data['buckets']
            if not isinstance(data__buckets, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.buckets', 'must be array')
            data__buckets_is_list = isinstance(data__buckets, (list, tuple))
            if data__buckets_is_list:
                data__buckets_len = len(data__buckets)
                if data__buckets_len > 10:
                    raise mismatch('' + (name_prefix or 'data') + '.buckets', 'must have at most 10 items')
                for data__buckets_x, data__buckets_item in enumerate(data__buckets):
                    if not isinstance(data__buckets_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.buckets[{data__buckets_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__buckets_item, str):
                        if not REGEX_PATTERNS['^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'].search(data__buckets_item):
                            raise mismatch('' + (name_prefix or 'data') + '.buckets[{data__buckets_x}]'.format(**locals()) + '', 'must match ^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$')
        if 'roles' in data_keys:
            data_keys.remove('roles')
            data__roles = data['roles']
            if not isinstance(data__roles, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.roles', 'must be array')
            data__roles_is_list = isinstance(data__roles, (list, tuple))
            if data__roles_is_list:
                data__roles_len = len(data__roles)
                if data__roles_len > 10:
                    raise mismatch('' + (name_prefix or 'data') + '.roles', 'must have at most 10 items')
                for data__roles_x, data__roles_item in enumerate(data__roles):
                    if not isinstance(data__roles_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.roles[{data__roles_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__roles_item, str):
                        if not REGEX_PATTERNS['^[\\w+=,.@/?-]{1,576}$'].search(data__roles_item):
                            raise mismatch('' + (name_prefix or 'data') + '.roles[{data__roles_x}]'.format(**locals()) + '', 'must match ^[\\w+=,.@/?-]{1,576}$')
        if 'roles_before' in data_keys:
            data_keys.remove('roles_before')
            data__rolesbefore = data['roles_before']
            if not isinstance(data__rolesbefore, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.roles_before', 'must be array')
            data__rolesbefore_is_list = isinstance(data__rolesbefore, (list, tuple))
            if data__rolesbefore_is_list:
                data__rolesbefore_len = len(data__rolesbefore)
                if data__rolesbefore_len > 10:
                    raise mismatch('' + (name_prefix or 'data') + '.roles_before', 'must have at most 10 items')
                for data__rolesbefore_x, data__rolesbefore_item in enumerate(data__rolesbefore):
                    if not isinstance(data__rolesbefore_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.roles_before[{data__rolesbefore_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__rolesbefore_item, str):
                        if not REGEX_PATTERNS['^[\\w+=,.@/?-]{1,576}$'].search(data__rolesbefore_item):
                            raise mismatch('' + (name_prefix or 'data') + '.roles_before[{data__rolesbefore_x}]'.format(**locals()) + '', 'must match ^[\\w+=,.@/?-]{1,576}$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, region, logging_config, buckets, roles, roles_before')
    return data
