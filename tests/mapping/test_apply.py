"""Rows of others as events of the vocabulary: the same in every format, at the places of their cells; nothing
is lost (semantics 4.21).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mapping.logs import LONG, MEETING, MEETINGS, WIDE, Cells, book, read, records, said, sheet, table
from transparency_check.events import Normaliser
from transparency_check.logs import read_logs
from transparency_check.mapping.apply import Applied
from transparency_check.mapping.bind import bind
from transparency_check.mapping.read import parsed
from transparency_check.readers.base import Input, Row

SHOWN = ("type", "time", "municipality", "case")
# As workbooks have it: without a zone.
MORNING = dt.datetime(2026, 11, 27, 10)  # noqa: DTZ001
FORMATS = (".csv", ".jsonl", ".json", ".xlsx", ".parquet")


def brief(record: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(record.get(key) for key in SHOWN)


@pytest.mark.parametrize("ending", FORMATS)
def test_one_row_gives_several_events(tmp_path: Path, ending: str) -> None:
    log = read(MEETINGS, table(tmp_path / f"log{ending}", [MEETING]))
    assert log.problems == []
    scheduled, held, notice = records(log)
    assert [brief(each) for each in (scheduled, held, notice)] == [
        ("meeting.scheduled", "2026-11-02", "kline", "mbledhja-7"),
        ("meeting.held", "2026-11-27T10:00", "kline", "mbledhja-7"),
        ("notice.published", "2026-11-17", "kline", "mbledhja-7"),
    ]
    assert scheduled["a"]["planned_at"]["text"] == "2026-11-27T10:00"
    assert (scheduled["a"]["body"], held["a"]["session_kind"]) == ("assembly", "ordinary")
    assert notice["a"] == {"channel": ["notice-board", "website"], "notice_kind": "meeting"}
    assert len({each["id"] for each in (scheduled, held, notice)}) == 3
    (use,) = log.mappings
    assert (use.name, use.rows, use.ignored) == ("mapping.yaml", 1, 0)


def test_the_same_rows_in_every_format_are_the_same_events(tmp_path: Path) -> None:
    rows = [MEETING, {**MEETING, "Nr.": "8", "Mbajtur më": ""}, {**MEETING, "Nr.": "9", "Organi": "KPF"}]
    found = []
    for ending in FORMATS:
        log = read(MEETINGS, table(tmp_path / f"log{ending}", rows, WIDE))
        assert log.problems == []
        found.append([{k: v for k, v in r.items() if k not in ("place", "file")} for r in records(log)])
    assert len(found[0]) == 8
    assert all(other == found[0] for other in found)


def test_what_is_mapped_is_what_the_vocabulary_would_have(tmp_path: Path) -> None:
    """The same events written in exact names: the same records, ids among them."""
    mapped = records(read(MEETINGS, table(tmp_path / "log.csv", [MEETING])))
    shared = {"municipality": "kline", "case": "mbledhja-7"}
    meeting = {**shared, "meeting_type": "session", "session_kind": "ordinary", "body": "assembly"}
    exact = [
        {**meeting, "type": "meeting.scheduled", "time": "2026-11-02", "planned_at": "2026-11-27T10:00"},
        {**meeting, "type": "meeting.held", "time": "2026-11-27T10:00"},
        {
            **shared, "type": "notice.published", "time": "2026-11-17", "notice_kind": "meeting",
            "channel": ["website", "notice-board"],
        },
    ]  # fmt: skip
    path = table(tmp_path / "exact.jsonl", exact)
    plain = records(read_logs([path], book().vocabulary, book().municipalities, book().zone))
    assert [{**r, "place": "", "file": ""} for r in mapped] == [{**r, "place": "", "file": ""} for r in plain]


def test_places_are_those_of_their_cells(tmp_path: Path) -> None:
    lines = [["Regjistri i mbledhjeve"], list(WIDE), [MEETING[name] for name in WIDE]]
    lines.append(
        [{**MEETING, "Data e mbledhjes": "32.11.2026", "Njoftuar më": "17.11.26"}[name] for name in WIDE]
    )
    log = read(MEETINGS, sheet(tmp_path / "puna.xlsx", lines))
    assert [r["place"].rpartition("/")[2] for r in records(log)] == [
        "puna.xlsx!2026!C3", "puna.xlsx!2026!E3", "puna.xlsx!2026!F3",
        "puna.xlsx!2026!C4", "puna.xlsx!2026!E4", "puna.xlsx!2026!F4",
    ]  # fmt: skip
    assert said(log) == [
        ("bad_time_value", "puna.xlsx!2026!D4"), ("bad_time", "puna.xlsx!2026!F4"),
    ]  # fmt: skip
    bad, late = log.problems
    assert "“32.11.2026”: there is no such date" in bad.message and "mapping.yaml:6:15" in bad.message
    assert "“17.11.26” is not written as dd.MM.yyyy" in late.message


def test_a_bad_date_costs_what_rests_on_it(tmp_path: Path) -> None:
    """As a bad cell does without a mapping: of the event's own date the row, of another the value (4.21)."""
    rows = [{**MEETING, "Data e mbledhjes": "2026-11-27", "Njoftuar më": "17/11/2026"}]
    scheduled, _, notice = records(read(MEETINGS, table(tmp_path / "log.csv", rows)))
    assert (scheduled["readable"], scheduled["bad"]) == (True, ["planned_at"])
    assert "planned_at" not in scheduled["a"]
    assert (notice["readable"], notice.get("time"), notice["case"]) == (False, None, "mbledhja-7")
    assert notice["type"] == "notice.published"


