"""The processes of all functions: started when needed, kept warm, shared by nobody.

Each has its function's role credentials (minted in moto's STS), environment, timeout and memory setting, in an
environment made from nothing: the operator's own variables, configuration files and installed packages are not to be
seen from it.
"""

import base64
import binascii
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import zipfile
from collections import defaultdict, deque
from pathlib import Path

from moto.awslambda.models import LambdaFunction
from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

from deploy.local.lambda_worker import Outcome, Worker
from deploy.local.model_service import ApiError

# The log tail travels in a response header: AWS returns the last 4 KB, and more would break the header.
LOG_TAIL_BYTES = 4096
# What AWS's python runtimes hold beside the function's own code.
RUNTIME_PACKAGES = ("awslambdaric", "boto3", "botocore", "dateutil", "jmespath", "s3transfer", "simplejson", "six.py",
                    "snapshot_restore_py", "urllib3", "runtime_client*")  # fmt: skip
UNRESERVED_AT_ONCE = max(8, 4 * (os.cpu_count() or 1))
"""Of the functions without reserved concurrency. AWS has processors for a thousand; here the others wait for a turn."""
IDLE_WORKERS = 32
CODE_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "genai-responder" / "functions"
CACHED_CODES = 8
IN_USE_SECONDS = 24 * 3600
"""Code that a process was started with so lately stays: another server may run it, and its modules load when needed."""


class Turns:
    """A place for so many at once, and for the others in the order in which they came."""

    def __init__(self, places: int) -> None:
        self.free = places
        self.waiting: deque[threading.Event] = deque()
        self.lock = threading.Lock()

    def __enter__(self) -> None:
        with self.lock:
            if self.free:
                self.free -= 1
                return
            turn = threading.Event()
            self.waiting.append(turn)
        turn.wait()

    def __exit__(self, *_: object) -> None:
        with self.lock:
            if self.waiting:
                self.waiting.popleft().set()
            else:
                self.free += 1


class Workers:
    """The processes of all functions. An idle one is taken again while nothing about its function has changed."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.scratch = Path(tempfile.mkdtemp(prefix="responder-functions-"))
        self.runtime = _runtime_packages(self.scratch / "runtime")
        self.lock = threading.Lock()
        self.turns = Turns(UNRESERVED_AT_ONCE)
        self.idle: dict[str, list[Worker]] = {}
        self.running: dict[str, int] = defaultdict(int)
        self.all: set[Worker] = set()
        _forget_old_code()

    def run(self, function: LambdaFunction, body: bytes) -> Outcome:
        """Run one event in an idle process or a new one. Raises ApiError above the reserved concurrency.

        Where the machine has enough to do, it waits for its turn: that time is none of the function's. Reserved
        concurrency is taken out of what all others share, on AWS as well, so that a flood of them keeps nothing out.
        """
        self._enter(function)
        try:
            with self.turns if function.reserved_concurrency is None else contextlib.nullcontext():
                return self._run(function, body)
        finally:
            self._leave(function)

    def _run(self, function: LambdaFunction, body: bytes) -> Outcome:
        key = _identity(function)
        worker = self._taken(key) or self._started(function)
        outcome = worker.invoke(body, float(function.timeout), function.function_arn)
        self._give_back(key, worker, outcome.reusable)
        _write_log(function, worker, outcome)
        return outcome

    def _enter(self, function: LambdaFunction) -> None:
        with self.lock:
            limit = function.reserved_concurrency
            if limit is not None and self.running[function.function_arn] >= int(limit):
                raise ApiError("TooManyRequestsException", "Rate Exceeded.",
                               Reason="ReservedFunctionConcurrentInvocationLimitExceeded")  # fmt: skip
            self.running[function.function_arn] += 1

    def _leave(self, function: LambdaFunction) -> None:
        with self.lock:
            self.running[function.function_arn] -= 1

    def _taken(self, key: str) -> Worker | None:
        with self.lock:
            idle = self.idle.get(key, [])
            while idle:
                worker = idle.pop()
                if worker.alive:
                    return worker
                self.all.discard(worker)
        return None

    def _started(self, function: LambdaFunction) -> Worker:
        code = unpacked(function)
        worker = Worker(function.handler or "", code, self._environment(function, code))
        with self.lock:
            self.all.add(worker)
        return worker

    def _give_back(self, key: str, worker: Worker, reusable: bool) -> None:
        with self.lock:
            if reusable:
                worker.idle_since = time.monotonic()
                self.idle.setdefault(key, []).append(worker)
            else:
                self.all.discard(worker)
            surplus = self._surplus()
        for stale in (*surplus, *(() if reusable else (worker,))):
            stale.stop()

    def _surplus(self) -> list[Worker]:
        """The longest unused process, when too many are idle. AWS too ends what is not used."""
        if sum(map(len, self.idle.values())) <= IDLE_WORKERS:
            return []
        longest = min((workers for workers in self.idle.values() if workers), key=lambda workers: workers[0].idle_since)
        stale = longest.pop(0)
        self.all.discard(stale)
        return [stale]

    def _environment(self, function: LambdaFunction, code: Path) -> dict[str, str]:
        """The variables that AWS sets, then the function's own. Nothing is inherited."""
        return {
            **_reserved_variables(function),
            **role_credentials(function.account_id, function.region, function.role, function.function_name),
            **function.environment_vars,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "HOME": str(self.scratch),
            "TMPDIR": str(self.scratch),
            "LAMBDA_TASK_ROOT": str(code),
            "PYTHONPATH": f"{code}{os.pathsep}{self.runtime}",
        }

    def close(self) -> None:
        """End every process."""
        with self.lock:
            workers, self.all, self.idle = self.all, set(), {}
        for worker in workers:
            worker.stop()
        shutil.rmtree(self.scratch, ignore_errors=True)


