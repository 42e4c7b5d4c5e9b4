"""Sentences about a finding, made from its parameters: what happened, what would settle it, what would cure
it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..messages import known, text
from ..messages.figures import day
from ..messages.remembered import remembered
from ..model import Evidence, Finding, Outcome, Owed, Report, Setting, SettingUse, Settling, Waived
from .options import Names

# Outcomes that a reader weighs against each other; more of them than this say only that nothing can be
# decided.
_FEW = 3
# Settings that touch single findings of a duty; the others hold for all under one version.
_OF_DAYS = frozenset({"closure", "coverage"})
# Lateness in hours is given in hundredths.
_LEAST_HOURS = 0.01
# Words of rows that a mapping leaves out, as the head of a report lists them.
_LEFT_OUT = 5


@remembered
def outcome_name(outcome: str) -> str:
    """The outcome as people read it."""
    return text(f"outcome.{outcome}")


@remembered
def reason(code: str) -> str:
    """Why, in words; a code of a plugin that the catalogue lacks is shown as it is."""
    if known(f"reason.{code}"):
        return text(f"reason.{code}")
    return text("reason.other", reason=code.replace("_", " "))


def reasons(finding: Finding) -> str:
    """All reasons of a finding, and which duty applies instead where one does."""
    return _reasons(finding.reasons, finding.instead)


@remembered
def _reasons(codes: tuple[str, ...], instead: str | None) -> str:
    parts = [reason(code) for code in codes]
    if instead:
        parts.append(text("instead", rule=instead))
    return "; ".join(parts)


def moment(value: str) -> str:
    """A day, or a date-time with a blank between date and time of day, as the language writes dates."""
    return day(f"{value[:10]} {value[11:]}" if value[10:11] == "T" else value)


def confidence(code: str) -> str:
    """How sure a source is, in one word."""
    return text(f"confidence.word.{code}")


def status(code: str) -> str:
    """How sure a day off is; a word that only the pack knows is shown as it is."""
    return text(f"status.{code}") if known(f"status.{code}") else code


def due_text(value: str) -> str:
    """A due date as people read it. One in hours is an instant; its offset matters to programs only."""
    return moment(value[:16])


def evidence(event: Evidence, names: Names) -> str:
    """One event with its time and place."""
    return _evidence(names.events.get(event.type, event.type), event.time, event.place)


@remembered
def _evidence(title: str, time: str, place: str) -> str:
    return text("evidence", title=title, time=moment(time), place=place)


def whole(number: float) -> float:
    """The number, as an integer where it is one: lateness in hours has decimals, in days it has not."""
    return int(number) if number == int(number) else number


def late(number: float, unit: str) -> str:
    """Lateness with its unit: ``2 working days``, ``1.5 hours``."""
    if unit == "hour" and number < _LEAST_HOURS:
        return text("late.hour.least")
    return text(f"late.{unit}", n=whole(number))


def alternatives(items: Iterable[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return text("or", first=", ".join(listed[:-1]), last=listed[-1])


def _what(finding: Finding, names: Names) -> str:
    outcome: Outcome = finding.outcome
    # What became doubtful afterwards is told as such, not as the rule saw it.
    if finding.message and not (outcome == "undetermined" and finding.settled_by):
        return finding.message
    shape = names.shapes.get(finding.rule, "event")
    if outcome == "not_applicable":
        because = reasons(finding)
        return text("what.not_applicable", reasons=because) if because else text("what.not_applicable.plain")
    if outcome == "undetermined":
        return _undetermined(finding.possible, reasons(finding))
    shown = "; ".join([evidence(e, names) for e in finding.fulfilment])
    if outcome == "late":
        if not finding.late_by or not shown:
            return text("what.late.plain")
        own = f"what.late.{finding.rule}"
        return text(own if known(own) else "what.late", evidence=shown, late=late(*finding.late_by))
    if finding.progress is not None:
        done, needed = finding.progress
        return text(f"what.{outcome}.count", done=done, needed=needed, period=finding.period)
    if shape == "content" and outcome in ("fulfilled", "violated"):
        at = finding.fulfilment[:1] or ((finding.trigger,) if finding.trigger else ())
        return text(f"what.{outcome}.content", evidence="; ".join(evidence(e, names) for e in at))
    if shape == "duration":
        if outcome == "violated" and shown:
            return text("what.violated.duration.closed", evidence=shown)
        if outcome == "pending":
            if not finding.due:
                return text("what.pending.duration.undated")
            return text("what.pending.duration", due=due_text(finding.due))
        return text(f"what.{outcome}.duration")
    if outcome == "fulfilled":
        return text("what.fulfilled", evidence=shown) if shown else text("what.fulfilled.plain")
    if outcome == "pending":
        return text("what.pending.partly", evidence=shown) if shown else text("what.pending")
    if shown:
        return text("what.violated.other", evidence=shown)
    return text("what.violated") if finding.due else text("what.violated.undated")


@remembered
def _undetermined(possible: tuple[Outcome, ...], because: str) -> str:
    if not 1 < len(possible) <= _FEW:
        return text("what.undetermined.plain", reasons=because)
    either = alternatives(outcome_name(o) for o in possible)
    return text("what.undetermined", possible=either[:1].upper() + either[1:], reasons=because)


def settling(item: Settling) -> str:
    """What would settle one doubt, as an instruction."""
    code = f"settle.{item.reason}"
    if item.event and item.place:
        event = text("settle.event.place", event=item.event, place=item.place)
    elif item.event:
        event = text("settle.event", event=item.event)
    elif item.place:
        event = text("settle.record", place=item.place)
    else:
        event = text("settle.unnamed")
    if item.reason == "missing_field" and not item.fields:
        code += ".any"
    elif item.reason == "missing_link" and not (item.event or item.place):
        code += ".event"
    elif item.reason == "time_of_day" and item.fields:
        code += ".field"
    elif not known(code):
        return reason(item.reason)
    return text(code, event=event, place=item.place or event, fields=", ".join(item.fields))


def settle(finding: Finding) -> str | None:
    """All that would settle an undetermined finding, each once; None where there is nothing to settle."""
    if not finding.settled_by:
        return None
    steps = list(dict.fromkeys(settling(item) for item in finding.settled_by))
    return text("settle.heading", what="; ".join(steps)) if steps else None


def cure(finding: Finding) -> str | None:
    """How a violation, or a plan that would become one, can be cured; None where nothing is to be cured."""
    if finding.cure is None:
        if finding.outcome != "violated" or finding.curable is None:
            return None
        return text("cure.other" if finding.curable else "cure.none")
    kind = finding.cure.get("kind")
    if kind == "move":
        earliest, by = finding.cure.get("earliest"), finding.cure.get("by")
        if earliest and by:
            code = "cure.move.by" if finding.outcome == "violated" else "cure.move.again"
            return text(code, earliest=day(earliest), by=day(by))
        return text("cure.move", earliest=day(earliest)) if earliest else text("cure.move.unknown")
    if kind == "extend":
        to = finding.cure.get("to")
        if to and finding.outcome == "pending" and finding.act_by:
            return text("cure.extend.by", to=day(to), act_by=day(finding.act_by))
        return text("cure.extend", to=day(to)) if to else text("cure.extend.unknown")
    if kind == "do":
        if by := finding.cure.get("by"):
            return text("cure.do.by", by=day(by))
        return text("cure.do" if finding.due else "cure.do.standing")
    return text("cure.other")


def readings(finding: Finding) -> str | None:
    """Each reading of the law with its due date and outcome, where they do not all say the same."""
    if len(finding.readings) < 2:
        return None
    open_still = finding.outcome in ("pending", "undetermined")
    if len({(r.due if open_still else None, r.outcome) for r in finding.readings}) < 2:
        return None
    shown = [
        text("reading", name=r.name, due=day(r.due), outcome=outcome_name(r.outcome))
        if r.due
        else text("reading.undated", name=r.name, outcome=outcome_name(r.outcome))
        for r in finding.readings
    ]
    return text("readings", list="; ".join(shown))


def due_range(finding: Finding) -> str | None:
    """Between which days the due date may lie while a day off is not certain."""
    if not finding.due_range or finding.due_range[0] == finding.due_range[1]:
        return None
    return text("range", first=day(finding.due_range[0]), last=day(finding.due_range[1]))


def sentences(finding: Finding, names: Names) -> list[str]:
    """Everything worth saying about a finding, one sentence each, the most important first."""
    said = [_what(finding, names)]
    if finding.outcome == "pending" and finding.reasons:
        because = reasons(finding)
        said.append(because[:1].upper() + because[1:] + ".")
    for more in (readings(finding), due_range(finding), settle(finding), cure(finding)):
        if more:
            said.append(more)
    if finding.configured:
        said += [f"{setting(s)}." for s in finding.configured if s.kind in _OF_DAYS]
    return said if finding.waiver is None else [*said, waived(finding.waiver)]


def waived(given: Waived) -> str:
    """Who accepted a violation, on what basis, until when and why."""
    if not given.reason:
        return text("waived.redacted", until=day(given.until), place=given.place)
    return text(
        "waived",
        until=day(given.until),
        by=given.approved_by,
        basis=given.legal_basis,
        reason=given.reason,
        place=given.place,
    )


def message(finding: Finding, names: Names) -> str:
    """The finding in one paragraph."""
    return " ".join(sentences(finding, names))


def place_of(finding: Finding) -> str:
    """The case or period of a finding with its municipality: ``kline, assembly-2026-11``."""
    return ", ".join(p for p in (finding.municipality, finding.case, finding.period) if p)


def task(finding: Finding, names: Names, how: Iterable[str] = ()) -> list[str]:
    """What is to be done, or why that is not sure; ``how`` (channels, languages); and by which law."""
    said = sentences(finding, names)
    if finding.outcome == "undetermined":
        said[0] = text("upcoming.doubt", reasons=reasons(finding))
    if advice := names.advice.get(finding.rule):
        said.append(text("advice", text=advice))
    return [*said, *how, *law_lines(finding, names)]


def law_lines(finding: Finding, names: Names) -> list[str]:
    """Article and how sure its source is, what was presumed or set by the office, and who owes the duty."""
    law = names.law(finding.instrument, finding.provision)
    lines = [
        text(
            "document" if finding.commitment else "legal", law=law, confidence=confidence(finding.confidence)
        )
    ]
    if finding.presumption:
        lines.append(text("presumption", text=finding.presumption))
    lines += [setting(s) for s in finding.configured if s.kind not in _OF_DAYS]
    return [*lines, text("bearer", bearer=names.bearer(finding.bearer))] if finding.bearer else lines


def setting_value(item: Setting) -> str:
    """The value of a setting in words: a number with its unit, a weight, days."""
    if item.kind == "severity":
        return text(f"severity.{item.value}")
    if item.kind == "coverage":
        return day(item.value)
    n, _, unit = item.value.partition(" ")
    if item.kind != "number" or not unit:
        return item.value
    return f"{n} {text(f'unit.{unit}', n=int(n))}"


def setting(item: Setting) -> str:
    """What the office has set, with who and what stands behind it, where it is clear what it is about."""
    code = f"configured.{item.kind}"
    for part in ("note", "source"):
        if getattr(item, part) and known(f"{code}.{part}"):
            code += f".{part}"
    # What was left out of a report is said to be.
    left_out = text("redacted.mark")
    return text(
        code,
        subject=setting_subject(item),
        value=setting_value(item) or left_out,
        by=item.by or left_out,
        source=item.source or left_out,
        note=item.note or left_out,
    )


def setting_subject(item: Setting) -> str:
    """What a setting is about: a duty, a pack, a municipality, or days."""
    return day(item.subject) if item.kind == "closure" else item.subject


def _use(use: SettingUse) -> str:
    """A setting as the head of a report names it, with its line and what more there is to say of it."""
    item = use.setting
    said = setting(item)
    if item.kind not in _OF_DAYS:
        said = text("configured.about", subject=item.subject, what=said)
    if use.note:
        said = text("configured.remark", what=said, remark=use.note)
    code = "report.configuration.used" if use.used else "report.configuration.unused"
    return text(code, line=item.place.rpartition(":")[2], what=said)


def configuration(report: Report) -> list[str]:
    """What the head of a report says of the office's configuration, one line each."""
    given = report.configuration
    if given is None:
        return []
    name = given.name
    if given.municipality:
        name = text("report.configuration.municipality", name=name, municipality=given.municipality)
    uses = sorted(given.uses, key=lambda use: not use.used)
    return [text("report.configuration", name=name), *map(_use, uses)]


