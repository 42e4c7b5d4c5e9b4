"""The pages as one of them sees the whole: who asks, in which language, on which snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ..messages import text
from ..messages.figures import day
from ..messages.language import LANGUAGES
from ..model import Finding
from ..pages.blocks import Line
from ..pages.page import InLanguage, Link, Surroundings
from ..plugins import Registry, load_registry
from ..reports import wording
from ..site import frame as site
from ..site.frame import Frame
from .people import Person

if TYPE_CHECKING:
    from .state import Seen, Snapshot
    from .whole import Whole

STYLESHEET = "/static/style.css"
# The parts of the navigation, in their order; those from ``RECORD`` on need more than to read.
OVERVIEW, OBLIGATIONS, CALENDAR, CASES, DUTIES, PLAN, RECORD, EVENTS, IMPORT, WAIVERS, EXPORTS, ABOUT = (
    "", "obligations", "calendar", "cases", "duties", "plan", "record", "events", "import", "waivers",
    "exports", "about",
)  # fmt: skip
AUDIT = "audit"
SIGN_IN, SIGN_OUT = "sign-in", "sign-out"
FINDING, CASE, SHEET = "findings", "case", "sheet"
LEFT_OUT = f"{EVENTS}/left-out"
# Where the pages of the public site, whose tables are drawn here too, have their counterparts.
_COUNTERPARTS = {
    site.OVERVIEW: OVERVIEW, site.DUTIES: DUTIES, site.OPEN_DATA: EXPORTS, site.METHOD: ABOUT,
    site.TOWNS: OVERVIEW, site.AREAS: OVERVIEW,
}  # fmt: skip


@dataclass(frozen=True)
class Served(Frame):
    """``query`` is what was asked for with the address; ``writable`` whether there is a register to record
    in, ``accepting`` whether there is a file in which violations can be accepted.
    """

    seen: Seen | None = None
    person: Person | None = None
    client: str = ""
    query: tuple[tuple[str, str], ...] = ()
    writable: bool = False
    accepting: bool = False
    source: str = ""
    now: dt.datetime | None = None
    packs: tuple[str, ...] = ()
    # Plugins, loaded anew: what one of them did wrong in one run is no matter of the next.
    registry: Callable[[], Registry] = load_registry

    @property
    def snapshot(self) -> Snapshot:
        assert self.seen is not None
        return self.seen.snapshot

    @property
    def whole(self) -> Whole:
        """What was judged."""
        return self.snapshot.whole

    @property
    def today(self) -> dt.date:
        """The day that was judged at."""
        return self.record.today

    @property
    def may_record(self) -> bool:
        return self.writable and self.person is not None and self.person.may("recorder")

    @property
    def may_accept(self) -> bool:
        return self.accepting and self.person is not None and self.person.may("admin")

    # -- where what lies

    def href(self, path: str, **query: str | None) -> str:
        """The address of a page in the language of this one."""
        given = {name: value for name, value in query.items() if value}
        asked = f"?{urlencode(given)}" if given else ""
        return f"/{self.language}/{_COUNTERPARTS.get(path, path)}{asked}"

    def here(self, language: str = "") -> str:
        """The address of this page, with what was asked for; in another language where one is named."""
        asked = f"?{urlencode(self.query)}" if self.query else ""
        return f"/{language or self.language}/{self.path}{asked}"

    def above(self, path: str) -> str:
        return f"/{path}"

    def town_page(self, id_: str) -> str:
        return f"{OBLIGATIONS}?{urlencode({'municipality': id_})}"

    def area_page(self, id_: str) -> str:
        return f"{OBLIGATIONS}?{urlencode({'area': id_})}"

    def duty_page(self, rule: str) -> str:
        return f"{DUTIES}/{site.file_name(rule)}"

    def finding_page(self, id_: str) -> str:
        return self.href(f"{FINDING}/{id_}")

    def case_page(self, municipality: str, case: str) -> str:
        return self.href(CASE, municipality=municipality, case=case)

    # -- what pages say

    @property
    def name(self) -> str:
        if self.settings.title:
            return self.settings.title
        towns = self.record.towns
        return text("serve.name.one", name=self.town(towns[0])) if len(towns) == 1 else text("serve.name")

    def about(self, finding: Finding, with_town: bool) -> tuple[Line, ...]:
        lines = []
        if with_town:
            lines.append(Line(self.town(finding.municipality)))
        if finding.case:
            lines.append(Line(finding.case, self.case_page(finding.municipality, finding.case)))
        if finding.period:
            lines.append(Line(finding.period))
        if not lines:
            lines.append(Line(self.town(finding.municipality)))
        return (*lines, Line(text("serve.proof"), self.finding_page(finding.id)))

    def outcome(self, finding: Finding) -> Line:
        """What became of an obligation, in its colour and form."""
        return Line(wording.outcome_name(finding.outcome), tone=finding.outcome)

    def surroundings(self, within: str) -> Surroundings:
        parts = [
            (OVERVIEW, "serve.nav.overview"), (OBLIGATIONS, "serve.nav.obligations"),
            (CALENDAR, "serve.nav.calendar"), (CASES, "serve.nav.cases"), (PLAN, "serve.nav.plan"),
            (DUTIES, "serve.nav.duties"),
        ]  # fmt: skip
        if self.may_record:
            parts.append((RECORD, "serve.nav.record"))
        if self.writable:
            parts.append((EVENTS, "serve.nav.events"))
        parts += [(WAIVERS, "serve.nav.waivers"), (EXPORTS, "serve.nav.exports")]
        if self.person is not None and self.person.may("admin"):
            parts.append((AUDIT, "serve.nav.audit"))
        parts.append((ABOUT, "serve.nav.about"))
        within = _COUNTERPARTS.get(within, within)
        if within == IMPORT:
            within = RECORD
        return Surroundings(
            name=self.name,
            home=self.href(OVERVIEW),
            stylesheet=STYLESHEET,
            navigation=tuple(Link(text(code), self.href(path), path == within) for path, code in parts),
            languages=tuple(
                InLanguage(tag, self.here(tag), tag == self.language) for tag in LANGUAGES
            ),
            footer=(Line(self.rests_on(), id="rests-on"), Line(text("serve.footer"))),
        )

    def rests_on(self) -> str:
        """What this page rests on, in one sentence."""
        snapshot = self.snapshot
        made = f"{day(snapshot.made.date())} {snapshot.made:%H:%M}"
        if snapshot.head is None:
            return text("serve.rests.logs", source=self.source, made=made, as_of=self.as_of)
        count = snapshot.head.partition(":")[0]
        return text("serve.rests.register", source=self.source, seq=count, made=made, as_of=self.as_of)

    @property
    def as_of(self) -> str:
        return day(str(self.record.report.as_of)[:16].replace("T", " "))


def served(base: Frame, **more: object) -> Served:
    """The frame of the site with what only a server knows. Towns have their names of the language."""
    kept = {name: getattr(base, name) for name in Frame.__dataclass_fields__}
    return Served(**kept, **more)  # type: ignore[arg-type]


def at(frame: Served, path: str, query: Mapping[str, str]) -> Served:
    """The same as another page sees it."""
    return replace(frame, path=path, query=tuple(query.items()))
