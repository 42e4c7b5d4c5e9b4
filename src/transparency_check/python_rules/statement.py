"""What a rule says of itself - id, title, weight, legal basis - checked, and shown as a duty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError
from ..messages import phrase

if TYPE_CHECKING:
    from ..hookspecs import PythonRule
    from ..packs.model import Duty, Rulebook
    from ..plugins import Registry

_ID = re.compile(r"[A-Z]{2,4}-[A-Z]{2,4}-[0-9]{3}")
_SEVERITIES = ("violation", "advisory")
_CONFIDENCES = ("verified", "secondary", "unverified")
_LEGAL_BASIS = ("instrument", "provision", "quote", "url")


@dataclass(frozen=True, slots=True)
class Statement:
    """What findings and lists show of a rule; attributes as in ``hookspecs.PythonRule``."""

    id: str
    title: str
    severity: str
    confidence: str
    presumption: str | None
    bearer: str
    commitment: bool
    help: str | None
    instrument: str
    provision: str | None
    quote: str | None
    url: str | None

    @property
    def area(self) -> str:
        """The second part of the id."""
        return self.id.split("-")[1]

    @property
    def weight(self) -> str:
        """The severity of its findings: what is unverified is advisory unless presumed (semantics 4.17)."""
        return "advisory" if self.confidence == "unverified" and not self.presumption else self.severity


class StatedRule:
    """A rule with what it said of itself when it was asked for: it cannot say something else later.

    Raises ``ValueError`` as ``stated`` does.
    """

    def __init__(self, rule: PythonRule) -> None:
        self.statement = stated(rule)
        self.id, self.title = self.statement.id, self.statement.title
        self.judge = rule.judge


def stated(rule: object) -> Statement:
    """Read the attributes of a rule. Raises ``ValueError`` saying which one is wrong, and how to write it."""
    if isinstance(rule, StatedRule):
        return rule.statement
    id_ = _text(rule, "id", required=True) or ""
    if not _ID.fullmatch(id_):
        raise ValueError(
            phrase("the id {id!r} is not written like XX-MTG-001: country, area, number", id=id_)
        )
    if not callable(getattr(rule, "judge", None)):
        raise ValueError(phrase("{id} has no method judge(events, as_of)", id=id_))
    commitment = getattr(rule, "commitment", False)
    if not isinstance(commitment, bool):
        raise ValueError(
            phrase("{id}: commitment is True or False, not {commitment!r}", id=id_, commitment=commitment)
        )
    law = getattr(rule, "legal_basis", None) or {}
    if not isinstance(law, Mapping) or not set(law) <= set(_LEGAL_BASIS):
        known = ", ".join(_LEGAL_BASIS)
        raise ValueError(
            phrase(
                "{id}: legal_basis is a mapping with the keys {known}, not {law!r}",
                id=id_,
                known=known,
                law=law,
            )
        )
    basis = {key: _checked(value, f"{id_}: legal_basis {key}") for key, value in law.items()}
    return Statement(
        id=id_,
        title=_text(rule, "title", required=True) or "",
        severity=_choice(rule, "severity", _SEVERITIES, "advisory"),
        confidence=_choice(rule, "confidence", _CONFIDENCES, "unverified"),
        presumption=_text(rule, "presumption"),
        bearer=_text(rule, "bearer") or "",
        commitment=commitment,
        help=_text(rule, "help"),
        instrument=basis.get("instrument") or "",
        provision=basis.get("provision"),
        quote=basis.get("quote"),
        url=basis.get("url"),
    )


def _checked(value: object, name: str) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return None if value is None else " ".join(str(value).split())
    raise ValueError(phrase("{name} is text, not {value!r}", name=name, value=value))


def _text(rule: object, name: str, *, required: bool = False) -> str | None:
    value = _checked(getattr(rule, name, None), name)
    if value is None and required:
        raise ValueError(
            phrase("{kind} has no {name}, which every rule needs", kind=type(rule).__name__, name=name)
        )
    return value


def _choice(rule: object, name: str, known: tuple[str, ...], default: str) -> str:
    value = getattr(rule, name, default)
    if value not in known:
        raise ValueError(
            phrase("{name} is one of {list}, not {value!r}", name=name, list=", ".join(known), value=value)
        )
    return str(value)


def with_rules(rulebook: Rulebook, registry: Registry) -> Rulebook:
    """The rulebook with a duty for every rule in Python: to be listed, chosen and named, never evaluated.

    Raises ``ConfigurationError`` where two rules, or a rule and a duty of a pack, have the same id.
    """
    statements = [stated(rule) for rule in registry.rules]
    _refuse_clashes(rulebook, registry, statements)
    if not statements:
        return rulebook
    duties = [*rulebook.duties, *(_as_duty(s) for s in statements)]
    return rulebook.model_copy(update={"duties": sorted(duties, key=lambda duty: duty.id)})


def _refuse_clashes(rulebook: Rulebook, registry: Registry, statements: Iterable[Statement]) -> None:
    packs = {duty.id for duty in rulebook.duties}
    owners = {rule.id: registry.plugin_of(rule) for rule in registry.rules}
    clashes = [
        phrase(
            "{id} is a duty of the packs used ({list}) and a rule of the plugin {plugin}.",
            id=s.id,
            list=", ".join(p.id for p in rulebook.packs),
            plugin=owners[s.id],
        )
        for s in statements
        if s.id in packs
    ]
    clashes += [
        phrase(
            "{rule} is a rule of the plugin {first} and of the plugin {second}.",
            rule=rule,
            first=first,
            second=second,
        )
        for rule, first, second in registry.rule_clashes
    ]
    if clashes:
        raise ConfigurationError(
            " ".join(clashes),
            phrase(
                "An id names one rule: give the rule in Python another, remove one of the "
                "plugins, or run with --no-plugins."
            ),
        )


def _as_duty(statement: Statement) -> Duty:
    from ..packs.model import Duty, LegalBasis, Presumption, Text, Version

    class CodedDuty(Duty):
        """A rule in Python as lists show it. What starts and discharges it only its code knows."""

        @property
        def shape(self) -> str:
            return "code"

    s = statement
    # Unchecked, since a duty of a pack must say what starts it.
    values: dict[str, Any] = {
        "id": s.id,
        "title": Text(en=s.title),
        "area": s.area,
        "bearer": s.bearer,
        "severity": s.severity,
        "commitment": s.commitment,
        "versions": [
            Version(
                instrument=s.instrument,
                confidence=s.confidence,  # type: ignore[arg-type]
                presumption=Presumption(text=s.presumption, decided_by="") if s.presumption else None,
            )
        ],
        "legal_basis": LegalBasis(provision=s.provision, quote=s.quote, url=s.url),
        "help": Text(en=s.help) if s.help else None,
    }
    return CodedDuty.model_construct(**values)
