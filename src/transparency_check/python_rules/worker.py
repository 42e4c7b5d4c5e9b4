"""The process that the rules of one plugin run in, seen from inside (``process.py`` begins and ends it).

It is told on its standard input which plugin to load, then a case and a rule a line, as JSON; it answers each
with a line: the verdicts as plain data, or why there are none. Standard output of the plugin goes elsewhere.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import orjson

from ..diverted import diverted
from ..messages import phrase
from ..messages.language import speak
from ..plugins import Registry, said
from .cases import Case, frozen
from .statement import StatedRule
from .verdicts import NoVerdict, checked, listed

# A plugin may do what it likes to the modules of this process.
_json = json.dumps
# The exit code where this file, or what it needs, was broken by the plugin.
_BROKEN = 70
# What is beyond the limit of the program: it is ended by the system if the program is gone and cannot do it.
_GRACE = 60.0


def work() -> None:
    """Answer until the program closes the pipe; whatever else happens ends the process with a code."""
    try:
        _work()
    except BaseException:
        os._exit(_BROKEN)


def _work() -> None:
    asked, told = _own_pipes()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, lines.put), daemon=True).start()
    begin = orjson.loads(lines.get())
    # What a rule fails with is told in the language of the program, too.
    speak(begin["language"])
    alarm = _alarm(begin["timeout"] + _GRACE)
    rules, failed = _rules(EntryPoint(begin["name"], begin["value"], begin["group"]))
    zone = ZoneInfo(begin["zone"])
    _tell(told, {"ready": True})
    while True:
        question = orjson.loads(lines.get())
        alarm()
        rule = rules.get(question["rule"])
        _tell(told, {"error": failed} if rule is None else _answer(rule, question, zone))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the program, at descriptors that no print or input of a plugin means."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return asked, told


def _listen(asked: BinaryIO, put: Callable[[bytes], object]) -> None:
    for line in asked:
        put(line)
    # The program is gone, or has no more questions: whatever a rule is still doing, nobody waits for it.
    os._exit(0)


def _alarm(seconds: float) -> Callable[[], object]:
    """Sets the clock of the system anew, which ends a process that no longer does it itself."""
    if not hasattr(signal, "setitimer"):
        return lambda: None
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return lambda: signal.setitimer(signal.ITIMER_REAL, seconds)


def _rules(point: EntryPoint) -> tuple[dict[str, StatedRule], str]:
    """The rules of the plugin by id, and what is to be said of one that is not among them."""
    registry = Registry()
    registry.add(point.name, point.load)
    rules = {rule.id: rule for rule in registry.rules}
    failed = phrase("its plugin did not give this rule when it was loaded a second time")
    return rules, ": ".join([failed, *(error.message for error in registry.errors[:1])])


def _answer(rule: StatedRule, question: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    case = Case(question["municipality"], question["case"], tuple(map(frozen, question["events"])))
    items: list[Mapping[str, Any]] = []
    with diverted() as printed:
        try:
            for _ in checked(_noted(listed(rule.judge(case.events, question["as_of"])), items), case, zone):
                pass
        except NoVerdict as error:
            return {"error": str(error)}
        except BaseException as error:
            return {"error": said(error)}
    return {"verdicts": [_plain(item) for item in items], "printed": printed.message}


def _noted(given: Iterable[object], items: list[Any]) -> Iterator[object]:
    for item in given:
        items.append(item)
        yield item


def _plain(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict that was checked, with lists for whatever collections it has."""
    return {
        key: sorted(value) if isinstance(value, set | frozenset) else value for key, value in verdict.items()
    }


def _tell(told: BinaryIO, answer: Mapping[str, Any]) -> None:
    # Escapes keep even half characters whole.
    told.write(_json(answer).encode("ascii") + b"\n")
    told.flush()


if __name__ == "__main__":
    sys.exit("This is started by the program itself.")
