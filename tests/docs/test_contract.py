"""The contract says what the program does: its blocks are loaded and run, its tables compared with models."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from transparency_check import report
from transparency_check.cli import application
from transparency_check.messages import lint, validation
from transparency_check.messages.problems import ERRORS, WARNINGS
from transparency_check.model import Problem
from transparency_check.packs import load_rulebook, model
from transparency_check.packs.check_conditions import TEST_KEYS
from transparency_check.packs.lint import CHECKS
from transparency_check.packs.model import AttributeType
from transparency_check.packs.tables import CALENDAR_COLUMNS, MUNICIPALITY_COLUMNS
from transparency_check.packs.yaml_source import read_yaml
from transparency_check.readers import transparency_check_readers
from transparency_check.readers.sidecar import read_sidecar
from transparency_check.reserved import RESERVED
from transparency_check.trials.examples import run_all

ROOT = Path(__file__).parents[2]
CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
YAML_BLOCKS = re.findall(r"```yaml\n# ([^\n]*)\n(.*?)```", CONTRACT, re.DOTALL)
JSON_BLOCKS = re.findall(r"```json\n(.*?)```", CONTRACT, re.DOTALL)
PROSE = re.sub(r"^```.*?^```", "", CONTRACT, flags=re.DOTALL | re.MULTILINE)
DUTIES = [(title, text) for title, text in YAML_BLOCKS if title.startswith("duty")]
# What the short blocks leave out.
HEAD = """\
id: XX-DOC-{number:03}
title: {{en: An example}}
area: DOC
bearer: municipality
severity: violation
versions: [{{instrument: law-03-l-040, confidence: verified}}]
"""
PACK = """\
id: contract
version: "1"
title: {en: Duties of the contract}
jurisdiction: an example
extends: kosovo
areas: {DOC: {en: Examples}, MTG: {en: Meetings}}
"""


def keys(cell: str) -> list[str]:
    """The names in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def tables(section: str) -> list[list[list[str]]]:
    """The tables under a heading, row by row, without their heads."""
    found = re.search(rf"^#+ {re.escape(section)}.*?\n(.*?)(?=^#|\Z)", PROSE, re.DOTALL | re.MULTILINE)
    assert found is not None, section
    blocks = re.findall(r"(?:^\|.*\n)+", found[1], re.MULTILINE)
    return [[[c.strip() for c in row.strip("|").split(" | ")] for row in b.splitlines()[2:]] for b in blocks]


def named(table: list[list[str]], column: int = 0) -> list[str]:
    return [key for row in table for key in keys(row[column])]


def required(table: list[list[str]]) -> set[str]:
    return {key for row in table for bold in re.findall(r"\*\*(`[^*]+`)\*\*", row[0]) for key in keys(bold)}


