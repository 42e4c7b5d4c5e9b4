"""A reader, for a format that nobody reads yet: cells between bars, the headers in the first line."""

from __future__ import annotations

from collections.abc import Iterator

from transparency_check.hookspecs import hookimpl
from transparency_check.model import Problem
from transparency_check.readers.base import Input, Row


class Pipes:
    name, suffixes = "pipes", (".pipes",)

    def read(self, source: Input) -> Iterator[Row | Problem]:
        """Bad content is a problem and a damaged row, and never raises: what it could decide stays open."""
        try:
            headers, *lines = source.read().decode("utf-8").rstrip("\n").split("\n")
        except UnicodeDecodeError as error:
            yield Problem("error", "pipes", source.name, f"this is not UTF-8: {error}.")
            yield Row(source.name, {}, damaged=True)
            return
        columns = headers.split("|")
        for number, line in enumerate(lines, start=2):
            place, cells = f"{source.name}:{number}", line.split("|")
            if len(cells) == len(columns):
                yield Row(place, dict(zip(columns, cells, strict=True)))
            else:
                yield Problem("error", "pipes", place, "there are not as many cells as headers.")
                yield Row(place, {}, damaged=True)


@hookimpl
def transparency_check_readers() -> list[Pipes]:
    return [Pipes()]
