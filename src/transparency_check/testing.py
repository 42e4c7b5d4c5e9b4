"""What tests of packs and plugins need: examples judged, findings compared, readers tried (docs/plugins.md).

What does not hold raises ``AssertionError`` with what was found instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .checking import load_packs
from .hookspecs import hookimpl
from .logs import isolated
from .model import Finding, Problem
from .plugins import Registry, load_registry
from .readers.base import Input, Reader, Row
from .readers.inputs import may_be_packed
from .trials.examples import run_all

_DESCRIBING = ("rule", "case", "municipality", "period")


class ReadRows(NamedTuple):
    """What a reader made of a file."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def values(self) -> list[dict[str, object]]:
        """The cells of the rows that are whole."""
        return [row.values for row in self.rows if not row.damaged]


def assert_examples_hold(pack: str | os.PathLike[str]) -> int:
    """Judge the examples of all duties of a pack, a folder or an installed one; gives how many there are.

    A pack without any does not hold. Raises ``ConfigurationError`` for one that cannot be used.
    """
    name = pack if isinstance(pack, str) else str(Path(pack).absolute())
    book = load_packs((name,), load_registry())
    own = book.packs[-1].id
    results = run_all([duty for duty in book.duties if book.pack_of.get(duty.id) == own], book)
    broken = [f"{r.rule}, {r.name!r}: {'; '.join(r.mismatches)}" for r in results if r.mismatches]
    if broken or not results:
        raise AssertionError("\n".join(broken) or f"the pack {own} has no examples")
    return len(results)


def assert_finding(
    findings: Iterable[Finding],
    *,
    rule: str | None = None,
    case: str | None = None,
    municipality: str | None = None,
    period: str | None = None,
    **expected: object,
) -> Finding:
    """The one finding of these (an ``Evaluation`` is one) that fits, with the values that are expected of it,
    by the names of its fields: ``outcome="late", due="2026-11-18"``.
    """
    described = dict(zip(_DESCRIBING, (rule, case, municipality, period), strict=True))
    wanted = {name: value for name, value in described.items() if value is not None}
    if unknown := sorted(set(expected) - set(Finding._fields)):
        raise AssertionError(f"a finding has no field {', '.join(unknown)}: {', '.join(Finding._fields)}")
    every = list(findings)
    fitting = [f for f in every if all(getattr(f, name) == value for name, value in wanted.items())]
    if len(fitting) != 1:
        there = "\n".join(_line(finding) for finding in fitting or every) or "none"
        raise AssertionError(f"{len(fitting)} findings fit {wanted}, not one; there are:\n{there}")
    (found,) = fitting
    for name, value in expected.items():
        if getattr(found, name) != value:
            raise AssertionError(f"{name} is {getattr(found, name)!r}, not {value!r}: {_line(found)}")
    return found


def rows_of(reader: Reader, path: str | os.PathLike[str]) -> ReadRows:
    """Let a reader read a file as the program does.

    What the program would tell as a failure of the reader does not hold: what it raises, gives of another
    shape, prints, or closes.
    """
    registry = Registry()
    registry.add("tested", lambda: _Tested(reader))
    if not registry.readers:
        raise AssertionError("; ".join(error.message for error in registry.errors))
    (guarded,) = registry.readers
    file = Path(path)
    with file.open("rb", buffering=0) as stream:
        source = Input(file.name, file, stream=stream, packed=may_be_packed(reader))
        items = list(isolated(source, guarded, guarded.read, registry))
        if registry.errors:
            raise AssertionError("; ".join(error.message for error in registry.errors))
        try:
            source.close()
        except ValueError:
            raise AssertionError(
                "the reader has closed the stream, which is needed for the digest"
            ) from None
    return ReadRows(
        tuple(item for item in items if isinstance(item, Row)),
        tuple(item for item in items if isinstance(item, Problem)),
    )


class _Tested:
    """A plugin with the one reader that is tried."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @hookimpl
    def transparency_check_readers(self) -> list[Reader]:
        return [self._reader]


def _line(finding: Finding) -> str:
    subject = finding.case or finding.period or ""
    said = f"{finding.rule} {finding.municipality} {subject}: {finding.outcome}, due {finding.due}"
    return f"{said}, {', '.join(finding.reasons)}" if finding.reasons else said
