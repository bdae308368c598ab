# Rolling a step back: the plan first, then the undo steps from the newest, each once, whatever has died before; counted at the log that
# the commands write. With a real kernel and real processes.
import os
import signal

import pytest
from front_end import open_run_comm, tell_run_comm
from living_run import Runbook, answer_approval, ask, kill_kernel, refused, wait_until
from run_folder import RUN, kernel_of, records_of


def say(text: str) -> str:
    return f"await $`sh -c ${{'echo {text} >> log'}}`"


def undo(name: str, act: str | None = None) -> str:
    return f"await rollback('{name}', async () => {{ {act or say(name)} }})"


WAIT = "; while test ! -e go; do sleep 0.05; done"

STEPS = {
    "build": f"{say('build')}\nconst image = (await $`echo orders-2.4.0`).stdout",
    "go": "await approval('Go')",
    "orders": f"{undo('orders back')}\n{say('orders')}",
    "payments": f"const before = (await $`echo v1`).stdout\nawait rollback('payments back', () => $`sh -c ${{`echo payments back to ${{before}} >> log`}}`)\n{say('payments')}\nawait $`test -e fixed`",
    "report": "console.log('report')",
}


def begin(client, runbook: Runbook) -> None:
    """Everything up to the deployment of payments, which fails."""
    runbook.passes(client, "build")
    request = runbook.send(client, "go")
    answer_approval(client)
    client.finish(request)
    runbook.passes(client, "orders")
    assert runbook.execute(client, "payments").content["status"] == "error"


def executor_of(client) -> int:
    return int(ask(client, "console.log(process.pid)").text())


def statuses(runbook: Runbook, kind: str) -> list[tuple[str, str]]:
    names = {r["rollback"]: r["name"] for r in records_of(runbook.path, "rollback-registered")}
    return [(names[r["rollback"]], r["outcome"]) for r in records_of(runbook.path, kind)]


def test_a_failed_step_is_rolled_back_alone_and_run_again(tmp_path):
    runbook = Runbook(tmp_path, STEPS)
    with kernel_of(runbook.path) as client:
        begin(client, runbook)
        before = runbook.log()
        plan = ask(client, "%rollback --plan payments").text()
        assert "1. payments back" in plan and "orders back" not in plan
        assert "Steps that become stale:\n    const before" in plan
        assert runbook.log() == before and records_of(runbook.path, "undoing-started") == []
        assert refused(ask(client, "%rollback payments"), "needs a reason")
        assert refused(ask(client, "%rollback nowhere why"), "no step")
        done = ask(client, "%rollback payments the pods crash")
        assert "The run is back before" in done.text(), done.content
        assert runbook.log() == [*before, "payments back to v1"]
        again = ask(client, "%rollback payments the pods crash")
        assert again.content["status"] == "ok" and runbook.log() == [*before, "payments back to v1"]
        (tmp_path / "fixed").touch()
        runbook.passes(client, "payments")
        assert runbook.log()[-1] == "payments"
    assert [(r["step"], r["steps"]) for r in records_of(runbook.path, "rolled-back")] == [("payments", ["payments"])] * 2
    ends = [r for r in records_of(runbook.path, "attempt-ended") if r["step"].startswith("undo:")]
    assert [r["outcome"] for r in ends] == ["passed"]


def test_a_rollback_takes_what_is_behind_the_step_with_it_and_names_what_it_cannot_undo(tmp_path):
    runbook = Runbook(tmp_path, STEPS)
    with kernel_of(runbook.path) as client:
        begin(client, runbook)
        plan = ask(client, "%rollback --plan").text()
        assert plan.index("1. payments back") < plan.index("2. orders back")
        assert "Cannot be undone, because no undo step is registered:\n    " in plan
        assert "sh -c 'echo build >> log'" in plan.split("Cannot be undone")[1].split("Steps that become stale")[0]
        assert "Approvals that no longer count:\n    Go" in plan
        assert ask(client, "%rollback orders too slow").content["status"] == "ok"
        assert runbook.log()[-2:] == ["payments back to v1", "orders back"]
        # The approval before it stands; the variables that came before it are there.
        runbook.passes(client, "orders")
        assert ask(client, "image").content["status"] == "ok"
    assert [r["steps"] for r in records_of(runbook.path, "rolled-back")] == [["orders", "payments"]]


