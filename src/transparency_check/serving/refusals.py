"""What is said where nothing is shown: as a problem for programs (RFC 9457), as a plain page for people."""

from __future__ import annotations

from html import escape

import orjson

from ..harmless import printable
from ..messages.language import current

PROBLEM = b"application/problem+json"


def problem(status: int, said: str, **more: object) -> bytes:
    """A problem as programs read it."""
    return orjson.dumps({"type": "about:blank", "title": said, "status": status, **more})


def refusal(path: str, status: int, said: str) -> tuple[bytes, bytes]:
    """The body and its type."""
    if path.startswith("/api/"):
        return problem(status, said), PROBLEM
    shown = escape(printable(said))
    page = (
        f'<!DOCTYPE html>\n<html lang="{current()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{shown}</title><link rel="stylesheet" href="/static/style.css"></head>'
        f'<body><main class="inner"><h1>{status}</h1><p class="lead">{shown}</p></main></body></html>\n'
    )
    return page.encode("utf-8", "backslashreplace"), b"text/html; charset=utf-8"
