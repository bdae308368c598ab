# A page that gives its connection up while Jupyter Server still makes one to the gateway: the gateway sees the end of it.
import asyncio
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_server.gateway.gateway_client import GatewayClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler
from traitlets.config import LoggingConfigurable

sys.path.insert(0, str(Path(__file__).parents[2] / "python"))
from launchbook.gateway import ClosingConnection  # noqa: E402

PATIENCE = 10
SLOW = 0.3


class Kernel(LoggingConfigurable):
    kernel_id = "k"
    parent = None


class Handler(WebSocketHandler):
    """A gateway whose kernel is slow to tell what it is."""

    opened: list["Handler"] = []
    closed: list["Handler"] = []

    async def get(self, *args, **kwargs):
        await asyncio.sleep(SLOW)
        await super().get(*args, **kwargs)

    def open(self, *_args):
        self.opened.append(self)

    def on_close(self):
        self.closed.append(self)


async def until(holds) -> None:
    for _ in range(PATIENCE * 100):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the gateway still waits")


@pytest.mark.parametrize("given_up_after", [0, SLOW / 2, SLOW * 4], ids=["at once", "while it is made", "when it is made"])
def test_what_a_page_has_given_up_is_closed(given_up_after):
    async def tell() -> None:
        Handler.opened, Handler.closed = [], []
        sockets = bind_sockets(0, "127.0.0.1", family=socket.AF_INET)
        server = HTTPServer(Application([(r"/api/kernels/k/channels", Handler)]))
        server.add_sockets(sockets)
        GatewayClient.clear_instance()
        GatewayClient.instance(url=f"http://127.0.0.1:{sockets[0].getsockname()[1]}")
        connection = ClosingConnection(parent=Kernel(), websocket_handler=Handler(Application(), request()))
        await connection.connect()
        await asyncio.sleep(given_up_after)
        connection.disconnect()
        await until(lambda: len(Handler.opened) == 1)
        await until(lambda: Handler.closed == Handler.opened)
        server.stop()
        GatewayClient.clear_instance()

    asyncio.run(tell())


def request():
    return SimpleNamespace(connection=SimpleNamespace(set_close_callback=lambda _: None), headers={}, method="GET")
