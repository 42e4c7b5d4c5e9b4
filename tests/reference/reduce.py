"""A smaller question on which the evaluators still differ: fewer duties, records and keys.

What remains is what a named test case is made of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from transparency_check.packs.check_duty import Known
from transparency_check.packs.model import Duty, Rulebook

from .questions import Question
from .random_packs import checked, duties_named

T = TypeVar("T")
Json = dict[str, Any]
Differs = Callable[[Question], bool]


def reduced(question: Question, differs: Differs) -> Question:
    """The question with everything taken away that the difference does not need. ``differs`` must hold of
    it.
    """
    question = _fewer_duties(question, differs)
    question = _without_moments(question, differs)
    question = _one_place(question, differs)
    question = replace(question, records=fewer(question.records, _with_records(question, differs)))
    question = _simpler_duties(question, differs)
    question = _fewer_duties(question, differs)
    question = replace(question, records=fewer(question.records, _with_records(question, differs)))
    question = _plainer_records(question, differs)
    return _fewer_days(question, differs)


def fewer(items: Sequence[T], enough: Callable[[list[T]], bool]) -> list[T]:
    """A part of the items that is still enough, from which no single one can be left out."""
    kept = list(items)
    size = max(len(kept) // 2, 1)
    while kept:
        at, removed = 0, False
        while at < len(kept):
            tried = kept[:at] + kept[at + size :]
            if enough(tried):
                kept, removed = tried, True
            else:
                at += size
        if size == 1 and not removed:
            break
        size = max(size // 2, 1)
    return kept


def told(question: Question) -> str:
    """The question as text: duties and records, one a line, and what of the calendar is not the base's."""
    lines = [f"as_of {question.as_of}, known_at {question.known_at}, until {question.until}"]
    book = question.rulebook
    lines.append(f"zone {book.zone}, calendar {book.calendar_range.from_} to {book.calendar_range.to}")
    for duty in book.duties:
        whole = duty.model_dump(mode="json", by_alias=True, exclude_unset=True)
        for key in ("title", "area", "bearer", "severity", "help", "notes", "examples", "legal_basis"):
            whole.pop(key, None)
        lines.append(json.dumps(whole))
    lines += [f"{row.date} {row.off} {row.status}" for row in book.calendar]
    for record in question.records:
        lines.append(json.dumps({k: v for k, v in record.items() if k not in ("content", "place")}))
    return "\n".join(lines)


def _one_place(question: Question, differs: Differs) -> Question:
    """Only the records of one municipality, and then of one case, where these are enough."""
    for name in ("municipality", "case"):
        for value in sorted({str(r[name]) for r in question.records if r.get(name)}):
            some = [r for r in question.records if r.get(name) in (value, None)]
            tried = replace(question, records=some)
            if len(some) < len(question.records) and differs(tried):
                question = tried
                break
    return question


def _with_records(question: Question, differs: Differs) -> Callable[[list[Json]], bool]:
    return lambda records: differs(replace(question, records=records))


def _with_duties(question: Question, duties: Sequence[Duty]) -> Question:
    return replace(question, rulebook=question.rulebook.model_copy(update={"duties": list(duties)}))


def _without_moments(question: Question, differs: Differs) -> Question:
    for change in ({"until": None}, {"known_at": None}, {"as_of": question.as_of[:10]}):
        tried = replace(question, **change)
        question = tried if differs(tried) else question
    return question


def _closed(duties: Sequence[Duty], book: Rulebook) -> list[Duty]:
    """The duties with those that they name: a pack without them could not be used."""
    by_id = {duty.id: duty for duty in book.duties}
    chosen = {duty.id for duty in duties}
    while more := {n for i in chosen for n in duties_named(by_id[i]) if n in by_id} - chosen:
        chosen |= more
    return [duty for duty in book.duties if duty.id in chosen]


def _fewer_duties(question: Question, differs: Differs) -> Question:
    book = question.rulebook
    for duty in book.duties:
        alone = _with_duties(question, _closed([duty], book))
        if len(alone.rulebook.duties) < len(book.duties) and differs(alone):
            return alone if len(alone.rulebook.duties) == 1 else _fewer_duties(alone, differs)
    kept = fewer(book.duties, lambda some: differs(_with_duties(question, _closed(some, book))))
    return _with_duties(question, _closed(kept, book))


def _simpler_duties(question: Question, differs: Differs) -> Question:
    """Keys left out of the duties, as long as they stay valid and the difference stays."""
    for index in range(len(question.rulebook.duties)):
        changed = True
        while changed:
            changed = False
            duty = question.rulebook.duties[index]
            for simpler in _simplifications(duty, question.rulebook):
                duties = list(question.rulebook.duties)
                duties[index] = simpler
                tried = _with_duties(question, duties)
                if differs(tried):
                    question, changed = tried, True
                    break
    return question


def _simplifications(duty: Duty, book: Rulebook) -> Iterator[Duty]:
    """The duty without one of its keys, wherever the checker of packs has nothing against it."""
    known = Known(
        book.vocabulary,
        [i.id for i in book.instruments],
        [m.id for m in book.municipalities],
        {d.id: d for d in book.duties},
        (),
        (),
    )
    whole = duty.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for path in list(_paths(whole)):
        copied = json.loads(json.dumps(whole))
        part = copied
        for step in path[:-1]:
            part = part[step]
        del part[path[-1]]
        simpler = checked(copied, known)
        if simpler is not None:
            yield simpler


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys: Any = ()
    if isinstance(value, dict):
        keys = [key for key in value if before or key not in ("id", "title", "area", "bearer", "severity")]
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield (*before, key)
    for key in keys:
        yield from _paths(value[key], (*before, key))


def _plainer_records(question: Question, differs: Differs) -> Question:
    """Attributes left out of the records. The digest of the content stays, as it only tells records apart."""
    for index in range(len(question.records)):
        for path in list(_paths(question.records[index])):
            if path[0] not in ("a", "bad", "related", "case"):
                continue
            copied = json.loads(json.dumps(question.records))
            part = copied[index]
            for step in path[:-1]:
                part = part.get(step, {}) if isinstance(part, dict) else part
            if not isinstance(part, dict) or path[-1] not in part or path == ("a",) or path == ("bad",):
                continue
            del part[path[-1]]
            tried = replace(question, records=copied)
            if differs(tried):
                question = tried
    return question


def _fewer_days(question: Question, differs: Differs) -> Question:
    book = question.rulebook

    def enough(rows: list[Any]) -> bool:
        return differs(replace(question, rulebook=book.model_copy(update={"calendar": rows})))

    return replace(question, rulebook=book.model_copy(update={"calendar": fewer(book.calendar, enough)}))
