"""Recording: which event, its form, what is wrong with it; then the event with what it brought about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...messages import text
from ...pages.blocks import Drawable, Facts, Line, Notice, Prose
from ...pages.page import Link, Section
from ...register.recording import Refused
from ...spreadsheets.titles import title
from ..drawing import ServedPage
from ..forms import ALL_THE_SAME, BACK, EVENT, REASON, SETTLES, EventForm, beside_fields
from ..frame import EVENTS, IMPORT, RECORD, Served
from ..left_rows import RowReading, row_of, said_of, settling
from ..parts import Faults, Field, FieldGroup, Form, Option
from ..vocabulary import capital, family_title
from .asked import Asked, Elsewhere, NotThere

if TYPE_CHECKING:
    from ...model import Problem
    from ...register.store import LeftOut
    from ..registered import Registered

# How long a page waits for what was recorded to be judged; longer, and it says that it is not yet.
PATIENCE = 4.0


def choice_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """All event types, by family; those that offices record most often first."""
    query = {name: asked.one(name) for name in ("municipality", "case", BACK, SETTLES)}
    part = asked.one("q").casefold()
    sections = []
    by_family: dict[str, list[Line]] = {}
    vocabulary = frame.rulebook.vocabulary
    for name, event in vocabulary.events.items():
        shown = title(event.title)
        if part and part not in f"{shown} {name}".casefold():
            continue
        line = Line(shown, frame.href(f"{RECORD}/{name}", **query))
        by_family.setdefault(family_title(vocabulary, name), []).append(line)
    if by_family:
        facts = Facts(tuple((family, tuple(lines)) for family, lines in by_family.items()))
        sections.append(Section("events", text("serve.record.events"), (facts,)))
    search = Form(
        frame.href(RECORD),
        (FieldGroup("", (Field("q", text("serve.filter.words"), value=asked.one("q")),)),),
        text("serve.filter.show"),
        hidden=tuple((k, v) for k, v in query.items() if v),
        compact=True,
        label=text("serve.filter.label"),
    )
    opening: list[Drawable] = [*Came.of(asked, register).said]
    opening.append(
        Prose((Line(text("serve.action.import"), frame.href(IMPORT), before=text("serve.record.many")),))
    )
    opening.append(search)
    if not sections:
        opening.append(Prose.of([text("serve.record.none")]))
    lead = text("serve.record.lead.case", case=query["case"]) if query["case"] else text("serve.record.lead")
    return ServedPage(
        title=text("serve.record"),
        surroundings=frame.surroundings(RECORD),
        lead=(Line(lead),),
        opening=tuple(opening),
        sections=tuple(sections),
    )


def form_of(frame: Served, type_: str) -> EventForm:
    """The form of an event type. Raises ``NotThere``."""
    if type_ not in frame.rulebook.vocabulary.events:
        raise NotThere(text("serve.no.event_type", name=type_))
    return EventForm(frame.rulebook, type_, towns(frame))


def towns(frame: Served) -> tuple[tuple[str, str], ...]:
    """The municipalities to choose from: that of the office, or all of the law."""
    laid = frame.snapshot.answer.laid
    own = laid.municipality if laid is not None else None
    ids = [own] if own else [m.id for m in frame.rulebook.municipalities]
    return tuple(sorted(((id_, frame.town(id_)) for id_ in ids), key=lambda pair: pair[1]))


@dataclass(frozen=True)
class Came:
    """What a form was opened for: an obligation, by the id of its finding; a row that an import left out,
    which the record settles.
    """

    finding: str = ""
    row: LeftOut | None = None

    @classmethod
    def of(cls, asked: Asked, register: Registered) -> Came:
        """As the address or the form says. Raises ``NotThere`` for a row that is settled, or none."""
        number = asked.one(SETTLES)
        return cls(asked.one(BACK), row_of(register, number) if number else None)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The same, as a form carries it."""
        number = "" if self.row is None else str(self.row.n)
        return tuple(pair for pair in ((BACK, self.finding), (SETTLES, number)) if pair[1])

    @property
    def said(self) -> tuple[Notice, ...]:
        """What must be seen while the form is filled in."""
        return () if self.row is None else (said_of(self.row),)


def form_page(frame: Served, asked: Asked, type_: str, register: Registered) -> ServedPage:
    """The empty form, or one filled with what the address says, or with what could be read of a row."""
    form = form_of(frame, type_)
    came = Came.of(asked, register)
    given: dict[str, object] = {} if came.row is None else RowReading(frame.rulebook).values(came.row)
    given = {name: value for name, value in given.items() if name in form.columns}
    given |= {name: asked.one(name) for name in form.columns if asked.one(name)}
    if "municipality" not in given and len(frame.record.towns) == 1:
        given["municipality"] = frame.record.towns[0]
    return _form_page(frame, form, given, came)


