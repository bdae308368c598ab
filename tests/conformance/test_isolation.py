# Whatever happens to the process that runs the cells: the cell fails, the queue stops, and the kernel goes on with a new process.
# Connection, history and decisions survive; variables do not.
import pytest

from test_history import ask

pytestmark = pytest.mark.usefixtures("repeated")

ENDS = {
    "process.exit": "process.exit(3)",
    "memory": (
        "import v8 from 'node:v8'\n"
        "v8.setFlagsFromString('--max-old-space-size=64')\n"
        "const hog: number[][] = []; while (true) hog.push(new Array(100_000).fill(1.5))"
    ),
    "a segmentation fault": "process.kill(process.pid, 'SIGSEGV'); while (true) {}",
    "SIGKILL": "process.kill(process.pid, 'SIGKILL'); while (true) {}",
    "process.abort": "process.abort()",
    "a late exit": "setTimeout(() => process.exit(4), 50); await new Promise(() => {})",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS.keys())
def test_the_kernel_survives(client, code):
    assert client.run("const lost = 1").content["status"] == "ok"
    sent = client.send("await new Promise(go => setTimeout(go, 300)); console.log('printed before')\n" + code)
    behind = client.send("'must not run'")
    run = client.finish(sent)
    assert run.content["status"] == "error"
    assert len(run.contents("error")) == 1
    assert "printed before" in run.text()
    assert client.finish(behind).content["status"] == "aborted"
    after = client.run("typeof globalThis; 6 * 7")
    assert after.contents("execute_result")[0]["data"]["text/plain"] == "42"
    assert client.run("lost").content["status"] == "error"
    assert ask(client, hist_access_type="tail", n=1)[0][2] == "lost"
    assert client.control("kernel_info_request")["content"]["status"] == "ok"


def test_a_decision_survives(client, repeated):
    hold = f"await approval('Round {repeated}')\n'released'"
    first = client.send(hold, allow_stdin=True)
    client.input_request()
    client.channels.input("approve fine")
    assert client.finish(first).content["status"] == "ok"
    assert client.run("process.exit(1)").content["status"] == "error"
    again = client.run(hold, allow_stdin=False)
    assert again.content["status"] == "ok", "what is approved stays approved"
