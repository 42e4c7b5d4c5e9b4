"""The proof of one finding: for people as text, for programs as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from ..explanation import Candidate, Explanation, ReadingProof
from ..harmless import plain
from ..json_text import dumped
from ..messages import known, text
from ..messages.figures import day as written
from ..messages.language import current
from . import wording
from .cells import linked, wrapped
from .json import finding_object
from .options import Names, ReportOptions
from .table import draw_table, styled

if TYPE_CHECKING:
    from ..calendars import CountedDay, Derivation, Reason

SCHEMA = "transparency-check/explanation/1"
DAY_COLUMNS = ("explain.step.day", "explain.step.weekday", "explain.step.count", "explain.step.why")
RECORD_COLUMNS = ("explain.candidate.event", "explain.candidate.verdict", "explain.candidate.why")

# Longer runs of days that are all counted for the same reason are drawn as one line.
_RUN_SHOWN = 10
_LABEL = 14
# Columns of a record considered.
_RECORD = 34


def _off(reason: Reason) -> str:
    if reason.kind == "weekend":
        return text("off.weekend")
    if reason.kind == "holiday" and reason.row is not None:
        status = (
            text("off.status", status=wording.status(reason.row.status))
            if reason.row.status != "official"
            else ""
        )
        source = text("off.source", source=reason.row.source) if reason.row.source else ""
        return reason.row.name.in_language(current()) + source + status
    if reason.kind == "stopped" and reason.stop is not None:
        first, restart = reason.stop
        return (
            text("off.stopped", first=written(first))
            if restart is None
            else text("off.stopped.until", first=written(first), restart=written(restart))
        )
    return text(f"off.{reason.kind}")


def _why(day: CountedDay, working: bool) -> str:
    said = "; ".join(_off(r) for r in day.why) or text("counted")
    # Whether a day is worked is no matter where every day is counted.
    return said + text("counted.doubtful") if day.doubtful and working else said


def day_rows(days: Sequence[CountedDay], working: bool) -> list[list[str]]:
    """Day, day of the week, number and why it counts or does not; long runs of like days in one row."""
    rows: list[list[str]] = []
    run: list[CountedDay] = []

    def close() -> None:
        if len(run) > _RUN_SHOWN:
            first, last = run[0], run[-1]
            span = f"{written(first.day)} .. {written(last.day)}"
            rows.append([span, "", f"{first.number}-{last.number}", _why(first, working)])
        else:
            rows.extend([written(d.day), _weekday(d.day), str(d.number or ""), _why(d, working)] for d in run)
        run.clear()

    for day in days:
        if (run and _why(day, working) != _why(run[-1], working)) or day.number is None:
            close()
        run.append(day)
    close()
    return rows


def _weekday(day: dt.date) -> str:
    return text(f"weekday.{day.weekday()}")


def _dated(day: dt.date) -> str:
    """A day with its day of the week."""
    return text("weekday.date", weekday=_weekday(day), day=written(day))


def counting_rule(proof: Derivation) -> str:
    """From where how much is counted, in which direction."""
    period = proof.period
    n = period.n + proof.extension
    if n == 0:
        return text("count.zero", anchor=written(proof.anchor))
    code = f"count.{period.direction}" + (".working" if period.unit == "working-day" else "")
    return text(
        code,
        period=f"{n} {text(f'unit.{period.unit}', n=n)}",
        anchor=_dated(proof.anchor),
    )


def steps(proof: Derivation) -> list[str]:
    """What happened beside the plain count, in order, and where it ended."""
    steps = []
    if proof.extension:
        steps.append(text("count.extension", n=proof.extension))
    if proof.clipped:
        steps.append(text("count.clipped"))
    if proof.clear_day:
        steps.append(text("count.clear", day=written(proof.clear_day)))
    if proof.roll:
        over = "; ".join(
            text("count.roll.over", day=_dated(d.day), why=_why(d, True)) for d in proof.roll[:-1]
        )
        steps.append(text("count.roll", over=over, day=written(proof.roll[-1].day)))
    if proof.due.day is not None:
        steps.append(text("count.due", day=_dated(proof.due.day)))
    elif proof.due.reason:
        steps.append(wording.reason(proof.due.reason).capitalize() + ".")
    return steps


def reading_lines(proof: ReadingProof) -> list[str]:
    """Which reading it is, by what source, and what comes of it."""
    lines = []
    if proof.name:
        code = "explain.reading.source" if proof.source else "explain.reading"
        lines.append(text(code, name=proof.name, source=proof.source))
    code = "explain.reading.due" if proof.due else "explain.reading.undated"
    lines.append(text(code, due=written(proof.due or ""), outcome=wording.outcome_name(proof.outcome)))
    if proof.note:
        lines.append(proof.note)
    return lines


def _reading(proof: ReadingProof, width: int) -> str:
    parts = [wrapped(tuple(reading_lines(proof)), width)]
    if proof.derivation is not None:
        parts.append(wrapped((counting_rule(proof.derivation),), width))
        if proof.derivation.days:
            rows = day_rows(proof.derivation.days, proof.derivation.period.unit == "working-day")
            fixed = 24 if any(" .. " in row[0] for row in rows) else 10
            shown = [[*row[:3], wrapped((row[3],), width - fixed - 20)] for row in rows]
            parts.append(draw_table(tuple(text(c) for c in DAY_COLUMNS), shown, apart=False))
        parts.append(wrapped(tuple(steps(proof.derivation)), width))
    return "\n\n".join(parts)


def candidate_reason(candidate: Candidate) -> str:
    """Why a record was used or rejected."""
    code = f"candidate.{candidate.why}"
    return text(code, fields=", ".join(candidate.fields)) if known(code) else candidate.why


def considered(proof: Explanation) -> tuple[Candidate, ...]:
    """The candidates; where the kind of duty has none (a count), the records that the outcome rests on."""
    return proof.candidates or tuple(Candidate(e, "used", "counted") for e in proof.finding.fulfilment)


def _candidates(proof: Explanation, names: Names, width: int) -> str:
    records = considered(proof)
    if not records:
        return text("explain.no_candidates")
    verdicts = [text(code) for code in (RECORD_COLUMNS[1], *(f"verdict.{c.verdict}" for c in records))]
    # Two blanks stand between the three columns.
    last = max(width - _RECORD - max(8, *map(len, verdicts)) - 6, 20)
    rows = [
        [
            wrapped((f"{c.evidence.event}: {wording.evidence(c.evidence, names)}",), _RECORD),
            text(f"verdict.{c.verdict}"),
            wrapped((candidate_reason(c),), last),
        ]
        for c in records
    ]
    return draw_table(tuple(text(c) for c in RECORD_COLUMNS), rows)


def _coverage(proof: Explanation) -> list[str]:
    """Spans with the same limits and the same declaration together."""
    families: dict[tuple[str, str | None, str | None], list[str]] = {}
    for span in proof.coverage:
        families.setdefault((span.first, span.last, span.place), []).extend(span.families)
    return [
        text(
            "covered.assumed" if place is None else "covered.declared",
            first=written(first),
            last=written(last) if last else text("covered.open"),
            families=", ".join(names) or text("covered.all"),
            place=place,
        )
        for (first, last, place), names in families.items()
    ]


def facts(proof: Explanation, names: Names) -> list[tuple[str, str]]:
    """Everything that holds of the finding, each with its label."""
    finding = proof.finding
    version = None
    if finding.version_from or finding.version_to:
        open_end = text("explain.version.open")
        version = text(
            "explain.version.text",
            instrument=names.instruments.get(finding.instrument, finding.instrument),
            from_=written(finding.version_from or open_end),
            to=written(finding.version_to or open_end),
        )
    outcome = wording.outcome_name(finding.outcome)
    if marks := wording.marks(finding):
        outcome += f" ({', '.join(marks)})"
    found = [
        ("explain.outcome", outcome),
        ("explain.because", " ".join(wording.sentences(finding, names))),
        ("explain.duty", f"{finding.rule} {names.rule(finding.rule)}".strip()),
        ("explain.municipality", finding.municipality),
        ("explain.case", finding.case),
        ("explain.period", finding.period),
        ("explain.law", names.law(finding.instrument, finding.provision)),
        ("explain.link", finding.url),
        ("explain.version", version),
        ("explain.confidence", text(f"confidence.{finding.confidence}")),
        ("explain.presumption", finding.presumption),
        ("explain.bearer", names.bearer(finding.bearer)),
        ("explain.configured", "; ".join(wording.setting(s) for s in finding.configured)),
        ("explain.trigger", wording.evidence(finding.trigger, names) if finding.trigger else None),
        ("explain.anchor", written(finding.anchor or "")),
        ("explain.due", written(finding.due or "")),
        ("explain.act_by", written(finding.act_by or "")),
        ("explain.coverage", "; ".join(_coverage(proof))),
    ]
    return [(text(code), value) for code, value in found if value]


def write_text(proof: Explanation, stream: TextIO, options: ReportOptions) -> None:
    """The proof for people: facts, then each reading day by day, then the records considered."""
    names, width = options.names, options.width
    said = facts(proof, names)
    label_width = max((len(label) for label, _ in said), default=0)
    shown_facts = [[label, linked(value, width - max(_LABEL, label_width) - 2)] for label, value in said]
    lines = []
    for label, value in shown_facts:
        first, *rest = value.splitlines() or [""]
        lines += [f"{label:<{label_width}}  {first}", *(" " * (label_width + 2) + line for line in rest)]

    def heading(title: str) -> str:
        return styled(title, "plain", options.colour) + "\n" + "=" * len(title)

    parts = [heading(plain(text("explain.heading", id=proof.finding.id))), "\n".join(lines)]
    if proof.readings:
        parts.append(heading(text("explain.readings")))
        parts += [_reading(reading, width) for reading in proof.readings]
    parts += [heading(text("explain.candidates")), _candidates(proof, names, width)]
    stream.write("\n\n".join(parts) + "\n")


def _day_object(day: CountedDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "number": day.number,
        "doubtful": day.doubtful,
        "why": [_reason_object(r) for r in day.why],
    }


def _reason_object(reason: Reason) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": reason.kind}
    if reason.row is not None:
        shown |= {"name": reason.row.name.en, "status": reason.row.status, "source": reason.row.source}
    if reason.stop is not None:
        shown |= {"from": reason.stop[0].isoformat(), "to": reason.stop[1] and reason.stop[1].isoformat()}
    return shown


def _derivation_object(proof: Derivation) -> dict[str, Any]:
    period = proof.period
    return {
        "anchor": proof.anchor.isoformat(),
        "period": {
            "n": period.n,
            "unit": period.unit,
            "direction": period.direction,
            "roll": period.roll,
            "clear": period.clear,
        },
        "extension": proof.extension,
        "stops": [[first.isoformat(), restart and restart.isoformat()] for first, restart in proof.stops],
        "days": [_day_object(d) for d in proof.days],
        "counted": proof.counted,
        "clipped": proof.clipped,
        "last_counted": proof.last_counted and proof.last_counted.isoformat(),
        "clear_day": proof.clear_day and proof.clear_day.isoformat(),
        "roll": [_day_object(d) for d in proof.roll],
        "due": proof.due.day and proof.due.day.isoformat(),
        "reason": proof.due.reason,
    }


def _reading_object(proof: ReadingProof) -> dict[str, Any]:
    return {
        "name": proof.name,
        "source": proof.source,
        "due": proof.due,
        "outcome": proof.outcome,
        "note": proof.note,
        "derivation": None if proof.derivation is None else _derivation_object(proof.derivation),
    }


def write_json(proof: Explanation, stream: TextIO, options: ReportOptions) -> None:
    """The proof for programs: every day, none summed up."""
    candidates = [
        {
            "event": c.evidence.event,
            "type": c.evidence.type,
            "place": c.evidence.place,
            "time": c.evidence.time,
            "verdict": c.verdict,
            "why": c.why,
            "fields": c.fields,
        }
        for c in considered(proof)
    ]
    coverage = [
        {"first": c.first, "last": c.last, "families": c.families, "place": c.place, "assumed": c.assumed}
        for c in proof.coverage
    ]
    stream.write(
        dumped(
            {
                "schema": SCHEMA,
                "finding": finding_object(proof.finding, options.names),
                "readings": [_reading_object(r) for r in proof.readings],
                "candidates": candidates,
                "coverage": coverage,
            }
        )
        + "\n"
    )
