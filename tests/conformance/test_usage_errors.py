# A wrong call of any helper: nothing is done, every fault is listed, and the traceback points at the line of the cell.
import json
import os
import re

import pytest
from client import Client
from jupyter_client.manager import KernelManager

# The code of the second line of a cell, and the faults that it has.
WRONG = [
    ("await $({ timeout: 'soon', retry: -1 })`true`", ["'timeout' is 'soon' (a string)", "'retry' is -1 (a number)"]),
    ("await $`ls ${undefined} ${{}}`", ["Value 1 is undefined", "Value 2 is {} (an object)"]),
    ("await $({ cwd: '/no/such' })`true`", ["'cwd' is '/no/such'"]),
    ("await $.ssh('-x', { port: 'y' })`true`", ["The host is '-x' (a string)", "'port' is 'y' (a string)"]),
    ("await $.on([])`true`", ["The hosts are [] (a list)"]),
    ("await http.get('here', { retries: 3 })", ["The URL is 'here' (a string)", "'retries' is not an option"]),
    ("await http.get('http://localhost').until(1, {})", ["The condition is 1 (a number)", "'timeout' is missing"]),
    ("splunk.search().where({ a: { over: 1 }, latest: 1 })", ["'a' is compared by 'over'", "The field 'latest'"]),
    ("await splunk.search().run({ limit: 0, via: 5 })", ["'limit' is 0 (a number)", "'via' is 5 (a number)"]),
    ("await record('', 5)", ["The name is '' (a string)", "The function is 5 (a number)"]),
    ("await note(5)", ["The text is 5 (a number)"]),
    ("await checkpoint('')", ["The name is '' (a string)"]),
    ("await poll(5, { every: 'x' })", ["The check is 5 (a number)", "'every' is 'x' (a string)"]),
    ("await soak(-1, { every: 'x' })", ["The length is -1 (a number)", "'every' is 'x' (a string)"]),
    ("await scatter(5, 6)", ["The list of items is 5 (a number)", "The work is 6 (a number)"]),
    ("await rollback('', 5)", ["The name is '' (a string)", "The undo is 5 (a number)"]),
    ("await rollback.run({ two: 1 })", ["'two' is not an option. Did you mean 'to'?"]),
    ("await approval('', { approvers: 'x' })", ["The name is '' (a string)", "'approvers' is 'x' (a string)"]),
    ("await checklist('x', [{ text: '' }, 5])", ["Item 1: 'text' is '' (a string)", "Item 2 is 5 (a number)"]),
    ("await slack.post('', { chanel: 1 })", ["The text is '' (a string)", "Did you mean 'channel'?"]),
    ("await secret('')", ["The name is '' (a string)"]),
    ("display.status('fine', '')", ["The status is 'fine' (a string)", "The text is '' (a string)"]),
    ("display.lineChart(5, { x: 5 })", ["The rows are 5 (a number)", "'x' is 5 (a number)"]),
    ("environment.vars.nowhere", ["has no variable 'nowhere'"]),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usage")
    # The checker would stop these cells before they run.
    (folder / "launchbook.yml").write_text("typecheck: off\nenvironments:\n  none: {}\n")
    (folder / "n.ipynb").write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(folder), env={**os.environ, "JPY_SESSION_NAME": str(folder / "n.ipynb")})
    channels = manager.client()
    channels.start_channels()
    channels.wait_for_ready(timeout=60)
    try:
        yield Client(manager, channels)
    finally:
        channels.stop_channels()
        manager.shutdown_kernel()


@pytest.mark.parametrize(("code", "faults"), WRONG, ids=[code for code, _ in WRONG])
def test_a_wrong_call_lists_its_faults_and_points_at_its_line(client, code, faults):
    content = client.run(f"// the first line\n{code}").content
    assert content["ename"] == "UsageError", content
    for fault in faults:
        assert fault in content["evalue"]
    frames = [line.strip() for line in content["traceback"] if re.match(r"\s+at ", line)]
    assert len(frames) == 1, content["traceback"]
    assert re.fullmatch(r"at \[\d+\]:2:\d+", frames[0]), frames
