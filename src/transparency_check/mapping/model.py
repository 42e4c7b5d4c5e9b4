"""What a mapping may say: frozen records that refuse unknown keys.

Whether its event types, columns and values exist is a question to the vocabulary (see ``bind.py``).
"""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator

from ..messages import phrase
from ..packs.model import Record, Scalar
from ..packs.problems import did_you_mean
from .dates import check_format
from .texts import Pattern, check_template, groups_of, names_in


def _column(value: str) -> str:
    if not value.strip():
        raise ValueError(phrase("a column has a name"))
    return value


def _zone(value: str) -> str:
    zones = available_timezones()
    if value not in zones:
        hint = did_you_mean(value, zones)
        raise ValueError(
            phrase("`{zone}` is no time zone.{hint} One is written as in Europe/Rome", zone=value, hint=hint)
        )
    return value


Column = Annotated[str, AfterValidator(_column)]
Format = Annotated[str, AfterValidator(check_format)]
Template = Annotated[str, AfterValidator(check_template)]
Zone = Annotated[str, AfterValidator(_zone)]
Value = Scalar | list[Scalar]
OneOrMore = Column | Annotated[list[Column], Field(min_length=1)]
Formats = Format | Annotated[list[Format], Field(min_length=1)]


class Condition(Record):
    """What a column of the log must show beside being one of some values: none of them, or (not) empty."""

    not_: Scalar | list[Scalar] | None = Field(default=None, alias="not")
    filled: bool | None = None

    @model_validator(mode="after")
    def _something(self) -> Condition:
        if self.not_ is None and self.filled is None:
            raise ValueError(phrase("a condition says `not`, `filled`, or both"))
        return self


# Column of the log to what it must show; all must hold.
When = dict[Column, Scalar | list[Scalar] | Condition]


class Part(Record):
    """What one of our columns is made of.

    ``from`` names columns of the log, of which the first that is not empty counts; ``text`` is made of
    several. ``pattern`` takes a text apart, and ``text`` then puts its named groups together. ``split``
    makes a list of a text, ``format`` and ``zone`` say how dates are written, ``values`` what words mean,
    ``otherwise`` what stands for an empty cell.
    """

    from_: OneOrMore | None = Field(default=None, alias="from")
    text: Template | None = None
    pattern: Annotated[str, AfterValidator(Pattern.check)] | None = None
    split: Annotated[str, Field(min_length=1)] | None = None
    format: Formats | None = None
    zone: Zone | None = None
    values: dict[str, Value | None] | None = None
    otherwise: Value | None = None

    @model_validator(mode="after")
    def _whole(self) -> Part:
        if self.pattern is not None:
            groups = groups_of(self.pattern)
            if self.from_ is None:
                raise ValueError(phrase("a `pattern` is about a column: `from` says which"))
            if self.text is None and len(groups) != 1:
                raise ValueError(
                    phrase("a `pattern` has one named group, or `text` says what becomes of several")
                )
            unused = [name for name in groups if self.text is not None and name not in names_in(self.text)]
            if unused:
                raise ValueError(
                    phrase("`text` does not use the group `{name}` of `pattern`", name=unused[0])
                )
        elif (self.from_ is None) == (self.text is None):
            raise ValueError(
                phrase("it is made `from` columns, or of a `text` with columns in it: one of the two")
            )
        return self

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The columns of ``from``."""
        return (
            () if self.from_ is None else (self.from_,) if isinstance(self.from_, str) else tuple(self.from_)
        )


class Naming(Record):
    """What happened, where one row is one event: a column, or a text made of several, and which event type
    each of its words means. Without ``values`` these are words of the vocabulary. ``ignore`` lists what is
    no event.
    """

    from_: OneOrMore | None = Field(default=None, alias="from")
    text: Template | None = None
    values: dict[str, str] | None = Field(default=None, min_length=1)
    ignore: list[Scalar] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_source(self) -> Naming:
        if (self.from_ is None) == (self.text is None):
            raise ValueError(
                phrase("it is made `from` columns, or of a `text` with columns in it: one of the two")
            )
        return self

    @property
    def part(self) -> Part:
        """What the word is made of."""
        return Part.model_validate({"from": self.from_, "text": self.text})


Columns = dict[str, OneOrMore | Part]
Constants = dict[str, Value]


class Entry(Record):
    """One event that a row may give: its type, in which rows it is (``filled``, ``when``), and what its
    columns are made of beside those that stand for all events.
    """

    type: str
    filled: OneOrMore | None = None
    when: When = Field(default_factory=dict)
    constants: Constants = Field(default_factory=dict)
    columns: Columns = Field(default_factory=dict)

    @property
    def must_be_filled(self) -> tuple[str, ...]:
        """The columns of ``filled``."""
        return (
            ()
            if self.filled is None
            else (self.filled,)
            if isinstance(self.filled, str)
            else tuple(self.filled)
        )


class LeftOut(Record):
    """Rows that are no events."""

    when: When = Field(min_length=1)
    why: str | None = None


class Mapping(Record):
    """The whole file. Either ``type``, where one row is one event, or ``events``, where a row may give
    several.
    """

    title: str | None = None
    format: Formats | None = None
    zone: Zone | None = None
    constants: Constants = Field(default_factory=dict)
    columns: Columns = Field(default_factory=dict)
    type: Naming | None = None
    events: list[Entry] | None = Field(default=None, min_length=1)
    ignore: list[LeftOut] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_form(self) -> Mapping:
        if (self.type is None) == (self.events is None):
            raise ValueError(
                phrase(
                    "a mapping says what happened in exactly one way: `type`, where one row is one event, or "
                    "`events`, where a row may give several"
                )
            )
        return self


Kind = Literal["text", "list", "flag", "integer", "moment", "interval"]
