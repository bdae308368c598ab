# Programs that run notebooks, each as its users start it: nbclient, nbconvert, papermill and the Jupyter console.
import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pexpect
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 120


def notebook(*cells: str, tags: dict[int, list[str]] | None = None):
    kernel = {"name": "launchbook", "display_name": "TypeScript (Launchbook)", "language": "typescript"}
    made = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    for index, source in enumerate(cells):
        metadata = {"tags": (tags or {}).get(index, [])}
        made.cells.append(nbformat.v4.new_code_cell(source, metadata=metadata))
    return made


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def results(made) -> list[str]:
    outputs = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output["data"]["text/plain"] for output in outputs if output.output_type == "execute_result"]


CELLS = (
    "const seats: number = 4",
    "console.log('seats', seats); seats * 2",
    "display.markdown('**done**')",
    "await Promise.resolve('last')",
)


def test_nbclient_runs_a_notebook(tmp_path):
    made = notebook(*CELLS)
    NotebookClient(made, resources={"metadata": {"path": str(tmp_path)}}, timeout=TIMEOUT).execute()
    assert results(made) == ["8", "'last'"]
    assert made.cells[1].outputs[0]["text"] == "seats 4\n"
    assert made.cells[2].outputs[0]["data"]["text/markdown"] == "**done**"
    assert [cell.execution_count for cell in made.cells] == [1, 2, 3, 4]
    nbformat.validate(made)


def test_nbclient_stops_at_an_error_and_keeps_it(tmp_path):
    made = notebook("1", "throw new Error('on purpose')", "2")
    with pytest.raises(CellExecutionError, match="on purpose"):
        NotebookClient(made, resources={"metadata": {"path": str(tmp_path)}}, timeout=TIMEOUT).execute()
    assert made.cells[1].outputs[0]["output_type"] == "error"
    assert made.cells[2].outputs == []


def test_nbclient_goes_on_after_errors_that_are_allowed(tmp_path):
    made = notebook("throw new Error('on purpose')", "'after'")
    client = NotebookClient(made, resources={"metadata": {"path": str(tmp_path)}}, timeout=TIMEOUT, allow_errors=True)
    client.execute()
    assert results(made) == ["'after'"]


def test_nbconvert_executes_a_notebook(tmp_path):
    nbformat.write(notebook(*CELLS), tmp_path / "release.ipynb")
    run(["nbconvert", "--to", "notebook", "--execute", "release.ipynb", "--output", "done.ipynb"], tmp_path)
    assert results(nbformat.read(tmp_path / "done.ipynb", 4)) == ["8", "'last'"]


def test_nbconvert_writes_the_code_as_a_script(tmp_path):
    made = notebook("const seats: number = 4")
    NotebookClient(made, resources={"metadata": {"path": str(tmp_path)}}, timeout=TIMEOUT).execute()
    nbformat.write(made, tmp_path / "release.ipynb")
    run(["nbconvert", "--to", "script", "release.ipynb"], tmp_path)
    assert (tmp_path / "release.ts").read_text().strip().endswith("const seats: number = 4")


@pytest.fixture
def installed(tmp_path):
    """The Python path of an environment where our wheel is installed: its package, and what tells others of it. Nothing more where it is."""
    if list(importlib.metadata.distributions(name="launchbook")):
        return os.environ.get("PYTHONPATH", "")
    project = (ROOT / "pyproject.toml").read_text()
    entries = re.search(r'^\[project\.entry-points\."papermill\.engine"\]\n(.*?)(?=^\[|\Z)', project, re.M | re.S)
    record = tmp_path / "site" / "launchbook-0.1.0.dist-info"
    record.mkdir(parents=True)
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: launchbook\nVersion: 0.1.0\n")
    (record / "entry_points.txt").write_text("[papermill.engine]\n" + entries[1].replace('"', ""))
    return os.pathsep.join([str(ROOT / "python"), str(tmp_path / "site")])


PARAMETERS = """let release = '1.0' // What is released
let seats: number = 1;
let services: string[] = []
let options = { dryRun: true }"""


def test_papermill_passes_parameters(tmp_path, installed):
    made = notebook(
        PARAMETERS,
        "seats += 1; [release, seats, services.length, services.at(-1), options]",
        tags={0: ["parameters"]},
    )
    nbformat.write(made, tmp_path / "release.ipynb")
    values = {
        "release": "2.4 \"é\" \\ 😀",
        "seats": 41,
        "services": ["orders", "billing"],
        "options": {"dryRun": False, "none": None, "ratio": 0.5},
    }
    (tmp_path / "values.json").write_text(json.dumps(values, ensure_ascii=False))
    run(["papermill", "release.ipynb", "done.ipynb", "-f", "values.json"], tmp_path, PYTHONPATH=installed)
    done = nbformat.read(tmp_path / "done.ipynb", 4)
    [result] = results(done)
    assert "2.4" in result
    assert "😀" in result
    assert re.search(r"42,\s+2,\s+'billing',\s+\{ dryRun: false, none: null, ratio: 0.5 \}", result), result
    assert done.cells[1].metadata["tags"] == ["injected-parameters"]


def test_papermill_tells_which_parameters_there_are(tmp_path, installed):
    nbformat.write(notebook(PARAMETERS, tags={0: ["parameters"]}), tmp_path / "release.ipynb")
    told = run(["papermill", "--help-notebook", "release.ipynb"], tmp_path, PYTHONPATH=installed).stdout
    assert re.search(r"release: Unknown type \(default '1.0'\)\s+What is released", told), told
    assert re.search(r"seats: number \(default 1\)", told), told


def test_the_jupyter_console_runs_cells(tmp_path):
    console = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel=launchbook", "--simple-prompt"],
        cwd=str(tmp_path),
        env={**os.environ, "TERM": "dumb"},
        encoding="utf-8",
        timeout=60,
    )
    try:
        console.expect(r"In \[1\]: ")
        console.sendline("const seats: number = 6")
        console.expect(r"In \[2\]: ")
        console.sendline("console.log('printed'); seats * 7")
        console.expect("printed")
        console.expect(r"Out\[2\]: 42")
        console.expect(r"In \[3\]: ")
        console.sendline("throw new Error('on purpose')")
        console.expect("on purpose")
        console.expect(r"In \[4\]: ")
        console.sendeof()
        console.expect("exit")
        console.sendline("y")
        console.expect(pexpect.EOF)
    finally:
        console.close(force=True)
