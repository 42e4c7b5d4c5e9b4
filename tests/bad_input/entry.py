"""What an entry of the catalogue is, and good rows to put bad ones between."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from readers.small_pack import GOOD

# The name of the file that each reader gets its entries in.
FILES = {
    "jsonl": "log.jsonl", "json": "log.json", "csv": "log.csv", "sheet": "log.xlsx", "parquet": "log.parquet",
    "register": "log.db", "xes": "log.xes", "ocel-json": "log.jsonocel", "ocel-xml": "log.xmlocel",
    "ocel-sqlite": "log.sqliteocel", "sql": "log.db", "ics": "log.ics", "ocds": "log.ocds.json",
}  # fmt: skip
HEADERS = "id,type,time,municipality,case,place\n"
# What can be seen of a record of GOOD that cannot be read.
SEEN = {key: GOOD[key] for key in ("type", "municipality", "case", "time")}


@dataclass(frozen=True)
class Told:
    """A problem that must be told: its place within the file (``2``, ``Log!B2``, nothing for the whole),
    its code, and words that its message must hold.
    """

    place: str
    code: str
    words: str = ""


@dataclass(frozen=True)
class Bad:
    """One bad input: what is told of it, all in order; the ids of the records that are read all the same;
    what can be seen of each of those that are not.
    """

    name: str
    reader: str
    data: bytes
    told: tuple[Told, ...]
    read: tuple[str, ...] = ()
    unread: tuple[dict[str, Any], ...] = ()
    # The name of the file, where its ending matters.
    file: str = field(default="")

    def __str__(self) -> str:
        return f"{self.reader}: {self.name}"


def record(id_: str, **values: Any) -> str:
    """A good record in JSON, with changes."""
    return json.dumps({**GOOD, "id": id_, **values}, ensure_ascii=False)


def row(id_: str) -> str:
    """A good row of a table, without the end of its line."""
    return f"{id_},meeting.held,2026-11-02,kline,c1,salla"


def in_lines(bad: bytes | str) -> bytes:
    """JSON lines: the bad one is the second."""
    return b"\n".join([record("e1").encode(), as_bytes(bad), record("e3").encode()]) + b"\n"


def in_array(bad: bytes | str) -> bytes:
    """A JSON document: the bad record stands on the second line."""
    return b",\n".join([b"[" + record("e1").encode(), as_bytes(bad), record("e3").encode() + b"]"])


def in_table(bad: bytes | str) -> bytes:
    """CSV: the bad row begins on line 3."""
    return f"{HEADERS}{row('e1')}\n".encode() + as_bytes(bad) + f"\n{row('e3')}\n".encode()


def as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")
