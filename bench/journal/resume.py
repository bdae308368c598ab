# A run of 500 steps whose kernel dies at its end: the time until its variables are back, and beside it papermill, which can only run
# the notebook from the start. Prints JSON. Arguments: number of steps, `papermill` to measure that too.
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

TIMEOUT = 300
RUN = {
    "id": "2.4.0-bench-0a1b2c",
    "runbook": "release.ipynb",
    "commit": None,
    "release": "2.4.0",
    "environment": "test",
    "mode": "live",
    "createdAt": "2026-11-22T08:00:00.000Z",
    "createdBy": {"username": "ann", "name": "Ann Lee", "grade": "claimed"},
    "parameters": {},
}


def cells_of(count: int) -> list[str]:
    """Each step runs a command and uses what the step before declared."""
    before = ["0", *(f"v{number}" for number in range(1, count))]
    act = "(await $`sh -c ${'echo 1; echo 1 >> log'}`).stdout.trim()"
    return [
        f"const v{number + 1} = {before[number]} + Number({act}); console.log(v{number + 1})" for number in range(count)
    ]


def write(folder: Path, sources: list[str], run: dict | None) -> Path:
    cells = [
        {"id": f"s{index}", "cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None}
        for index, text in enumerate(sources)
    ]
    metadata = {
        "launchbook": {"run": run} if run else {},
        "kernelspec": {"name": "launchbook", "display_name": "TypeScript (Launchbook)", "language": "typescript"},
    }
    path = folder / "release.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    (folder / "launchbook.yml").write_text("environments: { test: {} }\ntypecheck: off\n")
    return path


class Kernel:
    def __init__(self, notebook: Path) -> None:
        self.manager = KernelManager(kernel_name="launchbook")
        environment = {**os.environ, "JPY_SESSION_NAME": str(notebook), "LAUNCHBOOK_HISTORY": "off"}
        self.manager.start_kernel(cwd=str(notebook.parent), env=environment)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def run(self, code: str, step: str | None = None) -> None:
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": step} if step else {})
        self.client.shell_channel.send(message)
        while True:
            reply = self.client.get_shell_msg(timeout=TIMEOUT)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                assert reply["content"]["status"] == "ok", reply["content"]
                return

    def kill(self) -> None:
        os.kill(self.manager.provisioner.pid, signal.SIGKILL)
        while self.manager.is_alive():
            time.sleep(0.01)
        self.client.stop_channels()

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def measure(count: int, with_papermill: bool) -> dict[str, float]:
    sources = cells_of(count)
    figures: dict[str, float] = {"steps": count}
    with tempfile.TemporaryDirectory() as folder:
        notebook = write(Path(folder), sources, RUN)
        first = Kernel(notebook)
        began = time.monotonic()
        for index, source in enumerate(sources):
            first.run(source, f"s{index}")
        figures["runSeconds"] = time.monotonic() - began
        first.kill()
        began = time.monotonic()
        second = Kernel(notebook)
        figures["startSeconds"] = time.monotonic() - began
        began = time.monotonic()
        second.run("%resume")
        figures["resumeSeconds"] = time.monotonic() - began
        second.run(f"if (v{count} !== {count}) throw new Error(`it is ${{v{count}}}`)", "check")
        second.end()
        figures["effects"] = len((Path(folder) / "log").read_text().split())
    if with_papermill:
        import papermill

        with tempfile.TemporaryDirectory() as folder:
            notebook = write(Path(folder), sources, None)
            began = time.monotonic()
            papermill.execute_notebook(str(notebook), str(notebook), cwd=folder, progress_bar=False)
            figures["papermillSeconds"] = time.monotonic() - began
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), "papermill" in sys.argv)))
