"""The vocabulary in itself: every name it uses is one that it defines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from transparency_check.messages import either, phrase
from transparency_check.packs.check_conditions import Report, carried
from transparency_check.packs.check_words import check_words
from transparency_check.packs.model import Attribute, EventType, PlanKind, Vocabulary
from transparency_check.packs.problems import did_you_mean
from transparency_check.packs.yaml_source import Path
from transparency_check.reserved import RESERVED

_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COMBINING = ("any", "all")


def check_vocabulary(own: Vocabulary, base: Vocabulary | None, report: Report) -> None:
    """Check a pack's ``events.yaml``; ``base`` is the vocabulary it adds to. Defects go to ``report``."""
    known = {**(base.attributes if base else {}), **own.attributes}
    events = {**(base.events if base else {}), **own.events}
    for name, attribute in own.attributes.items():
        at: Path = ("attributes", name)
        if base and name in base.attributes:
            report(
                "duplicate-id",
                at,
                phrase(
                    "The attribute `{name}` is already defined by the pack this one builds on.", name=name
                ),
                True,
            )
        if name in RESERVED or name in _COMBINING or not _ATTRIBUTE_NAME.fullmatch(name):
            why = (
                phrase("is a reserved word")
                if _ATTRIBUTE_NAME.fullmatch(name)
                else phrase("is not made of small letters, digits and `_`")
            )
            report(
                "form", at, phrase("`{name}` cannot name an attribute: it {why}.", name=name, why=why), True
            )
        _attribute(name, attribute, at, report)
    for name, event in own.events.items():
        at = ("events", name)
        if base and name in base.events:
            report(
                "duplicate-id",
                at,
                phrase(
                    "The event type `{name}` is already defined by the pack this one builds on.", name=name
                ),
                True,
            )
        if not _EVENT_NAME.fullmatch(name):
            report(
                "form",
                at,
                phrase(
                    "`{name}` does not have the form of an event type: noun.verb_past, such as meeting.held.",
                    name=name,
                ),
                True,
            )
        lists: list[tuple[list[str], Path]] = [
            (event.attributes, (*at, "attributes")),
            (event.required, (*at, "required")),
        ]
        if event.inherits:
            lists.append((event.inherits.attributes, (*at, "inherits", "attributes")))
            for index, source in enumerate(event.inherits.from_):
                _name("event type", source, events, (*at, "inherits", "from", index), report)
        for index, source in enumerate(event.follows):
            _name("event type", source, events, (*at, "follows", index), report)
        for names, path in lists:
            for index, attribute_name in enumerate(names):
                _name("attribute", attribute_name, known, (*path, index), report)
    _circles(own, events, report)
    _orders(own, events, report)
    _special(own, known, events, report)
    for index, name in enumerate(own.kinds):
        _name("attribute", name, known, ("kinds", index), report)
    kinds = {**(base.plans if base else {}), **own.plans}
    for name, plan in own.plans.items():
        _plan(plan, ("plans", name), known, events, report)
        others: list[tuple[str, Path]] = [(other, ("prepared_by",)) for other in plan.prepared_by]
        others += [(plan.decides, ("decides",))] if plan.decides is not None else []
        for other, path in others:
            if other not in kinds:
                message = phrase(
                    "There is no kind of case `{name}` among `plans`.{hint}",
                    name=other,
                    hint=did_you_mean(other, kinds),
                )
                report("unknown-value", ("plans", name, *path), message, False)
    families = {**(base.family_words() if base else {}), **own.family_words()}
    for name in own.families:
        if name not in families:
            hint = did_you_mean(name, families)
            message = phrase("`{name}` is not the first part of any event type.{hint}", name=name, hint=hint)
            report("unknown-value", ("families", name), message, True)
    check_words(own, base, report)


def _circles(own: Vocabulary, events: Mapping[str, EventType], report: Report) -> None:
    """What an event takes over it may pass on: two types that take from each other would ask in a circle. A
    type may take from its own earlier events.
    """
    sources = {n: sorted({*e.inherits.from_} - {n}) for n, e in events.items() if e.inherits}
    try:
        TopologicalSorter(sources).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        at = next((name for name in circle if name in own.events), None)
        if at is not None:
            way = " -> ".join(circle)
            message = phrase(
                "These event types take values from each other: {way}. Leave one out of `from`.", way=way
            )
            report("circle", ("events", at, "inherits", "from"), message, False)


