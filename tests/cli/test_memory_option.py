"""--memory: what a size is, and what is said where it does not suffice."""

from __future__ import annotations

import duckdb
import pytest

from cli.conftest import Run
from transparency_check import database, engine

LOG = "samples/klina/log.jsonl"
NARROW = ("--as-of", "2026-11-20", "--select", "XK-FOI-001")


@pytest.mark.parametrize(
    ("size", "number"),
    [
        ("2GB", 2_000_000_000), ("800 MB", 800_000_000), ("1.5gb", 1_500_000_000), ("1GiB", 2**30),
        ("64MB", 64_000_000), ("64000 KB", 64_000_000), ("1TB", 10**12), ("65536KiB", 2**26),
        ("800 MiB", 800 * 2**20),
        ("1tib", 2**40), ("2", None), ("GB", None), ("-1GB", None), ("1e3MB", None), ("2 GB GB", None),
        ("١GB", None), ("1234567GB", None),
    ],
)  # fmt: skip
def test_sizes(size: str, number: int | None) -> None:
    assert database.bytes_of(size) == number


def test_the_database_is_told_and_the_report_stays_the_same(run: Run) -> None:
    (limit,) = database.begin(300_000_000).execute("SELECT current_setting('memory_limit')").fetchone() or (
        "",
    )
    assert limit == "286.1 MiB"
    whole = run("check", LOG, *NARROW, "--format", "json")
    assert run("check", LOG, *NARROW, "--format", "json", "--memory", "200MB").stdout == whole.stdout


@pytest.mark.parametrize("size", ["much", "1MB"])
def test_no_size(run: Run, size: str) -> None:
    result = run("check", LOG, *NARROW, "--memory", size)
    assert result.exit_code == 2
    assert f"--memory {size}: write a size of 64MB or more" in result.stderr


@pytest.mark.parametrize("error", [duckdb.OutOfMemoryException("full"), MemoryError()])
def test_memory_that_does_not_suffice(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def evaluate(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(engine, "evaluate", evaluate)
    result = run("check", LOG, *NARROW)
    assert result.exit_code == 2
    assert "Give --memory more" in result.stderr
