"""A server of PostgreSQL of its own, for as long as it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

LINUX_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _program(name: str) -> str | None:
    """A program of PostgreSQL; Debian has those of the server outside of the path."""
    return next((str(p / name) for p in LINUX_PROGRAMS if (p / name).exists()), shutil.which(name))


def installed() -> bool:
    """Whether there is what it takes."""
    return _program("initdb") is not None and _program("pg_ctl") is not None


@contextmanager
def running() -> Generator[str, None, None]:
    """The folder of the socket of a server, which refuses to be run by root."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    assert initdb is not None and control is not None
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


def administering(home: str) -> psycopg.Connection:
    """A connection that makes and drops databases."""
    import psycopg

    return psycopg.connect(host=home, user="tester", dbname="postgres", autocommit=True)


def url_of(home: str, name: str) -> str:
    """The URL of one of its databases."""
    return f"postgresql://tester@/{name}?host={home}"
