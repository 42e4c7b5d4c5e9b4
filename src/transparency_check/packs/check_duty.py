"""One duty against the vocabulary, the instruments, the municipalities and the other duties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateutil.rrule import rrulestr
from pydantic import BaseModel, ValidationError

from transparency_check.messages import phrase
from transparency_check.model import Problem
from transparency_check.packs.check_conditions import ConditionCheck
from transparency_check.packs.load import DutyFile
from transparency_check.packs.model import (
    AnyOf,
    CalendarTrigger,
    Count,
    Deadline,
    Duty,
    EventSelector,
    ObligationSelector,
    OpenFor,
    Requirement,
    Span,
    Trigger,
    Vocabulary,
)
from transparency_check.packs.overlay import PARTIAL, laid_over
from transparency_check.packs.problems import defect, did_you_mean
from transparency_check.packs.shape_errors import shape_problems
from transparency_check.packs.spans import empty, overlap
from transparency_check.packs.yaml_source import Path

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_SHAPE_PARTS = {
    "count": ("requires", "must", "deadline", "open_for"),
    "calendar": ("must", "deadline", "open_for"),
    "standing": ("must", "deadline", "open_for"),
    "content": ("requires",),
}


@dataclass(frozen=True)
class Known:
    """What a duty may refer to. ``municipalities`` is None where the table could not be read."""

    vocabulary: Vocabulary
    instruments: Collection[str]
    municipalities: Collection[str] | None
    duties: Mapping[str, Duty]
    # Ids of duties whose files could not be read: they exist, but nothing more is known.
    unread: Collection[str]
    areas: Collection[str]


@dataclass(frozen=True)
class Part:
    """A part of a duty under one reading. Keys that it states stand at ``path``, the others at ``base``."""

    value: Any
    path: Path
    base: Path
    stated: frozenset[str] | None = None

    def at(self, key: str, *more: str | int) -> Path:
        return (*(self.path if self.stated is None or key in self.stated else self.base), key, *more)


class DutyCheck:
    """Checks one duty; the defects are collected in ``problems``."""

    def __init__(self, file: DutyFile, known: Known) -> None:
        self.duty, self.file, self.source, self.known = file.duty, file.file, file.source, known
        self.problems: list[Problem] = []
        self.conditions = ConditionCheck(known.vocabulary, known.municipalities or (), self.report)

    def report(self, code: str, path: Path, message: str, key: bool = False) -> None:
        if code == "unknown-municipality" and self.known.municipalities is None:
            return
        self.problems.append(defect(code, self.source.place(path, key=key), message))

    def run(self) -> list[Problem]:
        """All defects of the duty."""
        self._identity()
        self._versions()
        self._references()
        self._superfluous()
        for view in self._views():
            self._view(view)
        return self.problems

    # -- what stands outside the readings ----------------------------------------------------------------

    def _identity(self) -> None:
        duty, parts = self.duty, self.file.split("/")
        name = parts[-1].removesuffix(".yaml")
        if name.casefold() != duty.id.casefold() and not name.casefold().startswith(f"{duty.id}-".casefold()):
            message = phrase(
                "The file of `{id}` is named {id}.yaml or {id}-<words>.yaml, not {file}.",
                id=duty.id,
                file=parts[-1],
            )
            self.report("file-name", ("id",), message)
        if duty.id.split("-")[1] != duty.area:
            self.report(
                "area",
                ("area",),
                phrase(
                    "The area is `{area}`, but the id says `{named}`.",
                    area=duty.area,
                    named=duty.id.split("-")[1],
                ),
            )
        elif len(parts) != 3 or parts[1].casefold() != duty.area.casefold():
            self.report(
                "file-name",
                ("area",),
                phrase("A duty of the area {area} stands in the folder duties/{area}.", area=duty.area),
            )
        if self.known.areas and duty.area not in self.known.areas:
            hint = did_you_mean(duty.area, self.known.areas, most=20)
            self.report(
                "area",
                ("area",),
                phrase("pack.yaml names no area `{area}`.{hint}", area=duty.area, hint=hint),
            )

    def _versions(self) -> None:
        versions = self.duty.versions
        for index, version in enumerate(versions):
            at: Path = ("versions", index)
            if version.instrument not in self.known.instruments:
                hint = did_you_mean(version.instrument, self.known.instruments)
                message = phrase(
                    "There is no instrument `{instrument}`.{hint}", instrument=version.instrument, hint=hint
                )
                self.report("unknown-instrument", (*at, "instrument"), message)
            if empty(version):
                self.report(
                    "version",
                    (*at, "to"),
                    phrase(
                        "The version ends ({last}) before it begins ({first}).",
                        last=version.to,
                        first=version.from_,
                    ),
                )
            for other in versions[:index]:
                if overlap(version, other):
                    message = phrase(
                        "This version ({days}) overlaps that of `{instrument}` ({others}): on one day "
                        "one version is in force (semantics 4.1). Give `from` and `to`.",
                        days=_days(version),
                        instrument=other.instrument,
                        others=_days(other),
                    )
                    self.report("version", at, message)
            if version.unit is not None and version.n is None:
                message = phrase(
                    "`unit` belongs to a number: give the `n` of this version too, or delete it."
                )
                self.report("version", (*at, "unit"), message, True)
            if version.n is not None and not (self.duty.deadline or self.duty.open_for or self.duty.count):
                self.report(
                    "version",
                    (*at, "n"),
                    phrase("A version gives `n` only where the duty counts something."),
                    True,
                )

    def _references(self) -> None:
        duty = self.duty
        if self.known.municipalities is not None:
            for index, name in enumerate(duty.municipalities or []):
                if name not in self.known.municipalities:
                    hint = did_you_mean(name, self.known.municipalities)
                    self.report(
                        "unknown-municipality",
                        ("municipalities", index),
                        phrase("There is no municipality `{name}`.{hint}", name=name, hint=hint),
                    )
        if duty.replaces is not None:
            self._obligation(duty.replaces, ("replaces",))
            if not duty.municipalities:
                message = phrase(
                    "A duty that `replaces` another says in `municipalities` where (semantics 4.2)."
                )
                self.report("missing-key", ("replaces",), message, True)
        for index, exception in enumerate(duty.unless):
            if exception.instead is not None:
                self._obligation(exception.instead, ("unless", index, "instead"))
        seen: set[str] = set()
        for index, reading in enumerate(duty.readings):
            if reading.name in seen:
                message = phrase(
                    "There are two readings `{name}`. Give each a name of its own.", name=reading.name
                )
                self.report("duplicate-id", ("readings", index, "name"), message)
            seen.add(reading.name)
        for index, example in enumerate(duty.examples):
            if any(example.name == e.name for e in duty.examples[:index]):
                message = phrase(
                    'There are two examples "{name}". Give each a name of its own.', name=example.name
                )
                self.report("duplicate-id", ("examples", index, "name"), message)

    def _obligation(self, rule: str, path: Path, *, judged: bool = False) -> None:
        """Report a reference to no duty, to the duty itself, or (``judged``) to one without outcomes."""
        if rule == self.duty.id:
            self.report(
                "unknown-duty", path, phrase("`{rule}` is this duty itself. Name another one.", rule=rule)
            )
        elif rule not in self.known.duties and rule not in self.known.unread:
            hint = did_you_mean(rule, {*self.known.duties, *self.known.unread} - {self.duty.id})
            self.report(
                "unknown-duty", path, phrase("There is no duty `{rule}`.{hint}", rule=rule, hint=hint)
            )
        elif judged and rule in self.known.duties and self.known.duties[rule].checkable is not None:
            self.report(
                "unknown-duty",
                path,
                phrase(
                    "`{rule}` is not checkable, so it has no outcome that could trigger anything.", rule=rule
                ),
            )

    def _superfluous(self) -> None:
        shape = self.duty.shape
        for key in _SHAPE_PARTS.get(shape, ()):
            if getattr(self.duty, key) is not None:
                self.report(
                    "shape",
                    (key,),
                    phrase("`{key}` means nothing in a {shape} duty. Delete it.", key=key, shape=shape),
                    True,
                )
        if self.duty.binds != "municipality" and self.duty.severity != "advisory":
            message = phrase(
                "What does not bind the municipality is no violation of it: `severity` is advisory."
            )
            self.report("shape", ("severity",), message)
        if self.duty.unless and shape in ("count", "calendar", "standing"):
            message = phrase(
                "`unless` means nothing in a {shape} duty: no event of a case starts it. Delete it.",
                shape=shape,
            )
            self.report("shape", ("unless",), message, True)
        if self.duty.judged and self.duty.must is None and self.duty.requires is None:
            self.report(
                "shape",
                ("judged",),
                phrase("`judged` needs `must` or `requires`: what is judged together."),
                True,
            )

    # -- each reading ------------------------------------------------------------------------------------

    def _views(self) -> list[dict[str, Part]]:
        """The parts of the duty, as the duty states them and as each reading that changes some does."""
        plain: dict[str, Part] = {}
        for key in ("trigger", "requires", "deadline", "open_for", "count", "calendar"):
            value = getattr(self.duty, key)
            if value is not None:
                plain[key] = Part(value, (key,), (key,))
        views = [plain]
        for index, reading in enumerate(self.duty.readings):
            changed: dict[str, Part] = {}
            for key in ("trigger", "requires", "calendar", *PARTIAL):
                value = getattr(reading, key)
                path: Path = ("readings", index, key)
                if value is None:
                    continue
                if key not in plain:
                    self.report(
                        "shape",
                        path,
                        phrase("The reading changes `{key}`, which the duty does not have.", key=key),
                        True,
                    )
                elif key in PARTIAL:
                    part = self._laid_over(key, value, path)
                    if part is not None:
                        changed[key] = part
                else:
                    changed[key] = Part(value, path, path)
            if changed:
                views.append({**plain, **changed})
        return views

    def _laid_over(self, key: str, overlay: Mapping[str, Any], path: Path) -> Part | None:
        models: dict[str, type[BaseModel]] = {"deadline": Deadline, "open_for": OpenFor, "count": Count}
        merged = laid_over(self.source.data[key], overlay)

        def place(at: Path, of_key: bool) -> str:
            stated = not at or at[0] in overlay or at[0] not in merged
            return self.source.place((*path, *at) if stated else (key, *at), key=of_key)

        try:
            value = models[key].model_validate(merged, strict=True)
        except ValidationError as error:
            self.problems += shape_problems(error, models[key], merged, place)
            return None
        return Part(value, path, (key,), frozenset(overlay))

    def _view(self, view: Mapping[str, Part]) -> None:
        trigger = view.get("trigger")
        events = self._trigger(trigger) if trigger else []
        if self.duty.must is not None:
            self._must(self.duty.must, trigger, events)
        if "requires" in view:
            self._requires(view["requires"])
        if "deadline" in view:
            self._deadline(view["deadline"], trigger, events)
        if "open_for" in view:
            self._open_for(view["open_for"], events)
        if "count" in view:
            self._count(view["count"])
        if "calendar" in view:
            self._calendar(view["calendar"])
        self._unless(trigger, events)
        self._correlate(view, events)

    def _selector(self, selector: str | EventSelector, path: Path) -> None:
        if isinstance(selector, str):
            self.conditions.event(selector, path)
        elif self.conditions.event(selector.event, (*path, "event")):
            self.conditions.condition(selector.where, [selector.event], (*path, "where"))

    def _trigger(self, part: Part) -> list[str]:
        """Check a trigger; returns the event types (known ones) that its conditions and anchors apply to."""
        trigger: Trigger = part.value
        events: list[str] = []
        for index, source in enumerate(trigger.alternatives):
            at = part.at("any_of", index) if trigger.any_of is not None else part.path
            if isinstance(source, ObligationSelector):
                self._obligation(source.obligation, (*at, "obligation"), judged=True)
            elif self.conditions.event(source.event, (*at, "event")):
                events.append(source.event)
                if trigger.any_of is not None:
                    self.conditions.condition(source.where, [source.event], (*at, "where"))
        if trigger.moved_by is not None and trigger.moving is not None:
            self._selector(trigger.moved_by, part.at("moved_by"))
            if trigger.moving.event in self.conditions.vocabulary.events:
                events.append(trigger.moving.event)
        if trigger.event is not None:
            # The moved plan must satisfy the same condition, so the moving event must be able to state it.
            self.conditions.condition(trigger.where, events, part.at("where"))
        if trigger.cancelled_by is not None:
            self._selector(trigger.cancelled_by, part.at("cancelled_by"))
        return events

    def _must(self, must: Mapping[str, Any], trigger: Part | None, events: Sequence[str]) -> None:
        if not must:
            self.report("test", ("must",), phrase("`must` is empty. Say what the event must show."))
        if trigger and any(isinstance(s, ObligationSelector) for s in trigger.value.alternatives):
            self.report(
                "shape",
                ("must",),
                phrase("`must` is judged at an event; this trigger is another duty's outcome."),
                True,
            )
            return
        self.conditions.condition(must, events, ("must",))

    def _requires(self, part: Part) -> None:
        requirement: Requirement = part.value
        if requirement.event is not None:
            if self.conditions.event(requirement.event, part.at("event")):
                self.conditions.condition(requirement.where, [requirement.event], part.at("where"))
            return
        self._members(part, requirement.any_of, requirement.all_of)

    def _members(
        self,
        part: Part,
        any_of: Sequence[EventSelector] | None,
        all_of: Sequence[EventSelector | AnyOf] | None,
    ) -> None:
        for key, members in (("any_of", any_of), ("all_of", all_of)):
            if members is not None and not members:
                self.report(
                    "test", part.at(key), phrase("`{key}` is an empty list. Name the events.", key=key)
                )
            for index, member in enumerate(members or []):
                if isinstance(member, AnyOf):
                    for inner, selector in enumerate(member.any_of):
                        self._selector(selector, part.at(key, index, "any_of", inner))
                else:
                    self._selector(member, part.at(key, index))

    def _numbers(self, part: Part) -> None:
        """What a version may put in place of the duty's number: the same kind of period."""
        if part.stated is not None and part.stated & {"n", "unit"}:
            # A reading that states its own number keeps it.
            return
        before = getattr(part.value, "before", None) is not None
        for index, version in enumerate(self.duty.versions):
            at: Path = ("versions", index)
            if version.unit is not None and (version.unit == "hour") != (part.value.unit == "hour"):
                message = phrase(
                    "The duty counts in {unit}, this version in {other}: hours are elapsed time and "
                    "never become days (semantics 2.3). Write a duty of its own for each.",
                    unit=part.value.unit,
                    other=version.unit,
                )
                self.report("version", (*at, "unit"), message)
            numbers = (version.n, part.value.n)
            if before and version.n is not None and 0 in numbers and numbers != (0, 0):
                message = phrase(
                    "`n` is {n} in the duty and {other} here: `before` with 0 is an order, with more a "
                    "period (semantics 4.10). Write a duty of its own for each.",
                    n=part.value.n,
                    other=version.n,
                )
                self.report("version", (*at, "n"), message)

    def _forward_only(self, deadline: Deadline, part: Part) -> None:
        """Keys that a deadline before something, or one of no days, cannot have: no clause says what they
        would do.
        """
        if isinstance(deadline.not_before, Span):
            self._in_days(deadline.not_before.unit, part.at("not_before", "unit"))
        if deadline.extended_by is not None and 0 in (deadline.n, *(v.n for v in self.duty.versions)):
            message = phrase(
                "`extended_by` means nothing where `n` is 0: there is no period to extend. Delete it."
            )
            self.report("shape", part.at("extended_by"), message, True)
        if deadline.before is None:
            return
        if deadline.clear and deadline.unit == "hour":
            message = phrase(
                "`clear` means nothing in hours: clear days are days (semantics 3.5), and hours never become "
                "days (semantics 2.3). Delete it, or count in another unit."
            )
            self.report("shape", part.at("clear"), message, True)
        if deadline.n == 0 and deadline.roll not in (None, "none"):
            message = phrase("`roll` means nothing in an order: it is due when its anchor is. Delete it.")
            self.report("shape", part.at("roll"), message, True)
        if deadline.not_before != "trigger":
            message = phrase(
                "`not_before` means nothing in a deadline `before` something: whatever comes earlier is "
                "in time. Delete it."
            )
            self.report("shape", part.at("not_before"), message, True)
        if deadline.suspended_by is not None:
            message = phrase(
                "`suspended_by` means nothing in a deadline `before` something: only what runs forward "
                "can stand still (semantics 7.8). Delete it."
            )
            self.report("shape", part.at("suspended_by"), message, True)

    def _in_days(self, unit: str, path: Path) -> None:
        if unit == "hour":
            message = phrase("This is a number of days, weeks, months or years: in it no hours are counted.")
            self.report("shape", path, message)

    def _deadline(self, part: Part, trigger: Part | None, events: Sequence[str]) -> None:
        deadline: Deadline = part.value
        self._numbers(part)
        self._forward_only(deadline, part)
        key = "before" if deadline.before is not None else "after"
        anchor = deadline.before if deadline.before is not None else deadline.after
        if isinstance(anchor, EventSelector):
            self._selector(anchor, part.at(key))
        elif anchor is not None and anchor != "time":
            if trigger and any(isinstance(s, ObligationSelector) for s in trigger.value.alternatives):
                self.report(
                    "anchor",
                    part.at(key),
                    phrase("A duty triggered by another's outcome counts from `time`, that duty's due date."),
                )
            else:
                self._anchor(anchor, events, part.at(key))
        if deadline.extended_by is not None:
            extension, at = deadline.extended_by, part.at("extended_by")
            self._selector(EventSelector(event=extension.event, where=extension.where), at)
            if isinstance(extension.add, str) and extension.event in self.known.vocabulary.events:
                self.conditions.attribute(extension.add, [extension.event], (*at, "add"), types=("integer",))
        if (stopped := deadline.suspended_by) is not None:
            self.conditions.event(stopped.from_, part.at("suspended_by", "from"))
            self.conditions.event(stopped.to, part.at("suspended_by", "to"))
            if stopped.from_ == stopped.to:
                message = phrase(
                    "`from` and `to` are one event type, so that nobody can say which event stops the clock "
                    "and which lets it go on (semantics 7.8). Name two."
                )
                self.report("shape", part.at("suspended_by", "to"), message)

    def _anchor(self, anchor: str, events: Sequence[str], path: Path) -> None:
        """A date-time attribute that every trigger carries, or ``time``."""
        if anchor not in self.known.vocabulary.attributes:
            moments = [
                a for a, known in self.known.vocabulary.attributes.items() if known.type == "date-time"
            ]
            hint = did_you_mean(anchor, ["time", *moments], most=20)
            self.report(
                "anchor",
                path,
                phrase(
                    "`{anchor}` is neither `time` nor a date-time attribute of the trigger.{hint}",
                    anchor=anchor,
                    hint=hint,
                ),
            )
        else:
            self.conditions.attribute(anchor, events, path, types=("date-time",))

    def _open_for(self, part: Part, events: Sequence[str]) -> None:
        open_for: OpenFor = part.value
        self._numbers(part)
        self._selector(open_for.closed_by, part.at("closed_by"))
        movers: list[str] = []
        if open_for.moved_by is not None and self.conditions.event(open_for.moved_by, part.at("moved_by")):
            movers = [open_for.moved_by]
        if open_for.planned is not None:
            self._anchor(open_for.planned, [*events, *movers], part.at("planned"))
        elif open_for.moved_by is not None:
            self.report(
                "missing-key",
                part.at("moved_by"),
                phrase("`moved_by` needs `planned`: the attribute that it moves."),
                True,
            )

    def _count(self, part: Part) -> None:
        count: Count = part.value
        if count.event is not None:
            if self.conditions.event(count.event, part.at("event")):
                self.conditions.condition(count.where, [count.event], part.at("where"))
        else:
            self._members(part, count.any_of, count.all_of)
        if count.within is not None and count.per != "year":
            self.report(
                "shape",
                part.at("within"),
                phrase(
                    "`within: {within}` is a part of a year; `per` is {per}.",
                    within=count.within,
                    per=count.per,
                ),
            )

    def _calendar(self, part: Part) -> None:
        calendar: CalendarTrigger = part.value
        reason = _rrule_fault(calendar.rrule)
        if reason:
            message = phrase(
                "{reason} A recurrence is written as in RFC 5545: FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1.",
                reason=reason,
            )
            self.report("rrule", part.at("rrule"), message)
        if calendar.window is not None:
            reason = _window_fault(calendar.window)
            if reason:
                self.report("window", part.at("window"), reason)
        if calendar.only_if is not None:
            self._selector(calendar.only_if, part.at("only_if"))

    def _unless(self, trigger: Part | None, events: Sequence[str]) -> None:
        for index, exception in enumerate(self.duty.unless):
            at: Path = ("unless", index)
            if exception.event is not None:
                self._selector(EventSelector(event=exception.event, where=exception.where), at)
            elif not exception.where:
                self.report(
                    "shape",
                    at,
                    phrase(
                        "An exception names an `event` of the case, or in `where` a condition on the trigger."
                    ),
                )
            elif trigger is None:
                self.report(
                    "shape",
                    at,
                    phrase(
                        "A condition on the trigger needs a trigger; this duty has none. Name an `event`."
                    ),
                )
            else:
                self.conditions.condition(exception.where, events, (*at, "where"))

    def _correlate(self, view: Mapping[str, Part], events: Sequence[str]) -> None:
        correlate = self.duty.correlate
        if self.duty.must is not None and correlate.by != "case":
            message = phrase(
                "`correlate` means nothing where what is recorded is judged itself (`must`). Delete it."
            )
            self.report("shape", ("correlate",), message, True)
        if correlate.window is not None:
            self._in_days(correlate.window.unit, ("correlate", "window", "unit"))
        if not isinstance(correlate.by, list):
            return
        required: list[str] = []
        if "requires" in view:
            required = [s.event for member in view["requires"].value.members for s in member]
        both = [e for e in dict.fromkeys([*events, *required]) if e in self.known.vocabulary.events]
        if not correlate.by:
            self.report(
                "test",
                ("correlate", "by"),
                phrase("`by` is an empty list. Name the attributes that must agree."),
            )
        for index, name in enumerate(correlate.by):
            self.conditions.attribute(name, both, ("correlate", "by", index))


