"""The code quality report of GitLab: a list of issues, told apart between branches by their fingerprints."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, TextIO

from ..fingerprints import fingerprints
from ..json_text import dumped
from ..model import Report
from .options import ReportOptions
from .remarks import Level, Remark, remarks

# As GitLab ranks them; what could not be read or judged hides violations, and stands above them.
_SEVERITY: dict[Level, str] = {"error": "major", "warning": "minor", "notice": "info"}
_HIDING = "critical"


class GitlabReporter:
    """Problems of the input, violations and what is undetermined; one issue a line."""

    name = "gitlab"
    suffixes: tuple[str, ...] = (".gitlab.json",)
    one_by_one = True
    # A fingerprint is of one finding among all of its duty and case.
    whole = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the list, the most serious first."""
        known = report_fingerprints(report)
        alike = Counter[str]()
        separator = "[\n"
        for remark in remarks(report, ReportOptions.of(options)):
            if remark.finding is not None:
                fingerprint = known[remark.finding.id]
            else:
                path = remark.spot.path if remark.spot else ""
                fingerprint = problem_fingerprint(remark.code, path, remark.lines[0], alike)
            stream.write(separator + dumped(_issue(remark, fingerprint)))
            separator = ",\n"
        stream.write("[]\n" if separator == "[\n" else "\n]\n")


def _issue(remark: Remark, fingerprint: str) -> dict[str, Any]:
    severe = remark.finding is None and remark.level == "error"
    return {
        "type": "issue",
        "check_name": remark.code,
        "description": " ".join((f"{remark.title}:", *remark.said)),
        "fingerprint": fingerprint,
        "severity": _HIDING if severe else _SEVERITY[remark.level],
        "location": {
            "path": remark.spot.path if remark.spot else "-",
            "lines": {"begin": (remark.spot and remark.spot.line) or 1},
        },
    }


def report_fingerprints(report: Report) -> Mapping[str, str]:
    """The fingerprints of the findings of a report, by their ids; a baseline has made them of all findings,
    whatever is shown.
    """
    return fingerprints(report.findings) if report.baseline is None else report.baseline.fingerprints


def problem_fingerprint(code: str, path: str, said: str, alike: Counter[str]) -> str:
    """The fingerprint of what is no finding: of its file and what is said of it, not of its line. ``alike``
    counts those that say the same.
    """
    digest = hashlib.sha256(f"{code}\x1f{path}\x1f{said}".encode("utf-8", "surrogatepass")).hexdigest()
    alike[digest] += 1
    return hashlib.sha256(f"{digest}\x1f{alike[digest]}".encode()).hexdigest()[:32]
