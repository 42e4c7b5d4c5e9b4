"""A new duty as a file to be filled in: it loads, and its examples hold, from the first moment on.

The events are taken from the vocabulary of the pack and the dates from its calendar; the author replaces
them. The comments say how, and ``rules lint`` says what is left to do.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from transparency_check.calendars import Calendar, Period, due
from transparency_check.messages import phrase
from transparency_check.packs.model import Attribute, CalendarRange, Rulebook

if TYPE_CHECKING:
    from transparency_check.packs.sources import Sources

SHAPES: Final = ("after", "before", "content", "duration", "count", "calendar", "standing")
DUTY_ID = re.compile(r"([A-Z]{2,4})-([A-Z]{2,4})-([0-9]{3})")
# Event types that make a readable beginning where a vocabulary has them: what begins, and what answers it.
_PAIRS = (
    ("request.registered", "request.answered"),
    ("meeting.scheduled", "notice.published"),
    ("consultation.opened", "consultation.closed"),
)
_WORDS = 6


@dataclass(frozen=True)
class _Made:
    """An example: its name, as-of, events and what is expected, each as text of YAML."""

    name: str
    as_of: dt.date
    events: Sequence[str]
    expect: str
    counted: str | None = None


@dataclass(frozen=True)
class _Parts:
    """What the vocabulary and the calendar offer for a beginning."""

    begins: str
    answers: str
    values: Mapping[str, Mapping[str, Any]]
    municipality: str
    instrument: str
    calendar: Calendar
    coverage: Callable[[int, dt.date, dt.date], str] | None
    # A date-time attribute of the event that begins, and an attribute that tells good from bad.
    planned: str | None
    content: tuple[str, Any, Any] | None
    day: dt.date
    since: dt.date

    def event(
        self,
        number: int,
        kind: str,
        day: dt.date,
        more: Mapping[str, Any] | None = None,
        *,
        case: bool = True,
    ) -> str:
        values = {
            "id": f"e{number}",
            "type": kind,
            "time": day.isoformat(),
            "municipality": self.municipality,
        }
        if case:
            values["case"] = "case-1"
        return _flow({**values, **self.values[kind], **(more or {})})


def next_free(prefix: str, area: str, taken: Sequence[str]) -> str:
    """The id of the area whose number follows the highest one taken, or the lowest free one after 999."""
    used = {
        int(found[3])
        for rule in taken
        if (found := DUTY_ID.fullmatch(rule)) and found[1] == prefix and found[2] == area
    }
    number = max(used, default=0) + 1
    if number > 999:
        number = next(n for n in range(1, 1000) if n not in used)
    return f"{prefix}-{area}-{number:03}"


def file_name(rule: str, title: str) -> str:
    """``duties/<area>/<ID>-<words>.yaml``, relative to the folder of the pack."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_WORDS]
    return f"duties/{rule.split('-')[1].lower()}/{'-'.join([rule, *words])}.yaml"


def scaffold(rule: str, title: str, shape: str, book: Rulebook, languages: Sequence[str]) -> str:
    """The text of a duty of one of ``SHAPES``.

    Raises ``LookupError`` (with what is lacking) where the vocabulary offers nothing to begin with.
    """
    parts = _parts(book, shape)
    body, examples = _BODIES[shape](parts)
    head = [
        f"id: {rule}",
        "title:",
        f"  en: {_quoted(title)}",
        *(f"  # {language}: the title in this language" for language in languages if language != "en"),
        f"area: {rule.split('-')[1]}",
        "bearer: Municipality  # who owes it, in the words of the law",
        "severity: violation  # or advisory, where the law attaches no consequence",
        "",
        "# First the law: where it stands, its words in their language, and where they can be read.",
        "legal_basis:",
        "  provision: to be filled in",
        "  # quote: the words of the law",
        "  # url: https://...",
        "",
        *body,
        "",
        "# Each version with its days in force (from, to) and its own confidence: verified (the wording",
        "# was seen), secondary (a public body or report states it), unverified. Never more than its source",
        "# gives.",
        "versions:",
        f"  - instrument: {parts.instrument}  # an id of instruments.yaml",
        f"    {'from' if shape == 'standing' else '# from'}: {parts.since}",
        "    confidence: unverified",
        "",
        "# help:",
        *(f"#   {language}: what to do, in one sentence" for language in languages),
        "",
        "# Count every date by hand and write in `counted` how. An example for every outcome, one on the",
        "# last lawful day, one a day later, one across a day off. Run: transparency-check rules test, rules",
        "# lint, rules mutate.",
        "examples:",
    ]
    return "\n".join([*head, *(line for e in examples for line in _example(e))]) + "\n"


