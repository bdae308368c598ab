# Connects to one kernel many times under the same session, each time before the connection before it is closed, as a browser does whose
# network has dropped. Each time a cell must get its reply and its end. Called with the address of a server or gateway, its token, how many
# times, and how many connections in a row may be lost: where a server is in front of a gateway, it makes a connection again that the
# gateway has replaced, and so replaces the newer one with what is on its way. One more connection is made then, as a browser does too.
import json
import sys
import uuid

import requests
import websocket

TIMEOUT = 60
# Seconds that a reply may take.
PATIENCE = 4


def main(url: str, token: str, times: int, most_lost: int) -> None:
    headers = {"Authorization": f"token {token}"}
    # Enterprise Gateway starts nothing for root.
    body = {"name": "launchbook", "env": {"KERNEL_USERNAME": "ann"}}
    made = requests.post(f"{url}/api/kernels", json=body, headers=headers, timeout=TIMEOUT * 2)
    made.raise_for_status()
    session = uuid.uuid4().hex
    address = f"{url.replace('http', 'ws', 1)}/api/kernels/{made.json()['id']}/channels?session_id={session}"
    before: list[websocket.WebSocket] = []
    lost = 0
    for index in range(times):
        in_a_row = 0
        while True:
            socket = websocket.create_connection(address, header=headers, timeout=PATIENCE)
            before.append(socket)
            try:
                ask(socket, session, index)
                break
            except (websocket.WebSocketTimeoutException, websocket.WebSocketConnectionClosedException):
                lost += 1
                in_a_row += 1
                if in_a_row > most_lost:
                    raise SystemExit(f"connection {index + 1}: no answer, {in_a_row} times in a row ({lost} in all)") from None
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


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
