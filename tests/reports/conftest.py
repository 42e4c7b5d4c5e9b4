"""Writing a report in a format, as text."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from reports.made import NAMES
from transparency_check.model import Report
from transparency_check.reports import transparency_check_reporters
from transparency_check.reports.options import ReportOptions

Write = Callable[..., str]


@pytest.fixture
def write() -> Write:
    reporters = {r.name: r for r in transparency_check_reporters()}

    def written(report: Report, name: str, **options: Any) -> str:
        stream = io.StringIO(newline="")
        reporters[name].write(report, stream, ReportOptions(names=NAMES, **options).mapping())
        return stream.getvalue()

    return written