def with_file(sources: Sources, file: str, text: str) -> Sources:
    """The sources of a pack with one more file in them."""
    from transparency_check.packs.sources import Sources

    return Sources(sources.shown, {**sources.files, file: text.encode()}, sources.problems)


# -- what to begin with --------------------------------------------------------------------------------------


def _parts(book: Rulebook, shape: str) -> _Parts:
    vocabulary = book.vocabulary
    apart = {e.event for e in (vocabulary.coverage, vocabulary.outage) if e is not None}
    types = [name for name in vocabulary.events if name not in apart]
    if len(types) < 2:
        raise LookupError(phrase("two event types in events.yaml"))
    if not book.municipalities:
        raise LookupError(phrase("a municipality in municipalities.csv"))
    if not book.instruments:
        raise LookupError(phrase("an instrument in instruments.yaml"))
    begins, answers = next((p for p in _PAIRS if set(p) <= set(types)), (types[0], types[1]))
    planned, content = _of_type(book, begins, ("date-time",)), None
    if shape == "before":
        begins = next((t for t in types if _of_type(book, t, ("date-time",))), "")
        planned = _of_type(book, begins, ("date-time",)) if begins else None
        if planned is None:
            raise LookupError(phrase("an event with a date-time attribute in events.yaml"))
        answers = answers if answers != begins else next(t for t in types if t != begins)
    if shape == "content":
        begins = next((t for t in types if _telling(book, t)), "")
        content = _telling(book, begins) if begins else None
        if content is None:
            raise LookupError(phrase("an event with a choice or a flag in events.yaml"))
        answers = next(t for t in types if t != begins)
    span = book.calendar_range
    day = _first_day(span)
    return _Parts(
        begins,
        answers,
        {kind: _required(book, kind, day) for kind in (begins, answers)},
        book.municipalities[0].id,
        next(
            (i.id for i in reversed(book.instruments) if i.from_ is None and i.to is None),
            book.instruments[-1].id,
        ),
        Calendar(book.calendar, span.from_, span.to),
        _coverage(book),
        planned,
        content,
        day,
        span.from_,
    )


def _first_day(span: CalendarRange) -> dt.date:
    """A Monday with enough of the calendar around it: the year before, for counts, and half a year after."""
    years = [2026, *range(span.from_.year, span.to.year + 1)]
    for day in (_monday(dt.date(year, 3, 1)) for year in years):
        if span.from_ <= dt.date(day.year - 1, 1, 1) and day + dt.timedelta(days=180) <= span.to:
            return day
    # Of a short calendar the first quarter; what does not fit into it says so.
    return _monday(span.from_ + (span.to - span.from_) / 4)


def _monday(day: dt.date) -> dt.date:
    """The Monday on or after a day."""
    return day + dt.timedelta(days=-day.weekday() % 7)


def _carried(book: Rulebook, kind: str) -> list[tuple[str, Attribute]]:
    event = book.vocabulary.events[kind]
    names = dict.fromkeys([*event.required, *event.attributes])
    return [(n, book.vocabulary.attributes[n]) for n in names if n in book.vocabulary.attributes]


