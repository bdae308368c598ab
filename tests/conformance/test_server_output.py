# Output through a real Jupyter server with its default rate limits: nothing is cut, and all of it comes before idle.
import re

import pytest

from scale import scaled
from server import Server, text_of

pytestmark = pytest.mark.alone

# The server lets a megabyte through in a second.
ROWS = scaled(50_000, 100_000)

MEGABYTES = f"""
const row = (i: number) => `${{String(i).padStart(9, '0')}} ${{'.'.repeat(89)}}\\n`
for (let i = 0; i < {ROWS}; i++) process.stdout.write(row(i))
"""


def rows(start: int, stop: int) -> str:
    return "".join(f"{i:09d} {'.' * 89}\n" for i in range(start, stop))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def notebook(server, request):
    notebook = server.open(f"{request.node.name}.ipynb")
    yield notebook
    notebook.close()


def test_twenty_thousand_lines_arrive_whole(notebook):
    for _ in range(3):
        published, reply = notebook.run("for (let i = 0; i < 20000; i++) console.log('line', i)")
        assert reply["content"]["status"] == "ok", reply["content"]
        assert text_of(published) == "".join(f"line {i}\n" for i in range(20000))


def test_five_thousand_displays_arrive_whole(notebook):
    published, _ = notebook.run("for (let i = 0; i < 5000; i++) display.markdown(`shown ${i}`)")
    shown = [m["content"]["data"]["text/markdown"] for m in published if m["msg_type"] == "display_data"]
    assert text_of(published) == ""
    assert shown == [f"shown {i}" for i in range(5000)]


def test_megabytes_are_shown_in_part_and_kept_whole(server, notebook, request):
    published, reply = notebook.run(MEGABYTES)
    assert reply["content"]["status"] == "ok", reply["content"]
    text = text_of(published)
    notices = re.findall(r"^\[launchbook\] .*$", text, re.MULTILINE)
    assert len(notices) == 2, notices
    head, rest = text.split(notices[0] + "\n")
    assert rest.startswith(notices[1] + "\n")
    tail = rest.removeprefix(notices[1] + "\n")
    assert head == rows(0, len(head) // 100)
    assert tail == rows(ROWS - len(tail) // 100, ROWS)
    # A line of 100 characters takes 110 bytes in the file.
    assert 4_190_000 < (len(head) + len(tail)) * 1.1 <= 4 * 1024 * 1024
    left_out = 100 * ROWS - len(head) - len(tail)
    assert f"{left_out:,} bytes ({left_out // 100:,} lines) of output are left out here" in notices[1]
    [name] = re.findall(r"the whole output is in (.*)\.$", notices[1])
    assert name.startswith(f".launchbook/{request.node.name}.outputs/")
    assert (server.folder / name).read_text() == rows(0, ROWS)


def test_megabytes_arrive_whole_where_the_limit_allows_it(server):
    folder = server.folder / "raised"
    folder.mkdir()
    (folder / "launchbook.yml").write_text(
        f"environments: {{ local: {{}} }}\noutput: {{ limit: {scaled(8, 16)} MiB }}\n"
    )
    raised = server.open("raised/whole.ipynb")
    published, reply = raised.run(f"{MEGABYTES}; 'the last'")
    raised.close()
    assert reply["content"]["status"] == "ok", reply["content"]
    text, notices = text_of(published), re.findall(r"^\[launchbook\] .*\n", text_of(published), re.MULTILINE)
    assert len(notices) == 1, "what follows the first half comes at the end"
    assert text.replace(notices[0], "") == rows(0, ROWS)
    assert published[-2]["msg_type"] == "execute_result"
