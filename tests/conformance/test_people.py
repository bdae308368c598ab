# People at a real kernel: one driver among several clients, the guard of production, and an approval that says who and when.
import json
from pathlib import Path

from client import Client
from jupyter_client.blocking.client import BlockingKernelClient
from run_folder import RUN, kernel_of, make_run, records_of


def second_client(first: Client, username: str) -> Client:
    channels = BlockingKernelClient()
    channels.load_connection_file(first.manager.connection_file)
    channels.session.username = username
    channels.start_channels()
    channels.wait_for_ready(timeout=60)
    return Client(first.manager, channels)


def test_of_a_thousand_requests_of_another_client_none_is_executed(tmp_path):
    notebook = make_run(tmp_path)
    log = tmp_path / "executed.log"
    note = f"import {{ appendFileSync }} from 'node:fs'; appendFileSync({json.dumps(str(log))}, '%s\\n')"
    with kernel_of(notebook) as driver:
        driver.channels.session.username = "ann"
        assert driver.run(note % "ann").content["status"] == "ok"
        other = second_client(driver, "bob")
        try:
            sent = []
            for turn in range(1000):
                sent.append(other.channels.execute(note % "bob", silent=turn % 3 == 0, allow_stdin=False, stop_on_error=False))
                if turn % 20 == 0:
                    assert driver.run(note % "ann").content["status"] == "ok"
            replies = [other.reply_to(request) for request in sent]
            assert {reply["content"]["ename"] for reply in replies} == {"DriverError"}
            assert "ann drives this run since" in replies[0]["content"]["evalue"]
        finally:
            other.channels.stop_channels()
    assert log.read_text().split() == ["ann"] * 51
    assert {record["by"]["username"] for record in records_of(notebook, "attempt-started")} == {"ann"}


def production_run(folder: Path) -> Path:
    notebook = make_run(folder)
    (folder / "launchbook.yml").write_text("environments: { production: { production: true } }\n")
    content = json.loads(notebook.read_text())
    content["metadata"]["launchbook"]["run"] = {**RUN, "environment": "production"}
    notebook.write_text(json.dumps(content))
    return notebook


def test_the_first_step_in_production_asks_for_the_name_and_a_wrong_one_runs_nothing(tmp_path):
    notebook = production_run(tmp_path)
    with kernel_of(notebook) as client:
        assert client.run("1 + 1").content["ename"] == "GuardError"
        for typed, status in [("yes", "error"), ("production", "ok")]:
            request = client.send("1 + 1", allow_stdin=True)
            assert "Type production to go on" in client.input_request()["content"]["prompt"]
            client.channels.input(typed)
            assert client.finish(request).content["status"] == status
        assert client.run("2 + 2").content["status"] == "ok"
    assert len(records_of(notebook, "environment-confirmed")) == 1
    assert len(records_of(notebook, "attempt-started")) == 2


def test_an_approval_at_a_console_keeps_the_policy(tmp_path):
    notebook = make_run(tmp_path)
    (tmp_path / "launchbook.yml").write_text(
        "groups: { qa: [ann] }\n"
        "environments: { test: { policy: { approvals: { approvers: [qa], comment: true } } } }\n"
    )
    with kernel_of(notebook) as client:
        client.channels.session.username = "ann"
        less = client.run("await approval('Go', { approvers: ['eve'], comment: false })")
        assert "asks for less" in less.content["evalue"]
        assert "approvers" in less.content["evalue"] and "comment" in less.content["evalue"]
        request = client.send("const go = await approval('Go'); console.log(go.by.username, go.comment)", allow_stdin=True)
        client.input_request()
        client.channels.input("approve")
        client.input_request()
        client.channels.input("approve ordered a tea")
        ended = client.finish(request)
        assert "ann ordered a tea" in ended.text()
        assert "asks for a comment" in ended.text("stderr")
