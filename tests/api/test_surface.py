"""What the package offers is what the page says, is typed, and costs nothing until it is asked for."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mypy import api as mypy

import transparency_check
from transparency_check import Evaluation, Evidence, Finding, Outlook, Problem, Proof, Report, evaluate
from transparency_check.model import Reading, RuleError, Settling

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
TYPED = """
from typing import assert_type
import datetime as dt
from pathlib import Path
from transparency_check import Evaluation, Finding, Outlook, Problem, Proof, TransparencyCheckError, evaluate

found = evaluate(Path("log.jsonl"), as_of=dt.date(2026, 1, 1), packs=["kosovo"], fail_on="advisory")
assert_type(found, Evaluation)
for finding in found:
    assert_type(finding, Finding)
    assert_type(finding.due, str | None)
assert_type(found[0], Finding)
assert_type(found[1:], tuple[Finding, ...])
assert_type(found.problems, tuple[Problem, ...])
assert_type(found.counts, dict[str, int])
assert_type(found.exit_code, int)
assert_type(found.explain(found[0]), Proof)
assert_type(found.upcoming("30d"), Outlook)
evaluate(records=[{"type": "meeting.held", "channel": ["website"]}])
try:
    found.write("report.json")
except TransparencyCheckError as error:
    assert_type(error.message, str)
"""
WRONG = """\
from transparency_check import evaluated
evaluate(fail_on="always")
evaluate(as_of=5)
evaluate(records=["text"])
evaluate(selct="XK-MTG")
evaluate("log.jsonl").of("broken")
"""


def checked(source: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "snippet.py").write_text(source, encoding="utf-8")
    monkeypatch.setenv("MYPYPATH", str(ROOT / "src"))
    out, _, _ = mypy.run(
        ["--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={folder}/cache",
         str(folder / "snippet.py")]
    )  # fmt: skip
    return out


def test_everything_that_is_offered_is_there_and_is_documented() -> None:
    assert sorted(transparency_check.__all__) == transparency_check.__all__
    for name in transparency_check.__all__:
        assert getattr(transparency_check, name) is not None
        assert f"`{name}`" in PAGE or name == "__version__" or f"`{name}(" in PAGE, name
    assert set(transparency_check.__all__) <= set(dir(transparency_check))
    with pytest.raises(AttributeError, match="evaluated"):
        _ = transparency_check.evaluated  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [Evaluation, Outlook, Proof])
def test_every_member_is_documented(kind: type) -> None:
    for name, member in inspect.getmembers(kind):
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
            assert re.search(rf"`{name}[(`]", PAGE), name


@pytest.mark.parametrize("kind", [Finding, Report, Problem, Evidence, Reading, Settling, RuleError])
def test_every_field_is_documented(kind: type) -> None:
    records = PAGE[PAGE.index("## Records") : PAGE.index("## In a notebook")]
    fields = getattr(kind, "_fields", None) or [field.name for field in dataclasses.fields(kind)]
    offered = [name for name, _ in inspect.getmembers(kind, lambda m: isinstance(m, property))]
    for name in (*fields, *offered):
        assert name.startswith("_") or f"`{name}`" in records, f"{kind.__name__}.{name}"


def test_every_argument_is_documented() -> None:
    said = inspect.getdoc(evaluate) or ""
    for name in inspect.signature(evaluate).parameters:
        assert f"``{name}``" in said or name == "input_format", name
        assert f"`{name}`" in PAGE, name


def test_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = checked(TYPED + WRONG, tmp_path, monkeypatch)
    right = len(TYPED.splitlines())
    wrong = {int(line) - right for line in re.findall(r"snippet\.py:([0-9]+): error", out)}
    assert wrong == {1, 2, 3, 4, 5, 6}, out


def test_to_import_it_loads_nothing() -> None:
    listed = "import sys, transparency_check; print([m for m in sys.modules if m.startswith('transparency')])"
    out = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "['transparency_check']"
