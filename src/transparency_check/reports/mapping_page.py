"""What a mapping made of logs, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..mapping.trial import MOST_TOLD, Example, Trial, Tried
from ..messages import text
from .json import problem_object
from .outline import Block, Cell, Outline, Section

TESTED = "transparency-check/mapping-test/1"
# What people are shown of problems and columns; JSON has more.
_SHOWN = 20


def tested_outline(trial: Trial) -> Outline:
    """The trial as people read it: rules with examples, rows that were left out, rows that cannot be read."""
    head = text("mapped.read", n=trial.rows, name=trial.name, logs=", ".join(trial.logs))
    sections = []
    if trial.left:
        sections.append(_told(trial.left, text("mapped.left", n=trial.unreadable or len(trial.left)), "bad"))
    columns = tuple(text(f"mapped.column.{name}") for name in ("rule", "rows", "before", "after"))
    block = Block(columns=columns, rows=tuple(map(_rule, trial.rules)))
    sections.append(Section(text("mapped.rules"), "plain", (block,)))
    if trial.left_out:
        columns = tuple(text(f"mapped.column.{name}") for name in ("why", "rows"))
        rows = tuple(((each.said, each.place), (str(each.rows),)) for each in trial.left_out)
        sections.append(
            Section(text("mapped.ignored", n=trial.ignored), "plain", (Block(columns=columns, rows=rows),))
        )
    if trial.told:
        sections.append(_told(trial.told, text("mapped.warnings", n=len(trial.told)), "doubt"))
    if trial.unused:
        shown = ", ".join(trial.unused[:_SHOWN])
        more = [text("report.more", n=len(trial.unused) - _SHOWN)] if len(trial.unused) > _SHOWN else []
        sections.append(Section(text("mapped.unused"), "plain", (Block(lines=(shown, *more)),)))
    if trial.whole:
        sections.append(Section(text("mapped.fine"), "good"))
    return Outline(text("mapped.title"), (head,), tuple(sections))


def _told(problems: list[Any], title: str, tone: Any) -> Section:
    lines = [f"{p.place}: {p.message}" for p in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(text("report.more", n=len(problems) - _SHOWN))
    return Section(title, tone, (Block(lines=tuple(lines)),))


def _rule(rule: Tried) -> tuple[Cell, ...]:
    counted = [str(rule.rows)]
    if rule.unreadable:
        counted.append(text("mapped.left", n=rule.unreadable))
    before: list[str] = []
    after: list[str] = []
    for example in rule.examples[:1]:
        before = [example.place, *(f"{name}: {_shown(cell)}" for name, cell in example.before.items())]
        after = [f"{name}: {_shown(cell)}" for name, cell in example.after.items() if name != "type"]
    return (
        tuple(filter(None, (rule.said, rule.type or "", rule.place))),
        tuple(counted),
        tuple(before),
        tuple(after),
    )


def _shown(cell: object) -> str:
    return ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def tested_object(trial: Trial) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": TESTED,
        "mapping": {"file": trial.name, "sha256": trial.sha256},
        "logs": trial.logs,
        "rows": trial.rows,
        "events": trial.events,
        "unreadable": trial.unreadable,
        "rules": [
            {
                "place": rule.place,
                "word": rule.said or None,
                "type": rule.type,
                "rows": rule.rows,
                "unreadable": rule.unreadable,
                "examples": [_example(example) for example in rule.examples],
            }
            for rule in trial.rules
        ],
        "ignored": trial.ignored,
        "left_out": [{"place": each.place, "said": each.said, "rows": each.rows} for each in trial.left_out],
        "problems": [problem_object(p) for p in (*trial.left, *trial.told)[:MOST_TOLD]],
        "unused": trial.unused,
    }


def _example(example: Example) -> Mapping[str, Any]:
    return {"place": example.place, "before": example.before, "after": example.after}
