"""What a comparison has exercised: obligations per shape, key and value of the pack model, test of a
condition, reason, kind of log and way through the evaluator.

What can be reached is read from the pack model itself, so a key that is added later is told as not reached
until the generators draw it.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from transparency_check.messages.en import TEXTS
from transparency_check.model import OUTCOMES
from transparency_check.packs.model import Duty, Test

from . import marks
from .questions import Answered, Question

# Keys that no judgement reads (texts, citations, examples, what only the report shows).
SILENT = {
    *("Duty.title", "Duty.bearer", "Duty.help", "Duty.notes", "Duty.legal_basis", "Duty.examples"),
    *("Duty.waivable", "Duty.id", "Duty.area", "Duty.severity", "Duty.binds", "Duty.commitment"),
    *("Duty.checkable", "Requirement.text", "Reading.name", "Reading.source", "Reading.text"),
    *("Version.provision", "Version.presumption", "Version.note", "Version.instrument", "Version.confidence"),
}
SHAPES = ("event", "content", "duration", "count", "calendar", "standing")
LOGS = (
    "rows that cannot be read",
    "unreadable time",
    "unreadable type",
    "unreadable municipality",
    "bad value",
    "no case",
    "related cases",
    "entered later",
    "id twice",
    "retracted",
    "coverage declared",
    "outage recorded",
    "several municipalities",
    "several files",
    "known-at before as-of",
    "known-at after as-of",
    "horizon ahead",
    "as-of with time of day",
    "time with offset",
    "local pack",
)
Table = dict[str, Counter[str]]


def reasons() -> list[str]:
    """Every reason code, from the messages."""
    return sorted(key.removeprefix("reason.") for key in TEXTS if key.startswith("reason."))


# -- the pack model


def possible() -> list[str]:
    """Every key of a duty that a judgement reads, with each value of those that have a list of values."""
    found: dict[str, None] = {f"shape {shape}": None for shape in SHAPES}
    todo: list[type[BaseModel]] = [Duty]
    done: set[type[BaseModel]] = set()
    while todo:
        model = todo.pop(0)
        if model in done:
            continue
        done.add(model)
        for name, field in model.model_fields.items():
            key = f"{model.__name__}.{field.alias or name}"
            if key in SILENT:
                continue
            for leaf in _leaves(field.annotation):
                if isinstance(leaf, type) and issubclass(leaf, BaseModel):
                    todo.append(leaf)
                    found[f"{key}: {leaf.__name__}"] = None
                elif not isinstance(leaf, type):
                    found[f"{key}={leaf}"] = None
                else:
                    found[key] = None
    tests = [field.alias or name for name, field in Test.model_fields.items()]
    found |= {
        f"test {name}": None for name in (*tests, "value", "list", "any", "all", "municipality", "field")
    }
    return sorted(found)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Types and literal values that an annotation is made of."""
    origin = get_origin(annotation)
    if origin is Literal:
        yield from get_args(annotation)
    elif origin is dict:
        yield dict
    elif origin in (list, Union, types.UnionType) or hasattr(annotation, "__metadata__"):
        parts = get_args(annotation)
        for part in parts[:1] if hasattr(annotation, "__metadata__") else parts:
            if part is not type(None):
                yield from _leaves(part)
    else:
        yield annotation


def keys_of(duty: Duty) -> set[str]:
    """The keys that a duty states, in the words of ``possible``."""
    return {f"shape {duty.shape}", *_stated(duty)}


def _stated(record: BaseModel) -> Iterator[str]:
    # Named as its base: an office's confirmation adds no key.
    model = type(record).__name__
    for name in record.model_fields_set:
        field = type(record).model_fields[name]
        key, value = f"{model}.{field.alias or name}", getattr(record, name)
        if key in SILENT or value is None:
            continue
        literals = [leaf for leaf in _leaves(field.annotation) if not isinstance(leaf, type)]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield f"{key}: {type(one).__name__}"
                yield from _stated(one)
            elif one in literals and not isinstance(one, bool):
                yield f"{key}={one}"
            elif isinstance(one, dict):
                yield key
                yield from _tests(one)
            elif one is not False:
                yield key
        if isinstance(value, dict) and model != "Reading":
            yield from _tests(value)


def _tests(where: dict[str, Any]) -> Iterator[str]:
    for name, test in where.items():
        if name in ("any", "all"):
            yield f"test {name}"
            for part in test:
                yield from _tests(part)
        else:
            if name == "municipality":
                yield "test municipality"
            yield from _one_test(test)


