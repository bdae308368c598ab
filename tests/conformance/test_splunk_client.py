# The fleet's log search held against Splunk's own client for Python: logging in, searches in each mode, pages, messages, states, refusals.
import json
import os
import subprocess
import time
import urllib.parse
from pathlib import Path

import pytest
from splunklib import binding, client, results

FLEET = Path(__file__).resolve().parents[2] / "examples" / "fleet" / "fleet.ts"
TOKEN = "a-token"
EVENTS = [
    {"time": f"2024-03-03T10:0{index % 6}:00.000Z", "level": level, "service": service, "msg": f"<{index}> & 'it'"}
    for index, (level, service) in enumerate([("INFO", "orders"), ("WARN", "catalog"), ("ERROR", "orders")] * 50)
]
BY_SERVICE = "search index=fleet | stats count by service | sort service"
COUNTED = [{"service": "catalog", "count": "50"}, {"service": "orders", "count": "100"}]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    logs = tmp_path_factory.mktemp("logs")
    (logs / "shop.log").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    command = [os.environ["LAUNCHBOOK_NODE"], str(FLEET), "search", "--logs", str(logs), "--token", TOKEN]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = urllib.parse.urlsplit(json.loads(server.stdout.readline())["search"]["url"])
        yield {"scheme": url.scheme, "host": url.hostname, "port": url.port}
    finally:
        server.stdin.close()
        server.wait(timeout=20)


# The client takes the first interface of search jobs or the second by the version that the server says it has.
@pytest.fixture(params=[(1, 0, 0), (9, 4, 0)], ids=["v1", "v2"])
def service(address, request):
    connected = client.connect(**address, username="admin", password=TOKEN)
    assert connected.splunk_version == (1, 0, 0)
    connected._splunk_version = request.param
    return connected


def rows_of(stream):
    reader = results.JSONResultsReader(stream)
    found = list(reader)
    assert reader.is_preview is False
    return found


def test_who_logs_in_gets_a_session_and_a_token_will_do_as_well(address):
    logged_in = client.connect(**address, username="anybody", password=TOKEN)
    assert logged_in.token == f"Splunk {TOKEN}"
    assert client.connect(**address, splunkToken=TOKEN).info["serverName"] == "fleet"
    assert client.connect(**address, token=TOKEN, owner="nobody", app="search").info["defaultIndex"] == "fleet"
    with pytest.raises(binding.AuthenticationError, match="Login failed"):
        client.connect(**address, username="admin", password="wrong")
    with pytest.raises(binding.AuthenticationError):
        client.connect(**address, splunkToken="wrong").jobs.oneshot("search *", output_mode="json")


def test_a_search_in_one_request(service):
    assert rows_of(service.jobs.oneshot(BY_SERVICE, output_mode="json", earliest_time="0")) == COUNTED
    assert rows_of(service.jobs.oneshot("search nothing=there", output_mode="json")) == []


def test_export_gives_the_rows_of_a_job(service):
    exported = rows_of(service.jobs.export("search index=fleet level=WARN", output_mode="json", earliest_time="0"))
    assert len(exported) == 50
    job = service.jobs.create("search index=fleet level=WARN", earliest_time="0")
    assert rows_of(job.results(output_mode="json", count=0)) == exported


def test_a_job_is_followed_to_its_end_and_read_in_pages(service):
    job = service.jobs.create("search index=fleet", earliest_time="0", max_count=120)
    deadline = time.monotonic() + 20
    while not job.is_done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (job["dispatchState"], job["isFailed"], job["resultCount"]) == ("DONE", "0", "120")
    assert job["request"]["search"] == "search index=fleet"
    pages = [rows_of(job.results(output_mode="json", offset=offset, count=50)) for offset in (0, 50, 100, 150)]
    assert [len(page) for page in pages] == [50, 50, 20, 0]
    assert sum(pages, []) == rows_of(job.results(output_mode="json", count=0))
    assert rows_of(job.preview(output_mode="json", count=0)) == sum(pages, [])
    assert len(rows_of(job.events(output_mode="json", count=3))) == 3
    assert rows_of(service.job(job.sid).results(output_mode="json", count=50)) == pages[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_without_an_output_mode_answers_are_xml_with_the_same_rows(service):
    query = "search index=fleet level=ERROR | table _time service msg | head 3"
    as_json = rows_of(service.jobs.oneshot(query, output_mode="json", earliest_time="0"))
    job = service.search(query, earliest_time="0", output_mode="json")
    for stream in (
        service.jobs.oneshot(query, earliest_time="0"),
        service.jobs.export(query, earliest_time="0"),
        job.results(),
    ):
        reader = results.ResultsReader(stream)
        assert [dict(row) for row in reader] == as_json
        assert reader.is_preview is False
    assert as_json[0]["msg"].startswith("<")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_messages_of_the_server_are_read_in_each_form(service):
    query = "search index=fleet earliest=0 | stats count"
    said = results.Message("INFO", "Your timerange was substituted based on your search string")
    beside = {"earliest_time": "-1h"}
    job = service.jobs.create(query, **beside)
    assert job.is_done() and job["messages"] == [{"type": said.type, "text": said.message}]
    for stream in (
        service.jobs.oneshot(query, output_mode="json", **beside),
        service.jobs.export(query, output_mode="json", **beside),
        job.results(output_mode="json"),
    ):
        assert rows_of(stream) == [said, {"count": "150"}]
    assert list(results.ResultsReader(job.results())) == [said, {"count": "150"}]


def test_a_job_is_listed_controlled_and_cancelled_and_gone_then(service):
    job = service.jobs.create(BY_SERVICE)
    assert job.sid in [one.sid for one in service.jobs]
    assert job.sid in service.jobs
    for act in (job.pause, job.unpause, job.finalize, job.touch, job.enable_preview, job.disable_preview):
        assert act() is job
    assert job.set_ttl(77).refresh()["ttl"] == "77"
    job.set_priority(3)
    job.cancel()
    job.cancel()
    with pytest.raises(binding.HTTPError, match="HTTP 404 Not Found -- Unknown sid."):
        job.results()
    assert job.sid not in [one.sid for one in service.jobs]


def test_a_refusal_has_its_words(service):
    for ask in (service.jobs.create, service.jobs.oneshot, service.jobs.export):
        with pytest.raises(binding.HTTPError, match="HTTP 400 Bad Request -- Unknown search command 'nonsense'"):
            ask("search index=fleet | nonsense")
    with pytest.raises(binding.HTTPError, match="Invalid earliest_time."):
        service.jobs.create("search *", earliest_time="sometime")
    with pytest.raises(binding.HTTPError, match="Only output_mode=json and output_mode=xml"):
        service.jobs.oneshot("search *", output_mode="csv")


def test_what_the_log_search_does_not_have_is_not_found(service):
    for ask in (lambda: service.indexes.list(), lambda: service.saved_searches.list(), lambda: service.parse("search *")):
        with pytest.raises(binding.HTTPError, match="HTTP 404 Not Found"):
            ask()
    job = service.jobs.create(BY_SERVICE)
    for part in (job.summary, job.timeline, job.searchlog):
        with pytest.raises(binding.HTTPError, match="HTTP 404 Not Found"):
            part()
