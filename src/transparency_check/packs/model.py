"""What a pack may say: the shape of its files as frozen records that refuse unknown keys.

The JSON Schemas under ``docs/schemas`` are generated from these models. Whether the names and values used in
a duty exist is a question to the vocabulary and is answered by the loader, with the place in the file.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from transparency_check.messages import phrase
from transparency_check.messages.script import latin

# How many of a unit, or of anything: of days a hundred years.
Number = Annotated[int, Field(ge=0, le=36_500)]
Unit = Literal["hour", "calendar-day", "working-day", "week", "month", "year"]
PeriodUnit = Literal["year", "half", "quarter", "month", "week", "day", "working-day"]
Confidence = Literal["verified", "secondary", "unverified"]
Severity = Literal["violation", "advisory"]
Roll = Literal["none", "forward", "backward"]
AttributeType = Literal[
    "text", "choice", "flag", "integer", "date-time", "interval", "list of choice", "list of text"
]


def _iso_date(value: object) -> object:
    """Accept a date only as YYYY-MM-DD: pydantic alone would read 20240101 as a number of seconds."""
    if isinstance(value, str):
        if len(value) != 10 or value[4] != "-" or value[7] != "-" or not value.isascii():
            raise ValueError(phrase("a date is written YYYY-MM-DD"))
        return dt.date.fromisoformat(value)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    raise ValueError(phrase("a date is written YYYY-MM-DD"))


Day = Annotated[dt.date, BeforeValidator(_iso_date)]
Scalar = bool | int | float | str


class Record(BaseModel):
    """Base of everything a pack holds: frozen, and closed against unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Record):
    """A text in the languages of the pack. ``en`` is required."""

    en: str
    sq: str | None = None
    sr: str | None = None

    def in_language(self, language: str) -> str:
        """The text in ``language`` (``en``, ``sq``, ``sr...``), or in English where there is none.

        Serbian stands in one script: a Cyrillic text is also given in Latin, as ``sr-Latn``; a Latin one
        stays as it is, for the way back is not certain.
        """
        found = getattr(self, language[:2], None) or self.en
        return latin(found) if language == "sr-Latn" else str(found)

    def everywhere(self) -> list[str]:
        """The text in all languages that have it, Serbian in Latin script."""
        return [text for text in (self.en, self.sq, latin(self.sr or "")) if text]


class OtherLanguages(Record):
    """What an English text is in the other languages."""

    sq: str | None = None
    sr: str | None = None

    def of(self, english: str) -> Text:
        """The text in all its languages."""
        return Text(en=english, sq=self.sq, sr=self.sr)


class Words(Text):
    """What a thing is called in each language, and what else people write for it."""

    also: list[str] = Field(default_factory=list)

    def everywhere(self) -> list[str]:
        return [*super().everywhere(), *self.also]


class FieldReference(Record):
    """Another attribute of the same event: ``{field: members_total}``."""

    field: str


class Share(Record):
    """A share of another attribute: ``{field: registered_voters, at_least: 0.15}``."""

    field: str
    at_least: float | None = None
    more_than: float | None = None


class MunicipalityReference(Record):
    """A column of the municipality table: ``{municipality: official_languages}``."""

    municipality: Literal["official_languages"]


Bound = int | float | str | FieldReference


class Test(Record):
    """A test of one attribute, other than equality. Exactly one key, but bounds may stand together."""

    not_: Scalar | list[Scalar] | Test | None = Field(default=None, alias="not")
    includes_all: list[str] | MunicipalityReference | None = None
    at_least: Bound | None = None
    more_than: Bound | None = None
    at_most: Bound | None = None
    less_than: Bound | None = None
    share_of: Share | None = None
    present: bool | None = None


# A mapping of attribute to test; ``any`` and ``all`` hold lists of such mappings.
Condition = dict[str, Any]
Where = Annotated[Condition, Field(default_factory=dict)]


class EventSelector(Record):
    """Events of one type that satisfy a condition."""

    event: str
    where: Where


class ObligationSelector(Record):
    """Obligations of another duty that ended in one of the outcomes (semantics 4.19)."""

    obligation: str
    outcome: list[Literal["late", "violated", "fulfilled"]] = ["late", "violated"]


