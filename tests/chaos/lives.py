# Kernels that are born to be killed: one started by itself, or by a Jupyter server, with a client at its sockets.
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import requests
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import KernelManager

# A machine that is busy with other kernels takes its time; nothing is measured here.
TIMEOUT = 180


def children_of(pid: int) -> list[int]:
    """From the processes' own words: not every kernel of Linux lists the children of a process."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and parent_of(entry) == pid]


def parent_of(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def descendants_of(pid: int) -> list[int]:
    return [other for child in children_of(pid) for other in (child, *descendants_of(child))]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(holds, what: str) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {TIMEOUT} s")
        time.sleep(0.01)


class Life:
    """One kernel with one client, until `end`."""

    def __init__(self, notebook: Path, with_server: bool) -> None:
        self.server: subprocess.Popen | None = None
        self.manager: KernelManager | None = None
        environment = {**os.environ, "LAUNCHBOOK_HISTORY": "off"}
        if with_server:
            self.client = self._start_with_server(notebook, environment)
        else:
            self.manager = KernelManager(kernel_name="launchbook")
            self.manager.start_kernel(
                cwd=str(notebook.parent), env={**environment, "JPY_SESSION_NAME": str(notebook)}
            )
            self.kernel = self.manager.provisioner.pid
            self.client = self.manager.client()
        self.client.start_channels()
        self._await_kernel()

    def _await_kernel(self) -> None:
        """A client without a manager takes a heartbeat that is late for a death; the process is asked instead."""
        while True:
            try:
                return self.client.wait_for_ready(timeout=TIMEOUT)
            except RuntimeError:
                if not is_alive(self.kernel):
                    raise

    def _start_with_server(self, notebook: Path, environment: dict[str, str]) -> BlockingKernelClient:
        token, runtime = uuid.uuid4().hex, notebook.parent / f".runtime-{uuid.uuid4().hex[:8]}"
        options = [f"--ServerApp.root_dir={notebook.parent}", f"--IdentityProvider.token={token}"]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", "--allow-root", *options],
            env={**environment, "JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(runtime)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        headers = {"Authorization": f"token {token}"}
        url: list[str] = []
        web = requests.Session()
        web.trust_env = False  # a proxy of the machine does not know its loopback

        def is_up() -> bool:
            for file in runtime.glob("jpserver-*.json"):
                try:
                    address = f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
                    if web.get(f"{address}/api", timeout=5).ok:
                        url.append(address)
                        return True
                except (requests.RequestException, json.JSONDecodeError):
                    pass
            return False

        wait_until(is_up, "the Jupyter server")
        body = {"path": notebook.name, "name": notebook.name, "type": "notebook", "kernel": {"name": "launchbook"}}
        answer = web.post(f"{url[0]}/api/sessions", json=body, headers=headers, timeout=TIMEOUT)
        answer.raise_for_status()
        connection = f"kernel-{answer.json()['kernel']['id']}.json"
        self.kernel = next(
            pid for pid in descendants_of(self.server.pid) if connection.encode() in command_of(pid)
        )
        client = BlockingKernelClient()
        client.load_connection_file(str(runtime / connection))
        return client

    @property
    def executor(self) -> int | None:
        """The process that runs the cells."""
        found = [pid for pid in children_of(self.kernel) if b"executor-main" in command_of(pid)]
        return found[0] if found else None

    def kill(self, victim: str) -> bool:
        """SIGKILL, and then waits until whatever it had started is gone too: only then can anybody tell what was done. False when it is not there."""
        pid = {"kernel": self.kernel, "executor": self.executor, "server": self.server and self.server.pid}[victim]
        if pid is None:
            return False
        below = descendants_of(pid)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        wait_until(lambda: not any(is_alive(other) for other in (pid, *below)), f"the end of {victim} and what it started")
        return True

    def end(self) -> None:
        """The kernel is gone, or is ended now."""
        self.client.stop_channels()
        below = descendants_of(self.kernel)
        if self.manager:
            self.manager.shutdown_kernel(now=True)
        if self.server:
            for pid in (self.server.pid, self.kernel):
                if is_alive(pid):
                    os.kill(pid, signal.SIGKILL)
            self.server.wait(timeout=TIMEOUT)
        wait_until(lambda: not any(is_alive(pid) for pid in (self.kernel, *below)), "the end of the kernel")


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
