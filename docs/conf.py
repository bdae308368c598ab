# The site of the documentation: `npm run site` gathers its pages and runs Sphinx with this file. Needs what PyPI has alone.
import json
from pathlib import Path

project = "Launchbook"
author = "The Launchbook authors"
copyright = author
version = release = json.loads((Path(__file__).parent.parent / "package.json").read_text())["version"]

extensions = ["myst_nb"]
exclude_patterns = ["**/.ipynb_checkpoints"]
# Notebooks are shown as they are: a runbook is not executed by building its page.
nb_execution_mode = "off"
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# Cells are TypeScript; their line commands and Deno's forms are not all known to the highlighter.
suppress_warnings = ["misc.highlighting_failure", "mystnb.lexer"]
highlight_language = "typescript"

html_theme = "pydata_sphinx_theme"
html_title = f"Launchbook {version}"
html_show_sourcelink = False
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": True,
    "navbar_align": "left",
    "footer_start": ["copyright"],
    "footer_end": [],
}
