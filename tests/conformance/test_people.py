# People at a real kernel: one driver among several clients, the guard of production, and an approval that says who and when.
import json
from pathlib import Path

from client import Client
from jupyter_client.blocking.client import BlockingKernelClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
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
            assert "ann has driven this run since" in replies[0]["content"]["evalue"]
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
        "groups: { qa: [ann], others: [eve] }\n"
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


def test_a_reader_of_the_archive_sees_every_decision_and_task_as_text(tmp_path):
    notebook = make_run(tmp_path)
    shown = {}
    with kernel_of(notebook) as client:
        for code, answer in [
            ("await approval('Go', { evidence: { Errors: '0 since 10:00' } })", "approve ordered a tea"),
            ("await approval('Deploy')", "reject checkout is slow"),
            ("await assign('Smoke tests', [{ task: 'Order tea', owner: 'ann', due: '30m' }])", None),
        ]:
            request = client.send(code, allow_stdin=True)
            if answer:
                client.input_request()
                client.channels.input(answer)
            ended = client.finish(request)
            for content in ended.contents("display_data") + ended.contents("update_display_data"):
                shown[content["transient"]["display_id"]] = content["data"]
    outputs = [new_output("display_data", data=data) for data in shown.values()]
    text, _ = HTMLExporter(sanitize_html=True, template_name="basic").from_notebook_node(
        new_notebook(cells=[new_code_cell("1", outputs=outputs)])
    )
    for part in ["☑", "Approved: Go", "ordered a tea", "(claimed)", "0 since 10:00", "✗", "Rejected: Deploy", "checkout is slow", "Smoke tests: 0 of 1 done", "Order tea", "open, ann"]:
        assert part in text, part
    assert "<input" not in text and "&lt;li" not in text and "&lt;div" not in text
