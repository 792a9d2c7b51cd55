"""Systems Manager without EC2, of which it needs the instances that a command goes to."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from deploy.local.light_imports import load


class Ec2Backends:
    """EC2's, by account, loaded at the first look."""

    def __getitem__(self, account: str) -> Any:
        return import_module("moto.ec2").ec2_backends[account]


def install() -> None:
    load("moto.ssm.models", without="moto.ec2", ec2_backends=Ec2Backends())
