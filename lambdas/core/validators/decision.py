"""Rendered from schemas/decision.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['decision', 'steps', 'reason', 'at']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'decision' in data_keys:
            data_keys.remove('decision')
            data__decision = data['decision']
            if not (isinstance(data__decision, str) and data__decision == 'approve' or (isinstance(data__decision, str) and data__decision == 'refuse')):
                raise mismatch('' + (name_prefix or 'data') + '.decision', 'must be one of "approve", "refuse"')
        if 'steps' in data_keys:
            data_keys.remove('steps')
            data__steps = data['steps']
            if not isinstance(data__steps, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.steps', 'must be array')
            data__steps_is_list = isinstance(data__steps, (list, tuple))
            if data__steps_is_list:
                data__steps_len = len(data__steps)
                if data__steps_len > 99:
                    raise mismatch('' + (name_prefix or 'data') + '.steps', 'must have at most 99 items')

                def fn(var):
                    return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
                if data__steps_len > len(set((fn(data__steps_x) for data__steps_x in data__steps))):
                    raise mismatch('' + (name_prefix or 'data') + '.steps', 'must not have an item twice')
                for data__steps_x, data__steps_item in enumerate(data__steps):
                    if not isinstance(data__steps_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.steps[{data__steps_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__steps_item, str):
                        data__steps_item_len = len(data__steps_item)
                        if data__steps_item_len > 80:
                            raise mismatch('' + (name_prefix or 'data') + '.steps[{data__steps_x}]'.format(**locals()) + '', 'must have at most 80 characters')
                        if not REGEX_PATTERNS['^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$'].search(data__steps_item):
                            raise mismatch('' + (name_prefix or 'data') + '.steps[{data__steps_x}]'.format(**locals()) + '', 'must match ^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$')
        if 'reason' in data_keys:
            data_keys.remove('reason')
            data__reason = data['reason']
            if not isinstance(data__reason, str):
                raise mismatch('' + (name_prefix or 'data') + '.reason', 'must be string')
            if isinstance(data__reason, str):
                data__reason_len = len(data__reason)
                if data__reason_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at most 1000 characters')
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
        if 'source_ip' in data_keys:
            data_keys.remove('source_ip')
            data__sourceip = data['source_ip']
            if not isinstance(data__sourceip, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.source_ip', 'must be string or null')
            if isinstance(data__sourceip, str):
                data__sourceip_len = len(data__sourceip)
                if data__sourceip_len > 64:
                    raise mismatch('' + (name_prefix or 'data') + '.source_ip', 'must have at most 64 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but decision, steps, reason, at, source_ip')
    return data
