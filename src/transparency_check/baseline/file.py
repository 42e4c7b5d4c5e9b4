"""Reading ``baseline.json``. What is wrong with one is told at once, each defect with its line: a baseline
that is understood in part would accept in part.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field, ValidationError

from ..configuration import places
from ..configuration.model import Said
from ..configuration.read import bytes_of
from ..errors import ConfigurationError
from ..harmless import plain
from ..messages import phrase, text
from ..model import BaselineEntry, PackDigest
from ..packs.model import Record
from ..packs.problems import set_of
from ..packs.shape_errors import shape_problems
from ..readers.strict_json import JsonFault, StrictJson
from . import SCHEMA
from .lines import lines_of

_MAX_BYTES = 100_000_000
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


def _day(value: str) -> str:
    try:
        if len(value) == 10:
            return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError(phrase("`{value}` is no day; write it as 2026-11-18.", value=value))


def _fingerprint(value: str) -> str:
    if not _FINGERPRINT.fullmatch(value):
        raise ValueError(
            phrase("`{value}` is no fingerprint: 32 hex digits, as baseline create writes them.", value=value)
        )
    return value


class Pack(Record):
    """A pack that the baseline was judged by."""

    id: Said
    version: str
    sha256: str


class Entry(Record):
    """One violation that was there. ``severity`` and ``outcome`` are the worst that it covers."""

    rule: Said
    municipality: Said
    case: Said | None
    period: Said | None
    outcome: Literal["late", "violated", "undetermined"]
    severity: Literal["violation", "advisory"]
    due: str | None
    since: Annotated[str, AfterValidator(_day)]
    trigger: str | None
    fingerprint: Annotated[str, AfterValidator(_fingerprint)]


class Baseline(Record):
    """The whole file. ``undetermined`` says whether it holds undetermined findings, too."""

    format: Literal["transparency-check/baseline/1"] = Field(alias="schema")
    tool: str
    undetermined: bool
    packs: list[Pack]
    entries: list[Entry]


class BaselineFile(NamedTuple):
    """A baseline that was read; ``name`` is what messages and reports call it. The line of the packs is
    ``packs_place``.
    """

    name: str
    sha256: str
    undetermined: bool
    packs: tuple[PackDigest, ...]
    packs_place: str
    entries: tuple[BaselineEntry, ...]


def read_file(path: Path, name: str | None = None) -> BaselineFile:
    """Read one file. Raises ``UsageError`` where there is none, ``ConfigurationError`` with every defect."""
    shown = Path(name or path).as_posix()
    return parsed(bytes_of(path, shown, "baseline", _MAX_BYTES), shown)


def parsed(data: bytes, name: str) -> BaselineFile:
    """The baseline in these bytes. Raises ``ConfigurationError``."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = data.count(b"\n", 0, error.start) + 1
        raise _refused(name, [(broken, text("config.not_utf8"))]) from None
    values = _values(content, name)
    lines, _ = lines_of(content)

    def line(*path: str | int) -> int:
        return places.line_of(lines, path)

    def place(path: places.Path, key: bool) -> str:
        return f"{name}:{line(*path)}"

    if isinstance(values, dict) and values.get("schema", SCHEMA) != SCHEMA:
        told = text("baseline.schema", schema=str(values["schema"]), known=SCHEMA)
        raise _refused(name, [(line("schema"), told)])
    try:
        whole = Baseline.model_validate(values, strict=True)
    except ValidationError as error:
        found = set_of(shape_problems(error, Baseline, values, place))
        raise _refused(name, [(int(p.place.rpartition(":")[2]), p.message) for p in found]) from None
    _refuse_twice(whole, name, line)
    return BaselineFile(
        name,
        hashlib.sha256(data).hexdigest(),
        whole.undetermined,
        tuple(PackDigest(p.id, p.version, p.sha256) for p in whole.packs),
        f"{name}:{line('packs')}",
        tuple(
            BaselineEntry(**entry.model_dump(), place=f"{name}:{line('entries', n)}")
            for n, entry in enumerate(whole.entries)
        ),
    )


def _values(content: str, name: str) -> Any:
    try:
        return StrictJson().document(content)
    except JsonFault as fault:
        if fault.position is not None:
            line = content.count("\n", 0, fault.position) + 1
        else:
            repeated = lines_of(content)
            line = repeated[0][repeated[1][0]] if repeated[1] else 1
        raise _refused(name, [(line, _why(fault))]) from None


def _why(fault: JsonFault) -> str:
    """What is wrong, and what to do; faults of rare kinds are told alike."""
    if fault.code == "json_duplicate_key":
        return text("baseline.json.key", key=fault.values["key"])
    if fault.code == "json_truncated":
        return text("baseline.json.cut")
    return text("baseline.json", why=fault.values.get("why", fault.code.removeprefix("json_")))


def _refuse_twice(whole: Baseline, name: str, line: Any) -> None:
    """Raise where two entries are about one violation, as when two branches have been merged."""
    seen: dict[str, int] = {}
    defects = []
    for n, entry in enumerate(whole.entries):
        if (first := seen.setdefault(entry.fingerprint, n)) != n:
            told = text("baseline.twice", fingerprint=entry.fingerprint, line=line("entries", first))
            defects.append((line("entries", n), told))
    if defects:
        raise _refused(name, defects)


def _refused(name: str, defects: list[tuple[int, str]]) -> ConfigurationError:
    told = [plain(f"{name}:{line}: {message}") for line, message in sorted(set(defects))]
    return ConfigurationError("\n".join([*told, text("baseline.refused")]))
