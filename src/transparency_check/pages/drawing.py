"""Pages as HTML, by templates that take nothing for markup but their own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..harmless import printable
from ..messages import text

if TYPE_CHECKING:
    import jinja2

    from .page import Page

EXTRA = "site"
# What the log of a build takes for a command: ::error::, ##[error].
_COMMAND = re.compile("#(?=#)|:(?=:)")
_SCHEME = re.compile("[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FOLLOWED = ("http://", "https://")


def drawn(page: Page, template: str = "page.html.jinja", **more: object) -> bytes:
    """The page as a file. Raises ``UsageError`` where jinja2 is not installed."""
    made = environment().get_template(template).render(page=page, **more)
    return made.encode("utf-8", "backslashreplace")


def stylesheet() -> bytes:
    """The one stylesheet of all pages."""
    return files(__package__).joinpath("style.css").read_bytes()


@cache
def environment() -> jinja2.Environment:
    """Where the templates are; a caller may put folders of its own before them. Raises ``UsageError`` where
    jinja2 is not installed.
    """
    try:
        import jinja2
    except ImportError:
        raise UsageError(text("error.document.missing", module="jinja2", form="HTML", extra=EXTRA)) from None
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("transparency_check.pages", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=harmless,
    )
    made.filters["followed"] = followed
    return made


def harmless(value: object) -> object:
    """Text that does nothing where it is shown: neither in a browser nor in the log of a build."""
    from markupsafe import Markup, escape

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(_COMMAND.sub(lambda mark: f"&#{ord(mark[0])};", str(escape(printable(value)))))


def followed(href: str) -> str:
    """Where a link leads: within the pages, or to the web; empty for any other scheme, which could act."""
    if href.startswith("//") or (_SCHEME.match(href) and not href.startswith(_FOLLOWED)):
        return ""
    return href