def _orders(own: Vocabulary, events: Mapping[str, EventType], report: Report) -> None:
    """What cannot precede each other cannot both be recorded: an order without a beginning is a slip."""
    try:
        TopologicalSorter({name: sorted({*event.follows}) for name, event in events.items()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        at = next((name for name in circle if name in own.events), None)
        if at is not None:
            message = phrase(
                "By `follows`, none of these event types can come first: {way}. Leave one out.",
                way=" -> ".join(circle),
            )
            report("circle", ("events", at, "follows"), message, False)


def _attribute(name: str, attribute: Attribute, at: Path, report: Report) -> None:
    choice = "choice" in attribute.type
    if choice and not attribute.values:
        report(
            "missing-key",
            at,
            phrase("`{name}` is of type {type} and needs its `values`.", name=name, type=attribute.type),
            False,
        )
    if not choice and attribute.values:
        report(
            "shape",
            (*at, "values"),
            phrase(
                "`{name}` is of type {type}, which has no list of values.", name=name, type=attribute.type
            ),
            True,
        )
    for index, value in enumerate(attribute.values):
        if value in attribute.values[:index]:
            report(
                "duplicate-id",
                (*at, "values", index),
                phrase("The value `{value}` stands here twice. Keep one.", value=value),
                False,
            )
    absent = attribute.absent
    if absent is None:
        return
    fits = {
        "flag": isinstance(absent, bool),
        "integer": isinstance(absent, int) and not isinstance(absent, bool),
        "choice": absent in attribute.values,
        "text": isinstance(absent, str),
    }
    if not fits.get(attribute.type, False):
        report(
            "unknown-value",
            (*at, "absent"),
            phrase(
                "What the absence of `{name}` means must be a value of type {type}.",
                name=name,
                type=attribute.type,
            ),
            False,
        )


def _special(
    own: Vocabulary, known: dict[str, Attribute], events: Mapping[str, object], report: Report
) -> None:
    """The events that record coverage and outages, with the attributes they speak through."""
    wanted: list[tuple[str, str, str, tuple[str, ...]]] = []
    if own.coverage:
        wanted += [
            ("coverage", "period", own.coverage.period, ("interval",)),
            ("coverage", "families", own.coverage.families, ("list of text", "list of choice")),
        ]
    if own.outage:
        wanted += [
            ("outage", "from", own.outage.from_, ("date-time",)),
            ("outage", "to", own.outage.to, ("date-time",)),
            ("outage", "attribute", own.outage.attribute, ("choice", "list of choice")),
        ]
    if own.attestation is not None:
        wanted.append(("attestation", "", own.attestation, ("list of text",)))
    for section, key, name, types in wanted:
        path: Path = (section, key) if key else (section,)
        if _name("attribute", name, known, path, report) and known[name].type not in types:
            message = phrase(
                "`{name}` is of type {type}; needed here is {list}.",
                name=name,
                type=known[name].type,
                list=either(types),
            )
            report("attribute-type", path, message, False)
    for section, event in (("coverage", own.coverage), ("outage", own.outage)):
        if event and _name("event type", event.event, events, (section, "event"), report):
            defined = own.events.get(event.event)
            for part, key, name, _ in wanted:
                if part == section and key != "attribute" and defined and name not in carried(defined):
                    hint = did_you_mean(name, carried(defined))
                    report(
                        "foreign-attribute",
                        (section, key),
                        phrase(
                            "`{event}` does not carry the attribute `{name}`.{hint}",
                            event=event.event,
                            name=name,
                            hint=hint,
                        ),
                        False,
                    )
    if own.outage and own.outage.attribute in known:
        values = known[own.outage.attribute].values
        if own.outage.value not in values:
            hint = did_you_mean(own.outage.value, values, most=20)
            message = phrase(
                "`{value}` is not a value of `{attribute}`.{hint}",
                value=own.outage.value,
                attribute=own.outage.attribute,
                hint=hint,
            )
            report("unknown-value", ("outage", "value"), message, False)


def _plan(
    plan: PlanKind, at: Path, known: dict[str, Attribute], events: Mapping[str, EventType], report: Report
) -> None:
    """The events of a kind of case, and the attributes that they are told apart by."""
    named = [(event, (*at, "events", index)) for index, event in enumerate(plan.events)]
    for key in ("fixed_by", "moved_by", "cancelled_by"):
        if (event := getattr(plan, key)) is not None:
            named.append((event, (*at, key)))
    # Every wrong name is told, not only the first.
    known_events = [_name("event type", event, events, path, report) for event, path in named]
    if not all(known_events):
        return
    if plan.date is not None and plan.fixed_by is not None:
        _carried_by(plan.date, [plan.fixed_by], (*at, "date"), events, report)
        if plan.date in known and known[plan.date].type != "date-time":
            message = phrase(
                "`{name}` is of type {type}; needed here is {list}.",
                name=plan.date,
                type=known[plan.date].type,
                list="date-time",
            )
            report("attribute-type", (*at, "date"), message, False)
    carrying = [*([plan.fixed_by] if plan.fixed_by else []), *plan.events]
    tested = [(name, [value], (*at, "values", name)) for name, value in plan.values.items()]
    if plan.kind is not None:
        tested.append((plan.kind, [*plan.kinds], (*at, "kind")))
    for name, values, path in tested:
        if not _carried_by(name, carrying, path, events, report) or name not in known:
            continue
        allowed: list[str] = known[name].values
        for value in values:
            if allowed and value not in allowed:
                hint = did_you_mean(str(value), allowed, most=20)
                message = phrase(
                    "`{value}` is not a value of `{name}`.{hint}", value=value, name=name, hint=hint
                )
                report("unknown-value", path, message, False)


def _carried_by(
    name: str, carrying: list[str], at: Path, events: Mapping[str, EventType], report: Report
) -> bool:
    """Whether at least one of the event types carries the attribute; told where none does."""
    offered = {a for event in carrying for a in carried(events[event])}
    if name not in offered:
        message = phrase(
            "None of {events} carries the attribute `{name}`.{hint}",
            events=", ".join(f"`{event}`" for event in carrying),
            name=name,
            hint=did_you_mean(name, offered),
        )
        report("foreign-attribute", at, message, False)
    return name in offered


def _name(what: str, name: str, known: Mapping[str, object], path: Path, report: Report) -> bool:
    if name in known:
        return True
    code = "unknown-attribute" if what == "attribute" else "unknown-event"
    hint = did_you_mean(name, known)
    if what == "attribute":
        message = phrase("There is no attribute `{name}` in the vocabulary.{hint}", name=name, hint=hint)
    else:
        message = phrase("There is no event type `{name}` in the vocabulary.{hint}", name=name, hint=hint)
    report(code, path, message, False)
    return False
