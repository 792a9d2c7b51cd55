"""Rendered from schemas/step_request.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z'), '^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[a-z_0-9]+\\.[a-z_0-9]+$': re.compile('^[a-z_0-9]+\\.[a-z_0-9]+\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident', 'plan_hash', 'step_id', 'action']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'incident' in data_keys:
            data_keys.remove('incident')
            data__incident = data['incident']
            if not isinstance(data__incident, dict):
                raise mismatch('' + (name_prefix or 'data') + '.incident', 'must be object')
            data__incident_is_dict = isinstance(data__incident, dict)
            if data__incident_is_dict:
                data__incident__missing_keys = set(['incident_id', 'account', 'region', 'playbook']) - data__incident.keys()
                if data__incident__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.incident', 'must have ' + ', '.join(sorted(data__incident__missing_keys)))
                data__incident_keys = set(data__incident.keys())
                if 'incident_id' in data__incident_keys:
                    data__incident_keys.remove('incident_id')
                    data__incident__incidentid = data__incident['incident_id']
                    if not isinstance(data__incident__incidentid, str):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.incident_id', 'must be string')
                    if isinstance(data__incident__incidentid, str):
                        if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data__incident__incidentid):
                            raise mismatch('' + (name_prefix or 'data') + '.incident.incident_id', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
                if 'account' in data__incident_keys:
                    data__incident_keys.remove('account')
                    data__incident__account = data__incident['account']
                    if not isinstance(data__incident__account, str):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.account', 'must be string')
                    if isinstance(data__incident__account, str):
                        if not REGEX_PATTERNS['^[0-9]{12}$'].search(data__incident__account):
                            raise mismatch('' + (name_prefix or 'data') + '.incident.account', 'must match ^[0-9]{12}$')
                if 'region' in data__incident_keys:
                    data__incident_keys.remove('region')
                    data__incident__region = data__incident['region']
                    if not isinstance(data__incident__region, str):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.region', 'must be string')
                    if isinstance(data__incident__region, str):
                        data__incident__region_len = len(data__incident__region)
                        if data__incident__region_len > 32:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.region', 'must have at most 32 characters')
                        if not REGEX_PATTERNS['^[a-z]{2}(-[a-z]+)+-[0-9]$'].search(data__incident__region):
                            raise mismatch('' + (name_prefix or 'data') + '.incident.region', 'must match ^[a-z]{2}(-[a-z]+)+-[0-9]$')
                if 'playbook' in data__incident_keys:
                    data__incident_keys.remove('playbook')
                    data__incident__playbook = data__incident['playbook']
                    if not (isinstance(data__incident__playbook, str) and data__incident__playbook == 'bedrock' or (isinstance(data__incident__playbook, str) and data__incident__playbook == 'amazon_q')):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.playbook', 'must be one of "bedrock", "amazon_q"')
                if data__incident_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.incident', 'must have no fields but incident_id, account, region, playbook')
        if 'plan_hash' in data_keys:
            data_keys.remove('plan_hash')
            data__planhash = data['plan_hash']
            if not isinstance(data__planhash, str):
                raise mismatch('' + (name_prefix or 'data') + '.plan_hash', 'must be string')
            if isinstance(data__planhash, str):
                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__planhash):
                    raise mismatch('' + (name_prefix or 'data') + '.plan_hash', 'must match ^[0-9a-f]{64}$')
        if 'step_id' in data_keys:
            data_keys.remove('step_id')
            data__stepid = data['step_id']
            if not isinstance(data__stepid, str):
                raise mismatch('' + (name_prefix or 'data') + '.step_id', 'must be string')
            if isinstance(data__stepid, str):
                data__stepid_len = len(data__stepid)
                if data__stepid_len > 80:
                    raise mismatch('' + (name_prefix or 'data') + '.step_id', 'must have at most 80 characters')
                if not REGEX_PATTERNS['^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$'].search(data__stepid):
                    raise mismatch('' + (name_prefix or 'data') + '.step_id', 'must match ^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$')
        if 'action' in data_keys:
            data_keys.remove('action')
            data__action = data['action']
            if not isinstance(data__action, str):
                raise mismatch('' + (name_prefix or 'data') + '.action', 'must be string')
            if isinstance(data__action, str):
                data__action_len = len(data__action)
                if data__action_len > 64:
                    raise mismatch('' + (name_prefix or 'data') + '.action', 'must have at most 64 characters')
                if not REGEX_PATTERNS['^[a-z_0-9]+\\.[a-z_0-9]+$'].search(data__action):
                    raise mismatch('' + (name_prefix or 'data') + '.action', 'must match ^[a-z_0-9]+\\.[a-z_0-9]+$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident, plan_hash, step_id, action')
    return data