def _one_test(test: Any) -> Iterator[str]:
    if not isinstance(test, dict):
        yield "test list" if isinstance(test, list) else "test value"
        return
    for key, value in test.items():
        yield f"test {key}"
        if key == "not":
            yield from _one_test(value)
        elif isinstance(value, dict) and "field" in value:
            yield "test field"


# -- the log


def kinds_of(question: Question) -> set[str]:
    """What a log has of the things that make judging hard, in the words of ``LOGS``."""
    records, vocabulary = question.records, question.rulebook.vocabulary
    readable = [r for r in records if r["readable"]]
    unread = [r for r in records if not r["readable"]]
    ids = Counter(r.get("id") for r in readable)
    as_of, known_at, until = question.as_of, question.known_at, question.until
    outage = vocabulary.outage.event if vocabulary.outage else None
    coverage = vocabulary.coverage.event if vocabulary.coverage else None
    holds = {
        "rows that cannot be read": bool(unread),
        "unreadable time": any("lo" not in r for r in unread),
        "unreadable type": any("type" not in r for r in unread),
        "unreadable municipality": any("municipality" not in r for r in unread),
        "bad value": any(r.get("bad") for r in readable),
        "no case": any("case" not in r for r in readable if r["type"] not in (coverage, outage)),
        "related cases": any(r.get("related") for r in records),
        "entered later": any(r["rlo"] > r["hi"] for r in readable),
        "id twice": any(n > 1 for n in ids.values()),
        "retracted": any(r.get("retracted") for r in readable),
        "coverage declared": any(r["type"] == coverage for r in readable),
        "outage recorded": any(r["type"] == outage for r in readable),
        "several municipalities": len({r["municipality"] for r in readable}) > 1,
        "several files": len({r["file"] for r in records}) > 1,
        "known-at before as-of": known_at is not None and known_at[:10] < as_of[:10],
        "known-at after as-of": known_at is not None and known_at[:10] > as_of[:10],
        "horizon ahead": until is not None and until > as_of[:10],
        "as-of with time of day": "T" in as_of,
        "time with offset": any(r["time"][-1] == "Z" or r["time"][-6:-5] == "+" for r in readable),
        "local pack": len(question.rulebook.packs) > 1,
    }
    return {name for name, found in holds.items() if found}


# -- the table


def tally(question: Question, answered: Answered) -> Table:
    """Obligations per row of the table and outcome; ways through the evaluator are counted as often as
    taken.
    """
    table: Table = {}
    kinds = [f"log: {kind}" for kind in kinds_of(question)]
    of_duty = {duty.id: sorted(keys_of(duty)) for duty in question.rulebook.duties}
    for verdict in answered.verdicts:
        rows = [*of_duty.get(verdict.rule, [verdict.rule]), *kinds]
        rows += [f"reason {reason}" for reason in verdict.reasons]
        for row in rows:
            table.setdefault(row, Counter())[verdict.outcome] += 1
    for name, number in marks.taken().items():
        table.setdefault(f"way: {name}", Counter())["times"] += number
    return table


def added(table: Table, more: Table) -> None:
    for row, counts in more.items():
        table.setdefault(row, Counter()).update(counts)


def expected() -> list[str]:
    """Every row that a comparison should reach."""
    return [
        *possible(),
        *(f"reason {reason}" for reason in reasons()),
        *(f"log: {kind}" for kind in LOGS),
        *(f"way: {name}" for name in marks.NAMES),
    ]


def missing(table: Table) -> list[str]:
    """The rows that were not reached."""
    return [row for row in expected() if not table.get(row)]


def lines(table: Table) -> Iterator[str]:
    """The table as text."""
    rows = sorted({*expected(), *table}, key=_place)
    width = max(len(row) for row in rows)
    yield f"{'obligations of duties with':{width}} {'all':>9} " + " ".join(f"{o[:9]:>9}" for o in OUTCOMES)
    for row in rows:
        counts = table.get(row, Counter())
        if row.startswith("way: "):
            yield f"{row:{width}} {counts['times']:>9} times: {marks.NAMES[row.removeprefix('way: ')]}"
        else:
            numbers: Iterable[int] = (counts[outcome] for outcome in OUTCOMES)
            yield f"{row:{width}} {sum(counts.values()):>9} " + " ".join(f"{n:>9}" for n in numbers)


def _place(row: str) -> tuple[int, str]:
    order = ("shape ", "reason ", "log: ", "way: ", "test ")
    return next((n for n, start in enumerate(order) if row.startswith(start)), len(order)), row
