"""A document as PDF, set by typst: tagged, so that it can be read aloud, in the language it is in."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from ..harmless import printable
from .document import Document, missing

_TEMPLATE = "page.typ"


def render(document: Document) -> bytes:
    """The file. Raises ``UsageError`` where typst is not installed."""
    try:
        import typst
    except ImportError:
        raise missing("typst", "PDF") from None
    # The template is a program; what is shown comes to it as data only.
    data = json.dumps(_data(document), ensure_ascii=False).encode("utf-8", "backslashreplace")
    made = typst.compile(
        _template(),
        sys_inputs={"document": data.decode()},
        # Text of a log can be anything, fonts of the machine too: the same file everywhere.
        ignore_system_fonts=True,
        timestamp=0,
    )
    return bytes(made)


@cache
def _template() -> bytes:
    return files(__package__).joinpath(_TEMPLATE).read_bytes()


def _data(document: Document) -> dict[str, object]:
    page = document.page
    language, _, script = document.language.partition("-")
    return {
        "title": printable(page.title),
        "language": language,
        "script": script,
        "header": [*map(printable, page.header)],
        "sections": [
            {
                "title": printable(section.title),
                "tone": section.tone,
                "blocks": [
                    {
                        "title": printable(block.title),
                        "lines": [*map(printable, block.lines)],
                        "columns": [*map(printable, block.columns)],
                        "rows": [[[*map(printable, lines)] for lines in row] for row in block.rows],
                    }
                    for block in section.blocks
                ],
            }
            for section in page.sections
        ],
        "facts": [[printable(name), printable(value)] for name, value in document.facts],
        "signatures": list(document.signatures),
    }