def mappings(report: Report) -> list[str]:
    """What the head of a report says of each mapping: how many rows were read by it, which were left out."""
    said = []
    for used in report.mappings:
        if not used.ignored:
            said.append(text("report.mapping", name=used.name, n=used.rows))
            continue
        by_word: dict[str, int] = {}
        for each in used.left_out:
            by_word[each.said] = by_word.get(each.said, 0) + each.rows
        shown = list(by_word.items())[:_LEFT_OUT]
        rest = used.ignored - sum(n for _, n in shown)
        what = [text("report.mapping.said", said=word, n=n) for word, n in shown]
        what += [text("report.mapping.more", n=rest)] if rest else []
        said.append(
            text(
                "report.mapping.left",
                name=used.name,
                n=used.rows,
                ignored=used.ignored,
                what=", ".join(what),
            )
        )
    return said


def marks(finding: Finding) -> list[str]:
    """Short marks after a title: advisory, not owed by the municipality, own commitment."""
    found = [text("advisory")] if finding.advisory else []
    if finding.binds != "municipality":
        found.append(text(f"binds.{finding.binds}"))
    return [*found, text("commitment")] if finding.commitment else found


def compliance(report: Report, owed: Owed = "law") -> str | None:
    """The rate of what is ``owed`` so, with both bounds; None where nothing was judged."""
    if (bounds := report.compliance(owed)) is None:
        return None
    low, high = (text("percent", n=100 * b) for b in bounds)
    code = "summary.compliance" if owed == "law" else "summary.commitments"
    return text(code, low=low) if low == high else text(f"{code}.range", low=low, high=high)


