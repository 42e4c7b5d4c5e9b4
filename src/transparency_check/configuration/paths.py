"""Settings for what rests on the logs under a path alone: duties that are left out, and what fails a run.

A finding rests on the logs that the events it shows stand in; one that shows none, as it is about what was
not done, on all logs of its municipality. Only where all of these are under the path is it one of the path.
"""

from __future__ import annotations

import fnmatch
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..messages import text
from ..model import VIOLATIONS, FailOn, Finding, Setting, SettingUse

PATH = "path"


class PathRule(NamedTuple):
    """One path, relative to the folder of the configuration, with what holds under it."""

    setting: Setting
    pattern: str
    ignored: frozenset[str]
    fail_on: FailOn | None


class Placed(NamedTuple):
    """The findings that are left, what fails a run by the id of a finding where a path says so, and what
    became of each path.
    """

    findings: tuple[Finding, ...]
    levels: Mapping[str, FailOn]
    uses: tuple[SettingUse, ...]


def placed(
    findings: Sequence[Finding],
    rules: Sequence[PathRule],
    folder: Path,
    logs: Collection[str],
    files: Mapping[str, Collection[str]],
) -> Placed:
    """What the paths do to findings. ``logs`` are the logs of the run, ``files`` those of each municipality;
    of several paths that say something about a finding, the last one counts.
    """
    under = {rule.pattern: {log for log in logs if matches(rule.pattern, log, folder)} for rule in rules}
    kept: list[Finding] = []
    levels: dict[str, FailOn] = {}
    hidden: dict[str, Counter[str]] = {rule.pattern: Counter() for rule in rules}
    touched: set[str] = set()
    for finding in findings:
        rests = _logs_of(finding, logs, files)
        own = [rule for rule in rules if rests and rests <= under[rule.pattern]]
        leaving = [rule for rule in own if finding.rule in rule.ignored]
        for rule in leaving[-1:]:
            hidden[rule.pattern][finding.outcome] += 1
        if leaving:
            continue
        for rule in own:
            if rule.fail_on is not None:
                levels[finding.id] = rule.fail_on
                touched.add(rule.pattern)
        kept.append(finding)
    uses = []
    for rule in rules:
        total = hidden[rule.pattern].total()
        violations = sum(n for outcome, n in hidden[rule.pattern].items() if outcome in VIOLATIONS)
        note = text("configured.hidden", n=total, violations=violations) if total else None
        if not under[rule.pattern]:
            note = text("config.idle.path")
        uses.append(SettingUse(rule.setting, bool(total) or rule.pattern in touched, note))
    return Placed(tuple(kept), levels, tuple(uses))


def matches(pattern: str, log: str, folder: Path) -> bool:
    """Whether a log, as reports name it, is under a path: the path itself, what is below it, or what its
    ``*`` and ``?`` stand for.
    """
    try:
        relative = Path(os.path.relpath(log, folder)).as_posix()
    except ValueError:
        # On another drive.
        return False
    wanted = pattern.removeprefix("./").rstrip("/")
    return (
        wanted in (relative, ".")
        or relative.startswith(f"{wanted}/")
        or fnmatch.fnmatchcase(relative, wanted)
    )


def _logs_of(finding: Finding, logs: Iterable[str], files: Mapping[str, Collection[str]]) -> set[str]:
    """The logs that a finding rests on."""
    shown = [*((finding.trigger,) if finding.trigger else ()), *finding.fulfilment]
    if not shown:
        return set(files.get(finding.municipality, ()))
    by_length = sorted(logs, key=len, reverse=True)
    found = set()
    for event in shown:
        own = next((log for log in by_length if event.place.startswith((f"{log}:", f"{log}!"))), None)
        # Of a place that nobody can name the log of, nothing is said.
        found.add(own or event.place)
    return found
