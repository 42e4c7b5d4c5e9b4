"""What a register holds, and whether it is as it was recorded: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..messages import text
from ..messages.figures import day
from ..register.chain import Entry, Fault, Head
from ..register.verifying import Verified
from .outline import Block, Cell, Outline, Section

HISTORY = "transparency-check/register-history/1"
VERIFIED = "transparency-check/register-verified/1"
# Where in a hash one looks first.
_SHORT = 12


def history_outline(name: str, head: Head, entries: Sequence[Entry], left: int) -> Outline:
    """Records as people read them; ``left`` is how many older ones are not shown."""
    lines = [text("register.head", name=name, head=head)]
    if left:
        lines.append(text("register.history.left", n=left))
    if not entries:
        nothing = Section(text("register.history.none"), "plain")
        return Outline(text("register.history.title"), tuple(lines), (nothing,))
    columns = tuple(text(f"register.column.{column}") for column in ("number", "entered", "what", "said"))
    block = Block(columns=columns, rows=tuple(_row(entry) for entry in entries))
    shown = Section(text("register.history.records", n=len(entries)), "plain", (block,))
    return Outline(text("register.history.title"), tuple(lines), (shown,))


def _row(entry: Entry) -> tuple[Cell, ...]:
    event = json.loads(entry.event) if entry.event else {}
    kind = text(f"register.kind.{entry.kind}")
    follows = text("register.follows", kind=kind, seq=entry.follows) if entry.follows else kind
    what = [follows, str(event.get("type", "")), entry.event_id or ""]
    if entry.settles is not None:
        what.append(text("register.settles", n=entry.settles))
    said = [
        f"{key}: {_shown(value)}" for key, value in event.items() if key not in ("id", "type", "recorded_at")
    ]
    if entry.reason:
        said.append(text("register.reason", reason=entry.reason))
    if entry.origin:
        said.append(text("register.origin", place=entry.origin))
    at, by = day(entry.entered_at[:16]), entry.entered_by
    return (
        (f"#{entry.seq}", entry.hash[:_SHORT]),
        (at, by),
        tuple(part for part in what if part),
        tuple(said),
    )


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def history_object(name: str, head: Head, entries: Sequence[Entry], left: int) -> dict[str, Any]:
    """Records for programs: whole, with the text that was hashed and the event that it is."""
    return {
        "schema": HISTORY,
        "register": name,
        "records": head.count,
        "head": str(head),
        "left": left,
        "entries": [
            entry._asdict() | {"event": json.loads(entry.event) if entry.event else None, "text": entry.event}
            for entry in entries
        ],
    }


def verified_outline(name: str, found: Verified) -> Outline:
    """What was found of a register."""
    lines = [text("register.head", name=name, head=found.head)]
    if found.left_out:
        lines.append(text("register.left_out", n=found.left_out, unsettled=found.unsettled))
    if found.whole:
        whole = Section(text("register.whole", n=found.head.count), "good")
        return Outline(text("register.verify.title"), tuple(lines), (whole,))
    said = [fault_text(fault) for fault in found.faults]
    said += [text("register.damage", what=what) for what in found.damage]
    said += [text("register.unguarded", name=trigger) for trigger in found.unguarded]
    broken = Section(text("register.not_whole", n=len(said)), "bad", (Block(lines=tuple(said)),))
    return Outline(text("register.verify.title"), tuple(lines), (broken,))


def fault_text(fault: Fault) -> str:
    """What is wrong at a record, in a sentence."""
    return text(f"register.fault.{fault.code}", seq=fault.seq, last=fault.last)


def verified_object(name: str, found: Verified) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": VERIFIED,
        "register": name,
        "records": found.head.count,
        "head": str(found.head),
        "whole": found.whole,
        "faults": [fault._asdict() | {"message": fault_text(fault)} for fault in found.faults],
        "damage": list(found.damage),
        "unguarded": list(found.unguarded),
        "left_out": {"rows": found.left_out, "unsettled": found.unsettled},
    }
