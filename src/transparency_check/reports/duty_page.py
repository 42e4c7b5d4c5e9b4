"""The page of one duty: all that its file and the pack say of it, as a lawyer would check it.

A page is a list of sections; ``rules show`` draws it for a terminal, ``law_book.py`` as Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..harmless import plain
from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from ..packs.judged import UNKNOWN_NUMBER, unjudged
from ..packs.reads import fields, selectors
from . import wording
from .cells import linked
from .duty_words import condition, deadline, named, requirement, selector, trigger, unit

if TYPE_CHECKING:
    from ..model import Setting
    from ..packs.model import (
        Deadline,
        Duty,
        Example,
        Expectation,
        Instrument,
        Reading,
        Rulebook,
        Text,
        Version,
    )

_LABEL = 14
# The years that a timeline draws, a character each.
_FIRST_YEAR, _LAST_YEAR = 2005, 2030


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is said under it, a line each. ``exact`` lines are drawn as they are."""

    label: str
    lines: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    facts: tuple[Fact, ...]


def sections(duty: Duty, rulebook: Rulebook) -> list[Section]:
    """The sections of the page that have anything to say, in the order in which a lawyer asks."""
    made = (
        ("page.what", _what(duty, rulebook)),
        ("page.applies", _applies(duty, rulebook)),
        ("page.expects", _expects(duty)),
        ("page.counting", _counting(duty)),
        ("page.evidence", _evidence(duty, rulebook)),
        ("page.assumed", _assumed(duty)),
        ("page.law", _law(duty, rulebook)),
        ("page.examples", _examples(duty)),
    )
    found = []
    for code, facts in made:
        said = tuple(Fact(text(label), tuple(lines), exact) for label, lines, exact in facts if lines)
        if said:
            found.append(Section(text(code), said))
    return found


_Facts = Iterator[tuple[str, Sequence[str], bool]]


def _what(duty: Duty, rulebook: Rulebook) -> _Facts:
    yield "rules.title", _in_all(duty.title), False
    yield "rules.bearer", _in_all(rulebook.bearer(duty)), False
    weight = text(f"severity.{duty.severity}") + (text("rules.commitment") if duty.commitment else "")
    yield "rules.severity", [weight], False
    yield "rules.binds", [] if duty.binds == "municipality" else [text(f"binds.{duty.binds}")], False
    yield "rules.not_checkable", [duty.checkable.no] if duty.checkable else [], False
    yield "rules.help", _in_all(duty.help) if duty.help else [], False


def _in_all(said: Text) -> list[str]:
    """A text in every language that the pack has it in, that of the reader first."""
    own = said.in_language(current())
    return list(dict.fromkeys(t for t in (own, said.en, said.sq, said.sr) if t))


def _applies(duty: Duty, rulebook: Rulebook) -> _Facts:
    yield "rules.trigger", [trigger(duty.trigger)] if duty.trigger else [], False
    yield "rules.arises", [text(f"page.arises.{duty.shape}")] if duty.shape in _ALONE else [], False
    yield "rules.municipalities", [", ".join(duty.municipalities)] if duty.municipalities else [], False
    yield "rules.replaces", [duty.replaces] if duty.replaces else [], False
    yield "rules.unless", list(_exceptions(duty)), False
    yield "rules.versions", [_version(v, rulebook) for v in duty.versions], False
    yield "rules.timeline", timeline(duty.versions), True


_ALONE = ("count", "calendar", "standing")


def _expects(duty: Duty) -> _Facts:
    yield "rules.requires", [requirement(duty.requires)] if duty.requires else [], False
    members = duty.count.members if duty.count else []
    yield "rules.counted", [text("test.or").join(selector(s) for s in m) for m in members], False
    yield "rules.must", [condition(duty.must)] if duty.must else [], False
    yield "rules.deadline", [deadline(duty)] if duty.checkable is None else [], False
    yield "rules.together", [text("page.union")] if duty.judged else [], False
    yield "rules.belongs", _belongs(duty), False
    yield "rules.unknown", [text("page.unknown")] if unjudged(duty) == UNKNOWN_NUMBER else [], False


def _belongs(duty: Duty) -> list[str]:
    correlate = duty.correlate
    if correlate.by == "case":
        return []
    by = correlate.by if isinstance(correlate.by, str) else ", ".join(correlate.by)
    said = text("page.correlate", by=by)
    if correlate.window is not None:
        span = correlate.window
        said += text("page.correlate.window", number=span.n, unit=unit(span.n, span.unit))
    return [said]


