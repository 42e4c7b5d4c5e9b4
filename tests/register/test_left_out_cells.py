"""What a register keeps of a row that an import left out."""

from __future__ import annotations

import json

import pytest

from transparency_check.messages.problems import problem
from transparency_check.readers.base import NoValue
from transparency_check.register.importing import _left_out
from transparency_check.register.intake import Bad, Intake


@pytest.mark.xfail(strict=True, reason="json.dumps writes a cell without a value, which is a float, as NaN")
def test_a_cell_without_a_value_is_kept_as_it_is_shown() -> None:
    place = "log.xlsx!2026!B2"
    values = {"type": "meeting.held", "time": NoValue("#REF!")}
    intake = Intake(bad=[Bad(place, (problem("missing_time", place),), {}, values)])
    (row,) = _left_out(intake)
    assert json.loads(row.content) == {"type": "meeting.held", "time": "#REF!"}
