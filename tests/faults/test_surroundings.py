"""A report depends on what is given to it and on nothing around it: one distinct output."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from faults.program import SAMPLE, SEARCHED, run

# Another day and time for all that Python asks, from the start of the interpreter.
CLOCK = """\
import datetime, time

_began = time.time()
_shift = {seconds} - _began
_time = time.time
time.time = lambda: _time() + _shift
time.time_ns = lambda: int(time.time() * 1e9)


class _Date(datetime.date):
    @classmethod
    def today(cls):
        return _Datetime.now().date()


class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


datetime.datetime = _Datetime
"""
_1999, _2031 = 915_180_000, 1_925_000_000


class Surroundings(NamedTuple):
    """What is around a run; ``clock`` in seconds since 1970, ``cpus`` that it may use."""

    environment: Mapping[str, str]
    clock: int | None = None
    folder: str = "."
    cpus: int | None = None
    umask: int = 0o022


AROUND: dict[str, Surroundings] = {
    "as it is": Surroundings({"PYTHONHASHSEED": "0"}),
    "1999, far east, C locale, one processor": Surroundings(
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
        clock=_1999,
        cpus=1,
    ),
    "2031, far west, POSIX, another folder": Surroundings(
        {"TZ": "Pacific/Pago_Pago", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4294967295", "COLUMNS": "200"},
        clock=_2031,
        folder="deep/er",
        umask=0o077,
    ),
    "Turkish, where i is another letter": Surroundings(
        {"TZ": "Europe/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "random"},
        folder="deep",
    ),
    "no zone that is known, no home, a wide terminal": Surroundings(
        {"TZ": "No/Where", "HOME": "/nonexistent", "TERM": "dumb", "COLUMNS": "30", "NO_COLOR": "1"},
        cpus=1,
    ),
}
CHECK = ("check", str(SAMPLE), "--as-of", "2026-11-20", "--no-config")


@pytest.fixture
def output(tmp_path: Path) -> Callable[..., bytes]:
    """What a command prints in surroundings."""
    (tmp_path / "deep" / "er").mkdir(parents=True)

    def made(around: Surroundings, *args: str) -> bytes:
        environment = dict(around.environment)
        if around.clock is not None:
            site = tmp_path / f"clock-{around.clock}"
            site.mkdir(exist_ok=True)
            (site / "sitecustomize.py").write_text(CLOCK.format(seconds=around.clock), encoding="utf-8")
            environment["PYTHONPATH"] = os.pathsep.join([str(site), SEARCHED])

        def prepare() -> None:
            os.umask(around.umask)
            if around.cpus is not None and hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: around.cpus])

        done = run(*args, cwd=tmp_path / around.folder, environment=environment, prepare=prepare)
        # In 1999 nothing of the log had happened.
        assert done.returncode in (0, 1, 5), done.stderr
        assert done.stderr == b""
        return done.stdout

    return made


@pytest.mark.skipif(os.name != "posix", reason="needs zones and masks of POSIX")
@pytest.mark.parametrize(("format_name", "chosen"), [("json", "XK-MTG-00"), ("table", "XK-MTG-001")])
def test_one_distinct_output(output: Callable[..., bytes], format_name: str, chosen: str) -> None:
    args = (*CHECK, "--select", chosen, "--format", format_name)
    made = {name: output(around, *args) for name, around in AROUND.items()}
    assert b"violated" in made["as it is"]
    assert [name for name, given in made.items() if given != made["as it is"]] == []


@pytest.mark.parametrize(("clock", "year"), [(_1999, "1999"), (_2031, "2031")])
def test_the_clock_is_another_one(output: Callable[..., bytes], clock: int, year: str) -> None:
    """Without a moment that is given, the clock decides; so it is the clock that was changed above."""
    args = ("check", str(SAMPLE), "--no-config", "--select", "XK-MTG-001", "--format", "json")
    assert json.loads(output(Surroundings({}, clock), *args))["as_of"].startswith(year)
