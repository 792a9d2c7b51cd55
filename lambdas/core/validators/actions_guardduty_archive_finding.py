"""Rendered from schemas/actions/guardduty.archive_finding.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9A-Za-z]{1,300}$': re.compile('^[0-9A-Za-z]{1,300}\\Z'), '^[0-9A-Za-z]{1,64}$': re.compile('^[0-9A-Za-z]{1,64}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'region', 'detector_id', 'finding_id']) - data.keys()
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
        if 'detector_id' in data_keys:
            data_keys.remove('detector_id')
            data__detectorid = data['detector_id']
            if not isinstance(data__detectorid, str):
                raise mismatch('' + (name_prefix or 'data') + '.detector_id', 'must be string')
            if isinstance(data__detectorid, str):
                if not REGEX_PATTERNS['^[0-9A-Za-z]{1,300}$'].search(data__detectorid):
                    raise mismatch('' + (name_prefix or 'data') + '.detector_id', 'must match ^[0-9A-Za-z]{1,300}$')
        if 'finding_id' in data_keys:
            data_keys.remove('finding_id')
            data__findingid = data['finding_id']
            if not isinstance(data__findingid, str):
                raise mismatch('' + (name_prefix or 'data') + '.finding_id', 'must be string')
            if isinstance(data__findingid, str):
                if not REGEX_PATTERNS['^[0-9A-Za-z]{1,64}$'].search(data__findingid):
                    raise mismatch('' + (name_prefix or 'data') + '.finding_id', 'must match ^[0-9A-Za-z]{1,64}$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, region, detector_id, finding_id')
    return data
