# Programs that execute, test, pair and merge notebooks, in an environment that has them and our wheel: each brings a scratch notebook to its
# end, and none executes a live run. `npm run prove -- shipping` runs it; tests/conformance has nbclient, nbconvert, papermill and consoles.
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

TIMEOUT = 180
BIN = Path(sys.executable).parent
KERNEL = {"name": "launchbook", "display_name": "TypeScript (Launchbook)", "language": "typescript"}
CELLS = ("const seats: number = 4", "console.log('seats', seats); seats * 2", "await Promise.resolve('last')")
RUN = {
    "id": "2.4.0-live-0a1b2c",
    "runbook": "release.ipynb",
    "commit": None,
    "release": "2.4.0",
    "environment": "live",
    "mode": "live",
    "createdAt": "2026-11-22T08:00:00.000Z",
    "createdBy": {"username": "ann", "name": "Ann Lee", "grade": "claimed"},
    "parameters": {},
}


def start(*command: str, folder: Path) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "LAUNCHBOOK_HISTORY": "off"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False)


def succeed(*command: str, folder: Path) -> str:
    done = start(*command, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def write(path: Path, cells: tuple[str, ...], **metadata) -> None:
    made = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL, **metadata})
    made.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(made, path)


def results(path: Path) -> list[str]:
    cells = nbformat.read(path, 4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return [output["data"]["text/plain"] for output in outputs if output.output_type == "execute_result"]


@pytest.fixture
def live(tmp_path):
    """A repository with a live run in production, whose steps leave marks; none is left, and no journal."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "launchbook.yml").write_text("environments: { live: { production: true } }\n")
    write(root / "release.ipynb", (f"await $`touch {tmp_path}/mark`", "await approval('Go')"), launchbook={"run": RUN})
    yield root
    assert not (tmp_path / "mark").exists()
    assert list(root.rglob("*.journal.jsonl")) == []


@pytest.mark.parametrize(
    "command",
    [
        ("jupyter", "execute", "--inplace", "scratch.ipynb"),
        ("jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace", "scratch.ipynb"),
        ("papermill", "scratch.ipynb", "scratch.ipynb"),
        ("jupytext", "--execute", "scratch.ipynb"),
    ],
    ids=lambda command: command[1] if command[0] == "jupyter" else command[0],
)
def test_a_scratch_notebook_comes_to_its_end(tmp_path, command):
    write(tmp_path / "scratch.ipynb", CELLS)
    succeed(*command, folder=tmp_path)
    assert results(tmp_path / "scratch.ipynb") == ["8", "'last'"]


@pytest.mark.parametrize(
    "command",
    [
        ("jupyter", "execute", "release.ipynb"),
        ("jupytext", "--execute", "release.ipynb"),
        ("papermill", "release.ipynb", "done.ipynb"),
        ("pytest", "--nbval", "-p", "no:cacheprovider", "release.ipynb"),
    ],
    ids=lambda command: command[0],
)
def test_a_live_run_is_refused(live, command):
    done = start(*command, folder=live)
    assert done.returncode != 0
    assert "UntoldRunError" in done.stdout + done.stderr


def test_a_notebook_that_jupytext_pairs_goes_there_and_back(tmp_path):
    write(tmp_path / "scratch.ipynb", CELLS)
    succeed("jupytext", "--set-formats", "ipynb,md", "scratch.ipynb", folder=tmp_path)
    text = tmp_path / "scratch.md"
    assert "```typescript\nconst seats: number = 4\n```" in text.read_text()
    text.write_text(text.read_text().replace("seats: number = 4", "seats: number = 5"))
    os.utime(text, (os.stat(tmp_path / "scratch.ipynb").st_mtime + 10,) * 2)
    succeed("jupytext", "--sync", "scratch.md", folder=tmp_path)
    succeed("jupytext", "--execute", "scratch.ipynb", folder=tmp_path)
    assert results(tmp_path / "scratch.ipynb") == ["10", "'last'"]


def test_nbval_compares_what_cells_print(tmp_path):
    write(tmp_path / "scratch.ipynb", CELLS)
    succeed("jupyter", "execute", "--inplace", "scratch.ipynb", folder=tmp_path)
    nbval = ("pytest", "--nbval", "-p", "no:cacheprovider", "scratch.ipynb")
    assert "3 passed" in succeed(*nbval, folder=tmp_path)
    changed = json.loads((tmp_path / "scratch.ipynb").read_text())
    changed["cells"][1]["outputs"][0]["text"] = ["seats 5\n"]
    (tmp_path / "scratch.ipynb").write_text(json.dumps(changed))
    assert start(*nbval, folder=tmp_path).returncode == 1


@pytest.mark.parametrize("order", [("nbdime", "launchbook"), ("launchbook", "nbdime")], ids=" then ".join)
def test_nbdime_compares_and_launchbook_merges(tmp_path, order):
    succeed("git", "init", "--quiet", folder=tmp_path)
    for name in order:
        succeed(*(("nbdime", "config-git", "--enable") if name == "nbdime" else ("launchbook", "init")), folder=tmp_path)
    attributes = ("git", "check-attr", "merge", "diff", "--", "release.ipynb", "runs/a/release.ipynb")
    if order[-1] == "nbdime":
        told = start("launchbook", "doctor", folder=tmp_path)
        assert 'git merges them with "jupyternotebook"' in told.stdout + told.stderr
        succeed("launchbook", "init", folder=tmp_path)
    assert succeed(*attributes, folder=tmp_path).split("\n")[:4] == [
        "release.ipynb: merge: launchbook",
        "release.ipynb: diff: jupyternotebook",
        "runs/a/release.ipynb: merge: unset",
        "runs/a/release.ipynb: diff: jupyternotebook",
    ]
    succeed("git", "add", "--all", folder=tmp_path)
    notebook = tmp_path / "release.ipynb"
    notebook.write_text(notebook.read_text().replace("Preparation", "Preparations"))
    assert "nbdiff" in succeed("git", "diff", "release.ipynb", folder=tmp_path)
