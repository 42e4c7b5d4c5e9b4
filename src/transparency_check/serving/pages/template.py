"""The empty register as a workbook, to keep records in and import."""

from __future__ import annotations

from ...spreadsheets.template import workbook
from ..frame import Served
from .asked import Asked
from .exports import TYPES, Made


def template(frame: Served, asked: Asked) -> Made:
    """The workbook in the language of the page, for one municipality where it is named."""
    known = {m.id for m in frame.rulebook.municipalities}
    town = asked.one("municipality")
    data = workbook(frame.rulebook, town if town in known else None)
    return Made("register.xlsx", TYPES[".xlsx"], data)