def test_true_dates_need_no_format(tmp_path: Path) -> None:
    row = {**MEETING, "Thirrur më": dt.date(2026, 11, 2), "Mbajtur më": MORNING}
    log = read(MEETINGS, table(tmp_path / "log.xlsx", [row]))
    assert log.problems == []
    assert [r["time"] for r in records(log)][:2] == ["2026-11-02", "2026-11-27T10:00"]


LOG = [
    {"activity": "Request in", "at": "02.03.2026", "request": "12"},
    {"activity": "Reminder", "at": "03.03.2026", "request": "12"},
    {"activity": "Request answered", "at": "05.03.2026", "request": "12", "result": "yes"},
]


@pytest.mark.parametrize("ending", FORMATS)
def test_one_row_is_one_event_by_its_word(tmp_path: Path, ending: str) -> None:
    log = read(LONG, table(tmp_path / f"log{ending}", LOG, ["activity", "at", "request", "result"]))
    assert log.problems == []
    assert [brief(r) for r in records(log)] == [
        ("request.received", "2026-03-02", "kline", "12"), ("request.answered", "2026-03-05", "kline", "12"),
    ]  # fmt: skip
    (use,) = log.mappings
    assert (use.rows, use.ignored) == (3, 1)
    assert [(left.place, left.said, left.rows) for left in use.left_out] == [
        ("mapping.yaml:5:12", "Reminder", 1)
    ]


