"""Law and log as tables, before anything is judged: what all that judge see, each from a connection of its own."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence, Sized
from contextlib import nullcontext
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import duckdb

from transparency_check import database, side_by_side
from transparency_check.calendars import Calendar
from transparency_check.engine.due_dates import Answers, nothing_foreseen
from transparency_check.engine.forms import Plan, make_plan
from transparency_check.engine.law import load_law
from transparency_check.engine.log import load_log
from transparency_check.engine.moments import Elsewhere, Moments, set_moments
from transparency_check.engine.statements import run
from transparency_check.packs.model import Rulebook
from transparency_check.watching import UNWATCHED, Watch

if TYPE_CHECKING:
    from transparency_check.proving import CleanRows

# Below one row group there is nothing for a second thread of the database to do.
_FEW = 122_880
# To judge a part by itself costs as much as some ten thousand events: every statement is planned again.
_WORTH_A_PART = 25_000
# What a duty costs that nothing has begun, and what a kind of duties that needs statements of its own: in events that begin one.
_OF_A_DUTY, _OF_A_KIND = 400, 5_500
_COMMON = ("event", "each")
# Several evaluations may share the database with the clean rows: each has a schema of its own.
_numbers = count(1)


class Prepared:
    """The tables of the law and of the log, in a schema of their own; the moments, plan, calendar and zone to judge by."""

    def __init__(
        self,
        records: Iterable[bytes],
        rulebook: Rulebook,
        moments: Moments,
        clean: CleanRows | None = None,
        own_moments: Mapping[str, Moments] | None = None,
        watch: Watch = UNWATCHED,
        memory: int | None = None,
        elsewhere: Elsewhere | None = None,
        cores: int | None = None,
    ) -> None:
        """``elsewhere`` is what the rest of the log says, where the records are a part of one; ``cores`` as in ``database.begin``."""
        self.rulebook, self.moments, self.own_moments = rulebook, moments, own_moments or {}
        self.watch, self.over = watch, Event()
        self.zone = ZoneInfo(rulebook.zone)
        self.calendar = Calendar(rulebook.calendar, rulebook.calendar_range.from_, rulebook.calendar_range.to)
        self.plan: Plan = make_plan(rulebook)
        self.answers = Answers(self.plan, self.calendar, self.zone)
        self._database = database.begin(memory, cores) if clean is None else clean.con
        self.schema = f"judged_{next(_numbers)}"
        if isinstance(records, Sized) and len(records) + (clean.size if clean else 0) < _FEW:
            # Handing work to a second thread costs more than a small log's work itself.
            self._database.execute("SET threads = 1")
        self._database.execute(f"CREATE SCHEMA {self.schema}")
        if clean is not None:
            dropped = f"DROP SCHEMA IF EXISTS {self.schema} CASCADE"
            weakref.finalize(self, self._database.execute, dropped).atexit = False
        self._connections: list[duckdb.DuckDBPyConnection] = []
        self.con = self.connection()
        with watch.stage("log"):
            load_law(self.con, self.plan, rulebook)
            nothing_foreseen(self.con)
            worth = clean is not None and clean.size >= 2 * _WORTH_A_PART and side_by_side.cores() > 1
            with side_by_side.beside(self.connection) if worth else nullcontext(side_by_side.Beside(lambda: self.con, None)) as worker:
                load_log(self.con, records, clean, self.plan, rulebook, elsewhere or Elsewhere(), worker, self.answers)

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A new connection that sees all this, and whose temporary tables nobody else sees."""
        con = self._database.cursor()
        self._connections.append(con)
        con.execute(
            f"""SET preserve_insertion_order = true; SET TimeZone = 'UTC'; SET enable_progress_bar = false;
            SET search_path = 'memory.{self.schema},memory.main'"""
        )
        set_moments(con, self.moments, self.own_moments)
        run(con, "macros")
        return con

    def interrupt(self) -> None:
        """End whatever is judged by these tables: it raises ``duckdb.InterruptException`` where it is, or at its next step."""
        self.over.set()
        for con in self._connections:
            con.interrupt()

    def parts(self) -> list[frozenset[str]]:
        """The duties in as many parts as are worth judging side by side, each with about as much to judge.

        Duties that do not rest on each other do not see each other either. Those that need statements of their own come together: a part
        plans only what its duties have.
        """
        (events,) = self.con.execute("SELECT count(*) FROM event").fetchone() or (0,)
        begun = self.con.execute(
            "SELECT f.rule, count(*) FROM form f JOIN role r ON r.form = f.form AND r.role = 'trigger' JOIN hit h USING (selector) GROUP BY f.rule"
        ).fetchall()
        begun_by = dict(begun)
        bundles = [
            _Bundle(
                sum(_OF_A_DUTY + begun_by.get(rule, 0) for rule in bundle),
                tuple(sorted({(f.shape, f.take) for f in self.plan.forms if f.rule in bundle} - {_COMMON})),
                bundle,
            )
            for bundle in self.plan.bundles()
        ]
        return _shared_out(bundles, max(1, min(side_by_side.cores(), events // _WORTH_A_PART, len(bundles))))

    def moments_of(self, municipality: str) -> Moments:
        """The moments that this municipality is judged at."""
        return self.own_moments.get(municipality, self.moments)

    def every_moments(self) -> list[Moments]:
        """All moments that some municipality is judged at."""
        return [self.moments, *self.own_moments.values()]


class _Bundle(NamedTuple):
    """Duties that are judged together: how much there is to do, and the kinds (shape, take) that need statements of their own."""

    load: int
    kinds: tuple[tuple[str, str], ...]
    rules: frozenset[str]


def _shared_out(bundles: Sequence[_Bundle], size: int) -> list[frozenset[str]]:
    """The duties in so many parts: those of a kind in one, as far as that goes, and the common ones wherever there is least to do."""
    parts: list[set[str]] = [set() for _ in range(size)]
    loads = [0] * size
    seen: set[tuple[str, str]] = set()
    kinds = {kind for bundle in bundles for kind in bundle.kinds}
    fair = (sum(bundle.load for bundle in bundles) + _OF_A_KIND * len(kinds)) / size
    at = 0
    for bundle in sorted(bundles, key=lambda b: (not b.kinds, b.kinds, -b.load, min(b.rules))):
        load = bundle.load + _OF_A_KIND * len({*bundle.kinds} - seen)
        seen.update(bundle.kinds)
        if not bundle.kinds:
            at = loads.index(min(loads))
        elif loads[at] + load / 2 > fair and at < size - 1:
            at += 1
        parts[at] |= bundle.rules
        loads[at] += load
    return [frozenset(part) for part in parts if part] or [frozenset()]
