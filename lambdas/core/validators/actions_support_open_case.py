"""Rendered from schemas/actions/support.open_case.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^\\[IR:IR-[0-9]{8}-[0-9a-f]{10}\\] ': re.compile('^\\[IR:IR-[0-9]{8}-[0-9a-f]{10}\\] ')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'incident_id', 'subject', 'body', 'severity']) - data.keys()
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
        if 'subject' in data_keys:
            data_keys.remove('subject')
            data__subject = data['subject']
            if not isinstance(data__subject, str):
                raise mismatch('' + (name_prefix or 'data') + '.subject', 'must be string')
            if isinstance(data__subject, str):
                data__subject_len = len(data__subject)
                if data__subject_len > 200:
                    raise mismatch('' + (name_prefix or 'data') + '.subject', 'must have at most 200 characters')
                if not REGEX_PATTERNS['^\\[IR:IR-[0-9]{8}-[0-9a-f]{10}\\] '].search(data__subject):
                    raise mismatch('' + (name_prefix or 'data') + '.subject', 'must match ^\\[IR:IR-[0-9]{8}-[0-9a-f]{10}\\] ')
        if 'body' in data_keys:
            data_keys.remove('body')
            data__body = data['body']
            if not isinstance(data__body, str):
                raise mismatch('' + (name_prefix or 'data') + '.body', 'must be string')
            if isinstance(data__body, str):
                data__body_len = len(data__body)
                if data__body_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.body', 'must have at least 1 characters')
                if data__body_len > 8000:
                    raise mismatch('' + (name_prefix or 'data') + '.body', 'must have at most 8000 characters')
        if 'severity' in data_keys:
            data_keys.remove('severity')
            data__severity = data['severity']
            if not (isinstance(data__severity, str) and data__severity == 'low' or (isinstance(data__severity, str) and data__severity == 'normal') or (isinstance(data__severity, str) and data__severity == 'high') or (isinstance(data__severity, str) and data__severity == 'urgent') or (isinstance(data__severity, str) and data__severity == 'critical')):
                raise mismatch('' + (name_prefix or 'data') + '.severity', 'must be one of "low", "normal", "high", "urgent", "critical"')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, incident_id, subject, body, severity')
    return data
