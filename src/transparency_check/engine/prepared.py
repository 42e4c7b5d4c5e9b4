"""Law and log as tables, before anything is judged: what all that judge see, each from a connection of its own."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sized
from contextlib import nullcontext
from itertools import count
from threading import Event
from typing import TYPE_CHECKING
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
# What a duty costs that nothing has begun.
_OF_A_DUTY = 800
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
            with side_by_side.beside(self.connection) if worth else nullcontext(side_by_side.Beside(self.con, None)) as worker:
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

        Duties that do not rest on each other do not see each other either. Those that need the same statements come together: a part
        plans only what its duties have.
        """
        begun = self.con.execute(
            "SELECT f.rule, count(*) FROM form f JOIN role r ON r.form = f.form AND r.role = 'trigger' JOIN hit h USING (selector) GROUP BY f.rule"
        ).fetchall()
        loads = dict.fromkeys(self.plan.duties, _OF_A_DUTY) | {rule: _OF_A_DUTY + n for rule, n in begun}
        (events,) = self.con.execute("SELECT count(*) FROM event").fetchone() or (0,)
        bundles = sorted(self.plan.bundles(), key=self._likeness)
        size = max(1, min(side_by_side.cores(), events // _WORTH_A_PART, len(bundles)))
        whole, done = sum(loads.values()), 0.0
        parts: list[set[str]] = [set() for _ in range(size)]
        for bundle in bundles:
            load = sum(loads[rule] for rule in bundle)
            parts[min(size - 1, int((done + load / 2) * size / whole))] |= bundle
            done += load
        return [frozenset(part) for part in parts if part] or [frozenset()]

    def _likeness(self, bundle: frozenset[str]) -> tuple[bool, list[tuple[str, str]], str]:
        forms = [f for f in self.plan.forms if f.rule in bundle]
        kinds = sorted({(f.shape, f.take) for f in forms})
        return kinds == [("event", "each")], kinds, min(bundle)

    def moments_of(self, municipality: str) -> Moments:
        """The moments that this municipality is judged at."""
        return self.own_moments.get(municipality, self.moments)

    def every_moments(self) -> list[Moments]:
        """All moments that some municipality is judged at."""
        return [self.moments, *self.own_moments.values()]

