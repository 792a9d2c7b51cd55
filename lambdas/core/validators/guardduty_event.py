"""Rendered from schemas/guardduty_event.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[a-z]{2}(-[a-z]+)+-[0-9]$': re.compile('^[a-z]{2}(-[a-z]+)+-[0-9]\\Z'), '^aws[a-z-]*$': re.compile('^aws[a-z-]*\\Z'), '^[A-Za-z0-9]{1,64}$': re.compile('^[A-Za-z0-9]{1,64}\\Z'), '^[0-9]{4}-[0-9]{2}-[0-9]{2}': re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}'), '^[A-Za-z0-9]{1,300}$': re.compile('^[A-Za-z0-9]{1,300}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['id', 'source', 'detail-type', 'detail']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'id' in data_keys:
            data_keys.remove('id')
            data__id = data['id']
            if not isinstance(data__id, str):
                raise mismatch('' + (name_prefix or 'data') + '.id', 'must be string')
            if isinstance(data__id, str):
                data__id_len = len(data__id)
                if data__id_len < 1:
                    raise mismatch('' + (name_prefix or 'data') + '.id', 'must have at least 1 characters')
                if data__id_len > 128:
                    raise mismatch('' + (name_prefix or 'data') + '.id', 'must have at most 128 characters')
        if 'source' in data_keys:
            data_keys.remove('source')
            data__source = data['source']
            if not (isinstance(data__source, str) and data__source == 'aws.guardduty'):
                raise mismatch('' + (name_prefix or 'data') + '.source', 'must be "aws.guardduty"')
        if 'detail-type' in data_keys:
            data_keys.remove('detail-type')
            data__detailtype = data['detail-type']
            if not (isinstance(data__detailtype, str) and data__detailtype == 'GuardDuty Finding'):
                raise mismatch('' + (name_prefix or 'data') + '.detail-type', 'must be "GuardDuty Finding"')
        if 'time' in data_keys:
            data_keys.remove('time')
            data__time = data['time']
            if not isinstance(data__time, str):
                raise mismatch('' + (name_prefix or 'data') + '.time', 'must be string')
            if isinstance(data__time, str):
                data__time_len = len(data__time)
                if data__time_len > 64:
                    raise mismatch('' + (name_prefix or 'data') + '.time', 'must have at most 64 characters')
        if 'drill' in data_keys:
            data_keys.remove('drill')
            data__drill = data['drill']
            if not isinstance(data__drill, bool):
                raise mismatch('' + (name_prefix or 'data') + '.drill', 'must be boolean')
        if 'detail' in data_keys:
            data_keys.remove('detail')
            data__detail = data['detail']
            if not isinstance(data__detail, dict):
                raise mismatch('' + (name_prefix or 'data') + '.detail', 'must be object')
            data__detail_is_dict = isinstance(data__detail, dict)
            if data__detail_is_dict:
                data__detail__missing_keys = set(['accountId', 'region', 'id', 'type', 'severity', 'createdAt', 'service']) - data__detail.keys()
                if data__detail__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.detail', 'must have ' + ', '.join(sorted(data__detail__missing_keys)))
                data__detail_keys = set(data__detail.keys())
                if 'accountId' in data__detail_keys:
                    data__detail_keys.remove('accountId')
                    data__detail__accountId = data__detail['accountId']
                    if not isinstance(data__detail__accountId, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.accountId', 'must be string')
                    if isinstance(data__detail__accountId, str):
                        if not REGEX_PATTERNS['^[0-9]{12}$'].search(data__detail__accountId):
                            raise mismatch('' + (name_prefix or 'data') + '.detail.accountId', 'must match ^[0-9]{12}$')
                if 'region' in data__detail_keys:
                    data__detail_keys.remove('region')
                    data__detail__region = data__detail['region']
                    if not isinstance(data__detail__region, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.region', 'must be string')
                    if isinstance(data__detail__region, str):
                        data__detail__region_len = len(data__detail__region)
                        if data__detail__region_len > 32:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.region', 'must have at most 32 characters')
                        if not REGEX_PATTERNS['^[a-z]{2}(-[a-z]+)+-[0-9]$'].search(data__detail__region):
                            raise mismatch('' + (name_prefix or 'data') + '.detail.region', 'must match ^[a-z]{2}(-[a-z]+)+-[0-9]$')
                if 'partition' in data__detail_keys:
                    data__detail_keys.remove('partition')
                    data__detail__partition = data__detail['partition']
                    if not isinstance(data__detail__partition, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.partition', 'must be string')
                    if isinstance(data__detail__partition, str):
                        data__detail__partition_len = len(data__detail__partition)
                        if data__detail__partition_len > 16:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.partition', 'must have at most 16 characters')
                        if not REGEX_PATTERNS['^aws[a-z-]*$'].search(data__detail__partition):
                            raise mismatch('' + (name_prefix or 'data') + '.detail.partition', 'must match ^aws[a-z-]*$')
                if 'id' in data__detail_keys:
                    data__detail_keys.remove('id')
                    data__detail__id = data__detail['id']
                    if not isinstance(data__detail__id, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.id', 'must be string')
                    if isinstance(data__detail__id, str):
                        if not REGEX_PATTERNS['^[A-Za-z0-9]{1,64}$'].search(data__detail__id):
                            raise mismatch('' + (name_prefix or 'data') + '.detail.id', 'must match ^[A-Za-z0-9]{1,64}$')
                if 'arn' in data__detail_keys:
                    data__detail_keys.remove('arn')
                    data__detail__arn = data__detail['arn']
                    if not isinstance(data__detail__arn, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.arn', 'must be string')
                    if isinstance(data__detail__arn, str):
                        data__detail__arn_len = len(data__detail__arn)
                        if data__detail__arn_len > 512:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.arn', 'must have at most 512 characters')
                if 'type' in data__detail_keys:
                    data__detail_keys.remove('type')
                    data__detail__type = data__detail['type']
                    if not isinstance(data__detail__type, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.type', 'must be string')
                    if isinstance(data__detail__type, str):
                        data__detail__type_len = len(data__detail__type)
                        if data__detail__type_len < 3:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.type', 'must have at least 3 characters')
                        if data__detail__type_len > 128:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.type', 'must have at most 128 characters')
                if 'severity' in data__detail_keys:
                    data__detail_keys.remove('severity')
                    data__detail__severity = data__detail['severity']
                    if not isinstance(data__detail__severity, (int, float, Decimal)) or isinstance(data__detail__severity, bool):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.severity', 'must be number')
                    if isinstance(data__detail__severity, (int, float, Decimal)) and (not isinstance(data__detail__severity, bool)):
                        if data__detail__severity < 0:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.severity', 'must be at least 0')
                        if data__detail__severity > 10:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.severity', 'must be at most 10')
                if 'title' in data__detail_keys:
                    data__detail_keys.remove('title')
                    data__detail__title = data__detail['title']
                    if not isinstance(data__detail__title, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.title', 'must be string')
                if 'description' in data__detail_keys:
                    data__detail_keys.remove('description')
                    data__detail__description = data__detail['description']
                    if not isinstance(data__detail__description, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.description', 'must be string')
                if 'createdAt' in data__detail_keys:
                    data__detail_keys.remove('createdAt')
                    data__detail__createdAt = data__detail['createdAt']
                    if not isinstance(data__detail__createdAt, str):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.createdAt', 'must be string')
                    if isinstance(data__detail__createdAt, str):
                        data__detail__createdAt_len = len(data__detail__createdAt)
                        if data__detail__createdAt_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.createdAt', 'must have at most 64 characters')
                        if not REGEX_PATTERNS['^[0-9]{4}-[0-9]{2}-[0-9]{2}'].search(data__detail__createdAt):
                            raise mismatch('' + (name_prefix or 'data') + '.detail.createdAt', 'must match ^[0-9]{4}-[0-9]{2}-[0-9]{2}')
                if 'service' in data__detail_keys:
                    data__detail_keys.remove('service')
                    data__detail__service = data__detail['service']
                    if not isinstance(data__detail__service, dict):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.service', 'must be object')
                    data__detail__service_is_dict = isinstance(data__detail__service, dict)
                    if data__detail__service_is_dict:
                        data__detail__service__missing_keys = set(['detectorId']) - data__detail__service.keys()
                        if data__detail__service__missing_keys:
                            raise mismatch('' + (name_prefix or 'data') + '.detail.service', 'must have ' + ', '.join(sorted(data__detail__service__missing_keys)))
                        data__detail__service_keys = set(data__detail__service.keys())
                        if 'detectorId' in data__detail__service_keys:
                            data__detail__service_keys.remove('detectorId')
                            data__detail__service__detectorId = data__detail__service['detectorId']
                            if not isinstance(data__detail__service__detectorId, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detectorId', 'must be string')
                            if isinstance(data__detail__service__detectorId, str):
                                if not REGEX_PATTERNS['^[A-Za-z0-9]{1,300}$'].search(data__detail__service__detectorId):
                                    raise mismatch('' + (name_prefix or 'data') + '.detail.service.detectorId', 'must match ^[A-Za-z0-9]{1,300}$')
                        if 'count' in data__detail__service_keys:
                            data__detail__service_keys.remove('count')
                            data__detail__service__count = data__detail__service['count']
                            if not isinstance(data__detail__service__count, int) and (not (isinstance(data__detail__service__count, float) and data__detail__service__count.is_integer())) or isinstance(data__detail__service__count, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.count', 'must be integer')
                            if isinstance(data__detail__service__count, (int, float, Decimal)) and (not isinstance(data__detail__service__count, bool)):
                                if data__detail__service__count < 0:
                                    raise mismatch('' + (name_prefix or 'data') + '.detail.service.count', 'must be at least 0')
                                if data__detail__service__count > 1000000000:
                                    raise mismatch('' + (name_prefix or 'data') + '.detail.service.count', 'must be at most 1000000000')
                        if 'archived' in data__detail__service_keys:
                            data__detail__service_keys.remove('archived')
                            data__detail__service__archived = data__detail__service['archived']
                            if not isinstance(data__detail__service__archived, bool):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.archived', 'must be boolean')
                        if 'eventFirstSeen' in data__detail__service_keys:
                            data__detail__service_keys.remove('eventFirstSeen')
                            data__detail__service__eventFirstSeen = data__detail__service['eventFirstSeen']
                            if not isinstance(data__detail__service__eventFirstSeen, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.eventFirstSeen', 'must be string')
                            if isinstance(data__detail__service__eventFirstSeen, str):
                                data__detail__service__eventFirstSeen_len = len(data__detail__service__eventFirstSeen)
                                if data__detail__service__eventFirstSeen_len > 64:
                                    raise mismatch('' + (name_prefix or 'data') + '.detail.service.eventFirstSeen', 'must have at most 64 characters')
                        if 'eventLastSeen' in data__detail__service_keys:
                            data__detail__service_keys.remove('eventLastSeen')
                            data__detail__service__eventLastSeen = data__detail__service['eventLastSeen']
                            if not isinstance(data__detail__service__eventLastSeen, str):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.eventLastSeen', 'must be string')
                            if isinstance(data__detail__service__eventLastSeen, str):
                                data__detail__service__eventLastSeen_len = len(data__detail__service__eventLastSeen)
                                if data__detail__service__eventLastSeen_len > 64:
                                    raise mismatch('' + (name_prefix or 'data') + '.detail.service.eventLastSeen', 'must have at most 64 characters')
                        if 'additionalInfo' in data__detail__service_keys:
                            data__detail__service_keys.remove('additionalInfo')
                            data__detail__service__additionalInfo = data__detail__service['additionalInfo']
                            if not isinstance(data__detail__service__additionalInfo, (dict, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.additionalInfo', 'must be object or null')
                        if 'detection' in data__detail__service_keys:
                            data__detail__service_keys.remove('detection')
                            data__detail__service__detection = data__detail__service['detection']
                            if not isinstance(data__detail__service__detection, (dict, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection', 'must be object or null')
                            data__detail__service__detection_is_dict = isinstance(data__detail__service__detection, dict)
                            if data__detail__service__detection_is_dict:
                                data__detail__service__detection_keys = set(data__detail__service__detection.keys())
                                if 'sequence' in data__detail__service__detection_keys:
                                    data__detail__service__detection_keys.remove('sequence')
                                    data__detail__service__detection__sequence = data__detail__service__detection['sequence']
                                    if not isinstance(data__detail__service__detection__sequence, (dict, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence', 'must be object or null')
                                    data__detail__service__detection__sequence_is_dict = isinstance(data__detail__service__detection__sequence, dict)
                                    if data__detail__service__detection__sequence_is_dict:
                                        data__detail__service__detection__sequence_keys = set(data__detail__service__detection__sequence.keys())
                                        if 'actors' in data__detail__service__detection__sequence_keys:
                                            data__detail__service__detection__sequence_keys.remove('actors')
                                            data__detail__service__detection__sequence__actors = data__detail__service__detection__sequence['actors']
                                            if not isinstance(data__detail__service__detection__sequence__actors, (list, tuple, NoneType)):
                                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.actors', 'must be array or null')
                                            data__detail__service__detection__sequence__actors_is_list = isinstance(data__detail__service__detection__sequence__actors, (list, tuple))
                                            if data__detail__service__detection__sequence__actors_is_list:
                                                data__detail__service__detection__sequence__actors_len = len(data__detail__service__detection__sequence__actors)
                                                for data__detail__service__detection__sequence__actors_x, data__detail__service__detection__sequence__actors_item in enumerate(data__detail__service__detection__sequence__actors):
                                                    if not isinstance(data__detail__service__detection__sequence__actors_item, dict):
                                                        raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.actors[{data__detail__service__detection__sequence__actors_x}]'.format(**locals()) + '', 'must be object')
                                                    data__detail__service__detection__sequence__actors_item_is_dict = isinstance(data__detail__service__detection__sequence__actors_item, dict)
                                                    if data__detail__service__detection__sequence__actors_item_is_dict:
                                                        data__detail__service__detection__sequence__actors_item_keys = set(data__detail__service__detection__sequence__actors_item.keys())
                                                        if 'user' in data__detail__service__detection__sequence__actors_item_keys:
                                                            data__detail__service__detection__sequence__actors_item_keys.remove('user')
                                                            data__detail__service__detection__sequence__actors_item__user = data__detail__service__detection__sequence__actors_item['user']
                                                            if not isinstance(data__detail__service__detection__sequence__actors_item__user, (dict, NoneType)):
                                                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.actors[{data__detail__service__detection__sequence__actors_x}].user'.format(**locals()) + '', 'must be object or null')
                                        if 'resources' in data__detail__service__detection__sequence_keys:
                                            data__detail__service__detection__sequence_keys.remove('resources')
                                            data__detail__service__detection__sequence__resources = data__detail__service__detection__sequence['resources']
                                            if not isinstance(data__detail__service__detection__sequence__resources, (list, tuple, NoneType)):
                                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.resources', 'must be array or null')
                                            data__detail__service__detection__sequence__resources_is_list = isinstance(data__detail__service__detection__sequence__resources, (list, tuple))
                                            if data__detail__service__detection__sequence__resources_is_list:
                                                data__detail__service__detection__sequence__resources_len = len(data__detail__service__detection__sequence__resources)
                                                for data__detail__service__detection__sequence__resources_x, data__detail__service__detection__sequence__resources_item in enumerate(data__detail__service__detection__sequence__resources):
                                                    if not isinstance(data__detail__service__detection__sequence__resources_item, dict):
                                                        raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.resources[{data__detail__service__detection__sequence__resources_x}]'.format(**locals()) + '', 'must be object')
                                                    data__detail__service__detection__sequence__resources_item_is_dict = isinstance(data__detail__service__detection__sequence__resources_item, dict)
                                                    if data__detail__service__detection__sequence__resources_item_is_dict:
                                                        data__detail__service__detection__sequence__resources_item_keys = set(data__detail__service__detection__sequence__resources_item.keys())
                                                        if 'data' in data__detail__service__detection__sequence__resources_item_keys:
                                                            data__detail__service__detection__sequence__resources_item_keys.remove('data')
                                                            data__detail__service__detection__sequence__resources_item__data = data__detail__service__detection__sequence__resources_item['data']
                                                            if not isinstance(data__detail__service__detection__sequence__resources_item__data, (dict, NoneType)):
                                                                raise mismatch('' + (name_prefix or 'data') + '.detail.service.detection.sequence.resources[{data__detail__service__detection__sequence__resources_x}].data'.format(**locals()) + '', 'must be object or null')
                if 'resource' in data__detail_keys:
                    data__detail_keys.remove('resource')
                    data__detail__resource = data__detail['resource']
                    if not isinstance(data__detail__resource, (dict, NoneType)):
                        raise mismatch('' + (name_prefix or 'data') + '.detail.resource', 'must be object or null')
                    data__detail__resource_is_dict = isinstance(data__detail__resource, dict)
                    if data__detail__resource_is_dict:
                        data__detail__resource_keys = set(data__detail__resource.keys())
                        if 'accessKeyDetails' in data__detail__resource_keys:
                            data__detail__resource_keys.remove('accessKeyDetails')
                            data__detail__resource__accessKeyDetails = data__detail__resource['accessKeyDetails']
                            if not isinstance(data__detail__resource__accessKeyDetails, (dict, NoneType)):
                                raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails', 'must be object or null')
                            data__detail__resource__accessKeyDetails_is_dict = isinstance(data__detail__resource__accessKeyDetails, dict)
                            if data__detail__resource__accessKeyDetails_is_dict:
                                data__detail__resource__accessKeyDetails_keys = set(data__detail__resource__accessKeyDetails.keys())
                                if 'accessKeyId' in data__detail__resource__accessKeyDetails_keys:
                                    data__detail__resource__accessKeyDetails_keys.remove('accessKeyId')
                                    data__detail__resource__accessKeyDetails__accessKeyId = data__detail__resource__accessKeyDetails['accessKeyId']
                                    if not isinstance(data__detail__resource__accessKeyDetails__accessKeyId, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.accessKeyId', 'must be string or null')
                                    if isinstance(data__detail__resource__accessKeyDetails__accessKeyId, str):
                                        data__detail__resource__accessKeyDetails__accessKeyId_len = len(data__detail__resource__accessKeyDetails__accessKeyId)
                                        if data__detail__resource__accessKeyDetails__accessKeyId_len > 128:
                                            raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.accessKeyId', 'must have at most 128 characters')
                                if 'principalId' in data__detail__resource__accessKeyDetails_keys:
                                    data__detail__resource__accessKeyDetails_keys.remove('principalId')
                                    data__detail__resource__accessKeyDetails__principalId = data__detail__resource__accessKeyDetails['principalId']
                                    if not isinstance(data__detail__resource__accessKeyDetails__principalId, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.principalId', 'must be string or null')
                                    if isinstance(data__detail__resource__accessKeyDetails__principalId, str):
                                        data__detail__resource__accessKeyDetails__principalId_len = len(data__detail__resource__accessKeyDetails__principalId)
                                        if data__detail__resource__accessKeyDetails__principalId_len > 256:
                                            raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.principalId', 'must have at most 256 characters')
                                if 'userName' in data__detail__resource__accessKeyDetails_keys:
                                    data__detail__resource__accessKeyDetails_keys.remove('userName')
                                    data__detail__resource__accessKeyDetails__userName = data__detail__resource__accessKeyDetails['userName']
                                    if not isinstance(data__detail__resource__accessKeyDetails__userName, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.userName', 'must be string or null')
                                    if isinstance(data__detail__resource__accessKeyDetails__userName, str):
                                        data__detail__resource__accessKeyDetails__userName_len = len(data__detail__resource__accessKeyDetails__userName)
                                        if data__detail__resource__accessKeyDetails__userName_len > 256:
                                            raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.userName', 'must have at most 256 characters')
                                if 'userType' in data__detail__resource__accessKeyDetails_keys:
                                    data__detail__resource__accessKeyDetails_keys.remove('userType')
                                    data__detail__resource__accessKeyDetails__userType = data__detail__resource__accessKeyDetails['userType']
                                    if not isinstance(data__detail__resource__accessKeyDetails__userType, (str, NoneType)):
                                        raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.userType', 'must be string or null')
                                    if isinstance(data__detail__resource__accessKeyDetails__userType, str):
                                        data__detail__resource__accessKeyDetails__userType_len = len(data__detail__resource__accessKeyDetails__userType)
                                        if data__detail__resource__accessKeyDetails__userType_len > 64:
                                            raise mismatch('' + (name_prefix or 'data') + '.detail.resource.accessKeyDetails.userType', 'must have at most 64 characters')
    return data
