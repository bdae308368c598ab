# The example runbooks in Jupyter's own hands: valid, and byte for byte what Jupyter writes when one of them is opened and saved.
from pathlib import Path

import nbformat
import pytest

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_valid_and_saved_as_jupyter_saves_it(path):
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n" == text
