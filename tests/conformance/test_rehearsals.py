# A phase of a live run that the policy locks, at a real kernel: let in by a rehearsal that another real kernel made, and by nothing else.
import json
import re
from pathlib import Path

import pytest
from front_end import open_run_comm, tell_run_comm
from run_folder import RUN, journal_of, kernel_of, records_of

POLICY = "{ rehearsal: { within: 7d, in: [staging] } }"
SOURCES = {"target": "const batch = 1;", "ship": "console.log(`shipped ${batch}`)", "look": "console.log('looked')"}


class Repository:
    """A repository with launchbook.yml and one folder a run, all of the same runbook."""

    def __init__(self, folder: Path, policy: str = POLICY) -> None:
        self.folder = folder
        (folder / ".git").mkdir()
        self.policy(policy)

    def policy(self, text: str) -> None:
        (self.folder / "launchbook.yml").write_text(
            "groups: { leads: [cleo] }\n"
            f"environments: {{ staging: {{}}, qa: {{}}, live: {{ policy: {text} }} }}\n"
        )

    def make(self, name: str, environment: str, mode: str, batch: int = 1, **changed: str) -> Path:
        """Writes a fresh run; `changed` are texts of other steps than the template's."""
        sources = {**SOURCES, "target": SOURCES["target"].replace("1", str(batch)), **changed}
        cells = [{"id": "deploy", "cell_type": "markdown", "source": "## Deploy", "metadata": {}}]
        for id, text in sources.items():
            tags = {"tags": ["parameters"]} if id == "target" else {}
            cells.append({"id": id, "cell_type": "code", "source": text, "metadata": tags, "outputs": [], "execution_count": None})
        run = {**RUN, "id": name, "environment": environment, "mode": mode, "parameters": {"batch": batch}}
        folder = self.folder / "runs" / name
        folder.mkdir(parents=True)
        notebook = folder / "release.ipynb"
        content = {"cells": cells, "metadata": {"launchbook": {"run": run}}, "nbformat": 4, "nbformat_minor": 5}
        notebook.write_text(json.dumps(content))
        return notebook

    def rehearse(self, name: str, environment: str = "staging", mode: str = "rehearsal", **changed: str) -> Path:
        notebook = self.make(name, environment, mode, batch=5, **changed)
        with kernel_of(notebook) as client:
            for id in SOURCES:
                execute(client, notebook, id)
        return notebook


def execute(client, notebook: Path, id: str, code: str | None = None):
    cells = {cell["id"]: cell["source"] for cell in json.loads(notebook.read_text())["cells"]}
    content = {
        "code": cells[id] if code is None else code,
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": False,
    }
    message = client.channels.session.msg("execute_request", content, metadata={"cellId": id})
    client.channels.shell_channel.send(message)
    return client.finish(message["header"]["msg_id"])


def refusal_of(run) -> str:
    assert run.content["status"] == "error", run.content
    assert run.content["ename"] == "RehearsalLockedError", run.content
    return run.content["evalue"] + "\n".join(run.content["traceback"])


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


def test_without_a_rehearsal_nothing_of_the_phase_runs_and_the_error_says_what_to_do(repository):
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        for id in SOURCES:
            text = refusal_of(execute(client, live, id))
            for part in ["Deploy", "in staging within 7 days", "never rehearsed in staging", "launchbook new release.ipynb", "--env staging", "%release"]:
                assert part in text, text
    assert records_of(live, "attempt-started") == []
    assert records_of(live, "phase-admitted") == []


def test_the_same_content_that_passed_with_other_parameters_lets_it_in_and_the_journal_keeps_the_receipt(repository):
    rehearsal = repository.rehearse("staging-1")
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        assert execute(client, live, "target").content["status"] == "ok"
        assert execute(client, live, "ship").text() == "shipped 1\n"
    [admitted] = records_of(live, "phase-admitted")
    last = journal_of(rehearsal).read_text().splitlines()[-1]
    receipt = admitted["receipt"]
    assert (receipt["run"], receipt["environment"], receipt["outcome"]) == ("staging-1", "staging", "passed")
    assert receipt["journal"]["place"] == "staging-1/release.journal.jsonl"
    assert receipt["journal"]["records"] == json.loads(last)["seq"]
    assert [step["id"] for step in admitted["steps"]] == list(SOURCES)


def edit(notebook, cell, text):
    """What runs is what the file says."""
    content = json.loads(notebook.read_text())
    next(each for each in content["cells"] if each.get("id") == cell)["source"] = text
    notebook.write_text(json.dumps(content))


def test_a_resume_and_the_steps_after_it_need_no_other_run(repository):
    rehearsal = repository.rehearse("staging-1")
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        assert execute(client, live, "target").content["status"] == "ok"
    journal_of(rehearsal).unlink()
    with kernel_of(live) as client:
        assert client.run("%resume").content["status"] == "ok"
        assert execute(client, live, "ship").text() == "shipped 1\n"
        edit(live, "look", "console.log('something else')")
        assert "edited" in refusal_of(execute(client, live, "look", "console.log('something else')"))
    assert len(records_of(live, "phase-admitted")) == 1


