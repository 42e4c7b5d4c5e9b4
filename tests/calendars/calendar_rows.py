"""Rows of a calendar made by hand."""

from __future__ import annotations

from transparency_check.packs.model import CalendarRow


def make_row(day: str, off: str = "yes", status: str = "derived", name: str = "Feast") -> CalendarRow:
    return CalendarRow.model_validate(
        {"date": day, "name": {"en": name}, "kind": "fixed", "off": off, "status": status, "source": "Law 1"}
    )
