"""Which mapping a log is read by: the one that the command names, else that of the configuration for its
path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..configuration.paths import matches
from ..errors import ConfigurationError, UsageError
from ..harmless import plain

if TYPE_CHECKING:
    from ..configuration.read import OfficeFile
    from ..events import Normaliser
    from ..model import MappingUse, Problem
    from ..packs.model import Vocabulary
    from ..readers.base import Input, Reader
    from .apply import Applied, Given
    from .read import MappingFile

# Its events are those of the vocabulary.
_REGISTER = "register"


class Mappings:
    """The mappings of a run. ``by_path`` are patterns, relative to ``folder``; of several that a log matches
    the last one counts.
    """

    def __init__(
        self, named: MappingFile | None, by_path: list[tuple[str, MappingFile]], folder: Path | None
    ) -> None:
        self._named, self._by_path, self._folder = named, by_path, folder
        self._applied: dict[str, Applied] = {}

    def bind(
        self,
        normaliser: Normaliser,
        vocabulary: Vocabulary,
        zone: ZoneInfo,
        watch: Callable[[Given], None] | None = None,
    ) -> Mappings:
        """Have all of them refer to a vocabulary, and begin anew. Raises ``ConfigurationError``."""
        from .apply import Applied
        from .bind import bind

        self._applied = {
            file.name: Applied(bind(file, normaliser, vocabulary, zone), watch) for file in self.files()
        }
        return self

    def files(self) -> list[MappingFile]:
        """All files that logs may be read by."""
        if self._named is not None:
            return [self._named]
        return list({file.name: file for _, file in self._by_path}.values())

    def of(self, name: str) -> MappingFile | None:
        """The mapping of a log, by the name that reports give it."""
        if self._named is not None or self._folder is None:
            return self._named
        folder = self._folder
        return next((f for pattern, f in reversed(self._by_path) if matches(pattern, name, folder)), None)

    def begun(self, source: Input, reader: Reader) -> Applied | None:
        """The mapping of an input, which its reader now looks for; None where it is read as it stands."""
        file = None if reader.name == _REGISTER else self.of(source.name)
        if file is None:
            return None
        applied = self._applied[file.name]
        applied.begin(source)
        return applied

    def unseen(self) -> Iterator[Problem]:
        """Columns that mappings name and no log has."""
        for applied in self._applied.values():
            yield from applied.unseen()

    def uses(self) -> tuple[MappingUse, ...]:
        """What became of the rows that were read by each."""
        return tuple(applied.use() for _, applied in sorted(self._applied.items()))


def mappings_of(named: MappingFile | None, office: OfficeFile | None) -> Mappings | None:
    """The mappings of a run: the one that the command names for all logs, else those of the configuration.
    None where there is none.

    Raises ``ConfigurationError`` for a file of the configuration that is not there or is no mapping.
    """
    if named is not None:
        return Mappings(named, [], None)
    if office is None or not office.content.mappings:
        return None
    from .read import read_file

    by_path = []
    read: dict[str, MappingFile] = {}
    for pattern, file in office.content.mappings.items():
        path = office.folder / file
        name = _relative(path)
        try:
            if name not in read:
                read[name] = read_file(path, name)
        except UsageError as error:
            raise ConfigurationError(plain(f"{office.place('mappings', pattern)}: {error}")) from None
        by_path.append((pattern, read[name]))
    return Mappings(None, by_path, office.folder)


def files_named(office: OfficeFile) -> tuple[Path, ...]:
    """The files that a configuration names, whether they are there or not."""
    return tuple(office.folder / file for file in dict.fromkeys(office.content.mappings.values()))


def _relative(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        # On another drive.
        return path.as_posix()
