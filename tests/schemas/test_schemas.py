"""The schemas: listed and printed by ``schema``, committed as generated, of one mind with what reads."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from packs.small_pack import DUTY, DUTY_FILE, EVENTS, INSTRUMENTS, PACK
from transparency_check.baseline.file import parsed as baseline_of
from transparency_check.cli import application
from transparency_check.configuration.read import parsed as parsed_configuration
from transparency_check.errors import TransparencyCheckError
from transparency_check.events import Normaliser
from transparency_check.json_schemas.__main__ import main
from transparency_check.json_schemas.generated import generated
from transparency_check.model import Problem
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.packs.schema import text
from transparency_check.packs.yaml_source import read_yaml
from transparency_check.readers.base import Row
from transparency_check.schema_files import folder, names, reference
from transparency_check.waivers.file import parsed

ROOT = Path(__file__).parents[2]
GENERATED = (
    "baseline", "configuration", "duty", "event", "events", "instruments", "mapping", "pack", "waivers",
)  # fmt: skip
WRITTEN = ("plan", "report", "score", "sheet")
Json = dict[str, Any]


def run(*args: str) -> Result:
    return CliRunner().invoke(application, ["schema", *args], prog_name="transparency-check")


@functools.cache
def validator(name: str) -> Any:
    schema = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@functools.cache
def book() -> Rulebook:
    return load_rulebook(["kosovo"], examples=False)


def test_all_are_known() -> None:
    assert {*GENERATED, *WRITTEN} <= set(names())
    for name in names():
        assert validator(name).schema["title"]


def test_committed_is_generated() -> None:
    made = generated()
    assert sorted(made) == sorted(GENERATED)
    for name, schema in made.items():
        file = folder() / f"{name}.json"
        assert file.read_text(encoding="utf-8") == text(schema), (
            "run python -m transparency_check.json_schemas"
        )


def test_they_are_written_into_a_folder(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert sorted(p.stem for p in (tmp_path / "new").iterdir()) == sorted(GENERATED)


def test_where_they_are_in_a_wheel(tmp_path: Path) -> None:
    assert folder(tmp_path / "site-packages" / "transparency_check").parts[-2:] == (
        "transparency_check",
        "schemas",
    )


def test_the_list() -> None:
    lines = run().stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == names()
    assert "duty: A duty: one file of duties/<area>/" in lines


@pytest.mark.parametrize("name", (*GENERATED, *WRITTEN))
def test_one_is_printed(name: str) -> None:
    result = run(name)
    assert result.exit_code == 0
    assert result.stdout == (folder() / f"{name}.json").read_text(encoding="utf-8")


def test_into_a_file(tmp_path: Path) -> None:
    target = tmp_path / "waivers.json"
    assert run("waivers", "-o", str(target)).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == validator("waivers").schema


@pytest.mark.parametrize(
    ("args", "said"),
    [(("evnt",), "Did you mean event?"), (("duty", "--pack", "kosovo"), "--pack is for the schema event")],
)
def test_mistakes(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2 and said in result.stderr


def small_pack(folder: Path) -> None:
    """The files of a pack that builds on no other."""
    files = {
        "pack.yaml": PACK,
        "events.yaml": EVENTS,
        "instruments.yaml": INSTRUMENTS,
        DUTY_FILE: DUTY,
        "calendar.csv": "date,name_en,name_sq,name_sr,kind,off,status,source\n",
        "municipalities.csv": (
            "id,name_sq,name_sr,name_en,official_languages,in_use_languages,confidence,source,note,from,to\n"
            "hill,Kodra,Brdo,Hill,sq;sr,,verified,x,,,\n"
        ),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def test_the_event_of_another_vocabulary(tmp_path: Path) -> None:
    """What another country's pack calls its events, attributes and municipalities."""
    small_pack(tmp_path)
    schema = json.loads(run("event", "--pack", f"{tmp_path}/").stdout)
    assert schema["properties"]["type"]["enum"][0] == "meeting.scheduled"
    assert schema["properties"]["municipality"]["enum"] == ["hill"]
    valid = jsonschema.Draft202012Validator(schema).is_valid
    record = {"type": "meeting.scheduled", "time": "2026-03-02", "municipality": "hill", "body": "assembly"}
    assert valid(record)
    assert not valid(record | {"body": "council"})
    assert not valid(record | {"type": "request.received"})


