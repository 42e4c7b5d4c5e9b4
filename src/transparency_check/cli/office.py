"""The configuration of the office, and the language that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages import language

if TYPE_CHECKING:
    from ..configuration.read import OfficeFile


def office(config: str | None, no_config: bool) -> OfficeFile | None:
    """The configuration that a command uses (``office_file``). Its language is spoken from here on, unless an
    option or the environment has named one.
    """
    from ..configuration.read import office_file

    file = office_file(config, no_config)
    if file is not None and file.content.language is not None:
        language.prefer(file.content.language)
    return file
