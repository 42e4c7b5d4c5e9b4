"""``python -m register.kills --points 500``: a register is killed in the middle of what it does.

A process records, imports, migrates, copies or makes a register, and is killed (SIGKILL) before or after a
statement to the database - every one of them first - or after a moment drawn at random. Afterwards what had
been acknowledged is there, nothing is there in part, and the chain is whole. ``--postgresql`` does the same
with databases of a server that is started for it; there are no registers of the first version there.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event

from transparency_check.readers.location import located
from transparency_check.register import migrations
from transparency_check.register.chain import Head
from transparency_check.register.copying import copy
from transparency_check.register.store import Draft, Register, create
from transparency_check.register.verifying import verified

from .made_registers import ID, NOTICE, START, imported, log, made
from .servers import administering, running, url_of

VERSION_1 = Path(__file__).parent / "made" / "version-1.db"
# How many rows an import has, and records a writer makes.
ROWS = 60
RECORDS = 3
LATER = START + dt.timedelta(hours=1)
# Longer than any of them takes, in seconds.
LONGEST = 0.25
# What a folder of a trial holds beside files, where its register is a database: its URL.
URL = "register.url"


class Fault(AssertionError):
    """A promise that was not kept."""


def tick_at(number: int) -> None:
    """Kill this process at its so-many-th dealing with a database."""
    seen = 0

    def tick(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, tick)


def place(folder: Path) -> str:
    """Where the register of a folder is."""
    url = folder / URL
    return url.read_text("utf-8") if url.exists() else str(folder / "register.db")


class Databases:
    """Databases in the place of files: one for each folder of a trial."""

    def __init__(self, home: str) -> None:
        self._home = home

    def new(self, folder: Path, template: Path | None = None) -> None:
        """The database of a folder: empty, or a copy of that of another folder."""
        name = f"kills_{folder.name}"
        source = "template0" if template is None else f"kills_{template.name}"
        with administering(self._home) as con:
            con.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            con.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        (folder / URL).write_text(url_of(self._home, name), "utf-8")


class Trial:
    """One thing that a process does with a register in a folder."""

    def prepare(self, folder: Path) -> None:
        """What is there before."""
        made(place(folder))

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        """What the process does."""
        raise NotImplementedError

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        """Raises ``Fault``."""
        raise NotImplementedError


def count_of(where: str, *heads: Head) -> int:
    """How many records a register has. Raises ``Fault`` where it is not whole."""
    with Register(located(where)) as register:
        found = verified(register, heads)
    if not found.whole:
        raise Fault(f"not whole: {found}")
    return found.head.count


def expect(holds: bool, what: str) -> None:
    if not holds:
        raise Fault(what)


class Recording(Trial):
    """One record after the other, each acknowledged."""

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        with Register(located(place(folder)), write=True) as register:
            for n in range(RECORDS):
                with register.writing() as writing:
                    text = json.dumps({**NOTICE, "id": f"k{n}"}, sort_keys=True)
                    (entry,) = writing.append([Draft("recorded", f"k{n}", text)], writing.moment(LATER), "K")
                acknowledge(f"{entry.seq}:{entry.hash}")

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        count = count_of(place(folder), *map(Head.read, acknowledged))
        expect(
            len(acknowledged) <= count - 3 <= len(acknowledged) + 1,
            f"{len(acknowledged)} acknowledged, {count - 3} there",
        )
        expect(not finished or count == 3 + RECORDS, "not all was recorded")


class Importing(Trial):
    """A log: all of it or nothing."""

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        log(
            folder / "log.jsonl",
            *({**NOTICE, "id": f"k{n}"} for n in range(ROWS)),
            {"type": "?"},
            {"time": "?"},
        )

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        done = imported(place(folder), [str(folder / "log.jsonl")], 60, skip_bad=True)
        acknowledge(str(done.head))

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        count = count_of(place(folder), *map(Head.read, acknowledged))
        with Register(located(place(folder))) as register, register.reading() as reading:
            left = len(reading.left_out())
        expect((count, left) in ((3, 0), (3 + ROWS, 2), (4 + ROWS, 1)), f"{count} records, {left} left out")
        expect(not acknowledged or count > 3, "an import that was acknowledged is gone")


class Migrating(Trial):
    """A register of the first version is opened for writing."""

    def prepare(self, folder: Path) -> None:
        shutil.copy(VERSION_1, folder / "register.db")

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        with Register(located(place(folder)), write=True) as register:
            acknowledge(str(register.version))

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        before = count_of(place(folder))
        with Register(located(place(folder))) as register:
            expect(register.version in (1, migrations.NEWEST), f"version {register.version}")
            expect(
                not acknowledged or register.version == migrations.NEWEST, "an acknowledged version is gone"
            )
        with Register(located(place(folder)), write=True) as register:
            expect(register.version == migrations.NEWEST, "it cannot be brought to the newest version")
        expect(count_of(place(folder)) == before == 3, "records were lost")


class Copying(Trial):
    """A backup."""

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        with Register(located(place(folder))) as register:
            acknowledge(str(copy(register, located(str(folder / "copy.db")))))

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        expect(count_of(place(folder)) == 3, "the register lost something")
        there = (folder / "copy.db").exists()
        expect(there or not acknowledged, "an acknowledged copy is gone")
        expect(not there or count_of(str(folder / "copy.db")) == 3, "half a copy")


class Making(Trial):
    """A new register."""

    def prepare(self, folder: Path) -> None:
        pass

    def act(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        acknowledge(str(create(located(place(folder)), ID, START)))

    def judge(self, folder: Path, acknowledged: list[str], finished: bool) -> None:
        if not acknowledged:
            from transparency_check.errors import UsageError

            try:
                count_of(place(folder))
            except UsageError:
                create(located(place(folder)), ID, START)
        expect(count_of(place(folder), *map(Head.read, acknowledged)) == 0, "it is not as it was made")


TRIALS: dict[str, Trial] = {
    "record": Recording(),
    "import": Importing(),
    "migrate": Migrating(),
    "backup": Copying(),
    "init": Making(),
}


def killed(
    trial: Trial,
    before: Path,
    folder: Path,
    at: int | None,
    after: float | None,
    databases: Databases | None = None,
) -> bool:
    """Let a process act in a copy of what was ``before`` and be killed; whether it was. Raises ``Fault``."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder)
    if databases is not None:
        databases.new(folder, before)
    read, write = os.pipe()
    with warnings.catch_warnings():
        # Of threads in this process, which the child has no use for.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            if at is not None:
                tick_at(at)
            trial.act(folder, lambda said: os.write(write, f"{said}\n".encode()) and None)
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as pipe:
        acknowledged = pipe.read().decode().splitlines()
    _, status = os.waitpid(child, 0)
    signalled = os.WIFSIGNALED(status)
    expect(signalled or os.WEXITSTATUS(status) == 0, "the process failed")
    trial.judge(folder, acknowledged, not signalled)
    return signalled


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trial", choices=TRIALS, action="append")
    parser.add_argument("--step", type=int, default=1, help="only every so-many-th dealing with the database")
    parser.add_argument("--postgresql", action="store_true", help="databases of a server, not files")
    given = parser.parse_args()
    if not given.postgresql:
        return tried_all(given, given.trial or list(TRIALS))
    with running() as home:
        names = given.trial or [name for name in TRIALS if name != "migrate"]
        return tried_all(given, names, Databases(home))


