"""A log of JSON lines, mended line by line: what cannot be read stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable

from ..readers.encoding import UTF16_MARKS
from ..readers.jsonl import MAX_LINE, strict_record
from ..readers.strict_json import JsonFault, StrictJson
from .changes import Change, Mended
from .values import ValueMender

_BOM = b"\xef\xbb\xbf"


def mend_lines(
    data: bytes, name: str, mender: ValueMender, readable: Callable[[str, dict[str, object]], bool]
) -> Mended | None:
    """The lines as they should be; None where the file is none of JSON lines in UTF-8.

    ``readable`` says of a row whether a record can be made of it: only such are known to say the same.
    """
    if data.startswith(UTF16_MARKS):
        return None
    changes: list[Change] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        changes.append(Change("mark", name))
    strict = StrictJson()
    out: list[bytes] = []
    kept: dict[str, str] = {}
    ends = 0
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        place = f"{name}:{number}"
        plain = line.rstrip(b"\r") if number < len(lines) else line
        ends += plain != line
        mended = _line(plain, place, mender, strict)
        if mended is None:
            out.append(plain)
            continue
        values, told = mended
        key = json.dumps(values, sort_keys=True, ensure_ascii=False)
        if key in kept and readable(place, values):
            changes.append(Change("dropped", place, after=kept[key]))
            continue
        kept.setdefault(key, place)
        changes += told
        out.append(json.dumps(values, ensure_ascii=False).encode() if told else plain)
    if ends:
        changes.insert(0, Change("line_ends", name, before=str(ends)))
    return Mended(b"\n".join(out), changes)


def _line(
    line: bytes, place: str, mender: ValueMender, strict: StrictJson
) -> tuple[dict[str, object], list[Change]] | None:
    """The mended values of a line; None where it is no record, or has a value that is not read alone."""
    if not line.strip(b" \t\r\n") or len(line) > MAX_LINE:
        return None
    try:
        values = strict_record(line, strict)
    except JsonFault:
        return None
    columns = mender.columns(list(values))
    mended, changes = mender.row(place, values, columns)
    renamed = mender.headers(columns)
    changes = [Change("header", place, header, header, name) for header, name in renamed.items()] + changes
    return {renamed.get(header, header): value for header, value in mended.items()}, changes
