"""A document as one HTML file that needs no other: to read on a screen or a phone, to print, to mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..templates import environment
from .document import EXTRA, Document

if TYPE_CHECKING:
    import jinja2


def render(document: Document) -> bytes:
    """The file. Raises ``UsageError`` where jinja2 is not installed."""
    made = template("page.html.jinja").render(document=document, page=document.page)
    return made.encode("utf-8", "backslashreplace")


def template(name: str, extra: str = EXTRA) -> jinja2.Template:
    """A template of this folder. Raises ``UsageError`` where jinja2 is not installed, which comes with
    ``extra``.
    """
    return environment("transparency_check.documents", ".", extra).get_template(name)
