# What the journal refuses does not happen, what it holds survives, and people are told: with a real kernel on a real disk.
import os
import resource
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from client import Run
from run_folder import journal_of, kernel_of, make_run, records_of
from scale import scaled

EFFECT = "await $`touch {}`"


@pytest.fixture
def notebook(tmp_path) -> Path:
    return make_run(tmp_path)


def effect(place: Path) -> str:
    return EFFECT.format(place)


def assert_whole(notebook: Path) -> None:
    """A new kernel takes the journal up and finds nothing to set aside."""
    with kernel_of(notebook) as client:
        assert client.run("1").content["status"] == "ok"
    assert not list(notebook.parent.glob("*.torn-*"))
    assert records_of(notebook, "torn-line") == []


@contextmanager
def read_only(folder: Path):
    """Nobody may write into the folder; root is not held by modes, so for root it is made immutable."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    subprocess.run(["chattr", "+i", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)


def kill(client) -> None:
    """Ends the kernel as a power failure would, as far as the process is concerned."""
    os.kill(client.manager.provisioner.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while client.manager.is_alive():
        assert time.monotonic() < deadline, "the kernel lives on"
        time.sleep(0.02)


def recorded_text(notebook: Path) -> str:
    spans = (record["outputs"] for record in records_of(notebook, "output"))
    return "".join(output["text"] for outputs in spans for output in outputs if output["kind"] == "stream")


def test_with_a_full_disk_the_effect_does_not_start_and_the_journal_stays_valid(notebook, tmp_path):
    with kernel_of(notebook) as client:
        assert client.run(effect(tmp_path / "before")).content["status"] == "ok"
        # Files of this kernel may not grow beyond the middle of the next record but one: `attempt-started` fits, the effect does not.
        pid, size = client.manager.provisioner.pid, journal_of(notebook).stat().st_size
        limits = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size + 700, limits[1]))
        refused = client.run(effect(tmp_path / "refused")).content
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
        assert refused["status"] == "error"
        assert "no room is left" in refused["evalue"]
        assert not (tmp_path / "refused").exists()
        assert client.run(effect(tmp_path / "after")).content["status"] == "ok"
        assert (tmp_path / "after").exists()
    started = [record["label"] for record in records_of(notebook, "effect-started")]
    assert [any(name in label for label in started) for name in ("before", "refused", "after")] == [True, False, True]
    assert_whole(notebook)


def test_in_a_read_only_folder_nothing_starts(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    notebook = make_run(folder)
    with read_only(folder), kernel_of(notebook) as client:
        refused = client.run(effect(tmp_path / "refused")).content
        assert refused["status"] == "error"
        assert "writing is not allowed" in refused["evalue"]
        assert not (tmp_path / "refused").exists()
    with kernel_of(notebook) as client:
        assert client.run(effect(tmp_path / "after")).content["status"] == "ok"
    assert_whole(notebook)


def test_a_second_kernel_is_refused_and_told_who_holds_the_run(notebook):
    with kernel_of(notebook) as holder:
        holder.run("1")
        with kernel_of(notebook) as second:
            refused = second.run("'never'").content
        assert refused["status"] == "error"
        pid = holder.manager.provisioner.pid
        assert f"process {pid} on {os.uname().nodename} since 20" in refused["evalue"]
        assert holder.run("'on'").content["status"] == "ok"
    with kernel_of(notebook) as third:
        assert third.run("'taken over'").content["status"] == "ok"


def test_a_torn_last_line_is_set_aside_and_told_once(notebook):
    with kernel_of(notebook) as client:
        client.run("'before'")
        kill(client)
    torn = b'{"seq":99,"at":"2026-11-'
    whole = len(journal_of(notebook).read_bytes().splitlines())
    with journal_of(notebook).open("ab") as journal:
        journal.write(torn)
    with kernel_of(notebook) as client:
        told = client.run("'after'").text("stderr")
        again = client.run("'again'").text("stderr")
    [aside] = notebook.parent.glob("*.torn-*")
    assert aside.read_bytes() == torn
    assert f"line {whole + 1} of the journal" in told and aside.name in told
    assert again == ""
    [record] = records_of(notebook, "torn-line")
    assert (record["file"], record["bytes"], record["line"]) == (aside.name, len(torn), whole + 1)


@pytest.mark.parametrize(
    ("damage", "code", "words"),
    [
        (lambda lines: [*lines[:1], lines[1].replace(b'"pid":', b'"pid":1'), *lines[2:]], "journal.broken", "Line 3"),
        (lambda lines: [*lines[:1], *lines[2:]], "journal.broken", "Line 2"),
        (lambda lines: [lines[0].replace(b'"format":1', b'"format":99'), *lines[1:]], "journal.newer", "format 99"),
    ],
    ids=["changed", "removed", "newer"],
)
def test_a_journal_that_cannot_be_trusted_is_refused_and_left_as_it_is(notebook, damage, code, words):
    with kernel_of(notebook) as client:
        client.run("'before'")
    damaged = b"".join(damage(journal_of(notebook).read_bytes().splitlines(keepends=True)))
    journal_of(notebook).write_bytes(damaged)
    with kernel_of(notebook) as client:
        refused = client.run("'never'").content
    assert refused["status"] == "error"
    assert words in refused["evalue"], code
    assert journal_of(notebook).read_bytes() == damaged


def test_whatever_a_client_saw_before_the_kernel_was_killed_is_in_the_journal(notebook):
    flood = "for (let i = 0; ; i++) { console.log('line', i); if (i % 50 === 0) await new Promise(r => setTimeout(r, 1)) }"
    for _ in range(scaled(2, 10)):
        with kernel_of(notebook) as client:
            request = client.send(flood)
            client.wait_for_text(request, "line 2000\n")
            kill(client)
            seen = Run({}, client.published_so_far(request)).text()
        kept = recorded_text(notebook)
        assert seen in kept
        assert seen.count("\n") > 2000
    assert_whole(notebook)
