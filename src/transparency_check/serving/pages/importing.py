"""Importing a file: it is sent, what is wrong with it is shown, and only then it is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import TransparencyCheckError
from ...messages import text
from ...messages.figures import day, grouped
from ...model import Problem
from ...pages.blocks import Cell, Column, Drawable, Line, Notice, Prose, Table, cell
from ...pages.page import Link, Section
from ...spreadsheets.titles import title
from ..drawing import ServedPage
from ..frame import EVENTS, EXPORTS, IMPORT, LEFT_OUT, RECORD, Served
from ..parts import Actions, Faults, Field, FieldGroup, Form, Option
from ..uploads import ENDINGS, Kept, known_ending
from ..vocabulary import capital
from .asked import Asked, Elsewhere, NotThere
from .record import PATIENCE, towns

if TYPE_CHECKING:
    from ...register.intake import Intake
    from ..registered import Registered
    from ..uploads import Uploads

_PROBLEMS = 100
_FILE, _TOWN, _KEY, _SKIP = "file", "municipality", "upload", "skip_bad"


def import_page(frame: Served, asked: Asked) -> ServedPage:
    """The form that takes a file."""
    return _import_page(frame, asked.one(_TOWN))


def _import_page(frame: Served, town: str, problem: str = "") -> ServedPage:
    found = towns(frame)
    chosen = town or (frame.record.towns[0] if len(frame.record.towns) == 1 else "")
    options = [Option(id_, name, id_ == chosen) for id_, name in found]
    if len(found) != 1:
        options.insert(0, Option("", text("serve.import.town.none"), not chosen))
    file = Field(
        _FILE, text("serve.import.file"), "file", hint=text("serve.import.file.hint"), required=True,
        problems=(problem,) if problem else (), accept=",".join(ENDINGS),
    )  # fmt: skip
    place = Field(
        _TOWN, text("serve.filter.municipality"), "choice", options=tuple(options),
        hint=text("serve.import.town.hint"),
    )  # fmt: skip
    opening: list[Drawable] = []
    if problem:
        opening.append(
            Faults(text("serve.import.refused"), (Line(f"{file.label}: {problem}", f"#{file.id}"),))
        )
    opening.append(
        Form(
            frame.href(IMPORT),
            (FieldGroup("", (file, place)),),
            text("serve.import.look"),
            post=True,
            files=True,
        )
    )
    template = Line(
        text("serve.import.template"), frame.href(f"{EXPORTS}/template.xlsx", municipality=chosen)
    )
    opening.append(Prose((template,)))
    return ServedPage(
        title=text("serve.import"),
        surroundings=frame.surroundings(IMPORT),
        lead=(Line(text("serve.import.lead")),),
        opening=tuple(opening),
        path=_way(frame),
        status=422 if problem else 200,
    )


def _way(frame: Served) -> tuple[Link, ...]:
    return (Link(text("serve.record"), frame.href(RECORD)), Link(text("serve.import"), "", current=True))


def look(frame: Served, asked: Asked, register: Registered, uploads: Uploads) -> ServedPage:
    """Take a file that was sent. Raises ``Elsewhere`` for the page that shows what is in it."""
    assert frame.person is not None
    upload = asked.files.get(_FILE) if asked.files else None
    town = asked.one(_TOWN)
    if upload is None or not upload.data:
        return _import_page(frame, town, text("serve.import.none"))
    if not known_ending(upload.name):
        return _import_page(frame, town, text("serve.import.ending", known=", ".join(ENDINGS)))
    key = uploads.keep(upload.name, upload.data, frame.person.name)
    raise Elsewhere(frame.href(f"{IMPORT}/look", **{_KEY: key, _TOWN: town}))


def look_page(frame: Served, asked: Asked, register: Registered, uploads: Uploads) -> ServedPage:
    """What is in a file that was sent: nothing is recorded yet. Raises ``NotThere``."""
    kept, key = _kept(frame, asked, uploads)
    uploads.seen(key)
    problem = text("serve.import.not_skipped") if asked.one("not_done") else ""
    try:
        return _look_page(frame, register, kept, key, asked.one(_TOWN), problem)
    except TransparencyCheckError as error:
        uploads.drop(key)
        return _import_page(frame, asked.one(_TOWN), _place(str(error), kept))


def _kept(frame: Served, asked: Asked, uploads: Uploads) -> tuple[Kept, str]:
    assert frame.person is not None
    key = asked.one(_KEY)
    kept = uploads.of(key, frame.person.name)
    if kept is None:
        raise NotThere(text("serve.import.gone"))
    return kept, key


def _look_page(
    frame: Served, register: Registered, kept: Kept, key: str, town: str, problem: str = ""
) -> ServedPage:
    defaults = {"municipality": town} if town else {}
    intake, first, number = register.preview(kept.path, frame.rulebook, frame.registry(), defaults)
    bad = [p for row in intake.bad for p in row.problems]
    opening: list[Drawable] = []
    if problem:
        opening.append(Faults(text("serve.import.refused"), (Line(problem),)))
    opening.append(_verdict(intake, number))
    if number and not intake.fatal:
        fields = []
        if intake.bad:
            option = Option("yes", text("serve.import.skip", n=len(intake.bad)))
            fields.append(
                Field(
                    _SKIP,
                    text("serve.import.bad"),
                    "choices",
                    options=(option,),
                    hint=text("serve.import.skip.hint"),
                )
            )
        opening.append(
            Form(
                frame.href(f"{IMPORT}/take"),
                (FieldGroup("", tuple(fields)),),
                text("serve.import.take", n=number, number=grouped(number)),
                post=True,
                hidden=((_KEY, key), (_TOWN, town)),
                away=(Line(text("serve.import.other"), frame.href(IMPORT)),),
            )
        )
    else:
        opening.append(Actions((Line(text("serve.import.other"), frame.href(IMPORT)),)))
    sections = []
    errors = [*intake.fatal, *bad]
    if errors:
        table = _problems(errors, "errors", kept)
        sections.append(Section("errors-heading", text("serve.import.errors", n=len(errors)), table))
    if intake.warnings:
        table = _problems(intake.warnings, "warnings", kept)
        sections.append(
            Section("warnings-heading", text("serve.import.warnings", n=len(intake.warnings)), table)
        )
    if first:
        sections.append(Section("first-heading", text("serve.import.first"), (_first(frame, first, kept),)))
    return ServedPage(
        title=kept.name,
        surroundings=frame.surroundings(IMPORT),
        kicker=text("serve.import.preview"),
        opening=tuple(opening),
        sections=tuple(sections),
        path=_way(frame),
    )


def _verdict(intake: Intake, number: int) -> Notice:
    lines = [Line(text("serve.import.can", n=number, number=grouped(number)))]
    if intake.fatal or not number:
        return Notice((Line(text("serve.import.cannot")),), "violated")
    if intake.bad:
        lines.append(Line(text("serve.import.rows_bad", n=len(intake.bad))))
        return Notice(tuple(lines), "undetermined")
    if intake.warnings:
        lines.append(Line(text("serve.import.doubtful", n=len(intake.warnings))))
    return Notice(tuple(lines), "fulfilled")


def _problems(problems: Sequence[Problem], id_: str, kept: Kept) -> tuple[Drawable, ...]:
    rows: list[tuple[Cell, ...]] = [
        (cell(_place(p.place, kept)), cell(_place(p.message, kept))) for p in problems[:_PROBLEMS]
    ]
    columns = (Column(text("site.column.place"), "head"), Column(text("site.column.problem"), "wide"))
    table = Table(id_, text("site.problems.caption"), columns, tuple(rows), caption_hidden=True)
    if len(problems) <= _PROBLEMS:
        return (table,)
    said = text("serve.import.more", number=grouped(_PROBLEMS), total=grouped(len(problems)))
    return (table, Prose.of([said]))


def _place(place: str, kept: Kept) -> str:
    """The place without the folder in which the file is kept."""
    return place.replace(f"{kept.path.parent.as_posix()}/", "")


def _first(frame: Served, first: Sequence[tuple[str, Mapping[str, Any]]], kept: Kept) -> Table:
    """The first events, as they were understood."""
    rows = []
    for place, values in first:
        event = frame.rulebook.vocabulary.events.get(str(values.get("type", "")))
        name = capital(title(event.title)) if event is not None else str(values.get("type", ""))
        rows.append(
            (
                cell(_place(place, kept)),
                cell(name),
                cell(day(str(values.get("time", "")).replace("T", " "))),
                cell(frame.town(str(values.get("municipality", "")))),
                cell(values.get("case", "")),
            )
        )
    columns = (
        Column(text("site.column.place"), "head"), Column(text("serve.column.event"), "wide"),
        Column(text("serve.column.when")), Column(text("column.municipality")),
        Column(text("serve.column.case")),
    )  # fmt: skip
    return Table("first", text("serve.import.first"), columns, tuple(rows), caption_hidden=True)


def take(frame: Served, asked: Asked, register: Registered, uploads: Uploads, settle: Any) -> ServedPage:
    """Record what was looked at. Raises ``Elsewhere`` for the page that says what became of it."""
    assert frame.person is not None and frame.now is not None
    kept, key = _kept(frame, asked, uploads)
    town = asked.one(_TOWN)
    if not kept.seen:
        raise Elsewhere(frame.href(f"{IMPORT}/look", **{_KEY: key, _TOWN: town}))
    defaults = {"municipality": town} if town else {}
    done = register.take(
        kept.path,
        frame.rulebook,
        frame.registry(),
        defaults,
        by=frame.person.name,
        now=frame.now,
        skip_bad=bool(asked.one(_SKIP)),
    )
    if done.head is None:
        raise Elsewhere(frame.href(f"{IMPORT}/look", **{_KEY: key, _TOWN: town, "not_done": "yes"}))
    uploads.drop(key)
    settle(PATIENCE)
    numbers = {
        "recorded": done.recorded,
        "corrections": done.corrections,
        "known": done.known,
        "left_out": len(done.left_out),
    }
    raise Elsewhere(frame.href(f"{IMPORT}/done", **{name: str(n) for name, n in numbers.items()}))


def done_page(frame: Served, asked: Asked) -> ServedPage:
    """What became of an import."""
    given = {n: asked.one(n) for n in ("recorded", "corrections", "known", "left_out")}
    numbers = {n: int(v) if v.isdecimal() and len(v) < 16 else 0 for n, v in given.items()}
    recorded = numbers.pop("recorded")
    lines = [Line(text("serve.import.done", n=recorded, number=grouped(recorded)))]
    lines += [Line(text(f"serve.import.done.{name}", n=n)) for name, n in numbers.items() if n]
    links = [
        Line(text("serve.trouble.back"), frame.href("")),
        Line(text("serve.nav.events"), frame.href(EVENTS)),
    ]
    if numbers["left_out"]:
        links.append(Line(text("serve.left_out"), frame.href(LEFT_OUT)))
    return ServedPage(
        title=text("serve.import.done.title"),
        surroundings=frame.surroundings(IMPORT),
        opening=(Notice(tuple(lines), "fulfilled"), Actions(tuple(links))),
        path=_way(frame),
    )
