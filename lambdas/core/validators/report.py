"""Rendered from schemas/report.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[0-9a-f]{64}$': re.compile('^[0-9a-f]{64}\\Z'), '^responder undo IR-': re.compile('^responder undo IR-'), '^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$': re.compile('^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}\\Z'), '^[a-z_0-9]+\\.[a-z_0-9]+$': re.compile('^[a-z_0-9]+\\.[a-z_0-9]+\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z'), '^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'kind', 'number', 'made_at', 'outcome', 'stopped', 'summary', 'incident', 'plans', 'steps', 'not_done', 'decisions', 'survivors', 'logs', 'evidence', 'undo_commands', 'timeline', 'gaps']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'incident_id' in data_keys:
            data_keys.remove('incident_id')
            data__incidentid = data['incident_id']
            validate___definitions_incident_id(data__incidentid, custom_formats, (name_prefix or 'data') + '.incident_id')
        if 'kind' in data_keys:
            data_keys.remove('kind')
            data__kind = data['kind']
            if not (isinstance(data__kind, str) and data__kind == 'response' or (isinstance(data__kind, str) and data__kind == 'undo')):
                raise mismatch('' + (name_prefix or 'data') + '.kind', 'must be one of "response", "undo"')
        if 'number' in data_keys:
            data_keys.remove('number')
            data__number = data['number']
            if not isinstance(data__number, int) and (not (isinstance(data__number, float) and data__number.is_integer())) or isinstance(data__number, bool):
                raise mismatch('' + (name_prefix or 'data') + '.number', 'must be integer')
            if isinstance(data__number, (int, float, Decimal)) and (not isinstance(data__number, bool)):
                if data__number < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.number', 'must be at least 1')
        if 'made_at' in data_keys:
            data_keys.remove('made_at')
            data__madeat = data['made_at']
            validate___definitions_time(data__madeat, custom_formats, (name_prefix or 'data') + '.made_at')
        if 'outcome' in data_keys:
            data_keys.remove('outcome')
            data__outcome = data['outcome']
            if not (isinstance(data__outcome, str) and data__outcome == 'closed' or (isinstance(data__outcome, str) and data__outcome == 'refused') or (isinstance(data__outcome, str) and data__outcome == 'expired') or (isinstance(data__outcome, str) and data__outcome == 'failed')):
                raise mismatch('' + (name_prefix or 'data') + '.outcome', 'must be one of "closed", "refused", "expired", "failed"')
        if 'stopped' in data_keys:
            data_keys.remove('stopped')
            data__stopped = data['stopped']
            if not isinstance(data__stopped, (dict, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.stopped', 'must be object or null')
            data__stopped_is_dict = isinstance(data__stopped, dict)
            if data__stopped_is_dict:
                data__stopped__missing_keys = set(['stage', 'error', 'cause']) - data__stopped.keys()
                if data__stopped__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.stopped', 'must have ' + ', '.join(sorted(data__stopped__missing_keys)))
                data__stopped_keys = set(data__stopped.keys())
                if 'stage' in data__stopped_keys:
                    data__stopped_keys.remove('stage')
                    data__stopped__stage = data__stopped['stage']
                    validate___definitions_text(data__stopped__stage, custom_formats, (name_prefix or 'data') + '.stopped.stage')
                if 'error' in data__stopped_keys:
                    data__stopped_keys.remove('error')
                    data__stopped__error = data__stopped['error']
                    validate___definitions_text(data__stopped__error, custom_formats, (name_prefix or 'data') + '.stopped.error')
                if 'cause' in data__stopped_keys:
                    data__stopped_keys.remove('cause')
                    data__stopped__cause = data__stopped['cause']
                    validate___definitions_text(data__stopped__cause, custom_formats, (name_prefix or 'data') + '.stopped.cause')
                if data__stopped_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.stopped', 'must have no fields but stage, error, cause')
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
        if 'incident' in data_keys:
            data_keys.remove('incident')
            data__incident = data['incident']
            if not isinstance(data__incident, dict):
                raise mismatch('' + (name_prefix or 'data') + '.incident', 'must be object')
            data__incident_is_dict = isinstance(data__incident, dict)
            if data__incident_is_dict:
                data__incident__missing_keys = set(['type', 'kind', 'title', 'description', 'severity', 'finding_id', 'first_seen', 'last_seen', 'account', 'region', 'opened_at', 'principal', 'requested_by', 'reason', 'drill', 'confirmed', 'withheld']) - data__incident.keys()
                if data__incident__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.incident', 'must have ' + ', '.join(sorted(data__incident__missing_keys)))
                data__incident_keys = set(data__incident.keys())
                if 'type' in data__incident_keys:
                    data__incident_keys.remove('type')
                    data__incident__type = data__incident['type']
                    validate___definitions_text(data__incident__type, custom_formats, (name_prefix or 'data') + '.incident.type')
                if 'kind' in data__incident_keys:
                    data__incident_keys.remove('kind')
                    data__incident__kind = data__incident['kind']
                    if not (isinstance(data__incident__kind, str) and data__incident__kind == 'guardduty' or (isinstance(data__incident__kind, str) and data__incident__kind == 'manual') or (isinstance(data__incident__kind, str) and data__incident__kind == 'cloudtrail') or (isinstance(data__incident__kind, str) and data__incident__kind == 'securityhub')):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.kind', 'must be one of "guardduty", "manual", "cloudtrail", "securityhub"')
                if 'title' in data__incident_keys:
                    data__incident_keys.remove('title')
                    data__incident__title = data__incident['title']
                    validate___definitions_text(data__incident__title, custom_formats, (name_prefix or 'data') + '.incident.title')
                if 'description' in data__incident_keys:
                    data__incident_keys.remove('description')
                    data__incident__description = data__incident['description']
                    validate___definitions_text(data__incident__description, custom_formats, (name_prefix or 'data') + '.incident.description')
                if 'severity' in data__incident_keys:
                    data__incident_keys.remove('severity')
                    data__incident__severity = data__incident['severity']
                    if not isinstance(data__incident__severity, (int, float, Decimal)) or isinstance(data__incident__severity, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.severity', 'must be number')
                    if isinstance(data__incident__severity, (int, float, Decimal)) and (not isinstance(data__incident__severity, bool)):
                        if data__incident__severity < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.severity', 'must be at least 0')
                        if data__incident__severity > 10:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.severity', 'must be at most 10')
                if 'finding_id' in data__incident_keys:
                    data__incident_keys.remove('finding_id')
                    data__incident__findingid = data__incident['finding_id']
                    validate___definitions_text(data__incident__findingid, custom_formats, (name_prefix or 'data') + '.incident.finding_id')
                if 'first_seen' in data__incident_keys:
                    data__incident_keys.remove('first_seen')
                    data__incident__firstseen = data__incident['first_seen']
                    if not isinstance(data__incident__firstseen, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.first_seen', 'must be string or null')
                    if isinstance(data__incident__firstseen, str):
                        data__incident__firstseen_len = len(data__incident__firstseen)
                        if data__incident__firstseen_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.first_seen', 'must have at most 64 characters')
                if 'last_seen' in data__incident_keys:
                    data__incident_keys.remove('last_seen')
                    data__incident__lastseen = data__incident['last_seen']
                    if not isinstance(data__incident__lastseen, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.last_seen', 'must be string or null')
                    if isinstance(data__incident__lastseen, str):
                        data__incident__lastseen_len = len(data__incident__lastseen)
                        if data__incident__lastseen_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.last_seen', 'must have at most 64 characters')
                if 'account' in data__incident_keys:
                    data__incident_keys.remove('account')
                    data__incident__account = data__incident['account']
                    if not isinstance(data__incident__account, str):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.account', 'must be string')
                    if isinstance(data__incident__account, str):
                        if not REGEX_PATTERNS['^[0-9]{12}$'].search(data__incident__account):
                            raise mismatch('' + (name_prefix or 'data') + '.incident.account', 'must match ^[0-9]{12}$')
                if 'region' in data__incident_keys:
                    data__incident_keys.remove('region')
                    data__incident__region = data__incident['region']
                    if not isinstance(data__incident__region, str):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.region', 'must be string')
                    if isinstance(data__incident__region, str):
                        data__incident__region_len = len(data__incident__region)
                        if data__incident__region_len > 32:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.region', 'must have at most 32 characters')
                if 'opened_at' in data__incident_keys:
                    data__incident_keys.remove('opened_at')
                    data__incident__openedat = data__incident['opened_at']
                    validate___definitions_time(data__incident__openedat, custom_formats, (name_prefix or 'data') + '.incident.opened_at')
                if 'principal' in data__incident_keys:
                    data__incident_keys.remove('principal')
                    data__incident__principal = data__incident['principal']
                    if not isinstance(data__incident__principal, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.principal', 'must be object')
                    data__incident__principal_is_dict = isinstance(data__incident__principal, dict)
                    if data__incident__principal_is_dict:
                        data__incident__principal__missing_keys = set(['type']) - data__incident__principal.keys()
                        if data__incident__principal__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.principal', 'must have ' + ', '.join(sorted(data__incident__principal__missing_keys)))
                        data__incident__principal_keys = set(data__incident__principal.keys())
                        if 'type' in data__incident__principal_keys:
                            data__incident__principal_keys.remove('type')
                            data__incident__principal__type = data__incident__principal['type']
                            validate___definitions_text(data__incident__principal__type, custom_formats, (name_prefix or 'data') + '.incident.principal.type')
                        if 'user_name' in data__incident__principal_keys:
                            data__incident__principal_keys.remove('user_name')
                            data__incident__principal__username = data__incident__principal['user_name']
                            validate___definitions_text(data__incident__principal__username, custom_formats, (name_prefix or 'data') + '.incident.principal.user_name')
                        if 'access_key_id' in data__incident__principal_keys:
                            data__incident__principal_keys.remove('access_key_id')
                            data__incident__principal__accesskeyid = data__incident__principal['access_key_id']
                            validate___definitions_text(data__incident__principal__accesskeyid, custom_formats, (name_prefix or 'data') + '.incident.principal.access_key_id')
                        if 'principal_id' in data__incident__principal_keys:
                            data__incident__principal_keys.remove('principal_id')
                            data__incident__principal__principalid = data__incident__principal['principal_id']
                            validate___definitions_text(data__incident__principal__principalid, custom_formats, (name_prefix or 'data') + '.incident.principal.principal_id')
                        if 'arn' in data__incident__principal_keys:
                            data__incident__principal_keys.remove('arn')
                            data__incident__principal__arn = data__incident__principal['arn']
                            validate___definitions_text(data__incident__principal__arn, custom_formats, (name_prefix or 'data') + '.incident.principal.arn')
                        if data__incident__principal_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.principal', 'must have no fields but type, user_name, access_key_id, principal_id, arn')
                if 'requested_by' in data__incident_keys:
                    data__incident_keys.remove('requested_by')
                    data__incident__requestedby = data__incident['requested_by']
                    if not isinstance(data__incident__requestedby, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.requested_by', 'must be string or null')
                    if isinstance(data__incident__requestedby, str):
                        data__incident__requestedby_len = len(data__incident__requestedby)
                        if data__incident__requestedby_len > 254:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.requested_by', 'must have at most 254 characters')
                if 'reason' in data__incident_keys:
                    data__incident_keys.remove('reason')
                    data__incident__reason = data__incident['reason']
                    validate___definitions_text(data__incident__reason, custom_formats, (name_prefix or 'data') + '.incident.reason')
                if 'drill' in data__incident_keys:
                    data__incident_keys.remove('drill')
                    data__incident__drill = data__incident['drill']
                    if not isinstance(data__incident__drill, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.drill', 'must be boolean')
                if 'confirmed' in data__incident_keys:
                    data__incident_keys.remove('confirmed')
                    data__incident__confirmed = data__incident['confirmed']
                    if not isinstance(data__incident__confirmed, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.confirmed', 'must be boolean')
                if 'withheld' in data__incident_keys:
                    data__incident_keys.remove('withheld')
                    data__incident__withheld = data__incident['withheld']
                    if not isinstance(data__incident__withheld, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.incident.withheld', 'must be string or null')
                    if isinstance(data__incident__withheld, str):
                        data__incident__withheld_len = len(data__incident__withheld)
                        if data__incident__withheld_len > 500:
                            raise mismatch('' + (name_prefix or 'data') + '.incident.withheld', 'must have at most 500 characters')
                if data__incident_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.incident', 'must have no fields but type, kind, title, description, severity, finding_id, first_seen, last_seen, account, region, opened_at, principal, requested_by, reason, drill, confirmed, withheld')
        if 'plans' in data_keys:
            data_keys.remove('plans')
            data__plans = data['plans']
            if not isinstance(data__plans, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.plans', 'must be array')
            data__plans_is_list = isinstance(data__plans, (list, tuple))
            if data__plans_is_list:
                data__plans_len = len(data__plans)
                for data__plans_x, data__plans_item in enumerate(data__plans):
                    if not isinstance(data__plans_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}]'.format(**locals()) + '', 'must be object')
                    data__plans_item_is_dict = isinstance(data__plans_item, dict)
                    if data__plans_item_is_dict:
                        data__plans_item__missing_keys = set(['kind', 'hash', 'made_at', 'steps', 'extends', 'requested_by', 'reason']) - data__plans_item.keys()
                        if data__plans_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__plans_item__missing_keys)))
                        data__plans_item_keys = set(data__plans_item.keys())
                        if 'kind' in data__plans_item_keys:
                            data__plans_item_keys.remove('kind')
                            data__plans_item__kind = data__plans_item['kind']
                            if not (isinstance(data__plans_item__kind, str) and data__plans_item__kind == 'response' or (isinstance(data__plans_item__kind, str) and data__plans_item__kind == 'undo')):
                                raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].kind'.format(**locals()) + '', 'must be one of "response", "undo"')
                        if 'hash' in data__plans_item_keys:
                            data__plans_item_keys.remove('hash')
                            data__plans_item__hash = data__plans_item['hash']
                            validate___definitions_sha256(data__plans_item__hash, custom_formats, (name_prefix or 'data') + '.plans[{data__plans_x}].hash'.format(**locals()))
                        if 'made_at' in data__plans_item_keys:
                            data__plans_item_keys.remove('made_at')
                            data__plans_item__madeat = data__plans_item['made_at']
                            validate___definitions_time(data__plans_item__madeat, custom_formats, (name_prefix or 'data') + '.plans[{data__plans_x}].made_at'.format(**locals()))
                        if 'steps' in data__plans_item_keys:
                            data__plans_item_keys.remove('steps')
                            data__plans_item__steps = data__plans_item['steps']
                            if not isinstance(data__plans_item__steps, int) and (not (isinstance(data__plans_item__steps, float) and data__plans_item__steps.is_integer())) or isinstance(data__plans_item__steps, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].steps'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__plans_item__steps, (int, float, Decimal)) and (not isinstance(data__plans_item__steps, bool)):
                                if data__plans_item__steps < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].steps'.format(**locals()) + '', 'must be at least 0')
                        if 'extends' in data__plans_item_keys:
                            data__plans_item_keys.remove('extends')
                            data__plans_item__extends = data__plans_item['extends']
                            if not isinstance(data__plans_item__extends, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].extends'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__plans_item__extends, str):
                                if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data__plans_item__extends):
                                    raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].extends'.format(**locals()) + '', 'must match ^[0-9a-f]{64}$')
                        if 'requested_by' in data__plans_item_keys:
                            data__plans_item_keys.remove('requested_by')
                            data__plans_item__requestedby = data__plans_item['requested_by']
                            if not isinstance(data__plans_item__requestedby, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].requested_by'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__plans_item__requestedby, str):
                                data__plans_item__requestedby_len = len(data__plans_item__requestedby)
                                if data__plans_item__requestedby_len > 254:
                                    raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}].requested_by'.format(**locals()) + '', 'must have at most 254 characters')
                        if 'reason' in data__plans_item_keys:
                            data__plans_item_keys.remove('reason')
                            data__plans_item__reason = data__plans_item['reason']
                            validate___definitions_text(data__plans_item__reason, custom_formats, (name_prefix or 'data') + '.plans[{data__plans_x}].reason'.format(**locals()))
                        if data__plans_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.plans[{data__plans_x}]'.format(**locals()) + '', 'must have no fields but kind, hash, made_at, steps, extends, requested_by, reason')
        if 'steps' in data_keys:
            data_keys.remove('steps')
            data__steps = data['steps']
            if not isinstance(data__steps, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.steps', 'must be array')
            data__steps_is_list = isinstance(data__steps, (list, tuple))
            if data__steps_is_list:
                data__steps_len = len(data__steps)
                for data__steps_x, data__steps_item in enumerate(data__steps):
                    validate___definitions_step(data__steps_item, custom_formats, (name_prefix or 'data') + '.steps[{data__steps_x}]'.format(**locals()))
        if 'not_done' in data_keys:
            data_keys.remove('not_done')
            data__notdone = data['not_done']
            if not isinstance(data__notdone, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.not_done', 'must be array')
            data__notdone_is_list = isinstance(data__notdone, (list, tuple))
            if data__notdone_is_list:
                data__notdone_len = len(data__notdone)
                for data__notdone_x, data__notdone_item in enumerate(data__notdone):
                    if not isinstance(data__notdone_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.not_done[{data__notdone_x}]'.format(**locals()) + '', 'must be object')
                    data__notdone_item_is_dict = isinstance(data__notdone_item, dict)
                    if data__notdone_item_is_dict:
                        data__notdone_item__missing_keys = set(['step_id', 'what', 'why']) - data__notdone_item.keys()
                        if data__notdone_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.not_done[{data__notdone_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__notdone_item__missing_keys)))
                        data__notdone_item_keys = set(data__notdone_item.keys())
                        if 'step_id' in data__notdone_item_keys:
                            data__notdone_item_keys.remove('step_id')
                            data__notdone_item__stepid = data__notdone_item['step_id']
                            if not isinstance(data__notdone_item__stepid, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.not_done[{data__notdone_x}].step_id'.format(**locals()) + '', 'must be string or null')
                        if 'what' in data__notdone_item_keys:
                            data__notdone_item_keys.remove('what')
                            data__notdone_item__what = data__notdone_item['what']
                            if not isinstance(data__notdone_item__what, str):
                                raise mismatch('' + (name_prefix or 'data') + '.not_done[{data__notdone_x}].what'.format(**locals()) + '', 'must be string')
                        if 'why' in data__notdone_item_keys:
                            data__notdone_item_keys.remove('why')
                            data__notdone_item__why = data__notdone_item['why']
                            validate___definitions_text(data__notdone_item__why, custom_formats, (name_prefix or 'data') + '.not_done[{data__notdone_x}].why'.format(**locals()))
                        if data__notdone_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.not_done[{data__notdone_x}]'.format(**locals()) + '', 'must have no fields but step_id, what, why')
        if 'decisions' in data_keys:
            data_keys.remove('decisions')
            data__decisions = data['decisions']
            if not isinstance(data__decisions, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.decisions', 'must be array')
            data__decisions_is_list = isinstance(data__decisions, (list, tuple))
            if data__decisions_is_list:
                data__decisions_len = len(data__decisions)
                for data__decisions_x, data__decisions_item in enumerate(data__decisions):
                    if not isinstance(data__decisions_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}]'.format(**locals()) + '', 'must be object')
                    data__decisions_item_is_dict = isinstance(data__decisions_item, dict)
                    if data__decisions_item_is_dict:
                        data__decisions_item__missing_keys = set(['gate', 'plan_hash', 'required', 'state', 'asked', 'reason', 'votes']) - data__decisions_item.keys()
                        if data__decisions_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__decisions_item__missing_keys)))
                        data__decisions_item_keys = set(data__decisions_item.keys())
                        if 'gate' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('gate')
                            data__decisions_item__gate = data__decisions_item['gate']
                            if not (isinstance(data__decisions_item__gate, str) and data__decisions_item__gate == 'one' or (isinstance(data__decisions_item__gate, str) and data__decisions_item__gate == 'two')):
                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].gate'.format(**locals()) + '', 'must be one of "one", "two"')
                        if 'plan_hash' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('plan_hash')
                            data__decisions_item__planhash = data__decisions_item['plan_hash']
                            validate___definitions_sha256(data__decisions_item__planhash, custom_formats, (name_prefix or 'data') + '.decisions[{data__decisions_x}].plan_hash'.format(**locals()))
                        if 'required' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('required')
                            data__decisions_item__required = data__decisions_item['required']
                            if not isinstance(data__decisions_item__required, int) and (not (isinstance(data__decisions_item__required, float) and data__decisions_item__required.is_integer())) or isinstance(data__decisions_item__required, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].required'.format(**locals()) + '', 'must be integer')
                            if isinstance(data__decisions_item__required, (int, float, Decimal)) and (not isinstance(data__decisions_item__required, bool)):
                                if data__decisions_item__required < 1:
                                    raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].required'.format(**locals()) + '', 'must be at least 1')
                                if data__decisions_item__required > 2:
                                    raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].required'.format(**locals()) + '', 'must be at most 2')
                        if 'state' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('state')
                            data__decisions_item__state = data__decisions_item['state']
                            if not (isinstance(data__decisions_item__state, str) and data__decisions_item__state == 'open' or (isinstance(data__decisions_item__state, str) and data__decisions_item__state == 'approved') or (isinstance(data__decisions_item__state, str) and data__decisions_item__state == 'refused') or (isinstance(data__decisions_item__state, str) and data__decisions_item__state == 'expired')):
                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].state'.format(**locals()) + '', 'must be one of "open", "approved", "refused", "expired"')
                        if 'asked' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('asked')
                            data__decisions_item__asked = data__decisions_item['asked']
                            if not isinstance(data__decisions_item__asked, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].asked'.format(**locals()) + '', 'must be array')
                            data__decisions_item__asked_is_list = isinstance(data__decisions_item__asked, (list, tuple))
                            if data__decisions_item__asked_is_list:
                                data__decisions_item__asked_len = len(data__decisions_item__asked)
                                for data__decisions_item__asked_x, data__decisions_item__asked_item in enumerate(data__decisions_item__asked):
                                    if not isinstance(data__decisions_item__asked_item, str):
                                        raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].asked[{data__decisions_item__asked_x}]'.format(**locals()) + '', 'must be string')
                                    if isinstance(data__decisions_item__asked_item, str):
                                        data__decisions_item__asked_item_len = len(data__decisions_item__asked_item)
                                        if data__decisions_item__asked_item_len > 254:
                                            raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].asked[{data__decisions_item__asked_x}]'.format(**locals()) + '', 'must have at most 254 characters')
                        if 'reason' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('reason')
                            data__decisions_item__reason = data__decisions_item['reason']
                            validate___definitions_text(data__decisions_item__reason, custom_formats, (name_prefix or 'data') + '.decisions[{data__decisions_x}].reason'.format(**locals()))
                        if 'votes' in data__decisions_item_keys:
                            data__decisions_item_keys.remove('votes')
                            data__decisions_item__votes = data__decisions_item['votes']
                            if not isinstance(data__decisions_item__votes, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes'.format(**locals()) + '', 'must be array')
                            data__decisions_item__votes_is_list = isinstance(data__decisions_item__votes, (list, tuple))
                            if data__decisions_item__votes_is_list:
                                data__decisions_item__votes_len = len(data__decisions_item__votes)
                                for data__decisions_item__votes_x, data__decisions_item__votes_item in enumerate(data__decisions_item__votes):
                                    if not isinstance(data__decisions_item__votes_item, dict):
                                        raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}]'.format(**locals()) + '', 'must be object')
                                    data__decisions_item__votes_item_is_dict = isinstance(data__decisions_item__votes_item, dict)
                                    if data__decisions_item__votes_item_is_dict:
                                        data__decisions_item__votes_item__missing_keys = set(['approver', 'decision', 'steps', 'reason', 'at']) - data__decisions_item__votes_item.keys()
                                        if data__decisions_item__votes_item__missing_keys:
                                            raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__decisions_item__votes_item__missing_keys)))
                                        data__decisions_item__votes_item_keys = set(data__decisions_item__votes_item.keys())
                                        if 'approver' in data__decisions_item__votes_item_keys:
                                            data__decisions_item__votes_item_keys.remove('approver')
                                            data__decisions_item__votes_item__approver = data__decisions_item__votes_item['approver']
                                            if not isinstance(data__decisions_item__votes_item__approver, str):
                                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].approver'.format(**locals()) + '', 'must be string')
                                            if isinstance(data__decisions_item__votes_item__approver, str):
                                                data__decisions_item__votes_item__approver_len = len(data__decisions_item__votes_item__approver)
                                                if data__decisions_item__votes_item__approver_len > 254:
                                                    raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].approver'.format(**locals()) + '', 'must have at most 254 characters')
                                        if 'decision' in data__decisions_item__votes_item_keys:
                                            data__decisions_item__votes_item_keys.remove('decision')
                                            data__decisions_item__votes_item__decision = data__decisions_item__votes_item['decision']
                                            if not (isinstance(data__decisions_item__votes_item__decision, str) and data__decisions_item__votes_item__decision == 'approve' or (isinstance(data__decisions_item__votes_item__decision, str) and data__decisions_item__votes_item__decision == 'refuse')):
                                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].decision'.format(**locals()) + '', 'must be one of "approve", "refuse"')
                                        if 'steps' in data__decisions_item__votes_item_keys:
                                            data__decisions_item__votes_item_keys.remove('steps')
                                            data__decisions_item__votes_item__steps = data__decisions_item__votes_item['steps']
                                            if not isinstance(data__decisions_item__votes_item__steps, (list, tuple)):
                                                raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].steps'.format(**locals()) + '', 'must be array')
                                            data__decisions_item__votes_item__steps_is_list = isinstance(data__decisions_item__votes_item__steps, (list, tuple))
                                            if data__decisions_item__votes_item__steps_is_list:
                                                data__decisions_item__votes_item__steps_len = len(data__decisions_item__votes_item__steps)
                                                for data__decisions_item__votes_item__steps_x, data__decisions_item__votes_item__steps_item in enumerate(data__decisions_item__votes_item__steps):
                                                    validate___definitions_step_id(data__decisions_item__votes_item__steps_item, custom_formats, (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].steps[{data__decisions_item__votes_item__steps_x}]'.format(**locals()))
                                        if 'reason' in data__decisions_item__votes_item_keys:
                                            data__decisions_item__votes_item_keys.remove('reason')
                                            data__decisions_item__votes_item__reason = data__decisions_item__votes_item['reason']
                                            validate___definitions_text(data__decisions_item__votes_item__reason, custom_formats, (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].reason'.format(**locals()))
                                        if 'at' in data__decisions_item__votes_item_keys:
                                            data__decisions_item__votes_item_keys.remove('at')
                                            data__decisions_item__votes_item__at = data__decisions_item__votes_item['at']
                                            validate___definitions_time(data__decisions_item__votes_item__at, custom_formats, (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}].at'.format(**locals()))
                                        if data__decisions_item__votes_item_keys:
                                            raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}].votes[{data__decisions_item__votes_x}]'.format(**locals()) + '', 'must have no fields but approver, decision, steps, reason, at')
                        if data__decisions_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.decisions[{data__decisions_x}]'.format(**locals()) + '', 'must have no fields but gate, plan_hash, required, state, asked, reason, votes')
        if 'survivors' in data_keys:
            data_keys.remove('survivors')
            data__survivors = data['survivors']
            if not isinstance(data__survivors, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.survivors', 'must be array')
            data__survivors_is_list = isinstance(data__survivors, (list, tuple))
            if data__survivors_is_list:
                data__survivors_len = len(data__survivors)
                for data__survivors_x, data__survivors_item in enumerate(data__survivors):
                    if not isinstance(data__survivors_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.survivors[{data__survivors_x}]'.format(**locals()) + '', 'must be object')
                    data__survivors_item_is_dict = isinstance(data__survivors_item, dict)
                    if data__survivors_item_is_dict:
                        data__survivors_item__missing_keys = set(['step_id', 'what', 'name', 'used_by']) - data__survivors_item.keys()
                        if data__survivors_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.survivors[{data__survivors_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__survivors_item__missing_keys)))
                        data__survivors_item_keys = set(data__survivors_item.keys())
                        if 'step_id' in data__survivors_item_keys:
                            data__survivors_item_keys.remove('step_id')
                            data__survivors_item__stepid = data__survivors_item['step_id']
                            validate___definitions_step_id(data__survivors_item__stepid, custom_formats, (name_prefix or 'data') + '.survivors[{data__survivors_x}].step_id'.format(**locals()))
                        if 'what' in data__survivors_item_keys:
                            data__survivors_item_keys.remove('what')
                            data__survivors_item__what = data__survivors_item['what']
                            validate___definitions_text(data__survivors_item__what, custom_formats, (name_prefix or 'data') + '.survivors[{data__survivors_x}].what'.format(**locals()))
                        if 'name' in data__survivors_item_keys:
                            data__survivors_item_keys.remove('name')
                            data__survivors_item__name = data__survivors_item['name']
                            validate___definitions_text(data__survivors_item__name, custom_formats, (name_prefix or 'data') + '.survivors[{data__survivors_x}].name'.format(**locals()))
                        if 'used_by' in data__survivors_item_keys:
                            data__survivors_item_keys.remove('used_by')
                            data__survivors_item__usedby = data__survivors_item['used_by']
                            validate___definitions_text(data__survivors_item__usedby, custom_formats, (name_prefix or 'data') + '.survivors[{data__survivors_x}].used_by'.format(**locals()))
                        if data__survivors_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.survivors[{data__survivors_x}]'.format(**locals()) + '', 'must have no fields but step_id, what, name, used_by')
        if 'logs' in data_keys:
            data_keys.remove('logs')
            data__logs = data['logs']
            if not isinstance(data__logs, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.logs', 'must be array')
            data__logs_is_list = isinstance(data__logs, (list, tuple))
            if data__logs_is_list:
                data__logs_len = len(data__logs)
                for data__logs_x, data__logs_item in enumerate(data__logs):
                    if not isinstance(data__logs_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.logs[{data__logs_x}]'.format(**locals()) + '', 'must be object')
                    data__logs_item_is_dict = isinstance(data__logs_item, dict)
                    if data__logs_item_is_dict:
                        data__logs_item__missing_keys = set(['name', 'text', 'artefact']) - data__logs_item.keys()
                        if data__logs_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.logs[{data__logs_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__logs_item__missing_keys)))
                        data__logs_item_keys = set(data__logs_item.keys())
                        if 'name' in data__logs_item_keys:
                            data__logs_item_keys.remove('name')
                            data__logs_item__name = data__logs_item['name']
                            validate___definitions_text(data__logs_item__name, custom_formats, (name_prefix or 'data') + '.logs[{data__logs_x}].name'.format(**locals()))
                        if 'text' in data__logs_item_keys:
                            data__logs_item_keys.remove('text')
                            data__logs_item__text = data__logs_item['text']
                            validate___definitions_text(data__logs_item__text, custom_formats, (name_prefix or 'data') + '.logs[{data__logs_x}].text'.format(**locals()))
                        if 'artefact' in data__logs_item_keys:
                            data__logs_item_keys.remove('artefact')
                            data__logs_item__artefact = data__logs_item['artefact']
                            if not isinstance(data__logs_item__artefact, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.logs[{data__logs_x}].artefact'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__logs_item__artefact, str):
                                data__logs_item__artefact_len = len(data__logs_item__artefact)
                                if data__logs_item__artefact_len > 100:
                                    raise mismatch('' + (name_prefix or 'data') + '.logs[{data__logs_x}].artefact'.format(**locals()) + '', 'must have at most 100 characters')
                        if data__logs_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.logs[{data__logs_x}]'.format(**locals()) + '', 'must have no fields but name, text, artefact')
        if 'evidence' in data_keys:
            data_keys.remove('evidence')
            data__evidence = data['evidence']
            if not isinstance(data__evidence, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.evidence', 'must be array')
            data__evidence_is_list = isinstance(data__evidence, (list, tuple))
            if data__evidence_is_list:
                data__evidence_len = len(data__evidence)
                for data__evidence_x, data__evidence_item in enumerate(data__evidence):
                    if not isinstance(data__evidence_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}]'.format(**locals()) + '', 'must be object')
                    data__evidence_item_is_dict = isinstance(data__evidence_item, dict)
                    if data__evidence_item_is_dict:
                        data__evidence_item__missing_keys = set(['key', 'sha256', 'made_at', 'artefacts']) - data__evidence_item.keys()
                        if data__evidence_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__evidence_item__missing_keys)))
                        data__evidence_item_keys = set(data__evidence_item.keys())
                        if 'key' in data__evidence_item_keys:
                            data__evidence_item_keys.remove('key')
                            data__evidence_item__key = data__evidence_item['key']
                            if not isinstance(data__evidence_item__key, str):
                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].key'.format(**locals()) + '', 'must be string')
                        if 'sha256' in data__evidence_item_keys:
                            data__evidence_item_keys.remove('sha256')
                            data__evidence_item__sha256 = data__evidence_item['sha256']
                            validate___definitions_sha256(data__evidence_item__sha256, custom_formats, (name_prefix or 'data') + '.evidence[{data__evidence_x}].sha256'.format(**locals()))
                        if 'made_at' in data__evidence_item_keys:
                            data__evidence_item_keys.remove('made_at')
                            data__evidence_item__madeat = data__evidence_item['made_at']
                            validate___definitions_time(data__evidence_item__madeat, custom_formats, (name_prefix or 'data') + '.evidence[{data__evidence_x}].made_at'.format(**locals()))
                        if 'artefacts' in data__evidence_item_keys:
                            data__evidence_item_keys.remove('artefacts')
                            data__evidence_item__artefacts = data__evidence_item['artefacts']
                            if not isinstance(data__evidence_item__artefacts, (list, tuple)):
                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts'.format(**locals()) + '', 'must be array')
                            data__evidence_item__artefacts_is_list = isinstance(data__evidence_item__artefacts, (list, tuple))
                            if data__evidence_item__artefacts_is_list:
                                data__evidence_item__artefacts_len = len(data__evidence_item__artefacts)
                                for data__evidence_item__artefacts_x, data__evidence_item__artefacts_item in enumerate(data__evidence_item__artefacts):
                                    if not isinstance(data__evidence_item__artefacts_item, dict):
                                        raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}]'.format(**locals()) + '', 'must be object')
                                    data__evidence_item__artefacts_item_is_dict = isinstance(data__evidence_item__artefacts_item, dict)
                                    if data__evidence_item__artefacts_item_is_dict:
                                        data__evidence_item__artefacts_item__missing_keys = set(['name', 'key', 'sha256', 'bytes', 'taken_at']) - data__evidence_item__artefacts_item.keys()
                                        if data__evidence_item__artefacts_item__missing_keys:
                                            raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__evidence_item__artefacts_item__missing_keys)))
                                        data__evidence_item__artefacts_item_keys = set(data__evidence_item__artefacts_item.keys())
                                        if 'name' in data__evidence_item__artefacts_item_keys:
                                            data__evidence_item__artefacts_item_keys.remove('name')
                                            data__evidence_item__artefacts_item__name = data__evidence_item__artefacts_item['name']
                                            if not isinstance(data__evidence_item__artefacts_item__name, str):
                                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].name'.format(**locals()) + '', 'must be string')
                                        if 'key' in data__evidence_item__artefacts_item_keys:
                                            data__evidence_item__artefacts_item_keys.remove('key')
                                            data__evidence_item__artefacts_item__key = data__evidence_item__artefacts_item['key']
                                            if not isinstance(data__evidence_item__artefacts_item__key, str):
                                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].key'.format(**locals()) + '', 'must be string')
                                        if 'sha256' in data__evidence_item__artefacts_item_keys:
                                            data__evidence_item__artefacts_item_keys.remove('sha256')
                                            data__evidence_item__artefacts_item__sha256 = data__evidence_item__artefacts_item['sha256']
                                            validate___definitions_sha256(data__evidence_item__artefacts_item__sha256, custom_formats, (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].sha256'.format(**locals()))
                                        if 'bytes' in data__evidence_item__artefacts_item_keys:
                                            data__evidence_item__artefacts_item_keys.remove('bytes')
                                            data__evidence_item__artefacts_item__bytes = data__evidence_item__artefacts_item['bytes']
                                            if not isinstance(data__evidence_item__artefacts_item__bytes, int) and (not (isinstance(data__evidence_item__artefacts_item__bytes, float) and data__evidence_item__artefacts_item__bytes.is_integer())) or isinstance(data__evidence_item__artefacts_item__bytes, bool):
                                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].bytes'.format(**locals()) + '', 'must be integer')
                                            if isinstance(data__evidence_item__artefacts_item__bytes, (int, float, Decimal)) and (not isinstance(data__evidence_item__artefacts_item__bytes, bool)):
                                                if data__evidence_item__artefacts_item__bytes < 0:
                                                    raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].bytes'.format(**locals()) + '', 'must be at least 0')
                                        if 'taken_at' in data__evidence_item__artefacts_item_keys:
                                            data__evidence_item__artefacts_item_keys.remove('taken_at')
                                            data__evidence_item__artefacts_item__takenat = data__evidence_item__artefacts_item['taken_at']
                                            if not isinstance(data__evidence_item__artefacts_item__takenat, str):
                                                raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].taken_at'.format(**locals()) + '', 'must be string')
                                            if isinstance(data__evidence_item__artefacts_item__takenat, str):
                                                data__evidence_item__artefacts_item__takenat_len = len(data__evidence_item__artefacts_item__takenat)
                                                if data__evidence_item__artefacts_item__takenat_len > 40:
                                                    raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}].taken_at'.format(**locals()) + '', 'must have at most 40 characters')
                                        if data__evidence_item__artefacts_item_keys:
                                            raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}].artefacts[{data__evidence_item__artefacts_x}]'.format(**locals()) + '', 'must have no fields but name, key, sha256, bytes, taken_at')
                        if data__evidence_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.evidence[{data__evidence_x}]'.format(**locals()) + '', 'must have no fields but key, sha256, made_at, artefacts')
        if 'undo_commands' in data_keys:
            data_keys.remove('undo_commands')
            data__undocommands = data['undo_commands']
            if not isinstance(data__undocommands, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.undo_commands', 'must be array')
            data__undocommands_is_list = isinstance(data__undocommands, (list, tuple))
            if data__undocommands_is_list:
                data__undocommands_len = len(data__undocommands)
                for data__undocommands_x, data__undocommands_item in enumerate(data__undocommands):
                    if not isinstance(data__undocommands_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}]'.format(**locals()) + '', 'must be object')
                    data__undocommands_item_is_dict = isinstance(data__undocommands_item, dict)
                    if data__undocommands_item_is_dict:
                        data__undocommands_item__missing_keys = set(['command', 'title', 'label']) - data__undocommands_item.keys()
                        if data__undocommands_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__undocommands_item__missing_keys)))
                        data__undocommands_item_keys = set(data__undocommands_item.keys())
                        if 'command' in data__undocommands_item_keys:
                            data__undocommands_item_keys.remove('command')
                            data__undocommands_item__command = data__undocommands_item['command']
                            if not isinstance(data__undocommands_item__command, str):
                                raise mismatch('' + (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}].command'.format(**locals()) + '', 'must be string')
                            if isinstance(data__undocommands_item__command, str):
                                if not REGEX_PATTERNS['^responder undo IR-'].search(data__undocommands_item__command):
                                    raise mismatch('' + (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}].command'.format(**locals()) + '', 'must match ^responder undo IR-')
                        if 'title' in data__undocommands_item_keys:
                            data__undocommands_item_keys.remove('title')
                            data__undocommands_item__title = data__undocommands_item['title']
                            validate___definitions_text(data__undocommands_item__title, custom_formats, (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}].title'.format(**locals()))
                        if 'label' in data__undocommands_item_keys:
                            data__undocommands_item_keys.remove('label')
                            data__undocommands_item__label = data__undocommands_item['label']
                            validate___definitions_text(data__undocommands_item__label, custom_formats, (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}].label'.format(**locals()))
                        if data__undocommands_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.undo_commands[{data__undocommands_x}]'.format(**locals()) + '', 'must have no fields but command, title, label')
        if 'timeline' in data_keys:
            data_keys.remove('timeline')
            data__timeline = data['timeline']
            if not isinstance(data__timeline, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.timeline', 'must be array')
            data__timeline_is_list = isinstance(data__timeline, (list, tuple))
            if data__timeline_is_list:
                data__timeline_len = len(data__timeline)
                for data__timeline_x, data__timeline_item in enumerate(data__timeline):
                    if not isinstance(data__timeline_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must be object')
                    data__timeline_item_is_dict = isinstance(data__timeline_item, dict)
                    if data__timeline_item_is_dict:
                        data__timeline_item__missing_keys = set(['at', 'what']) - data__timeline_item.keys()
                        if data__timeline_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__timeline_item__missing_keys)))
                        data__timeline_item_keys = set(data__timeline_item.keys())
                        if 'at' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('at')
                            data__timeline_item__at = data__timeline_item['at']
                            validate___definitions_time(data__timeline_item__at, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].at'.format(**locals()))
                        if 'what' in data__timeline_item_keys:
                            data__timeline_item_keys.remove('what')
                            data__timeline_item__what = data__timeline_item['what']
                            validate___definitions_text(data__timeline_item__what, custom_formats, (name_prefix or 'data') + '.timeline[{data__timeline_x}].what'.format(**locals()))
                        if data__timeline_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.timeline[{data__timeline_x}]'.format(**locals()) + '', 'must have no fields but at, what')
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
                            validate___definitions_text(data__gaps_item__what, custom_formats, (name_prefix or 'data') + '.gaps[{data__gaps_x}].what'.format(**locals()))
                        if 'why' in data__gaps_item_keys:
                            data__gaps_item_keys.remove('why')
                            data__gaps_item__why = data__gaps_item['why']
                            validate___definitions_text(data__gaps_item__why, custom_formats, (name_prefix or 'data') + '.gaps[{data__gaps_x}].why'.format(**locals()))
                        if data__gaps_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.gaps[{data__gaps_x}]'.format(**locals()) + '', 'must have no fields but what, why')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, kind, number, made_at, outcome, stopped, summary, incident, plans, steps, not_done, decisions, survivors, logs, evidence, undo_commands, timeline, gaps')
    return data

def validate___definitions_step_id(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, str):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string')
    if isinstance(data, str):
        data_len = len(data)
        if data_len > 80:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 80 characters')
        if not REGEX_PATTERNS['^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$'].search(data):
            raise mismatch('' + (name_prefix or 'data') + '', 'must match ^[0-9]{2}-[a-z_0-9]+-[0-9a-f]{8}$')
    return data

def validate___definitions_step(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['step_id', 'undoes', 'action', 'title', 'label', 'target_arn', 'stage', 'plan_hash', 'approval', 'decided_by', 'why', 'reversibility', 'impact', 'way_back', 'status', 'approved_by', 'at', 'changes', 'error', 'not_done_because']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'step_id' in data_keys:
            data_keys.remove('step_id')
            data__stepid = data['step_id']
            validate___definitions_step_id(data__stepid, custom_formats, (name_prefix or 'data') + '.step_id')
        if 'undoes' in data_keys:
            data_keys.remove('undoes')
            data__undoes = data['undoes']
            if not isinstance(data__undoes, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.undoes', 'must be string or null')
            if isinstance(data__undoes, str):
                data__undoes_len = len(data__undoes)
                if data__undoes_len > 80:
                    raise mismatch('' + (name_prefix or 'data') + '.undoes', 'must have at most 80 characters')
        if 'action' in data_keys:
            data_keys.remove('action')
            data__action = data['action']
            if not isinstance(data__action, str):
                raise mismatch('' + (name_prefix or 'data') + '.action', 'must be string')
            if isinstance(data__action, str):
                if not REGEX_PATTERNS['^[a-z_0-9]+\\.[a-z_0-9]+$'].search(data__action):
                    raise mismatch('' + (name_prefix or 'data') + '.action', 'must match ^[a-z_0-9]+\\.[a-z_0-9]+$')
        if 'title' in data_keys:
            data_keys.remove('title')
            data__title = data['title']
            validate___definitions_text(data__title, custom_formats, (name_prefix or 'data') + '.title')
        if 'label' in data_keys:
            data_keys.remove('label')
            data__label = data['label']
            validate___definitions_text(data__label, custom_formats, (name_prefix or 'data') + '.label')
        if 'target_arn' in data_keys:
            data_keys.remove('target_arn')
            data__targetarn = data['target_arn']
            validate___definitions_text(data__targetarn, custom_formats, (name_prefix or 'data') + '.target_arn')
        if 'stage' in data_keys:
            data_keys.remove('stage')
            data__stage = data['stage']
            if not (isinstance(data__stage, str) and data__stage == 'containment' or (isinstance(data__stage, str) and data__stage == 'eradication') or (isinstance(data__stage, str) and data__stage == 'recovery') or (isinstance(data__stage, str) and data__stage == 'notification')):
                raise mismatch('' + (name_prefix or 'data') + '.stage', 'must be one of "containment", "eradication", "recovery", "notification"')
        if 'plan_hash' in data_keys:
            data_keys.remove('plan_hash')
            data__planhash = data['plan_hash']
            validate___definitions_sha256(data__planhash, custom_formats, (name_prefix or 'data') + '.plan_hash')
        if 'approval' in data_keys:
            data_keys.remove('approval')
            data__approval = data['approval']
            if not (isinstance(data__approval, str) and data__approval == 'automatic' or (isinstance(data__approval, str) and data__approval == 'one') or (isinstance(data__approval, str) and data__approval == 'two')):
                raise mismatch('' + (name_prefix or 'data') + '.approval', 'must be one of "automatic", "one", "two"')
        if 'decided_by' in data_keys:
            data_keys.remove('decided_by')
            data__decidedby = data['decided_by']
            validate___definitions_text(data__decidedby, custom_formats, (name_prefix or 'data') + '.decided_by')
        if 'why' in data_keys:
            data_keys.remove('why')
            data__why = data['why']
            validate___definitions_text(data__why, custom_formats, (name_prefix or 'data') + '.why')
        if 'reversibility' in data_keys:
            data_keys.remove('reversibility')
            data__reversibility = data['reversibility']
            if not (isinstance(data__reversibility, str) and data__reversibility == 'full' or (isinstance(data__reversibility, str) and data__reversibility == 'partial') or (isinstance(data__reversibility, str) and data__reversibility == 'none')):
                raise mismatch('' + (name_prefix or 'data') + '.reversibility', 'must be one of "full", "partial", "none"')
        if 'impact' in data_keys:
            data_keys.remove('impact')
            data__impact = data['impact']
            validate___definitions_text(data__impact, custom_formats, (name_prefix or 'data') + '.impact')
        if 'way_back' in data_keys:
            data_keys.remove('way_back')
            data__wayback = data['way_back']
            validate___definitions_text(data__wayback, custom_formats, (name_prefix or 'data') + '.way_back')
        if 'status' in data_keys:
            data_keys.remove('status')
            data__status = data['status']
            if not (isinstance(data__status, str) and data__status == 'planned' or (isinstance(data__status, str) and data__status == 'intended') or (isinstance(data__status, str) and data__status == 'performed') or (isinstance(data__status, str) and data__status == 'nothing_to_do') or (isinstance(data__status, str) and data__status == 'drifted') or (isinstance(data__status, str) and data__status == 'refused') or (isinstance(data__status, str) and data__status == 'failed') or (isinstance(data__status, str) and data__status == 'undo_intended') or (isinstance(data__status, str) and data__status == 'undone') or (isinstance(data__status, str) and data__status == 'undo_drifted') or (isinstance(data__status, str) and data__status == 'undo_failed')):
                raise mismatch('' + (name_prefix or 'data') + '.status', 'must be one of "planned", "intended", "performed", "nothing_to_do", "drifted", "refused", "failed", "undo_intended", "undone", "undo_drifted", "undo_failed"')
        if 'approved_by' in data_keys:
            data_keys.remove('approved_by')
            data__approvedby = data['approved_by']
            if not isinstance(data__approvedby, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.approved_by', 'must be array')
            data__approvedby_is_list = isinstance(data__approvedby, (list, tuple))
            if data__approvedby_is_list:
                data__approvedby_len = len(data__approvedby)
                for data__approvedby_x, data__approvedby_item in enumerate(data__approvedby):
                    if not isinstance(data__approvedby_item, str):
                        raise mismatch('' + (name_prefix or 'data') + '.approved_by[{data__approvedby_x}]'.format(**locals()) + '', 'must be string')
                    if isinstance(data__approvedby_item, str):
                        data__approvedby_item_len = len(data__approvedby_item)
                        if data__approvedby_item_len > 254:
                            raise mismatch('' + (name_prefix or 'data') + '.approved_by[{data__approvedby_x}]'.format(**locals()) + '', 'must have at most 254 characters')
        if 'at' in data_keys:
            data_keys.remove('at')
            data__at = data['at']
            if not isinstance(data__at, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.at', 'must be string or null')
            if isinstance(data__at, str):
                data__at_len = len(data__at)
                if data__at_len > 40:
                    raise mismatch('' + (name_prefix or 'data') + '.at', 'must have at most 40 characters')
        if 'changes' in data_keys:
            data_keys.remove('changes')
            data__changes = data['changes']
            if not isinstance(data__changes, (list, tuple)):
                raise mismatch('' + (name_prefix or 'data') + '.changes', 'must be array')
            data__changes_is_list = isinstance(data__changes, (list, tuple))
            if data__changes_is_list:
                data__changes_len = len(data__changes)
                for data__changes_x, data__changes_item in enumerate(data__changes):
                    if not isinstance(data__changes_item, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}]'.format(**locals()) + '', 'must be object')
                    data__changes_item_is_dict = isinstance(data__changes_item, dict)
                    if data__changes_item_is_dict:
                        data__changes_item__missing_keys = set(['field', 'before', 'after']) - data__changes_item.keys()
                        if data__changes_item__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}]'.format(**locals()) + '', 'must have ' + ', '.join(sorted(data__changes_item__missing_keys)))
                        data__changes_item_keys = set(data__changes_item.keys())
                        if 'field' in data__changes_item_keys:
                            data__changes_item_keys.remove('field')
                            data__changes_item__field = data__changes_item['field']
                            validate___definitions_text(data__changes_item__field, custom_formats, (name_prefix or 'data') + '.changes[{data__changes_x}].field'.format(**locals()))
                        if 'before' in data__changes_item_keys:
                            data__changes_item_keys.remove('before')
                            data__changes_item__before = data__changes_item['before']
                            if not isinstance(data__changes_item__before, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}].before'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__changes_item__before, str):
                                data__changes_item__before_len = len(data__changes_item__before)
                                if data__changes_item__before_len > 500:
                                    raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}].before'.format(**locals()) + '', 'must have at most 500 characters')
                        if 'after' in data__changes_item_keys:
                            data__changes_item_keys.remove('after')
                            data__changes_item__after = data__changes_item['after']
                            if not isinstance(data__changes_item__after, (str, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}].after'.format(**locals()) + '', 'must be string or null')
                            if isinstance(data__changes_item__after, str):
                                data__changes_item__after_len = len(data__changes_item__after)
                                if data__changes_item__after_len > 500:
                                    raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}].after'.format(**locals()) + '', 'must have at most 500 characters')
                        if data__changes_item_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.changes[{data__changes_x}]'.format(**locals()) + '', 'must have no fields but field, before, after')
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
                    validate___definitions_text(data__error__name, custom_formats, (name_prefix or 'data') + '.error.name')
                if 'message' in data__error_keys:
                    data__error_keys.remove('message')
                    data__error__message = data__error['message']
                    validate___definitions_text(data__error__message, custom_formats, (name_prefix or 'data') + '.error.message')
                if data__error_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.error', 'must have no fields but name, message')
        if 'not_done_because' in data_keys:
            data_keys.remove('not_done_because')
            data__notdonebecause = data['not_done_because']
            if not isinstance(data__notdonebecause, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.not_done_because', 'must be string or null')
            if isinstance(data__notdonebecause, str):
                data__notdonebecause_len = len(data__notdonebecause)
                if data__notdonebecause_len > 500:
                    raise mismatch('' + (name_prefix or 'data') + '.not_done_because', 'must have at most 500 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but step_id, undoes, action, title, label, target_arn, stage, plan_hash, approval, decided_by, why, reversibility, impact, way_back, status, approved_by, at, changes, error, not_done_because')
    return data

def validate___definitions_sha256(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, str):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string')
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[0-9a-f]{64}$'].search(data):
            raise mismatch('' + (name_prefix or 'data') + '', 'must match ^[0-9a-f]{64}$')
    return data

def validate___definitions_text(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, str):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string')
    if isinstance(data, str):
        data_len = len(data)
        if data_len > 500:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 500 characters')
    return data

def validate___definitions_time(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, str):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string')
    if isinstance(data, str):
        data_len = len(data)
        if data_len > 40:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have at most 40 characters')
        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$'].search(data):
            raise mismatch('' + (name_prefix or 'data') + '', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$')
    return data

def validate___definitions_incident_id(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, str):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be string')
    if isinstance(data, str):
        if not REGEX_PATTERNS['^IR-[0-9]{8}-[0-9a-f]{10}$'].search(data):
            raise mismatch('' + (name_prefix or 'data') + '', 'must match ^IR-[0-9]{8}-[0-9a-f]{10}$')
    return data
