"""``validate --fix``: only what is beyond doubt, written beside, told; verdicts stay."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from properties.judging import Case, case_of
from transparency_check.cli import application
from transparency_check.engine import evaluate
from transparency_check.logs import read_logs
from transparency_check.mending.logs import mended_logs
from transparency_check.model import Finding
from transparency_check.plugins import load_registry
from transparency_check.times import read_time

from .conftest import AS_OF, Json, Run, lines, record

BASE: Json = record(1, "oath.taken", "2026-03-02", "c", role="mayor")
NOTICE: Json = record(2, "notice.published", "2026-03-02", notice_kind="meeting", channel=["website"])

# A value of a record, and what becomes of it; None where it stays.
VALUES: dict[str, tuple[Json, str, Any, Any]] = {
    "id with blanks": (BASE, "id", " e1\t", "e1"),
    "case with blanks": (BASE, "case", "c ", "c"),
    "day and month of one digit": (BASE, "time", "2026-3-2", "2026-03-02"),
    "blanks around a date": (BASE, "time", " 2026-03-02 ", "2026-03-02"),
    "a blank for T": (BASE, "time", "2026-03-02 10:00", "2026-03-02T10:00"),
    "an offset stays": (BASE, "time", "2026-3-2 10:00+01:00", "2026-03-02T10:00+01:00"),
    "recorded_at": (BASE, "recorded_at", "2026-3-3", "2026-03-03"),
    "day first: not guessed": (BASE, "time", "02.03.2026", None),
    "slashes": (BASE, "time", "2026/03/02", None),
    "no such day": (BASE, "time", "2026-2-30", None),
    "two digits of a year": (BASE, "time", "26-3-2", None),
    "no such hour": (BASE, "time", "2026-03-02 25:00", None),
    "type by its title": (BASE, "type", "U dha betimi", "oath.taken"),
    "type in Cyrillic": (BASE, "type", "Положена је заклетва", "oath.taken"),
    "type that is a slip": (BASE, "type", "oath.takn", None),
    "municipality by its name": (BASE, "municipality", "Klinë", "kline"),
    "municipality in Cyrillic": (BASE, "municipality", "Клина", "kline"),
    "municipality that is unknown": (BASE, "municipality", "Klinnë", None),
    "a choice by another word": (BASE | {"type": "act.adopted"}, "act_kind", "vendim", "decision"),
    "a choice with blanks": (BASE | {"type": "act.adopted"}, "act_kind", " decision", "decision"),
    "a choice that is none": (BASE | {"type": "act.adopted"}, "act_kind", " decisionn ", None),
    "a list": (NOTICE, "channel", ["Website ", "notice-board"], ["website", "notice-board"]),
    "a list with one that is none": (NOTICE, "channel", [" website", "webste"], None),
    "a period": (
        BASE | {"type": "document.approved"},
        "period",
        "2026-1-1/2026-3-31",
        "2026-01-01/2026-03-31",
    ),
    "a period that ends first": (BASE | {"type": "document.approved"}, "period", "2026-4-1/2026-3-31", None),
    "a note keeps its blanks": (BASE, "note", " as said ", None),
    "evidence keeps its blanks": (BASE, "source", " 01-7/26 ", None),
    "a column that nobody knows": (BASE, "seal", " yes ", None),
    "a number": (BASE, "time", 20260302, None),
}


def fixed(run: Run, content: bytes, name: str = "log.jsonl") -> tuple[bytes | None, str]:
    """The mended log (None: nothing was written), and what was told."""
    Path(name).write_bytes(content)
    result = run("validate", name, "--as-of", AS_OF, "--no-config", "--fix")
    assert Path(name).read_bytes() == content, "the log itself stays"
    stem, _, ending = name.rpartition(".")
    target = Path(f"{stem}.fixed.{ending}")
    return target.read_bytes() if target.exists() else None, result.stderr


def codes(run: Run, name: str) -> list[tuple[str, str]]:
    shown = run("validate", name, "--as-of", AS_OF, "--no-config", "--format", "json").stdout
    return [(p["code"], p["message"].replace(name, "log")) for p in json.loads(shown)["problems"]]


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Json], str]:
    """The rows of the table, one a line, as they are when mended; and what was told."""
    folder = tmp_path_factory.mktemp("values")
    rows = [
        base | {"case": f"c{n}"} | {col: written} for n, (base, col, written, _) in enumerate(VALUES.values())
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("log.jsonl").write_text(lines(rows), encoding="utf-8")
        args = ["validate", "log.jsonl", "--as-of", AS_OF, "--no-config", "--fix"]
        told = CliRunner().invoke(application, args).stderr
        after = Path("log.fixed.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(zip(VALUES, map(json.loads, after), strict=True)), told


@pytest.mark.parametrize("name", VALUES)
def test_values(mended: tuple[dict[str, Json], str], name: str) -> None:
    rows, told = mended
    base, column, written, meant = VALUES[name]
    number = list(VALUES).index(name)
    expected = base | {"case": f"c{number}"} | {column: written if meant is None else meant}
    assert rows[name] == expected
    said = [line for line in told.splitlines() if line.startswith(f"log.jsonl:{number + 1}: ")]
    before, after = (json.dumps(value, ensure_ascii=False) for value in (written, meant))
    wanted = f"log.jsonl:{number + 1}: {column}: {before} becomes {after}"
    assert said == ([] if meant is None else [wanted])


def test_a_title_at_the_head_of_a_value(run: Run) -> None:
    content, told = fixed(
        run, lines([{"Data": "2026-03-02", "Ngjarja": "oath.taken", "komuna": "kline"}]).encode()
    )
    assert json.loads(content or b"") == {"time": "2026-03-02", "type": "oath.taken", "municipality": "kline"}
    assert "log.jsonl:1: the key or header Data becomes time" in told


def test_two_titles_of_one_column_stay(run: Run) -> None:
    row = {"date": "2026-03-02", "time": "2026-3-2", "type": "oath.taken", "municipality": "kline"}
    assert fixed(run, lines([row]).encode())[0] is None


def test_marks_ends_of_lines_and_lines_that_cannot_be_read(run: Run) -> None:
    broken = b'{"id": "e9", "id": "e8"}\r\nnot json \xff\r\n\r\n[1]\r\n'
    content, told = fixed(run, b"\xef\xbb\xbf" + lines([BASE]).encode().replace(b"\n", b"\r\n") + broken)
    assert content == lines([BASE]).encode() + broken.replace(b"\r\n", b"\n")
    assert "5 ends of lines (CRLF) become LF" in told and "byte order mark" in told


def test_what_was_mended_once_has_nothing_left_to_mend(run: Run) -> None:
    content, _ = fixed(
        run, lines([BASE | {"id": " e1", "time": "2026-3-2"}]).encode().replace(b"\n", b"\r\r\n")
    )
    assert content == lines([BASE]).encode()
    Path("again.jsonl").write_bytes(content)
    result = run("validate", "again.jsonl", "--as-of", AS_OF, "--no-config", "--fix")
    assert "again.jsonl: there is nothing that could be mended" in result.stderr


def test_the_same_record_twice(run: Run) -> None:
    spoilt = BASE | {"id": " e1"}
    content, told = fixed(run, lines([BASE, spoilt, BASE | {"id": "e7"}, BASE]).encode())
    assert content == lines([BASE, BASE | {"id": "e7"}]).encode()
    assert "log.jsonl:2: left out, as it is the same as log.jsonl:1" in told
    assert "log.jsonl:4: left out, as it is the same as log.jsonl:1" in told


def test_what_cannot_be_read_is_not_left_out(run: Run) -> None:
    broken = BASE | {"time": "02.03.2026"}
    assert fixed(run, lines([broken, broken]).encode())[0] is None


def test_numbers_keep_their_digits(run: Run) -> None:
    line = json.dumps(BASE | {"id": " e1", "seal": 12.5, "n": 10**17})
    content, _ = fixed(run, line.encode() + b"\n")
    assert json.loads(content or b"") == BASE | {"seal": 12.5, "n": 10**17}


CSV = (
    "Registër i vitit;;;;\n"
    "id;Ngjarja;Data;Komuna;note\n"
    'e1;oath.taken;2026-3-2;Klinë;" a; b "\n'
    'e2;oath.taken;2026-03-03;kline;"two\nlines"\n'
    "\n"
    'e2;oath.taken;2026-03-03;kline;"two\nlines"\n'
    "e3;oath.taken;#REF!;kline;\n"
    "e4;oath.taken;2026-3-4\n"
)


def test_a_table_keeps_its_form(run: Run) -> None:
    content, told = fixed(run, CSV.replace("\n", "\r\n").encode("utf-8-sig"), "log.csv")
    assert content is not None
    assert content.decode() == (
        "Registër i vitit;;;;\n"
        "id;type;time;municipality;note\n"
        'e1;oath.taken;2026-03-02;kline;" a; b "\n'
        'e2;oath.taken;2026-03-03;kline;"two\r\nlines"\n'
        "\n"
        "e3;oath.taken;#REF!;kline;\n"
        "e4;oath.taken;2026-3-4\n"
    )
    assert 'log.csv:3: Data: "2026-3-2" becomes "2026-03-02"' in told
    assert "log.csv:7: left out, as it is the same as log.csv:4" in told
    before, after = codes(run, "log.csv"), codes(run, "log.fixed.csv")
    assert {c for c, _ in before} - {c for c, _ in after} == {"duplicate_record"}
    assert [c for c, _ in after] == ["coverage_assumed", "bad_time", "csv_ragged"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.json", lines([BASE | {"id": " e1"}]).encode()),
        ("log.csv", "id;type;time;municipality\n e1;oath.taken;2026-03-02;Klinë\n".encode("cp1250")),
        ("log.jsonl", lines([BASE | {"id": " e1"}]).encode("utf-16")),
    ],
    ids=["JSON", "older encoding", "UTF-16"],
)
def test_what_is_not_mended_is_said(run: Run, name: str, content: bytes) -> None:
    assert fixed(run, content, name)[0] is None
    result = run("validate", name, "--as-of", AS_OF, "--no-config", "--fix")
    assert f"{name}: not mended." in result.stderr


def test_nothing_is_replaced(run: Run) -> None:
    Path("log.fixed.jsonl").write_text("mine")
    Path("log.jsonl").write_text(lines([BASE | {"id": " e1"}]), encoding="utf-8")
    result = run("validate", "log.jsonl", "--no-config", "--fix")
    assert result.exit_code == 2 and "log.fixed.jsonl is already there" in result.stderr
    assert Path("log.fixed.jsonl").read_text() == "mine"


def test_the_declarations_beside_come_along(run: Run) -> None:
    """Without them the mended log would say less; its words stay in words that the office has explained."""
    declared = "municipality: kline\ncolumns: {Kur: time}\nvalues: {type: {Betim: oath.taken}}\n"
    Path("log.jsonl.meta.yaml").write_text(declared, encoding="utf-8")
    rows = [{"id": " e1", "Kur": "2026-3-2", "type": "Betim"}]
    content, _ = fixed(run, lines(rows).encode())
    assert json.loads(content or b"") == {"id": "e1", "Kur": "2026-03-02", "type": "Betim"}
    assert Path("log.fixed.jsonl.meta.yaml").read_text(encoding="utf-8") == declared
    assert [c for c, _ in codes(run, "log.fixed.jsonl")] == ["coverage_assumed"]


def test_without_fix_nothing_is_written(run: Run) -> None:
    Path("log.jsonl").write_text(lines([BASE | {"id": " e1"}]), encoding="utf-8")
    run("validate", "log.jsonl", "--no-config")
    assert [p.name for p in Path().iterdir()] == ["log.jsonl"]


def spoilt(case: Case, rng: random.Random, dates: bool) -> bytes:
    """The rows of a case as people write them: blanks, names, repetitions, ends of lines, which are all read
    alike; and ``dates`` that are not read.
    """
    rows = []
    towns = {m.id: [m.id, *m.names] for m in case.rulebook.municipalities}
    for row in case.rows:
        spoilt = {k: v for k, v in row.items() if k != "file" and v is not None}
        for column in ("id", "case"):
            if rng.random() < 0.3 and isinstance(spoilt.get(column), str):
                spoilt[column] = rng.choice([" ", ""]) + spoilt[column] + " "
        for column in ("time", "recorded_at", "planned_at", "closes_at"):
            if dates and rng.random() < 0.3 and isinstance(value := spoilt.get(column), str):
                loose = "-".join(part.lstrip("0") for part in value[:10].split("-")) + value[10:]
                spoilt[column] = rng.choice([f" {value}", loose, value.replace("T", " ")])
        if rng.random() < 0.3 and spoilt.get("municipality") in towns:
            spoilt["municipality"] = rng.choice(towns[spoilt["municipality"]])
        if rng.random() < 0.3 and isinstance(spoilt.get("channel"), list):
            spoilt["channel"] = [f" {c} " for c in spoilt["channel"]]
        rows += [spoilt] * rng.choice([1, 1, 1, 2])
    ending = rng.choice(["\n", "\r\n"])
    written = ending.join(json.dumps(row) for row in rows) + ending
    return written.encode("utf-8-sig" if rng.random() < 0.3 else "utf-8")


def judged(case: Case, log: Path) -> dict[str, Finding]:
    """The findings of a log by their ids."""
    zone = ZoneInfo(case.rulebook.zone)
    as_of, known_at, until = (
        None if text is None else read_time(text, zone) for text in (case.as_of, case.known_at, case.until)
    )
    assert as_of is not None
    book = case.rulebook
    read = read_logs([log], book.vocabulary, book.municipalities, zone)
    return {f.id: f for f in evaluate(read.records, book, as_of, known_at, until).findings()}


def before_and_after(folder: Path, seed: int, dates: bool) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The findings of a spoilt log, and of the mended one."""
    case = case_of(seed, 25)
    log = folder / "log.jsonl"
    log.write_bytes(spoilt(case, random.Random(seed), dates))
    (made,) = mended_logs([str(log)], load_registry(plugins=False), case.rulebook, None, {})
    assert made.target is not None and made.changes
    made.target.write_bytes(made.files[made.target])
    return judged(case, log), judged(case, made.target)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_alike_is_judged_alike(tmp_path: Path, seed: int) -> None:
    before, after = before_and_after(tmp_path, seed, dates=False)
    assert {id_: f.outcome for id_, f in before.items()} == {id_: f.outcome for id_, f in after.items()}
    assert before


