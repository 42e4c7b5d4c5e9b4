"""Turns pydantic's errors into sentences for the author of a pack, each with its place in the file.

pydantic reports every branch of a union; a person wants to hear about the branch they meant. So errors are
grouped by the point where branches part, and only the branch with the slightest faults is told.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from transparency_check.messages import either, later, phrase
from transparency_check.model import Problem
from transparency_check.packs.problems import defect, did_you_mean, nearest, shown

Path = tuple[str | int, ...]
Place = Callable[[Path, bool], str]

_KINDS = {
    bool: later("true or false"),
    int: later("a whole number"),
    float: later("a number"),
    str: later("a text"),
    dt.date: later("a date (YYYY-MM-DD)"),
}
_PATTERNS = {
    r"^[A-Z]{2,4}-[A-Z]{2,4}-[0-9]{3}$": later(
        "`{value}` does not have the form of a duty's id, for example XK-MTG-001."
    ),
    r"^[a-z][a-z0-9-]*$": later(
        "`{value}` does not have the form of a pack's id: small letters, digits and hyphens, for example "
        "kosovo."
    ),
    r"^[0-9]{2}-[0-9]{2}/[0-9]{2}-[0-9]{2}$": later(
        "`{value}` does not have the form MM-DD/MM-DD, for example 01-01/03-31."
    ),
}
_OTHER = later("something else")
_PATTERN = later("`{value}` does not have the form {pattern}.")
# What a key is missing from, or is no key of.
_OWNERS = {
    "Duty": later("a duty"),
    "Text": later("a text in languages"),
    "Where": later("a condition"),
    "Exception_": later("an exception"),
    "CalendarTrigger": later("a calendar"),
    "NotChecked": "`checkable`",
    "OpenFor": "`open_for`",
    "PackInfo": "pack.yaml",
    "FieldReference": later("a field reference"),
    "Share": later("a share"),
    "MunicipalityReference": later("a municipality reference"),
    "Test": later("a test"),
    "EventSelector": later("an event selector"),
    "ObligationSelector": later("an obligation selector"),
    "Trigger": later("a trigger"),
    "AnyOf": later("an any of"),
    "Requirement": later("a requirement"),
    "Span": later("a span"),
    "Extension": later("an extension"),
    "Suspension": later("a suspension"),
    "Deadline": later("a deadline"),
    "Count": later("a count"),
    "Correlate": later("a correlate"),
    "Presumption": later("a presumption"),
    "Version": later("a version"),
    "LegalBasis": later("a legal basis"),
    "Reading": later("a reading"),
    "Expectation": later("an expectation"),
    "Example": later("an example"),
    "Attribute": later("an attribute"),
    "Inheritance": later("an inheritance"),
    "EventType": later("an event type"),
    "Outage": later("an outage"),
    "CoverageEvent": later("a coverage event"),
    "Vocabulary": later("a vocabulary"),
    "Municipality": later("a municipality"),
    "Instrument": later("an instrument"),
    "CalendarRow": later("a calendar row"),
    "CalendarRange": later("a calendar range"),
    "SuppliedNumber": later("a supplied number"),
    "Confirmation": later("a confirmation"),
    "SettledReading": later("a settled reading"),
    "SeverityChange": later("a severity change"),
    "Closure": later("a closure"),
    "Coverage": later("a coverage"),
    "Configuration": later("a configuration"),
    "PathSettings": later("a path"),
    "Reminding": later("a reminder"),
    "Baseline": later("a baseline"),
    "Mapping": later("a mapping"),
    "Part": later("a part"),
    "Naming": "`type`",
    "Entry": later("an entry of events"),
    "LeftOut": later("an entry of ignore"),
}


@dataclass(frozen=True)
class _Fault:
    """One error of pydantic, with the branches of unions that it lies in taken out of its path."""

    error: ErrorDetails
    path: Path
    branches: tuple[tuple[Path, str], ...]
    # The types that the value at ``path`` may have, and the model that holds it.
    allowed: tuple[Any, ...]
    owner: type[BaseModel] | None


def shape_problems(error: ValidationError, model: Any, data: Any, place: Place) -> list[Problem]:
    """The errors of validating ``data`` as ``model``, as problems.

    ``place(path, key)`` gives the place of the value (or, with ``key``, of the key) at a path of ``data``.
    """
    faults = [_fault(e, model, data) for e in error.errors(include_url=False)]
    meant = _meant(faults, 0)
    misspelt = {(f.path[:-1], nearest(str(f.path[-1]), _keys(f.owner))) for f in meant if _unknown(f)}
    # A missing key that stands there misspelt is told once.
    told = [f for f in meant if not (_missing(f) and (f.path[:-1], f.path[-1]) in misspelt)]
    return [_problem(f, data, place) for f in told]


def _meant(faults: list[_Fault], depth: int) -> list[_Fault]:
    """The faults of the branches that were meant."""
    told = [f for f in faults if len(f.branches) <= depth]
    points: dict[Path, dict[str, list[_Fault]]] = {}
    for fault in faults:
        if len(fault.branches) > depth:
            point, branch = fault.branches[depth]
            points.setdefault(point, {}).setdefault(branch, []).append(fault)
    for point, branches in points.items():
        misfits = {name: all(_misfit(f, point) for f in group) for name, group in branches.items()}
        if all(misfits.values()):
            told.append(next(iter(branches.values()))[0])
        else:
            groups = [group for name, group in branches.items() if not misfits[name]]
            told += _meant(min(groups, key=_weight), depth + 1)
    return told


def _misfit(fault: _Fault, point: Path) -> bool:
    """Whether the value at the point is of another kind altogether."""
    kind = fault.error["type"]
    return fault.path == point and (kind.endswith("_type") or kind in ("literal_error", "int_from_float"))


def _weight(group: list[_Fault]) -> tuple[float, int]:
    """How far a branch is from what was written: missing and unknown keys, less for misspelt ones."""
    unknown = [0.5 if nearest(str(f.path[-1]), _keys(f.owner)) else 1.0 for f in group if _unknown(f)]
    return sum(unknown) + sum(_missing(f) for f in group), len(group)


def _unknown(fault: _Fault) -> bool:
    return fault.error["type"] == "extra_forbidden"


def _missing(fault: _Fault) -> bool:
    return fault.error["type"] == "missing"


def _fault(error: ErrorDetails, model: Any, data: Any) -> _Fault:
    allowed: tuple[Any, ...] = tuple(_members(model))
    owner: type[BaseModel] | None = None
    path: Path = ()
    branches: list[tuple[Path, str]] = []
    value = data
    for element in error["loc"]:
        if (
            isinstance(value, dict)
            and isinstance(element, str)
            and (element in value or _is_missing(error, element))
        ):
            owner = next((m for m in allowed if _has(m, element)), None) or next(
                (m for m in allowed if _is_model(m)), None
            )
            allowed = tuple(_step(allowed, element))
            path, value = (*path, element), value.get(element)
        elif isinstance(value, list) and isinstance(element, int) and element < len(value):
            allowed = tuple(m for a in allowed if get_origin(a) is list for m in _members(get_args(a)[0]))
            path, value = (*path, element), value[element]
        else:
            branches.append((path, str(element)))
            if error["type"] != "literal_error" and not error["type"].endswith("_type"):
                chosen = tuple(m for m in allowed if getattr(m, "__name__", None) == element)
                allowed = chosen or allowed
            else:
                narrowed = tuple(m for m in allowed if _is_model(m) and m.__name__ == element)
                # A misfit at the union itself is told with all that would fit.
                if narrowed and error["loc"][-1] != element:
                    allowed = narrowed
    return _Fault(error, path, tuple(branches), allowed, owner)


def _is_missing(error: ErrorDetails, element: str) -> bool:
    return error["type"] == "missing" and error["loc"][-1] == element


def _is_model(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, BaseModel)


def _members(annotation: Any) -> Iterable[Any]:
    """The types a value may have, unions and annotations taken apart, None left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _members(part)
    elif annotation is not type(None):
        yield annotation


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys that a file may use for a model, with the types of their values."""
    return {f.alias or name: f.annotation for name, f in model.model_fields.items()}


def _keys(owner: type[BaseModel] | None) -> dict[str, Any]:
    return keys_of(owner) if owner else {}


def _has(member: Any, key: str) -> bool:
    return _is_model(member) and key in keys_of(member)


def _step(allowed: Iterable[Any], key: str) -> Iterable[Any]:
    for member in allowed:
        if _has(member, key):
            yield from _members(keys_of(member)[key])
        elif get_origin(member) is dict:
            yield from _members(get_args(member)[1])


def _owner_name(owner: type[BaseModel] | None) -> str:
    if owner is None or owner.__name__ not in _OWNERS:
        return phrase("this entry")
    return phrase(_OWNERS[owner.__name__])


def _expected(allowed: Iterable[Any]) -> str:
    words: list[str] = []
    for member in allowed:
        if get_origin(member) is Literal:
            words.append(
                phrase("one of {list}", list=", ".join(map(str, get_args(member))))
                if len(get_args(member)) > 1
                else f"`{get_args(member)[0]}`"
            )
        elif get_origin(member) is list:
            words.append(phrase("a list"))
        elif get_origin(member) is dict:
            words.append(phrase("a mapping"))
        elif _is_model(member):
            words.append(phrase("a mapping with {list}", list=", ".join(list(keys_of(member))[:6])))
        else:
            words.append(_KINDS.get(member, phrase("something else")))
    return either(dict.fromkeys(words))


def _value(data: Any, path: Path) -> Any:
    for element in path:
        data = data[element]
    return data


def _problem(fault: _Fault, data: Any, place: Place) -> Problem:
    error, path = fault.error, fault.path
    kind = error["type"]
    if kind == "missing":
        message = phrase(
            "`{path}` is missing: {owner} needs it. Add it.", path=path[-1], owner=_owner_name(fault.owner)
        )
        return defect("missing-key", place(path[:-1], False), message)
    if kind == "extra_forbidden":
        hint = did_you_mean(str(path[-1]), _keys(fault.owner), most=30)
        return defect(
            "unknown-key",
            place(path, True),
            phrase(
                "`{path}` is not a key of {owner}.{hint}",
                path=path[-1],
                owner=_owner_name(fault.owner),
                hint=hint,
            ),
        )
    value = _value(data, path)
    named = [element for element in path if isinstance(element, str)]
    name = f"`{named[-1]}`" if named else phrase("This")
    if path and isinstance(path[-1], int):
        name = phrase("An entry of {name}", name=name) if named else phrase("An entry")
    literals = [str(v) for m in fault.allowed if get_origin(m) is Literal for v in get_args(m)]
    if kind == "literal_error" and isinstance(value, str) and named and not _others(fault):
        hint = did_you_mean(value, literals, most=30)
        return defect(
            "value",
            place(path, False),
            phrase("`{value}` is not a value of `{named}`.{hint}", value=value, named=named[-1], hint=hint),
        )
    if kind in ("literal_error", "int_from_float") or kind.endswith("_type"):
        advice = ""
        if str in fault.allowed and isinstance(value, bool | int | float):
            advice = phrase(" Put it in quotes.")
        elif int in fault.allowed and isinstance(value, str) and value.strip().isdecimal():
            advice = phrase(" Take the quotes away.")
        return defect(
            "type",
            place(path, False),
            phrase(
                "{name} is {value}; expected is {expected}.{advice}",
                name=name,
                value=shown(value),
                expected=_expected(fault.allowed),
                advice=advice,
            ),
        )
    if kind == "string_pattern_mismatch":
        pattern = str(error.get("ctx", {}).get("pattern", ""))
        return defect(
            "form",
            place(path, False),
            phrase(_PATTERNS.get(pattern, _PATTERN), value=value, pattern=pattern),
        )
    if kind == "greater_than_equal":
        return defect(
            "value",
            place(path, False),
            phrase(
                "{name} is {value}; it must be at least {least}.",
                name=name,
                value=value,
                least=error["ctx"]["ge"],
            ),
        )
    if kind == "less_than_equal":
        return defect(
            "value",
            place(path, False),
            phrase(
                "{name} is {value}; it must be at most {most}.",
                name=name,
                value=value,
                most=error["ctx"]["le"],
            ),
        )
    if kind == "too_short":
        return defect(
            "value",
            place(path, False),
            phrase("{name} is an empty list; at least one entry is needed.", name=name),
        )
    if dt.date in fault.allowed:
        return defect(
            "value",
            place(path, False),
            phrase("`{value}` is no date. A date is written YYYY-MM-DD.", value=value),
        )
    message = str(error["msg"]).removeprefix("Value error, ")
    return defect("shape", place(path, False), message[:1].upper() + message[1:].rstrip(".") + ".")


def _others(fault: _Fault) -> bool:
    """Whether something else than the listed words would do."""
    return any(get_origin(m) is not Literal for m in fault.allowed)
