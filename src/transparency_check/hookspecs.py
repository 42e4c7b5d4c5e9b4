"""What a plugin can add: four hooks, the same that the built-in packs, readers and reporters use.

A plugin is a module (or object) with functions marked ``hookimpl``, named as an entry point of the group
``transparency_check``::

    from transparency_check.hookspecs import hookimpl

    @hookimpl
    def transparency_check_readers():
        return [MyReader()]

Every hook is called without arguments. ``plugins.py`` calls each plugin by itself, so that one that fails
costs only its own part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO, runtime_checkable

import pluggy

if TYPE_CHECKING:
    from .model import Report
    from .readers.base import Reader

PROJECT = "transparency_check"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@runtime_checkable
class PythonRule(Protocol):
    """A duty that data cannot express. ``id`` must not be the id of a duty in a pack; ``title`` is its
    English name.
    """

    id: str
    title: str

    def judge(self, events: Sequence[Mapping[str, Any]], as_of: str) -> Iterable[Mapping[str, Any]]:
        """Judge one whole case.

        ``events`` are all events of one municipality and case that are known and have happened, in order of
        time, as records of ``events.py`` with inherited values and defaults filled in. ``as_of`` is a date or
        an instant with offset.

        Each mapping that is given back is one obligation: ``key`` (text, unique in the case) and ``outcome``,
        and where they apply ``reasons`` (list), ``due`` (date or instant), ``trigger`` (id of an event),
        ``fulfilment`` (ids of events), ``message``. An exception, or a mapping of another shape, is reported
        as a failure of this rule for this case; the rest is judged.
        """


@runtime_checkable
class Reporter(Protocol):
    """An output format. ``name`` is what ``--format`` takes; ``suffixes`` (``(".html",)``) choose it by
    the name of the output.
    """

    name: str
    suffixes: tuple[str, ...]

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report. ``options`` are those of the command, by name (``language``, ``all``...);
        unknown ones are ignored.
        """


@hookspec
def transparency_check_packs() -> Iterable[Path]:
    """Folders that hold one pack each (``pack.yaml`` inside)."""
    return ()


@hookspec
def transparency_check_rules() -> Iterable[PythonRule]:
    """Rules written in Python."""
    return ()


@hookspec
def transparency_check_readers() -> Iterable[Reader]:
    """Readers of input formats (``readers.base.Reader``)."""
    return ()


@hookspec
def transparency_check_reporters() -> Iterable[Reporter]:
    """Writers of output formats."""
    return ()
