# Every message of ours against the table of the specification: what each request brings about, its types and their order, and
# the contents field by field.
import pytest

from message_table import faults_of, matches
from client import Run

RUN_HELLO = {"version": 1, "client": "c", "user": {"username": "ann", "name": "Ann"}, "outline": None}


def request(client, msg_type, content, channel="shell", metadata=None) -> Run:
    """Sends one request and gets everything that it brings about."""
    session = client.channels.session
    message = session.msg(msg_type, content, metadata=metadata)
    getattr(client.channels, f"{channel}_channel").send(message)
    id = message["header"]["msg_id"]
    if channel == "control":
        while (reply := client.channels.get_control_msg(timeout=60))["parent_header"]["msg_id"] != id:
            pass
        client.replies[id] = reply
    run = client.finish(id)
    faults = faults_of(channel, run.reply) + [f for m in run.published for f in faults_of("iopub", m)]
    assert faults == []
    assert run.reply["msg_type"] == msg_type.replace("_request", "_reply")
    assert run.reply["parent_header"]["msg_type"] == msg_type
    assert run.types[0] == "busy"
    assert run.types[-1] == "idle"
    return run


def execute(client, code, **content) -> Run:
    defaults = {
        "code": code,
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": True,
    }
    return request(client, "execute_request", {**defaults, **content})


def between(run: Run) -> list[str]:
    return [t for t in run.types if t not in ("busy", "idle")]


CELLS = [
    ("const a: number = 1", ["execute_input"]),
    ("1 + 1", ["execute_input", "execute_result"]),
    ("console.log('a')", ["execute_input", "stream"]),
    ("console.log('a'); console.error('b'); 'c'", ["execute_input", "stream", "stream", "execute_result"]),
    ("throw new Error('x')", ["execute_input", "error"]),
    ("const a: number = 'text'", ["execute_input", "error"]),
    ("const = 1", ["execute_input", "error"]),
    ("await Promise.reject(new TypeError('x'))", ["execute_input", "error"]),
    ("throw null", ["execute_input", "error"]),
    ("throw { strange: Symbol('x') }", ["execute_input", "error"]),
    ("display.markdown('**a**')", ["execute_input", "display_data"]),
    ("display.json({ a: [1, null] })", ["execute_input", "display_data"]),
    ("console.clear()", ["execute_input", "clear_output"]),
    ("", ["execute_input"]),
    ("// only a comment", ["execute_input"]),
    ("undefined", ["execute_input"]),
    ("'\\u2028 😀 \\u0000'", ["execute_input", "execute_result"]),
]


@pytest.mark.parametrize(("code", "published"), CELLS, ids=[code for code, _ in CELLS])
def test_execute(client, code, published):
    run = execute(client, code, stop_on_error=False)
    assert between(run) == published
    is_error = "error" in published
    assert run.content["status"] == ("error" if is_error else "ok")
    [given] = run.contents("execute_input")
    assert given == {"code": code, "execution_count": run.content["execution_count"]}
    for result in run.contents("execute_result"):
        assert result["execution_count"] == run.content["execution_count"]
        assert "text/plain" in result["data"]
    if is_error:
        [error] = run.contents("error")
        assert error == {key: run.content[key] for key in ("ename", "evalue", "traceback")}


def test_execute_silently_publishes_status_alone_and_counts_nothing(client):
    before = execute(client, "1").content["execution_count"]
    for code in ("console.log('a'); 5", "throw new Error('x')"):
        run = execute(client, code, silent=True)
        assert between(run) == []
        assert run.content["execution_count"] == before


def test_execute_with_user_expressions(client):
    run = execute(client, "const seats = 4", user_expressions={"good": "seats * 2", "bad": "missing"})
    expressions = run.content["user_expressions"]
    assert expressions["good"]["data"] == {"text/plain": "8"}
    assert expressions["bad"]["ename"] == "ReferenceError"


def test_an_aborted_cell(client):
    pause = "await new Promise(go => setTimeout(go, 500)); throw new Error('x')"
    first = client.send(pause)
    behind = client.send("1")
    client.finish(first)
    run = client.finish(behind)
    assert run.types == ["busy", "idle"]
    assert [f for m in run.published for f in faults_of("iopub", m)] + faults_of("shell", run.reply) == []
    assert run.content["status"] == "aborted"


def test_a_cell_that_ends_its_process(client):
    run = execute(client, "process.exit(1)", stop_on_error=False)
    assert between(run)[-1] == "error"
    assert execute(client, "1").content["status"] == "ok"


def test_kernel_info_on_shell_and_control(client):
    replies = [request(client, "kernel_info_request", {}, channel).content for channel in ("shell", "control")]
    assert replies[0] == replies[1]
    assert replies[0]["protocol_version"].startswith("5.")
    assert replies[0]["language_info"]["name"] == "typescript"


