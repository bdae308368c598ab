# Charts in a committed notebook: read without Launchbook and with the sanitizer on, they are still pictures or text.
import base64
import re
import struct

import nbformat
import pytest
from nbconvert import HTMLExporter

CHARTS = {
    "a line chart": "display.lineChart([{ minute: '10:00', errors: 3 }, { minute: '10:01', errors: 5 }], { title: 'Errors' })",
    "a bar chart": "display.barChart([{ service: 'orders', errors: 3 }, { service: 'payments', errors: 0 }], { title: 'Errors' })",
    "a timeline": "display.timeline([{ label: 'Deploy', start: 0, end: 60000 }], { title: 'Errors' })",
}


@pytest.fixture(scope="module", params=CHARTS, ids=list(CHARTS))
def bundle(request, client):
    contents = client.run(CHARTS[request.param]).contents("display_data")
    assert len(contents) == 1
    return contents[0]["data"]


def rendered(bundle) -> str:
    output = nbformat.v4.new_output("display_data", data=bundle)
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    html, _ = HTMLExporter(sanitize_html=True, template_name="basic").from_notebook_node(
        nbformat.v4.new_notebook(cells=[cell])
    )
    return html


def test_a_picture_is_left_when_all_markup_is_sanitized(bundle):
    html = rendered(bundle)
    source = re.search(r'<img[^>]*src="data:image/png;base64,([^"]+)"', html)
    assert source, html[:600]
    assert base64.b64decode(source[1])


def test_a_front_end_that_draws_has_the_specification(bundle):
    spec = bundle["application/vnd.vegalite.v5+json"]
    assert spec["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert spec["title"]["text"] == "Errors"


def test_a_reader_that_draws_nothing_shows_the_png(bundle):
    html = rendered({kind: data for kind, data in bundle.items() if "vega" not in kind})
    source = re.search(r'<img[^>]*src="data:image/png;base64,([^"]+)"', html)
    assert source, html[:600]
    picture = base64.b64decode(source[1])
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width >= 300 and height >= 40


def test_a_reader_of_text_alone_shows_the_title(bundle):
    assert "Errors" in bundle["text/plain"]
    assert "<" not in bundle["text/plain"]