class Trigger(Record):
    """What brings the duty to life: an event, another duty's outcome, or any of several."""

    event: str | None = None
    obligation: str | None = None
    outcome: list[Literal["late", "violated", "fulfilled"]] = ["late", "violated"]
    any_of: list[EventSelector | ObligationSelector] | None = None
    where: Where
    take: Literal["each", "first", "last"] = "each"
    moved_by: str | EventSelector | None = None
    cancelled_by: str | EventSelector | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Trigger:
        if sum(x is not None for x in (self.event, self.obligation, self.any_of)) != 1:
            raise ValueError(phrase("a trigger names exactly one of event, obligation, any_of"))
        if self.where and self.event is None:
            raise ValueError(phrase("`where` belongs to `event`; inside any_of each alternative has its own"))
        if self.take != "each" and any(isinstance(s, ObligationSelector) for s in self.alternatives):
            raise ValueError(
                phrase("`take` chooses among the events of a case, not among outcomes of a duty")
            )
        if self.moved_by and (self.event is None or self.take != "last"):
            raise ValueError(phrase("`moved_by` needs `event` and `take: last`"))
        return self

    @property
    def moving(self) -> EventSelector | None:
        """The events that move the plan, as a selector."""
        if isinstance(self.moved_by, str):
            return EventSelector(event=self.moved_by, where={})
        return self.moved_by

    @property
    def alternatives(self) -> list[EventSelector | ObligationSelector]:
        """The sources as a flat list."""
        if self.event is not None:
            return [EventSelector(event=self.event, where=self.where)]
        if self.obligation is not None:
            return [ObligationSelector(obligation=self.obligation, outcome=self.outcome)]
        return list(self.any_of or [])


class AnyOf(Record):
    any_of: list[EventSelector]


class Requirement(Record):
    """What discharges the duty: one event, any of several, or all of several."""

    event: str | None = None
    where: Where
    any_of: list[EventSelector] | None = None
    all_of: list[EventSelector | AnyOf] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Requirement:
        if sum(x is not None for x in (self.event, self.any_of, self.all_of)) != 1:
            raise ValueError(phrase("a requirement names exactly one of event, any_of, all_of"))
        if self.where and self.event is None:
            raise ValueError(
                phrase("`where` belongs to `event`; inside any_of and all_of each member has its own")
            )
        return self

    @property
    def members(self) -> list[list[EventSelector]]:
        """All of these, each by any of its selectors."""
        if self.event is not None:
            return [[EventSelector(event=self.event, where=self.where)]]
        if self.any_of is not None:
            return [list(self.any_of)]
        return [list(m.any_of) if isinstance(m, AnyOf) else [m] for m in self.all_of or []]


class Span(Record):
    n: Number
    unit: Unit


class Extension(Record):
    """An event that lengthens the period by a fixed number or by the number in one of its attributes."""

    event: str
    where: Where
    add: Number | str = "extension_days"


class Suspension(Record):
    """The clock stands still from one event to the next of the other kind."""

    from_: str = Field(alias="from")
    to: str


class Deadline(Record):
    """``before`` or ``after`` an anchor: ``time``, an attribute of the trigger, another event of the case."""

    before: str | EventSelector | None = None
    after: str | EventSelector | None = None
    n: Number | Literal["unknown"] = Field(union_mode="left_to_right")
    unit: Unit = "calendar-day"
    clear: bool = False
    roll: Roll | None = None
    same_day: Literal["not", "allowed"] = "not"
    not_before: Literal["trigger", "any"] | Span = "trigger"
    extended_by: Extension | None = None
    suspended_by: Suspension | None = None
    survives_move: bool = False

    @model_validator(mode="after")
    def _direction(self) -> Deadline:
        if (self.before is None) == (self.after is None):
            raise ValueError(phrase("a deadline is either `before` or `after` something"))
        if self.after is not None and self.clear:
            raise ValueError(phrase("`clear` belongs to a deadline before something (semantics 3.5)"))
        rolls = self.n != 0 and self.unit not in ("working-day", "hour")
        if self.before is not None and rolls and not self.roll:
            raise ValueError(
                phrase("a backward period other than working days must say `roll` (semantics 3.5)")
            )
        if self.suspended_by and self.unit == "hour":
            raise ValueError(phrase("hours cannot be suspended: no rule says how (semantics 4.13)"))
        return self


class OpenFor(Record):
    """Minimum duration: open from the trigger for at least n (semantics 3.8)."""

    n: Number | Literal["unknown"] = Field(union_mode="left_to_right")
    unit: Unit
    closed_by: str | EventSelector
    planned: str | None = None
    moved_by: str | None = None


