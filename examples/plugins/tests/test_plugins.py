"""The three plugins on small logs of the pack for Wales (examples/wales), each by itself and together."""

from __future__ import annotations

from pathlib import Path

import pytest

from transparency_check import Evaluation, evaluate
from transparency_check.testing import assert_finding, rows_of
from transparency_check_examples import begins_as_announced, prometheus, yaml_logs

WALES = Path(__file__).parents[2] / "wales/src/transparency_check_wales/wales"
LOG = """\
- {id: e1, type: meeting.called, time: 2026-11-09, municipality: cardiff, case: c1, body: principal-council,
   planned_at: "2026-11-20T16:30"}
- id: e2
  type: notice.published
  time: 2026-11-13
  municipality: cardiff
  case: c1
  channel: [website, notice-board]
- {id: e3, type: meeting.held, time: "2026-11-20T16:00", municipality: cardiff, case: c1}
"""


def judged(*held: str, planned: str = "2026-11-20T16:30") -> Evaluation:
    called = {"type": "meeting.called", "time": "2026-11-09", "body": "principal-council"}
    events = [called | {"planned_at": planned}, *({"type": "meeting.held", "time": time} for time in held)]
    records = [{"id": f"e{n}", "municipality": "cardiff", "case": "c1", **e} for n, e in enumerate(events)]
    return evaluate(
        records=records, packs=WALES, as_of="2026-12-01", select="GB-MTG-901", plugins=[begins_as_announced]
    )


@pytest.mark.parametrize(
    ("held", "planned", "outcome", "reasons"),
    [
        ("2026-11-20T16:30", "2026-11-20T16:30", "fulfilled", ()),
        ("2026-11-20T17:00", "2026-11-20T16:30", "fulfilled", ()),
        ("2026-11-20T16:29", "2026-11-20T16:30", "violated", ()),
        ("2026-11-19", "2026-11-20T16:30", "violated", ()),
        ("2026-11-20", "2026-11-20T16:30", "undetermined", ("time_of_day",)),
        ("2026-11-21", "2026-11-20T16:30", "fulfilled", ()),
        ("2026-11-20T09:00", "2026-11-20", "fulfilled", ()),
        ("2026-11-20T16:30", "about noon", "undetermined", ("missing_field",)),
    ],
    ids=[
        "on the minute", "later", "a minute early", "a day early", "no time of day", "a day later",
        "no time announced", "unreadable",
    ],
)
def test_the_rule(held: str, planned: str, outcome: str, reasons: tuple[str, ...]) -> None:
    assert_finding(judged(held, planned=planned), case="c1", outcome=outcome, reasons=reasons)


def test_the_rule_says_nothing_of_a_meeting_that_was_not_held() -> None:
    assert not judged()


def test_the_reader(tmp_path: Path) -> None:
    log = tmp_path / "log.yaml"
    log.write_text(LOG, encoding="utf-8")
    rows, problems = rows_of(yaml_logs.YamlLogs(), log)
    assert [row.place for row in rows] == ["log.yaml:1", "log.yaml:3", "log.yaml:9"]
    assert rows[1].values["channel"] == ["website", "notice-board"]
    assert not problems


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ("- {id: e1\n- {id: e2}\n", "log.yaml:2"),
        ("- id: e1\n  id: e2\n", "log.yaml:2"),
        ("id: e1\n", "log.yaml"),
        ("- {id: e1}\n- text\n", "log.yaml:2"),
        ("", "log.yaml"),
        ("- {1: e1}\n", "log.yaml:1"),
    ],
    ids=["syntax", "a key twice", "no list", "no event", "empty", "a number for a column"],
)
def test_what_the_reader_cannot_read_stays_open(tmp_path: Path, broken: str, place: str) -> None:
    log = tmp_path / "log.yaml"
    log.write_text(broken, encoding="utf-8")
    rows, problems = rows_of(yaml_logs.YamlLogs(), log)
    assert [(problem.severity, problem.place) for problem in problems] == [("error", place)]
    assert [row.place for row in rows if row.damaged] == [place]


def test_the_reporter_and_all_together(tmp_path: Path) -> None:
    log = tmp_path / "log.yaml"
    log.write_text(LOG, encoding="utf-8")
    found = evaluate(
        log, packs=WALES, as_of="2026-12-01", plugins=[begins_as_announced, prometheus, yaml_logs]
    )
    assert_finding(found, rule="GB-MTG-001", outcome="fulfilled", due="2026-11-16")
    assert_finding(found, rule="GB-MTG-901", outcome="violated")
    found.write(tmp_path / "metrics.prom")
    lines = (tmp_path / "metrics.prom").read_text("utf-8").splitlines()
    assert 'transparency_obligations{municipality="cardiff",rule="GB-MTG-901",outcome="violated"} 1' in lines
    assert 'transparency_obligations{municipality="cardiff",rule="GB-MTG-001",outcome="violated"} 0' in lines
    assert lines[-1] == "transparency_errors 0"


def test_names_do_not_break_out_of_the_format() -> None:
    assert prometheus._escaped('a"b\\c\nd') == 'a\\"b\\\\c\\nd'
