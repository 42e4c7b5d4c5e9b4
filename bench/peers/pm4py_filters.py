"""Peer: the four rules with the documented filters of pm4py.

    python pm4py_filters.py LOG CALENDAR OUTPUT

Its filters on temporal order take bounds in elapsed seconds between two activities of a case. They know no
days off (seven working days are nine days here, a due day is not moved), no moment that is planned but has
not come (a session is counted from the meeting that was held), and no exceptions; activities that differ by
an attribute are told apart by their names, as its guide recommends. So this side can be wrong, and is shown
as wrong where it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pandas as pd
import pm4py
from case_facts import tell
from pm4py.algo.filtering.pandas.ltl import ltl_checker

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
DAY = 86_400
COLUMNS = ["type", "time", "case", "body", "session_kind", "notice_kind", "channel", "urgency_ground",
           "holder", "act_kind", "consultation_kind"]  # fmt: skip


def log() -> pd.DataFrame:
    if LOG.endswith(".parquet"):
        return pd.read_parquet(LOG, columns=COLUMNS)
    if LOG.endswith(".csv"):
        return pd.read_csv(LOG, usecols=COLUMNS, dtype=str)
    # An attribute that no event of the log has makes no column.
    return pd.read_json(LOG, lines=True, dtype=False).reindex(columns=COLUMNS)


def told(channels: object) -> set[str]:
    """The channels of a cell: a list, or text with semicolons, or nothing."""
    if isinstance(channels, str):
        return set(channels.split("; "))
    return set(channels) if isinstance(channels, Iterable) else set()


frame = log()
kind, activity = frame["type"], frame["type"].copy()
activity[(kind == "meeting.held") & (frame["body"] == "assembly") & (frame["session_kind"] == "ordinary")] = (
    "session"
)
public = frame["channel"].map(lambda found: not told(found).isdisjoint({"website", "notice-board", "media"}))
activity[(kind == "notice.published") & (frame["notice_kind"] == "meeting") & public] = "notice"
kinds = ["statute", "regulation", "rules-of-procedure", "collective-decision"]
activity[(kind == "act.adopted") & (frame["body"] == "assembly") & frame["act_kind"].isin(kinds)] = "act"
written = frame["consultation_kind"].isin(["written", "mixed"])
activity[(kind == "consultation.opened") & written] = "written"
other = (frame["urgency_ground"] == "life-or-liberty") | frame["holder"].isin(
    ["known-other", "unknown-other"]
)
activity[(kind == "request.received") & other] = "other request"
events = pm4py.format_dataframe(
    pd.DataFrame({"case": frame["case"], "activity": activity,
                  "time": pd.to_datetime(frame["time"], format="ISO8601", utc=True)}),
    case_id="case", activity_key="activity", timestamp_key="time",
)  # fmt: skip


def cases(found: pd.DataFrame) -> set[str]:
    return set(found["case:concept:name"].unique())


def having(*names: str) -> set[str]:
    return cases(
        pm4py.filter_event_attribute_values(events, "concept:name", list(names), level="case", retain=True)
    )


def follows(first: str, then: str, low: float, high: float) -> set[str]:
    part = events[events["concept:name"].isin([first, then])]
    bounds = {
        ltl_checker.Parameters.ENABLE_TIMESTAMP: True,
        ltl_checker.Parameters.TIMESTAMP_DIFF_BOUNDARIES: [(low * DAY, high * DAY)],
    }
    return cases(ltl_checker.eventually_follows(part, [first, then], parameters=bounds))


EVER = 10_000.0
verdicts: list[tuple[str, str, str]] = []


def judge(duty: str, owed: set[str], in_time: set[str], at_all: set[str]) -> None:
    for case in sorted(owed):
        outcome = "fulfilled" if case in in_time else "late" if case in at_all else "violated"
        verdicts.append((duty, outcome, case))


judge(
    "XK-MTG-001",
    having("session"),
    follows("notice", "session", 9, EVER),
    follows("notice", "session", 0, EVER),
)
judge(
    "XK-FOI-001",
    having("request.registered") - having("other request", "request.extended", "request.withdrawn"),
    follows("request.registered", "request.answered", 0, 7.99),
    follows("request.registered", "request.answered", 0, EVER),
)
# Adopted at noon, published on a day: seven days later begins before the seventh day is over.
judge(
    "XK-ACT-001",
    having("act"),
    follows("act", "act.published", 0, 7.49),
    follows("act", "act.published", 0, EVER),
)
judge("XK-CON-007", having("written"), follows("written", "consultation.closed", 30, EVER), set())
tell(verdicts, OUTPUT)
