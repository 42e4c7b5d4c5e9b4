"""One case with some thousand events (a million: ``make million``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_input.million import judged, write
from transparency_check import proving


@pytest.mark.parametrize("many", [0, 10**9], ids=["proved in bulk", "row by row"])
@pytest.mark.parametrize("events", [3, 5_000])
def test_the_first_of_many_notices_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, events: int
) -> None:
    monkeypatch.setattr(proving, "MANY", many)
    write(tmp_path / "log.jsonl", events)
    read, findings = judged(tmp_path / "log.jsonl")
    assert read == events
    (finding,) = findings
    assert finding.outcome == "fulfilled"
    assert [evidence.event for evidence in finding.fulfilment] == ["n0"]
