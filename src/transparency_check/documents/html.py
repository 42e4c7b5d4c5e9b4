"""A document as one HTML file that needs no other: to read on a screen or a phone, to print, to mail."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..harmless import printable
from .document import EXTRA, Document, missing

if TYPE_CHECKING:
    import jinja2

_COMMAND = re.compile("#(?=#)|:(?=:)")


def render(document: Document) -> bytes:
    """The file. Raises ``UsageError`` where jinja2 is not installed."""
    made = template("page.html.jinja").render(document=document, page=document.page)
    return made.encode("utf-8", "backslashreplace")


@cache
def template(name: str, extra: str = EXTRA) -> jinja2.Template:
    """A template of this folder; what it shows is harmless. Raises ``UsageError`` where jinja2 is not
    installed, which comes with ``extra``.
    """
    try:
        import jinja2
    except ImportError:
        raise missing("jinja2", "HTML", extra) from None
    surroundings = jinja2.Environment(
        loader=jinja2.PackageLoader("transparency_check.documents", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_harmless,
    )
    return surroundings.get_template(name)


def _harmless(value: object) -> object:
    """Text that does nothing where it is shown: neither in a browser nor in the log of a build, which takes
    ``::`` and ``##[`` for commands.
    """
    from markupsafe import Markup, escape

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_COMMAND.sub(lambda mark: f"&#{ord(mark[0])};", str(escape(printable(value)))))
