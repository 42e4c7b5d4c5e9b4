"""The logs of a run, mended beside themselves: ``log.jsonl`` as ``log.fixed.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from ..errors import UsageError
from ..events import Normaliser
from ..messages import text
from ..readers.base import Input, Row
from ..readers.inputs import SIDECARS, beside, choose, display_name
from ..readers.packing import ENDINGS
from ..readers.sidecar import read_sidecar
from .changes import Change, Mended
from .lines import mend_lines
from .tables import mend_table
from .values import ValueMender

if TYPE_CHECKING:
    from ..mapping.chosen import Mappings
    from ..packs.model import Rulebook
    from ..plugins import Registry

_MENDED = frozenset({"jsonl", "csv"})


class Fixed(NamedTuple):
    """What became of one log: the files to write beside it by path, and the changes. Without ``target`` it is
    of a form that is not mended.
    """

    name: str
    target: Path | None
    files: dict[Path, bytes]
    changes: list[Change]


def mended_logs(
    logs: Sequence[str],
    registry: Registry,
    rulebook: Rulebook,
    input_format: str | None,
    defaults: dict[str, str],
    mappings: Mappings | None = None,
) -> Iterator[Fixed]:
    """Each log of a run, mended; nothing is written. ``defaults`` are values of rows that state none, as the
    municipality of the configuration. What is read by one of ``mappings`` is not mended: its
    words and dates are those of others.

    Raises ``UsageError`` where a file stands already where a mended one would.
    """
    zone = ZoneInfo(rulebook.zone)
    vocabulary = rulebook.vocabulary
    normaliser = Normaliser(vocabulary, rulebook.municipalities, zone)
    columns = normaliser.columns
    chosen = choose(
        [log for log in logs if log != "-"] or logs,
        registry.readers,
        columns.find,
        columns.spellings,
        input_format=input_format,
    )
    for source, reader in chosen:
        path = source.path
        mapped = mappings is not None and mappings.of(source.name) is not None
        if path is None or mapped or reader.name not in _MENDED or not registry.is_built_in(reader):
            yield Fixed(source.name, None, {}, [])
            continue
        sidecar = read_sidecar(path)
        office = normaliser.office_words(sidecar, [])
        normaliser.begin(source.name, {**defaults, **sidecar.defaults}, office)
        if office is not None:
            source.column = partial(office.column, otherwise=columns.find)
        mender = ValueMender(normaliser, vocabulary, zone, office)
        data = path.read_bytes()
        mended = _mended(data, source, reader.name, mender, partial(_readable, normaliser))
        target = _beside(path)
        if mended is None or target is None:
            yield Fixed(source.name, None, {}, [])
            continue
        files = {target: mended.content}
        for declared in beside(path):
            if sidecar.name and display_name(declared) == sidecar.name:
                ending = next(ending for ending in SIDECARS if declared.name.casefold().endswith(ending))
                files[target.with_name(target.name + ending)] = declared.read_bytes()
        if mended.changes:
            for file in files:
                if file.exists():
                    raise UsageError(text("error.fix.exists", path=display_name(file)))
        yield Fixed(source.name, target, files, mended.changes)


def _mended(
    data: bytes, source: Input, form: str, mender: ValueMender, readable: partial[bool]
) -> Mended | None:
    if form == "jsonl":
        return mend_lines(data, source.name, mender, readable)
    return mend_table(data, source, mender, readable)


def _beside(path: Path) -> Path | None:
    """Where the mended log stands; None for one that is packed."""
    if path.suffix.casefold() in ENDINGS or not path.suffix:
        return None
    return path.with_name(f"{path.stem}.fixed{path.suffix}")


def _readable(normaliser: Normaliser, place: str, values: dict[str, object]) -> bool:
    record = normaliser.record(Row(place, dict(values)), [])
    return record is not None and bool(orjson.loads(record)["readable"])
