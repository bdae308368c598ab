# A run goes on after the death of its kernel or of its executor: variables are back, and at the services' own logs nothing was done
# twice. With a real kernel, real processes, and a service that counts.
import json
import os
import signal
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from front_end import open_run_comm, tell_run_comm
from living_run import Runbook, answer_approval, ask, kill_kernel, refused, wait_until
from run_folder import RUN, kernel_of, records_of


class Service:
    """An HTTP service that writes down every request, and answers a path with `hang` in it never."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.requests.append(self.path)
                if "hang" in self.path:
                    time.sleep(3600)
                body = json.dumps({"number": len(service.requests)}).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service():
    service = Service()
    yield service
    service.server.shutdown()


def release(service: Service) -> dict[str, str]:
    return {
        "build": "await $`sh -c ${'echo build >> log'}`\nconst image = (await $`echo orders-2.4.0`).stdout",
        "ticket": f"const ticket = await http.post('{service.url}/ticket', {{ json: {{ image }} }}).json<{{ number: number }}>()",
        "approve": "const decision = await approval('Go', { question: 'Deploy?' })",
        "deploy": (
            "await $`sh -c ${'echo first >> log'}`\n"
            f"await http.post('{service.url}/deploy')\n"
            "await $`sh -c ${'echo second >> log; while test ! -e go; do sleep 0.05; done'}`\n"
            "await $`sh -c ${'echo third >> log'}`"
        ),
        "after": "console.log(image, ticket.number, decision.comment)",
    }


def begin(client, runbook: Runbook) -> None:
    runbook.passes(client, "build")
    runbook.passes(client, "ticket")
    request = runbook.send(client, "approve")
    answer_approval(client)
    assert client.finish(request).content["status"] == "ok"


def test_a_run_goes_on_after_its_kernel_was_killed_in_the_middle_of_a_cell(tmp_path, service):
    runbook = Runbook(tmp_path, release(service))
    with kernel_of(runbook.path) as client:
        begin(client, runbook)
        runbook.send(client, "deploy")
        wait_until(lambda: "second" in runbook.log(), "the second command")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert refused(runbook.execute(client, "build"), "variables of 3 of 4 steps")
        assert refused(runbook.execute(client, "deploy"), "variables of 3 of 4 steps")
        plan = ask(client, "%resume --plan").text()
        assert "3 to replay, 1 to ask about" in plan and "%judge" in plan
        resumed = ask(client, "%resume")
        assert "variables of 3 steps are back" in resumed.text(), resumed.content
        inconclusive = runbook.execute(client, "deploy")
        assert refused(inconclusive, "nobody can tell whether this was done")
        effect = next(r["effect"] for r in records_of(runbook.path, "effect-started") if "second" in r["label"])
        assert ask(client, f"%judge {effect} passed seen in the log").content["status"] == "ok"
        runbook.passes(client, "deploy")
        assert runbook.passes(client, "after") == "orders-2.4.0 1 fine\n"
    assert runbook.log() == ["build", "first", "second", "third"]
    assert service.requests == ["/ticket", "/deploy"]
    attempts = [r for r in records_of(runbook.path, "attempt-started") if r["step"] == "deploy"]
    assert [r.get("continues") for r in attempts] == [None, 1]


def test_a_run_goes_on_after_its_executor_was_killed_in_the_middle_of_a_cell(tmp_path, service):
    runbook = Runbook(tmp_path, release(service))
    with kernel_of(runbook.path) as client:
        begin(client, runbook)
        executor = int(ask(client, "console.log(process.pid)").text())
        request = runbook.send(client, "deploy")
        wait_until(lambda: "second" in runbook.log(), "the second command")
        os.kill(executor, signal.SIGKILL)
        assert client.finish(request).content["status"] == "error"
        (tmp_path / "go").touch()
        assert refused(runbook.execute(client, "deploy"), "process that ran the cells has ended")
        ask(client, "%resume")
        effect = next(r["effect"] for r in records_of(runbook.path, "effect-started") if "second" in r["label"])
        ask(client, f"%judge {effect} passed seen in the log")
        runbook.passes(client, "deploy")
        assert runbook.passes(client, "after") == "orders-2.4.0 1 fine\n"
    assert runbook.log() == ["build", "first", "second", "third"]
    assert service.requests == ["/ticket", "/deploy"]


@pytest.mark.parametrize(
    "judgement, status, log",
    [
        ("passed", "ok", ["first", "second", "third"]),
        ("failed", "error", ["first", "second"]),
        ("again", "ok", ["first", "second", "second", "third"]),
    ],
)
def test_a_person_judges_what_became_of_a_command(tmp_path, judgement, status, log):
    steps = {
        "deploy": (
            "await $`sh -c ${'echo first >> log'}`\n"
            "const result = await $`sh -c ${'echo second >> log; while test ! -e go; do sleep 0.05; done'}`\n"
            "await $`sh -c ${'echo third >> log'}`"
        )
    }
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        runbook.send(client, "deploy")
        wait_until(lambda: "second" in runbook.log(), "the second command")
        kill_kernel(client)
    (tmp_path / "go").touch()
    with kernel_of(runbook.path) as client:
        assert refused(runbook.execute(client, "deploy"), "nobody can tell")
        effect = next(r["effect"] for r in records_of(runbook.path, "effect-started") if "second" in r["label"])
        ask(client, f"%judge {effect} {judgement} looked at the log")
        run = runbook.execute(client, "deploy")
        assert run.content["status"] == status, run.content
        if judgement == "failed":
            assert "judged that it failed: looked at the log" in run.content["evalue"]
            runbook.passes(client, "deploy")
            log = [*log, "first", "second", "third"]
    assert runbook.log() == log


def test_a_replay_that_does_something_else_stops_with_the_two_side_by_side(tmp_path):
    steps = {
        "fine": "const fine = (await $`sh -c ${'echo fine >> log; echo yes'}`).stdout",
        "wild": "await $`sh -c ${`echo ${process.pid} >> log`}`",
    }
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "fine")
        runbook.passes(client, "wild")
        kill_kernel(client)
    before = runbook.log()
    with kernel_of(runbook.path) as client:
        stopped = ask(client, "%resume")
        shown = "".join(stopped.content["traceback"])
        assert "recorded: shell" in shown and "now:      shell" in shown
        assert f"echo {before[1]}" in shown
        ended = records_of(runbook.path, "resume-ended")[-1]
        assert ended["error"]["code"] == "resume.diverged"
        assert ended["error"]["fields"]["recorded"]["helper"] == "shell"
        ask(client, "%discard wild depends on the process")
        ask(client, "%resume")
        runbook.passes(client, "wild")
        assert ask(client, "console.log(fine)").text() == "yes\n"
    assert runbook.log()[:2] == before and len(runbook.log()) == 3


def test_a_cell_whose_text_has_changed_is_asked_about(tmp_path):
    runbook = Runbook(tmp_path, {"one": "const one = 1", "two": "const two = 2"})
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        runbook.passes(client, "two")
        kill_kernel(client)
    runbook.sources["two"] = "const two = 22"
    runbook.save()
    with kernel_of(runbook.path) as client:
        assert refused(ask(client, "%resume"), "the text is not the one that passed")
        ask(client, "%discard two edited")
        ask(client, "%resume")
        runbook.passes(client, "two")
        assert ask(client, "one + two").contents("execute_result")[0]["data"]["text/plain"] == "23"


def test_a_step_is_left_out_with_a_reason_but_never_a_hold_point(tmp_path):
    runbook = Runbook(tmp_path, {"warm": "await $`false`", "go": "await approval('Go')"})
    with kernel_of(runbook.path) as client:
        runbook.execute(client, "warm")
        assert refused(ask(client, "%skip warm"), "needs a reason")
        assert ask(client, "%skip warm the caches are warm").content["status"] == "ok"
        assert refused(ask(client, "%skip go no time"), "a hold point cannot be left out")
    assert [(r["step"], r["reason"]) for r in records_of(runbook.path, "step-skipped")] == [("warm", "the caches are warm")]


def test_going_back_to_a_checkpoint_undoes_from_the_newest_and_makes_later_steps_stale(tmp_path):
    steps = {
        "mark": "await checkpoint('before')",
        "one": "await rollback('undo one', () => $`sh -c ${'echo undo one >> log'}`); await $`sh -c ${'echo one >> log'}`",
        "go": "await approval('Go')",
        "two": "await rollback('undo two', () => $`sh -c ${'echo undo two >> log'}`); await $`sh -c ${'echo two >> log'}`",
    }
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "mark")
        runbook.passes(client, "one")
        request = runbook.send(client, "go")
        answer_approval(client)
        client.finish(request)
        runbook.passes(client, "two")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert refused(ask(client, "%rollback --to-checkpoint before too slow"), "whose functions were lost")
        ask(client, "%resume")
        plan = ask(client, "%rollback --plan --to-checkpoint before").text()
        assert plan.index("1. undo two") < plan.index("2. undo one") and "Approvals that no longer count:\n    Go" in plan
        for spelling in ["%rollback --to-checkpoint before", "%rewind before"]:
            assert refused(ask(client, spelling), "needs a reason")
        assert runbook.log() == ["one", "two"]
        assert ask(client, "%rewind before too slow").content["status"] == "ok"
        assert runbook.log() == ["one", "two", "undo two", "undo one"]
        assert refused(runbook.execute(client, "two"), "This step is locked")
        runbook.passes(client, "one")
    assert [(r["checkpoint"], r["steps"]) for r in records_of(runbook.path, "rolled-back")] == [("before", ["one", "go", "two"])]


def test_a_scratch_notebook_is_never_refused(tmp_path):
    runbook = Runbook(tmp_path, {"one": "console.log('one')"}, run=None)
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert runbook.passes(client, "one") == "one\n"


def test_a_step_that_dies_twice_goes_on_twice(tmp_path):
    wait = "; while test ! -e {0}; do sleep 0.05; done"
    steps = {
        "deploy": (
            "await checkpoint('begun'); await note('begun')\n"
            "await Promise.all(['a', 'b', 'c'].map(host => $`sh -c ${`echo ${host} >> log`}`))\n"
            f"await $`sh -c ${{'echo one >> log{wait.format('first')}'}}`\n"
            f"await $`sh -c ${{'echo two >> log{wait.format('second')}'}}`"
        )
    }
    runbook = Runbook(tmp_path, steps)
    for word in ["one", "two"]:
        with kernel_of(runbook.path) as client:
            runbook.send(client, "deploy")
            wait_until(lambda: word in runbook.log(), word)
            kill_kernel(client)
        with kernel_of(runbook.path) as client:
            started = [r["effect"] for r in records_of(runbook.path, "effect-started") if f"echo {word} " in r["label"]]
            assert ask(client, f"%judge {started[-1]} passed seen").content["status"] == "ok"
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "deploy")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        assert ask(client, "%resume").content["status"] == "ok"
    assert sorted(runbook.log()) == ["a", "b", "c", "one", "two"]
    assert [r.get("continues") for r in records_of(runbook.path, "attempt-started")] == [None, 1, 2]
    assert len(records_of(runbook.path, "checkpoint")) == 1 and len(records_of(runbook.path, "note")) == 1


def test_a_page_asks_for_the_same_over_its_comm(tmp_path):
    steps = {"one": "const one = 1", "bad": "await $`false`", "two": "await rollback('undo', () => $`sh -c ${'echo undo >> log'}`)"}
    runbook = Runbook(tmp_path, steps, {**RUN, "mode": "rehearsal"})
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        ask(client, "await checkpoint('here')")
        runbook.passes(client, "two")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        comm = open_run_comm(client)

        def tell(**message: object) -> dict:
            return tell_run_comm(client, comm, {"request": "1", **message})

        # In a live run only the driver may; the plans are for everybody.
        plan = tell(type="plan-resume")["resume"]
        assert plan["replay"] == ["one", "two"] and plan["next"] == "bad"
        assert tell(type="skip", step="bad", reason="")["error"]["code"] == "reason.missing"
        here = {"checkpoint": "here", "step": None}
        assert tell(type="roll-back", to=here, reason=" ")["error"]["code"] == "reason.missing"
        assert tell(type="roll-back", to=here, reason="slow")["error"]["code"] == "resume.pending"
        assert tell(type="resume")["error"] is None
        assert tell(type="skip", step="bad", reason="not today")["error"] is None
        assert [r["name"] for r in tell(type="plan-rollback", to=here)["rollback"]["rollbacks"]] == ["undo"]
        assert tell(type="roll-back", to=here, reason="slow")["error"] is None
        assert ask(client, "one").contents("execute_result")[0]["data"]["text/plain"] == "1"
    assert runbook.log() == ["undo"]
    assert [r["by"]["name"] for r in records_of(runbook.path, "rolled-back")] == ["Ann Lee"]
