"""What the events of a part say about the whole, settled by the statements that settle a log that is judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .. import database
from ..engine import Moments
from ..engine.log import load_records
from ..engine.moments import set_moments
from ..engine.statements import run
from .rows import Facts, Job


def facts_of(records: Iterable[bytes], job: Job, files: Collection[str], cases: Collection[str]) -> Facts:
    """The facts of a part; of its files and cases, those that are asked for."""
    con = database.begin(job.memory, 1)
    con.execute("SET TimeZone = 'UTC'")
    set_moments(con, Moments(job.as_of, job.known_at, job.until), {})
    run(con, "macros")
    load_records(con, (job.instead.get(record, record) for record in records), job.rulebook)
    standing = con.execute(
        """WITH event AS (SELECT * FROM known SEMI JOIN ordered USING (r)), happened AS (
            SELECT municipality, file, "case" FROM event WHERE list_contains($files::VARCHAR[], file)
            UNION ALL
            SELECT e.municipality, v.file, e."case" FROM event e
            JOIN version_of v ON v.id = e.id JOIN latest l ON l.id = v.id AND l.content = v.content
            WHERE list_contains($files::VARCHAR[], v.file)
        )
        SELECT DISTINCT municipality, file, NULL::VARCHAR FROM happened
        UNION SELECT municipality, file, "case" FROM happened
            WHERE list_contains($cases::VARCHAR[], "case")""",
        {"files": sorted(files), "cases": sorted(cases)},
    ).fetchall()
    firsts = con.execute(
        "SELECT municipality, min(day) FROM known SEMI JOIN ordered USING (r) GROUP BY municipality"
    ).fetchall()
    con.close()
    return Facts(frozenset(standing), dict(firsts))


def together(parts: Sequence[Facts]) -> Facts:
    """The facts of all parts as one."""
    firsts = sorted((day, name) for part in parts for name, day in part.first_days.items())
    standing = frozenset(fact for part in parts for fact in part.standing)
    return Facts(standing, {name: day for day, name in reversed(firsts)})