def coverage(report: Report) -> list[str]:
    """From which day the logs are taken as complete where no coverage was declared, municipalities with the
    same day together.
    """
    by_day: dict[str, list[str]] = {}
    for municipality, first in sorted(report.assumed_coverage.items()):
        by_day.setdefault(first, []).append(municipality)
    return [
        text("report.coverage.assumed", municipalities=", ".join(ids), day=day(first))
        for first, ids in sorted(by_day.items())
    ]


def summary(report: Report) -> list[str]:
    """The counts of a report, one line each."""
    counts = report.outcomes()
    order = ("violated", "late", "undetermined", "pending", "fulfilled", "not_applicable")
    lines = [
        text("summary.obligations", n=sum(report.outcomes().values()))
        + ": "
        + ", ".join(f"{counts[o]} {outcome_name(o)}" for o in order)
        + "."
    ]
    violations = [f for f in report.findings if f.violation and f.owed == "law"]
    extra = []
    if violations:
        if advisory := report.number(f for f in violations if f.advisory):
            extra.append(text("summary.advisory", n=advisory))
        if accepted := report.number(f for f in violations if f.waiver):
            extra.append(text("summary.waived", n=accepted))
        if curable := report.number(f for f in violations if f.curable):
            extra.append(text("summary.curable", n=curable))
    if extra:
        lines.append("; ".join(extra)[:1].upper() + "; ".join(extra)[1:] + ".")
    rates = (compliance(report), compliance(report, "commitment"))
    return [*lines, *(f"{rate}." for rate in rates if rate)]
