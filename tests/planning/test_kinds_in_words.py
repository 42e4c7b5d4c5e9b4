"""Kinds of cases are told in the words of the language; programs and commands have their ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from transparency_check.cli import application

SESSION = {
    "id": "S-1", "type": "meeting.scheduled", "time": "2026-11-18", "municipality": "kline", "case": "seanca",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
    "planned_at": "2026-11-24T10:00",
}  # fmt: skip
WORDS = {
    "en": ("ordinary", "extraordinary"),
    "sq": ("e rregullt", "e jashtëzakonshme"),
    "sr-Latn": ("redovna", "vanredna"),
    "sr-Cyrl": ("редовна", "ванредна"),
}


def said(*arguments: str) -> str:
    result = CliRunner().invoke(application, [*arguments, "--no-config"], prog_name="transparency-check")
    assert result.exit_code in (0, 1), result.output
    # Lines are as wide as a terminal.
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("language", WORDS)
def test_a_plan_names_kinds_in_words(language: str) -> None:
    shown = said("plan", "session", "--from", "2026-11-20", "--lang", language)
    for word in WORDS[language]:
        # Side by side, and as a heading.
        assert f" {word} " in shown and f"{word[0].upper()}{word[1:]}: " in shown
    if language != "en":
        assert "ordinary" not in shown


@pytest.mark.parametrize("language", WORDS)
def test_a_sheet_names_kinds_in_words_and_commands_by_their_ids(language: str, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(json.dumps(SESSION) + "\n", "utf-8")
    shown = said("session", str(log), "seanca", "--as-of", "2026-11-20", "--lang", language)
    ordinary, extraordinary = WORDS[language]
    assert f": {ordinary} " in shown and extraordinary in shown
    # What is to be typed is the same in every language.
    assert "--kind ordinary" in shown
    if language != "en":
        commands = shown.count("--kind ordinary") + shown.count("--kind extraordinary")
        assert shown.count("ordinary") == commands


def test_programs_are_given_ids() -> None:
    given = json.loads(said("plan", "session", "--from", "2026-11-20", "--lang", "sq", "--format", "json"))
    assert [option["kind"] for option in given["options"]] == ["ordinary", "extraordinary", "urgent"]
