"""A Jupyter server extension that says who is at a page: one word for one message to a kernel, sealed with the key of its connection.

The kernel cannot see who sends it a message: the server passes the name on that the page has written. Whoever can read the files of the
server's account can read that key too, cells and terminals among them; docs/security.md says what the word proves.
"""

import hashlib
import hmac
import json
from datetime import datetime, timezone

from jupyter_server.auth.decorator import authorized
from jupyter_server.auth.identity import IdentityProvider, LegacyIdentityProvider, PasswordIdentityProvider
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

LONGEST_SUBJECT = 65_536
# These make a name at random for everybody who comes in with the token or the password.
ANONYMOUS = (IdentityProvider.get_user, PasswordIdentityProvider.get_user, LegacyIdentityProvider.get_user)


def knows_its_people(provider: IdentityProvider) -> bool:
    return type(provider).get_user not in ANONYMOUS


class VouchHandler(APIHandler):
    """`POST launchbook/vouch` with `{kernel, subject}`: the word that `contract/comms/vouch.ts` describes."""

    auth_resource = "kernels"

    @web.authenticated
    @authorized("execute")
    async def post(self) -> None:
        body = self.get_json_body()
        kernel, subject = (body.get(part) if isinstance(body, dict) else None for part in ("kernel", "subject"))
        if not isinstance(kernel, str) or not isinstance(subject, str) or len(subject) > LONGEST_SUBJECT:
            raise web.HTTPError(400, "A kernel and a subject are expected.")
        if not knows_its_people(self.identity_provider):
            raise web.HTTPError(404, "This server does not know its people.")
        if kernel not in self.kernel_manager:
            raise web.HTTPError(404, "There is no such kernel.")
        session = getattr(self.kernel_manager.get_kernel(kernel), "session", None)
        if session is None or not session.key:
            raise web.HTTPError(404, "The kernel belongs to another server.")
        user = self.current_user
        word = {"username": user.username, "name": user.name, "at": datetime.now(timezone.utc).isoformat(), "subject": subject}
        text = json.dumps(word)
        mac = hmac.new(session.key, f"launchbook-vouch\n{text}".encode(), hashlib.sha256).hexdigest()
        self.finish(json.dumps({"text": text, "mac": mac}))


def _load_jupyter_server_extension(server) -> None:
    path = url_path_join(server.web_app.settings["base_url"], "launchbook", "vouch")
    server.web_app.add_handlers(".*$", [(path, VouchHandler)])
    if knows_its_people(server.identity_provider):
        # Pages of a server that vouches for nobody need not ask.
        server.web_app.settings.setdefault("page_config_data", {})["launchbookVouches"] = "true"
