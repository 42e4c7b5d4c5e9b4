"""``python -m release``: try everything that has to hold before a version is released.

    python -m release                      the whole checklist; what is released is left in build/release
    python -m release --step Lock          one of its steps
    python -m release --write              and keep what came of it, docs/releases/VERSION.md

The exit code is 0 where all passed, 1 where anything failed or could not be tried.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import sys
from collections.abc import Sequence

from tabulate import tabulate

from . import pythons, source, supply, wheel
from .step import Outcome, Step, outcome
from .workbench import ROOT, Workbench

# In this order: a later one may need what an earlier one built.
STEPS = (
    Step("Version", "the changelog names it, all is committed, no tag has its name", source.version),
    Step("Lock", "requirements.lock is what pyproject.toml asks for", source.lock),
    Step("Weaknesses", "no library of the lock has a known one", supply.audit),
    Step("Build", "two builds elsewhere, at another hour, give the same bytes", wheel.built),
    Step("Contents", "the wheel holds what it needs, and nothing else", wheel.contents),
    Step("Licences", "each library that users install has a licence of the list", supply.licences),
    Step("Materials", "a valid bill of materials names each of them", supply.materials),
    Step("Pythons", "on every Python here a clean install says the same", pythons.tried),
)
_NEEDS_THE_WHEEL = ("Contents", "Licences", "Materials", "Pythons")


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [step.name for step in STEPS]
    parser.add_argument("--step", action="append", choices=names, help="only this one; may be repeated")
    parser.add_argument("--write", action="store_true", help="keep what came of it in docs/releases")
    asked = parser.parse_args(given)
    if asked.write and asked.step:
        parser.error("--write keeps the whole checklist: leave --step out")
    chosen = set(asked.step or names)
    if chosen & {*_NEEDS_THE_WHEEL}:
        chosen.add("Build")
    bench = Workbench(ROOT / "build" / "release")
    bench.folder.mkdir(parents=True, exist_ok=True)
    came = []
    for step in STEPS:
        if step.name in chosen:
            came.append(outcome(step, bench))
            sys.stdout.write(f"{step.name}: {came[-1].state}: {came[-1].said}\n")
            sys.stdout.flush()
    if asked.write:
        file = ROOT / "docs" / "releases" / f"{bench.version}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(bench.version, came, dt.datetime.now(dt.UTC).date()), encoding="utf-8")
    return 0 if all(one.state == "passed" for one in came) else 1


def page(version: str, came: Sequence[Outcome], day: dt.date) -> str:
    """What came of the checklist, to be kept with the version."""
    rows = [(one.step.name, one.step.promise, f"**{one.state}**", _cell(one.said)) for one in came]
    table = tabulate(rows, headers=("step", "what is promised", "", "what was seen"), tablefmt="github")
    return (
        f"# Checklist of {version}\n\nMade by `python -m release --write` on {day}, {platform.system()} "
        f"{platform.machine()}; what each step means says [releasing.md](../releasing.md).\n\n{table}\n"
    )


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    raise SystemExit(main())
