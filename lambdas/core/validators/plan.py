"""Rendered from schemas/plan.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z'), '^[a-z_0-9]+\\.[a-z_0-9]+$': re.compile('^[a-z_0-9]+\\.[a-z_0-9]+\\Z'), '^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[a-z_]+$': re.compile('^[a-z_]+\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['kind', 'incident_id', 'account', 'region', 'playbook', 'made_at', 'steps', 'not_proposed']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'kind' in data_keys:
            data_keys.remove('kind')
            data__kind = data['kind']
            if not (isinstance(data__kind, str) and data__kind == 'response' or (isinstance(data__kind, str) and data__kind == 'undo')):
                raise mismatch('' + (name_prefix or 'data') + '.kind', 'must be one of "response", "undo"')
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
        if 'playbook' in data_keys:
            data_keys.remove('playbook')
            data__playbook = data['playbook']
            if not (isinstance(data__playbook, str) and data__playbook == 'bedrock' or (isinstance(data__playbook, str) and data__playbook == 'amazon_q')):
                raise mismatch('' + (name_prefix or 'data') + '.playbook', 'must be one of "bedrock", "amazon_q"')
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
        if 'requested_by' in data_keys:
            data_keys.remove('requested_by')
            data__requestedby = data['requested_by']
            if not isinstance(data__requestedby, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must be string or null')
            if isinstance(data__requestedby, str):
                data__requestedby_len = len(data__requestedby)
                if data__requestedby_len > 254:
                    raise mismatch('' + (name_prefix or 'data') + '.requested_by', 'must have at most 254 characters')
        if 'requester_arn' in data_keys:
            data_keys.remove('requester_arn')
            data__requesterarn = data['requester_arn']
            if not isinstance(data__requesterarn, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must be string or null')
            if isinstance(data__requesterarn, str):
                data__requesterarn_len = len(data__requesterarn)
                if data__requesterarn_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.requester_arn', 'must have at most 2048 characters')
        if 'reason' in data_keys:
            data_keys.remove('reason')
            data__reason = data['reason']
            if not isinstance(data__reason, str):
                raise mismatch('' + (name_prefix or 'data') + '.reason', 'must be string')
            if isinstance(data__reason, str):
                data__reason_len = len(data__reason)
                if data__reason_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.reason', 'must have at most 1000 characters')
        if 'extends' in data_keys:
            data_keys.remove('extends')
            data__extends = data['extends']
            if not isinstance(data__extends, str):
                raise mismatch('' + (name_prefix or 'data') + '.extends', 'must be string')
            if isinstance(data__extends, str):
                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__extends):
                    raise mismatch('' + (name_prefix or 'data') + '.extends', 'must match ^[0-9a-f]{64}$')
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
                for data__steps_x, data__steps_item in enumerate(data__steps):
                    validate___definitions_step(data__steps_item, custom_formats, (name_prefix or 'data') + '.steps[{data__steps_x}]'.format(**locals()))
        if 'not_proposed' in data_keys:
            data_keys.remove('not_proposed')
            data__notproposed = data['not_proposed']
            if not isinstance(data__notproposed, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.not_proposed', 'must be array')
            data__notproposed_is_list = isinstance(data__notproposed, (list, tuple))
            if data__notproposed_is_list:
                data__notproposed_len = len(data__notproposed)
                for data__notproposed_x, data__notproposed_item in enumerate(data__notproposed):
                    if not isinstance(data__notproposed_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}]'.format(**locals()) + '', 'must be object')
                    data__notproposed_item_is_dict = isinstance(data__notproposed_item, dict)
                    if data__notproposed_item_is_dict:
                        data__notproposed_item__missing_keys = set(['action', 'why']) - data__notproposed_item.keys()
                        if data__notproposed_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__notproposed_item__missing_keys)))
                        data__notproposed_item_keys = set(data__notproposed_item.keys())
                        if 'action' in data__notproposed_item_keys:
                            data__notproposed_item_keys.remove('action')
                            data__notproposed_item__action = data__notproposed_item['action']
                            if not isinstance(data__notproposed_item__action, str):
                                raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].action'.format(**locals()) + '', 'must be string')
                            if isinstance(data__notproposed_item__action, str):
                                data__notproposed_item__action_len = len(data__notproposed_item__action)
                                if data__notproposed_item__action_len > 64:
                                    raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].action'.format(**locals()) + '', 'must have at most 64 characters')
                                if not REGEX_PATTERNS['^[a-z_0-9]+\\.[a-z_0-9]+$'].search(data__notproposed_item__action):
                                    raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].action'.format(**locals()) + '', 'must match ^[a-z_0-9]+\\.[a-z_0-9]+$')
                        if 'why' in data__notproposed_item_keys:
                            data__notproposed_item_keys.remove('why')
                            data__notproposed_item__why = data__notproposed_item['why']
                            if not isinstance(data__notproposed_item__why, str):
                                raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].why'.format(**locals()) + '', 'must be string')
                            if isinstance(data__notproposed_item__why, str):
                                data__notproposed_item__why_len = len(data__notproposed_item__why)
                                if data__notproposed_item__why_len < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].why'.format(**locals()) + '', 'must have at least 1 characters')
                                if data__notproposed_item__why_len > 1000:
                                    raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}].why'.format(**locals()) + '', 'must have at most 1000 characters')
                        if data__notproposed_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.not_proposed[{data__notproposed_x}]'.format(**locals()) + '', 'must have no fields but action, why')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but kind, incident_id, account, region, playbook, made_at, requested_by, requester_arn, reason, extends, steps, not_proposed')
    return data

def validate___definitions_step(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['step_id', 'action', 'title', 'stage', 'machine', 'power', 'approval', 'decided_by', 'reversibility', 'impact', 'way_back', 'target', 'label', 'target_arn', 'before', 'achieved', 'why', 'undoes']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
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
        if 'title' in data_keys:
            data_keys.remove('title')
            data__title = data['title']
            if not isinstance(data__title, str):
                raise mismatch('' + (name_prefix or 'data') + '.title', 'must be string')
            if isinstance(data__title, str):
                data__title_len = len(data__title)
                if data__title_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.title', 'must have at least 1 characters')
                if data__title_len > 200:
                    raise mismatch('' + (name_prefix or 'data') + '.title', 'must have at most 200 characters')
        if 'stage' in data_keys:
            data_keys.remove('stage')
            data__stage = data['stage']
            if not (isinstance(data__stage, str) and data__stage == 'containment' or (isinstance(data__stage, str) and data__stage == 'eradication') or (isinstance(data__stage, str) and data__stage == 'recovery') or (isinstance(data__stage, str) and data__stage == 'notification')):
                raise mismatch('' + (name_prefix or 'data') + '.stage', 'must be one of "containment", "eradication", "recovery", "notification"')
        if 'machine' in data_keys:
            data_keys.remove('machine')
            data__machine = data['machine']
            if not isinstance(data__machine, str):
                raise mismatch('' + (name_prefix or 'data') + '.machine', 'must be string')
            if isinstance(data__machine, str):
                data__machine_len = len(data__machine)
                if data__machine_len > 64:
                    raise mismatch('' + (name_prefix or 'data') + '.machine', 'must have at most 64 characters')
                if not REGEX_PATTERNS['^[a-z_]+$'].search(data__machine):
                    raise mismatch('' + (name_prefix or 'data') + '.machine', 'must match ^[a-z_]+$')
        if 'power' in data_keys:
            data_keys.remove('power')
            data__power = data['power']
            if not (isinstance(data__power, str) and data__power == 'observe' or (isinstance(data__power, str) and data__power == 'contain') or (isinstance(data__power, str) and data__power == 'eradicate') or (isinstance(data__power, str) and data__power == 'undo') or (isinstance(data__power, str) and data__power == 'notify')):
                raise mismatch('' + (name_prefix or 'data') + '.power', 'must be one of "observe", "contain", "eradicate", "undo", "notify"')
        if 'approval' in data_keys:
            data_keys.remove('approval')
            data__approval = data['approval']
            if not (isinstance(data__approval, str) and data__approval == 'automatic' or (isinstance(data__approval, str) and data__approval == 'one') or (isinstance(data__approval, str) and data__approval == 'two')):
                raise mismatch('' + (name_prefix or 'data') + '.approval', 'must be one of "automatic", "one", "two"')
        if 'decided_by' in data_keys:
            data_keys.remove('decided_by')
            data__decidedby = data['decided_by']
            if not isinstance(data__decidedby, str):
                raise mismatch('' + (name_prefix or 'data') + '.decided_by', 'must be string')
            if isinstance(data__decidedby, str):
                data__decidedby_len = len(data__decidedby)
                if data__decidedby_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.decided_by', 'must have at least 1 characters')
                if data__decidedby_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.decided_by', 'must have at most 1000 characters')
        if 'reversibility' in data_keys:
            data_keys.remove('reversibility')
            data__reversibility = data['reversibility']
            if not (isinstance(data__reversibility, str) and data__reversibility == 'full' or (isinstance(data__reversibility, str) and data__reversibility == 'partial') or (isinstance(data__reversibility, str) and data__reversibility == 'none')):
                raise mismatch('' + (name_prefix or 'data') + '.reversibility', 'must be one of "full", "partial", "none"')
        if 'impact' in data_keys:
            data_keys.remove('impact')
            data__impact = data['impact']
            if not isinstance(data__impact, str):
                raise mismatch('' + (name_prefix or 'data') + '.impact', 'must be string')
            if isinstance(data__impact, str):
                data__impact_len = len(data__impact)
                if data__impact_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.impact', 'must have at most 1000 characters')
        if 'way_back' in data_keys:
            data_keys.remove('way_back')
            data__wayback = data['way_back']
            if not isinstance(data__wayback, str):
                raise mismatch('' + (name_prefix or 'data') + '.way_back', 'must be string')
            if isinstance(data__wayback, str):
                data__wayback_len = len(data__wayback)
                if data__wayback_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.way_back', 'must have at most 1000 characters')
        if 'target' in data_keys:
            data_keys.remove('target')
            data__target = data['target']
            if not isinstance(data__target, dict):
                raise mismatch('' + (name_prefix or 'data') + '.target', 'must be object')
        if 'label' in data_keys:
            data_keys.remove('label')
            data__label = data['label']
            if not isinstance(data__label, str):
                raise mismatch('' + (name_prefix or 'data') + '.label', 'must be string')
            if isinstance(data__label, str):
                data__label_len = len(data__label)
                if data__label_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.label', 'must have at least 1 characters')
                if data__label_len > 500:
                    raise mismatch('' + (name_prefix or 'data') + '.label', 'must have at most 500 characters')
        if 'target_arn' in data_keys:
            data_keys.remove('target_arn')
            data__targetarn = data['target_arn']
            if not isinstance(data__targetarn, str):
                raise mismatch('' + (name_prefix or 'data') + '.target_arn', 'must be string')
            if isinstance(data__targetarn, str):
                data__targetarn_len = len(data__targetarn)
                if data__targetarn_len > 2048:
                    raise mismatch('' + (name_prefix or 'data') + '.target_arn', 'must have at most 2048 characters')
        if 'before' in data_keys:
            data_keys.remove('before')
            data__before = data['before']
            if not isinstance(data__before, dict):
                raise mismatch('' + (name_prefix or 'data') + '.before', 'must be object')
        if 'achieved' in data_keys:
            data_keys.remove('achieved')
            data__achieved = data['achieved']
            if not isinstance(data__achieved, bool):
                raise mismatch('' + (name_prefix or 'data') + '.achieved', 'must be boolean')
        if 'why' in data_keys:
            data_keys.remove('why')
            data__why = data['why']
            if not isinstance(data__why, str):
                raise mismatch('' + (name_prefix or 'data') + '.why', 'must be string')
            if isinstance(data__why, str):
                data__why_len = len(data__why)
                if data__why_len > 1000:
                    raise mismatch('' + (name_prefix or 'data') + '.why', 'must have at most 1000 characters')
        if 'undoes' in data_keys:
            data_keys.remove('undoes')
            data__undoes = data['undoes']
            if not isinstance(data__undoes, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.undoes', 'must be string or null')
            if isinstance(data__undoes, str):
                data__undoes_len = len(data__undoes)
                if data__undoes_len > 80:
                    raise mismatch('' + (name_prefix or 'data') + '.undoes', 'must have at most 80 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but step_id, action, title, stage, machine, power, approval, decided_by, reversibility, impact, way_back, target, label, target_arn, before, achieved, why, undoes')
    return data
