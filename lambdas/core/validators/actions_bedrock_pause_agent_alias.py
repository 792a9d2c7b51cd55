"""Rendered from schemas/actions/bedrock.pause_agent_alias.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9A-Z]{10}$': re.compile('^[0-9A-Z]{10}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'region', 'agent_id', 'agent_name', 'alias_id', 'alias_name']) - data.keys()
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
        if 'agent_id' in data_keys:
            data_keys.remove('agent_id')
            data__agentid = data['agent_id']
            if not isinstance(data__agentid, str):
                raise mismatch('' + (name_prefix or 'data') + '.agent_id', 'must be string')
            if isinstance(data__agentid, str):
                if not REGEX_PATTERNS['^[0-9A-Z]{10}$'].search(data__agentid):
                    raise mismatch('' + (name_prefix or 'data') + '.agent_id', 'must match ^[0-9A-Z]{10}$')
        if 'agent_name' in data_keys:
            data_keys.remove('agent_name')
            data__agentname = data['agent_name']
            if not isinstance(data__agentname, str):
                raise mismatch('' + (name_prefix or 'data') + '.agent_name', 'must be string')
            if isinstance(data__agentname, str):
                data__agentname_len = len(data__agentname)
                if data__agentname_len > 100:
                    raise mismatch('' + (name_prefix or 'data') + '.agent_name', 'must have at most 100 characters')
        if 'alias_id' in data_keys:
            data_keys.remove('alias_id')
            data__aliasid = data['alias_id']
            if not isinstance(data__aliasid, str):
                raise mismatch('' + (name_prefix or 'data') + '.alias_id', 'must be string')
            if isinstance(data__aliasid, str):
                if not REGEX_PATTERNS['^[0-9A-Z]{10}$'].search(data__aliasid):
                    raise mismatch('' + (name_prefix or 'data') + '.alias_id', 'must match ^[0-9A-Z]{10}$')
        if 'alias_name' in data_keys:
            data_keys.remove('alias_name')
            data__aliasname = data['alias_name']
            if not isinstance(data__aliasname, str):
                raise mismatch('' + (name_prefix or 'data') + '.alias_name', 'must be string')
            if isinstance(data__aliasname, str):
                data__aliasname_len = len(data__aliasname)
                if data__aliasname_len > 100:
                    raise mismatch('' + (name_prefix or 'data') + '.alias_name', 'must have at most 100 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, region, agent_id, agent_name, alias_id, alias_name')
    return data
