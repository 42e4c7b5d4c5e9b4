"""Reports: one file per format, all of them views of the same report, registered through the hook that
outsiders use.
"""

from __future__ import annotations

from ..hookspecs import Reporter, hookimpl


@hookimpl
def transparency_check_reporters() -> list[Reporter]:
    """The built-in formats."""
    from ..documents import NAMES
    from ..documents.reporters import DocumentReporter
    from .concise import ConciseReporter
    from .counts import CountsReporter
    from .csv import CsvReporter
    from .json import JsonReporter
    from .json_lines import JsonLinesReporter
    from .markdown import MarkdownReporter
    from .statistics import StatisticsReporter
    from .table import TableReporter

    # The longer of two endings first.
    return [
        TableReporter(), CountsReporter(), JsonReporter(), JsonLinesReporter(), CsvReporter(),
        MarkdownReporter(), *map(DocumentReporter, NAMES), ConciseReporter(), StatisticsReporter(),
    ]  # fmt: skip
