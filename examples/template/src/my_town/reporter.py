"""A reporter, for a format that nobody writes yet: a line for each outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

from transparency_check.hookspecs import hookimpl
from transparency_check.model import Report


class Tally:
    name, suffixes = "tally", (".tally",)

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Nothing reaches the output before all of it is written; never print."""
        for outcome, number in report.outcomes().items():
            stream.write(f"{outcome} {number}\n")


@hookimpl
def transparency_check_reporters() -> list[Tally]:
    return [Tally()]
