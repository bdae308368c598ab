# Every line arrives, in order, before idle, and with its own cell, whatever writes it.
import pytest

pytestmark = pytest.mark.usefixtures("repeated")

WRITERS = {
    "console.log": "for (let i = 0; i < 20000; i++) console.log(`line ${i}`)",
    "process.stdout": "for (let i = 0; i < 20000; i++) process.stdout.write(`line ${i}\\n`)",
    "synchronous writes": (
        "import { writeSync } from 'node:fs'\nfor (let i = 0; i < 20000; i++) writeSync(1, `line ${i}\\n`)"
    ),
    "a child process": (
        "import { spawn } from 'node:child_process'\n"
        "const child = spawn('seq', ['-f', 'line %.0f', '0', '19999'], { stdio: 'inherit' })\n"
        "await new Promise(done => child.on('exit', done))"
    ),
    "a blocking child process": (
        "import { execFileSync } from 'node:child_process'\n"
        "execFileSync('seq', ['-f', 'line %.0f', '0', '19999'], { stdio: 'inherit' }); undefined"
    ),
    "timers": (
        "let at = 0\n"
        "await new Promise<void>(done => {\n"
        "  const timer = setInterval(() => {\n"
        "    for (let k = 0; k < 1000; k++) console.log(`line ${at++}`)\n"
        "    if (at === 20000) { clearInterval(timer); done() }\n"
        "  }, 1)\n"
        "})"
    ),
}


@pytest.mark.parametrize("code", WRITERS.values(), ids=WRITERS.keys())
def test_every_line_arrives_before_idle(client, code):
    run = client.run(code)
    assert run.content["status"] == "ok"
    assert run.text() == "".join(f"line {i}\n" for i in range(20000))
    assert run.types[-1] == "idle"


def test_late_output_belongs_to_its_own_cell(client):
    sources = [
        "setTimeout(() => console.log('from timer'), 150); void 0",
        "void (async () => { await new Promise(go => setTimeout(go, 150)); console.log('from promise') })()",
        "process.nextTick(() => setTimeout(() => console.error('from tick'), 150)); void 0",
    ]
    sent = [client.send(code) for code in sources]
    for request in sent:
        client.finish(request)
    last = client.run("await new Promise(go => setTimeout(go, 400)); console.log('from the last')")
    for request, name in zip(sent, ("timer", "promise", "tick"), strict=True):
        client.wait_for_text(request, f"from {name}")
    assert last.text() == "from the last\n"


@pytest.mark.parametrize(
    "code",
    [
        "Promise.reject(new Error('nobody listens')); void 0",
        "setTimeout(() => { throw new Error('nobody listens') }, 50); void 0",
    ],
    ids=["a rejection", "a throw in a timer"],
)
def test_an_error_that_nobody_handles_is_shown_with_its_cell(client, code):
    first = client.send(code)
    client.finish(first)
    client.run("await new Promise(go => setTimeout(go, 200))")
    client.published_until(
        lambda m: "nobody listens" in str(m["content"]) and m["msg_type"] in ("stream", "error"), first
    )
    assert client.run("1 + 1").content["status"] == "ok"
