"""Which file is the baseline of a run: the one that is named, else the one that the configuration names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigurationError, UsageError
from ..harmless import plain
from ..messages import text

if TYPE_CHECKING:
    from ..configuration.read import OfficeFile
    from .file import BaselineFile


def baseline_path(given: str | None, office: OfficeFile | None) -> str | None:
    """The path of the baseline as messages show it; None where nothing names one.

    What a configuration names stands where the configuration stands.
    """
    if given is not None or office is None or office.content.baseline is None:
        return given
    path = office.folder / office.content.baseline
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        # On another drive.
        return path.as_posix()


def baseline_file(given: str | None, none: bool, office: OfficeFile | None) -> BaselineFile | None:
    """The baseline that a run uses: of the file given, none at all, or of the one that the configuration
    names.

    Raises ``UsageError`` for a file that is not there, ``ConfigurationError`` for one that cannot be used.
    """
    if none and given is not None:
        raise UsageError(text("error.baseline.both"))
    path = None if none else baseline_path(given, office)
    if path is None:
        return None
    # Imported here: most runs have none, and its shape costs something to make.
    from .file import read_file

    try:
        return read_file(Path(path), path)
    except UsageError as error:
        if given is None and office is not None:
            raise ConfigurationError(plain(f"{office.place('baseline')}: {error}")) from None
        raise
