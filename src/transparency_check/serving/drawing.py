"""Pages of the server as HTML: the templates of ``pages`` with those of forms and calendars beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..messages import text
from ..pages.blocks import Drawable
from ..pages.drawing import environment as environment_of_pages
from ..pages.drawing import stylesheet as stylesheet_of_pages
from ..pages.page import Page
from .parts import Form
from .scripts import SETTINGS, scripts

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Marks:
    """What forms say at every field."""

    needed: str = field(default_factory=lambda: text("serve.form.needed"))


@dataclass(frozen=True, slots=True)
class ServedPage(Page):
    """A page that may hold forms; ``status`` is that of HTTP, as 422 for a form that was not taken.
    ``heard`` is what is said aloud where a part of the page takes the place of an earlier one.
    """

    status: int = 200
    marks: Marks = field(default_factory=Marks)
    heard: str = field(default_factory=lambda: text("serve.heard"))

    @property
    def filters(self) -> tuple[Drawable, ...]:
        """The opening up to the form that says what is shown; without remarks, which are about what is
        shown.
        """
        last = max((n for n, block in enumerate(self.opening, 1) if _filters(block)), default=0)
        return tuple(block for block in self.opening[:last] if block.kind not in _REMARKS)

    @property
    def shown(self) -> tuple[Drawable, ...]:
        """The rest of the opening: with the sections, what changes when something else is asked for."""
        above = self.filters
        return tuple(block for block in self.opening if all(block is not other for other in above))

    @property
    def part(self) -> str:
        """The id of what is replaced when the records were judged anew: nothing in which is typed."""
        return "shown" if self.filters else "content"

    @property
    def watched(self) -> bool:
        """Whether the page takes up a new judgement by itself; never where somebody fills in a form."""
        blocks = [*self.opening, *(block for section in self.sections for block in section.blocks)]
        forms = [b for b in blocks if isinstance(b, Form) and all(b is not other for other in self.filters)]
        typed = any(group.fields for form in forms for group in form.groups)
        return not typed and any(block.kind == "watch" for block in self.shown)

    @property
    def enhanced(self) -> bool:
        """Whether there is anything for a script to do."""
        return bool(self.filters) or self.watched


_REMARKS = ("notice", "watch")


def _filters(block: Drawable) -> bool:
    return isinstance(block, Form) and block.compact


def drawn(page: ServedPage, aloud: bool = False) -> bytes:
    """The page as it is sent. ``aloud``: a part of it takes the place of an earlier one."""
    made = _environment().get_template("served.html.jinja")
    sent = made.render(page=page, aloud=aloud, settings=SETTINGS, scripts=tuple(scripts()))
    return sent.encode("utf-8", "backslashreplace")


@cache
def stylesheet() -> bytes:
    """The stylesheet of all pages, then that of forms, calendars and timelines."""
    own = files(__package__).joinpath("static", "serving.css").read_bytes()
    return stylesheet_of_pages() + b"\n" + own


@cache
def icon() -> bytes:
    """What tabs and bookmarks show of the pages."""
    return files(__package__).joinpath("static", "icon.svg").read_bytes()


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    base = environment_of_pages()
    assert base.loader is not None
    own = jinja2.PackageLoader("transparency_check.serving", "templates")
    return base.overlay(loader=jinja2.ChoiceLoader([own, base.loader]))
