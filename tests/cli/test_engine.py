"""``--engine``: what is refused of it, and what it asks to be installed. """

from __future__ import annotations

import importlib.util

import pytest

from cli.conftest import Run
from transparency_check.cluster import session

KLINA = "samples/klina/log.jsonl"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--partitions", "3"), "--partitions goes with --engine spark only"),
        (("--engine", "spark", "--rule-timeout", "3"), "--rule-timeout is about rules in Python"),
        (("--engine", "hadoop"), "hadoop"),
    ],
    ids=["parts of one process", "rules in Python", "an engine that there is not"],
)
def test_refused(run: Run, options: tuple[str, ...], told: str) -> None:
    result = run("check", KLINA, *options)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow"])
def test_a_library_that_is_missing_is_named_with_its_extra(
    run: Run, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def find(name: str) -> object:
        return None if name == missing else importlib.util.find_spec("json")

    monkeypatch.setattr(session, "find_spec", find)
    result = run("check", KLINA, "--engine", "spark")
    assert result.exit_code == 2
    assert f"--engine spark needs {missing}" in result.stderr
    assert "pip install 'transparency-check[spark]'" in result.stderr


def test_java_that_is_missing_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: importlib.util.find_spec("json"))
    monkeypatch.setattr(session.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = run("check", KLINA, "--engine", "spark")
    assert result.exit_code == 2
    assert "needs Java (17 or later)" in result.stderr
