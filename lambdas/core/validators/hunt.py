"""Rendered from schemas/hunt.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[a-z_0-9]+$': re.compile('^[a-z_0-9]+\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}\\Z'), '^[a-z_]+$': re.compile('^[a-z_]+\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['summary', 'places', 'wanted', 'records', 'files', 'passed_over', 'period', 'actors', 'lineage', 'timeline', 'detections', 'own_roles', 'activity', 'cost', 'blind_spots', 'skipped_files', 'malformed']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'summary' in data_keys:
            data_keys.remove('summary')
            data__summary = data['summary']
            if not isinstance(data__summary, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.summary', 'must be array')
            data__summary_is_list = isinstance(data__summary, (list, tuple))
            if data__summary_is_list:
                data__summary_len = len(data__summary)
                if data__summary_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.summary', 'must have at least 1 items')
                for data__summary_x, data__summary_item in enumerate(data__summary):
                    if not isinstance(data__summary_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.summary[{data__summary_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__summary_item, str):
                        data__summary_item_len = len(data__summary_item)
                        if data__summary_item_len < 1:
                            raise mismatch('' + (name_prefix or 'data') + '.summary[{data__summary_x}]'.format(**locals()) + '', 'must have at least 1 characters')
        if 'places' in data_keys:
            data_keys.remove('places')
            data__places = data['places']
            if not isinstance(data__places, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.places', 'must be array')
            data__places_is_list = isinstance(data__places, (list, tuple))
            if data__places_is_list:
                data__places_len = len(data__places)
                for data__places_x, data__places_item in enumerate(data__places):
                    if not isinstance(data__places_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.places[{data__places_x}]'.format(**locals()) + '', 'must be string')
        if 'wanted' in data_keys:
            data_keys.remove('wanted')
            data__wanted = data['wanted']
            if not isinstance(data__wanted, dict):
                raise mismatch('' + (name_prefix or 'data') + '.wanted', 'must be object')
            data__wanted_is_dict = isinstance(data__wanted, dict)
            if data__wanted_is_dict:
                data__wanted_keys = set(data__wanted.keys())
                if 'actors' in data__wanted_keys:
                    data__wanted_keys.remove('actors')
                    data__wanted__actors = data__wanted['actors']
                    validate___definitions_texts(data__wanted__actors, custom_formats, (name_prefix or 'data') + '.wanted.actors')
                if 'since' in data__wanted_keys:
                    data__wanted_keys.remove('since')
                    data__wanted__since = data__wanted['since']
                    validate___definitions_moment(data__wanted__since, custom_formats, (name_prefix or 'data') + '.wanted.since')
                if 'until' in data__wanted_keys:
                    data__wanted_keys.remove('until')
                    data__wanted__until = data__wanted['until']
                    validate___definitions_moment(data__wanted__until, custom_formats, (name_prefix or 'data') + '.wanted.until')
                if 'accounts' in data__wanted_keys:
                    data__wanted_keys.remove('accounts')
                    data__wanted__accounts = data__wanted['accounts']
                    validate___definitions_texts(data__wanted__accounts, custom_formats, (name_prefix or 'data') + '.wanted.accounts')
                if 'settings' in data__wanted_keys:
                    data__wanted_keys.remove('settings')
                    data__wanted__settings = data__wanted['settings']
                    if not isinstance(data__wanted__settings, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.wanted.settings', 'must be object')
                if data__wanted_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.wanted', 'must have no fields but actors, since, until, accounts, settings')
        if 'records' in data_keys:
            data_keys.remove('records')
            data__records = data['records']
            if not isinstance(data__records, dict):
                raise mismatch('' + (name_prefix or 'data') + '.records', 'must be object')
            data__records_is_dict = isinstance(data__records, dict)
            if data__records_is_dict:
                data__records__missing_keys = set(['read', 'relevant', 'duplicates', 'malformed']) - data__records.keys()
                if data__records__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.records', 'must have ' + ', '.join(sorted(data__records__missing_keys)))
                data__records_keys = set(data__records.keys())
                if 'read' in data__records_keys:
                    data__records_keys.remove('read')
                    data__records__read = data__records['read']
                    if not isinstance(data__records__read, int) and (not (isinstance(data__records__read, float) and data__records__read.is_integer())) or isinstance(data__records__read, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.records.read', 'must be integer')
                    if isinstance(data__records__read, (int, float, Decimal)) and (not isinstance(data__records__read, bool)):
                        if data__records__read < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.records.read', 'must be at least 0')
                if 'relevant' in data__records_keys:
                    data__records_keys.remove('relevant')
                    data__records__relevant = data__records['relevant']
                    if not isinstance(data__records__relevant, int) and (not (isinstance(data__records__relevant, float) and data__records__relevant.is_integer())) or isinstance(data__records__relevant, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.records.relevant', 'must be integer')
                    if isinstance(data__records__relevant, (int, float, Decimal)) and (not isinstance(data__records__relevant, bool)):
                        if data__records__relevant < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.records.relevant', 'must be at least 0')
                if 'duplicates' in data__records_keys:
                    data__records_keys.remove('duplicates')
                    data__records__duplicates = data__records['duplicates']
                    if not isinstance(data__records__duplicates, int) and (not (isinstance(data__records__duplicates, float) and data__records__duplicates.is_integer())) or isinstance(data__records__duplicates, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.records.duplicates', 'must be integer')
                    if isinstance(data__records__duplicates, (int, float, Decimal)) and (not isinstance(data__records__duplicates, bool)):
                        if data__records__duplicates < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.records.duplicates', 'must be at least 0')
                if 'malformed' in data__records_keys:
                    data__records_keys.remove('malformed')
                    data__records__malformed = data__records['malformed']
                    if not isinstance(data__records__malformed, int) and (not (isinstance(data__records__malformed, float) and data__records__malformed.is_integer())) or isinstance(data__records__malformed, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.records.malformed', 'must be integer')
                    if isinstance(data__records__malformed, (int, float, Decimal)) and (not isinstance(data__records__malformed, bool)):
                        if data__records__malformed < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.records.malformed', 'must be at least 0')
                if data__records_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.records', 'must have no fields but read, relevant, duplicates, malformed')
        if 'files' in data_keys:
            data_keys.remove('files')
            data__files = data['files']
            if not isinstance(data__files, int) and (not (isinstance(data__files, float) and data__files.is_integer())) or isinstance(data__files, bool):
                raise mismatch('' + (name_prefix or 'data') + '.files', 'must be integer')
            if isinstance(data__files, (int, float, Decimal)) and (not isinstance(data__files, bool)):
                if data__files < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.files', 'must be at least 0')
        if 'passed_over' in data_keys:
            data_keys.remove('passed_over')
            data__passedover = data['passed_over']
            if not isinstance(data__passedover, dict):
                raise mismatch('' + (name_prefix or 'data') + '.passed_over', 'must be object')
            data__passedover_is_dict = isinstance(data__passedover, dict)
            if data__passedover_is_dict:
                data__passedover_keys = set(data__passedover.keys())
                for data__passedover_key in data__passedover_keys:
                    if data__passedover_key not in []:
                        data__passedover_value = data__passedover.get(data__passedover_key)
                        if not isinstance(data__passedover_value, int) and (not (isinstance(data__passedover_value, float) and data__passedover_value.is_integer())) or isinstance(data__passedover_value, bool):
                            raise mismatch('' + (name_prefix or 'data') + '.passed_over.{data__passedover_key}'.format(**locals()) + '', 'must be integer')
                        if isinstance(data__passedover_value, (int, float, Decimal)) and (not isinstance(data__passedover_value, bool)):
                            if data__passedover_value < 1:
                                raise mismatch('' + (name_prefix or 'data') + '.passed_over.{data__passedover_key}'.format(**locals()) + '', 'must be at least 1')
        if 'period' in data_keys:
            data_keys.remove('period')
            data__period = data['period']
            if not isinstance(data__period, dict):
                raise mismatch('' + (name_prefix or 'data') + '.period', 'must be object')
            data__period_is_dict = isinstance(data__period, dict)
            if data__period_is_dict:
                data__period__missing_keys = set(['first', 'last', 'relevant_first', 'relevant_last']) - data__period.keys()
                if data__period__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.period', 'must have ' + ', '.join(sorted(data__period__missing_keys)))
                data__period_keys = set(data__period.keys())
                if 'first' in data__period_keys:
                    data__period_keys.remove('first')
                    data__period__first = data__period['first']
                    validate___definitions_moment(data__period__first, custom_formats, (name_prefix or 'data') + '.period.first')
                if 'last' in data__period_keys:
                    data__period_keys.remove('last')
                    data__period__last = data__period['last']
                    validate___definitions_moment(data__period__last, custom_formats, (name_prefix or 'data') + '.period.last')
                if 'relevant_first' in data__period_keys:
                    data__period_keys.remove('relevant_first')
                    data__period__relevantfirst = data__period['relevant_first']
                    validate___definitions_moment(data__period__relevantfirst, custom_formats, (name_prefix or 'data') + '.period.relevant_first')
                if 'relevant_last' in data__period_keys:
                    data__period_keys.remove('relevant_last')
                    data__period__relevantlast = data__period['relevant_last']
                    validate___definitions_moment(data__period__relevantlast, custom_formats, (name_prefix or 'data') + '.period.relevant_last')
                if data__period_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.period', 'must have no fields but first, last, relevant_first, relevant_last')
        if 'actors' in data_keys:
            data_keys.remove('actors')
            data__actors = data['actors']
            if not isinstance(data__actors, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.actors', 'must be array')
            data__actors_is_list = isinstance(data__actors, (list, tuple))
            if data__actors_is_list:
                data__actors_len = len(data__actors)
                for data__actors_x, data__actors_item in enumerate(data__actors):
                    validate___definitions_actor(data__actors_item, custom_formats, (name_prefix or 'data') + '.actors[{data__actors_x}]'.format(**locals()))
        if 'lineage' in data_keys:
            data_keys.remove('lineage')
            data__lineage = data['lineage']
            if not isinstance(data__lineage, dict):
                raise mismatch('' + (name_prefix or 'data') + '.lineage', 'must be object')
            data__lineage_is_dict = isinstance(data__lineage, dict)
            if data__lineage_is_dict:
                data__lineage__missing_keys = set(['nodes', 'links']) - data__lineage.keys()
                if data__lineage__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.lineage', 'must have ' + ', '.join(sorted(data__lineage__missing_keys)))
                data__lineage_keys = set(data__lineage.keys())
                if 'nodes' in data__lineage_keys:
                    data__lineage_keys.remove('nodes')
                    data__lineage__nodes = data__lineage['nodes']
                    if not isinstance(data__lineage__nodes, (list, tuple)):
                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes', 'must be array')
                    data__lineage__nodes_is_list = isinstance(data__lineage__nodes, (list, tuple))
                    if data__lineage__nodes_is_list:
                        data__lineage__nodes_len = len(data__lineage__nodes)
                        for data__lineage__nodes_x, data__lineage__nodes_item in enumerate(data__lineage__nodes):
                            if not isinstance(data__lineage__nodes_item, dict):
                                raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}]'.format(**locals()) + '', 'must be object')
                            data__lineage__nodes_item_is_dict = isinstance(data__lineage__nodes_item, dict)
                            if data__lineage__nodes_item_is_dict:
                                data__lineage__nodes_item__missing_keys = set(['id', 'name', 'kind', 'account', 'severity', 'calls', 'invocations']) - data__lineage__nodes_item.keys()
                                if data__lineage__nodes_item__missing_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__lineage__nodes_item__missing_keys)))
                                data__lineage__nodes_item_keys = set(data__lineage__nodes_item.keys())
                                if 'id' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('id')
                                    data__lineage__nodes_item__id = data__lineage__nodes_item['id']
                                    if not isinstance(data__lineage__nodes_item__id, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].id'.format(**locals()) + '', 'must be string')
                                if 'name' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('name')
                                    data__lineage__nodes_item__name = data__lineage__nodes_item['name']
                                    if not isinstance(data__lineage__nodes_item__name, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].name'.format(**locals()) + '', 'must be string')
                                if 'kind' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('kind')
                                    data__lineage__nodes_item__kind = data__lineage__nodes_item['kind']
                                    if not isinstance(data__lineage__nodes_item__kind, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].kind'.format(**locals()) + '', 'must be string or null')
                                if 'account' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('account')
                                    data__lineage__nodes_item__account = data__lineage__nodes_item['account']
                                    if not isinstance(data__lineage__nodes_item__account, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].account'.format(**locals()) + '', 'must be string')
                                if 'severity' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('severity')
                                    data__lineage__nodes_item__severity = data__lineage__nodes_item['severity']
                                    validate___definitions_severity(data__lineage__nodes_item__severity, custom_formats, (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].severity'.format(**locals()))
                                if 'calls' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('calls')
                                    data__lineage__nodes_item__calls = data__lineage__nodes_item['calls']
                                    if not isinstance(data__lineage__nodes_item__calls, int) and (not (isinstance(data__lineage__nodes_item__calls, float) and data__lineage__nodes_item__calls.is_integer())) or isinstance(data__lineage__nodes_item__calls, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].calls'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__lineage__nodes_item__calls, (int, float, Decimal)) and (not isinstance(data__lineage__nodes_item__calls, bool)):
                                        if data__lineage__nodes_item__calls < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].calls'.format(**locals()) + '', 'must be at least 0')
                                if 'invocations' in data__lineage__nodes_item_keys:
                                    data__lineage__nodes_item_keys.remove('invocations')
                                    data__lineage__nodes_item__invocations = data__lineage__nodes_item['invocations']
                                    if not isinstance(data__lineage__nodes_item__invocations, int) and (not (isinstance(data__lineage__nodes_item__invocations, float) and data__lineage__nodes_item__invocations.is_integer())) or isinstance(data__lineage__nodes_item__invocations, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].invocations'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__lineage__nodes_item__invocations, (int, float, Decimal)) and (not isinstance(data__lineage__nodes_item__invocations, bool)):
                                        if data__lineage__nodes_item__invocations < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}].invocations'.format(**locals()) + '', 'must be at least 0')
                                if data__lineage__nodes_item_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.lineage.nodes[{data__lineage__nodes_x}]'.format(**locals()) + '', 'must have no fields but id, name, kind, account, severity, calls, invocations')
                if 'links' in data__lineage_keys:
                    data__lineage_keys.remove('links')
                    data__lineage__links = data__lineage['links']
                    if not isinstance(data__lineage__links, (list, tuple)):
                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links', 'must be array')
                    data__lineage__links_is_list = isinstance(data__lineage__links, (list, tuple))
                    if data__lineage__links_is_list:
                        data__lineage__links_len = len(data__lineage__links)
                        for data__lineage__links_x, data__lineage__links_item in enumerate(data__lineage__links):
                            if not isinstance(data__lineage__links_item, dict):
                                raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}]'.format(**locals()) + '', 'must be object')
                            data__lineage__links_item_is_dict = isinstance(data__lineage__links_item, dict)
                            if data__lineage__links_item_is_dict:
                                data__lineage__links_item__missing_keys = set(['parent', 'child', 'via', 'n', 'first', 'last', 'keys', 'keys_used']) - data__lineage__links_item.keys()
                                if data__lineage__links_item__missing_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__lineage__links_item__missing_keys)))
                                data__lineage__links_item_keys = set(data__lineage__links_item.keys())
                                if 'parent' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('parent')
                                    data__lineage__links_item__parent = data__lineage__links_item['parent']
                                    if not isinstance(data__lineage__links_item__parent, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].parent'.format(**locals()) + '', 'must be string')
                                if 'child' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('child')
                                    data__lineage__links_item__child = data__lineage__links_item['child']
                                    if not isinstance(data__lineage__links_item__child, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].child'.format(**locals()) + '', 'must be string')
                                if 'via' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('via')
                                    data__lineage__links_item__via = data__lineage__links_item['via']
                                    if not isinstance(data__lineage__links_item__via, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].via'.format(**locals()) + '', 'must be string')
                                if 'n' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('n')
                                    data__lineage__links_item__n = data__lineage__links_item['n']
                                    if not isinstance(data__lineage__links_item__n, int) and (not (isinstance(data__lineage__links_item__n, float) and data__lineage__links_item__n.is_integer())) or isinstance(data__lineage__links_item__n, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].n'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__lineage__links_item__n, (int, float, Decimal)) and (not isinstance(data__lineage__links_item__n, bool)):
                                        if data__lineage__links_item__n < 1:
                                            raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].n'.format(**locals()) + '', 'must be at least 1')
                                if 'first' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('first')
                                    data__lineage__links_item__first = data__lineage__links_item['first']
                                    validate___definitions_moment(data__lineage__links_item__first, custom_formats, (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].first'.format(**locals()))
                                if 'last' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('last')
                                    data__lineage__links_item__last = data__lineage__links_item['last']
                                    validate___definitions_moment(data__lineage__links_item__last, custom_formats, (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].last'.format(**locals()))
                                if 'keys' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('keys')
                                    data__lineage__links_item__keys = data__lineage__links_item['keys']
                                    validate___definitions_texts(data__lineage__links_item__keys, custom_formats, (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].keys'.format(**locals()))
                                if 'keys_used' in data__lineage__links_item_keys:
                                    data__lineage__links_item_keys.remove('keys_used')
                                    data__lineage__links_item__keysused = data__lineage__links_item['keys_used']
                                    if not isinstance(data__lineage__links_item__keysused, int) and (not (isinstance(data__lineage__links_item__keysused, float) and data__lineage__links_item__keysused.is_integer())) or isinstance(data__lineage__links_item__keysused, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].keys_used'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__lineage__links_item__keysused, (int, float, Decimal)) and (not isinstance(data__lineage__links_item__keysused, bool)):
                                        if data__lineage__links_item__keysused < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}].keys_used'.format(**locals()) + '', 'must be at least 0')
                                if data__lineage__links_item_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.lineage.links[{data__lineage__links_x}]'.format(**locals()) + '', 'must have no fields but parent, child, via, n, first, last, keys, keys_used')
                if data__lineage_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.lineage', 'must have no fields but nodes, links')
        if 'timeline' in data_keys:
            data_keys.remove('timeline')
            data__timeline = data['timeline']
            if not isinstance(data__timeline, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.timeline', 'must be array')
            data__timeline_is_list = isinstance(data__timeline, (list, tuple))
            if data__timeline_is_list:
                data__timeline_len = len(data__timeline)
                if data__timeline_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.timeline', 'must have at most 1000 items')
                for data__timeline_x, data__timeline_item in enumerate(data__timeline):
                    if not isinstance(data__timeline_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must be object')
                    data__timeline_item_is_dict = isinstance(data__timeline_item, dict)
                    if data__timeline_item_is_dict:
                        data__timeline_item__missing_keys = set(['at', 'until', 'n', 'kind', 'severity', 'what', 'detail', 'actor', 'account', 'regions', 'tactics', 'attack', 'atlas', 'event_ids']) - data__timeline_item.keys()
                        if data__timeline_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__timeline_item__missing_keys)))
                        data__timeline_item_keys = set(data__timeline_item.keys())
                        if 'at' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('at')
                            data__timeline_item__at = data__timeline_item['at']
                            if not isinstance(data__timeline_item__at, str):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].at'.format(**locals()) + '', 'must be string')
                        if 'until' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('until')
                            data__timeline_item__until = data__timeline_item['until']
                            if not isinstance(data__timeline_item__until, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].until'.format(**locals()) + '', 'must be string or null')
                        if 'n' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('n')
                            data__timeline_item__n = data__timeline_item['n']
                            if not isinstance(data__timeline_item__n, int) and (not (isinstance(data__timeline_item__n, float) and data__timeline_item__n.is_integer())) or isinstance(data__timeline_item__n, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].n'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__timeline_item__n, (int, float, Decimal)) and (not isinstance(data__timeline_item__n, bool)):
                                if data__timeline_item__n < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].n'.format(**locals()) + '', 'must be at least 1')
                        if 'kind' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('kind')
                            data__timeline_item__kind = data__timeline_item['kind']
                            if not (isinstance(data__timeline_item__kind, str) and data__timeline_item__kind == 'detection' or (isinstance(data__timeline_item__kind, str) and data__timeline_item__kind == 'watched') or (isinstance(data__timeline_item__kind, str) and data__timeline_item__kind == 'failed') or (isinstance(data__timeline_item__kind, str) and data__timeline_item__kind == 'use') or (isinstance(data__timeline_item__kind, str) and data__timeline_item__kind == 'gap')):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].kind'.format(**locals()) + '', 'must be one of "detection", "watched", "failed", "use", "gap"')
                        if 'severity' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('severity')
                            data__timeline_item__severity = data__timeline_item['severity']
                            validate___definitions_severity(data__timeline_item__severity, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].severity'.format(**locals()))
                        if 'what' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('what')
                            data__timeline_item__what = data__timeline_item['what']
                            if not isinstance(data__timeline_item__what, str):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].what'.format(**locals()) + '', 'must be string')
                        if 'detail' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('detail')
                            data__timeline_item__detail = data__timeline_item['detail']
                            if not isinstance(data__timeline_item__detail, str):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].detail'.format(**locals()) + '', 'must be string')
                        if 'actor' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('actor')
                            data__timeline_item__actor = data__timeline_item['actor']
                            if not isinstance(data__timeline_item__actor, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].actor'.format(**locals()) + '', 'must be string or null')
                        if 'account' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('account')
                            data__timeline_item__account = data__timeline_item['account']
                            if not isinstance(data__timeline_item__account, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].account'.format(**locals()) + '', 'must be string or null')
                        if 'regions' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('regions')
                            data__timeline_item__regions = data__timeline_item['regions']
                            validate___definitions_texts(data__timeline_item__regions, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].regions'.format(**locals()))
                        if 'tactics' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('tactics')
                            data__timeline_item__tactics = data__timeline_item['tactics']
                            validate___definitions_texts(data__timeline_item__tactics, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].tactics'.format(**locals()))
                        if 'attack' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('attack')
                            data__timeline_item__attack = data__timeline_item['attack']
                            validate___definitions_texts(data__timeline_item__attack, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].attack'.format(**locals()))
                        if 'atlas' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('atlas')
                            data__timeline_item__atlas = data__timeline_item['atlas']
                            validate___definitions_texts(data__timeline_item__atlas, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].atlas'.format(**locals()))
                        if 'event_ids' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('event_ids')
                            data__timeline_item__eventids = data__timeline_item['event_ids']
                            if not isinstance(data__timeline_item__eventids, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].event_ids'.format(**locals()) + '', 'must be array')
                            data__timeline_item__eventids_is_list = isinstance(data__timeline_item__eventids, (list, tuple))
                            if data__timeline_item__eventids_is_list:
                                data__timeline_item__eventids_len = len(data__timeline_item__eventids)
                                if data__timeline_item__eventids_len > 20:
                                    raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].event_ids'.format(**locals()) + '', 'must have at most 20 items')
                                for data__timeline_item__eventids_x, data__timeline_item__eventids_item in enumerate(data__timeline_item__eventids):
                                    if not isinstance(data__timeline_item__eventids_item, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}].event_ids[{data__timeline_item__eventids_x}]'.format(**locals()) + '', 'must be string')
                        if data__timeline_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must have no fields but at, until, n, kind, severity, what, detail, actor, account, regions, tactics, attack, atlas, event_ids')
        if 'detections' in data_keys:
            data_keys.remove('detections')
            data__detections = data['detections']
            if not isinstance(data__detections, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.detections', 'must be array')
            data__detections_is_list = isinstance(data__detections, (list, tuple))
            if data__detections_is_list:
                data__detections_len = len(data__detections)
                for data__detections_x, data__detections_item in enumerate(data__detections):
                    if not isinstance(data__detections_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}]'.format(**locals()) + '', 'must be object')
                    data__detections_item_is_dict = isinstance(data__detections_item, dict)
                    if data__detections_item_is_dict:
                        data__detections_item__missing_keys = set(['id', 'title', 'question', 'severity', 'tactics', 'attack', 'atlas', 'actor', 'actor_name', 'access_key', 'account', 'region', 'first_seen', 'last_seen', 'n', 'detail', 'event_ids']) - data__detections_item.keys()
                        if data__detections_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__detections_item__missing_keys)))
                        data__detections_item_keys = set(data__detections_item.keys())
                        if 'id' in data__detections_item_keys:
                            data__detections_item_keys.remove('id')
                            data__detections_item__id = data__detections_item['id']
                            if not isinstance(data__detections_item__id, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].id'.format(**locals()) + '', 'must be string')
                            if isinstance(data__detections_item__id, str):
                                if not REGEX_PATTERNS['^[a-z_0-9]+$'].search(data__detections_item__id):
                                    raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].id'.format(**locals()) + '', 'must match ^[a-z_0-9]+$')
                        if 'title' in data__detections_item_keys:
                            data__detections_item_keys.remove('title')
                            data__detections_item__title = data__detections_item['title']
                            if not isinstance(data__detections_item__title, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].title'.format(**locals()) + '', 'must be string')
                        if 'question' in data__detections_item_keys:
                            data__detections_item_keys.remove('question')
                            data__detections_item__question = data__detections_item['question']
                            if not isinstance(data__detections_item__question, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].question'.format(**locals()) + '', 'must be string')
                        if 'severity' in data__detections_item_keys:
                            data__detections_item_keys.remove('severity')
                            data__detections_item__severity = data__detections_item['severity']
                            if not (isinstance(data__detections_item__severity, str) and data__detections_item__severity == 'critical' or (isinstance(data__detections_item__severity, str) and data__detections_item__severity == 'high') or (isinstance(data__detections_item__severity, str) and data__detections_item__severity == 'medium') or (isinstance(data__detections_item__severity, str) and data__detections_item__severity == 'low')):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].severity'.format(**locals()) + '', 'must be one of "critical", "high", "medium", "low"')
                        if 'tactics' in data__detections_item_keys:
                            data__detections_item_keys.remove('tactics')
                            data__detections_item__tactics = data__detections_item['tactics']
                            validate___definitions_texts(data__detections_item__tactics, custom_formats, (name_prefix or 'data') + '.detections[{data__detections_x}].tactics'.format(**locals()))
                        if 'attack' in data__detections_item_keys:
                            data__detections_item_keys.remove('attack')
                            data__detections_item__attack = data__detections_item['attack']
                            validate___definitions_texts(data__detections_item__attack, custom_formats, (name_prefix or 'data') + '.detections[{data__detections_x}].attack'.format(**locals()))
                        if 'atlas' in data__detections_item_keys:
                            data__detections_item_keys.remove('atlas')
                            data__detections_item__atlas = data__detections_item['atlas']
                            validate___definitions_texts(data__detections_item__atlas, custom_formats, (name_prefix or 'data') + '.detections[{data__detections_x}].atlas'.format(**locals()))
                        if 'actor' in data__detections_item_keys:
                            data__detections_item_keys.remove('actor')
                            data__detections_item__actor = data__detections_item['actor']
                            if not isinstance(data__detections_item__actor, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].actor'.format(**locals()) + '', 'must be string')
                        if 'actor_name' in data__detections_item_keys:
                            data__detections_item_keys.remove('actor_name')
                            data__detections_item__actorname = data__detections_item['actor_name']
                            if not isinstance(data__detections_item__actorname, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].actor_name'.format(**locals()) + '', 'must be string')
                        if 'access_key' in data__detections_item_keys:
                            data__detections_item_keys.remove('access_key')
                            data__detections_item__accesskey = data__detections_item['access_key']
                            if not isinstance(data__detections_item__accesskey, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].access_key'.format(**locals()) + '', 'must be string or null')
                        if 'account' in data__detections_item_keys:
                            data__detections_item_keys.remove('account')
                            data__detections_item__account = data__detections_item['account']
                            if not isinstance(data__detections_item__account, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].account'.format(**locals()) + '', 'must be string or null')
                        if 'region' in data__detections_item_keys:
                            data__detections_item_keys.remove('region')
                            data__detections_item__region = data__detections_item['region']
                            if not isinstance(data__detections_item__region, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].region'.format(**locals()) + '', 'must be string or null')
                        if 'first_seen' in data__detections_item_keys:
                            data__detections_item_keys.remove('first_seen')
                            data__detections_item__firstseen = data__detections_item['first_seen']
                            if not isinstance(data__detections_item__firstseen, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].first_seen'.format(**locals()) + '', 'must be string')
                        if 'last_seen' in data__detections_item_keys:
                            data__detections_item_keys.remove('last_seen')
                            data__detections_item__lastseen = data__detections_item['last_seen']
                            if not isinstance(data__detections_item__lastseen, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].last_seen'.format(**locals()) + '', 'must be string')
                        if 'n' in data__detections_item_keys:
                            data__detections_item_keys.remove('n')
                            data__detections_item__n = data__detections_item['n']
                            if not isinstance(data__detections_item__n, int) and (not (isinstance(data__detections_item__n, float) and data__detections_item__n.is_integer())) or isinstance(data__detections_item__n, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].n'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__detections_item__n, (int, float, Decimal)) and (not isinstance(data__detections_item__n, bool)):
                                if data__detections_item__n < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].n'.format(**locals()) + '', 'must be at least 1')
                        if 'detail' in data__detections_item_keys:
                            data__detections_item_keys.remove('detail')
                            data__detections_item__detail = data__detections_item['detail']
                            if not isinstance(data__detections_item__detail, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}].detail'.format(**locals()) + '', 'must be string or null')
                        if 'event_ids' in data__detections_item_keys:
                            data__detections_item_keys.remove('event_ids')
                            data__detections_item__eventids = data__detections_item['event_ids']
                            validate___definitions_texts(data__detections_item__eventids, custom_formats, (name_prefix or 'data') + '.detections[{data__detections_x}].event_ids'.format(**locals()))
                        if data__detections_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.detections[{data__detections_x}]'.format(**locals()) + '', 'must have no fields but id, title, question, severity, tactics, attack, atlas, actor, actor_name, access_key, account, region, first_seen, last_seen, n, detail, event_ids')
        if 'own_roles' in data_keys:
            data_keys.remove('own_roles')
            data__ownroles = data['own_roles']
            if not isinstance(data__ownroles, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.own_roles', 'must be array')
            data__ownroles_is_list = isinstance(data__ownroles, (list, tuple))
            if data__ownroles_is_list:
                data__ownroles_len = len(data__ownroles)
                for data__ownroles_x, data__ownroles_item in enumerate(data__ownroles):
                    if not isinstance(data__ownroles_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}]'.format(**locals()) + '', 'must be object')
                    data__ownroles_item_is_dict = isinstance(data__ownroles_item, dict)
                    if data__ownroles_item_is_dict:
                        data__ownroles_item__missing_keys = set(['actor', 'calls']) - data__ownroles_item.keys()
                        if data__ownroles_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__ownroles_item__missing_keys)))
                        data__ownroles_item_keys = set(data__ownroles_item.keys())
                        if 'actor' in data__ownroles_item_keys:
                            data__ownroles_item_keys.remove('actor')
                            data__ownroles_item__actor = data__ownroles_item['actor']
                            if not isinstance(data__ownroles_item__actor, str):
                                raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}].actor'.format(**locals()) + '', 'must be string')
                        if 'calls' in data__ownroles_item_keys:
                            data__ownroles_item_keys.remove('calls')
                            data__ownroles_item__calls = data__ownroles_item['calls']
                            if not isinstance(data__ownroles_item__calls, int) and (not (isinstance(data__ownroles_item__calls, float) and data__ownroles_item__calls.is_integer())) or isinstance(data__ownroles_item__calls, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}].calls'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__ownroles_item__calls, (int, float, Decimal)) and (not isinstance(data__ownroles_item__calls, bool)):
                                if data__ownroles_item__calls < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}].calls'.format(**locals()) + '', 'must be at least 1')
                        if data__ownroles_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.own_roles[{data__ownroles_x}]'.format(**locals()) + '', 'must have no fields but actor, calls')
        if 'activity' in data_keys:
            data_keys.remove('activity')
            data__activity = data['activity']
            if not isinstance(data__activity, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.activity', 'must be array')
            data__activity_is_list = isinstance(data__activity, (list, tuple))
            if data__activity_is_list:
                data__activity_len = len(data__activity)
                for data__activity_x, data__activity_item in enumerate(data__activity):
                    if not isinstance(data__activity_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}]'.format(**locals()) + '', 'must be object')
                    data__activity_item_is_dict = isinstance(data__activity_item, dict)
                    if data__activity_item_is_dict:
                        data__activity_item__missing_keys = set(['hour', 'region', 'calls', 'errors', 'invocations']) - data__activity_item.keys()
                        if data__activity_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__activity_item__missing_keys)))
                        data__activity_item_keys = set(data__activity_item.keys())
                        if 'hour' in data__activity_item_keys:
                            data__activity_item_keys.remove('hour')
                            data__activity_item__hour = data__activity_item['hour']
                            if not isinstance(data__activity_item__hour, str):
                                raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].hour'.format(**locals()) + '', 'must be string')
                        if 'region' in data__activity_item_keys:
                            data__activity_item_keys.remove('region')
                            data__activity_item__region = data__activity_item['region']
                            if not isinstance(data__activity_item__region, str):
                                raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].region'.format(**locals()) + '', 'must be string')
                        if 'calls' in data__activity_item_keys:
                            data__activity_item_keys.remove('calls')
                            data__activity_item__calls = data__activity_item['calls']
                            if not isinstance(data__activity_item__calls, int) and (not (isinstance(data__activity_item__calls, float) and data__activity_item__calls.is_integer())) or isinstance(data__activity_item__calls, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].calls'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__activity_item__calls, (int, float, Decimal)) and (not isinstance(data__activity_item__calls, bool)):
                                if data__activity_item__calls < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].calls'.format(**locals()) + '', 'must be at least 1')
                        if 'errors' in data__activity_item_keys:
                            data__activity_item_keys.remove('errors')
                            data__activity_item__errors = data__activity_item['errors']
                            if not isinstance(data__activity_item__errors, int) and (not (isinstance(data__activity_item__errors, float) and data__activity_item__errors.is_integer())) or isinstance(data__activity_item__errors, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].errors'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__activity_item__errors, (int, float, Decimal)) and (not isinstance(data__activity_item__errors, bool)):
                                if data__activity_item__errors < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].errors'.format(**locals()) + '', 'must be at least 0')
                        if 'invocations' in data__activity_item_keys:
                            data__activity_item_keys.remove('invocations')
                            data__activity_item__invocations = data__activity_item['invocations']
                            if not isinstance(data__activity_item__invocations, int) and (not (isinstance(data__activity_item__invocations, float) and data__activity_item__invocations.is_integer())) or isinstance(data__activity_item__invocations, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].invocations'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__activity_item__invocations, (int, float, Decimal)) and (not isinstance(data__activity_item__invocations, bool)):
                                if data__activity_item__invocations < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}].invocations'.format(**locals()) + '', 'must be at least 0')
                        if data__activity_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.activity[{data__activity_x}]'.format(**locals()) + '', 'must have no fields but hour, region, calls, errors, invocations')
        if 'cost' in data_keys:
            data_keys.remove('cost')
            data__cost = data['cost']
            if not isinstance(data__cost, dict):
                raise mismatch('' + (name_prefix or 'data') + '.cost', 'must be object')
            data__cost_is_dict = isinstance(data__cost, dict)
            if data__cost_is_dict:
                data__cost__missing_keys = set(['currency', 'rows', 'total', 'unmetered', 'prices']) - data__cost.keys()
                if data__cost__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.cost', 'must have ' + ', '.join(sorted(data__cost__missing_keys)))
                data__cost_keys = set(data__cost.keys())
                if 'currency' in data__cost_keys:
                    data__cost_keys.remove('currency')
                    data__cost__currency = data__cost['currency']
                    if not (isinstance(data__cost__currency, str) and data__cost__currency == 'USD'):
                        raise mismatch('' + (name_prefix or 'data') + '.cost.currency', 'must be "USD"')
                if 'rows' in data__cost_keys:
                    data__cost_keys.remove('rows')
                    data__cost__rows = data__cost['rows']
                    if not isinstance(data__cost__rows, (list, tuple)):
                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows', 'must be array')
                    data__cost__rows_is_list = isinstance(data__cost__rows, (list, tuple))
                    if data__cost__rows_is_list:
                        data__cost__rows_len = len(data__cost__rows)
                        for data__cost__rows_x, data__cost__rows_item in enumerate(data__cost__rows):
                            if not isinstance(data__cost__rows_item, dict):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}]'.format(**locals()) + '', 'must be object')
                            data__cost__rows_item_is_dict = isinstance(data__cost__rows_item, dict)
                            if data__cost__rows_item_is_dict:
                                data__cost__rows_item__missing_keys = set(['actor', 'model_id', 'model', 'profile', 'regions', 'calls', 'without_counts', 'tokens', 'usd']) - data__cost__rows_item.keys()
                                if data__cost__rows_item__missing_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__cost__rows_item__missing_keys)))
                                data__cost__rows_item_keys = set(data__cost__rows_item.keys())
                                if 'actor' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('actor')
                                    data__cost__rows_item__actor = data__cost__rows_item['actor']
                                    if not isinstance(data__cost__rows_item__actor, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].actor'.format(**locals()) + '', 'must be string')
                                if 'model_id' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('model_id')
                                    data__cost__rows_item__modelid = data__cost__rows_item['model_id']
                                    if not isinstance(data__cost__rows_item__modelid, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].model_id'.format(**locals()) + '', 'must be string')
                                if 'model' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('model')
                                    data__cost__rows_item__model = data__cost__rows_item['model']
                                    if not isinstance(data__cost__rows_item__model, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].model'.format(**locals()) + '', 'must be string')
                                if 'profile' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('profile')
                                    data__cost__rows_item__profile = data__cost__rows_item['profile']
                                    if not isinstance(data__cost__rows_item__profile, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].profile'.format(**locals()) + '', 'must be string or null')
                                if 'regions' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('regions')
                                    data__cost__rows_item__regions = data__cost__rows_item['regions']
                                    validate___definitions_texts(data__cost__rows_item__regions, custom_formats, (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].regions'.format(**locals()))
                                if 'calls' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('calls')
                                    data__cost__rows_item__calls = data__cost__rows_item['calls']
                                    if not isinstance(data__cost__rows_item__calls, int) and (not (isinstance(data__cost__rows_item__calls, float) and data__cost__rows_item__calls.is_integer())) or isinstance(data__cost__rows_item__calls, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].calls'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__cost__rows_item__calls, (int, float, Decimal)) and (not isinstance(data__cost__rows_item__calls, bool)):
                                        if data__cost__rows_item__calls < 1:
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].calls'.format(**locals()) + '', 'must be at least 1')
                                if 'without_counts' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('without_counts')
                                    data__cost__rows_item__withoutcounts = data__cost__rows_item['without_counts']
                                    if not isinstance(data__cost__rows_item__withoutcounts, int) and (not (isinstance(data__cost__rows_item__withoutcounts, float) and data__cost__rows_item__withoutcounts.is_integer())) or isinstance(data__cost__rows_item__withoutcounts, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].without_counts'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__cost__rows_item__withoutcounts, (int, float, Decimal)) and (not isinstance(data__cost__rows_item__withoutcounts, bool)):
                                        if data__cost__rows_item__withoutcounts < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].without_counts'.format(**locals()) + '', 'must be at least 0')
                                if 'tokens' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('tokens')
                                    data__cost__rows_item__tokens = data__cost__rows_item['tokens']
                                    validate___definitions_tokens(data__cost__rows_item__tokens, custom_formats, (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].tokens'.format(**locals()))
                                if 'usd' in data__cost__rows_item_keys:
                                    data__cost__rows_item_keys.remove('usd')
                                    data__cost__rows_item__usd = data__cost__rows_item['usd']
                                    validate___definitions_usd(data__cost__rows_item__usd, custom_formats, (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}].usd'.format(**locals()))
                                if data__cost__rows_item_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.rows[{data__cost__rows_x}]'.format(**locals()) + '', 'must have no fields but actor, model_id, model, profile, regions, calls, without_counts, tokens, usd')
                if 'total' in data__cost_keys:
                    data__cost_keys.remove('total')
                    data__cost__total = data__cost['total']
                    if not isinstance(data__cost__total, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.cost.total', 'must be object')
                    data__cost__total_is_dict = isinstance(data__cost__total, dict)
                    if data__cost__total_is_dict:
                        data__cost__total__missing_keys = set(['tokens', 'usd', 'calls', 'unpriced_models', 'unmetered_calls', 'complete']) - data__cost__total.keys()
                        if data__cost__total__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.cost.total', 'must have ' + ', '.join(sorted(data__cost__total__missing_keys)))
                        data__cost__total_keys = set(data__cost__total.keys())
                        if 'tokens' in data__cost__total_keys:
                            data__cost__total_keys.remove('tokens')
                            data__cost__total__tokens = data__cost__total['tokens']
                            validate___definitions_tokens(data__cost__total__tokens, custom_formats, (name_prefix or 'data') + '.cost.total.tokens')
                        if 'usd' in data__cost__total_keys:
                            data__cost__total_keys.remove('usd')
                            data__cost__total__usd = data__cost__total['usd']
                            if not isinstance(data__cost__total__usd, (int, float, Decimal)) or isinstance(data__cost__total__usd, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.total.usd', 'must be number')
                            if isinstance(data__cost__total__usd, (int, float, Decimal)) and (not isinstance(data__cost__total__usd, bool)):
                                if data__cost__total__usd < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.total.usd', 'must be at least 0')
                        if 'calls' in data__cost__total_keys:
                            data__cost__total_keys.remove('calls')
                            data__cost__total__calls = data__cost__total['calls']
                            if not isinstance(data__cost__total__calls, int) and (not (isinstance(data__cost__total__calls, float) and data__cost__total__calls.is_integer())) or isinstance(data__cost__total__calls, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.total.calls', 'must be integer')
                            if isinstance(data__cost__total__calls, (int, float, Decimal)) and (not isinstance(data__cost__total__calls, bool)):
                                if data__cost__total__calls < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.total.calls', 'must be at least 0')
                        if 'unpriced_models' in data__cost__total_keys:
                            data__cost__total_keys.remove('unpriced_models')
                            data__cost__total__unpricedmodels = data__cost__total['unpriced_models']
                            if not isinstance(data__cost__total__unpricedmodels, int) and (not (isinstance(data__cost__total__unpricedmodels, float) and data__cost__total__unpricedmodels.is_integer())) or isinstance(data__cost__total__unpricedmodels, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.total.unpriced_models', 'must be integer')
                            if isinstance(data__cost__total__unpricedmodels, (int, float, Decimal)) and (not isinstance(data__cost__total__unpricedmodels, bool)):
                                if data__cost__total__unpricedmodels < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.total.unpriced_models', 'must be at least 0')
                        if 'unmetered_calls' in data__cost__total_keys:
                            data__cost__total_keys.remove('unmetered_calls')
                            data__cost__total__unmeteredcalls = data__cost__total['unmetered_calls']
                            if not isinstance(data__cost__total__unmeteredcalls, int) and (not (isinstance(data__cost__total__unmeteredcalls, float) and data__cost__total__unmeteredcalls.is_integer())) or isinstance(data__cost__total__unmeteredcalls, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.total.unmetered_calls', 'must be integer')
                            if isinstance(data__cost__total__unmeteredcalls, (int, float, Decimal)) and (not isinstance(data__cost__total__unmeteredcalls, bool)):
                                if data__cost__total__unmeteredcalls < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.total.unmetered_calls', 'must be at least 0')
                        if 'complete' in data__cost__total_keys:
                            data__cost__total_keys.remove('complete')
                            data__cost__total__complete = data__cost__total['complete']
                            if not isinstance(data__cost__total__complete, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.total.complete', 'must be boolean')
                        if data__cost__total_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.cost.total', 'must have no fields but tokens, usd, calls, unpriced_models, unmetered_calls, complete')
                if 'unmetered' in data__cost_keys:
                    data__cost_keys.remove('unmetered')
                    data__cost__unmetered = data__cost['unmetered']
                    if not isinstance(data__cost__unmetered, (list, tuple)):
                        raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered', 'must be array')
                    data__cost__unmetered_is_list = isinstance(data__cost__unmetered, (list, tuple))
                    if data__cost__unmetered_is_list:
                        data__cost__unmetered_len = len(data__cost__unmetered)
                        for data__cost__unmetered_x, data__cost__unmetered_item in enumerate(data__cost__unmetered):
                            if not isinstance(data__cost__unmetered_item, dict):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}]'.format(**locals()) + '', 'must be object')
                            data__cost__unmetered_item_is_dict = isinstance(data__cost__unmetered_item, dict)
                            if data__cost__unmetered_item_is_dict:
                                data__cost__unmetered_item__missing_keys = set(['actor', 'model', 'n', 'first', 'last']) - data__cost__unmetered_item.keys()
                                if data__cost__unmetered_item__missing_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__cost__unmetered_item__missing_keys)))
                                data__cost__unmetered_item_keys = set(data__cost__unmetered_item.keys())
                                if 'actor' in data__cost__unmetered_item_keys:
                                    data__cost__unmetered_item_keys.remove('actor')
                                    data__cost__unmetered_item__actor = data__cost__unmetered_item['actor']
                                    if not isinstance(data__cost__unmetered_item__actor, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].actor'.format(**locals()) + '', 'must be string')
                                if 'model' in data__cost__unmetered_item_keys:
                                    data__cost__unmetered_item_keys.remove('model')
                                    data__cost__unmetered_item__model = data__cost__unmetered_item['model']
                                    if not isinstance(data__cost__unmetered_item__model, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].model'.format(**locals()) + '', 'must be string')
                                if 'n' in data__cost__unmetered_item_keys:
                                    data__cost__unmetered_item_keys.remove('n')
                                    data__cost__unmetered_item__n = data__cost__unmetered_item['n']
                                    if not isinstance(data__cost__unmetered_item__n, int) and (not (isinstance(data__cost__unmetered_item__n, float) and data__cost__unmetered_item__n.is_integer())) or isinstance(data__cost__unmetered_item__n, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].n'.format(**locals()) + '', 'must be integer')
                                    if isinstance(data__cost__unmetered_item__n, (int, float, Decimal)) and (not isinstance(data__cost__unmetered_item__n, bool)):
                                        if data__cost__unmetered_item__n < 1:
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].n'.format(**locals()) + '', 'must be at least 1')
                                if 'first' in data__cost__unmetered_item_keys:
                                    data__cost__unmetered_item_keys.remove('first')
                                    data__cost__unmetered_item__first = data__cost__unmetered_item['first']
                                    validate___definitions_moment(data__cost__unmetered_item__first, custom_formats, (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].first'.format(**locals()))
                                if 'last' in data__cost__unmetered_item_keys:
                                    data__cost__unmetered_item_keys.remove('last')
                                    data__cost__unmetered_item__last = data__cost__unmetered_item['last']
                                    validate___definitions_moment(data__cost__unmetered_item__last, custom_formats, (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}].last'.format(**locals()))
                                if data__cost__unmetered_item_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.unmetered[{data__cost__unmetered_x}]'.format(**locals()) + '', 'must have no fields but actor, model, n, first, last')
                if 'prices' in data__cost_keys:
                    data__cost_keys.remove('prices')
                    data__cost__prices = data__cost['prices']
                    if not isinstance(data__cost__prices, (list, tuple)):
                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices', 'must be array')
                    data__cost__prices_is_list = isinstance(data__cost__prices, (list, tuple))
                    if data__cost__prices_is_list:
                        data__cost__prices_len = len(data__cost__prices)
                        for data__cost__prices_x, data__cost__prices_item in enumerate(data__cost__prices):
                            if not isinstance(data__cost__prices_item, dict):
                                raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}]'.format(**locals()) + '', 'must be object')
                            data__cost__prices_item_is_dict = isinstance(data__cost__prices_item, dict)
                            if data__cost__prices_item_is_dict:
                                data__cost__prices_item__missing_keys = set(['model', 'profile', 'input', 'output', 'cache_read', 'cache_write', 'source', 'date', 'region']) - data__cost__prices_item.keys()
                                if data__cost__prices_item__missing_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__cost__prices_item__missing_keys)))
                                data__cost__prices_item_keys = set(data__cost__prices_item.keys())
                                if 'model' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('model')
                                    data__cost__prices_item__model = data__cost__prices_item['model']
                                    if not isinstance(data__cost__prices_item__model, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].model'.format(**locals()) + '', 'must be string')
                                if 'profile' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('profile')
                                    data__cost__prices_item__profile = data__cost__prices_item['profile']
                                    if not isinstance(data__cost__prices_item__profile, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].profile'.format(**locals()) + '', 'must be string or null')
                                if 'input' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('input')
                                    data__cost__prices_item__input = data__cost__prices_item['input']
                                    if not isinstance(data__cost__prices_item__input, (int, float, Decimal)) or isinstance(data__cost__prices_item__input, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].input'.format(**locals()) + '', 'must be number')
                                    if isinstance(data__cost__prices_item__input, (int, float, Decimal)) and (not isinstance(data__cost__prices_item__input, bool)):
                                        if data__cost__prices_item__input < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].input'.format(**locals()) + '', 'must be at least 0')
                                if 'output' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('output')
                                    data__cost__prices_item__output = data__cost__prices_item['output']
                                    if not isinstance(data__cost__prices_item__output, (int, float, Decimal)) or isinstance(data__cost__prices_item__output, bool):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].output'.format(**locals()) + '', 'must be number')
                                    if isinstance(data__cost__prices_item__output, (int, float, Decimal)) and (not isinstance(data__cost__prices_item__output, bool)):
                                        if data__cost__prices_item__output < 0:
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].output'.format(**locals()) + '', 'must be at least 0')
                                if 'cache_read' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('cache_read')
                                    data__cost__prices_item__cacheread = data__cost__prices_item['cache_read']
                                    validate___definitions_usd(data__cost__prices_item__cacheread, custom_formats, (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].cache_read'.format(**locals()))
                                if 'cache_write' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('cache_write')
                                    data__cost__prices_item__cachewrite = data__cost__prices_item['cache_write']
                                    validate___definitions_usd(data__cost__prices_item__cachewrite, custom_formats, (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].cache_write'.format(**locals()))
                                if 'source' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('source')
                                    data__cost__prices_item__source = data__cost__prices_item['source']
                                    if not isinstance(data__cost__prices_item__source, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].source'.format(**locals()) + '', 'must be string')
                                if 'date' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('date')
                                    data__cost__prices_item__date = data__cost__prices_item['date']
                                    if not isinstance(data__cost__prices_item__date, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].date'.format(**locals()) + '', 'must be string')
                                    if isinstance(data__cost__prices_item__date, str):
                                        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}$'].search(data__cost__prices_item__date):
                                            raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].date'.format(**locals()) + '', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
                                if 'region' in data__cost__prices_item_keys:
                                    data__cost__prices_item_keys.remove('region')
                                    data__cost__prices_item__region = data__cost__prices_item['region']
                                    if not isinstance(data__cost__prices_item__region, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}].region'.format(**locals()) + '', 'must be string')
                                if data__cost__prices_item_keys:
                                    raise mismatch('' + (name_prefix or 'data') + '.cost.prices[{data__cost__prices_x}]'.format(**locals()) + '', 'must have no fields but model, profile, input, output, cache_read, cache_write, source, date, region')
                if data__cost_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.cost', 'must have no fields but currency, rows, total, unmetered, prices')
        if 'blind_spots' in data_keys:
            data_keys.remove('blind_spots')
            data__blindspots = data['blind_spots']
            if not isinstance(data__blindspots, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.blind_spots', 'must be array')
            data__blindspots_is_list = isinstance(data__blindspots, (list, tuple))
            if data__blindspots_is_list:
                data__blindspots_len = len(data__blindspots)
                for data__blindspots_x, data__blindspots_item in enumerate(data__blindspots):
                    if not isinstance(data__blindspots_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}]'.format(**locals()) + '', 'must be object')
                    data__blindspots_item_is_dict = isinstance(data__blindspots_item, dict)
                    if data__blindspots_item_is_dict:
                        data__blindspots_item__missing_keys = set(['kind', 'what', 'advice', 'account', 'region', 'n', 'from', 'to']) - data__blindspots_item.keys()
                        if data__blindspots_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__blindspots_item__missing_keys)))
                        data__blindspots_item_keys = set(data__blindspots_item.keys())
                        if 'kind' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('kind')
                            data__blindspots_item__kind = data__blindspots_item['kind']
                            if not isinstance(data__blindspots_item__kind, str):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].kind'.format(**locals()) + '', 'must be string')
                            if isinstance(data__blindspots_item__kind, str):
                                if not REGEX_PATTERNS['^[a-z_]+$'].search(data__blindspots_item__kind):
                                    raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].kind'.format(**locals()) + '', 'must match ^[a-z_]+$')
                        if 'what' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('what')
                            data__blindspots_item__what = data__blindspots_item['what']
                            if not isinstance(data__blindspots_item__what, str):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].what'.format(**locals()) + '', 'must be string')
                        if 'advice' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('advice')
                            data__blindspots_item__advice = data__blindspots_item['advice']
                            if not isinstance(data__blindspots_item__advice, str):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].advice'.format(**locals()) + '', 'must be string')
                        if 'account' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('account')
                            data__blindspots_item__account = data__blindspots_item['account']
                            if not isinstance(data__blindspots_item__account, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].account'.format(**locals()) + '', 'must be string or null')
                        if 'region' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('region')
                            data__blindspots_item__region = data__blindspots_item['region']
                            if not isinstance(data__blindspots_item__region, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].region'.format(**locals()) + '', 'must be string or null')
                        if 'n' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('n')
                            data__blindspots_item__n = data__blindspots_item['n']
                            if not isinstance(data__blindspots_item__n, (int, NoneType)) and (not (isinstance(data__blindspots_item__n, float) and data__blindspots_item__n.is_integer())) or isinstance(data__blindspots_item__n, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].n'.format(**locals()) + '', 'must be integer or null')
                            if isinstance(data__blindspots_item__n, (int, float, Decimal)) and (not isinstance(data__blindspots_item__n, bool)):
                                if data__blindspots_item__n < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].n'.format(**locals()) + '', 'must be at least 0')
                        if 'from' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('from')
                            data__blindspots_item__from = data__blindspots_item['from']
                            validate___definitions_moment(data__blindspots_item__from, custom_formats, (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].from'.format(**locals()))
                        if 'to' in data__blindspots_item_keys:
                            data__blindspots_item_keys.remove('to')
                            data__blindspots_item__to = data__blindspots_item['to']
                            validate___definitions_moment(data__blindspots_item__to, custom_formats, (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}].to'.format(**locals()))
                        if data__blindspots_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.blind_spots[{data__blindspots_x}]'.format(**locals()) + '', 'must have no fields but kind, what, advice, account, region, n, from, to')
        if 'skipped_files' in data_keys:
            data_keys.remove('skipped_files')
            data__skippedfiles = data['skipped_files']
            if not isinstance(data__skippedfiles, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.skipped_files', 'must be array')
            data__skippedfiles_is_list = isinstance(data__skippedfiles, (list, tuple))
            if data__skippedfiles_is_list:
                data__skippedfiles_len = len(data__skippedfiles)
                for data__skippedfiles_x, data__skippedfiles_item in enumerate(data__skippedfiles):
                    if not isinstance(data__skippedfiles_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.skipped_files[{data__skippedfiles_x}]'.format(**locals()) + '', 'must be object')
                    data__skippedfiles_item_is_dict = isinstance(data__skippedfiles_item, dict)
                    if data__skippedfiles_item_is_dict:
                        data__skippedfiles_item__missing_keys = set(['file', 'reason']) - data__skippedfiles_item.keys()
                        if data__skippedfiles_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.skipped_files[{data__skippedfiles_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__skippedfiles_item__missing_keys)))
                        data__skippedfiles_item_keys = set(data__skippedfiles_item.keys())
                        if 'file' in data__skippedfiles_item_keys:
                            data__skippedfiles_item_keys.remove('file')
                            data__skippedfiles_item__file = data__skippedfiles_item['file']
                            if not isinstance(data__skippedfiles_item__file, str):
                                raise mismatch('' + (name_prefix or 'data') + '.skipped_files[{data__skippedfiles_x}].file'.format(**locals()) + '', 'must be string')
                        if 'reason' in data__skippedfiles_item_keys:
                            data__skippedfiles_item_keys.remove('reason')
                            data__skippedfiles_item__reason = data__skippedfiles_item['reason']
                            if not isinstance(data__skippedfiles_item__reason, str):
                                raise mismatch('' + (name_prefix or 'data') + '.skipped_files[{data__skippedfiles_x}].reason'.format(**locals()) + '', 'must be string')
                        if data__skippedfiles_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.skipped_files[{data__skippedfiles_x}]'.format(**locals()) + '', 'must have no fields but file, reason')
        if 'malformed' in data_keys:
            data_keys.remove('malformed')
            data__malformed = data['malformed']
            if not isinstance(data__malformed, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.malformed', 'must be array')
            data__malformed_is_list = isinstance(data__malformed, (list, tuple))
            if data__malformed_is_list:
                data__malformed_len = len(data__malformed)
                if data__malformed_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.malformed', 'must have at most 1000 items')
                for data__malformed_x, data__malformed_item in enumerate(data__malformed):
                    if not isinstance(data__malformed_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}]'.format(**locals()) + '', 'must be object')
                    data__malformed_item_is_dict = isinstance(data__malformed_item, dict)
                    if data__malformed_item_is_dict:
                        data__malformed_item__missing_keys = set(['file', 'reason']) - data__malformed_item.keys()
                        if data__malformed_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__malformed_item__missing_keys)))
                        data__malformed_item_keys = set(data__malformed_item.keys())
                        if 'file' in data__malformed_item_keys:
                            data__malformed_item_keys.remove('file')
                            data__malformed_item__file = data__malformed_item['file']
                            if not isinstance(data__malformed_item__file, str):
                                raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}].file'.format(**locals()) + '', 'must be string')
                        if 'line' in data__malformed_item_keys:
                            data__malformed_item_keys.remove('line')
                            data__malformed_item__line = data__malformed_item['line']
                            if not isinstance(data__malformed_item__line, (int, NoneType)) and (not (isinstance(data__malformed_item__line, float) and data__malformed_item__line.is_integer())) or isinstance(data__malformed_item__line, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}].line'.format(**locals()) + '', 'must be integer or null')
                        if 'record' in data__malformed_item_keys:
                            data__malformed_item_keys.remove('record')
                            data__malformed_item__record = data__malformed_item['record']
                            if not isinstance(data__malformed_item__record, (int, str, NoneType)) and (not (isinstance(data__malformed_item__record, float) and data__malformed_item__record.is_integer())) or isinstance(data__malformed_item__record, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}].record'.format(**locals()) + '', 'must be integer or string or null')
                        if 'reason' in data__malformed_item_keys:
                            data__malformed_item_keys.remove('reason')
                            data__malformed_item__reason = data__malformed_item['reason']
                            if not isinstance(data__malformed_item__reason, str):
                                raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}].reason'.format(**locals()) + '', 'must be string')
                        if data__malformed_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.malformed[{data__malformed_x}]'.format(**locals()) + '', 'must have no fields but file, line, record, reason')
        if 'questions' in data_keys:
            data_keys.remove('questions')
            data__questions = data['questions']
            if not isinstance(data__questions, dict):
                raise mismatch('' + (name_prefix or 'data') + '.questions', 'must be object')
            data__questions_is_dict = isinstance(data__questions, dict)
            if data__questions_is_dict:
                data__questions_keys = set(data__questions.keys())
                for data__questions_key in data__questions_keys:
                    if data__questions_key not in []:
                        data__questions_value = data__questions.get(data__questions_key)
                        if not isinstance(data__questions_value, (list, tuple)):
                            raise mismatch('' + (name_prefix or 'data') + '.questions.{data__questions_key}'.format(**locals()) + '', 'must be array')
                        data__questions_value_is_list = isinstance(data__questions_value, (list, tuple))
                        if data__questions_value_is_list:
                            data__questions_value_len = len(data__questions_value)
                            for data__questions_value_x, data__questions_value_item in enumerate(data__questions_value):
                                if not isinstance(data__questions_value_item, dict):
                                    raise mismatch('' + (name_prefix or 'data') + '.questions.{data__questions_key}[{data__questions_value_x}]'.format(**locals()) + '', 'must be object')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but summary, places, wanted, records, files, passed_over, period, actors, lineage, timeline, detections, own_roles, activity, cost, blind_spots, skipped_files, malformed, questions')
    return data

def validate___definitions_usd(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (int, float, Decimal, NoneType)) or isinstance(data, bool):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be number or null')
    if isinstance(data, (int, float, Decimal)) and (not isinstance(data, bool)):
        if data < 0:
            raise mismatch('' + (name_prefix or 'data') + '', 'must be at least 0')
    return data

def validate___definitions_tokens(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['input', 'output', 'cache_read', 'cache_write']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'input' in data_keys:
            data_keys.remove('input')
            data__input = data['input']
            if not isinstance(data__input, int) and (not (isinstance(data__input, float) and data__input.is_integer())) or isinstance(data__input, bool):
                raise mismatch('' + (name_prefix or 'data') + '.input', 'must be integer')
            if isinstance(data__input, (int, float, Decimal)) and (not isinstance(data__input, bool)):
                if data__input < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.input', 'must be at least 0')
        if 'output' in data_keys:
            data_keys.remove('output')
            data__output = data['output']
            if not isinstance(data__output, int) and (not (isinstance(data__output, float) and data__output.is_integer())) or isinstance(data__output, bool):
                raise mismatch('' + (name_prefix or 'data') + '.output', 'must be integer')
            if isinstance(data__output, (int, float, Decimal)) and (not isinstance(data__output, bool)):
                if data__output < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.output', 'must be at least 0')
        if 'cache_read' in data_keys:
            data_keys.remove('cache_read')
            data__cacheread = data['cache_read']
            if not isinstance(data__cacheread, int) and (not (isinstance(data__cacheread, float) and data__cacheread.is_integer())) or isinstance(data__cacheread, bool):
                raise mismatch('' + (name_prefix or 'data') + '.cache_read', 'must be integer')
            if isinstance(data__cacheread, (int, float, Decimal)) and (not isinstance(data__cacheread, bool)):
                if data__cacheread < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.cache_read', 'must be at least 0')
        if 'cache_write' in data_keys:
            data_keys.remove('cache_write')
            data__cachewrite = data['cache_write']
            if not isinstance(data__cachewrite, int) and (not (isinstance(data__cachewrite, float) and data__cachewrite.is_integer())) or isinstance(data__cachewrite, bool):
                raise mismatch('' + (name_prefix or 'data') + '.cache_write', 'must be integer')
            if isinstance(data__cachewrite, (int, float, Decimal)) and (not isinstance(data__cachewrite, bool)):
                if data__cachewrite < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.cache_write', 'must be at least 0')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but input, output, cache_read, cache_write')
    return data

def validate___definitions_severity(data, custom_formats={}, name_prefix=None):
    if not (isinstance(data, str) and data == 'critical' or (isinstance(data, str) and data == 'high') or (isinstance(data, str) and data == 'medium') or (isinstance(data, str) and data == 'low') or (isinstance(data, str) and data == 'info') or (data is None)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be one of "critical", "high", "medium", "low", "info", null')
    return data

def validate___definitions_actor(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['actor', 'name', 'kind', 'first', 'last', 'calls', 'errors', 'genai_calls', 'invocations', 'accounts', 'access_keys', 'addresses', 'user_agents', 'regions', 'models', 'more', 'tokens', 'usd', 'unpriced_models', 'unmetered_calls', 'severity', 'detections']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'actor' in data_keys:
            data_keys.remove('actor')
            data__actor = data['actor']
            if not isinstance(data__actor, str):
                raise mismatch('' + (name_prefix or 'data') + '.actor', 'must be string')
        if 'name' in data_keys:
            data_keys.remove('name')
            data__name = data['name']
            if not isinstance(data__name, str):
                raise mismatch('' + (name_prefix or 'data') + '.name', 'must be string')
        if 'kind' in data_keys:
            data_keys.remove('kind')
            data__kind = data['kind']
            if not isinstance(data__kind, str):
                raise mismatch('' + (name_prefix or 'data') + '.kind', 'must be string')
        if 'first' in data_keys:
            data_keys.remove('first')
            data__first = data['first']
            validate___definitions_moment(data__first, custom_formats, (name_prefix or 'data') + '.first')
        if 'last' in data_keys:
            data_keys.remove('last')
            data__last = data['last']
            validate___definitions_moment(data__last, custom_formats, (name_prefix or 'data') + '.last')
        if 'calls' in data_keys:
            data_keys.remove('calls')
            data__calls = data['calls']
            if not isinstance(data__calls, int) and (not (isinstance(data__calls, float) and data__calls.is_integer())) or isinstance(data__calls, bool):
                raise mismatch('' + (name_prefix or 'data') + '.calls', 'must be integer')
            if isinstance(data__calls, (int, float, Decimal)) and (not isinstance(data__calls, bool)):
                if data__calls < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.calls', 'must be at least 1')
        if 'errors' in data_keys:
            data_keys.remove('errors')
            data__errors = data['errors']
            if not isinstance(data__errors, int) and (not (isinstance(data__errors, float) and data__errors.is_integer())) or isinstance(data__errors, bool):
                raise mismatch('' + (name_prefix or 'data') + '.errors', 'must be integer')
            if isinstance(data__errors, (int, float, Decimal)) and (not isinstance(data__errors, bool)):
                if data__errors < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.errors', 'must be at least 0')
        if 'genai_calls' in data_keys:
            data_keys.remove('genai_calls')
            data__genaicalls = data['genai_calls']
            if not isinstance(data__genaicalls, int) and (not (isinstance(data__genaicalls, float) and data__genaicalls.is_integer())) or isinstance(data__genaicalls, bool):
                raise mismatch('' + (name_prefix or 'data') + '.genai_calls', 'must be integer')
            if isinstance(data__genaicalls, (int, float, Decimal)) and (not isinstance(data__genaicalls, bool)):
                if data__genaicalls < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.genai_calls', 'must be at least 0')
        if 'invocations' in data_keys:
            data_keys.remove('invocations')
            data__invocations = data['invocations']
            if not isinstance(data__invocations, int) and (not (isinstance(data__invocations, float) and data__invocations.is_integer())) or isinstance(data__invocations, bool):
                raise mismatch('' + (name_prefix or 'data') + '.invocations', 'must be integer')
            if isinstance(data__invocations, (int, float, Decimal)) and (not isinstance(data__invocations, bool)):
                if data__invocations < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.invocations', 'must be at least 0')
        if 'accounts' in data_keys:
            data_keys.remove('accounts')
            data__accounts = data['accounts']
            validate___definitions_texts(data__accounts, custom_formats, (name_prefix or 'data') + '.accounts')
        if 'access_keys' in data_keys:
            data_keys.remove('access_keys')
            data__accesskeys = data['access_keys']
            validate___definitions_texts(data__accesskeys, custom_formats, (name_prefix or 'data') + '.access_keys')
        if 'addresses' in data_keys:
            data_keys.remove('addresses')
            data__addresses = data['addresses']
            validate___definitions_texts(data__addresses, custom_formats, (name_prefix or 'data') + '.addresses')
        if 'user_agents' in data_keys:
            data_keys.remove('user_agents')
            data__useragents = data['user_agents']
            validate___definitions_texts(data__useragents, custom_formats, (name_prefix or 'data') + '.user_agents')
        if 'regions' in data_keys:
            data_keys.remove('regions')
            data__regions = data['regions']
            validate___definitions_texts(data__regions, custom_formats, (name_prefix or 'data') + '.regions')
        if 'models' in data_keys:
            data_keys.remove('models')
            data__models = data['models']
            validate___definitions_texts(data__models, custom_formats, (name_prefix or 'data') + '.models')
        if 'more' in data_keys:
            data_keys.remove('more')
            data__more = data['more']
            if not isinstance(data__more, dict):
                raise mismatch('' + (name_prefix or 'data') + '.more', 'must be object')
            data__more_is_dict = isinstance(data__more, dict)
            if data__more_is_dict:
                data__more__missing_keys = set(['accounts', 'access_keys', 'addresses', 'user_agents', 'regions', 'models']) - data__more.keys()
                if data__more__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.more', 'must have ' + ', '.join(sorted(data__more__missing_keys)))
                data__more_keys = set(data__more.keys())
                if 'accounts' in data__more_keys:
                    data__more_keys.remove('accounts')
                    data__more__accounts = data__more['accounts']
                    if not isinstance(data__more__accounts, int) and (not (isinstance(data__more__accounts, float) and data__more__accounts.is_integer())) or isinstance(data__more__accounts, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.accounts', 'must be integer')
                    if isinstance(data__more__accounts, (int, float, Decimal)) and (not isinstance(data__more__accounts, bool)):
                        if data__more__accounts < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.accounts', 'must be at least 0')
                if 'access_keys' in data__more_keys:
                    data__more_keys.remove('access_keys')
                    data__more__accesskeys = data__more['access_keys']
                    if not isinstance(data__more__accesskeys, int) and (not (isinstance(data__more__accesskeys, float) and data__more__accesskeys.is_integer())) or isinstance(data__more__accesskeys, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.access_keys', 'must be integer')
                    if isinstance(data__more__accesskeys, (int, float, Decimal)) and (not isinstance(data__more__accesskeys, bool)):
                        if data__more__accesskeys < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.access_keys', 'must be at least 0')
                if 'addresses' in data__more_keys:
                    data__more_keys.remove('addresses')
                    data__more__addresses = data__more['addresses']
                    if not isinstance(data__more__addresses, int) and (not (isinstance(data__more__addresses, float) and data__more__addresses.is_integer())) or isinstance(data__more__addresses, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.addresses', 'must be integer')
                    if isinstance(data__more__addresses, (int, float, Decimal)) and (not isinstance(data__more__addresses, bool)):
                        if data__more__addresses < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.addresses', 'must be at least 0')
                if 'user_agents' in data__more_keys:
                    data__more_keys.remove('user_agents')
                    data__more__useragents = data__more['user_agents']
                    if not isinstance(data__more__useragents, int) and (not (isinstance(data__more__useragents, float) and data__more__useragents.is_integer())) or isinstance(data__more__useragents, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.user_agents', 'must be integer')
                    if isinstance(data__more__useragents, (int, float, Decimal)) and (not isinstance(data__more__useragents, bool)):
                        if data__more__useragents < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.user_agents', 'must be at least 0')
                if 'regions' in data__more_keys:
                    data__more_keys.remove('regions')
                    data__more__regions = data__more['regions']
                    if not isinstance(data__more__regions, int) and (not (isinstance(data__more__regions, float) and data__more__regions.is_integer())) or isinstance(data__more__regions, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.regions', 'must be integer')
                    if isinstance(data__more__regions, (int, float, Decimal)) and (not isinstance(data__more__regions, bool)):
                        if data__more__regions < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.regions', 'must be at least 0')
                if 'models' in data__more_keys:
                    data__more_keys.remove('models')
                    data__more__models = data__more['models']
                    if not isinstance(data__more__models, int) and (not (isinstance(data__more__models, float) and data__more__models.is_integer())) or isinstance(data__more__models, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.more.models', 'must be integer')
                    if isinstance(data__more__models, (int, float, Decimal)) and (not isinstance(data__more__models, bool)):
                        if data__more__models < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.more.models', 'must be at least 0')
                if data__more_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.more', 'must have no fields but accounts, access_keys, addresses, user_agents, regions, models')
        if 'tokens' in data_keys:
            data_keys.remove('tokens')
            data__tokens = data['tokens']
            validate___definitions_tokens(data__tokens, custom_formats, (name_prefix or 'data') + '.tokens')
        if 'usd' in data_keys:
            data_keys.remove('usd')
            data__usd = data['usd']
            validate___definitions_usd(data__usd, custom_formats, (name_prefix or 'data') + '.usd')
        if 'unpriced_models' in data_keys:
            data_keys.remove('unpriced_models')
            data__unpricedmodels = data['unpriced_models']
            if not isinstance(data__unpricedmodels, int) and (not (isinstance(data__unpricedmodels, float) and data__unpricedmodels.is_integer())) or isinstance(data__unpricedmodels, bool):
                raise mismatch('' + (name_prefix or 'data') + '.unpriced_models', 'must be integer')
            if isinstance(data__unpricedmodels, (int, float, Decimal)) and (not isinstance(data__unpricedmodels, bool)):
                if data__unpricedmodels < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.unpriced_models', 'must be at least 0')
        if 'unmetered_calls' in data_keys:
            data_keys.remove('unmetered_calls')
            data__unmeteredcalls = data['unmetered_calls']
            if not isinstance(data__unmeteredcalls, int) and (not (isinstance(data__unmeteredcalls, float) and data__unmeteredcalls.is_integer())) or isinstance(data__unmeteredcalls, bool):
                raise mismatch('' + (name_prefix or 'data') + '.unmetered_calls', 'must be integer')
            if isinstance(data__unmeteredcalls, (int, float, Decimal)) and (not isinstance(data__unmeteredcalls, bool)):
                if data__unmeteredcalls < 0:
                    raise mismatch('' + (name_prefix or 'data') + '.unmetered_calls', 'must be at least 0')
        if 'severity' in data_keys:
            data_keys.remove('severity')
            data__severity = data['severity']
            validate___definitions_severity(data__severity, custom_formats, (name_prefix or 'data') + '.severity')
        if 'detections' in data_keys:
            data_keys.remove('detections')
            data__detections = data['detections']
            validate___definitions_texts(data__detections, custom_formats, (name_prefix or 'data') + '.detections')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but actor, name, kind, first, last, calls, errors, genai_calls, invocations, accounts, access_keys, addresses, user_agents, regions, models, more, tokens, usd, unpriced_models, unmetered_calls, severity, detections')
    return data

def validate___definitions_moment(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (str, NoneType)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string or null')
    if isinstance(data, str):
        data_len = len(data)
        if data_len > 40:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 40 characters')
    return data

def validate___definitions_texts(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, (list, tuple)):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be array')
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, str):
                raise mismatch('' + (name_prefix or 'data') + '[{data_x}]'.format(**locals()) + '', 'must be string')
    return data
