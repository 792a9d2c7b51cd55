"""Rendered from schemas/undo_request.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$': re.compile('^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+\\Z'), '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:': re.compile('^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'requested_by', 'reason']) - data.keys()
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
        if 'step_ids' in data_keys:
            data_keys.remove('step_ids')
            data__stepids = data['step_ids']
            if not isinstance(data__stepids, (list, tuple, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.step_ids', 'must be array or null')
            data__stepids_is_list = isinstance(data__stepids, (list, tuple))
            if data__stepids_is_list:
                data__stepids_len = len(data__stepids)
                if data__stepids_len > 99:
                    raise mismatch('' + (name_prefix or 'data') + '.step_ids', 'must have at most 99 items')

                def fn(var):
                    return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
                if data__stepids_len > len(set((fn(data__stepids_x) for data__stepids_x in data__stepids))):
                    raise mismatch('' + (name_prefix or 'data') + '.step_ids', 'must not have an item twice')
                for data__stepids_x, data__stepids_item in enumerate(data__stepids):
                    if not isinstance(data__stepids_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.step_ids[{data__stepids_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__stepids_item, str):
                        data__stepids_item_len = len(data__stepids_item)
                        if data__stepids_item_len > 80:
                            raise mismatch('' + (name_prefix or 'data') + '.step_ids[{data__stepids_x}]'.format(**locals()) + '', 'must have at most 80 characters')
                        if not REGEX_PATTERNS['^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$'].search(data__stepids_item):
                            raise mismatch('' + (name_prefix or 'data') + '.step_ids[{data__stepids_x}]'.format(**locals()) + '', 'must match ^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$')
        if 'requested_by' in data_keys:
            data_keys.remove('requested_by')
            data__requestedby = data['requested_by']
            if not isinstance(data__requestedby, str):
                raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must be string')
            if isinstance(data__requestedby, str):
                data__requestedby_len = len(data__requestedby)
                if data__requestedby_len > 254:
                    raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must have at most 254 characters')
                if not REGEX_PATTERNS['^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$'].search(data__requestedby):
                    raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must match ^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+$')
        if 'requester_arn' in data_keys:
            data_keys.remove('requester_arn')
            data__requesterarn = data['requester_arn']
            if not isinstance(data__requesterarn, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must be string or null')
            if isinstance(data__requesterarn, str):
                data__requesterarn_len = len(data__requesterarn)
                if data__requesterarn_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must have at most 2048 characters')
                if not REGEX_PATTERNS['^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:'].search(data__requesterarn):
                    raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must match ^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')
        if 'reason' in data_keys:
            data_keys.remove('reason')
            data__reason = data['reason']
            if not isinstance(data__reason, str):
                raise mismatch('' + (name_prefix or 'data') + '.reason', 'must be string')
            if isinstance(data__reason, str):
                data__reason_len = len(data__reason)
                if data__reason_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at least 1 characters')
                if data__reason_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at most 1000 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, step_ids, requested_by, requester_arn, reason')
    return data
