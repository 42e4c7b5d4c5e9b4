"""What of a report somebody asked to see: municipalities, cases, days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from .errors import UsageError
from .harmless import plain
from .messages import text

if TYPE_CHECKING:
    from .checking import Answer
    from .model import Report


def day(option: str, value: str | None) -> dt.date | None:
    """A day as it is given on the command line. Raises ``UsageError``."""
    if value is None:
        return None
    try:
        if len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise UsageError(text("error.day", option=option, name=value))


def days(first: str | None, last: str | None) -> tuple[dt.date | None, dt.date | None]:
    """``--from`` and ``--to``. Raises ``UsageError`` where they are no days or in the wrong order."""
    begin, end = day("--from", first), day("--to", last)
    if begin is not None and end is not None and begin > end:
        raise UsageError(text("error.days.order", first=first, last=last))
    return begin, end


def narrowed_to(
    answer: Answer,
    municipalities: Collection[str],
    cases: Collection[str],
    first: dt.date | None,
    last: dt.date | None,
    tell: Callable[[str], None],
) -> Report:
    """The report with only what was asked for. ``tell`` is given a sentence on each case that no finding has,
    with the nearest one. Raises ``UsageError`` for a municipality that is none.
    """
    from .packs.municipalities import municipality_id
    from .report import narrowed
    from .selecting import nearest

    ids = {municipality_id(name, answer.rulebook) for name in municipalities}
    known = {f.case for f in answer.report.findings if f.case is not None} if cases else set()
    for case in cases:
        if case not in known:
            tell(plain(nearest(text("error.case", name=case), case, known)))
    return narrowed(answer.report, ids, set(cases), first, last)
