"""The documents' own examples: the commands of their console blocks, and their tables as a register that
somebody filled in.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from click.testing import CliRunner

from transparency_check.cli import application

Table = list[list[str]]
Step = Table | tuple[str, list[str]]
_BLOCKS = re.compile(r"^```console\n(.*?)^```|((?:^\|[^\n]*\n)+)", re.DOTALL | re.MULTILINE)


def squeezed(text: str) -> str:
    return "".join(text.split())


def steps(page: str) -> Iterator[Step]:
    """In the order of a page: its tables, and its commands with the lines that they show."""
    for console, table in _BLOCKS.findall(page):
        if table:
            cells = [[c.strip() for c in line[1:-1].split("|")] for line in table.splitlines()]
            yield [line for line in cells if not set("".join(line)) <= {"-"}]
        for block in filter(None, re.split(r"^\$ ", console, flags=re.MULTILINE)):
            command, *shown = block.replace("\\\n", " ").splitlines()
            yield command, shown


def commands(page: str) -> Iterator[tuple[str, list[str]]]:
    """Those of a page, with the lines that they show."""
    return (step for step in steps(page) if isinstance(step, tuple))


def run(page: str, tabled: Callable[[Table], None], leaving_out: tuple[str, ...] = ()) -> list[str]:
    """Run the commands of a page where the process stands, but for some commands and programs, and hand its
    tables over; what the commands wrote.

    A line that a page shows stands in the output, after the line before it; three dots stand for what is left
    out, in a line or alone in one.
    """
    outputs = []
    for step in steps(page):
        if isinstance(step, list):
            tabled(step)
            continue
        command, shown = step
        program, *arguments = shlex.split(command)
        if program in leaving_out or arguments[0] in leaving_out:
            continue
        assert program == "transparency-check", command
        result = CliRunner().invoke(application, arguments)
        assert result.exit_code in (0, 1), f"{command}\n{result.output}"
        rest = squeezed(result.output)
        for line in shown:
            for part in filter(None, squeezed(line).split("...")):
                _, found, rest = rest.partition(part)
                assert found, f"{command}: {line}\n{result.output}"
        outputs.append(result.output)
    return outputs


def write_register(table: Table, file: Path, sheet_name: str) -> None:
    """A workbook of a table of a page; days stand in it as true dates."""
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet(sheet_name)
        for number, line in enumerate(table):
            for column, cell in enumerate(line):
                sheet.write(number, column, _value(cell))


def _value(cell: str) -> str | dt.datetime:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", cell, re.ASCII):
        return dt.datetime.fromisoformat(cell)
    return cell
