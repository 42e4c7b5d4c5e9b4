"""Problems without what they quote of a log: their texts are made anew, of the words that are not anyone's
own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..messages.problems import reworded, why, why_codes
from ..model import Problem, Report
from ..reserved import RESERVED
from .places import Shortening

if TYPE_CHECKING:
    from ..packs.model import Rulebook

# Values of problems that the program takes from nowhere but itself and the packs: kinds, sizes, formats,
# what a column may hold.
_OWN = frozenset({
    "byte", "character", "delimiter", "encoding", "example", "format", "kind", "known", "limit", "outcomes",
    "values",
})  # fmt: skip
# Values that are ids of events and cases, or places in files.
_IDS = frozenset({"case", "first", "id", "last", "name", "others", "second", "subject"})
# A day, a moment, a period, a number with its unit, an address on the web.
_FORMAL = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.Z+-]+)?(/[0-9]{4}-[0-9]{2}-[0-9]{2})?|[0-9.,]+( [A-Za-z]{1,2})?|"
    r"https?://[^\s]+"
)
_QUOTES = "“”"


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand in a problem: the words of the packs, the ids that findings show, and what the program
    itself says, with the codes to say it anew.
    """

    known: frozenset[str]
    ids: frozenset[str]
    own: Mapping[str, str]


def words_of(report: Report, rulebook: Rulebook) -> Words:
    """The words of these packs, and the files of the report."""
    vocabulary = rulebook.vocabulary
    known = {*RESERVED, *vocabulary.events, *vocabulary.attributes, *vocabulary.family_words()}
    for attribute in vocabulary.attributes.values():
        known.update(attribute.values)
    known.update(m.id for m in rulebook.municipalities)
    known.update(d.id for d in rulebook.duties)
    known.update(p.id for p in rulebook.packs)
    known.update(i.id for i in rulebook.instruments)
    ids = {s.name for s in report.sources} | {p.place for p in report.problems}
    return Words(frozenset(known), frozenset(ids), why_codes())


def redacted_problem(problem: Problem, words: Words, short: Shortening) -> Problem:
    """The problem with a mark in place of each value that may be somebody's own words."""
    mark = text("redacted.mark")
    values: dict[str, Any] = {
        name: _value(name, value, words, short, mark) for name, value in problem.values.items()
    }
    if values.get("nearest") == mark:
        # A question after what was left out would ask nothing.
        del values["nearest"]
    return replace(
        problem,
        place=short(problem.place),
        message=reworded(problem, values) or mark,
        values=values,
    )


def _value(name: str, value: object, words: Words, short: Shortening, mark: str) -> object:
    if not isinstance(value, str):
        # A number, or nothing; lists are of texts.
        return mark if isinstance(value, list | tuple | set | Mapping) else value
    if name == "why":
        return why(words.own[value]) if value in words.own else mark
    if name in _OWN or _FORMAL.fullmatch(value) or value in words.ids:
        return short(value)
    bare = value.strip(_QUOTES)
    if bare in words.known or _FORMAL.fullmatch(bare):
        return value
    parts = [part.strip(f"{_QUOTES} ") for part in value.split(",")]
    if all(part in words.known or part in words.ids for part in parts):
        return ", ".join(short(part) for part in parts)
    if name in _IDS and value == bare:
        # What stands in quotes was quoted; ids and places do not.
        return short(value)
    return mark
