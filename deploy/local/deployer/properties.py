"""A resource's properties, from which an applier takes what it applies. What is left over is an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deploy.local.deployer.errors import NotKept, UnappliedProperty

Json = dict[str, Any]


class Properties:
    """The resolved properties of `owner` (a logical id, or a path under it such as `Table.TimeToLiveSpecification`)."""

    def __init__(self, owner: str, values: Mapping[str, Any]) -> None:
        self.owner = owner
        self._left = dict(values)
        self._nested: list[Properties] = []

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def names(self) -> list[str]:
        """What is left."""
        return list(self._left)

    def take(self, name: str, default: Any = None) -> Any:
        return self._left.pop(name, default)

    def taken(self, *names: str) -> Json:
        """Those of the named properties that are there, as arguments of a call that names them alike."""
        return {name: self.take(name) for name in names if name in self}

    def lowered(self, *names: str) -> Json:
        """The same for services whose arguments begin with a small letter."""
        return {name[0].lower() + name[1:]: value for name, value in self.taken(*names).items()}

    def within(self, name: str) -> Properties:
        """The properties of a nested object; empty where it is absent."""
        nested = Properties(f"{self.owner}.{name}", self.take(name, {}))
        self._nested.append(nested)
        return nested

    def meaningless(self, name: str, reason: str) -> None:
        """Pass over a property that nothing on one machine could honour. The reason is for the reader."""
        assert reason, f"{self.owner}.{name} is passed over without a reason"
        self.take(name)

    def finish(self) -> None:
        """Raises UnappliedProperty where something was neither applied nor declared as meaningless here."""
        if self._left:
            name = min(self._left)
            raise UnappliedProperty(
                f"{self.owner}.{name}: nothing applies it; add it to the applier in deploy/local/deployer/appliers"
            )
        for nested in self._nested:
            nested.finish()


def expect(what: str, wanted: Any, got: Any) -> None:
    """Compare what was sent with what is read back. Raises NotKept."""
    if wanted != got:
        raise NotKept(f"{what}: {wanted!r} was sent and {got!r} is there; the embedded AWS does not keep it")


def expect_all(owner: str, wanted: Mapping[str, Any], got: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        expect(f"{owner}.{name}", value, got.get(name))
