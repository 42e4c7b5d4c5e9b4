"""All obligations, narrowed by what is asked for with the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from ...messages import text
from ...messages.figures import day, grouped
from ...model import OUTCOMES, Outcome
from ...pages.blocks import Drawable, Line, Notice, Prose
from ...pages.page import Section
from ...reports import wording
from ..days import TimeGiven, day_given
from ..drawing import ServedPage
from ..frame import EXPORTS, OBLIGATIONS, Served
from ..parts import Field, FieldGroup, Form, Option
from ..whole import Listed, Wanted
from .asked import Asked
from .notices import notices
from .tables import obligations_table

_ON_PAGE = 50
_NAMES = ("municipality", "area", "rule", "outcome", "case", "from", "to")
# What most people look for: all that is not simply done.
_SHOWN_OUTCOMES: tuple[Outcome, ...] = tuple(o for o in OUTCOMES if o != "not_applicable")
assert set(_SHOWN_OUTCOMES) < set(get_args(Outcome))


def obligations(frame: Served, asked: Asked) -> ServedPage:
    """A page of them, the latest first."""
    several = len(frame.record.towns) > 1
    found, wrong = chosen(frame, asked)
    total = len(found)
    pages = max(1, -(-total // _ON_PAGE))
    given = asked.one("page")
    number = min(int(given), pages) if given.isdecimal() and len(given) < 7 and int(given) > 0 else 1
    shown = found.part((number - 1) * _ON_PAGE, _ON_PAGE)
    caption = text("serve.obligations.caption", n=total, number=grouped(total))
    if pages > 1:
        caption = text("serve.obligations.part", caption=caption, page=number, pages=pages)
    blocks: list[Drawable] = [
        obligations_table(frame, "obligations", caption, shown, several, text("serve.obligations.none"))
    ]
    if pages > 1:
        blocks.append(Prose(tuple(_steps(frame, asked, number, pages))))
    narrowed = {name: asked.one(name) for name in _NAMES}
    taken = Line(text("serve.obligations.take"), frame.href(EXPORTS, **_export(narrowed)))
    blocks.append(Prose((taken,)))
    opening: list[Drawable] = [*notices(frame)]
    if wrong:
        opening.append(Notice(tuple(map(Line, wrong)), "violated"))
    opening.append(_filters(frame, asked, several))
    return ServedPage(
        title=text("serve.nav.obligations"),
        surroundings=frame.surroundings(OBLIGATIONS),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=tuple(opening),
        sections=(Section("found", text("serve.obligations.found"), tuple(blocks)),),
        heard=caption,
    )


def _export(narrowed: dict[str, str]) -> dict[str, str | None]:
    return {name: value for name, value in narrowed.items() if name in ("municipality", "case", "from", "to")}


def _steps(frame: Served, asked: Asked, number: int, pages: int) -> Iterable[Line]:
    kept: dict[str, str | None] = {name: asked.one(name) for name in _NAMES}
    if number > 1:
        yield Line(text("serve.page.before"), frame.href(OBLIGATIONS, **{**kept, "page": str(number - 1)}))
    if number < pages:
        yield Line(text("serve.page.after"), frame.href(OBLIGATIONS, **{**kept, "page": str(number + 1)}))


def chosen(frame: Served, asked: Asked) -> tuple[Listed, list[str]]:
    """The findings that are asked for, the latest first, and what is wrong with what was asked."""
    wrong: list[str] = []
    days = []
    for name in ("from", "to"):
        try:
            days.append(day_given(asked.one(name)))
        except TimeGiven as error:
            wrong.append(f"{text(f'serve.filter.{name}')}: {error}")
            days.append(None)
    first, last = days
    if first is not None and last is not None and first > last:
        wrong.append(text("serve.error.days", first=day(first), last=day(last)))
    area, rule = asked.one("area"), asked.one("rule").casefold()
    rules = None
    if area or rule:
        areas = frame.record.areas
        rules = {r for r, own in areas.items() if area in ("", own) and rule in ("", r.casefold())}
    outcome = asked.one("outcome")
    wanted = Wanted(
        asked.one("municipality"), rules, [outcome] if outcome else (), asked.one("case"), first, last
    )
    return frame.whole.listed(wanted), wrong


def _filters(frame: Served, asked: Asked, several: bool) -> Form:
    fields = []
    anyone = Option("", text("serve.filter.all"))
    if several:
        towns = sorted((frame.town(t), t) for t in frame.record.towns)
        fields.append(_choice("municipality", [anyone, *(Option(t, name) for name, t in towns)], asked))
    outcomes = [Option(o, _capital(wording.outcome_name(o))) for o in (*_SHOWN_OUTCOMES, "not_applicable")]
    fields.append(_choice("outcome", [anyone, *outcomes], asked))
    areas = sorted((frame.area(a), a) for a in frame.record.known_areas)
    fields.append(_choice("area", [anyone, *(Option(a, name) for name, a in areas)], asked))
    fields.append(Field("rule", text("serve.filter.rule"), value=asked.one("rule"), narrow=True))
    fields.append(Field("case", text("serve.filter.case"), value=asked.one("case"), narrow=True))
    for name in ("from", "to"):
        label = text(f"serve.filter.{name}")
        fields.append(Field(name, label, value=asked.one(name), input_mode="decimal", narrow=True))
    return Form(
        frame.href(OBLIGATIONS),
        (FieldGroup("", tuple(fields)),),
        text("serve.filter.show"),
        compact=True,
        away=(Line(text("serve.filter.reset"), frame.href(OBLIGATIONS)),),
        label=text("serve.filter.label"),
    )


def _choice(name: str, options: list[Option], asked: Asked) -> Field:
    given = asked.one(name)
    marked = tuple(Option(o.value, o.label, o.value == given) for o in options)
    return Field(name, text(f"serve.filter.{name}"), "choice", options=marked, narrow=True)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
