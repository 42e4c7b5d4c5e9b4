"""What ``transparency-check.toml`` may say: frozen records that refuse unknown keys.

Whether the duties, readings, municipalities and packs exist is a question to the packs (see ``lay.py``).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from ..messages import phrase
from ..packs.model import Day, Record, Roll, Severity, Unit

# The longest period that the law of any duty could mean, in days.
_LONGEST = 36_500
_LONGEST_CLOSURE = 366


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError(phrase("this text is empty; say who or what stands behind the setting"))
    return value.strip()


def _in_reach(value: int) -> int:
    if value > _LONGEST:
        raise ValueError(
            phrase("{value} is no period of a law; the longest is {longest}", value=value, longest=_LONGEST)
        )
    return value


Said = Annotated[str, AfterValidator(_said), WithJsonSchema({"type": "string", "pattern": r"\S"})]


class SuppliedNumber(Record):
    """The number of a deadline, a minimum duration or a count, as the office has it from a text.

    ``unit`` and ``roll`` are those of the duty where left out; ``version`` is the instrument of the only
    version that it holds for.
    """

    n: Annotated[int, Field(ge=0), AfterValidator(_in_reach)]
    unit: Unit | None = None
    roll: Roll | None = None
    version: str | None = None
    source: Said
    by: Said


class Confirmation(Record):
    """The office has seen the wording of versions that the pack calls unverified (semantics 4.17)."""

    source: Said
    by: Said
    text: str | None = None
    version: str | None = None


class SettledReading(Record):
    """The one reading of a duty that the office follows (semantics 3.6)."""

    reading: str
    by: Said
    source: Said | None = None


class SeverityChange(Record):
    """What findings of a duty weigh for this office; ``off`` leaves them out of reports."""

    severity: Severity | Literal["off"]
    by: Said
    reason: Said


class Closure(Record):
    """Days on which the office is closed by an order of its own, one or several in a row."""

    date: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    name: Said
    source: Said
    municipality: str | None = None

    @model_validator(mode="after")
    def _days(self) -> Closure:
        if (self.date is None) == (self.from_ is None) or (self.from_ is None) != (self.to is None):
            raise ValueError(phrase("a closure has either `date`, or `from` and `to`"))
        if not 1 <= len(self.days) <= _LONGEST_CLOSURE:
            raise ValueError(
                phrase("a closure ends after it begins, and within {most} days", most=_LONGEST_CLOSURE)
            )
        return self

    @property
    def days(self) -> range:
        """The days as ordinals."""
        first, last = self.date or self.from_, self.date or self.to
        assert first is not None and last is not None
        return range(first.toordinal(), last.toordinal() + 1)

    @property
    def shown(self) -> str:
        """The day, or the first and the last day: ``2026-08-03/2026-08-14``."""
        first, last = (dt.date.fromordinal(self.days[i]).isoformat() for i in (0, -1))
        return first if first == last else f"{first}/{last}"


class Coverage(Record):
    """What the logs of the run cover: an entry as in a sidecar (semantics 4.15)."""

    municipality: str | None = None
    period: str
    event_families: list[str] | None = None
    source: str | None = None
    note: str | None = None


class PathSettings(Record):
    """What holds for findings that rest on the logs under a path alone. ``ignore`` takes the words that
    ``--select`` takes.
    """

    ignore: list[str] = Field(default_factory=list)
    fail_on: Literal["violation", "advisory", "undetermined", "never"] | None = None
    by: Said
    reason: Said

    @model_validator(mode="after")
    def _something(self) -> PathSettings:
        if not self.ignore and self.fail_on is None:
            raise ValueError(phrase("a path says what is different there: `ignore`, `fail_on`, or both"))
        return self


class Reminding(Record):
    """Whom `remind` reminds by mail, and through which server. What is secret is kept elsewhere."""

    to: list[Said] = Field(default_factory=list)
    sender: Said | None = None
    smtp: Said | None = None
    security: Literal["starttls", "ssl", "none"] | None = None
    within: Said | None = None


# What `[remind]` must not hold, as the file is read by many and kept in repositories.
SECRETS = ("user", "password", "credentials", "notify")


class Configuration(Record):
    """The whole file. ``readings`` may also hold ``by`` and ``source`` for those given as a word alone."""

    language: Literal["en", "sq", "sr-Latn", "sr-Cyrl"] | None = None
    municipality: str | None = None
    packs: list[str] | None = Field(default=None, min_length=1)
    baseline: Said | None = None
    mappings: dict[str, Said] = Field(default_factory=dict)
    numbers: dict[str, SuppliedNumber | list[SuppliedNumber]] = Field(default_factory=dict)
    confirmations: dict[str, Confirmation | list[Confirmation]] = Field(default_factory=dict)
    readings: dict[str, SettledReading | str] = Field(default_factory=dict)
    severity: dict[str, SeverityChange] = Field(default_factory=dict)
    adopted: dict[str, list[str]] = Field(default_factory=dict)
    closures: list[Closure] = Field(default_factory=list)
    coverage: list[Coverage] = Field(default_factory=list)
    paths: dict[str, PathSettings] = Field(default_factory=dict)
    remind: Reminding | None = None
