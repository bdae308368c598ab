# A real Jupyter server with its default limits, and a notebook's connection to a kernel through it, as a browser has one.
import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import requests
import websocket

TIMEOUT = 60
TOKEN = uuid.uuid4().hex


class Server:
    """Serves `folder` until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runtime = folder / ".runtime"
        command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", "--allow-root"]
        options = [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"]
        self.process = subprocess.Popen(
            [*command, *options],
            env={**os.environ, "JUPYTER_RUNTIME_DIR": str(self.runtime), "JUPYTER_CONFIG_DIR": str(self.runtime)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = self._wait()

    def _wait(self) -> str:
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server has ended"
            for file in self.runtime.glob("jpserver-*.json"):
                try:
                    # The file is there a moment before what stands in it.
                    url = f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
                    if requests.get(f"{url}/api", timeout=5).ok:
                        return url
                except (requests.ConnectionError, json.JSONDecodeError):
                    pass
            time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def open(self, name: str) -> "Notebook":
        """Makes an empty notebook and starts a kernel for it."""
        path = self.folder / name
        path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        body = {"path": name, "name": path.name, "type": "notebook", "kernel": {"name": "launchbook"}}
        headers = {"Authorization": f"token {TOKEN}"}
        answer = requests.post(f"{self.url}/api/sessions", json=body, headers=headers, timeout=TIMEOUT)
        answer.raise_for_status()
        return Notebook(self.url, answer.json()["kernel"]["id"])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=TIMEOUT)


class Notebook:
    """Runs cells over the server's WebSocket."""

    def __init__(self, url: str, kernel: str) -> None:
        self.session = uuid.uuid4().hex
        address = f"{url.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={self.session}"
        self.socket = websocket.create_connection(
            address, header={"Authorization": f"token {TOKEN}"}, timeout=TIMEOUT
        )

    def run(self, code: str) -> tuple[list[dict], dict]:
        """The iopub messages of the cell up to its idle, and the reply."""
        request = self._send(code)
        published: list[dict] = []
        reply: dict | None = None
        while reply is None or not is_idle(published):
            message = json.loads(self.socket.recv())
            if message["parent_header"].get("msg_id") == request or is_from_server(message):
                if message["channel"] == "iopub":
                    published.append(message)
                elif message["msg_type"] == "execute_reply":
                    reply = message
        return published, reply

    def _send(self, code: str) -> str:
        request = uuid.uuid4().hex
        header = {
            "msg_id": request,
            "msg_type": "execute_request",
            "session": self.session,
            "username": "",
            "version": "5.3",
            "date": "2026-01-02T03:04:05Z",
        }
        content = {"code": code, "allow_stdin": False, "silent": False, "store_history": True}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps({**message, "channel": "shell", "buffers": []}))
        return request

    def close(self) -> None:
        self.socket.close()


def is_idle(published: list[dict]) -> bool:
    return bool(published) and published[-1]["content"].get("execution_state") == "idle"


def is_from_server(message: dict) -> bool:
    """The server tells of what it has dropped in a stream of its own."""
    return "rate exceeded" in message["content"].get("text", "")


def text_of(published: list[dict]) -> str:
    return "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream")
