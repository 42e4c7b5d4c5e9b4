"""Pages as HTML, by templates that take nothing for markup but their own."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from .. import templates

if TYPE_CHECKING:
    import jinja2

    from .page import Page

EXTRA = "site"
_SCHEME = re.compile("[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FOLLOWED = ("http://", "https://")


def drawn(page: Page, template: str = "page.html.jinja", **more: object) -> bytes:
    """The page as a file. Raises ``UsageError`` where jinja2 is not installed."""
    made = environment().get_template(template).render(page=page, **more)
    return made.encode("utf-8", "backslashreplace")


def stylesheet() -> bytes:
    """The one stylesheet of all pages."""
    return files(__package__).joinpath("style.css").read_bytes()


def environment() -> jinja2.Environment:
    """Where the templates are; a caller may put folders of its own before them. Raises ``UsageError`` where
    jinja2 is not installed.
    """
    made = templates.environment("transparency_check.pages", "templates", EXTRA)
    made.filters["followed"] = followed
    return made


def followed(href: str) -> str:
    """Where a link leads: within the pages, or to the web; empty for any other scheme, which could act."""
    if href.startswith("//") or (_SCHEME.match(href) and not href.startswith(_FOLLOWED)):
        return ""
    return href
