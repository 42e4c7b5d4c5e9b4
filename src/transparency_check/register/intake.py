"""Logs of any format as events that can be recorded, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..errors import PluginError
from ..logs import isolated, spoilt_by
from ..messages import text
from ..messages.problems import problem
from ..model import Problem
from ..readers.base import Input, Reader, Row
from ..readers.foreign.strangers import Strangers, is_foreign
from ..readers.inputs import choose
from ..readers.sidecar import Sidecar, read_sidecar
from .exact import Exact, ExactForm, Unreadable

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..mapping.chosen import Mappings
    from ..packs.model import Vocabulary
    from ..plugins import Registry


class Taken(NamedTuple):
    """An event with the place of its row."""

    place: str
    event: Exact


class Bad(NamedTuple):
    """A row that cannot be recorded: where it stands, what is wrong with it, what could be read of it, and
    its values.
    """

    place: str
    problems: tuple[Problem, ...]
    parts: Mapping[str, object]
    values: Mapping[str, object]


@dataclass
class Intake:
    """What was met besides the events, filled while these are gone through. ``fatal`` are errors that are of
    no single row: with them nothing can be imported. ``files`` are the inputs that rows were read from.
    """

    bad: list[Bad] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    fatal: list[Problem] = field(default_factory=list)
    rows: int = 0
    files: list[Input] = field(default_factory=list)


def events_of(
    logs: Iterable[str | PurePath],
    normaliser: Normaliser,
    vocabulary: Vocabulary,
    registry: Registry,
    intake: Intake,
    *,
    input_format: str | None = None,
    standard_input: BinaryIO | None = None,
    defaults: Mapping[str, str] | None = None,
    shown: Mapping[str, str] | None = None,
    mappings: Mappings | None = None,
) -> Iterator[Taken]:
    """The events of some logs, coverage that is declared beside them among them.

    ``defaults`` are values of reserved columns for rows that state none; ``shown`` is what places call a file
    in place of its name; ``mappings``, which are bound, are those that logs are read by. Raises
    ``UsageError`` for what is no log, and ``PluginError`` where a reader of a plugin fails.
    """
    failures = len(registry.errors)
    for source, reader in choose(
        logs,
        registry.readers,
        normaliser.columns.find,
        normaliser.columns.spellings,
        input_format=input_format,
        standard_input=standard_input,
    ):
        source.name = (shown or {}).get(source.name, source.name)
        sidecar = read_sidecar(source.path) if source.path is not None else Sidecar("", "", {}, [], [])
        sidecar = sidecar._replace(defaults={**(defaults or {}), **sidecar.defaults})
        intake.files.append(source)
        yield from _events(source, reader, sidecar, normaliser, vocabulary, registry, intake, mappings)
        for failure in registry.errors[failures:]:
            raise PluginError(text("register.error.reader", plugin=failure.plugin, message=failure.message))
    if mappings is not None:
        _sort(mappings.unseen(), intake)


def _events(
    source: Input,
    reader: Reader,
    sidecar: Sidecar,
    normaliser: Normaliser,
    vocabulary: Vocabulary,
    registry: Registry,
    intake: Intake,
    mappings: Mappings | None,
) -> Iterator[Taken]:
    told = list(sidecar.problems)
    office = normaliser.office_words(sidecar, told)
    _sort(told, intake)
    if office is not None:
        source.column = partial(office.column, otherwise=source.column)
    mapped = None if mappings is None else mappings.begun(source, reader)
    normaliser.begin(source.name, sidecar.defaults, office)
    exact = ExactForm(normaliser, vocabulary, office, sidecar.defaults)
    before = intake.rows, len(intake.fatal)
    waiting: list[Problem] = []
    strangers = Strangers(source) if mapped is None and is_foreign(reader) else None
    items = isolated(source, reader, reader.read, registry)
    for item in items if mapped is None else mapped.rows(source, items):
        if isinstance(item, Problem):
            waiting.append(item)
            continue
        intake.rows += 1
        if strangers is not None:
            seen: list[Problem] = []
            normaliser.record(item, seen)
            if strangers.take(item, seen, 0):
                continue
            # What is told of a column is told once.
            waiting += [p for p in seen if p.code in ("unknown_column", "ambiguous_column")]
        yield from _event(item, exact, waiting, intake, None if mapped is None else mapped.row.values)
        waiting = []
    _sort(waiting, intake)
    if strangers is not None:
        # An event of another vocabulary would be kept as it stands, though nobody has said that it is one.
        intake.fatal += [told_of for told_of, _ in strangers.told()]
    for told_of, row in source.unread():
        intake.bad.append(Bad(row.place, (told_of,), row.values, row.values))
        intake.rows += 1
    spoilt = spoilt_by(source)
    if spoilt is not None and spoilt.usable:
        # What came after it is a row that nobody has seen.
        intake.bad.append(Bad(source.name, (spoilt.told,), {}, {}))
        intake.rows += 1
    elif spoilt is not None:
        intake.fatal.append(spoilt.told)
    if before == (intake.rows, len(intake.fatal)):
        intake.fatal.append(problem("no_rows", source.name, name=source.name))
    source.close()
    if sidecar.name:
        towns = {key: value for key, value in sidecar.defaults.items() if key == "municipality"}
        normaliser.begin(source.name, towns)
        declared = ExactForm(normaliser, vocabulary, None, towns)
        for declaration in sidecar.coverage:
            told = []
            stated = normaliser.declared(declaration, told)
            _sort(told, intake)
            if stated is not None:
                yield from _event(stated, declared, [], intake)


def _event(
    row: Row,
    exact: ExactForm,
    waiting: Sequence[Problem],
    intake: Intake,
    written: Mapping[str, object] | None = None,
) -> Iterator[Taken]:
    """The event of a row; ``written`` is what the log says, where a mapping made something else of it."""
    warned: list[Problem] = []
    try:
        event = exact.event(row, warned)
    except Unreadable as error:
        problems = [*waiting, *error.problems]
        intake.bad.append(Bad(row.place, tuple(problems), error.parts, written or row.values))
    else:
        intake.warnings += [*(p for p in waiting if p.severity != "error"), *warned]
        intake.fatal += [p for p in waiting if p.severity == "error"]
        yield Taken(row.place, event)


def _sort(told: Iterable[Problem], intake: Intake) -> None:
    """Problems that are of no row."""
    for each in told:
        (intake.fatal if each.severity == "error" else intake.warnings).append(each)
