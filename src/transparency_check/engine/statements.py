"""The statements of the folder ``sql``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import duckdb

_IF = re.compile(r" *-- \[if (\w+)\]")
_END = re.compile(r" *-- \[end\]")


def source(name: str) -> str:
    """The text of a file in ``engine/sql``."""
    return files("transparency_check.engine").joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def statements(name: str, having: frozenset[str] | None = None) -> list[str]:
    """The statements of a file in ``engine/sql``, comments left out.

    What stands between ``-- [if X]`` and ``-- [end]`` is left out where ``having`` lacks X: it would add nothing, and the
    database would plan it all the same.
    """
    # Of each part that is open, whether it is wanted; one may stand in another.
    wanted, lines = [True], []
    for line in source(name).splitlines():
        if begins := _IF.fullmatch(line):
            wanted.append(wanted[-1] and (having is None or begins[1] in having))
        elif _END.fullmatch(line):
            wanted.pop()
        elif wanted[-1] and not line.lstrip().startswith("--"):
            lines.append(line)
    return [s for s in (part.strip() for part in "\n".join(lines).split(";")) if s]


def run(con: duckdb.DuckDBPyConnection, name: str, having: frozenset[str] | None = None) -> None:
    """Run a file of ``engine/sql``, as far as it is about anything that the log and the duties have."""
    for statement in statements(name, having):
        con.execute(statement)
