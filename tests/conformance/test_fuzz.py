# Random, malformed and replayed messages on every socket, while a client runs cells: no crash, and no reply is lost.
import pytest
import zmq

from fuzz import Fuzzer
from scale import scaled
from wire import Wire

MESSAGES = scaled(1_000, 10_000)
BATCH = 25


@pytest.mark.parametrize("seed", [20260102])
def test_no_message_crashes_the_kernel_or_costs_a_reply(client, seed):
    wire = Wire(client.manager, ("shell", "control", "stdin"))
    # Kinds of socket that may send what subscribers and heartbeats never would.
    wire.connect("iopub", zmq.XSUB)
    wire.connect("hb", zmq.DEALER)
    fuzzer = Fuzzer(seed, wire)
    pid = client.manager.provisioner.pid
    client.run("let kept = 0")
    cells = []
    answered = 0
    for sent in range(MESSAGES):
        fuzzer.send_one()
        if sent % BATCH == 0:
            cells.append((client.send(f"kept += 1; [{sent}, kept]"), sent))
        if sent % 500 == 499:
            answered += drain(wire)
            finish(client, cells)
    finish(client, cells)
    last = wire.send("shell", "kernel_info_request", {})
    while wire.receive("shell")["parent"].get("msg_id") != last:
        answered += 1
    wire.close()
    assert answered > MESSAGES // 20, "the kernel has understood too few of them to be tried"
    assert client.manager.provisioner.pid == pid
    assert client.manager.is_alive()
    assert client.control("kernel_info_request")["content"]["status"] == "ok"
    count = client.run("kept").contents("execute_result")[0]["data"]["text/plain"]
    assert int(count) == len(range(0, MESSAGES, BATCH))


def finish(client, cells):
    for request, sent in cells:
        run = client.finish(request)
        assert run.content["status"] == "ok", run.content
        [result] = run.contents("execute_result")
        assert result["data"]["text/plain"].startswith(f"[ {sent}, ")
    cells.clear()
    client.published.clear()


def drain(wire) -> int:
    """Reads what has come for the fuzzer, as a client would. Returns the number of replies."""
    replies = 0
    for channel in ("shell", "control", "stdin", "iopub", "hb"):
        while wire.sockets[channel].poll(0):
            wire.sockets[channel].recv_multipart()
            replies += channel == "shell"
    return replies
