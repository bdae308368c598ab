# One kernel a test file, in a folder of its own, driven by Jupyter's own client.
import pytest
from jupyter_client.manager import KernelManager

from client import Client


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(tmp_path_factory.mktemp("notebook")))
    kernel_client = manager.client()
    try:
        kernel_client.start_channels()
        kernel_client.wait_for_ready(timeout=60)
        yield Client(manager, kernel_client)
    finally:
        kernel_client.stop_channels()
        manager.shutdown_kernel()
