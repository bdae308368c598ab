# A run in a folder of its own, with its journal, for tests that look into the journal or damage it.
import json
import os
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.manager import KernelManager

from client import Client

RUN = {
    "id": "2.4.0-test-0a1b2c",
    "runbook": "release.ipynb",
    "commit": None,
    "release": "2.4.0",
    "environment": "test",
    "mode": "live",
    "createdAt": "2026-11-22T08:00:00.000Z",
    "createdBy": {"username": "ann", "name": "Ann Lee", "grade": "claimed"},
    "parameters": {},
}


def make_run(folder: Path, name: str = "release") -> Path:
    """Writes the notebook of a run without cells; returns its path."""
    (folder / "launchbook.yml").write_text("environments: { test: {} }\n")
    notebook = folder / f"{name}.ipynb"
    metadata = {"launchbook": {"run": RUN}}
    notebook.write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return notebook


def journal_of(notebook: Path) -> Path:
    return notebook.with_name(f"{notebook.stem}.journal.jsonl")


def records_of(notebook: Path, kind: str | None = None) -> list[dict]:
    lines = journal_of(notebook).read_text().splitlines()
    return [record for record in map(json.loads, lines) if kind is None or record["kind"] == kind]


@contextmanager
def kernel_of(notebook: Path):
    """A client of a new kernel of the notebook; the kernel is ended afterwards if it has not ended."""
    manager = KernelManager(kernel_name="launchbook")
    environment = {**os.environ, "JPY_SESSION_NAME": str(notebook), "LAUNCHBOOK_HISTORY": "off"}
    manager.start_kernel(cwd=str(notebook.parent), env=environment)
    channels = manager.client()
    try:
        channels.start_channels()
        channels.wait_for_ready(timeout=60)
        yield Client(manager, channels)
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)
