# A run of 40 steps: shell commands, requests, waits, scatters, undo steps and approvals, every step with lines of output and a variable that
# the next one needs.
import json
from pathlib import Path

STEPS = 40
LINES = 6
RUN = {
    "id": "2.4.0-chaos-0a1b2c",
    "runbook": "release.ipynb",
    "commit": None,
    "release": "2.4.0",
    "environment": "test",
    "mode": "live",
    "createdAt": "2026-11-22T08:00:00.000Z",
    "createdBy": {"username": "ann", "name": "Ann Lee", "grade": "claimed"},
    "parameters": {},
}
# The type checker is not what is tested, and 300 starts of it take long.
SETTINGS = "environments: { test: {} }\ntypecheck: off\n"


def write_runbook(folder: Path, url: str) -> tuple[Path, dict[str, str]]:
    """Writes the run's notebook; returns its path and its cells by step, in order."""
    sources = {f"s{number:02}": source_of(number, url) for number in range(1, STEPS + 1)}
    cells = [
        {"id": step, "cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None}
        for step, text in sources.items()
    ]
    notebook = folder / "release.ipynb"
    metadata = {"launchbook": {"run": RUN}}
    notebook.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    (folder / "launchbook.yml").write_text(SETTINGS)
    return notebook, sources


def tokens_of(number: int) -> list[str]:
    """The effects of a step. Every fifth step and those that scatter have three, every tenth is an approval instead."""
    if number % 10 == 0:
        return []
    return [f"s{number:02}-{index}" for index in range(3 if number % 5 == 0 or scatters(number) else 1)]


def waits(number: int) -> bool:
    return number % 4 == 2 and number % 10 != 0


def scatters(number: int) -> bool:
    return number % 4 == 3


def undo_tokens() -> list[str]:
    """The effects of the undo steps, in the order in which they are registered."""
    return [f"u{number:02}" for number in range(1, STEPS + 1, 4)]


def lines_of(number: int) -> list[str]:
    return [f"s{number:02} line {index} of {value_of(number)}" for index in range(LINES)]


def value_of(number: int) -> int:
    return number * (number + 1) // 2


def source_of(number: int, url: str) -> str:
    before = "0" if number == 1 else f"v{number - 1:02}"
    value = f"v{number:02}"
    acts = [act_on(token, index + number, url) for index, token in enumerate(tokens_of(number))]
    if scatters(number):
        command = "$`sh -c ${'sleep 0.05; echo ' + token + ' >> commands.log'}`"
        acts = [f"await scatter({json.dumps(tokens_of(number))}, token => {command}, {{ concurrency: 2 }})"]
    if waits(number):
        acts.append("await soak('300ms', { every: '60ms', check: () => $`true`.then(() => true) })")
    if (undo := f"u{number:02}") in undo_tokens():
        acts.insert(0, f"await rollback('undo {undo}', () => $`sh -c ${{'sleep 0.05; echo {undo} >> commands.log'}}`)")
    if not acts:
        acts = [f"await approval('Hold {number}', {{ question: 'On?' }})"]
    half = LINES // 2
    printing = [f"console.log(`s{number:02} line {index} of ${{{value}}}`)" for index in range(LINES)]
    return "\n".join([f"const {value} = {before} + {number}", *printing[:half], *acts, *printing[half:]])


def act_on(token: str, turn: int, url: str) -> str:
    return f"await $`sh -c ${{'echo {token} >> commands.log'}}`" if turn % 2 else f"await http.post('{url}/{token}')"
