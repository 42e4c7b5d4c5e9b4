"""What a plan holds: its steps, what asks for them, and what it could not provide for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from transparency_check.packs.model import Duty
from transparency_check.times import Moment

from .law import Arisen, Limit, binding
from .supposed import Supposed
from .windows import Window, joined

Part = Literal["fulfil", "show", "open", "close"]
Why = Literal["no_calendar", "contradiction", "no_record", "no_time"]


@dataclass(frozen=True)
class Ask:
    """What a duty asks of a step: to happen in time (``fulfil``), to show something (``show``), to come so
    early or so late that something is open long enough (``open``, ``close``).
    """

    arisen: Arisen
    part: Part
    window: Window
    limits: tuple[Limit, ...] = ()

    @property
    def binding(self) -> bool:
        """Whether not to do it is a violation of the law."""
        return binding(self.arisen.duty, self.arisen.version)


@dataclass(frozen=True)
class Step:
    """An event of a plan. ``given`` are those that the plan is about; ``asks`` say which duties need it.

    ``window`` says when it is in time for all of them; ``opens`` that another step closes what it opens.
    """

    event: Supposed
    given: bool
    window: Window
    asks: tuple[Ask, ...]
    opens: bool = False


@dataclass(frozen=True)
class Open:
    """A duty that the plan could not provide for, and why."""

    arisen: Arisen
    why: Why


@dataclass(frozen=True)
class Plan:
    """The steps to one date, in the order of time.

    ``doubtful`` are duties that apply only under a condition whose attribute is not given (they are provided
    for where the plan is about the event that would show it), or count from an event that the plan does not
    hold; ``others`` bind an authority or nobody; ``left`` could not be provided
    for; ``unnumbered`` are listed and not judged, as their number is unknown. ``taken`` are kinds that nobody
    stated and the plan takes: event type, attribute, value.
    """

    kind: str | None
    date: Moment
    today: dt.date
    municipality: str
    steps: tuple[Step, ...]
    doubtful: tuple[Arisen, ...]
    others: tuple[Arisen, ...]
    left: tuple[Open, ...]
    unnumbered: tuple[Duty, ...]
    taken: tuple[tuple[str, str, str], ...]

    @cached_property
    def given_up(self) -> frozenset[str]:
        """The steps that are missed and that only advisory duties ask for: what follows from them does not
        arise, as they are not taken.
        """
        return frozenset(
            step.event.key
            for step in self.steps
            if not step.given and not step.opens and too_late(step.window, self.today)
            if not any(ask.binding for ask in step.asks)
        )

    def weighty(self, ask: Ask) -> bool:
        """Whether it would be a violation of the law not to do what a duty asks for."""
        return ask.binding and ask.arisen.event.key not in self.given_up

    def lawful(self, step: Step) -> Window:
        """When a step is in time for all duties whose breach would be a violation of the law."""
        return joined(ask.window for ask in step.asks if self.weighty(ask))

    def missed(self, lawful: bool = False) -> tuple[Step, ...]:
        """The steps that would have had to be taken before today; with ``lawful``, so as not to violate the
        law.
        """
        return tuple(
            step
            for step in self.steps
            if not step.given and too_late(self.lawful(step) if lawful else step.window, self.today)
        )

    def feasible(self, lawful: bool = False) -> bool:
        """Whether every step can still be taken in time; with ``lawful``, every one that the law demands on
        pain of a violation.
        """
        left = [o for o in self.left if not lawful or binding(o.arisen.duty, o.arisen.version)]
        return not self.missed(lawful) and not left

    def events(self) -> list[Supposed]:
        """What happens when every step is taken on the day that is proposed for it."""
        return [step.event for step in self.steps]


def too_late(whole: Window, today: dt.date) -> bool:
    """Whether the window closes before today, or never opens."""
    return whole.empty or (whole.last is not None and whole.last < today)


def missed_rules(made: Plan, lawful: bool = False) -> tuple[str, ...]:
    """The duties that can no longer be kept, or not be provided for; with ``lawful``, those of the law.

    Of the law are those whose breach would be a violation of it.
    """
    found = [
        ask.arisen.duty.id
        for step in made.missed(lawful)
        for ask in step.asks
        if too_late(ask.window, made.today) and (made.weighty(ask) or not lawful)
    ]
    found += [
        left.arisen.duty.id
        for left in made.left
        if not lawful or binding(left.arisen.duty, left.arisen.version)
    ]
    return tuple(dict.fromkeys(found))
