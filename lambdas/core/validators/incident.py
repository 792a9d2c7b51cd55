"""Rendered from schemas/incident.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^IR-[0-9]{8}-[0-9a-f]{10}$': re.compile('^IR-[0-9]{8}-[0-9a-f]{10}\\Z'), '^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^aws[a-z-]*$': re.compile('^aws[a-z-]*\\Z'), '^[A-Za-z0-9_+=,.@-]{1,64}$': re.compile('^[A-Za-z0-9_+=,.@-]{1,64}\\Z'), '^A[A-Z]{3}[A-Z0-9]{12,124}$': re.compile('^A[A-Z]{3}[A-Z0-9]{12,124}\\Z'), '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:': re.compile('^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['incident_id', 'playbook', 'account', 'region', 'partition', 'opened_at', 'source', 'principal', 'requested_by', 'requester_arn', 'reason', 'drill', 'confirmed', 'withheld']) - data.keys()
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
        if 'playbook' in data_keys:
            data_keys.remove('playbook')
            data__playbook = data['playbook']
            if not (isinstance(data__playbook, str) and data__playbook == 'bedrock' or (isinstance(data__playbook, str) and data__playbook == 'amazon_q')):
                raise mismatch('' + (name_prefix or 'data') + '.playbook', 'must be one of "bedrock", "amazon_q"')
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
        if 'partition' in data_keys:
            data_keys.remove('partition')
            data__partition = data['partition']
            if not isinstance(data__partition, str):
                raise mismatch('' + (name_prefix or 'data') + '.partition', 'must be string')
            if isinstance(data__partition, str):
                data__partition_len = len(data__partition)
                if data__partition_len > 16:
                    raise mismatch('' + (name_prefix or 'data') + '.partition', 'must have at most 16 characters')
                if not REGEX_PATTERNS['^aws[a-z-]*$'].search(data__partition):
                    raise mismatch('' + (name_prefix or 'data') + '.partition', 'must match ^aws[a-z-]*$')
        if 'opened_at' in data_keys:
            data_keys.remove('opened_at')
            data__openedat = data['opened_at']
            validate___definitions_time(data__openedat, custom_formats, (name_prefix or 'data') + '.opened_at')
        if 'source' in data_keys:
            data_keys.remove('source')
            data__source = data['source']
            if not isinstance(data__source, dict):
                raise mismatch('' + (name_prefix or 'data') + '.source', 'must be object')
            data__source_is_dict = isinstance(data__source, dict)
            if data__source_is_dict:
                data__source__missing_keys = set(['kind', 'type', 'id', 'detector_id', 'arn', 'severity', 'title', 'description', 'first_seen', 'last_seen', 'count', 'sample']) - data__source.keys()
                if data__source__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.source', 'must have ' + ', '.join(sorted(data__source__missing_keys)))
                data__source_keys = set(data__source.keys())
                if 'kind' in data__source_keys:
                    data__source_keys.remove('kind')
                    data__source__kind = data__source['kind']
                    if not (isinstance(data__source__kind, str) and data__source__kind == 'guardduty' or (isinstance(data__source__kind, str) and data__source__kind == 'manual') or (isinstance(data__source__kind, str) and data__source__kind == 'cloudtrail') or (isinstance(data__source__kind, str) and data__source__kind == 'securityhub')):
                        raise mismatch('' + (name_prefix or 'data') + '.source.kind', 'must be one of "guardduty", "manual", "cloudtrail", "securityhub"')
                if 'type' in data__source_keys:
                    data__source_keys.remove('type')
                    data__source__type = data__source['type']
                    if not isinstance(data__source__type, str):
                        raise mismatch('' + (name_prefix or 'data') + '.source.type', 'must be string')
                    if isinstance(data__source__type, str):
                        data__source__type_len = len(data__source__type)
                        if data__source__type_len > 128:
                            raise mismatch('' + (name_prefix or 'data') + '.source.type', 'must have at most 128 characters')
                if 'id' in data__source_keys:
                    data__source_keys.remove('id')
                    data__source__id = data__source['id']
                    if not isinstance(data__source__id, str):
                        raise mismatch('' + (name_prefix or 'data') + '.source.id', 'must be string')
                    if isinstance(data__source__id, str):
                        data__source__id_len = len(data__source__id)
                        if data__source__id_len > 512:
                            raise mismatch('' + (name_prefix or 'data') + '.source.id', 'must have at most 512 characters')
                if 'detector_id' in data__source_keys:
                    data__source_keys.remove('detector_id')
                    data__source__detectorid = data__source['detector_id']
                    if not isinstance(data__source__detectorid, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.source.detector_id', 'must be string or null')
                    if isinstance(data__source__detectorid, str):
                        data__source__detectorid_len = len(data__source__detectorid)
                        if data__source__detectorid_len > 300:
                            raise mismatch('' + (name_prefix or 'data') + '.source.detector_id', 'must have at most 300 characters')
                if 'arn' in data__source_keys:
                    data__source_keys.remove('arn')
                    data__source__arn = data__source['arn']
                    if not isinstance(data__source__arn, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.source.arn', 'must be string or null')
                    if isinstance(data__source__arn, str):
                        data__source__arn_len = len(data__source__arn)
                        if data__source__arn_len > 2048:
                            raise mismatch('' + (name_prefix or 'data') + '.source.arn', 'must have at most 2048 characters')
                if 'severity' in data__source_keys:
                    data__source_keys.remove('severity')
                    data__source__severity = data__source['severity']
                    if not isinstance(data__source__severity, (int, float, Decimal)) or isinstance(data__source__severity, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.source.severity', 'must be number')
                    if isinstance(data__source__severity, (int, float, Decimal)) and (not isinstance(data__source__severity, bool)):
                        if data__source__severity < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.source.severity', 'must be at least 0')
                        if data__source__severity > 10:
                            raise mismatch('' + (name_prefix or 'data') + '.source.severity', 'must be at most 10')
                if 'title' in data__source_keys:
                    data__source_keys.remove('title')
                    data__source__title = data__source['title']
                    if not isinstance(data__source__title, str):
                        raise mismatch('' + (name_prefix or 'data') + '.source.title', 'must be string')
                    if isinstance(data__source__title, str):
                        data__source__title_len = len(data__source__title)
                        if data__source__title_len > 500:
                            raise mismatch('' + (name_prefix or 'data') + '.source.title', 'must have at most 500 characters')
                if 'description' in data__source_keys:
                    data__source_keys.remove('description')
                    data__source__description = data__source['description']
                    if not isinstance(data__source__description, str):
                        raise mismatch('' + (name_prefix or 'data') + '.source.description', 'must be string')
                    if isinstance(data__source__description, str):
                        data__source__description_len = len(data__source__description)
                        if data__source__description_len > 500:
                            raise mismatch('' + (name_prefix or 'data') + '.source.description', 'must have at most 500 characters')
                if 'first_seen' in data__source_keys:
                    data__source_keys.remove('first_seen')
                    data__source__firstseen = data__source['first_seen']
                    if not isinstance(data__source__firstseen, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.source.first_seen', 'must be string or null')
                    if isinstance(data__source__firstseen, str):
                        data__source__firstseen_len = len(data__source__firstseen)
                        if data__source__firstseen_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.source.first_seen', 'must have at most 64 characters')
                if 'last_seen' in data__source_keys:
                    data__source_keys.remove('last_seen')
                    data__source__lastseen = data__source['last_seen']
                    if not isinstance(data__source__lastseen, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.source.last_seen', 'must be string or null')
                    if isinstance(data__source__lastseen, str):
                        data__source__lastseen_len = len(data__source__lastseen)
                        if data__source__lastseen_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.source.last_seen', 'must have at most 64 characters')
                if 'count' in data__source_keys:
                    data__source_keys.remove('count')
                    data__source__count = data__source['count']
                    if not isinstance(data__source__count, int) and (not (isinstance(data__source__count, float) and data__source__count.is_integer())) or isinstance(data__source__count, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.source.count', 'must be integer')
                    if isinstance(data__source__count, (int, float, Decimal)) and (not isinstance(data__source__count, bool)):
                        if data__source__count < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.source.count', 'must be at least 0')
                        if data__source__count > 1000000000:
                            raise mismatch('' + (name_prefix or 'data') + '.source.count', 'must be at most 1000000000')
                if 'sample' in data__source_keys:
                    data__source_keys.remove('sample')
                    data__source__sample = data__source['sample']
                    if not isinstance(data__source__sample, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.source.sample', 'must be boolean')
                if data__source_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.source', 'must have no fields but kind, type, id, detector_id, arn, severity, title, description, first_seen, last_seen, count, sample')
        if 'principal' in data_keys:
            data_keys.remove('principal')
            data__principal = data['principal']
            if not isinstance(data__principal, dict):
                raise mismatch('' + (name_prefix or 'data') + '.principal', 'must be object')
            data__principal_is_dict = isinstance(data__principal, dict)
            if data__principal_is_dict:
                data__principal__missing_keys = set(['type', 'user_name', 'access_key_id', 'principal_id', 'arn']) - data__principal.keys()
                if data__principal__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.principal', 'must have ' + ', '.join(sorted(data__principal__missing_keys)))
                data__principal_keys = set(data__principal.keys())
                if 'type' in data__principal_keys:
                    data__principal_keys.remove('type')
                    data__principal__type = data__principal['type']
                    if not (isinstance(data__principal__type, str) and data__principal__type == 'IAMUser' or (isinstance(data__principal__type, str) and data__principal__type == 'AssumedRole') or (isinstance(data__principal__type, str) and data__principal__type == 'Role') or (isinstance(data__principal__type, str) and data__principal__type == 'Root') or (isinstance(data__principal__type, str) and data__principal__type == 'FederatedUser') or (isinstance(data__principal__type, str) and data__principal__type == 'AWSAccount') or (isinstance(data__principal__type, str) and data__principal__type == 'AWSService') or (isinstance(data__principal__type, str) and data__principal__type == 'Directory') or (isinstance(data__principal__type, str) and data__principal__type == 'IdentityCenterUser') or (isinstance(data__principal__type, str) and data__principal__type == 'WebIdentityUser') or (isinstance(data__principal__type, str) and data__principal__type == 'SAMLUser') or (isinstance(data__principal__type, str) and data__principal__type == 'Unknown')):
                        raise mismatch('' + (name_prefix or 'data') + '.principal.type', 'must be one of "IAMUser", "AssumedRole", "Role", "Root", "FederatedUser", "AWSAccount", "AWSService", "Directory", "IdentityCenterUser", "WebIdentityUser", "SAMLUser", "Unknown"')
                if 'user_name' in data__principal_keys:
                    data__principal_keys.remove('user_name')
                    data__principal__username = data__principal['user_name']
                    if not isinstance(data__principal__username, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.principal.user_name', 'must be string or null')
                    if isinstance(data__principal__username, str):
                        if not REGEX_PATTERNS['^[A-Za-z0-9_+=,.@-]{1,64}$'].search(data__principal__username):
                            raise mismatch('' + (name_prefix or 'data') + '.principal.user_name', 'must match ^[A-Za-z0-9_+=,.@-]{1,64}$')
                if 'access_key_id' in data__principal_keys:
                    data__principal_keys.remove('access_key_id')
                    data__principal__accesskeyid = data__principal['access_key_id']
                    if not isinstance(data__principal__accesskeyid, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.principal.access_key_id', 'must be string or null')
                    if isinstance(data__principal__accesskeyid, str):
                        if not REGEX_PATTERNS['^A[A-Z]{3}[A-Z0-9]{12,124}$'].search(data__principal__accesskeyid):
                            raise mismatch('' + (name_prefix or 'data') + '.principal.access_key_id', 'must match ^A[A-Z]{3}[A-Z0-9]{12,124}$')
                if 'principal_id' in data__principal_keys:
                    data__principal_keys.remove('principal_id')
                    data__principal__principalid = data__principal['principal_id']
                    if not isinstance(data__principal__principalid, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.principal.principal_id', 'must be string or null')
                    if isinstance(data__principal__principalid, str):
                        data__principal__principalid_len = len(data__principal__principalid)
                        if data__principal__principalid_len > 256:
                            raise mismatch('' + (name_prefix or 'data') + '.principal.principal_id', 'must have at most 256 characters')
                if 'arn' in data__principal_keys:
                    data__principal_keys.remove('arn')
                    data__principal__arn = data__principal['arn']
                    if not isinstance(data__principal__arn, (str, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.principal.arn', 'must be string or null')
                    if isinstance(data__principal__arn, str):
                        data__principal__arn_len = len(data__principal__arn)
                        if data__principal__arn_len > 2048:
                            raise mismatch('' + (name_prefix or 'data') + '.principal.arn', 'must have at most 2048 characters')
                        if not REGEX_PATTERNS['^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:'].search(data__principal__arn):
                            raise mismatch('' + (name_prefix or 'data') + '.principal.arn', 'must match ^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:')
                if data__principal_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.principal', 'must have no fields but type, user_name, access_key_id, principal_id, arn')
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
        if 'drill' in data_keys:
            data_keys.remove('drill')
            data__drill = data['drill']
            if not isinstance(data__drill, bool):
                raise mismatch('' + (name_prefix or 'data') + '.drill', 'must be boolean')
        if 'confirmed' in data_keys:
            data_keys.remove('confirmed')
            data__confirmed = data['confirmed']
            if not isinstance(data__confirmed, bool):
                raise mismatch('' + (name_prefix or 'data') + '.confirmed', 'must be boolean')
        if 'withheld' in data_keys:
            data_keys.remove('withheld')
            data__withheld = data['withheld']
            if not isinstance(data__withheld, (str, NoneType)):
                raise mismatch('' + (name_prefix or 'data') + '.withheld', 'must be string or null')
            if isinstance(data__withheld, str):
                data__withheld_len = len(data__withheld)
                if data__withheld_len > 500:
                    raise mismatch('' + (name_prefix or 'data') + '.withheld', 'must have at most 500 characters')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but incident_id, playbook, account, region, partition, opened_at, source, principal, requested_by, requester_arn, reason, drill, confirmed, withheld')
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
