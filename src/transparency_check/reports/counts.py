"""How many findings of each duty and outcome there are, and which are violations: the shortest answer for a
program, and the quickest, as only violations are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from ..json_text import dumped
from ..model import Outcome, Report
from .json import head_object
from .options import ReportOptions

SCHEMA = "transparency-check/counts/1"
_NAMED = ("id", "rule", "municipality", "case", "period", "outcome")


class CountsReporter:
    """The head of the JSON report, the numbers, and which are violations; of ``upcoming``, of what comes."""

    name = "counts"
    suffixes: tuple[str, ...] = (".counts.json",)
    most: Mapping[Outcome, int] = {"undetermined": 1, "pending": 1, "fulfilled": 1, "not_applicable": 1}

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report as one object; one duty and one finding a line."""
        given = ReportOptions.of(options)
        head = dumped(head_object(report, given) | {"schema": SCHEMA})
        counted: dict[str, dict[str, int]] = {}
        for finding in report.findings:
            of_rule = counted.setdefault(finding.rule, {})
            of_rule[finding.outcome] = of_rule.get(finding.outcome, 0) + report.number([finding])
        rules = [
            dumped({"rule": rule, "title": given.names.rule(rule), "outcomes": dict(sorted(numbers.items()))})
            for rule, numbers in sorted(counted.items())
        ]
        coming = given.upcoming
        name = "violations" if coming is None else "coming"
        shown = (f for f in report.findings if f.violation) if coming is None else coming.findings
        named = [dumped({key: getattr(finding, key) for key in _NAMED}) for finding in shown]
        stream.write(f'{head[:-1]},\n"rules": [{_lines(rules)}],\n"{name}": [{_lines(named)}]}}\n')


def _lines(values: list[str]) -> str:
    return "\n" + ",\n".join(values) + "\n" if values else ""
