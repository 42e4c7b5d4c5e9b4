"""What a rule gives back for a case, checked key by key: nothing that it says is guessed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from ..messages import phrase
from ..model import OUTCOMES, Outcome
from ..times import Moment, TimeError, instant_text, read_time
from .cases import Case

VERDICT_KEYS = ("outcome", "reasons", "due", "trigger", "fulfilment", "message", "curable", "proven")
_REASON = re.compile(r"[a-z][a-z0-9_]*")


class NoVerdict(ValueError):
    """What a rule gave back is no verdict; the message says why and how one is written."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict of a rule, checked. ``due`` is a day or an instant with offset, ``due_moment`` the same."""

    outcome: Outcome
    reasons: tuple[str, ...]
    due: str | None
    due_moment: Moment | None
    trigger: Mapping[str, Any] | None
    fulfilment: tuple[Mapping[str, Any], ...]
    message: str | None
    curable: bool | None
    proven: bool


def checked(given: object, case: Case, zone: ZoneInfo) -> Iterator[Verdict]:
    """The verdicts one by one, as the rule gives them.

    Raises ``NoVerdict``; whatever else is raised comes out of the rule itself.
    """
    events = {event["id"]: event for event in case.events}
    seen: set[str | None] = set()
    for number, item in enumerate(listed(given), start=1):
        try:
            verdict = _verdict(item, events, zone)
        except ValueError as error:
            raise NoVerdict(phrase("verdict {number}: {error}", number=number, error=error)) from None
        trigger = verdict.trigger["id"] if verdict.trigger else None
        if trigger in seen:
            what = phrase("the trigger {trigger!r}", trigger=trigger) if trigger else phrase("no trigger")
            raise NoVerdict(
                phrase(
                    "verdict {number}: a second one of this case with {what}; each must name its own trigger",
                    number=number,
                    what=what,
                )
            )
        seen.add(trigger)
        yield verdict


def listed(given: object) -> Iterator[object]:
    """What a rule gave back, one by one, each mapping as a copy that says the same when it is asked again.

    Raises ``NoVerdict`` where it is no list.
    """
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise NoVerdict(phrase("judge gives a list of verdicts, not {given}", given=_shown(given)))
    for item in given:
        yield dict(item) if isinstance(item, Mapping) else item


def _verdict(item: object, events: Mapping[str, Mapping[str, Any]], zone: ZoneInfo) -> Verdict:
    if not isinstance(item, Mapping):
        raise ValueError(phrase("it is a mapping with the key outcome, not {item}", item=_shown(item)))
    if unknown := [key for key in item if key not in VERDICT_KEYS]:
        raise ValueError(
            phrase(
                "the key {unknown} is not known; known are {list}",
                unknown=_shown(unknown[0]),
                list=", ".join(VERDICT_KEYS),
            )
        )
    outcome = item.get("outcome")
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise ValueError(
            phrase(
                "outcome is one of {list}, not {outcome}", list=", ".join(OUTCOMES), outcome=_shown(outcome)
            )
        )
    reasons = _texts(item.get("reasons"), "reasons")
    if wrong := [reason for reason in reasons if not _REASON.fullmatch(reason)]:
        raise ValueError(phrase("a reason is a code like missing_field, not {wrong}", wrong=_shown(wrong[0])))
    if outcome == "undetermined" and not reasons:
        raise ValueError(phrase("undetermined needs reasons: what is not known"))
    due = _due(item.get("due"), zone)
    trigger, fulfilment = item.get("trigger"), _texts(item.get("fulfilment"), "fulfilment")
    return Verdict(
        outcome=outcome,
        reasons=tuple(sorted(set(reasons))),
        due=None if due is None else instant_text(due.lo, zone) if due.timed else due.day.isoformat(),
        due_moment=due,
        trigger=None if trigger is None else _event(trigger, events, "trigger"),
        fulfilment=tuple(_event(id_, events, "fulfilment") for id_ in dict.fromkeys(fulfilment)),
        message=_message(item.get("message")),
        curable=_flag(item.get("curable"), "curable"),
        proven=bool(_flag(item.get("proven"), "proven")),
    )


def _texts(value: object, name: str) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(v, str) for v in value):
        return list(value) if isinstance(value, list | tuple) else sorted(value)
    raise ValueError(phrase("{name} is a list of texts, not {value}", name=name, value=_shown(value)))


def _flag(value: object, name: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(phrase("{name} is True or False, not {value}", name=name, value=_shown(value)))


def _message(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return " ".join(value.split()) or None if value else None
    raise ValueError(phrase("message is text, not {value}", value=_shown(value)))


def _due(value: object, zone: ZoneInfo) -> Moment | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(phrase("due is text like 2026-11-18, not {value}", value=_shown(value)))
    try:
        return read_time(value, zone)
    except TimeError as error:
        raise ValueError(phrase("due: {error}", error=error)) from None


def _event(id_: object, events: Mapping[str, Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    if not isinstance(id_, str) or id_ not in events:
        raise ValueError(
            phrase("{name} names {id}, which is the id of no event of this case", name=name, id=_shown(id_))
        )
    return events[id_]


def _shown(value: object) -> str:
    """A value on one line, short; of a thing that cannot be shown, its type."""
    try:
        shown = " ".join(repr(value).split())
    except Exception:
        return type(value).__name__
    return shown if len(shown) <= 60 else shown[:60] + "..."
