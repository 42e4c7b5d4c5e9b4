"""Valid inputs to begin with, written into the corpus: ``python -m fuzz.seeds`` (from the folder tests)."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import xlsxwriter

from fuzz.targets import CORPUS
from packs.small_pack import FILES, SECOND_FILE
from readers import foreign_files
from readers.parquet_files import parquet
from readers.small_pack import GOOD
from readers.test_workbooks import ods

ROWS = [
    GOOD,
    {**GOOD, "id": "e2", "type": "meeting.scheduled", "body": "assembly", "planned_at": "2026-11-27T10:00",
     "agenda": ["budget", "other"], "channel": ["website", "media"], "related": ["c2"]},
    {**GOOD, "id": "e3", "participants": "mayor;citizens", "open_to_public": "po", "note": "shënim; ж"},
    {"type": "Mbledhja u mbajt", "Data": "2026-11-02T10:00+01:00", "Komuna": "Klinë", "Lënda": "c1"},
    {**GOOD, "id": "e1", "retracted": True, "recorded_at": "2026-11-09"},
    {**GOOD, "id": "e5", "type": "submission.received", "signatures": 120, "urgent": False, "source": "x"},
    {**GOOD, "id": "e6", "type": "coverage.declared", "period": "2026-01-01/2026-12-31", "event_families": ["meeting"]},
]  # fmt: skip
SIDECAR = """\
municipality: kline
case: c1
coverage:
  - {period: 2026-01-01/2026-12-31, event_families: [meeting, submission], source: register}
  - period: 2025-01-01/2025-12-31
    municipality: gjakove
    note: archive
"""


def seeds() -> dict[str, dict[str, bytes]]:
    """Inputs by target and name."""
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in ROWS]
    log = b"\n".join(lines) + b"\n"
    return {
        "jsonl": {"log": log, **{f"row-{n}": line for n, line in enumerate(lines)}},
        "json": {
            "array": b"[" + b",\n".join(lines) + b"]",
            "events": b'{"made": "x", "events": [' + lines[0] + b"]}",
        },
        "csv": {"commas": _table(","), "semicolons": _table(";"), "older": _table("\t").replace("ë".encode(), b"\xeb")},
        "sheet": {"xlsx": _workbook(), "xlsx-1904": _workbook(1904), "ods": _ods()},
        "parquet": _parquet(),
        **_foreign(),
        "sidecar": {"yaml": SIDECAR.encode()},
        "yaml": {Path(name).stem: text.encode() for name, text in FILES.items() if name.endswith(".yaml")},
        "pack": {Path(name).stem: f"{name}\n{text}".encode() for name, text in FILES.items()} | _shapes(),
    }  # fmt: skip


def _foreign() -> dict[str, dict[str, bytes]]:
    rows = [{k: v for k, v in row.items() if isinstance(v, str)} for row in ROWS]
    both = (foreign_files.OCEL_LOG, foreign_files.OCEL_XML)
    return {
        "xes": {"rows": foreign_files.xes(rows), "log": foreign_files.XES_LOG.encode()},
        "ocel-json": {"rows": foreign_files.ocel_json(rows), "log": both[0].encode()},
        "ocel-xml": {"rows": foreign_files.ocel_xml(rows), "log": both[1].encode()},
        "ocel-sqlite": {"log": foreign_files.ocel_sqlite(rows, foreign_files.with_objects)},
        "sql": {"rows": foreign_files.table_file(rows)},
        "ics": {"rows": foreign_files.calendar(rows), "meetings": foreign_files.MEETINGS.encode()},
        "ocds": {"rows": foreign_files.ocds(rows), "package": foreign_files.RELEASES.encode()},
    }


def _shapes() -> dict[str, bytes]:
    """A duty of each shape, though of another pack."""
    folders = sorted((Path(__file__).parents[1] / "packs" / "trial" / "duties").iterdir())
    files = [next(iter(sorted(folder.glob("*.yaml")))) for folder in folders]
    return {file.stem: f"{SECOND_FILE}\n{_without_examples(file.read_text('utf-8'))}".encode() for file in files}


def _without_examples(duty: str) -> str:
    return duty.partition("\nexamples:")[0] + "\n"


def _table(delimiter: str) -> bytes:
    rows = [
        ["id", "type", "Data", "Komuna", "case", "place", "signatures"],
        ["e1", "meeting.held", "2026-11-02", "Klinë", "c1", '"salla ""A""\nkati 2"', ""],
        ["e2", "submission.received", "2026-11-03T10:00", "kline", "", "", "120"],
    ]
    return "\n".join(delimiter.join(row) for row in rows).encode() + b"\n"


def _workbook(system: int = 1900) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": system == 1904}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Regjistri"])
        sheet.write_row(1, 0, ["Lloji i ngjarjes", "Data", "Komuna", "Lënda", "Nënshkrimet"])
        sheet.write_row(2, 0, ["meeting.held", None, "Klinë", "c1", None])
        sheet.write_datetime(2, 1, dt.datetime(2026, 11, 2, 10, 30), day)  # noqa: DTZ001
        sheet.write_row(3, 0, ["submission.received", "2026-11-03", "Klina", 2024, 120])
        sheet.write_formula(4, 0, '="meeting.held"', None, "meeting.held")
        sheet.write_boolean(4, 3, True)
        book.add_worksheet("Shënime").write(0, 0, "x")
    return out.getvalue()


def _parquet() -> dict[str, bytes]:
    types = {
        "time": "timestamptz '2026-11-02 10:00+01' + to_days(i::INT)", "recorded_at": "date '2026-11-20'",
        "participants": "['mayor', 'citizens']", "open_to_public": "i = 1", "place": "'salla ' || i",
    }  # fmt: skip
    return {
        "snappy": parquet(types),
        "plain": parquet(types, options="compression uncompressed"),
        "second": parquet(types, options="compression zstd, parquet_version V2"),
        "office": parquet({"type": "'Mbledhja u mbajt'", "time": None, "Data": "'2026-11-02'", "signatures": "5.0::DOUBLE"}),
        "nested": parquet({"place": "{'a': 1}", "related": "[['c2']]", "note": "MAP {'a': 1}", "x": "'y'::BLOB"}),
    }


def _ods() -> bytes:
    out = io.BytesIO()
    ods(
        out,  # type: ignore[arg-type]
        [("string", "type"), ("string", "time"), ("string", "municipality"), ("string", "open_to_public")],
        [("string", "meeting.held"), ("date", "2026-11-02"), ("string", "kline"), ("boolean", "true")],
        [("string", "meeting.held"), ("date", "2026-11-02T10:30:00"), ("string", "kline"), ("float", "1.5")],
    )
    return out.getvalue()


def write(folder: Path = CORPUS) -> None:
    for target, inputs in seeds().items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for name, data in inputs.items():
            (folder / target / f"seed-{name}").write_bytes(data)


if __name__ == "__main__":
    write()
