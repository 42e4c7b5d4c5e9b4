"""Registers in files and in a database of PostgreSQL that is started for the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from transparency_check.cli import application, entering

from .servers import administering, installed, running, url_of

Run = Callable[..., Result]
NOW = dt.datetime(2026, 11, 29, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture(scope="session")
def server() -> Generator[str, None, None]:
    """The folder of the socket of a server of its own."""
    if not installed():
        pytest.skip("PostgreSQL is not installed (postgresql)")
    with running() as home:
        yield home


@pytest.fixture
def database(server: str) -> Generator[str, None, None]:
    """The URL of an empty database."""
    name = f"r{uuid4().hex}"
    with administering(server) as con:
        con.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield url_of(server, name)
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
