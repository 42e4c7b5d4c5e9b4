"""Every message of the catalogue of bad logs in full, as a text to read: ``python -m bad_input.told``
writes it anew (from the folder tests).
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bad_input.entry import FILES, Bad
from readers.small_pack import MUNICIPALITIES, VOCABULARY, ZONE
from transparency_check.logs import read_logs
from transparency_check.model import Problem

EXPECTED = Path(__file__).parent / "told.txt"
# Formats that no ending chooses.
AS_TOLD = {"sql": "sql"}
# Of an entry that is told thousands of problems of one kind.
_MOST = 3
# Libraries say what is wrong and where in words of their own, which change.
_OF_LIBRARIES = {"json_syntax", "json_stops", "file_unreadable", "sheet_too_large", "rows_unreadable",
    "xml_stops", "rows_end",
}  # fmt: skip


def told(entries: Iterable[Bad]) -> str:
    """Names of entries, each with its problems. Reads files in the working directory, which it writes."""
    lines: list[str] = []
    for entry in entries:
        path = entry.file or FILES[entry.reader]
        Path(path).write_bytes(entry.data)
        form = AS_TOLD.get(entry.reader)
        problems = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, input_format=form).problems
        lines.append(str(entry))
        lines += [f"    {p.severity} {p.place} {p.code}: {_message(p)}" for p in problems[:_MOST]]
        if len(problems) > _MOST:
            lines.append(f"    and {len(problems) - _MOST} more")
    return "\n".join(lines) + "\n"


def _message(problem: Problem) -> str:
    if problem.code not in _OF_LIBRARIES:
        return problem.message
    message = problem.message
    if problem.values.get("why"):
        message = message.replace(str(problem.values["why"]), "(words of a library)")
    return re.sub(r"character [0-9]+", "character (number)", message)


def main() -> None:
    from bad_input.test_bad_logs import CATALOGUE

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        EXPECTED.write_text(told(CATALOGUE), encoding="utf-8")


if __name__ == "__main__":
    main()
