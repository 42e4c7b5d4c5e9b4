"""The cases that rules are given: the events that count, with inherited values and defaults, read-only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson

from ..model import Settling

if TYPE_CHECKING:
    from ..engine import Judgement
    from ..packs.model import Vocabulary

# What a record says for the engine alone.
_INTERNAL = frozenset({"readable", "retracted", "content"})


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its events in order of time, and the records that cannot be read and may belong to it.

    ``doubts`` are those of this case, ``stray`` those whose case is unknown too.
    """

    municipality: str
    case: str
    events: tuple[Mapping[str, Any], ...]
    doubts: tuple[Settling, ...] = ()
    stray: tuple[Settling, ...] = ()


def cases(records: Iterable[bytes], judgement: Judgement, vocabulary: Vocabulary) -> Iterator[Case]:
    """Every case with an event, by municipality and case.

    ``records`` are those that ``judgement`` was made from; which of them count, and in which order, it has
    settled.
    """
    from ..engine.cases import doubtful_records, settled_events

    settled = settled_events(judgement.prepared)
    doubtful = doubtful_records(judgement.prepared)
    wanted = {(event.place, event.id) for event in settled}
    # Kept as bytes: a case is taken apart only while it is judged.
    kept: dict[tuple[str, str], bytes] = {}
    for line in records:
        record = orjson.loads(line)
        key = (record["place"], record.get("id"))
        if key in wanted and record["readable"]:
            kept[key] = line
    for (municipality, case), events in groupby(settled, key=lambda event: (event.municipality, event.case)):
        yield Case(
            municipality,
            case,
            tuple(map(frozen, completed((orjson.loads(kept[e.place, e.id]) for e in events), vocabulary))),
            doubtful.get((municipality, case), ()),
            doubtful.get((municipality, None), ()),
        )


def completed(events: Iterable[dict[str, Any]], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The events of one case, in order of time, with what they inherit and what absence means (7.3)."""
    done: list[dict[str, Any]] = []
    for record in events:
        event = {key: value for key, value in record.items() if key not in _INTERNAL}
        event |= {"related": record.get("related") or [], "bad": list(record.get("bad") or ())}
        type_ = vocabulary.events.get(event["type"])
        if type_ is not None and type_.inherits is not None:
            _inherit(event, [e for e in done if e["type"] in type_.inherits.from_], type_.inherits.attributes)
        done.append(event)
    # Defaults come last: what absence means is no statement that a later event could inherit.
    defaults = {name: a.absent for name, a in vocabulary.attributes.items() if a.absent is not None}
    for event in done:
        for name, value in defaults.items():
            if not _states(event, name):
                event["a"][name] = value
    return done


def _inherit(event: dict[str, Any], earlier: list[dict[str, Any]], attributes: Iterable[str]) -> None:
    """Give the event what it does not state; a value that could not be read is inherited as unknown."""
    for name in attributes:
        if _states(event, name):
            continue
        source = next((e for e in reversed(earlier) if _states(e, name)), None)
        if source is None:
            continue
        if name in source["bad"]:
            event["bad"].append(name)
        else:
            event["a"][name] = source["a"][name]


def _states(event: dict[str, Any], name: str) -> bool:
    return name in event["a"] or name in event["bad"]


def frozen(value: Any) -> Any:
    """The value with mappings and lists that cannot be changed."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    return tuple(frozen(inner) for inner in value) if isinstance(value, list) else value
