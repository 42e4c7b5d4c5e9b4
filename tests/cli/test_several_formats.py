"""Several formats of one run: each to its place, each as if it had been alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import NOTICE, SCHEDULED, Logged, Run
from transparency_check import checking, plugins
from transparency_check.errors import UsageError
from transparency_check.hookspecs import hookimpl
from transparency_check.plugins import load_registry
from transparency_check.reports.needs import needs

MOMENT = ("--as-of", "2026-12-01", "--select", "XK-MTG-001")
LATE = NOTICE | {"time": "2026-11-25T09:30"}
# What no format may depend on: which others there are.
REPORTERS = {r.name: r for r in load_registry(plugins=False).reporters}


@pytest.fixture
def log(logged: Logged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A log with a late notice and more sessions without one than a table shows; the folder it lies in is
    that of the run.
    """
    monkeypatch.chdir(tmp_path)
    more = [SCHEDULED | {"id": f"m{n}", "case": f"session-{n:02}"} for n in range(30)]
    logged(SCHEDULED, LATE, *more)
    return "log.jsonl"


def test_each_goes_to_its_place_and_the_log_is_judged_once(
    run: Run, log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []
    true = checking.answer

    def answer(*given: Any, **named: Any) -> checking.Answer:
        judged.append(1)
        return true(*given, **named)

    monkeypatch.setattr(checking, "answer", answer)
    result = run(
        "check", log, *MOMENT, "--format", "json=a.json", "--format", "csv", "--format", "markdown=b"
    )
    assert result.exit_code == 1
    assert json.loads(Path("a.json").read_text("utf-8"))["summary"]["outcomes"]["violated"] == 30
    assert result.stdout.startswith("id,rule")
    assert Path("b").read_text("utf-8").startswith("# ")
    assert result.stderr.splitlines() == ["Report written to a.json.", "Report written to b."]
    assert judged == [1]


@pytest.mark.parametrize(
    ("command", "alone"),
    [
        pytest.param(("check",), ("table", "counts", "json", "sarif", "github"), id="open ones"),
        pytest.param(("check", "--all"), ("table", "counts"), id="all"),
        pytest.param(("upcoming",), ("table", "sarif"), id="what comes"),
    ],
)
def test_each_is_written_as_if_it_were_alone(
    run: Run, log: str, command: tuple[str, ...], alone: tuple[str, ...]
) -> None:
    """Also where one shows only some of the findings, and another all of them; beside all formats there are,
    those that differ in what they need.
    """
    together: list[str] = []
    for name in REPORTERS:
        together += ["--format", f"{name}=all.{name}"]
    assert run(*command, log, *MOMENT, *together).exit_code in (0, 1)
    for name in alone:
        run(*command, log, *MOMENT, "--format", f"{name}=one.{name}")
        assert Path(f"all.{name}").read_bytes() == Path(f"one.{name}").read_bytes(), name


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(("-o", "r.json"), {"r.json": '{"schema"'}, id="an output, as its name says"),
        pytest.param(("-o", "r.counts.json"), {"r.counts.json": '{"schema"'}, id="the longest ending"),
        pytest.param(("-o", "r.json", "--format", "csv"), {"r.json": "id,rule"}, id="the format goes before"),
        pytest.param(
            ("-o", "r.json", "--format", "csv=r.csv"),
            {"r.json": '{"schema"', "r.csv": "id,rule"},
            id="an output that no format was named for",
        ),
        pytest.param(
            ("-o", "r.txt", "--format", "csv", "--format", "json=r.json"),
            {"r.txt": "id,rule", "r.json": '{"schema"'},
            id="one of two formats goes to the output",
        ),
        pytest.param(("--format", "csv=-"), {"": "id,rule"}, id="standard output by its sign"),
        pytest.param(("--format", "json=a=b.json"), {"a=b.json": '{"schema"'}, id="a file with the mark"),
        pytest.param(("--format", "json=r.json"), {"r.json": '{"schema"', "": ""}, id="nothing is printed"),
    ],
)
def test_where_formats_go(run: Run, log: str, options: tuple[str, ...], expected: dict[str, str]) -> None:
    result = run("check", log, *MOMENT, *options)
    assert result.exit_code == 1, result.stderr
    assert {path.name for path in Path().iterdir()} - {log} == set(expected) - {""}
    for name, begins in expected.items():
        shown = Path(name).read_text("utf-8") if name else result.stdout
        assert shown.startswith(begins) if begins else shown == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(("--format", "jso=a"), "Did you mean json", id="an unknown name"),
        pytest.param(("--format", "json="), "names no file", id="no file"),
        pytest.param(("--format", "json", "--format", "csv"), "standard output", id="two to standard output"),
        pytest.param(("--format", "json=-", "--format", "csv"), "standard output", id="the same by its sign"),
        pytest.param(
            ("--format", "json", "--format", "csv", "-o", "r"), "both go to r", id="two to the output"
        ),
        pytest.param(("--format", "json=r", "--format", "csv=./r"), "both go to ./r", id="two to one file"),
        pytest.param(
            ("--format", "json=r", "--format", "csv", "-o", "r"), "both go to r", id="file and output"
        ),
        pytest.param(("--format", "json=old", "--format", "csv=link"), "both go to link", id="a link"),
        pytest.param(("--format", "csv", "--format", "json=log.jsonl"), "is an input", id="over the log"),
        pytest.param(("--format", "json=log.meta.yaml"), "is an input", id="over what is declared"),
    ],
)
@pytest.mark.parametrize("command", ["check", "upcoming"])
def test_what_is_refused(run: Run, log: str, command: str, options: tuple[str, ...], told: str) -> None:
    Path("old").write_text("an earlier report", encoding="utf-8")
    Path("link").symlink_to("old")
    before = Path(log).read_bytes()
    result = run(command, log, *MOMENT, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert Path(log).read_bytes() == before
    assert {path.name for path in Path().iterdir()} == {log, "old", "link"}
    assert Path("old").read_text("utf-8") == "an earlier report"


def test_what_cannot_be_written_keeps_no_other_from_it(run: Run, log: str) -> None:
    Path("folder").mkdir()
    result = run(
        "check", log, *MOMENT,
        "--format", "json=folder", "--format", "csv=no/where.csv", "--format", "markdown=c.md",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "folder is a folder" in result.stderr
    assert "no does not exist" in result.stderr
    assert Path("c.md").read_text("utf-8").startswith("# ")


def test_a_full_disk_leaves_the_earlier_report(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.json").write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("check", log, *MOMENT, "--format", "json=a.json", "--format", "csv=b.csv")
    assert result.exit_code == 2
    assert {path.name: path.read_text("utf-8") for path in Path().glob("*.*[!l]")} == {"a.json": "old"}


class Spoiling:
    """A reporter from outside that changes what it is given."""

    name, suffixes = "spoiling", (".spoilt",)

    def write(self, report: Any, stream: Any, options: Any) -> None:
        stream.write("spoilt")
        object.__setattr__(report, "findings", ())


class Failing:
    name, suffixes = "failing", (".failing",)

    def write(self, report: Any, stream: Any, options: Any) -> None:
        stream.write("half")
        raise ValueError("no")


class Outside:
    @hookimpl
    def transparency_check_reporters(self) -> list[Any]:
        return [Spoiling(), Failing()]


@pytest.fixture
def _outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    true = plugins.load_registry

    def load(**named: Any) -> plugins.Registry:
        registry = true(**named)
        registry.add("outside", Outside)
        return registry

    monkeypatch.setattr(plugins, "load_registry", load)
    yield


@pytest.mark.usefixtures("_outside")
def test_a_reporter_from_outside_spoils_no_other(run: Run, log: str) -> None:
    alone = run("check", log, *MOMENT, "--format", "json")
    formats = ("--format", "spoiling=s", "--format", "failing=f", "--format", "json=a.json")
    result = run("check", log, *MOMENT, *formats)
    assert Path("a.json").read_text("utf-8") == alone.stdout
    assert Path("s").read_text("utf-8") == "spoilt"
    assert not Path("f").exists()
    assert result.exit_code == 3
    assert "The reporter failing of the plugin outside failed: ValueError: no." in result.stderr


class Told:
    def __init__(self, **needed: Any) -> None:
        self.__dict__.update(needed)


@pytest.mark.parametrize(
    ("reporters", "expected"),
    [
        pytest.param(
            [{"most": {"late": 2, "pending": 1}}], ({"late": 2, "pending": 1}, False, False), id="one"
        ),
        pytest.param(
            [{"most": {"late": 2, "pending": 1}}, {"most": {"late": 1, "pending": 3}}],
            ({"late": 2, "pending": 3}, False, False),
            id="the larger number of each outcome",
        ),
        pytest.param(
            [{"most": {"late": 2, "pending": 1}}, {"most": {"late": 5}}],
            ({"late": 5}, False, False),
            id="all of an outcome that one does not name",
        ),
        pytest.param([{"most": {"late": 2}}, {}], (None, False, False), id="all where one says nothing"),
        pytest.param([{"one_by_one": True}, {"one_by_one": True}], (None, True, False), id="both one by one"),
        pytest.param(
            [{"whole": True, "one_by_one": True}, {"most": {"late": 2}}],
            (None, False, True),
            id="one rests on all",
        ),
        pytest.param(
            [{"one_by_one": True}, {"most": {"late": 2}}], (None, False, False), id="one is looked through"
        ),
    ],
)
def test_the_findings_that_suffice_for_all(reporters: list[dict[str, Any]], expected: object) -> None:
    assert needs(Told(**needed) for needed in reporters) == expected  # type: ignore[misc]


def test_the_places_are_settled_before_anything_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    from transparency_check.cli import showing

    monkeypatch.setattr(showing, "_on_terminal", lambda: True)
    with pytest.raises(UsageError, match="pdf"):
        showing.chosen(("pdf", "json=a.json"), None, load_registry(plugins=False))
