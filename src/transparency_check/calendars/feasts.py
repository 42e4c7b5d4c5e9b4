"""Rows of an official calendar derived from the rules of a holiday law: fixed feasts, Easter, lunar feasts,
days off in their place.

The rules are data (a pack's ``calendar-rules.yaml``). The result is a draft to be compared with published
calendars, which prevail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from pydantic import Field, model_validator

from transparency_check.calendars.official import WEEKDAYS
from transparency_check.packs.model import CalendarRow, Record, Text


class EasterRule(Record):
    """A day counted from Easter Sunday: ``{church: western, offset: 1}`` is Easter Monday.

    ``disputed_offset``: the day on which other calendars print the same feast. Where another feast falls
    on it at a weekend, it is uncertain whether that one gets a day off of its own.
    """

    church: Literal["western", "orthodox"]
    offset: int
    disputed_offset: int | None = None

    def day(self, year: int) -> dt.date:
        return self._sunday(year) + dt.timedelta(days=self.offset)

    def disputed(self, year: int) -> dt.date | None:
        if self.disputed_offset is None:
            return None
        return self._sunday(year) + dt.timedelta(days=self.disputed_offset)

    def _sunday(self, year: int) -> dt.date:
        return easter(year, EASTER_WESTERN if self.church == "western" else EASTER_ORTHODOX)


class FeastRule(Record):
    """One feast: on a ``date`` of every year (MM-DD), by ``easter``, or on the ``lunar`` dates of that name.

    ``substitute``: at a weekend it gives a day off in its place. ``declared``: it is a day off only where
    somebody declares it, which is not known beforehand; ``note`` then says so, and ``weekend_note`` for
    years in which it falls on a weekend.
    """

    name: Text
    kind: str
    date: Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$")] | None = None
    easter: EasterRule | None = None
    lunar: str | None = None
    substitute: bool = True
    declared: bool = False
    note: str | None = None
    weekend_note: str | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> FeastRule:
        if sum(x is not None for x in (self.date, self.easter, self.lunar)) != 1:
            raise ValueError("a feast has exactly one of date, easter, lunar")
        if self.declared and self.substitute:
            raise ValueError(
                "a feast that is declared year by year has no substitute of its own: say `substitute: false`"
            )
        return self


class SubstituteRule(Record):
    """How the day off in a feast's place is named: ``{name}`` stands for the name of the feast."""

    name: Text
    kind: str = "substitute"


