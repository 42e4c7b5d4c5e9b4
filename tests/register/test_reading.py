"""A register is a log: it is judged as the log of its events, and its head stands in the reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from register.conftest import Run
from register.made_registers import (
    HELD,
    ID,
    NOTICE,
    SCHEDULED,
    START,
    entries,
    imported,
    log,
    made,
)
from transparency_check.checking import Inquiry, answer
from transparency_check.plugins import load_registry
from transparency_check.readers.location import located
from transparency_check.register.store import create

Done = Callable[..., str]
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "klina" / "log.jsonl"
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.json").read_text("utf-8"))


def judged(*logs: str, **more: Any) -> Any:
    return answer(Inquiry(logs, as_of="2026-12-01", **more), load_registry(plugins=False)).report


def registered(path: Path, *logs: str) -> str:
    create(located(str(path)), ID, START)
    done = imported(str(path), logs)
    assert done.head is not None, done.intake
    return str(path)


def moved(value: Any, names: dict[str, str]) -> Any:
    """Findings with the places of one log in those of another."""
    if isinstance(value, str) and value in names:
        return names[value]
    if isinstance(value, tuple):
        parts = [moved(part, names) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(**{n: moved(getattr(value, n), names) for n in value.__dataclass_fields__})
    return value


def test_a_register_is_judged_as_the_log_that_it_was_made_of(tmp_path: Path) -> None:
    """The whole sample, row by row."""
    place = registered(tmp_path / "register.db", str(SAMPLE))
    names = {f"{place}#{e.seq}": str(e.origin) for e in entries(place)}
    of_log, of_register = judged(str(SAMPLE)), judged(place)
    assert moved(tuple(of_register.findings), names) == tuple(of_log.findings)
    assert [moved(p.place, names) for p in of_register.problems] == [p.place for p in of_log.problems]
    assert of_register.sources[0].events >= of_log.sources[0].events


def test_many_events_are_judged_alike_in_bulk(tmp_path: Path) -> None:
    """More rows than are read one by one, some in other words, two of one id, one of a name with a quote."""
    rows: list[dict[str, object]] = []
    for n in range(1_500):
        case = f"c{n}"
        rows.append({**SCHEDULED, "id": f"s{n}", "case": case})
        if n % 3:
            rows.append(
                {**NOTICE, "id": f"n{n}", "case": case, **({"channel": "Website"} if n % 5 == 0 else {})}
            )
    rows.append({**NOTICE, "id": "s7", "case": "c7", "recorded_at": "2026-11-20T10:00"})
    path = log(tmp_path / "log.jsonl", *rows)
    place = registered(tmp_path / "o'register.db", path)
    wanted = {"select": ("XK-MTG-001",)}
    names = {f"{place}#{e.seq}": str(e.origin) for e in entries(place)}
    assert moved(tuple(judged(place, **wanted).findings), names) == tuple(judged(path, **wanted).findings)


def test_the_head_stands_in_reports(tmp_path: Path, run: Run) -> None:
    place = made("register.db")
    last = entries(place)[-1]
    report = json.loads(run("check", place, "--as-of", "2026-12-01", "--format", "json").stdout)
    jsonschema.validate(report, SCHEMA)
    assert report["inputs"] == [
        {"name": "register.db", "sha256": last.hash, "events": 3, "head": f"3:{last.hash}"}
    ]
    table = run("check", place, "--as-of", "2026-12-01").stdout
    assert f"Head of register.db: 3:{last.hash}" in " ".join(table.split())
    assert run("register", "verify", "--head", report["inputs"][0]["head"]).exit_code == 0


def test_places_are_numbers_of_records(run: Run) -> None:
    place = made("register.db", [SCHEDULED])
    report = json.loads(
        run("check", place, "--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "json").stdout
    )
    assert report["findings"][0]["trigger"]["place"] == "register.db#1"
    sarif = run("check", place, "--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "sarif").stdout
    assert '"register.db"' in sarif and "register.db%23" not in sarif


@pytest.mark.parametrize(
    ("known_at", "outcome"),
    [
        pytest.param("2026-11-29T09:01:30+01:00", "violated", id="before the notice was entered"),
        pytest.param("2026-11-29T09:02:30+01:00", "fulfilled", id="after it"),
        pytest.param("2026-11-29T09:03:30+01:00", "violated", id="after it was withdrawn"),
    ],
)
def test_what_was_known_is_what_was_recorded_by_then(tmp_path: Path, known_at: str, outcome: str) -> None:
    from register.made_registers import recorder
    from transparency_check.register.store import Register

    place = made(str(tmp_path / "register.db"), [SCHEDULED, NOTICE])
    with Register(located(place), write=True) as register:
        recorder(register, 3, reason="of another session").retraction("e2")
    found = judged(place, known_at=known_at, select=("XK-MTG-001",))
    assert [f.outcome for f in found.findings] == [outcome]


def test_what_is_recorded_late_is_told(tmp_path: Path) -> None:
    """Semantics 2.4: the register says itself when something was entered."""
    place = made(str(tmp_path / "register.db"), [SCHEDULED, HELD])
    found = judged(place, select=("TC-REC-001",))
    assert [(f.trigger.event, f.outcome) for f in found.findings] == [("e1", "late")]


@pytest.mark.parametrize("command", ["upcoming", "validate", "score"])
def test_other_commands_read_registers(place: str, run: Run, command: str) -> None:
    made(place)
    result = run(command, place, "--as-of", "2026-12-01", "--format", "json")
    assert result.exit_code in (0, 1), result.output
    assert json.loads(result.stdout)["inputs"][0]["head"].startswith("3:")


def test_a_register_of_a_server_is_named_without_its_secrets(database: str, run: Run) -> None:
    made(database)
    url = database.replace("tester@", "tester:secret@") + "&application_name=hidden"
    report = run("check", url, "--as-of", "2026-12-01", "--format", "json").stdout
    name = json.loads(report)["inputs"][0]["name"]
    assert name.startswith("postgresql:///r") and "?" not in name
    assert "secret" not in report and "hidden" not in report and "tester" not in report


def test_a_register_in_a_folder_of_logs_is_no_log_of_it(tmp_path: Path, run: Run) -> None:
    made("register.db")
    log(tmp_path / "log.jsonl", SCHEDULED)
    report = json.loads(run("check", ".", "--as-of", "2026-12-01", "--format", "json").stdout)
    assert [i["name"] for i in report["inputs"]] == ["log.jsonl"]


def test_an_empty_register_holds_no_rows(run: Run, done: Done) -> None:
    done("register", "init")
    result = run("check", "register.db", "--as-of", "2026-12-01", "--format", "json")
    assert [p["code"] for p in json.loads(result.stdout)["problems"]] == ["no_rows"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "holds no register", id="empty file"),
        pytest.param(b"id,type\n" * 100, "is no register", id="another file"),
        pytest.param(b"SQLite format 3\0" + b"x" * 5000, "is", id="beginning of a database"),
    ],
)
def test_what_is_no_register_is_told(tmp_path: Path, run: Run, content: bytes, said: str) -> None:
    (tmp_path / "register.db").write_bytes(content)
    for command in (["check", "register.db", "--as-of", "2026-12-01"], ["register", "verify"]):
        result = run(*command)
        assert result.exit_code == 2
        assert said in result.stderr and result.stderr.count("\n") == 1
    assert (tmp_path / "register.db").read_bytes() == content


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("mysql://host/db", "mysql:// is no database", id="another database"),
        pytest.param("postgres://", "", id="no host"),
        pytest.param(
            "postgresql://user:secret@127.0.0.1:1/db?connect_timeout=2",
            "cannot be reached",
            id="nobody there",
        ),
        pytest.param("postgresql://user:secret@127.0.0.1:x/db", "", id="no port"),
    ],
)
def test_a_server_that_is_not_there_is_told(run: Run, url: str, said: str) -> None:
    result = run("register", "verify", "--register", url)
    assert result.exit_code == 2
    assert said in result.stderr and result.stderr.count("\n") == 1
    assert "secret" not in result.output


def test_a_register_that_may_only_be_read(tmp_path: Path, run: Run) -> None:
    """On a disk that takes nothing, as an archive: no files are made beside it."""
    place = made(str(tmp_path / "kept" / "register.db") if (tmp_path / "kept").mkdir() is None else "")
    before = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert before == ["register.db"]
    result = run("check", place, "--as-of", "2026-12-01", "--select", "XK-MTG-001")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == before
