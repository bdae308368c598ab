# One run that is killed again and again and resumed each time, as a person would: whatever is inconclusive is judged from the
# services' own logs. Everything is counted at the end.
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

from lives import TIMEOUT, Life, is_alive
from runbook import STEPS, lines_of, tokens_of, undo_tokens, write_runbook
from services import Services

# Starting a Jupyter server takes longer than starting a kernel.
SERVER_SHARE = 0.2


@dataclass
class Figures:
    """What was counted. Everything from `twice` on must be 0."""

    kills: Counter = field(default_factory=Counter)
    places: Counter = field(default_factory=Counter)
    lives: int = 0
    judged: Counter = field(default_factory=Counter)
    effects: int = 0
    approvals: int = 0
    lines: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    approvals_lost: list[str] = field(default_factory=list)
    approvals_invented: list[str] = field(default_factory=list)
    lines_wrong: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [
            *self.twice,
            *self.lost,
            *self.approvals_lost,
            *self.approvals_invented,
            *self.lines_wrong,
            *self.other,
        ]


class Killed(Exception):
    """The kernel is gone: the run goes on in a new one."""


class ChaosRun:
    def __init__(self, folder: Path, seed: int, kills: int) -> None:
        self.services = Services(folder)
        self.notebook, self.sources = write_runbook(folder, self.services.url)
        self.journal = self.notebook.with_name("release.journal.jsonl")
        self.random = random.Random(seed)
        self.left = kills
        # The last ones are for the way back.
        self.kept_for_undo = kills * 3 // 10
        self.figures = Figures()
        self.sent: list[str] = []
        self.went_on: set[str] = set()
        self.is_undoing = False
        self.seen: dict[tuple[str, int], str] = {}
        self.life: Life | None = None

    def finish(self) -> Figures:
        """Runs to the end of the last step, through all deaths; the kills that are left over come afterwards."""
        try:
            while not self.live():
                pass
            self.count()
        except Exception as error:  # noqa: BLE001 a run that cannot go on is a result
            self.figures.other.append(f"{self.notebook.parent.name}: {type(error).__name__}: {error}")
        finally:
            self.services.stop()
        return self.figures

    def live(self) -> bool:
        """One kernel's life. True when the run is at its end."""
        self.figures.lives += 1
        with_server = self.left > 0 and self.random.random() < SERVER_SHARE
        self.life = Life(self.notebook, with_server)
        self.gone, self.resumed = threading.Event(), threading.Event()
        plan = random.Random(self.random.random())
        killer = threading.Thread(target=self.kill, args=(plan,), daemon=True)
        killer.start()
        try:
            self.resume()
            self.resumed.set()
            if not self.is_undoing:
                for step in self.sources:
                    if not self.has_passed(step):
                        self.pass_step(step)
                self.is_undoing = True
            self.undo()
            return True
        except Killed:
            return False
        finally:
            self.gone.set()
            killer.join(TIMEOUT)
            self.life.end()

    def kill(self, plan: random.Random) -> None:
        """Kills executors until a kernel or its server is killed: as soon as the journal has so many more records, or a while later."""
        while self.left > 0:
            last = "server" if self.life.server else "kernel"
            victim = last if plan.random() < 0.6 else "executor"
            records = plan.randint(1, 6 if self.is_undoing else 24)
            delay = 0 if plan.random() < 0.5 else plan.random() * 0.06
            if plan.random() < 0.7:
                self.wait_for(self.resumed.is_set)
            if self.left <= self.kept_for_undo:
                self.wait_for(lambda: self.is_undoing)
            goal = self.line_count() + records
            self.wait_for(lambda goal=goal: self.line_count() >= goal)
            if plan.random() < 0.7:
                # Where something is in the middle of something else.
                self.wait_for(lambda: self.place() != "elsewhere")
            time.sleep(delay)
            if self.gone.is_set():
                return
            if self.life.kill(victim):
                self.left -= 1
                self.figures.kills[victim] += 1
                self.figures.places[self.place()] += 1
            if victim != "executor":
                return

    def wait_for(self, holds) -> None:
        while not holds() and not self.gone.is_set():
            time.sleep(0.001)

    def place(self) -> str:
        """What the run was in the middle of, by the end of its journal."""
        if not self.journal.exists():
            return "elsewhere"
        with self.journal.open("rb") as file:
            file.seek(max(0, self.journal.stat().st_size - 16_384))
            lines = file.read().rpartition(b"\n")[0].split(b"\n")[1:]
        records = [json.loads(line) for line in lines[-40:]]
        ended = {record.get("effect") for record in records if record["kind"] == "effect-ended"}
        for record in reversed(records):
            if record["kind"] in ("attempt-ended", "kernel-started"):
                return "elsewhere"
            if record["kind"] == "effect-started" and record["effect"] not in ended:
                if record["step"].startswith("undo"):
                    return "undo step"
                if "lane" in record:
                    return "scatter"
                if record["helper"] == "soak" or "within" in record:
                    return "wait"
        return "elsewhere"

    def line_count(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    # What a person does.

    def resume(self) -> None:
        if self.records("attempt-ended"):
            self.run_cell("%resume", None)

    def pass_step(self, step: str) -> None:
        for _ in range(20):
            self.judge()
            status = self.run_cell(self.sources[step], step)
            if status == "ok":
                return
            # The executor died, or the variables are gone because it did: bring them back and go on.
            time.sleep(0.1)
            self.resume()
        raise RuntimeError(f"{step} does not pass: {self.last_error}")

    def undo(self) -> None:
        """Goes back over everything, through all deaths."""
        for _ in range(30):
            self.judge()
            status = self.run_cell("%rollback --all the release is off", None)
            if status == "ok" and all(self.services.counts()[token] > 0 for token in undo_tokens()):
                return
            time.sleep(0.1)
            self.resume()
        raise RuntimeError(f"it cannot go back: {self.last_error}")

    def judge(self) -> None:
        ended = {record["effect"] for record in self.records("effect-ended")}
        judged = {record["effect"] for record in self.records("effect-judged")}
        for record in self.records("effect-started"):
            effect = record["effect"]
            looks = record["helper"] == "soak" or record["label"] == "true"
            if effect in ended or effect in judged or looks:
                continue
            time.sleep(0.1)
            token = next(token for token in self.tokens() if token in json.dumps(record["request"]))
            judgement = "passed" if self.services.counts()[token] > 0 else "again"
            if self.run_cell(f"%judge {effect} {judgement} seen in the log", None) == "ok":
                self.figures.judged[judgement] += 1

    def run_cell(self, code: str, step: str | None) -> str:
        """Executes and answers the approval that it may ask for; returns how it ended. Raises when the kernel is gone."""
        client = self.life.client
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True}
        message = client.session.msg(
            "execute_request", {**content, "stop_on_error": False}, metadata={"cellId": step} if step else {}
        )
        client.shell_channel.send(message)
        request = message["header"]["msg_id"]
        texts: list[str] = []
        reply = self.await_reply(request, texts)
        self.read_output(request, texts)
        if step:
            self.note_seen(step, "".join(texts))
        if reply is None:
            raise Killed
        if step and reply["content"]["status"] == "ok" and self.sent:
            self.went_on.add(step)
        self.last_error = reply["content"].get("evalue", "")
        return reply["content"]["status"]

    def await_reply(self, request: str, texts: list[str]) -> dict | None:
        client = self.life.client
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            try:
                reply = client.get_shell_msg(timeout=0.02)
                if reply["parent_header"].get("msg_id") == request:
                    return reply
            except Empty:
                if not is_alive(self.life.kernel):
                    return None
            self.answer_approval()
            self.read_output(request, texts, 0)
        raise TimeoutError(f"a cell had no end within {TIMEOUT} s")

    def answer_approval(self) -> None:
        try:
            message = self.life.client.get_stdin_msg(timeout=0)
        except Empty:
            return
        if message["msg_type"] == "input_request":
            nonce = f"n{len(self.sent)}-{self.random.randrange(10**9)}"
            self.sent.append(nonce)
            self.life.client.input(f"approve {nonce}")

    def read_output(self, request: str, texts: list[str], timeout: float = 0.03) -> None:
        try:
            while True:
                message = self.life.client.get_iopub_msg(timeout=timeout)
                if message["parent_header"].get("msg_id") == request:
                    if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                        texts.append(message["content"]["text"])
                    if message["content"].get("execution_state") == "idle":
                        return
        except Empty:
            pass

    def note_seen(self, step: str, text: str) -> None:
        attempts = [record["attempt"] for record in self.records("attempt-started") if record["step"] == step]
        if attempts and text:
            self.seen[(step, attempts[-1])] = text

    # What is counted.

    def records(self, kind: str) -> list[dict]:
        if not self.journal.exists():
            return []
        whole = self.journal.read_bytes().rpartition(b"\n")[0].split(b"\n")
        word = f'"kind":"{kind}"'.encode()
        return [json.loads(line) for line in whole if word in line]

    def tokens(self) -> list[str]:
        return [token for number in range(1, STEPS + 1) for token in tokens_of(number)] + undo_tokens()

    def has_passed(self, step: str) -> bool:
        ends = [record["outcome"] for record in self.records("attempt-ended") if record["step"] == step]
        return "passed" in ends

    def count(self) -> None:
        figures, counts = self.figures, self.services.counts()
        figures.effects = sum(counts.values())
        figures.twice = [f"{token}: {counts[token]} times" for token in self.tokens() if counts[token] > 1]
        figures.lost = [token for token in self.tokens() if counts[token] == 0]
        self.count_approvals()
        self.count_lines()

    def count_approvals(self) -> None:
        figures = self.figures
        decided = Counter(record["decision"]["comment"] for record in self.records("approval-decided"))
        figures.approvals = sum(decided.values())
        figures.approvals_invented = [
            f"{comment}: {count}" for comment, count in decided.items() if comment not in self.sent or count > 1
        ]
        released = {record["approval"].split(":")[0] for record in self.records("approval-decided")}
        figures.approvals_lost = [
            f"s{number:02}"
            for number in range(10, STEPS + 1, 10)
            if f"s{number:02}" not in released or self.asked_again(f"s{number:02}")
        ]

    def asked_again(self, step: str) -> bool:
        """Whether an approval was asked for after it had been given."""
        given = [record["seq"] for record in self.records("approval-decided") if record["approval"].startswith(f"{step}:")]
        asked = [record["seq"] for record in self.records("approval-requested") if record["step"] == step]
        return bool(given) and any(seq > given[0] for seq in asked)

    def count_lines(self) -> None:
        figures, kept = self.figures, self.recorded_texts()
        passed = {(r["step"], r["attempt"]) for r in self.records("attempt-ended") if r["outcome"] == "passed"}
        for number, step in enumerate(self.sources, 1):
            texts = [kept.get(key, "") for key in passed if key[0] == step]
            figures.lines += sum(len(own_lines(text, step)) for text in texts)
            for text in texts:
                if own_lines(text, step) != lines_of(number):
                    figures.lines_wrong.append(f"{step} keeps {own_lines(text, step)}")
        for (step, attempt), text in self.seen.items():
            if not "".join(kept.get((step, attempt), "")).startswith(text):
                figures.lines_wrong.append(f"{step} attempt {attempt}: a client saw {text!r}, kept is {kept.get((step, attempt))!r}")

    def recorded_texts(self) -> dict[tuple[str, int], str]:
        texts: dict[tuple[str, int], str] = {}
        for record in self.records("output"):
            key = (record["step"], record["attempt"])
            spans = (o["text"] for o in record["outputs"] if o["kind"] == "stream" and o["name"] == "stdout")
            texts[key] = texts.get(key, "") + "".join(spans)
        return texts


def own_lines(text: str, step: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"{step} ")]
