"""The first page: what is to be done now, what was missed, how much is kept."""

from __future__ import annotations

from ...messages import text
from ...messages.figures import day, grouped
from ...pages.blocks import Drawable, Line, Prose
from ...pages.page import Section
from ...site.overview import areas_of
from ...site.tables import areas_table, reasons_table, score, towns_table, trend_section
from ..drawing import ServedPage
from ..frame import CALENDAR, IMPORT, OBLIGATIONS, OVERVIEW, RECORD, Served
from ..parts import Actions, Figure, Figures
from .asked import Asked
from .notices import notices
from .tables import coming_table, obligations_table

_MOST = 10


def overview(frame: Served, asked: Asked) -> ServedPage:
    """What the whole record shows."""
    record = frame.record
    everything = record.of()
    several = len(record.towns) > 1
    if not record.report.judged:
        return _nothing(frame)
    # Those that were missed last are those that something is done about.
    overdue = everything.overdue[::-1]
    coming = [f for f in everything.coming if f.act_by or f.due]
    outcomes = everything.outcomes()
    until = day(record.coming.until)
    missed = "#overdue" if overdue else frame.href(OBLIGATIONS)
    figures = Figures(
        (
            _figure(len(overdue), "serve.figure.overdue", "violated" if overdue else "plain", missed),
            _figure(len(coming), "serve.figure.coming", "plain", "#coming", until=until),
            _figure(
                outcomes.get("undetermined", 0), "serve.figure.undetermined", "undetermined",
                frame.href(OBLIGATIONS, outcome="undetermined"),
            ),
        )
    )  # fmt: skip
    opening: list[Drawable] = [*notices(frame), figures]
    if frame.may_record:
        links = (
            Line(text("serve.action.record"), frame.href(RECORD)),
            Line(text("serve.action.import"), frame.href(IMPORT)),
        )
        opening.append(Actions(links))
    sections: list[Section] = []
    if overdue:
        caption = text("site.overdue.caption", number=grouped(len(overdue)))
        blocks: list[Drawable] = [coming_table(frame, "overdue-table", caption, overdue[:_MOST], several)]
        blocks += _rest(frame, len(overdue), frame.href(OBLIGATIONS, outcome="violated"))
        sections.append(Section("overdue", text("site.overdue"), tuple(blocks)))
    caption = text("site.coming.caption", until=day(record.coming.until), number=grouped(len(coming)))
    blocks = [coming_table(frame, "coming-table", caption, coming[:_MOST], several)]
    if not coming:
        blocks = [Prose.of([text("none.upcoming", until=day(record.coming.until))])]
    blocks += _rest(frame, len(coming), frame.href(CALENDAR))
    sections.append(Section("coming", text("site.coming"), tuple(blocks)))
    sections.append(Section("kept", text("serve.section.kept"), (score(frame, "score", outcomes),)))
    if trend := trend_section(frame):
        sections.append(trend)
    if several:
        per_town = towns_table(frame, "towns", [(t, everything.outcomes(town=t)) for t in record.towns])
        sections.append(Section("towns-heading", text("site.towns"), (per_town,)))
    areas = areas_table(frame, "areas", areas_of(frame))
    sections.append(Section("areas-heading", text("site.areas"), (areas,)))
    newest = [*everything.curable, *everything.final, *everything.late]
    newest.sort(key=lambda f: (f.due or "", f.rule, f.id), reverse=True)
    if newest:
        caption = text("serve.violations.caption")
        table = obligations_table(frame, "violations-table", caption, newest[:_MOST], several)
        total = everything.curable.total + everything.final.total + everything.late.total
        rest = _rest(frame, total, frame.href(OBLIGATIONS, outcome="violated"))
        sections.append(Section("violations", text("site.violations"), (table, *rest)))
    if everything.undetermined:
        said = text("serve.undetermined.explained", number=grouped(everything.undetermined.total))
        more = Prose((Line(said), Line(text("serve.more"), frame.href(OBLIGATIONS, outcome="undetermined"))))
        sections.append(Section("undetermined", text("site.undetermined"), (reasons_table(everything), more)))
    return ServedPage(
        title=text("serve.nav.overview"),
        surroundings=frame.surroundings(OVERVIEW),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("serve.overview.lead")),),
        opening=tuple(opening),
        sections=tuple(sections),
    )


def _figure(number: int, code: str, tone: str, href: str, **values: object) -> Figure:
    return Figure(grouped(number), text(code, n=number, **values), href, tone)


def _rest(frame: Served, total: int, href: str) -> list[Drawable]:
    """That there are more, and where."""
    if total <= _MOST:
        return []
    said = text("serve.rest", number=grouped(_MOST), total=grouped(total))
    return [Prose((Line(text("serve.rest.link"), href, before=said),))]


def _nothing(frame: Served) -> ServedPage:
    """An empty register, or logs in which nothing is owed."""
    opening: list[Drawable] = [*notices(frame), Prose.of([text("serve.empty")])]
    if frame.may_record:
        links = (
            Line(text("serve.action.record"), frame.href(RECORD)),
            Line(text("serve.action.import"), frame.href(IMPORT)),
        )
        opening += [Prose.of([text("serve.empty.begin")]), Actions(links)]
    return ServedPage(
        title=text("serve.nav.overview"),
        surroundings=frame.surroundings(OVERVIEW),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=tuple(opening),
    )
