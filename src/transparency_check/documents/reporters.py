"""Documents as formats of ``check`` and ``upcoming``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..model import Report
from ..reports.options import ReportOptions
from ..reports.outline import OPEN, outline
from . import NO_TEXT
from .document import Document, facts_of
from .formats import rendered


class DocumentReporter:
    """The arrangement of the table as a document; one that is no text goes to the bytes below the stream."""

    most = OPEN

    def __init__(self, name: str) -> None:
        self.name = name
        self.suffixes: tuple[str, ...] = (f".{name}",)
        self.binary = name in NO_TEXT

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the document. Raises ``UsageError`` where its library is not installed."""
        given = ReportOptions.of(options)
        facts = facts_of(report, given.names.municipalities)
        data = rendered(self.name, Document(outline(report, given), facts, given.language))
        stream.flush()
        stream.buffer.write(data)
