"""Reading a pack folder without the package's own loader: plain YAML and CSV into the models."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from transparency_check.packs.model import (
    CalendarRow,
    Duty,
    Instrument,
    Municipality,
    PackInfo,
    Rulebook,
    Text,
    Vocabulary,
)


def _plain(value: Any) -> Any:
    """Dates and date-times inside examples become text again, as a log holds them."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def read_yaml(path: Path) -> Any:
    """A YAML 1.2 file as plain data, dates as text."""
    return _plain(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(text: str) -> list[str]:
    return [word for word in text.split(";") if word]


def rulebook(folder: Path) -> Rulebook:
    """The pack in a folder as a rulebook (packs that build on another are not known here)."""
    info = PackInfo.model_validate(read_yaml(folder / "pack.yaml"))
    assert info.zone is not None and info.calendar is not None
    municipalities = [
        Municipality.model_validate(
            {
                "id": row["id"],
                "names": [row["name_sq"], row["name_sr"], row["name_en"]],
                "official_languages": _words(row["official_languages"]),
                "in_use_languages": _words(row["in_use_languages"]),
                "from": row.get("from") or None,
                "to": row.get("to") or None,
            }
        )
        for row in read_csv(folder / "municipalities.csv")
    ]
    days = [
        CalendarRow(
            date=row["date"],  # type: ignore[arg-type]
            name=Text(en=row["name_en"], sq=row["name_sq"], sr=row["name_sr"]),
            kind=row["kind"],
            off=row["off"],  # type: ignore[arg-type]
            status=row["status"],
            source=row["source"],
        )
        for row in read_csv(folder / "calendar.csv")
    ]
    duties = [Duty.model_validate(read_yaml(path)) for path in sorted((folder / "duties").rglob("*.yaml"))]
    return Rulebook(
        packs=[info],
        digests={},
        zone=info.zone,
        calendar_range=info.calendar,
        instruments=[Instrument.model_validate(one) for one in read_yaml(folder / "instruments.yaml")],
        vocabulary=Vocabulary.model_validate(read_yaml(folder / "events.yaml")),
        municipalities=municipalities,
        calendar=days,
        duties=sorted(duties, key=lambda duty: duty.id),
    )
