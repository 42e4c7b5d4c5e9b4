"""A reporter: numbers for a monitoring system, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TextIO

from transparency_check.hookspecs import hookimpl
from transparency_check.model import OUTCOMES, Report

NAME = "transparency_obligations"


class Prometheus:
    name, suffixes = "prometheus", (".prom",)

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        counted = Counter((f.municipality, f.rule, f.outcome) for f in report.findings)
        subjects = sorted({(municipality, rule) for municipality, rule, _ in counted})
        stream.write(f"# HELP {NAME} Obligations as of {_escaped(report.as_of)}.\n# TYPE {NAME} gauge\n")
        for municipality, rule in subjects:
            for outcome in OUTCOMES:
                labels = {"municipality": municipality, "rule": rule, "outcome": outcome}
                shown = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
                stream.write(f"{NAME}{{{shown}}} {counted[municipality, rule, outcome]}\n")
        errors = sum(problem.severity == "error" for problem in report.problems)
        stream.write(f"# TYPE transparency_errors gauge\ntransparency_errors {errors}\n")


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@hookimpl
def transparency_check_reporters() -> list[Prometheus]:
    return [Prometheus()]
