"""What the checklist of a release takes for passed, failed and not done."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from release import pythons, source, supply, wheel
from release.__main__ import STEPS, page
from release.step import Failed, Outcome, Step, outcome
from release.workbench import ROOT, NotDone, Refused, Workbench

LICENCES = tomllib.loads(supply.ALLOWED.read_text(encoding="utf-8"))


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A checkout with one commit, and a folder for what is made."""
    root = tmp_path / "checkout"
    package = root / "src/transparency_check"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Text."""\n__version__ = "1.2.0"\n', encoding="utf-8")
    (root / "CHANGELOG.md").write_text("## [1.2.0] - 2027-01-31\n", encoding="utf-8")
    (tmp_path / "made").mkdir()
    made = Workbench(tmp_path / "made", root)
    author = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    for words in (("init", "-q"), ("add", "."), (*author, "commit", "-qm", "x")):
        made.run("git", *words, cwd=root)
    return made


def test_a_version_that_is_told_committed_and_new(bench: Workbench) -> None:
    assert source.version(bench).startswith("1.2.0 of 2027-01-31, commit ")


def test_a_version_without_a_heading(bench: Workbench) -> None:
    (bench.root / "CHANGELOG.md").write_text("## [Unreleased]\n", encoding="utf-8")
    with pytest.raises(Failed, match=r"no heading `## \[1\.2\.0\] - DAY`"):
        source.version(bench)


def test_what_is_not_committed(bench: Workbench) -> None:
    (bench.root / "left.txt").touch()
    with pytest.raises(Failed, match=r"not committed: left\.txt"):
        source.version(bench)


def test_a_tag_that_is_there(bench: Workbench) -> None:
    bench.run("git", "tag", "v1.2.0", cwd=bench.root)
    with pytest.raises(Failed, match=r"a tag v1\.2\.0 already"):
        source.version(bench)


def test_an_audit_that_looked_at_nothing_is_not_passed() -> None:
    seen = {"name": "click", "version": "8.2", "vulns": []}
    unseen = {"name": "duckdb", "skip_reason": "not found on PyPI"}
    assert supply.audited([seen]) == "1 libraries, no known weakness"
    with pytest.raises(NotDone, match="1 of 2 libraries were unknown"):
        supply.audited([seen, unseen])
    with pytest.raises(NotDone):
        supply.audited([])
    with pytest.raises(Failed, match=r"click 8\.2: PYSEC-1"):
        supply.audited([{**seen, "vulns": [{"id": "PYSEC-1"}]}, unseen])


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        pytest.param({"License-Expression": "MIT"}, True, id="an expression of the list"),
        pytest.param({"License-Expression": "MIT AND PSF-2.0"}, True, id="both of the list"),
        pytest.param({"License-Expression": "MIT AND GPL-3.0-only"}, False, id="one of two is not"),
        pytest.param({"License-Expression": "GPL-3.0-only OR MIT"}, True, id="one may be chosen"),
        pytest.param({"License-Classifier": "BSD License; Apache Software License"}, True, id="classifiers"),
        pytest.param({"License-Metadata": "my own"}, False, id="words of its own"),
        pytest.param({}, False, id="nothing said"),
        pytest.param(
            {"License-Expression": "GPL-3.0-only", "License-Classifier": "MIT License"},
            False,
            id="the expression decides",
        ),
        pytest.param(
            {"Name": "psycopg", "License-Expression": "LGPL-3.0-only"}, True, id="somebody has read it"
        ),
        pytest.param({"Name": "pip", "License-Metadata": "?"}, True, id="not of the program"),
    ],
)
def test_a_licence(said: dict[str, str], passes: bool) -> None:
    unknown = {f"License-{kind}": "UNKNOWN" for kind in ("Expression", "Classifier", "Metadata")}
    library = {"Name": "library", "Version": "1", **unknown, **said}
    if passes:
        assert "under a licence of the list" in supply.licensed([library], LICENCES)
    else:
        with pytest.raises(Failed, match="library 1"):
            supply.licensed([library], LICENCES)


def test_of_each_minor_version_the_newest_python_is_taken() -> None:
    numbers = {"a": (3, 12, 1), "b": (3, 12, 4), "c": (3, 9, 9), "d": (3, 11, 2)}
    found = [(number, Path(name)) for name, number in numbers.items()]
    assert pythons.newest(found) == {"3.11.2": Path("d"), "3.12.4": Path("b")}


def test_this_python_is_among_those_of_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.base_prefix) / "bin"))
    minor = ".".join(map(str, sys.version_info[:2]))
    assert any(number.startswith(f"{minor}.") for number in pythons.installed())


def test_a_wheel_that_lacks_something_or_has_too_much(bench: Workbench, tmp_path: Path) -> None:
    bench.wheels.append(tmp_path / "a.whl")
    inside = [
        "transparency_check/py.typed", "transparency_check/compiled/kosovo.json",
        "transparency_check/rules/kosovo/pack.yaml", "transparency_check/schemas/report.json",
        "transparency_check-1.2.0.dist-info/licenses/LICENSE",
    ]  # fmt: skip

    def packed(*names: str) -> None:
        with zipfile.ZipFile(bench.wheel, "w") as made:
            for name in names:
                made.writestr(name, "")

    packed(*inside)
    assert wheel.contents(bench).startswith("5 files")
    packed(*inside[1:])
    with pytest.raises(Failed, match=r"missing: transparency_check/py\.typed"):
        wheel.contents(bench)
    packed(*inside, "tests/test_a.py")
    with pytest.raises(Failed, match=r"out of place: tests/test_a\.py"):
        wheel.contents(bench)


def test_what_needs_a_wheel_is_not_done_without_one(bench: Workbench) -> None:
    came = outcome(Step("Contents", "", wheel.contents), bench)
    assert (came.state, came.said) == ("not done", "there is no wheel: see Build")


def test_a_command_that_is_refused_fails_its_step(bench: Workbench) -> None:
    step = Step("A", "b", lambda b: b.run(sys.executable, "-c", "raise SystemExit('no disk')"))
    came = outcome(step, bench)
    assert came.state == "failed"
    assert "exit code 1: no disk" in came.said
    with pytest.raises(Refused):
        bench.run(sys.executable, "-c", "raise SystemExit(3)", codes=(0, 1))


def test_settings_of_whoever_releases_do_not_reach_what_is_tried(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSPARENCY_CHECK_CONFIG", "mine.toml")
    said = bench.run(sys.executable, "-c", "import os; print(os.environ.get('TRANSPARENCY_CHECK_CONFIG'))")
    assert said == "None\n"


def test_the_page_and_the_document_name_every_step() -> None:
    came = [Outcome(step, "not done", "a | b\nc") for step in STEPS]
    told = page("1.2.0", came, dt.date(2027, 1, 31))
    document = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
    for step in STEPS:
        assert f"| {step.name} | {step.promise} |" in document
        assert step.promise in told
    assert "a \\| b c" in told
