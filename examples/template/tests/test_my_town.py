"""What the package adds, tried as its users would meet it."""

from __future__ import annotations

from pathlib import Path

import my_town
from my_town import reader, reporter, rule
from transparency_check import Evaluation, evaluate
from transparency_check.testing import assert_examples_hold, assert_finding, rows_of

PACK = Path(my_town.__file__).parent / "town"
SESSION = {
    "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "s1",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}  # fmt: skip
MOVE = {"type": "meeting.rescheduled", "municipality": "kline", "case": "s1"}
MOVES = [
    MOVE | {"id": "m1", "time": "2026-11-10", "planned_at": "2026-12-04T10:00"},
    MOVE | {"id": "m2", "time": "2026-11-20", "planned_at": "2026-12-11T10:00"},
]


def test_the_examples_of_the_pack() -> None:
    assert assert_examples_hold(PACK) == 1


def test_the_rule() -> None:
    def judged(*moves: dict[str, str]) -> Evaluation:
        return evaluate(
            records=[SESSION, *moves], packs=PACK, as_of="2026-11-25", select="XK-TWN-901", plugins=[rule]
        )

    assert not judged()
    assert_finding(judged(MOVES[0]), case="s1", outcome="fulfilled")
    assert_finding(judged(*MOVES), case="s1", outcome="violated")


def test_the_reader(tmp_path: Path) -> None:
    log = tmp_path / "log.pipes"
    log.write_text("type|time\nmeeting.held|2026-11-27\nbroken\n", encoding="utf-8")
    read = rows_of(reader.Pipes(), log)
    assert read.values == [{"type": "meeting.held", "time": "2026-11-27"}]
    assert [(problem.place, problem.severity) for problem in read.problems] == [("log.pipes:3", "error")]


def test_the_reporter() -> None:
    found = evaluate(
        records=[SESSION], packs=PACK, as_of="2026-11-10", select="XK-TWN-001", plugins=[reporter]
    )
    assert "pending 1\n" in found.render("tally")
