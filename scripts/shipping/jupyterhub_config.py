# A hub for ann and bob on one machine, for the proof: the real hub and proxy, servers started by its simple spawner, one password.
# Bob may use ann's server, as `Sharing access to your server` of JupyterHub's documentation describes.
import json
import os

place = json.loads(os.environ["LAUNCHBOOK_HUB"])

c = get_config()  # noqa: F821
c.JupyterHub.bind_url = f"http://127.0.0.1:{place['port']}"
c.JupyterHub.hub_port = place["hubPort"]
c.JupyterHub.db_url = f"sqlite:///{place['home']}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{place['home']}/cookie-secret"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = place["password"]
c.Authenticator.allowed_users = {"ann", "bob", "carol"}
c.JupyterHub.load_roles = [{"name": "helper", "users": ["bob"], "scopes": ["access:servers!user=ann"]}]
c.ConfigurableHTTPProxy.command = place["proxy"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{place['proxyPort']}"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = place["home"] + "/{username}"
c.Spawner.notebook_dir = place["folder"]
c.Spawner.default_url = "/lab"
c.Spawner.args = ["--allow-root", "--LabApp.news_url=None"]
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180

if "decide" in place:
    # The decision page as a service of the hub, with a login and a key of its own, at an address that no server of a person has.
    c.JupyterHub.public_url = f"http://127.0.0.1:{place['port']}/"
    c.JupyterHub.services = [
        {
            "name": "launchbook",
            "oauth_redirect_uri": f"{place['decide']['origin']}/decide/hub/callback",
            "oauth_no_confirm": True,
            "command": place["decide"]["command"],
            "cwd": place["folder"],
            "environment": {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]},
        }
    ]
    scopes = ["access:services!service=launchbook"]
    c.JupyterHub.load_roles += [{"name": "decider", "users": ["ann", "bob"], "scopes": scopes}]
