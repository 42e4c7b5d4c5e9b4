"""What was asked, kept so that it can be asked again with a horizon."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..as_of import Ahead
from ..checking import Answer, Inquiry, answer
from ..model import FailOn, Report
from ..plugins import Registry, load_registry
from ..viewing import narrowed_to


class Asked(NamedTuple):
    """An answer, what is shown of it, and who reads and writes."""

    answer: Answer
    report: Report
    registry: Registry


@dataclass(frozen=True)
class Question:
    """An inquiry with what is to be shown of the answer, and how."""

    inquiry: Inquiry
    municipalities: tuple[str, ...]
    cases: tuple[str, ...]
    days: tuple[dt.date | None, dt.date | None]
    fail_on: FailOn
    language: str
    plugins: bool | tuple[object, ...]

    @property
    def selection(self) -> dict[str, tuple[str, ...]]:
        """What was asked for, as reports echo it."""
        first, last = (() if day is None else (day.isoformat(),) for day in self.days)
        return {
            "select": self.inquiry.select,
            "ignore": self.inquiry.ignore,
            "municipality": self.municipalities,
            "case": self.cases,
            "from": first,
            "to": last,
        }

    def asked(self) -> Asked:
        """The answer; a case that no finding has is a warning to whoever called ``evaluate``."""
        return self._asked(self.inquiry, lambda message: warnings.warn(message, stacklevel=6))

    def ahead(self, horizon: Ahead, as_of: str) -> Asked:
        """The answer as of the same moment with what arises up to a horizon; the logs are read again."""
        return self._asked(replace(self.inquiry, as_of=as_of, ahead=horizon), lambda _: None)

    def _asked(self, inquiry: Inquiry, tell: Callable[[str], None]) -> Asked:
        registry = load_registry(plugins=self.plugins is True)
        if not isinstance(self.plugins, bool):
            for plugin in self.plugins:
                _add(plugin, registry)
        found = answer(inquiry, registry)
        report = narrowed_to(found, self.municipalities, self.cases, *self.days, tell)
        return Asked(found, report, registry)


def _add(plugin: object, registry: Registry) -> None:
    registry.add(getattr(plugin, "__name__", type(plugin).__name__), lambda: plugin)
