"""The report as test results: an obligation is a test case, and fails where it fails the run.

What is not due yet, undetermined, advisory, accepted, known before or a matter of others is skipped, with the
reason: these results know no other way to say that something was looked at and is not settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOBase
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO, cast

from ..harmless import plain
from ..messages import text
from ..model import Finding, Report
from ..report import failing
from . import baselines, wording
from .options import ReportOptions
from .remarks import lines_of, title_of

if TYPE_CHECKING:
    from xml.sax.saxutils import XMLGenerator

Result = Literal["passed", "failure", "error", "skipped"]
_NAME = "transparency-check"
# What XML cannot hold and is left when characters that act are shown as escapes.
_NO_XML = re.compile("[\ufffe\uffff]")
# Its id without the number: country or pack, and area.
_AREA = re.compile(r"(.+)-[0-9]+")


class _Case(NamedTuple):
    group: str
    name: str
    result: Result
    kind: str
    message: str
    lines: tuple[str, ...]


class JunitReporter:
    """JUnit XML: a suite for each municipality and area, one for the input, one for rules that failed."""

    name = "junit"
    suffixes: tuple[str, ...] = (".junit.xml", ".xml")
    one_by_one = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the results; ``not_applicable`` ones only where everything is asked for."""
        # It loads what opens addresses, which no other format needs.
        from xml.sax.saxutils import XMLGenerator

        out = XMLGenerator(cast(TextIOBase, stream), encoding="utf-8", short_empty_elements=True)
        out.startDocument()
        _start(out, "testsuites", {"name": _NAME})
        for name, cases in (
            ("input", list(_problems(report))),
            ("rules", list(_failures(report))),
        ):
            if cases:
                _suite(out, name, cases)
        for (municipality, area), found in groupby(_shown(report, ReportOptions.of(options)), _suite_of):
            _suite(out, f"{municipality}.{area}", [_case(report, f, options) for f in found])
        out.ignorableWhitespace("\n")
        out.endElement("testsuites")
        out.ignorableWhitespace("\n")
        out.endDocument()


def _shown(report: Report, options: ReportOptions) -> Iterable[Finding]:
    if options.upcoming is not None:
        return sorted(options.upcoming.findings, key=lambda f: (*_suite_of(f), f.rule))
    return (f for f in report.findings if options.everything or f.outcome != "not_applicable")


def _suite_of(finding: Finding) -> tuple[str, str]:
    found = _AREA.fullmatch(finding.rule)
    return finding.municipality, found[1] if found else finding.rule


def _case(report: Report, finding: Finding, options: Mapping[str, Any]) -> _Case:
    given = ReportOptions.of(options)
    result = _result(report, finding, given)
    subject = " ".join(p for p in (finding.case, finding.period) if p)
    name = " ".join(
        p for p in (title_of(finding, given.names), subject and f"({subject})", f"#{finding.id}") if p
    )
    lines = lines_of(report, finding, given.names)
    why = wording.waived(finding.waiver) if finding.waiver else lines[0]
    if baselines.known(report, finding):
        why = text("remark.known")
    message = f"{wording.outcome_name(finding.outcome)}: {why}"
    group = f"{finding.municipality}.{finding.rule}"
    return _Case(group, name, result, finding.outcome, message, (wording.place_of(finding), *lines))


def _result(report: Report, finding: Finding, options: ReportOptions) -> Result:
    if finding.outcome == "fulfilled":
        return "passed"
    # With --fail-on never nothing fails the run, and a violation is one all the same.
    fail_on = "violation" if options.fail_on == "never" else options.fail_on
    return "failure" if failing(report, finding, fail_on) else "skipped"


def _problems(report: Report) -> Iterator[_Case]:
    for problem in report.problems:
        severe = problem.severity == "error"
        name = f"{problem.place} {problem.code}"
        lines = (problem.place, problem.message)
        yield _Case("input", name, "error" if severe else "skipped", problem.code, problem.message, lines)


def _failures(report: Report) -> Iterator[_Case]:
    for error in report.rule_errors:
        name = error.rule or error.plugin
        yield _Case(f"rules.{error.plugin}", name, "error", "failure", error.message, (error.message,))


def _suite(out: XMLGenerator, name: str, cases: list[_Case]) -> None:
    results = [case.result for case in cases]
    out.ignorableWhitespace("\n")
    _start(
        out,
        "testsuite",
        {
            "name": name,
            "tests": str(len(cases)),
            "failures": str(results.count("failure")),
            "errors": str(results.count("error")),
            "skipped": str(results.count("skipped")),
        },
    )
    for case in cases:
        out.ignorableWhitespace("\n")
        _start(out, "testcase", {"classname": case.group, "name": case.name})
        if case.result != "passed":
            _start(out, case.result, {"type": case.kind, "message": case.message})
            out.characters("\n".join(map(_text, case.lines)))
            out.endElement(case.result)
        out.endElement("testcase")
    out.ignorableWhitespace("\n")
    out.endElement("testsuite")


def _start(out: XMLGenerator, name: str, values: Mapping[str, str]) -> None:
    from xml.sax.xmlreader import AttributesImpl

    out.startElement(name, AttributesImpl({key: _text(value) for key, value in values.items()}))


def _text(value: str) -> str:
    return _NO_XML.sub("\ufffd", plain(value))
