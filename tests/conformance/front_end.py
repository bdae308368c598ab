# What our JupyterLab extension says to the kernel, as far as tests need it.
import uuid

HELLO = {"version": 1, "user": {"username": "ann", "name": "Ann Lee"}, "outline": None}


def open_run_comm(client) -> str:
    """Opens the comm `launchbook.run` and waits for the run's state; returns the comm's id."""
    comm = uuid.uuid4().hex
    content = {"comm_id": comm, "target_name": "launchbook.run", "data": {**HELLO, "client": comm}}
    message = client.channels.session.msg("comm_open", content)
    client.channels.shell_channel.send(message)
    state = client.published_until(lambda m: m["msg_type"] == "comm_msg", message["header"]["msg_id"])
    assert state["content"]["data"]["type"] == "state"
    return comm


def tell_run_comm(client, comm: str, data: dict) -> dict:
    """Sends a message that the kernel answers; returns the answer."""
    message = client.channels.session.msg("comm_msg", {"comm_id": comm, "data": data})
    client.channels.shell_channel.send(message)
    answer = client.published_until(
        lambda m: m["msg_type"] == "comm_msg" and m["content"]["data"]["type"] == "answer",
        message["header"]["msg_id"],
    )
    return answer["content"]["data"]
