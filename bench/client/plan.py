# What is to be measured: written by bench/measure.mjs as JSON, read here.
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class KernelPlan:
    """How to start a kernel. `argv` holds "{connection_file}", as a kernelspec does; "{folder}" in `env` is a fresh folder."""

    name: str
    language: str
    argv: list[str]
    env: dict[str, str] = field(default_factory=dict)
    # Files of the folder that the kernel is started in, by name.
    files: dict[str, str] = field(default_factory=dict)
    # Name of a notebook in that folder that the kernel is told to belong to.
    notebook: str | None = None


@dataclass(frozen=True)
class Plan:
    """`variants` are our own kernel with other settings, for the figures that ask for them."""

    scenarios: list[str]
    is_quick: bool
    kernels: list[KernelPlan]
    variants: dict[str, KernelPlan]

    def repetitions(self, usual: int) -> int:
        return max(1, usual // 3) if self.is_quick else usual


def read_plan(path: str) -> Plan:
    content: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return Plan(
        scenarios=content["scenarios"],
        is_quick=content["isQuick"],
        kernels=[KernelPlan(**kernel) for kernel in content["kernels"]],
        variants={name: KernelPlan(**kernel) for name, kernel in content["variants"].items()},
    )