# A row that no rule takes, or that cannot be made: the problem, its severity, and what is known of it.
LOST: dict[str, tuple[str, Cells, str, dict[str, Any]]] = {
    "a word that is not listed": (
        LONG,
        {**LOG[0], "activity": "Request inn"},
        "mapped_unlisted",
        {"case": "12", "time": "2026-03-02"},
    ),
    "no word": (LONG, {**LOG[0], "activity": ""}, "mapped_no_event", {"case": "12", "time": "2026-03-02"}),
    "no entry takes it": (
        MEETINGS,
        {"Nr.": "7", "Organi": "KPF", "Kanali": "web"},
        "mapped_no_event",
        {"case": "mbledhja-7"},
    ),
    "no date": (LONG, {**LOG[0], "at": ""}, "missing_time", {"case": "12", "type": "request.received"}),
    "a date that does not fit": (
        LONG,
        {**LOG[0], "at": "2026-03-02"},
        "bad_time",
        {"case": "12", "type": "request.received"},
    ),
    "half a case": (
        LONG.replace("case: request", "case: {text: '{request}/{result}'}"),
        LOG[0],
        "mapped_cell",
        {"type": "request.received", "time": "2026-03-02"},
    ),
    "a case that does not fit": (
        LONG.replace("case: request", "case: {from: request, pattern: '(?P<n>[0-9]{4})'}"),
        LOG[0],
        "mapped_cell",
        {"type": "request.received"},
    ),
    "two values for one": (
        LONG,
        {**LOG[0], "request": ["12", "13"]},
        "mapped_cell",
        {"type": "request.received"},
    ),
    "an unknown municipality": (
        LONG.replace("constants: {municipality: kline}", "constants: {}").replace(
            "case:", "municipality: place\n  case:"
        ),
        {**LOG[0], "place": "Klinaa"},
        "unknown_municipality",
        {"case": "12"},
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_what_cannot_be_an_event_is_no_silence(case: str, tmp_path: Path) -> None:
    mapping, row, code, known = LOST[case]
    log = read(mapping, table(tmp_path / "log.jsonl", [row]))
    told = [p for p in log.problems if p.code != "mapped_unseen"]
    assert [(p.code, p.severity, p.place.rpartition("/")[2]) for p in told] == [
        (code, "error", "log.jsonl:1")
    ]
    (record,) = records(log)
    assert not record["readable"]
    assert {k: record.get(k) for k in known} == known
    if "place" not in row:
        assert record["municipality"] == "kline"


def test_the_nearest_word_is_named(tmp_path: Path) -> None:
    log = read(LONG, table(tmp_path / "log.jsonl", [{**LOG[0], "activity": "Request inn"}]))
    assert "Did you mean Request in?" in log.problems[0].message


def test_what_is_ignored_is_ignored_by_condition(tmp_path: Path) -> None:
    mapping = (
        MEETINGS
        + "ignore:\n- {when: {Organi: KPF, Nr.: [8, 9]}, why: not ours}\n- when: {Nr.: {filled: false}}\n"
    )
    rows = [
        MEETING, {**MEETING, "Nr.": "8", "Organi": "KPF"}, {**MEETING, "Nr.": "9", "Organi": "KPF"},
        {**MEETING, "Nr.": "10", "Organi": "KPF"}, {**MEETING, "Nr.": ""},
    ]  # fmt: skip
    log = read(mapping, table(tmp_path / "log.csv", rows))
    assert len(records(log)) == 6
    (use,) = log.mappings
    assert [(left.said, left.rows) for left in use.left_out] == [("not ours", 2), ("Nr.: filled: false", 1)]


def test_a_column_that_is_not_there_shows_nothing(tmp_path: Path) -> None:
    """Of a table without the column no row is left out for being empty in it, and none is taken for not being
    something else.
    """
    mapping = MEETINGS + "ignore:\n- when: {Statusi: {filled: false}}\n- when: {Gjendja: {not: mbajtur}}\n"
    log = read(mapping, table(tmp_path / "log.csv", [MEETING]))
    assert len(records(log)) == 3
    unseen = [p for p in log.problems if p.code == "mapped_unseen"]
    assert [(p.severity, p.place) for p in unseen] == [
        ("warning", "mapping.yaml:21:10"), ("warning", "mapping.yaml:22:10"),
    ]  # fmt: skip


def test_a_column_that_no_log_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    log = read(
        MEETINGS,
        table(tmp_path / "log.csv", [{("Organii" if k == "Organi" else k): v for k, v in MEETING.items()}]),
    )
    (told,) = [p for p in log.problems if p.code == "mapped_unseen"]
    assert told.place == "mapping.yaml:5:9" and "Did you mean Organii?" in told.message


def test_a_column_of_one_log_of_several_is_not_told(tmp_path: Path) -> None:
    first = table(tmp_path / "a.jsonl", [LOG[0]])
    log = read(LONG, first, table(tmp_path / "b.jsonl", [LOG[2]]))
    assert log.problems == []
    assert [s.events for s in log.sources] == [1, 1]


PARTS: dict[str, tuple[str, Cells, dict[str, Any]]] = {
    "the first that is filled": ("case: [b, a]", {"a": "1", "b": ""}, {"case": "1"}),
    "the first of two": ("case: [b, a]", {"a": "1", "b": "2"}, {"case": "2"}),
    "otherwise": ("case: {from: a, otherwise: none}", {"a": " "}, {"case": "none"}),
    "a number for a name": ("case: a", {"a": 12}, {"case": "12"}),
    "a whole number with a point": ("case: a", {"a": 12.0}, {"case": "12"}),
    "a list of one": ("case: a", {"a": ["1"]}, {"case": "1"}),
    "several columns": ("case: {text: '{a}/{b}'}", {"a": 1, "b": "x"}, {"case": "1/x"}),
    "parts of a text": (
        "case: {from: a, pattern: '(?P<n>[0-9]+)/(?P<y>[0-9]{4})', text: '{y}-{n}-{b}'}",
        {"a": "7/2026", "b": "x"},
        {"case": "2026-7-x"},
    ),
    "one part": (
        "case: {from: a, pattern: 'Nr\\. (?P<n>[0-9]+) .*'}",
        {"a": "Nr. 7 e datës 3"},
        {"case": "7"},
    ),
    "related cases": ("related: {from: a, split: '+'}", {"a": "1 + 2+"}, {"related": ["1", "2"]}),
    "a list as it is": ("related: a", {"a": ["2", "1"]}, {"related": ["1", "2"]}),
    "an id": ("id: {text: 'x-{a}'}", {"a": "1"}, {"id": "x-1"}),
    "withdrawn": ("retracted: {from: a, values: {anuluar: true}}", {"a": "anuluar"}, {"retracted": True}),
    "when it was entered": (
        "recorded_at: {from: a, format: [yyyy-MM-dd HH:mm]}",
        {"a": "2026-03-09 08:00"},
        {"recorded": "2026-03-09T08:00"},
    ),
    "in another zone": (
        "recorded_at: {from: a, zone: UTC}",
        {"a": "2026-03-09T08:00"},
        {"recorded": "2026-03-09T08:00:00Z"},
    ),
    "a value that means nothing": ("case: {from: a, values: {'-': ~}}", {"a": "-"}, {"case": None}),
}


@pytest.mark.parametrize("case", PARTS)
def test_what_a_column_is_made_of(case: str, tmp_path: Path) -> None:
    part, row, expected = PARTS[case]
    naming = "type: {from: w, values: {x: request.withdrawn}}"
    mapping = f"constants: {{municipality: kline}}\n{naming}\ncolumns:\n  time: t\n  {part}\n"
    log = read(mapping, table(tmp_path / "log.jsonl", [{"w": "x", "t": "2026-03-02", **row}]))
    assert [p for p in log.problems if p.code != "mapped_unseen"] == []
    (record,) = records(log)
    assert {key: record.get(key) for key in expected} == expected


ATTRIBUTES: dict[str, tuple[str, str, Any, dict[str, Any], str | None]] = {
    "a list by words": (
        "act.published",
        "channel: {from: a, split: /, values: {W: website, B: notice-board}}",
        "B / W",
        {"channel": ["notice-board", "website"]},
        None,
    ),
    "a word of the vocabulary beside the table": (
        "act.published",
        "channel: {from: a, split: /, values: {W: website}}",
        "W/Media",
        {"channel": ["media", "website"]},
        None,
    ),
    "a word of nobody": (
        "act.published",
        "channel: {from: a, split: /, values: {W: website}}",
        "W/Fax",
        {},
        "bad_choice",
    ),
    "a period of two dates": (
        "document.published",
        "period: {from: a, split: '-', format: dd.MM.yyyy}",
        "01.01.2026 - 31.12.2026",
        {"period": {"first": "2026-01-01", "last": "2026-12-31"}},
        None,
    ),
    "a period of a year": (
        "document.published",
        "period: {text: '{a}-01-01/{a}-12-31'}",
        2026,
        {"period": {"first": "2026-01-01", "last": "2026-12-31"}},
        None,
    ),
    "a number": ("request.extended", "extension_days: a", "8", {"extension_days": 8}, None),
    "a number that is none": (
        "request.extended",
        "extension_days: {from: a, pattern: '(?P<n>[0-9]+) ditë'}",
        "tetë",
        {},
        "bad_value",
    ),
    "yes": (
        "request.answered",
        "reasoned: {from: a, values: {arsyetuar: true}}",
        "arsyetuar",
        {"reasoned": True},
        None,
    ),
    "one word for several values": (
        "act.published",
        "channel: {from: a, values: {kudo: [website, media]}}",
        "kudo",
        {"channel": ["media", "website"]},
        None,
    ),
}


@pytest.mark.parametrize("case", ATTRIBUTES)
def test_what_an_attribute_is_made_of(case: str, tmp_path: Path) -> None:
    type_, part, cell, expected, code = ATTRIBUTES[case]
    mapping = (
        f"constants: {{municipality: kline}}\nevents:\n- type: {type_}\n  columns:\n    time: t\n    {part}\n"
    )
    log = read(mapping, table(tmp_path / "log.jsonl", [{"t": "2026-03-02", "a": cell}]))
    (record,) = records(log)
    assert record["readable"] and record["a"] == expected
    assert [p.code for p in log.problems if p.code != "missing_attribute"] == ([] if code is None else [code])
    name = part.partition(":")[0]
    assert record.get("bad", []) == ([] if code is None else [name])


def test_general_columns_reach_the_events_that_carry_them(tmp_path: Path) -> None:
    """`body` belongs to meetings, and a notice says nothing of it."""
    log = read(MEETINGS, table(tmp_path / "log.csv", [MEETING]))
    assert ["body" in r["a"] for r in records(log)] == [True, True, False]
    assert [p for p in log.problems if p.code == "unlisted_attribute"] == []


@pytest.mark.parametrize(
    ("ending", "content", "known"),
    [
        (".csv", "Nr.;Organi;Thirrur më\n7;Kuv.;02.11.2026;x\n", {"municipality": "kline"}),
        (".csv", 'Nr.;Organi;Thirrur më\n7;"Kuv.;02.11.2026\n', {"municipality": "kline"}),
        (
            ".jsonl",
            '{"Nr.": "7", "Organi": "Kuv.", "Thirrur më": "02.11.2026",}\n',
            {"municipality": "kline", "case": "mbledhja-7"},
        ),
        (
            ".json",
            '[{"Nr.": "7", "Thirrur më": "02.11.2026", "Nr.": "7"}]',
            {"municipality": "kline", "case": "mbledhja-7"},
        ),
    ],
    ids=["a cell too many", "an open quote", "a comma too many", "a key twice"],
)
def test_a_row_that_its_reader_cannot_read_stays_one(
    tmp_path: Path, ending: str, content: str, known: dict[str, Any]
) -> None:
    """The reader tells it; what the mapping says of all rows, and is beyond doubt, is known of it. Which of
    several events it is, is not.
    """
    path = tmp_path / f"log{ending}"
    path.write_text(content, encoding="utf-8")
    log = read(MEETINGS, path)
    (record,) = records(log)
    assert not record["readable"]
    assert {k: record[k] for k in ("municipality", "case", "type", "time") if k in record} == known


def test_a_broken_row_that_is_one_event_shows_its_type_and_time(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("activity;at;request\nRequest in;02.03.2026;12;x\n", encoding="utf-8")
    (record,) = records(read(LONG, path))
    assert {k: record.get(k) for k in ("readable", "type", "time", "case")} == {
        "readable": False, "type": "request.received", "time": "2026-03-02", "case": None,
    }  # fmt: skip


def test_what_a_formula_failed_to_give_is_no_empty_cell(tmp_path: Path) -> None:
    rows = [{**MEETING, "Mbajtur më": "#REF!", "Organi": "#N/A"}]
    log = read(MEETINGS, table(tmp_path / "log.csv", rows))
    scheduled, held, _ = records(log)
    assert scheduled["bad"] == ["body"] and not held["readable"]


def test_a_header_is_found_below_a_title_and_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "Regjistri i mbledhjeve;;\n;;\nNr. ;Organi;Thirrur  më\n7;Kuv.;02.11.2026\n", encoding="utf-8"
    )
    log = read(MEETINGS, path)
    assert [brief(r) for r in records(log)] == [("meeting.scheduled", "2026-11-02", "kline", "mbledhja-7")]
    assert [r["place"].rpartition(":")[2] for r in records(log)] == ["4"]


def test_without_its_columns_a_table_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Nr.;Organi\n7;Kuv.\n", encoding="utf-8")
    log = read(MEETINGS, path)
    assert [p.code for p in log.problems if p.severity == "error"] == ["no_header"]
    assert "which mapping.yaml names" in log.problems[0].message
    assert [r["readable"] for r in records(log)] == [False]


def test_two_headers_that_the_eye_cannot_tell_apart(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        '{"activity": "Request in", "at": "02.03.2026", "request": "1", "request ": "2"}\n', encoding="utf-8"
    )
    log = read(LONG, path)
    assert [p.code for p in log.problems if p.severity == "error"] == ["same_column"]
    assert [r["readable"] for r in records(log)] == [False]


def test_a_sidecar_still_says_whose_the_rows_are(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", LOG)
    (tmp_path / "log.csv.meta.yaml").write_text("municipality: peje\n", encoding="utf-8")
    log = read(LONG.replace("constants: {municipality: kline}\n", ""), path)
    assert {r["municipality"] for r in records(log)} == {"peje"}


def test_large_logs_are_read_row_by_row(tmp_path: Path) -> None:
    """Rows that a mapping makes are not proved in bulk, whatever their number (ADR 24)."""
    rows = [{**LOG[2], "request": str(n)} for n in range(3_000)]
    path = table(tmp_path / "log.jsonl", rows)
    log = read(LONG, path, prove_from=2)
    assert log.clean is None
    assert len(log.records) == 3_000 and log.problems == []


def test_a_reader_may_use_one_mapping_for_all_rows(tmp_path: Path) -> None:
    """As a reader from outside may: each row is what it holds when it is given."""
    law = book()
    zone = ZoneInfo(law.zone)
    normaliser = Normaliser(law.vocabulary, law.municipalities, zone)
    applied = Applied(bind(parsed(MEETINGS.encode(), "m.yaml"), normaliser, law.vocabulary, zone))
    cells: dict[str, object] = dict(MEETING)

    def rows() -> Iterator[Row]:
        for number in (7, 8, 9):
            cells["Nr."] = str(number)
            yield Row(f"log:{number}", cells)

    given = [row.values["case"] for row in applied.rows(Input("log"), rows()) if isinstance(row, Row)]
    assert given == [f"mbledhja-{number}" for number in (7, 7, 7, 8, 8, 8, 9, 9, 9)]
