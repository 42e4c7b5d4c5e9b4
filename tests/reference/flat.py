"""Flat records, as people write them, into the record form that the reader hands to the engine. For clean
test data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any
from zoneinfo import ZoneInfo

from transparency_check.packs.model import Rulebook

from . import moments

Json = dict[str, Any]
RESERVED = {
    "id",
    "type",
    "time",
    "municipality",
    "case",
    "related",
    "recorded_at",
    "retracted",
    "source",
    "note",
}


def _moment(text: str, zone: ZoneInfo, names: tuple[str, str, str]) -> Json:
    moment = moments.read(text, zone)
    return {names[0]: moment.day.isoformat(), names[1]: moment.lo, names[2]: moment.hi}


def records(rows: list[Json], rulebook: Rulebook, file: str = "log.jsonl") -> list[Json]:
    """One record per row. ``file`` in a row overrides the file it is from."""
    return [
        record(row, rulebook, str(row.get("file", file)), number) for number, row in enumerate(rows, start=1)
    ]


def record(row: Json, rulebook: Rulebook, file: str, line: int) -> Json:
    """One record. A value that is not of the attribute's type, or not among its values, is ``bad``."""
    zone = ZoneInfo(rulebook.zone)
    row = {name: _plain(value) for name, value in row.items() if name != "file" and value is not None}
    made: Json = {"place": f"{file}:{line}", "file": file, "readable": True}
    if row.get("type") in rulebook.vocabulary.events:
        made["type"] = row["type"]
    if any(row.get("municipality") == known.id for known in rulebook.municipalities):
        made["municipality"] = row["municipality"]
    for name in ("case", "id"):
        if row.get(name):
            made[name] = row[name]
    if row.get("related"):
        made["related"] = row["related"] if isinstance(row["related"], list) else [row["related"]]
    try:
        made |= {"time": row["time"]} | _moment(row["time"], zone, ("day", "lo", "hi"))
    except (KeyError, ValueError):
        made["readable"] = False
    try:
        entered = row.get("recorded_at", row.get("time"))
        read = moments.read(entered, zone)
        made |= {"recorded": entered, "rlo": read.lo, "rhi": read.hi}
    except (TypeError, ValueError):
        made["readable"] = False
    if row.get("retracted", False) not in (True, False):
        made["readable"] = False
    if "type" not in made or "municipality" not in made:
        made["readable"] = False
    if not made["readable"]:
        for name in ("id", "recorded", "rlo", "rhi"):
            made.pop(name, None)
        return made
    made["retracted"] = row.get("retracted", False)
    made |= _attributes(row, rulebook, zone)
    hashed = {k: v for k, v in made.items() if k not in ("place", "file", "recorded", "rlo", "rhi")}
    made["content"] = hashlib.sha256(json.dumps(hashed, sort_keys=True).encode()).hexdigest()[:32]
    made.setdefault("id", made["content"])
    return made


def _plain(value: Any) -> Any:
    """YAML reads a date as a date: a log holds text."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value


def _attributes(row: Json, rulebook: Rulebook, zone: ZoneInfo) -> Json:
    values: Json = {}
    bad: list[str] = []
    for name, value in row.items():
        known = rulebook.vocabulary.attributes.get(name)
        if name in RESERVED or known is None:
            continue
        try:
            read = _value(value, known.type, known.values, zone)
        except (TypeError, ValueError):
            bad.append(name)
        else:
            values[name] = read
    return {"a": values, "bad": sorted(bad)}


def _value(value: Any, kind: str, allowed: list[str], zone: ZoneInfo) -> Any:
    if kind == "date-time":
        return {**_moment(value, zone, ("day", "lo", "hi")), "text": value}
    if kind == "interval":
        first, last = value.split("/")
        if not dt.date.fromisoformat(first) <= dt.date.fromisoformat(last):
            raise ValueError(value)
        return {"first": first, "last": last}
    if kind.startswith("list"):
        parts = value if isinstance(value, list) else [value]
        if kind == "list of choice" and not set(parts) <= set(allowed):
            raise ValueError(value)
        return parts
    if kind == "flag" and not isinstance(value, bool):
        raise ValueError(value)
    if kind == "integer" and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(value)
    if kind == "choice" and value not in allowed:
        raise ValueError(value)
    if kind == "text" and not isinstance(value, str):
        raise ValueError(value)
    return value
