"""Small logs for the engine's tests: flat rows as a log has them, judged by a bundled or a test pack."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reference.flat import records
from transparency_check.engine import Judgement, evaluate
from transparency_check.model import Finding
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.times import read_time

TRIAL = str(Path(__file__).parent.parent / "packs" / "trial")
Row = dict[str, Any]


@cache
def rulebook(pack: str = "kosovo", *duties: str) -> Rulebook:
    """A pack, or only some of its duties."""
    book = load_rulebook([pack])
    return book.model_copy(update={"duties": [d for d in book.duties if not duties or d.id in duties]})


def judged(
    rows: list[Row],
    as_of: str,
    *duties: str,
    pack: str = "kosovo",
    known_at: str | None = None,
    until: str | None = None,
) -> Judgement:
    """The judgement of the rows; ``kline`` (trial pack: ``north``) where a row names no municipality."""
    book = rulebook(pack, *duties)
    home = "kline" if pack == "kosovo" else "north"
    flat = records([{"municipality": home, **row} for row in rows], book)
    moments = [
        None if text is None else read_time(text, ZoneInfo(book.zone)) for text in (as_of, known_at, until)
    ]
    assert moments[0] is not None
    return evaluate([json.dumps(r).encode() for r in flat], book, moments[0], moments[1], moments[2])


def findings(rows: list[Row], as_of: str, *duties: str, **options: Any) -> list[Finding]:
    """All findings of the rows."""
    return judged(rows, as_of, *duties, **options).findings()


def told(found: list[Finding]) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    """Rule, outcome, due and reasons of each finding."""
    return [(f.rule, f.outcome, f.due, f.reasons) for f in found]
