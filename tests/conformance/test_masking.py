# A secret that a cell has read leaves the kernel in no message and stays in no file: outputs, errors, answers, echo, journal,
# history, and the file of a long output.
import base64
import json
import os
from pathlib import Path

import pytest
from client import Client
from jupyter_client.manager import KernelManager

SECRET = "open-sesame/4711+x"
MASK = "«secret TOKEN»"
SEARCHED = [SECRET, json.dumps(SECRET)[1:-1], SECRET.encode().hex(), base64.b64encode(SECRET.encode()).decode()]

LOUD = [
    "console.log(token, String(token), token.reveal())",
    "process.stdout.write('open-ses'); await new Promise(done => setTimeout(done, 100)); process.stdout.write('ame/4711+x!\\n')",
    "for (const letter of token.reveal()) process.stdout.write(letter)",
    "console.error(encodeURIComponent(token.reveal()), Buffer.from(token.reveal()).toString('hex'))",
    "Buffer.from(token.reveal()).toString('base64')",
    "token.reveal()",
    "display.table([{ token: token.reveal() }]); display.json({ token: token.reveal() })",
    "await $`printf %s ${token}`",
    "await $`sh -c ${'printf \"$1\" | base64 >&2'} sh ${token}`",
    "await record('kept', () => ({ token: token.reveal() }))",
    "await note(`it is ${token.reveal()}`)",
    "await rollback(`undo ${token.reveal()}`, () => undefined)",
    "throw new Error(`refused: ${token.reveal()}`)",
    "await $`sh -c ${'echo \"$1\" >&2; exit 3'} sh ${token}`",
    f"const written = '{SECRET}'",
    "for (let line = 0; line < 150_000; line++) console.log(`${line} a long line of output with ${token.reveal()}`)",
    "console.log(Buffer.from(token.reveal()), [...Buffer.from(token.reveal())])",
    "console.log(JSON.stringify([...Buffer.from(token.reveal())], null, 2))",
    "console.log(btoa(btoa(token.reveal())), Buffer.from(token.reveal(), 'utf16le').toString('base64'))",
    "console.log([...token.reveal()].map(sign => `\\x1b[31m${sign}\\x1b[0m`).join(''))",
    "await $`sh -c ${'printf %s \"$1\" | od -An -tx1'} sh ${token}`",
    "await $`sh -c ${'printf %s \"$1\" | fold -w 9'} sh ${token}`",
    "setTimeout(() => console.log(token.reveal()), 50); await new Promise(done => setTimeout(done, 200))",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("masking")
    (folder / "token").write_text(f"{SECRET}\n")
    (folder / "launchbook.yml").write_text("secrets:\n  TOKEN: { file: token }\nenvironments:\n  none: {}\n")
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "n.ipynb").write_text(json.dumps(notebook))
    return folder


@pytest.fixture(scope="module")
def client(place):
    manager = KernelManager(kernel_name="launchbook")
    environment = {
        **os.environ,
        "JPY_SESSION_NAME": str(place / "n.ipynb"),
        "LAUNCHBOOK_HISTORY": str(place / "history.jsonl"),
    }
    manager.start_kernel(cwd=str(place), env=environment)
    channels = manager.client()
    channels.start_channels()
    channels.wait_for_ready(timeout=60)
    try:
        client = Client(manager, channels)
        assert client.run("const token = await secret('TOKEN')").content["status"] == "ok"
        yield client
    finally:
        channels.stop_channels()
        manager.shutdown_kernel()


def assert_clean(text: str, where: str) -> None:
    for form in SEARCHED:
        assert form not in text, f"{where} shows the secret as {form!r}"


@pytest.mark.parametrize("code", LOUD)
def test_no_message_of_a_cell_holds_it(client, code):
    run = client.run(code)
    seen = json.dumps([run.reply["content"], *[m["content"] for m in run.published]], ensure_ascii=False)
    assert_clean(seen, code)
    echo = run.contents("execute_input")[0]["code"]
    shown = seen.replace(json.dumps(echo, ensure_ascii=False), "") if SECRET not in code else seen
    if not code.startswith(("await record", "await note", "await rollback")):
        assert MASK in shown


@pytest.mark.parametrize("word", ["approved", "Rejected", "passed"])
def test_a_word_of_the_record_is_no_secret(client, word):
    content = client.run(f"await secret.command`echo {word}`").content
    assert content["status"] == "error"
    assert "cannot be used" in content["evalue"]
    assert client.run("console.log('it has passed and was approved')").text() == "it has passed and was approved\n"


def test_the_text_between_is_not_lost(client):
    run = client.run("console.log('a', token.reveal(), 'b'); process.stdout.write('open-ses')")
    assert run.text() == f"a {MASK} b\nopen-ses"


def test_no_file_holds_it(client, place):
    client.run("'the last cell'")
    files = [path for path in Path(place).rglob("*") if path.is_file() and path.name != "token"]
    names = [path.name for path in files]
    assert any(name.endswith(".journal.jsonl") for name in names), names
    assert any(path.parent.name.endswith(".outputs") for path in files), names
    assert "history.jsonl" in names
    for path in files:
        assert_clean(path.read_text(errors="replace"), path.name)
    journal = next(path for path in files if path.name.endswith(".journal.jsonl"))
    assert MASK in journal.read_text()
