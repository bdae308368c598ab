# An interrupt stops whatever a cell does, keeps the variables, and takes down the cells behind it.
import pytest

from front_end import open_run_comm

pytestmark = pytest.mark.usefixtures("repeated")

CASES = {
    "a loop": "console.log('begun'); while (true) {}",
    "a loop after an await": "await null; console.log('begun'); while (true) {}",
    "a loop in a timer": (
        "await new Promise(() => setTimeout(() => { console.log('begun'); while (true) {} }, 10))"
    ),
    "an await that never ends": "console.log('begun'); await new Promise(() => {})",
    "a child process": (
        "import { execSync } from 'node:child_process'\n"
        "console.log('begun'); execSync('sleep 600')"
    ),
    "a child process that ignores the signal": (
        "import { spawn } from 'node:child_process'\n"
        "const deaf = spawn('sh', ['-c', \"trap '' INT; echo begun; sleep 600 & wait\"], { stdio: 'inherit' })\n"
        "await new Promise(done => deaf.on('exit', done))"
    ),
    "a blocking child process that ignores the signal": (
        "import { execSync } from 'node:child_process'\n"
        "console.log('begun'); execSync(\"trap '' INT; sleep 600\")"
    ),
    "a loop that catches everything": (
        "console.log('begun'); while (true) { try { while (true) {} } catch {} finally {} }"
    ),
    "a flood of output": "console.log('begun'); while (true) console.log('x'.repeat(100))",
    "a regular expression": "console.log('begun'); /(a+)+$/.test('a'.repeat(60) + 'b')",
    "a hold point": "console.log('begun'); await approval('Sign-off')",
}


@pytest.mark.parametrize("code", CASES.values(), ids=CASES.keys())
def test_an_interrupt_stops(client, code):
    assert client.run("let kept = 41").content["status"] == "ok"
    request = client.send(code, allow_stdin=True)
    client.wait_for_text(request, "begun")
    behind = client.send("kept = 0")
    # Both have arrived once a later request on the same channel is answered.
    client.finish(client.channels.comm_info())
    assert client.control("interrupt_request")["content"]["status"] == "ok"
    run = client.finish(request)
    assert run.content["status"] == "error"
    assert len(run.contents("error")) == 1
    assert client.finish(behind).content["status"] == "aborted"
    kept = client.run("kept + 1")
    assert kept.contents("execute_result")[0]["data"]["text/plain"] == "42"


def test_an_interrupt_stops_a_hold_point_that_waits_in_a_front_end(client):
    open_run_comm(client)
    request = client.send("console.log('begun'); await approval('Asked in the front end')", allow_stdin=True)
    client.wait_for_text(request, "begun")
    assert client.control("interrupt_request")["content"]["status"] == "ok"
    assert client.finish(request).content["status"] == "error"
    assert client.run("1 + 1").content["status"] == "ok"


def test_an_interrupt_of_an_idle_kernel_does_nothing(client):
    assert client.control("interrupt_request")["content"]["status"] == "ok"
    assert client.run("1 + 1").content["status"] == "ok"


def test_the_manager_interrupts_by_message(client):
    request = client.send("console.log('begun'); while (true) {}")
    client.wait_for_text(request, "begun")
    client.manager.interrupt_kernel()
    assert client.finish(request).content["status"] == "error"
