"""Registers in files and in a database of PostgreSQL that is started for the tests."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application, entering

Run = Callable[..., Result]
NOW = dt.datetime(2026, 11, 29, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
LINUX_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _program(name: str) -> str | None:
    """A program of PostgreSQL; Debian has those of the server outside of the path."""
    return next((str(p / name) for p in LINUX_PROGRAMS if (p / name).exists()), shutil.which(name))


@pytest.fixture(scope="session")
def server() -> Generator[str, None, None]:
    """The folder of the socket of a server of its own, which refuses to be run by root."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is not installed (postgresql)")
    # A path of a socket is short.
    home = Path(tempfile.mkdtemp(prefix="tc-pg-"))
    before: list[str] = []
    if os.geteuid() == 0:
        user = (
            "postgres"
            if subprocess.run(["id", "postgres"], capture_output=True).returncode == 0
            else "nobody"
        )
        shutil.chown(home, user)
        before = ["runuser", "-u", user, "--"]
    home.chmod(0o755)
    data = home / "data"
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        made = [initdb, "-D", str(data), "-U", "tester", "-A", "trust", "-N", "--no-locale", "-E", "UTF8"]
        subprocess.run([*before, *made], check=True, capture_output=True, cwd="/", env=environment)
        options = (
            f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c shared_buffers=16MB"
        )
        start = [control, "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start"]
        subprocess.run([*before, *start], check=True, capture_output=True, cwd="/", env=environment)
        try:
            yield str(home)
        finally:
            stop = [control, "-D", str(data), "-w", "-m", "immediate", "stop"]
            subprocess.run([*before, *stop], check=True, capture_output=True, cwd="/", env=environment)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def database(server: str) -> Generator[str, None, None]:
    """The URL of an empty database."""
    import psycopg

    name = f"r{uuid4().hex}"
    with psycopg.connect(host=server, user="tester", dbname="postgres", autocommit=True) as con:
        con.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield f"postgresql://tester@/{name}?host={server}"
        con.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register can be made, in either kind of database."""
    return str(tmp_path / "register.db") if request.param == "file" else request.getfixturevalue("database")


class Clock:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
        self.now += dt.timedelta(minutes=1)
        return self.now.astimezone(zone)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the command line takes for the time."""
    made = Clock()
    monkeypatch.setattr(entering, "now", made)
    return made


@pytest.fixture
def run(clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str, **more: Any) -> Result:
        result = CliRunner().invoke(application, list(args), prog_name="transparency-check", **more)
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def done(run: Run) -> Callable[..., str]:
    """Run a command that must succeed; what it says."""

    def invoke(*args: str, **more: Any) -> str:
        result = run(*args, **more)
        assert result.exit_code == 0, result.output
        return result.stdout

    return invoke
