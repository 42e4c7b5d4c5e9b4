"""From arguments of Python to what an inquiry holds. What cannot hold raises ``UsageError``."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar, get_args

from ..errors import UsageError
from ..messages import language as languages
from ..messages import text
from ..model import FailOn
from ..readers.inputs import STANDARD_INPUT

if TYPE_CHECKING:
    from ..baseline.file import BaselineFile
    from ..configuration.read import OfficeFile
    from ..mapping.read import MappingFile
    from ..waivers.file import WaiverFile

_T = TypeVar("_T")
PathText: TypeAlias = str | os.PathLike[str]
# One, or several of them.
Several: TypeAlias = _T | Iterable[_T]


def logs(given: Several[PathText]) -> tuple[str, ...]:
    """The paths of logs."""
    found = []
    for path in _several(given):
        if not isinstance(path, str | os.PathLike):
            raise UsageError(text("error.given.log", kind=type(path).__name__))
        found.append(str(os.fspath(path)))
    if STANDARD_INPUT in found:
        raise UsageError(text("error.given.standard_input"))
    return tuple(found)


def records(given: Iterable[Mapping[str, object]] | None) -> bytes | None:
    """Records as the lines of a log."""
    if given is None:
        return None
    from ..readers.given import json_lines

    if isinstance(given, Mapping | str) or not isinstance(given, Iterable):
        raise UsageError(text("error.given.records", kind=type(given).__name__))
    return json_lines(given)


def packs(given: Several[PathText]) -> tuple[str, ...]:
    """The names of packs, and their folders as they are told from names."""
    found = []
    for pack in _several(given):
        if isinstance(pack, str):
            found.append(pack)
        elif isinstance(pack, os.PathLike):
            found.append(str(Path(pack).absolute()))
        else:
            raise UsageError(text("error.given.text", name="packs", kind=type(pack).__name__))
    return tuple(found)


def texts(name: str, given: Several[str]) -> tuple[str, ...]:
    """One text or several."""
    found = []
    for each in _several(given):
        if not isinstance(each, str):
            raise UsageError(text("error.given.text", name=name, kind=type(each).__name__))
        found.append(each)
    return tuple(found)


def moment(name: str, given: str | dt.date | None) -> str | None:
    """A moment as the command takes it."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, dt.datetime):
        if given.utcoffset() is None:
            raise UsageError(text("error.given.offset", name=name, given=given.isoformat()))
        return given.isoformat()
    if isinstance(given, dt.date):
        return given.isoformat()
    raise UsageError(text("error.given.time", name=name, kind=type(given).__name__))


def day(name: str, given: str | dt.date | None) -> str | None:
    """A day as the command takes it."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given.isoformat()
    raise UsageError(text("error.given.day", name=name, kind=type(given).__name__))


def fail_on(given: FailOn) -> FailOn:
    """What fails a run."""
    return _one_of("fail_on", given, get_args(FailOn))


def language(given: str | None, office: OfficeFile | None = None) -> str:
    """The tag of the language that is asked for, else that of the configuration, else English."""
    if given is not None:
        tag = languages.tag(given) if isinstance(given, str) else None
        return _one_of("language", given, languages.LANGUAGES) if tag is None else tag
    configured = None if office is None else office.content.language
    return languages.ENGLISH if configured is None else configured


def office(given: PathText | None) -> OfficeFile | None:
    """The configuration that is named."""
    if given is None:
        return None
    from ..configuration.read import office_file

    return office_file(_file("config", given), none=False)


def waivers(given: PathText | None) -> WaiverFile | None:
    """The waivers that are named."""
    from ..waivers.file import waiver_file

    return waiver_file(None, none=True) if given is None else waiver_file(_file("waivers", given), none=False)


def baseline(given: PathText | None, office: OfficeFile | None) -> BaselineFile | None:
    """The baseline that is named, here or in the configuration."""
    from ..baseline.found import baseline_file

    return baseline_file(None if given is None else _file("baseline", given), False, office)


def mapping(given: PathText | None) -> MappingFile | None:
    """The mapping that is named."""
    if given is None:
        return None
    from ..mapping.read import read_file

    return read_file(Path(_file("mapping", given)))


def plugins(given: bool | Iterable[object]) -> bool | tuple[object, ...]:
    """Whether installed plugins count, or the plugins in their place."""
    return given if isinstance(given, bool) else tuple(given)


def _several(given: object) -> tuple[object, ...]:
    """One thing, or all of an iterable."""
    if isinstance(given, str | bytes | os.PathLike | Mapping) or not isinstance(given, Iterable):
        return (given,)
    return tuple(given)


def _file(name: str, given: PathText) -> str:
    if isinstance(given, str | os.PathLike):
        return os.fspath(given)
    raise UsageError(text("error.given.file", name=name, kind=type(given).__name__))


def _one_of(name: str, given: _T, known: Iterable[_T]) -> _T:
    if given in tuple(known):
        return given
    raise UsageError(text("error.given.choice", name=name, names=", ".join(map(str, known)), given=given))