GOOD: Json = {
    "id": "e1",
    "type": "meeting.scheduled",
    "time": "2026-03-02",
    "municipality": "kline",
    "case": "c",
    "body": "assembly",
    "meeting_type": "session",
    "planned_at": "2026-03-20T10:00",
}
OUT = object()
# Without what only the meeting carries.
BARE: Json = {"body": OUT, "meeting_type": OUT, "planned_at": OUT}
PERIOD = "2026-01-01/2026-12-31"
# Values of a record; whether the schema takes them, and the reader without a word. Where they differ, why.
RECORDS: dict[str, tuple[Json, bool, bool, str]] = {
    "good": ({}, True, True, ""),
    "all of the columns": (
        {
            "related": ["a", "b"],
            "recorded_at": "2026-03-03T09:00+01:00",
            "retracted": False,
            "source": "1/26",
            "note": "",
        },
        True,
        True,
        "",
    ),
    "no id": ({"id": OUT}, True, True, ""),
    "no type": ({"type": OUT}, False, False, ""),
    "a type that nobody knows": ({"type": "meeting.dreamt"}, False, False, ""),
    "no time": ({"time": OUT}, False, False, ""),
    "day first": ({"time": "02.03.2026"}, False, False, ""),
    "one digit": ({"time": "2026-3-2"}, False, False, ""),
    "month 13": ({"time": "2026-13-02"}, False, False, ""),
    "year 1989": ({"time": "1989-12-31"}, False, False, ""),
    "year 2101": ({"time": "2101-01-01"}, False, False, ""),
    "first and last year": (
        {"time": "1990-01-01", "planned_at": "2100-12-31", "recorded_at": "1990-01-01"},
        True,
        True,
        "",
    ),
    "seconds and offset": ({"time": "2026-03-02T10:00:30.5Z"}, True, True, ""),
    "hour 24": ({"time": "2026-03-02T24:00"}, False, False, ""),
    "a number for a time": ({"time": 20260302}, False, False, ""),
    "a day that is not": ({"time": "2026-02-30"}, True, False, "a pattern knows no calendar"),
    "no municipality": ({"municipality": OUT}, False, False, ""),
    "another municipality": ({"municipality": "klinee"}, False, False, ""),
    "a municipality by name": ({"municipality": "Klinë"}, False, True, "the reader knows other words"),
    "a type by title": ({"type": "Mbledhja u caktua"}, False, True, "the reader knows other words"),
    "a choice": ({"body": "policy-finance-committee"}, True, True, ""),
    "a choice that is none": ({"body": "council"}, False, False, ""),
    "a choice by another word": ({"body": "kuvendi"}, False, True, "the reader knows other words"),
    "a list for a choice": ({"body": ["assembly"]}, False, False, ""),
    "a lacking attribute": ({"body": OUT}, False, False, ""),
    "an attribute that is null": (
        {"place": None},
        False,
        True,
        "an absent value is left out in the exact form",
    ),
    "an attribute of another type of event": ({"outcome": "granted"}, False, False, ""),
    "a column that nobody knows": ({"seal": "yes"}, False, False, ""),
    "blanks at the edge of an id": ({"id": " e1"}, False, False, ""),
    "a number for an id": ({"id": 7}, False, False, ""),
    "related as text": ({"related": "a;b"}, False, True, "the reader takes lists as text"),
    "related as a number": ({"related": 7}, False, False, ""),
    "retracted as a word": ({"retracted": "po"}, False, True, "the reader knows other words"),
    "retracted as another word": ({"retracted": "perhaps"}, False, False, ""),
    "a list of choices": (
        BARE | {"type": "notice.published", "notice_kind": "meeting", "channel": ["website", "media"]},
        True,
        True,
        "",
    ),
    "one choice for a list": (
        BARE | {"type": "notice.published", "notice_kind": "meeting", "channel": "website"},
        True,
        True,
        "",
    ),
    "a list with one that is none": (
        BARE | {"type": "notice.published", "notice_kind": "meeting", "channel": ["web"]},
        False,
        False,
        "",
    ),
    "a number": (BARE | {"type": "request.extended", "extension_days": 8}, True, True, ""),
    "less than none": (BARE | {"type": "request.extended", "extension_days": -1}, False, False, ""),
    "a number as text": (
        BARE | {"type": "request.extended", "extension_days": "8"},
        False,
        True,
        "the reader takes digits",
    ),
    "a flag": (BARE | {"type": "comment.answered", "reasoned": True}, True, True, ""),
    "a flag as a number of its own": (BARE | {"type": "comment.answered", "reasoned": 2}, False, False, ""),
    "a period": (
        BARE | {"type": "coverage.declared", "period": PERIOD, "event_families": ["meeting"]},
        True,
        True,
        "",
    ),
    "a period that is no one's": (BARE | {"type": "coverage.declared", "period": "2026"}, False, False, ""),
    "a period that ends first": (
        BARE | {"type": "coverage.declared", "period": "2026-12-31/2026-01-01"},
        True,
        False,
        "a pattern compares no days",
    ),
    "a family that is none": (
        BARE | {"type": "coverage.declared", "period": PERIOD, "event_families": ["meetngs"]},
        False,
        False,
        "",
    ),
    "an inherited attribute may be absent": (
        {"type": "meeting.closed_to_public", "meeting_type": OUT, "planned_at": OUT},
        True,
        True,
        "",
    ),
    "attested": ({"attests": ["XK-MTG-001", "not XK-MTG-002"]}, True, True, ""),
    "attested of no duty": ({"attests": ["XK-MTG-999"]}, False, False, ""),
    "entered before it happened": ({"recorded_at": "2026-03-01"}, True, False, "a schema compares no values"),
    "NUL": ({"note": "a\0b"}, True, True, ""),
    "NUL in a place": ({"place": "a\0b"}, False, False, ""),
}


