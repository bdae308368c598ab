# One policy, by its commit, in a real kernel: the file above the template counts and its commit is recorded, names that nobody has are
# refused before anybody is asked, and what the page of a watcher tells changes nothing.
import json
import subprocess
from hashlib import sha256
from pathlib import Path

from front_end import HELLO, open_run_comm, tell_run_comm
from living_run import Runbook, refused, wait_until
from run_folder import RUN, kernel_of, records_of
from test_people import second_client

GO = "await approval('Go')"
SHIP = "await $`sh -c ${'echo shipped >> log'}`"
POLICY = "groups: { release-managers: [ann, bob] }\nenvironments: { test: { policy: { approvals: { required: 2 }, breakGlass: [] } } }\n"


def runbook_in(folder: Path, **sources: str) -> Runbook:
    """A live run in a repository whose template stands at the root, beside launchbook.yml."""
    place = folder / "runs" / "2.4.0"
    place.mkdir(parents=True)
    runbook = Runbook(place, {"go": GO, **sources, "ship": SHIP}, {**RUN, "mode": "live"})
    (place / "launchbook.yml").unlink()
    (folder / "launchbook.yml").write_text(POLICY)
    (folder / "release.ipynb").write_text("{}")
    git(folder, "init", "--template=", "--quiet")
    git(folder, "add", "launchbook.yml", "release.ipynb")
    git(folder, "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "--quiet", "--message", "Begin")
    return runbook


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def policies_of(runbook: Runbook) -> list[dict]:
    return [{"required": record["policy"]["approvals"]["required"], **record["file"]} for record in records_of(runbook.path, "policy-read")]


def reject(runbook: Runbook, client) -> None:
    request = runbook.send(client, "go")
    client.input_request()
    client.channels.input("reject not today")
    assert client.finish(request).content["status"] == "error"


def test_a_nearer_launchbook_yml_stops_the_run_and_without_it_the_one_of_the_template_is_recorded(tmp_path):
    runbook = runbook_in(tmp_path)
    nearer = runbook.folder / "launchbook.yml"
    nearer.write_text("environments: { test: {} }\n")
    with kernel_of(runbook.path) as client:
        for cell in ("go", "ship"):
            assert refused(runbook.execute(client, cell), "stands between the run and its template")
    assert runbook.log() == []
    nearer.unlink()
    with kernel_of(runbook.path) as client:
        reject(runbook, client)
    assert policies_of(runbook) == [{"required": 2, "path": "launchbook.yml", "commit": git(tmp_path, "rev-parse", "HEAD")}]


def test_a_policy_that_no_commit_has_is_recorded_as_such(tmp_path):
    runbook = runbook_in(tmp_path)
    (tmp_path / "launchbook.yml").write_text(POLICY.replace("required: 2", "required: 1"))
    with kernel_of(runbook.path) as client:
        reject(runbook, client)
    assert policies_of(runbook) == [{"required": 1, "path": "launchbook.yml", "commit": None}]


def test_a_name_that_nobody_has_is_refused_with_the_near_one_before_anybody_is_asked(tmp_path):
    runbook = runbook_in(tmp_path, other="await approval('Other', { approvers: ['relase-managers'] })")
    runbook.sources = {"other": runbook.sources["other"], "ship": SHIP}
    runbook.save()
    with kernel_of(runbook.path) as client:
        run = runbook.execute(client, "other")
        assert refused(run, "relase-managers")
        assert refused(run, "release-managers")
        assert refused(runbook.execute(client, "ship"), "is locked")
    assert records_of(runbook.path, "approval-requested") == []
    assert runbook.log() == []


def tell_outline(client, comm: str, outline: dict, sources: dict[str, str]) -> None:
    hashes = {id: sha256(text.encode()).hexdigest() for id, text in sources.items()}
    content = {"comm_id": comm, "data": {"type": "outline", "outline": outline, "sources": hashes}}
    client.channels.shell_channel.send(client.channels.session.msg("comm_msg", content))


def outline_of(*steps: tuple[str, list[str]]) -> dict:
    return {"title": "", "phases": [{"id": "phase", "title": "Phase", "steps": [{"id": id, "title": id, "holds": holds} for id, holds in steps]}]}


def test_the_page_of_a_watcher_locks_nothing_frees_nothing_and_makes_nothing_stale(tmp_path):
    runbook = Runbook(tmp_path, {"look": "1 + 1", "go": GO, "ship": SHIP}, {**RUN, "mode": "live"})
    with kernel_of(runbook.path) as driver:
        driver.channels.session.username = "ann"
        page = open_run_comm(driver)
        runbook.passes(driver, "look")
        watcher = second_client(driver, "eve")
        try:
            comm = "watching"
            hello = {**HELLO, "user": {"username": "eve", "name": "Eve"}, "client": comm}
            watcher.channels.shell_channel.send(watcher.channels.session.msg("comm_open", {"comm_id": comm, "target_name": "launchbook.run", "data": hello}))
            # A document without the hold point frees nothing, and one with an invented one locks nothing.
            for outline in [outline_of(("look", []), ("ship", [])), outline_of(("look", ["Fake"]), ("go", []), ("ship", [])), {"title": "", "phases": []}]:
                tell_outline(watcher, comm, outline, {"ship": "1", "go": GO + " "})
            assert refused(runbook.execute(driver, "ship"), "hold point “Go”")
            request = runbook.send(driver, "go")
            wait_until(lambda: records_of(runbook.path, "approval-requested"), "the request")
            [asked] = records_of(runbook.path, "approval-requested")
            decision = {"approval": asked["approval"], "content": asked["content"], "decision": "approved", "comment": "fine"}
            assert tell_run_comm(driver, page, {"type": "decide", "request": "1", **decision})["error"] is None
            assert driver.finish(request).content["status"] == "ok"
            # The approved cell with one more space, in a private copy.
            tell_outline(watcher, comm, outline_of(("look", []), ("go", ["Go"]), ("ship", [])), {"go": GO + " "})
            watcher.channels.kernel_info()
            runbook.passes(driver, "ship")
        finally:
            watcher.channels.stop_channels()
    assert runbook.log() == ["shipped"]
    assert records_of(runbook.path, "approval-closed") == []
    assert all("Fake" not in json.dumps(record) for record in records_of(runbook.path))
