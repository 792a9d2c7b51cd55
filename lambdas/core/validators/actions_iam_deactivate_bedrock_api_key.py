"""Rendered from schemas/actions/iam.deactivate_bedrock_api_key.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[\\w+=,.@/?-]{1,576}$': re.compile('^[\\w+=,.@/?-]{1,576}\\Z'), '^[\\w+=,.@-]{1,64}$': re.compile('^[\\w+=,.@-]{1,64}\\Z'), '^[A-Z0-9]{20,128}$': re.compile('^[A-Z0-9]{20,128}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'user', 'user_name', 'credential_id']) - data.keys()
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
        if 'user' in data_keys:
            data_keys.remove('user')
            data__user = data['user']
            if not isinstance(data__user, str):
                raise mismatch('' + (name_prefix or 'data') + '.user', 'must be string')
            if isinstance(data__user, str):
                if not REGEX_PATTERNS['^[\\w+=,.@/?-]{1,576}$'].search(data__user):
                    raise mismatch('' + (name_prefix or 'data') + '.user', 'must match ^[\\w+=,.@/?-]{1,576}$')
        if 'user_name' in data_keys:
            data_keys.remove('user_name')
            data__username = data['user_name']
            if not isinstance(data__username, str):
                raise mismatch('' + (name_prefix or 'data') + '.user_name', 'must be string')
            if isinstance(data__username, str):
                if not REGEX_PATTERNS['^[\\w+=,.@-]{1,64}$'].search(data__username):
                    raise mismatch('' + (name_prefix or 'data') + '.user_name', 'must match ^[\\w+=,.@-]{1,64}$')
        if 'credential_id' in data_keys:
            data_keys.remove('credential_id')
            data__credentialid = data['credential_id']
            if not isinstance(data__credentialid, str):
                raise mismatch('' + (name_prefix or 'data') + '.credential_id', 'must be string')
            if isinstance(data__credentialid, str):
                if not REGEX_PATTERNS['^[A-Z0-9]{20,128}$'].search(data__credentialid):
                    raise mismatch('' + (name_prefix or 'data') + '.credential_id', 'must match ^[A-Z0-9]{20,128}$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, user, user_name, credential_id')
    return data