@pytest.mark.parametrize("name", RECORDS)
def test_schema_and_reader_agree_on_records(name: str) -> None:
    values, in_schema, in_reader, why = RECORDS[name]
    record = {k: v for k, v in (GOOD | values).items() if v is not OUT}
    assert (in_schema == in_reader) == (why == ""), "where they differ it is said why"
    assert validator("event").is_valid(record) == in_schema, list(validator("event").iter_errors(record))
    problems: list[Problem] = []
    rulebook = book()
    normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, _zone(rulebook))
    made = normaliser.record(Row("log:1", record), problems)
    assert (made is not None and not problems) == in_reader, problems


def _zone(rulebook: Rulebook) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(rulebook.zone)


@pytest.mark.parametrize("sample", ["klina", "session", "practice"])
def test_events_of_the_samples_fit(sample: str) -> None:
    """But for those of which the reader says something, too: three in samples/practice lack an attribute."""
    lines = (ROOT / "samples" / sample / "log.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    bad = [r for r in records if not validator("event").is_valid(r)]
    rulebook = book()
    normaliser = Normaliser(rulebook.vocabulary, rulebook.municipalities, _zone(rulebook))
    told: list[Json] = []
    for record in records:
        problems: list[Problem] = []
        normaliser.record(Row("log:1", dict(record)), problems)
        told += [record] if problems else []
    assert bad == told and len(bad) == {"klina": 0, "session": 0, "practice": 3}[sample]


SETTINGS: dict[str, tuple[str, bool]] = {
    "empty": ("", True),
    "a number": ('[numbers]\nXK-MTG-001 = {n = 7, source = "x", by = "y"}', True),
    "a number without source": ('[numbers]\nXK-MTG-001 = {n = 7, by = "y"}', False),
    "an empty source": ('[numbers]\nXK-MTG-001 = {n = 7, source = " ", by = "y"}', False),
    "a reading as a word": ('[readings]\nby = "legal office"\nXK-MTG-001 = "lenient"', True),
    "a day off": ('[[closures]]\ndate = 2026-05-04\nname = "x"\nsource = "y"', True),
    "days off": ('[[closures]]\nfrom = 2026-05-04\nto = 2026-05-05\nname = "x"\nsource = "y"', True),
    "a day off and days off": (
        '[[closures]]\ndate = 2026-05-04\nfrom = 2026-05-04\nto = 2026-05-05\nname = "x"\nsource = "y"',
        False,
    ),
    "days off without an end": ('[[closures]]\nfrom = 2026-05-04\nname = "x"\nsource = "y"', False),
    "a key that nobody knows": ("municipalty = 'kline'", False),
    "another language": ("language = 'mk'", False),
    "switched off": ('[severity]\nXK-MTG-001 = {severity = "off", by = "x", reason = "y"}', True),
    "another weight": ('[severity]\nXK-MTG-001 = {severity = "heavy", by = "x", reason = "y"}', False),
    "adopted": ('packs = ["kosovo", "information-office"]\n[adopted]\ninformation-office = ["peje"]', True),
    "coverage": ('[[coverage]]\nmunicipality = "kline"\nperiod = "2026-01-01/2026-12-31"', True),
    "coverage without a period": ('[[coverage]]\nmunicipality = "kline"', False),
}


def plain(toml: str) -> Any:
    """TOML as editors see it: dates as text."""
    return json.loads(json.dumps(tomllib.loads(toml), default=str))


@pytest.mark.parametrize("name", SETTINGS)
def test_schema_and_reader_agree_on_configurations(name: str) -> None:
    toml, good = SETTINGS[name]
    assert validator("configuration").is_valid(plain(toml)) == good
    try:
        parsed_configuration(toml.encode(), "transparency-check.toml", Path())
    except TransparencyCheckError:
        assert not good
    else:
        assert good


WAIVER = 'rule = "XK-MTG-001"\nmunicipality = "kline"\nreason = "a"\napproved_by = "b"\nlegal_basis = "c"\n'
WAIVERS: dict[str, tuple[str, bool]] = {
    "none": ("", True),
    "of a case": (f'[[waivers]]\n{WAIVER}case = "x"\nuntil = 2026-12-31', True),
    "of a period": (f'[[waivers]]\n{WAIVER}period = "2026-Q1"\nuntil = 2026-12-31', True),
    "of nothing": (f"[[waivers]]\n{WAIVER}until = 2026-12-31", False),
    "of two": (f'[[waivers]]\n{WAIVER}case = "x"\nfinding = "y"\nuntil = 2026-12-31', False),
    "without an end": (f'[[waivers]]\n{WAIVER}case = "x"', False),
    "with a key that nobody knows": (
        f'[[waivers]]\n{WAIVER}case = "x"\nuntil = 2026-12-31\nwhy = "z"',
        False,
    ),
    "a table of another name": (f'[[waiver]]\n{WAIVER}case = "x"\nuntil = 2026-12-31', False),
    "an empty reason": (f'[[waivers]]\n{WAIVER}case = ""\nuntil = 2026-12-31', False),
}


@pytest.mark.parametrize("name", WAIVERS)
def test_schema_and_reader_agree_on_waivers(name: str) -> None:
    toml, good = WAIVERS[name]
    assert validator("waivers").is_valid(plain(toml)) == good
    assert (not parsed(toml.encode(), "waivers.toml").problems) == good


def test_the_configuration_of_the_sample_fits() -> None:
    file = ROOT / "samples" / "commitments" / "transparency-check.toml"
    written = file.read_text(encoding="utf-8")
    validator("configuration").validate(plain(written))
    assert (file.parent / written.splitlines()[0].removeprefix("#:schema ")).resolve() == (
        folder() / "configuration.json"
    )


def test_every_file_of_the_bundled_packs_names_its_schema() -> None:
    files = [f for f in (ROOT / "rules").rglob("*.yaml") if f.name != "calendar-rules.yaml"]
    assert len(files) > 300
    for file in files:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        name = file.stem if file.stem in ("pack", "events", "instruments") else "duty"
        meant = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert meant.resolve() == folder() / f"{name}.json", file


def test_how_files_elsewhere_name_their_schema(tmp_path: Path) -> None:
    assert reference("duty", ROOT / "rules" / "x" / "a.yaml") == "../../docs/schemas/duty.json"
    assert reference("duty", tmp_path / "a.yaml") == (folder() / "duty.json").as_posix()


def test_a_new_duty_names_its_schema(tmp_path: Path) -> None:
    small_pack(tmp_path)
    args = [
        "rules",
        "new",
        "XX-MTG-009",
        "--pack",
        f"{tmp_path}/",
        "--shape",
        "after",
        "--title",
        "An example",
    ]
    result = CliRunner().invoke(application, args, prog_name="transparency-check")
    assert result.exit_code == 0, result.output
    (file,) = (tmp_path / "duties" / "mtg").glob("XX-MTG-009*.yaml")
    written = file.read_text(encoding="utf-8")
    first = f"# yaml-language-server: $schema={(folder() / 'duty.json').as_posix()}"
    assert written.splitlines()[0] == first
    validator("duty").validate(read_yaml(file.name, written.encode()).data)


def blocks(document: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def test_the_records_of_the_contract_fit() -> None:
    records = [json.loads(line) for line in blocks("contract.md", "json")[0].splitlines()]
    assert len(records) == 3
    for record in records:
        validator("event").validate(record)


ENTRY = {
    "rule": "XK-FOI-001", "municipality": "kline", "case": "a", "period": None, "outcome": "late",
    "severity": "violation", "due": "2026-04-08", "since": "2026-07-01", "trigger": "e1",
    "fingerprint": "0123456789abcdef" * 2,
}  # fmt: skip
BASELINE = {
    "schema": "transparency-check/baseline/1", "tool": "0", "undetermined": False, "packs": [],
    "entries": [ENTRY],
}  # fmt: skip
BASELINES: dict[str, tuple[dict[str, Any], bool]] = {
    "an entry": (BASELINE, True),
    "none": ({**BASELINE, "entries": []}, True),
    "another schema": ({**BASELINE, "schema": "transparency-check/baseline/2"}, False),
    "an unknown key": ({**BASELINE, "note": "x"}, False),
    "without packs": ({k: v for k, v in BASELINE.items() if k != "packs"}, False),
    "of what is fulfilled": ({**BASELINE, "entries": [{**ENTRY, "outcome": "fulfilled"}]}, False),
    "a fingerprint that is none": ({**BASELINE, "entries": [{**ENTRY, "fingerprint": "x"}]}, False),
    "since no day": ({**BASELINE, "entries": [{**ENTRY, "since": "2026-02-30"}]}, False),
    "an entry with an unknown key": ({**BASELINE, "entries": [{**ENTRY, "note": "x"}]}, False),
}


@pytest.mark.parametrize("name", BASELINES)
def test_schema_and_reader_agree_on_baselines(name: str) -> None:
    value, good = BASELINES[name]
    dialect = jsonschema.Draft202012Validator
    checked = dialect(validator("baseline").schema, format_checker=dialect.FORMAT_CHECKER)
    assert checked.is_valid(value) == good
    try:
        baseline_of(json.dumps(value).encode(), "baseline.json")
    except TransparencyCheckError:
        assert not good
    else:
        assert good


def test_the_baseline_of_the_sample_fits() -> None:
    sample = ROOT / "samples" / "published-records" / "baseline.json"
    assert validator("baseline").is_valid(json.loads(sample.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("document", "name"), [("configuration.md", "configuration"), ("waivers.md", "waivers")]
)
def test_the_examples_of_the_documentation_fit(document: str, name: str) -> None:
    examples = blocks(document, "toml")
    assert examples
    for example in examples:
        validator(name).validate(plain(example))
