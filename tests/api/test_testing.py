"""The helpers for tests of packs and plugins say no where they must: one that always holds proves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.test_evaluate import judged
from examples.own import EXAMPLES
from transparency_check import ConfigurationError, Evaluation
from transparency_check.model import Problem
from transparency_check.readers.base import Input, Row
from transparency_check.testing import assert_examples_hold, assert_finding, rows_of

WALES = EXAMPLES / "wales/src/transparency_check_wales/wales"
DUTY = "duties/mtg/GB-MTG-002-notice-when-called-at-short-notice.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack for Wales with one of its duties."""
    shutil.copytree(WALES, tmp_path / "wales", ignore=shutil.ignore_patterns("duties"))
    (tmp_path / "wales" / DUTY).parent.mkdir(parents=True)
    shutil.copy(WALES / DUTY, tmp_path / "wales" / DUTY)
    return tmp_path / "wales"


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return judged()


def change(pack: Path, old: str, new: str) -> None:
    file = pack / DUTY
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_examples_that_hold_are_counted(pack: Path) -> None:
    assert assert_examples_hold(pack) == assert_examples_hold(str(pack)) == 4


def test_an_example_that_does_not_hold_is_named(pack: Path) -> None:
    change(pack, "late_by: 1", "late_by: 2")
    with pytest.raises(AssertionError, match=r"GB-MTG-002, 'on the day, and a day later': .*late_by"):
        assert_examples_hold(pack)


def test_a_pack_without_examples_does_not_hold(pack: Path) -> None:
    file = pack / DUTY
    file.write_text(file.read_text(encoding="utf-8").partition("examples:")[0], encoding="utf-8")
    with pytest.raises(AssertionError, match="wales has no examples"):
        assert_examples_hold(pack)


def test_a_pack_that_cannot_be_used(pack: Path) -> None:
    change(pack, "severity: violation", "severity: grave")
    with pytest.raises(ConfigurationError, match="GB-MTG-002"):
        assert_examples_hold(pack)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"case": "november", "outcome": "late"}, "outcome is 'fulfilled', not 'late'"),
        ({"case": "october"}, "(?s)0 findings fit .*november: fulfilled"),
        ({"rule": "XK-MTG-001"}, "2 findings fit"),
        ({"case": "november", "outcom": "late"}, "no field outcom"),
    ],
    ids=["another value", "no such finding", "two findings", "no such field"],
)
def test_a_finding_that_is_not_as_expected(found: Evaluation, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        assert_finding(found, **asked)


def test_a_finding_that_is(found: Evaluation) -> None:
    assert assert_finding(found, case="november", outcome="fulfilled", due="2026-11-18").rule == "XK-MTG-001"


class Reader:
    """A reader that acts as a test says."""

    name, suffixes = "tried", (".tried",)

    def __init__(self, act: Callable[[Input], Iterator[object]]) -> None:
        self.read = act


def raises(source: Input) -> Iterator[object]:
    yield Row("a:1", {})
    raise RuntimeError("no more")


def prints(source: Input) -> Iterator[object]:
    print("hello")
    yield Row("a:1", {})


def closes(source: Input) -> Iterator[object]:
    source.open().close()
    yield Row("a:1", {})


def gives_text(source: Input) -> Iterator[object]:
    yield "a row"


def gives_a_set(source: Input) -> Iterator[object]:
    yield Row("a:1", {"channel": {"website"}})


def reads(source: Input) -> Iterator[object]:
    yield Problem("error", "tried", "a:1", source.read().decode())
    yield Row("a:1", {}, damaged=True)
    yield Row("a:2", {"type": "meeting.held"})


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (raises, "RuntimeError: no more"), (prints, "hello"), (closes, "closed the stream"),
        (gives_text, "neither a Row nor a Problem"), (gives_a_set, "is of the type set"),
    ],
    ids=["raises", "prints", "closes", "text", "set"],
)  # fmt: skip
def test_a_reader_that_fails(tmp_path: Path, act: Any, said: str) -> None:
    (tmp_path / "a").write_text("content", encoding="utf-8")
    with pytest.raises(AssertionError, match=said):
        rows_of(Reader(act), tmp_path / "a")  # type: ignore[arg-type]


def test_a_reader_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the shape"):
        rows_of(object(), tmp_path / "a")  # type: ignore[arg-type]


def test_a_reader_that_reads(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("content", encoding="utf-8")
    read = rows_of(Reader(reads), tmp_path / "a")  # type: ignore[arg-type]
    assert read.values == [{"type": "meeting.held"}] and [p.message for p in read.problems] == ["content"]
    assert [row.damaged for row in read.rows] == [True, False]
