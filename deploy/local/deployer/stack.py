"""Applies one template: resources in the order of their references, each through the applier of its type."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any

from deploy.local.deployer import parameters
from deploy.local.deployer.appliers import APPLIERS
from deploy.local.deployer.errors import UnappliedProperty
from deploy.local.deployer.intrinsics import Applied, Resolver, names_in
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties

Json = dict[str, Any]


class Stack:
    """One translated template on its way."""

    def __init__(self, place: Place, template: Json, given: Mapping[str, Any]) -> None:
        self.place = place
        self.template = template
        values = parameters.values(template.get("Parameters", {}), given)
        pseudo = parameters.pseudo(place.account, place.region)
        self.resolver = Resolver({**pseudo, **values}, template.get("Conditions", {}))

    def apply(self) -> dict[str, str]:
        """Apply every resource whose condition holds; the outputs. Raises UnappliedProperty, NotKept, DeployError."""
        for name in order(self.template["Resources"]):
            resource = self.template["Resources"][name]
            if self._is_wanted(resource):
                self.resolver.resources[name] = self._applied(name, resource)
        outputs = self.template.get("Outputs", {}).items()
        return {name: self._output(output) for name, output in outputs if self._is_wanted(output)}

    def _is_wanted(self, declared: Json) -> bool:
        return "Condition" not in declared or self.resolver.holds(declared["Condition"])

    def _applied(self, name: str, resource: Json) -> Applied:
        kind = resource["Type"]
        if kind not in APPLIERS:
            raise UnappliedProperty(
                f"{name}: nothing applies {kind}; write an applier in deploy/local/deployer/appliers"
            )
        properties = Properties(name, self.resolver.resolve(resource.get("Properties", {})))
        applied = APPLIERS[kind](self.place, properties)
        properties.finish()
        return applied

    def _output(self, output: Json) -> str:
        return str(self.resolver.resolve(output["Value"]))


def order(resources: Mapping[str, Json]) -> list[str]:
    """Logical ids, each after those that it refers to or depends on. Raises graphlib.CycleError for a circle."""
    graph = {}
    for name, resource in resources.items():
        explicit = resource.get("DependsOn", [])
        wanted = {*names_in(resource.get("Properties", {})), *([explicit] if isinstance(explicit, str) else explicit)}
        graph[name] = sorted(wanted & set(resources))
    return list(TopologicalSorter(graph).static_order())