def tried_all(given: argparse.Namespace, names: list[str], databases: Databases | None = None) -> int:
    """Kill until there were as many as were asked for; 1 where a promise was not kept."""
    rng = random.Random(given.seed)
    kills: Counter[str] = Counter()
    faults = []
    with tempfile.TemporaryDirectory(prefix="transparency-check-") as made_in:
        folder = Path(made_in, "trial")
        for name in names:
            Path(made_in, name).mkdir()
            if databases is not None:
                databases.new(Path(made_in, name))
            TRIALS[name].prepare(Path(made_in, name))

        def tried(name: str, at: int | None, after: float | None) -> bool:
            try:
                was = killed(TRIALS[name], Path(made_in, name), folder, at, after, databases)
            except Fault as fault:
                faults.append(f"{name}, at {at}, after {after}: {fault}")
                print(faults[-1], file=sys.stderr)
                was = at is None
            kills[name] += was
            return was

        chosen = 0
        for name in names:
            at = rng.randint(1, given.step)
            while tried(name, at, None):
                at += given.step
                chosen += 1
        while kills.total() < given.points:
            tried(rng.choice(names), None, rng.uniform(0, LONGEST))
    by_name = ", ".join(f"{name} {kills[name]}" for name in names)
    what = "databases of PostgreSQL" if databases is not None else "files"
    print(
        f"{kills.total()} kills of {what}, {chosen} of them at dealings with the database, the others at "
        f"random ({by_name}): {len(faults)} lost, halved or broken"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
