# Messages that no client would send, made from a seed: random bytes, missing parts, bits turned over, other types in place of those
# expected, nested far too deep, signed rightly or wrongly, and recorded messages sent again.
import json
import random
from collections.abc import Callable

from wire import DELIMITER, Wire

TYPES = [
    "kernel_info_request", "execute_request", "complete_request", "inspect_request", "is_complete_request",
    "history_request", "comm_info_request", "comm_open", "comm_msg", "comm_close", "input_reply", "debug_request",
    "create_subshell_request", "connect_request", "status", "execute_reply", "", "__proto__", "constructor", "x" * 5000,
]  # fmt: skip
FIELDS = [
    "code", "silent", "store_history", "user_expressions", "allow_stdin", "cursor_pos", "detail_level", "n",
    "hist_access_type", "session", "start", "stop", "pattern", "comm_id", "target_name", "data", "value", "restart",
    "unique", "output", "__proto__", "",
]  # fmt: skip
# Nearly right: what the kernel understands, and may then stumble over.
LIKELY = [
    ("execute_request", {"code": "1", "silent": True, "stop_on_error": False, "user_expressions": {"a": "1"}}),
    ("complete_request", {"code": "Math.a😀", "cursor_pos": 6}),
    ("inspect_request", {"code": "Math.abs", "cursor_pos": 6, "detail_level": 1}),
    ("is_complete_request", {"code": "if (true) {"}),
    ("history_request", {"hist_access_type": "search", "pattern": "*", "n": 5, "unique": True, "output": True}),
    ("history_request", {"hist_access_type": "range", "session": 0, "start": 0, "stop": 9, "n": 5}),
    ("comm_info_request", {"target_name": "launchbook.run"}),
    ("comm_open", {"comm_id": "c1", "target_name": "launchbook.run", "data": {}}),
    ("comm_msg", {"comm_id": "c1", "data": {"type": "decide"}}),
    ("comm_close", {"comm_id": "c1", "data": {}}),
    ("kernel_info_request", {}),
    ("input_reply", {"value": "approve"}),
]
USUAL = ["1", "'a", "launchbook.run", "c1", "tail", "range", "search", "*", "?*?*", "Math.", "😀.", "\u0000"]


