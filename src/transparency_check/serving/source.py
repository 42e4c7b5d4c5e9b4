"""Where the events come from: logs that are only read, or a register that is written to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..checking import logs_of
from ..errors import UsageError
from ..messages import text
from .portions import portions
from .watched import mark_of

if TYPE_CHECKING:
    from ..checking import Inquiry
    from ..configuration.lay import Laid
    from ..packs.model import Rulebook
    from ..plugins import Registry
    from .portions import Portions


class Source(Protocol):
    """What is judged. ``mark`` differs whenever the events may differ; ``logs`` is what an inquiry reads;
    ``shown`` is what pages call it; ``read`` gives all that an inquiry is about, ``read_on`` adds what has
    come since (None: all has to be read anew); ``head`` is the end of a register's chain as text, else None;
    ``latest`` is when its last record was entered.
    """

    @property
    def logs(self) -> tuple[str, ...]: ...

    @property
    def shown(self) -> str: ...

    @property
    def writable(self) -> bool: ...

    def mark(self) -> Hashable: ...

    def read(self, inquiry: Inquiry, laid: Laid, rulebook: Rulebook, registry: Registry) -> Portions: ...

    def read_on(self, kept: Portions, laid: Laid, rulebook: Rulebook) -> frozenset[str] | None: ...

    def head(self) -> str | None: ...

    def latest(self) -> dt.datetime | None: ...


class LogFiles:
    """Logs that are only read. A folder is told by the files in it."""

    writable = False

    def __init__(self, logs: Sequence[str]) -> None:
        self.logs = tuple(logs)
        self.shown = ", ".join(Path(log).name for log in logs)

    def mark(self) -> Hashable:
        """Size and time of change of every file; what is not there has neither."""
        return tuple(_marks(Path(log)) for log in self.logs)

    def read(self, inquiry: Inquiry, laid: Laid, rulebook: Rulebook, registry: Registry) -> Portions:
        """All of the logs."""
        return portions(logs_of(inquiry, laid, rulebook, registry))

    def read_on(self, kept: Portions, laid: Laid, rulebook: Rulebook) -> None:
        """Logs are files that anybody changes anywhere."""

    def head(self) -> None:
        """Logs have no chain."""

    def latest(self) -> None:
        """When their events were entered is for the events to say."""


def _marks(path: Path) -> tuple[tuple[str, tuple[int, ...]], ...]:
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path, *_beside(path)]
    return _marks_of(files)


def marks_beside(path: Path) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What changes when the sidecars of a file do."""
    return _marks_of(_beside(path))


def _marks_of(files: Iterable[Path]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((str(file), mark) for file in files if (mark := mark_of(file)))


def _beside(path: Path) -> list[Path]:
    """The sidecars that the log may have."""
    try:
        return sorted(path.parent.glob(f"{path.name.partition('.')[0]}*.meta.*"))
    except OSError:
        return []


def refuse_standard_input(logs: Sequence[str]) -> None:
    """Raise ``UsageError`` for what can be read only once."""
    if "-" in logs:
        raise UsageError(text("serve.error.stdin"))
