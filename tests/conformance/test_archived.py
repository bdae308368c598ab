# An archived run in a real kernel, as JupyterLab opens it: nothing is added to its journal, and nothing of it runs until a person reopens it.
import json

from front_end import open_run_comm, tell_run_comm
from living_run import Runbook, ask, refused
from run_folder import journal_of, kernel_of, records_of


def archive_by_earlier_version(runbook: Runbook) -> None:
    """What an archive of version 0.1.0 leaves: a manifest, and nothing in the journal."""
    records = len(records_of(runbook.path))
    manifest = {"run": runbook.run["id"], "journal": {"records": records}}
    runbook.path.with_name("release.archive.json").write_text(json.dumps(manifest))


def test_opening_it_adds_nothing_and_its_steps_are_refused(tmp_path):
    runbook = Runbook(tmp_path, {"build": "console.log('built')", "ship": "await $`sh -c ${'echo ship >> log'}`"})
    with kernel_of(runbook.path) as client:
        assert runbook.passes(client, "build") == "built\n"
    archive_by_earlier_version(runbook)
    before = journal_of(runbook.path).read_bytes()
    with kernel_of(runbook.path) as client:
        comm = open_run_comm(client)
        answer = tell_run_comm(client, comm, {"type": "skip", "request": "1", "step": "ship", "reason": "why not"})
        assert answer["error"]["code"] == "run.archived", answer
        assert refused(ask(client, "%skip ship why not"), "archived")
        ended = runbook.execute(client, "ship")
        assert ended.content["status"] == "error" and "archived run is read-only" in ended.content["evalue"]
        tell = {"type": "plan-resume", "request": "2"}
        assert tell_run_comm(client, comm, tell)["error"] is None
    assert journal_of(runbook.path).read_bytes() == before
    assert runbook.log() == []


def test_a_person_reopens_it_with_a_reason(tmp_path):
    runbook = Runbook(tmp_path, {"build": "console.log('built')", "ship": "await $`sh -c ${'echo ship >> log'}`"})
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "build")
    archive_by_earlier_version(runbook)
    with kernel_of(runbook.path) as client:
        assert refused(ask(client, "%reopen"), "read-only")
        assert "open again" in ask(client, "%reopen one step more").text()
        assert ask(client, "%resume").content["status"] == "ok"
        runbook.passes(client, "ship")
    assert [r["reason"] for r in records_of(runbook.path, "run-reopened")] == ["one step more"]
    with kernel_of(runbook.path) as client:
        open_run_comm(client)
    assert records_of(runbook.path)[-1]["kind"] == "kernel-started"
    assert runbook.log() == ["ship"]
