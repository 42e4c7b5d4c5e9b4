"""Two packs of invented duties on top of Kosovo's vocabulary: one as law, one to be adopted."""

from __future__ import annotations

from pathlib import Path

PACK = """\
id: own
version: "1"
title: {en: Duties of a test}
jurisdiction: an example
extends: kosovo
areas: {DOC: {en: Examples}}
"""
ADOPTED = PACK.replace("id: own", "id: promises").replace("DOC", "PRM") + "adoption: true\n"
VERIFIED = "versions: [{instrument: law-03-l-040, confidence: verified}]"
ANSWER = "trigger: {event: request.registered}\nrequires: {event: request.answered}"

DUTIES = {
    "XX-DOC-001": (
        "violation",
        f"{ANSWER}\ndeadline: {{after: time, n: unknown, unit: working-day}}\n{VERIFIED}",
    ),
    "XX-DOC-002": (
        "violation",
        "count: {event: meeting.held, where: {meeting_type: public-meeting}, per: year, at_least: unknown}\n"
        + VERIFIED,
    ),
    # Neither of these two binds the municipality.
    "XX-DOC-003": (
        "advisory",
        f"binds: nobody\n{ANSWER}\ndeadline: {{after: time, n: 3, unit: calendar-day}}\n{VERIFIED}",
    ),
    "XX-DOC-004": (
        "violation",
        "trigger: {obligation: XX-DOC-001}\nrequires: {event: notice.published}\n"
        f"deadline: {{after: time, n: 2, unit: working-day}}\n{VERIFIED}",
    ),
    "XX-DOC-005": (
        "violation",
        f"{ANSWER}\ndeadline: {{after: time, n: 7, unit: calendar-day}}\nversions:\n"
        "- {instrument: law-03-l-040, to: 2020-12-31, confidence: verified}\n"
        "- {instrument: law-06-l-081, from: 2021-01-01, confidence: unverified, n: 5,"
        " presumption: {text: continuity, decided_by: authors}}",
    ),
    "XX-DOC-006": ("violation", f"{ANSWER}\ndeadline: {{after: time, n: unknown, unit: calendar-day}}\nversions:\n"
        "- {instrument: law-03-l-040, to: 2020-12-31, confidence: verified}\n"
        "- {instrument: law-06-l-081, from: 2021-01-01, confidence: verified}"),
    "XX-DOC-007": (
        "violation",
        "trigger: {event: meeting.scheduled}\nrequires: {event: notice.published}\n"
        f"deadline: {{before: planned_at, n: unknown, unit: working-day}}\n{VERIFIED}",
    ),
    "XX-DOC-008": (
        "violation",
        "trigger: {event: meeting.scheduled}\nmust: {body: {present: true}}\n"
        "versions: [{instrument: law-03-l-040, confidence: unverified}]",
    ),
}  # fmt: skip


def duty(rule: str, severity: str, rest: str) -> str:
    area = rule.split("-")[1]
    return (
        f"id: {rule}\ntitle: {{en: Duty {rule}}}\narea: {area}\nbearer: the office\n"
        f"severity: {severity}\n{rest}\n"
    )


def write(folder: Path) -> Path:
    """Write ``own`` and ``promises`` into a folder; returns it."""
    for name, pack in (("own", PACK), ("promises", ADOPTED)):
        (folder / name / "duties").mkdir(parents=True)
        (folder / name / "pack.yaml").write_text(pack, encoding="utf-8")
    for rule, (severity, rest) in DUTIES.items():
        path = folder / "own" / "duties" / "doc" / f"{rule}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(duty(rule, severity, rest), encoding="utf-8")
    path = folder / "promises" / "duties" / "prm" / "XX-PRM-001.yaml"
    path.parent.mkdir()
    example = (
        "examples:\n- name: answered on the second day\n  as_of: '2026-03-20'\n  events:\n"
        "  - {id: r1, type: request.registered, time: '2026-03-02', municipality: kline, case: r1}\n"
        "  - {id: r2, type: request.answered, time: '2026-03-04', municipality: kline, case: r1}\n"
        "  expect: [{case: r1, outcome: fulfilled}]"
    )
    rest = f"commitment: true\n{ANSWER}\ndeadline: {{after: time, n: 2, unit: working-day}}\n{VERIFIED}\n{example}"
    path.write_text(duty("XX-PRM-001", "violation", rest), encoding="utf-8")
    return folder
