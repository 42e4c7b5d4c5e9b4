"""``upcoming --overdue``: what was missed and is still owed, first; not what nobody can do any more."""

from __future__ import annotations

import json

from cli.conftest import Logged, Run

MISSED = {
    "id": "a1",
    "type": "request.registered",
    "time": "2026-11-02",
    "municipality": "kline",
    "case": "missed",
}
LATE = {
    "id": "b1",
    "type": "request.registered",
    "time": "2026-11-02",
    "municipality": "kline",
    "case": "late",
}
AT_LAST = {
    "id": "b2",
    "type": "request.answered",
    "time": "2026-11-13",
    "municipality": "kline",
    "case": "late",
    "outcome": "granted",
}
OPEN = {
    "id": "c1",
    "type": "request.registered",
    "time": "2026-11-18",
    "municipality": "kline",
    "case": "open",
}
HELD = {
    "id": "d1", "type": "meeting.held", "time": "2026-11-10T10:00", "municipality": "kline",
    "case": "session", "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
}  # fmt: skip
CONVENED = {
    **HELD,
    "id": "d0",
    "type": "meeting.scheduled",
    "time": "2026-11-01",
    "planned_at": "2026-11-10T10:00",
}
ROWS = (MISSED, LATE, AT_LAST, OPEN, CONVENED, HELD)
ASKED = (
    "--as-of",
    "2026-11-20",
    "--within",
    "14d",
    "--select",
    "XK-FOI-001",
    "--select",
    "XK-MTG-001",
    "--no-config",
)


def test_it_comes_first_and_only_what_can_still_be_done(run: Run, logged: Logged) -> None:
    log = logged(*ROWS)

    def cases(*more: str) -> list[tuple[str, str]]:
        found = run("upcoming", log, *ASKED, *more, "--format", "json")
        assert found.exit_code == 0, found.output
        return [(f["case"], f["outcome"]) for f in json.loads(found.stdout)["findings"]]

    assert cases() == [("open", "pending")]
    assert cases("--overdue") == [("missed", "violated"), ("open", "pending")]


def test_it_has_a_section_of_its_own(run: Run, logged: Logged) -> None:
    told = run("upcoming", logged(*ROWS), *ASKED, "--overdue").stdout
    assert (
        told.index("Missed and still owed (1)")
        < told.index("missed, #")
        < told.index("Upcoming until")
        < told.index("open, #")
    )
    assert "date passed" in told
