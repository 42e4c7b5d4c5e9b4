"""Findings and reports made by hand, so that formats are tested without an evaluation."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from transparency_check.model import (
    Evidence,
    Finding,
    PackDigest,
    Problem,
    Reading,
    Report,
    RuleError,
    Settling,
    Source,
)
from transparency_check.reports.options import Names

Made = TypeVar("Made")


def replace(record: Made, **values: Any) -> Made:
    """The record with other values: a finding is a named tuple, the others are dataclasses."""
    if isinstance(record, Finding):
        return record._replace(**values)  # type: ignore[return-value]
    return dataclasses.replace(record, **values)  # type: ignore[type-var]


NAMES = Names(
    rules={
        "XK-MTG-001": "Public notice of an ordinary assembly meeting",
        "XK-FOI-001": "Decision on a request for access to documents",
        "XK-MTG-023": "Two public meetings a year",
        "XK-CON-007": "Minimum length of written consultation",
        "XK-MTG-012": "Closing a meeting is reasoned",
    },
    shapes={
        "XK-MTG-001": "event",
        "XK-FOI-001": "event",
        "XK-MTG-023": "count",
        "XK-CON-007": "duration",
        "XK-MTG-012": "content",
    },
    advice={"XK-FOI-001": "Decide in writing within seven days of registering the request."},
    instruments={
        "ai-mlga-04-2023": "Administrative Instruction on transparency in municipalities (04/2023)",
        "law-06-l-081": "Law on Access to Public Documents (06/L-081)",
    },
    events={
        "notice.published": "A public notice was published",
        "meeting.scheduled": "A meeting was convened",
    },
    municipalities={"kline": "Klina"},
)

SCHEDULED = Evidence("e1", "log.jsonl:1", "2026-11-02", "meeting.scheduled")
NOTICE = Evidence("e2", "log.jsonl:2", "2026-11-19T09:30", "notice.published")

LATE = Finding(
    id="3f2a91c4d0b7",
    rule="XK-MTG-001",
    municipality="kline",
    case="assembly-2026-11",
    period=None,
    outcome="late",
    reasons=(),
    possible=("late",),
    settled_by=(),
    severity="violation",
    confidence="unverified",
    presumption="continuity: the 7 working days before 2018 are presumed kept (decided by pack authors)",
    instrument="ai-mlga-04-2023",
    version_from="2023-12-21",
    version_to=None,
    curable=False,
    cure=None,
    trigger=SCHEDULED,
    anchor="2026-11-27T10:00:00+01:00",
    due="2026-11-18",
    act_by="2026-11-18",
    due_range=None,
    provisional=False,
    readings=(
        Reading("lenient", "2026-11-18", "late", "Law 04/L-077 Art. 65 applied in reverse"),
        Reading("clear", "2026-11-17", "late", "no legal text on backward counting"),
    ),
    fulfilment=(NOTICE,),
    late_by=(1, "working-day"),
    bearer="municipal assembly through the information office",
    provision="Art. 44",
    url="https://example.org/law",
    commitment=False,
    instead=None,
    progress=None,
)

VIOLATED = replace(
    LATE,
    id="77aa01020304",
    case="assembly-2026-12",
    outcome="violated",
    possible=("violated",),
    fulfilment=(),
    late_by=None,
    curable=True,
    cure={"kind": "move", "earliest": "2026-12-03"},
)
DIFFERENT = replace(
    LATE,
    id="a0b1c2d3e4f5",
    case="assembly-2026-10",
    outcome="undetermined",
    reasons=("missing_field", "readings_differ"),
    possible=("fulfilled", "late"),
    settled_by=(Settling("missing_field", "e2", "log.jsonl:2", ("channel",)), Settling("readings_differ")),
    readings=(
        Reading("lenient", "2026-11-18", "fulfilled", "by analogy"),
        Reading("clear", "2026-11-17", "late", "none"),
    ),
    fulfilment=(),
    late_by=None,
    curable=None,
)
PENDING = replace(
    LATE,
    id="bbbb00001111",
    rule="XK-FOI-001",
    case="request-7",
    outcome="pending",
    possible=("pending",),
    confidence="secondary",
    presumption=None,
    instrument="law-06-l-081",
    version_from="2019-07-19",
    curable=None,
    trigger=Evidence("r1", "log.jsonl:9", "2026-11-22", "request.registered"),
    anchor="2026-11-22",
    due="2026-11-29",
    act_by="2026-11-27",
    due_range=("2026-11-29", "2026-11-30"),
    provisional=True,
    readings=(),
    fulfilment=(),
    late_by=None,
    bearer="municipality",
    provision="Art. 12",
)
SOONER = replace(
    PENDING,
    id="bbbb00002222",
    case="request-6",
    due="2026-11-25",
    act_by="2026-11-25",
    provisional=False,
    due_range=None,
)
STOPPED = replace(
    PENDING,
    id="bbbb00003333",
    case="request-5",
    due=None,
    act_by=None,
    provisional=False,
    due_range=None,
    reasons=("suspended",),
)
FULFILLED = replace(
    LATE,
    id="cccc00001111",
    case="assembly-2026-09",
    outcome="fulfilled",
    possible=("fulfilled",),
    late_by=None,
    curable=None,
)
ADVISORY = replace(
    VIOLATED, id="dddd00001111", case="assembly-2026-08", severity="advisory", cure={"kind": "do"}
)
SUPERSEDED = replace(
    VIOLATED,
    id="eeee00001111",
    case="assembly-2026-07",
    outcome="not_applicable",
    reasons=("superseded",),
    possible=("not_applicable",),
    curable=None,
    cure=None,
)
COUNTED = replace(
    VIOLATED,
    id="ffff00001111",
    rule="XK-MTG-023",
    case=None,
    period="2025",
    trigger=None,
    anchor=None,
    due="2025-12-31",
    act_by="2025-12-31",
    readings=(),
    curable=False,
    cure=None,
    progress=(1, 2),
)
ERROR = Problem(
    "error",
    "bad-time",
    "log.jsonl:12",
    'the time "2/3/2026" is not read; write 2026-03-02',
    {"value": "2/3/2026"},
)
WARNING = Problem(
    "warning", "unknown-type", "log.jsonl:13", "unknown event type; did you mean notice.published?", {}
)
FAILURE = RuleError("my-plugin", "X-ABC-001", "division by zero")


def report(*findings: Finding, **changes: Any) -> Report:
    """A report with these findings in the order a report has."""
    ordered = sorted(findings, key=lambda f: (f.municipality, f.rule, f.case or "", f.period or "", f.id))
    base = Report(
        tool_version="0.1.0",
        as_of="2026-11-24",
        known_at="2026-11-24",
        zone="Europe/Belgrade",
        until=None,
        sources=(Source("log.jsonl", "0" * 64, 13),),
        packs=(PackDigest("kosovo", "2026.11", "1" * 64),),
        calendar_sha256="2" * 64,
        configuration_sha256="3" * 64,
        events=13,
        findings=tuple(ordered),
        problems=(),
        rule_errors=(),
        assumed_coverage={"kline": "2026-09-01"},
    )
    return replace(base, **changes)
