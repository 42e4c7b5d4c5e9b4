"""Export: word for word in every format, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from register.conftest import Run
from register.events_at_random import MARKED, PLAIN, Events
from register.made_registers import (
    HELD,
    ID,
    NOTICE,
    SCHEDULED,
    START,
    book,
    imported,
    log,
    normaliser,
    registry,
)
from register.made_registers import entries as entries_of
from transparency_check.readers.base import Row
from transparency_check.readers.location import located
from transparency_check.register.exact import ExactForm
from transparency_check.register.exporting import WRITERS, read_again, write
from transparency_check.register.store import Register, create

Done = Callable[..., str]
FORMATS = [form for form in WRITERS if form != ".ndjson"]


def registered(path: Path, *logs: str) -> str:
    create(located(str(path)), ID, START)
    done = imported(str(path), logs)
    assert done.head is not None, [bad.problems for bad in done.intake.bad]
    return str(path)


def written(place: str, target: Path) -> None:
    """Export as the command does."""
    with Register(located(place)) as register, register.reading() as reading:
        with target.open("wb") as stream:
            write(reading, target.suffix, stream)
        read_again(target, reading, target.suffix, normaliser(), book().vocabulary, registry())


@pytest.mark.parametrize("seed", range(4))
def test_the_exact_form_of_an_event_is_itself(seed: int) -> None:
    """What is recorded is what was given: no value changes by being recorded, nor by being read again."""
    reading = normaliser()
    reading.begin("", {})
    for event in Events(book(), MARKED, seed).draw(150):
        exact = ExactForm(reading, book().vocabulary).event(Row("", event), [])
        assert json.loads(exact.text) == event
        assert "\n" not in exact.text
        assert ExactForm(reading, book().vocabulary).event(Row("", json.loads(exact.text)), []) == exact


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of events that every format can say."""
    folder = tmp_path_factory.mktemp("plain")
    events = Events(book(), PLAIN, 11).draw(150)
    return registered(folder / "register.db", log(folder / "log.jsonl", *events))


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of events with every mark."""
    folder = tmp_path_factory.mktemp("marked")
    events = Events(book(), MARKED, 12).draw(150)
    return registered(folder / "register.db", log(folder / "log.jsonl", *events))


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_imported_as_the_same_events(plain: str, tmp_path: Path, form: str) -> None:
    """A law: export, then import, gives the same events, over the whole vocabulary."""
    written(plain, tmp_path / f"log{form}")
    again = registered(tmp_path / "register.db", str(tmp_path / f"log{form}"))
    assert [e.event for e in entries_of(again)] == [e.event for e in entries_of(plain)]


@pytest.mark.parametrize("form", [".jsonl", ".json", ".parquet"])
def test_formats_that_know_types_can_say_everything(marked: str, tmp_path: Path, form: str) -> None:
    written(marked, tmp_path / f"log{form}")
    again = registered(tmp_path / "register.db", str(tmp_path / f"log{form}"))
    assert [e.event for e in entries_of(again)] == [e.event for e in entries_of(marked)]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_backed_up_log_is_the_same(plain: str, tmp_path: Path, compressed: bool) -> None:
    import gzip

    written(plain, tmp_path / "log.jsonl")
    data = (tmp_path / "log.jsonl").read_bytes()
    path = tmp_path / ("again.jsonl.gz" if compressed else "again.jsonl")
    path.write_bytes(gzip.compress(data) if compressed else data)
    again = registered(tmp_path / "register.db", str(path))
    assert [e.event for e in entries_of(again)] == [e.event for e in entries_of(plain)]


@pytest.mark.parametrize(
    ("event", "forms"),
    [
        pytest.param({**NOTICE, "note": "=1+1"}, [".csv"], id="formula"),
        pytest.param({**NOTICE, "related": ["a;b"]}, [".csv", ".xlsx"], id="semicolon in a list"),
        pytest.param({**NOTICE, "note": "_x0041_"}, [".xlsx"], id="escape of workbooks"),
        pytest.param({**NOTICE, "note": "a\rb"}, [".csv", ".xlsx"], id="carriage return"),
        pytest.param({**NOTICE, "note": "x" * 40_000}, [".xlsx"], id="long text"),
        pytest.param({**NOTICE, "Nr.": 12}, [".csv", ".xlsx"], id="number that no column knows"),
        pytest.param({**NOTICE, "Nr.": {"a": [1.5]}}, [".csv", ".xlsx", ".parquet"], id="object"),
        pytest.param({**NOTICE, "votes_for": True}, [".csv", ".xlsx"], id="flag for a number"),
        pytest.param({**NOTICE, "place": "#REF!"}, [".csv", ".xlsx"], id="text like the error of a formula"),
    ],
)
def test_what_a_format_cannot_say_is_refused(
    run: Run, tmp_path: Path, event: dict[str, Any], forms: list[str]
) -> None:
    registered(tmp_path / "register.db", log(tmp_path / "log.jsonl", SCHEDULED, event))
    for form in FORMATS:
        result = run("register", "export", f"out{form}")
        assert result.exit_code == (2 if form in forms else 0), (form, result.output)
        assert (tmp_path / f"out{form}").exists() == (form not in forms)
        if form in forms:
            assert "Record #2 cannot be written" in result.stderr


def test_an_export_names_the_head_and_what_was_written(run: Run, tmp_path: Path) -> None:
    registered(tmp_path / "register.db", log(tmp_path / "log.jsonl", SCHEDULED, NOTICE, HELD))
    result = run("register", "export", "out.csv")
    assert result.exit_code == 0
    assert "3 events of register.db written to out.csv. Head: 3:" in result.stderr
    assert (tmp_path / "out.csv").read_text().splitlines()[0].startswith("id,type,time,municipality,case,")


@pytest.mark.parametrize("name", ["out.ods", "out.txt", "out", "out.db"])
def test_an_ending_that_no_export_has(run: Run, tmp_path: Path, name: str) -> None:
    registered(tmp_path / "register.db", log(tmp_path / "log.jsonl", SCHEDULED))
    result = run("register", "export", name)
    assert result.exit_code == 2 and ".jsonl" in result.stderr
    assert not (tmp_path / name).exists()


def test_an_empty_register_is_an_empty_log(run: Run, done: Done, tmp_path: Path) -> None:
    done("register", "init")
    for form in FORMATS:
        done("register", "export", f"out{form}")
    assert (tmp_path / "out.jsonl").read_bytes() == b""
