"""Conditions of the packs as SQL: three-valued truth, and the fields that an unknown truth lacks.

SQL's NULL is the third value. Values of the pack never become SQL text: they are parameters. Names of attributes do, and only
those of the vocabulary, quoted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from transparency_check.database import column
from transparency_check.packs.model import DENIED, Vocabulary
from transparency_check.packs.reads import referenced

COMPARISONS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}


@dataclass
class Parameters:
    """Values bound to ``$p1, $p2 ...`` in the order of their first use; equal values share a parameter."""

    values: dict[str, Any] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, value: Any) -> str:
        key = (type(value).__name__, repr(value))
        if key not in self._names:
            name = f"p{len(self._names) + 1}"
            self._names[key] = name
            self.values[name] = value
        return "$" + self._names[key]

    def of(self, query: str) -> dict[str, Any]:
        """The values that a query names: the database refuses others."""
        return {name: self.values[name] for name in set(re.findall(r"\$(p[0-9]+)\b", query))}


@dataclass(frozen=True)
class Compiled:
    """``truth`` is a boolean SQL expression; ``missing`` one that lists the unknown fields where truth is NULL."""

    truth: str
    missing: list[tuple[str, str]]

    @property
    def missing_sql(self) -> str:
        """A VARCHAR[] expression."""
        if not self.missing:
            return "[]::VARCHAR[]"
        cases = ", ".join(f"CASE WHEN {when} THEN {name} END" for name, when in self.missing)
        # list_distinct leaves NULLs out.
        return f"list_distinct([{cases}]::VARCHAR[])"


def compile_condition(where: Mapping[str, Any], vocabulary: Vocabulary, parameters: Parameters) -> Compiled:
    """A mapping of field to test as SQL over the event table. An empty mapping is true."""
    return _Compiler(vocabulary, parameters).mapping(where)


def present_fields(where: Mapping[str, Any]) -> set[str]:
    """The attributes whose mere presence a condition asks for."""
    found: set[str] = set()
    for name, test in where.items():
        if name in ("any", "all"):
            for part in test:
                found |= present_fields(part)
        else:
            while isinstance(test, Mapping) and "not" in test:
                test = test["not"]
            if isinstance(test, Mapping) and "present" in test:
                found.add(name)
    return found


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, parameters: Parameters) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters

    def mapping(self, where: Mapping[str, Any]) -> Compiled:
        parts: list[Compiled] = []
        for name, test in where.items():
            if name == "all":
                parts += [self.mapping(part) for part in test]
            elif name == "any":
                options = [self.mapping(part) for part in test]
                truth = "(" + " OR ".join(o.truth for o in options) + ")"
                missing = [(f, f"({truth}) IS NULL AND {when}") for o in options for f, when in o.missing]
                parts.append(Compiled(truth, missing))
            else:
                parts.append(self.test(name, test))
        if not parts:
            return Compiled("TRUE", [])
        return Compiled(
            "(" + " AND ".join(p.truth for p in parts) + ")", [m for p in parts for m in p.missing]
        )

    def test(self, name: str, test: Any) -> Compiled:
        truth = self.truth(name, test)
        names = [name, *sorted(set(referenced(test)))]
        missing = [
            (self.parameters.add(n), f"({truth}) IS NULL AND {self.unknown(n)}")
            for n in names
            if n != "municipality"
        ]
        return Compiled(truth, missing)

    def unknown(self, name: str) -> str:
        if name == self.vocabulary.attestation:
            # What is recorded may say nothing of the duty asked about.
            return "TRUE"
        return f"({column(name)} IS NULL OR list_contains(bad, {self.parameters.add(name)}))"

    def kind(self, name: str) -> str:
        return "text" if name == "municipality" else self.vocabulary.attributes[name].type

    def truth(self, name: str, test: Any) -> str:
        if isinstance(test, Mapping):
            return "(" + " AND ".join(self.keyed(name, key, value) for key, value in test.items()) + ")"
        values = test if isinstance(test, list) else [test]
        col = column(name)
        if name == self.vocabulary.attestation:
            return self.attested(col, [str(v) for v in values])
        if self.kind(name).startswith("list"):
            # list_has_any of NULL must stay unknown, whatever the version of the database says.
            wanted = self.parameters.add([str(v) for v in values])
            return f"(CASE WHEN {col} IS NOT NULL THEN list_has_any({col}, {wanted}::VARCHAR[]) END)"
        return "(" + " OR ".join(f"{col} = {self.scalar(name, v)}" for v in values) + ")"

    def attested(self, col: str, duties: list[str]) -> str:
        """What an office vouches for, or denies, of these duties; of all others it says nothing (§7.4)."""
        said = self.parameters.add(duties)
        denied = self.parameters.add([DENIED + duty for duty in duties])
        yes, no = (f"list_has_any({col}, {names}::VARCHAR[])" for names in (said, denied))
        return f"(CASE WHEN {yes} AND NOT {no} THEN TRUE WHEN {no} AND NOT {yes} THEN FALSE END)"

    def scalar(self, name: str, value: Any) -> str:
        kind = self.kind(name)
        cast = {"flag": "BOOLEAN", "integer": "BIGINT"}.get(kind, "VARCHAR")
        return f"{self.parameters.add(value if kind in ('flag', 'integer') else str(value))}::{cast}"

    def keyed(self, name: str, key: str, value: Any) -> str:
        col = column(name)
        if key == "not":
            return f"(NOT {self.truth(name, value)})"
        if key == "present":
            return self.present(name, bool(value))
        if key == "includes_all":
            if isinstance(value, Mapping):
                owed = '"official_languages"'
                return f"(CASE WHEN {col} IS NOT NULL AND {owed} IS NOT NULL THEN list_has_all({col}, {owed}) END)"
            wanted = self.parameters.add([str(v) for v in value])
            return f"(CASE WHEN {col} IS NOT NULL THEN list_has_all({col}, {wanted}::VARCHAR[]) END)"
        if key == "owed":
            # One language of several publications judged together: satisfied where it is not owed at all.
            wanted, owed = self.parameters.add(str(value)), '"official_languages"'
            return f"(NOT list_contains({owed}, {wanted}) OR list_contains({col}, {wanted}))"
        if key == "share_of":
            bounds = [(k, value[k]) for k in ("at_least", "more_than") if value.get(k) is not None]
            return (
                "("
                + " AND ".join(self.share(col, column(value["field"]), k, bound) for k, bound in bounds)
                + ")"
            )
        return self.compared(name, COMPARISONS[key], value)

    def present(self, name: str, wanted: bool) -> str:
        col = f'"p_{name}"' if self.vocabulary.attributes[name].absent is not None else None
        if col is None:
            raw = column(name)
            kind = self.kind(name)
            if kind.startswith("list"):
                col = f"({raw} IS NOT NULL AND len({raw}) > 0)"
            elif kind in ("text", "choice"):
                col = f"({raw} IS NOT NULL AND trim({raw}) <> '')"
            else:
                col = f"({raw} IS NOT NULL)"
        sign = "" if wanted else "NOT "
        return f"(CASE WHEN NOT list_contains(bad, {self.parameters.add(name)}) THEN {sign}{col} END)"

    def share(self, col: str, of: str, key: str, bound: float) -> str:
        exact = Fraction(str(bound))
        top, bottom = self.parameters.add(exact.numerator), self.parameters.add(exact.denominator)
        return f"({col}::HUGEINT * {bottom} {COMPARISONS[key]} {of}::HUGEINT * {top})"

    def compared(self, name: str, sign: str, value: Any) -> str:
        col = column(name)
        moment = self.kind(name) == "date-time"
        if isinstance(value, Mapping):
            other = column(value["field"])
            return f"({col}.day {sign} {other}.day)" if moment else f"({col} {sign} {other})"
        if moment:
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
            return f"({col}.day {sign} {self.parameters.add(day)}::DATE)"
        exact = Fraction(str(value))
        top, bottom = self.parameters.add(exact.numerator), self.parameters.add(exact.denominator)
        return f"({col}::HUGEINT * {bottom} {sign} {top})"
