"""Whatever a log is parted into, what is said of it is what one process says (semantics 4.3, 4.11, 4.15,
7.5).
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from cluster.campaign import asked, differences
from cluster.here import Here
from reference.questions import judged
from transparency_check.checking import Answer, Inquiry, answer
from transparency_check.cluster.judging import Cluster, Sizes
from transparency_check.plugins import load_registry

# Of drawn packs: two or three municipalities, whole and split.
SEEDS = {7_102: Sizes(parts=3), 7_108: Sizes(parts=2, most=20)}
SELECTED = ("XK-MTG-001", "XK-FOI-001", "XK-ACT-001", "XK-CON-007", "XK-MTG-010", "XK-CON-013")
Row = dict[str, Any]
_PLAN = {"body": "assembly", "meeting_type": "session", "session_kind": "ordinary"}
_NOTICE = {"notice_kind": "meeting", "channel": ["website"], "languages": ["sq", "sr"]}


@pytest.mark.parametrize("seed", SEEDS)
def test_random_logs_in_parts(seed: int) -> None:
    question = asked(seed, 30)
    assert [*differences(question, judged(question), Here(seed), SEEDS[seed])] == []


def _request(case: str, day: int, answered: int | None = None, **more: str) -> list[Row]:
    rows: list[Row] = [{"type": "request.registered", "time": f"2026-03-{day:02}", "case": case, **more}]
    if answered is not None:
        done = {"type": "request.answered", "time": f"2026-03-{answered:02}", "outcome": "granted"}
        rows.append({**done, "case": case})
    return rows


def _session(case: str, planned: str, noticed: str | None) -> list[Row]:
    plan = {"type": "meeting.scheduled", "time": "2026-03-02", "planned_at": f"{planned}T10:00", **_PLAN}
    rows: list[Row] = [{**plan, "case": case}]
    if noticed is not None:
        rows.append({"type": "notice.published", "time": noticed, "case": case, **_NOTICE})
    return rows


_MORE = [*_request("r3", 11, 25), *_request("r4", 12, 13)]
# Four requests in each municipality; what is added is what its parts have to know of each other.
SCENES: dict[str, list[Row]] = {
    "peje: events that were moved to it or to another case, cases that are linked, meetings to count": [
        *_request("moved", 2),
        {"type": "request.answered", "time": "2026-03-05", "case": "moved", "outcome": "granted", "id": "m"},
        {"type": "request.answered", "time": "2026-03-05", "case": "moved", "outcome": "granted", "id": "m",
         "municipality": "istog", "recorded_at": "2026-03-06"},
        *_request("wrong", 2), *_request("right", 2),
        {"type": "request.answered", "time": "2026-03-05", "case": "wrong", "outcome": "granted", "id": "c"},
        {"type": "request.answered", "time": "2026-03-05", "case": "right", "outcome": "granted", "id": "c",
         "recorded_at": "2026-03-06"},
        *_session("session", "2026-03-20", None),
        {**_NOTICE, "type": "notice.published", "time": "2026-03-03", "case": "b", "related": ["session"]},
        *({**_PLAN, "type": "meeting.held", "time": f"2026-0{n}-05", "case": f"m{n}"} for n in range(1, 6)),
    ],
    "vushtrri: events without a case": [
        *_session("session", "2026-03-20", None),
        {"type": "notice.published", "time": "2026-03-03", **_NOTICE},
        {"type": "request.registered", "time": "2026-03-04"},
    ],
    "decan: coverage that is declared in a case": [
        {"type": "coverage.declared", "time": "2026-01-01", "case": "r1", "period": "2025-06-01/2026-12-31"},
        *_session("session", "2026-03-20", None),
    ],
    "ferizaj: nothing that its count asks for": _request("r5", 10, 12),
    "malisheve: a first event long before the others": [
        {"type": "request.registered", "time": "2024-02-01", "case": "old"},
        *_session("session", "2026-03-20", None),
    ],
    "obiliq: a row that cannot be read and names a case; two records that contradict each other": [
        *_request("open", 2),
        {"type": "request.answered", "time": "some day", "case": "open", "outcome": "granted"},
        *_request("twice", 2),
        {"type": "request.answered", "time": "2026-03-05", "case": "twice", "outcome": "granted", "id": "k"},
        {"type": "request.answered", "time": "2026-03-25", "case": "twice", "outcome": "refused", "id": "k"},
    ],
    "lipjan: a row that cannot be read and names no case": [
        *_request("open", 2), {"type": "request.answered", "time": "some day", "outcome": "granted"},
    ],
}  # fmt: skip
# In files of their own: rows without a municipality, which are about those of their case or their file.
BESIDE: dict[str, list[Row]] = {
    "kamenice": [
        *_request("open", 2, municipality="kamenice"), *_request("shut", 2, 4, municipality="kamenice"),
        *_request("late", 3, 30, municipality="kamenice"), *_request("soon", 3, 4, municipality="kamenice"),
        *_request("other", 2, municipality="kacanik"),
        {"type": "request.answered", "time": "2026-03-04", "case": "open", "outcome": "granted"},
        {"type": "meeting.held", "time": "2026-04-04", "case": "open", "body": "assembly"},
    ],
    "podujeve": [
        *_request("open", 2, municipality="podujeve"), *_request("shut", 2, 4, municipality="podujeve"),
        *_request("late", 3, 30, municipality="podujeve"), *_request("soon", 3, 4, municipality="podujeve"),
        {"type": "request.answered", "time": "2026-03-04", "outcome": "granted"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("logs")
    number = count()
    scenes = [
        {"municipality": name.partition(":")[0], "id": f"e{next(number)}", **row}
        for name, rows in SCENES.items()
        # A column that nobody knows is told once of a file.
        for row in [*_request("r1", 10, 12, ngjyra="po"), *_request("r2", 10, ngjyra="jo"), *_MORE, *rows]
    ]
    files = {"all": scenes}
    files |= {name: [{"id": f"e{next(number)}", **row} for row in rows] for name, rows in BESIDE.items()}
    for name, rows in files.items():
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tuple(str(folder / f"{name}.jsonl") for name in files)


def _answered(logs: tuple[str, ...], cluster: Cluster | None = None) -> Answer:
    inquiry = Inquiry(logs, select=SELECTED, as_of="2027-02-01")
    return answer(inquiry, load_registry(plugins=False), cluster=cluster)


@pytest.fixture(scope="module")
def whole(logs: tuple[str, ...]) -> Answer:
    return _answered(logs)


@pytest.fixture(scope="module")
def split(logs: tuple[str, ...]) -> Answer:
    """Every municipality split, its cases in several parts, read in slices of some lines."""
    return _answered(logs, Cluster(Here(1), Sizes(slice=500, most=6)))


@pytest.mark.parametrize("scene", [*SCENES, *BESIDE], ids=str)
def test_a_municipality_that_is_split(whole: Answer, split: Answer, scene: str) -> None:
    name = scene.partition(":")[0]
    expected = [finding for finding in whole.report.findings if finding.municipality == name]
    assert len(expected) > 3
    assert [finding for finding in split.report.findings if finding.municipality == name] == expected


def test_the_report_is_the_same(whole: Answer, split: Answer) -> None:
    assert split.report == whole.report