def _of_type(book: Rulebook, kind: str, types: Sequence[str]) -> str | None:
    return next((n for n, a in _carried(book, kind) if a.type in types), None)


def _telling(book: Rulebook, kind: str) -> tuple[str, Any, Any] | None:
    """An attribute that says nothing by its absence, a value that is right and one that is wrong."""
    for name, attribute in _carried(book, kind):
        if attribute.absent is None and attribute.type == "flag":
            return name, True, False
        if attribute.absent is None and attribute.type == "choice" and len(attribute.values) > 1:
            return name, attribute.values[0], attribute.values[1]
    return None


def _required(book: Rulebook, kind: str, day: dt.date) -> dict[str, Any]:
    return {
        name: _sample(book.vocabulary.attributes[name], day) for name in book.vocabulary.events[kind].required
    }


def _sample(attribute: Attribute, day: dt.date) -> Any:
    first = attribute.values[0] if attribute.values else "text"
    samples: dict[str, Any] = {
        "choice": first,
        "text": "text",
        "flag": True,
        "integer": 1,
        "date-time": day.isoformat(),
        "interval": f"{day.year}-01-01/{day.year}-12-31",
        "list of choice": [first],
        "list of text": ["text"],
    }
    return samples[attribute.type]


def _coverage(book: Rulebook) -> Callable[[int, dt.date, dt.date], str] | None:
    declared = book.vocabulary.coverage
    if declared is None:
        return None

    def event(number: int, first: dt.date, last: dt.date) -> str:
        values = {
            "id": f"e{number}",
            "type": declared.event,
            "time": first.isoformat(),
            "municipality": book.municipalities[0].id,
            declared.period: f"{first}/{last}",
        }
        return _flow(values)

    return event


# -- the shapes ----------------------------------------------------------------------------------------------

_Body = tuple[list[str], list[_Made]]


def _later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def _counted(p: _Parts, anchor: dt.date, period: Period) -> tuple[dt.date, str]:
    found = due(anchor, period, p.calendar).day
    if found is None:
        raise LookupError(phrase("a calendar that covers the examples"))
    return found, f"{_named(anchor)} excluded; {_named(found)} is day {period.n} (count it by hand)"


def _after(p: _Parts) -> _Body:
    last, how = _counted(p, p.day, Period(7, "calendar-day", "after", "forward"))
    begin, answer = p.event(1, p.begins, p.day), p.event(2, p.answers, last)
    body = [
        "# What brings the duty to life. `where` narrows it; more in docs/contract.md, 2.5.",
        "trigger:",
        f"  event: {p.begins}",
        "  # where: {attribute: value}",
        "# What discharges it.",
        "requires:",
        f"  event: {p.answers}",
        "# By when. `roll` says whether a last day that is off moves to the next working day.",
        "deadline: {after: time, n: 7, unit: calendar-day, roll: forward}",
    ]
    return body, [
        _Made(
            "on the last day",
            _later(last, 30),
            [begin, answer],
            f"outcome: fulfilled, due: {_date(last)}",
            how,
        ),
        _Made(
            "one day later",
            _later(last, 30),
            [begin, p.event(2, p.answers, _later(last, 1))],
            f"outcome: late, due: {_date(last)}",
            how,
        ),
        _Made("not yet, on the last day", last, [begin], f"outcome: pending, due: {_date(last)}", how),
        _Made("not at all", _later(last, 1), [begin], f"outcome: violated, due: {_date(last)}", how),
        _Made(
            "recorded without its case",
            _later(last, 30),
            [p.event(1, p.begins, p.day, case=False)],
            "outcome: undetermined, reasons: [missing_link]",
        ),
    ]


