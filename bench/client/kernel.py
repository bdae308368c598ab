# A running kernel, and cells with the time they took. Started and addressed by jupyter_client; read by polling its sockets,
# because the wrappers of its blocking client add a millisecond of their own to each message.
import json
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from plan import KernelPlan
from process_tree import end_all, processes_of

TIMEOUT = 30.0
# All have replied and nothing comes any more: an idle message that is still missing is lost.
SILENCE = 3.0

# Variables that would tell a kernel that it belongs to somebody else's notebook, or change how Node runs.
FOREIGN_VARIABLES = {"JPY_SESSION_NAME", "NODE_OPTIONS", "JUPYTER_PATH", "PYTHONPATH"}


class Timeout(Exception):
    """A kernel did not answer in time."""


@dataclass
class CellRun:
    """A finished cell. Times are seconds since it was sent."""

    status: str = ""
    replied: float = 0.0
    idled: float = 0.0
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """Until both have arrived: the reply, and idle on iopub."""
        return max(self.replied, self.idled) * 1000

    def text(self) -> str:
        return "".join(m["content"]["text"] for m in self.messages if m["msg_type"] == "stream")


class Kernel:
    """One kernel process with everything it starts, in a folder of its own."""

    def __init__(self, plan: KernelPlan) -> None:
        self.plan = plan
        self.name = plan.name
        self.language = plan.language
        self._folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self._notebooks = self._folder / "notebooks"
        self._notebooks.mkdir()
        for name, text in plan.files.items():
            (self._notebooks / name).write_text(text, encoding="utf-8")
        self._context = _context()
        self._manager = KernelManager(
            kernel_name=plan.name, kernel_spec_manager=self._specs(), context=self._context
        )
        self._began = 0.0

    def __enter__(self) -> "Kernel":
        try:
            self.start()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the process; does not wait for it."""
        environment = {k: v for k, v in os.environ.items() if k not in FOREIGN_VARIABLES}
        for name, value in self.plan.env.items():
            environment[name] = value.replace("{folder}", str(self._folder))
        if self.plan.notebook is not None:
            environment["JPY_SESSION_NAME"] = str(self._notebooks / self.plan.notebook)
        self._began = time.perf_counter()
        self._manager.start_kernel(cwd=str(self._notebooks), env=environment)
        self._client = self._manager.client(context=self._context)
        self._client.start_channels(shell=True, iopub=True, stdin=False, hb=False, control=False)
        self._shell = self._client.shell_channel.socket
        self._iopub = self._client.iopub_channel.socket
        self._poller = zmq.Poller()
        self._poller.register(self._shell, zmq.POLLIN)
        self._poller.register(self._iopub, zmq.POLLIN)

    @property
    def seconds_since_start(self) -> float:
        return time.perf_counter() - self._began

    def wait_until_ready(self) -> None:
        """Asks until both shell and iopub have answered the same question: only then nothing published is missed."""
        deadline = time.perf_counter() + TIMEOUT
        while time.perf_counter() < deadline:
            asked = self.send("kernel_info_request", {})
            waiting = {"shell", "iopub"}
            until = time.perf_counter() + 1.0
            while waiting and time.perf_counter() < until:
                for channel, message in self._read(0.1):
                    if message["parent_header"].get("msg_id") == asked:
                        waiting.discard(channel)
            if not waiting:
                self.listen(0.05)
                return
        raise Timeout(f"no answer to kernel_info_request in {TIMEOUT:.0f} s")

    def send(self, kind: str, content: dict[str, Any]) -> str:
        message = self._client.session.msg(kind, content)
        self._client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def send_cell(self, code: str) -> str:
        return self.send(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
            },
        )

    def run(self, code: str, timeout: float = TIMEOUT) -> CellRun:
        """Sends a cell and waits for its reply and for idle."""
        return self.run_all([code], timeout)[0]

    def run_all(self, codes: list[str], timeout: float = TIMEOUT) -> list[CellRun]:
        """Sends all cells at once; the times of each count from the first one's sending."""
        began = time.perf_counter()
        runs = {self.send_cell(code): CellRun() for code in codes}
        unanswered, not_idle, latest = len(runs), len(runs), 0.0
        while unanswered > 0 or not_idle > 0:
            waited = time.perf_counter() - began
            if waited > timeout or (unanswered == 0 and waited - latest > SILENCE):
                missing = f"{unanswered} replies and {not_idle} idle messages of {len(runs)} cells"
                raise Timeout(f"{missing} did not come in {waited:.0f} s")
            for channel, message in self._read(0.5):
                run = runs.get(message["parent_header"].get("msg_id", ""))
                if run is None:
                    continue
                now = latest = time.perf_counter() - began
                if channel == "iopub":
                    run.messages.append(message)
                if message["msg_type"] == "execute_reply":
                    run.replied, run.status = now, message["content"]["status"]
                    unanswered -= 1
                elif message["content"].get("execution_state") == "idle":
                    run.idled = now
                    not_idle -= 1
        return list(runs.values())

    def first_reply(self, code: str) -> str:
        """The status of a cell that is sent before the kernel listens. Idle may be missed so early, so nobody waits for it."""
        request = self.send_cell(code)
        reply = self.await_message(lambda m: m["msg_type"] == "execute_reply" and answers(m, request))
        return reply["content"]["status"]

    def await_message(self, matches: Callable[[dict[str, Any]], bool], timeout: float = TIMEOUT) -> dict[str, Any]:
        """The next message on shell or iopub that matches; others are dropped."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            found = [message for _, message in self._read(0.5) if matches(message)]
            if found:
                return found[0]
        raise Timeout(f"an awaited message did not come in {timeout:.0f} s")

    def listen(self, seconds: float) -> list[dict[str, Any]]:
        """Everything that still arrives within some time."""
        heard: list[dict[str, Any]] = []
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            heard.extend(message for _, message in self._read(left))
        return heard

    def listen_until_quiet(self, seconds: float) -> list[dict[str, Any]]:
        """Everything that arrives until nothing has come for some time."""
        heard: list[dict[str, Any]] = []
        while latest := self._read(seconds):
            heard.extend(message for _, message in latest)
        return heard

    @property
    def process_id(self) -> int:
        return self._manager.provisioner.process.pid

    def stop(self) -> None:
        """Ends the kernel, and by their ids what it may have left behind."""
        tree = processes_of(self.process_id) if self._manager.has_kernel else []
        try:
            if self._manager.has_kernel:
                self._client.stop_channels()
                self._manager.shutdown_kernel(now=False)
        finally:
            end_all(tree)
            self._context.destroy(linger=0)
            shutil.rmtree(self._folder, ignore_errors=True)

    def _specs(self) -> KernelSpecManager:
        folder = self._folder / "kernels" / self.name
        folder.mkdir(parents=True)
        spec = {"argv": self.plan.argv, "display_name": self.name, "language": self.language}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        return KernelSpecManager(kernel_dirs=[str(folder.parent)], ensure_native_kernel=False)

    def _read(self, seconds: float) -> list[tuple[str, dict[str, Any]]]:
        """What is there now, or the first that comes: iopub before shell, in the order of arrival on each."""
        ready = dict(self._poller.poll(max(0, int(seconds * 1000))))
        read: list[tuple[str, dict[str, Any]]] = []
        for channel, socket in (("iopub", self._iopub), ("shell", self._shell)):
            if socket in ready:
                frames = socket.recv_multipart()
                _, parts = self._client.session.feed_identities(frames)
                read.append((channel, self._client.session.deserialize(parts)))
        return read


def answers(message: dict[str, Any], request: str) -> bool:
    return message["parent_header"].get("msg_id") == request


def _context() -> zmq.Context:
    """Connects again at once while a kernel is not yet listening, and never drops what it publishes."""
    context = zmq.Context()
    context.setsockopt(zmq.RECONNECT_IVL, 2)
    context.setsockopt(zmq.RCVHWM, 0)
    context.setsockopt(zmq.LINGER, 0)
    return context
