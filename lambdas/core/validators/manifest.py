"""Rendered from schemas/manifest.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z'), '^[0-9]{2}-[a-z0-9_-]+$': re.compile('^[0-9]{2}-[a-z0-9_-]+\\Z'), '^incidents/IR-[0-9]{8}-[0-9a-f]{10}/evidence/[0-9]{2}-[a-z0-9_-]+\\.json$': re.compile('^incidents/IR-[0-9]{8}-[0-9a-f]{10}/evidence/[0-9]{2}-[a-z0-9_-]+\\.json\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'account', 'region', 'pass', 'made_at', 'artefacts', 'gaps']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'incident_id' in data_keys:
            data_keys.remove('incident_id')
            data__incidentid = data['incident_id']
            if not isinstance(data__incidentid, str):
                raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must be string')
            if isinstance(data__incidentid, str):
                if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data__incidentid):
                    raise mismatch('' + (name_prefix or 'data') + '.incident_id', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
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
        if 'pass' in data_keys:
            data_keys.remove('pass')
            data__pass = data['pass']
            if not (isinstance(data__pass, str) and data__pass == 'first' or (isinstance(data__pass, str) and data__pass == 'rest')):
                raise mismatch('' + (name_prefix or 'data') + '.pass', 'must be one of "first", "rest"')
        if 'made_at' in data_keys:
            data_keys.remove('made_at')
            data__madeat = data['made_at']
            if not isinstance(data__madeat, str):
                raise mismatch('' + (name_prefix or 'data') + '.made_at', 'must be string')
            if isinstance(data__madeat, str):
                data__madeat_len = len(data__madeat)
                if data__madeat_len > 40:
                    raise mismatch('' + (name_prefix or 'data') + '.made_at', 'must have at most 40 characters')
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$'].search(data__madeat):
                    raise mismatch('' + (name_prefix or 'data') + '.made_at', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$')
        if 'artefacts' in data_keys:
            data_keys.remove('artefacts')
            data__artefacts = data['artefacts']
            if not isinstance(data__artefacts, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.artefacts', 'must be array')
            data__artefacts_is_list = isinstance(data__artefacts, (list, tuple))
            if data__artefacts_is_list:
                data__artefacts_len = len(data__artefacts)
                if data__artefacts_len > 199:
                    raise mismatch('' + (name_prefix or 'data') + '.artefacts', 'must have at most 199 items')
                for data__artefacts_x, data__artefacts_item in enumerate(data__artefacts):
                    if not isinstance(data__artefacts_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}]'.format(**locals()) + '', 'must be object')
                    data__artefacts_item_is_dict = isinstance(data__artefacts_item, dict)
                    if data__artefacts_item_is_dict:
                        data__artefacts_item__missing_keys = set(['name', 'key', 'sha256', 'bytes', 'taken_at', 'calls', 'session']) - data__artefacts_item.keys()
                        if data__artefacts_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__artefacts_item__missing_keys)))
                        data__artefacts_item_keys = set(data__artefacts_item.keys())
                        if 'name' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('name')
                            data__artefacts_item__name = data__artefacts_item['name']
                            if not isinstance(data__artefacts_item__name, str):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].name'.format(**locals()) + '', 'must be string')
                            if isinstance(data__artefacts_item__name, str):
                                data__artefacts_item__name_len = len(data__artefacts_item__name)
                                if data__artefacts_item__name_len > 64:
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].name'.format(**locals()) + '', 'must have at most 64 characters')
                                if not REGEX_PATTERNS['^[0-9]{2}-[a-z0-9_-]+$'].search(data__artefacts_item__name):
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].name'.format(**locals()) + '', 'must match ^[0-9]{2}-[a-z0-9_-]+$')
                        if 'key' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('key')
                            data__artefacts_item__key = data__artefacts_item['key']
                            if not isinstance(data__artefacts_item__key, str):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].key'.format(**locals()) + '', 'must be string')
                            if isinstance(data__artefacts_item__key, str):
                                if not REGEX_PATTERNS['^incidents/IR-[0-9]{8}-[0-9a-f]{10}/evidence/[0-9]{2}-[a-z0-9_-]+\\.json$'].search(data__artefacts_item__key):
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].key'.format(**locals()) + '', 'must match ^incidents/IR-[0-9]{8}-[0-9a-f]{10}/evidence/[0-9]{2}-[a-z0-9_-]+\\.json$')
                        if 'version' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('version')
                            data__artefacts_item__version = data__artefacts_item['version']
                            if not isinstance(data__artefacts_item__version, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].version'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__artefacts_item__version, str):
                                data__artefacts_item__version_len = len(data__artefacts_item__version)
                                if data__artefacts_item__version_len > 1024:
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].version'.format(**locals()) + '', 'must have at most 1024 characters')
                        if 'sha256' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('sha256')
                            data__artefacts_item__sha256 = data__artefacts_item['sha256']
                            if not isinstance(data__artefacts_item__sha256, str):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].sha256'.format(**locals()) + '', 'must be string')
                            if isinstance(data__artefacts_item__sha256, str):
                                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__artefacts_item__sha256):
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].sha256'.format(**locals()) + '', 'must match ^[0-9a-f]{64}$')
                        if 'bytes' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('bytes')
                            data__artefacts_item__bytes = data__artefacts_item['bytes']
                            if not isinstance(data__artefacts_item__bytes, int) and (not (isinstance(data__artefacts_item__bytes, float) and data__artefacts_item__bytes.is_integer())) or isinstance(data__artefacts_item__bytes, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].bytes'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__artefacts_item__bytes, (int, float, Decimal)) and (not isinstance(data__artefacts_item__bytes, bool)):
                                if data__artefacts_item__bytes < 2:
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].bytes'.format(**locals()) + '', 'must be at least 2')
                        if 'taken_at' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('taken_at')
                            data__artefacts_item__takenat = data__artefacts_item['taken_at']
                            if not isinstance(data__artefacts_item__takenat, str):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].taken_at'.format(**locals()) + '', 'must be string')
                            if isinstance(data__artefacts_item__takenat, str):
                                data__artefacts_item__takenat_len = len(data__artefacts_item__takenat)
                                if data__artefacts_item__takenat_len > 40:
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].taken_at'.format(**locals()) + '', 'must have at most 40 characters')
                        if 'calls' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('calls')
                            data__artefacts_item__calls = data__artefacts_item['calls']
                            if not isinstance(data__artefacts_item__calls, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].calls'.format(**locals()) + '', 'must be array')
                            data__artefacts_item__calls_is_list = isinstance(data__artefacts_item__calls, (list, tuple))
                            if data__artefacts_item__calls_is_list:
                                data__artefacts_item__calls_len = len(data__artefacts_item__calls)
                                for data__artefacts_item__calls_x, data__artefacts_item__calls_item in enumerate(data__artefacts_item__calls):
                                    if not isinstance(data__artefacts_item__calls_item, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].calls[{data__artefacts_item__calls_x}]'.format(**locals()) + '', 'must be string')
                                    if isinstance(data__artefacts_item__calls_item, str):
                                        data__artefacts_item__calls_item_len = len(data__artefacts_item__calls_item)
                                        if data__artefacts_item__calls_item_len > 128:
                                            raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].calls[{data__artefacts_item__calls_x}]'.format(**locals()) + '', 'must have at most 128 characters')
                        if 'session' in data__artefacts_item_keys:
                            data__artefacts_item_keys.remove('session')
                            data__artefacts_item__session = data__artefacts_item['session']
                            if not isinstance(data__artefacts_item__session, str):
                                raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].session'.format(**locals()) + '', 'must be string')
                            if isinstance(data__artefacts_item__session, str):
                                data__artefacts_item__session_len = len(data__artefacts_item__session)
                                if data__artefacts_item__session_len > 2048:
                                    raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}].session'.format(**locals()) + '', 'must have at most 2048 characters')
                        if data__artefacts_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.artefacts[{data__artefacts_x}]'.format(**locals()) + '', 'must have no fields but name, key, version, sha256, bytes, taken_at, calls, session')
        if 'gaps' in data_keys:
            data_keys.remove('gaps')
            data__gaps = data['gaps']
            if not isinstance(data__gaps, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.gaps', 'must be array')
            data__gaps_is_list = isinstance(data__gaps, (list, tuple))
            if data__gaps_is_list:
                data__gaps_len = len(data__gaps)
                for data__gaps_x, data__gaps_item in enumerate(data__gaps):
                    if not isinstance(data__gaps_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}]'.format(**locals()) + '', 'must be object')
                    data__gaps_item_is_dict = isinstance(data__gaps_item, dict)
                    if data__gaps_item_is_dict:
                        data__gaps_item__missing_keys = set(['what', 'why']) - data__gaps_item.keys()
                        if data__gaps_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__gaps_item__missing_keys)))
                        data__gaps_item_keys = set(data__gaps_item.keys())
                        if 'what' in data__gaps_item_keys:
                            data__gaps_item_keys.remove('what')
                            data__gaps_item__what = data__gaps_item['what']
                            if not isinstance(data__gaps_item__what, str):
                                raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}].what'.format(**locals()) + '', 'must be string')
                            if isinstance(data__gaps_item__what, str):
                                data__gaps_item__what_len = len(data__gaps_item__what)
                                if data__gaps_item__what_len > 200:
                                    raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}].what'.format(**locals()) + '', 'must have at most 200 characters')
                        if 'why' in data__gaps_item_keys:
                            data__gaps_item_keys.remove('why')
                            data__gaps_item__why = data__gaps_item['why']
                            if not isinstance(data__gaps_item__why, str):
                                raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}].why'.format(**locals()) + '', 'must be string')
                            if isinstance(data__gaps_item__why, str):
                                data__gaps_item__why_len = len(data__gaps_item__why)
                                if data__gaps_item__why_len > 500:
                                    raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}].why'.format(**locals()) + '', 'must have at most 500 characters')
                        if data__gaps_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}]'.format(**locals()) + '', 'must have no fields but what, why')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, account, region, pass, made_at, artefacts, gaps')
    return data
