"""One Lambda execution environment: a process that runs a function through AWS's own runtime client.

The process speaks Lambda's Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) with a small
server on loopback, one per process. What the function prints goes to an unlinked file, so that it can never block on
a full pipe.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# AWS stops an initialisation that takes longer; it is not counted against the function's timeout.
INIT_SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """What one invocation gave: the payload, whether it is an error, and the lines that were printed."""

    request_id: str
    payload: bytes
    failed: bool
    lines: list[str]
    milliseconds: float
    init_milliseconds: float | None
    reusable: bool


@dataclass(frozen=True)
class Request:
    """One event as the Runtime API hands it to the process."""

    id: str
    body: bytes
    deadline_ms: int
    function_arn: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": self.id,
            "Lambda-Runtime-Deadline-Ms": str(self.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": self.function_arn,
            "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
        }


class _RuntimeRequest(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without these two an invocation waits twice for a delayed acknowledgement (88 ms instead of 5).
    disable_nagle_algorithm = True
    wbufsize = -1
    server: "RuntimeApi"

    def log_message(self, *_: object) -> None:
        """Nothing: the function's own lines are the log."""

    def do_GET(self) -> None:
        """`/runtime/invocation/next`: waits for an event. The process asks only after it has printed everything."""
        self.server.asked.set()
        request = self.server.inbox.get()
        self.server.asked.clear()
        if request is None:
            self.close_connection = True
        else:
            self._answer(200, request.body, request.headers)

    def do_POST(self) -> None:
        """`.../response`, `.../error` or `/runtime/init/error`."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = "response" if self.path.endswith("/response") else "init" if "/init/" in self.path else "error"
        # First, because a process that is answered may end: that it did so must not come before why.
        self.server.outbox.put((kind, body))
        self._answer(202, b'{"status":"OK"}', {})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


class RuntimeApi(ThreadingHTTPServer):
    """The Runtime API of one process."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _RuntimeRequest)
        self.inbox: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self.outbox: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
        self.asked = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 30}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Worker:
    """A process that holds one function warm. It runs one event at a time."""

    def __init__(self, handler: str, code: Path, environment: dict[str, str]) -> None:
        self.api = RuntimeApi()
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  It lives as long as the process.
        self.read = 0
        self.fresh = True
        self.started = time.perf_counter()
        self.idle_since = time.monotonic()
        self.log_stream = f"{time.strftime('%Y/%m/%d', time.gmtime())}/[$LATEST]{uuid.uuid4().hex}"
        # No `site`: the function sees its own code and the runtime's packages, not what happens to be installed here.
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-m", "awslambdaric", handler],
            cwd=code,
            env={
                **environment,
                "AWS_LAMBDA_LOG_STREAM_NAME": self.log_stream,
                "AWS_LAMBDA_RUNTIME_API": self.api.address,
                "_HANDLER": handler,
            },
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def _watch(self) -> None:
        """Tell whoever awaits an answer that the process has ended: a crash is an error, never a hang."""
        status = self.process.wait()
        how = f"signal: {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        self.api.outbox.put(("exit", f"Runtime exited with error: {how}".encode()))
        self.api.asked.set()

    def invoke(self, body: bytes, timeout: float, function_arn: str) -> Outcome:
        """Run one event. Raises nothing: every failure is an outcome."""
        init = self._initialised()
        request = Request(str(uuid.uuid4()), body, int((time.time() + timeout) * 1000), function_arn)
        began = time.perf_counter()
        self.api.inbox.put(request)
        kind, answer = self._answer(timeout)
        took = (time.perf_counter() - began) * 1000
        payload = answer if kind in ("response", "error", "init") else failure(request.id, kind, answer.decode())
        lines = self._lines()
        return Outcome(request.id, payload, kind != "response", lines, took, init, kind in ("response", "error"))

    def _initialised(self) -> float | None:
        """Wait until the process asks for its first event. Returns how long that took in ms, None if it was warm."""
        if not self.fresh:
            return None
        self.fresh = False
        self.api.asked.wait(INIT_SECONDS)
        return (time.perf_counter() - self.started) * 1000

    def _answer(self, timeout: float) -> tuple[str, bytes]:
        try:
            return self.api.outbox.get(timeout=timeout)
        except queue.Empty:
            self.stop()
            return "timeout", f"Task timed out after {timeout:.2f} seconds".encode()

    def _lines(self) -> list[str]:
        """What was printed since the last invocation: all of it, once the process asks for the next event."""
        self.api.asked.wait(0.05)
        size = os.fstat(self.log.fileno()).st_size
        printed = os.pread(self.log.fileno(), size - self.read, self.read)
        self.read += len(printed)
        return [line for line in printed.decode("utf-8", "replace").split("\n") if line]

    def stop(self) -> None:
        """End the process and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.api.inbox.put(None)
        threading.Thread(target=self.api.shutdown, daemon=True).start()
        self.api.server_close()


def failure(request_id: str, kind: str, message: str) -> bytes:
    """The payload with which Lambda reports that the process itself failed."""
    name = {"timeout": "Sandbox.Timedout", "exit": "Runtime.ExitError"}[kind]
    return json.dumps({"errorType": name, "errorMessage": f"RequestId: {request_id} Error: {message}"}).encode()
