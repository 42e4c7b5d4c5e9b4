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
    "XX-DOC-001": f"{ANSWER}\ndeadline: {{after: time, n: unknown, unit: working-day}}\n{VERIFIED}",
    "XX-DOC-002": f"""\
count: {{event: meeting.held, where: {{meeting_type: public-meeting}}, per: year, at_least: unknown}}
{VERIFIED}""",
    # Does not bind the municipality.
    "XX-DOC-003": f"binds: nobody\n{ANSWER}\ndeadline: {{after: time, n: 3, unit: calendar-day}}\n{VERIFIED}",
    "XX-DOC-004": f"""\
trigger: {{obligation: XX-DOC-001}}
requires: {{event: notice.published}}
deadline: {{after: time, n: 2, unit: working-day}}
{VERIFIED}""",
    "XX-DOC-005": f"""\
{ANSWER}
deadline: {{after: time, n: 7, unit: calendar-day}}
versions:
  - {{instrument: law-03-l-040, to: 2020-12-31, confidence: verified}}
  - instrument: law-06-l-081
    from: 2021-01-01
    confidence: unverified
    n: 5
    presumption: {{text: continuity, decided_by: authors}}""",
    "XX-DOC-006": f"""\
{ANSWER}
deadline: {{after: time, n: unknown, unit: calendar-day}}
versions:
  - {{instrument: law-03-l-040, to: 2020-12-31, confidence: verified}}
  - {{instrument: law-06-l-081, from: 2021-01-01, confidence: verified}}""",
    "XX-DOC-007": f"""\
trigger: {{event: meeting.scheduled}}
requires: {{event: notice.published}}
deadline: {{before: planned_at, n: unknown, unit: working-day}}
{VERIFIED}""",
    "XX-DOC-008": """\
trigger: {event: meeting.scheduled}
must: {body: {present: true}}
versions: [{instrument: law-03-l-040, confidence: unverified}]""",
}
PROMISE = f"""\
commitment: true
{ANSWER}
deadline: {{after: time, n: 2, unit: working-day}}
{VERIFIED}
examples:
  - name: answered on the second day
    as_of: "2026-03-20"
    events:
      - {{id: r1, type: request.registered, time: "2026-03-02", municipality: kline, case: r1}}
      - {{id: r2, type: request.answered, time: "2026-03-04", municipality: kline, case: r1}}
    expect: [{{case: r1, outcome: fulfilled}}]"""


def duty(rule: str, rest: str) -> str:
    area = rule.split("-")[1]
    severity = "advisory" if "binds:" in rest else "violation"
    return (
        f"id: {rule}\ntitle: {{en: Duty {rule}}}\narea: {area}\nbearer: the office\n"
        f"severity: {severity}\n{rest}\n"
    )


def write(folder: Path) -> Path:
    """Write ``own`` and ``promises`` into a folder; returns it."""
    for name, pack, duties in (("own", PACK, DUTIES), ("promises", ADOPTED, {"XX-PRM-001": PROMISE})):
        for rule, rest in duties.items():
            path = folder / name / "duties" / rule.split("-")[1].lower() / f"{rule}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(duty(rule, rest), encoding="utf-8")
        (folder / name / "pack.yaml").write_text(pack, encoding="utf-8")
    return folder
