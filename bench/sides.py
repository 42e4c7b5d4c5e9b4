"""Who is measured: this program, and the same four rules by other means. Each side is a command."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .planted import AS_OF, DUTIES

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).with_name("peers")
CALENDAR = ROOT / "rules" / "kosovo" / "calendar.csv"
COMPILED = ROOT / "build" / "bench" / "modules"
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
REFERENCE = "duckdb"
"""The side that all others are compared with."""
BOUNDED = "ours-bounded"
"""This program where memory is short: tried on logs that are large."""
INSTALL = "pip install -e '.[bench]'"


@dataclass(frozen=True)
class Side:
    """A side: ``formats`` it is written for, ``needs`` the modules it imports, ``parquet`` others; ``more``
    are options of this program.
    """

    key: str
    name: str
    formats: tuple[str, ...]
    needs: tuple[str, ...] = ()
    script: str | None = None
    report: str = "counts"
    more: tuple[str, ...] = ()
    parquet: tuple[str, ...] = ()

    def missing(self, form: str) -> list[str]:
        """Modules that it imports for a format and that are not installed."""
        needs = (*self.needs, *(self.parquet if form == "parquet" else ()))
        return [name for name in needs if importlib.util.find_spec(name) is None]

    def command(self, log: Path, output: Path, duties: Sequence[str] | None = DUTIES) -> list[str]:
        """How to judge a log; ``duties`` None means all that the pack has (this program only)."""
        if self.script is not None:
            chosen = [",".join(duties)] if duties not in (None, DUTIES) else []
            return [sys.executable, str(PEERS / self.script), str(log), str(CALENDAR), str(output), *chosen]
        selected = [word for duty in duties or () for word in ("--select", duty)]
        return [
            *OURS, "check", str(log), "--as-of", AS_OF, "--no-config", *selected,
            *self.more, "--format", self.report, "-o", str(output),
        ]  # fmt: skip


OURS = [sys.executable, "-m", "transparency_check"]
TEXT, ALL = ("jsonl", "csv"), ("jsonl", "csv", "parquet", "xlsx")
SIDES = (
    Side("duckdb", "DuckDB, SQL by hand", ("jsonl", "csv", "parquet"), ("duckdb",), "duckdb_sql.py"),
    Side("ours", "transparency-check", ALL),
    Side("ours-full", "transparency-check, all findings", ALL, report="jsonl"),
    Side(BOUNDED, "transparency-check, --memory 2GB", ("parquet",), more=("--memory", "2GB")),
    Side("polars", "Polars", ("jsonl", "csv", "parquet"), ("polars",), "polars_frames.py"),
    Side(
        "pydantic", "loop over pydantic models", ALL, ("pydantic",), "pydantic_loop.py", parquet=("pyarrow",)
    ),
    Side("rule-engine", "rule-engine", TEXT, ("rule_engine",), "rule_engine_expressions.py"),
    Side("clips", "CLIPS", TEXT, ("clips",), "clips_rules.py"),
    Side("pm4py", "pm4py", ("jsonl", "csv", "parquet"), ("pm4py",), "pm4py_filters.py", parquet=("pyarrow",)),
)
NAMES = {side.key: side.name for side in SIDES}
# Whose versions the page tells.
DISTRIBUTIONS = (
    "duckdb", "orjson", "pydantic", "polars", "pyarrow", "pandas", "pm4py", "rule-engine", "clipspy",
    "python-calamine",
)  # fmt: skip


def environment() -> Mapping[str, str]:
    """For every side the same: this tree's program, no output of progress, and modules that stay compiled, as
    they are where a side is installed.
    """
    own = {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore", "PYTHONPYCACHEPREFIX": str(COMPILED)}
    return {**{name: value for name, value in os.environ.items() if name != _UNCOMPILED}, **own}
