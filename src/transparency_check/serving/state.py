"""What readers see: one snapshot, whole and immutable, until the next one takes its place.

A thread of its own judges, whenever the records changed or a date or hour has come that can turn an
obligation: the municipalities that this is about, while what was judged of the others stands. Readers go on
with the last snapshot meanwhile, and the page says so.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..checking import Answer, Inquiry, answer, office_law
from ..errors import TransparencyCheckError
from ..garbage import kept_out
from ..mapping.chosen import files_named, mappings_of
from ..messages.language import current
from ..python_rules.statement import with_rules
from .garbage import settled
from .part import Part, part_of
from .portions import EVERYWHERE, Portions, places_of
from .watched import marks_of
from .whole import Whole

if TYPE_CHECKING:
    from ..explanation import Explanation
    from ..model import Finding
    from ..planning.sheet import Sheet
    from ..plugins import Registry
    from .source import Source

Clock = Callable[[ZoneInfo], dt.datetime]
# Seconds after which it is looked again whether the records have changed.
_LOOK = 2.0
# Seconds for which pages take it that nothing was recorded; whoever records here looks at once.
_SURELY = 0.25
# Proofs that are kept.
_PROOFS = 200
# So many findings that going through them for garbage would be felt.
_MUCH = 20_000
# As ``nice`` counts it.
_LESS_URGENT = 10
# How many municipalities are judged at the same time: the database works beside the program.
_SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Snapshot:
    """What was judged, of all municipalities up to the same record. ``number`` counts snapshots; ``mark`` is
    that of the source it rests on, ``head`` the end of its chain where it has one; ``made`` is when the
    records were looked at, ``turns`` when time alone changes something, in seconds since 1970.
    """

    number: int
    whole: Whole
    mark: Hashable
    head: str | None
    made: dt.datetime
    turns: float
    # Proofs that were asked for, by finding and language: the same ones are asked for again and again.
    _proofs: dict[tuple[str, str], Explanation] = field(default_factory=dict, repr=False)

    @property
    def answer(self) -> Answer:
        """Law, moment and calendar of all."""
        return self.whole.answer

    def explain(self, finding: Finding) -> Explanation:
        """The proof of a finding of this snapshot, in the language that is spoken."""
        key = (finding.id, current())
        part = self._part(finding.municipality)
        with part.asking:
            if key not in self._proofs:
                while len(self._proofs) >= _PROOFS:
                    self._proofs.pop(next(iter(self._proofs)), None)
                self._proofs[key] = part.answer.explain(finding.id)
            return self._proofs[key]

    def sheet(self, case: str, municipality: str) -> Sheet:
        """The readiness sheet of a case. Raises ``UsageError``."""
        from ..planning.readiness import sheet_of

        part = self._part(municipality)
        with part.asking:
            return sheet_of(part.answer, case, municipality)

    def asking(self, municipality: str) -> threading.Lock:
        """Hold it while something is asked of how a municipality was judged."""
        return self._part(municipality).asking

    def _part(self, municipality: str) -> Part:
        return self.whole.of(municipality) or next(iter(self.whole.parts.values()))


@dataclass(frozen=True)
class Seen:
    """What a page is made of: the snapshot; whether records have come that it does not know (``behind``); why
    it could not be made anew, if so.
    """

    snapshot: Snapshot
    behind: bool = False
    failure: str | None = None


class State:
    """Keeps the snapshot up to date. ``inquire`` gives the inquiry without logs and moment: configuration and
    waivers are read anew each time; ``clock`` is the only one there is.
    """

    def __init__(
        self,
        source: Source,
        inquire: Callable[[], Inquiry],
        registry: Callable[[], Registry],
        clock: Clock,
        within: str = "30d",
    ) -> None:
        self.source = source
        self._inquire, self._registry, self._clock, self._within = inquire, registry, clock, within
        self._changed = threading.Condition()
        self._snapshot: Snapshot | None = None
        self._failure: tuple[Hashable, str] | None = None
        self._wanted = False
        self._over = False
        self._thread: threading.Thread | None = None
        # What tells whether the files that it is judged by, configuration and waivers, are others than
        # before; what it told at the last judgement, at the one that is being made, and at one that failed.
        self.beside: Callable[[], Hashable] = lambda: None
        self._judged_by: Hashable = None
        # Of these files the mappings that the configuration names.
        self._mapped: tuple[Path, ...] = ()
        self._tried_by: Hashable = None
        self._failed_by: Hashable = None
        # Of the thread that judges: what was read, by which law; each municipality as it was judged last; and
        # whose records have changed since.
        self._kept: Portions | None = None
        self._basis: Hashable = None
        self._read_up_to: Hashable = None
        self._zone = "UTC"
        self._apart = False
        self._parts: dict[str, Part] = {}
        self._changed_in: set[str] = set()
        # When it was begun to look for the mark of the source, and what it was.
        self._looked: tuple[float, Hashable] = (float("-inf"), None)
        self._looking = threading.Lock()
        # Whether the last judgement left nothing of the one before.
        self._anew = True

    def start(self) -> None:
        """Judge for the first time, then go on in a thread. Raises what keeps the records from being
        judged.
        """
        self._judged_by = self._beside()
        with kept_out():
            self._snapshot = self._judged(self.source.mark(), 1)
        self._settle()
        self._thread = threading.Thread(target=self._work, name="judging", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Judge no more."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=60)

    def now(self) -> dt.datetime:
        """The moment it is, in the zone of the law."""
        return self._clock(ZoneInfo(self.snapshot.answer.rulebook.zone))

    @property
    def snapshot(self) -> Snapshot:
        """The last one. To be called once for a page: the next call may give another."""
        if self._snapshot is None:
            raise RuntimeError("nothing has been judged yet")
        return self._snapshot

    def seen(self) -> Seen:
        """What a page may show now; where it is out of date, judging begins."""
        snapshot = self.snapshot
        if not self._due(snapshot):
            return Seen(snapshot)
        failure = self._failure
        if failure is not None and self._failed_at(self._mark()):
            return Seen(snapshot, True, failure[1])
        self.poke()
        return Seen(snapshot, True)

    def poke(self) -> None:
        """Have it judged anew as soon as may be."""
        with self._changed:
            self._wanted = True
            self._changed.notify_all()

    def settle(self, seconds: float) -> Seen:
        """Wait until what is recorded now is judged, but no longer than this."""
        mark = self._mark(now=True)
        self.poke()
        with self._changed:
            self._changed.wait_for(
                lambda: self._over or self._failed_at(mark) or not self._due(self.snapshot), seconds
            )
        return self.seen()

    def _mark(self, now: bool = False) -> Hashable:
        """That of the source; as it was a moment ago, where it need not be looked at ``now``."""
        begun = time.monotonic()
        at, mark = self._looked
        if now or begun - at > _SURELY:
            mark = self.source.mark()
            with self._looking:
                # Who began to look before a record was there does not hide it from who looked after.
                if begun >= self._looked[0]:
                    self._looked = begun, mark
        return mark

    def _beside(self) -> Hashable:
        return self.beside(), marks_of(self._mapped)

    def _failed_at(self, mark: Hashable) -> bool:
        failed = self._failure is not None and self._failure[0] == mark
        return failed and self._failed_by == self._beside()

    def _due(self, snapshot: Snapshot) -> bool:
        if self._beside() != self._judged_by:
            return True
        return self._mark() != snapshot.mark or self.now().timestamp() >= snapshot.turns

    def _work(self) -> None:
        _give_way()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._over, _LOOK)
                if self._over:
                    return
                self._wanted = False
            self._look()

    def _look(self) -> None:
        snapshot = self.snapshot
        mark: Hashable = None
        try:
            if not self._due(snapshot):
                return
            mark = self._mark(now=True)
            if self._failed_at(mark) and self.now().timestamp() < snapshot.turns:
                return
            self._tried_by = self._beside()
            with kept_out():
                made = self._judged(mark, snapshot.number + 1)
        except TransparencyCheckError as error:
            self._told(mark, str(error))
        except Exception as error:
            # Whatever it is: readers keep what there is, and are told.
            self._told(mark, f"{type(error).__name__}: {error}")
        else:
            with self._changed:
                self._snapshot, self._failure, self._judged_by = made, None, self._tried_by
                self._changed.notify_all()
            # Or what stood before would be kept by being looked through.
            del snapshot
            self._settle()

    def _settle(self) -> None:
        if len(self.snapshot.whole.report.findings) >= _MUCH:
            settled(self._anew)

    def _told(self, mark: Hashable, message: str) -> None:
        with self._changed:
            self._failure, self._failed_by = (mark, " ".join(message.split())), self._tried_by
            self._changed.notify_all()

    def _judged(self, mark: Hashable, number: int) -> Snapshot:
        # The mark was taken before: what comes meanwhile is judged next.
        inquiry = replace(self._inquire(), logs=self.source.logs, keep_log=True, by_row=True, proofs=True)
        self._catch_up(inquiry, mark)
        kept = self._kept
        assert kept is not None
        zone = ZoneInfo(self._zone)
        # To the microsecond: what was entered within this second is known. A record may be entered a moment
        # after the clock of this machine, where another one is ahead of it.
        moments = (self._clock(zone), self.source.latest())
        now = max(m.astimezone(zone) for m in moments if m is not None)
        names = kept.municipalities
        standing = {
            name
            for name, part in self._parts.items()
            if part.turns > now.timestamp() and name not in self._changed_in
        }
        logs = kept.logs([name for name in names if name not in standing], now)

        def judged(group: tuple[str, ...]) -> list[Part]:
            log = kept.together(logs[name] for name in group)
            found = answer(inquiry, self._registry(), lambda _: now.isoformat(), read=log)
            lock = threading.Lock()
            places = {name: places_of(logs[name]) for name in group}
            made = []
            for name in group:
                foreign = {place for own in places.values() for place in own} - places[name]
                made.append(part_of(name, found, logs[name], foreign, now, self._within, lock))
            return made if inquiry.as_of is None else [replace(part, turns=float("inf")) for part in made]

        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            new = {
                part.municipality: part
                for made in pool.map(judged, self._groups(kept, logs))
                for part in made
            }
        # Only once all of them are judged: what failed is tried again whole.
        self._parts = {name: new.get(name) or self._parts[name] for name in names}
        self._anew = len(new) == len(names)
        self._changed_in = set()
        whole = Whole(self._parts, kept.sources)
        turns = min(part.turns for part in self._parts.values())
        head = next((source.head for source in kept.sources if source.head is not None), None)
        return Snapshot(number, whole, mark, head, now, turns)

    def _groups(self, kept: Portions, names: Iterable[str]) -> list[tuple[str, ...]]:
        """Which municipalities are judged together: none where it has to be told of each what a setting of
        the office did.
        """
        return [(name,) for name in names] if self._apart else kept.groups(names)

    def _catch_up(self, inquiry: Inquiry, mark: Hashable) -> None:
        """Read what has been recorded; all of it, where the law or the office's files have changed."""
        registry = self._registry()
        laid = office_law(inquiry.packs, registry, inquiry.cache, inquiry.office)
        self._mapped = () if inquiry.office is None else files_named(inquiry.office)
        mappings = mappings_of(inquiry.mapping, inquiry.office)
        rulebook = with_rules(laid.rulebook, registry)
        self._zone, self._apart = rulebook.zone, bool(laid.placed)
        basis = (
            tuple(sorted(rulebook.digests.items())), tuple(rule.id for rule in registry.rules),
            inquiry.office and inquiry.office.sha256, inquiry.waivers and inquiry.waivers.sha256,
            mappings and tuple(file.sha256 for file in mappings.files()),
        )  # fmt: skip
        if basis != self._basis:
            self._kept, self._parts = None, {}
        if self._kept is not None and mark != self._read_up_to:
            # Until all of it is read, nothing is known to be whole.
            kept, self._kept = self._kept, None
            changed = self.source.read_on(kept, laid, rulebook)
            if changed is None:
                self._parts = {}
            else:
                self._changed_in |= set(kept.municipalities) if EVERYWHERE in changed else changed
                self._kept = kept
        if self._kept is None:
            self._kept = self.source.read(inquiry, laid, rulebook, registry)
        self._basis, self._read_up_to = basis, mark


def _give_way() -> None:
    """Whoever reads goes before what is judged meanwhile: this thread and all that it begins are less urgent.
    Elsewhere than on Linux a thread has no urgency of its own.
    """
    if sys.platform == "linux":
        # Where that is forbidden it is judged all the same.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LESS_URGENT)