def _before(p: _Parts) -> _Body:
    assert p.planned is not None
    ahead = _later(p.day, 14)
    last, how = _counted(p, ahead, Period(7, "working-day", "before", "none"))
    more = {p.planned: ahead.isoformat()}
    begin = p.event(1, p.begins, p.day, more)
    body = [
        "# What brings the duty to life: something that is planned for a date.",
        "trigger:",
        f"  event: {p.begins}",
        "  # where: {attribute: value}",
        "# What must have happened by then.",
        "requires:",
        f"  event: {p.answers}",
        "# How long before. A backward period in days, weeks or months must say `roll`.",
        f"deadline: {{before: {p.planned}, n: 7, unit: working-day}}",
    ]
    return body, [
        _Made(
            "on the last day",
            _later(ahead, 30),
            [begin, p.event(2, p.answers, last)],
            f"outcome: fulfilled, due: {_date(last)}",
            how,
        ),
        _Made(
            "one day later",
            _later(ahead, 30),
            [begin, p.event(2, p.answers, _later(last, 1))],
            f"outcome: late, due: {_date(last)}",
            how,
        ),
        _Made("not yet, on the last day", last, [begin], f"outcome: pending, due: {_date(last)}", how),
        _Made("not at all", _later(last, 1), [begin], f"outcome: violated, due: {_date(last)}", how),
        _Made(
            "recorded without its case",
            _later(ahead, 30),
            [p.event(1, p.begins, p.day, more, case=False)],
            "outcome: undetermined, reasons: [missing_link]",
        ),
    ]


def _content(p: _Parts) -> _Body:
    assert p.content is not None
    name, right, wrong = p.content
    silent = {k: v for k, v in p.values[p.begins].items() if k != name}
    unknown = _flow(
        {
            "id": "e1",
            "type": p.begins,
            "time": p.day.isoformat(),
            "municipality": p.municipality,
            "case": "case-1",
            **silent,
        }
    )
    body = [
        "# The event that is judged, and what it must show. `{present: true}`: that something is recorded.",
        "trigger:",
        f"  event: {p.begins}",
        "  # where: {attribute: value}",
        f"must: {_flow({name: right})}",
    ]
    end = _later(p.day, 30)
    return body, [
        _Made("as it must be", end, [p.event(1, p.begins, p.day, {name: right})], "outcome: fulfilled"),
        _Made("otherwise", end, [p.event(1, p.begins, p.day, {name: wrong})], "outcome: violated"),
        _Made("not recorded", end, [unknown], "outcome: undetermined, reasons: [missing_field]"),
    ]


def _duration(p: _Parts) -> _Body:
    last, how = _counted(p, p.day, Period(30, "calendar-day", "after", "none"))
    begin = p.event(1, p.begins, p.day)
    body = [
        "# What opens it.",
        "trigger:",
        f"  event: {p.begins}",
        "  # where: {attribute: value}",
        "# How long it must stay open at least, and what closes it. `planned`: the attribute with that date.",
        "open_for:",
        "  n: 30",
        "  unit: calendar-day",
        f"  closed_by: {p.answers}",
    ]
    return body, [
        _Made(
            "closed at the end of the last day",
            _later(last, 30),
            [begin, p.event(2, p.answers, last)],
            f"outcome: fulfilled, due: {_date(last)}",
            how,
        ),
        _Made(
            "closed one day earlier",
            _later(last, 30),
            [begin, p.event(2, p.answers, _later(last, -1))],
            f"outcome: violated, due: {_date(last)}",
            how,
        ),
        _Made("still open", last, [begin], f"outcome: pending, due: {_date(last)}", how),
        _Made(
            "recorded without its case",
            _later(last, 30),
            [p.event(1, p.begins, p.day, case=False)],
            "outcome: undetermined, reasons: [missing_link]",
        ),
    ]


