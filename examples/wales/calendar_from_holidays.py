"""Writes calendar.csv: the days off of a country by the library ``holidays``, as a file that can be read and
corrected.

Run it when a year is added, read the difference, and commit it: no verdict changes because a library did.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import holidays

FILE = Path(__file__).parent / "src/transparency_check_wales/wales/calendar.csv"
YEARS = range(2020, 2031)
COLUMNS = ("date", "name_en", "kind", "off", "status", "source")
# By section 10(6) of the Act of 2000 a bank holiday "in any part of the United Kingdom" is no working day.
PARTS = ("ENG", "WLS", "SCT", "NIR")
# Days of one year whose proclamation was not looked up: due dates are counted with and without them.
UNSURE = {dt.date(2026, 6, 15)}


def rows() -> list[dict[str, str]]:
    named: dict[dt.date, dict[str, list[str]]] = {}
    for part in PARTS:
        for day, name in holidays.country_holidays("GB", subdiv=part, years=YEARS, language="en_GB").items():
            named.setdefault(day, {}).setdefault(name, []).append(part)
    return [
        {
            "date": day.isoformat(),
            "name_en": " / ".join(names),
            "kind": "bank-holiday",
            "off": "uncertain" if day in UNSURE else "yes",
            "status": "derived",
            "source": f"holidays: {', '.join(sorted({part for parts in names.values() for part in parts}))}",
        }
        for day, names in sorted(named.items())
        # At the weekend no day is worked anyway.
        if day.weekday() < 5
    ]


def table() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
