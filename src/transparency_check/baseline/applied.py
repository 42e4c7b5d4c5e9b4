"""What a baseline says of the findings of a run: new, unchanged, resolved (semantics 9).

Everything is judged before. Whatever is unclear about an entry, the finding is new, and the entry stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..fingerprints import fingerprints, recorded_trigger
from ..messages.problems import problem
from ..model import BaselineEntry, BaselineState, BaselineUse, Finding, Outcome, PackDigest, Problem
from .file import BaselineFile

_OUTCOMES = ("undetermined", "late", "violated")
_WEIGHTS = ("advisory", "violation")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a run can say something about.

    ``rules`` are all that there are, each with whether it was judged and is shown; ``municipalities`` those
    of the log; ``today`` the day of as-of. ``whole`` is whether all that was given was read and judged: where
    it was not, what is not found may yet be there.
    """

    rules: Mapping[str, bool]
    municipalities: Collection[str]
    today: dt.date
    packs: Sequence[PackDigest]
    whole: bool

    def of(self, entry: BaselineEntry) -> bool:
        """Whether the run looked at what an entry is about."""
        return (
            self.rules.get(entry.rule, False)
            and entry.municipality in self.municipalities
            and entry.since <= self.today.isoformat()
        )


class Applied(NamedTuple):
    """What became of findings and entries, and what is to be told."""

    use: BaselineUse
    problems: tuple[Problem, ...]


def counts(finding: Finding, undetermined: bool) -> bool:
    """Whether a finding is one that a baseline is about: a violation, or with ``undetermined`` what may be
    one, of what the municipality owes, that no waiver accepts.
    """
    if finding.binds != "municipality" or finding.waiver is not None:
        return False
    return finding.violation or (undetermined and finding.outcome == "undetermined")


def covers(entry: BaselineEntry, finding: Finding) -> bool:
    """Whether the entry of a finding's fingerprint accepts it: nothing has become worse, and it is about the
    same event.
    """
    if _OUTCOMES.index(finding.outcome) > _OUTCOMES.index(entry.outcome):
        return False
    if _WEIGHTS.index(finding.severity) > _WEIGHTS.index(entry.severity):
        return False
    trigger = recorded_trigger(finding)
    return entry.trigger is None or trigger is None or entry.trigger == trigger


def applied(
    findings: Sequence[Finding], file: BaselineFile, sight: Sight, hidden: Sequence[Finding] = ()
) -> Applied:
    """What the baseline says of all findings of a run; of ``hidden`` ones, which nobody is shown, nothing."""
    prints = fingerprints([*findings, *hidden])
    left_out = {prints[f.id] for f in hidden}
    entries = {entry.fingerprint: entry for entry in file.entries}
    states: dict[str, BaselineState] = {}
    worse: dict[str, BaselineEntry] = {}
    for finding in findings:
        if not counts(finding, file.undetermined):
            continue
        entry = entries.get(prints[finding.id])
        known = entry is not None and covers(entry, finding)
        states[finding.id] = "unchanged" if known else "new"
        if entry is not None and not known:
            worse[finding.id] = entry
    found = {prints[f.id]: f for f in findings}
    resolved: list[BaselineEntry] = []
    unseen: list[BaselineEntry] = []
    now: dict[str, Outcome | None] = {}
    for entry in file.entries:
        there = found.get(entry.fingerprint)
        if not sight.of(entry) or entry.fingerprint in left_out or (there is None and not sight.whole):
            unseen.append(entry)
        elif there is None or not (there.violation or there.outcome == "undetermined"):
            resolved.append(entry)
            now[entry.fingerprint] = None if there is None else there.outcome
    use = BaselineUse(
        file.name, file.sha256, states, tuple(resolved), now, worse, tuple(unseen), dict(prints)
    )
    return Applied(use, tuple(_told(file, sight)))


def _told(file: BaselineFile, sight: Sight) -> list[Problem]:
    """What a reader has to know before they trust the comparison."""
    problems = []
    current = {pack.id: pack for pack in sight.packs}
    for then in file.packs:
        pack = current.get(then.id)
        if pack is not None and pack != then:
            was, is_ = (f"{p.version} ({p.sha256[:8]})" for p in (then, pack))
            problems.append(problem("baseline_pack", file.packs_place, pack=then.id, was=was, now=is_))
    strangers: dict[str, list[BaselineEntry]] = {}
    for entry in file.entries:
        if entry.rule not in sight.rules:
            strangers.setdefault(entry.rule, []).append(entry)
    for rule, entries in sorted(strangers.items()):
        problems.append(problem("baseline_rule", entries[0].place, rule=rule, entries=len(entries)))
    return problems
