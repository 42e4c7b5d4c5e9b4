"""The beginning of a mapping: the columns of logs of others with examples of what stands in them.

Nothing is decided here. What a column or a word may mean stands in comments, marked as a guess, until a
person takes the mark of comment away.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import UsageError
from ..logs import isolated
from ..messages import text
from ..model import Problem
from ..readers.base import Input, NoValue, Reader
from ..readers.csv_ import CommaSeparated
from ..readers.headers import SEARCHED
from ..readers.inputs import choose
from ..readers.sheet import Spreadsheet
from ..spreadsheets.foreign import sheets_of
from .dates import ISO, Misfit, read_date
from .texts import empty, tidy, word

if TYPE_CHECKING:
    from typing import BinaryIO

    from ..events import Normaliser
    from ..plugins import Registry
    from ..readers.names import Names

# So many rows are looked at.
_ROWS = 20_000
_EXAMPLES = 4
_LONGEST = 40
# Different texts of a column that are kept; those that are tried as dates; those of a list of words.
_TEXTS, _TRIED, _WORDS = 1_000, 200, 30
# A row of headers is as wide as most rows: so much of the widest.
_WIDE = 0.6
# So many of the texts of a column of dates are such; the rest are slips.
_LIKELY = 0.8
_DAYS = (
    "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd-MM-yyyy", "d-M-yyyy",
    "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-MM-dd", "dd.MM.yy", "d.M.yy", "MM/dd/yy", "dd/MM/yy", "yyyyMMdd",
)  # fmt: skip
_CLOCKS = ("", " HH:mm", " H:mm", " HH:mm:ss", "'T'HH:mm:ss", " hh:mm a", " h:mm a")
_FORMATS = tuple(day + clock for clock in _CLOCKS for day in _DAYS)
# What fits the first of these fits the second, too; the strict ones stand first among the formats.
_FREER = (("dd", "d"), ("MM", "M"), ("HH", "H"), ("hh", "h"))


@dataclass(slots=True)
class Seen:
    """A column of the logs: in how many rows it is filled, and its different texts."""

    name: str
    rows: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    # Cells that are dates already.
    dates: int = 0

    def note(self, cell: object) -> None:
        """Take note of a cell."""
        if empty(cell) or isinstance(cell, NoValue):
            return
        self.rows += 1
        self.dates += isinstance(cell, dt.date)
        for part in cell if isinstance(cell, list) else [cell]:
            said = word(part)
            if said in self.texts or len(self.texts) < _TEXTS:
                self.texts[said] += 1

    def formats(self) -> list[str]:
        """The formats of dates that its texts fit, the strictest; none where it holds true dates."""
        said = list(self.texts)[:_TRIED]
        if not said or self.dates:
            return []
        fitting = [f for f in (ISO, *_FORMATS) if sum(_fits(each, f) for each in said) >= _LIKELY * len(said)]
        if ISO in fitting:
            return [ISO]
        strictest: dict[str, str] = {}
        for form in fitting:
            strictest.setdefault(_free(form), form)
        return list(strictest.values())


def drafted(
    logs: Iterable[str],
    normaliser: Normaliser,
    registry: Registry,
    schema: str,
    *,
    input_format: str | None = None,
    standard_input: BinaryIO | None = None,
) -> str:
    """The text of a mapping to be edited; ``schema`` is what editors find its schema by. Raises
    ``UsageError`` for what is no log, or has no columns.
    """
    columns: dict[str, Seen] = {}
    rows = 0
    chosen = choose(
        logs,
        registry.readers,
        lambda header: header if header.strip() else None,
        input_format=input_format,
        standard_input=standard_input,
    )
    for source, reader in chosen:
        rows += _look(source, reader, registry, columns, _ROWS - rows)
    name = ", ".join(source.name for source, _ in chosen)
    if not columns:
        raise UsageError(text("mapped.error.no_columns", name=name))
    return "\n".join(_lines(list(columns.values()), rows, name, normaliser, schema)) + "\n"


def _look(source: Input, reader: Reader, registry: Registry, columns: dict[str, Seen], most: int) -> int:
    """Take note of the columns of an input, in so many rows; how many there were."""
    heads = _heads(source, reader)
    source.needed = [heads] if heads else ()
    if heads:
        source.column = lambda header: header if header in heads else None
    rows = 0
    for item in isolated(source, reader, reader.read, registry):
        if isinstance(item, Problem) or item.damaged:
            continue
        for header in dict.fromkeys((*(source.headers or ()), *item.values)) if not rows else item.values:
            if header.strip():
                columns.setdefault(tidy(header), Seen(tidy(header))).note(item.values.get(header))
        rows += 1
        if rows >= most:
            break
    source.close()
    return rows


def _heads(source: Input, reader: Reader) -> frozenset[str]:
    """The cells that are most like headers, in each sheet of a table; none for what is no table."""
    if reader.name not in (CommaSeparated.name, Spreadsheet.name) or source.path is None:
        return frozenset()
    if source.path.suffix.lower() not in (*CommaSeparated.suffixes, *Spreadsheet.suffixes):
        return frozenset()
    found: set[str] = set()
    for _, rows in sheets_of(str(source.path)):
        searched = [cells for _, cells in rows[:SEARCHED]]
        width = max((_width(cells) for cells in searched), default=0)
        head = next(
            (cells for cells in searched if _width(cells) >= max(width * _WIDE, 1) and _texts(cells)), ()
        )
        found.update(cell for cell in head if isinstance(cell, str) and cell.strip())
    return frozenset(found)


def _width(cells: Sequence[object]) -> int:
    return sum(not empty(cell) for cell in cells)


def _texts(cells: Sequence[object]) -> bool:
    """Whether all of a row is text, as headers are."""
    return all(isinstance(cell, str) for cell in cells if not empty(cell))


def _fits(said: str, form: str) -> bool:
    try:
        read_date(said, [form])
    except Misfit:
        return False
    return True


def _free(form: str) -> str:
    """A format with all its freedom: ``d.M.yyyy`` for ``dd.MM.yyyy``."""
    for strict, free in _FREER:
        form = form.replace(strict, free)
    return form


def _lines(
    columns: Sequence[Seen], rows: int, name: str, normaliser: Normaliser, schema: str
) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={schema}"
    yield f"# {text('draft.head', name=name, version=__version__)}"
    yield f"# {text('draft.guesses')}"
    yield ""
    yield f"# {text('draft.found')}:"
    for column in columns:
        yield f"#   {text('draft.column', n=column.rows, column=_quoted(column.name), all=rows)}"
        for said in _about(column, normaliser):
            yield f"#       {said}"
    yield ""
    yield f"# {text('draft.general')}:"
    yield "# constants:"
    yield f"#   municipality: ...  # {text('draft.municipality')}"
    yield "# columns:"
    for column in columns:
        if meant := normaliser.columns.find(column.name) or normaliser.columns.slip_of(column.name):
            yield f"#   {meant}: {_quoted(column.name)}  # {text('draft.guess', near=meant)}"
    yield ""
    yield f"# {text('draft.types')}:"
    yield from _types(columns, normaliser)
    yield ""
    yield f"# {text('draft.events')}:"
    yield from _events(columns)


def _about(column: Seen, normaliser: Normaliser) -> Iterator[str]:
    texts = list(column.texts)
    if texts:
        yield text("draft.examples", list=", ".join(_quoted(said) for said in texts[:_EXAMPLES]))
    if column.dates:
        yield text("draft.true_dates")
    elif formats := column.formats():
        code = "draft.dates" if len(formats) == 1 else "draft.ambiguous"
        yield text(code, formats=", ".join(formats))
    elif len(texts) <= _WORDS < column.rows:
        yield text("draft.values", n=len(texts))
    if near := normaliser.columns.nearest(column.name):
        yield text("draft.guess", near=near)


def _types(columns: Sequence[Seen], normaliser: Normaliser) -> Iterator[str]:
    """A column of which most words come near event types, with these."""
    names = normaliser.values_of("type")
    assert names is not None
    lists = [column for column in columns if 0 < len(column.texts) <= _WORDS and not column.formats()]
    near = {column.name: {said: names.nearest(said) for said in column.texts} for column in lists}
    best = max(lists, key=lambda column: sum(v is not None for v in near[column.name].values()), default=None)
    yield "# type:"
    yield f"#   from: {_quoted(best.name) if best is not None and any(near[best.name].values()) else '...'}"
    yield "#   values:"
    if best is None or not any(near[best.name].values()):
        yield "#     ...: meeting.held"
    else:
        for said, meant in near[best.name].items():
            guess = f"{_id(meant, names)}  # {text('draft.guess', near=meant)}" if meant else "..."
            yield f"#     {_quoted(said)}: {guess}"
    yield "#   ignore: []"


def _events(columns: Sequence[Seen]) -> Iterator[str]:
    """An entry for each column of dates."""
    yield "# events:"
    dated = [column for column in columns if column.dates or column.formats()]
    for column in dated:
        name, formats = _quoted(column.name), column.formats()
        part = (
            f"{{from: {name}, format: {_quoted(formats[0])}}}"
            if len(formats) == 1 and formats != [ISO]
            else name
        )
        if len(formats) > 1:
            part = f"{{from: {name}, format: ...}}"
        yield "#   - type: ..."
        yield f"#     filled: {name}"
        yield f"#     columns: {{time: {part}}}"
    if not dated:
        yield "#   - type: ..."


def _id(near: str, names: Names) -> str:
    """The name that a spelling with its meaning, as messages show it, stands for."""
    bare, _, meant = near.partition(" (")
    return names.find(meant.removesuffix(")")) or names.find(near) or names.find(bare) or "..."


def _quoted(said: str) -> str:
    """A text of the log as YAML has it, on one line and shortened where it is an example."""
    return json.dumps(said if len(said) <= _LONGEST * 2 else f"{said[:_LONGEST]}...", ensure_ascii=False)