def _count(p: _Parts) -> _Body:
    year = p.day.year - 1
    first, second = dt.date(year, 1, 15), dt.date(year, 12, 31)
    over = dt.date(year + 1, 1, 15)
    period = f'period: "{year}"'
    body = [
        "# What is counted, in which civil period, and how many at least.",
        "count:",
        f"  event: {p.answers}",
        "  # where: {attribute: value}",
        "  per: year",
        "  at_least: 2",
    ]
    one = p.event(1, p.answers, first)
    both = [one, p.event(2, p.answers, second)]
    last = f"due: {_date(second)}"
    return body, [
        _Made(
            "two, the second on the last day of the year", over, both, f"{period}, outcome: fulfilled, {last}"
        ),
        _Made("only one", over, [one], f"{period}, outcome: violated, {last}"),
        _Made("one so far", second, [one], f"{period}, outcome: pending, {last}"),
        _Made(
            "the log begins late in the year",
            over,
            [p.event(1, p.answers, dt.date(year, 10, 15))],
            f"{period}, outcome: undetermined, {last}, reasons: [not_covered]",
        ),
    ]


def _calendar(p: _Parts) -> _Body:
    year = p.day.year - 1
    last, over = dt.date(year, 9, 1), dt.date(year, 12, 1)
    period = f"period: {_date(last)}"
    begin = p.event(1, p.begins, dt.date(year, 1, 15))
    body = [
        "# The date that recurs (RFC 5545), and whether it moves when it is a day off.",
        'calendar: {rrule: "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1", roll: none}',
        "# What discharges it.",
        "requires:",
        f"  event: {p.answers}",
    ]
    stated = f"due: {_date(last)}"
    return body, [
        _Made(
            "on the day",
            over,
            [begin, p.event(2, p.answers, last)],
            f"{period}, outcome: fulfilled, {stated}",
        ),
        _Made(
            "one day later",
            over,
            [begin, p.event(2, p.answers, _later(last, 1))],
            f"{period}, outcome: late, {stated}",
        ),
        _Made("not yet", last, [begin], f"{period}, outcome: pending, {stated}"),
        _Made("not at all", over, [begin], f"{period}, outcome: violated, {stated}"),
        _Made(
            "the log begins only a month before",
            over,
            [p.event(1, p.begins, dt.date(year, 8, 3))],
            f"{period}, outcome: undetermined, {stated}, reasons: [not_covered]",
        ),
    ]


def _standing(p: _Parts) -> _Body:
    body = [
        "# It holds at all times: one record shows it.",
        "standing: true",
        "requires:",
        f"  event: {p.answers}",
    ]
    end = _later(p.day, 30)
    made = [
        _Made("shown by a record", end, [p.event(1, p.answers, p.day)], "outcome: fulfilled"),
        _Made(
            "no record, in a log that begins after the duty",
            end,
            [p.event(1, p.begins, p.day)],
            "outcome: undetermined, reasons: [not_covered]",
        ),
    ]
    if p.coverage is not None:
        declared = p.coverage(1, p.since, end)
        made.append(_Made("no record since the duty began", end, [declared], "outcome: violated"))
    return body, made


_BODIES: Mapping[str, Callable[[_Parts], _Body]] = {
    "after": _after,
    "before": _before,
    "content": _content,
    "duration": _duration,
    "count": _count,
    "calendar": _calendar,
    "standing": _standing,
}


# -- text ----------------------------------------------------------------------------------------------------


def _example(made: _Made) -> list[str]:
    lines = ["", f"  - name: {made.name}", f"    as_of: {_date(made.as_of)}"]
    if made.counted is not None:
        lines.append(f"    counted: {made.counted}")
    lines += ["    events:", *(f"      - {event}" for event in made.events)]
    return [*lines, "    expect:", f"      - {{{made.expect}}}"]


def _flow(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in values.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    text = str(value)
    return text if isinstance(value, int) or re.fullmatch(r"[a-z][a-z0-9_.-]*", text) else _quoted(text)


def _quoted(text: str) -> str:
    # A text of JSON is one of YAML.
    return json.dumps(text, ensure_ascii=False)


def _date(day: dt.date) -> str:
    return f'"{day.isoformat()}"'


def _named(day: dt.date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