def _counting(duty: Duty) -> _Facts:
    yield "rules.counting", list(_rules_of_counting(duty)), False
    yield "rules.readings", [_reading(r) for r in duty.readings], False


def _rules_of_counting(duty: Duty) -> Iterator[str]:
    if duty.calendar is not None:
        yield text(f"page.roll.{duty.calendar.roll}")
        if duty.calendar.about:
            yield text("page.about", about=text(f"about.{duty.calendar.about}"))
        if duty.calendar.window:
            yield text("page.window", window=duty.calendar.window)
        if duty.calendar.only_if:
            yield text("page.only_if", event=selector(duty.calendar.only_if))
    if duty.count is not None:
        yield text("page.period")
    if duty.open_for is not None:
        yield text("page.open")
        yield text("page.closed_by", event=named(duty.open_for.closed_by))
    if duty.deadline is not None:
        yield from _of_deadline(duty.deadline)


def _of_deadline(counted: Deadline) -> Iterator[str]:
    side = "before" if counted.before is not None else "after"
    if counted.unit == "hour":
        yield text("page.hours")
    elif counted.n == 0:
        yield text(f"page.zero.{side}" + (".same" if counted.same_day == "allowed" else ""))
    else:
        yield text("page.clear" if counted.clear else f"page.excluded.{side}")
        if counted.unit == "working-day":
            yield text("page.working")
        else:
            yield text(f"page.roll.{counted.roll or ('forward' if side == 'after' else 'none')}")
    if counted.not_before == "any":
        yield text("page.any_time")
    elif not isinstance(counted.not_before, str):
        span = counted.not_before
        yield text("page.not_before", number=span.n, unit=unit(span.n, span.unit))
    if counted.extended_by is not None:
        yield text("page.extended", event=counted.extended_by.event, add=counted.extended_by.add)
    if counted.suspended_by is not None:
        yield text("page.suspended", stops=counted.suspended_by.from_, goes_on=counted.suspended_by.to)


def _reading(reading: Reading) -> str:
    said = text("rules.reading", name=reading.name, source=reading.source)
    return text("page.remark", said=said, note=reading.text) if reading.text else said


def _evidence(duty: Duty, rulebook: Rulebook) -> _Facts:
    """The records that a verdict needs, with the attributes that are looked at."""
    from ..packs.model import EventSelector

    needed: dict[str, dict[str, None]] = {}
    for wanted in selectors(duty):
        needed.setdefault(wanted.event, {}).update(dict.fromkeys(fields(wanted.where)))
    anchors = [duty.deadline.before, duty.deadline.after] if duty.deadline else []
    planned = [a for a in (*anchors, duty.open_for.planned if duty.open_for else None) if isinstance(a, str)]
    for source in duty.trigger.alternatives if duty.trigger else []:
        if isinstance(source, EventSelector):
            needed[source.event].update(dict.fromkeys(a for a in planned if a != "time"))
    lines = []
    for event, attributes in needed.items():
        known = rulebook.vocabulary.events.get(event)
        title = known.title.in_language(current()) if known else event
        line = text("page.record", event=event, title=title)
        if attributes:
            line += text("page.record.attributes", attributes=", ".join(attributes))
        lines.append(line)
    yield "rules.records", lines, False
    attested = rulebook.vocabulary.attestation
    vouched = attested is not None and any(attested in names for names in needed.values())
    yield "rules.vouched", [text("page.vouched", attribute=attested)] if vouched else [], False


def _assumed(duty: Duty) -> _Facts:
    grades = dict.fromkeys(v.confidence for v in duty.versions)
    yield "rules.confidence.label", [text(f"page.confidence.{grade}") for grade in grades], False
    presumed = dict.fromkeys(
        text("page.presumed", text=v.presumption.text, decided_by=v.presumption.decided_by)
        for v in duty.versions
        if v.presumption is not None
    )
    yield "rules.presumed", list(presumed), False
    yield "rules.notes", [duty.notes] if duty.notes else [], False


def _law(duty: Duty, rulebook: Rulebook) -> _Facts:
    basis = duty.legal_basis
    label = "rules.section" if duty.commitment else "rules.law"
    yield label, [basis.provision] if basis.provision else [], False
    yield "rules.quote", [basis.quote] if basis.quote else [], False
    yield "rules.link", [basis.url] if basis.url else [], False
    named_here = {v.instrument for v in duty.versions}
    yield (
        "rules.instruments",
        [_instrument(i) for i in rulebook.instruments if i.id in named_here],
        False,
    )


