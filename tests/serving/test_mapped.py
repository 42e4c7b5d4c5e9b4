"""Logs of others that are served: their mapping decides verdicts, and is looked at like they are."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from transparency_check.checking import Inquiry
from transparency_check.configuration.read import read_file
from transparency_check.plugins import load_registry
from transparency_check.serving.starting import Start, built

from .made import Clock, Made, people, settled
from .test_parts import state_of

LOG = "What;On;Of;Ticket\nopened;02.11.2026;kline;q-1\nclosed;04.11.2026;kline;q-1\n"
MAPPING = """
type: {from: What, values: {opened: request.registered, closed: %s}}
columns:
  time: {from: "On", format: dd.MM.yyyy}
  municipality: Of
  case: Ticket
"""


def outcomes(made: Made) -> list[str]:
    found = made.client("reader").get("/api/findings?rule=XK-FOI-001").json()["findings"]
    return [finding["outcome"] for finding in found]


def test_a_mapping_that_the_configuration_names_is_judged_by_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    log, mapping, office = Path("log.csv"), Path("others.yaml"), Path("office.toml")
    log.write_text(LOG, "utf-8")
    mapping.write_text(MAPPING % "request.answered", "utf-8")
    office.write_text('[mappings]\n"log.csv" = "others.yaml"\n', "utf-8")

    def inquire() -> Inquiry:
        return Inquiry(logs=(), select=("XK-FOI-001",), office=read_file(office))

    clock = Clock(Clock.now.replace(day=20))
    with ExitStack() as stack:
        guard = built(Start((str(log),), people()), inquire, load_registry, clock, stack)
        made = Made(guard, clock, tmp_path)
        assert outcomes(made) == ["fulfilled"]
        # Nothing else has changed, not even its size.
        changed = mapping.with_suffix(".new")
        changed.write_text(MAPPING % "request.received", "utf-8")
        changed.replace(mapping)
        settled(made)
        assert outcomes(made) != ["fulfilled"]
        mapping.unlink()
        office_says = state_of(made).settle(60)
        assert office_says.failure is not None and "others.yaml" in office_says.failure
        mapping.write_text(MAPPING % "request.answered", "utf-8")
        settled(made)
        assert outcomes(made) == ["fulfilled"]