class Fuzzer:
    """The same seed makes the same messages, but for their ids."""

    def __init__(self, seed: int, wire: Wire) -> None:
        self.random = random.Random(seed)
        self.wire = wire
        self.recorded: list[tuple[str, list[bytes]]] = []
        self.kinds: list[Callable[[], list[bytes]]] = [
            self.noise, self.incomplete, self.forged, self.not_json, self.odd_parts, self.odd_header, self.odd_content,
            self.odd_content, self.turned_over, self.with_buffers, self.odd_shutdown,
        ]  # fmt: skip

    def send_one(self) -> None:
        r = self.random
        if self.recorded and r.random() < 0.1:
            channel, frames = r.choice(self.recorded)
        else:
            channel = r.choice(["shell", "shell", "shell", "control", "stdin", "iopub", "hb"])
            frames = r.choice(self.kinds)()
        if channel == "iopub":
            # What a subscriber sends is a subscription; the rest is noise to the kernel.
            self.wire.sockets["iopub"].send_multipart([r.choice([b"\x00", b"\x01", b"\x02", b""]) + r.randbytes(r.randrange(20))])
            return
        self.wire.sockets[channel].send_multipart(frames or [b""])
        if channel != "hb" and len(self.recorded) < 200:
            self.recorded.append((channel, frames or [b""]))

    def value(self, depth: int = 0):
        r = self.random
        kind = r.randrange(12)
        if kind < 2 and depth < 3:
            return {self.word(): self.value(depth + 1) for _ in range(r.randrange(4))}
        if kind < 4 and depth < 3:
            return [self.value(depth + 1) for _ in range(r.randrange(4))]
        plain = [None, True, False, 0, -1, 7, 1.5, 1e308, 2**53, -(2**63), "", self.word()]
        return r.choice(plain)

    def word(self) -> str:
        r = self.random
        return r.choice([*USUAL, *FIELDS, *TYPES, "".join(chr(r.choice([9, 65, 233, 0x2028, 0x1F600])) for _ in range(9))])

    def parts(self, msg_type: str, content, header=None) -> list[bytes]:
        head = {**self.wire.header(msg_type), **(header or {})}
        return [json.dumps(part).encode() for part in (head, {}, {}, content)]

    def signed(self, parts: list[bytes]) -> list[bytes]:
        return [DELIMITER, self.wire.sign(parts[:4]), *parts]

    def some(self) -> list[bytes]:
        if self.random.random() < 0.5:
            return self.parts(self.random.choice(TYPES), self.content())
        msg_type, content = self.random.choice(LIKELY)
        odd = {name: self.value() for name in content if self.random.random() < 0.2}
        harmless = {"code": "1", "stop_on_error": False} if msg_type == "execute_request" else {}
        return self.parts(msg_type, {**content, **odd, **harmless})

    # Nothing here really ends the kernel, and a cell that runs must not stop the queue of others, so what is sent
    # as code is harmless.
    def content(self):
        content = {self.random.choice(FIELDS): self.value() for _ in range(self.random.randrange(6))}
        return {**content, "stop_on_error": False, **({"code": "1"} if "code" in content else {})}

    def noise(self) -> list[bytes]:
        return [self.random.randbytes(self.random.randrange(200)) for _ in range(self.random.randrange(9))]

    def incomplete(self) -> list[bytes]:
        frames = self.signed(self.some())
        del frames[self.random.randrange(len(frames))]
        return frames

    def forged(self) -> list[bytes]:
        frames = self.signed(self.some())
        frames[1] = self.random.choice([b"", frames[1][:5], self.random.randbytes(64), frames[1][::-1] + b"0"])
        return frames

    def not_json(self) -> list[bytes]:
        parts = self.parts(self.random.choice(TYPES), self.content())
        bad = [b"", b"{", b"nul", b"\xff\xfe", b'"\\ud800"', b"[" * 50_000, b"9" * 5000, self.random.randbytes(50)]
        parts[self.random.randrange(4)] = self.random.choice(bad)
        return self.signed(parts)

    def odd_parts(self) -> list[bytes]:
        parts = self.parts(self.random.choice(TYPES), self.content())
        odd = self.value()
        parts[self.random.randrange(4)] = json.dumps({} if isinstance(odd, dict) else odd).encode()
        return self.signed(parts)

    def odd_header(self) -> list[bytes]:
        names = ["msg_id", "msg_type", "session", "username", "version", "date", "subshell_id", "__proto__", "deep"]
        odd = {self.random.choice(names): self.value() for _ in range(3)}
        parts = self.parts(self.random.choice(TYPES), self.content(), odd)
        if self.random.random() < 0.2:
            deep = b"[" * 20_000 + b"]" * 20_000
            parts[0] = parts[0][:-1] + b', "deep": ' + deep + b"}"
        return self.signed(parts)

    def odd_content(self) -> list[bytes]:
        parts = self.some()
        if self.random.random() < 0.1:
            deep = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
            parts[3] = b'{"code": "1", "stop_on_error": false, "data": ' + deep + b', "user_expressions": ' + deep + b"}"
        return self.signed(parts)

    def odd_shutdown(self) -> list[bytes]:
        restart = self.random.choice(["perhaps", 1, [], {}, ""])
        return self.signed(self.parts("shutdown_request", {"restart": restart}))

    def turned_over(self) -> list[bytes]:
        frames = self.signed(self.some())
        at = self.random.randrange(len(frames))
        if frames[at]:
            changed = bytearray(frames[at])
            changed[self.random.randrange(len(changed))] ^= 1 << self.random.randrange(8)
            frames[at] = bytes(changed)
        return frames

    def with_buffers(self) -> list[bytes]:
        identities = [self.random.randbytes(5) for _ in range(self.random.randrange(3))]
        buffers = [self.random.randbytes(self.random.randrange(2000)) for _ in range(self.random.randrange(4))]
        return [*identities, *self.signed(self.some()), *buffers]
