"""From the obligation table to findings: ids, evidence, readings, cure, lateness (semantics 5.1, 5.2)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from transparency_check.calendars import Period, earliest_anchor, last_working_day, working_days_between
from transparency_check.database import fill
from transparency_check.engine.due_dates import HOUR
from transparency_check.engine.evaluate import Engine
from transparency_check.engine.forms import Form, Hours
from transparency_check.engine.recurring import FAR
from transparency_check.engine.statements import run, statements
from transparency_check.garbage import kept_out
from transparency_check.model import Evidence, Finding, Outcome, Reading, Settling, Weight
from transparency_check.packs.model import Duty, Version
from transparency_check.times import Moment, instant_text

_NAMES: dict[int, Outcome] = {1: "fulfilled", 2: "late", 4: "violated", 8: "pending", 16: "not_applicable"}
_BITS_IN_ORDER = sorted(_NAMES)
# Outcomes that leave nothing to be cured.
_UNCURED = frozenset({"fulfilled", "undetermined", "not_applicable"})
# Rows that are read from the database at once.
_ROWS = 2_000
# Instants that are kept as texts: many obligations share one.
_INSTANTS = 16_384


def outcome_of(mask: int) -> Outcome:
    """The one outcome of a mask, or ``undetermined``."""
    return _NAMES.get(mask, "undetermined")


def finding_id(rule: str, municipality: str, subject: str | None, qualifier: str | None) -> str:
    """The stable id (semantics 5.1): of rule, municipality, case or period, and the trigger where several may stand in one case."""
    told = f"{rule}\x1f{municipality}\x1f{subject or ''}"
    if qualifier:
        told += f"\x1f{qualifier}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def in_report(finding: Finding) -> tuple[str, ...]:
    """The order of findings in a report: municipality, rule, case, period, id."""
    return finding.municipality, finding.rule, finding.case or "", finding.period or "", finding.id


class _Law(NamedTuple):
    """What all findings of one duty in one version share: ``stands`` and ``owed`` are the fields of a finding from ``severity`` to
    ``version_to`` and from ``bearer`` to ``commitment``.
    """

    duty: Duty
    severity: str
    stands: tuple[str, str, str | None, str, str | None, str | None]
    owed: tuple[str, str | None, str | None, bool]


class _Detail(NamedTuple):
    """What lateness, cure and progress need to know of an obligation; ``closes`` is the end that was planned too early, ``met_day`` and
    ``met_lo`` the time of the event that met it late.
    """

    threshold: int | None
    aday: dt.date | None
    next_due: dt.date | None
    due_day: dt.date | None
    due_hi: int | None
    period: int | None
    closes: int | None
    met_day: dt.date | None
    met_lo: int | None
    readings: list[int]


class Kind(NamedTuple):
    """What findings of one kind have in common: rule, index of the version, outcome, and how they can be cured (a code)."""

    rule: str
    v: int
    outcome: Outcome
    cure: int


class Findings:
    """Reads the tables of a finished evaluation and makes findings of them."""

    def __init__(self, engine: Engine) -> None:
        self.con, self.plan, self.calendar = engine.con, engine.plan, engine.calendar
        self.prepared, self.zone = engine.prepared, engine.prepared.zone
        self._ranked = False
        self._events: dict[int, Evidence] = {}
        self._forms: dict[tuple[str, int], Form] = {(f.rule, f.reading): f for f in self.plan.forms}
        self._terms = {(form, v): period for form, v, period, _ in self.plan.terms}
        self._settling: dict[int, tuple[Settling, ...]] = {}
        self._readings: dict[int, list[tuple[int, int, dt.date | None, int | None]]] = {}
        self._instant = lru_cache(_INSTANTS)(partial(instant_text, zone=self.zone))
        self._law = {
            (rule, v): _law(duty, version)
            for rule, duty in self.plan.duties.items()
            for v, version in enumerate(duty.versions)
        }

    def pages(self, rules: Iterable[str], size: int) -> Iterator[list[Finding]]:
        """The findings of these rules in the order of a report, about so many at a time.

        One page stands in memory. To begin anew ends what went before.
        """
        fill(self.con, "wanted_rule", {"rule": "VARCHAR"}, [(rule,) for rule in rules])
        self.con.execute(f"SET VARIABLE page_size = {size}")
        run(self.con, "pages")
        row = self.con.execute("SELECT max(page) FROM paged").fetchone()
        for page in range(row[0] + 1 if row and row[0] is not None else 0):
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE asked AS SELECT o FROM paged WHERE page = {page}")
            yield sorted(self._made().values(), key=in_report)

    def all(self, rule: str | None = None) -> list[Finding]:
        """All findings, or those of one rule."""
        self.con.execute("CREATE OR REPLACE TEMP TABLE asked AS SELECT o FROM done WHERE $rule IS NULL OR rule = $rule", {"rule": rule})
        return [*self._made().values()]

    def first(self, most: Mapping[Outcome, int]) -> tuple[list[Finding], dict[Kind, tuple[int, list[Finding]]]]:
        """Of the outcomes in ``most``, the first so many findings of each kind, and how many there are of it; before them, all others.

        First is what comes first by municipality, case and period; what comes level with the last of them is taken too.
        """
        fill(self.con, "most_of", {"outcome": "VARCHAR", "most": "BIGINT"}, most.items())
        self.con.execute(f"SET VARIABLE most = {max(most.values(), default=1)}")
        run(self.con, "sample")
        made = self._made()
        drawn: dict[Kind, tuple[int, list[Finding]]] = {}
        for o, total, *kind in self.con.execute("SELECT o, total, rule, v, outcome, cure FROM drawn").fetchall():
            drawn.setdefault(Kind(*kind), (total, []))[1].append(made.pop(o))
        return [*made.values()], drawn

    def _made(self) -> dict[int, Finding]:
        """The findings of the obligations in ``asked``, by these."""
        if not self._ranked:
            run(self.con, "newest")
            self._ranked = True
        self._load_events()
        self._load_settling()
        self._load_readings()
        found = self.con.execute(statements("findings")[0])
        made = {}
        with kept_out():
            while rows := found.fetchmany(_ROWS):
                for row in rows:
                    made[row[0]] = self._finding(*row)
        return made

    def counts(self) -> Counter[tuple[str, Outcome]]:
        """Number of findings per rule and outcome."""
        counted = self.con.execute("SELECT rule, outcome, count(*) FROM done GROUP BY ALL").fetchall()
        return Counter({(rule, outcome): n for rule, outcome, n in counted})

    def weights(self, rules: Collection[str]) -> Counter[Weight]:
        """Number of findings of these rules by weight."""
        counted: Counter[Weight] = Counter()
        for (rule, weight), number in self.weights_by_rule().items():
            if rule in rules:
                counted[weight] += number
        return counted

    def weights_by_rule(self) -> Counter[tuple[str, Weight]]:
        """Number of findings by rule and weight."""
        counted: Counter[tuple[str, Weight]] = Counter()
        rows = self.con.execute(
            "SELECT d.rule, o.v, d.outcome, count(*) FROM done d JOIN ob o USING (o) GROUP BY ALL"
        ).fetchall()
        for rule, v, outcome, number in rows:
            law = self._law[rule, v]
            counted[rule, Weight(law.duty.binds, law.duty.commitment, law.severity, outcome)] += number
        return counted

    # -- reading the tables -----------------------------------------------------------------------------------------

    def _load_events(self) -> None:
        """The events that the findings show, what would settle them among these."""
        self.con.execute(
            """CREATE OR REPLACE TEMP TABLE open_question AS SELECT DISTINCT d.o, s.reason, s.n, s.b, list_sort(s.fields) AS fields
            FROM (SELECT o, unnest(readings).o AS other FROM done SEMI JOIN asked USING (o) WHERE outcome = 'undetermined') d JOIN settling s ON s.o = d.other"""
        )
        rows = self.con.execute(
            """SELECT e.n, e.id, e.place, e.time, e.type FROM recorded e SEMI JOIN (
                SELECT o.n FROM asked JOIN ob o USING (o) UNION ALL SELECT unnest(v.evidence) FROM asked a JOIN verdict v ON v.o = a.o AND v.bound = 0
                UNION ALL SELECT n FROM open_question
            ) x ON x.n = e.n"""
        ).fetchall()
        self._events = {n: Evidence(id_, place, time, type_) for n, id_, place, time, type_ in rows}

    def _load_settling(self) -> None:
        collected: dict[int, set[Settling]] = defaultdict(set)
        rows = self.con.execute("SELECT q.o, q.reason, q.n, b.id, b.place, q.fields FROM open_question q LEFT JOIN blur b USING (b)").fetchall()
        for o, reason, n, id_, place, fields in rows:
            if n is not None:
                id_, place = self._events[n].event, self._events[n].place
            collected[o].add(Settling(reason, id_, place, tuple(fields or ())))
        self._settling = {
            o: tuple(sorted(items, key=lambda s: (s.reason, s.event or "", s.place or "", s.fields)))
            for o, items in collected.items()
        }

    def _load_readings(self) -> None:
        """Of duties with several readings: (reading, mask, due) by the obligation shown."""
        collected: dict[int, list[tuple[int, int, dt.date | None, int | None]]] = defaultdict(list)
        rows = self.con.execute(
            """SELECT d.o, d.r.reading, d.r.mask, u.due_day, u.due_lo FROM (
                SELECT a.o, unnest(d.readings) AS r FROM asked a JOIN done d USING (o) JOIN ob o USING (o) JOIN form f USING (form) WHERE f.readings > 1
            ) d LEFT JOIN due u ON u.o = d.r.o AND u.bound = 0"""
        ).fetchall()
        for o, reading, mask, day, lo in rows:
            collected[o].append((reading, mask, day, lo))
        self._readings = collected

    # -- one finding -------------------------------------------------------------------------------------------------

    def _finding(
        self, o: int, form: int, v: int, n: int | None, municipality: str, case: str | None, period: str | None, outcome: Outcome, mask: int,
        reasons: str | None, instead: str | None, due: str | None, due_lo: int | None, act_by: str | None, anchor: str | None, anchor_lo: int | None,
        evidence: list[int] | None, range_lo: int | None, range_hi: int | None, qualifier: str | None, known: dict[str, Any] | None,
    ) -> Finding:  # fmt: skip
        """One row of ``findings.sql``. A large report makes hundreds of thousands, so that what they share is made once, and fields are given in
        their order, in a fifth of the time that names take.
        """
        of = self.plan.forms[form]
        law = self._law[of.rule, v]
        detail = None if known is None else _Detail(**known)
        if due_lo is not None:
            due = self._instant(due_lo)
        if anchor_lo is not None:
            anchor = self._instant(anchor_lo)
        late_by = progress = None
        if detail is not None:
            if detail.closes is not None:
                act_by = self._extend_by(detail.closes)
            if outcome == "late":
                late_by = self._late_by(of, detail)
            progress = self._progress(of, detail, evidence)
        curable, cure = (None, None) if outcome in _UNCURED else self._cure(of, v, outcome, detail, municipality)
        due_range = None
        if range_lo is not None and range_hi is not None:
            due_range = (self._day(range_lo), self._day(range_hi))
        applies = outcome != "not_applicable"
        events = self._events
        return Finding._make((
            finding_id(of.rule, municipality, case or period, qualifier), of.rule, municipality, case, period,
            outcome, _codes(reasons) if reasons else (), possible(mask), self._settling.get(o, ()),
            *law.stands,
            curable, cure,
            events.get(n) if n is not None else None, anchor, due, act_by, due_range, due_range is not None,
            self._readings_of(of, o, outcome, due, law.duty) if law.duty.readings else (),
            tuple([events[e] for e in evidence]) if evidence and applies else (), late_by,
            *law.owed,
            None if applies else instead, progress, None, law.duty.binds, (), None,
        ))  # fmt: skip

    def _day(self, instant: int) -> str:
        return dt.datetime.fromtimestamp(instant // 1_000_000, self.zone).date().isoformat()

    def _readings_of(self, of: Form, o: int, outcome: Outcome, due: str | None, duty: Duty) -> tuple[Reading, ...]:
        if len(duty.readings) == 1:
            only = duty.readings[0]
            return (Reading(only.name, due, outcome, only.source),)
        found = {reading: (judged, day, lo) for reading, judged, day, lo in self._readings.get(o, [])}
        readings = []
        for i, reading in enumerate(duty.readings):
            if i not in found:
                readings.append(Reading(reading.name, None, "not_applicable", reading.source))
                continue
            judged, day, lo = found[i]
            due_day = day.isoformat() if day is not None else None
            if self._forms[of.rule, i].hours and lo is not None:
                due_day = self._instant(lo)
            named: Outcome = outcome if outcome == "not_applicable" else outcome_of(judged)
            readings.append(Reading(reading.name, due_day, named, reading.source))
        return tuple(readings)

    def _extend_by(self, closes: int) -> str | None:
        """The last working day on which a closing date planned too early can still be moved (§3.8)."""
        day = last_working_day(dt.date.fromisoformat(self._day(closes)), self.calendar)
        return day.isoformat() if day else None

    def _progress(self, of: Form, detail: _Detail, evidence: list[int] | None) -> tuple[int, int] | None:
        if of.shape != "count" or detail.threshold is None:
            return None
        return len(evidence or ()), detail.threshold

    def _late_by(self, of: Form, detail: _Detail) -> tuple[float, str] | None:
        day, lo = detail.met_day, detail.met_lo
        if detail.due_day is None or detail.due_hi is None or day is None or lo is None:
            return None
        if of.hours:
            return round((lo - detail.due_hi) / HOUR, 2), "hour"
        spec = self.plan.periods[detail.period] if detail.period is not None else None
        if isinstance(spec, Period) and spec.unit == "working-day":
            # Outside the calendar nobody can say which days were worked.
            counted = working_days_between(detail.due_day, day, self.calendar)
            return None if counted is None else (counted, "working-day")
        return (day - detail.due_day).days, "day"

    def _cure(
        self, of: Form, v: int, outcome: Outcome, detail: _Detail | None, municipality: str
    ) -> tuple[bool | None, dict[str, Any] | None]:
        """What can still be done, and how (§4.7-4.12, 3.8)."""
        shape, backward = of.shape, of.direction != "forward"
        if outcome == "pending":
            if detail is None or shape != "duration" or detail.due_day is None:
                return None, None
            return True, {"kind": "extend", "to": detail.due_day.isoformat()}
        if outcome == "late" and not (shape == "event" and of.direction == "backward"):
            return False, None
        if shape == "standing" or (shape == "event" and not backward):
            return True, {"kind": "do"}
        if detail is None:
            return False, None
        as_of = self.prepared.moments_of(municipality).as_of
        if shape == "event":
            if (
                detail.aday is not None
                and detail.aday > as_of.day
                and (earliest := self._earliest(of.rule, v, detail, as_of)) is not None
            ):
                # A date is given up only before it comes (§4.4).
                by = detail.aday - dt.timedelta(days=1)
                return True, {"kind": "move", "earliest": earliest.isoformat(), "by": by.isoformat()}
            return False, None
        if shape == "calendar":
            assert detail.next_due is not None
            if as_of.day > detail.next_due:
                return False, None
            # A document that says which period it is about may come however late (§7.10).
            until = {} if detail.next_due == FAR else {"by": detail.next_due.isoformat()}
            return True, {"kind": "do", **until}
        return False, None

    def _earliest(self, rule: str, v: int, detail: _Detail, as_of: Moment) -> dt.date | None:
        """The earliest lawful date to move to, acting by as-of, under every reading and calendar (§4.8)."""
        dates = []
        for reading in detail.readings:
            period = self._terms[self._forms[rule, reading].form, v]
            spec = self.plan.periods[period] if period is not None else None
            if isinstance(spec, Hours):
                dates.append(self._after_hours(as_of.hi, spec.n))
            elif isinstance(spec, Period):
                dates.append(earliest_anchor(as_of.day, spec, self.calendar))
        known = [d for d in dates if d is not None]
        return max(known) if known and len(known) == len(dates) else None

    def _after_hours(self, instant: int, hours: int) -> dt.date | None:
        """The first day on which no hour is less than so many after the instant: a date to move to says no hour."""
        try:
            reached = dt.datetime.fromtimestamp((instant + hours * HOUR) // 1_000_000, self.zone)
            return reached.date() + dt.timedelta(days=reached.time() > dt.time.min)
        except (ValueError, OverflowError):
            return None


def _law(duty: Duty, version: Version) -> _Law:
    severity = _severity(duty, version)
    presumption = version.presumption.text if version.presumption else None
    first = version.from_.isoformat() if version.from_ else None
    last = version.to.isoformat() if version.to else None
    basis = duty.legal_basis
    return _Law(
        duty,
        severity,
        stands=(severity, version.confidence, presumption, version.instrument, first, last),
        owed=(duty.bearer, version.provision or basis.provision, basis.url, duty.commitment),
    )


def _severity(duty: Duty, version: Version) -> str:
    """§4.17: an unverified version without a presumption or an office's confirmation yields advisory findings only."""
    return duty.severity if version.firm else "advisory"


@cache
def _codes(listed: str) -> tuple[str, ...]:
    """The codes of a list, each of which is one word."""
    return tuple(listed.split())


@cache
def possible(mask: int) -> tuple[Outcome, ...]:
    """The outcomes of a mask, in their order."""
    return tuple(_NAMES[bit] for bit in _BITS_IN_ORDER if mask & bit)
