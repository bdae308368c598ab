# Announces a cell's text over the comm `launchbook.check`, as a front end does while a person still reads: text in,
# diagnostics out. A kernel without that comm closes it at once.
import uuid

from kernel import Kernel, Timeout

TARGET = "launchbook.check"
PATIENCE = 2.0


class CheckAhead:
    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._comm = uuid.uuid4().hex
        kernel.send("comm_open", {"comm_id": self._comm, "target_name": TARGET, "data": {"version": 1}})
        self.is_offered = not self._is_closed()

    def announce(self, code: str) -> None:
        """Sends the text and waits for the diagnostics of it."""
        data = {"request": uuid.uuid4().hex, "code": code}
        self._kernel.send("comm_msg", {"comm_id": self._comm, "data": data})
        try:
            self._kernel.await_message(lambda m: m["msg_type"] == "comm_msg" and self._is_mine(m), PATIENCE)
        except Timeout:
            self.is_offered = False
            raise

    def _is_closed(self) -> bool:
        heard = self._kernel.listen(0.5)
        return any(m["msg_type"] == "comm_close" and self._is_mine(m) for m in heard)

    def _is_mine(self, message: dict) -> bool:
        return message["content"].get("comm_id") == self._comm
