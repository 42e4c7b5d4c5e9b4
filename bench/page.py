"""The page on performance: words of ``page.md``, figures as measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .sides import NAMES, REFERENCE
from .slopes import slope
from .targets import TARGETS, Figures, median

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, FIGURES = DOCS / "performance.md", DOCS / "performance.json"
_WORDS = Path(__file__).with_name("page.md")
# A machine that does other things at the start of a run gives times that are too long.
BUSY = 0.5
Record = Mapping[str, Any]


def page(run: Mapping[str, Any]) -> str:
    """The text of ``docs/performance.md``."""
    text = _WORDS.read_text(encoding="utf-8")
    for name, part in _PARTS.items():
        text = text.replace(f"<!-- {name} -->", part(run))
    return text


def keep(name: str, told: Mapping[str, Any]) -> None:
    """Put what was measured by this name among the figures, and write the page again."""
    every = json.loads(FIGURES.read_text(encoding="utf-8"))
    every[name] = told
    FIGURES.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(every), encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for row in rows:
        cells = [cell.replace("|", "\\|") for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    """Three figures that count."""
    return (
        f"{value:,.0f}"
        if value >= 100
        else f"{value:.1f}"
        if value >= 10
        else f"{value:.2f}"
        if value >= 0.1
        else f"{value:.3f}"
    )


def _size(events: int) -> str:
    return (
        f"{events // 10**6} M"
        if events % 10**6 == 0 and events
        else f"{events // 1000} k"
        if events >= 1000
        else str(events)
    )


def _group(run: Mapping[str, Any], *groups: str) -> list[Record]:
    return [record for record in run["records"] if record["group"] in groups]


def _run(run: Mapping[str, Any]) -> str:
    told = run["machine"]
    text = (
        f"Of {run['commit']}, {run['day']}, {run['minutes']:g} minutes, "
        f"on {told['cores']} cores ({told['processor']}, "
        f"{told['memory'] / 2**30:.0f} GiB). "
        + (
            "Each command was run once."
            if run["rounds"] == 1
            else f"Times are medians of {run['rounds']} rounds (of commands that take over a minute: one)."
        )
    )
    for more in run.get("added", ()):
        text += (
            f" Logs of {', '.join(map(_size, more['events']))} events: {more['commit']}, {more['day']}, "
            f"{more['minutes']:g} minutes, rounds: {more['rounds']}, on {more['machine']['cores']} cores "
            f"({more['machine']['processor']}; load {more['machine']['load']:g} at the start)."
        )
    if told["load"] > BUSY:
        text += (
            f"\n\n**The machine was busy** (load {told['load']:g} when the run began), so all "
            "times are too long and ratios rough: a run on a quiet machine has to replace this one."
        )
    if not any("--format counts" in r["command"] for r in run["records"] if r["side"] == "ours"):
        text += (
            "\n\n**Before the format `counts` there was**: in this run this program wrote all findings "
            "everywhere, as CSV, and as JSON in the column of all findings."
        )
    return text


def _verdict(record: Record) -> str:
    found = record["verdicts"]
    if found is None:
        return ""
    if found["missed"] or found["added"] or found["kept"] != found["kept_told"]:
        return (
            f"**wrong**: of {found['planted']} broken cases {found['missed']} missed, {found['added']} added"
        )
    return f"right: all {found['planted']}"


def _logs(records: Sequence[Record]) -> list[tuple[int, str]]:
    return list(dict.fromkeys((record["events"], record["format"]) for record in records))


def _of(records: Sequence[Record], events: int, form: str, side: str) -> Record | None:
    found = [r for r in records if (r["events"], r["format"], r["side"]) == (events, form, side)]
    return found[0] if found else None


def _ratio(record: Record | None, reference: Record | None, key: str) -> str:
    if record is None:
        return ""
    if not record["wall"]:
        return str(record["state"]).split(":")[0]
    if reference is None or not reference["wall"]:
        return f"{_number(median(record[key]))} s"
    wrong = " (wrong)" if "wrong" in _verdict(record) else ""
    return f"{_number(median(record[key]) / median(reference[key]))}{wrong}"


def _ratios(run: Mapping[str, Any]) -> str:
    return (
        f"{_ratios_of(run, 'wall')}\n\n"
        "The same by processor time, which other programs on the machine change less:\n\n"
        f"{_ratios_of(run, 'cpu')}{_evaluation(run)}"
    )


def _evaluation(run: Mapping[str, Any]) -> str:
    figures = Figures(run["records"])
    found = [
        f"{_size(events)} {form} {_number(ratio)}"
        for events, form in _logs(_group(run, "four"))
        if (ratio := figures.evaluation(events, form)) is not None
    ]
    if not found:
        return ""
    return (
        "\n\nWithout what each side takes for a log of 50 events (where SQL by hand takes twice that), "
        f"{NAMES['ours']} to {NAMES[REFERENCE]} by wall time: {', '.join(found)}."
    )


def _ratios_of(run: Mapping[str, Any], key: str) -> str:
    records = _group(run, "four")
    sides = list(dict.fromkeys(record["side"] for record in records if record["side"] != REFERENCE))
    rows = []
    for events, form in _logs(records):
        reference = _of(records, events, form, REFERENCE)
        seconds = f"{_number(median(reference[key]))} s" if reference and reference["wall"] else "none"
        ratios = [_ratio(_of(records, events, form, side), reference, key) for side in sides]
        rows.append([f"{_size(events)} {form}", seconds, *ratios])
    return _table(["log", f"{NAMES[REFERENCE]} (= 1)", *(NAMES[side] for side in sides)], rows)


def _sides(run: Mapping[str, Any]) -> str:
    records = _group(run, "four")
    parts = []
    for events, form in _logs(records):
        rows = []
        for record in records:
            if (record["events"], record["format"]) != (events, form):
                continue
            name = NAMES[record["side"]]
            if not record["wall"]:
                rows.append([name, "", "", "", "", "", record["state"]])
                continue
            reference, wall = _of(records, events, form, REFERENCE), median(record["wall"])
            times = f"{_number(wall / median(reference['wall']))}" if reference and reference["wall"] else ""
            rows.append(
                [
                    name,
                    _number(wall),
                    times,
                    _number(median(record["cpu"])),
                    f"{events / wall:,.0f}",
                    f"{record['peak'] / 1e6:,.0f}",
                    _verdict(record),
                ]
            )
        head = ["side", "wall, s", "to SQL", "processor, s", "events/s", "peak, MB", "verdicts"]
        parts.append(f"### {_size(events)} events, {form}\n\n" + _table(head, rows))
    return "\n\n".join(parts)


def _targets(run: Mapping[str, Any]) -> str:
    figures, rows = Figures(run["records"]), []
    for target in TARGETS:
        value = target.measured(figures)
        bound = f"{'at least' if target.at_least else 'at most'} {target.number:g} {target.unit}".rstrip()
        if value is None:
            rows.append([target.text, bound, "not measured in this run", ""])
        else:
            met = "yes" if target.met(value) else f"**no**, by a factor of {_number(target.short_by(value))}"
            rows.append([target.text, bound, f"{_number(value)} {target.unit}".rstrip(), met])
    return _table(["target", "asked for", "measured", "met"], rows)


def _pack(run: Mapping[str, Any]) -> str:
    rows = []
    for record in _group(run, "pack"):
        if record["wall"]:
            wall = median(record["wall"])
            rows.append(
                [
                    _size(record["events"]),
                    str(record["duties"]),
                    _number(wall),
                    _number(median(record["cpu"])),
                    f"{record['events'] / wall:,.0f}",
                    f"{record['verdicts']['findings']:,}",
                    _number(wall * 1e6 / record["verdicts"]["findings"]),
                    f"{record['peak'] / 1e6:,.0f}",
                    _verdict(record),
                ]
            )
        else:
            rows.append([_size(record["events"]), str(record["duties"]), *[""] * 6, record["state"]])
    head = [
        "events",
        "duties",
        "wall, s",
        "processor, s",
        "events/s",
        "findings",
        "µs a finding",
        "peak, MB",
        "verdicts of the four",
    ]
    return "From JSONL, with the report as counts; findings without those that do not apply.\n\n" + _table(
        head, rows
    )


def _start(run: Mapping[str, Any]) -> str:
    rows = [
        [
            f"`{record['what']}`" if record["what"].startswith("--") else record["what"],
            *(_number(f(record["wall"]) * 1000) for f in (median, min, max)),
            f"{record['peak'] / 1e6:,.0f}",
        ]
        for record in _group(run, "start")
        if record["wall"]
    ]
    small = _group(run, "small")
    forms = list(dict.fromkeys(record["format"] for record in small))
    beside = []
    for side in dict.fromkeys(record["side"] for record in small):
        found = [_of(small, record["events"], form, side) for record in small[:1] for form in forms]
        beside.append([NAMES[side], *(_milliseconds(record) for record in found)])
    return (
        f"{_table(['command', 'wall, ms', 'least', 'most', 'peak, MB'], rows)}\n\n"
        "A log of 50 events of one municipality under the four duties, ms:\n\n"
        + _table(["side", *forms], beside)
    )


def _milliseconds(record: Record | None) -> str:
    if record is None:
        return ""
    return _number(median(record["wall"]) * 1000) if record["wall"] else str(record["state"]).split(":")[0]


def _growth(run: Mapping[str, Any]) -> str:
    figures, parts = Figures(run["records"]), []
    for group, across, title in (
        ("events", "events", "Events, four duties, JSONL"),
        ("events-pack", "events", "Events, whole pack, JSONL"),
        ("duties", "duties", "Duties, JSONL"),
    ):
        records = [record for record in _group(run, group) if record["wall"]]
        for side in dict.fromkeys(record["side"] for record in records):
            mine = [record for record in records if record["side"] == side]
            points = [(record[across], median(record["wall"])) for record in mine]
            of = f" ({_size(mine[0]['events'])} events)" if across == "duties" else ""
            rows = [
                [
                    _size(record[across]) if across == "events" else str(record[across]),
                    _number(wall),
                    _number(median(record["cpu"])),
                    f"{record['peak'] / 1e6:,.0f}",
                ]
                for record, (_, wall) in zip(mine, points, strict=True)
            ]
            found, steepest = "Too few sizes for a slope.", figures.steepest(group, across, side)
            if len(points) > 2 and steepest is not None:
                found = f"Slope {slope(points):.2f}; the steepest between two sizes {steepest:.2f}."
            head = [across, "wall, s", "processor, s", "peak, MB"]
            parts.append(f"### {title}{of}: {NAMES[side]}\n\n{found}\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def _profile(run: Mapping[str, Any]) -> str:
    records = [record for record in _group(run, "profile") if record.get("stages")]
    if not records:
        return "Not told in this run."
    stages = list(dict.fromkeys(name for record in records for name, _ in record["stages"]))
    rows = []
    for name in stages:
        cells = []
        for record in records:
            seconds = dict(record["stages"])
            part = seconds.get(name, 0.0) / (sum(seconds.values()) or 1.0)
            cells.append(f"{_number(seconds[name])} ({part:.0%})" if name in seconds else "")
        rows.append([name, *cells])
    heads = [f"{_size(r['events'])} {r['format']}, {r['duties']} duties" for r in records]
    return _table(["stage, s", *heads], rows)


def _pages(run: Mapping[str, Any]) -> str:
    """What ``bench.pages`` measured."""
    told = run.get("pages")
    if told is None:
        return "Not measured yet: `python -m bench.pages`."
    names = dict.fromkeys([*told["alone"], *told["by_page"]])
    rows = []
    for name in names:
        number, middle, most = told["by_page"].get(name, (0, None, None))
        alone = told["alone"].get(name)
        cells = ["" if value is None else _number(value) for value in (alone, middle, most)]
        rows.append([name, *cells, f"{number:,}"])
    table = _table(["page", "alone, ms", "median, ms", "19 of 20 within, ms", "opened"], rows)
    turned = (
        "no record was shown in time"
        if told["turned_seconds"] is None
        else f"a page rested on it {_number(told['turned_seconds'])} s later at the median, "
        f"{_number(told['turned_most'])} s at most"
    )
    imported = f", imported in {_number(told['import_seconds'])} s" if told["import_seconds"] else ""
    faults = f" **Went wrong**: {'; '.join(told['faults'])}." if told["faults"] else ""
    return (
        f"`{told['command']}`, of {told['commit']}, {told['day']}, {told['minutes']:g} minutes, on "
        f"{told['machine']['cores']} cores, readers and server on the same machine.\n\n"
        f"{told['events']:,} events of all municipalities, {told['register_bytes'] / 1e6:,.0f} MB"
        f"{imported}; the server had judged all of it under the whole pack "
        f"{_number(told['start_seconds'])} s after its start. {told['readers']} readers opened "
        f"{told['pages']:,} pages in {told['seconds']:g} s, each resting {told['pause']:g} s on average, "
        f"while {told['recorded']} events were recorded: **{_number(told['median'])} ms at the median**, "
        f"{_number(told['p95'])} ms for 19 of 20, {_number(told['most'])} ms at most. A record was "
        f"acknowledged after {_number(told['record_median'] or 0)} ms; {turned}. The server took "
        f"{_number(told['processor_seconds'])} s of processor time meanwhile, and "
        f"{told['peak'] / 1e9:.1f} GB at its peak.{faults}\n\n{table}"
    )


def _main(run: Mapping[str, Any]) -> str:
    """What ``bench.main_job`` measured."""
    told = run.get("main_job")
    if told is None:
        return "Not measured yet: `python -m bench.main_job`."
    rows = [
        [
            name,
            _number(median(job["wall"])),
            _number(min(job["wall"])),
            _number(job["cpu"]),
            f"{job['peak'] / 1e6:,.0f}",
            f"{median(job['pace']):.2f}",
        ]
        for name, job in told["jobs"].items()
    ]
    return (
        f"`{told['command']}`, of {told['commit']}, {told['day']}, on {told['machine']['cores']} cores with "
        f"a load of {told['load']:g} when it began; {told['rounds']} rounds, {told['events']:,} events, "
        f"{told['bytes'] / 1e6:,.0f} MB.\n\n"
        + _table(["job", "wall, s", "at best", "processor, s", "peak, MB", "pace, s"], rows)
    )


def _foreign(run: Mapping[str, Any]) -> str:
    """What ``bench.xes`` measured."""
    told = run.get("xes")
    if told is None:
        return "Not measured yet: `python -m bench.xes`."
    events = told["events"]
    rows = [
        [
            side,
            f"{events / told['wall'][side]:,.0f}",
            f"{events / told['best'][side]:,.0f}",
            f"{events / told['cpu'][side]:,.0f}",
        ]
        for side in told["wall"]
    ]
    aim, ours = 150_000, events / told["wall"]["reader"]
    met = "which is met" if ours >= aim else f"which is missed by {1 - ours / aim:.0%}"
    return (
        f"`{told['command']}`, of {told['commit']}, {told['day']}, on {told['machine']['cores']} cores "
        f"with a load of {told['load']:g} by others when it began; median of {told['rounds']} rounds. "
        f"{events:,} events, {told['bytes'] / 1e6:,.0f} MB. Asked for are {aim:,} events a second, {met}.\n\n"
        + _table(["read by", "events a second", "at best", "by processor time"], rows)
    )


def _machine(run: Mapping[str, Any]) -> str:
    told = run["machine"]
    commands = dict.fromkeys(
        (NAMES[record["side"]], record["command"].replace("build/bench/", ""))
        for record in _group(run, "four")
    )
    first: dict[str, str] = {}
    for name, command in commands:
        first.setdefault(name, command)
    rows = [[name, f"`{command}`"] for name, command in first.items()]
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    asked = " and ".join(f"`{part['command']}`" for part in (run, *run.get("added", ())))
    return (
        f"{asked} (seed {run['seed']}). {told['system']}, {told['python']}; {versions}.\n\n"
        "Wall time is from the start of the process to its end, processor time and peak memory are what "
        "the system counted for it and its children. Logs were written or read shortly before, so they come "
        "from the cache of the system.\n\n" + _table(["side", "command"], rows)
    )


_PARTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "run": _run,
    "ratios": _ratios,
    "sides": _sides,
    "targets": _targets,
    "pack": _pack,
    "start": _start,
    "growth": _growth,
    "profile": _profile,
    "main": _main,
    "pages": _pages,
    "foreign": _foreign,
    "machine": _machine,
}
