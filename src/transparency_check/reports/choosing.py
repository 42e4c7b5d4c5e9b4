"""Which reporter is meant, by its name or by that of the output."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import UsageError
from ..hookspecs import Reporter
from ..messages import text

DEFAULT_FORMAT = "table"


def named(name: str, reporters: Sequence[Reporter]) -> Reporter:
    """The reporter of this name. Raises ``UsageError`` that names the nearest one."""
    from ..selecting import nearest

    by_name = {r.name: r for r in reporters}
    if name not in by_name:
        message = text("error.format", name=name, names=", ".join(sorted(by_name)))
        raise UsageError(nearest(message, name, by_name))
    return by_name[name]


def by_ending(output: str | None, reporters: Sequence[Reporter]) -> Reporter:
    """The reporter with the longest ending that the output has, the first of several; else the table. A part
    of an ending, which only a plugin could name, takes none from the others.
    """
    name = (output or "").lower()
    fitting = [
        (len(end) if end.startswith(".") else 0, reporter)
        for reporter in reporters
        for end in reporter.suffixes
        if name.endswith(end)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else named(DEFAULT_FORMAT, reporters)
