"""A log in CSV, mended row by row: rows that fit their headers, and the headers; all else stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from ..readers.base import Input
from ..readers.csv_ import layout, numbered_rows
from .changes import Change, Mended
from .values import ValueMender

_BOM = b"\xef\xbb\xbf"
Readable = Callable[[str, dict[str, object]], bool]


def mend_table(data: bytes, source: Input, mender: ValueMender, readable: Readable) -> Mended | None:
    """The table as it should be; None where it is not in UTF-8, or has no headers that are beyond doubt."""
    changes: list[Change] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        changes.append(Change("mark", source.name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    laid = layout(text, source)
    if laid is None:
        return None
    ends = text.count("\r\n")
    if ends:
        # Those inside of quoted texts are part of a value and stay.
        text, changed = _line_ends(text, laid.delimiter)
        if changed:
            changes.append(Change("line_ends", source.name, before=str(changed)))
    columns = mender.columns(laid.headers)
    renamed = mender.headers(columns)
    out: list[str] = []
    kept: dict[tuple[str, ...], str] = {}
    for number, lines, cells in numbered_rows(text, laid.delimiter):
        place = f"{source.name}:{number}"
        if cells is None or number < laid.line or any("\0" in line for line in lines):
            out += lines
        elif number == laid.line:
            for header, name in renamed.items():
                changes.append(Change("header", place, header, header, name))
            named = [renamed.get(header, header) for header in cells]
            out += [_written(named, laid.delimiter)] if renamed else lines
        elif len(cells) != len(laid.headers):
            out += lines
        else:
            values: dict[str, object] = {h: c for h, c in zip(laid.headers, cells, strict=True) if c}
            mended, told = mender.row(place, values, columns, table=True)
            row = [str(mended.get(header, "")) for header in laid.headers]
            key = tuple(row)
            if key in kept and readable(place, mended):
                changes.append(Change("dropped", place, after=kept[key]))
                continue
            kept.setdefault(key, place)
            changes += told
            out += [_written(row, laid.delimiter)] if told else lines
    return Mended("".join(out).encode(), changes)


def _written(cells: list[str], delimiter: str) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _line_ends(text: str, delimiter: str) -> tuple[str, int]:
    """The text with plain ends of lines where a row ends, and how many were changed."""
    out: list[str] = []
    changed = 0
    for _, lines, _ in numbered_rows(text, delimiter):
        last = lines[-1]
        if last.endswith("\r\n"):
            changed += 1
            lines = [*lines[:-1], last[:-2] + "\n"]
        out += lines
    return "".join(out), changed
