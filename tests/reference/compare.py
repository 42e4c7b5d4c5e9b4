"""Two lists of verdicts side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

FIELDS = (
    "outcome",
    "due",
    "reasons",
    "possible",
    "act_by",
    "due_range",
    "readings",
    "instrument",
    "fulfilment",
    "late_by",
)
KEY = ("rule", "municipality", "case", "period", "trigger")


def key_of(verdict: Any) -> tuple[Any, ...]:
    """What names an obligation."""
    return tuple(getattr(verdict, name) for name in KEY)


def shown(value: Any) -> Any:
    """A value with an order that does not depend on how it is held."""
    if isinstance(value, frozenset | set):
        return tuple(sorted(value))
    return tuple(value) if isinstance(value, list) else value


def _by_key(verdicts: Iterable[Any]) -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    table: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for verdict in verdicts:
        table.setdefault(key_of(verdict), []).append(tuple(shown(getattr(verdict, f)) for f in FIELDS))
    return {key: sorted(found, key=repr) for key, found in table.items()}


def differences(ours: Iterable[Any], theirs: Iterable[Any], limit: int = 10) -> list[str]:
    """Lines that say where two lists of verdicts differ; none where they agree.

    Verdicts are matched on rule, municipality, case, period and trigger, and compared on ``FIELDS``. Any
    objects with these attributes will do. At most ``limit`` obligations are told in full.
    """
    left, right = _by_key(ours), _by_key(theirs)
    lines: list[str] = []
    keys = sorted(set(left) | set(right), key=repr)
    differing = [key for key in keys if left.get(key) != right.get(key)]
    for key in differing[:limit]:
        lines.append(
            " ".join(f"{name}={value}" for name, value in zip(KEY, key, strict=True) if value is not None)
        )
        mine, other = left.get(key), right.get(key)
        if mine is None or other is None:
            there = mine or other or []
            lines.append(f"  only {'ours' if other is None else 'theirs'}: {_told(there[0])}")
        elif len(mine) != len(other):
            lines.append(f"  ours {len(mine)} times, theirs {len(other)} times")
        else:
            for one, two in zip(mine, other, strict=True):
                for name, a, b in zip(FIELDS, one, two, strict=True):
                    if a != b:
                        lines.append(f"  {name}: ours {a!r}, theirs {b!r}")
    if len(differing) > limit:
        lines.append(f"and {len(differing) - limit} more")
    return lines


def print_differences(ours: Iterable[Any], theirs: Iterable[Any], limit: int = 10) -> bool:
    """Print the first differences; True where there are none."""
    lines = differences(ours, theirs, limit)
    print("\n".join(lines) if lines else "no differences")
    return not lines


def _told(values: tuple[Any, ...]) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in zip(FIELDS, values, strict=True))
