"""Which tests are asked about which code, and which of them reach a changed place.

Before anything is changed every test is run once, watched: how long it takes, and which functions and which
blocks of SQL it enters. What is found is kept in ``build/mutation`` until the code changes, or its file.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import signal
import sys
import threading
import time
import types
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import pytest

from .changes import PACKAGE, Change

TESTS = Path(__file__).resolve().parents[1]
# Areas to the tests that are asked, by their paths in the folder tests.
_JUDGING = (
    "engine", "reference/test_found_at_random.py", "mutation/judged.py", "reports", "test_explain_texts.py",
)  # fmt: skip
SUITES = {
    "legal time": ("test_times.py", "calendars", "cli/test_calendar.py"),
    "engine": (*_JUDGING, "cli/test_memory_option.py"),
    "sql": _JUDGING,
}
# The folders of what these tests share, the packs they judge by among it.
_MADE_OF = ("calendars", "cli", "engine", "packs", "reference", "reports")
_SOURCES = (".py", ".sql", ".yaml", ".csv", ".jsonl")
# The functions whose caches would hide from the watcher that a test needs them.
_CACHED = ("transparency_check.times", "transparency_check.calendars", "transparency_check.engine")
# A test that has entered nothing new for so many calls is no longer watched.
_ENOUGH = 300_000
# What one test of a file makes and others of it use.
_SHARED = re.compile(r"@cache\b|@lru_cache|scope=\"(?:module|class)\"")


@dataclass
class Watched:
    """One test: the seconds of the processor that it takes, and what it enters: ``times.py:120`` for a
    function by its first line, ``engine/sql/due.sql`` and ``engine/sql/due.sql[links]`` for SQL. ``None``: it
    starts the program in a process of its own, so that it may enter anything.
    """

    seconds: float
    enters: set[str] | None


def place(change: Change) -> str | None:
    """What a test enters that reaches the change; None for what is run when the program is loaded."""
    if change.path.endswith(".sql"):
        return f"{change.path}[{change.within}]" if change.within else change.path
    return f"{change.path}:{change.within}" if change.within else None


def reaching(change: Change, watched: dict[str, Watched]) -> list[str]:
    """The tests that reach the change."""
    where = place(change)
    return [name for name, w in watched.items() if where is None or w.enters is None or where in w.enters]


def files(area: str) -> list[Path]:
    """The files of tests that are asked about an area."""
    found: list[Path] = []
    for path in SUITES[area]:
        whole = TESTS / path
        found += [whole] if whole.is_file() else sorted(whole.rglob("test_*.py"))
    return found


def digest(tests: Path | None = None) -> str:
    """Of all code and of what the tests are made of, and of one file of tests."""
    whole = hashlib.sha256(sys.version.encode())
    made_of = [file for folder in _MADE_OF for file in (TESTS / folder).rglob("*")]
    for file in sorted([*PACKAGE.rglob("*"), *made_of, TESTS / "conftest.py"]):
        if file.suffix in _SOURCES and not file.match("test_*.py"):
            whole.update(f"{file.relative_to(TESTS.parent)}\n".encode() + file.read_bytes())
    if tests is not None:
        whole.update(tests.read_bytes())
    return whole.hexdigest()


@dataclass(eq=False)
class Watcher:
    """A plugin of pytest that finds what every test enters."""

    package: Path
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    entered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # By folder, what was entered while fixtures were made; they serve other tests, too.
    prepared: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _now: set[str] = field(default_factory=set)
    _calls: int = 0
    _known: dict[int, tuple[types.CodeType, str | None]] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        for cached in gc.get_objects():
            if isinstance(cached, _lru_cache_wrapper) and str(cached.__module__).startswith(_CACHED):
                cached.cache_clear()
        begun = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, None, None]:
        yield from self._watched(self.prepared[str(Path(item.nodeid.split("::")[0]).parent)])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        yield from self._watched(self.entered[item.nodeid])

    def _watched(self, into: set[str]) -> Generator[None, None, None]:
        self._now, self._calls = into, 0
        sys.settrace(self._enter)
        threading.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]

    def _enter(self, frame: types.FrameType, event: str, _: object) -> None:
        # By its number, as comparing code takes long; what is known is held, so that no number comes twice.
        code = frame.f_code
        known = self._known.get(id(code))
        if known is None:
            file = Path(code.co_filename)
            inside = file.is_relative_to(self.package)
            name = f"{file.relative_to(self.package).as_posix()}:{code.co_firstlineno}" if inside else None
            known = self._known[id(code)] = (code, name)
        if known[1] is not None and known[1] not in self._now:
            self._now.add(known[1])
            self._calls = 0
        self._calls += 1
        if self._calls > _ENOUGH:
            sys.settrace(None)

    def watch_sql(self) -> None:
        """Have the engine tell which of its SQL it runs."""
        from transparency_check.engine import statements as files

        unwatched = files.statements

        def statements(name: str, having: frozenset[str] | None = None) -> list[str]:
            file = f"engine/sql/{name}.sql"
            blocks = set(re.findall(r"-- \[if (\w+)\]", files.source(name)))
            self._now.add(file)
            self._now.update(f"{file}[{b}]" for b in blocks if having is None or b in having)
            return unwatched(name, having)

        statements.cache_clear = unwatched.cache_clear  # type: ignore[attr-defined]
        for module in list(sys.modules.values()):
            if getattr(module, "statements", None) is unwatched:
                module.statements = statements  # type: ignore[attr-defined]

    def found(self) -> dict[str, Watched]:
        """What every test enters."""
        files: dict[str, set[str]] = defaultdict(set)
        for name, entered in self.entered.items():
            files[name.split("::")[0]] |= entered
        told = {}
        for name, entered in self.entered.items():
            file = name.split("::")[0]
            whole = entered
            if _SHARED.search((TESTS.parent / file).read_text(encoding="utf-8")):
                whole = files[file]
            whole = whole | self.prepared[str(Path(file).parent)]
            told[name] = Watched(self.seconds[name], whole if files[file] else None)
        return told


def stored(watched: dict[str, Watched]) -> str:
    return json.dumps(
        {n: [round(w.seconds, 4), None if w.enters is None else sorted(w.enters)] for n, w in watched.items()}
    )


def restored(text: str) -> dict[str, Watched]:
    return {n: Watched(s, None if e is None else set(e)) for n, (s, e) in json.loads(text).items()}


class Chosen:
    """A plugin of pytest that runs the given tests in the given order, each for no more than its time, and
    tells the first that fails.
    """

    def __init__(self, names: Iterable[str], watched: dict[str, Watched]) -> None:
        self.order = {name: n for n, name in enumerate(names)}
        self.watched = watched
        self.noticed: str | None = None
        self.last: str = ""
        self.tried: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.tried.append(item.nodeid)
        # Of the processor, so that a busy machine does not matter. The signal ends the process.
        signal.setitimer(signal.ITIMER_PROF, 10 + 20 * self.watched[item.nodeid].seconds)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.noticed is None:
            self.noticed = report.nodeid


def run(paths: Iterable[str], plugin: Any) -> int:
    """Run tests in this process; pytest's exit code."""
    import hypothesis

    # Neither chance nor a busy machine may notice a change.
    hypothesis.settings.register_profile(
        "mutation",
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")
    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "--assert=plain"]
    os.chdir(TESTS.parent)
    return int(pytest.main([*options, *paths], plugins=[plugin]))
