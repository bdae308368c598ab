# The server extension that vouches for people, in a real Jupyter server that knows them by a header, and a decision at a real kernel.
import json
import os
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
import requests
import websocket
from server import TIMEOUT

ROOT = Path(__file__).parents[2]
CONFIG = """
from jupyter_server.auth import IdentityProvider, User

class FromProxy(IdentityProvider):
    def get_user(self, handler):
        name = handler.request.headers.get("X-Forwarded-User")
        return User(username=name, name=name.title()) if name else None

c.ServerApp.identity_provider_class = FromProxy
"""
RUN = {
    "id": "2.4.0-test-0a1b2c", "runbook": "release.ipynb", "commit": None, "release": "2.4.0", "environment": "test", "mode": "live",
    "createdAt": "2026-11-22T08:00:00.000Z", "createdBy": {"username": "ann", "name": "Ann", "grade": "claimed"}, "parameters": {},
}
XSRF = "0123456789abcdef0123456789abcdef"
GO = "await approval('Go', { grade: 'attested' })"


class Place:
    """A server in `folder`, with or without people that it knows, and a run with a hold point."""

    def __init__(self, folder: Path, config: str) -> None:
        runtime = folder / ".runtime"
        runtime.mkdir(parents=True)
        (runtime / "jupyter_server_config.py").write_text(config + "\nc.ServerApp.jpserver_extensions = {'launchbook': True}\n")
        cells = [{"id": "go", "cell_type": "code", "source": GO, "metadata": {}, "outputs": [], "execution_count": None}]
        content = {"cells": cells, "metadata": {"launchbook": {"run": RUN}}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "launchbook.yml").write_text("environments: { test: {} }\n")
        self.path = folder / "release.ipynb"
        self.path.write_text(json.dumps(content))
        environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(runtime), "PYTHONPATH": str(ROOT / "python"), "LAUNCHBOOK_HISTORY": "off"}
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", "--allow-root", f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=t"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + TIMEOUT
        self.url = ""
        while not self.url:
            assert time.monotonic() < deadline and self.process.poll() is None, "the server did not come up"
            for file in runtime.glob("jpserver-*.json"):
                try:
                    self.url = f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
                except json.JSONDecodeError:
                    pass  # the file is there a moment before what stands in it
            time.sleep(0.1)
        while True:
            try:
                requests.get(f"{self.url}/api", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)

    def post(self, path: str, body: dict, user: str = "ann") -> requests.Response:
        headers = {"Authorization": "token t", "X-Forwarded-User": user, "X-XSRFToken": XSRF}
        return requests.post(f"{self.url}/{path}", json=body, headers=headers, cookies={"_xsrf": XSRF}, timeout=TIMEOUT)

    def page(self) -> dict:
        """What JupyterLab's page is told."""
        headers = {"Authorization": "token t", "X-Forwarded-User": "ann"}
        html = requests.get(f"{self.url}/lab", headers=headers, timeout=TIMEOUT).text
        return json.loads(re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', html, re.S)[1])

    def kernel(self) -> str:
        body = {"path": self.path.name, "name": self.path.name, "type": "notebook", "kernel": {"name": "launchbook"}}
        answer = self.post("api/sessions", body)
        answer.raise_for_status()
        return answer.json()["kernel"]["id"]


@pytest.fixture
def place(tmp_path, request):
    made = Place(tmp_path / "served", getattr(request, "param", CONFIG))
    yield made
    made.process.terminate()
    made.process.wait(timeout=TIMEOUT)


class Page:
    """What a page sends to the kernel, through the server, as `user` says of themselves."""

    def __init__(self, place: Place, kernel: str, user: str) -> None:
        self.place, self.kernel, self.user, self.session = place, kernel, user, uuid.uuid4().hex
        address = f"{place.url.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id={self.session}"
        self.socket = websocket.create_connection(address, header={"Authorization": "token t", "X-Forwarded-User": user}, timeout=TIMEOUT)
        self.comm = uuid.uuid4().hex
        hello = {"version": 1, "client": self.comm, "user": {"username": user, "name": user}, "outline": None}
        self.send("comm_open", {"comm_id": self.comm, "target_name": "launchbook.run", "data": hello})
        self.until(lambda data: data.get("type") == "state")

    def send(self, kind: str, content: dict, metadata: dict | None = None) -> str:
        id = uuid.uuid4().hex
        header = {"msg_id": id, "msg_type": kind, "session": self.session, "username": self.user, "version": "5.3", "date": "2026-11-30T00:00:00Z"}
        self.socket.send(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": metadata or {}, "content": content, "buffers": []}))
        return id

    def until(self, matches) -> dict:
        while True:
            message = json.loads(self.socket.recv())
            data = message["content"].get("data", {}) if message["msg_type"] == "comm_msg" else {}
            if matches(data):
                return data

    def decide(self, asked: dict, vouched_as: str | None) -> dict | None:
        """The error of the decision, or None."""
        message = {"type": "decide", "request": uuid.uuid4().hex, "approval": asked["approval"], "content": asked["content"], "decision": "approved", "comment": ""}
        if vouched_as is not None:
            subject = json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            answer = self.place.post("launchbook/vouch", {"kernel": self.kernel, "subject": subject}, vouched_as)
            answer.raise_for_status()
            message = {**message, "vouch": answer.json()}
        self.send("comm_msg", {"comm_id": self.comm, "data": message})
        return self.until(lambda data: data.get("request") == message["request"])["error"]


def records_of(place: Place, kind: str) -> list[dict]:
    journal = place.path.with_name("release.journal.jsonl")
    return [] if not journal.exists() else [record for record in map(json.loads, journal.read_text().splitlines()) if record["kind"] == kind]


def test_a_decision_counts_under_the_name_of_the_server_and_not_under_the_one_of_the_page(place):
    page = Page(place, place.kernel(), "ann")
    page.send("execute_request", {"code": GO, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}, {"cellId": "go"})
    deadline = time.monotonic() + TIMEOUT
    while not (asked := records_of(place, "approval-requested")):
        assert time.monotonic() < deadline, "nobody was asked"
        time.sleep(0.1)
    # The page claims to be ann: that alone is too weak, and the server has the last word on who it is.
    assert "needs a decision of grade attested" in page.decide(asked[0], None)["message"]
    assert page.decide(asked[0], "bob") is None
    [decided] = records_of(place, "approval-decided")
    assert decided["decision"]["by"] == {"username": "bob", "name": "Bob", "grade": "attested"}


def test_the_server_vouches_for_its_own_kernels_to_people_who_came_in(place):
    kernel = place.kernel()
    vouch = lambda body: place.post("launchbook/vouch", body).status_code  # noqa: E731
    assert vouch({"kernel": kernel, "subject": "s"}) == 200
    assert vouch({"kernel": "other", "subject": "s"}) == 404
    assert vouch({"kernel": kernel, "subject": "s" * 70_000}) == 400
    assert vouch({"kernel": kernel}) == 400
    stranger = requests.post(f"{place.url}/launchbook/vouch", json={"kernel": kernel, "subject": "s"}, timeout=TIMEOUT)
    assert stranger.status_code == 403
    assert place.page().get("launchbookVouches") == "true"


@pytest.mark.parametrize("place", [""], indirect=True)
def test_a_server_that_gives_names_at_random_vouches_for_nobody(place):
    answer = place.post("launchbook/vouch", {"kernel": place.kernel(), "subject": "s"})
    assert answer.status_code == 404
    assert "does not know its people" in answer.text
    assert "launchbookVouches" not in place.page()
