"""The whole of a planning: packs, configuration, the kinds side by side, and what the engine says of them.

What the command drives, and any other program may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from transparency_check.as_of import clock, moment
from transparency_check.checking import office_law
from transparency_check.errors import ConfigurationError, UsageError
from transparency_check.messages import text
from transparency_check.model import Finding
from transparency_check.packs.model import Municipality, PlanKind, Rulebook
from transparency_check.packs.municipalities import municipality_id
from transparency_check.selecting import nearest
from transparency_check.times import Moment

from .judging import judged, records_of, rows_of, small_log
from .law import Law
from .plan import Plan, missed_rules
from .planner import earliest, given_events, plan
from .supposed import Supposed

if TYPE_CHECKING:
    from transparency_check.configuration.lay import Laid
    from transparency_check.configuration.read import OfficeFile
    from transparency_check.plugins import Registry

# Stands for a municipality that no duty names.
ANY = "any"


@dataclass(frozen=True)
class Wish:
    """What is to be planned. ``what`` is a kind of case of the vocabulary; times are texts as given.

    ``on`` is the wished date (without one, the earliest lawful date is looked for); ``start`` the day from
    which steps can be taken (without one, now). ``kinds`` narrows what is put side by side; ``stated`` are
    attributes as ``name=value``.
    """

    what: str
    on: str | None = None
    start: str | None = None
    kinds: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    municipality: str | None = None
    packs: tuple[str, ...] = ()
    cache: bool = True
    office: OfficeFile | None = None


@dataclass(frozen=True)
class Option:
    """One kind: its plan, the earliest dates, and what the engine says of acting on it.

    ``lawful`` is the earliest date for which nothing is missed that would be a violation of the law, and
    ``given_up`` the duties that are missed for it; ``whole`` is the earliest date for which nothing is missed
    at all. ``unmet`` are the obligations that are not
    fulfilled when every step is taken as proposed, apart from those that the plan itself leaves open.
    """

    kind: str | None
    plan: Plan | None
    lawful: dt.date | None
    whole: dt.date | None
    given_up: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    fulfilled: int = 0
    unmet: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Planning:
    """The kinds side by side, with what they were planned by."""

    wish: Wish
    what: PlanKind
    today: Moment
    on: Moment | None
    municipality: str
    stated: Mapping[str, Any]
    options: tuple[Option, ...]
    law: Law
    laid: Laid

    @property
    def rulebook(self) -> Rulebook:
        """What was planned by."""
        return self.law.rulebook


def planned(
    wish: Wish, registry: Registry, now: Callable[[ZoneInfo], str] | None = None, judge: bool = True
) -> Planning:
    """Plan. ``now`` gives the moment in a zone where the wish names no start; ``judge`` asks the engine, too.

    Raises ``UsageError`` for what cannot be planned, ``ConfigurationError`` as ``office_law`` does.
    """
    laid = office_law(wish.packs, registry, wish.cache, wish.office)
    what = kind_of_case(wish.what, laid.rulebook)
    municipality, rulebook = _place(wish, laid)
    law = Law(rulebook)
    start = wish.start if wish.start is not None else (now or clock)(law.zone)
    today = moment("--from", start, law.zone)
    on = None if wish.on is None else moment("--on", wish.on, law.zone)
    for option, given in (("--from", today), ("--on", on)):
        if given is not None and not law.calendar.covers(given.day):
            span = rulebook.calendar_range
            raise UsageError(
                text("error.plan.calendar", option=option, day=given.day, first=span.from_, last=span.to)
            )
    kinds = _kinds(wish, what)
    events = [*([what.fixed_by] if what.fixed_by else []), *what.events]
    fixed = tuple(name for name in (what.date, what.kind) if name is not None)
    stated = stated_values(wish.stated, events, fixed, law, municipality)
    options = []
    for kind in kinds:
        values = dict(stated)
        if kind is not None and what.kind is not None:
            values[what.kind] = kind
        options.append(option_for(law, what, municipality, today.day, on, values, kind))
    if judge:
        options = confirmed(options, law)
    return Planning(wish, what, today, on, municipality, stated, tuple(options), law, laid)


def option_for(
    law: Law,
    what: PlanKind,
    municipality: str,
    today: dt.date,
    on: Moment | None,
    values: Mapping[str, Any],
    kind: str | None,
) -> Option:
    """One kind on a wished date, or on the earliest one for which nothing is missed, else the earliest lawful
    one.
    """
    lawful = whole = earliest(law, what, municipality, today, values, kind, lawful=True)
    if lawful is not None and not lawful.feasible():
        whole = earliest(law, what, municipality, today, values, kind)
    if on is None:
        made = whole or lawful
    else:
        made = plan(law, given_events(what, law, municipality, on, today, values), on, today, kind)
    return Option(
        kind,
        made,
        None if lawful is None else lawful.date.day,
        None if whole is None else whole.date.day,
        () if lawful is None else missed_rules(lawful),
    )


def confirmed(options: Iterable[Option], law: Law) -> list[Option]:
    """The options with what the engine says of acting on them."""
    found = list(options)
    plans = [o.plan for o in found if o.plan is not None]
    rows = [rows_of(p.events(), law) for p in plans]
    logs = [
        small_log(made, law, last_day(p.events()) + dt.timedelta(days=1))
        for made, p in zip(rows, plans, strict=True)
    ]
    findings = dict(zip(map(id, plans), zip(rows, judged(logs, law), strict=True), strict=True))
    return [o if o.plan is None else _confirmed(o, o.plan, *findings[id(o.plan)]) for o in found]


def last_day(events: Sequence[Supposed]) -> dt.date:
    """The day of the last of the events."""
    return max(event.day for event in events)


def _confirmed(
    option: Option, made: Plan, rows: Sequence[Mapping[str, Any]], findings: Sequence[Finding]
) -> Option:
    known = {a.duty.id for a in made.doubtful} | {a.duty.id for a in made.others}
    known |= {left.arisen.duty.id for left in made.left}
    # A step whose day is over is not taken in time by taking it now.
    known |= {ask.arisen.duty.id for step in made.missed() for ask in step.asks}
    mine = [f for f in findings if f.binds == "municipality" and f.outcome != "not_applicable"]
    return Option(
        option.kind,
        made,
        option.lawful,
        option.whole,
        option.given_up,
        tuple(dict(row) for row in rows),
        sum(f.outcome == "fulfilled" for f in mine),
        tuple(f for f in mine if f.outcome != "fulfilled" and f.rule not in known),
    )


def kind_of_case(name: str, rulebook: Rulebook) -> PlanKind:
    """The kind of case with this name. Raises ``UsageError`` with those that there are."""
    plans = rulebook.vocabulary.plans
    if not plans:
        raise UsageError(text("error.plan.none"))
    if name not in plans:
        message = text("error.plan.what", name=name, names=", ".join(plans))
        raise UsageError(nearest(message, name, plans))
    return plans[name]


def _place(wish: Wish, laid: Laid) -> tuple[str, Rulebook]:
    """The municipality, and the rulebook that knows it."""
    rulebook = laid.rulebook
    if wish.municipality is not None:
        own = municipality_id(wish.municipality, rulebook)
    elif laid.municipality is not None:
        own = laid.municipality
    else:
        own = ANY
    if laid.only is not None and laid.only[0] != own:
        name, place = laid.only
        others = text("config.closure.strangers", name=name, others=own)
        raise ConfigurationError(f"{place}: {others}")
    if own != ANY:
        return own, rulebook
    # What is official everywhere is owed everywhere.
    languages = [set(m.official_languages) for m in rulebook.municipalities]
    everywhere = set.intersection(*languages) if languages else set()
    anywhere = Municipality(id=ANY, names=[], official_languages=sorted(everywhere))
    return ANY, rulebook.model_copy(update={"municipalities": [*rulebook.municipalities, anywhere]})


def _kinds(wish: Wish, what: PlanKind) -> list[str | None]:
    if not wish.kinds:
        return list(what.kinds) or [None]
    if what.kind is None:
        raise UsageError(text("error.plan.kindless", what=wish.what))
    for kind in wish.kinds:
        if kind not in what.kinds:
            message = text("error.plan.kind", name=kind, what=wish.what, names=", ".join(what.kinds))
            raise UsageError(nearest(message, kind, what.kinds))
    return list(dict.fromkeys(wish.kinds))


def stated_values(
    given: Sequence[str], events: Sequence[str], without: Collection[str], law: Law, municipality: str
) -> dict[str, Any]:
    """Attributes of events of these types given as ``name=value``, read like cells of a log.

    Those named in ``without`` cannot be given. Raises ``UsageError``.
    """
    vocabulary = law.rulebook.vocabulary
    carried = {
        name: event
        for event in reversed(events)
        for name in vocabulary.events[event].attributes
        if name not in without
    }
    found: dict[str, Any] = {}
    for word in given:
        name, sign, value = word.partition("=")
        name = name.strip()
        if not sign or name not in carried:
            message = text("error.plan.with", given=word, names=", ".join(sorted(carried)))
            raise UsageError(nearest(message, name, carried))
        row = {"type": carried[name], "time": "2026-01-01", "municipality": municipality, name: value.strip()}
        records, problems = records_of([row], law)
        told = [p for p in problems if p.code not in ("missing_attribute", "trimmed")]
        if told or not records:
            raise UsageError(text("error.plan.value", given=word, why="; ".join(p.message for p in told)))
        read = orjson.loads(records[0])["a"].get(name)
        # Moments and intervals are read again where they are asked about.
        found[name] = value.strip() if isinstance(read, dict) else read
    return found
