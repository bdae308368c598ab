# What a front end of Jupyter gets of evidence in a run: an incomplete answer of a search, lanes, waits, and values of launchbook.yml.
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from living_run import Runbook, ask, kill_kernel
from run_folder import kernel_of, make_run, records_of

INCOMPLETE = "Search results might be incomplete: the search process on the peer idx2 ended prematurely."


@pytest.fixture(scope="module")
def searched():
    """A Splunk that finds nothing, and says what is set."""
    said: list[dict] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("content-length", "0")))
            body = json.dumps({"preview": False, "lastrow": True, "messages": said}).encode() + b"\n"
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", said
    server.shutdown()


@pytest.fixture(scope="module")
def run(tmp_path_factory, searched):
    folder = tmp_path_factory.mktemp("evidence")
    notebook = make_run(folder)
    (folder / "launchbook.yml").write_text(
        "parameters: { batch: { type: number } }\n"
        "environments:\n"
        f"  test: {{ vars: {{ folder: '.', shards: 4 }}, splunk: {{ url: '{searched[0]}', token: t-4711, index: fleet }} }}\n"
        "  other: { vars: { shards: many } }\n"
    )
    with kernel_of(notebook) as client:
        yield notebook, client


def test_a_check_on_an_incomplete_answer_fails_with_every_message(run, searched):
    notebook, client = run
    searched[1][:] = [{"type": "INFO", "text": "No matching events found"}, {"type": "WARN", "text": INCOMPLETE}]
    failed = client.run("await splunk.search().expectNone()")
    assert failed.content["status"] == "error"
    assert failed.content["ename"] == "SearchFailedError"
    error = "\n".join(failed.contents("error")[0]["traceback"])
    assert INCOMPLETE in error and "No matching events found" in error
    recorded = records_of(notebook, "effect-ended")[-1]
    assert recorded["outcome"] == "failed"
    assert recorded["result"]["error"]["code"] == "splunk.incomplete"
    assert recorded["result"]["error"]["fields"]["messages"] == searched[1]
    assert records_of(notebook, "attempt-ended")[-1]["outcome"] == "failed"


def test_a_complete_answer_passes_and_its_messages_are_shown(run, searched):
    _, client = run
    searched[1][:] = [{"type": "INFO", "text": "No matching events found"}]
    passed = client.run("await splunk.search().expectNone()")
    assert passed.content["status"] == "ok"
    shown = passed.contents("display_data")[0]["data"]
    for kind in ["text/plain", "text/html", "text/markdown"]:
        assert "Splunk says: INFO: No matching events found" in shown[kind]


def test_lines_carry_their_item_and_a_wait_is_one_output(run, searched):
    _, client = run
    searched[1][:] = []
    code = """
await scatter(['orders', 'payments'], async name => {
  console.log('plans', name);
  await $`echo building`;
});
await soak('200ms', { every: '10ms', name: 'Quiet', check: () => splunk.search().expectNone() });
"""
    done = client.run(code)
    assert done.content["status"] == "ok"
    assert sorted(done.text().splitlines()) == [
        "orders   | building",
        "orders   | plans orders",
        "payments | building",
        "payments | plans payments",
    ]
    displays = done.contents("display_data")
    assert len(displays) == 2
    wait = displays[1]["transient"]["display_id"]
    frames = [u for u in done.contents("update_display_data") if u["transient"]["display_id"] == wait]
    last = frames[-1]["data"]["text/plain"]
    assert last.startswith("☑ Quiet: nothing went wrong") and "☑ 0 rows" in last


def test_variables_and_parameters_have_the_types_of_launchbook_yml(run):
    _, client = run
    assert client.run("await $({ cwd: environment.vars.folder })`true`").content["status"] == "ok"
    assert client.run("const half: number = environment.parameters.batch / 2").content["ename"] != "TypeCheckError"
    mixed = client.run("const shards: number = environment.vars.shards")
    assert mixed.content["status"] == "error"
    assert "string | number" in "\n".join(mixed.contents("error")[0]["traceback"])


def test_before_after_waits_for_its_range_also_across_the_death_of_its_kernel(tmp_path, searched):
    searched[1][:] = []
    steps = {
        "deploy": "await $`sh -c ${'echo deployed >> log'}`",
        "compare": (
            "await $`sh -c ${'echo compared >> log'}`\n"
            "const compared = await splunk.search().beforeAfter('deploy', { length: '8s', wait: true }).run()\n"
            "console.log(compared.after.count)"
        ),
    }
    runbook = Runbook(tmp_path, steps)
    (tmp_path / "launchbook.yml").write_text(
        f"environments: {{ test: {{ splunk: {{ url: '{searched[0]}', token: t-4711, index: fleet }} }} }}\n"
    )
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "deploy")
        request = runbook.send(client, "compare")
        shown = client.published_until(lambda m: m["msg_type"] == "display_data", request)["content"]["data"]
        assert "8.0 s after the step" in shown["text/plain"] and " of " in shown["text/plain"]
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        ask(client, "%resume")
        assert runbook.passes(client, "compare") == "0\n"
        assert client.run("1", store_history=False).content["status"] == "ok"
    assert runbook.log() == ["deployed", "compared"]
    waits = [r for r in records_of(runbook.path, "effect-started") if r["helper"] == "soak"]
    assert len(waits) == 2 and waits[0]["request"] == waits[1]["request"]
    searches = [r for r in records_of(runbook.path, "effect-started") if r["helper"] == "splunk"]
    assert len(searches) == 2
    assert searches[-1]["at"] >= waits[0]["request"]["until"]
    with kernel_of(runbook.path) as client:
        assert "variables of 2 steps are back" in ask(client, "%resume").text()
    assert len([r for r in records_of(runbook.path, "effect-started") if r["helper"] == "soak"]) == 2
