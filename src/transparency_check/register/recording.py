"""Recording one event, a correction or a withdrawal, or what became of a row that was left out."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..harmless import ACTING
from ..messages import text
from ..model import Problem
from ..readers.base import Cells, Row
from .chain import Entry
from .exact import Exact, ExactForm, Unreadable, digest_of
from .settled import latest
from .store import Draft, Register, Writing, written

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..packs.model import Vocabulary

# Of so many ids the nearest is looked for.
_NEWEST = 20_000
_LONGEST = 10_000


class Given(Row):
    """A row whose cells are told by the names of their fields."""

    def cell(self, column: str) -> str:
        """The field itself."""
        return column


class Refused(Exception):
    """What was given cannot be recorded; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message if problems else "")
        self.problems = list(problems)


class Recorded(NamedTuple):
    """The acknowledgement. ``new`` is false where the same was recorded before, as ``entry``."""

    entry: Entry
    new: bool
    warnings: list[Problem]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records in one register, by one vocabulary. ``now`` is the moment, ``by`` who records.

    ``warned`` says whether what only warns is recorded all the same; ``defaults`` are values of reserved
    columns that are not given.
    """

    register: Register
    normaliser: Normaliser
    vocabulary: Vocabulary
    now: dt.datetime
    by: str
    reason: str | None = None
    settles: int | None = None
    warned: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, given in (("--by", self.by), ("--reason", self.reason)):
            if given is not None and (not given.strip() or ACTING.search(given) or len(given) > _LONGEST):
                raise UsageError(text("register.error.text", option=name))

    def event(self, values: Mapping[str, object]) -> Recorded:
        """Record an event. Raises ``Refused``, and ``UsageError`` where its id has other content there."""
        with self.register.writing() as writing:
            at = writing.moment(self.now)
            exact, warnings = self._read(values, at)
            held = writing.of_event(exact.id) if exact.id else []
            same = [entry for entry in held if self._digest(entry) == exact.digest]
            if same and self.settles is None:
                return Recorded(same[-1], False, warnings)
            if held and not same:
                raise UsageError(text("register.error.id_there", id=exact.id, seq=held[-1].seq))
            return Recorded(self._append(writing, at, "recorded", exact, held), True, warnings)

    def correction(self, event_id: str, values: Mapping[str, object]) -> Recorded:
        """Record an event anew, with other values for what is given; an empty one leaves it out. What was
        withdrawn counts again.
        """
        with self.register.writing() as writing:
            at = writing.moment(self.now)
            held = self._held(writing, event_id)
            before = json.loads(self._newest(held).event)
            column = self.normaliser.columns.find
            named = {column(name) or name: value for name, value in values.items()}
            before = {key: value for key, value in before.items() if key not in ("retracted", "recorded_at")}
            exact, warnings = self._read(before | named | {"id": event_id}, at)
            return self._added(writing, at, "correction", exact, held, warnings)

    def retraction(self, event_id: str) -> Recorded:
        """Withdraw an event."""
        with self.register.writing() as writing:
            at = writing.moment(self.now)
            held = self._held(writing, event_id)
            newest = self._newest(held)
            before = json.loads(newest.event)
            if newest.kind == "retraction":
                raise UsageError(text("register.error.withdrawn", id=event_id, seq=newest.seq))
            before.pop("recorded_at", None)
            # It is withdrawn as it stands, whatever was to be said about it.
            exact, warnings = self._read(before | {"retracted": True, "id": event_id}, at, whatever=True)
            return self._added(writing, at, "retraction", exact, held, warnings)

    def settlement(self) -> Recorded:
        """Settle a row that was left out, without an event: it is none, or stands elsewhere."""
        if self.reason is None:
            raise UsageError(text("register.error.reason"))
        with self.register.writing() as writing:
            at = writing.moment(self.now)
            return Recorded(self._append(writing, at, "settlement", None, []), True, [])

    def _read(
        self, values: Mapping[str, object], at: dt.datetime, *, whatever: bool = False
    ) -> tuple[Exact, list[Problem]]:
        self.normaliser.begin("", dict(self.defaults))
        warnings: list[Problem] = []
        try:
            exact = ExactForm(self.normaliser, self.vocabulary, None, self.defaults).event(
                Given(
                    text("register.place"), {**values, "recorded_at": written(at)}, False, Cells("", {}, 0)
                ),
                warnings,
            )
        except Unreadable as error:
            raise Refused(error.problems) from None
        if warnings and not (self.warned or whatever):
            raise Refused(warnings)
        return exact, warnings

    def _added(
        self,
        writing: Writing,
        at: dt.datetime,
        kind: str,
        exact: Exact,
        held: Sequence[Entry],
        warnings: list[Problem],
    ) -> Recorded:
        before = self._newest(held)
        if self._digest(before) == exact.digest and self.settles is None:
            return Recorded(before, False, warnings)
        self.normaliser.begin("", {})
        form = ExactForm(self.normaliser, self.vocabulary)
        known = []
        for entry in held:
            try:
                known.append(form.event(Row("", json.loads(entry.event)), []))
            except Unreadable:
                # Of another vocabulary: it contradicts nothing that this one knows.
                continue
        if latest([*known, exact]) != exact.content:
            latest_entry = max(known, key=lambda record: record.rhi)
            raise UsageError(
                text(
                    "register.error.not_after",
                    id=exact.id,
                    seq=before.seq,
                    at=latest_entry.recorded or latest_entry.values.get("time"),
                    now=written(at),
                )
            )
        return Recorded(self._append(writing, at, kind, exact, held), True, warnings)

    def _append(
        self, writing: Writing, at: dt.datetime, kind: str, exact: Exact | None, held: Sequence[Entry]
    ) -> Entry:
        if self.settles is not None and all(row.n != self.settles for row in writing.left_out()):
            raise UsageError(text("register.error.settles", n=self.settles))
        draft = Draft(
            kind,
            None if exact is None else exact.id,
            "" if exact is None else exact.text,
            held[-1].seq if held else None,
            self.settles,
            self.reason,
        )
        return writing.append([draft], at, self.by)[-1]

    def _held(self, writing: Writing, event_id: str) -> list[Entry]:
        held = writing.of_event(event_id)
        if held:
            return held
        near = difflib.get_close_matches(event_id, writing.newest_ids(_NEWEST), n=1, cutoff=0.6)
        message = text("register.error.no_event", id=event_id, name=self.register.location.shown)
        raise UsageError(text("nearest", message=message, name=near[0]) if near else message)

    @staticmethod
    def _newest(held: Sequence[Entry]) -> Entry:
        """The record that counts: of several entered at one time the last."""
        return max(held, key=lambda entry: entry.seq)

    @staticmethod
    def _digest(entry: Entry) -> str:
        return digest_of(json.loads(entry.event))
