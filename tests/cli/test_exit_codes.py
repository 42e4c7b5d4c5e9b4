"""Contract, section 4."""

from __future__ import annotations

from typing import Any

import pytest

from cli.conftest import NOTICE, SCHEDULED, Logged, Run
from reports.made import ADVISORY, DIFFERENT, ERROR, FAILURE, FULFILLED, LATE, VIOLATED, WARNING, report
from transparency_check.cli import application
from transparency_check.model import Report
from transparency_check.report import exit_code

LATER = "2026-12-01"


def test_0_where_nothing_is_violated(run: Run, logged: Logged) -> None:
    assert run("check", logged(SCHEDULED, NOTICE), "--as-of", LATER, "--select", "XK-MTG").exit_code == 0


def test_1_where_a_duty_is_violated(run: Run, logged: Logged) -> None:
    result = run("check", logged(SCHEDULED), "--as-of", LATER, "--select", "XK-MTG-001")
    assert result.exit_code == 1
    assert "Nothing recorded by the due date." in " ".join(result.stdout.split())


def test_2_where_a_row_cannot_be_read_and_the_report_is_written_all_the_same(
    run: Run, logged: Logged
) -> None:
    bad = NOTICE | {"time": "17/11/2026"}
    result = run("check", logged(SCHEDULED, bad), "--as-of", LATER, "--select", "XK-MTG-001")
    assert result.exit_code == 2
    assert "log.jsonl:2" in result.stdout
    assert "XK-MTG-001" in result.stdout


def test_5_where_nothing_was_evaluated(run: Run, logged: Logged) -> None:
    result = run("check", logged(NOTICE), "--as-of", LATER, "--select", "XK-MTG-001")
    assert result.exit_code == 5
    assert "Nothing was evaluated" in result.stdout


def test_130_where_the_run_was_interrupted(run: Run, logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("transparency_check.checking.answer", interrupted)
    result = run("check", logged(SCHEDULED))
    assert result.exit_code == 130
    assert "Interrupted" in result.stderr


def test_a_mistake_of_the_program_is_one_line(
    run: Run, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr("transparency_check.checking.answer", broken)
    result = run("check", logged(SCHEDULED))
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "ZeroDivisionError: by zero" in result.stderr


@pytest.mark.parametrize(
    ("judged", "code"),
    [
        (report(LATE, problems=(ERROR,), rule_errors=(FAILURE,)), 2),
        (report(LATE, rule_errors=(FAILURE,), problems=(WARNING,)), 3),
        (report(LATE, FULFILLED), 1),
        (report(), 5),
        (report(FULFILLED, DIFFERENT, problems=(WARNING,)), 0),
        (report(problems=(ERROR,)), 2),
    ],
)
def test_the_first_of_several_applies(judged: Report, code: int) -> None:
    assert exit_code(judged) == code


@pytest.mark.parametrize(
    ("fail_on", "codes"),
    [
        ("violation", (1, 0, 0)),
        ("advisory", (1, 1, 0)),
        ("undetermined", (1, 1, 1)),
        ("never", (0, 0, 0)),
    ],
)
def test_from_which_weight_a_finding_fails_the_run(fail_on: Any, codes: tuple[int, ...]) -> None:
    assert tuple(exit_code(report(f), fail_on) for f in (VIOLATED, ADVISORY, DIFFERENT)) == codes


def test_the_code_is_given_back_where_no_exit_is_wanted() -> None:
    assert application.main(["no-such-command"], standalone_mode=False) == 2
