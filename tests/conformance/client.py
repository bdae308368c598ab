# What the tests ask of a kernel, over jupyter_client: run a cell and get everything that belongs to it.
import time
from dataclasses import dataclass, field
from queue import Empty
from typing import Any

TIMEOUT = 60


@dataclass
class Run:
    """A finished request: its reply, and what was published for it, idle included."""

    reply: dict[str, Any]
    published: list[dict[str, Any]] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        return self.reply["content"]

    @property
    def types(self) -> list[str]:
        return [m["content"].get("execution_state", m["msg_type"]) for m in self.published]

    def text(self, name: str = "stdout") -> str:
        streams = (m["content"] for m in self.published if m["msg_type"] == "stream")
        return "".join(s["text"] for s in streams if s["name"] == name)

    def contents(self, msg_type: str) -> list[dict[str, Any]]:
        return [m["content"] for m in self.published if m["msg_type"] == msg_type]


class Client:
    """A client that keeps what it has read until somebody asks for it."""

    def __init__(self, manager, channels) -> None:
        self.manager = manager
        self.channels = channels
        self.published: list[dict[str, Any]] = []
        self.replies: dict[str, dict[str, Any]] = {}

    def send(self, code: str, **options: Any) -> str:
        """Sends a cell; returns the id of its request."""
        return self.channels.execute(code, **{"allow_stdin": False, **options})

    def run(self, code: str, **options: Any) -> Run:
        """Sends a cell and waits for its end."""
        return self.finish(self.send(code, **options))

    def finish(self, request: str) -> Run:
        """Waits for reply and idle of a request."""
        reply = self.reply_to(request)
        self.published_until(
            lambda m: m["content"].get("execution_state") == "idle", request
        )
        mine = [m for m in self.published if m["parent_header"].get("msg_id") == request]
        return Run(reply, mine)

    def reply_to(self, request: str) -> dict[str, Any]:
        while request not in self.replies:
            message = self.channels.get_shell_msg(timeout=TIMEOUT)
            self.replies[message["parent_header"]["msg_id"]] = message
        return self.replies[request]

    def published_until(self, matches, request: str) -> dict[str, Any]:
        """The first iopub message of `request` that matches, read or still to come."""
        seen = 0
        deadline = time.monotonic() + TIMEOUT
        while True:
            for message in self.published[seen:]:
                if message["parent_header"].get("msg_id") == request and matches(message):
                    return message
            seen = len(self.published)
            try:
                self.published.append(self.channels.get_iopub_msg(timeout=1))
            except Empty:
                assert time.monotonic() < deadline, "the awaited message did not come"

    def published_so_far(self, request: str) -> list[dict[str, Any]]:
        """What has been published for a request and is here within half a second."""
        try:
            while True:
                self.published.append(self.channels.get_iopub_msg(timeout=0.5))
        except Empty:
            return [m for m in self.published if m["parent_header"].get("msg_id") == request]

    def wait_for_text(self, request: str, text: str) -> None:
        """Waits until a cell has printed `text`."""
        self.published_until(
            lambda m: m["msg_type"] == "stream" and text in m["content"]["text"], request
        )

    def input_request(self) -> dict[str, Any]:
        return self.channels.get_stdin_msg(timeout=TIMEOUT)

    def control(self, msg_type: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        """Sends a request on the control channel and waits for its reply."""
        message = self.channels.session.msg(msg_type, content or {})
        self.channels.control_channel.send(message)
        while True:
            reply = self.channels.get_control_msg(timeout=TIMEOUT)
            if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
                return reply
