"""One row of the checklist of a release, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .workbench import NotDone, Refused, Workbench

State = Literal["passed", "failed", "not done"]


class Failed(Exception):
    """What was tried does not hold; the text says what and where."""


@dataclass(frozen=True)
class Step:
    """``tried`` gives what was seen, or raises ``Failed`` or ``NotDone``."""

    name: str
    promise: str
    tried: Callable[[Workbench], str]


@dataclass(frozen=True)
class Outcome:
    step: Step
    state: State
    said: str


def outcome(step: Step, bench: Workbench) -> Outcome:
    """What came of a step. A command that was refused is a failure of the step that asked it."""
    try:
        return Outcome(step, "passed", step.tried(bench))
    except NotDone as why:
        return Outcome(step, "not done", str(why))
    except (Failed, Refused) as why:
        return Outcome(step, "failed", str(why))
