"""What is fuzzed: every reader of the registry, the loader of packs, the YAML below it, and declarations
beside a log.

A target is a name and a function of bytes that raises only where a promise is broken. Its corpus is the
folder of its name in ``corpus``.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import duckdb

from bad_input.promises import read_bytes, read_declarations, read_pack, read_yaml_file
from transparency_check.packs import load
from transparency_check.plugins import load_registry
from transparency_check.readers import parquet_file, parquet_rows

from . import mutators

CORPUS = Path(__file__).parent / "corpus"


class Target(NamedTuple):
    """``run`` executes one input; ``mutate`` makes a new one of an old one, None for blind changes."""

    name: str
    run: Callable[[bytes], object]
    mutate: mutators.Mutator | None

    @property
    def corpus(self) -> Path:
        return CORPUS / self.name

    def inputs(self) -> list[Path]:
        """The files of its corpus."""
        return sorted(path for path in self.corpus.glob("*") if path.is_file())


def targets() -> list[Target]:
    """All targets, readers first."""
    readers = [
        Target(reader.name, partial(read_bytes, reader), mutators.BY_READER.get(reader.name))
        for reader in load_registry(plugins=False).readers
    ]
    return [
        *readers,
        Target("sidecar", _declarations(), mutators.yaml),
        Target("yaml", read_yaml_file, mutators.yaml),
        Target("pack", read_pack, mutators.pack_file),
    ]


def _declarations() -> Callable[[bytes], object]:
    @lru_cache(maxsize=1)
    def read() -> Callable[[bytes], object]:
        folder = Path(tempfile.mkdtemp(prefix="declarations-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return read_declarations(folder)

    return lambda data: read()(data)


def read_unchanged_once() -> None:
    """Remember how the files of the pack that are not changed are read: most of the time would go to them."""
    load.read_yaml = lru_cache(maxsize=16)(load.read_yaml)  # type: ignore[assignment]


def begin_the_database_once() -> None:
    """Give every Parquet file a connection to one database: to begin one takes longer than to read a file."""
    begin, kept = parquet_file.database, list[duckdb.DuckDBPyConnection]()

    def database() -> duckdb.DuckDBPyConnection:
        try:
            con = kept[0].cursor()
            # One that failed is of no more use.
            con.execute("SET parquet_metadata_cache = false")
        except (IndexError, duckdb.Error):
            kept[:] = [begin()]
            con = kept[0].cursor()
            con.execute("SET parquet_metadata_cache = false")
        return con

    parquet_file.database = database
    parquet_rows.database = database  # type: ignore[attr-defined]
