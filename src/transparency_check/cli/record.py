"""``record``: one event into the register, a correction or a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..messages import text
from ..terminal import say, tell
from . import options
from .entering import by_option, register_option
from .worded import argument, command, option

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..model import Problem
    from ..register.recording import Recorded, Recorder

# Columns that the register itself states.
_OWN = {"recorded_at": "register.error.recorded_at", "retracted": "register.error.retracted"}


@command(
    "record", short_help="short.record", help="help.record help.record.fields", epilog="help.exit.record"
)
@argument("fields", nargs=-1, metavar="metavar.record")
@register_option
@by_option
@option("--correct", metavar="metavar.id", help="help.record.correct")
@option("--retract", metavar="metavar.id", help="help.record.retract")
@option("--reason", metavar="metavar.text", help="help.record.reason")
@option("--settles", type=click.IntRange(1), metavar="metavar.number", help="help.record.settles")
@option("--allow-warnings", is_flag=True, help="help.record.allow_warnings")
@options.configured
def record(
    fields: tuple[str, ...],
    register: str,
    by: str,
    correct: str | None,
    retract: str | None,
    reason: str | None,
    settles: int | None,
    allow_warnings: bool,
    **law: Any,
) -> int:
    from ..harmless import plain
    from .entering import now, opened, words

    if correct is not None and retract is not None:
        raise UsageError(text("register.error.both"))
    if retract is not None and reason is None:
        raise UsageError(text("register.error.reason"))
    if retract is not None and fields:
        raise UsageError(text("register.error.retract_fields"))
    with opened(register, write=True) as there:
        known = words(**law)
        values = _values(fields, known.normaliser, needs_event=correct is None and retract is None)
        if values is None and settles is None and correct is None and retract is None:
            raise UsageError(text("register.error.nothing"))

        from ..register.recording import Recorder, Refused

        recorder = Recorder(
            there,
            known.normaliser,
            known.rulebook.vocabulary,
            now(known.zone),
            by,
            reason,
            settles,
            allow_warnings,
            known.defaults,
        )
        try:
            done = _recorded(recorder, correct, retract, values)
        except Refused as error:
            _tell(error.problems)
            raise UsageError(text("register.error.refused", n=len(error.problems))) from None
        _tell(done.warnings)
        code = f"register.acknowledged.{done.entry.kind}" if done.new else "register.acknowledged.known"
        place = f"{there.location.shown}#{done.entry.seq}"
        tell(plain(text(code, place=place, id=done.entry.event_id or "-", hash=done.entry.hash)))
    return 0


def _recorded(
    recorder: Recorder, correct: str | None, retract: str | None, values: dict[str, str] | None
) -> Recorded:
    if retract is not None:
        return recorder.retraction(retract)
    if correct is not None:
        return recorder.correction(correct, values or {})
    if values is None:
        return recorder.settlement()
    return recorder.event(values)


def _values(fields: tuple[str, ...], normaliser: Normaliser, *, needs_event: bool) -> dict[str, str] | None:
    """What was given, by columns; None where that is nothing. Raises ``UsageError`` for an event type or a
    field that is not known.
    """
    from ..selecting import nearest

    values: dict[str, str] = {}
    for n, field in enumerate(fields):
        name, mark, value = field.partition("=")
        if not mark:
            if n:
                raise UsageError(text("register.error.field", field=field))
            values["type"] = _event_type(field, normaliser)
            continue
        column = normaliser.columns.find(name)
        if column is None:
            message = text("register.error.column", name=name)
            raise UsageError(nearest(message, name, normaliser.columns.ids))
        if column in _OWN:
            raise UsageError(text(_OWN[column]))
        if column in values:
            raise UsageError(text("register.error.twice", name=column))
        values[column] = _event_type(value, normaliser) if column == "type" else value
    if fields and needs_event and "type" not in values:
        raise UsageError(text("register.error.no_type"))
    return values if fields else None


def _event_type(given: str, normaliser: Normaliser) -> str:
    """The event type that a word names."""
    names = normaliser.values_of("type")
    assert names is not None
    found = names.find(given)
    if found is None:
        message = text("register.error.type", name=given)
        near = names.nearest(given)
        raise UsageError(text("nearest", message=message, name=near) if near else message)
    return found


def _tell(problems: Iterable[Problem]) -> None:
    from ..harmless import plain

    for problem in problems:
        # Most messages begin with their field.
        shown = problem.message
        if not shown.startswith(problem.place):
            shown = text("register.told", place=problem.place, message=shown)
        if problem.severity == "error":
            say(plain(shown))
        else:
            tell(plain(shown), aside=True)
