"""How Sphinx makes the site of the documents as they lie in the repository.

They are Markdown that GitHub shows, too: what only Sphinx needs - the navigation, the language of a page - is
added here while they are read. With ``-t without_duties`` the page of each duty is left out, which takes a
third of the time.
"""

from __future__ import annotations

import fnmatch
import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from transparency_check import __version__

sys.path.insert(0, str(Path(__file__).parent))
from navigation import LANGUAGES, NAVIGATION, ROOT

project = "transparency-check"
author = "the contributors of transparency-check"
project_copyright = "the contributors of transparency-check; Apache License 2.0"
release = version = __version__
language = "en"

extensions = ["myst_parser"]
root_doc = ROOT
include_patterns = [
    "*.md", "docs/*.md", "docs/**/*.md", "rules/*/README.md", "samples/*/README.md",
    "examples/README.md", "examples/*/README.md", "src/transparency_check/serving/static/README.md",
]  # fmt: skip
# They are linked from the coverage; in the navigation nobody would find one among hundreds.
_DUTIES = "docs/law/duties/"
_LINK_TO_DUTY = re.compile(r"\[([^\]]*)\]\([\w./-]*duties/[\w-]+\.md\)")
# Sphinx puts `tags` there.
_WITHOUT_DUTIES = tags.has("without_duties")  # noqa: F821
exclude_patterns = [f"{_DUTIES}*"] if _WITHOUT_DUTIES else []

myst_heading_anchors = 4
# The documents are Markdown as everywhere: what MyST adds to it is none.
myst_disable_syntax = ["myst_role", "myst_target", "myst_line_comment"]
# A block that is cut short, as the documents do, is no whole file of its language.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"transparency-check {__version__}"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
templates_path = ["templates"]
html_additional_pages = {"index": "start.html"}


def _add_what_sphinx_needs(app: Sphinx, name: str, source: list[str]) -> None:
    if name == ROOT:
        source[0] += "".join(map(_contents, NAVIGATION))
    elif name.startswith(_DUTIES):
        source[0] = f"---\norphan: true\n---\n{source[0]}"
    if _WITHOUT_DUTIES:
        source[0] = _LINK_TO_DUTY.sub(r"\1", source[0])


def _contents(group: str) -> str:
    names = "\n".join(f"/{name}" for name in NAVIGATION[group])
    return f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {group}\n\n{names}\n```\n"


def _tell_the_templates(
    app: Sphinx, name: str, template: str, context: dict[str, Any], tree: object
) -> None:
    """The language of a page, and for the start page the documents with their titles."""
    context["language"] = next((tag for tag in LANGUAGES if name.startswith(f"docs/{tag[:2]}/")), language)
    context["languages"] = LANGUAGES
    if name == "index":
        context["title"] = "Documentation"
        titles = {found: title.astext() for found, title in sorted(app.env.titles.items())}
        context["groups"] = {
            group: [(name, titles[name]) for pattern in patterns for name in fnmatch.filter(titles, pattern)]
            for group, patterns in NAVIGATION.items()
        }


def setup(app: Sphinx) -> None:
    app.connect("source-read", _add_what_sphinx_needs)
    app.connect("html-page-context", _tell_the_templates)
