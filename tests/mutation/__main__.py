"""``python -m mutation``: change the code at one place after another and tell what no case notices.

python -m mutation --area sql --sample 100 --seed 1

Every change is tried in a process of its own, made from one in which everything is loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import signal
import sys
import time
import tomllib
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .changes import AREAS, PACKAGE, Change, changes

SURVIVORS = Path(__file__).with_name("survivors.toml")
# Seconds that a change may take; what hangs has been noticed.
PATIENCE = 600


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--area", action="append", choices=list(AREAS), help="default: all of them")
    parser.add_argument("--file", action="append", help="only files whose path holds this")
    parser.add_argument("--sample", type=int, help="try so many changes of each area, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures there")
    given = parser.parse_args(arguments)
    reasons = explained()
    known = _answers_of_a_child()
    figures: dict[str, dict[str, int]] = {}
    unexplained: list[str] = []
    for area in given.area or AREAS:
        found = [c for c in changes(area) if not given.file or any(f in c.path for f in given.file)]
        if given.sample is not None and given.sample < len(found):
            found = sorted(random.Random(given.seed).sample(found, given.sample), key=found.index)
        tally: Counter[str] = Counter()
        for change, noticed in tried(found, known, given.workers):
            reason = reasons.get(key(change))
            tally["noticed" if noticed else "explained" if reason else "unexplained"] += 1
            if not noticed and reason is None:
                unexplained.append(str(change))
                sys.stdout.write(f"survives: {change}\n")
                sys.stdout.flush()
        figures[area] = {name: tally[name] for name in ("noticed", "explained", "unexplained")}
        total = sum(tally.values())
        share = 100 * tally["noticed"] / total if total else 100.0
        sys.stdout.write(
            f"{area}: {total} changes, {tally['noticed']} noticed ({share:.1f} %), "
            f"{tally['explained']} that nothing could notice, {tally['unexplained']} not noticed\n"
        )
    if given.json is not None:
        whole = {"seed": given.seed, "sample": given.sample, "areas": figures, "survivors": unexplained}
        given.json.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return 0


def key(change: Change) -> str:
    """What names a change wherever its line moves: the file, the line without its blanks, the change."""
    line = (PACKAGE / change.path).read_text(encoding="utf-8").splitlines()[change.line - 1]
    return f"{change.path}: {' '.join(line.split())}: {change.before} -> {change.after}"


def explained() -> dict[str, str]:
    """The reasons why nothing could notice a change, by its key."""
    return dict(tomllib.loads(SURVIVORS.read_text(encoding="utf-8")))


def tried(found: Sequence[Change], known: list[Any], workers: int) -> Iterator[tuple[Change, bool]]:
    """Every change with whether it was noticed, as they end."""
    running: dict[int, tuple[Change, float]] = {}
    waiting = list(reversed(found))
    while waiting or running:
        while waiting and len(running) < workers:
            change = waiting.pop()
            pid = os.fork()
            if pid == 0:
                _be_silent()
                os._exit(_noticed(change, known))
            running[pid] = (change, time.monotonic())
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            change, _ = running.pop(pid)
            yield change, os.waitstatus_to_exitcode(status) != 0
            continue
        for other, (_, begun) in running.items():
            if time.monotonic() - begun > PATIENCE:
                os.kill(other, signal.SIGKILL)
        time.sleep(0.02)


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _answers_of_a_child() -> list[Any]:
    """The answers to all cases. A child gives them: a database that was used is not inherited well."""
    from . import cases

    for pack in (*cases.BUNDLED, str(cases.TRIAL)):
        cases.rulebook(pack)
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        with os.fdopen(write, "wb") as stream:
            pickle.dump([(name, _digest(answer)) for name, answer in cases.answers()], stream)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        found: list[Any] = pickle.load(stream)
    os.wait()
    return found


def _digest(answer: Any) -> str:
    return repr(answer)


def _noticed(change: Change, known: list[Any]) -> int:
    from . import cases

    try:
        put_in_place(change)
        for (name, answer), (other, expected) in zip(cases.answers(), known, strict=True):
            if name != other or _digest(answer) != expected:
                return 1
    except BaseException:
        return 1
    return 0


def put_in_place(change: Change) -> None:
    """Make the loaded program run the changed code."""
    text = change.applied((PACKAGE / change.path).read_text(encoding="utf-8"))
    if change.path.endswith(".sql"):
        from transparency_check.engine import tables

        name = Path(change.path).stem
        unchanged = tables.source
        tables.source = lambda asked: text if asked == name else unchanged(asked)
        tables.statements.cache_clear()
        return
    name = "transparency_check." + change.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    old = sys.modules[name]
    new = types.ModuleType(name)
    new.__dict__.update({k: v for k, v in old.__dict__.items() if k.startswith("__")})
    # Classes are found by the name of their module while they are made.
    sys.modules[name] = new
    exec(compile(text, str(PACKAGE / change.path), "exec"), new.__dict__)
    sys.modules[name] = old
    _into(old.__dict__, new.__dict__, old)


def _into(old: Any, new: Any, module: types.ModuleType) -> None:
    """Give the functions that others hold the code of the new ones, and constants their new values."""
    for name, fresh in list(new.items()):
        held = old.get(name)
        if (name.startswith("__") and not callable(fresh)) or held is None:
            continue
        if isinstance(held, type) and held.__module__ == module.__name__:
            _into(vars(held), vars(fresh), module)
            continue
        ours, theirs = _function(held), _function(fresh)
        if ours is not None and theirs is not None:
            if (
                ours.__module__ == module.__name__
                and ours.__code__.co_freevars == theirs.__code__.co_freevars
            ):
                ours.__code__, ours.__defaults__ = theirs.__code__, theirs.__defaults__
                ours.__kwdefaults__ = theirs.__kwdefaults__
                if hasattr(held, "cache_clear"):
                    held.cache_clear()
        elif isinstance(old, dict) and not isinstance(held, types.ModuleType) and not callable(held):
            for other in list(sys.modules.values()):
                if getattr(other, "__name__", "").startswith("transparency_check"):
                    for alias, value in list(vars(other).items()):
                        if value is held and not isinstance(held, bool | int | str | type(None)):
                            setattr(other, alias, fresh)
            old[name] = fresh


def _function(value: Any) -> types.FunctionType | None:
    """The plain function in a function, method or property, cached or not."""
    for name in ("__func__", "fget", "func", "__wrapped__"):
        value = getattr(value, name, value)
    return value if isinstance(value, types.FunctionType) else None


if __name__ == "__main__":
    raise SystemExit(main())
