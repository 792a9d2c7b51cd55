"""The embedded AWS as a process: `python -m deploy.local.server --port P --pages-port Q`.

moto serves the AWS API on 127.0.0.1; what it lacks or gets wrong is added before it starts. Port 0 means any free
one: the first line on standard output is JSON with the addresses, written when calls can be made. Under /_embedded/
stand the operator's own views, which are no AWS API and are not checked by IAM.
"""

import argparse
import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from http.server import ThreadingHTTPServer
from importlib import import_module
from typing import Any

from moto.core.config import default_user_config
from moto.core.responses import ActionResult, BaseResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Request, Response

from deploy.local import eventbridge, faults, lambda_runtime, step_functions
from deploy.local.lambda_pool import Workers
from deploy.local.model_service import ApiError, WrongAnswer
from deploy.local.notices import notices

# By name, for when this file is run as __main__.
LOG = logging.getLogger("deploy.local.server")
HOST = "127.0.0.1"
# moto's models are many objects that stay: by Python's own numbers, collecting garbage takes a third of all time here.
COLLECTED_AFTER = (50_000, 20, 50)
# In this order: services make the routes; IAM decides about each call; CloudTrail records it, and the decision with it.
PARTS = ("services", "iam", "cloudtrail", "pages")


class PortInUse(SystemExit):
    """The port is taken: said in one line, without a stack trace."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} on {HOST} is in use. Choose another one, or 0 for any free port.")


class EmbeddedServer:
    """Everything that lives in this process."""

    def __init__(self, port: int, pages_port: int, without: Iterable[str] = ()) -> None:
        self.parts = {name: import_module(f"deploy.local.{name}") for name in PARTS if name not in without}
        self.server = _listen(port, self._application())
        self.endpoint = f"http://{HOST}:{self.server.server_port}"
        self.workers = self._install()
        self.pages = self._serve_pages(pages_port)

    def _application(self) -> Callable[..., Any]:
        aws = DomainDispatcherApplication(_backend_app)
        # moto goes through its folders on the disk at each call, with all other calls waiting.
        aws.get_backend_for_host = lru_cache(1024)(aws.get_backend_for_host)  # type: ignore[method-assign]
        admin = Admin(self)

        def application(environ: dict[str, Any], start_response: Any) -> Any:
            ours = environ.get("PATH_INFO", "").startswith("/_embedded/")
            return (admin if ours else aws)(environ, start_response)

        return application

    def _install(self) -> Workers:
        """moto 5.2.5's own faults first, then our parts around it."""
        _name_what_is_missing()
        default_user_config["iam"] = {"load_aws_managed_policies": True}
        if "services" in self.parts:
            self.parts["services"].install()
        step_functions.install(self.endpoint)
        workers = lambda_runtime.install(self.endpoint)
        eventbridge.install(self.endpoint)
        for name in ("iam", "cloudtrail"):
            if name in self.parts:
                self.parts[name].install(self.endpoint)
        return workers

    def _serve_pages(self, port: int) -> ThreadingHTTPServer | None:
        if "pages" not in self.parts:
            return None
        _refuse_taken(port)
        pages: ThreadingHTTPServer = self.parts["pages"].serve(port, self.endpoint)
        return pages

    @property
    def pages_url(self) -> str | None:
        return f"http://{HOST}:{self.pages.server_port}" if self.pages else None

    def run(self, stop: threading.Event) -> None:
        """Serve until `stop` is set, then end every child."""
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 5}, daemon=True).start()
        print(json.dumps({"endpoint": self.endpoint, "pages_url": self.pages_url}), flush=True)
        # moto prints; nobody reads further than the first line, and a full pipe would block.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        stop.wait()
        self.workers.close()


