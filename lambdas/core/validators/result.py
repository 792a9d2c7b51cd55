"""Rendered from schemas/result.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[a-z_0-9]+\\.[a-z_0-9]+$': re.compile('^[a-z_0-9]+\\.[a-z_0-9]+\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'step_id', 'action', 'plan_hash', 'doing', 'status', 'before', 'after', 'at', 'approved_by', 'error']) - data.keys()
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
        if 'plan_hash' in data_keys:
            data_keys.remove('plan_hash')
            data__planhash = data['plan_hash']
            if not isinstance(data__planhash, str):
                raise mismatch('' + (name_prefix or 'data') + '.plan_hash', 'must be string')
            if isinstance(data__planhash, str):
                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__planhash):
                    raise mismatch('' + (name_prefix or 'data') + '.plan_hash', 'must match ^[0-9a-f]{64}$')
        if 'doing' in data_keys:
            data_keys.remove('doing')
            data__doing = data['doing']
            if not (isinstance(data__doing, str) and data__doing == 'perform' or (isinstance(data__doing, str) and data__doing == 'undo')):
                raise mismatch('' + (name_prefix or 'data') + '.doing', 'must be one of "perform", "undo"')
        if 'status' in data_keys:
            data_keys.remove('status')
            data__status = data['status']
            if not (isinstance(data__status, str) and data__status == 'performed' or (isinstance(data__status, str) and data__status == 'nothing_to_do') or (isinstance(data__status, str) and data__status == 'drifted') or (isinstance(data__status, str) and data__status == 'refused') or (isinstance(data__status, str) and data__status == 'failed') or (isinstance(data__status, str) and data__status == 'undone') or (isinstance(data__status, str) and data__status == 'undo_drifted') or (isinstance(data__status, str) and data__status == 'undo_failed')):
                raise mismatch('' + (name_prefix or 'data') + '.status', 'must be one of "performed", "nothing_to_do", "drifted", "refused", "failed", "undone", "undo_drifted", "undo_failed"')
        if 'before' in data_keys:
            data_keys.remove('before')
            data__before = data['before']
            if not isinstance(data__before, dict):
                raise mismatch('' + (name_prefix or 'data') + '.before', 'must be object')
        if 'after' in data_keys:
            data_keys.remove('after')
            data__after = data['after']
            if not isinstance(data__after, (dict, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.after', 'must be object or null')
        if 'at' in data_keys:
            data_keys.remove('at')
            data__at = data['at']
            if not isinstance(data__at, str):
                raise mismatch('' + (name_prefix or 'data') + '.at', 'must be string')
            if isinstance(data__at, str):
                data__at_len = len(data__at)
                if data__at_len > 40:
                    raise mismatch('' + (name_prefix or 'data') + '.at', 'must have at most 40 characters')
                if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$'].search(data__at):
                    raise mismatch('' + (name_prefix or 'data') + '.at', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$')
        if 'approved_by' in data_keys:
            data_keys.remove('approved_by')
            data__approvedby = data['approved_by']
            if not isinstance(data__approvedby, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.approved_by', 'must be array')
            data__approvedby_is_list = isinstance(data__approvedby, (list, tuple))
            if data__approvedby_is_list:
                data__approvedby_len = len(data__approvedby)
                if data__approvedby_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.approved_by', 'must have at least 1 items')
                if data__approvedby_len > 10:
                    raise mismatch('' + (name_prefix or 'data') + '.approved_by', 'must have at most 10 items')
                for data__approvedby_x, data__approvedby_item in enumerate(data__approvedby):
                    if not isinstance(data__approvedby_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.approved_by[{data__approvedby_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__approvedby_item, str):
                        data__approvedby_item_len = len(data__approvedby_item)
                        if data__approvedby_item_len > 254:
                            raise mismatch('' + (name_prefix or 'data') + '.approved_by[{data__approvedby_x}]'.format(**locals()) + '', 'must have at most 254 characters')
        if 'error' in data_keys:
            data_keys.remove('error')
            data__error = data['error']
            if not isinstance(data__error, (dict, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.error', 'must be object or null')
            data__error_is_dict = isinstance(data__error, dict)
            if data__error_is_dict:
                data__error__missing_keys = set(['name', 'message']) - data__error.keys()
                if data__error__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.error', 'must have ' + ', '.join(sorted(data__error__missing_keys)))
                data__error_keys = set(data__error.keys())
                if 'name' in data__error_keys:
                    data__error_keys.remove('name')
                    data__error__name = data__error['name']
                    if not isinstance(data__error__name, str):
                        raise mismatch('' + (name_prefix or 'data') + '.error.name', 'must be string')
                    if isinstance(data__error__name, str):
                        data__error__name_len = len(data__error__name)
                        if data__error__name_len > 128:
                            raise mismatch('' + (name_prefix or 'data') + '.error.name', 'must have at most 128 characters')
                if 'message' in data__error_keys:
                    data__error_keys.remove('message')
                    data__error__message = data__error['message']
                    if not isinstance(data__error__message, str):
                        raise mismatch('' + (name_prefix or 'data') + '.error.message', 'must be string')
                    if isinstance(data__error__message, str):
                        data__error__message_len = len(data__error__message)
                        if data__error__message_len > 8192:
                            raise mismatch('' + (name_prefix or 'data') + '.error.message', 'must have at most 8192 characters')
                if data__error_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.error', 'must have no fields but name, message')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, step_id, action, plan_hash, doing, status, before, after, at, approved_by, error')
    return data
