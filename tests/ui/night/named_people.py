# Configuration of a JupyterLab whose people have names: who comes is whom the cookie "person" names, as behind a proxy that has asked.
import json
from urllib.parse import unquote

from jupyter_server.auth import PasswordIdentityProvider, User


class NamedPeople(PasswordIdentityProvider):
    def generate_anonymous_user(self, handler):
        cookie = handler.get_cookie("person")
        if cookie is None:
            return super().generate_anonymous_user(handler)
        person = json.loads(unquote(cookie))
        name = person["name"]
        initials = "".join(word[0] for word in name.split())
        return User(username=person["username"], name=name, display_name=name, initials=initials)


c = get_config()  # noqa: F821
c.ServerApp.identity_provider_class = NamedPeople
