"""A pack, a log and verdicts moved by 28 years: the same weekdays, leap days and weeks of the year fall on
the same days again (within 1901 to 2099).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from properties.judging import Case
from transparency_check.packs.model import CalendarRange, Duty, Municipality, Rulebook

YEARS = 28
# Of a date, alone, and where a recurrence ends.
_YEAR = re.compile(r"(?<![0-9A-Za-z])(19|20)([0-9]{2})(?=-)|^(19|20)([0-9]{2})$|(?<=UNTIL=)[0-9]{4}")


def later(value: Any) -> Any:
    """The value with every date, period and year in it so many years later."""
    if isinstance(value, str):
        return _YEAR.sub(lambda m: str(int(m[0]) + YEARS), value)
    if isinstance(value, dict):
        return {key: later(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(later(part) for part in value)
    return value


def without_days_off(book: Rulebook) -> Rulebook:
    """The rulebook over an empty calendar that never ends, its local times in a zone that changes alike
    each year, its recurrences stepped from a day that it states itself.
    """
    span = CalendarRange.model_validate({"from": dt.date(1990, 1, 1), "to": dt.date(2099, 12, 31)})
    duties = []
    for duty in book.duties:
        versions = list(duty.versions)
        if versions[0].from_ is None:
            versions[0] = versions[0].model_copy(update={"from_": dt.date(2015, 1, 1)})
        duties.append(duty.model_copy(update={"versions": versions}))
    return book.model_copy(
        update={"calendar": [], "calendar_range": span, "duties": duties, "zone": "Europe/Belgrade"}
    )


def moved(case: Case) -> Case:
    """The case 28 years later."""
    book = case.rulebook
    municipalities = [
        Municipality.model_validate(later(m.model_dump(mode="json", by_alias=True, exclude_unset=True)))
        for m in book.municipalities
    ]
    duties = [
        Duty.model_validate(
            # Instruments are named after years, which are no dates.
            _with_names(later(d.model_dump(mode="json", by_alias=True, exclude_unset=True)), d)
        )
        for d in book.duties
    ]
    changes = {"municipalities": municipalities, "duties": duties}
    rows = [{**later(row), "id": row["id"], "case": row["case"], "file": row["file"]} for row in case.rows]
    return Case(
        book.model_copy(update=changes), rows, later(case.as_of), later(case.known_at), later(case.until)
    )


def _with_names(told: dict[str, Any], duty: Duty) -> dict[str, Any]:
    for version, own in zip(told["versions"], duty.versions, strict=True):
        version["instrument"] = own.instrument
    return told