def test_a_step_that_was_edited_since_is_locked_with_its_whole_phase(repository):
    repository.rehearse("staging-1")
    live = repository.make("live-1", "live", "live", look="console.log('looked twice')")
    with kernel_of(live) as client:
        text = refusal_of(execute(client, live, "target"))
        assert re.search(r"The step “.*looked twice.*” was edited", text), text
        assert "The last one was staging-1 in staging" in text


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("{ rehearsal: { within: 1ms } }", "old, the policy asks for at most 1 ms"),
        ("{ rehearsal: { in: [qa] } }", "never rehearsed in qa"),
        ("{ phases: { Deploy: { rehearsal: { in: [qa] } } } }", "never rehearsed in qa"),
    ],
)
def test_a_rehearsal_that_is_too_old_or_elsewhere_does_not_count(repository, policy, said):
    repository.rehearse("staging-1")
    repository.policy(policy)
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        assert said in refusal_of(execute(client, live, "target"))


def test_a_rehearsal_that_failed_does_not_count_and_an_older_one_does_not_hide_it(repository):
    repository.rehearse("staging-1")
    failed = "if (batch > 1) throw new Error('no room');"
    repository.rehearse("staging-2", look=failed)
    live = repository.make("live-1", "live", "live", look=failed)
    with kernel_of(live) as client:
        assert "It has failed" in refusal_of(execute(client, live, "target"))
    flaky = repository.make("staging-3", "staging", "rehearsal")
    with kernel_of(flaky) as client:
        for id in SOURCES:
            execute(client, flaky, id)
        assert execute(client, flaky, "look", f"{SOURCES['look']};throw 1").content["status"] == "error"
    again = repository.make("live-2", "live", "live")
    with kernel_of(again) as client:
        assert execute(client, again, "target").content["status"] == "ok"


def test_a_dry_run_is_no_rehearsal_and_a_live_run_in_a_lower_environment_is_one(repository):
    repository.rehearse("dry-1", mode="dry-run")
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        assert "never rehearsed" in refusal_of(execute(client, live, "target"))
        repository.rehearse("staging-1", mode="live")
        assert execute(client, live, "target").content["status"] == "ok"


def test_a_journal_that_was_changed_by_hand_does_not_count(repository):
    journal = journal_of(repository.rehearse("staging-1"))
    text = journal.read_text()
    assert '"outcome":"passed"' in text
    journal.write_text(text.replace('"outcome":"passed"', '"outcome":"failed"', 1))
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        said = refusal_of(execute(client, live, "target"))
        assert "A journal does not count: staging-1/release.journal.jsonl" in said
        assert "does not carry the hash" in said


def test_a_faulty_launchbook_yml_locks_a_live_run(repository):
    repository.rehearse("staging-1")
    repository.policy("{ rehersal: true }")
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        assert "nobody knows whether its phase must have been rehearsed" in refusal_of(execute(client, live, "target"))


def test_rehearsals_are_not_locked_and_the_way_back_never_is(repository):
    repository.policy(POLICY.replace("staging", "qa"))
    live = repository.make("live-1", "live", "live", back="await rollback.run()")
    with kernel_of(live) as client:
        refusal_of(execute(client, live, "target"))
        assert execute(client, live, "back").content["status"] == "ok"
    rehearsal = repository.make("live-2", "live", "rehearsal")
    with kernel_of(rehearsal) as client:
        assert execute(client, rehearsal, "target").content["status"] == "ok"


def test_a_release_against_the_policy_needs_a_reason_is_recorded_and_holds_for_this_content(repository):
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        comm = open_run_comm(client)
        told = client.published_until(
            lambda m: m["msg_type"] == "comm_msg" and m["content"]["data"]["type"] == "rehearsals", client.published[-1]["parent_header"]["msg_id"]
        )
        [phase] = told["content"]["data"]["phases"]
        assert phase["missing"] == ["It was never rehearsed in staging."]
        release = {"type": "release-phase", "request": "1", "phase": "deploy", "reason": "now"}
        assert tell_run_comm(client, comm, release)["error"]["code"] == "hold.no_reason"
        refusal_of(execute(client, live, "target"))
        reason = "staging is down, the fix cannot wait"
        assert tell_run_comm(client, comm, {**release, "request": "2", "reason": reason})["error"] is None
        assert execute(client, live, "target").content["status"] == "ok"
        saved = live.read_text()
        edit(live, "ship", "console.log('another')")
        assert "edited" in refusal_of(execute(client, live, "ship", "console.log('another')"))
        live.write_text(saved)
        assert execute(client, live, "ship").content["status"] == "ok"
        assert tell_run_comm(client, comm, {**release, "request": "3", "reason": reason})["error"]["code"] == "rehearsal.not_locked"
    [released] = records_of(live, "phase-released")
    assert released["reason"] == reason
    assert released["by"]["username"] == "ann"
    assert released["missing"] == ["It was never rehearsed in staging."]
    assert records_of(live, "phase-admitted") == []


def test_only_who_may_break_the_glass_can_also_by_line_command(repository):
    repository.policy(POLICY[:-2] + ", breakGlass: [leads] }")
    live = repository.make("live-1", "live", "live")
    with kernel_of(live) as client:
        client.channels.session.username = "ann"
        said = client.run('%release Deploy staging is down, it cannot wait').content
        assert said["status"] == "error" and "launchbook.yml allows it to leads" in said["evalue"]
        client.channels.session.username = "cleo"
        said = client.run('%release Deploy staging is down, it cannot wait')
        assert "is released against the policy" in said.text()
        assert execute(client, live, "target").content["status"] == "ok"
