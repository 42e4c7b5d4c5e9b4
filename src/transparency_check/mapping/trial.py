"""A mapping tried on logs: what each of its rules made of the rows, and what became of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from ..errors import UsageError
from ..events import Normaliser
from ..logs import isolated, spoilt_by
from ..messages import text
from ..messages.problems import problem
from ..model import LeftOutRows, Problem
from ..readers.base import NoValue
from ..readers.inputs import choose
from ..readers.sidecar import Sidecar, read_sidecar
from .apply import Given
from .chosen import Mappings

if TYPE_CHECKING:
    from typing import BinaryIO

    from ..packs.model import Rulebook
    from ..plugins import Registry
    from .bind import Bound, Rule
    from .read import MappingFile

# Rows that cannot be read are told one by one up to this, all of them counted.
MOST_TOLD = 1_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Example:
    """A row before and after: the cells of the columns that went into the event, and the event."""

    place: str
    before: dict[str, object]
    after: dict[str, object]


@dataclass(slots=True)
class Tried:
    """A rule and what it did: ``rows`` that it took, of which ``unreadable`` could not be read."""

    place: str
    said: str
    type: str | None
    rows: int = 0
    unreadable: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Trial:
    """What a mapping made of logs. ``left`` are errors, each with the place of its row; ``told`` are all
    warnings; ``unused`` are the columns of the logs that the mapping does not name.
    """

    name: str
    sha256: str
    logs: list[str]
    rules: list[Tried]
    rows: int = 0
    events: int = 0
    unreadable: int = 0
    ignored: int = 0
    left_out: tuple[LeftOutRows, ...] = ()
    left: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    # Whether some input could not be read in full.
    broken: bool = False

    @property
    def whole(self) -> bool:
        """Whether every row became events or was left out."""
        return not self.left


def tried(
    file: MappingFile,
    logs: Iterable[str],
    rulebook: Rulebook,
    registry: Registry,
    *,
    input_format: str | None = None,
    standard_input: BinaryIO | None = None,
    defaults: dict[str, str] | None = None,
    examples: int = 2,
) -> Trial:
    """Read logs by a mapping; nothing is judged. ``defaults`` are values of rows that state none. Raises
    ``UsageError`` for what is no log, or is a register; ``ConfigurationError`` for a mapping that the
    vocabulary cannot take.
    """
    zone = ZoneInfo(rulebook.zone)
    vocabulary = rulebook.vocabulary
    normaliser = Normaliser(vocabulary, rulebook.municipalities, zone)
    watching = _Watching(examples)
    mappings = Mappings(file, [], None).bind(normaliser, vocabulary, zone, watching.given)
    chosen = choose(
        logs,
        registry.readers,
        normaliser.columns.find,
        normaliser.columns.spellings,
        input_format=input_format,
        standard_input=standard_input,
    )
    trial = Trial(file.name, file.sha256, [source.name for source, _ in chosen], [])
    for source, reader in chosen:
        sidecar = read_sidecar(source.path) if source.path is not None else Sidecar("", "", {}, [], [])
        told: list[Problem] = list(sidecar.problems)
        office = normaliser.office_words(sidecar, told)
        applied = mappings.begun(source, reader)
        if applied is None:
            raise UsageError(text("error.mapping.register", name=source.name))
        normaliser.begin(source.name, {**(defaults or {}), **sidecar.defaults}, office)
        watching.bound = applied.bound
        for item in applied.rows(source, isolated(source, reader, reader.read, registry)):
            if isinstance(item, Problem):
                told.append(item)
                continue
            # A row that stands for all of an input.
            trial.broken |= item.damaged and applied.row.place == source.name
            record = normaliser.record(item, told)
            readable = record is not None and bool(orjson.loads(record)["readable"])
            trial.events += readable
            watching.read(readable)
        spoilt = spoilt_by(source)
        if spoilt is not None:
            trial.broken = True
            told.append(spoilt.told)
        elif not applied.rows_read and not told:
            told.append(problem("no_rows", source.name, name=source.name))
        source.close()
        trial.left += [p for p in told if p.severity == "error"]
        trial.told += [p for p in told if p.severity != "error"]
        trial.rows, trial.ignored = applied.rows_read, applied.use().ignored
        trial.left_out = applied.use().left_out
        trial.unused = sorted(h for h in applied.headers if applied.known_as(h) is None)
    trial.told += mappings.unseen()
    trial.unreadable = watching.unreadable
    trial.rules = watching.rules()
    return trial


class _Watching:
    """Notes what rules give, and whether it could be read."""

    def __init__(self, most: int) -> None:
        self.bound: Bound | None = None
        self.unreadable = 0
        self._most = most
        self._last: Given | None = None
        self._rows: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._examples: dict[str, list[Example]] = {}
        self._types: dict[str, Rule] = {}

    def given(self, given: Given) -> None:
        """A row was given on; whether it can be read is told next."""
        self._last = given

    def read(self, readable: bool) -> None:
        """Whether the last row could be read."""
        given = self._last
        assert given is not None
        self.unreadable += not readable
        if given.rule is None:
            return
        place = given.rule.place
        self._types.setdefault(place, given.rule)
        self._rows[place] += 1
        self._unread[place] += not readable
        shown = self._examples.setdefault(place, [])
        if readable and len(shown) < self._most:
            shown.append(self._example(given))

    def _example(self, given: Given) -> Example:
        assert self.bound is not None
        gives = self.bound.gives.get(given.rule.place if given.rule and given.rule.word is None else "")
        if gives is None and given.rule is not None and given.rule.type is not None:
            gives = self.bound.gives.get(given.rule.type)
        parts = () if gives is None else gives.parts
        columns = dict.fromkeys(
            [*(() if self.bound.naming is None else self.bound.naming.columns),
             *(column for _, made in parts for column in made.columns)]
        )  # fmt: skip
        known = {" ".join(header.split()): cell for header, cell in given.row.values.items()}
        before = {name: plain(known[name]) for name in columns if name in known}
        return Example(
            given.row.place, before, {name: plain(cell) for name, cell in given.made.values.items()}
        )

    def rules(self) -> list[Tried]:
        """The rules in the order of the file, with words that no list has behind them."""
        own = () if self.bound is None else self.bound.rules
        found = {rule.place: rule for rule in (*own, *self._types.values()) if rule.type is not None}
        return [
            Tried(
                rule.place,
                rule.word or "",
                rule.type,
                self._rows[place],
                self._unread[place],
                self._examples.get(place, []),
            )
            for place, rule in found.items()
        ]


def plain(cell: object) -> Any:
    """A cell as JSON has it, shortened."""
    if isinstance(cell, list):
        return [plain(part) for part in cell]
    if isinstance(cell, str):
        return cell[:_LONGEST]
    if cell is None or (isinstance(cell, bool | int | float) and not isinstance(cell, NoValue)):
        return cell
    return str(cell)[:_LONGEST]
