# While a cell runs, even one that never lets go of its thread, everything else of the kernel answers.
import time

import pytest

from front_end import open_run_comm, tell_run_comm

LOOP = "console.log('looping'); while (true) {}"


@pytest.fixture
def looping(client):
    request = client.send(LOOP, store_history=False)
    client.wait_for_text(request, "looping")
    yield request
    client.control("interrupt_request")
    client.finish(request)


def ask(client, msg_type, content=None):
    message = client.channels.session.msg(msg_type, content or {})
    client.channels.shell_channel.send(message)
    return client.reply_to(message["header"]["msg_id"])["content"]


def test_completion_inspection_and_the_rest_answer_while_a_cell_loops(client, looping):
    completion = ask(client, "complete_request", {"code": "'😀'; Number.MAX_SA", "cursor_pos": 18})
    assert completion["matches"] == ["MAX_SAFE_INTEGER"]
    assert (completion["cursor_start"], completion["cursor_end"]) == (12, 18)
    typed = completion["metadata"]["_jupyter_types_experimental"]
    assert [t["text"] for t in typed] == ["MAX_SAFE_INTEGER"]
    assert ask(client, "inspect_request", {"code": "Math.sqrt", "cursor_pos": 8})["found"]
    assert ask(client, "is_complete_request", {"code": "Math.max("})["status"] == "incomplete"
    assert ask(client, "history_request", {"hist_access_type": "tail", "n": 1})["status"] == "ok"
    assert ask(client, "comm_info_request")["status"] == "ok"
    assert ask(client, "kernel_info_request")["status"] == "ok"


def test_control_answers_while_a_cell_loops(client, looping):
    assert client.control("kernel_info_request")["content"]["status"] == "ok"


def test_comm_messages_are_served_while_a_cell_loops(client, looping):
    comm = open_run_comm(client)
    answer = tell_run_comm(client, comm, {"type": "tick", "request": "r1", "checklist": "none", "item": 0, "ticked": True})
    assert answer["request"] == "r1"
    assert answer["error"] is not None, "there is no such checklist"


def test_comm_messages_are_served_while_a_cell_awaits(client):
    request = client.send("console.log('waiting'); await new Promise(() => {})", store_history=False)
    client.wait_for_text(request, "waiting")
    comm = open_run_comm(client)
    answer = tell_run_comm(client, comm, {"type": "tick", "request": "r2", "checklist": "none", "item": 0, "ticked": True})
    assert answer["request"] == "r2"
    client.control("interrupt_request")
    client.finish(request)


def test_the_heartbeat_goes_on_while_a_cell_loops(client, looping):
    heartbeat = client.channels.hb_channel
    heartbeat.unpause()
    time.sleep(2 * heartbeat.time_to_dead)
    assert heartbeat.is_beating()


def test_the_newest_status_is_busy_while_a_cell_loops(client, looping):
    ask(client, "comm_info_request")
    states = []
    deadline = time.monotonic() + 10
    while states[-1:] != ["busy"] or "idle" not in states:
        assert time.monotonic() < deadline, states
        message = client.channels.get_iopub_msg(timeout=10)
        if message["msg_type"] == "status":
            states.append(message["content"]["execution_state"])