def _reserved_variables(function: LambdaFunction) -> dict[str, str]:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""
    return {
        "AWS_REGION": function.region,
        "AWS_DEFAULT_REGION": function.region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": log_group(function),
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "TZ": ":UTC",
        "PYTHONUNBUFFERED": "1",
    }


def role_credentials(account: str, region: str, role: str, session: str) -> dict[str, str]:
    """Environment variables with a session of that role, minted in moto's STS."""
    minted = sts_backends[account][get_partition(region)].assume_role(
        region_name=region, role_session_name=session, role_arn=role, policy="", duration=43200, external_id=""
    )
    return {
        "AWS_ACCESS_KEY_ID": minted.access_key_id,
        "AWS_SECRET_ACCESS_KEY": minted.secret_access_key,
        "AWS_SESSION_TOKEN": minted.session_token,
    }


def _identity(function: LambdaFunction) -> str:
    """Everything that a process was started with: after any change AWS too starts new ones."""
    facts = (function.function_arn, function.code_sha_256, function.handler, function.role, function.memory_size,
             sorted(function.environment_vars.items()))  # fmt: skip
    return json.dumps(facts)


def unpacked(function: LambdaFunction) -> Path:
    """The function's code, unpacked once per digest and shared by every function with the same code.

    It is kept between runs of the server, so that .pyc files written at the first import serve the next run as well.
    """
    folder = CODE_CACHE / binascii.hexlify(base64.b64decode(function.code_sha_256)).decode()
    if not folder.is_dir():
        CODE_CACHE.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=CODE_CACHE) as beside:
            _extract(function.code_bytes, Path(beside) / "code")
            _move(Path(beside) / "code", folder)
    os.utime(folder)
    return folder


def _extract(code: bytes, target: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        archive.extractall(target)


def _move(source: Path, target: Path) -> None:
    """Another process may have been quicker; its copy is as good."""
    try:
        source.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _forget_old_code() -> None:
    if not CODE_CACHE.is_dir():
        return
    by_use = sorted(((_used(folder), folder) for folder in CODE_CACHE.iterdir()), reverse=True)
    for used, folder in by_use[CACHED_CODES:]:
        if used < time.time() - IN_USE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _used(folder: Path) -> float:
    """When a process was last started with it. What another server moves at this moment is in use."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _runtime_packages(target: Path) -> Path:
    """A folder of links to what AWS's runtime brings, and no more: a package that the function forgot is missed."""
    target.mkdir()
    site = Path(sys.modules["moto"].__file__ or "").parent.parent
    for pattern in RUNTIME_PACKAGES:
        for found in site.glob(pattern):
            (target / found.name).symlink_to(found)
    return target


def log_group(function: LambdaFunction) -> str:
    chosen = getattr(function, "kept", {}).get("LoggingConfig", {}).get("LogGroup")
    return str(chosen or function.logs_group_name)


def _write_log(function: LambdaFunction, worker: Worker, outcome: Outcome) -> None:
    group, logs = log_group(function), function.logs_backend
    logs.ensure_log_group(group)
    if worker.log_stream not in logs.groups[group].streams:
        logs.create_log_stream(group, worker.log_stream)
    at = int(time.time() * 1000)
    events = [{"timestamp": at, "message": line} for line in log_lines(function, outcome)]
    logs.put_log_events(group, worker.log_stream, events)


def log_lines(function: LambdaFunction, outcome: Outcome) -> list[str]:
    """The lines of one invocation as they stand in CloudWatch Logs."""
    init = "" if outcome.init_milliseconds is None else f"\tInit Duration: {outcome.init_milliseconds:.2f} ms"
    report = f"Duration: {outcome.milliseconds:.2f} ms\tMemory Size: {function.memory_size} MB{init}"
    return [
        f"START RequestId: {outcome.request_id} Version: $LATEST",
        *outcome.lines,
        f"END RequestId: {outcome.request_id}",
        f"REPORT RequestId: {outcome.request_id}\t{report}",
    ]


def log_tail(function: LambdaFunction, outcome: Outcome) -> str:
    """The header `X-Amz-Log-Result`: base64 of the last 4 KB."""
    tail = "\n".join(log_lines(function, outcome)).encode()[-LOG_TAIL_BYTES:]
    return base64.b64encode(tail).decode()
