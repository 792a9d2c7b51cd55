"""Rendered from schemas/actions/iam.revoke_user_sessions.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[\\w+=,.@/?-]{1,576}$': re.compile('^[\\w+=,.@/?-]{1,576}\\Z'), '^[\\w+=,.@-]{1,64}$': re.compile('^[\\w+=,.@-]{1,64}\\Z'), '^AIDA[A-Z0-9]{12,124}$': re.compile('^AIDA[A-Z0-9]{12,124}\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'incident_id', 'user', 'user_name', 'user_id', 'since']) - data.keys()
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
        if 'incident_id' in data_keys:
            data_keys.remove('incident_id')
            data__incidentid = data['incident_id']
            if not isinstance(data__incidentid, str):
                raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must be string')
            if isinstance(data__incidentid, str):
                if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data__incidentid):
                    raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
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
        if 'user_id' in data_keys:
            data_keys.remove('user_id')
            data__userid = data['user_id']
            if not isinstance(data__userid, str):
                raise mismatch('' + (name_prefix or 'data') + '.user_id', 'must be string')
            if isinstance(data__userid, str):
                if not REGEX_PATTERNS['^AIDA[A-Z0-9]{12,124}$'].search(data__userid):
                    raise mismatch('' + (name_prefix or 'data') + '.user_id', 'must match ^AIDA[A-Z0-9]{12,124}$')
        if 'since' in data_keys:
            data_keys.remove('since')
            data__since = data['since']
            if not isinstance(data__since, str):
                raise mismatch('' + (name_prefix or 'data') + '.since', 'must be string')
            if isinstance(data__since, str):
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'].search(data__since):
                    raise mismatch('' + (name_prefix or 'data') + '.since', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, incident_id, user, user_name, user_id, since')
    return data