class CalendarRules(Record):
    """A pack's ``calendar-rules.yaml``. ``lunar`` holds the estimated dates of lunar feasts, by name."""

    basis: str
    substitute: SubstituteRule
    feasts: list[FeastRule]
    lunar: dict[str, list[dt.date]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Feast:
    day: dt.date
    rule: FeastRule

    @property
    def estimated(self) -> bool:
        return self.rule.lunar is not None


def derive_rows(
    rules: CalendarRules, years: Iterable[int], lunar: Mapping[str, Sequence[dt.date]] | None = None
) -> list[CalendarRow]:
    """Rows for whole years, sorted by date, kind, name.

    ``lunar`` gives the dates of lunar feasts by name and replaces those of the rules. Raises ``ValueError``
    where a lunar feast of the rules has no dates at all, or for a day that does not exist.

    A feast on a weekend is a row that is not off, and gives a day off on the next working day that is no
    feast and not taken already. Feasts on the same day give one day off. What depends on an estimated date
    is itself estimated.
    """
    dates = rules.lunar if lunar is None else lunar
    wanted = set(years)
    # A feast of December can have its day off in January, where it meets the feasts of the next year.
    around = sorted({near for year in wanted for near in (year - 1, year, year + 1)})
    feasts = [feast for year in around for feast in _feasts(rules, year, dates)]
    disputed = {
        day for rule in rules.feasts for year in around if rule.easter and (day := rule.easter.disputed(year))
    }
    rows: list[CalendarRow] = []
    places = _places(feasts)
    for feast in feasts:
        place = places.get(feast.day) if feast.rule.substitute else None
        uncertain = feast.rule.easter is None and feast.day in disputed
        rows.extend(_rows(rules, feast, place, uncertain))
    kept = [row for row in rows if row.date.year in wanted]
    return sorted(kept, key=lambda row: (row.date, row.kind, row.name.en))


def _feasts(rules: CalendarRules, year: int, lunar: Mapping[str, Sequence[dt.date]]) -> Iterator[_Feast]:
    for rule in rules.feasts:
        if rule.date is not None:
            yield _Feast(dt.date(year, int(rule.date[:2]), int(rule.date[3:])), rule)
        elif rule.easter is not None:
            yield _Feast(rule.easter.day(year), rule)
        elif rule.lunar is not None:
            if rule.lunar not in lunar:
                raise ValueError(f"no dates for the lunar feast {rule.lunar!r}: give them under `lunar`")
            yield from (_Feast(day, rule) for day in lunar[rule.lunar] if day.year == year)


def _places(feasts: Sequence[_Feast]) -> dict[dt.date, tuple[dt.date, bool]]:
    """For every weekend day with feasts: the day off in its place, and whether that rests on an estimated
    date.
    """
    # A feast that has to be declared takes no day from others: it is not known to be a day off.
    certain = {feast.day for feast in feasts if not feast.estimated and not feast.rule.declared}
    estimated = {feast.day for feast in feasts if feast.estimated} - certain
    taken: dict[dt.date, bool] = {}
    places: dict[dt.date, tuple[dt.date, bool]] = {}
    for feast in sorted(feasts, key=lambda f: (f.day, f.estimated)):
        if feast.day.weekday() < 5 or not feast.rule.substitute or feast.day in places:
            continue
        rests = feast.estimated
        day = feast.day + dt.timedelta(days=1)
        while day.weekday() >= 5 or day in certain or day in estimated or day in taken:
            if day.weekday() < 5:
                rests = rests or day in estimated or taken.get(day, False)
            day += dt.timedelta(days=1)
        taken[day] = rests
        places[feast.day] = (day, rests)
    return places


def _rows(
    rules: CalendarRules, feast: _Feast, place: tuple[dt.date, bool] | None, uncertain: bool
) -> Iterator[CalendarRow]:
    rule = feast.rule
    weekend = feast.day.weekday() >= 5
    if rule.declared:
        note = rule.weekend_note if weekend and rule.weekend_note else rule.note
        off: Literal["no", "uncertain"] = "no" if weekend else "uncertain"
        yield CalendarRow(
            date=feast.day,
            name=rule.name,
            kind=rule.kind,
            off=off,
            status="uncertain",
            source=note or rules.basis,
        )
        return
    weekday = WEEKDAYS[feast.day.weekday()]
    parts = [rules.basis]
    if weekend and place is not None:
        parts.append(f"feast on {weekday}; day off {place[0]}")
    if rule.note:
        parts.append(rule.note)
    yield CalendarRow(
        date=feast.day,
        name=rule.name,
        kind=rule.kind,
        off="no" if weekend else "yes",
        status="estimated" if feast.estimated else "derived",
        source="; ".join(parts),
    )
    if not weekend or place is None:
        return
    day, estimated = place
    off_place: Literal["yes", "uncertain"] = "uncertain" if uncertain else "yes"
    if uncertain:
        status = "uncertain"
        note = (
            f"in place of {feast.day} ({weekday}); "
            "uncertain: other calendars print another feast on that day and merge both"
        )
    else:
        status = "estimated" if estimated or feast.estimated else "derived"
        note = f"in place of {feast.day} ({weekday})"
    pattern = rules.substitute.name
    name = {
        language: pattern.in_language(language).format(name=rule.name.in_language(language))
        for language in ("en", "sq", "sr")
    }
    yield CalendarRow(
        date=day,
        name=Text(**name),
        kind=rules.substitute.kind,
        off=off_place,
        status=status,
        source=f"{rules.basis}; {note}",
    )
