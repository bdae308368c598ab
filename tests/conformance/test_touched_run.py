# What people and programs do to the files of a run while its kernel lives: nothing that was recorded is lost, nothing unrecorded is done.
import json
import os
import shutil
from pathlib import Path

import pytest
from living_run import Runbook, ask, kill_kernel, refused
from run_folder import RUN, journal_of, kernel_of, records_of



@pytest.fixture
def runbook(tmp_path) -> Runbook:
    """A run in a folder of its own, whose commands write to a log outside of it."""
    folder = tmp_path / "run"
    folder.mkdir()
    names = ("one", "two", "three")
    return Runbook(folder, {name: f"await $`sh -c ${{'echo {name} >> {tmp_path}/log'}}`" for name in names})


def log_of(runbook: Runbook) -> list[str]:
    log = runbook.folder.parent / "log"
    return log.read_text().splitlines() if log.exists() else []


def test_a_deleted_journal_is_put_back_and_the_run_goes_on_after_a_death(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        journal_of(runbook.path).unlink()
        runbook.passes(client, "two")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert "variables of 2 steps are back" in ask(client, "%resume").text()
        runbook.passes(client, "three")
    assert log_of(runbook) == ["one", "two", "three"]


def test_in_a_renamed_folder_nothing_is_done_until_it_is_back(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        elsewhere = runbook.folder.with_name("elsewhere")
        runbook.folder.rename(elsewhere)
        assert refused(runbook.execute(client, "two"), "not at its place any more")
        elsewhere.rename(runbook.folder)
        runbook.passes(client, "two")
    assert log_of(runbook) == ["one", "two"]


def test_a_run_that_was_moved_goes_on_at_its_new_place_with_a_new_kernel(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        elsewhere = runbook.folder.with_name("elsewhere")
        runbook.folder.rename(elsewhere)
        runbook.folder, runbook.path = elsewhere, elsewhere / runbook.path.name
        with kernel_of(runbook.path) as second:
            assert refused(runbook.execute(second, "two"), "process")
    with kernel_of(runbook.path) as client:
        assert "variables of 1 step are back" in ask(client, "%resume").text()
        runbook.passes(client, "two")
    assert log_of(runbook) == ["one", "two"]


@pytest.mark.parametrize("lines", [1, 0], ids=["in the middle", "to nothing"])
def test_a_journal_that_was_cut_under_the_kernel_takes_nothing_more(runbook, lines):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        journal = journal_of(runbook.path)
        os.truncate(journal, sum(len(line) for line in journal.read_bytes().splitlines(keepends=True)[:lines]))
        assert refused(runbook.execute(client, "two"), "another program has written to it or cut it")
    assert log_of(runbook) == ["one"]


def test_a_journal_that_git_replaced_takes_nothing_more(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        journal, copy = journal_of(runbook.path), runbook.folder / "copy"
        shutil.copy(journal, copy)
        copy.rename(journal)
        assert refused(runbook.execute(client, "two"), "another file has taken its place")
    assert log_of(runbook) == ["one"]


def test_without_its_lock_file_the_second_of_two_kernels_stops_the_first_and_the_chain_stays_whole(runbook):
    with kernel_of(runbook.path) as first:
        runbook.passes(first, "one")
        # As a file system that forgets locks would have it.
        journal_of(runbook.path).with_name(f".{journal_of(runbook.path).name}.lock").unlink()
        with kernel_of(runbook.path) as second:
            ask(second, "%resume")
            runbook.passes(second, "two")
            assert refused(runbook.execute(first, "three"), "another program has written to it")
            runbook.passes(second, "three")
    with kernel_of(runbook.path) as third:
        assert ask(third, "%resume").content["status"] == "ok"
    assert log_of(runbook) == ["one", "two", "three"]


@pytest.mark.parametrize("run", [{**RUN, "id": "2.5.0-test-ffffff"}, None], ids=["another run", "no run"])
def test_a_notebook_of_another_run_in_the_place_of_this_one_executes_nothing(runbook, run):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        runbook.run = run
        runbook.save()
        assert refused(runbook.execute(client, "two"), "The journal is of the run 2.4.0-test-0a1b2c")
        runbook.run = RUN
        runbook.save()
        runbook.passes(client, "two")
    assert log_of(runbook) == ["one", "two"]


def test_a_notebook_that_git_takes_away_does_not_end_the_run(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        kept = runbook.path.read_text()
        runbook.path.unlink()
        runbook.passes(client, "two")
        runbook.path.write_text(kept)
        runbook.passes(client, "three")
    assert log_of(runbook) == ["one", "two", "three"]


def test_a_notebook_that_is_damaged_at_the_start_and_mended_needs_no_new_kernel(runbook):
    kept = runbook.path.read_text()
    runbook.path.write_text(f"<<<<<<< ours\n{kept}")
    with kernel_of(runbook.path) as client:
        assert refused(runbook.execute(client, "one"), "conflict markers")
        assert not (runbook.folder / ".launchbook").exists()
        runbook.path.write_text(kept)
        runbook.passes(client, "one")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert "variables of 1 step are back" in ask(client, "%resume").text()
        runbook.passes(client, "two")
    assert log_of(runbook) == ["one", "two"]
    assert len(records_of(runbook.path, "attempt-started")) == 2


def test_a_journal_of_another_run_beside_the_notebook_is_refused(runbook):
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
    runbook.run = {**RUN, "id": "2.5.0-test-ffffff"}
    runbook.save()
    with kernel_of(runbook.path) as client:
        assert refused(runbook.execute(client, "two"), "the notebook of the run 2.5.0-test-ffffff")
    assert log_of(runbook) == ["one"]


def test_outputs_of_a_flood_are_whole_while_the_journal_is_deleted(runbook):
    runbook.sources["one"] = "for (let i = 0; i < 2000; i++) console.log('line', i); await $`true`"
    runbook.save()
    with kernel_of(runbook.path) as client:
        request = runbook.send(client, "one")
        journal: Path = journal_of(runbook.path)
        # A file that vanishes while it is being made is another case: the cell is refused then.
        while not journal.exists() or b"attempt-started" not in journal.read_bytes():
            pass
        journal.unlink()
        assert client.finish(request).content["status"] == "ok"
        client.run("'end'")
    spans = (output for record in records_of(runbook.path, "output") for output in record["outputs"])
    text = "".join(span["text"] for span in spans if span["kind"] == "stream")
    assert text == "".join(f"line {i}\n" for i in range(2000))
    assert json.loads(journal.read_text().splitlines()[0])["seq"] == 1
