"""A repository of published records under the pipelines of its recipes (``samples/published-records``).

A good change passes; a broken row, a new violation, a waiver that is over and a violation that was resolved
show as they should.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from junitparser import JUnitXml

from install.environments import Environment, build, install
from pipelines.services import AS_OF, SAMPLE, SERVICES, Machine, Ran, repository_of_the_program
from transparency_check.cli import application

BOOK = "records/requests-2026.csv"


def added(*rows: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / BOOK).open("a", encoding="utf-8") as book:
            book.writelines(f"{row}\n" for row in rows)

    return change


def over(folder: Path) -> None:
    waivers = folder / "waivers.toml"
    text = waivers.read_text("utf-8")
    assert "until = 2026-12-31" in text
    waivers.write_text(text.replace("until = 2026-12-31", "until = 2026-06-15"), "utf-8")


class Change(NamedTuple):
    """A change of the records, how a run over it ends, and which lines and cases it has to show."""

    change: Callable[[Path], None]
    status: int
    new: tuple[str, ...] = ()
    line: int | None = None
    resolved: tuple[str, ...] = ()


CHANGES = {
    "a good change": Change(
        added(
            "R-013,request.received,2026-06-22,kline,request-2026-05,e-mail,,,,sq,,,04-042-120/26",
            "R-014,request.registered,2026-06-22,kline,request-2026-05,,,,,,,,04-042-121/26",
            "R-015,request.answered,2026-06-24,kline,request-2026-05,,granted,,,sq,,,04-042-124/26",
        ),
        0,
    ),
    "a broken row": Change(
        added("R-013,request.registerd,2026-06-31,kline,request-2026-05,,,,,,,,04-042-121/26"), 2, line=14
    ),
    "a new violation": Change(
        added("R-013,request.registered,2026-06-08,kline,request-2026-05,,,,,,,,04-042-121/26"),
        1,
        new=("request-2026-05",),
        line=14,
    ),
    "a waiver that is over": Change(over, 1, new=("request-2026-03",), line=10),
    "a resolved violation": Change(
        added("R-013,request.answered,2026-06-05,kline,request-2026-04,,granted,,,sq,,,04-042-115/26"),
        0,
        resolved=("request-2026-04",),
    ),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for program in ("bash", "git", "make"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}")
    return repository_of_the_program(tmp_path_factory.mktemp("program") / "checkout")


@pytest.fixture(scope="module")
def installed(checkout: Path) -> Environment:
    build(checkout, checkout.parent)
    return install(checkout.parent / "environment", next(checkout.parent.glob("*.whl")))


# One has a baseline, code scanning and a summary, and is tried with every change; the others show what fails.
FULLEST = "github"
TRIED = [
    (service, name)
    for service in SERVICES
    for name in CHANGES
    if service == FULLEST or name in ("a good change", "a broken row", "a new violation")
]


@pytest.mark.parametrize(("service", "name"), TRIED)
def test_each_service_shows_what_changed(
    service: str, name: str, checkout: Path, installed: Environment, tmp_path: Path
) -> None:
    folder, change = tmp_path / "records", CHANGES[name]
    shutil.copytree(SAMPLE, folder)
    change.change(folder)
    ran = SERVICES[service](Machine(folder, installed, checkout))
    failed = {"pre-commit": 1, "make": 2}.get(service, change.status) if change.status else 0
    assert ran.status == failed, ran.said
    SHOWN[service](ran, change)


def shown_to_github(ran: Ran, change: Change) -> None:
    errors = [line for line in ran.said.splitlines() if line.startswith("::error ")]
    assert bool(errors) == bool(change.status), ran.said
    if change.line is not None:
        assert any(f"file={BOOK},line={change.line}," in line for line in errors), errors
    run = json.loads(ran.file("transparency-check.sarif"))["runs"][0]
    states = {
        (result["baselineState"], case)
        for result in run["results"]
        if "baselineState" in result and (case := case_in(json.dumps(result)))
    }
    # Code scanning closes by itself what is no longer among the results.
    known = {"request-2026-02", "request-2026-04"} - {*change.resolved}
    assert {case for state, case in states if state == "unchanged"} == known
    assert {*change.new} <= {case for state, case in states if state == "new"}
    assert (ran.folder.parent / "outputs.txt").read_text("utf-8") == "sarif=transparency-check.sarif\n"
    summary = (ran.folder.parent / "summary.md").read_text("utf-8")
    assert all(case in summary for case in change.new)
    assert f"{len(change.resolved)} resolved" in summary


def case_in(text: str) -> str | None:
    return next((f"request-2026-0{n}" for n in range(1, 6) if f"request-2026-0{n}" in text), None)


def shown_to_gitlab(ran: Ran, change: Change) -> None:
    told = json.loads(ran.file("gl-code-quality-report.json"))
    lines = {(entry["location"]["path"], entry["location"]["lines"]["begin"]) for entry in told}
    if change.line is not None:
        assert (BOOK, change.line) in lines, told
    assert len({entry["fingerprint"] for entry in told}) == len(told)
    tests = JUnitXml.fromstring(ran.file("records.xml").encode())
    assert bool(tests.failures + tests.errors) == bool(change.status), ran.file("records.xml")


def shown_to_azure(ran: Ran, change: Change) -> None:
    errors = [line for line in ran.said.splitlines() if line.startswith("##vso[task.logissue type=error")]
    assert bool(errors) == bool(change.status), ran.said
    if change.line is not None:
        assert any(f"sourcepath={BOOK};linenumber={change.line};" in line for line in errors), errors


def shown_to_people(ran: Ran, change: Change) -> None:
    for case in change.new:
        assert case in ran.said
    if change.line is not None:
        assert f"{BOOK}:{change.line}" in ran.said
    if change.resolved:
        assert "1 resolved" in ran.said


def shown_before_a_commit(ran: Ran, change: Change) -> None:
    # What passes says nothing there.
    if change.status:
        shown_to_people(ran, change)
    else:
        assert "Passed" in ran.said


SHOWN: dict[str, Callable[[Ran, Change], None]] = {
    "github": shown_to_github,
    "gitlab": shown_to_gitlab,
    "azure": shown_to_azure,
    "pre-commit": shown_before_a_commit,
    "make": shown_to_people,
}


def test_the_sample_as_it_is_passes_and_its_baseline_is_what_was_violated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the whole pack, where the recipes are tried with one duty."""
    shutil.copytree(SAMPLE, tmp_path / "records")
    monkeypatch.chdir(tmp_path / "records")
    checked = CliRunner().invoke(application, ["check", "records", "--as-of", AS_OF])
    assert checked.exit_code == 0, checked.output
    assert "0 new, 2 unchanged, 0 resolved" in checked.output
    kept = json.loads(Path("baseline.json").read_text("utf-8"))["entries"]
    made = CliRunner().invoke(application, ["baseline", "create", "--force", "records", "--as-of", AS_OF])
    assert made.exit_code == 0, made.output
    assert json.loads(Path("baseline.json").read_text("utf-8"))["entries"] == kept
