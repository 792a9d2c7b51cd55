"""Rendered from schemas/notice.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['moments']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'moments' in data_keys:
            data_keys.remove('moments')
            data__moments = data['moments']
            if not isinstance(data__moments, dict):
                raise mismatch('' + (name_prefix or 'data') + '.moments', 'must be object')
            data__moments_is_dict = isinstance(data__moments, dict)
            if data__moments_is_dict:
                data__moments__missing_keys = set(['opened', 'asked', 'reminded', 'contained', 'refused', 'failed', 'closed']) - data__moments.keys()
                if data__moments__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.moments', 'must have ' + ', '.join(sorted(data__moments__missing_keys)))
                data__moments_keys = set(data__moments.keys())
                if 'opened' in data__moments_keys:
                    data__moments_keys.remove('opened')
                    data__moments__opened = data__moments['opened']
                    validate___definitions_told(data__moments__opened, custom_formats, (name_prefix or 'data') + '.moments.opened')
                if 'asked' in data__moments_keys:
                    data__moments_keys.remove('asked')
                    data__moments__asked = data__moments['asked']
                    validate___definitions_told(data__moments__asked, custom_formats, (name_prefix or 'data') + '.moments.asked')
                if 'reminded' in data__moments_keys:
                    data__moments_keys.remove('reminded')
                    data__moments__reminded = data__moments['reminded']
                    validate___definitions_told(data__moments__reminded, custom_formats, (name_prefix or 'data') + '.moments.reminded')
                if 'contained' in data__moments_keys:
                    data__moments_keys.remove('contained')
                    data__moments__contained = data__moments['contained']
                    validate___definitions_told(data__moments__contained, custom_formats, (name_prefix or 'data') + '.moments.contained')
                if 'refused' in data__moments_keys:
                    data__moments_keys.remove('refused')
                    data__moments__refused = data__moments['refused']
                    validate___definitions_told(data__moments__refused, custom_formats, (name_prefix or 'data') + '.moments.refused')
                if 'failed' in data__moments_keys:
                    data__moments_keys.remove('failed')
                    data__moments__failed = data__moments['failed']
                    validate___definitions_told(data__moments__failed, custom_formats, (name_prefix or 'data') + '.moments.failed')
                    data__moments__failed_is_list = isinstance(data__moments__failed, (list, tuple))
                    if data__moments__failed_is_list:
                        data__moments__failed_len = len(data__moments__failed)
                        if data__moments__failed_len < 1:
                            raise mismatch('' + (name_prefix or 'data') + '.moments.failed', 'must have at least 1 items')
                if 'closed' in data__moments_keys:
                    data__moments_keys.remove('closed')
                    data__moments__closed = data__moments['closed']
                    validate___definitions_told(data__moments__closed, custom_formats, (name_prefix or 'data') + '.moments.closed')
                if data__moments_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.moments', 'must have no fields but opened, asked, reminded, contained, refused, failed, closed')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but moments')
    return data

def validate___definitions_told(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (list, tuple)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be array')
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        if data_len > 4:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 4 items')

        def fn(var):
            return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
        if data_len > len(set((fn(data_x) for data_x in data))):
            raise mismatch('' + (name_prefix or 'data') + '', 'must not have an item twice')
        for data_x, data_item in enumerate(data):
            if not (isinstance(data_item, str) and data_item == 'first' or (isinstance(data_item, str) and data_item == 'second') or (isinstance(data_item, str) and data_item == 'watchers') or (isinstance(data_item, str) and data_item == 'topic')):
                raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must be one of "first", "second", "watchers", "topic"')
    return data
