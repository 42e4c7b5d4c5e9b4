"""``python -m bench``: measure this program and its peers in one run, and write ``docs/performance.md``.

    python -m bench --events 100000 --events 1000000
    python -m bench --events 100000 --formats jsonl --peers duckdb --no-write
    python -m bench --events 10000000 --rounds 1 --limit 3600 --add
    python -m bench --page

All sides judge the same logs, one after another in every round, each as a process of its own; what they
find is compared with what was planted. Logs stay in ``build/bench``. ``--add`` measures only four duties on
logs of these sizes, which take hours, and adds them to the figures that are there. ``--page`` writes the page
again from the figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .formats import SHEET_ROWS, truth_of
from .machine import commit, machine
from .measure import measure
from .page import FIGURES, PAGE, page
from .planted import DUTIES
from .sides import ALL, BOUNDED, CALENDAR, INSTALL, OURS, REFERENCE, ROOT, SIDES, Side, environment

KEPT = ROOT / "build" / "bench"
SMALL = 50
# In the names of logs, so that none stays in use that another generator, or another calendar, has made.
MAKER = hashlib.sha256(
    b"".join(
        made_by.read_bytes()
        for made_by in (
            *(ROOT / "bench" / f"{name}.py" for name in ("planted", "calendar_limits", "formats")),
            CALENDAR,
        )
    )
).hexdigest()[:8]
# Of a command that takes longer than this, one round has to do.
PATIENCE = 60.0
_STAGE = re.compile(r"(\S.*?) {2,}([0-9,]+\.[0-9]+) +[0-9]+%")


@dataclass
class Try:
    """One command to be measured, and the record of it. ``log`` where its verdicts are to be compared."""

    record: dict[str, Any]
    command: list[str]
    output: Path | None = None
    log: Path | None = None
    told: Path = field(default=KEPT / "told.txt")


def main() -> int:
    arguments = _arguments()
    if arguments.page:
        PAGE.write_text(page(json.loads(FIGURES.read_text(encoding="utf-8"))), encoding="utf-8")
        return 0
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    run = Run(arguments)
    if arguments.add:
        run.four_duties()
    else:
        run.everything()
    before, figures = json.loads(FIGURES.read_text(encoding="utf-8")), run.figures()
    figures = added(before, figures) if arguments.add else {**_of_others(before), **figures}
    kept = KEPT / "figures.json"
    kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if arguments.write:
        FIGURES.write_bytes(kept.read_bytes())
        PAGE.write_text(page(figures), encoding="utf-8")
    else:
        sys.stdout.write(page(figures))
    return 0


def _of_others(before: dict[str, Any]) -> dict[str, Any]:
    """What commands of their own have measured, and this one has not."""
    return {name: before[name] for name in ("main_job", "pages", "xes") if name in before}


def added(before: dict[str, Any], run: dict[str, Any]) -> dict[str, Any]:
    """The figures of a run with those of another one, of four duties on larger logs. What that one measured
    again takes the place of what there was.
    """

    def which(record: dict[str, Any]) -> tuple[object, ...]:
        return tuple(record[key] for key in ("group", "side", "format", "events"))

    again = {which(record) for record in run["records"]}
    records = [record for record in before["records"] if which(record) not in again]
    told = {key: value for key, value in run.items() if key != "records"}
    told["events"] = sorted({record["events"] for record in run["records"]})
    return {**before, "records": [*records, *run["records"]], "added": [*before.get("added", ()), told]}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = lambda text: [int(part) for part in text.split(",") if part]  # noqa: E731
    parser.add_argument(
        "--events", type=int, action="append", help="size of the logs; repeatable. Default: 100000"
    )
    parser.add_argument(
        "--formats", type=lambda text: text.split(","), default=list(ALL), help=f"default: {','.join(ALL)}"
    )
    parser.add_argument(
        "--peers", type=lambda text: text.split(","), help="only these sides beside this program"
    )
    parser.add_argument(
        "--slow-up-to",
        type=int,
        default=1_000_000,
        help="larger logs are judged by DuckDB, Polars and this program alone",
    )
    parser.add_argument(
        "--pack-up-to", type=int, default=1_000_000, help="larger logs are not judged by the whole pack"
    )
    parser.add_argument(
        "--growth", type=sizes, default=[10_000, 30_000, 100_000, 300_000], help="sizes, with commas"
    )
    parser.add_argument(
        "--pack-growth", type=sizes, default=[10_000, 30_000, 100_000], help="the same, whole pack"
    )
    parser.add_argument("--duties", type=sizes, default=[1, 4, 25], help="numbers of duties, beside all")
    parser.add_argument(
        "--duties-of", type=int, default=100_000, metavar="EVENTS", help="log for growth with duties"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=600, help="seconds that one command may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--no-write", dest="write", action="store_false", help="print the page, and keep that of docs/"
    )
    parser.add_argument(
        "--add", action="store_true", help="measure four duties only, and add to docs/performance.json"
    )
    parser.add_argument("--page", action="store_true", help="only write the page from docs/performance.json")
    arguments = parser.parse_args()
    arguments.events = sorted(arguments.events or [100_000])
    return arguments


class Run:
    """One run over all groups; ``records`` is what came of it."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._asked = arguments
        self._machine = machine()
        self._commit = commit()
        self._day = dt.datetime.now(dt.UTC).date().isoformat()
        self._started = dt.datetime.now(dt.UTC)
        self.records: list[dict[str, Any]] = []
        chosen = arguments.peers
        self._sides = [
            s for s in SIDES if chosen is None or s.key in {*chosen, REFERENCE, "ours", "ours-full", BOUNDED}
        ]
        (KEPT / "out").mkdir(parents=True, exist_ok=True)

    def figures(self) -> dict[str, Any]:
        minutes = (dt.datetime.now(dt.UTC) - self._started).total_seconds() / 60
        return {
            "command": " ".join(["python -m bench", *sys.argv[1:]]),
            "commit": self._commit,
            "day": self._day,
            "minutes": round(minutes, 1),
            "rounds": self._asked.rounds,
            "seed": self._asked.seed,
            "machine": self._machine,
            "records": self.records,
        }

    def everything(self) -> None:
        asked = self._asked
        if missing := sorted({name for side in self._sides for name in side.missing("parquet")}):
            self._say(f"without {', '.join(missing)}, which are not installed: {INSTALL}")
        judged = self._judged()
        every = len(judged)
        self._start_up(every)
        for form in asked.formats:
            log = self._log(SMALL, form)
            sides = [side for side in self._sides if form in side.formats and side.key != BOUNDED]
            self._alternately([self._side("small", side, log, SMALL, form) for side in sides])
        self.four_duties()
        self._more(every, judged)

    def four_duties(self) -> None:
        """All sides on all logs."""
        asked = self._asked
        for events in asked.events:
            forms = [form for form in asked.formats if form != "xlsx" or events <= SHEET_ROWS]
            self._make(events, forms)
            for form in forms:
                log = self._log(events, form)
                fast = events <= asked.slow_up_to
                sides = [
                    s
                    for s in self._sides
                    if form in s.formats
                    and (s.key != BOUNDED if fast else s.key in (REFERENCE, "ours", BOUNDED, "polars"))
                ]
                self._alternately(
                    [self._side("four", side, log, events, form, compare=True) for side in sides]
                )

    def _more(self, every: int, judged: Sequence[str]) -> None:
        """The whole pack, where the time goes, and growth."""
        asked = self._asked
        for events in asked.events:
            if events <= asked.pack_up_to:
                self._alternately(
                    [self._whole("pack", self._log(events, "jsonl"), events, every, compare=True)]
                )
                sql = next(side for side in SIDES if side.key == REFERENCE)
                singles = [
                    self._side("single", sql, self._log(events, "jsonl"), events, "jsonl", (d,))
                    for d in DUTIES
                ]
                self._alternately(singles)
        largest = max(size for size in asked.events if size <= asked.pack_up_to or size == asked.events[0])
        for form in [form for form in ("jsonl", "parquet") if form in asked.formats]:
            self._profile(largest, form, DUTIES)
        self._profile(largest, "jsonl", None, every)
        for events in asked.growth:
            log = self._log(events, "jsonl")
            both = [side for side in SIDES if side.key in (REFERENCE, "ours")]
            self._alternately([self._side("events", side, log, events, "jsonl") for side in both])
        for events in asked.pack_growth:
            self._alternately([self._whole("events-pack", self._log(events, "jsonl"), events, every)])
        ours = next(side for side in SIDES if side.key == "ours")
        log = self._log(asked.duties_of, "jsonl")
        tries = [
            self._side("duties", ours, log, asked.duties_of, "jsonl", few(judged, n)) for n in asked.duties
        ]
        self._alternately([*tries, self._whole("duties", log, asked.duties_of, every)])

    def _start_up(self, every: int) -> None:
        log = self._log(SMALL, "jsonl")
        tries = [self._whole("start", log, SMALL, every, what="50 events, whole pack")]
        for what in ("--help", "--version"):
            record = self._record("start", "ours", None, 0, 0, what=what)
            tries.append(Try(record, [*OURS, what]))
        self._alternately(tries, rounds=max(5, self._asked.rounds))

    def _profile(self, events: int, form: str, duties: Sequence[str] | None, every: int = 0) -> None:
        """Where the time of this program goes, by its own account (``--profile``), which is not timed."""
        side = next(side for side in SIDES if side.key == "ours")
        record = self._record("profile", "ours", form, events, len(duties or ()) or every)
        command = [
            *side.command(self._log(events, form), KEPT / "out" / "profile.counts", duties),
            "--profile",
        ]
        record["command"] = told_command(command)
        done = subprocess.run(command, env=dict(environment()), capture_output=True, text=True, check=False)
        record["stages"] = stages_of(done.stderr)
        if not record["stages"]:
            record["state"] = f"failed: {done.stderr[-200:]}"

    def _judged(self) -> list[str]:
        """Duties of the pack that a log can decide."""
        command = [*OURS, "rules", "list", "--pack", "kosovo", "--judged", "--format", "json"]
        told = subprocess.run(
            command, env=dict(environment()), capture_output=True, check=True, text=True
        ).stdout
        return [duty["id"] for duty in json.loads(told)]

    def _log(self, events: int, form: str) -> Path:
        """The log of a size and format, made if it is not there yet; a small one is of one municipality."""
        self._make(events, [form])
        return self._path(events, form)

    def _path(self, events: int, form: str) -> Path:
        return KEPT / f"{events}-{self._asked.seed}-{MAKER}.{form}"

    def _make(self, events: int, forms: Sequence[str]) -> None:
        """The log in all these formats at once, but for those that are there."""
        wanted = [
            log
            for form in forms
            if not (log := self._path(events, form)).exists() or not truth_of(log).exists()
        ]
        if not wanted:
            return
        self._say(f"making {', '.join(log.name for log in wanted)}")
        command = [
            sys.executable,
            str(ROOT / "bench" / "generate.py"),
            str(events),
            "--seed",
            str(self._asked.seed),
        ]
        if events == SMALL:
            command += ["--municipality", "kline"]
        # Under other names until they are whole.
        made = [log.with_name(f"new-{log.name}") for log in wanted]
        subprocess.run([*command, *(word for log in made for word in ("-o", str(log)))], check=True)
        truth_of(made[0]).replace(truth_of(wanted[0]))
        for new, log in zip(made, wanted, strict=True):
            new.replace(log)

    def _record(
        self, group: str, side: str, form: str | None, events: int, duties: int, what: str = ""
    ) -> dict[str, Any]:
        record: dict[str, Any] = {
            "group": group,
            "side": side,
            "what": what,
            "format": form,
            "events": events,
            "duties": duties,
            "command": "",
            "wall": [],
            "cpu": [],
            "peak": 0,
            "state": "",
            "verdicts": None,
        }
        self.records.append(record)
        return record

    def _side(
        self,
        group: str,
        side: Side,
        log: Path,
        events: int,
        form: str,
        duties: Sequence[str] = DUTIES,
        compare: bool = False,
    ) -> Try:
        record = self._record(group, side.key, form, events, len(duties))
        output = KEPT / "out" / f"{side.key}.{side.report if side.script is None else 'csv'}"
        if missing := side.missing(form):
            record["state"] = f"not installed: {', '.join(missing)} ({INSTALL})"
        return Try(record, side.command(log, output, duties), output, log if compare else None)

    def _whole(
        self, group: str, log: Path, events: int, every: int, compare: bool = False, what: str = ""
    ) -> Try:
        side = next(side for side in SIDES if side.key == "ours")
        output = KEPT / "out" / "pack.counts"
        record = self._record(group, "ours", "jsonl", events, every, what)
        return Try(record, side.command(log, output, None), output, log if compare else None)

    def _alternately(self, tries: list[Try], rounds: int | None = None) -> None:
        """Rounds over all the tries, so that what else the machine does falls on each of them."""
        for turn in range(rounds or self._asked.rounds):
            for one in tries:
                record = one.record
                record["command"] = told_command(one.command)
                if record["state"] or (record["wall"] and record["wall"][0] > PATIENCE):
                    continue
                self._one(one, last=turn == (rounds or self._asked.rounds) - 1)

    def _one(self, one: Try, last: bool) -> None:
        record = one.record
        if one.output is not None:
            one.output.unlink(missing_ok=True)
        found = measure(one.command, one.told, environment(), self._asked.limit)
        if found.stopped:
            record["state"] = f"stopped after {self._asked.limit:g} s"
        elif found.code not in (0, 1) or (one.output is not None and not one.output.exists()):
            refused = record["side"].startswith("ours") and found.code == 2
            record["state"] = "not read yet" if refused else f"failed: {found.error}"
        else:
            record["wall"].append(round(found.wall, 4))
            record["cpu"].append(round(found.cpu, 4))
            record["peak"] = max(record["peak"], found.peak)
            if one.log is not None and one.output is not None and record["verdicts"] is None:
                record["verdicts"] = self._compared(one.log, one.output, one.told)
        name = " ".join(
            str(record[key]) for key in ("group", "what", "side", "events", "format", "duties") if record[key]
        )
        self._say(f"{name}: {record['state'] or f'{found.wall:.2f} s'}")

    def _compared(self, log: Path, output: Path, told: Path) -> dict[str, int]:
        command = [sys.executable, "-m", "bench.verdicts", str(truth_of(log)), str(output), str(told)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return dict(json.loads(done.stdout))

    def _say(self, text: str) -> None:
        sys.stdout.write(f"{dt.datetime.now(dt.UTC):%H:%M:%S} {text}\n")


def few(judged: Sequence[str], number: int) -> tuple[str, ...]:
    """So many duties of the pack: the compared ones first, then others from all over it."""
    others = [duty for duty in judged if duty not in DUTIES]
    step = max(1, len(others) // max(1, number - len(DUTIES)))
    return (*DUTIES, *others[::step])[:number]


def stages_of(told: str) -> list[tuple[str, float]]:
    """The stages of a profile as a command shows it, with their seconds."""
    found = (_STAGE.fullmatch(line) for line in told.splitlines())
    return [(match[1], float(match[2].replace(",", ""))) for match in found if match]


def told_command(command: Sequence[str]) -> str:
    """As a reader would type it at the root of the tree."""
    words = [word.removeprefix(f"{ROOT}{os.sep}") for word in command]
    return " ".join(["python" if word == sys.executable else word for word in words])


if __name__ == "__main__":
    raise SystemExit(main())