@pytest.mark.parametrize("seed", range(4))
def test_no_verdict_changes_that_was_one(tmp_path: Path, seed: int) -> None:
    """Dates that can be read now settle what was undetermined or open for want of them, and nothing else;
    what was replaced or given up may not be any more (as semantics 4.22 has it for records that come later).
    """
    before, after = before_and_after(tmp_path, seed, dates=True)
    for id_, finding in before.items():
        left = finding.outcome == "not_applicable" and not {"replaced", "superseded"} & {*finding.reasons}
        if finding.violation or finding.outcome == "fulfilled" or left:
            assert after[id_].outcome == finding.outcome, (finding, after[id_])


def test_mending_settles_what_was_undetermined(run: Run) -> None:
    """XK-FOI-001: 7 days from Monday 2 March, the last is Monday 9; the answer of the 6th was not read."""
    rows = [
        record(1, "request.registered", "2026-03-02", "r"),
        record(2, "request.answered", "2026-3-6", "r", outcome="granted"),
    ]
    content, _ = fixed(run, lines(rows).encode())
    assert content is not None
    outcomes = []
    for name in ("log.jsonl", "log.fixed.jsonl"):
        args = ("--as-of", AS_OF, "--no-config", "--select", "XK-FOI-001", "--format", "json")
        (finding,) = json.loads(run("check", name, *args).stdout)["findings"]
        outcomes.append((finding["outcome"], finding["reasons"]))
    assert outcomes == [("undetermined", ["unreadable_record"]), ("fulfilled", [])]
