"""Rendered from schemas/actions/iam.quarantine_role_session.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[\\w+=,.@/?-]{1,576}$': re.compile('^[\\w+=,.@/?-]{1,576}\\Z'), '^[\\w+=,.@-]{1,64}$': re.compile('^[\\w+=,.@-]{1,64}\\Z'), '^AROA[A-Z0-9]{12,124}$': re.compile('^AROA[A-Z0-9]{12,124}\\Z'), '^[\\w+=,.@-]{2,64}$': re.compile('^[\\w+=,.@-]{2,64}\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'incident_id', 'role', 'role_name', 'role_id', 'session_name', 'since']) - data.keys()
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
        if 'role' in data_keys:
            data_keys.remove('role')
            data__role = data['role']
            if not isinstance(data__role, str):
                raise mismatch('' + (name_prefix or 'data') + '.role', 'must be string')
            if isinstance(data__role, str):
                if not REGEX_PATTERNS['^[\\w+=,.@/?-]{1,576}$'].search(data__role):
                    raise mismatch('' + (name_prefix or 'data') + '.role', 'must match ^[\\w+=,.@/?-]{1,576}$')
        if 'role_name' in data_keys:
            data_keys.remove('role_name')
            data__rolename = data['role_name']
            if not isinstance(data__rolename, str):
                raise mismatch('' + (name_prefix or 'data') + '.role_name', 'must be string')
            if isinstance(data__rolename, str):
                if not REGEX_PATTERNS['^[\\w+=,.@-]{1,64}$'].search(data__rolename):
                    raise mismatch('' + (name_prefix or 'data') + '.role_name', 'must match ^[\\w+=,.@-]{1,64}$')
        if 'role_id' in data_keys:
            data_keys.remove('role_id')
            data__roleid = data['role_id']
            if not isinstance(data__roleid, str):
                raise mismatch('' + (name_prefix or 'data') + '.role_id', 'must be string')
            if isinstance(data__roleid, str):
                if not REGEX_PATTERNS['^AROA[A-Z0-9]{12,124}$'].search(data__roleid):
                    raise mismatch('' + (name_prefix or 'data') + '.role_id', 'must match ^AROA[A-Z0-9]{12,124}$')
        if 'session_name' in data_keys:
            data_keys.remove('session_name')
            data__sessionname = data['session_name']
            if not isinstance(data__sessionname, str):
                raise mismatch('' + (name_prefix or 'data') + '.session_name', 'must be string')
            if isinstance(data__sessionname, str):
                if not REGEX_PATTERNS['^[\\w+=,.@-]{2,64}$'].search(data__sessionname):
                    raise mismatch('' + (name_prefix or 'data') + '.session_name', 'must match ^[\\w+=,.@-]{2,64}$')
        if 'since' in data_keys:
            data_keys.remove('since')
            data__since = data['since']
            if not isinstance(data__since, str):
                raise mismatch('' + (name_prefix or 'data') + '.since', 'must be string')
            if isinstance(data__since, str):
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'].search(data__since):
                    raise mismatch('' + (name_prefix or 'data') + '.since', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, incident_id, role, role_name, role_id, session_name, since')
    return data
