"""One part of a log judged: the same evaluation as of a whole log, and of what it found that which the part
answers for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import duckdb

from ..database import fill
from ..engine import Judgement, Moments, Prepared
from ..engine.evaluate import Engine
from ..engine.findings import Findings, in_report
from ..engine.late_recording import late_recordings
from ..engine.moments import Elsewhere
from ..engine.paging import Paged
from ..model import Problem
from .placing import Routes
from .rows import Job, Judged, pages


def judge_part(
    part: int, records: Iterable[bytes], job: Job, routes: Routes, elsewhere: Elsewhere
) -> Iterator[Judged | bytes]:
    """What a part comes to, then its findings in the order of a report, in packed pages: for the same records
    the same, in whichever order they come.
    """
    whose = routes.wide(part)
    rulebook = job.rulebook
    if whose is not None or routes.narrow(part):
        rulebook = routes.duties.by_case if whose is None else routes.duties.wide
    moments = Moments(job.as_of, job.known_at, job.until)
    prepared = Prepared(
        sorted(job.instead.get(record, record) for record in records),
        rulebook,
        moments,
        memory=job.memory,
        elsewhere=elsewhere,
        cores=1,
    )
    own = _Own(part, routes, whose)
    engine = Engine(prepared)
    judged = Judged()
    findings = own.only_findings(engine)
    _tell(judged, findings, prepared, own)
    if job.most is not None:
        judged.first = findings.first(job.most)
    yield judged
    if job.most is None:
        rules = frozenset(rule for rule, _ in judged.counts)
        yield from pages(Paged([findings], rules, sorted(judged.late, key=in_report)))


class _Own:
    """What a part answers for: events and cases that are its own, and of a split municipality the duties of
    this part.
    """

    def __init__(self, part: int, routes: Routes, wide: str | None) -> None:
        self._part, self._routes, self._wide = part, routes, wide

    def event(self, municipality: str, case: str | None) -> bool:
        """Whether it answers for the events of a case."""
        return self._routes.owner(municipality, case) == self._part

    def obligation(self, municipality: str, case: str | None) -> bool:
        """Whether it answers for the obligations of a case."""
        return municipality == self._wide if self._wide is not None else self.event(municipality, case)

    def municipality(self, name: str) -> bool:
        """Whether it answers for what is to be said of a municipality once."""
        return name == self._wide if name in self._routes.split else self.event(name, None)

    def some_of(self, name: str) -> bool:
        """Whether some events of a municipality are its own."""
        return self._part in self._routes.of_municipalities([name])

    def only_findings(self, engine: Engine) -> Findings:
        """Leave nothing in the tables of what was found that others answer for."""
        con = engine.con
        others = [
            (municipality, cas)
            for municipality, cas, case in con.execute(
                "SELECT DISTINCT o.municipality, o.cas, k.name FROM ob o LEFT JOIN case_name k USING (cas)"
            ).fetchall()
            if not self.obligation(municipality, case)
        ]
        if others:
            fill(con, "of_others", {"municipality": "VARCHAR", "cas": "BIGINT"}, others)
            con.execute(
                """DELETE FROM done WHERE o IN (
                    SELECT o.o FROM ob o
                    JOIN of_others x ON x.municipality = o.municipality AND x.cas IS NOT DISTINCT FROM o.cas
                )"""
            )
        return Findings(engine)


def _tell(judged: Judged, findings: Findings, prepared: Prepared, own: _Own) -> None:
    con = prepared.con
    judged.counts = findings.counts()
    judged.weights = findings.weights_by_rule()
    versions = con.execute("SELECT DISTINCT d.rule, o.v FROM done d JOIN ob o USING (o)").fetchall()
    judged.versions = set(versions)
    judged.obligations = _obligations(con, own)
    judged.late = [f for f in late_recordings(prepared) if own.event(f.municipality, f.case)]
    for name, case, number in con.execute(
        "SELECT e.municipality, k.name, count(*) FROM event e LEFT JOIN case_name k USING (cas) GROUP BY ALL"
    ).fetchall():
        judged.events += number if own.event(name, case) else 0
    whole = Judgement(prepared, ())
    judged.assumed = {name: day for name, day in whole.assumed_coverage.items() if own.municipality(name)}
    judged.municipalities = {name for name in whole.municipalities() if own.municipality(name)}
    judged.files = {name: files for name, files in whole.files().items() if own.some_of(name)}
    judged.problems = _problems(con, whole, own)


def _obligations(con: duckdb.DuckDBPyConnection, own: _Own) -> Counter[str]:
    counted: Counter[str] = Counter()
    for rule, name, case, number in con.execute(
        """SELECT o.rule, o.municipality, k.name, count(*)
        FROM ob o LEFT JOIN case_name k USING (cas) GROUP BY ALL"""
    ).fetchall():
        if own.obligation(name, case):
            counted[rule] += number
    return counted


def _problems(con: duckdb.DuckDBPyConnection, whole: Judgement, own: _Own) -> list[Problem]:
    """Of the records that contradict each other, those that the part answers for."""
    places = {
        place
        for place, name, case in con.execute(
            "SELECT place, municipality, cas FROM blur WHERE reason = 'conflicting_records'"
        ).fetchall()
        if own.event(name, case)
    }
    return [problem for problem in whole.problems if problem.place in places]
