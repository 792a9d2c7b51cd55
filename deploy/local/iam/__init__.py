"""IAM of the embedded AWS: every API call is identified and decided as AWS would, before moto sees it.

install()    once, before moto's server takes calls: the gate then stands in front of it
DECISIONS    what was decided so far
"""

from __future__ import annotations

from typing import Any

from deploy.local.iam.decisions import DECISIONS
from deploy.local.iam.gate import LISTENERS, Gate, Made
from deploy.local.iam.principals import OPERATOR

__all__ = ["DECISIONS", "LISTENERS", "OPERATOR", "Gate", "Made", "install"]


def install(endpoint: str | None = None) -> None:
    """Put the gate in front of every moto server of this interpreter. Doing it twice is doing it once."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication

    if hasattr(DomainDispatcherApplication, "ungated"):
        return
    ungated = DomainDispatcherApplication.__call__

    def gated(self: Any, environ: dict[str, Any], start_response: Any) -> Any:
        return Gate(lambda env, start: ungated(self, env, start))(environ, start_response)

    DomainDispatcherApplication.ungated = ungated  # type: ignore[attr-defined]
    DomainDispatcherApplication.__call__ = gated  # type: ignore[method-assign]
