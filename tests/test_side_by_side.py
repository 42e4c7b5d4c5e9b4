"""What works side by side leaves the interpreter as it was."""

from __future__ import annotations

import sys

from transparency_check.side_by_side import short_turns


def test_the_last_that_asks_for_short_turns_gives_them_back() -> None:
    """Whoever began first may end first, as two runs of one program do."""
    before = sys.getswitchinterval()
    first, second = short_turns(), short_turns()
    first.__enter__()
    second.__enter__()
    assert sys.getswitchinterval() < before
    first.__exit__(None, None, None)
    assert sys.getswitchinterval() < before
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == before