def _form_page(
    frame: Served,
    form: EventForm,
    given: Mapping[str, object],
    came: Came,
    problems: Sequence[Problem] = (),
    message: str = "",
) -> ServedPage:
    beside, listed = beside_fields(problems, form)
    heading = capital(title(form.event.title))
    opening: list[Drawable] = [*faults(form, listed, message), *came.said]
    groups = [*form.groups(given, beside, True), *doubts(problems)]
    opening.append(
        Form(
            frame.href(f"{RECORD}/{form.type}"),
            tuple(groups),
            text("serve.record.submit"),
            post=True,
            hidden=came.hidden,
            away=(Line(text("serve.record.other"), frame.href(RECORD, **dict(came.hidden))),),
        )
    )
    return ServedPage(
        title=heading,
        surroundings=frame.surroundings(RECORD),
        lead=(Line(text("serve.record.form.lead")),),
        opening=tuple(opening),
        path=(Link(text("serve.record"), frame.href(RECORD)), Link(heading, "", current=True)),
        status=422 if problems or message else 200,
    )


def faults(form: EventForm, listed: Sequence[tuple[str, str]], message: str = "") -> list[Drawable]:
    """All that is wrong, each leading to its field."""
    lines = [Line(message)] if message else []
    for name, said in listed:
        if not name:
            lines.append(Line(said))
            continue
        field = form.field(name, {}, {}, False)
        lines.append(Line(f"{form.label(name)}: {said}", f"#{field.id}"))
    if not lines:
        return []
    return [Faults(text("serve.record.refused"), tuple(lines))]


def doubts(problems: Sequence[Problem]) -> list[FieldGroup]:
    """Where nothing is wrong, but something is doubtful: it can be recorded all the same."""
    if not problems or any(p.severity == "error" for p in problems):
        return []
    options = (Option("yes", text("serve.record.all_the_same"), False),)
    field = Field(ALL_THE_SAME, text("serve.record.doubts"), "choices", options=options)
    return [FieldGroup("", (field,))]


def recorded(frame: Served, asked: Asked, type_: str, register: Registered, settle: Any) -> ServedPage:
    """Record what the form holds. Raises ``Elsewhere`` where that is done."""
    assert frame.person is not None and frame.now is not None
    form = form_of(frame, type_)
    values = form.values(asked)
    try:
        came = Came.of(asked, register)
    except NotThere as error:
        # Somebody else has settled it meanwhile: what was typed is not lost by that.
        return _form_page(frame, form, values, Came(asked.one(BACK)), (), str(error))
    recording = settling(
        register.recording(
            frame.rulebook, frame.person.name, frame.now, None, bool(asked.one(ALL_THE_SAME))
        ),
        came.row,
    )
    try:
        done = recording.event(values)
    except Refused as error:
        return _form_page(frame, form, values, came, error.problems)
    except UsageError as error:
        return _form_page(frame, form, values, came, (), str(error))
    raise _elsewhere(frame, done.entry.event_id, "recorded" if done.new else "known", came.finding, settle)


def _elsewhere(frame: Served, id_: str | None, done: str, back: str, settle: Any) -> Elsewhere:
    settle(PATIENCE)
    return Elsewhere(frame.href(EVENTS, id=id_, done=done, **{BACK: back}))


def correction_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """The form of an event that is there, filled with what it says. Raises ``NotThere``."""
    form, given = _held(frame, asked.one("id"), register)
    return _correction_page(frame, form, asked.one("id"), given, "")


def _held(frame: Served, id_: str, register: Registered) -> tuple[EventForm, dict[str, object]]:
    entries = register.of_event(id_)
    if not entries:
        raise NotThere(text("serve.no.event", id=id_))
    given = json.loads(entries[-1].event)
    return form_of(frame, str(given.get("type", ""))), given


