"""What pages are made of. Each class is drawn by the macro of its ``kind`` in ``templates/blocks``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from ..messages import text
from .charts import Bar, Trend

# How a text is meant; the stylesheet gives each a colour and another mark.
Tone = Literal[
    "plain", "quiet", "strong", "figure", "fulfilled", "late", "violated", "undetermined", "pending",
    "not_applicable",
]  # fmt: skip


class Drawable(Protocol):
    """What a template has a macro for, by its ``kind``: the blocks below, and those of who draws pages with
    templates of their own.
    """

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, a link where it has an ``href``. ``before`` and ``after`` stand beside the link;
    ``language`` is that of the text where it is another than that of the page.
    """

    text: str
    href: str = ""
    tone: Tone = "plain"
    before: str = ""
    after: str = ""
    language: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``number`` is set to the right with figures of one width, ``wide`` holds
    sentences, ``head`` names the row.
    """

    title: str
    kind: Literal["text", "number", "wide", "head"] = "text"


Cell = tuple[Line, ...]


def cell(value: object, href: str = "", tone: Tone = "plain") -> Cell:
    """A cell of one line."""
    return (Line(str(value), href, tone),)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``note`` stands below it, ``more`` says where the rest is. Empty: ``empty``
    is said instead.
    """

    kind: ClassVar[str] = "table"

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    more: tuple[Line, ...] = ()
    # Whether the caption is only for who cannot see that the heading above says the same.
    caption_hidden: bool = False

    @property
    def region(self) -> str:
        """What a screen reader calls the region that the table scrolls in."""
        return text("site.region", caption=self.caption)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs."""

    kind: ClassVar[str] = "prose"

    paragraphs: tuple[Line, ...]

    @classmethod
    def of(cls, paragraphs: Iterable[str]) -> Prose:
        """Of plain texts."""
        return cls(tuple(Line(p) for p in paragraphs))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list without order."""

    kind: ClassVar[str] = "listing"

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with one line or more."""

    kind: ClassVar[str] = "facts"

    facts: tuple[tuple[str, tuple[Line, ...]], ...]
    terms: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a law says, in its own language, and where it stands."""

    kind: ClassVar[str] = "quote"

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that must not be overlooked."""

    kind: ClassVar[str] = "notice"

    lines: tuple[Line, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Score:
    """How much was kept: the figure, the sentence that explains it, how the obligations are shared out."""

    kind: ClassVar[str] = "score"

    label: str
    figure: str
    sentences: tuple[Line, ...]
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart beside the table of its figures."""

    kind: ClassVar[str] = "chart"

    trend: Trend
    table: Table


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files to take away: name, where, what is in it."""

    kind: ClassVar[str] = "downloads"

    files: tuple[tuple[Line, str], ...]


Block = Table | Prose | Listing | Facts | Quote | Notice | Score | Chart | Downloads
