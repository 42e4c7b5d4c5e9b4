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
    from .azure import AzureReporter
    from .calendar_feed import CalendarReporter
    from .concise import ConciseReporter
    from .counts import CountsReporter
    from .csv import CsvReporter
    from .github import GithubReporter
    from .gitlab import GitlabReporter
    from .json import JsonReporter
    from .json_lines import JsonLinesReporter
    from .junit import JunitReporter
    from .markdown import MarkdownReporter
    from .sarif import SarifReporter
    from .statistics import StatisticsReporter
    from .table import TableReporter
    from .xlsx import XlsxReporter

    return [
        TableReporter(), CountsReporter(), JsonReporter(), JsonLinesReporter(), CsvReporter(),
        MarkdownReporter(), *map(DocumentReporter, NAMES), XlsxReporter(), SarifReporter(), JunitReporter(),
        GithubReporter(), GitlabReporter(), AzureReporter(), ConciseReporter(), StatisticsReporter(),
        CalendarReporter(),
    ]  # fmt: skip