def _correction_page(
    frame: Served,
    form: EventForm,
    id_: str,
    given: Mapping[str, object],
    reason: str,
    problems: Sequence[Problem] = (),
    message: str = "",
) -> ServedPage:
    beside, listed = beside_fields(problems, form)
    heading = text("serve.correct.title", event=title(form.event.title))
    asked_why = reason_field(reason, text("serve.reason.needed") if message == REASON else "")
    if message == REASON:
        wrong: list[Drawable] = [Faults(text("serve.record.refused"), (reason_line(asked_why),))]
    else:
        wrong = faults(form, listed, message)
    opening: list[Drawable] = [*wrong]
    groups = [*form.groups(given, beside, False), FieldGroup("", (asked_why,)), *doubts(problems)]
    opening.append(
        Form(
            frame.href(f"{EVENTS}/correct"),
            tuple(groups),
            text("serve.correct.submit"),
            post=True,
            hidden=((EVENT, id_),),
            away=(Line(text("serve.correct.back"), frame.href(EVENTS, id=id_)),),
        )
    )
    return ServedPage(
        title=heading,
        surroundings=frame.surroundings(EVENTS),
        kicker=id_,
        lead=(Line(text("serve.correct.lead")),),
        opening=tuple(opening),
        path=_way(frame, id_, text("serve.correct")),
        status=422 if wrong else 200,
    )


def _way(frame: Served, id_: str, here: str) -> tuple[Link, ...]:
    return (
        Link(text("serve.nav.events"), frame.href(EVENTS)),
        Link(id_, frame.href(EVENTS, id=id_)),
        Link(here, "", current=True),
    )


def reason_field(given: str, problem: str) -> Field:
    """Where somebody says why."""
    return Field(
        REASON, text("serve.reason"), "long", given, hint=text("serve.reason.hint"), required=True,
        problems=(problem,) if problem else (),
    )  # fmt: skip


def reason_line(field: Field) -> Line:
    """What is wrong with it, which leads to it."""
    return Line(f"{field.label}: {field.problems[0]}", f"#{field.id}")


def corrected(frame: Served, asked: Asked, register: Registered, settle: Any) -> ServedPage:
    """Record a correction. Raises ``Elsewhere`` where that is done."""
    assert frame.person is not None and frame.now is not None
    id_, reason = asked.one(EVENT), asked.one(REASON)
    form, before = _held(frame, id_, register)
    values = form.values(asked)
    values.pop("id", None)
    shown = {**before, **values}
    if not reason:
        return _correction_page(frame, form, id_, shown, "", (), REASON)
    recording = register.recording(
        frame.rulebook, frame.person.name, frame.now, reason, bool(asked.one(ALL_THE_SAME))
    )
    try:
        done = recording.correction(id_, values)
    except Refused as error:
        return _correction_page(frame, form, id_, shown, reason, error.problems)
    except UsageError as error:
        return _correction_page(frame, form, id_, shown, reason, (), str(error))
    raise _elsewhere(frame, id_, "corrected" if done.new else "known", "", settle)


def retraction_page(frame: Served, asked: Asked, register: Registered) -> ServedPage:
    """What it means to withdraw an event, and why it is done."""
    return _retraction_page(frame, asked.one("id"), register, "")


def _retraction_page(
    frame: Served, id_: str, register: Registered, reason: str, problem: str = "", message: str = ""
) -> ServedPage:
    entries = register.of_event(id_)
    if not entries:
        raise NotThere(text("serve.no.event", id=id_))
    given = json.loads(entries[-1].event)
    event = frame.rulebook.vocabulary.events.get(str(given.get("type", "")))
    shown = title(event.title) if event is not None else str(given.get("type", ""))
    field = reason_field(reason, problem)
    opening: list[Drawable] = []
    if problem or message:
        line = reason_line(field) if problem else Line(message)
        opening.append(Faults(text("serve.record.refused"), (line,)))
    opening.append(Notice((Line(text("serve.retract.means")),)))
    opening.append(
        Form(
            frame.href(f"{EVENTS}/retract"),
            (FieldGroup("", (field,)),),
            text("serve.retract.submit"),
            post=True,
            hidden=((EVENT, id_),),
            away=(Line(text("serve.correct.back"), frame.href(EVENTS, id=id_)),),
            danger=True,
        )
    )
    return ServedPage(
        title=text("serve.retract.title", event=shown),
        surroundings=frame.surroundings(EVENTS),
        kicker=id_,
        opening=tuple(opening),
        path=_way(frame, id_, text("serve.retract")),
        status=422 if problem or message else 200,
    )


def retracted(frame: Served, asked: Asked, register: Registered, settle: Any) -> ServedPage:
    """Withdraw an event. Raises ``Elsewhere`` where that is done."""
    assert frame.person is not None and frame.now is not None
    id_, reason = asked.one(EVENT), asked.one(REASON)
    if not reason:
        return _retraction_page(frame, id_, register, "", text("serve.reason.needed"))
    recording = register.recording(frame.rulebook, frame.person.name, frame.now, reason, True)
    try:
        recording.retraction(id_)
    except UsageError as error:
        return _retraction_page(frame, id_, register, reason, "", str(error))
    raise _elsewhere(frame, id_, "retracted", "", settle)
