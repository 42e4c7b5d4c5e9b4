"""The JSON Schemas: as written under docs/schemas, and in agreement with the loader."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from packs.small_pack import DUTY, DUTY_FILE, EVENTS, INSTRUMENTS, PACK, SECOND
from transparency_check.packs.find import package_folder, repository_of
from transparency_check.packs.schema import main, schemas, text
from transparency_check.packs.yaml_source import read_yaml


@functools.cache
def schema(name: str) -> Any:
    found = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def data(content: str) -> Any:
    return read_yaml("f", content.encode()).data


@pytest.mark.parametrize("name", ["duty", "pack", "events", "instruments"])
def test_the_files_are_up_to_date(name: str) -> None:
    repository = repository_of(package_folder())
    assert repository is not None
    file = repository / "docs" / "schemas" / f"{name}.json"
    assert file.read_text(encoding="utf-8") == text(schemas()[name]), (
        "run python -m transparency_check.packs.schema"
    )


def test_they_are_written_into_a_folder(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "duty.json",
        "events.json",
        "instruments.json",
        "pack.json",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("duty", DUTY), ("duty", SECOND), ("pack", PACK), ("events", EVENTS), ("instruments", INSTRUMENTS)],
)
def test_the_small_pack_fits(name: str, content: str) -> None:
    schema(name).validate(data(content))


@pytest.mark.parametrize(
    "where",
    [
        "{}",
        "{body: assembly}",
        "{urgent: true, votes: 3}",
        "{channel: [website, board]}",
        "{body: {not: [assembly, committee]}}",
        "{languages: {includes_all: {municipality: official_languages}}}",
        "{votes: {share_of: {field: members, at_least: 0.15}}}",
        "{planned_at: {at_least: 2026-01-01, less_than: {field: closes_at}}}",
        "{reason: {present: true}}",
        "{any: [{body: assembly}, {all: [{urgent: false}, {votes: {more_than: 2}}]}]}",
    ],
)
def test_conditions_that_fit(where: str) -> None:
    schema("duty").validate(data(DUTY.replace("{body: assembly}", where)))


@pytest.mark.parametrize(
    "where",
    [
        "{body: {}}",
        "{body: []}",
        "{body: null}",
        "{body: {at_lest: 3}}",
        "{body: {not: null}}",
        "{any: {body: assembly}}",
        "{any: []}",
        "{languages: {includes_all: {municipality: name}}}",
        "{votes: {share_of: {at_least: 0.15}}}",
        "[body]",
    ],
)
def test_conditions_that_do_not_fit(where: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        schema("duty").validate(data(DUTY.replace("{body: assembly}", where)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{clear: true}", "{cleer: true}"),
        ("{clear: true}", "{}"),
        ("bearer:", "beerer:"),
        ("n: 7", "n: seven"),
        ("violation", "violaton"),
        ("from: 2023-01-01", "from_: 2023-01-01"),
    ],
)
def test_duties_that_do_not_fit(old: str, new: str) -> None:
    assert old in DUTY, DUTY_FILE
    with pytest.raises(jsonschema.ValidationError):
        schema("duty").validate(data(DUTY.replace(old, new, 1)))
