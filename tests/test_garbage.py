"""What a process that ends keeps until then, and one that goes on does not."""

from __future__ import annotations

import weakref

import pytest

from transparency_check import garbage


class Made:
    """Anything."""


@pytest.mark.parametrize(("ends", "stands"), [(False, False), (True, True)], ids=["goes on", "ends"])
def test_only_where_the_process_ends_it_keeps_what_was_made(
    monkeypatch: pytest.MonkeyPatch, ends: bool, stands: bool
) -> None:
    monkeypatch.setattr(garbage, "_standing", None)
    if ends:
        monkeypatch.setattr(garbage.gc, "disable", lambda: None)
        garbage.until_the_end()
    made = Made()
    left = weakref.ref(made)
    assert garbage.standing(made) is made
    del made
    assert (left() is not None) is stands
