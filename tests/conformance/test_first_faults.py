# Faults that another JavaScript kernel had to fix in the weeks after it was rewritten, each checked here from the start, with
# a client that shares no code with ours or with Jupyter's.
import json

import pytest

from wire import Wire


@pytest.fixture
def wire(client):
    wire = Wire(client.manager)
    yield wire
    wire.close()


def test_the_sockets_shake_hands_with_libzmq(wire):
    for channel in ("shell", "control"):
        id = wire.send(channel, "kernel_info_request", {})
        assert wire.reply(channel, id)["content"]["status"] == "ok"
        assert [m["content"]["execution_state"] for m in wire.published(id)] == ["busy", "idle"]
    wire.sockets["hb"].send(b"ping")
    assert wire.sockets["hb"].poll(10_000)
    assert wire.sockets["hb"].recv() == b"ping"


def signed(wire, parts):
    return [b"<IDS|MSG>", wire.sign(parts), *parts]


def test_signatures_are_checked_over_the_bytes_that_came(wire):
    header = wire.header("execute_request")
    content = {"code": "'é 😀'", "allow_stdin": False}
    # Spaces, key order, escapes and numbers as no serialiser of ours would write them.
    parts = [
        json.dumps(dict(reversed(header.items())), indent=3).encode(),
        b"{ }",
        b'{"float": 1.0, "big": 1e3}',
        json.dumps(content, ensure_ascii=False, separators=(" ,", " : ")).encode(),
    ]
    wire.sockets["shell"].send_multipart(signed(wire, parts))
    assert wire.reply("shell", header["msg_id"])["content"]["status"] == "ok"


def test_forged_messages_are_dropped(wire):
    id, frames = wire.frames("execute_request", {"code": "console.log('forged')"})
    for signature in (b"", b"0" * 64, frames[1][:-1], frames[1] + b"0", frames[1].upper(), b"\xff" * 64):
        wire.sockets["shell"].send_multipart([frames[0], signature, *frames[2:]])
    changed = [*frames[:-1], frames[-1].replace(b"forged", b"change")]
    wire.sockets["shell"].send_multipart(changed)
    last = wire.execute("'genuine'")
    assert wire.reply("shell", last)["parent"]["msg_id"] == last, "the first reply is the genuine one"
    assert all("forged" not in str(m["content"]) for m in wire.published(last))


@pytest.mark.parametrize(
    ("code", "cursor", "start", "end", "match"),
    [
        ("'😀'; Number.MAX_SA", 18, 12, 18, "MAX_SAFE_INTEGER"),
        ("/* 😀😀😀 */ Math.sqr; 1", 18, 15, 18, "sqrt"),
    ],
)
def test_cursor_positions_count_characters_outside_the_basic_plane_as_one(wire, code, cursor, start, end, match):
    id = wire.send("shell", "complete_request", {"code": code, "cursor_pos": cursor})
    content = wire.reply("shell", id)["content"]
    assert match in content["matches"]
    assert (content["cursor_start"], content["cursor_end"]) == (start, end)
    found = wire.send("shell", "inspect_request", {"code": "'😀😀'; Math.sqrt", "cursor_pos": 15, "detail_level": 0})
    assert wire.reply("shell", found)["content"]["found"]


def test_a_cell_that_throws_gives_an_error_and_an_error_reply(wire):
    id = wire.execute("throw new RangeError('on purpose')")
    reply = wire.reply("shell", id)
    [error] = [m["content"] for m in wire.published(id) if m["header"]["msg_type"] == "error"]
    assert reply["content"]["status"] == "error"
    for content in (error, reply["content"]):
        assert (content["ename"], content["evalue"]) == ("RangeError", "on purpose")
        assert content["traceback"] != []


ASK = "await approval('{}')\nconsole.log('released')"


def test_a_question_waits_for_a_client_that_connects_its_stdin_late(client):
    wire = Wire(client.manager, ("shell", "iopub"))
    id = wire.execute(ASK.format("Connected late"), allow_stdin=True)
    # The kernel has tried to ask when it has answered a later request.
    info = wire.send("shell", "kernel_info_request", {})
    assert wire.reply("shell", info)["content"]["status"] == "ok"
    wire.connect("stdin")
    question = wire.receive("stdin")
    assert question["parent"]["msg_id"] == id
    wire.send("stdin", "input_reply", {"value": "approve fine"}, question["header"])
    assert wire.reply("shell", id)["content"]["status"] == "ok"
    wire.close()


def test_a_question_to_a_client_without_stdin_does_not_harm_the_kernel(client):
    wire = Wire(client.manager, ("shell", "control", "iopub"))
    id = wire.execute(ASK.format("Never connected"), allow_stdin=True)
    info = wire.send("shell", "kernel_info_request", {})
    assert wire.reply("shell", info)["content"]["status"] == "ok"
    interrupt = wire.send("control", "interrupt_request", {})
    assert wire.reply("control", interrupt)["content"] == {"status": "ok"}
    assert wire.reply("shell", id)["content"]["status"] == "error"
    wire.close()
    assert client.run("1 + 1").content["status"] == "ok"


def test_the_mode_of_the_editor_is_a_plain_text(wire):
    id = wire.send("shell", "kernel_info_request", {})
    assert wire.reply("shell", id)["content"]["language_info"]["codemirror_mode"] == "typescript"
