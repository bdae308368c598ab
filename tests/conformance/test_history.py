# History is kept on disk: a kernel finds what an earlier one has run, but nothing silent or unrecorded.
import os

from client import Client
from jupyter_client.manager import KernelManager


def ask(client, **content):
    request = client.channels.session.msg("history_request", {"output": False, "raw": True, **content})
    client.channels.shell_channel.send(request)
    reply = client.reply_to(request["header"]["msg_id"])["content"]
    assert reply["status"] == "ok"
    return reply["history"]


def run_kernel(tmp_path, work):
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "LAUNCHBOOK_HISTORY": str(tmp_path / "h.jsonl")})
    channels = manager.client()
    channels.start_channels()
    channels.wait_for_ready(timeout=60)
    try:
        return work(Client(manager, channels))
    finally:
        channels.stop_channels()
        manager.shutdown_kernel()


def test_a_later_kernel_finds_what_an_earlier_one_has_run(tmp_path):
    def earlier(client):
        client.run("const release = '1.0'")
        client.run("'hidden'", store_history=False)
        client.run("'silent'", silent=True)
        client.run("throw new Error('kept as well')")
        assert [source for *_, source in ask(client, hist_access_type="tail", n=9)] == [
            "const release = '1.0'",
            "throw new Error('kept as well')",
        ]

    def later(client):
        client.run("'of the later kernel'")
        [first, *_, last] = ask(client, hist_access_type="tail", n=9)
        assert first == [1, 1, "const release = '1.0'"]
        assert last == [2, 1, "'of the later kernel'"]
        previous = ask(client, hist_access_type="range", session=-1, start=1, stop=2)
        assert previous == [first]
        assert ask(client, hist_access_type="range", session=0, start=1, stop=9) == [last]
        assert ask(client, hist_access_type="search", pattern="const*", n=5) == [first]
        paired = ask(client, hist_access_type="tail", n=1, output=True)
        assert paired == [[2, 1, ["'of the later kernel'", None]]]

    run_kernel(tmp_path, earlier)
    run_kernel(tmp_path, later)
