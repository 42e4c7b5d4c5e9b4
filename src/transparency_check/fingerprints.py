"""What a finding is, whatever the file it was found in: the same from one state of the records to the next.

The id of a finding (semantics 5.1) does nearly all of it: it is of rule, municipality, case or period, and of
the trigger where several may stand in one case - of no line, file or date. But a trigger that was recorded
without an id is named by a digest of what its row says, its date among it (7.2), and a corrected date would
make another finding of it. Such a trigger is known by its place in the order of time instead: the first, the
second of its duty and case. A date that is corrected within that order moves nothing; where the order
itself changes, or a row comes between, another one is meant, which is why records should have ids.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from .model import Finding

# What ``events.py`` calls a record that has no id of its own.
_DERIVED = re.compile(r"x-[0-9a-f]{16}")
_LENGTH = 32


def fingerprints(findings: Iterable[Finding]) -> dict[str, str]:
    """By the id of each finding its fingerprint: 32 hex digits, another one for each.

    Where records have no ids, it depends on the other findings of the same duty and case: all of them are
    to be given, those that do not apply among them.
    """
    found: dict[str, str] = {}
    ordered: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        what = (finding.rule, finding.municipality, finding.case or finding.period or "")
        if _alone(finding):
            found[finding.id] = _digest(*what)
        elif finding.trigger is None or recorded_trigger(finding) is not None:
            # The id holds the trigger, and the duty that started the obligation, if one did.
            found[finding.id] = _digest(*what, "id", finding.id)
        else:
            ordered.setdefault(what, []).append(finding)
    for what, alike in ordered.items():
        for place, finding in enumerate(sorted(alike, key=_in_time), start=1):
            found[finding.id] = _digest(*what, "place", str(place))
    return found


def recorded_trigger(finding: Finding) -> str | None:
    """The id that a record gives to the trigger; None where there is no trigger, or no id."""
    if finding.trigger is None or _DERIVED.fullmatch(finding.trigger.event):
        return None
    return finding.trigger.event


def _alone(finding: Finding) -> bool:
    """Whether case or period say which one it is, so that its id holds no more than that."""
    from .engine.findings import finding_id

    subject = finding.case or finding.period
    return finding.id == finding_id(finding.rule, finding.municipality, subject, None)


def _in_time(finding: Finding) -> tuple[str, ...]:
    assert finding.trigger is not None
    # By the id last of all, as it is of a date: it decides only between rows that differ in nothing else.
    return finding.trigger.time, finding.trigger.type, finding.anchor or "", finding.due or "", finding.id


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
