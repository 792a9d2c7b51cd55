"""Rendered from schemas/policy.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[a-z][a-z0-9-]{1,39}$': re.compile('^[a-z][a-z0-9-]{1,39}\\Z'), '^[a-z0-9_.*]{1,64}$': re.compile('^[a-z0-9_.*]{1,64}\\Z'), '^[A-Za-z0-9:/.&*_-]{1,128}$': re.compile('^[A-Za-z0-9:/.&*_-]{1,128}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['rules']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'rules' in data_keys:
            data_keys.remove('rules')
            data__rules = data['rules']
            if not isinstance(data__rules, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.rules', 'must be array')
            data__rules_is_list = isinstance(data__rules, (list, tuple))
            if data__rules_is_list:
                data__rules_len = len(data__rules)
                if data__rules_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.rules', 'must have at least 1 items')
                if data__rules_len > 200:
                    raise mismatch('' + (name_prefix or 'data') + '.rules', 'must have at most 200 items')
                for data__rules_x, data__rules_item in enumerate(data__rules):
                    if not isinstance(data__rules_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}]'.format(**locals()) + '', 'must be object')
                    data__rules_item_is_dict = isinstance(data__rules_item, dict)
                    if data__rules_item_is_dict:
                        data__rules_item__missing_keys = set(['name', 'type', 'action', 'approval', 'why']) - data__rules_item.keys()
                        if data__rules_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__rules_item__missing_keys)))
                        data__rules_item_keys = set(data__rules_item.keys())
                        if 'name' in data__rules_item_keys:
                            data__rules_item_keys.remove('name')
                            data__rules_item__name = data__rules_item['name']
                            if not isinstance(data__rules_item__name, str):
                                raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].name'.format(**locals()) + '', 'must be string')
                            if isinstance(data__rules_item__name, str):
                                if not REGEX_PATTERNS['^[a-z][a-z0-9-]{1,39}$'].search(data__rules_item__name):
                                    raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].name'.format(**locals()) + '', 'must match ^[a-z][a-z0-9-]{1,39}$')
                        if 'type' in data__rules_item_keys:
                            data__rules_item_keys.remove('type')
                            data__rules_item__type = data__rules_item['type']
                            validate___definitions_types(data__rules_item__type, custom_formats, (name_prefix or 'data') + '.rules[{data__rules_x}].type'.format(**locals()))
                        if 'action' in data__rules_item_keys:
                            data__rules_item_keys.remove('action')
                            data__rules_item__action = data__rules_item['action']
                            validate___definitions_actions(data__rules_item__action, custom_formats, (name_prefix or 'data') + '.rules[{data__rules_x}].action'.format(**locals()))
                        if 'stage' in data__rules_item_keys:
                            data__rules_item_keys.remove('stage')
                            data__rules_item__stage = data__rules_item['stage']
                            if not isinstance(data__rules_item__stage, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].stage'.format(**locals()) + '', 'must be array')
                            data__rules_item__stage_is_list = isinstance(data__rules_item__stage, (list, tuple))
                            if data__rules_item__stage_is_list:
                                data__rules_item__stage_len = len(data__rules_item__stage)
                                if data__rules_item__stage_len < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].stage'.format(**locals()) + '', 'must have at least 1 items')

                                def fn(var):
                                    return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
                                if data__rules_item__stage_len > len(set((fn(data__rules_item__stage_x) for data__rules_item__stage_x in data__rules_item__stage))):
                                    raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].stage'.format(**locals()) + '', 'must not have an item twice')
                                for data__rules_item__stage_x, data__rules_item__stage_item in enumerate(data__rules_item__stage):
                                    if not (isinstance(data__rules_item__stage_item, str) and data__rules_item__stage_item == 'containment' or (isinstance(data__rules_item__stage_item, str) and data__rules_item__stage_item == 'eradication') or (isinstance(data__rules_item__stage_item, str) and data__rules_item__stage_item == 'recovery') or (isinstance(data__rules_item__stage_item, str) and data__rules_item__stage_item == 'notification')):
                                        raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].stage[{data__rules_item__stage_x}]'.format(**locals()) + '', 'must be one of "containment", "eradication", "recovery", "notification"')
                        if 'approval' in data__rules_item_keys:
                            data__rules_item_keys.remove('approval')
                            data__rules_item__approval = data__rules_item['approval']
                            if not (isinstance(data__rules_item__approval, str) and data__rules_item__approval == 'automatic' or (isinstance(data__rules_item__approval, str) and data__rules_item__approval == 'one') or (isinstance(data__rules_item__approval, str) and data__rules_item__approval == 'two') or (isinstance(data__rules_item__approval, str) and data__rules_item__approval == 'never')):
                                raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].approval'.format(**locals()) + '', 'must be one of "automatic", "one", "two", "never"')
                        if 'why' in data__rules_item_keys:
                            data__rules_item_keys.remove('why')
                            data__rules_item__why = data__rules_item['why']
                            if not isinstance(data__rules_item__why, str):
                                raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].why'.format(**locals()) + '', 'must be string')
                            if isinstance(data__rules_item__why, str):
                                data__rules_item__why_len = len(data__rules_item__why)
                                if data__rules_item__why_len < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].why'.format(**locals()) + '', 'must have at least 1 characters')
                                if data__rules_item__why_len > 300:
                                    raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}].why'.format(**locals()) + '', 'must have at most 300 characters')
                        if data__rules_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.rules[{data__rules_x}]'.format(**locals()) + '', 'must have no fields but name, type, action, stage, approval, why')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but rules')
    return data

def validate___definitions_actions(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (list, tuple)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be array')
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        if data_len < 1:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at least 1 items')
        if data_len > 100:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 100 items')

        def fn(var):
            return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
        if data_len > len(set((fn(data_x) for data_x in data))):
            raise mismatch('' + (name_prefix or 'data') + '', 'must not have an item twice')
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, str):
                raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must be string')
            if isinstance(data_item, str):
                if not REGEX_PATTERNS['^[a-z0-9_.*]{1,64}$'].search(data_item):
                    raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must match ^[a-z0-9_.*]{1,64}$')
    return data

def validate___definitions_types(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (list, tuple)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be array')
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        if data_len < 1:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at least 1 items')
        if data_len > 100:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 100 items')

        def fn(var):
            return frozenset(dict(((k, fn(v)) for k, v in var.items())).items()) if hasattr(var, 'items') else tuple((fn(v) for v in var)) if isinstance(var, (dict, list)) else (bool, var) if isinstance(var, bool) else var
        if data_len > len(set((fn(data_x) for data_x in data))):
            raise mismatch('' + (name_prefix or 'data') + '', 'must not have an item twice')
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, str):
                raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must be string')
            if isinstance(data_item, str):
                if not REGEX_PATTERNS['^[A-Za-z0-9:/.&*_-]{1,128}$'].search(data_item):
                    raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must match ^[A-Za-z0-9:/.&*_-]{1,128}$')
    return data
