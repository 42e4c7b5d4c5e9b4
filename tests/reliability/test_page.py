"""The page on reliability says what was measured, and nothing else."""

from __future__ import annotations

import json

from reliability.page import FIGURES, PAGE, page
from reliability.parts import PARTS


def test_the_page_is_made_of_the_figures() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(figures), "run: make reliability ARGS='--part ...'"


def test_every_figure_is_of_a_part() -> None:
    assert set(json.loads(FIGURES.read_text(encoding="utf-8"))) <= {part.name for part in PARTS}


# Promises that are not kept yet; the page says of each why.
FALLS_SHORT = {"Mutation"}


def test_what_was_promised_was_kept() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert {name for name, found in figures.items() if not found["kept"]} <= FALLS_SHORT
    told = PAGE.read_text(encoding="utf-8")
    told = told[told.index("## What falls short") : told.index("## Known limits")]
    assert all(f"**{name}**" in told for name in FALLS_SHORT)
