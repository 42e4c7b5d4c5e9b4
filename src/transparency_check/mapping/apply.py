"""Rows of a log through a mapping: rows in the columns of the vocabulary, one for each event that a row
gives.

Nothing is lost on the way: a row that the mapping leaves out is counted by what it says, one that it cannot
turn into an event becomes a problem at its place and a row that cannot be read, with what is known of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..messages import phrase
from ..messages.problems import problem, shown
from ..model import LeftOutRows, MappingUse, Problem
from ..readers.base import Cells, NoValue, Row
from ..readers.names import nearest
from .conditions import passes
from .parts import Made, Values
from .texts import tidy, word

if TYPE_CHECKING:
    from ..readers.base import Input
    from .bind import Bound, Gives, Rule

# Columns without which it is not known which event a row is, or of whom: where one cannot be made the row
# cannot be read. Times are told of by whoever reads them.
_STRICT = ("id", "case", "related", "municipality", "retracted")
_CERTAIN = ("type", "municipality", "case", "time")
_REMEMBERED = 100_000
# Different words of rows that are left out, which reports list.
_LISTED = 50
_MOST_HEADERS = 10_000


class Given(NamedTuple):
    """What a row gave by a rule: the row as it stands in the log, and as it is read on. ``rule`` is None
    where no rule took it.
    """

    rule: Rule | None
    row: Row
    made: Row


class Applied:
    """A mapping at work on the inputs of one run."""

    def __init__(self, bound: Bound, watch: Callable[[Given], None] | None = None) -> None:
        """``watch`` is told of every row that is given on."""
        self.bound = bound
        self.file = bound.file
        self.rows_read = 0
        self.left_out: Counter[tuple[str, str]] = Counter()
        self.taken: Counter[str] = Counter()
        # The columns of the logs, as they are written.
        self.headers: dict[str, None] = {}
        # The row that is being turned into events.
        self.row = Row("", {})
        self._watch = watch
        self._rules: dict[str, Rule | None] = {}
        self._seen: set[str] = set()
        self._absent: frozenset[str] = frozenset()
        self._table: tuple[str, ...] | None = None
        self._known: set[str] = set()
        self._renamed: dict[str, str] = {}
        self._before: dict[str, object] | None = None

    def begin(self, source: Input) -> None:
        """Have the reader of an input look for the columns that the mapping names."""
        source.column = self._column
        source.spellings = lambda name: (name,)
        source.needed = self.bound.needed
        source.made_of = self.bound.made_of
        source.named_in = self.file.name
        self._table, self._absent = None, frozenset()

    def _column(self, header: str) -> str | None:
        name = tidy(header)
        return name if name in self.bound.named else None

    def rows(self, source: Input, items: Iterator[Row | Problem]) -> Iterator[Row | Problem]:
        """What the reader of an input gives, in the columns of the vocabulary."""
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            if source.headers is not self._table:
                self._table = source.headers
                self._learn(self._table or ())
                here = {tidy(header) for header in self._table or ()}
                self._absent = frozenset(name for name in self.bound.named if name not in here)
            self.row = item
            yield from self._row(item)

    def unseen(self) -> Iterator[Problem]:
        """A warning for each column that the mapping names and no log has. Only for logs that were read."""
        if not self.rows_read:
            return
        for name, place in self.bound.named.items():
            if name not in self._seen:
                near = nearest(name, self.headers)
                yield problem("mapped_unseen", place, column=shown(name), nearest=near)

    def use(self) -> MappingUse:
        """What became of the rows, for reports."""
        common = sorted(self.left_out.items(), key=lambda counted: (-counted[1], counted[0]))
        listed = tuple(LeftOutRows(place, said, n) for (place, said), n in common[:_LISTED])
        rest = sum(n for _, n in common[_LISTED:])
        return MappingUse(
            self.file.name, self.file.sha256, self.rows_read, self.left_out.total(), listed, rest
        )

    def known_as(self, header: str) -> str | None:
        """The name that the mapping has for a column of the log; None where it names it not."""
        return self._column(header)

    # One row

    def _learn(self, headers: Iterable[str]) -> None:
        """Take note of columns that were not there before."""
        for header in headers:
            if header in self._known:
                continue
            self._known.add(header)
            if len(self.headers) < _MOST_HEADERS:
                self.headers[header] = None
            name = tidy(header)
            if name in self.bound.named:
                self._seen.add(name)
                if name != header:
                    self._renamed[header] = name

    def _values(self, row: Row) -> Values | None:
        """The cells by the names that the mapping has for their columns; None where two columns have one."""
        values = row.values
        if values is self._before:
            # A reader may fill one mapping again and again; parts go by which it is.
            values = dict(values)
        else:
            self._before = values
        if not self._known.issuperset(values):
            self._learn(values)
        if not self._renamed or self._renamed.keys().isdisjoint(values):
            return values
        renamed: dict[str, object] = {}
        for header, cell in values.items():
            name = self._renamed.get(header, header)
            if name in renamed:
                return None
            renamed[name] = cell
        return renamed

    def _row(self, row: Row) -> Iterator[Row | Problem]:
        self.rows_read += 1
        bound = self.bound
        values = self._values(row)
        if values is None:
            yield from self._two_columns(row)
            return
        if row.damaged:
            yield self._given(None, row, self._damaged(row, values, None, bound.general))
            return
        for ignored in bound.ignored:
            if passes(ignored.tests, values, self._absent):
                self.left_out[ignored.place, ignored.why or ignored.said] += 1
                return
        if bound.naming is not None:
            yield from self._named(row, values, bound.naming)
            return
        any_ = False
        for rule in bound.rules:
            if passes(rule.tests, values, self._absent):
                any_ = True
                yield from self._event(row, values, rule, bound.gives[rule.place], rule.type)
        if not any_:
            why = phrase("no entry under events is about it")
            yield problem("mapped_no_event", row.place, file=self.file.name, why=why)
            yield self._given(None, row, self._damaged(row, values, None, bound.general))

    def _named(self, row: Row, values: Values, naming: Made) -> Iterator[Row | Problem]:
        """A row that is one event."""
        said = naming(values)
        if said is None:
            columns = ", ".join(map(shown, naming.columns))
            why = phrase("{columns}: empty, and says what happened", columns=columns)
            place = row.cell(self._header(row, naming.columns[0]))
            yield problem("mapped_no_event", place, file=self.file.name, why=why)
            yield self._given(None, row, self._damaged(row, values, None, self.bound.general))
            return
        key = said if isinstance(said, str) else word(said)
        rule = self._rules.get(key)
        if rule is None and key not in self._rules:
            rule = self._rule(said)
            if len(self._rules) >= _REMEMBERED:
                self._rules.clear()
            self._rules[key] = rule
        if rule is None:
            near = self.bound.listed.nearest(word(said))
            column = naming.used(values)
            yield problem(
                "mapped_unlisted",
                row.cell(self._header(row, column)),
                column=shown(column),
                value=shown(said),
                place=naming.place,
                nearest=near,
            )
            yield self._given(None, row, self._damaged(row, values, None, self.bound.general))
        elif rule.type is None:
            self.left_out[rule.place, rule.word or ""] += 1
        else:
            yield from self._event(row, values, rule, self.bound.gives[rule.type], rule.type)

    def _rule(self, said: object) -> Rule | None:
        """The rule that a word of the log stands for."""
        from .bind import Rule

        if isinstance(said, NoValue):
            return None
        found = self.bound.words.get(word(said))
        if found is None and self.bound.vocabulary is not None and isinstance(said, str):
            type_ = self.bound.vocabulary(said)
            if type_ is not None:
                return Rule(self.file.place("type"), type_, word(said))
        return found

    def _event(
        self, row: Row, values: Values, rule: Rule, gives: Gives, type_: str | None
    ) -> Iterator[Row | Problem]:
        """The event that a row gives by a rule."""
        made: dict[str, object] = {"type": type_, **gives.constants}
        refused: list[tuple[str, Made, NoValue]] = []
        for name, part in gives.parts:
            cell = part(values)
            if cell is None:
                continue
            if isinstance(cell, NoValue) and name in _STRICT and cell.fault is not None:
                refused.append((name, part, cell))
            else:
                made[name] = cell
        self.taken[rule.place] += 1
        if not refused:
            yield self._given(rule, row, self._placed(row, values, made, gives, False))
            return
        for name, part, cell in refused:
            assert cell.fault is not None
            yield problem(
                "mapped_cell",
                row.cell(self._header(row, part.used(values))),
                column=name,
                value=shown(cell.text),
                why=cell.fault[1]["why"],
                place=part.place,
            )
        yield self._given(rule, row, self._damaged(row, values, type_, gives))

    def _damaged(self, row: Row, values: Values, type_: str | None, gives: Gives) -> Row:
        """The row of what cannot be read, with what is beyond doubt."""
        made: dict[str, object] = {k: v for k, v in gives.constants.items() if k in _CERTAIN}
        single = self.bound.naming is not None or type_ is not None
        for name, part in gives.parts:
            if name not in _CERTAIN or (name == "time" and not single):
                continue
            cell = part(values)
            if cell is not None and not isinstance(cell, NoValue):
                made[name] = cell
        if type_ is None and row.damaged and self.bound.naming is not None:
            said = self.bound.naming(values)
            rule = None if said is None else self._rule(said)
            type_ = None if rule is None else rule.type
        if type_ is not None:
            made["type"] = type_
        return self._placed(row, values, made, gives, True)

    def _placed(self, row: Row, values: Values, made: dict[str, object], gives: Gives, damaged: bool) -> Row:
        """What was made of a row, at the place where it stands: in a sheet each value in the cell that it was
        made of, and one of several events of a row where its date stands.
        """
        if row.cells is None:
            return Row(row.place, made, damaged)
        letters: dict[str, str] = {}
        for name, part in gives.parts:
            letter = row.cells.letters.get(self._header(row, part.used(values)))
            if letter:
                letters[name] = letter
        naming = self.bound.naming
        if naming is not None:
            letter = row.cells.letters.get(self._header(row, naming.used(values)))
            if letter:
                letters["type"] = letter
        placed = Row(row.place, made, damaged, Cells(row.cells.prefix, letters, row.cells.number))
        if naming is None and len(self.bound.rules) > 1 and not row.damaged and "type" in made:
            return placed._replace(place=placed.cell("time"))
        return placed

    def _header(self, row: Row, column: str) -> str:
        """The header of a column as it is written in the log."""
        if row.cells is None or column in row.cells.letters:
            return column
        return next((header for header, name in self._renamed.items() if name == column), column)

    def _two_columns(self, row: Row) -> Iterator[Row | Problem]:
        twice: Mapping[str, str] = self._renamed
        for header in row.values:
            name = twice.get(header, header)
            other = next((h for h in row.values if h != header and twice.get(h, h) == name), None)
            if other is not None:
                yield problem(
                    "same_column", row.place, column=shown(name), first=shown(header), second=shown(other)
                )
                break
        yield self._given(None, row, self._damaged(row, {}, None, self.bound.general))

    def _given(self, rule: Rule | None, row: Row, made: Row) -> Row:
        if self._watch is not None:
            self._watch(Given(rule, row, made))
        return made
