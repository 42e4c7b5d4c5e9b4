"""JUnit XML: against the schema that Jenkins has, and a foreign parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports.conftest import Write
from reports.made import (
    ADVISORY,
    COUNTED,
    DIFFERENT,
    ERROR,
    FULFILLED,
    LATE,
    PENDING,
    SUPERSEDED,
    VIOLATED,
    WARNING,
    replace,
    report,
)
from reports.services import KNOWN, OTHERS, WAIVED, WHOLE
from transparency_check.report import Upcoming

FOREIGN = Path(__file__).parent / "foreign" / "junit-10.xsd"


def read(text: str) -> Any:
    """The results as a foreign parser reads them, once the schema has found them valid."""
    etree = pytest.importorskip("lxml.etree")
    junitparser = pytest.importorskip("junitparser")
    schema = etree.XMLSchema(etree.parse(str(FOREIGN)))
    schema.assertValid(etree.fromstring(text.encode()))
    return junitparser.JUnitXml.fromstring(text.encode())


def cases(text: str) -> dict[str, Any]:
    return {case.name: case for suite in read(text) for case in suite}


def result(text: str, mark: str) -> tuple[str, str]:
    """How a case ended and why."""
    (found,) = [case for name, case in cases(text).items() if mark in name]
    if not found.result:
        return "passed", ""
    (one,) = found.result
    return type(one).__name__.lower(), one.message


@pytest.mark.parametrize(
    ("finding", "ended", "why"),
    [
        pytest.param(VIOLATED, "failure", "violated: Nothing recorded by the due date.", id="violated"),
        pytest.param(LATE, "failure", "late: A public notice was published", id="late"),
        pytest.param(ADVISORY, "skipped", "violated: ", id="advisory: does not fail the run"),
        pytest.param(OTHERS, "skipped", "violated: ", id="a matter of others"),
        pytest.param(WAIVED, "skipped", "the hall burned down", id="waived, with the reason"),
        pytest.param(DIFFERENT, "skipped", "undetermined: Fulfilled or late", id="undetermined"),
        pytest.param(PENDING, "skipped", "pending: ", id="not due yet"),
        pytest.param(FULFILLED, "passed", "", id="fulfilled"),
        pytest.param(SUPERSEDED, "skipped", "not applicable: ", id="not applicable"),
    ],
)
def test_how_a_finding_ends(write: Write, finding: Any, ended: str, why: str) -> None:
    shown = result(write(WHOLE, "junit", everything=True), finding.id)
    assert shown[0] == ended
    assert why in shown[1]


@pytest.mark.parametrize(
    ("fail_on", "ended"),
    [
        pytest.param("violation", ("skipped", "skipped", "failure"), id="violations"),
        pytest.param("advisory", ("failure", "skipped", "failure"), id="advisory ones"),
        pytest.param("undetermined", ("failure", "failure", "failure"), id="undetermined ones"),
        pytest.param("never", ("skipped", "skipped", "failure"), id="a violation is one all the same"),
    ],
)
def test_what_fails_is_what_fails_the_run(write: Write, fail_on: str, ended: tuple[str, ...]) -> None:
    text = write(WHOLE, "junit", fail_on=fail_on)
    assert tuple(result(text, f.id)[0] for f in (ADVISORY, DIFFERENT, VIOLATED)) == ended
    assert result(text, WAIVED.id)[0] == "skipped"


def test_what_the_baseline_knows_fails_nothing(write: Write) -> None:
    text = write(KNOWN, "junit")
    assert result(text, VIOLATED.id) == ("skipped", "violated: Known before: it stands in the baseline.")
    assert result(text, LATE.id)[0] == "failure"


def test_problems_and_failures_are_errors(write: Write) -> None:
    text = write(WHOLE, "junit")
    assert result(text, "log.jsonl:12 bad-time") == ("error", ERROR.message)
    assert result(text, "log.jsonl:13 unknown-type") == ("skipped", WARNING.message)
    assert result(text, "X-ABC-001") == ("error", "division by zero")


def test_a_suite_for_each_municipality_and_area(write: Write) -> None:
    elsewhere = replace(COUNTED, id="e" * 16, municipality="peja")
    other_area = replace(PENDING, municipality="kline")
    suites = {s.name: s for s in read(write(report(VIOLATED, LATE, COUNTED, elsewhere, other_area), "junit"))}
    assert list(suites) == ["kline.XK-FOI", "kline.XK-MTG", "peja.XK-MTG"]
    numbers = {n: (s.tests, s.failures, s.errors, s.skipped) for n, s in suites.items()}
    assert numbers == {
        "kline.XK-FOI": (1, 0, 0, 1), "kline.XK-MTG": (3, 3, 0, 0), "peja.XK-MTG": (1, 1, 0, 0),
    }  # fmt: skip
    (first, *_) = suites["kline.XK-MTG"]
    assert first.classname == "kline.XK-MTG-001"


def test_nothing_and_what_comes_are_valid(write: Write) -> None:
    assert list(read(write(report(), "junit"))) == []
    coming = Upcoming("2026-12-31", (PENDING,), {})
    assert result(write(WHOLE, "junit", upcoming=coming), PENDING.id)[0] == "skipped"


def test_what_xml_cannot_hold_is_shown_as_escapes(write: Write) -> None:
    odd = replace(VIOLATED, case="a\x1b\x00\ufffe<&\"'>]]>\ud800")
    (name,) = cases(write(report(odd), "junit"))
    assert "(a\\u001b\\u0000\ufffd<&\"'>]]>\\ud800)" in name
