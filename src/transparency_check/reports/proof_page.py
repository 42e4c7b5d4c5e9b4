"""The proof of one finding as a page: for Markdown and for documents."""

from __future__ import annotations

from collections.abc import Iterator

from ..explanation import Explanation, ReadingProof
from ..messages import text
from . import wording
from .options import Names
from .outline import Block, Outline, Section
from .proof import (
    DAY_COLUMNS,
    RECORD_COLUMNS,
    candidate_reason,
    considered,
    counting_rule,
    day_rows,
    facts,
    reading_lines,
    steps,
)


def outline(proof: Explanation, names: Names) -> Outline:
    """Facts, then each reading day by day, then the records considered."""
    title = text("explain.heading", id=proof.finding.id)
    header = tuple(f"{label}: {value}" for label, value in facts(proof, names))
    return Outline(title, header, tuple(_sections(proof, names)))


def _sections(proof: Explanation, names: Names) -> Iterator[Section]:
    if proof.readings:
        yield Section(text("explain.readings"), "plain", tuple(map(_reading, proof.readings)))
    records = considered(proof)
    if not records:
        nothing = Block(lines=(text("explain.no_candidates"),))
        yield Section(text("explain.candidates"), "plain", (nothing,))
        return
    rows = tuple(
        (
            (f"{c.evidence.event}: {wording.evidence(c.evidence, names)}",),
            (text(f"verdict.{c.verdict}"),),
            (candidate_reason(c),),
        )
        for c in records
    )
    block = Block(columns=tuple(text(code) for code in RECORD_COLUMNS), rows=rows)
    yield Section(text("explain.candidates"), "plain", (block,))


def _reading(proof: ReadingProof) -> Block:
    title, *lines = reading_lines(proof)
    derivation = proof.derivation
    if derivation is None:
        return Block(title, tuple(lines))
    lines += [counting_rule(derivation), *steps(derivation)]
    counted = day_rows(derivation.days, derivation.period.unit == "working-day")
    rows = tuple(tuple((cell,) for cell in row) for row in counted)
    return Block(title, tuple(lines), tuple(text(code) for code in DAY_COLUMNS), rows)
