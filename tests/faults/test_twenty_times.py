"""One output from twenty runs.

Hash seeds, zones, locales and processors change no byte of any format; the order of rows and the files that
they stand in change places, and nothing else.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from faults.program import SAMPLE, run
from transparency_check.plugins import load_registry

RUNS = 20
_ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "No/Where")
_LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "ar_SA.UTF-8")
_PLACE = re.compile(r"log-[0-9]\.jsonl(?::[0-9]+)?")
_ARGS = ("--as-of", "2026-11-20", "--no-config", "--select", "XK-MTG-001", "--select", "XK-FOI-001", "--all")


class Run(NamedTuple):
    """What one run wrote, by format, and its exit code."""

    code: int
    written: dict[str, bytes]


def once(folder: Path, number: int, *, mixed: bool) -> Run:
    """One run in surroundings of its own; ``mixed`` rows are in another order, in several files."""
    chance = random.Random(number)
    logs = folder / f"logs-{number}"
    logs.mkdir()
    rows = SAMPLE.read_text("utf-8").splitlines(keepends=True)
    files = [rows]
    if mixed:
        chance.shuffle(rows)
        cuts = sorted(chance.sample(range(1, len(rows)), 2))
        files = [rows[: cuts[0]], rows[cuts[0] : cuts[1]], rows[cuts[1] :]]
    for n, part in enumerate(files):
        (logs / f"log-{n}.jsonl").write_text("".join(part), "utf-8")
    names = formats()
    wanted = [f"--format={name}=out.{n}" for n, name in enumerate(names)]
    environment = {
        "PYTHONHASHSEED": str(number),
        "TZ": chance.choice(_ZONES),
        "LC_ALL": chance.choice(_LOCALES),
        "COLUMNS": str(chance.randint(40, 200)),
        "GITHUB_STEP_SUMMARY": "",
    }
    cpus = chance.choice((1, None))

    def prepare() -> None:
        if cpus is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cpus])

    # Each in a folder of its own, so that their inputs have the same names.
    given = [f"log-{n}.jsonl" for n in range(len(files))]
    done = run("check", *given, *_ARGS, *wanted, cwd=logs, environment=environment, prepare=prepare)
    assert done.returncode in (0, 1), done.stderr
    return Run(done.returncode, {name: (logs / f"out.{n}").read_bytes() for n, name in enumerate(names)})


def formats() -> list[str]:
    """Every built-in format."""
    return sorted(reporter.name for reporter in load_registry(plugins=False).reporters)


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    folder = tmp_path_factory.mktemp("same")
    return [once(folder, number, mixed=False) for number in range(RUNS // 2)]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    folder = tmp_path_factory.mktemp("mixed")
    return [once(folder, number, mixed=True) for number in range(RUNS // 2, RUNS)]


pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs zones and processors of POSIX")


@pytest.mark.parametrize("name", formats())
def test_no_byte_differs(same: list[Run], name: str) -> None:
    assert len({run.code for run in same}) == 1
    assert same[0].written[name]
    assert [n for n, run in enumerate(same) if run.written[name] != same[0].written[name]] == []


def test_order_and_files_change_places_only(same: list[Run], mixed: list[Run]) -> None:
    first = placeless(same[0])
    assert first
    for other in mixed:
        assert other.code == same[0].code
        assert placeless(other) == first


def placeless(made: Run) -> list[Any]:
    """The findings as JSON, without places."""
    text = _PLACE.sub("somewhere", made.written["jsonl"].decode())
    return [json.loads(line) for line in text.splitlines()[1:]]
