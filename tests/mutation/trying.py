"""Processes that try a change: each with a copy of the package of its own."""

from __future__ import annotations

import compileall
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path

from . import suites
from .changes import PACKAGE, Change

REPOSITORY = PACKAGE.parents[1]
# What is found out before anything is changed.
KEPT = REPOSITORY / "build" / "mutation"
COMPILED, KNOWN = KEPT / "compiled", KEPT / "known"
# Seconds that a change may take at most; what hangs has been noticed.
PATIENCE = 900
_FIRST = 4
# Bytes that a process may ask for; what is never full has been noticed.
MEMORY = 8 << 30


@dataclass(frozen=True)
class Told:
    """What came of a change: the test that noticed it or None, how many were asked, and the seconds."""

    by: str | None
    asked: int
    seconds: float


class Copies:
    """Copies of the package, one a worker, each where a checkout has it, with packs compiled beside it."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> Copies:
        # So that the copies are removed where the run is ended from outside.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self._folder = tempfile.TemporaryDirectory(prefix="mutation-")
        _forget_what_is_old()
        _preload()
        self.packages = [self._copy(Path(self._folder.name) / str(n)) for n in range(self.workers)]
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def _copy(self, folder: Path) -> Path:
        package = folder / "src" / PACKAGE.name
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
        for file in REPOSITORY.iterdir():
            if file.name not in ("src", "build") and not file.name.startswith("."):
                (folder / file.name).symlink_to(file)

        if COMPILED.exists():
            shutil.copytree(COMPILED, package / "compiled")
        else:
            _ended(_started(package, lambda: _compile_packs(package)))
            shutil.copytree(package / "compiled", COMPILED)
        compileall.compile_dir(package, quiet=1)
        return package


def _forget_what_is_old() -> None:
    """Empty the folder of what is kept where code or tests have changed since."""
    digest = KEPT / "digest.txt"
    now = suites.digest()
    if not digest.exists() or digest.read_text(encoding="utf-8") != now:
        shutil.rmtree(KEPT, ignore_errors=True)
        KNOWN.mkdir(parents=True)
        digest.write_text(now, encoding="utf-8")


def _compile_packs(package: Path) -> str:
    from transparency_check.packs.compile import write_compiled
    from transparency_check.packs.find import bundled_names

    write_compiled(package / "compiled", [*bundled_names(), str(suites.TESTS / "packs" / "trial")])
    return ""


def _preload() -> None:
    """What no change touches is loaded once."""
    import dateutil.easter
    import dateutil.relativedelta
    import dateutil.rrule
    import duckdb
    import hypothesis
    import orjson
    import pydantic
    import pytest
    import ruamel.yaml

    assert all((dateutil, duckdb, hypothesis, orjson, pydantic, pytest, ruamel.yaml))


@dataclass
class _Process:
    pid: int
    answers: int
    begun: float


def _started(package: Path, task: Callable[[], str]) -> _Process:
    """Do a task in a process that finds the program in ``package``."""
    assert "transparency_check" not in sys.modules
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return _Process(pid, read, time.monotonic())
    try:
        os.close(read)
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        output = os.open(package.parents[1] / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        others = (path for path in sys.path if Path(path or ".").resolve() != PACKAGE.parent)
        sys.path[:] = [str(package.parent), *others]
        os.environ["PYTHONPATH"] = os.pathsep.join((str(package.parent), str(suites.TESTS)))
        sys.dont_write_bytecode = True
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        answer = task()
        with os.fdopen(write, "w") as stream:
            stream.write(answer)
        os._exit(0)
    except BaseException as error:
        with os.fdopen(write, "w") as stream:
            stream.write(f"{type(error).__name__}: {error}")
        os._exit(1)


def _ended(process: _Process) -> str:
    """The answer of a process that did its task. Raises ``RuntimeError`` for another."""
    with os.fdopen(process.answers) as stream:
        answer = stream.read()
    _, status = os.waitpid(process.pid, 0)
    if status:
        raise RuntimeError(f"ended with {os.waitstatus_to_exitcode(status)}: {answer}")
    return answer


def watched_tests(area: str, copies: Copies) -> dict[str, suites.Watched]:
    """The tests of an area, run on the unchanged code. Raises ``RuntimeError`` where one fails."""
    os.environ["MUTATION_KNOWN"] = str(KNOWN)
    package = copies.packages[0]
    kept = {
        file: KEPT / f"{'-'.join(file.relative_to(suites.TESTS).parts)}-{suites.digest(file)}.json"
        for file in suites.files(area)
    }
    new = [file for file, result in kept.items() if not result.exists()]

    def watch() -> str:
        watcher = suites.Watcher(package)
        watcher.watch_sql()
        code = suites.run([str(file) for file in new], watcher)
        if code:
            output = (package.parents[1] / "output.txt").read_text(encoding="utf-8")
            raise RuntimeError(f"the tests fail without a change ({code}): {output[-3000:]}")
        return suites.stored(watcher.found())

    if new:
        found = suites.restored(_ended(_started(package, watch)))
        for file in new:
            begins = f"{file.relative_to(REPOSITORY).as_posix()}::"
            of_file = {name: w for name, w in found.items() if name.startswith(begins)}
            kept[file].write_text(suites.stored(of_file), encoding="utf-8")
    whole: dict[str, suites.Watched] = {}
    for result in kept.values():
        whole.update(suites.restored(result.read_text(encoding="utf-8")))
    return whole


def tried(
    found: Sequence[Change],
    watched: dict[str, suites.Watched],
    copies: Copies,
    seconds: float | None = None,
) -> Iterator[tuple[Change, Told]]:
    """Every change with what came of it, as they end. ``seconds``: only the first tests that take so long
    together are asked.
    """
    running: dict[int, tuple[Change, _Process, Path]] = {}
    waiting = list(reversed(found))
    free = list(copies.packages)
    asked: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    try:
        while waiting or running:
            while waiting and free:
                change = waiting.pop()
                tests = suites.reaching(change, watched)
                if not tests:
                    yield change, Told(None, 0, 0.0)
                    continue
                tests.sort(key=lambda t: -_worth(watched[t].seconds, noticed[t], asked[t]))
                if seconds is not None:
                    needed = accumulate(watched[t].seconds for t in tests)
                    tests = [t for t, until in zip(tests, needed, strict=True) if until <= seconds]
                package = free.pop()
                file = package / change.path
                file.write_text(change.applied((PACKAGE / change.path).read_text(encoding="utf-8")), "utf-8")
                process = _started(package, partial(_ask, change, tests, watched))
                running[process.pid] = (change, process, package)
            pid, status = os.waitpid(-1, os.WNOHANG) if running else (0, 0)
            if not pid:
                for _, process, _ in running.values():
                    if time.monotonic() - process.begun > PATIENCE:
                        os.killpg(process.pid, signal.SIGKILL)
                time.sleep(0.02)
                continue
            change, process, package = running.pop(pid)
            shutil.copy2(PACKAGE / change.path, package / change.path)
            free.append(package)
            with os.fdopen(process.answers) as stream:
                answer = stream.read()
            if os.WIFEXITED(status) and status:
                raise RuntimeError(f"{change} could not be tried: {answer}")
            by, names = json.loads(answer) if not status else ("the end of the process", [])
            asked.update(names)
            noticed.update([by])
            yield change, Told(by, len(names), time.monotonic() - process.begun)
    finally:
        for _, process, _ in running.values():
            os.killpg(process.pid, signal.SIGKILL)


def _worth(seconds: float, noticed: int, asked: int) -> float:
    """What a test can be expected to notice in a second: as if it had been asked three times before, and had
    noticed the more the longer it takes, but something even if it takes no time.
    """
    return (noticed + 3 * min(0.5, 0.02 + seconds / 2)) / (asked + 3) / (seconds + 0.02)


def _ask(change: Change, tests: Sequence[str], watched: dict[str, suites.Watched]) -> str:
    """What noticed, and the tests that were run."""
    tried: list[str] = []
    if change.path.endswith(".py"):
        # A module that cannot be imported keeps pytest itself from beginning.
        try:
            import_module(f"{PACKAGE.name}.{change.path.removesuffix('.py').replace('/', '.')}")
        except Exception:
            return json.dumps(["loading the program", tried])
    # Most changes are noticed by the first, which need not wait until all files are read.
    for some in (tests[:_FIRST], tests[_FIRST:]):
        if not some:
            continue
        chosen = suites.Chosen(some, watched)
        code = suites.run(dict.fromkeys(name.split("::")[0] for name in some), chosen)
        tried += chosen.tried
        if code > 2:
            raise RuntimeError(f"pytest ended with {code}")
        if code:
            return json.dumps([chosen.noticed or "loading the tests", tried])
    return json.dumps([None, tried])