class Count(Record):
    """At least so many events in every civil period (semantics 4.11)."""

    event: str | None = None
    where: Where
    all_of: list[EventSelector] | None = None
    any_of: list[EventSelector] | None = None
    per: PeriodUnit
    at_least: Number | Literal["unknown"] = Field(union_mode="left_to_right")
    within: Literal["first-half", "second-half", "first-quarter"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Count:
        if sum(x is not None for x in (self.event, self.any_of, self.all_of)) != 1:
            raise ValueError(phrase("a count names exactly one of event, any_of, all_of"))
        if self.where and self.event is None:
            raise ValueError(
                phrase("`where` belongs to `event`; inside any_of and all_of each member has its own")
            )
        return self

    @property
    def members(self) -> list[list[EventSelector]]:
        if self.event is not None:
            return [[EventSelector(event=self.event, where=self.where)]]
        if self.any_of is not None:
            return [list(self.any_of)]
        return [[m] for m in self.all_of or []]


class CalendarTrigger(Record):
    """A date that recurs (RFC 5545), semantics 4.12."""

    rrule: str
    roll: Roll
    about: (
        Literal["same-year", "next-year", "previous-year", "previous-quarter", "same-month", "previous-month"]
        | None
    ) = None
    window: str | None = Field(default=None, pattern=r"^[0-9]{2}-[0-9]{2}/[0-9]{2}-[0-9]{2}$")
    only_if: EventSelector | None = None


class Correlate(Record):
    """How trigger and fulfilment find each other where it is not the case (semantics 4.3)."""

    by: Literal["municipality", "case"] | list[str] = "case"
    window: Span | None = None


class Exception_(Record):
    """``unless``: a record of the case, or a condition on the trigger, that makes the duty not applicable."""

    event: str | None = None
    where: Where
    by: Literal["trigger", "due"] = "due"
    instead: str | None = None


class Presumption(Record):
    text: str
    decided_by: str


class Version(Record):
    """The duty under one instrument, with the days on which it is in force (both inclusive)."""

    instrument: str
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    confidence: Confidence
    n: Number | None = None
    unit: Unit | None = None
    provision: str | None = None
    presumption: Presumption | None = None
    note: str | None = None

    @property
    def firm(self) -> bool:
        """Whether findings under it may be violations (semantics 4.17)."""
        return self.confidence != "unverified" or self.presumption is not None


class ConfirmedVersion(Version):
    """A version whose wording an office has seen; what the pack says of its confidence stays."""

    @property
    def firm(self) -> bool:
        return True


class LegalBasis(Record):
    provision: str | None = None
    quote: str | None = None
    url: str | None = None


class Reading(Record):
    """A rival interpretation: an overlay on trigger, requirement, deadline or count."""

    name: str
    source: str
    text: str | None = None
    trigger: Trigger | None = None
    requires: Requirement | None = None
    deadline: Condition | None = None
    open_for: Condition | None = None
    count: Condition | None = None
    calendar: CalendarTrigger | None = None


class NotChecked(Record):
    no: str


class Expectation(Record):
    """What an example must yield: matched on rule, and on case, municipality, period, trigger where given."""

    rule: str | None = None
    case: str | None = None
    municipality: str | None = None
    period: str | None = None
    trigger: str | None = None
    outcome: Literal["fulfilled", "late", "violated", "pending", "undetermined", "not_applicable"] | None = (
        None
    )
    none: bool = False
    due: str | None = None
    act_by: str | None = None
    reasons: list[str] | None = None
    due_range: list[str] | None = None
    instrument: str | None = None
    late_by: int | float | None = None


class Example(Record):
    """A small log with the verdicts it must yield: a test, and documentation."""

    name: str
    as_of: str
    known_at: str | None = None
    until: str | None = None
    events: list[dict[str, Any]] = Field(default_factory=list)
    expect: list[Expectation]
    # Codes of what is wrong with its records on purpose.
    problems: list[str] = Field(default_factory=list)
    counted: str | None = None


class Duty(Record):
    """One legal norm: one file."""

    id: str = Field(pattern=r"^[A-Z]{2,4}-[A-Z]{2,4}-[0-9]{3}$")
    title: Text
    area: str
    bearer: str
    severity: Severity
    commitment: bool = False
    # The period of another's right, or the duty of a central authority, is never a municipality's breach.
    binds: Literal["municipality", "authority", "nobody"] = "municipality"
    municipalities: list[str] | None = None
    replaces: str | None = None
    applies_by: Literal["trigger", "due"] = "trigger"
    trigger: Trigger | None = None
    count: Count | None = None
    calendar: CalendarTrigger | None = None
    standing: bool = False
    requires: Requirement | None = None
    must: Condition | None = None
    judged: Literal["union"] | None = None
    deadline: Deadline | None = None
    open_for: OpenFor | None = None
    correlate: Correlate = Field(default_factory=Correlate)
    unless: list[Exception_] = Field(default_factory=list)
    readings: list[Reading] = Field(default_factory=list)
    versions: list[Version] = Field(min_length=1)
    legal_basis: LegalBasis = Field(default_factory=LegalBasis)
    help: Text | None = None
    notes: str | None = None
    checkable: NotChecked | None = None
    waivable: bool = True
    examples: list[Example] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_shape(self) -> Duty:
        if self.checkable is not None:
            return self
        starts = [k for k in ("trigger", "count", "calendar") if getattr(self, k) is not None]
        starts += ["standing"] if self.standing else []
        if len(starts) != 1:
            raise ValueError(phrase("a duty starts from exactly one of trigger, count, calendar, standing"))
        if starts == ["trigger"]:
            ends = [k for k in ("must", "open_for", "deadline") if getattr(self, k) is not None]
            if len(ends) != 1:
                raise ValueError(phrase("a triggered duty has exactly one of must, open_for, deadline"))
            if ends == ["deadline"] and self.requires is None:
                raise ValueError(phrase("a deadline needs `requires`: what must have happened by then"))
        elif starts != ["count"] and self.requires is None:
            raise ValueError(phrase("say in `requires` what discharges the duty"))
        return self

    @property
    def shape(self) -> str:
        """``event``, ``content``, ``duration``, ``count``, ``calendar``, ``standing`` or ``none``."""
        if self.checkable is not None:
            return "none"
        if self.count is not None:
            return "count"
        if self.calendar is not None:
            return "calendar"
        if self.standing:
            return "standing"
        if self.must is not None:
            return "content"
        return "duration" if self.open_for is not None else "event"


class Attribute(Record):
    """One attribute, with one meaning wherever it appears."""

    title: Text | None = None
    # Other words at the head of its column.
    also: list[str] = Field(default_factory=list)
    type: AttributeType
    # Values with their words: {ordinary: {en: ordinary, sq: e rregullt, sr: redovna}}; or only the values.
    listed: list[str] | dict[str, Words] = Field(default_factory=list, alias="values")
    absent: bool | int | str | None = None
    meaning: str | Text | None = None

    @property
    def values(self) -> list[str]:
        """The values of a choice, in their order."""
        return list(self.listed)

    def title_of(self, value: str) -> Words | None:
        """The words of a value, None where it has none."""
        return self.listed.get(value) if isinstance(self.listed, dict) else None

    def headers(self) -> list[str]:
        """All words for its column, other than its name."""
        return [*(self.title.everywhere() if self.title else ()), *self.also]

    def words(self) -> dict[str, list[str]]:
        """All words for each of its values, other than the value itself."""
        if isinstance(self.listed, list):
            return {value: [] for value in self.listed}
        return {value: words.everywhere() for value, words in self.listed.items()}


class Inheritance(Record):
    """Values that an event does not state and takes from the latest earlier event of its case."""

    from_: list[str] = Field(alias="from")
    attributes: list[str]


class EventType(Record):
    title: Text
    attributes: list[str] = Field(default_factory=list)
    required: list[str] = Field(default_factory=list)
    inherits: Inheritance | None = None
    # Event types of the same case that it cannot precede, where the case records them. What is unlawful in
    # this order and yet possible is no matter of the vocabulary but of a duty.
    follows: list[str] = Field(default_factory=list)
    # Whether it may be recorded before it happens, as a day that is fixed by law or decision.
    ahead: bool = False


# Before the id of a duty in an attestation: the office says that the record does not satisfy it.
DENIED = "not "


class Outage(Record):
    """The event that records that a channel was out of reach (semantics 4.15)."""

    event: str
    from_: str = Field(alias="from")
    to: str
    attribute: str
    value: str


class CoverageEvent(Record):
    event: str
    period: str
    families: str


class PlanKind(Record):
    """A kind of case that a plan or a readiness sheet can be about, such as a session of the assembly.

    ``events`` happen on its date, in this order. Where that date is fixed beforehand, ``fixed_by`` is the
    event that states it in the attribute ``date``. ``values`` tell this kind from others that the same events
    record; ``kinds`` are the values of the attribute ``kind`` that are put side by side. ``decides`` is the
    kind of case that is decided on the date, ``prepared_by`` are those that come before it.
    """

    title: Text
    events: list[str] = Field(min_length=1)
    fixed_by: str | None = None
    date: str | None = None
    moved_by: str | None = None
    cancelled_by: str | None = None
    values: dict[str, Scalar] = Field(default_factory=dict)
    kind: str | None = None
    kinds: list[str] = Field(default_factory=list)
    decides: str | None = None
    prepared_by: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _pairs(self) -> PlanKind:
        if (self.fixed_by is None) != (self.date is None):
            raise ValueError(
                phrase(
                    "`fixed_by` and `date` belong together: the event, and its attribute that states the date"
                )
            )
        if (self.moved_by or self.cancelled_by) and self.fixed_by is None:
            raise ValueError(
                phrase("`moved_by` and `cancelled_by` need `fixed_by`: only a date that is fixed is moved")
            )
        if self.prepared_by and self.decides is None:
            raise ValueError(phrase("`prepared_by` needs `decides`: the kind of case that they come before"))
        if bool(self.kind) != bool(self.kinds):
            raise ValueError(
                phrase("`kind` and `kinds` belong together: the attribute, and its values side by side")
            )
        return self


class Vocabulary(Record):
    """Event types and attributes."""

    events: dict[str, EventType]
    attributes: dict[str, Attribute] = Field(default_factory=dict)
    coverage: CoverageEvent | None = None
    outage: Outage | None = None
    # The attribute in which an office vouches for what no other attribute can show; it holds ids of duties.
    attestation: str | None = None
    # Attributes that tell publications of one case apart when they are judged together (semantics 4.9).
    kinds: list[str] = Field(default_factory=list)
    # What `plan` and `session` can be about, by the word that users name it with.
    plans: dict[str, PlanKind] = Field(default_factory=dict)
    # What families of events are called, by the first part of the names of their events.
    families: dict[str, Words] = Field(default_factory=dict)

    def family_words(self) -> dict[str, list[str]]:
        """Every family of events that there is, with all words for it other than its name."""
        names = dict.fromkeys(name.partition(".")[0] for name in self.events)
        return {name: self.families[name].everywhere() if name in self.families else [] for name in names}


class Municipality(Record):
    id: str
    # What it is called in each language; ``names`` has all of them, and shorter forms.
    title: Text | None = None
    names: list[str]
    official_languages: list[str]
    in_use_languages: list[str] = Field(default_factory=list)
    confidence: str = ""
    source: str = ""
    note: str = ""
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Instrument(Record):
    id: str
    kind: str
    number: str | None = None
    title: Text
    issuer: str | None = None
    published: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    url: str | None = None
    confidence: Confidence
    verified: str | None = None
    note: str | None = None


class CalendarRow(Record):
    date: Day
    name: Text
    kind: str
    off: Literal["yes", "no", "uncertain", "working"]
    status: str
    source: str = ""

    @property
    def estimated(self) -> bool:
        return self.status == "estimated"


class CalendarRange(Record):
    from_: Day = Field(alias="from")
    to: Day


class PackInfo(Record):
    """``pack.yaml``."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str
    title: Text
    jurisdiction: str
    zone: str | None = None
    languages: list[str] = Field(default_factory=list)
    calendar: CalendarRange | None = None
    extends: str | None = None
    # Its duties bind no one but the municipalities that adopt them in their configuration.
    adoption: bool = False
    areas: dict[str, Text] = Field(default_factory=dict)
    # Who owes duties, as these say it, in the other languages.
    bearers: dict[str, OtherLanguages] = Field(default_factory=dict)


class Pack(Record):
    """A whole pack as read from its folder."""

    info: PackInfo
    sha256: str
    instruments: list[Instrument] = Field(default_factory=list)
    vocabulary: Vocabulary | None = None
    municipalities: list[Municipality] = Field(default_factory=list)
    calendar: list[CalendarRow] = Field(default_factory=list)
    duties: list[Duty] = Field(default_factory=list)


class Rulebook(Record):
    """One or more packs put together: all that a judgement needs to know of the law.

    ``packs`` are in dependency order; ``duties`` are sorted by id.
    """

    packs: list[PackInfo]
    digests: dict[str, str]
    zone: str
    calendar_range: CalendarRange
    instruments: list[Instrument]
    vocabulary: Vocabulary
    municipalities: list[Municipality]
    calendar: list[CalendarRow]
    duties: list[Duty]
    # The duties of each pack that binds only those who adopt it.
    adoptable: dict[str, list[str]] = Field(default_factory=dict)
    # Number of working days after which an entry counts as late recorded (TC-REC-001, semantics 2.4).
    late_record_days: int = 5
    # The pack that each duty stands in, by the duty's id.
    pack_of: dict[str, str] = Field(default_factory=dict)

    def bearer(self, duty: Duty) -> Text:
        """Who owes a duty, in the languages that its pack, or one that this builds on, has for it."""
        said = (pack.bearers.get(duty.bearer) for pack in reversed(self.packs))
        return next((words.of(duty.bearer) for words in said if words), Text(en=duty.bearer))

    def duty(self, rule: str) -> Duty | None:
        """The duty with this id, or None."""
        return next((d for d in self.duties if d.id == rule), None)
