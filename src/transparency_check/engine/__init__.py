"""The engine: a pure function from records and a rulebook to obligations.

``evaluate`` judges; the ``Judgement`` gives the findings, and the proof of any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from transparency_check.engine.evaluate import Engine
from transparency_check.engine.findings import Findings, in_report
from transparency_check.engine.late_recording import late_recordings
from transparency_check.engine.moments import Moments
from transparency_check.engine.paging import PAGE, Paged
from transparency_check.engine.prepared import Prepared
from transparency_check.engine.sample import Drawn, First, Sample, together
from transparency_check.model import Finding, Outcome, Problem, Revision
from transparency_check.packs.model import Rulebook
from transparency_check.side_by_side import short_turns
from transparency_check.times import Moment, instant_text
from transparency_check.watching import UNWATCHED, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transparency_check.explanation import Explanation
    from transparency_check.proving import CleanRows

_UTC = ZoneInfo("UTC")
T = TypeVar("T")
__all__ = ["PAGE", "Judgement", "Moments", "Prepared", "Sample", "evaluate", "in_report"]


class Judgement:
    """The result of an evaluation: law and log, and an engine for each part of the duties."""

    def __init__(self, prepared: Prepared, engines: Sequence[Engine], drawn: Drawn | None = None) -> None:
        """``drawn`` is what the engines gave already for a sample that will be asked for."""
        self.prepared = prepared
        self._engines = engines
        self._drawn = drawn

    @cached_property
    def events(self) -> int:
        """Number of events that have happened as of as-of and are known."""
        row = self.prepared.con.execute("SELECT count(*) FROM event").fetchone()
        return int(row[0]) if row else 0

    def events_of(self, municipality: str) -> int:
        """The same of one municipality."""
        row = self.prepared.con.execute("SELECT count(*) FROM event WHERE municipality = $of", {"of": municipality}).fetchone()
        return int(row[0]) if row else 0

    @cached_property
    def assumed_coverage(self) -> Mapping[str, str]:
        """Municipalities that declare no coverage, with the day from which their log is taken to be complete."""
        return {
            m: day.isoformat()
            for m, day in self.prepared.con.execute("SELECT * FROM assumed ORDER BY 1").fetchall()
        }

    @cached_property
    def problems(self) -> list[Problem]:
        """Records that contradict each other (semantics 2.6): one problem per record."""
        from transparency_check.messages.problems import problem

        rows = self.prepared.con.execute(
            """SELECT b.place, b.id, (SELECT list(c.place ORDER BY c.file, length(c.place), c.place) FROM blur c WHERE c.reason = b.reason AND c.id = b.id AND c.b <> b.b)
            FROM blur b WHERE b.reason = 'conflicting_records' ORDER BY b.b"""
        ).fetchall()
        return [
            problem("conflicting_records", place, id=id_, others=", ".join(others or []))
            for place, id_, others in rows
        ]

    def findings(self, all: bool = True) -> list[Finding]:
        """The findings, sorted; without the ``not_applicable`` ones unless ``all``."""
        found = [finding for part in self._of_each(Findings.all) for finding in part]
        found += late_recordings(self.prepared)
        return sorted((f for f in found if all or f.outcome != "not_applicable"), key=in_report)

    def sample(self, most: Mapping[Outcome, int]) -> Sample:
        """The first ``most`` findings of each kind, all of the outcomes that ``most`` does not have, and how many others there are.

        Findings are of one kind that have rule, version, outcome and whether they can be cured in common.
        """
        drawn = self._drawn
        firsts = drawn.firsts if drawn and drawn.most == most else self._of_each(lambda part: part.first(most))
        found, more = together(firsts, most)
        return Sample(sorted([*found, *late_recordings(self.prepared)], key=in_report), more)

    def _of_each(self, make: Callable[[Findings], T]) -> list[T]:
        """What is made of the findings of each part, side by side where there are several."""
        parts = [Findings(engine) for engine in self._engines]
        if len(parts) < 2:
            return [make(part) for part in parts]
        with short_turns(), ThreadPoolExecutor(len(parts)) as pool:
            return [*pool.map(make, parts)]

    def paged(self, rules: Iterable[str]) -> Paged:
        """The findings of these rules, sorted, made a page at a time whenever one goes through them."""
        chosen = frozenset(rules)
        late = sorted((f for f in late_recordings(self.prepared) if f.rule in chosen), key=in_report)
        return Paged([Findings(engine) for engine in self._engines], chosen, late)

    @property
    def size(self) -> int:
        """Number of findings of duties."""
        return sum(Findings(engine).counts().total() for engine in self._engines)

    def counts(self) -> dict[tuple[str, Outcome], int]:
        """Number of findings per rule and outcome, without making those of duties."""
        counted = Counter((f.rule, f.outcome) for f in late_recordings(self.prepared))
        for engine in self._engines:
            counted += Findings(engine).counts()
        return dict(counted)

    def obligations(self) -> Counter[str]:
        """Number of obligations per rule that were judged, each reading by itself."""
        query = "SELECT rule, count(*) FROM ob GROUP BY rule"
        counted: Counter[str] = Counter()
        for engine in self._engines:
            counted.update(dict(engine.con.execute(query).fetchall()))
        return counted

    def versions(self) -> set[tuple[str, int]]:
        """The rules that have findings, each with the indices of the versions that these stand under."""
        query = "SELECT DISTINCT d.rule, o.v FROM done d JOIN ob o USING (o)"
        return {row for engine in self._engines for row in engine.con.execute(query).fetchall()}

    def municipalities(self) -> list[str]:
        """The municipalities that have an event or a declaration of coverage, sorted."""
        rows = self.prepared.con.execute("SELECT DISTINCT municipality FROM universe ORDER BY 1").fetchall()
        return [name for (name,) in rows]

    def files(self) -> dict[str, set[str]]:
        """The logs that events of each municipality stand in, as reports name them."""
        found: dict[str, set[str]] = {}
        for municipality, file in self.prepared.con.execute("SELECT DISTINCT municipality, file FROM known").fetchall():
            found.setdefault(municipality, set()).add(file)
        return found

    def revisions(self, findings: Iterable[Finding]) -> dict[str, Revision]:
        """How often the log has said something of each finding, by its id: records of its case, or, where it has none, of the events that
        it shows. It only grows as a log does, so that nothing need be kept from one time to the next.
        """
        con = self.prepared.con
        cases = {
            (m, case): (n, at)
            for m, case, n, at in con.execute(
                'SELECT municipality, "case", count(*), max(rlo) FROM known GROUP BY ALL'
            ).fetchall()
        }
        firsts = dict(con.execute("SELECT municipality, min(rlo) FROM known GROUP BY ALL").fetchall())
        found = list(findings)
        shown = {
            f.id: [e.event for e in (f.trigger, *f.fulfilment) if e is not None]
            for f in found
            if f.case is None
        }
        events = dict(
            con.execute(
                "SELECT id, max(rlo) FROM known SEMI JOIN (SELECT unnest($ids::VARCHAR[]) AS id) USING (id) GROUP BY id",
                {"ids": sorted({id_ for ids in shown.values() for id_ in ids})},
            ).fetchall()
        )
        made = {}
        for finding in found:
            if finding.id in shown:
                moments = [events[id_] for id_ in shown[finding.id] if id_ in events]
                number, at = len(moments), max(moments, default=None)
            else:
                number, at = cases.get((finding.municipality, finding.case), (0, None))
            made[finding.id] = Revision(
                number, instant_text(at if at is not None else firsts.get(finding.municipality, 0), _UTC)
            )
        return made

    def explain(self, finding_id: str, rule: str | None = None) -> Explanation:
        """The proof of one finding; to know its ``rule`` saves making those of others. Raises ``KeyError`` for an id that no finding has."""
        from transparency_check.engine.explain import explain

        for engine in self._engines:
            for finding in Findings(engine).all(rule):
                if finding.id == finding_id:
                    return explain(engine, finding)
        for finding in late_recordings(self.prepared):
            if finding.id == finding_id:
                return explain(self._engines[0], finding)
        raise KeyError(finding_id)


def evaluate(
    records: Iterable[bytes],
    rulebook: Rulebook,
    as_of: Moment,
    known_at: Moment | None = None,
    until: Moment | None = None,
    clean: CleanRows | None = None,
    own_moments: Mapping[str, Moments] | None = None,
    watch: Watch = UNWATCHED,
    memory: int | None = None,
    keep: bool = False,
    most: Mapping[Outcome, int] | None = None,
) -> Judgement:
    """Judge a log.

    ``records`` are the JSON records of ``events.py``; ``as_of`` the moment judged at, ``known_at`` up to which records are believed
    (default: as-of), ``until`` the horizon to which calendar and count duties arise (default: as-of). ``clean`` are the other rows of
    a log that was read with ``prove_from``. ``own_moments`` are the municipalities that are judged at moments of their own. ``watch`` is told the
    stages. ``memory`` are the bytes that the database keeps there, where ``clean`` has not begun one.
    With ``keep``, proofs need not judge again. ``most`` is for which ``Judgement.sample`` will be asked: a part that has judged then need not
    wait for the others.
    """
    moments = Moments(as_of, known_at or as_of, until or as_of)
    prepared = Prepared(records, rulebook, moments, clean, own_moments, watch, memory)
    parts = prepared.parts()
    if len(parts) == 1:
        return Judgement(prepared, [Engine(prepared, keep=keep)])

    def judged(part: frozenset[str]) -> tuple[Engine, First | None]:
        engine = Engine(prepared, part, keep)
        if most is None:
            return engine, None
        with watch.stage("findings"):
            return engine, Findings(engine).first(most)

    with short_turns(), ThreadPoolExecutor(len(parts)) as pool:
        try:
            engines, firsts = zip(*pool.map(judged, parts), strict=True)
        except BaseException:
            # Nobody waits for the others any more.
            prepared.interrupt()
            raise
    return Judgement(prepared, engines, None if most is None else Drawn(most, firsts))
