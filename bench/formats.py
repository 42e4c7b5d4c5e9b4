"""The planted log as a file: JSONL as it is made, the other formats out of that."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from .planted import COLUMNS, planted

SHEET_ROWS = 100_000


def truth_of(log: Path) -> Path:
    """Where the verdicts of a log stand: beside it, whatever its format."""
    return log.with_name(log.stem + ".truth.csv")


def write(count: int, seed: int, municipalities: list[str], outputs: list[Path]) -> None:
    """One log in every format asked for, by the endings. Raises ValueError for endings that are none."""
    for output in outputs:
        if output.suffix not in _WRITERS and output.suffix != ".jsonl":
            raise ValueError(
                f"{output}: no format ends in {output.suffix!r}; known are .jsonl {' '.join(_WRITERS)}"
            )
        if output.suffix == ".xlsx" and count > SHEET_ROWS:
            raise ValueError(f"{output}: a workbook takes {SHEET_ROWS} events here, not {count}")
        output.parent.mkdir(parents=True, exist_ok=True)
    kept = next((output for output in outputs if output.suffix == ".jsonl"), None)
    with tempfile.TemporaryDirectory(dir=outputs[0].parent) as folder:
        lines = kept or Path(folder) / "log.jsonl"
        truths = Path(folder) / "truth.csv"
        with (
            lines.open("w", encoding="utf-8", newline="") as log,
            truths.open("w", encoding="utf-8") as truth,
        ):
            truth.write("duty,outcome,case\n")
            for text, outcomes in planted(count, seed, municipalities):
                log.write(text)
                truth.writelines(f"{duty},{outcome},{case}\n" for duty, outcome, case in outcomes)
        for beside in {truth_of(output) for output in outputs}:
            beside.write_bytes(truths.read_bytes())
        for output in outputs:
            if output != lines:
                _WRITERS[output.suffix](lines, output)


def _rows(lines: Path) -> str:
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    return f"read_json('{lines}', format = 'newline_delimited', columns = {{{types}}})"


def _flat(lines: Path) -> str:
    """Rows with lists as text, as people write them in a cell."""
    cells = ", ".join(
        f'array_to_string("{name}", \'; \') AS "{name}"' if kind.endswith("[]") else f'"{name}"'
        for name, kind in COLUMNS.items()
    )
    return f"SELECT {cells} FROM {_rows(lines)}"


def _parquet(lines: Path, output: Path) -> None:
    duckdb.sql(f"COPY (SELECT * FROM {_rows(lines)}) TO '{output}' (FORMAT parquet, COMPRESSION zstd)")


def _csv(lines: Path, output: Path) -> None:
    duckdb.sql(f"COPY ({_flat(lines)}) TO '{output}' (FORMAT csv, HEADER)")


def _workbook(lines: Path, output: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(output), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("log")
        sheet.write_row(0, 0, list(COLUMNS))
        rows = duckdb.connect().execute(_flat(lines))
        number = 0
        while part := rows.fetchmany(10_000):
            for row in part:
                number += 1
                for column, value in enumerate(row):
                    if isinstance(value, bool):
                        sheet.write_boolean(number, column, value)
                    elif isinstance(value, int):
                        sheet.write_number(number, column, value)
                    elif value is not None:
                        sheet.write_string(number, column, value)


_WRITERS = {".csv": _csv, ".parquet": _parquet, ".xlsx": _workbook}
