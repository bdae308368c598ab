# A dry run of the release runbook in a real kernel: the whole plan is printed, and neither the fleet nor its search is touched.
import json
import os
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from client import Client
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def touched():
    """What reached the world: requests to any address of the environment."""
    return []


@pytest.fixture(scope="module")
def environment(tmp_path_factory, touched):
    folder = tmp_path_factory.mktemp("world")
    program = folder / "fleetctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {folder / "fleetctl.log"}\n')
    program.chmod(0o755)

    class Answer(BaseHTTPRequestHandler):
        def handle(self):
            touched.append("connection")
            super().handle()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    names = ["FLEET_CATALOG_URL", "FLEET_ORDERS_URL", "FLEET_PAYMENTS_URL", "FLEET_SEARCH_URL"]
    yield {
        **os.environ,
        **dict.fromkeys(names, url),
        "FLEET_SEARCH_TOKEN": "fleet-token-4711",
        "FLEET_STATE": str(folder),
        "PATH": f"{folder}:{os.environ['PATH']}",
        "FLEETCTL_LOG": str(folder / "fleetctl.log"),
    }
    server.shutdown()


@pytest.fixture(scope="module")
def run(tmp_path_factory, environment):
    """A run in mode dry-run as `launchbook new` makes it."""
    folder = tmp_path_factory.mktemp("shop")
    for name in ["release.ipynb", "launchbook.yml"]:
        (folder / name).write_text((ROOT / "examples" / name).read_text())
    # What was never committed becomes no run.
    identity = ["-c", "user.name=Ann Lee", "-c", "user.email=ann@example.com"]
    for command in [["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "Begin"]]:
        subprocess.run(["git", *command], cwd=folder, check=True)
    command = [os.environ["LAUNCHBOOK_NODE"], str(ROOT / "lib/cli/main.js"), "new", "release.ipynb", "--release", "2.4.0"]
    options = ["--env", "staging", "--mode", "dry-run", "--out", "plan"]
    subprocess.run([*command, *options], cwd=folder, env=environment, check=True, timeout=60)
    return folder / "plan" / "release.ipynb"


@pytest.fixture(scope="module")
def client(run, environment):
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(run.parent), env={**environment, "JPY_SESSION_NAME": str(run)})
    channels = manager.client()
    channels.start_channels()
    channels.wait_for_ready(timeout=60)
    try:
        yield Client(manager, channels)
    finally:
        channels.stop_channels()
        manager.shutdown_kernel()


@pytest.fixture(scope="module")
def plan(run, client):
    cells = json.loads(run.read_text())["cells"]
    runs = [client.run("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    assert [r.content["status"] for r in runs] == ["ok"] * len(runs), [r.contents("error") for r in runs]
    return re.sub(r"http://127\.0\.0\.1:\d+", "URL", "".join(r.text() for r in runs)).splitlines()


def test_a_dry_run_prints_the_whole_plan_in_order(plan):
    assert plan == [
        "would run    fleetctl status",
        'would search search index=fleet level="ERROR" version="2.3.1" | stats count AS errors BY service (-15m to now)',
        "would run    fleetctl migrate --to 5 --dry-run",
        "would run    fleetctl migrate --to 5",
        "would run    fleetctl validate",
        "would run    fleetctl deploy catalog orders --version 2.4.0",
        "would send   GET URL/health, every 1s for up to 30s",
        "would send   GET URL/version",
        "would run    fleetctl status catalog orders",
        "would ask    qa-lead for the approval “QA sign-off”: "
        "Do catalog and orders 2.4.0 behave as tested, so that payments may follow?",
        "would run    fleetctl deploy payments --version 2.4.0",
        "would run    fleetctl status",
        'would search search index=fleet level="ERROR" version="2.4.0" (-15m to now)',
        'would search search index=fleet version="2.4.0" '
        "| stats count AS entries, max(durationMs) AS slowestMs BY service (-15m to now)",
        "would ask    people to tick “Closing”: ☐ The dashboards have been green for 10 minutes "
        "☐ Customer care knows about delivery windows ☐ The change record is closed",
    ]


def test_a_rollback_of_a_dry_run_is_a_plan_too(plan, client):
    assert client.run("await rollback.run()").text().splitlines() == [
        "would run    fleetctl rollback payments --to 2.3.1",
        "would run    fleetctl rollback catalog orders --to 2.3.1",
        "would run    fleetctl migrate --to 4",
    ]


def test_a_dry_run_touches_nothing(plan, touched, environment):
    assert touched == []
    assert not Path(environment["FLEETCTL_LOG"]).exists()


def test_the_journal_of_a_dry_run_has_planned_effects_and_no_performed_ones(plan, run):
    records = [json.loads(line) for line in run.with_name("release.journal.jsonl").read_text().splitlines()]
    kinds = [record["kind"] for record in records]
    assert records[0]["run"]["mode"] == "dry-run"
    assert kinds.count("effect-planned") >= len(plan)
    assert not {"effect-started", "effect-ended", "approval-requested", "checklist-requested"} & set(kinds)


def test_an_error_for_want_of_a_value_says_that_nothing_was_performed(plan, client):
    cell = "const { items } = await $`fleetctl status --json`.json(); items.map(String)"
    content = client.run(cell).content
    assert content["ename"] == "TypeError"
    assert "This is a dry run: nothing was performed" in content["traceback"][-1]
    assert "dryRun" in content["traceback"][-1]
    assert client.run("await $({ dryRun: { items: [1] } })`fleetctl status --json`.json()").content["status"] == "ok"