def fields(record: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


def needed(record: type[BaseModel]) -> set[str]:
    found = record.model_fields.items()
    return {f.alias or name for name, f in found if f.is_required() and name != "where"}


MODELS: list[tuple[str, int, type[BaseModel]]] = [
    ("2.1", 0, model.PackInfo),
    ("2.2", 0, model.Instrument),
    ("2.3", 0, model.Vocabulary),
    ("2.3", 1, model.EventType),
    ("2.3", 2, model.Attribute),
    ("2.3", 3, model.PlanKind),
    *(
        ("2.5", index, record)
        for index, record in enumerate(
            (
                model.Duty,
                model.Trigger,
                model.Requirement,
                model.Deadline,
                model.OpenFor,
                model.Count,
                model.CalendarTrigger,
                model.Version,
                model.Reading,
                model.Example,
                model.Expectation,
            )
        )
    ),
]


@pytest.mark.parametrize(("section", "index", "record"), MODELS, ids=[m[2].__name__ for m in MODELS])
def test_every_key_of_the_pack_format_is_described(section: str, index: int, record: type[BaseModel]) -> None:
    table = tables(section)[index]
    assert sorted(named(table)) == sorted(fields(record))
    assert required(table) == needed(record)


@pytest.mark.parametrize(
    ("part", "records"),
    [
        ("selector", (model.EventSelector, model.ObligationSelector)),
        ("span", (model.Span,)),
        ("extension", (model.Extension,)),
        ("suspension", (model.Suspension,)),
        ("correlate", (model.Correlate,)),
        ("exception", (model.Exception_,)),
        ("legal basis", (model.LegalBasis,)),
    ],
)
def test_every_key_of_the_small_parts_is_described(part: str, records: tuple[type[BaseModel], ...]) -> None:
    (cell,) = [row[1] for row in tables("2.5")[11] if row[0] == part]
    outside = re.sub(r"\([^)]*\)", "", cell)
    assert set(keys(outside)) == set().union(*map(fields, records))
    bold = {key for b in re.findall(r"\*\*(`[^*]+`)\*\*", outside) for key in keys(b)}
    assert bold == set().union(*map(needed, records))


def test_every_test_of_a_condition_is_described() -> None:
    assert sorted(named(tables("2.6")[0])) == sorted(TEST_KEYS)


def test_columns_and_attribute_types() -> None:
    columns, types = tables("1. Event log")
    assert tuple(named(columns)) == RESERVED
    assert set(named(types)) == set(AttributeType.__args__)  # type: ignore[attr-defined]
    text = CONTRACT[CONTRACT.index("### 2.4") : CONTRACT.index("### 2.5")]
    listed = r"^`(?:municipalities|calendar)\.csv`: (.*?)[;.]"
    first, second = re.findall(listed, text, re.DOTALL | re.MULTILINE)
    assert (tuple(keys(first)), tuple(keys(second))) == (MUNICIPALITY_COLUMNS, CALENDAR_COLUMNS)


def test_formats() -> None:
    rows = {keys(row[0])[0]: tuple(keys(row[1])) for row in tables("1.1")[0]}
    assert rows == {reader.name: reader.suffixes for reader in transparency_check_readers()}


def test_problems() -> None:
    said: dict[str, set[str]] = {"error": set(), "warning": set()}
    for severity, codes in tables("1.2")[0]:
        said[severity.split(",")[0]] |= set(keys(codes))
    assert said == {"error": set(ERRORS), "warning": set(WARNINGS)}


def test_codes_of_validate() -> None:
    said = {(keys(row[1])[0], row[0]) for row in tables("3.4")[0]}
    weights = (("error", validation.ERRORS), ("warning", validation.WARNINGS), ("note", validation.NOTES))
    assert said == {(code, weight) for weight, texts in weights for code in texts}


def test_lint_codes() -> None:
    said = {(keys(row[1])[0], row[0]) for row in tables("3.2")[1]}
    assert said == {(code, lint.severity(code)) for code in CHECKS}


def test_the_keys_of_the_lists(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = {
        keys(row[0])[0]: keys(re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", row[1])) for row in tables("3.2")[0]
    }
    select = ["--select", "XK-PAR-001", "--format", "json"]
    assert list(run(["rules", "list", *select], tmp_path, monkeypatch)[0]) == said["rules list"]
    assert list(run(["rules", "mutate", *select], tmp_path, monkeypatch)[0]) == said["rules mutate"]
    assert said["rules lint"] == [field.name for field in dataclasses.fields(Problem)]


def test_exit_codes() -> None:
    codes = [int(row[0]) for row in tables("4.")[0]]
    assert codes == [
        report.EXIT_UNDELIVERED,
        report.EXIT_USAGE,
        report.EXIT_RULE_FAILED,
        report.EXIT_VIOLATIONS,
        report.EXIT_NOTHING,
        report.EXIT_FINE,
        report.EXIT_INTERRUPTED,
        report.EXIT_PIPE,
    ]


def test_the_duties_make_a_pack_whose_examples_hold(tmp_path: Path) -> None:
    """Loaded as the loader does it: shapes by the models, names and values by the vocabulary of Kosovo."""
    assert len(DUTIES) > 10
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    for number, (_, text) in enumerate(DUTIES, start=1):
        whole = text if text.startswith("id:") else HEAD.format(number=number) + text
        duty = model.Duty.model_validate(read_yaml("contract.md", whole.encode()).data, strict=True)
        folder = tmp_path / "duties" / duty.area.lower()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{duty.id}.yaml").write_text(whole, encoding="utf-8")
    book = load_rulebook([str(tmp_path)])
    ours = [duty for duty in book.duties if duty.id.startswith("XX-")]
    assert len(ours) == len(DUTIES)
    results = run_all(ours, book)
    assert results
    assert [m for result in results for m in result.mismatches] == []


def test_every_shape_has_a_block() -> None:
    shapes = set()
    for _, text in DUTIES:
        whole = text if text.startswith("id:") else HEAD.format(number=1) + text
        shapes.add(model.Duty.model_validate(read_yaml("f", whole.encode()).data, strict=True).shape)
    assert shapes == {"event", "content", "duration", "count", "calendar", "standing", "none"}


def test_the_sidecar(tmp_path: Path) -> None:
    (text,) = [text for title, text in YAML_BLOCKS if title == "sidecar"]
    (tmp_path / "log.jsonl.meta.yaml").write_text(text, encoding="utf-8")
    sidecar = read_sidecar(tmp_path / "log.jsonl")
    assert not sidecar.problems
    assert (sidecar.defaults, len(sidecar.coverage)) == ({"municipality": "kline"}, 2)


def run(command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The JSON that a command gives for the log of section 1."""
    (folder / "log.jsonl").write_text(JSON_BLOCKS[0], encoding="utf-8")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(application, [*command, "--no-plugins"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def without_digests(value: dict[str, Any]) -> dict[str, Any]:
    """What stays the same when a pack is corrected elsewhere: digests and versions of packs change."""
    return {key: part for key, part in value.items() if key not in ("tool", "packs", "calendar")}


def test_the_report_is_what_the_command_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = re.search(r"`transparency-check (check log\.jsonl [^`]*)`", CONTRACT)
    assert command is not None
    shown = json.loads(JSON_BLOCKS[1])
    schema = json.loads((ROOT / "docs" / "schemas" / "report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(shown)
    given = run(command[1].split(), tmp_path, monkeypatch)
    assert without_digests(given) == without_digests(shown)
    assert list(given) == list(shown)
    assert list(given["findings"][0]) == list(shown["findings"][0])


def test_the_keys_of_an_explanation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = json.loads(JSON_BLOCKS[1])["findings"][0]["id"]
    proof = run(
        ["explain", "log.jsonl", finding, "--as-of", "2026-12-01", "--format", "json"], tmp_path, monkeypatch
    )
    said = {row[0]: keys(re.sub(r"\([^)]*\)", "", row[1])) for row in tables("3.1")[0]}
    derivation = proof["readings"][0]["derivation"]
    assert said == {
        "the whole": list(proof),
        "of `readings`": list(proof["readings"][0]),
        "`derivation`": list(derivation),
        "`period`": list(derivation["period"]),
        "of `days`, `roll`": list(derivation["days"][0]),
        "of `candidates`": list(proof["candidates"][0]),
        "of `coverage`": list(proof["coverage"][0]),
    }


def test_the_keys_of_plans_and_sheets() -> None:
    said = {row[0]: keys(re.sub(r"\([^)]*\)", "", row[1])) for row in tables("3.3")[0]}
    plan, sheet = (
        json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("plan", "sheet")
    )
    assert said == {
        "a plan": list(plan["properties"]),
        "of `options`": list(plan["$defs"]["option"]["properties"]),
        "of `steps`": list(plan["$defs"]["step"]["properties"]),
        "of `limits`": list(plan["$defs"]["limit"]["properties"]),
        "a sheet": list(sheet["properties"]),
        "of `verdict`": list(sheet["properties"]["verdict"]["properties"]),
        "of `items`": list(sheet["properties"]["items"]["items"]["properties"]),
    }
