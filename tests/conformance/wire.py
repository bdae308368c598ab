# A client that shares no code with Jupyter's: sockets of libzmq, and messages put together byte by byte.
import hashlib
import hmac
import json
import time
import uuid
from typing import Any

import zmq
from jupyter_client.manager import KernelManager

DELIMITER = b"<IDS|MSG>"
TIMEOUT = 60


class Wire:
    """Raw sockets of one client. Those of `sockets` are connected at once, others by `connect`."""

    def __init__(self, manager: KernelManager, sockets=("shell", "control", "stdin", "iopub", "hb")) -> None:
        self.info = manager.get_connection_info()
        self.identity = uuid.uuid4().hex.encode()
        self.session = uuid.uuid4().hex
        self.key = self.info["key"]
        self.context = zmq.Context()
        self.sockets: dict[str, zmq.Socket] = {}
        for name in sockets:
            self.connect(name)

    def connect(self, name: str, kind: int | None = None) -> zmq.Socket:
        kind = kind or {"iopub": zmq.SUB, "hb": zmq.REQ}.get(name, zmq.DEALER)
        socket = self.context.socket(kind)
        socket.linger = 0
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        elif kind == zmq.DEALER and name != "hb":
            socket.setsockopt(zmq.IDENTITY, self.identity)
        socket.connect(f"{self.info['transport']}://{self.info['ip']}:{self.info[f'{name}_port']}")
        self.sockets[name] = socket
        if kind == zmq.SUB:
            while self.receive("iopub")["header"]["msg_type"] != "iopub_welcome":
                pass
        return socket

    def header(self, msg_type: str) -> dict[str, Any]:
        return {
            "msg_id": uuid.uuid4().hex,
            "msg_type": msg_type,
            "session": self.session,
            "username": "wire",
            "version": "5.3",
            "date": "2026-01-02T03:04:05.000Z",
        }

    def sign(self, parts: list[bytes]) -> bytes:
        signature = hmac.new(self.key, digestmod=hashlib.sha256)
        for part in parts:
            signature.update(part)
        return signature.hexdigest().encode()

    def frames(self, msg_type: str, content: Any, parent: Any = None) -> tuple[str, list[bytes]]:
        """A signed message and its id."""
        header = self.header(msg_type)
        parts = [json.dumps(part).encode() for part in (header, parent or {}, {}, content)]
        return header["msg_id"], [DELIMITER, self.sign(parts), *parts]

    def send(self, channel: str, msg_type: str, content: Any, parent: Any = None) -> str:
        id, frames = self.frames(msg_type, content, parent)
        self.sockets[channel].send_multipart(frames)
        return id

    def execute(self, code: str, **content: Any) -> str:
        return self.send("shell", "execute_request", {"code": code, "allow_stdin": False, **content})

    def receive(self, channel: str, timeout: float = TIMEOUT) -> dict[str, Any]:
        """The next message; its signature is checked."""
        assert self.sockets[channel].poll(timeout * 1000), f"nothing came on {channel}"
        frames = self.sockets[channel].recv_multipart()
        at = frames.index(DELIMITER)
        signature, *parts = frames[at + 1 : at + 6]
        assert signature == self.sign(parts)
        header, parent, metadata, content = (json.loads(part) for part in parts)
        return {"header": header, "parent": parent, "metadata": metadata, "content": content, "to": frames[:at]}

    def reply(self, channel: str, id: str, timeout: float = TIMEOUT) -> dict[str, Any]:
        """The message on `channel` that answers the request `id`."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            message = self.receive(channel, timeout)
            if message["parent"].get("msg_id") == id:
                return message
        raise AssertionError(f"no answer to {id} came on {channel}")

    def published(self, id: str) -> list[dict[str, Any]]:
        """Everything on iopub for the request, up to its idle."""
        mine: list[dict[str, Any]] = []
        while not mine or mine[-1]["content"].get("execution_state") != "idle":
            message = self.receive("iopub")
            if message["parent"].get("msg_id") == id:
                mine.append(message)
        return mine

    def close(self) -> None:
        self.context.destroy(linger=0)
