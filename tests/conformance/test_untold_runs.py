# A live run in production, started with programs that do not say which notebook they run: nothing of it is executed, wherever they are
# started, with errors allowed, and with a copy of its text.
import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pexpect
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from client import Client
from run_folder import RUN

TIMEOUT = 180
STEPS = ("await $`touch ${process.env.MARKS + '/first'}`", "await approval('Go')", "await $`touch ${process.env.MARKS + '/second'}`")
KERNEL = {"name": "launchbook", "display_name": "TypeScript (Launchbook)", "language": "typescript"}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A repository with a live run in production, `runs/release.ipynb`, whose steps leave marks."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "runs").mkdir()
    (root / "other").mkdir()
    (tmp_path / "marks").mkdir()
    monkeypatch.setenv("MARKS", str(tmp_path / "marks"))
    (root / "launchbook.yml").write_text("environments: { live: { production: true } }\n")
    metadata = {"kernelspec": KERNEL, "launchbook": {"run": {**RUN, "environment": "live"}}}
    made = nbformat.v4.new_notebook(metadata=metadata)
    for phase, source in zip(("Prepare", "Sign-off", "Deploy"), STEPS, strict=True):
        made.cells += [nbformat.v4.new_markdown_cell(f"## {phase}"), nbformat.v4.new_code_cell(source)]
    nbformat.write(made, root / "runs" / "release.ipynb")
    yield root
    assert list((tmp_path / "marks").iterdir()) == []
    assert list(root.rglob("*.journal.jsonl")) == []


def release(root: Path):
    return nbformat.read(root / "runs" / "release.ipynb", 4)


def refusals(made) -> list[str]:
    errors = [output for cell in made.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    return [error.ename for error in errors]


def start(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


@pytest.mark.parametrize("where", [".", "runs", "other"])
def test_nbclient_with_errors_allowed(place, where):
    made = release(place)
    resources = {"metadata": {"path": str(place / where)}}
    NotebookClient(made, resources=resources, timeout=TIMEOUT, allow_errors=True).execute()
    assert refusals(made) == ["UntoldRunError"] * 3


def test_nbclient_with_a_copy_of_the_text(place):
    copy = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    copy.cells = [nbformat.v4.new_code_cell(f"  {source.replace(' ', '  ')}\n") for source in STEPS]
    resources = {"metadata": {"path": str(place / "other")}}
    with pytest.raises(CellExecutionError, match="UntoldRunError"):
        NotebookClient(copy, resources=resources, timeout=TIMEOUT).execute()


def test_nbconvert(place):
    done = start(["nbconvert", "--to", "notebook", "--execute", "--allow-errors", "runs/release.ipynb", "--output", "done"], place)
    assert done.returncode == 0, done.stderr
    assert refusals(nbformat.read(place / "runs" / "done.ipynb", 4)) == ["UntoldRunError"] * 3


def test_papermill(place):
    done = start(["papermill", "runs/release.ipynb", "other/done.ipynb"], place)
    assert done.returncode != 0
    assert "UntoldRunError" in done.stderr


def test_jupyter_run(place):
    (place / "other" / "steps.ts").write_text(STEPS[0])
    done = start(["jupyter_client.runapp", "--kernel", "launchbook", "other/steps.ts"], place)
    assert "UntoldRunError" in done.stdout + done.stderr


def test_the_console(place):
    console = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel=launchbook", "--simple-prompt"],
        cwd=str(place / "other"),
        env={**os.environ, "TERM": "dumb"},
        encoding="utf-8",
        timeout=TIMEOUT,
    )
    try:
        console.expect("No journal: this front end has not told the kernel which notebook it runs")
        console.expect(r"In \[1\]: ")
        console.sendline(STEPS[0])
        console.expect("UntoldRunError")
        console.expect(r"In \[2\]: ")
        console.sendline("await approval('Stop')")
        console.expect("NoNotebookError")
    finally:
        console.close(force=True)


def test_silent_requests_and_expressions(place):
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(place), env=os.environ)
    channels = manager.client()
    try:
        channels.start_channels()
        channels.wait_for_ready(timeout=TIMEOUT)
        client = Client(manager, channels)
        for code, options in ((STEPS[0], {"silent": True}), (STEPS[0], {"store_history": False}), ("1", {"user_expressions": {"a": STEPS[0]}})):
            assert client.run(code, **options).content["ename"] == "UntoldRunError"
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_page_that_shows_a_run(tmp_path):
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(tmp_path), env=os.environ)
    channels = manager.client()
    try:
        channels.start_channels()
        channels.wait_for_ready(timeout=TIMEOUT)
        client = Client(manager, channels)
        content = {"code": "1 + 1", "silent": False, "store_history": True, "allow_stdin": False}
        for metadata, expected in (({"launchbook": {"run": RUN["id"]}}, "UntoldRunError"), ({"launchbook": {}}, None), ({}, None)):
            request = channels.session.msg("execute_request", content, metadata=metadata)
            channels.shell_channel.send(request)
            assert client.finish(request["header"]["msg_id"]).content.get("ename") == expected
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_kernel_gateway(place):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--KernelGatewayApp.port={port}", "--KernelGatewayApp.port_retries=0", "--JupyterWebsocketPersonality.list_kernels=True"]
    gateway = subprocess.Popen([sys.executable, "-m", "kernel_gateway", *options], cwd=place, env=os.environ, stdin=subprocess.DEVNULL)
    try:
        assert asyncio.run(ename_through_gateway(port, STEPS[0])) == "UntoldRunError"
    finally:
        gateway.terminate()
        gateway.wait(timeout=TIMEOUT)


async def ename_through_gateway(port: int, code: str) -> str:
    """What the reply to a cell names as its error, as a client of the gateway gets it."""
    http = AsyncHTTPClient()
    kernels = f"127.0.0.1:{port}/api/kernels"
    for _ in range(TIMEOUT):
        try:
            made = await http.fetch(f"http://{kernels}", method="POST", body=json.dumps({"name": "launchbook"}), request_timeout=TIMEOUT)
            break
        except OSError:
            await asyncio.sleep(1)
    channel = await websocket_connect(f"ws://{kernels}/{json.loads(made.body)['id']}/channels")
    header = {"msg_id": "1", "msg_type": "execute_request", "session": "s", "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "allow_stdin": False}
    await channel.write_message(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}))
    while True:
        message = json.loads(await asyncio.wait_for(channel.read_message(), TIMEOUT))
        if message["msg_type"] == "execute_reply":
            return message["content"].get("ename", "")


def test_a_kernel_on_all_addresses_with_arguments_behind_the_connection_file(tmp_path):
    manager = KernelManager(kernel_name="launchbook", ip="0.0.0.0")
    manager.kernel_spec.argv.extend(["--InteractiveShell.colors=NoColor", "steps.ts"])
    manager.start_kernel(cwd=str(tmp_path))
    connection = json.loads(Path(manager.connection_file).read_text())
    assert connection["ip"] == "0.0.0.0"
    channels = manager.client()
    try:
        channels.start_channels()
        channels.wait_for_ready(timeout=TIMEOUT)
        assert Client(manager, channels).run("1 + 1").content["status"] == "ok"
    finally:
        channels.stop_channels()
        manager.shutdown_kernel(now=True)