def _days(version: Any) -> str:
    return phrase("{first} to {last}", first=version.from_ or "...", last=version.to or "...")


def _rrule_fault(text: str) -> str | None:
    parts = [part.partition("=")[::2] for part in text.split(";")]
    keys = dict(parts)
    if "\n" in text or "FREQ" not in keys or "DTSTART" in text.upper() or len(keys) < len(parts):
        return phrase("`{text}` is not a recurrence.", text=text)
    if keys["FREQ"] not in _FREQUENCIES:
        return phrase(
            "The frequency is one of {list}, not `{frequency}`.",
            list=", ".join(_FREQUENCIES),
            frequency=keys["FREQ"],
        )
    if not re.fullmatch(r"[1-9][0-9]{0,2}", keys.get("INTERVAL", "1")):
        return phrase("`INTERVAL={given}` is not a number from 1 to 999.", given=keys["INTERVAL"])
    # A rule that names no day is followed to the year 9999: the last 48 years, which hold every kind of year,
    # show it sooner than all from 2000 on. Easter is not known so far.
    late = {key: value for key, value in keys.items() if key not in ("COUNT", "UNTIL")}
    try:
        rule = _rule(keys, 2000)
        named = "BYEASTER" in keys or any(True for _ in _rule(late, 9952))
        if named and any(True for _ in rule):
            return None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        return phrase("`{text}` is not a recurrence ({error}).", text=text, error=error)
    return phrase("`{text}` names no day at all.", text=text)


def _rule(keys: Mapping[str, str], year: int) -> Any:
    text = ";".join(f"{key}={value}" for key, value in keys.items())
    return rrulestr(text, dtstart=dt.datetime(year, 1, 1))  # noqa: DTZ001 - days, not instants


def _window_fault(text: str) -> str | None:
    days: list[dt.date] = []
    for part in text.split("/"):
        if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", part):
            return phrase("`{text}` is not a window. Write MM-DD/MM-DD.", text=text)
        try:
            # A leap year: 29 February may be named.
            days.append(dt.date.fromisoformat(f"2000-{part}"))
        except ValueError:
            return phrase("`{part}` is no day of a year. Write MM-DD/MM-DD.", part=part)
    if days[0] > days[1]:
        return phrase("The window ends before it begins; it lies within one year.")
    return None
