"""A score as people and programs read it: page, object, rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from ..messages import text
from ..model import Report
from ..scoring.score import JUDGED, KINDS, UNDATED, Per, Score
from .cells import spreadsheet
from .json import head_object
from .options import ReportOptions
from .outline import Block, Cell, Outline, Section, header

SCHEMA = "transparency-check/score/1"
_KEPT = ("tool", "as_of", "known_at", "zone", "language", "inputs", "packs", "calendar", "configuration",
         "waivers", "redacted", "selection", "assumed_coverage", "rule_errors")  # fmt: skip
_NUMBERS = (*JUDGED, "pending")
COLUMNS = ("owed", "municipality", "area", "period", "low", "high", "judged", *_NUMBERS, "waived")


def rate(score: Score | None) -> str:
    """Both bounds, or one where they are the same."""
    if score is None or (bounds := score.bounds) is None:
        return text("score.none")
    low, high = (text("percent", n=100 * bound) for bound in bounds)
    return low if low == high else text("score.range", low=low, high=high)


def score_object(report: Report, options: ReportOptions, found: Sequence[Score], per: Per) -> dict[str, Any]:
    """The score as the schema has it."""
    head = head_object(report, options)
    problems = head["summary"]["problems"]
    kept = {key: head[key] for key in _KEPT if key in head}
    return {"schema": SCHEMA, **kept, "problems": problems, "per": per, "scores": [*map(_object, found)]}


def _object(score: Score) -> dict[str, Any]:
    low, high = score.bounds or (None, None)
    return {
        **score.key._asdict(),
        "low": None if low is None else round(low, 6),
        "high": None if high is None else round(high, 6),
        "judged": score.judged,
        "outcomes": {outcome: score.outcomes.get(outcome, 0) for outcome in _NUMBERS},
        "waived": score.waived,
    }


def write_rows(found: Iterable[Score], stream: TextIO) -> None:
    """The scores as CSV, one a row; an empty cell stands for all."""
    rows = csv.writer(stream)
    rows.writerow(COLUMNS)
    for score in found:
        shown = _object(score)
        values = [shown[name] for name in ("owed", "municipality", "area", "period", "low", "high", "judged")]
        values += [*shown["outcomes"].values(), shown["waived"]]
        rows.writerow(spreadsheet("" if value is None else str(value)) for value in values)


def page(
    report: Report, options: ReportOptions, found: Sequence[Score], areas: Mapping[str, str], per: Per
) -> Outline:
    """Per municipality what is owed by law and by commitments of its own, by area and over time. ``areas``
    are their names.
    """
    towns = options.names.municipalities
    sections = []
    for owed in KINDS[:-1]:
        for name in dict.fromkeys(s.key.municipality for s in found if s.key.owed == owed):
            own = [s for s in found if s.key.owed == owed and s.key.municipality == name]
            if name is not None:
                title = text(f"score.section.{owed}", name=towns.get(name, name), rate=rate(own[0]))
                by_area = [s for s in own if s.key.area is not None and s.key.period is None]
                over_time = [s for s in own if s.key.area is None and s.key.period is not None]
                tables = (
                    Block(columns=_columns("area"), rows=tuple(_row(s, _area(s, areas)) for s in by_area)),
                    Block(
                        columns=_columns(per), rows=tuple(_row(s, _period(s.key.period)) for s in over_time)
                    ),
                )
                sections.append(Section(title, "plain", tables))
    if not sections:
        sections.append(Section(text("none.found"), "plain"))
    lines = (text("score.explained"), text("score.others"))
    sections.append(Section(text("score.section.read"), "plain", (Block(lines=lines),)))
    return Outline(text("score.title"), header(report, options), tuple(sections))


def _area(score: Score, areas: Mapping[str, str]) -> str:
    area = score.key.area or ""
    return f"{area} {areas[area]}" if area in areas else area


def _period(period: str | None) -> str:
    return text("score.undated") if period == UNDATED else period or ""


def _columns(first: str) -> tuple[str, ...]:
    return (text(f"score.column.{first}"), text("score.column.rate"), text("score.column.numbers"))


def _row(score: Score, name: str) -> tuple[Cell, ...]:
    numbers = text(
        "score.numbers",
        n=score.judged,
        **{outcome: score.outcomes.get(outcome, 0) for outcome in JUDGED},
    )
    return (name,), (rate(score),), (numbers,)
