# What the run acts on: a folder of commands' logs and an HTTP service. Both write down every effect the moment it happens, so that the
# harness counts at the services and not at the journal.
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread


class Services:
    """Counts the effects of one run. An effect is known by its token."""

    def __init__(self, folder: Path) -> None:
        self.commands = folder / "commands.log"
        self.requests = folder / "requests.log"
        lock, requests = Lock(), self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                with lock, requests.open("a") as log:
                    log.write(f"{self.path[1:]}\n")
                self.send_response(200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def counts(self) -> Counter[str]:
        """How often each effect has happened."""
        logs = (log.read_text().split() for log in (self.commands, self.requests) if log.exists())
        return Counter(token for tokens in logs for token in tokens)

    def stop(self) -> None:
        self.server.shutdown()