def _instrument(instrument: Instrument) -> str:
    open_end = text("explain.version.open")
    title = instrument.title.in_language(current())
    if instrument.number:
        title = f"{title} ({instrument.number})"
    said = text(
        "page.instrument",
        id=instrument.id,
        title=title,
        from_=day(instrument.from_ or open_end),
        to=day(instrument.to or open_end),
        confidence=wording.confidence(instrument.confidence),
    )
    if instrument.replaced_by:
        said += text("page.replaced_by", id=instrument.replaced_by)
    return said


def _version(version: Version, rulebook: Rulebook) -> str:
    open_end = text("explain.version.open")
    said = text(
        "version",
        instrument=version.instrument,
        from_=day(version.from_ or open_end),
        to=day(version.to or open_end),
        confidence=wording.confidence(version.confidence),
    )
    if version.n is not None:
        said += text(
            "version.n", number=version.n, unit=unit(version.n, version.unit) if version.unit else ""
        )
    if version.presumption is not None:
        presumption = version.presumption
        said += text("version.presumption", text=presumption.text, decided_by=presumption.decided_by)
    return text("page.remark", said=said, note=version.note) if version.note else said


def timeline(versions: Iterable[Version]) -> list[str]:
    """A line per version, a character per year: ``#`` in force for any part of it, ``.`` not."""
    found = list(versions)
    widest = max(len(v.instrument) for v in found)
    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    lines = []
    for version in found:
        first = version.from_.year if version.from_ else _FIRST_YEAR
        last = version.to.year if version.to else _LAST_YEAR
        bar = "".join("#" if first <= year <= last else "." for year in years)
        start = "<" if version.from_ is None or version.from_.year < _FIRST_YEAR else " "
        end = ">" if version.to is None or version.to.year > _LAST_YEAR else " "
        lines.append(f"{version.instrument:<{widest}} {start}{bar}{end}".rstrip())
    scale = "".join(f"{year:<5}" for year in years if year % 5 == 0)
    return [*lines, " " * (widest + 2) + scale.rstrip()]


def _exceptions(duty: Duty) -> Iterator[str]:
    for exception in duty.unless:
        what = exception.event or ""
        if exception.where:
            what = text("selector", event=what, where=condition(exception.where)).strip()
        yield what + (text("rules.instead", rule=exception.instead) if exception.instead else "")


def _examples(duty: Duty) -> _Facts:
    for example in duty.examples:
        lines = [
            text(
                "rules.example",
                name=example.name,
                as_of=day(example.as_of),
                expected=expected(example),
            )
        ]
        if example.counted:
            lines.append(text("page.counted", counted=example.counted))
        yield "rules.example.label", lines, False


def expected(example: Example) -> str:
    """What an example expects, in a few words."""
    return "; ".join(_expected(x) for x in example.expect)


def _expected(wanted: Expectation) -> str:
    if wanted.none:
        return text("rules.expected.none")
    outcome = text(f"outcome.{wanted.outcome}") if wanted.outcome else ""
    said = text("rules.expected.due", outcome=outcome, due=day(wanted.due)) if wanted.due else outcome
    return f"{said} ({', '.join(wanted.reasons)})" if wanted.reasons else said


def record_line(record: Mapping[str, Any]) -> str:
    """A record of an example as it stands in a log: one line of JSON."""
    return json.dumps(record, ensure_ascii=False)


def page(duty: Duty, rulebook: Rulebook, width: int, configured: Iterable[Setting] = ()) -> str:
    """The page for a terminal, with what the office has ``configured`` of the duty."""
    out = [duty.id, "=" * len(duty.id)]
    drawn = sections(duty, rulebook)
    if settings := tuple(wording.setting(s) for s in configured):
        drawn.append(Section(text("page.office"), (Fact(text("rules.configured"), settings),)))
    label = max(_LABEL, *(len(fact.label) for section in drawn for fact in section.facts))
    for section in drawn:
        out += ["", section.title, "-" * len(section.title)]
        for fact in section.facts:
            shown = (
                [plain(line) for line in fact.lines]
                if fact.exact
                else [p for line in fact.lines for p in linked(line, width - label - 2).split("\n")]
            )
            out.append(f"{fact.label:<{label}}  {shown[0]}")
            out += [" " * (label + 2) + line for line in shown[1:]]
    return "\n".join(out) + "\n"
