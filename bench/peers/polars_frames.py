"""Peer: the four rules with Polars, lazily.

python polars_frames.py LOG CALENDAR OUTPUT
"""

from __future__ import annotations

import datetime as dt
import json
import sys

import polars as pl
from working_days import rolled, seven_before, worked

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
TEXTS = (
    "type", "time", "case", "body", "session_kind", "planned_at", "notice_kind", "urgency_ground", "holder",
    "act_kind", "consultation_kind", "closes_at",
)  # fmt: skip
KINDS = (
    "meeting.scheduled", "meeting.rescheduled", "meeting.cancelled", "notice.published", "request.received",
    "request.registered", "request.extended", "request.withdrawn", "request.answered", "act.adopted",
    "act.published", "consultation.opened", "consultation.extended", "consultation.closed",
)  # fmt: skip


def log() -> pl.LazyFrame:
    if LOG.endswith(".parquet"):
        return pl.scan_parquet(LOG)
    if LOG.endswith(".csv"):
        return pl.scan_csv(LOG, infer_schema=False).with_columns(pl.col("channel").str.split("; "))
    return pl.scan_ndjson(LOG, schema={**dict.fromkeys(TEXTS, pl.String), "channel": pl.List(pl.String)})


def day(column: str) -> pl.Expr:
    return pl.col(column).str.head(10).str.to_date("%Y-%m-%d")


event = (
    log()
    .select(*TEXTS, "channel")
    .filter(pl.col("type").is_in(KINDS))
    .with_columns(
        day("time").alias("day"), day("planned_at").alias("planned"), day("closes_at").alias("closes")
    )
    .collect()
    .lazy()
)

days = worked(CALENDAR)
before, ahead = seven_before(days), rolled(days)
calendar = pl.LazyFrame({
    "at": [dt.date.fromordinal(d) for d in before],
    "seven_before": [dt.date.fromordinal(d) for d in before.values()],
    "rolled": [dt.date.fromordinal(ahead[d] or d) for d in before],
})  # fmt: skip


def of(*names: str) -> pl.LazyFrame:
    return event.filter(pl.col("type").is_in(names))


def judged(frame: pl.LazyFrame, duty: str, due: str) -> pl.LazyFrame:
    """Verdicts of rows with a day ``done`` (or none) and a due day."""
    outcome = (
        pl.when(pl.col("done") <= pl.col(due)).then(pl.lit("fulfilled"))
        .when(pl.col("done").is_not_null()).then(pl.lit("late"))
        .otherwise(pl.lit("violated"))
    )  # fmt: skip
    return frame.select(pl.lit(duty).alias("duty"), outcome.alias("outcome"), "case")


def notice() -> pl.LazyFrame:
    session = (
        of("meeting.scheduled", "meeting.rescheduled")
        .sort("day")
        .group_by("case")
        .agg(
            pl.col("planned").last(),
            pl.col("day").max().alias("since"),
            ((pl.col("body") == "assembly") & (pl.col("session_kind") == "ordinary")).any().alias("owed"),
        )
        .filter("owed")
        .join(of("meeting.cancelled"), on="case", how="anti")
    )
    public = pl.col("channel").list.eval(pl.element().is_in(["website", "notice-board", "media"])).list.any()
    published = (
        of("notice.published")
        .filter((pl.col("notice_kind") == "meeting") & public)
        .select("case", "day")
        .join(session, on="case")
        .filter(pl.col("day").is_between("since", "planned"))
        .group_by("case")
        .agg(pl.col("day").min().alias("done"))
    )
    owed = session.join(published, on="case", how="left").join(calendar, left_on="planned", right_on="at")
    return judged(owed, "XK-MTG-001", "seven_before")


def within_a_week(duty: str, owed: pl.LazyFrame, answer: str) -> pl.LazyFrame:
    done = of(answer).group_by("case").agg(pl.col("day").min().alias("done"))
    owed = owed.select("case", (pl.col("day") + pl.duration(days=7)).alias("at"))
    return judged(owed.join(done, on="case", how="left").join(calendar, on="at"), duty, "rolled")


def request() -> pl.LazyFrame:
    elsewhere = pl.col("holder").is_in(["known-other", "unknown-other"])
    urgent = pl.col("urgency_ground") == "life-or-liberty"
    other = of("request.received", "request.extended", "request.withdrawn").filter(
        (pl.col("type") != "request.received") | elsewhere.fill_null(False) | urgent.fill_null(False)
    )
    return within_a_week(
        "XK-FOI-001", of("request.registered").join(other, on="case", how="anti"), "request.answered"
    )


def act() -> pl.LazyFrame:
    owed = of("act.adopted").filter(
        (pl.col("body") == "assembly")
        & pl.col("act_kind").is_in(["statute", "regulation", "rules-of-procedure", "collective-decision"])
    )
    return within_a_week("XK-ACT-001", owed, "act.published")


def consultation() -> pl.LazyFrame:
    opened = pl.col("type") == "consultation.opened"
    closed = pl.col("type") == "consultation.closed"
    found = (
        of("consultation.opened", "consultation.extended", "consultation.closed")
        .sort("day")
        .group_by("case")
        .agg(
            pl.col("day").filter(opened).min().alias("opened"),
            pl.coalesce(pl.col("day").filter(closed).min(), pl.col("closes").drop_nulls().last()).alias(
                "closed"
            ),
            pl.col("consultation_kind").is_in(["written", "mixed"]).any().alias("owed"),
        )
        .filter("owed")
    )
    long_enough = pl.col("closed") >= pl.col("opened") + pl.duration(days=30)
    outcome = pl.when(long_enough).then(pl.lit("fulfilled")).otherwise(pl.lit("violated"))
    return found.select(pl.lit("XK-CON-007").alias("duty"), outcome.alias("outcome"), "case")


verdicts = pl.concat(pl.collect_all([notice(), request(), act(), consultation()]))
verdicts.filter(pl.col("outcome") != "fulfilled").write_csv(OUTPUT)
counts: dict[str, dict[str, int]] = {}
for duty, outcome, number in verdicts.group_by("duty", "outcome").len().iter_rows():
    counts.setdefault(duty, {})[outcome] = number
sys.stdout.write(json.dumps(counts) + "\n")
