# Transport encryption of jupyter_client: with "required" the kernel is started with a pair of keys, every channel works, also after a
# restart, and a client without the keys is told nothing.
import json
from pathlib import Path

import pytest
import zmq
from jupyter_client.manager import KernelManager

from client import TIMEOUT, Client


@pytest.fixture
def encrypted(tmp_path):
    manager = KernelManager(kernel_name="launchbook", transport_encryption="required")
    manager.start_kernel(cwd=str(tmp_path))
    channels = manager.client()
    try:
        channels.start_channels()
        channels.wait_for_ready(timeout=TIMEOUT)
        yield manager, channels
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)


def test_every_channel_works_also_after_a_restart(encrypted):
    manager, channels = encrypted
    keys = json.loads(Path(manager.connection_file).read_text())
    assert len(keys["curve_publickey"]) == len(keys["curve_secretkey"]) == 40
    client = Client(manager, channels)
    assert client.run("console.log(6 * 7)").text() == "42\n"
    assert client.control("kernel_info_request")["content"]["status"] == "ok"
    assert channels.hb_channel.is_beating()
    manager.restart_kernel(now=True)
    channels.wait_for_ready(timeout=TIMEOUT)
    assert client.run("console.log('again')").text() == "again\n"


@pytest.mark.parametrize("socket", ["shell", "iopub", "hb"])
def test_a_client_without_the_keys_is_told_nothing(encrypted, socket):
    manager, channels = encrypted
    kinds = {"shell": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}
    context = zmq.Context()
    stranger = context.socket(kinds[socket])
    stranger.linger = 0
    monitor = stranger.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_DISCONNECTED)
    stranger.connect(f"tcp://127.0.0.1:{getattr(manager, socket + '_port')}")
    try:
        assert monitor.poll(TIMEOUT * 1000), "the connection was not refused"
        assert stranger.poll(0) == 0
    finally:
        stranger.disable_monitor()
        context.destroy(linger=0)
    assert Client(manager, channels).run("1").content["status"] == "ok"
