"""What the program was asked to reach, as numbers, and how each is taken from the figures of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .sides import BOUNDED, REFERENCE
from .slopes import slope

Record = Mapping[str, Any]
MILLION = 1_000_000


@dataclass(frozen=True)
class Target:
    """``measured`` gives None where the run did not try it; ``at_least`` where more is better."""

    text: str
    number: float
    unit: str
    measured: Callable[[Figures], float | None]
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.number if self.at_least else value <= self.number

    def short_by(self, value: float) -> float:
        """How many times the target is missed by; at most 1 where it is met."""
        return self.number / value if self.at_least else value / self.number


class Figures:
    """Records of a run, asked by what they measured."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def of(self, group: str, **wanted: object) -> list[Record]:
        """Records of a group with these values that ended well."""
        return [
            record
            for record in self._records
            if record["group"] == group
            and record["wall"]
            and all(record[key] == to for key, to in wanted.items())
        ]

    def wall(self, group: str, **wanted: object) -> float | None:
        found = self.of(group, **wanted)
        return median(found[0]["wall"]) if found else None

    def ratio(self, events: int, form: str) -> float | None:
        """This program to SQL by hand, whole processes."""
        ours = self.wall("four", side="ours", events=events, format=form)
        sql = self.wall("four", side=REFERENCE, events=events, format=form)
        return ours / sql if ours and sql else None

    def evaluation(self, events: int, form: str) -> float | None:
        """The same without what each side takes for a log of 50 events.

        None also where SQL by hand takes less than twice that: the rest would be mostly noise.
        """
        walls = [
            (
                self.wall("four", side=side, events=events, format=form),
                self.wall("small", side=side, format=form),
            )
            for side in ("ours", REFERENCE)
        ]
        (ours, our_start), (sql, sql_start) = walls
        if not (ours and our_start and sql and sql_start) or sql < 2 * sql_start:
            return None
        return (ours - our_start) / (sql - sql_start)

    def rate(self, events: int, form: str) -> float | None:
        """Million events a second with four duties, whole process."""
        wall = self.wall("four", side="ours", events=events, format=form)
        return events / wall / MILLION if wall else None

    def largest_pack(self) -> Record | None:
        return max(self.of("pack"), key=lambda record: record["events"], default=None)

    def per_obligation(self) -> float | None:
        """Microseconds a finding of the whole pack, without start-up."""
        found, start = self.largest_pack(), self.wall("start", what="50 events, whole pack")
        if found is None or start is None or not found["verdicts"]:
            return None
        return (median(found["wall"]) - start) * MILLION / int(found["verdicts"]["findings"])

    def one_query_per_duty(self) -> float | None:
        """The whole pack, to as many SQL queries by hand as it has duties, each with a scan of its own."""
        found = self.largest_pack()
        if found is None:
            return None
        start = self.wall("small", side=REFERENCE, format="jsonl")
        singles = [median(record["wall"]) for record in self.of("single", events=found["events"])]
        if start is None or not singles:
            return None
        each = sum(singles) / len(singles) - start
        return median(found["wall"]) / (each * found["duties"] + start) if each > 0 else None

    def pack_to_four(self) -> float | None:
        found = self.largest_pack()
        four = found and self.wall("four", side="ours", events=found["events"], format="jsonl")
        return median(found["wall"]) / four if found and four else None

    def further_duty(self) -> float | None:
        """What one more duty costs, to reading the log once: one duty, without what 50 events take."""
        found = sorted(self.of("duties"), key=lambda record: record["duties"])
        start = self.wall("small", side="ours", format="jsonl")
        if len(found) < 2 or start is None:
            return None
        first, last = median(found[0]["wall"]), median(found[-1]["wall"])
        further = (last - first) / (found[-1]["duties"] - found[0]["duties"])
        return further / (first - start) if first > start else None

    def peak(self, events: int) -> float | None:
        """Gigabytes of four duties, in the format that took least, with memory bounded or not."""
        sides = ("ours", BOUNDED)
        found = [r["peak"] / 1e9 for side in sides for r in self.of("four", side=side, events=events)]
        return min(found, default=None)

    def steepest(self, group: str, across: str, side: str = "ours") -> float | None:
        """The steepest slope between sizes that follow each other: start-up hides growth in small ones."""
        points = sorted((record[across], median(record["wall"])) for record in self.of(group, side=side))
        return max((slope(pair) for pair in pairwise(points)), default=None)


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


TARGETS = (
    Target(
        "Four duties, 10 M events in Parquet: whole process, to SQL by hand",
        2.0,
        "times",
        lambda f: f.ratio(10 * MILLION, "parquet"),
    ),
    Target(
        "The same, evaluation alone (without what 50 events take)",
        1.3,
        "times",
        lambda f: f.evaluation(10 * MILLION, "parquet"),
    ),
    Target(
        "JSONL, full validation, four duties: 1 M events",
        0.8,
        "M events/s",
        lambda f: f.rate(MILLION, "jsonl"),
        at_least=True,
    ),
    Target("The same, stretch", 1.6, "M events/s", lambda f: f.rate(MILLION, "jsonl"), at_least=True),
    Target(
        "JSONL, full validation, four duties: 10 M events",
        1.0,
        "M events/s",
        lambda f: f.rate(10 * MILLION, "jsonl"),
        at_least=True,
    ),
    Target("The same, stretch", 2.0, "M events/s", lambda f: f.rate(10 * MILLION, "jsonl"), at_least=True),
    Target(
        "CSV, four duties: 1 M events", 0.8, "M events/s", lambda f: f.rate(MILLION, "csv"), at_least=True
    ),
    Target(
        "100 k events in JSONL, four duties",
        0.6,
        "s",
        lambda f: f.wall("four", side="ours", events=100_000, format="jsonl"),
    ),
    Target("100 k events in JSONL, the whole pack", 1.2, "s", lambda f: f.wall("pack", events=100_000)),
    Target("Whole pack, a finding (without start-up)", 1.2, "µs", lambda f: f.per_obligation()),
    Target(
        "Whole pack, to one SQL query a duty (time of the four, for as many duties)",
        0.5,
        "times",
        lambda f: f.one_query_per_duty(),
    ),
    Target("Whole pack from JSONL, to four duties", 4.0, "times", lambda f: f.pack_to_four()),
    Target(
        "A further duty, to reading the log once (it must not cost another scan)",
        1.0,
        "times",
        lambda f: f.further_duty(),
    ),
    Target("50 M events, four duties: peak memory", 2.0, "GB", lambda f: f.peak(50 * MILLION)),
    Target("100 M events, four duties: peak memory", 3.0, "GB", lambda f: f.peak(100 * MILLION)),
    Target(
        "Growth with events, four duties: steepest slope", 1.1, "", lambda f: f.steepest("events", "events")
    ),
    Target(
        "Growth with events, whole pack: steepest slope",
        1.1,
        "",
        lambda f: f.steepest("events-pack", "events"),
    ),
    Target("Growth with duties: steepest slope", 1.1, "", lambda f: f.steepest("duties", "duties")),
    Target("`--help`", 0.1, "s", lambda f: f.wall("start", what="--help")),
    Target("`--version`", 0.1, "s", lambda f: f.wall("start", what="--version")),
    Target("50 events, whole pack", 0.6, "s", lambda f: f.wall("start", what="50 events, whole pack")),
    Target("The same, stretch", 0.4, "s", lambda f: f.wall("start", what="50 events, whole pack")),
)
