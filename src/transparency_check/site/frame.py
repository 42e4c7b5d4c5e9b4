"""Where the pages of a site lie, how they link, and what all of them share."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from ..model import Finding
from ..packs.model import Rulebook
from ..pages.blocks import Line
from ..pages.page import InLanguage, Link, Surroundings
from ..reports.options import Names
from .record import Record

_SAFE = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
STYLESHEET = "style.css"
DATA = "data"
OVERVIEW, AREAS, TOWNS, DUTIES, METHOD, OPEN_DATA = (
    "index.html", "areas.html", "municipalities.html", "duties.html", "method.html", "open-data.html",
)  # fmt: skip
FEED, CALENDAR = "feed.xml", "calendar.ics"


def file_name(id_: str) -> str:
    """An id as the name of a file: itself where it can be one, else with what tells it from all others."""
    if _SAFE.fullmatch(id_):
        return id_
    kept = re.sub("[^A-Za-z0-9_-]+", "-", id_).strip("-")[:40]
    return f"{kept or 'x'}-{hashlib.sha256(id_.encode('utf-8', 'backslashreplace')).hexdigest()[:10]}"


@dataclass(frozen=True)
class Settings:
    """What the command says of a site: its name (empty: one is made), its languages, where it will lie
    (empty: it can lie anywhere), under which licence its data are, what the findings were narrowed to.
    """

    title: str
    languages: tuple[str, ...]
    base: str
    licence: str
    selection: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Frame:
    """The site in the language that is spoken, as one of its pages sees it: ``path`` is that of the page,
    within the folder of the language.
    """

    settings: Settings
    record: Record
    rulebook: Rulebook
    names: Names
    areas: Mapping[str, str]
    path: str = OVERVIEW
    language: str = ""

    def at(self, path: str) -> Frame:
        """The same as another page sees it."""
        return replace(self, path=path)

    def href(self, path: str) -> str:
        """The way from the page to a file in the folder of its language."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def above(self, path: str) -> str:
        """The way from the page to a file beside the folders of languages."""
        return self.href(f"../{path}")

    # -- what pages are about

    def town(self, id_: str) -> str:
        """The name of a municipality."""
        return self.names.municipalities.get(id_, id_)

    def town_page(self, id_: str) -> str:
        return f"municipalities/{file_name(id_)}.html"

    def area(self, id_: str) -> str:
        """The name of an area."""
        if id_ == "REC":
            return text("site.area.records")
        return self.areas.get(id_, id_)

    def area_page(self, id_: str) -> str:
        return f"areas/{file_name(id_)}.html"

    def duty(self, rule: str) -> str:
        """The title of a duty."""
        return self.names.rule(rule) or rule

    def duty_page(self, rule: str) -> str:
        return f"duties/{file_name(rule)}.html"

    @property
    def name(self) -> str:
        """The name of the site."""
        if self.settings.title:
            return self.settings.title
        towns = self.record.towns
        return text("site.name.one", name=self.town(towns[0])) if len(towns) == 1 else text("site.name")

    @property
    def as_of(self) -> str:
        """The moment that was judged at, for people."""
        return day(self.record.report.as_of)

    def surroundings(self, within: str) -> Surroundings:
        """What stands around a page that belongs to the part ``within`` of the navigation."""
        towns = self.record.towns
        parts = [
            (OVERVIEW, text("site.nav.overview")),
            (self.town_page(towns[0]), self.town(towns[0]))
            if len(towns) == 1
            else (TOWNS, text("site.nav.towns")),
            (AREAS, text("site.nav.areas")),
            (DUTIES, text("site.nav.duties")),
            (METHOD, text("site.nav.method")),
            (OPEN_DATA, text("site.nav.data")),
        ]
        within = self.town_page(towns[0]) if within == TOWNS and len(towns) == 1 else within
        return Surroundings(
            name=self.name,
            home=self.href(OVERVIEW),
            stylesheet=self.above(STYLESHEET),
            navigation=tuple(Link(label, self.href(path), path == within) for path, label in parts),
            languages=tuple(
                InLanguage(tag, self.above(f"{tag}/{self.path}"), tag == self.language)
                for tag in self.settings.languages
            ),
            footer=(
                Line(text("site.footer.judged", version=self.record.report.tool_version, as_of=self.as_of)),
                Line(text("site.footer.redacted")),
            ),
            alternates=(("application/atom+xml", text("site.feed.title", name=self.name), self.href(FEED)),),
        )

    def about(self, finding: Finding, with_town: bool) -> tuple[Line, ...]:
        """What a finding is about: municipality, where it is not clear from the page, and case or period."""
        lines = []
        if with_town:
            lines.append(
                Line(self.town(finding.municipality), self.href(self.town_page(finding.municipality)))
            )
        if finding.case:
            lines.append(Line(finding.case))
        if finding.period:
            # The key of a duty that recurs is a day.
            lines.append(Line(day(finding.period)))
        return tuple(lines) or (Line(self.town(finding.municipality)),)


def frame(settings: Settings, record: Record, rulebook: Rulebook) -> Frame:
    """The site in the language that is spoken."""
    tag = current()
    names = Names.of(rulebook)
    towns = {
        m.id: m.title.in_language(tag) if m.title else m.names[0] if m.names else m.id
        for m in rulebook.municipalities
    }
    areas = {id_: title.in_language(tag) for pack in rulebook.packs for id_, title in pack.areas.items()}
    return Frame(settings, record, rulebook, replace(names, municipalities=towns), areas, language=tag)
