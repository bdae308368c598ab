# What VS Code relies on: the kernel is ready when kernel_info is answered on control and shell and something came on iopub; a cell ends
# when its reply and its idle have both come, in either order; cells go on after an error, because it asks for that.
from wire import Wire


def test_the_kernel_shows_that_it_is_ready(client):
    wire = Wire(client.manager)
    for channel in ("control", "shell"):
        id = wire.send(channel, "kernel_info_request", {})
        assert wire.reply(channel, id)["content"]["status"] == "ok"
        assert wire.published(id) != []
    wire.close()


def test_cells_as_it_sends_them(client):
    wire = Wire(client.manager)
    cells = ["console.log('a')", "throw new Error('x')", "const wrong: number = 'text'", "'after'"]
    ids = []
    for code in cells:
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": True,
            "stop_on_error": False,
        }
        id, frames = wire.frames("execute_request", content)
        wire.sockets["shell"].send_multipart(frames)
        ids.append(id)
    statuses = [wire.reply("shell", id)["content"]["status"] for id in ids]
    assert statuses == ["ok", "error", "error", "ok"]
    ends = [wire.published(id)[-1]["content"]["execution_state"] for id in ids]
    assert ends == ["idle"] * 4
    wire.close()


def test_it_may_name_the_cell(client):
    message = client.channels.session.msg(
        "execute_request",
        {"code": "1", "silent": False, "stop_on_error": False, "allow_stdin": True},
        metadata={"cellId": "vscode-notebook-cell:/srv/release.ipynb#W0sZmlsZQ=="},
    )
    client.channels.shell_channel.send(message)
    assert client.finish(message["header"]["msg_id"]).content["status"] == "ok"
