"""How a log is parted: whole municipalities, and those that are too large by case.

A duty whose obligations rest on one case, and on cases that are linked to it, is judged with these alone. All
others of a municipality - that count, recur, stand, or look beyond the case - and what hangs together with
them are judged with every event that means something to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from ..engine.forms import Form, make_plan
from ..packs.model import Rulebook
from ..packs.needed import closure, restricted

_BY_PERIOD = frozenset({"count", "calendar", "standing"})
# Records that take longer to judge than the planning of the statements for a part of their own.
_WORTH_A_PART = 25_000
# Records that are judged together where nobody says how many, and of one municipality before it is split.
_TOGETHER, MOST = 250_000, 1_000_000
Case = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Split:
    """A municipality in parts: ``wide`` for the duties that look beyond a case, ``cases`` for the others."""

    wide: int
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Duties:
    """A rulebook for the cases of a municipality by themselves, and one for what looks beyond them, with the
    types of event that mean something to the latter (None: all).
    """

    by_case: Rulebook
    wide: Rulebook
    types: frozenset[str] | None
    # Types that say something about the municipality as a whole.
    general: frozenset[str]


def duties(rulebook: Rulebook) -> Duties:
    """The duties in two."""
    plan = make_plan(rulebook)
    wide = {form.rule for form in plan.forms if _looks_beyond(form)}
    groups = _joined(sorted(closure(rulebook, [duty.id])) for duty in rulebook.duties)
    beyond = {group for rule, group in groups.items() if rule in wide}
    own = {rule for rule, group in groups.items() if group not in beyond}
    vocabulary = rulebook.vocabulary
    general = {part.event for part in (vocabulary.coverage, vocabulary.outage) if part is not None}
    narrow, broad = restricted(rulebook, own), restricted(rulebook, groups.keys() - own)
    return Duties(narrow, broad, _types(broad), frozenset(general))


def _looks_beyond(form: Form) -> bool:
    return form.by != "case" or form.shape in _BY_PERIOD


def _types(rulebook: Rulebook) -> frozenset[str] | None:
    """The types of event that these duties ask for, and those whose values go over to them."""
    plan = make_plan(rulebook)
    if not all(map(_looks_beyond, plan.forms)):
        # Cases are linked by events of any type.
        return None
    found = {plan.selectors[role.selector].event for role in plan.roles}
    waiting = list(found)
    while waiting:
        inherits = rulebook.vocabulary.events[waiting.pop()].inherits
        more = {*inherits.from_} - found if inherits else set()
        found |= more
        waiting += more
    return frozenset(found)


def _joined(groups: Iterable[list[str]]) -> dict[str, str]:
    """For each name the first one of all that it hangs together with, over any number of groups."""
    of: dict[str, str] = {}

    def first(name: str) -> str:
        of.setdefault(name, name)
        while of[name] != name:
            of[name] = of[of[name]]
            name = of[name]
        return name

    for group in groups:
        for name in group:
            one, other = sorted((first(group[0]), first(name)))
            of[other] = one
    return {name: first(name) for name in of}


def linked(groups: Iterable[tuple[str, Iterable[str]]]) -> dict[Case, str]:
    """Of cases that are linked, by municipality: the case that stands for each, the first of all that hang
    together.
    """
    by_municipality: dict[str, list[list[str]]] = {}
    for municipality, cases in groups:
        by_municipality.setdefault(municipality, []).append(list(cases))
    return {
        (municipality, case): stands
        for municipality, found in by_municipality.items()
        for case, stands in _joined(found).items()
    }


def number_of_parts(records: int, at_once: int) -> int:
    """How many parts a log of so many records is worth, where so many can be judged at once."""
    return max(-(-records // _TOGETHER), min(at_once, records // _WORTH_A_PART), 1)


def parted(
    numbers: Mapping[str, int], parts: int, most: int = MOST
) -> tuple[dict[str, int], dict[str, Split]]:
    """Municipalities by part, ``parts`` at most and of about as many records each; and those with more than
    ``most`` records, which have further parts for themselves.
    """
    large = {name: n for name, n in sorted(numbers.items()) if n > most}
    small = sorted((-n, name) for name, n in numbers.items() if n <= most)
    loads = [(0, part) for part in range(min(parts, len(small)))]
    heapify(loads)
    whole = {}
    for less, name in small:
        load, part = heappop(loads)
        whole[name] = part
        heappush(loads, (load - less, part))
    split, following = {}, len(loads)
    for name, n in large.items():
        pieces = -(-n // most)
        split[name] = Split(following, tuple(range(following + 1, following + 1 + pieces)))
        following += 1 + pieces
    return whole, split
