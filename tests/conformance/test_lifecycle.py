# The kernel's beginning and end, and what it does with messages that are not for it.
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager


@pytest.fixture
def manager():
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)


def wait_for_end(manager) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not manager.is_alive():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("code", ["1", "while (true) {}"], ids=["idle", "while a cell loops"])
def test_the_kernel_answers_a_shutdown_and_ends(manager, code):
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute(code)
    client.shutdown()
    assert client.get_control_msg(timeout=30)["content"] == {"status": "ok", "restart": False}
    client.stop_channels()
    assert wait_for_end(manager)


SERVER = """
import time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="launchbook")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
print(manager.provisioner.pid, flush=True)
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # A zombie has ended; whether anybody has taken notice is not ours to say.
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_kernel_ends_when_its_server_is_killed():
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    kernel = int(server.stdout.readline())
    assert is_running(kernel)
    server.send_signal(signal.SIGKILL)
    server.wait()
    deadline = time.monotonic() + 20
    while is_running(kernel):
        assert time.monotonic() < deadline, "the kernel still runs"
        time.sleep(0.1)


def test_a_forged_message_is_dropped_and_the_kernel_goes_on(manager):
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    forger = manager.client()
    forger.session.key = b"not the key"
    # A client that takes the name of another gets its connection, as a client that comes back does.
    forger.session.session = "forger"
    forger.shell_channel.start()
    forger.execute("console.log('forged')")
    request = client.execute("'genuine'")
    texts = []
    while not (texts and texts[-1] == "idle"):
        message = client.get_iopub_msg(timeout=60)
        assert "forged" not in str(message["content"])
        if message["parent_header"].get("msg_id") == request:
            texts.append(message["content"].get("execution_state"))
    forger.stop_channels()
    client.stop_channels()


def test_a_dead_executor_fails_the_cell_and_the_kernel_goes_on(client):
    run = client.run("process.exit(3)")
    assert run.content["status"] == "error"
    assert client.run("1 + 1").contents("execute_result")[0]["data"]["text/plain"] == "2"


def test_an_unknown_comm_target_is_closed_again(client):
    message = client.channels.session.msg(
        "comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}}
    )
    client.channels.shell_channel.send(message)
    closed = client.published_until(
        lambda m: m["msg_type"] == "comm_close", message["header"]["msg_id"]
    )
    assert closed["content"]["comm_id"] == "c1"
