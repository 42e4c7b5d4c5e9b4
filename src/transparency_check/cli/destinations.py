"""In which formats a run is told, and where each of them goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..messages import text
from ..reports.choosing import by_ending, named
from .outlet import STANDARD, same_file

if TYPE_CHECKING:
    from ..hookspecs import Reporter


class Destination(NamedTuple):
    """A format with the file that it goes to; None is standard output."""

    reporter: Reporter
    output: str | None


def destinations(
    formats: Sequence[str], output: str | None, reporters: Sequence[Reporter]
) -> tuple[Destination, ...]:
    """Where the formats go: ``NAME=FILE`` to its file, ``NAME`` to ``output`` or standard output.

    An output that no format was named for is written as its name says; without any format and output it is
    the table. Raises ``UsageError`` for an unknown name, and for two that would go to one place.
    """
    found = []
    plain = []
    for given in formats:
        name, file = _parted(given, reporters)
        if file is None:
            plain.append(named(name, reporters))
        else:
            found.append(Destination(named(name, reporters), None if file == STANDARD else file))
    place = None if output == STANDARD else output
    found += [Destination(reporter, place) for reporter in plain]
    if not plain and (output is not None or not found):
        found.append(Destination(by_ending(output, reporters), place))
    _refuse_one_place(found)
    return tuple(found)


def _parted(given: str, reporters: Sequence[Reporter]) -> tuple[str, str | None]:
    """The name of a format and the file that stands behind it, if one does."""
    name, mark, file = given.partition("=")
    # A plugin may have a name with the mark in it.
    if not mark or any(reporter.name == given for reporter in reporters):
        return given, None
    if not file:
        raise UsageError(text("error.format.file", name=name))
    return name, file


def _refuse_one_place(found: Sequence[Destination]) -> None:
    for n, later in enumerate(found):
        for earlier in found[:n]:
            if earlier.output is None or later.output is None:
                one = earlier.output is later.output
            else:
                one = same_file(Path(earlier.output).resolve(), Path(later.output).resolve())
            if one:
                place = later.output or text("place.standard_output")
                first, second = earlier.reporter.name, later.reporter.name
                raise UsageError(text("error.format.place", place=place, first=first, second=second))
