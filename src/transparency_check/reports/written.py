"""What a reporter makes of a report, as bytes."""

from __future__ import annotations

import io

from ..hookspecs import Reporter
from ..model import Report
from .options import ReportOptions


def written(reporter: Reporter, report: Report, options: ReportOptions) -> bytes:
    """The whole of it: UTF-8, or what a format that is no text consists of. Raises as the reporter does."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
    reporter.write(report, stream, options.mapping())
    stream.flush()
    return raw.getvalue()
