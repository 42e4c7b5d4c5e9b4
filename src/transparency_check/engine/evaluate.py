"""The engine: law and log as tables in, obligations out. No clock, no files, no network, no law in here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import duckdb

from transparency_check.calendars import Period, due
from transparency_check.database import any_row, append, create, fill
from transparency_check.engine.due_dates import DueDates
from transparency_check.engine.forms import Form
from transparency_check.engine.law import BEGINNING, END, sole
from transparency_check.engine.prepared import Prepared
from transparency_check.engine.recurring import (
    FAR,
    about_period,
    civil_periods,
    part,
    recurrences,
    window_days,
)
from transparency_check.engine.statements import run
from transparency_check.packs.model import CalendarTrigger, Count

_OBLIGATION = {
    "o": "BIGINT", "form": "INTEGER", "rule": "VARCHAR", "v": "INTEGER", "n": "BIGINT", "upstream": "BIGINT", "municipality": "VARCHAR",
    "cas": "BIGINT", "corr": "VARCHAR[]", "period_key": "VARCHAR", "sort": "VARCHAR", "trigger_type": "VARCHAR", "trigger_family": "VARCHAR", "day": "DATE", "lo": "BIGINT", "hi": "BIGINT",
    "timed": "BOOLEAN", "aday": "DATE", "alo": "BIGINT", "ahi": "BIGINT", "atimed": "BOOLEAN", "place": "BIGINT", "given_up": "BOOLEAN",
    "doubts": "VARCHAR[]", "fields": "VARCHAR[]", "period": "INTEGER", "first": "DATE", "last": "DATE", "prev_due": "DATE",
    "next_due": "DATE", "civil_first": "DATE", "civil_last": "DATE", "about_first": "DATE", "about_last": "DATE",
    "window_first": "DATE", "window_last": "DATE", "since": "DATE", "threshold": "BIGINT", "off_shown": "BOOLEAN", "stops": "VARCHAR",
}  # fmt: skip
_DUE = {
    "o": "BIGINT", "bound": "INTEGER", "bounds": "INTEGER", "due_day": "DATE", "due_lo": "BIGINT", "due_hi": "BIGINT", "act_by": "DATE",
    "reason": "VARCHAR", "extension": "BIGINT", "lacking": "VARCHAR", "plain_day": "DATE", "plain_hi": "BIGINT",
}  # fmt: skip
_VERDICT = {
    "o": "BIGINT", "bound": "INTEGER", "base": "INTEGER", "mask": "INTEGER", "reasons": "VARCHAR[]", "evidence": "BIGINT[]", "doubted": "BOOLEAN",
}  # fmt: skip
_SETTLING = {"o": "BIGINT", "reason": "VARCHAR", "n": "BIGINT", "b": "BIGINT", "fields": "VARCHAR[]"}
_DONE = {
    "rule": "VARCHAR", "o": "BIGINT", "outcome": "VARCHAR", "mask": "INTEGER", "reasons": "VARCHAR[]",
    "readings": "STRUCT(reading INTEGER, o BIGINT, mask INTEGER)[]", "instead": "VARCHAR",
}  # fmt: skip
_STOP = {"o": "BIGINT", "first": "DATE", "last": "DATE"}
_KEPT = {
    "o": "BIGINT", "n": "BIGINT", "b": "BIGINT", "certain": "BOOLEAN", "why": "VARCHAR[]", "missing": "VARCHAR[]", "pos": "VARCHAR",
}  # fmt: skip
_RECURRING = {
    "form": "INTEGER", "rule": "VARCHAR", "v": "INTEGER", "period_key": "VARCHAR", "aday": "DATE", "touch_first": "DATE", "touch_last": "DATE",
    "first": "DATE", "last": "DATE", "prev_due": "DATE", "next_due": "DATE", "civil_first": "DATE", "civil_last": "DATE",
    "about_first": "DATE", "about_last": "DATE", "window_first": "DATE", "window_last": "DATE", "since": "DATE", "threshold": "BIGINT",
    "off_shown": "BOOLEAN", "period": "INTEGER",
}  # fmt: skip


class Engine:
    """One evaluation, of all duties or of a part of them: the obligations and what is found of them, ready to be read by
    ``findings.py`` and ``explain.py``.
    """

    def __init__(self, prepared: Prepared, part: Collection[str] | None = None, keep: bool = False) -> None:
        """``part`` are the duties, None for all; no other one may rest on them. ``keep`` as in ``judge``."""
        self.prepared, self.plan, self.calendar = prepared, prepared.plan, prepared.calendar
        self.con = prepared.con if part is None else _narrowed(prepared, part)
        self._forms = [f for f in self.plan.forms if part is None or f.rule in part]
        numbers = {f.form for f in self._forms}
        self._roles = [r for r in self.plan.roles if r.form in numbers]
        self.due_dates = DueDates(self.con, prepared.answers)
        self._having: frozenset[str] = frozenset()
        self.judge(keep)

    # -- the pipeline ----------------------------------------------------------------------------------------------

    def judge(self, keep: bool = False) -> None:
        """Fill the obligation tables. With ``keep``, the candidates of every duty stay, in ``kept``, for proofs."""
        self.keeps = keep
        for table, columns in (
            ("ob", _OBLIGATION),
            ("due", _DUE),
            ("verdict", _VERDICT),
            ("settling", _SETTLING),
        ):
            fill(self.con, table, columns, [])
        create(self.con, "done", _DONE)
        fill(self.con, "kept", _KEPT, [])
        fill(self.con, "closes", {"o": "BIGINT", "hi": "BIGINT"}, [])
        for stratum in range(self.plan.strata):
            self._judge(stratum)
            if keep and any_row(
                self.con, "SELECT 1 FROM ob o JOIN form f USING (form) WHERE f.stratum = getvariable('stratum')"
            ):
                self.con.execute(
                    "INSERT INTO kept SELECT DISTINCT p.o, p.n, p.b, p.certain, p.why, p.missing, p.pos FROM placed p WHERE p.bound = 0"
                )

    def _judge(self, stratum: int) -> None:
        """Judge the duties of one stratum; those of lower strata are done."""
        self.con.execute(f"SET VARIABLE stratum = {stratum}")
        shapes = {f.shape for f in self._forms if f.stratum == stratum}
        self._having = self._log_has | self._duties_have(stratum)
        watch = self.prepared.watch
        self._first_of_windows(stratum)
        self._section("triggers")
        with watch.stage("recurring"):
            self._recurring(stratum)
        if not any_row(
            self.con, "SELECT 1 FROM ob o JOIN form f USING (form) WHERE f.stratum = getvariable('stratum')"
        ):
            return
        with watch.stage("suspensions"):
            self._suspensions(stratum)
        with watch.stage("due_dates"):
            self._due_dates(stratum)
        self._section("candidates")
        if "outages" in self._having:
            self._section("outages")
        self._section("weighing")
        # A stratum with hundreds of duties and one with two both pay only for the shapes they have.
        for shape in ("content", "duration", "count", "standing"):
            if shape in shapes:
                self._section(shape)
        self._section("modifiers")
        self._section("outcomes")
        if any_row(self.con, "FROM replacement"):
            self._section("replacements")

    def _section(self, name: str) -> None:
        if self.prepared.over.is_set():
            raise duckdb.InterruptException("nobody waits for this any more")
        with self.prepared.watch.stage(name):
            run(self.con, name, self._having)

    def _duties_have(self, stratum: int) -> frozenset[str]:
        """Which of the rarer things the duties of a stratum have: ``[if ...]`` in ``engine/sql`` names them."""
        forms = [f for f in self._forms if f.stratum == stratum]
        numbers = {f.form for f in forms}
        members = Counter(m.form for m in self.plan.members)
        begun = {r.form for r in self._roles if r.role == "trigger"}
        found = {
            "each": any(f.take == "each" and f.form in begun for f in forms),
            "first": any(f.take == "first" for f in forms),
            "last": any(f.take == "last" for f in forms),
            "anchors": any(f.anchor == "another event" for f in forms),
            "sources": any(s[0] in numbers for s in self.plan.sources),
            "restricted": any(f.restricted for f in forms),
            "suspended": any(r.role == "suspend" and r.form in numbers for r in self._roles),
            "gathered": any(f.take != "each" for f in forms) or any(s[0] in numbers for s in self.plan.sources),
            "municipal": any(f.by == "municipality" for f in forms),
            "attributes": any(f.by == "attributes" for f in forms),
            "windows": any(f.win is not None or f.not_before_period is not None for f in forms),
            "several": any(members[f.form] > 1 for f in forms),
            "conditional": any(f.only_if for f in forms),
            "twofold": any(
                r.form in numbers and not alone for r, alone in zip(self.plan.roles, sole(self.plan), strict=True)
            ),
        }
        return frozenset(name for name, has in found.items() if has)

    @cached_property
    def _log_has(self) -> frozenset[str]:
        """Which of the rarer things the log has."""
        asked = {
            "links": "FROM link",
            "blurs": "FROM blur",
            "loose": "FROM event WHERE cas IS NULL",
            "outages": "FROM outage",
            # What covers a part of the events only, or ends.
            "patchy": f"FROM island WHERE family <> '*' OR last <> DATE '{END}'",
        }
        found = frozenset(name for name, query in asked.items() if any_row(self.con, query))
        # Only they ask which cases hold a trigger themselves.
        return found | {"strangers"} if found & {"links", "blurs"} else found

    def _of(self, stratum: int, *shapes: str) -> list[Form]:
        return [f for f in self._forms if f.stratum == stratum and f.shape in shapes]

    def _first_of_windows(self, stratum: int) -> None:
        """`take: first` by municipality and window: greedy, from the first trigger after each window (§7.6)."""
        columns = {"form": "INTEGER", "n": "BIGINT", "upstream": "BIGINT"}
        fill(self.con, "first_of_window", columns, [])
        forms = [
            f
            for f in self._of(stratum, "event", "content", "duration")
            if f.win is not None and f.take == "first" and f.by == "municipality"
        ]
        kept: list[tuple[int, int, int]] = []
        for form in forms:
            assert form.win is not None
            rows = self.con.execute(
                """SELECT e.municipality, e.n, e.day FROM role r JOIN hit h USING (selector) JOIN event e USING (n)
                WHERE r.form = $form AND r.role = 'trigger' GROUP BY ALL ORDER BY e.municipality, e.n""",
                {"form": form.form},
            ).fetchall()
            last, end = None, dt.date.min
            for municipality, n, day in rows:
                if municipality != last or day > end:
                    last, end = municipality, self._window_end(form.win, day)
                    kept.append((form.form, n, 0))
        append(self.con, "first_of_window", columns, kept)

    def _window_end(self, period: int, day: dt.date) -> dt.date:
        spec = self.plan.periods[period]
        assert isinstance(spec, Period)
        return due(day, spec, self.calendar).day or FAR

    # -- obligations that arise by themselves ------------------------------------------------------------------------

    def _recurring(self, stratum: int) -> None:
        forms = self._of(stratum, "count", "calendar", "standing")
        if not forms:
            return
        found = self.con.execute("SELECT min(first) FROM covered_from").fetchone()
        start: dt.date = (found[0] if found else None) or END
        end = max(m.horizon for m in self.prepared.every_moments())
        rows: list[Sequence[object]] = []
        for form in forms:
            if form.shape == "count":
                rows += self._counts(form, self.plan.counts[form.form], start, end)
            elif form.shape == "calendar":
                rows += self._dates(form, self.plan.calendars[form.form], start, end)
            else:
                rows += self._standing(form)
        fill(self.con, "recurring", _RECURRING, rows)
        self.con.execute(
            """INSERT INTO ob SELECT (SELECT coalesce(max(o), 0) FROM ob) + row_number() OVER (), r.form, r.rule, r.v, NULL, 0, c.municipality, NULL, NULL,
                r.period_key, NULL, NULL, NULL, r.aday, NULL, NULL, FALSE, r.aday, 0, 0, FALSE, 1, FALSE, [], [], r.period, r.first, r.last, r.prev_due, r.next_due,
                r.civil_first, r.civil_last, r.about_first, r.about_last, r.window_first, r.window_last, r.since, r.threshold, r.off_shown, ''
            FROM recurring r JOIN form f USING (form) JOIN universe c
                ON CASE WHEN f.shape = 'standing' THEN as_of_day(c.municipality) BETWEEN r.touch_first AND r.touch_last
                    ELSE r.touch_last >= c.first AND r.touch_first <= horizon(c.municipality) END
            WHERE NOT f.restricted OR EXISTS (FROM bound_to b WHERE b.rule = f.rule AND b.municipality = c.municipality)"""
        )

    def _version(self, rule: str, day: dt.date) -> int | None:
        for i, version in enumerate(self.plan.duties[rule].versions):
            if (version.from_ or BEGINNING) <= day <= (version.to or END):
                return i
        return None

    def _term(self, form: int, v: int) -> tuple[int | None, int | None]:
        return next(
            (period, threshold) for f, index, period, threshold in self.plan.terms if f == form and index == v
        )

    def _counts(self, form: Form, count: Count, start: dt.date, end: dt.date) -> Iterator[Sequence[object]]:
        per = "day" if count.per == "working-day" else count.per
        for period in civil_periods(start, end, per):
            v = self._version(form.rule, period.first)
            if v is None:
                continue
            # Whether a day that is worked under some calendars only is off under the one that is shown.
            off: bool | None = None
            if count.per == "working-day":
                if not self.calendar.covers(period.first):
                    continue
                worked = {self.calendar.working(period.first, bound) for bound in range(4)}
                if worked == {False}:
                    continue
                off = not self.calendar.working(period.first) if len(worked) > 1 else None
            first, last = part(period, count.within)
            term, threshold = self._term(form.form, v)
            yield (
                form.form, form.rule, v, period.key, last, first, last, first, last, None, None, period.first, period.last, None, None,
                None, None, None, threshold, off, term,
            )  # fmt: skip

    def _dates(
        self, form: Form, calendar: CalendarTrigger, start: dt.date, end: dt.date
    ) -> Iterator[Sequence[object]]:
        duty = self.plan.duties[form.rule]
        for r in recurrences(calendar, duty.versions[0].from_, end):
            v = self._version(form.rule, r.nominal)
            if v is None:
                continue
            term, _ = self._term(form.form, v)
            assert term is not None
            previous = self._rolled(term, r.previous) if r.previous else r.civil.first - dt.timedelta(days=1)
            following = self._rolled(term, r.next) if r.next else FAR
            due_day = self._rolled(term, r.nominal)
            if due_day < start:
                continue
            about = about_period(r.nominal, calendar.about) if calendar.about else (None, None)
            window = window_days(calendar.window, r.nominal.year) if calendar.window else (None, None)
            # A document that says which period it is about belongs there, however early or late it comes (§7.10).
            earliest, latest = (BEGINNING, FAR) if calendar.about else (previous, following)
            yield (
                form.form, form.rule, v, r.nominal.isoformat(), r.nominal, previous + dt.timedelta(days=1), due_day, earliest,
                latest, earliest, latest, r.civil.first, r.civil.last, *about, *window, None, None, None, term,
            )  # fmt: skip

    def _rolled(self, term: int, day: dt.date) -> dt.date:
        spec = self.plan.periods[term]
        assert isinstance(spec, Period)
        return due(day, spec, self.calendar).day or day

    def _standing(self, form: Form) -> Iterator[Sequence[object]]:
        duty = self.plan.duties[form.rule]
        began = min((x.from_ or BEGINNING for x in duty.versions), default=BEGINNING)
        in_force = {self._version(form.rule, m.as_of.day) for m in self.prepared.every_moments()}
        for v in sorted(v for v in in_force if v is not None):
            version = duty.versions[v]
            first, last = version.from_ or BEGINNING, version.to or END
            key = version.from_.isoformat() if version.from_ else version.instrument
            yield (
                form.form, form.rule, v, key, None, first, last, first, None, None, None, None, None, None, None,
                None, None, began, None, None, None,
            )  # fmt: skip

    # -- due dates -------------------------------------------------------------------------------------------------

    def _suspensions(self, stratum: int) -> None:
        """The stops of the clock of every obligation of a duty that knows them, as text (§7.8)."""
        fill(self.con, "stop", _STOP, [])
        if not any(
            r.role == "suspend" and self.plan.forms[r.form].stratum == stratum for r in self._roles
        ):
            return
        rows = self.con.execute(
            """SELECT o.o, o.aday, r.role, e.day FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role IN ('suspend', 'resume')
            JOIN hit h ON h.selector = r.selector AND h.truth JOIN event e ON e.n = h.n AND e.cas = o.cas
            WHERE f.stratum = getvariable('stratum') AND o.aday IS NOT NULL ORDER BY o.o, e.n"""
        ).fetchall()
        formed: dict[int, list[list[dt.date | None]]] = {}
        anchors: dict[int, dt.date] = {}
        for o, anchor, role, day in rows:
            anchors[o] = anchor
            pairs = formed.setdefault(o, [])
            running = bool(pairs) and pairs[-1][1] is None
            if role == "suspend" and not running:
                pairs.append([day, None])
            elif role == "resume" and running:
                pairs[-1][1] = day
        # A stop that began before the anchor is none of this period's.
        stops = {
            o: [p for p in pairs if p[0] is not None and p[0] >= anchors[o]] for o, pairs in formed.items()
        }
        texts = [(o, ";".join(f"{a}/{b or ''}" for a, b in pairs)) for o, pairs in stops.items() if pairs]
        fill(self.con, "stopped", {"o": "BIGINT", "stops": "VARCHAR"}, texts)
        self.con.execute("UPDATE ob SET stops = s.stops FROM stopped s WHERE ob.o = s.o")
        append(self.con, "stop", _STOP, [(o, a, b or END) for o, pairs in stops.items() for a, b in pairs])

    def _due_dates(self, stratum: int) -> None:
        hours = (
            "CASE WHEN f.hours THEN o.alo ELSE 0 END AS alo, CASE WHEN f.hours THEN o.ahi ELSE 0 END AS ahi"
        )
        of_stratum = "FROM ob o JOIN form f USING (form) WHERE f.stratum = getvariable('stratum') AND o.aday IS NOT NULL AND o.period IS NOT NULL"
        self.due_dates.ask(f"SELECT DISTINCT o.period, o.aday, {hours}, 0 AS add, o.stops {of_stratum}")
        self.due_dates.reach(
            """SELECT DISTINCT f.win, o.day FROM ob o JOIN form f USING (form) WHERE f.win IS NOT NULL AND f.stratum = getvariable('stratum') AND o.day IS NOT NULL
            UNION SELECT DISTINCT f.not_before_period, o.day FROM ob o JOIN form f USING (form) WHERE f.not_before_period IS NOT NULL AND f.stratum = getvariable('stratum') AND o.day IS NOT NULL"""
        )
        self.con.execute(
            f"""INSERT INTO due SELECT k.o, d.bound, d.bounds, d.due_day, d.due_lo, d.due_hi, d.act_by, d.reason, NULL, NULL, d.due_day, d.due_hi
            FROM (SELECT o.o, o.period, o.aday, {hours}, o.stops {of_stratum}) k
            JOIN day_key d ON d.period = k.period AND d.anchor_day = k.aday AND d.alo = k.alo AND d.ahi = k.ahi AND d.add = 0 AND d.stops = k.stops"""
        )
        if any(f.stratum == stratum and (f.win is not None or f.not_before_period is not None) for f in self._forms):
            run(self.con, "limits")
        if any(r.role == "extend" and self.plan.forms[r.form].stratum == stratum for r in self._roles):
            self._extend(hours, of_stratum)

    def _extend(self, hours: str, of_stratum: str) -> None:
        run(self.con, "extensions", self._having)
        # A number of days that is missing or below nought lengthens nothing: it is a field that is not known.
        self.con.execute(
            "UPDATE due SET lacking = l.lacking, extension = l.extension, due_day = NULL, due_lo = NULL, due_hi = NULL, act_by = NULL FROM lengthened l WHERE due.o = l.o AND due.bound = l.bound AND l.lacking IS NOT NULL"
        )
        keys = f"""SELECT o.o, l.bound AS b, o.period, o.aday, {hours}, l.add, l.extension, o.stops {of_stratum.replace("FROM ob o", "FROM lengthened l JOIN ob o USING (o)")}
            AND l.lacking IS NULL"""
        self.due_dates.ask(f"SELECT DISTINCT period, aday, alo, ahi, add, stops FROM ({keys})")
        self.con.execute(
            f"""CREATE OR REPLACE TEMP TABLE longer AS
            SELECT k.o, k.b, greatest(k.b, d.bound) AS bound, greatest(w.bounds, d.bounds) AS bounds, d.due_day, d.due_lo, d.due_hi, d.act_by, d.reason, k.extension, w.plain_day, w.plain_hi
            FROM ({keys}) k JOIN due w ON w.o = k.o AND w.bound = k.b
            JOIN day_key d ON d.period = k.period AND d.anchor_day = k.aday AND d.alo = k.alo AND d.ahi = k.ahi AND d.add = k.add AND d.stops = k.stops
                AND (d.bounds = 1 OR w.bounds = 1 OR d.bound = k.b)"""
        )
        self.con.execute("DELETE FROM due USING longer l WHERE due.o = l.o AND due.bound = l.b")
        self.con.execute(
            "INSERT INTO due SELECT o, bound, bounds, due_day, due_lo, due_hi, act_by, reason, extension, NULL, plain_day, plain_hi FROM longer"
        )


def _narrowed(prepared: Prepared, part: Collection[str]) -> duckdb.DuckDBPyConnection:
    """A connection that sees, of the law, what is of these duties."""
    con, own = prepared.connection(), {"part": sorted(part)}
    con.execute(
        f"CREATE TEMP TABLE form AS SELECT * FROM {prepared.schema}.form WHERE list_contains($part::VARCHAR[], rule)", own
    )
    con.execute(f"CREATE TEMP TABLE replacement AS SELECT * FROM {prepared.schema}.replacement WHERE list_contains($part::VARCHAR[], local)", own)
    for table in ("role", "member", "source", "term"):
        con.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM {prepared.schema}.{table} SEMI JOIN form USING (form)")
    return con
