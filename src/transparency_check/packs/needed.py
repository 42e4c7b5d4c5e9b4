"""Which duties a duty needs to be judged: those whose outcomes trigger it, those that it replaces."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from transparency_check.packs.model import Duty, ObligationSelector, Rulebook


def closure(rulebook: Rulebook, rules: Iterable[str]) -> frozenset[str]:
    """These duties (those that exist), those whose outcomes trigger them, and those that they replace."""
    by_id = {d.id: d for d in rulebook.duties}
    wanted: set[str] = set()
    waiting = [rule for rule in rules if rule in by_id]
    while waiting:
        rule = waiting.pop()
        if rule not in wanted:
            wanted.add(rule)
            waiting += [r for r in _needed(by_id[rule]) if r in by_id]
    return frozenset(wanted)


def restricted(rulebook: Rulebook, rules: Collection[str]) -> Rulebook:
    """The rulebook with only these duties."""
    return rulebook.model_copy(update={"duties": [d for d in rulebook.duties if d.id in rules]})


def _needed(duty: Duty) -> list[str]:
    triggers = [t for t in (duty.trigger, *(r.trigger for r in duty.readings)) if t is not None]
    found = [s.obligation for t in triggers for s in t.alternatives if isinstance(s, ObligationSelector)]
    return [*found, duty.replaces] if duty.replaces else found
