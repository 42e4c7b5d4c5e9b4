"""Legal time: days off, periods, due dates and their proofs (semantics 3). Pure computation; nothing here
reads files or clocks.

``Calendar`` knows which days are worked, ``due`` counts a ``Period`` from an anchor, ``derive`` gives the
same count day by day. Hours are instants and are none of this package's business.
"""

from transparency_check.calendars.deadlines import (
    Due,
    due,
    dues,
    earliest_anchor,
    last_working_day,
    working_days_between,
)
from transparency_check.calendars.derivation import CountedDay, Derivation, derive
from transparency_check.calendars.official import BOUNDS, Calendar, DayStatus, OutsideCalendar, Reason
from transparency_check.calendars.periods import Period

__all__ = [
    "BOUNDS",
    "Calendar",
    "CountedDay",
    "DayStatus",
    "Derivation",
    "Due",
    "OutsideCalendar",
    "Period",
    "Reason",
    "derive",
    "due",
    "dues",
    "earliest_anchor",
    "last_working_day",
    "working_days_between",
]
