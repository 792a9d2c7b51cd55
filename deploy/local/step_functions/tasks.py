"""Tasks call AWS as the state machine's role, and a Lambda task as it says.

Gaps in moto: every task calls with the same fixed keys, so that the machine's role is never looked at; and it drops the
InvocationType of a Lambda task, so that it waits for what it should only hand over (Step Functions Developer Guide,
"Invoke an AWS Lambda function with Step Functions", names it among the supported parameters).
"""

import sys
import threading
from typing import Any

import botocore.session
from botocore.config import Config
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_lambda
from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

# A Lambda function may run for 15 minutes.
READ_SECONDS = 930


class TaskClients:
    """Clients by Region, service and role; a role's session is minted once in moto's STS."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.lock = threading.Lock()
        self.session = botocore.session.Session()
        self.clients: dict[tuple[str, str, str], Any] = {}

    def client_for(self, region: str, service: str, state_credentials: Any = None) -> Any:
        role = state_credentials.role_arn
        with self.lock:
            key = (region, service, role)
            if key not in self.clients:
                self.clients[key] = self._new_client(region, service, role)
            return self.clients[key]

    def _new_client(self, region: str, service: str, role: str) -> Any:
        session = _role_session(region, role)
        return self.session.create_client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=session.access_key_id,
            aws_secret_access_key=session.secret_access_key,
            aws_session_token=session.session_token,
            # Parameters are checked by the service, whose errors definitions catch, not by the client.
            config=Config(
                parameter_validation=False,
                inject_host_prefix=False,
                max_pool_connections=64,
                retries={"total_max_attempts": 1},
                read_timeout=READ_SECONDS,
            ),
        )


def _role_session(region: str, role: str) -> Any:
    backend = sts_backends[role.split(":")[4]][get_partition(region)]
    return backend.assume_role(
        region_name=region, role_session_name="states", role_arn=role, policy="", duration=43200, external_id=""
    )


def install(endpoint: str) -> None:
    """Put our clients wherever moto has imported its own by name, and let Lambda tasks say how they invoke."""
    state_task_service_lambda._SUPPORTED_API_PARAM_BINDINGS["invoke"].add("InvocationType")
    clients = TaskClients(endpoint)
    for module in list(sys.modules.values()):
        if module.__name__.startswith("moto.stepfunctions") and hasattr(module, "boto_client_for"):
            module.boto_client_for = clients.client_for
