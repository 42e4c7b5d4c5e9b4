"""What is missing is told, with how to install it; who uses no register needs none of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from faults.program import SAMPLE, SEARCHED

BLOCKED = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
from transparency_check.cli import application
sys.exit(application.main({args!r}, standalone_mode=False))
"""


def without(missing: tuple[str, ...], *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = BLOCKED.format(missing=missing, args=list(args))
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={"PYTHONPATH": SEARCHED},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "args",
    [
        ["register", "init"],
        ["record", "meeting.held", "--by", "A"],
        ["check", "register.db", "--as-of", "2026-12-01"],
        ["register", "verify"],
    ],
)
def test_without_sqlalchemy(tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "register.db").write_bytes(b"")
    done = without(("sqlalchemy",), *args, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'transparency-check[register]'" in done.stderr


def test_without_the_driver_of_postgresql(tmp_path: Path) -> None:
    done = without(("psycopg",), "register", "verify", "--register", "postgresql://localhost/x", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'transparency-check[postgresql]'" in done.stderr


def test_a_log_is_checked_without_either(tmp_path: Path) -> None:
    args = ("check", str(SAMPLE), "--as-of", "2026-11-20", "--select", "XK-PAR-001")
    done = without(("sqlalchemy", "psycopg"), *args, cwd=tmp_path)
    assert done.returncode in (0, 1, 5), done.stderr
