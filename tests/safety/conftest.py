"""Logs judged once for all reporters: what is hostile here is told by them, not found by the judgement."""

from __future__ import annotations

from typing import Any

import pytest

from transparency_check import checking


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """What was judged in a module, by test and inquiry."""
    return {}


@pytest.fixture
def judged_once(
    request: pytest.FixtureRequest, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same inquiry of the same test function gets the same answer, in whatever format it is told."""
    test = request.node.originalname
    true = checking.answer

    def answer(inquiry: checking.Inquiry, *more: Any, **named: Any) -> checking.Answer:
        key = f"{test} {inquiry}"
        if key not in answers:
            answers[key] = true(inquiry, *more, **named)
        found: checking.Answer = answers[key]
        return found

    monkeypatch.setattr(checking, "answer", answer)
