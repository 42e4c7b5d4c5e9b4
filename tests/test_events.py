"""Rows into records: names in three languages, values of every type, and what is said about what cannot
be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE, codes, messages, read, records
from transparency_check.engine import evaluate
from transparency_check.errors import PluginError
from transparency_check.logs import read_logs
from transparency_check.messages import problems as texts_of_problems
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import EventType, Inheritance, Text
from transparency_check.plugins import load_registry
from transparency_check.readers.base import Input, Row
from transparency_check.times import TimeError, read_time

RESTS = "Until it is corrected, whatever this record could decide stays undetermined."
UNKNOWN = "Until it is corrected, the value counts as unknown, and what rests on it stays undetermined."
SCHEDULED = {**GOOD, "type": "meeting.scheduled", "body": "assembly", "planned_at": "2026-11-27T10:00"}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def log_of(*rows: dict[str, Any]) -> Any:
    Path("log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read("log.jsonl")


def record_of(row: dict[str, Any]) -> dict[str, Any]:
    log = log_of(row)
    assert not log.problems
    (record,) = records(log)
    return record


def test_a_record_in_full() -> None:
    row = {
        **SCHEDULED,
        "related": ["a2", "a1", "a2"],
        "recorded_at": "2026-11-03T09:30",
        "agenda": ["b", "a"],
        "channel": ["website", "media", "website"],
        "note": "x",
    }
    record = record_of(row)
    assert re.fullmatch(r"[0-9a-f]{32}", record.pop("content"))
    assert record == {
        "place": "log.jsonl:1",
        "file": "log.jsonl",
        "readable": True,
        "id": "e1",
        "type": "meeting.scheduled",
        "municipality": "kline",
        "case": "c1",
        "related": ["a1", "a2"],
        "time": "2026-11-02",
        "day": "2026-11-02",
        "lo": 1793574000000000,
        "hi": 1793660399999999,
        "recorded": "2026-11-03T09:30",
        "rlo": 1793694600000000,
        "rhi": 1793694600000000,
        "retracted": False,
        "a": {
            "agenda": ["b", "a"],
            "body": "assembly",
            "channel": ["media", "website"],
            "planned_at": {
                "day": "2026-11-27",
                "lo": 1795770000000000,
                "hi": 1795770000000000,
                "text": "2026-11-27T10:00",
            },
        },
    }


def test_without_recorded_at_it_is_the_time() -> None:
    record = record_of(GOOD)
    assert (record["recorded"], record["rlo"], record["rhi"]) == (record["time"], record["lo"], record["hi"])


def test_content_is_everything_but_place_and_recorded_at() -> None:
    same = [
        GOOD,
        {**GOOD, "recorded_at": "2026-12-01"},
        dict(reversed(GOOD.items())),
        {**GOOD, "municipality": "Klinë", "place": None, "participants": []},
    ]
    other = [
        {**GOOD, "case": "c2"},
        {**GOOD, "retracted": True},
        {**GOOD, "note": "n"},
        {**GOOD, "source": "s"},
        {**GOOD, "place": "hall"},
        {**GOOD, "related": ["c2"]},
        {**GOOD, "participants": ["mayor"]},
        {**GOOD, "open_to_public": "perhaps"},
        {**GOOD, "open_to_public": "maybe"},
    ]
    assert len({record["content"] for record in records(log_of(*same))}) == 1
    assert len({record["content"] for record in records(log_of(GOOD, *other))}) == 1 + len(other)


def test_an_id_is_derived_from_the_content() -> None:
    row = {key: value for key, value in GOOD.items() if key != "id"}
    record = record_of(row)
    assert record["id"] == "x-" + record["content"][:16]
    assert record_of({**row, "id": ""})["id"] == record["id"]


@pytest.mark.parametrize("retracted", [True, "po"])
def test_a_row_without_id_that_is_withdrawn_keeps_its_derived_id(retracted: object) -> None:
    row = {key: value for key, value in GOOD.items() if key != "id"}
    first, second = records(log_of(row, {**row, "retracted": retracted, "recorded_at": "2026-12-01"}))
    assert first["id"] == second["id"]
    assert first["content"] != second["content"]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("type", "Mbledhja u mbajt", "meeting.held"),
        ("type", "sastanak je odrzan", "meeting.held"),
        ("type", "THE MEETING TOOK PLACE", "meeting.held"),
        ("municipality", "Klinë", "kline"),
        ("municipality", "KLINA", "kline"),
        ("municipality", "Клина", "kline"),
        ("municipality", "Đakovica", "gjakove"),
        ("municipality", "Dakovica", "gjakove"),
        ("municipality", "Ђаковица", "gjakove"),
        ("municipality", "mitrovica sever", "mitrovice-veriore"),
        ("case", "e\u0301", "\u00e9"),
        ("retracted", "po", True),
        ("retracted", "ne", False),
    ],
)
def test_names_as_people_write_them(column: str, cell: str, value: object) -> None:
    assert record_of({**GOOD, column: cell})[column] == value


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("body", "Kuvendi", "assembly"),
        ("body", "SKUPSTINA", "assembly"),
        ("body", " assembly ", "assembly"),
        ("open_to_public", True, True),
        ("open_to_public", "jo", False),
        ("open_to_public", "Да", True),
        ("open_to_public", "1", True),
        ("open_to_public", 0, False),
        ("participants", "mayor; citizens;mayor;", ["citizens", "mayor"]),
        ("participants", ["mayor"], ["mayor"]),
        ("participants", "mayor, citizens", ["citizens", "mayor"]),
        ("participants", "mayor\r\ncitizens\n", ["citizens", "mayor"]),
        ("place", "salla", "salla"),
        ("place", "  ", None),
        ("place", None, None),
        ("participants", [], None),
        ("participants", [" "], None),
        ("body", "", None),
    ],
)
def test_values(column: str, cell: object, value: object) -> None:
    assert record_of({**GOOD, column: cell})["a"].get(column) == value


@pytest.mark.parametrize(("cell", "value"), [(120, 120), ("120", 120), (0, 0), ("007", 7)])
def test_integers(cell: object, value: int) -> None:
    assert record_of({**GOOD, "type": "submission.received", "signatures": cell})["a"] == {
        "signatures": value
    }


def test_intervals_and_lists_of_text() -> None:
    row = {
        **GOOD,
        "type": "coverage.declared",
        "period": "2024-01-01/2024-12-31",
        "event_families": "meeting;Submission",
    }
    assert record_of(row)["a"] == {
        "event_families": ["meeting", "submission"],
        "period": {"first": "2024-01-01", "last": "2024-12-31"},
    }


def why_not(text: str) -> str:
    """What the one place that reads times says about a text."""
    with pytest.raises(TimeError) as caught:
        read_time(text, ZoneInfo("Europe/Belgrade"))
    return str(caught.value)


UNREADABLE = [
    pytest.param(
        {"time": 20240101},
        'time: 20240101 is not text; a date is text, as in "2026-03-02" or "2026-03-02T10:00". {rests}',
        id="a number as date",
    ),
    *(
        pytest.param({"time": text}, f"time: {why_not(text)}. {{rests}}", id=text)
        for text in ("20240101", "02/03/2026", "0001-01-01", "9999-12-31", "2026-02-30")
    ),
    pytest.param(
        {"time": None},
        "the time of the event is missing. {rests} Write the day, as in 2026-03-02.",
        id="no time",
    ),
    pytest.param(
        {"recorded_at": "yesterday"},
        f"recorded_at: {why_not('yesterday')}. {{rests}}",
        id="recorded_at",
    ),
    pytest.param(
        {"type": None},
        "the type of the event is missing, so it can decide nothing. {rests} Write it, as in meeting.held.",
        id="no type",
    ),
    pytest.param(
        {"type": 7},
        "the type 7 is not text. {rests} Write a type of the vocabulary, as in meeting.held.",
        id="type",
    ),
    pytest.param(
        {"municipality": " "},
        "the municipality is missing. {rests} Write its id or name, as in gjakove.",
        id="no municipality",
    ),
    pytest.param(
        {"municipality": ["kline"]},
        "the municipality ['kline'] is not text. {rests} Write its id or name, as in gjakove.",
        id="municipality",
    ),
    pytest.param(
        {"municipality": "Klinaa"},
        (
            "the municipality “Klinaa” is not known. Did you mean Klina (kline)? {rests} Write its id, "
            "or its name in Albanian, "
            "Serbian or English."
        ),
        id="unknown municipality",
    ),
    pytest.param(
        {"municipality": "Mitrovicë"},
        "the municipality “Mitrovicë” may be mitrovice-jugore or mitrovice-veriore. {rests} Write its id.",
        id="ambiguous municipality",
    ),
    pytest.param(
        {"retracted": "perhaps"},
        (
            "retracted “perhaps” is neither yes nor no, so it is not sure whether the record "
            "stands. {rests} Write true "
            "or false."
        ),
        id="retracted",
    ),
    pytest.param(
        {"id": 5},
        (
            "the id 5 is not text, so corrections of this event cannot be matched. {rests} Type it anew, in "
            "quotes."
        ),
        id="id",
    ),
    pytest.param(
        {"Case": "c2"},
        (
            "the columns “case” and “Case” both mean case, so it is not clear which one "
            "counts. {rests} Remove one."
        ),
        id="two columns of one meaning",
    ),
    *(
        pytest.param(
            {"type": written},
            (
                f"the event type “{written}” is not known, but comes near one that is. Did you mean {meant}? "
                "{rests} Write the type as the vocabulary has it."
            ),
            id=f"slip {written}",
        )
        for written, meant in (
            ("meeting.heldd", "meeting.held"),
            ("meting.sheduled", "meeting.scheduled"),
            ("Mbledhja u mbajt te", "Mbledhja u mbajt (meeting.held)"),
        )
    ),
]


@pytest.mark.parametrize(("change", "message"), UNREADABLE)
def test_what_makes_a_row_unreadable(change: dict[str, Any], message: str) -> None:
    log = log_of({**GOOD, **change})
    assert messages(log) == [f"error log.jsonl:1: {message.format(rests=RESTS)}"]
    (record,) = records(log)
    spoiled = {key.casefold() for key in change}
    seen = {key: GOOD[key] for key in ("type", "municipality", "case", "time") if key not in spoiled}
    times = {"day", "lo", "hi"} if "time" in seen else set()
    assert record["readable"] is False
    assert {key: record[key] for key in seen} == seen
    assert set(record) == {"place", "file", "readable", *seen, *times}
    assert log.sources[0].events == 0


def test_all_that_is_wrong_with_a_row_is_told() -> None:
    log = log_of({"time": "x", "municipality": "y", "recorded_at": 1, "id": 2})
    assert [code for code, _ in codes(log)] == [
        "missing_type",
        "bad_time",
        "unknown_municipality",
        "bad_time",
        "bad_id",
    ]


def test_a_bad_time_hides_no_bad_value() -> None:
    log = log_of({**SCHEDULED, "time": "x", "case": 5, "related": 6, "body": "asembly", "planned_at": "y"})
    assert [code for code, _ in codes(log)] == [
        "bad_time",
        "bad_case",
        "bad_related",
        "bad_choice",
        "bad_time_value",
    ]
    assert [record["readable"] for record in records(log)] == [False]


WARNINGS = [
    pytest.param(
        {"type": "coverage.declared", "period": "2026-01-01/2026-12-31", "event_families": "meetings;act"},
        (
            "event_families: “meetings” is not the first part of any event type. Did you mean meeting? Known "
            "are: coverage, meeting, submission. Until it is corrected, this declaration declares nothing."
        ),
        {"bad": ["event_families"]},
        id="family",
    ),
    pytest.param(
        {"participants": "mayor, citizen"},
        (
            "participants “mayor, citizen” cannot be read: “citizen” is not one of its values, and it takes "
            "a list with ; between its values, as in mayor;citizens. {unknown}"
        ),
        {"bad": ["participants"]},
        id="list with commas",
    ),
    *(
        pytest.param(
            {"type": type_},
            (
                f"the event type “{type_}” is not known and comes near none that is; the record decides "
                "nothing. Correct it, or leave the record out."
            ),
            None,
            id=f"foreign type {type_}",
        )
        for type_ in ("payment.made", "fitting.held", "U paguan paratë")
    ),
    pytest.param(
        {"partcipants": "mayor"},
        (
            "the column “partcipants” is not known and is not read. Did you mean participants? "
            "Rename it, or remove it; "
            "for remarks there is note."
        ),
        {},
        id="unknown column",
    ),
    pytest.param(
        {"qqqq": 1},
        "the column “qqqq” is not known and is not read. Rename it, or remove it; for remarks there is note.",
        {},
        id="unknown column far from all",
    ),
    pytest.param(
        {"body": "asembly"},
        "body “asembly” is not one of its values: assembly, mayor. Did you mean assembly? {unknown}",
        {"bad": ["body"]},
        id="choice",
    ),
    pytest.param(
        {"open_to_public": "perhaps"},
        (
            "open_to_public “perhaps” cannot be read: it takes yes or no (true, false, po, jo, "
            "da, ne, 1, 0). {unknown}"
        ),
        {"bad": ["open_to_public"]},
        id="flag",
    ),
    pytest.param(
        {"participants": ["mayor", 5]},
        (
            'participants [\'mayor\', 5] cannot be read: it takes a list: ["a", "b"], or a;b '
            "in a table. {unknown}"
        ),
        {"bad": ["participants"]},
        id="list",
    ),
    pytest.param(
        {"place": 12},
        "place 12 cannot be read: it takes text; write it in quotes. {unknown}",
        {"bad": ["place"]},
        id="text",
    ),
    pytest.param(
        {"case": 12},
        (
            "the case 12 is not text and is left out, so the event belongs to no case and its "
            "deadlines stay "
            "undetermined. Type it anew, in quotes."
        ),
        {"bad": ["case"], "case": None},
        id="case",
    ),
    pytest.param(
        {"related": {"a": 1}},
        (
            "related {{'a': 1}} is not a list of cases and is left out, so its link to other "
            "cases is unknown. Write "
            '["case-1", "case-2"], or case-1;case-2 in a table.'
        ),
        {"bad": ["related"]},
        id="related",
    ),
    pytest.param(
        {"note": 3}, "note 3 is not text and is left out. Write it in quotes.", {}, id="note that is no text"
    ),
    pytest.param(
        {"case": "c1 "},
        "case “c1 ” has blanks at its edge; they were removed, so that it matches its other records.",
        {"case": "c1"},
        id="blanks",
    ),
    pytest.param(
        {"case": "c\u200f1"},
        (
            "case “c\ufffd1” holds a character that cannot be seen (U+200F); another record "
            "without it will not match. "
            "Type it anew."
        ),
        {"case": "c\u200f1"},
        id="invisible",
    ),
    pytest.param(
        {"recorded_at": "2026-10-01"},
        (
            "the event is dated 2026-11-02 but was recorded earlier, 2026-10-01. A plan is "
            "recorded with its date in an "
            "attribute, as planned_at; correct the time or recorded_at."
        ),
        {},
        id="recorded before",
    ),
    pytest.param(
        {"signatures": 5},
        (
            "meeting.held does not carry signatures; it is kept, but no duty looks for it "
            "there. It carries: body, "
            "open_to_public, participants, place. Move it to the event it belongs to."
        ),
        {"a": {"signatures": 5}},
        id="attribute of another type",
    ),
    pytest.param(
        {"type": "meeting.scheduled"},
        (
            "meeting.scheduled should state body, planned_at; without it, duties that ask for "
            "it stay undetermined. Add "
            "it."
        ),
        {},
        id="missing attributes",
    ),
]


@pytest.mark.parametrize(("change", "message", "parts"), WARNINGS)
def test_what_is_warned_of(change: dict[str, Any], message: str, parts: dict[str, Any] | None) -> None:
    log = log_of({**GOOD, **change})
    assert messages(log) == [f"warning log.jsonl:1: {message.format(unknown=UNKNOWN)}"]
    if parts is None:
        assert not log.records
    else:
        (record,) = records(log)
        assert record["readable"] is True
        assert {key: record.get(key) for key in parts} == parts


@pytest.mark.parametrize("cell", [1.5, "1.5", 1e3, "1e3", 120.0, True, "१२", "1 000", 10**16, -3, "-3", ""])
def test_what_is_no_integer(cell: object) -> None:
    log = log_of({**GOOD, "type": "submission.received", "signatures": cell})
    (record,) = records(log)
    assert record["a"] == {}
    assert record.get("bad") == (None if cell == "" else ["signatures"])


@pytest.mark.parametrize(
    "cell", ["20240101", 20240101, "2024-W01", " 2024-01-01", "x" * 10_000, ["2024-01-01"]]
)
def test_what_is_no_date(cell: object) -> None:
    log = log_of({**SCHEDULED, "planned_at": cell})
    assert codes(log) == [("bad_time_value", "log.jsonl:1")]
    assert records(log)[0]["bad"] == ["planned_at"]
    assert len(log.problems[0].message) < 400


def test_an_unknown_column_is_told_once_per_file() -> None:
    Path("a.jsonl").write_text((json.dumps({**GOOD, "x1": 1}) + "\n") * 3, encoding="utf-8")
    Path("b.jsonl").write_text((json.dumps({**GOOD, "x1": 1}) + "\n") * 3, encoding="utf-8")
    assert codes(read("a.jsonl", "b.jsonl")) == [
        ("unknown_column", "a.jsonl:1"),
        ("unknown_column", "b.jsonl:1"),
    ]


def test_the_same_rows_give_the_same_content_in_every_format() -> None:
    row = {
        **GOOD,
        "body": "Kuvendi",
        "open_to_public": "po",
        "participants": "mayor;citizens",
        "related": "c2;c3",
    }
    Path("log.csv").write_text(
        ";".join(row) + "\n" + ";".join(f'"{v}"' for v in row.values()), encoding="utf-8"
    )
    Path("log.json").write_text(json.dumps([row]), encoding="utf-8")
    Path("log.jsonl").write_text(json.dumps(row), encoding="utf-8")
    log = read("log.csv", "log.json", "log.jsonl")
    assert not log.problems
    assert len({record["content"] for record in records(log)}) == 1


class _Failing:
    name = "failing"
    suffixes: tuple[str, ...] = (".fail",)

    def __init__(self, *given: object, error: BaseException | None = None) -> None:
        self._given, self._error = given, error

    def read(self, source: Input) -> Iterator[Any]:
        source.read()
        yield from self._given
        if self._error is not None:
            raise self._error


@pytest.mark.parametrize(
    ("given", "error", "why"),
    [
        ((), LookupError("no\nluck"), "LookupError: no luck"),
        ((), SystemExit(0), "SystemExit: 0"),
        ((dict(GOOD),), None, "TypeError: it gave dict, which is neither a Row nor a Problem"),
        ((Row(7, {}),), None, "TypeError: a row needs a place that is text, and a dict of values"),  # type: ignore[arg-type]
        ((Row("p", []),), None, "TypeError: a row needs a place that is text, and a dict of values"),  # type: ignore[arg-type]
        ((Row("p", {"type": b"x"}),), None, "TypeError: p: the cell 'type' is of the type bytes"),
    ],
)
def test_a_reader_that_fails_costs_only_its_rest(
    given: tuple[object, ...], error: BaseException | None, why: str
) -> None:
    registry = load_registry(plugins=False)
    registry.readers.append(_Failing(Row("a.fail:1", dict(GOOD)), *given, error=error))
    Path("a.fail").write_text("x", encoding="utf-8")
    Path("b.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    log = read("a.fail", "b.jsonl", registry=registry)
    # The input may be without fault: its reader is not.
    assert not log.problems
    assert [record["readable"] for record in records(log)] == [True, False, True]
    assert [(error.rule, error.message) for error in registry.errors] == [
        (
            "failing",
            (
                f"a.fail: {why}. The rest of this input is unread, and what it could decide stays "
                "undetermined. Report this to whoever made the reader."
            ),
        )
    ]


# The file below the stream is left to the end of the program that such a reader brings about.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_reader_that_closes_its_input_is_named() -> None:
    class Closing(_Failing):
        def read(self, source: Input) -> Iterator[Any]:
            with source.open():
                yield Row("a.fail:1", dict(GOOD))

    registry = load_registry(plugins=False)
    registry.readers.append(Closing())
    Path("a.fail").write_text("x", encoding="utf-8")
    with pytest.raises(PluginError, match=r"closed a\.fail, which is still needed for its digest"):
        read("a.fail", registry=registry)


INHERITING = VOCABULARY.model_copy(
    update={
        "events": {
            **VOCABULARY.events,
            "meeting.held": EventType(
                title=Text(en="The meeting took place"),
                attributes=["body", "place", "participants"],
                required=["body", "participants"],
                inherits=Inheritance.model_validate(
                    {"from": ["meeting.scheduled"], "attributes": ["body", "place"]}
                ),
            ),
        }
    }
)


def test_what_an_event_inherits_is_not_missed() -> None:
    Path("log.jsonl").write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    log = read_logs(["log.jsonl"], INHERITING, MUNICIPALITIES, ZONE)
    (warning,) = log.problems
    assert (warning.code, warning.values["columns"]) == ("missing_attribute", "participants")


def test_the_sample_of_a_whole_year_misses_nothing() -> None:
    rulebook = load_rulebook(["kosovo"])
    path = Path(__file__).parents[1] / "samples/klina/log.jsonl"
    log = read_logs([path], rulebook.vocabulary, rulebook.municipalities, rulebook.zone)
    assert [p for p in log.problems if p.code == "missing_attribute"] == []


def test_records_that_contradict_each_other_are_named_with_their_places() -> None:
    told = texts_of_problems.problem(
        "conflicting_records", "log.jsonl:2", id="e1", others="log.jsonl:5, b.csv:3"
    )
    assert (told.severity, told.values) == ("error", {"id": "e1", "others": "log.jsonl:5, b.csv:3"})
    assert told.message == (
        "the record e1 is contradicted by log.jsonl:5, b.csv:3: the same id with other content, and none was "
        "recorded after all the others. None of them counts, and what rests on them stays undetermined. "
        "Enter the right one again under this id with a later recorded_at, or remove the wrong ones."
    )


def test_the_engine_tells_of_records_that_contradict_each_other() -> None:
    rulebook = load_rulebook(["kosovo"])
    Path("log.jsonl").write_text(
        "".join(json.dumps(GOOD | change) + "\n" for change in ({}, {"case": "c2"}, {"id": "e2"})),
        encoding="utf-8",
    )
    log = read_logs(["log.jsonl"], rulebook.vocabulary, rulebook.municipalities, rulebook.zone)
    problems = evaluate(log.records, rulebook, read_time("2026-12-01", ZoneInfo(rulebook.zone))).problems
    assert [(p.code, p.place, p.values["others"]) for p in problems] == [
        ("conflicting_records", "log.jsonl:1", "log.jsonl:2"),
        ("conflicting_records", "log.jsonl:2", "log.jsonl:1"),
    ]


def test_every_text_ends_as_a_sentence_and_no_code_is_in_both_tables() -> None:
    tables = (texts_of_problems.ERRORS, texts_of_problems.WARNINGS)
    assert not set(tables[0]) & set(tables[1])
    for text in (*tables[0].values(), *tables[1].values()):
        assert text.endswith((".", "{rests}")), text
        assert "  " not in text, text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("meeting.resheduled", "meeting.rescheduled"),
        ("U mbyll konsultimi publik", "U mbyll konsultimi (consultation.closed)"),
        ("notice_published", "notice.published"),
        ("consultation.closing", "consultation.closed"),
        ("payment.made", None),
        ("payment.recorded", None),
        ("invoice.paid", None),
        ("permit.issued", None),
        ("procurement.published", None),
        ("vehicle.registered", None),
    ],
)
def test_slips_and_foreign_types_in_the_vocabulary_of_kosovo(written: str, meant: str | None) -> None:
    rulebook = load_rulebook(["kosovo"])
    Path("log.jsonl").write_text(json.dumps({**GOOD, "type": written}), encoding="utf-8")
    log = read_logs(["log.jsonl"], rulebook.vocabulary, rulebook.municipalities, rulebook.zone)
    (told,) = log.problems
    code = "misspelt_type" if meant else "unknown_type"
    assert (told.code, told.values.get("nearest")) == (code, meant)
    assert len(log.records) == (1 if meant else 0)