@pytest.mark.parametrize("victim", ["executor", "kernel"])
def test_undo_steps_of_a_failed_attempt_come_back_after_a_death_and_nothing_is_done_on_the_way(tmp_path, victim):
    runbook = Runbook(tmp_path, STEPS)
    with kernel_of(runbook.path) as client:
        begin(client, runbook)
        before = runbook.log()
        if victim == "executor":
            os.kill(executor_of(client), signal.SIGKILL)
            wait_until(lambda: records_of(runbook.path, "executor-replaced"), "the end of the executor")
            roll_back_after_death(client, runbook, before)
        else:
            kill_kernel(client)
    if victim == "kernel":
        # What ran is what is undone, whatever the cell says now.
        runbook.sources["payments"] = "console.log('another text')"
        runbook.save()
        with kernel_of(runbook.path) as client:
            roll_back_after_death(client, runbook, before)


def roll_back_after_death(client, runbook: Runbook, before: list[str]) -> None:
    assert refused(ask(client, "%rollback payments why"), "Resume first")
    assert ask(client, "%resume").content["status"] == "ok"
    plan = ask(client, "%rollback --plan payments").text()
    assert "Evaluated again first" in plan
    assert runbook.log() == before
    done = ask(client, "%rollback orders the pods crash")
    assert done.content["status"] == "ok", done.content
    assert runbook.log() == [*before, "payments back to v1", "orders back"]


def test_undo_steps_of_an_attempt_that_died_come_back_up_to_where_it_was_cut_off(tmp_path):
    steps = {
        "deploy": f"const old = (await $`echo v1`).stdout\nawait rollback('back', () => $`sh -c ${{`echo back to ${{old}} >> log`}}`)\n"
        f"try {{ await $`sh -c ${{'echo deploy >> log{WAIT}'}}` }} finally {{ {say('cleanup')} }}",
    }
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        runbook.send(client, "deploy")
        wait_until(lambda: "deploy" in runbook.log(), "the deployment")
        kill_kernel(client)
    (tmp_path / "go").touch()
    with kernel_of(runbook.path) as client:
        done = ask(client, "%rollback deploy it hangs")
        assert done.content["status"] == "ok", done.content
    # Neither the command that was cut off nor what the cell does after it was done.
    assert runbook.log() == ["deploy", "back to v1"]


def test_a_failed_attempt_that_does_something_else_now_is_told_and_nothing_is_undone(tmp_path):
    steps = {"wild": f"{undo('back')}\nawait $`sh -c ${{`echo ${{process.pid}} >> log`}}`\nawait $`false`"}
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        assert runbook.execute(client, "wild").content["status"] == "error"
        kill_kernel(client)
    before = runbook.log()
    with kernel_of(runbook.path) as client:
        stopped = ask(client, "%rollback wild why")
        shown = "".join(stopped.content["traceback"])
        assert "recorded: shell" in shown and "now:      shell" in shown
    assert runbook.log() == before
    assert records_of(runbook.path, "rollback-started") == [] and records_of(runbook.path, "rolled-back") == []


def test_an_undo_that_fails_stops_says_what_remains_and_goes_on_later_without_undoing_twice(tmp_path):
    steps = {
        "one": undo("first"),
        "two": undo("second", "await $`test -e fixed`; " + say("second")),
        "three": undo("third"),
    }
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        for step in steps:
            runbook.passes(client, step)
        failed = ask(client, "%rollback --all why")
        assert failed.content["status"] == "error"
        shown = "".join(failed.content["traceback"])
        assert "Not undone: “second”, “first”" in shown
        assert runbook.log() == ["third"]
        assert records_of(runbook.path, "rolled-back") == []
        (tmp_path / "fixed").touch()
        assert ask(client, "%rollback --all fixed").content["status"] == "ok"
    assert runbook.log() == ["third", "second", "first"]
    assert statuses(runbook, "rollback-ended") == [("third", "passed"), ("second", "failed"), ("second", "passed"), ("first", "passed")]
    assert [r["error"]["fields"]["remaining"] for r in records_of(runbook.path, "undoing-stopped")] == [["second", "first"]]


