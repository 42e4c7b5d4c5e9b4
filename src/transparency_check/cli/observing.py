"""Who watches a run from a terminal: a line that says what it is at, and where the time went."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

from ..messages import text
from ..messages.figures import decimal, grouped
from ..terminal import show_line, tell
from ..watching import JUDGING, STAGES, Watch

# Seconds before the line appears, and between two of its states.
_QUIET, _PAUSE = 1.0, 0.1
# How many duties the profile names.
_MOST_DUTIES = 15


class Observer(Watch):
    """Keeps the time of each stage; on a terminal, shows after a second what is being done."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._begun = self._drawn = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._events = 0
        self._stage = ""
        self._visible = False
        self._lock = Lock()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """See ``Watch``."""
        began = time.monotonic()
        with self._lock:
            self._stage = name
            self._draw()
        try:
            yield
        finally:
            with self._lock:
                self.seconds[name] += time.monotonic() - began

    def read(self, events: int) -> None:
        """See ``Watch``."""
        with self._lock:
            self._events += events
            self._draw()

    def close(self) -> None:
        """Erase the line: what follows is the report, or an error."""
        with self._lock:
            if self._visible:
                show_line("")
            self._terminal = self._visible = False

    def _draw(self) -> None:
        now = time.monotonic()
        if not self._terminal or now - self._begun < _QUIET or now - self._drawn < _PAUSE:
            return
        self._drawn, self._visible = now, True
        shown = text(f"stage.{self._stage}")
        if self._events:
            shown = text("progress", stage=shown, events=grouped(self._events))
        show_line(shown)


@contextmanager
def observed() -> Iterator[Observer]:
    """An observer whose line is gone at the end, however it comes."""
    observer = Observer()
    try:
        yield observer
    finally:
        observer.close()


def tell_profile(observer: Observer, obligations: Mapping[str, int]) -> None:
    """Say on standard error where the time went: by stage, and by duty.

    All duties are judged together, so that none has a time of its own: the time of judging is shared out by
    the number of obligations (each reading one).
    """
    from tabulate import tabulate

    total = sum(observer.seconds.values()) or 1.0
    rows = [
        (text(f"stage.{name}"), decimal(observer.seconds[name], 2), f"{observer.seconds[name] / total:.0%}")
        for name in STAGES
        if name in observer.seconds
    ]
    head = (text("profile.stage"), text("profile.seconds"), text("profile.share"))
    tell(tabulate(rows, head, colalign=("left", "right", "right"), disable_numparse=True), aside=True)
    judging = sum(seconds for name, seconds in observer.seconds.items() if name in JUDGING)
    number = sum(obligations.values()) or 1
    most = sorted(obligations.items(), key=lambda item: (-item[1], item[0]))
    duties = [(rule, grouped(n), decimal(judging * n / number, 2)) for rule, n in most[:_MOST_DUTIES]]
    if len(most) > _MOST_DUTIES:
        rest = sum(n for _, n in most[_MOST_DUTIES:])
        others = text("profile.others", n=len(most) - _MOST_DUTIES)
        duties.append((others, grouped(rest), decimal(judging * rest / number, 2)))
    head = (text("profile.duty"), text("profile.obligations"), text("profile.apportioned"))
    shown = tabulate(duties, head, colalign=("left", "right", "right"), disable_numparse=True)
    tell("\n" + shown, aside=True)
