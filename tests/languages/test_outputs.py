"""The same log in four languages: told as it was read by people, and the same verdicts in each."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application
from transparency_check.messages.language import LANGUAGES

from .outputs import FOLDER, SELECTED, said, write_log

ROOT = Path(__file__).parents[2]
# Commands whose output is kept, and fits a terminal.
KEPT = ("check", "upcoming", "explain", "session", "compare", "score", "validate")
# What is told to people, and so in their language; all else of a report is codes, ids, days and places.
TOLD = {"message", "title", "language", "why", "because"}


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_log(tmp_path)
    monkeypatch.chdir(tmp_path)


def run(tag: str, *args: str) -> Result:
    return CliRunner().invoke(application, [*args, "--lang", tag], prog_name="transparency-check")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_said(tag: str) -> None:
    written = (FOLDER / f"{tag}.txt").read_text("utf-8")
    assert said(tag) == written, "python -m languages.outputs, then read the difference"


def columns(line: str) -> int:
    """On a terminal: a letter that stands over another takes none."""
    return sum(unicodedata.combining(c) == 0 for c in line)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_tables_fit_80_columns(tag: str) -> None:
    # What is kept is what is said, see above; mistakes are told in lines as long as they are.
    kept = [
        part.partition("\n")[2]
        for part in (FOLDER / f"{tag}.txt").read_text("utf-8").split("$ transparency-check ")
        if part.partition(" ")[0] in KEPT
        and "2026-11-31" not in part
    ]
    assert len(kept) == 7
    shown = kept + [
        run(tag, *args).stdout
        for args in (
            ["rules", "list", "--pack", "kosovo"],
            ["rules", "show", "XK-BUD-006"],
            ["rules", "show", "XK-CON-007"],
            ["calendar", "2026"],
            ["plugins", "list"],
            ["plan", "session", "--from", "2026-11-20", "--on", "2026-11-25T10:00"],
        )
    ]
    # A link is not broken.
    wide = [x for text in shown for x in text.splitlines() if columns(x) > 80 and "http" not in x]
    assert wide == []
    assert all(unicodedata.is_normalized("NFC", text) for text in shown)


def codes(value: Any) -> Any:
    """A report without what is told to people."""
    if isinstance(value, dict):
        return {k: codes(v) for k, v in value.items() if k not in TOLD}
    return [codes(v) for v in value] if isinstance(value, list) else value


def test_reports_for_programs_differ_only_in_what_is_told() -> None:
    schema = json.loads((ROOT / "docs/schemas/report.json").read_text("utf-8"))
    reports = {}
    for tag in LANGUAGES:
        report = json.loads(run(tag, "check", "log.jsonl", *SELECTED, "--format", "json", "--all").stdout)
        jsonschema.validate(report, schema)
        assert report["language"] == tag
        reports[tag] = report
    assert len(reports["en"]["findings"]) == 3 and len(reports["en"]["problems"]) >= 2
    for tag in ("sq", "sr-Latn", "sr-Cyrl"):
        assert codes(reports[tag]) == codes(reports["en"])
        for part in ("findings", "problems"):
            for ours, english in zip(reports[tag][part], reports["en"][part], strict=True):
                assert ours["message"] != english["message"]


COMPARED = ("compare", "log.jsonl", *SELECTED, "--against-as-of", "2026-12-10")


@pytest.mark.parametrize(
    "args",
    [
        ("session", "log.jsonl", "seanca-12", "--as-of", "2026-11-20"),
        ("plan", "request", "--from", "2026-11-20T09:00", "--kind", "life-or-liberty"),
        COMPARED,
    ],
    ids=lambda args: args[0],
)
def test_sheets_plans_and_comparisons_for_programs_differ_only_in_what_is_told(args: tuple[str, ...]) -> None:
    found = {tag: json.loads(run(tag, *args, "--format", "json").stdout) for tag in LANGUAGES}
    for tag, told in found.items():
        assert [h["language"] for h in (told.get("before", told), told.get("after", told))] == [tag, tag]
        assert codes(told) == codes(found["en"])
    assert json.dumps(found["sq"]) != json.dumps(found["en"] | {"language": "sq"})


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(
    "args",
    [
        ("check", "log.jsonl", *SELECTED),
        ("session", "log.jsonl", "seanca-12", "--as-of", "2026-11-20"),
        ("plan", "request", "--from", "2026-11-20", "--kind", "none"),
        COMPARED,
    ],
    ids=lambda args: args[0],
)
def test_documents_name_their_language_and_have_its_dates(args: tuple[str, ...], tag: str) -> None:
    pytest.importorskip("jinja2")
    page = run(tag, *args, "--format", "html").stdout
    assert f'<html lang="{tag}">' in page
    if args[0] == "check":
        # It tells how a date of the log is to be written.
        assert ("20.11.2026 (Europe/Belgrade)" in page) == (tag != "en")
        return
    # What is to be typed stays ISO.
    typed = re.compile(r"--(as-of|from|on|known-at) [0-9T:-]+")
    assert bool(re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", typed.sub("", page))) == (tag == "en")


def test_tables_for_spreadsheets_differ_only_in_what_is_told() -> None:
    def rows(tag: str) -> list[dict[str, str]]:
        shown = run(tag, "check", "log.jsonl", *SELECTED, "--format", "csv").stdout
        return [{k: v for k, v in row.items() if k not in TOLD} for row in csv.DictReader(io.StringIO(shown))]

    english = rows("en")
    assert {row["due"] for row in english} == {"2026-11-18", "2026-11-23", "2026-12-09"}
    assert rows("sq") == rows("sr-Cyrl") == english


def test_exit_codes_do_not_depend_on_the_language() -> None:
    for args in (
        ["check", "nothing.csv"],
        ["rules", "show", "XK-XXX-001"],
        ["rules", "list", "--area", "MTG"],
    ):
        assert len({run(tag, *args).exit_code for tag in LANGUAGES}) == 1, args


def test_what_is_to_be_typed_stays_as_it_must_be_typed() -> None:
    for tag in LANGUAGES:
        shown = " ".join((FOLDER / f"{tag}.txt").read_text("utf-8").split())
        assert "transparency-check explain" in shown
        assert "--as-of 2026-11-20" in shown
