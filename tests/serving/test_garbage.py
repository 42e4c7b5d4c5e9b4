"""What was judged is not looked through for garbage: so it has to go by itself once other verdicts stand."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from transparency_check.garbage import kept_out
from transparency_check.serving import state

from .made import NOTICE, SESSION, Made, settled, with_register
from .test_parts import state_of

PAGES = ("/en/", "/sq/obligations", "/en/cases", "/en/waivers", "/en/calendar")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setattr(state, "_MUCH", 1)
    with with_register(tmp_path, SESSION) as made:
        yield made
    gc.unfreeze()


def test_an_earlier_judgement_goes_with_its_snapshot(made: Made) -> None:
    reader, recorder = made.client("reader"), made.client("recorder")
    for page in PAGES:
        assert reader.get(page).status_code == 200
    part = state_of(made).snapshot.whole.parts["kline"]
    finding = next(iter(part.findings))
    assert reader.get(f"/en/findings/{finding}").status_code == 200
    before = [weakref.ref(thing) for thing in (part, part.answer.judgement, part.answer.judgement.prepared)]
    del part
    with kept_out():
        assert recorder.post("/en/record/notice.published", data=NOTICE).status_code in (200, 303)
        settled(made)
        for page in PAGES:
            assert reader.get(page).status_code == 200
        # The thread that judges is done with what it had.
        state_of(made).stop()
        assert [thing() for thing in before] == [None, None, None]


def test_what_stands_is_not_looked_through(made: Made) -> None:
    # The thread that judges is done with its last judgement, and with what comes after it.
    state_of(made).stop()
    part = state_of(made).snapshot.whole.parts["kline"]
    assert gc.get_freeze_count() > 0
    assert not any(thing is part.findings for thing in gc.get_objects())
