"""Within which days something must happen so that a duty is met under every reading and every calendar that
may turn out, whatever the time of day that is not recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transparency_check.calendars import Period, dues
from transparency_check.engine.forms import Hours
from transparency_check.times import Moment

from .law import HOUR, Arisen, Law, Limit
from .supposed import Supposed, at_instant, on_day

_DAY = dt.timedelta(days=1)
# Longest that is looked back for the last day on which something may be opened.
_LOOK_BACK = 3660


@dataclass(frozen=True)
class Window:
    """The first and the last day that count, both inclusive; None where there is no such bound.

    ``since`` and ``until`` are the instants that bound what is counted in hours. ``begins`` is the day of
    what the duty follows from, where a record of an earlier day may count as well.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    since: int | None = None
    until: int | None = None
    begins: dt.date | None = None

    @property
    def empty(self) -> bool:
        """Whether no moment lies in it."""
        if self.first is not None and self.last is not None and self.first > self.last:
            return True
        return self.since is not None and self.until is not None and self.since > self.until


def joined(windows: Iterable[Window]) -> Window:
    """What all of the windows leave."""
    found = list(windows)
    return Window(
        max((w.first for w in found if w.first is not None), default=None),
        min((w.last for w in found if w.last is not None), default=None),
        max((w.since for w in found if w.since is not None), default=None),
        min((w.until for w in found if w.until is not None), default=None),
        max((w.begins for w in found if w.begins is not None), default=None),
    )


def window(limit: Limit, event: Supposed, law: Law) -> Window | None:
    """When what a duty asks for counts as in time; for a minimum duration, when it may be closed.

    None where the limit cannot be known.
    """
    form = limit.form
    if isinstance(limit.period, Hours):
        assert limit.lo is not None and limit.hi is not None
        if form.shape == "duration":
            return Window(law_day(limit.hi, law), None, since=limit.hi)
        if form.direction == "order" and not limit.anchor.timed:
            return Window(last=limit.anchor.day if form.same_day else limit.anchor.day - _DAY)
        if limit.period.direction == "before":
            return Window(None, law_day(limit.lo, law), until=limit.lo)
        return Window(event.day, law_day(limit.lo, law), event.moment.lo, limit.lo)
    if not limit.known:
        return None
    if form.shape == "duration":
        return Window(first=limit.latest)
    if form.direction == "order":
        # On the day itself the order counts only where both times are recorded.
        return Window(last=limit.earliest if form.same_day else limit.earliest - _DAY)
    if form.direction == "backward":
        return Window(last=limit.earliest)
    when = Window(_not_before(limit, event, law), limit.earliest, begins=event.day)
    return joined([when, _correlated(limit, event, law)])


def law_day(instant: int, law: Law) -> dt.date:
    """The local day of an instant."""
    return at_instant(instant, law.zone).day


def _not_before(limit: Limit, event: Supposed, law: Law) -> dt.date | None:
    form = limit.form
    if form.not_before == "any":
        return None
    if form.not_before == "trigger" or form.not_before_period is None:
        return event.day
    found = [due.day for due in dues(event.day, law.span(form.not_before_period), law.calendar)]
    # Where the calendar does not reach, the trigger's own day is safe.
    return event.day if None in found else max(day for day in found if day is not None)


def _correlated(limit: Limit, event: Supposed, law: Law) -> Window:
    """Found by municipality, a record counts only within a span from the trigger on."""
    if limit.form.win is None:
        return Window()
    found = [due.day for due in dues(event.day, law.span(limit.form.win), law.calendar)]
    return Window(None, min((day for day in found if day is not None), default=None))


def windows(arisen: Arisen, law: Law) -> list[Window] | None:
    """The window of each reading; None where one of them cannot be known."""
    found = [window(limit, arisen.event, law) for limit in arisen.limits]
    return None if not arisen.limits or None in found else [w for w in found if w is not None]


def proposed(whole: Window, law: Law, today: dt.date | None = None) -> Moment | None:
    """When to act: on the last day of the window that is worked, or on its last day where none is.

    With nothing after which it would be too late: on its first day. Not before ``today`` while the window is
    open. None where the window is empty or has no end on either side.
    """
    if whole.empty:
        return None
    if whole.last is None and whole.until is None:
        return None if whole.first is None else on_day(whole.first, law.zone)
    last = whole.last
    assert last is not None
    begins = whole.begins if whole.begins is not None and whole.begins <= last else None
    first = max((d for d in (whole.first, begins, today) if d is not None), default=None)
    worked = law.working_by(last)
    day = worked if worked is not None and (first is None or worked >= first) else last
    if whole.until is not None and law.day_end(day) > whole.until:
        return at_instant(whole.until, law.zone)
    return on_day(day, law.zone)


def latest_opening(closing: dt.date, limits: Sequence[Limit], law: Law) -> dt.date | None:
    """The last day on which something may be opened that has to stay open for the periods of these limits and
    is closed at the end of ``closing``; None where there is none within ten years.
    """
    for back in range(_LOOK_BACK):
        day = closing - back * _DAY
        if all(_open_long_enough(day, closing, limit.period, law) for limit in limits):
            return day
    return None


def _open_long_enough(opening: dt.date, closing: dt.date, period: Period | Hours, law: Law) -> bool:
    if isinstance(period, Hours):
        return law.day_end(opening) + period.n * HOUR <= law.day_end(closing)
    return all(due.day is not None and due.day <= closing for due in dues(opening, period, law.calendar))