@pytest.mark.parametrize("victim", ["executor", "kernel"])
def test_a_rollback_that_is_killed_in_the_middle_of_an_undo_step_goes_on_with_it(tmp_path, victim):
    act = f"{say('before')}; await $`sh -c ${{'echo middle >> log{WAIT}'}}`; {say('after')}"
    steps = {"one": undo("first"), "two": undo("second", act), "three": undo("third")}
    runbook = Runbook(tmp_path, steps)
    with kernel_of(runbook.path) as client:
        for step in steps:
            runbook.passes(client, step)
        executor = executor_of(client)
        request = client.send("%rollback --all why")
        wait_until(lambda: "middle" in runbook.log(), "the middle of the second undo step")
        if victim == "executor":
            os.kill(executor, signal.SIGKILL)
            assert client.finish(request).content["status"] == "error"
            finish_rollback(client, runbook, tmp_path)
        else:
            kill_kernel(client)
    if victim == "kernel":
        with kernel_of(runbook.path) as client:
            finish_rollback(client, runbook, tmp_path)
    # What had ended is not undone twice, and the undo step goes on behind the command that a person has judged.
    assert runbook.log() == ["third", "before", "middle", "after", "first"]


def finish_rollback(client, runbook: Runbook, folder) -> None:
    (folder / "go").touch()
    ask(client, "%resume")
    assert refused(ask(client, "%rollback --all why"), "nobody can tell whether this was done")
    assert "%judge" in ask(client, "%rollback --plan").text()
    effect = next(r["effect"] for r in records_of(runbook.path, "effect-started") if "middle" in r["label"])
    assert ask(client, f"%judge {effect} passed seen in the log").content["status"] == "ok"
    done = ask(client, "%rollback --all why")
    assert done.content["status"] == "ok", done.content


def test_a_rollback_that_is_interrupted_stops_and_goes_on_with_what_is_left(tmp_path):
    slow = f"await $`sh -c ${{'echo slow >> log{WAIT}'}}`"
    runbook = Runbook(tmp_path, {"one": undo("first"), "two": undo("second", slow), "three": undo("third")})
    with kernel_of(runbook.path) as client:
        for step in runbook.sources:
            runbook.passes(client, step)
        request = client.send("%rollback --all why")
        wait_until(lambda: "slow" in runbook.log(), "the slow undo step")
        client.manager.interrupt_kernel()
        assert client.finish(request).content["status"] == "error"
        (tmp_path / "go").touch()
        assert ask(client, "%rollback --all again").content["status"] == "ok"
    assert runbook.log() == ["third", "slow", "slow", "first"]


def test_after_a_rollback_a_resume_replays_no_undo_step(tmp_path):
    runbook = Runbook(tmp_path, {"one": "const one = 1", "two": f"{undo('back')}\n{say('two')}"})
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        runbook.passes(client, "two")
        ask(client, "%rollback two why")
        kill_kernel(client)
    with kernel_of(runbook.path) as client:
        resumed = ask(client, "%resume")
        assert "variables of 1 step are back" in resumed.text(), resumed.content
    assert runbook.log() == ["two", "back"]


def test_a_page_rolls_back_over_its_comm_as_the_driver_and_everybody_sees_the_plan(tmp_path):
    steps = {"one": undo("back"), "two": "await $`false`"}
    runbook = Runbook(tmp_path, steps, {**RUN, "mode": "rehearsal"})
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "one")
        runbook.execute(client, "two")
        comm = open_run_comm(client)

        def tell(**message: object) -> dict:
            return tell_run_comm(client, comm, {"request": "1", **message})

        one = {"checkpoint": None, "step": "one"}
        plan = tell(type="plan-rollback", to=one)["rollback"]
        assert [(undo["name"], undo["status"]) for undo in plan["rollbacks"]] == [("back", "registered")]
        assert [step["step"] for step in plan["steps"]] == ["one", "two"]
        nowhere = {"checkpoint": None, "step": "nowhere"}
        assert tell(type="plan-rollback", to=nowhere)["error"]["code"] == "rollback.unknown"
        assert tell(type="roll-back", to=one, reason=" ")["error"]["code"] == "reason.missing"
        assert tell(type="roll-back", to=one, reason="slow")["error"] is None
    assert runbook.log() == ["back"]
    assert [r["by"]["name"] for r in records_of(runbook.path, "rolled-back")] == ["Ann Lee"]
    assert [r["reason"] for r in records_of(runbook.path, "undoing-started")] == ["slow"]
