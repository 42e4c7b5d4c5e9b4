"""One file per input format. Each gives rows of raw cells with their place, and problems; ``events.py``
makes records of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hookspecs import hookimpl

if TYPE_CHECKING:
    from .base import Reader


@hookimpl
def transparency_check_readers() -> list[Reader]:
    """The built-in readers, through the hook that plugins use."""
    from .csv_ import CommaSeparated
    from .foreign.calendar_entries import Calendar
    from .foreign.ocds import Ocds
    from .foreign.ocel_json import OcelJson
    from .foreign.ocel_sqlite import OcelSqlite
    from .foreign.ocel_xml import OcelXml
    from .foreign.sql import Sql
    from .foreign.xes import Xes
    from .json_ import JsonDocument
    from .jsonl import JsonLines
    from .parquet import Parquet
    from .sheet import Spreadsheet

    own: list[Reader] = [JsonLines(), JsonDocument(), CommaSeparated(), Spreadsheet(), Parquet()]
    return [*own, Xes(), OcelJson(), OcelXml(), OcelSqlite(), Sql(), Calendar(), Ocds()]
