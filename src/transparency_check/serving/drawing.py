"""Pages of the server as HTML: the templates of ``pages`` with those of forms and calendars beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..messages import text
from ..pages.drawing import environment as environment_of_pages
from ..pages.drawing import stylesheet as stylesheet_of_pages
from ..pages.page import Page

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Marks:
    """What forms say at every field."""

    needed: str = field(default_factory=lambda: text("serve.form.needed"))


@dataclass(frozen=True, slots=True)
class ServedPage(Page):
    """A page that may hold forms; ``status`` is that of HTTP, as 422 for a form that was not taken."""

    status: int = 200
    marks: Marks = field(default_factory=Marks)


def drawn(page: ServedPage) -> bytes:
    """The page as it is sent."""
    made = _environment().get_template("served.html.jinja").render(page=page)
    return made.encode("utf-8", "backslashreplace")


@cache
def stylesheet() -> bytes:
    """The stylesheet of all pages, then that of forms, calendars and timelines."""
    own = files(__package__).joinpath("static", "serving.css").read_bytes()
    return stylesheet_of_pages() + b"\n" + own


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    base = environment_of_pages()
    assert base.loader is not None
    own = jinja2.PackageLoader("transparency_check.serving", "templates")
    return base.overlay(loader=jinja2.ChoiceLoader([own, base.loader]))
