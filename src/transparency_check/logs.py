"""Logs as records: inputs are found, read by the reader of their format, and their rows made records.

What is wrong with an input or a row is a problem of the log; what fails in a reader of a plugin names it.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol
from zoneinfo import ZoneInfo

import orjson

from .errors import PluginError, UsageError
from .events import Normaliser
from .messages import phrase
from .messages.problems import problem
from .model import Log, Problem, RuleError, Source
from .plugins import said
from .readers.base import Input, Reader, Row, cannot_open
from .readers.foreign.strangers import Strangers, is_foreign
from .readers.inputs import choose
from .readers.sidecar import Sidecar, alone, read_sidecar

if TYPE_CHECKING:
    from .mapping.chosen import Mappings
    from .packs.model import Municipality, Vocabulary
    from .plugins import Registry
    from .proving import CleanRows, Prover

# Formats whose rows can be proved in bulk.
_PROVABLE = frozenset({"jsonl", "csv", "parquet", "register"})
# What a cell may hold (readers.base.Row).
_CELLS = (str, bool, int, float, list, dict, dt.date)


class Aside(Protocol):
    """Takes whole inputs, whose rows are read elsewhere. ``proved`` is above nought where it took the last.
    """

    proved: int

    def begin(self, defaults: dict[str, str], source: Input) -> None:
        """Begin an input, whose rows have these defaults."""

    def read(self, source: Input, reader: Reader) -> Iterator[Row | Problem]:
        """What of the input is to be read here after all."""

    def forget(self, file: str) -> None:
        """Take nothing of an input after all."""


def read_logs(
    paths: Iterable[str | PurePath],
    vocabulary: Vocabulary,
    municipalities: Sequence[Municipality],
    zone: ZoneInfo | str,
    *,
    input_format: str | None = None,
    registry: Registry | None = None,
    standard_input: BinaryIO | None = None,
    given_records: bytes | None = None,
    prove_from: int | None = None,
    memory: int | None = None,
    defaults: Mapping[str, str] | None = None,
    declared: Iterable[bytes] = (),
    sources: bool = False,
    mappings: Mappings | None = None,
    aside: Callable[[Normaliser], Aside] | None = None,
) -> Log:
    """Read files, folders and standard input (``-``) into records.

    ``given_records`` are JSON lines of a program (``readers/given.py``). ``zone`` is the pack's zone for
    times without offset. ``input_format`` names a reader that takes the place
    of the file's ending. ``registry`` gives the readers; without it there are the built-in ones. Problems and
    records stand in the order of the inputs' names, then of their rows. With ``prove_from``, inputs of so
    many rows or more are proved in bulk where their format can be (see ``proving``), and rows that are found
    clean stand in the log's ``clean`` and not among its records, which keeps ``memory`` bytes in memory and
    the rest in files. ``defaults`` are values of reserved columns for rows that neither state them nor have
    them from a sidecar; ``declared`` are more records, as of coverage. With ``sources``, records hold the
    evidence that their rows name. Logs that ``mappings`` are about are read by these, row by row. What
    ``aside`` takes is not among the rows. Raises ``UsageError`` for inputs that are not there or are no logs,
    ``ConfigurationError`` for a mapping that the vocabulary cannot take; bad content never raises.
    """
    if registry is None:
        from .plugins import load_registry

        registry = load_registry(plugins=False)
    given = list(paths)
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    normaliser = Normaliser(vocabulary, municipalities, zone)
    normaliser.keeps_source = sources
    if mappings is not None:
        mappings.bind(normaliser, vocabulary, zone)
    stdin = standard_input if standard_input is not None else getattr(sys.stdin, "buffer", None)
    chosen = choose(
        given,
        registry.readers,
        normaliser.columns.find,
        normaliser.columns.spellings,
        input_format=input_format,
        standard_input=stdin,
        records=given_records,
    )
    log = Log([], [], [])
    prover: Prover | None = None
    if prove_from is not None and any(_provable(reader, registry) for _, reader in chosen):
        prover = normaliser.prover(prove_from, memory)
    bulk = prover if aside is None else aside(normaliser)
    by_file: dict[str, tuple[Input, dict[str, str]]] = {}
    for source, reader in chosen:
        used = _read_one(source, reader, normaliser, registry, bulk, log, defaults or {}, mappings)
        by_file[source.name] = source, used
    log.records.extend(declared)
    if mappings is not None:
        log.problems.extend(mappings.unseen())
        log = replace(log, mappings=mappings.uses())
    if prover is not None:
        log = replace(log, clean=_clean_rows(prover, normaliser, by_file, log))
    logs = {source.path for source, _ in chosen if source.path is not None}
    for folder in sorted({Path(path) for path in given if str(path) != "-" and Path(path).is_dir()}):
        log.problems.extend(alone(folder, logs))
    return log


def _provable(reader: Reader, registry: Registry) -> bool:
    return reader.name in _PROVABLE and registry.is_built_in(reader)


def _clean_rows(
    prover: Prover, normaliser: Normaliser, inputs: dict[str, tuple[Input, dict[str, str]]], log: Log
) -> CleanRows | None:
    """What was proved clean. Rows that share an id become records: only those have a content to compare."""
    clean, repeated = prover.finish(
        id_ for record in log.records if (id_ := orjson.loads(record).get("id")) is not None
    )
    begun = None
    for file, number, values in repeated:
        source, defaults = inputs[file]
        if file != begun:
            normaliser.begin(file, defaults)
            begun = file
        record = normaliser.record(Row(f"{file}{source.mark}{number}", dict(values)), log.problems)
        if record is not None:
            log.records.append(record)
    return clean


def _read_one(
    source: Input,
    reader: Reader,
    normaliser: Normaliser,
    registry: Registry,
    bulk: Prover | Aside | None,
    log: Log,
    general: Mapping[str, str],
    mappings: Mappings | None,
) -> dict[str, str]:
    """One input with its sidecar, added to the log. Returns the defaults of its rows: those of the sidecar
    before the general ones.
    """
    sidecar = read_sidecar(source.path) if source.path is not None else Sidecar("", "", {}, [], [])
    sidecar = sidecar._replace(defaults={**general, **sidecar.defaults})
    log.problems.extend(sidecar.problems)
    office = normaliser.office_words(sidecar, log.problems)
    if office is not None:
        source.column = partial(office.column, otherwise=source.column)
    normaliser.begin(source.name, sidecar.defaults, office)
    mapped = None if mappings is None else mappings.begun(source, reader)
    before, first = len(log.problems), len(log.records)
    rows = False
    read = reader.read
    if bulk is not None:
        bulk.begin(sidecar.defaults, source)
        # What a mapping makes of rows is read one by one.
        if mapped is None and _provable(reader, registry):
            read = partial(bulk.read, reader=reader)
    records, problems, record_of = log.records, log.problems, normaliser.record
    strangers = Strangers(source) if mapped is None and is_foreign(reader) else None
    items = isolated(source, reader, read, registry)
    for item in items if mapped is None else mapped.rows(source, items):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            rows = True
            before_it = len(problems)
            record = record_of(item, problems)
            if strangers is not None and strangers.take(item, problems, before_it):
                continue
            if record is not None:
                records.append(record)
    for told, row in (*source.unread(), *(() if strangers is None else strangers.told())):
        rows = True
        problems.append(told)
        unread = record_of(row, problems)
        assert unread is not None
        records.append(unread)
    spoilt = spoilt_by(source)
    if spoilt is not None:
        rows = True
        if not spoilt.usable:
            del log.problems[before:], log.records[first:]
            normaliser.events = 0
            if bulk is not None:
                bulk.forget(source.name)
        problems.append(spoilt.told)
        unread = record_of(Row(source.name, {}, True), problems)
        assert unread is not None
        records.append(unread)
    proved = bulk.proved if bulk is not None else 0
    if not rows and not proved and len(log.problems) == before:
        log.problems.append(problem("no_rows", source.name, name=source.name))
    digest = _digest(source, reader, registry)
    head = None if source.head is None else str(source.head)
    log.sources.append(Source(source.name, digest, proved + normaliser.events, head))
    if sidecar.name:
        normaliser.begin(source.name, {k: v for k, v in sidecar.defaults.items() if k == "municipality"})
        for declaration in sidecar.coverage:
            record = normaliser.coverage(declaration, log.problems)
            if record is not None:
                log.records.append(record)
        log.sources.append(Source(sidecar.name, sidecar.sha256, normaliser.events))
    return sidecar.defaults


class Spoilt(NamedTuple):
    """What is told of an input that is spoilt, and whether what was read of it is usable."""

    told: Problem
    usable: bool


def spoilt_by(source: Input) -> Spoilt | None:
    """What is wrong with an input as a whole, known when it has been read, and whether what was read of it
    may be used.
    """
    if source.fault is not None:
        return Spoilt(problem(source.fault.code, source.name, **source.fault.values), source.fault.usable)
    if source.changed():
        return Spoilt(problem("file_changed", source.name, name=source.name), False)
    return None


def isolated(
    source: Input, reader: Reader, read: Callable[[Input], Iterator[Row | Problem]], registry: Registry
) -> Iterator[Row | Problem]:
    """What the reader gives. One that fails is named, and what it left unread is a damaged row; the other
    inputs are read.

    It is no problem of the input, which may be without fault: the failure stands among those of plugins.
    """
    items = read(source) if registry.is_built_in(reader) else _checked(reader, source)
    try:
        yield from items
    except UsageError:
        raise
    except OSError as error:
        raise cannot_open(source.name, error) from error
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        why = phrase(
            "{name}: {error}. The rest of this input is unread, and what it could decide "
            "stays undetermined. Report this to whoever made the reader.",
            name=source.name,
            error=said(error),
        )
        registry.errors.append(RuleError(registry.plugin_of(reader), reader.name, why))
        yield Row(source.name, {}, True)


def _checked(reader: Reader, source: Input) -> Iterator[Row | Problem]:
    """What a reader from outside gives, while it has the shape that is asked for. Raises ``TypeError``."""
    for item in reader.read(source):
        if isinstance(item, Row):
            cells: object = item.values
            if not (isinstance(item.place, str) and isinstance(cells, dict)):
                raise TypeError(phrase("a row needs a place that is text, and a dict of values"))
            for header, cell in cells.items():
                if not (isinstance(header, str) and (cell is None or isinstance(cell, _CELLS))):
                    raise TypeError(
                        phrase(
                            "{place}: the cell {header!r} is of the type {kind}",
                            place=item.place,
                            header=header,
                            kind=type(cell).__name__,
                        )
                    )
        elif not isinstance(item, Problem):
            raise TypeError(
                phrase("it gave {kind}, which is neither a Row nor a Problem", kind=type(item).__name__)
            )
        yield item


def _digest(source: Input, reader: Reader, registry: Registry) -> str:
    """The SHA-256 of the whole input. Raises ``PluginError`` where the reader has closed it."""
    try:
        return source.close()
    except ValueError:
        raise PluginError(
            phrase(
                "The reader {name} of the plugin {plugin} closed {source}, which is still "
                "needed for its digest.",
                name=reader.name,
                plugin=registry.plugin_of(reader),
                source=source.name,
            ),
            phrase("A reader leaves the stream open; report this to whoever made it."),
        ) from None
