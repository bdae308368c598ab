# Hold points in a real kernel, through Jupyter's own client: what asks holds, what hides it is refused, and the text of a locked step does
# not run under another id, in silence, or from a console.
import pytest

from living_run import Runbook, ask, refused
from run_folder import RUN, kernel_of, records_of

SHIP = "await $`sh -c ${'echo shipped >> log'}`"
LIVE = {**RUN, "mode": "live"}


def runbook_of(folder, **sources) -> Runbook:
    return Runbook(folder, {"look": "1 + 1", **sources, "ship": SHIP}, LIVE)


def send(client, code: str, cell: str | None, **more):
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False, **more}
    message = client.channels.session.msg("execute_request", content, metadata={} if cell is None else {"cellId": cell})
    client.channels.shell_channel.send(message)
    return client.finish(message["header"]["msg_id"])


def test_signs_of_comments_hide_no_hold_point_and_printed_ones_are_none(tmp_path):
    hidden = "const a = '/var/log/*'; await approval('Go'); const b = '*/5 * * * *';"
    runbook = runbook_of(tmp_path, say="console.log(\"approval('No')\"); // approval('No')", gate="async function gate() { await approval('No') }", hidden=hidden)
    with kernel_of(runbook.path) as client:
        for cell in ("look", "say", "gate"):
            runbook.passes(client, cell)
        assert refused(send(client, SHIP, "ship"), "hold point “Go”")
    assert runbook.log() == []


def test_the_text_of_a_locked_step_runs_under_no_other_id(tmp_path):
    runbook = runbook_of(tmp_path, go="await approval('Go')")
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "look")
        assert refused(send(client, SHIP, "look"), "has another text in the cell look")
        for cell in ("ship", "nobody", "__proto__", "constructor", None):
            assert refused(send(client, SHIP, cell), "hold point “Go”")
        assert refused(send(client, SHIP, "ship", silent=True, store_history=False), "no record would show")
        assert refused(send(client, "1 + 1", "look", user_expressions={"x": SHIP}), "no record would show")
    assert runbook.log() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("const ask = approval; await ask('Go')", "line 1 uses approval"),
        ("try { await own() } catch { console.log('caught') }", "outside of the text of this step"),
        ("import { gate } from './gates.ts'; await gate()", "outside of the text of this step"),
    ],
)
def test_names_that_ask_are_called_by_their_name_in_the_step_that_waits(tmp_path, text, said):
    (tmp_path / "gates.ts").write_text("import { approval } from 'launchbook';\nexport const gate = async () => { await approval('Go'); };\n")
    runbook = runbook_of(tmp_path, own="async function own() { await approval('Go') }", hides=text)
    with kernel_of(runbook.path) as client:
        runbook.passes(client, "own")
        assert refused(runbook.execute(client, "hides"), said)
        assert refused(send(client, SHIP, "ship"), "is locked")
    assert records_of(runbook.path, "approval-requested") == []
    assert runbook.log() == []


def test_a_hold_point_that_asked_and_is_gone_locks_until_it_is_left_out_by_name(tmp_path):
    runbook = runbook_of(tmp_path, go="await approval('Go')")
    with kernel_of(runbook.path) as client:
        request = runbook.send(client, "go")
        client.input_request()
        client.channels.input("reject the errors rise")
        client.finish(request)
        del runbook.sources["go"]
        runbook.save()
        assert refused(runbook.execute(client, "ship"), "hold point “Go”")
        assert refused(ask(client, '%skip "Go" no'), "at least 10 characters")
        assert ask(client, '%skip "Go" the incident lead says so').content["status"] == "ok"
        runbook.passes(client, "ship")
    assert runbook.log() == ["shipped"]
    assert [record["holds"] for record in records_of(runbook.path, "step-skipped")] == [["Go"]]
