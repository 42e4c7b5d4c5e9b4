"""What the act that discharges an obligation has to be - where it appears, in which languages - for people,
for programs and for spreadsheets. What no duty says is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..messages import text
from . import wording
from .options import Names

if TYPE_CHECKING:
    from ..packs.discharge import Act, Discharge


def lines(discharge: Discharge, rule: str, names: Names) -> list[str]:
    """A line each for channels and languages; none for what is not demanded. ``rule`` is the duty."""
    return [*_line("act.where", channels(discharge, names)), *_languages_line(discharge, rule, names)]


def channels(discharge: Discharge, names: Names) -> str:
    """``website, notice board or media``; empty where no channel is demanded."""
    return _said(discharge, lambda act: _channels_of(act, names), "act.no_channel", names)


def languages(discharge: Discharge, names: Names) -> str:
    """``Albanian and Serbian``; empty where none are demanded."""
    return _said(
        discharge, lambda act: _all(_named(act.languages, names.languages)), "act.no_language", names
    )


def demanded_by(discharge: Discharge, rule: str) -> str:
    """The other duties that demand the languages, each with how sure its source is."""
    return ", ".join(
        text("act.by", rule=other, confidence=wording.confidence(sure))
        for other, sure in _demanding(discharge)
        if other != rule
    )


def acts_object(discharge: Discharge) -> list[list[dict[str, Any]]]:
    """All of these, each by any of its acts, as the schema has it."""
    return [
        [
            {
                "event": act.event,
                "channels": act.channels,
                "languages": act.languages,
                "languages_by": [{"rule": d.rule, "confidence": d.confidence} for d in act.demands],
            }
            for act in member
        ]
        for member in discharge
    ]


def cells(discharge: Discharge) -> tuple[str, str, str]:
    """Channels, languages, and the duties that demand the languages, in codes.

    ``;`` stands between what is needed together, ``|`` between alternatives; where the acts differ in it,
    each has its event before it.
    """
    by = [f"{rule} {confidence}" for rule, confidence in _demanding(discharge)]
    return (
        _coded(discharge, lambda act: "+".join("|".join(group) for group in act.channels)),
        _coded(discharge, lambda act: "+".join(act.languages)),
        ";".join(by),
    )


def _demanding(discharge: Discharge) -> list[tuple[str, str]]:
    found = ((d.rule, d.confidence) for member in discharge for act in member for d in act.demands)
    return list(dict.fromkeys(found))


def _languages_line(discharge: Discharge, rule: str, names: Names) -> list[str]:
    said, by = languages(discharge, names), demanded_by(discharge, rule)
    if not (said and by):
        return _line("act.languages", said)
    return [text("act.languages.by", what=said, by=by)]


def _line(code: str, said: str) -> list[str]:
    return [text(code, what=said)] if said else []


def _channels_of(act: Act, names: Names) -> str:
    return _all([wording.alternatives(_named(group, names.channels)) for group in act.channels])


def _named(codes: Iterable[str], words: Mapping[str, str]) -> list[str]:
    return [words.get(code, code) for code in codes]


def _all(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return text("act.and", first=", ".join(items[:-1]), last=items[-1])


def _said(discharge: Discharge, of: Callable[[Act], str], none: str, names: Names) -> str:
    """What the acts demand; with their events where they do not demand the same."""
    told = [(act, of(act)) for member in discharge for act in member]
    if not any(said for _, said in told):
        return ""
    if not _differ(discharge, of):
        distinct = list(dict.fromkeys(said for _, said in told))
        choice = any(len(group) > 1 for act, _ in told for group in act.channels)
        return "; ".join(distinct) if choice else _all(distinct)
    members = []
    for member in discharge:
        parts = {}
        for act in member:
            title = names.events.get(act.event, act.event)
            said = of(act)
            parts[text("act.of", event=title, what=said) if said else text(none, event=title)] = bool(said)
        if any(parts.values()):
            members.append(wording.alternatives(parts))
    return "; ".join(members)


def _differ(discharge: Discharge, of: Callable[[Act], str]) -> bool:
    """Whether it takes the events to say what is demanded of which act."""
    if len({act.event for member in discharge for act in member}) == 1:
        return any(len({of(act) for act in member}) > 1 for member in discharge)
    return len({of(act) for member in discharge for act in member}) > 1


def _coded(discharge: Discharge, of: Callable[[Act], str]) -> str:
    if not any(of(act) for member in discharge for act in member):
        return ""
    if not _differ(discharge, of):
        return ";".join(dict.fromkeys(of(act) for member in discharge for act in member))
    members = (dict.fromkeys(f"{act.event}:{of(act)}" for act in member) for member in discharge)
    return ";".join("|".join(member) for member in members)
