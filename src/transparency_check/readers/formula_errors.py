"""Cells of workbooks whose formula failed: the parser would give them as empty, or as 0.

A cell that shows #REF! holds no value, which is not the same as to be empty: what rests on it is unknown. So
such cells are made texts before the parser sees them.
"""

from __future__ import annotations

import re

_XLSX = re.compile(rb"(<(?:[\w.-]+:)?c\s[^<>]*?\bt\s*=\s*)(?:\"e\"|'e')")
_ODS = re.compile(
    rb"<[\w.-]+:(?:covered-)?table-cell\s[^<>]*?[\w.-]+:value-type\s*=\s*[\"']error[\"'][^<>]*>"
)
_ODS_VALUE = re.compile(
    rb"\s(?!calcext)[\w.-]+:(?:string-|date-|time-|boolean-)?value\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_ODS_TYPE = re.compile(rb"(\soffice:value-type\s*=\s*)(?:\"[^\"]*\"|'[^']*')")


def as_texts(sheet: bytes) -> tuple[bytes, int]:
    """A sheet of XLSX or the tables of ODS with the errors in them as texts, and how many there were."""
    made, in_xlsx = _XLSX.subn(rb'\1"str"', sheet)
    made, in_ods = _ODS.subn(_as_text, made)
    return made, in_xlsx + in_ods


def _as_text(found: re.Match[bytes]) -> bytes:
    return _ODS_TYPE.sub(rb'\1"string"', _ODS_VALUE.sub(b"", found[0]))
