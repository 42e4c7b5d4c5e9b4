"""The report as JSON Lines, for what reads line by line: the head, then each finding, then each problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..json_text import dumped
from ..model import Report
from .json import finding_objects, head_object, problem_object
from .options import ReportOptions


class JsonLinesReporter:
    """The objects of the JSON report, one a line; ``line`` says which: ``head``, ``finding``, ``problem``."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    one_by_one = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report."""
        given = ReportOptions.of(options)
        stream.write(dumped({"line": "head"} | head_object(report, given)) + "\n")
        for finding in finding_objects(report, given):
            stream.write(dumped({"line": "finding"} | finding) + "\n")
        for problem in report.problems:
            stream.write(dumped({"line": "problem"} | problem_object(problem)) + "\n")
