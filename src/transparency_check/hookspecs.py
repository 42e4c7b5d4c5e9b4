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
# Grows when something that a plugin gives or is given changes its meaning. A plugin may say in
# ``hooks_version`` which one it was made for.
HOOKS_VERSION = 1

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@runtime_checkable
class PythonRule(Protocol):
    """A duty that data cannot express.

    ``id`` is written like those of packs (``XX-MTG-901``: country, area, number) and names no other rule or
    duty; ``title`` is its English name. A rule may further say, each as an attribute: ``severity``
    (``violation``, or ``advisory``, the default), ``legal_basis`` (mapping with ``instrument``,
    ``provision``, ``quote``, ``url``), ``confidence`` (``verified``, ``secondary``, or ``unverified``, the
    default, which makes its findings advisory), ``presumption``, ``bearer``, ``help`` (texts) and
    ``commitment`` (flag).
    """

    id: str
    title: str

    def judge(self, events: Sequence[Mapping[str, Any]], as_of: str) -> Iterable[Mapping[str, Any]]:
        """Judge one whole case.

        ``events`` are all events of one municipality and case that are known and have happened, in order of
        time: records as ``events.py`` describes them, with inherited values and defaults in ``a``, and the
        names of what could not be read, or was inherited as such, in ``bad``. They cannot be changed.
        ``as_of`` is a date or an instant with offset.

        Each mapping that is given back is one obligation: ``outcome``, and where they apply ``reasons``
        (codes; ``undetermined`` needs them), ``due`` (date or instant), ``trigger`` (id of an event of the
        case; no two verdicts of a case name the same one), ``fulfilment`` (ids of events), ``message``,
        ``curable`` (flag). Where a record that cannot be read may belong to the case, a verdict that
        something is not done becomes ``undetermined``, unless it says ``proven: True``: that it rests on
        these events whatever others there are. An exception, or a mapping of another shape, is reported as a
        failure of this rule for this case; the rest is judged.
        """


@runtime_checkable
class Reporter(Protocol):
    """An output format. ``name`` is what ``--format`` takes; ``suffixes`` (``(".html",)``) choose it by
    the name of the output. One that writes bytes to ``stream.buffer`` says ``binary = True``.
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
