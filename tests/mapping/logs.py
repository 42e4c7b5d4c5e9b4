"""Logs of others in any format, read by a mapping and the vocabulary of Kosovo."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import orjson
import xlsxwriter

from transparency_check.logs import read_logs
from transparency_check.mapping.chosen import Mappings
from transparency_check.mapping.read import parsed
from transparency_check.model import Log
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook

Cells = dict[str, Any]
# Headers of a register of meetings with one row a meeting.
WIDE = ("Nr.", "Organi", "Thirrur më", "Data e mbledhjes", "Mbajtur më", "Njoftuar më", "Kanali")
MEETINGS = """\
format: [dd.MM.yyyy, "dd.MM.yyyy HH:mm"]
constants: {municipality: kline, meeting_type: session, session_kind: ordinary}
columns:
  case: {text: "mbledhja-{Nr.}"}
  body: {from: Organi, values: {Kuv.: assembly, KPF: policy-finance-committee}}
  planned_at: Data e mbledhjes
events:
  - type: meeting.scheduled
    filled: Thirrur më
    columns: {time: Thirrur më}
  - type: meeting.held
    filled: Mbajtur më
    columns: {time: Mbajtur më}
  - type: notice.published
    filled: Njoftuar më
    constants: {notice_kind: meeting}
    columns:
      time: Njoftuar më
      channel: {from: Kanali, split: ",", values: {web: website, tabela: notice-board}}
"""
MEETING = {
    "Nr.": "7", "Organi": "Kuv.", "Thirrur më": "02.11.2026", "Data e mbledhjes": "27.11.2026 10:00",
    "Mbajtur më": "27.11.2026 10:00", "Njoftuar më": "17.11.2026", "Kanali": "web, tabela",
}  # fmt: skip
LONG = """\
constants: {municipality: kline}
type:
  from: activity
  values: {Request in: request.received, Request answered: request.answered}
  ignore: [Reminder]
columns:
  case: request
  time: {from: at, format: dd.MM.yyyy}
  outcome: {from: result, values: {yes: granted, no: refused}}
"""


@cache
def book() -> Rulebook:
    return load_rulebook(["kosovo"], examples=False)


def read(mapping: str, *paths: Path, **how: Any) -> Log:
    """What is read of logs by a mapping."""
    file = parsed(mapping.encode(), "mapping.yaml")
    mappings = Mappings(file, [], None)
    law = book()
    return read_logs(paths, law.vocabulary, law.municipalities, law.zone, mappings=mappings, **how)


def records(log: Log) -> list[dict[str, Any]]:
    return [orjson.loads(record) for record in log.records]


def said(log: Log) -> list[tuple[str, ...]]:
    """The problems of a log, with the last part of their places."""
    return [(p.code, p.place.rpartition("/")[2]) for p in log.problems]


def table(path: Path, rows: Sequence[Cells], headers: Sequence[str] | None = None) -> Path:
    """Rows in the format that the ending says: texts as they are, in sheets below the headers."""
    heads = list(headers or dict.fromkeys(name for row in rows for name in row))
    lines = [[row.get(name, "") for name in heads] for row in rows]
    match path.suffix:
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";", lineterminator="\n").writerows([heads, *lines])
        case ".jsonl":
            kept = ({k: v for k, v in row.items() if v != ""} for row in rows)
            path.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8"
            )
        case ".json":
            path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1), encoding="utf-8")
        case ".xlsx":
            sheet(path, [heads, *lines])
        case ".parquet":
            parquet(path, heads, lines)
    return path


def sheet(path: Path, lines: Sequence[Sequence[Any]], name: str = "2026") -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        page = workbook.add_worksheet(name)
        for n, line in enumerate(lines):
            for m, cell in enumerate(line):
                if isinstance(cell, dt.date):
                    page.write_datetime(n, m, cell, day)
                elif cell != "":
                    page.write(n, m, cell)
    return path


def parquet(path: Path, heads: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    columns = ", ".join('"' + name.replace('"', '""') + '" VARCHAR' for name in heads)
    con = duckdb.connect()
    con.execute(f"CREATE TABLE log ({columns})")
    marks = ", ".join("?" for _ in heads)
    con.executemany(f"INSERT INTO log VALUES ({marks})", [[cell or None for cell in line] for line in lines])
    con.execute(f"COPY log TO '{path.as_posix()}' (FORMAT parquet)")
    con.close()
