"""What readers see: one snapshot, whole and immutable, until the next one takes its place.

A thread of its own judges, whenever the records changed or a date or hour has come that can turn an
obligation. Readers go on with the last snapshot meanwhile, and the page says so.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..checking import Answer, Inquiry, answer
from ..errors import TransparencyCheckError
from ..messages.language import current
from .gathering import Gathering, gathering

if TYPE_CHECKING:
    from ..explanation import Explanation
    from ..planning.sheet import Sheet
    from ..plugins import Registry
    from .source import Source

Clock = Callable[[ZoneInfo], dt.datetime]
# Seconds after which it is looked again whether the records have changed.
_LOOK = 2.0
# Proofs that are kept.
_PROOFS = 200


@dataclass(frozen=True)
class Snapshot:
    """One judgement. ``number`` counts them; ``mark`` is that of the source it rests on, ``head`` the end of
    its chain where it has one; ``turns`` is when it has to be made anew at the latest, in seconds since 1970.
    """

    number: int
    answer: Answer
    gathering: Gathering
    mark: Hashable
    head: str | None
    made: dt.datetime
    turns: float
    # The database behind a judgement takes one question at a time.
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    # Proofs that were asked for, by finding and language: the same ones are asked for again and again.
    _proofs: dict[tuple[str, str], Explanation] = field(default_factory=dict, repr=False)

    def explain(self, finding_id: str) -> Explanation:
        """The proof of a finding, in the language that is spoken. Raises ``KeyError``."""
        key = (finding_id, current())
        with self._lock:
            if key not in self._proofs:
                if len(self._proofs) >= _PROOFS:
                    self._proofs.pop(next(iter(self._proofs)))
                self._proofs[key] = self.answer.explain(finding_id)
            return self._proofs[key]

    def sheet(self, case: str, municipality: str) -> Sheet:
        """The readiness sheet of a case. Raises ``UsageError``."""
        from ..planning.readiness import sheet_of

        with self._lock:
            return sheet_of(self.answer, case, municipality)

    def asking(self) -> threading.Lock:
        """Hold it while something is asked of the judgement."""
        return self._lock


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
        self._tried_by: Hashable = None
        self._failed_by: Hashable = None

    def start(self) -> None:
        """Judge for the first time, then go on in a thread. Raises what keeps the records from being
        judged.
        """
        self._judged_by = self.beside()
        self._snapshot = self._judged(self.source.mark(), 1)
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
        mark = self.source.mark()
        failure = self._failure
        if failure is not None and self._failed_at(mark):
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
        mark = self.source.mark()
        self.poke()
        with self._changed:
            self._changed.wait_for(
                lambda: self._over or self._failed_at(mark) or not self._due(self.snapshot), seconds
            )
        return self.seen()

    def _failed_at(self, mark: Hashable) -> bool:
        failed = self._failure is not None and self._failure[0] == mark
        return failed and self._failed_by == self.beside()

    def _due(self, snapshot: Snapshot) -> bool:
        if self.beside() != self._judged_by:
            return True
        return self.source.mark() != snapshot.mark or self.now().timestamp() >= snapshot.turns

    def _work(self) -> None:
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
            mark = self.source.mark()
            if self._failed_at(mark) and self.now().timestamp() < snapshot.turns:
                return
            self._tried_by = self.beside()
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

    def _told(self, mark: Hashable, message: str) -> None:
        with self._changed:
            self._failure, self._failed_by = (mark, " ".join(message.split())), self._tried_by
            self._changed.notify_all()

    def _judged(self, mark: Hashable, number: int) -> Snapshot:
        # The mark was taken before: what comes meanwhile is judged next.
        inquiry = replace(self._inquire(), logs=self.source.logs, keep_log=True, by_row=True)
        made: list[dt.datetime] = []

        def now(zone: ZoneInfo) -> str:
            # To the microsecond: what was entered within this second is known. A record may be entered a
            # moment after the clock of this machine, where another one is ahead of it.
            moments = (self._clock(zone), self.source.latest())
            made.append(max(m.astimezone(zone) for m in moments if m is not None))
            return made[0].isoformat()

        found = answer(inquiry, self._registry(), now)
        moment = made[0] if made else self._clock(ZoneInfo(found.rulebook.zone))
        turns = float("inf") if inquiry.as_of is not None else _turn(found, moment)
        head = self.source.head()
        return Snapshot(number, found, gathering(found, self._within), mark, head, moment, turns)


def _turn(found: Answer, now: dt.datetime) -> float:
    """When time alone changes something: at the next midnight, or at an hour at which something is due."""
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo)
    hours = [
        dt.datetime.fromisoformat(f.due)
        for f in found.report.findings
        if f.due is not None and "T" in f.due and f.outcome in ("pending", "undetermined")
    ]
    return min([midnight, *(h for h in hours if h > now)]).timestamp()
