"""Whoever waits sees what a run is at; who asks for it, where the time went. The report is the same."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.conftest import Run
from transparency_check.checking import Inquiry, answer
from transparency_check.cli import observing
from transparency_check.messages import known
from transparency_check.plugins import load_registry
from transparency_check.watching import STAGES, Watch

KLINA = str(Path(__file__).parents[2] / "samples" / "klina" / "log.jsonl")
CHECK = ("check", KLINA, "--as-of", "2026-11-20", "--select", "XK-MTG")


class Noting(Watch):
    def __init__(self) -> None:
        self.stages: list[str] = []
        self.events = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.stages.append(name)
        yield

    def read(self, events: int) -> None:
        self.events += events


def test_every_stage_is_told_and_has_its_words() -> None:
    noting = Noting()
    answer(Inquiry((KLINA,), as_of="2026-11-20"), load_registry(plugins=False), watch=noting)
    assert noting.stages[:3] == ["packs", "reading", "log"]
    assert noting.events == len(Path(KLINA).read_text(encoding="utf-8").splitlines())
    assert noting.stages[-1] == "findings"
    assert set(noting.stages) <= set(STAGES)
    assert all(known(f"stage.{name}") for name in STAGES)


def test_the_profile_stands_aside_and_changes_nothing(run: Run) -> None:
    plain, profiled = run(*CHECK), run(*CHECK, "--profile")
    assert profiled.stdout == plain.stdout
    assert profiled.exit_code == plain.exit_code
    assert profiled.stderr.splitlines()[0].split() == ["Stage", "Seconds", "Share"]
    assert "Judging: due dates" in profiled.stderr
    assert "XK-MTG-001" in profiled.stderr
    assert "Seconds, by obligations" in profiled.stderr
    assert "Stage" not in plain.stderr


def test_upcoming_has_a_profile_too(run: Run) -> None:
    shown = run("upcoming", KLINA, "--as-of", "2026-11-20", "--select", "XK-MTG", "--profile")
    assert "Making the findings" in shown.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(observing.time, "monotonic", lambda: now[0])
    return now


def test_a_line_after_a_second_gone_at_the_end(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with observing.observed() as observer:
        with observer.stage("packs"):
            clock[0] += 0.9
        assert terminal.getvalue() == ""
        with observer.stage("reading"):
            clock[0] += 0.2
            observer.read(12_000)
            # Too soon to be drawn again.
            observer.read(1)
    assert terminal.getvalue() == "\r\x1b[KReading the logs (12,000 events read)\r\x1b[K"
    assert observer.seconds == pytest.approx({"packs": 0.9, "reading": 0.2})


def test_the_line_is_gone_before_an_error(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(KeyboardInterrupt), observing.observed() as observer:
        clock[0] += 5
        with observer.stage("log"):
            raise KeyboardInterrupt
    assert terminal.getvalue().endswith("conditions\r\x1b[K")
    assert observer.seconds.keys() == {"log"}


def test_no_line_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    away = io.StringIO()
    monkeypatch.setattr(sys, "stderr", away)
    with observing.observed() as observer:
        clock[0] += 5
        with observer.stage("log"):
            pass
    assert away.getvalue() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are not of Windows")
def test_on_a_real_terminal_the_report_is_whole() -> None:
    import pty

    master, slave = pty.openpty()
    code = (
        "from transparency_check.cli import main, observing\n"
        "observing._QUIET = observing._PAUSE = 0.0\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *CHECK], stdout=subprocess.PIPE, stderr=slave, check=False
    )
    os.close(slave)
    with os.fdopen(master, "rb", buffering=0) as stream:
        shown = stream.read(65_536).decode()
    assert done.returncode == 1
    assert "\x1b[KJudging: " in shown
    assert shown.endswith("\r\x1b[K")
    assert done.stdout.startswith(b"transparency-check")
