# One kernel a test file, in a folder of its own, driven by Jupyter's own client.
import os

import pytest
from jupyter_client.manager import KernelManager

from client import Client
from scale import scaled

# Without this, kernels of the tests would write into the history of whoever runs them.
os.environ.setdefault("LAUNCHBOOK_HISTORY", "off")


@pytest.fixture(params=range(scaled(1, 20)), ids=lambda index: f"round {index + 1}")
def repeated(request):
    """Runs a test once, and twenty times in the proof of the kernel."""
    return request.param


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    manager = KernelManager(kernel_name="launchbook")
    folder = tmp_path_factory.mktemp("notebook")
    notebook = folder / "notebook.ipynb"
    notebook.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    environment = {
        **os.environ,
        "LAUNCHBOOK_HISTORY": str(folder / "history.jsonl"),
        "JPY_SESSION_NAME": str(notebook),
    }
    manager.start_kernel(cwd=str(folder), env=environment)
    kernel_client = manager.client()
    try:
        kernel_client.start_channels()
        kernel_client.wait_for_ready(timeout=60)
        yield Client(manager, kernel_client)
    finally:
        kernel_client.stop_channels()
        manager.shutdown_kernel()
