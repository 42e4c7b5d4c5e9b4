"""What surrounds the content of a page, and the page itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..messages import text
from ..messages.language import current
from .blocks import Block, Line

# What a language is called in itself.
LANGUAGE_NAMES = {"en": "English", "sq": "Shqip", "sr-Latn": "Srpski", "sr-Cyrl": "Српски"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation. ``current`` is that of the page itself, or of what it belongs to."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The same page in a language (``en``, ``sq``, ``sr-Latn``, ``sr-Cyrl``)."""

    language: str
    href: str
    current: bool = False

    @property
    def label(self) -> str:
        """What the language is called in itself."""
        return LANGUAGE_NAMES[self.language]


@dataclass(frozen=True, slots=True)
class Words:
    """What the skeleton itself says."""

    skip: str = field(default_factory=lambda: text("site.skip"))
    pages: str = field(default_factory=lambda: text("site.nav.pages"))
    languages: str = field(default_factory=lambda: text("site.nav.languages"))
    here: str = field(default_factory=lambda: text("site.nav.here"))
    on_page: str = field(default_factory=lambda: text("site.nav.on_page"))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with a heading; ``id`` is what links name it by, once on a page."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What pages of one kind share: the name of the whole, its navigation, where its stylesheet is."""

    name: str
    home: str
    stylesheet: str
    navigation: tuple[Link, ...] = ()
    languages: tuple[InLanguage, ...] = ()
    footer: tuple[Line, ...] = ()
    # Feeds and the like, for the head: type, title, href.
    alternates: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it stands (``path``, from the outside in), its heading, an introduction, its sections.

    ``contents`` says whether a list of the sections stands above them.
    """

    title: str
    surroundings: Surroundings
    lead: tuple[Line, ...] = ()
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    path: tuple[Link, ...] = ()
    kicker: str = ""
    contents: bool = False
    language: str = field(default_factory=current)
    words: Words = field(default_factory=Words)
