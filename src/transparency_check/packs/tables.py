"""The two tables of a pack: ``municipalities.csv`` and ``calendar.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from transparency_check.messages import phrase
from transparency_check.model import Problem
from transparency_check.packs.decoding import decoded
from transparency_check.packs.model import CalendarRow, Municipality
from transparency_check.packs.problems import defect, did_you_mean
from transparency_check.packs.shape_errors import Path, shape_problems
from transparency_check.packs.spans import overlap

MUNICIPALITY_COLUMNS = (
    "id", "name_sq", "name_sr", "name_en", "official_languages", "in_use_languages", "confidence", "source",
    "note", "from", "to",
)  # fmt: skip
CALENDAR_COLUMNS = ("date", "name_en", "name_sq", "name_sr", "kind", "off", "status", "source")
# Names in the languages of the program that a country does not speak; of a municipality one name is enough.
_OTHER_NAMES = {"name_sq", "name_sr"}
_OPTIONAL = _OTHER_NAMES | {"in_use_languages", "confidence", "source", "note", "from", "to"}


def read_municipalities(name: str, content: bytes) -> tuple[list[Municipality], list[Problem]]:
    """Rows ``id,name_sq,name_sr,name_en,official_languages,...``: languages are separated by ``;``.

    A name such as ``Drenas (Gllogoc)`` also gives the names ``Drenas`` and ``Gllogoc``. An id may stand in
    several rows with dates that do not overlap, where its languages changed. Returns the rows that could be
    read, and the problems.
    """
    found: list[Municipality] = []
    places: list[str] = []
    problems: list[Problem] = []
    for place, row in _rows(name, content, MUNICIPALITY_COLUMNS, problems):
        names = [row[c] for c in ("name_sq", "name_sr", "name_en") if row[c]]
        data: dict[str, Any] = {
            "id": row["id"],
            "title": {
                "en": row["name_en"] or row["name_sq"],
                "sq": row["name_sq"] or None,
                "sr": row["name_sr"] or None,
            },
            "names": list(dict.fromkeys(n for full in names for n in _names(full))),
            "official_languages": _list(row["official_languages"]),
            "in_use_languages": _list(row["in_use_languages"]),
            **{c: row[c] for c in ("confidence", "source", "note")},
            "from": row["from"] or None,
            "to": row["to"] or None,
        }
        if not re.fullmatch(r"[a-z][a-z0-9-]*", row["id"]):
            problems.append(
                defect(
                    "form",
                    place,
                    phrase("The id `{id}` is not made of small letters, digits and hyphens.", id=row["id"]),
                )
            )
        elif not data["names"] or not data["official_languages"]:
            missing = "official_languages" if data["names"] else "name_en"
            problems.append(
                defect(
                    "missing-key",
                    place,
                    phrase("The column `{missing}` is empty. Fill it in.", missing=missing),
                )
            )
        else:
            _add(Municipality, data, place, found, places, problems)
    problems += _municipality_conflicts(found, places)
    return found, problems


def read_calendar(name: str, content: bytes) -> tuple[list[CalendarRow], list[Problem]]:
    """Rows ``date,name_en,name_sq,name_sr,kind,off,status,source``: the readable ones, and problems."""
    found: list[CalendarRow] = []
    problems: list[Problem] = []
    for place, row in _rows(name, content, CALENDAR_COLUMNS, problems):
        data = {
            "date": row["date"],
            "name": {"en": row["name_en"], "sq": row["name_sq"] or None, "sr": row["name_sr"] or None},
            **{c: row[c] for c in ("kind", "off", "status", "source")},
        }
        missing = next((c for c in ("date", "name_en", "kind", "off", "status") if not row[c]), None)
        if missing:
            problems.append(
                defect(
                    "missing-key",
                    place,
                    phrase("The column `{missing}` is empty. Fill it in.", missing=missing),
                )
            )
            continue
        _add(CalendarRow, data, place, found, [], problems)
    return found, problems


def _add(
    model: Any, data: dict[str, Any], place: str, found: list[Any], places: list[str], problems: list[Problem]
) -> None:
    def at(path: Path, key: bool) -> str:
        return place

    try:
        found.append(model.model_validate(data, strict=True))
        places.append(place)
    except ValidationError as error:
        problems += shape_problems(error, model, data, at)


def _rows(
    name: str, content: bytes, columns: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a table with their places; every column is there, with an empty text where it is absent."""
    text = decoded(name, content)
    # splitlines() would also split on separators inside a text and shift the line numbers.
    reader = csv.reader(re.split(r"(?<=\n)", text), strict=True)
    header: list[str] = []
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.append(
                defect(
                    "table",
                    f"{name}:{reader.line_num}",
                    phrase("This is not readable as CSV: {error}.", error=error),
                )
            )
            return
        place, start = f"{name}:{start}", reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [cell.strip() for cell in row]
            if _header_problems(place, header, columns, problems):
                return
            continue
        if len(row) != len(header):
            problems.append(
                defect(
                    "table",
                    place,
                    phrase(
                        "The row has {cells} cells; the header has {headers}. Check the commas and quotes.",
                        cells=len(row),
                        headers=len(header),
                    ),
                )
            )
            continue
        yield (
            place,
            {**dict.fromkeys(columns, ""), **{h: cell.strip() for h, cell in zip(header, row, strict=True)}},
        )
    if not header:
        problems.append(defect("empty", f"{name}:1", phrase("The file is empty. Fill it in or delete it.")))


def _header_problems(place: str, header: list[str], columns: Sequence[str], problems: list[Problem]) -> bool:
    before = len(problems)
    for column in header:
        if column not in columns:
            hint = did_you_mean(column, [c for c in columns if c not in header], most=20)
            problems.append(
                defect(
                    "unknown-key",
                    place,
                    phrase("`{column}` is not a column of this table.{hint}", column=column, hint=hint),
                )
            )
        elif header.count(column) > 1:
            problems.append(
                defect(
                    "duplicate-key",
                    place,
                    phrase("The column `{column}` stands here twice. Keep one.", column=column),
                )
            )
    for column in columns:
        if column not in header and column not in _OPTIONAL:
            problems.append(
                defect(
                    "missing-key", place, phrase("The column `{column}` is missing. Add it.", column=column)
                )
            )
    return len(problems) > before


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _names(full: str) -> list[str]:
    """``Drenas (Gllogoc)`` -> the whole, ``Drenas``, ``Gllogoc``."""
    found = re.fullmatch(r"([^()]+)\(([^()]+)\)", full)
    return [full, found[1].strip(), found[2].strip()] if found else [full]


def _municipality_conflicts(rows: list[Municipality], places: list[str]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for row, place in zip(rows, places, strict=True):
        for word in [row.id, *row.names]:
            owner = owners.setdefault(word.casefold(), row.id)
            if owner != row.id:
                yield defect(
                    "duplicate-name",
                    place,
                    phrase(
                        "`{word}` is also a name of `{owner}`; a name means one municipality.",
                        word=word,
                        owner=owner,
                    ),
                )
    by_id: dict[str, list[tuple[Municipality, str]]] = {}
    for row, place in zip(rows, places, strict=True):
        for other, first in by_id.setdefault(row.id, []):
            if overlap(row, other):
                line = first.rsplit(":", 1)[1]
                yield defect(
                    "duplicate-id",
                    place,
                    phrase(
                        "`{id}` stands in line {line} too, for days that overlap. Give `from` and `to`.",
                        id=row.id,
                        line=line,
                    ),
                )
        by_id[row.id].append((row, place))
