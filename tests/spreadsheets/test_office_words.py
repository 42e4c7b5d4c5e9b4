"""What an office says that its own words mean (contract 1, sidecar): columns, values, and their limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE, codes, messages, read, records
from transparency_check.logs import read_logs

CSV = "Kur,Çka,Ku,Lënda,Kush,Hapur,Nr.\n2026-11-02,Takim,Qyteti,c1,Salla; Kuvendi,E hapur,7\n"
SIDECAR = """\
columns:
  Kur: time
  çka: type
  Ku: komuna
  Kush: Organi
  Hapur: open_to_public
  Nr.: ~
values:
  type: {Takim: meeting.held}
  municipality: {qyteti: Klinë}
  body: {Salla: mayor}
  open_to_public: {E hapur: po, E mbyllur: false}
"""


def office(tmp_path: Path, sidecar: str, log: str = CSV, name: str = "log.csv") -> Path:
    path = tmp_path / name
    path.write_text(log, encoding="utf-8")
    path.with_name(f"{name}.meta.yaml").write_text(sidecar, encoding="utf-8")
    return path


def test_headers_and_values_mean_what_the_office_says(tmp_path: Path) -> None:
    log = read(office(tmp_path, SIDECAR, CSV.replace("Salla; Kuvendi", "Salla")))
    assert log.problems == []
    (record,) = records(log)
    assert (record["type"], record["municipality"], record["time"]) == ("meeting.held", "kline", "2026-11-02")
    assert record["a"] == {"body": "mayor", "open_to_public": True}


def test_words_in_a_list_and_in_json(tmp_path: Path) -> None:
    sidecar = "columns: {Ku u tha: channel}\nvalues: {channel: {Muri: notice-board}}\n"
    line = '{"id":"e","type":"meeting.scheduled","time":"2026-11-02","municipality":"kline","body":"mayor",'
    line += '"planned_at":"2026-11-09","Ku u tha":%s}\n'
    for cell in ('"muri; website"', '["MURI", "website"]'):
        log = read(office(tmp_path, sidecar, line % cell, "log.jsonl"))
        assert log.problems == []
        assert records(log)[0]["a"]["channel"] == ["notice-board", "website"]


def test_the_words_of_one_log_are_not_those_of_the_next(tmp_path: Path) -> None:
    first = office(tmp_path, SIDECAR, CSV.replace("Salla; Kuvendi", "Salla"), "a.csv")
    second = tmp_path / "b.csv"
    second.write_text("id,type,time,municipality,body\ne2,meeting.held,2026-11-02,kline,Salla\n")
    log = read(first, second)
    assert codes(log) == [("bad_choice", "b.csv:2")]
    assert [r["a"] for r in records(log)] == [{"body": "mayor", "open_to_public": True}, {}]


MISTAKES = [
    (
        "columns: {Kur: kohaa}",
        1,
        (
            "the header “Kur” is said to mean “kohaa”, which is no column of a log. Did you mean "
            "koha (time)? It counts for nothing until it is corrected."
        ),
    ),
    (
        "columns: {time: case}",
        1,
        (
            "“time” is itself a name of the vocabulary and cannot be said to mean something else. "
            "This line counts for nothing. Remove it."
        ),
    ),
    (
        "columns:\n  Kur: time\n  KUR: case",
        3,
        (
            "“KUR” is said to mean something else in another line: words are compared without case, "
            "marks and blanks. The first of them counts. Keep one."
        ),
    ),
    (
        "values: {bodi: {A: mayor}}",
        1,
        (
            "“bodi” is no column of a log, so its words mean nothing. Did you mean body? They count "
            "for nothing until it is corrected."
        ),
    ),
    (
        "values: {place: {A: B}}",
        1,
        (
            "the column “place” does not take its values from a list, so no word can mean one of "
            "them. Remove these words."
        ),
    ),
    (
        "values:\n  body:\n    A: mayr",
        3,
        (
            "the word “A” is said to mean “mayr”, which is not one of the values of body. Did you "
            "mean mayor? It counts for nothing until it is corrected."
        ),
    ),
    (
        "values: {body: {assembly: mayor}}",
        1,
        (
            "“assembly” is itself a name of the vocabulary and cannot be said to mean something else. "
            "This line counts for nothing. Remove it."
        ),
    ),
    (
        "values: {urgent: {po: false}}",
        1,
        (
            "“po” is itself a name of the vocabulary and cannot be said to mean something else. This "
            "line counts for nothing. Remove it."
        ),
    ),
    (
        "values: {body: [mayor]}",
        1,
        (
            "“body” ['mayor'] cannot be used: it takes keys with values. It counts for nothing until "
            "it is corrected."
        ),
    ),
    (
        "columns: [Kur]",
        1,
        (
            "“columns” ['Kur'] cannot be used: it takes keys with values. It counts for nothing until "
            "it is corrected."
        ),
    ),
    (
        "columns: {2026: time}",
        1,
        (
            "“columns” 2026 cannot be used: it takes text; write it in quotes. It counts for nothing "
            "until it is corrected."
        ),
    ),
]


@pytest.mark.parametrize(("sidecar", "line", "told"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_mistakes_count_for_nothing_and_are_told(sidecar: str, line: int, told: str, tmp_path: Path) -> None:
    log = "id,type,time,municipality,body,urgent\ne1,meeting.held,2026-11-02,kline,assembly,\n"
    found = read(office(tmp_path, sidecar + "\n", log))
    assert messages(found) == [f"error log.csv.meta.yaml:{line}: {told}"]
    assert [(r["time"], r["a"]) for r in records(found)] == [("2026-11-02", {"body": "assembly"})]


@pytest.mark.parametrize("name", ["log.csv", "log.jsonl"])
def test_rows_proved_in_bulk_mean_the_same(name: str, tmp_path: Path) -> None:
    """Exact names are proved, the words of the office are read one by one, in one file."""
    rows = [
        {"id": f"e{n}", "type": ["meeting.held", "Takim"][n % 2], "time": "2026-11-02",
         "municipality": "kline", "body": ["assembly", "mayor", "Salla", "Kuvendi"][n % 4]}
        for n in range(40)
    ]  # fmt: skip
    keys = list(rows[0])
    if name == "log.csv":
        text = "\n".join([",".join(keys), *(",".join(row.values()) for row in rows)]) + "\n"
    else:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    sidecar = "values: {type: {Takim: meeting.scheduled}, body: {Salla: mayor, Kuvendi: mayor}}\n"
    path = office(tmp_path, sidecar, text, name)
    log = read(path)
    assert {r["type"] for r in records(log)} == {"meeting.held", "meeting.scheduled"}
    # The word of the vocabulary, where the office says nothing; its exact name, whatever the office says.
    assert [r["a"]["body"] for r in records(log)[:4]] == ["assembly", "mayor", "mayor", "mayor"]
    proved = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0).clean
    assert proved is not None
