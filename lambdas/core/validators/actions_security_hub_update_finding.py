"""Rendered from schemas/actions/security_hub.update_finding.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[^\\s\\x00-\\x1f]{1,512}$': re.compile('^[^\\s\\x00-\\x1f]{1,512}\\Z'), '^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:[0-9]*:product/[A-Za-z0-9_./-]{1,128}$': re.compile('^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:[0-9]*:product/[A-Za-z0-9_./-]{1,128}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'region', 'incident_id', 'finding_id', 'product_arn']) - data.keys()
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
        if 'incident_id' in data_keys:
            data_keys.remove('incident_id')
            data__incidentid = data['incident_id']
            if not isinstance(data__incidentid, str):
                raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must be string')
            if isinstance(data__incidentid, str):
                if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data__incidentid):
                    raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
        if 'finding_id' in data_keys:
            data_keys.remove('finding_id')
            data__findingid = data['finding_id']
            if not isinstance(data__findingid, str):
                raise mismatch('' + (name_prefix or 'data') + '.finding_id', 'must be string')
            if isinstance(data__findingid, str):
                if not REGEX_PATTERNS['^[^\\s\\x00-\\x1f]{1,512}$'].search(data__findingid):
                    raise mismatch('' + (name_prefix or 'data') + '.finding_id', 'must match ^[^\\s\\x00-\\x1f]{1,512}$')
        if 'product_arn' in data_keys:
            data_keys.remove('product_arn')
            data__productarn = data['product_arn']
            if not isinstance(data__productarn, str):
                raise mismatch('' + (name_prefix or 'data') + '.product_arn', 'must be string')
            if isinstance(data__productarn, str):
                if not REGEX_PATTERNS['^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:[0-9]*:product/[A-Za-z0-9_./-]{1,128}$'].search(data__productarn):
                    raise mismatch('' + (name_prefix or 'data') + '.product_arn', 'must match ^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:[0-9]*:product/[A-Za-z0-9_./-]{1,128}$')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, region, incident_id, finding_id, product_arn')
    return data
