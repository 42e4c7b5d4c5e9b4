"""Annotations of GitHub: commands that its runner reads from what a step prints, and the summary of the step.

GitHub shows ten annotations of each level of a step, and of a summary 1 MiB; what is left out is said.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from ..errors import UsageError
from ..harmless import plain
from ..messages import system, text
from ..model import Report
from .markdown import markdown_page
from .options import ReportOptions
from .outline import OPEN, outline
from .remarks import Remark, remarks, summary

SUMMARY = "GITHUB_STEP_SUMMARY"
# Annotations of a level that are shown of one step, and bytes of its summary.
MOST = 10
ROOM = 1024 * 1024
# What a command ends or parts its values by.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class GithubReporter:
    """Errors, warnings and notices; where GitHub names a file for the summary of the step, that too."""

    name = "github"
    suffixes: tuple[str, ...] = (".github.txt",)
    most = OPEN

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the commands, and what they leave out. Raises ``UsageError`` where the summary of the step
        cannot be written.
        """
        given = ReportOptions.of(options)
        found = remarks(report, given)
        written = Counter[str]()
        for remark in found:
            written[remark.level] += 1
            if written[remark.level] <= MOST:
                stream.write(_command(remark) + "\n")
        stream.writelines(plain(line) + "\n" for line in summary(report, found, MOST))
        if file := os.environ.get(SUMMARY):
            _summarize(Path(file), markdown_page(outline(report, given)))


def _command(remark: Remark) -> str:
    values: dict[str, str] = {}
    if remark.spot is not None:
        values["file"] = remark.spot.path
        if remark.spot.line is not None:
            values["line"] = str(remark.spot.line)
    values["title"] = remark.title
    named = ",".join(f"{key}={plain(value).translate(_VALUE)}" for key, value in values.items())
    said = "\n".join(map(plain, remark.said)).translate(_DATA)
    return f"::{remark.level} {named}::{said}"


def _summarize(file: Path, page: str) -> None:
    """Append the page to the summary of the step, as much of it as there is room for."""
    try:
        room = ROOM - (file.stat().st_size if file.exists() else 0)
        with file.open("ab") as stream:
            stream.write(_within(page, room))
    except OSError as error:
        raise UsageError(text("error.output.write", path=str(file), reason=system.reason(error))) from None


def _within(page: str, room: int) -> bytes:
    """The lines of the page that fit, and a remark where some do not; nothing where not even that fits."""
    lines = [line.encode("utf-8", "backslashreplace") for line in page.splitlines(keepends=True)]
    if sum(map(len, lines)) <= room:
        return b"".join(lines)
    cut = f"\n{text('remark.cut')}\n".encode()
    left, kept = room - len(cut), []
    for line in lines:
        left -= len(line)
        if left < 0:
            break
        kept.append(line)
    return b"".join((*kept, cut)) if room >= len(cut) else b""
