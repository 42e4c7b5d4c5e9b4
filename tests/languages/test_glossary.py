"""The glossary says what the catalogues say: the terms of texts that are one term."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from transparency_check.messages import text
from transparency_check.messages.language import speaking

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
# A text of the catalogue, by the beginning of its row.
TERMS = {
    "outcome.violated": "violated",
    "outcome.late": "late",
    "outcome.fulfilled": "fulfilled",
    "outcome.pending": "pending",
    "outcome.undetermined": "undetermined",
    "outcome.not_applicable": "not applicable",
    "explain.duty": "duty",
    "summary.obligations": "obligation",
    "explain.law": "legal basis",
    "explain.confidence": "source",
    "confidence.word.verified": "verified",
    "confidence.word.secondary": "secondary",
    "confidence.word.unverified": "unverified",
    "severity.violation": "violation",
    "severity.advisory": "advisory",
    "config.kind.reading": "reading",
    "config.kind.coverage": "coverage",
    "explain.case": "case",
    "explain.municipality": "municipality",
    "explain.due": "due",
    "late.working-day": "working day",
    "off.weekend": "weekend",
    "off.holiday": "day off",
    "clock_stopped": "the clock is stopped",
    "problem.error": "error",
    "problem.warning": "warning",
    "plugins.name": "plugin",
    "book.pack": "pack",
}


def row(term: str) -> list[str]:
    """The cells of the row that has the term."""
    rows = [re.split(r"\s*\|\s*", line)[1:-1] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return next(cells for cells in rows if re.search(rf"(^|[,:] ){re.escape(term)}($|[,: ])", cells[0]))


@pytest.mark.parametrize(("code", "term"), TERMS.items())
@pytest.mark.parametrize(("spoken", "column"), [("sq", 1), ("sr-Cyrl", 2)])
def test_terms(code: str, term: str, spoken: str, column: int) -> None:
    with speaking(spoken):
        said = text(code, n=1).removeprefix("1 ").lower()
    # The article of a noun is its ending: lënda, lëndë.
    stem = re.sub(r"(a|i|u|et|ët|ë|je|t)$", "", said.split(" ")[0]) if spoken == "sq" else said
    assert stem.rstrip("i") in row(term)[column].lower()
