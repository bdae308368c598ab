# A run whose cells are in its notebook, the log that its commands write, and what a person does to it: run a cell, kill, approve, ask.
import json
import os
import signal
import time
from pathlib import Path

from run_folder import RUN


class Runbook:
    """A run whose cells are in its notebook, and the log that its commands write."""

    def __init__(self, folder: Path, sources: dict[str, str], run: dict | None = RUN) -> None:
        self.folder = folder
        self.path = folder / "release.ipynb"
        self.sources = dict(sources)
        self.run = run
        (folder / "launchbook.yml").write_text("environments: { test: {} }\n")
        self.save()

    def save(self) -> None:
        cells = [
            {"id": id, "cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None}
            for id, text in self.sources.items()
        ]
        metadata = {"launchbook": {} if self.run is None else {"run": self.run}}
        self.path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))

    def send(self, client, id: str) -> str:
        message = client.channels.session.msg(
            "execute_request",
            {
                "code": self.sources[id],
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": True,
                "stop_on_error": False,
            },
            metadata={"cellId": id},
        )
        client.channels.shell_channel.send(message)
        return message["header"]["msg_id"]

    def execute(self, client, id: str):
        return client.finish(self.send(client, id))

    def passes(self, client, id: str) -> str:
        run = self.execute(client, id)
        assert run.content["status"] == "ok", run.content
        return run.text()

    def log(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []


def kill_kernel(client) -> None:
    os.kill(client.manager.provisioner.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while client.manager.is_alive():
        assert time.monotonic() < deadline, "the kernel lives on"
        time.sleep(0.02)


def wait_until(holds, what: str) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, f"did not come: {what}"
        time.sleep(0.02)


def answer_approval(client) -> None:
    """Approves at the input request that a client without our extension gets."""
    message = client.channels.get_stdin_msg(timeout=30)
    assert "Approve" in message["content"]["prompt"]
    client.channels.input("approve fine")


def ask(client, command: str):
    """A cell that is in no notebook."""
    return client.run(command, stop_on_error=False)


def refused(run, code: str) -> bool:
    """Errors carry their code in the journal alone, so the words are compared."""
    assert run.content["status"] == "error", run.content
    assert code in run.content["evalue"] + "".join(run.content["traceback"]), run.content
    return True
