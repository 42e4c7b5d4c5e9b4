"""The events of a register as logs, in every format in which logs are read and written: JSON Lines, JSON,
CSV, XLSX, Parquet.

What was written is read again before it takes its place, and each event must come out word for word: a format
that cannot say something is refused, and never leaves it out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import UsageError
from ..messages import text
from ..readers.base import Row
from ..readers.inputs import choose
from ..reserved import RESERVED
from .exact import ExactForm, Unreadable

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..packs.model import Vocabulary
    from ..plugins import Registry
    from .store import Reading

Event = dict[str, Any]
# What a spreadsheet program would run.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_ROWS_OF_SHEET, _CELL_OF_SHEET = 1_048_575, 32_767
# What a workbook writes in another way than text.
_NOT_IN_SHEET = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


class NotWritable(Exception):
    """An event that a format cannot hold; ``seq`` is the number of its record."""

    def __init__(self, seq: int) -> None:
        super().__init__(str(seq))
        self.seq = seq


Events = Callable[[], Iterator[tuple[int, Event]]]


def ending(name: str) -> str:
    """The ending of an output. Raises ``UsageError`` for one that no export has."""
    found = Path(name).suffix.casefold()
    if found not in WRITERS:
        raise UsageError(text("register.error.ending", path=name, known=", ".join(WRITERS)))
    return found


def write(reading: Reading, form: str, stream: IO[bytes]) -> int:
    """Write the events of one state in the format of an ending; how many they are. Raises ``UsageError`` for
    an event that the format cannot hold.
    """

    def events() -> Iterator[tuple[int, Event]]:
        return ((e.seq, json.loads(e.event)) for e in reading.entries() if e.event)

    try:
        return WRITERS[form](events, stream)
    except NotWritable as error:
        raise UsageError(text("register.error.not_written", seq=error.seq, format=form)) from None


def read_again(
    path: Path,
    reading: Reading,
    form: str,
    normaliser: Normaliser,
    vocabulary: Vocabulary,
    registry: Registry,
) -> None:
    """Compare what was written with the register, event by event. Raises ``UsageError`` where they differ."""
    ((source, reader),) = choose(
        [path], registry.readers, normaliser.columns.find, normaliser.columns.spellings
    )
    entries = (entry for entry in reading.entries() if entry.event)
    normaliser.begin(source.name, {})
    exact = ExactForm(normaliser, vocabulary)
    # An empty log is told of as such.
    for item in reader.read(source):
        if not isinstance(item, Row):
            continue
        entry = next(entries, None)
        if entry is None or _read(item, exact) != entry.event:
            source.close()
            raise UsageError(text("register.error.not_written", seq=entry.seq if entry else "?", format=form))
    source.close()
    if (entry := next(entries, None)) is not None:
        raise UsageError(text("register.error.not_written", seq=entry.seq, format=form))


def _read(row: Row, exact: ExactForm) -> str:
    try:
        return exact.event(row, []).text
    except Unreadable:
        return ""


def _lines(events: Events, stream: IO[bytes]) -> int:
    n = 0
    for _, event in events():
        stream.write(_json(event).encode() + b"\n")
        n += 1
    return n


def _document(events: Events, stream: IO[bytes]) -> int:
    n = 0
    stream.write(b"[")
    for _, event in events():
        stream.write((b",\n" if n else b"\n") + _json(event).encode())
        n += 1
    stream.write(b"\n]\n")
    return n


def _json(event: Event) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def columns_of(events: Iterator[tuple[int, Event]]) -> list[str]:
    """The columns of a table of events: those that every log has, then the others in order."""
    found: set[str] = set()
    for _, event in events:
        found.update(event)
    needed = {*found, "type", "time", "municipality"}
    return [name for name in RESERVED if name in needed] + sorted(found.difference(RESERVED))


def _cell(value: object, seq: int) -> str:
    """A value as the cell of a table. Whether it says the same is found when it is read again."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            if not all(isinstance(part, str) for part in value):
                raise NotWritable(seq)
            return ";".join(value)
        case dict():
            raise NotWritable(seq)
        case _:
            return str(value)


def _table(events: Events, stream: IO[bytes]) -> int:
    columns = columns_of(events())
    if any(_FORMULA.match(name) for name in columns):
        raise NotWritable(1)
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(columns)
    n = 0
    for seq, event in events():
        cells = [_cell(event.get(name), seq) for name in columns]
        if any(_FORMULA.match(cell) for cell in cells):
            raise NotWritable(seq)
        rows.writerow(cells)
        n += 1
    out.flush()
    out.detach()
    return n


def _sheet(events: Events, stream: IO[bytes]) -> int:
    import datetime as dt

    import xlsxwriter

    columns = columns_of(events())
    n = 0
    with xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # Kept by the file, not shown: no clock is read.
        book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        sheet = book.add_worksheet()
        plain = book.add_format({"num_format": "@"})
        sheet.set_column(0, max(len(columns) - 1, 0), 20, plain)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name)
        for seq, event in events():
            n += 1
            if n > _ROWS_OF_SHEET:
                raise NotWritable(seq)
            for place, name in enumerate(columns):
                if name in event and (cell := _cell(event[name], seq)):
                    if len(cell) > _CELL_OF_SHEET or _NOT_IN_SHEET.search(cell):
                        raise NotWritable(seq)
                    sheet.write_string(n, place, cell, plain)
        sheet.freeze_panes(1, 0)
    return n


def _parquet(events: Events, stream: IO[bytes]) -> int:
    import tempfile

    import duckdb

    from ..database import append, create

    columns = {name: _type(name, events) for name in columns_of(events())}
    n = 0

    def rows() -> Iterator[Sequence[object]]:
        nonlocal n
        for seq, event in events():
            n += 1
            yield [_typed(event.get(name), kind, seq) for name, kind in columns.items()]

    with duckdb.connect() as con, tempfile.TemporaryDirectory(prefix="transparency-check-") as folder:
        create(con, "events", columns)
        append(con, "events", columns, rows())
        made = Path(folder, "events.parquet")
        con.execute(f"COPY events TO '{made.as_posix()}' (FORMAT parquet, COMPRESSION zstd)")
        stream.write(made.read_bytes())
    return n


_TYPES: Mapping[type, str] = {bool: "BOOLEAN", int: "BIGINT", str: "VARCHAR", list: "VARCHAR[]"}


def _type(name: str, events: Events) -> str:
    """The type of a column: that of its values, text where they are of several."""
    kinds = {type(event[name]) for _, event in events() if name in event}
    only = kinds.pop() if len(kinds) == 1 else str
    return _TYPES.get(only, "VARCHAR")


def _typed(value: object, kind: str, seq: int) -> object:
    if value is None:
        return None
    if kind == "VARCHAR[]":
        if not (isinstance(value, list) and all(isinstance(part, str) for part in value)):
            raise NotWritable(seq)
        return value
    if kind == "BIGINT" and not (isinstance(value, int) and abs(value) < 2**63):
        raise NotWritable(seq)
    return _cell(value, seq) if kind == "VARCHAR" else value


WRITERS: Mapping[str, Callable[[Events, IO[bytes]], int]] = {
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".json": _document,
    ".csv": _table,
    ".xlsx": _sheet,
    ".parquet": _parquet,
}
