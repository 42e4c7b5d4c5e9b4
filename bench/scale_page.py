"""The figures of ``docs/scale.md``: what was measured, the line through it, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What is reckoned with: events of a municipality in ten years, and municipalities.
EACH = 50_000
PLACES = {
    "a country of 38 municipalities": 38, "a continent of 100,000": 100_000, "the earth, 650,000": 650_000,
}  # fmt: skip
CORES = (2, 16, 128, 1024)
_SHOWN = {"first": "the table, 20 findings a duty", "all": "all findings, as JSON"}
Record = Mapping[str, Any]


def line_of(points: Sequence[Record]) -> tuple[float, float]:
    """Seconds that a run takes whatever the log, and for each event, by the first two of the points."""
    small, large = points[0], points[1]
    each = (large["wall"] - small["wall"]) / (large["events"] - small["events"])
    return small["wall"] - each * small["events"], each


def shares_of(points: Sequence[Record]) -> tuple[float, float]:
    """Of the seconds for each event on Spark: those of the driver alone, and those of a core that others
    share.
    """
    small, large = points[0], points[1]
    number = large["events"] - small["events"]
    cores = large["spark"]["cores"]
    tasks = (large["spark"]["seconds"] - small["spark"]["seconds"]) / number
    return max(line_of(points)[1] - tasks / cores, 0.0), tasks


def figures_of(kept: Mapping[str, Any]) -> str:
    """Markdown of all figures that there are."""
    parts = []
    if "same" in kept:
        parts += _same(kept["same"])
    if "scale" in kept:
        parts += [*_measured(kept["scale"]), *_constants(kept["scale"]), *_capacity(kept["scale"])]
    return "".join(part + "\n" for part in parts)


def _same(run: Record) -> list[str]:
    told = "the same bytes" if run["same"] else "**not the same bytes**"
    rules = run["rules"]
    by = f"; {len(rules)} of the duties" if rules else "; all duties"
    rows = [
        (
            _run_of(each), f"{each['events']:,}", f"{each['findings']:,}", f"{each['report_bytes']:,}",
            f"`{each['report'][:16]}`", f"`{each['lines'][:16]}`" if each["lines"] else "-",
            f"{each['wall']:,.0f}",
        )
        for each in run["runs"]
    ]  # fmt: skip
    head = ("run", "events", "findings", "bytes", "SHA-256 of the JSON report", "of JSON Lines", "seconds")
    return [
        "## The same bytes\n",
        f"`{run['command']}` ({_by(run)}{by}): {told}.\n",
        _table(head, rows),
    ]


def _run_of(each: Record) -> str:
    if each["partitions"] is None:
        return "one process"
    split = each["split_at"]
    by_case = "" if split is None else f", municipalities with more than {split:,} records by case"
    return f"Spark, {each['partitions']} parts{by_case}"


def _measured(run: Record) -> list[str]:
    rows = []
    for each in run["measured"]:
        fixed, slope = line_of(each["points"])
        last = each["points"][-1]
        foretold = fixed + slope * last["events"]
        rows.append(
            (
                each["side"], _SHOWN[each["shown"]], *(f"{point['wall']:,.1f}" for point in each["points"]),
                f"{foretold:,.1f}", f"{foretold / last['wall'] - 1:+.0%}",
            )
        )  # fmt: skip
    events = [f"{point['events']:,} events" for point in run["measured"][0]["points"]]
    head = ("side", "shown", *events, "the last, foretold", "off by")
    return [
        "## Ten times the events\n",
        (
            f"`{run['command']}` ({_by(run)}; medians of {run['rounds']} rounds, the last once). Seconds; "
            "the line through the first two foretells the third.\n"
        ),
        _table(head, rows),
    ]


def _constants(run: Record) -> list[str]:
    rows = []
    for each in run["measured"]:
        fixed, slope = line_of(each["points"])
        point = each["points"][1]
        events = point["events"]
        told = [each["side"], _SHOWN[each["shown"]], f"{fixed:.1f}", f"{1 / slope:,.0f}"]
        if "spark" in point:
            alone, tasks = shares_of(each["points"])
            spark = point["spark"]
            told += [
                f"{1 / tasks:,.0f}", f"{alone * 1e6:.1f}", f"{spark['shuffled'] / events:,.0f}",
                f"{point['start']:.1f}",
            ]  # fmt: skip
        else:
            told += ["-"] * 4
        told += [f"{point['bytes'] / events:,.0f}", f"{point['peak'] / 2**20:,.0f}"]
        rows.append(told)
    head = (
        "side", "shown", "fixed, s", "events/s", "events/s of a core", "driver alone, µs an event",
        "shuffled, bytes an event", "start of Spark, s", "log, bytes an event", "memory of the driver, MiB",
    )  # fmt: skip
    return ["## Constants\n", _table(head, rows)]


def _capacity(run: Record) -> list[str]:
    parts = [
        "## What that leads to\n",
        (
            f"Reckoned with {EACH:,} events of each municipality, ten years of {EACH // 10:,}, and with "
            "cores like those of this machine. Seconds are the fixed ones, and for each event those of the "
            "driver alone and, shared by all cores, those of a core.\n"
        ),
    ]
    for each in run["measured"]:
        if each["side"] != "spark":
            continue
        fixed, _ = line_of(each["points"])
        alone, tasks = shares_of(each["points"])
        rows = []
        for name, places in PLACES.items():
            number = places * EACH
            times = [fixed + number * (alone + tasks / cores) for cores in CORES]
            rows.append((name, f"{number / 1e6:,.1f} M", *map(_time, times)))
        head = ("of", "events", *(f"{cores:,} cores" for cores in CORES))
        parts += [f"Shown: {_SHOWN[each['shown']]}.\n", _table(head, rows)]
        one = next((e for e in run["measured"] if e["side"] != "spark" and e["shown"] == each["shown"]), None)
        if one is not None:
            parts.append(_crossing(one["points"], fixed, alone, tasks))
    return parts


def _crossing(points: Sequence[Record], fixed: float, alone: float, tasks: float) -> str:
    """With how many cores Spark is faster than one process, from which number of events on."""
    own, each = line_of(points)
    told = []
    for cores in CORES:
        gained = each - alone - tasks / cores
        crossing = (fixed - own) / gained if gained > 0 else None
        when = "never" if crossing is None else f"from {max(crossing, 0):,.0f} events on"
        told.append(f"{cores:,} cores: {when}")
    return f"Faster than one process on this machine, with {'; with '.join(told)}.\n"


def _time(seconds: float) -> str:
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {name}"
    return f"{seconds:,.0f} s"


def _by(run: Record) -> str:
    told = run["machine"]
    on = f"{told['cores']} cores, {told['processor']}"
    return f"{run['commit']}, {run['day']}, {on}, load {told['load']:g} before"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
