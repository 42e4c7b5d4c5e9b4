"""The text of a baseline: sorted, one entry a line, so that a change of it is read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from .. import __version__
from ..fingerprints import fingerprints, recorded_trigger
from ..model import BaselineEntry, BaselineUse, Finding, PackDigest
from . import SCHEMA
from .applied import counts
from .file import BaselineFile, Entry


class Updated(NamedTuple):
    """The entries after an update, and those that came and went."""

    entries: tuple[BaselineEntry, ...]
    added: int
    resolved: int
    waived: int
    # New findings that were left out, as nobody asked for them.
    left: int


def taken_in(findings: Sequence[Finding], undetermined: bool, today: str) -> tuple[BaselineEntry, ...]:
    """The entries for all findings that a baseline is about."""
    prints = fingerprints(findings)
    return tuple(_entry(f, prints[f.id], today) for f in findings if counts(f, undetermined))


def updated(
    findings: Sequence[Finding], file: BaselineFile, use: BaselineUse, today: str, add: bool
) -> Updated:
    """The entries without what is resolved or waived; with ``add`` also what is new.

    An entry whose violation is a lesser one now covers no more than that from here on. What the run did not
    look at stays.
    """
    by_print = {use.fingerprints[f.id]: f for f in findings}
    resolved = {entry.fingerprint for entry in use.resolved}
    unseen = {entry.fingerprint for entry in use.unseen}
    kept: list[BaselineEntry] = []
    waived = 0
    for entry in file.entries:
        finding = by_print.get(entry.fingerprint)
        if entry.fingerprint in unseen or entry.fingerprint in resolved or finding is None:
            kept += [entry] if entry.fingerprint not in resolved else []
        elif finding.waiver is not None:
            waived += 1
        elif use.states.get(finding.id) == "unchanged":
            lesser = _entry(finding, entry.fingerprint, entry.since)
            # What is not known any more is not less than what was proved.
            kept.append(entry if finding.outcome == "undetermined" else lesser)
        elif not (add and use.states.get(finding.id) == "new"):
            kept.append(entry)
    new = [f for f in findings if use.states.get(f.id) == "new"]
    if add:
        kept += [_entry(f, use.fingerprints[f.id], today) for f in new]
    return Updated(tuple(kept), len(new) if add else 0, len(use.resolved), waived, 0 if add else len(new))


def _entry(finding: Finding, fingerprint: str, since: str) -> BaselineEntry:
    return BaselineEntry(
        rule=finding.rule,
        municipality=finding.municipality,
        case=finding.case,
        period=finding.period,
        outcome=finding.outcome,
        severity=finding.severity,
        due=finding.due,
        since=since,
        trigger=recorded_trigger(finding),
        fingerprint=fingerprint,
        place="",
    )


def written(entries: Iterable[BaselineEntry], packs: Iterable[PackDigest], undetermined: bool) -> str:
    """The text of the file."""
    from ..json_text import dumped

    keys = tuple(Entry.model_fields)
    listed = sorted((replace(entry, place="") for entry in entries), key=_order)
    lines = [
        "{",
        f'"schema": {dumped(SCHEMA)},',
        f'"tool": {dumped(__version__)},',
        f'"undetermined": {dumped(undetermined)},',
        '"packs": [',
        ",\n".join(
            dumped({"id": p.id, "version": p.version, "sha256": p.sha256})
            for p in sorted(packs, key=lambda pack: pack.id)
        ),
        "],",
        '"entries": [',
        ",\n".join(dumped({key: getattr(entry, key) for key in keys}) for entry in listed),
        "]",
        "}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _order(entry: BaselineEntry) -> tuple[str, ...]:
    return entry.municipality, entry.rule, entry.case or "", entry.period or "", entry.fingerprint