class Admin:
    """The operator's views: health, mail, notices, decisions, api-calls, executions by GET; events, faults by POST."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server = server
        self.views: dict[str, Callable[[], Any]] = {
            "health": lambda: {"status": "serving", "is": "a stand-in for AWS, in memory"},
            "notices": notices,
            "mail": lambda: self._from("pages", "mailbox", call=True),
            "decisions": lambda: self._from("iam", "DECISIONS"),
            "api-calls": lambda: self._from("cloudtrail", "RECORDS"),
            "executions": step_functions.executions,
        }

    def _from(self, part: str, name: str, call: bool = False) -> Any:
        """A snapshot of a part's list: it goes on growing while it is written out."""
        if part not in self.server.parts:
            return []
        value = getattr(self.server.parts[part], name)
        return list(value() if call else value)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        return self._answer(request, request.path.removeprefix("/_embedded/"))(environ, start_response)

    def _answer(self, request: Request, name: str) -> Response:
        if request.method == "POST" and name in ASKED:
            return _done(ASKED[name], request)
        if request.method == "GET" and name in self.views:
            return _json(self.views[name]())
        return _json({"message": f"no view {name!r}; there are {sorted(self.views)} and POST events, faults"}, 404)


ASKED: dict[str, Callable[[Any], Any]] = {
    "events": lambda event: {"delivered_to": eventbridge.fire(event)},
    "faults": lambda wanted: {"faults": faults.set_faults(wanted)},
}


def _done(what: Callable[[Any], Any], request: Request) -> Response:
    try:
        return _json(what(request.get_json()))
    except ValueError as error:
        return _json({"message": str(error)}, 400)


def _json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value, default=str), status, content_type="application/json")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortInUse(port) from None


def _listen(port: int, application: Callable[..., Any]) -> BaseWSGIServer:
    _refuse_taken(port)
    return make_server(HOST, port, application, threaded=True, request_handler=MotoRequestHandler)


def _backend_app(service: Any) -> Any:
    """moto's application of one service, in which an address that it does not know is named as missing."""
    if service is None:
        return _missing("The embedded AWS lacks this service.")
    app = create_backend_app(service)
    app.register_error_handler(404, lambda _: _missing(f"The embedded AWS has no such operation in {service}."))
    return app


def _missing(message: str) -> Response:
    answer = _json({"__type": "NotImplemented", "message": message}, 501)
    answer.headers["x-amzn-errortype"] = "NotImplemented"
    return answer


def _name_what_is_missing() -> None:
    """moto answers what it lacks with a page of status 500, which SDKs retry. Ours is an error of status 501."""
    original = BaseResponse.call_action

    def call_action(self: BaseResponse) -> Any:
        try:
            return original(self)
        except NotImplementedError as error:
            return _fault(self, "NotImplemented", f"The embedded AWS lacks this: {error}")
        except WrongAnswer as error:
            return _fault(self, "InternalFailure", f"The embedded AWS is wrong here: {error}")

    BaseResponse.call_action = call_action


def _fault(response: BaseResponse, code: str, message: str) -> Any:
    LOG.error("%s.%s: %s", response.service_name, response._get_action(), message)
    _, headers, body = response.serialized(ActionResult(ApiError(code, message)))
    return 501, headers, body


def _stop_with_parent(stop: threading.Event) -> None:
    """Our standard input is a pipe that the parent holds: it closes when the parent ends, however it ends."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local.server", description="A stand-in for AWS, on loopback only."
    )
    parser.add_argument("--port", type=int, default=0, help="of the AWS API; 0 for any free one")
    parser.add_argument(
        "--pages-port", type=int, default=0, help="of the approval pages and the mailbox; 0 for any free one"
    )
    parser.add_argument("--region", default="us-east-1")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the parent does")
    parser.add_argument("--without", action="append", default=[], choices=PARTS, help="leave out a part")
    return parser.parse_args()


def _log_quietly() -> None:
    """Our own words, and moto's faults; not each path that a Choice asks about and does not find, nor each request."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    logging.getLogger("moto.stepfunctions.parser").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message=".*does not match an error shape")


def main() -> None:
    arguments = _arguments()
    gc.set_threshold(*COLLECTED_AFTER)
    _log_quietly()
    os.environ.setdefault("AWS_DEFAULT_REGION", arguments.region)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if arguments.until_stdin_closes:
        threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
    EmbeddedServer(arguments.port, arguments.pages_port, arguments.without).run(stop)
    # Executions that wait for a person would hold the process for days. Nothing of them is kept.
    os._exit(0)


if __name__ == "__main__":
    main()
