"""A configuration laid over a rulebook: a new rulebook, and the settings that went into it.

Nothing here judges, and nothing changes the pack: a number goes into a deadline, a reading takes the place of
all, days off join the calendar. Settings that the packs cannot take are refused, all of them at once, with
their lines; those about duties of packs that are not in use are set aside where ``lenient``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..messages import text
from ..model import Setting
from ..packs.model import CalendarRow, ConfirmedVersion, Duty, NotChecked, Rulebook, Text, Version
from ..packs.problems import did_you_mean
from ..readers.names import Names
from ..selecting import Rules
from ..times import TimeError, read_interval
from .numbers import Unfit, number_text, numbered, unknown
from .paths import PATH, PathRule
from .read import Defect, OfficeFile

if TYPE_CHECKING:
    from .model import Closure, Configuration, Coverage, SeverityChange
    from .places import Path

CLOSURE = "closure"


@dataclass(frozen=True)
class Placed:
    """A setting with what it is laid into: rules with the indices of their versions.

    ``idle`` says why it changes nothing, where that is known before any log is read; ``remark`` what else it
    brings about.
    """

    setting: Setting
    rules: dict[str, frozenset[int]] = field(default_factory=dict)
    idle: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Laid:
    """A rulebook under a configuration.

    ``off`` are the rules that are left out of reports. ``without_closures`` is the same rulebook with the
    pack's own calendar. ``coverage`` are the entries with their municipality, in the order of the file;
    ``only`` is the municipality whose own closures are in the calendar, so that no other can be judged by it.
    """

    rulebook: Rulebook
    office: OfficeFile | None = None
    municipality: str | None = None
    placed: tuple[Placed, ...] = ()
    off: frozenset[str] = frozenset()
    without_closures: Rulebook | None = None
    coverage: tuple[tuple[Setting, Coverage], ...] = ()
    only: tuple[str, str] | None = None
    paths: tuple[PathRule, ...] = ()


def laid(
    rulebook: Rulebook,
    office: OfficeFile | None,
    others: Collection[str] = (),
    lenient: bool = False,
    unused_packs: Collection[str] = (),
) -> Laid:
    """Lay a configuration over a rulebook; without one, only duties that no one has adopted change.

    ``others`` are rules that are no duties of packs and can only be switched off. With ``lenient``, as where
    the packs were named on the command line, settings about duties and packs that are not there are idle.
    ``unused_packs`` are known packs that are not in use. Raises ``ConfigurationError`` with every defect.
    """
    if office is None:
        return Laid(_adopted(rulebook, {}))
    return _Layer(rulebook, office, others, lenient, unused_packs).laid()


def _adopted(rulebook: Rulebook, adopters: dict[str, list[str]]) -> Rulebook:
    """Duties of packs to adopt bind those who adopted them; without any, they are listed and not judged."""
    by_rule = {rule: pack for pack, rules in rulebook.adoptable.items() for rule in rules}
    duties = []
    for duty in rulebook.duties:
        if (pack := by_rule.get(duty.id)) is None:
            duties.append(duty)
            continue
        bound = [m for m in adopters.get(pack, []) if duty.municipalities is None or m in duty.municipalities]
        if bound:
            duties.append(duty.model_copy(update={"municipalities": bound}))
        else:
            duties.append(_unjudged(duty, text("config.unadopted", pack=pack)))
    return rulebook.model_copy(update={"duties": duties}) if by_rule else rulebook


def _unjudged(duty: Duty, why: str) -> Duty:
    return duty.model_copy(update={"checkable": duty.checkable or NotChecked(no=why)})


class _Layer:
    """One configuration being laid: collects settings and defects."""

    def __init__(
        self,
        rulebook: Rulebook,
        office: OfficeFile,
        others: Collection[str],
        lenient: bool,
        unused_packs: Collection[str],
    ) -> None:
        self.rulebook, self.office, self.content = rulebook, office, office.content
        self.others, self.lenient, self.unused_packs = others, lenient, unused_packs
        self.duties = {d.id: d for d in rulebook.duties}
        spellings: dict[str, list[str]] = {}
        for municipality in rulebook.municipalities:
            spellings.setdefault(municipality.id, []).extend(municipality.names)
        self.municipalities = Names(spellings)
        self.defects: list[Defect] = []
        self.placed: list[Placed] = []
        self.off: set[str] = set()
        self.adopters: dict[str, list[str]] = {}

    def laid(self) -> Laid:
        content = self.content
        municipality = self._municipality(content.municipality, ("municipality",))
        self._readings(content)
        self._numbers(content)
        # Before severities: what an office confirms may weigh as a violation.
        self._confirmations(content)
        self._severities(content)
        self._adoptions(content)
        rows, only = self._closures(municipality)
        coverage = self._coverage(municipality)
        paths = self._paths()
        if self.defects:
            raise self.office.refused(self.defects)
        duties = [self.duties[d.id] for d in self.rulebook.duties]
        law = _adopted(self.rulebook.model_copy(update={"duties": duties}), self.adopters)
        return Laid(
            rulebook=_closed(law, rows) if rows else law,
            office=self.office,
            municipality=municipality,
            placed=tuple(sorted(self.placed, key=lambda p: int(p.setting.place.rpartition(":")[2]))),
            off=frozenset(self.off),
            without_closures=law if rows else None,
            coverage=tuple(coverage),
            only=only,
            paths=paths,
        )

    # -- names ------------------------------------------------------------

    def _refuse(self, path: Path, code: str, **values: object) -> None:
        self.defects.append(Defect(self.office.line(*path), text(code, None, **values)))

    def _municipality(self, name: str | None, path: Path) -> str | None:
        """The id of a municipality, or None where none is named or the defect has been told."""
        if name is None:
            return None
        found = self.municipalities.find(name)
        if found is None:
            if several := self.municipalities.candidates(name):
                self._refuse(path, "config.municipality.several", name=name, names=", ".join(several))
            else:
                near = self.municipalities.nearest(name)
                hint = text("config.meant", name=near) if near else ""
                self._refuse(path, "config.municipality", name=name, hint=hint)
        return found

    def _duty(self, rule: str, path: Path, setting: Setting) -> Duty | None:
        """The duty that a setting is about, or None after what is to be said of it."""
        if rule in self.duties:
            return self.duties[rule]
        if rule in self.others:
            self._refuse(path, "config.coded", rule=rule)
        elif self.lenient:
            self.placed.append(Placed(setting, idle=text("config.idle.duty")))
        else:
            hint = did_you_mean(rule, [*self.duties, *self.others])
            self._refuse(path, "config.duty", rule=rule, hint=hint)
        return None

    def _versions(self, duty: Duty, instrument: str | None, path: Path) -> list[int]:
        """The versions under an instrument (None: all); empty after the defect has been told."""
        found = [i for i, v in enumerate(duty.versions) if instrument in (None, v.instrument)]
        if not found:
            hint = did_you_mean(str(instrument), [v.instrument for v in duty.versions])
            self._refuse((*path, "version"), "config.version", rule=duty.id, name=instrument, hint=hint)
        return found

    def _place(self, setting: Setting, duty: Duty, versions: Iterable[int]) -> None:
        self.placed.append(Placed(setting, {duty.id: frozenset(versions)}))

    # -- duties ------------------------------------------------------------

    def _readings(self, content: Configuration) -> None:
        table = dict(content.readings)
        shared = {key: table.pop(key, None) for key in ("by", "source")}
        for key, value in shared.items():
            if not isinstance(value, str | None):
                self._refuse(("readings", key), "config.reading.shared", key=key)
        for rule, entry in table.items():
            path: Path = ("readings", rule)
            if isinstance(entry, str):
                by, source, name = shared["by"], shared["source"], entry
                if not isinstance(by, str) or not by.strip():
                    self._refuse(path, "config.reading.by", rule=rule, name=name)
                    continue
                said = source if isinstance(source, str) else None
            else:
                by, said, name = entry.by, entry.source, entry.reading
            setting = Setting("reading", rule, name, self.office.place(*path), by, said)
            duty = self._duty(rule, path, setting)
            if duty is None:
                continue
            chosen = [r for r in duty.readings if r.name == name]
            if chosen:
                self.duties[rule] = duty.model_copy(update={"readings": chosen})
                self._place(setting, duty, range(len(duty.versions)))
            elif duty.readings:
                hint = did_you_mean(name, [r.name for r in duty.readings])
                self._refuse(path, "config.reading", rule=rule, name=name, hint=hint)
            else:
                self._refuse(path, "config.reading.none", rule=rule)

    def _numbers(self, content: Configuration) -> None:
        for rule, given in content.numbers.items():
            for path, number in _entries(("numbers", rule), given):
                value = number_text(number, self.duties.get(rule))
                setting = Setting("number", rule, value, self.office.place(*path), number.by, number.source)
                duty = self._duty(rule, path, setting)
                if duty is None or not (versions := self._versions(duty, number.version, path)):
                    continue
                try:
                    self.duties[rule], touched = numbered(duty, number, versions)
                except Unfit as error:
                    self.defects.append(Defect(self.office.line(*path), str(error)))
                    continue
                laid_in = self.duties[rule].versions
                lost = any(duty.versions[i].presumption and not laid_in[i].presumption for i in touched)
                remark = text("config.presumption") if lost else None
                self.placed.append(Placed(setting, {rule: frozenset(touched)}, remark=remark))
            duty = self.duties.get(rule)
            if duty is not None and not self._told(("numbers", rule)) and (lacking := unknown(duty)):
                self._refuse(("numbers", rule), "config.number.rest", rule=rule, names=", ".join(lacking))

    def _told(self, path: Path) -> bool:
        """Whether something under this path has been refused already."""
        lines = {line for p, line in self.office.lines.items() if p[: len(path)] == path}
        return any(defect.line in lines for defect in self.defects)

    def _confirmations(self, content: Configuration) -> None:
        for rule, given in content.confirmations.items():
            for path, entry in _entries(("confirmations", rule), given):
                setting = Setting(
                    "confirmation", rule, entry.version or text("config.all_versions"),
                    self.office.place(*path), entry.by, entry.source, entry.text,
                )  # fmt: skip
                duty = self._duty(rule, path, setting)
                if duty is None or not (found := self._versions(duty, entry.version, path)):
                    continue
                unsure = [i for i in found if duty.versions[i].confidence == "unverified"]
                versions: list[Version] = list(duty.versions)
                for i in unsure:
                    versions[i] = ConfirmedVersion.model_construct(**dict(versions[i]))
                self.duties[rule] = duty.model_copy(update={"versions": versions})
                if unsure:
                    self._place(setting, duty, unsure)
                else:
                    self.placed.append(Placed(setting, idle=text("config.idle.verified")))

    def _severities(self, content: Configuration) -> None:
        for rule, change in content.severity.items():
            path: Path = ("severity", rule)
            setting = Setting(
                "severity", rule, change.severity, self.office.place(*path), change.by, None, change.reason
            )
            if change.severity == "off" and (rule in self.duties or rule in self.others):
                self.off.add(rule)
                versions = range(len(self.duties[rule].versions)) if rule in self.duties else ()
                self.placed.append(Placed(setting, {rule: frozenset(versions)}))
                continue
            duty = self._duty(rule, path, setting)
            if duty is None:
                continue
            if refused := _unraisable(duty, change):
                self._refuse(path, refused, rule=rule, binds=text(f"binds.{duty.binds}"))
                continue
            if duty.severity == change.severity:
                self.placed.append(Placed(setting, idle=text("config.idle.severity", severity=duty.severity)))
                continue
            self.duties[rule] = duty.model_copy(update={"severity": change.severity})
            self._place(setting, duty, (i for i, v in enumerate(duty.versions) if v.firm))

    # -- packs, days, coverage ------------------------------------------------------------

    def _adoptions(self, content: Configuration) -> None:
        packs = {p.id for p in self.rulebook.packs}
        for pack, names in content.adopted.items():
            path: Path = ("adopted", pack)
            found = [self._municipality(name, (*path, i)) for i, name in enumerate(names)]
            ids = list(dict.fromkeys(m for m in found if m is not None))
            setting = Setting("adoption", pack, ", ".join(ids), self.office.place(*path))
            if pack in self.rulebook.adoptable:
                self.adopters[pack] = ids
                touched = {
                    rule: frozenset(range(len(self.duties[rule].versions)))
                    for rule in self.rulebook.adoptable[pack]
                }
                self.placed.append(
                    Placed(setting, touched) if ids else Placed(setting, idle=text("config.idle.no_adopter"))
                )
            elif pack in packs:
                self._refuse(path, "config.adopted.law", pack=pack)
            elif self.lenient:
                self.placed.append(Placed(setting, idle=text("config.idle.pack")))
            elif pack in self.unused_packs:
                self._refuse(path, "config.adopted.unused", pack=pack, packs=", ".join(sorted(packs)))
            else:
                hint = did_you_mean(pack, [*packs, *self.unused_packs])
                self._refuse(path, "config.adopted", pack=pack, hint=hint)

    def _closures(self, own: str | None) -> tuple[list[CalendarRow], tuple[str, str] | None]:
        rows: list[CalendarRow] = []
        only: tuple[str, str] | None = None
        span = self.rulebook.calendar_range
        for i, closure in enumerate(self.content.closures):
            path: Path = ("closures", i)
            setting = Setting(
                CLOSURE, closure.shown, closure.name, self.office.place(*path), None, closure.source
            )
            municipality = self._municipality(closure.municipality, (*path, "municipality"))
            if municipality is not None:
                if municipality != own:
                    self._refuse((*path, "municipality"), "config.closure.other", name=municipality)
                    continue
                only = only or (municipality, self.office.place(*path))
            days = [dt.date.fromordinal(day) for day in closure.days]
            if days[0] < span.from_ or days[-1] > span.to:
                first, last = span.from_, span.to
                self._refuse(path, "config.closure.outside", days=closure.shown, first=first, last=last)
                continue
            rows += [_day_off(day, closure) for day in days]
            self.placed.append(Placed(setting))
        return rows, only

    def _paths(self) -> tuple[PathRule, ...]:
        rules = Rules(
            {**dict.fromkeys(self.others, ""), **{d.id: d.area for d in self.rulebook.duties}},
            self.rulebook.pack_of,
        )
        found = []
        for pattern, entry in self.content.paths.items():
            path: Path = ("paths", pattern)
            said = [text("config.path.ignore", names=", ".join(entry.ignore))] if entry.ignore else []
            said += [f"fail-on {entry.fail_on}"] if entry.fail_on is not None else []
            setting = Setting(
                PATH, pattern, "; ".join(said), self.office.place(*path), entry.by, None, entry.reason
            )
            for n, word in enumerate(entry.ignore):
                if not rules.meant(word) and not self.lenient:
                    hint = did_you_mean(word, rules.names())
                    self._refuse((*path, "ignore", n), "config.duty", rule=word, hint=hint)
            ignored = frozenset().union(*(rules.meant(word) for word in entry.ignore))
            self.placed.append(Placed(setting))
            found.append(PathRule(setting, pattern, ignored, entry.fail_on))
        return tuple(found)

    def _coverage(self, own: str | None) -> list[tuple[Setting, Coverage]]:
        found: list[tuple[Setting, Coverage]] = []
        vocabulary = self.rulebook.vocabulary
        families = {event.partition(".")[0] for event in vocabulary.events}
        for i, entry in enumerate(self.content.coverage):
            path: Path = ("coverage", i)
            if vocabulary.coverage is None:
                self._refuse(path, "config.coverage.none")
                continue
            municipality = self._municipality(entry.municipality, (*path, "municipality")) or own
            if entry.municipality is None and own is None:
                self._refuse(path, "config.coverage.municipality")
            try:
                read_interval(entry.period)
            except TimeError as error:
                self._refuse((*path, "period"), "config.coverage.period", why=error)
            for n, family in enumerate(entry.event_families or ()):
                if family not in families:
                    hint = did_you_mean(family, families, most=40)
                    self._refuse(
                        (*path, "event_families", n), "config.coverage.family", name=family, hint=hint
                    )
            if municipality is None:
                continue
            listed = ", ".join(entry.event_families or ()) or text("covered.all")
            setting = Setting(
                "coverage", municipality, f"{entry.period}: {listed}", self.office.place(*path), None,
                entry.source, entry.note,
            )  # fmt: skip
            self.placed.append(Placed(setting))
            found.append((setting, entry.model_copy(update={"municipality": municipality})))
        return found


def _entries(path: Path, given: Any) -> list[tuple[Path, Any]]:
    """One entry or a list of them, each with its path."""
    if isinstance(given, list):
        return [((*path, i), entry) for i, entry in enumerate(given)]
    return [(path, given)]


def _unraisable(duty: Duty, change: SeverityChange) -> str | None:
    """The code of why findings of the duty can never be violations; None where the change can be made."""
    if change.severity != "violation":
        return None
    if duty.binds != "municipality":
        return "config.severity.binds"
    return None if any(v.firm for v in duty.versions) else "config.severity.unverified"


def _day_off(day: dt.date, closure: Closure) -> CalendarRow:
    name = Text(en=closure.name)
    return CalendarRow(date=day, name=name, kind=CLOSURE, off="yes", status="official", source=closure.source)


def _closed(rulebook: Rulebook, closures: Sequence[CalendarRow]) -> Rulebook:
    """The rulebook with these days off, also where its calendar declares them working days."""
    days = {row.date for row in closures}
    kept = [row for row in rulebook.calendar if not (row.date in days and row.off == "working")]
    return rulebook.model_copy(update={"calendar": sorted([*kept, *closures], key=lambda r: r.date)})
