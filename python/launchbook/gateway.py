"""A connection of Jupyter Server to a gateway that ends when its page has gone before it was made.

JupyterLab asks each gateway twice: first with a protocol that Jupyter Server does not speak there, then without. The server forgets the first
connection while it is being made, and leaves it open; Enterprise Gateway lets the second one wait for its end, for ever.
Set `ServerApp.kernel_websocket_connection_class` to `launchbook.gateway.ClosingConnection` where JupyterLab is in front of a gateway.
"""

from jupyter_server.gateway.connections import GatewayWebSocketConnection


class ClosingConnection(GatewayWebSocketConnection):
    """Jupyter Server's own, which closes what it has given up."""

    def disconnect(self):
        self.disconnected = True
        if self.ws is not None:
            self.ws.close()
        elif self.ws_future is not None:
            # A future that is cancelled forgets the connection that it is given later.
            self.ws_future.add_done_callback(_close)


def _close(future):
    if not future.cancelled() and future.exception() is None:
        future.result().close()
