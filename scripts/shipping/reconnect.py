# Connects to one kernel many times under the same session, each time before the connection before it is closed, as a browser does whose
# network has dropped. Each time a cell must get its reply and its end. A gateway that replaces a connection may lose what is on its way: then
# one more connection is made, as a browser does too, and the kernel must answer that. Called with the server's address, its token, and how
# many times.
import json
import sys
import uuid

import requests
import websocket

TIMEOUT = 60
# Seconds that a reply may take, and how many connections may be lost on the way.
PATIENCE = 10
MOST_LOST = 10


def main(url: str, token: str, times: int) -> None:
    headers = {"Authorization": f"token {token}"}
    body = {"path": "scratch.ipynb", "name": "scratch.ipynb", "type": "notebook", "kernel": {"name": "launchbook"}}
    made = requests.post(f"{url}/api/sessions", json=body, headers=headers, timeout=TIMEOUT * 2)
    made.raise_for_status()
    session = uuid.uuid4().hex
    address = f"{url.replace('http', 'ws', 1)}/api/kernels/{made.json()['kernel']['id']}/channels?session_id={session}"
    before: list[websocket.WebSocket] = []
    lost = 0
    for index in range(times):
        while True:
            socket = websocket.create_connection(address, header=headers, timeout=PATIENCE)
            before.append(socket)
            try:
                ask(socket, session, index)
                break
            except (websocket.WebSocketTimeoutException, websocket.WebSocketConnectionClosedException):
                lost += 1
                if lost > MOST_LOST:
                    raise SystemExit(f"connection {index + 1}: no answer, for the {lost}th time") from None
        while len(before) > 1:
            before.pop(0).close()
    before.pop().close()
    print(f"{times} connections answered, {lost} made once more")


def ask(socket: websocket.WebSocket, session: str, index: int) -> None:
    """Runs a cell and waits for its reply and its idle."""
    request = uuid.uuid4().hex
    header = {"msg_id": request, "msg_type": "execute_request", "session": session, "username": "", "version": "5.3", "date": "2026-01-02T03:04:05Z"}
    content = {"code": f"{index} * 2", "silent": False, "store_history": True, "allow_stdin": False}
    socket.send(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}))
    awaited = {"execute_reply", "idle"}
    while awaited:
        message = json.loads(socket.recv())
        if message["parent_header"].get("msg_id") == request:
            awaited.discard(message["msg_type"])
            awaited.discard(message["content"].get("execution_state"))
            if message["msg_type"] == "execute_reply" and message["content"]["status"] != "ok":
                raise SystemExit(f"connection {index + 1}: {message['content']}")


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
