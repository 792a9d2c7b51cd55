"""Rendered from schemas/actions/account.ensure_security_contact.json by `make render`: edit that."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off
from lambdas.core.errors import SchemaMismatch
from lambdas.core.schema import mismatch
from decimal import Decimal
import re
REGEX_PATTERNS = {'^[0-9]{12}$': re.compile('^[0-9]{12}\\Z'), '^[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+$': re.compile('^[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+\\Z'), '^[\\s0-9()+-]{1,25}$': re.compile('^[\\s0-9()+-]{1,25}\\Z')}
NoneType = type(None)

def validate(data, custom_formats={}, name_prefix=None):
    if not isinstance(data, dict):
        raise mismatch('' + (name_prefix or 'data') + '', 'must be object')
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['account', 'contact']) - data.keys()
        if data__missing_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have ' + ', '.join(sorted(data__missing_keys)))
        data_keys = set(data.keys())
        if 'account' in data_keys:
            data_keys.remove('account')
            data__account = data['account']
            if not isinstance(data__account, str):
                raise mismatch('' + (name_prefix or 'data') + '.account', 'must be string')
            if isinstance(data__account, str):
                if not REGEX_PATTERNS['^[0-9]{12}$'].search(data__account):
                    raise mismatch('' + (name_prefix or 'data') + '.account', 'must match ^[0-9]{12}$')
        if 'contact' in data_keys:
            data_keys.remove('contact')
            data__contact = data['contact']
            if not isinstance(data__contact, dict):
                raise mismatch('' + (name_prefix or 'data') + '.contact', 'must be object')
            data__contact_is_dict = isinstance(data__contact, dict)
            if data__contact_is_dict:
                data__contact__missing_keys = set(['Name', 'Title', 'EmailAddress', 'PhoneNumber']) - data__contact.keys()
                if data__contact__missing_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.contact', 'must have ' + ', '.join(sorted(data__contact__missing_keys)))
                data__contact_keys = set(data__contact.keys())
                if 'Name' in data__contact_keys:
                    data__contact_keys.remove('Name')
                    data__contact__Name = data__contact['Name']
                    if not isinstance(data__contact__Name, str):
                        raise mismatch('' + (name_prefix or 'data') + '.contact.Name', 'must be string')
                    if isinstance(data__contact__Name, str):
                        data__contact__Name_len = len(data__contact__Name)
                        if data__contact__Name_len < 1:
                            raise mismatch('' + (name_prefix or 'data') + '.contact.Name', 'must have at least 1 characters')
                        if data__contact__Name_len > 64:
                            raise mismatch('' + (name_prefix or 'data') + '.contact.Name', 'must have at most 64 characters')
                if 'Title' in data__contact_keys:
                    data__contact_keys.remove('Title')
                    data__contact__Title = data__contact['Title']
                    if not isinstance(data__contact__Title, str):
                        raise mismatch('' + (name_prefix or 'data') + '.contact.Title', 'must be string')
                    if isinstance(data__contact__Title, str):
                        data__contact__Title_len = len(data__contact__Title)
                        if data__contact__Title_len < 1:
                            raise mismatch('' + (name_prefix or 'data') + '.contact.Title', 'must have at least 1 characters')
                        if data__contact__Title_len > 50:
                            raise mismatch('' + (name_prefix or 'data') + '.contact.Title', 'must have at most 50 characters')
                if 'EmailAddress' in data__contact_keys:
                    data__contact_keys.remove('EmailAddress')
                    data__contact__EmailAddress = data__contact['EmailAddress']
                    if not isinstance(data__contact__EmailAddress, str):
                        raise mismatch('' + (name_prefix or 'data') + '.contact.EmailAddress', 'must be string')
                    if isinstance(data__contact__EmailAddress, str):
                        data__contact__EmailAddress_len = len(data__contact__EmailAddress)
                        if data__contact__EmailAddress_len > 254:
                            raise mismatch('' + (name_prefix or 'data') + '.contact.EmailAddress', 'must have at most 254 characters')
                        if not REGEX_PATTERNS['^[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+$'].search(data__contact__EmailAddress):
                            raise mismatch('' + (name_prefix or 'data') + '.contact.EmailAddress', 'must match ^[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+$')
                if 'PhoneNumber' in data__contact_keys:
                    data__contact_keys.remove('PhoneNumber')
                    data__contact__PhoneNumber = data__contact['PhoneNumber']
                    if not isinstance(data__contact__PhoneNumber, str):
                        raise mismatch('' + (name_prefix or 'data') + '.contact.PhoneNumber', 'must be string')
                    if isinstance(data__contact__PhoneNumber, str):
                        if not REGEX_PATTERNS['^[\\s0-9()+-]{1,25}$'].search(data__contact__PhoneNumber):
                            raise mismatch('' + (name_prefix or 'data') + '.contact.PhoneNumber', 'must match ^[\\s0-9()+-]{1,25}$')
                if data__contact_keys:
                    raise mismatch('' + (name_prefix or 'data') + '.contact', 'must have no fields but Name, Title, EmailAddress, PhoneNumber')
        if data_keys:
            raise mismatch('' + (name_prefix or 'data') + '', 'must have no fields but account, contact')
    return data
