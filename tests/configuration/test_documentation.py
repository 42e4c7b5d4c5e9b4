"""The page for offices is true: its example is used, and shows what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from configuration.conftest import NOTICE, SCHEDULED, Office, uses
from transparency_check.configuration import model
from transparency_check.model import SETTINGS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "configuration.md").read_text(encoding="utf-8")
CONTRACT = (DOCS / "contract.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
(SHOWN,) = re.findall(r"```console\n\$ transparency-check config show\n(.*?)```", PAGE, re.DOTALL)
SECTION = CONTRACT[CONTRACT.index("## 5. Configuration") :]
ENTRIES: dict[str, type[BaseModel]] = {
    "number": model.SuppliedNumber,
    "confirmation": model.Confirmation,
    "reading": model.SettledReading,
    "severity": model.SeverityChange,
    "closure": model.Closure,
    "coverage": model.Coverage,
    "path": model.PathSettings,
    "reminder": model.Reminding,
}


def test_the_example_is_shown(office: Office) -> None:
    office.configure(EXAMPLE)
    assert office.run("config", "show", "--no-plugins").stdout == SHOWN


def test_the_example_is_used(office: Office) -> None:
    office.configure(EXAMPLE)
    office.log({**SCHEDULED, "municipality": None}, NOTICE)
    made = office.run("baseline", "create", "log.jsonl", "--as-of", "2026-12-01", "--no-plugins")
    assert made.exit_code == 0
    report = office.check()
    assert report["baseline"]["file"] == "baseline.json"
    assert {f["municipality"] for f in report["findings"]} == {"kline"}
    (found,) = [f for f in report["findings"] if f["rule"] == "XK-MTG-001"]
    # Fri 27 Nov excluded; Thu 26 .. Mon 23 = 1..4; Fri 20 closed; Thu 19 = 5.
    assert (found["outcome"], found["due"]) == ("fulfilled", "2026-11-19")
    assert {s["kind"] for s in found["configured"]} >= {"number", "reading", "closure"}
    assert uses(report)["number", "XK-MTG-001"]
    assert {s["kind"] for s in report["configuration"]["settings"]} == set(SETTINGS)


def test_config_show_as_json(office: Office) -> None:
    office.configure(EXAMPLE)
    shown = json.loads(office.run("config", "show", "--format", "json", "--no-plugins").stdout)
    assert (shown["file"], shown["municipality"]) == ("transparency-check.toml", "kline")
    assert [s["line"] for s in shown["settings"]] == sorted(s["line"] for s in shown["settings"])
    assert list(shown) == ["file", "sha256", "municipality", "packs", "settings"]
    lines = EXAMPLE.splitlines()
    for setting in shown["settings"]:
        assert setting["place"] == f"transparency-check.toml:{setting['line']}"
        assert setting["effect"]
    duties = [s for s in shown["settings"] if s["subject"].startswith("XK-")]
    assert duties and all(s["subject"] in lines[s["line"] - 1] for s in duties)


def keys(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", re.sub(r"\([^)]*\)", "", cell))


def fields(record: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


def table(number: int) -> list[list[str]]:
    rows = re.findall(r"(?:^\|.*\n)+", SECTION, re.MULTILINE)[number].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def test_the_contract_names_every_key() -> None:
    assert [keys(row[0])[0] for row in table(0)] == list(model.Configuration.model_fields)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_contract_names_every_key_of_an_entry(entry: str) -> None:
    (cell,) = [row[1] for row in table(1) if row[0] == entry]
    assert set(keys(cell)) == fields(ENTRIES[entry])
    required = {f.alias or n for n, f in ENTRIES[entry].model_fields.items() if f.is_required()}
    assert {k for bold in re.findall(r"\*\*(`[^*]+`)\*\*", cell) for k in keys(bold)} == required


def test_the_page_explains_every_key() -> None:
    for key in model.Configuration.model_fields:
        assert re.search(rf"^\*\*`\[?\[?{key}", PAGE, re.MULTILINE), key
