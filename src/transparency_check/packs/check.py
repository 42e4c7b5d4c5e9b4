"""A whole pack against itself and the packs it builds on: names, values, types, references, circles."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo, available_timezones

from transparency_check.messages import phrase
from transparency_check.model import Problem
from transparency_check.packs.check_conditions import Report
from transparency_check.packs.check_duty import DutyCheck, Known
from transparency_check.packs.check_vocabulary import check_vocabulary
from transparency_check.packs.load import Draft, DutyFile
from transparency_check.packs.merge import joined_vocabulary
from transparency_check.packs.model import Duty, ObligationSelector, Pack, Vocabulary
from transparency_check.packs.problems import defect, did_you_mean
from transparency_check.packs.spans import empty
from transparency_check.packs.yaml_source import Path, YamlSource

_DUTY_ID = re.compile(r"[A-Z]{2,4}-[A-Z]{2,4}-[0-9]{3}")


def check(draft: Draft, bases: Sequence[Pack] = ()) -> list[Problem]:
    """All defects of a pack that its shape does not show. ``bases`` are the packs it builds on, in order."""
    problems: list[Problem] = []
    problems += _check_info(draft, bases)
    base_vocabulary: Vocabulary | None = None
    for base in bases:
        base_vocabulary = joined_vocabulary(base_vocabulary, base.vocabulary)
    if draft.vocabulary and draft.vocabulary_source:
        check_vocabulary(draft.vocabulary, base_vocabulary, _reporter(draft.vocabulary_source, problems))
    problems += _check_instruments(draft, bases)
    problems += _check_municipalities(draft, bases)
    problems += _check_ids(draft, bases)
    vocabulary = joined_vocabulary(base_vocabulary, draft.vocabulary)
    if vocabulary is not None and "events.yaml" not in draft.broken:
        known = _known(draft, bases, vocabulary)
        for file in draft.duties:
            problems += DutyCheck(file, known).run()
    problems += _check_circles(draft, bases)
    return problems


def _reporter(source: YamlSource, problems: list[Problem]) -> Report:
    def report(code: str, path: Path, message: str, key: bool) -> None:
        problems.append(defect(code, source.place(path, key=key), message))

    return report


def _known(draft: Draft, bases: Sequence[Pack], vocabulary: Vocabulary) -> Known:
    municipalities = {m.id for b in bases for m in b.municipalities} | {m.id for m in draft.municipalities}
    unread = {found[0] for file in draft.broken if (found := _DUTY_ID.match(file.rsplit("/", 1)[-1].upper()))}
    infos = [b.info for b in bases] + ([draft.info] if draft.info else [])
    instruments = {i.id for b in bases for i in b.instruments} | {i.id for i in draft.instruments}
    return Known(
        vocabulary=vocabulary,
        # Where a table could not be read, what it would define is not called unknown.
        instruments=_Everything() if "instruments.yaml" in draft.broken else instruments,
        municipalities=None if "municipalities.csv" in draft.broken else municipalities,
        duties={d.id: d for b in bases for d in b.duties} | {f.duty.id: f.duty for f in draft.duties},
        unread=unread,
        areas={area for info in infos for area in info.areas},
    )


class _Everything(frozenset[str]):
    """A set that holds every name."""

    def __contains__(self, name: object) -> bool:
        return True


def _check_info(draft: Draft, bases: Sequence[Pack]) -> Iterator[Problem]:
    info, source = draft.info, draft.info_source
    if info is None or source is None:
        return
    if info.zone is not None:
        try:
            ZoneInfo(info.zone)
        except (KeyError, OSError, ValueError):
            hint = did_you_mean(info.zone, available_timezones(), most=0)
            message = phrase(
                "There is no time zone `{zone}`.{hint}",
                zone=info.zone,
                hint=hint or phrase(" Zones are named like Europe/Belgrade."),
            )
            yield defect("zone", source.place(("zone",)), message)
    if info.calendar is not None and empty(info.calendar):
        message = phrase(
            "The calendar ends ({last}) before it begins ({first}).",
            last=info.calendar.to,
            first=info.calendar.from_,
        )
        yield defect("calendar", source.place(("calendar", "to")), message)
    if not bases and info.extends is None:
        for key in ("zone", "calendar"):
            if getattr(info, key) is None:
                yield defect(
                    "missing-key",
                    source.place(),
                    phrase("`{key}` is missing: a pack that builds on no other needs it. Add it.", key=key),
                )
        if "events.yaml" not in draft.sources.files:
            message = phrase(
                "There is no events.yaml: a pack that builds on no other defines its events there."
            )
            yield defect("missing-file", source.place(), message)
    for base in bases[:1]:
        for key in ("zone", "calendar"):
            own, given = getattr(info, key), getattr(base.info, key)
            if own is not None and own != given:
                message = phrase(
                    "`{key}` comes from the pack `{id}` that this one builds on. Delete it here.",
                    key=key,
                    id=base.info.id,
                )
                yield defect("base", source.place((key,), key=True), message)
    for base in bases:
        if base.info.id == info.id:
            message = phrase(
                "The pack it builds on is called `{id}` too. Give this one an id of its own.", id=info.id
            )
            yield defect("duplicate-id", source.place(("id",)), message)


def _check_instruments(draft: Draft, bases: Sequence[Pack]) -> Iterator[Problem]:
    source = draft.instruments_source
    if source is None:
        return
    base_owners = {i.id: b.info.id for b in bases for i in b.instruments}
    known = {*base_owners, *(i.id for i in draft.instruments)}
    lines: dict[str, str] = {}
    for index, instrument in enumerate(draft.instruments):
        place = source.place((index, "id"))
        if instrument.id in lines:
            first = lines[instrument.id]
            message = phrase(
                "The instrument `{id}` stands here a second time; the first is in line {first}.",
                id=instrument.id,
                first=first,
            )
            yield defect("duplicate-id", place, message)
        elif instrument.id in base_owners:
            owner = base_owners[instrument.id]
            message = phrase(
                "The instrument `{id}` is already defined by the pack `{owner}`.",
                id=instrument.id,
                owner=owner,
            )
            yield defect("duplicate-id", place, message)
        lines.setdefault(instrument.id, place.rsplit(":", 2)[1])
        for key in ("replaces", "replaced_by"):
            other = getattr(instrument, key)
            if other is not None and other not in known:
                message = phrase(
                    "There is no instrument `{other}`.{hint}", other=other, hint=did_you_mean(other, known)
                )
                yield defect("unknown-instrument", source.place((index, key)), message)
        if empty(instrument):
            message = phrase(
                "The instrument ends ({last}) before it begins ({first}).",
                last=instrument.to,
                first=instrument.from_,
            )
            yield defect("version", source.place((index, "to")), message)


def _check_municipalities(draft: Draft, bases: Sequence[Pack]) -> Iterator[Problem]:
    owners = {word.casefold(): m.id for b in bases for m in b.municipalities for word in [m.id, *m.names]}
    for municipality in draft.municipalities:
        for word in [municipality.id, *municipality.names]:
            if word.casefold() in owners:
                owner = owners[word.casefold()]
                message = phrase(
                    "`{word}` is already a name in a pack that this one builds on (`{owner}`).",
                    word=word,
                    owner=owner,
                )
                yield defect("duplicate-name", draft.sources.name("municipalities.csv"), message)


def _check_ids(draft: Draft, bases: Sequence[Pack]) -> Iterator[Problem]:
    owners = {d.id: phrase("the pack `{id}`", id=b.info.id) for b in bases for d in b.duties}
    for file in sorted(draft.duties, key=lambda f: f.file):
        owner = owners.setdefault(file.duty.id, file.source.name)
        if owner != file.source.name:
            message = phrase(
                "The duty `{id}` is already defined by {owner}. Give this one an id of its own.",
                id=file.duty.id,
                owner=owner,
            )
            yield defect("duplicate-id", file.source.place(("id",)), message)


def _check_circles(draft: Draft, bases: Sequence[Pack]) -> Iterator[Problem]:
    """Duties that wait for their own outcome (semantics 4.19), also by replacing what they wait for."""
    files: dict[str, DutyFile] = {f.duty.id: f for f in draft.duties}
    duties = {d.id: d for b in bases for d in b.duties} | {i: f.duty for i, f in files.items()}
    needs: dict[str, set[str]] = {i: _sources(d) - {i} for i, d in duties.items()}
    for duty in duties.values():
        if duty.replaces in needs and duty.replaces != duty.id:
            needs[duty.replaces].add(duty.id)
    told: set[frozenset[str]] = set()
    for rule in sorted(files):
        circle = _circle(rule, needs)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            source = files[rule].source
            path: Path = ("trigger",) if files[rule].duty.trigger else ("replaces",)
            way = " -> ".join([*circle, rule])
            message = phrase(
                "This duty waits for its own outcome: {way}. Break the circle (semantics 4.19).", way=way
            )
            yield defect("circle", source.place(path, key=True), message)


def _sources(duty: Duty) -> set[str]:
    triggers = [duty.trigger, *(r.trigger for r in duty.readings)]
    return {
        s.obligation
        for t in triggers
        if t is not None
        for s in t.alternatives
        if isinstance(s, ObligationSelector)
    }


def _circle(start: str, needs: dict[str, set[str]]) -> list[str]:
    """The shortest way from a duty back to itself, without the return, or nothing."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        rule = queue.popleft()
        for other in sorted(needs.get(rule, ())):
            if other == start:
                way = [rule]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if other not in came_from:
                came_from[other] = rule
                queue.append(other)
    return []
