# What running cells looks like to a client: messages and their order, counts, errors, the queue behind an error.
import pytest


def test_everything_of_a_cell_comes_before_its_idle_and_in_order(client):
    run = client.run("for (let i = 0; i < 20000; i++) console.log(`line ${i}`)\n'done'")
    assert run.text() == "".join(f"line {i}\n" for i in range(20000))
    assert run.types[:2] == ["busy", "execute_input"]
    assert run.types[-2:] == ["execute_result", "idle"]
    assert len(run.contents("stream")) < 100


def test_streams_keep_their_order_among_each_other_and_with_displays(client):
    run = client.run(
        "console.log('a'); console.error('b'); display.markdown('c'); console.log('d'); 5"
    )
    shown = [m["msg_type"] for m in run.published if m["msg_type"] not in ("status", "execute_input")]
    assert shown == ["stream", "stream", "display_data", "stream", "execute_result"]
    assert [c["text"] for c in run.contents("stream")] == ["a\n", "b\n", "d\n"]


def test_the_reply_tells_when_the_cell_started(client):
    run = client.run("1")
    assert str(run.reply["metadata"]["started"])
    assert run.reply["header"]["date"].tzinfo is not None


def test_an_error_is_published_and_in_the_reply(client):
    run = client.run("const fine = 1\nthrow new TypeError('on purpose')")
    [error] = run.contents("error")
    assert run.content["status"] == "error"
    for key in ("ename", "evalue", "traceback"):
        assert run.content[key] == error[key]
    assert error["ename"] == "TypeError"
    assert error["evalue"] == "on purpose"
    assert "2" in "\n".join(error["traceback"])


def test_a_type_error_stops_the_cell_before_anything_runs(client):
    run = client.run("console.log('must not appear')\nconst seats: number = 'four'")
    assert run.content["status"] == "error"
    assert run.text() == ""
    text = "\n".join(run.content["traceback"])
    assert "not assignable to type 'number'" in text
    assert client.run("typeof seats === 'undefined'").content["status"] == "error"


def test_declarations_carry_over_and_can_be_made_anew(client):
    client.run("const release = '1.0'; let count: number = 1")
    client.run("const release = 2; count += 1")
    run = client.run("[release + 1, count]")
    assert run.contents("execute_result")[0]["data"]["text/plain"] == "[ 3, 2 ]"


def test_the_count_grows_only_with_history(client):
    first = client.run("1").content["execution_count"]
    assert client.run("1", store_history=False).content["execution_count"] == first
    assert client.run("1", silent=True).content["execution_count"] == first
    assert client.run("1").content["execution_count"] == first + 1


def test_a_silent_cell_publishes_nothing_but_status(client):
    run = client.run("console.log('a'); 5", silent=True)
    assert run.types == ["busy", "idle"]


def test_user_expressions_are_evaluated(client):
    run = client.run("const answer = 42", user_expressions={"good": "answer", "bad": "missing"})
    expressions = run.content["user_expressions"]
    assert expressions["good"]["status"] == "ok"
    assert expressions["good"]["data"]["text/plain"] == "42"
    assert expressions["bad"]["status"] == "error"


def test_an_error_aborts_the_cells_behind_it(client):
    # The pause lets all three arrive before the error, however slowly this client sends.
    failing = "await new Promise(go => setTimeout(go, 500)); throw new Error('stop')"
    requests = [client.send(code) for code in (failing, "1", "2")]
    runs = [client.finish(request) for request in requests]
    assert [run.content["status"] for run in runs] == ["error", "aborted", "aborted"]
    assert client.run("3").content["status"] == "ok"


def test_cells_go_on_after_an_error_when_the_client_says_so(client):
    requests = [client.send(code, stop_on_error=False) for code in ("throw new Error('go on')", "1")]
    runs = [client.finish(request) for request in requests]
    assert [run.content["status"] for run in runs] == ["error", "ok"]


def test_output_of_a_timer_belongs_to_the_cell_that_set_it(client):
    first = client.send(
        "const later = Promise.withResolvers<void>()\n"
        "setTimeout(() => { console.log('from the first'); later.resolve() }, 300)"
    )
    client.finish(first)
    second = client.run("await later.promise; console.log('from the second')")
    client.wait_for_text(first, "from the first")
    assert second.text() == "from the second\n"


def test_output_of_child_processes_is_shown(client):
    run = client.run(
        "import { spawnSync } from 'node:child_process'\n"
        "spawnSync('echo', ['from a child'], { stdio: 'inherit' }).status"
    )
    assert "from a child" in run.text()


@pytest.mark.parametrize("name", ["Ünïcode 😀", "a\u2028b"])
def test_text_outside_ascii_survives(client, name):
    run = client.run(f"console.log({name!r})")
    assert run.text() == f"{name}\n"
