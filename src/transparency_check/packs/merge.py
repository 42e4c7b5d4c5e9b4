"""Packs put together into the rulebook that a judgement needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from transparency_check.messages import later, phrase
from transparency_check.packs.model import DENIED, Duty, Pack, Rulebook, Vocabulary
from transparency_check.packs.problems import PackError, defect

T = TypeVar("T")


def joined_vocabulary(base: Vocabulary | None, own: Vocabulary | None) -> Vocabulary | None:
    """The vocabulary of a pack with the one it adds to. Names defined in both are the loader's business."""
    if base is None or own is None:
        return own or base
    return Vocabulary(
        events={**base.events, **own.events},
        attributes={**base.attributes, **own.attributes},
        coverage=own.coverage or base.coverage,
        outage=own.outage or base.outage,
        attestation=own.attestation or base.attestation,
        kinds=list(dict.fromkeys([*base.kinds, *own.kinds])),
        families={**base.families, **own.families},
        plans={**base.plans, **own.plans},
    )


def rulebook(packs: Sequence[Pack]) -> Rulebook:
    """Put packs together: zone and calendar range come from the one that all build on; the rest adds up.

    ``packs`` are in dependency order (a base before what extends it), as ``load_rulebook`` gives them. Raises
    PackError where they do not build on one pack, or where two of them define the same duty, instrument or
    municipality.
    """
    if not packs:
        raise PackError([defect("none", "packs", phrase("No pack is named. Name one, for example kosovo."))])
    root, *others = packs
    known = {root.info.id}
    vocabulary = root.vocabulary
    for pack in others:
        if pack.info.extends not in known:
            message = phrase(
                "It does not build on `{id}`, so the two cannot be used together. Run them "
                "one after the other.",
                id=root.info.id,
            )
            raise PackError([defect("base", pack.info.id, message)])
        known.add(pack.info.id)
        vocabulary = joined_vocabulary(vocabulary, pack.vocabulary)
    _once(packs)
    if root.info.zone is None or root.info.calendar is None or vocabulary is None:
        message = phrase("A pack that builds on no other has a `zone`, a `calendar` and an events.yaml.")
        raise PackError([defect("base", root.info.id, message)])
    duties = sorted(_flat(p.duties for p in packs), key=_id)
    # All of it was checked as part of a pack.
    return Rulebook.model_construct(
        packs=[p.info for p in packs],
        digests={p.info.id: p.sha256 for p in packs},
        zone=root.info.zone,
        calendar_range=root.info.calendar,
        instruments=_flat(p.instruments for p in packs),
        vocabulary=_vouched(vocabulary, duties),
        municipalities=_flat(p.municipalities for p in packs),
        calendar=sorted(_flat(p.calendar for p in packs), key=lambda r: r.date),
        duties=duties,
        adoptable={p.info.id: [d.id for d in p.duties] for p in packs if p.info.adoption},
        pack_of={d.id: p.info.id for p in packs for d in p.duties},
    )


def _vouched(vocabulary: Vocabulary, duties: Sequence[Duty]) -> Vocabulary:
    """The attribute of attestations as a choice among the duties: a slip in an id is told, and unknown."""
    name = vocabulary.attestation
    if name is None:
        return vocabulary
    meant = vocabulary.attributes[name].model_copy(
        update={
            "type": "list of choice",
            "listed": [sign + d.id for d in duties for sign in ("", DENIED)],
        }
    )
    return vocabulary.model_copy(update={"attributes": {**vocabulary.attributes, name: meant}})


def _id(duty: Duty) -> str:
    return duty.id


def _flat(parts: Iterable[list[T]]) -> list[T]:
    return [entry for part in parts for entry in part]


_DUTY = later(
    "The duty `{name}` is also defined by the pack `{owner}`. Use one of the two packs, or rename it."
)
_INSTRUMENT = later(
    "The instrument `{name}` is also defined by the pack `{owner}`. Use one of the two packs, or rename it."
)
_MUNICIPALITY = later(
    "The municipality `{name}` is also defined by the pack `{owner}`. Use one of the two packs, or rename it."
)


def _once(packs: Sequence[Pack]) -> None:
    """Packs that do not know each other may still define the same thing."""
    owners: dict[tuple[str, str], str] = {}
    problems = []
    for pack in packs:
        names = [(_DUTY, d.id) for d in pack.duties]
        names += [(_INSTRUMENT, i.id) for i in pack.instruments]
        names += [(_MUNICIPALITY, m) for m in dict.fromkeys(m.id for m in pack.municipalities)]
        for kind, name in names:
            owner = owners.setdefault((kind, name), pack.info.id)
            if owner != pack.info.id:
                message = phrase(kind, name=name, owner=owner)
                problems.append(defect("duplicate-id", pack.info.id, message))
    if problems:
        raise PackError(problems)