def test_complete(client):
    run = request(client, "complete_request", {"code": "Number.MAX_SA", "cursor_pos": 13})
    assert (run.content["cursor_start"], run.content["cursor_end"]) == (7, 13)
    typed = run.content["metadata"]["_jupyter_types_experimental"]
    assert all(
        matches({k: v for k, v in item.items() if k != "signature"}, {"start": int, "end": int, "text": str, "type": str})
        for item in typed
    )


@pytest.mark.parametrize("detail_level", [0, 1])
def test_inspect(client, detail_level):
    found = request(client, "inspect_request", {"code": "Math.sqrt", "cursor_pos": 8, "detail_level": detail_level})
    assert found.content["found"]
    assert "text/plain" in found.content["data"]
    nothing = request(client, "inspect_request", {"code": "  ", "cursor_pos": 1, "detail_level": detail_level})
    assert nothing.content == {"status": "ok", "found": False, "data": {}, "metadata": {}}


def test_is_complete(client):
    for code, status in (("1", "complete"), ("if (true) {", "incomplete"), ("const = 1", "invalid")):
        content = request(client, "is_complete_request", {"code": code}).content
        assert content["status"] == status
        assert ("indent" in content) == (status == "incomplete")


@pytest.mark.parametrize("output", [False, True])
@pytest.mark.parametrize(
    "access",
    [
        {"hist_access_type": "tail", "n": 3},
        {"hist_access_type": "range", "session": 0, "start": 1, "stop": 3},
        {"hist_access_type": "search", "pattern": "*", "n": 3, "unique": True},
    ],
    ids=["tail", "range", "search"],
)
def test_history(client, access, output):
    execute(client, "1 + 1")
    run = request(client, "history_request", {"output": output, "raw": True, **access})
    assert run.content["history"] != []
    assert all(isinstance(entry[2], list if output else str) for entry in run.content["history"])


# Before any front end has opened our comm: from then on people are asked there.
def test_a_question_and_a_display_that_is_updated(client):
    id = client.send("await approval('Message reference')", allow_stdin=True)
    question = client.input_request()
    assert faults_of("stdin", question) == []
    client.channels.input("approve fine")
    run = client.finish(id)
    assert [f for m in run.published for f in faults_of("iopub", m)] + faults_of("shell", run.reply) == []
    [shown, *_] = run.contents("display_data")
    assert shown["transient"] == run.contents("update_display_data")[0]["transient"]


def test_comms(client):
    message = client.channels.session.msg(
        "comm_open", {"comm_id": "m1", "target_name": "launchbook.run", "data": RUN_HELLO}
    )
    client.channels.shell_channel.send(message)
    id = message["header"]["msg_id"]
    client.published_until(lambda m: m["msg_type"] == "comm_msg", id)
    client.published_until(lambda m: m["content"].get("execution_state") == "idle", id)
    mine = [m for m in client.published if m["parent_header"].get("msg_id") == id]
    assert [f for m in mine for f in faults_of("iopub", m)] == []
    info = request(client, "comm_info_request", {"target_name": "launchbook.run"})
    assert info.content["comms"] == {"m1": {"target_name": "launchbook.run"}}
    assert request(client, "comm_info_request", {"target_name": "other"}).content["comms"] == {}
    assert request(client, "comm_info_request", {}).content["status"] == "ok"


def test_interrupt(client):
    assert request(client, "interrupt_request", {}, "control").content == {"status": "ok"}


INVALID = [
    ("execute_request", {"silent": "yes"}),
    ("complete_request", {"code": 5, "cursor_pos": -1}),
    ("inspect_request", {}),
    ("history_request", {"hist_access_type": "everything"}),
    ("is_complete_request", {"code": None}),
    ("comm_info_request", {"target_name": 7}),
]


@pytest.mark.parametrize(("msg_type", "content"), INVALID, ids=[m for m, _ in INVALID])
def test_an_unusable_content_is_answered_with_an_error(client, msg_type, content):
    id_before = execute(client, "1").content["execution_count"]
    session = client.channels.session
    message = session.msg(msg_type, content)
    client.channels.shell_channel.send(message)
    run = client.finish(message["header"]["msg_id"])
    assert run.content["status"] == "error"
    assert run.content["ename"] == "ProtocolError"
    assert run.types == ["busy", "idle"]
    assert execute(client, "1").content["execution_count"] == id_before + 1


def test_an_unknown_request_gets_no_reply_but_a_status(client):
    message = client.channels.session.msg("debug_request", {})
    client.channels.control_channel.send(message)
    id = message["header"]["msg_id"]
    client.published_until(lambda m: m["content"].get("execution_state") == "idle", id)
    assert request(client, "kernel_info_request", {}).content["status"] == "ok"


def test_everything_published_so_far_follows_the_table(client):
    assert {m["msg_type"] for m in client.published} >= {"status", "stream", "display_data", "error"}
    assert [f for m in client.published for f in faults_of("iopub", m)] == []
    ids = [m["header"]["msg_id"] for m in client.published]
    assert len(ids) == len(set(ids))


def test_shutdown(client):
    run = request(client, "shutdown_request", {"restart": False}, "control")
    assert run.content == {"status": "ok", "restart": False}
    assert between(run) == ["shutdown_reply"]
