"""The process that the rules of one plugin run in, seen from the program: asked, timed, and ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from types import TracebackType
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson

from ..messages import phrase
from ..messages.language import current
from .cases import Case

# Seconds that Python and the plugin may take to start; the program has loaded the same plugin before.
_START = 120.0
# A process whose pipe is closed is at its end; one that holds on is ended after so many seconds.
_LEAVE = 5.0
# A rule that brought its process to an end so often is not asked again: each time costs the whole limit.
_MOST_ENDS = 3
# Without the path of a current folder (-P), in which a file could stand for a library.
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from transparency_check.python_rules.worker import work; work()"
)
_OWN_GROUP = os.name == "posix"


class RuleFailed(Exception):
    """A rule that gave no verdicts for a case; the message says why."""


class _Ended(Exception):
    """The process is gone; the message says how."""


class RuleProcess:
    """The rules of one plugin, in a process of their own. ``timeout`` is in seconds, for one rule and case.

    It begins with the first question, and anew after it was ended. Use it as a context manager.
    """

    def __init__(self, point: EntryPoint, zone: ZoneInfo, timeout: float) -> None:
        self._point, self._zone, self._timeout = point, zone, timeout
        self._running: _Running | None = None
        self._ends: dict[str, int] = {}

    def judge(self, rule: str, as_of: str, case: Case) -> tuple[Any, str | None]:
        """What the rule says of the case, as plain data, and what is to be said of its printing.

        Raises ``RuleFailed``.
        """
        if self._ends.get(rule, 0) >= _MOST_ENDS:
            raise RuleFailed(
                phrase(
                    "it was not asked, as its process had to be ended {times} times before", times=_MOST_ENDS
                )
            )
        question = {
            "rule": rule,
            "as_of": as_of,
            "municipality": case.municipality,
            "case": case.case,
            "events": case.events,
        }
        try:
            if self._running is None:
                self._running = _Running(self._point, self._zone, self._timeout)
            answer = self._running.answer(question, self._timeout)
        except _Ended as ended:
            self.close()
            self._ends[rule] = self._ends.get(rule, 0) + 1
            raise RuleFailed(str(ended)) from None
        printed = answer.get("printed")
        if (error := answer.get("error")) is not None:
            raise RuleFailed(str(error))
        return answer.get("verdicts"), None if printed is None else str(printed)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._running is not None:
            self._running.end()
            self._running = None

    def __enter__(self) -> RuleProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Running:
    """One process with the clock that ends it. Raises ``_Ended`` where it cannot begin."""

    def __init__(self, point: EntryPoint, zone: ZoneInfo, timeout: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Then Ctrl-C reaches the program alone, which ends it with all that it has started.
            start_new_session=_OWN_GROUP,
        )
        self._clock = _Clock(self._kill)
        begin = {
            "name": point.name,
            "value": point.value,
            "group": point.group,
            "zone": zone.key,
            "timeout": timeout,
            "language": current(),
        }
        try:
            self.answer(begin, _START)
        except BaseException:
            self.end()
            raise

    def answer(self, question: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
        """The answer to one question. Raises ``_Ended`` where there is none in so many seconds."""
        asked, told = self._pipes()
        line = b""
        with self._clock.limit(seconds) as limit, contextlib.suppress(OSError):
            # The events are mappings that cannot be changed, which orjson does not know.
            asked.write(orjson.dumps(question, default=dict) + b"\n")
            asked.flush()
            line = told.readline()
        if limit.passed:
            raise _Ended(
                phrase(
                    "it gave no verdicts within {seconds:g} seconds (--rule-timeout) and was stopped",
                    seconds=seconds,
                )
            )
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise _Ended(phrase("its process came to an end ({how})", how=self._how(bool(line))))
        return found

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None and self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _how(self, spoke: bool) -> str:
        """How it ended, in words. One that ``spoke`` out of turn, or does not leave, is ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if spoke else _LEAVE)
        self._kill()
        code = self._process.wait()
        if code >= 0:
            return phrase("exit code {code}", code=code)
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return phrase("signal {number}", number=-code)

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if _OWN_GROUP:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def end(self) -> None:
        """End it and give back what it held."""
        self._clock.stop()
        self._kill()
        self._process.wait()
        for pipe in self._pipes():
            with contextlib.suppress(OSError):
                pipe.close()


class _Limit:
    """Whether a limit of time has passed; known once it was left."""

    passed = False


class _Clock:
    """Calls ``ring`` when what runs under a limit takes longer. One thread for all limits: it is not woken
    for each of them, but looks when the next could pass.
    """

    def __init__(self, ring: Any) -> None:
        self._ring = ring
        self._changed = threading.Condition()
        self._until: float | None = None
        self._shortest: float | None = None
        self._rung = self._stopped = False
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Any:
        """Give what is done inside so many seconds."""
        limit = _Limit()
        with self._changed:
            self._until = time.monotonic() + seconds
            if self._shortest is None or seconds < self._shortest:
                self._shortest = seconds
                self._changed.notify()
        try:
            yield limit
        finally:
            with self._changed:
                self._until = None
                limit.passed = self._rung

    def stop(self) -> None:
        """End the thread."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        with self._changed:
            while not self._stopped:
                left = None if self._until is None else self._until - time.monotonic()
                if left is not None and left <= 0:
                    self._rung = True
                    self._ring()
                    return
                # Nothing that begins while it waits can pass earlier than the shortest limit from now.
                self._changed.wait(self._shortest if left is None else min(left, self._shortest or left))
