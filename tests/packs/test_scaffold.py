"""New duties: the file loads, its examples hold and test every outcome; what exists is never overwritten."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from packs.small_pack import FILES, write
from transparency_check.cli import application
from transparency_check.cli.new import _SHAPES
from transparency_check.packs import load_rulebook
from transparency_check.packs.find import bundled_rules
from transparency_check.packs.lint import lint_pack
from transparency_check.trials.examples import run_examples
from transparency_check.trials.scaffold import SHAPES, file_name, next_free

KINDS = {"after": "event", "before": "event"}


def new(pack: Path, rule: str, shape: str = "after", title: str = "A new duty") -> Result:
    arguments = ["rules", "new", rule, "--pack", str(pack), "--shape", shape, "--title", title]
    return CliRunner().invoke(application, arguments)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", {name: text for name, text in FILES.items() if "duties" not in name})


@pytest.fixture(scope="session")
def kosovo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled pack without its duties, so that the tests do not wait for them to be read."""
    folder = tmp_path_factory.mktemp("packs") / "kosovo"
    shutil.copytree(bundled_rules() / "kosovo", folder, ignore=shutil.ignore_patterns("duties"))
    return folder


def test_the_shapes_of_the_option() -> None:
    assert _SHAPES == SHAPES


@pytest.mark.parametrize(
    ("pack", "shape"),
    [*(("small", shape) for shape in SHAPES), ("kosovo", "before"), ("kosovo", "standing")],
)
def test_it_loads_and_its_examples_hold(pack: str, shape: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(pack)
    rule = f"XX-MTG-{100 + SHAPES.index(shape)}"
    result = new(folder, rule, shape, 'Një "titull": #1')
    assert result.exit_code == 0, result.output
    file = folder / "duties" / "mtg" / f"{rule}-nje-titull-1.yaml"
    assert file.as_posix() in result.output
    book = load_rulebook([str(folder)], cache=False)
    duty = book.duty(rule)
    assert duty is not None
    assert (duty.shape, duty.title.en) == (KINDS.get(shape, shape), 'Një "titull": #1')
    results = run_examples(duty, book)
    assert len(results) >= 2
    assert [m for r in results for m in r.mismatches] == []
    # What is left to do is to translate, and to say what to do.
    left = {p.code for p in lint_pack(str(folder)) if rule in p.place}
    allowed = {"missing-translation", "missing-help"} | (
        {"outcome-not-covered"} if (pack, shape) == ("small", "standing") else set()
    )
    assert left <= allowed | {"contradicting-duties"}


@pytest.mark.parametrize(
    "span", ["2026-01-01, to: 2027-12-31", "2026-06-01, to: 2028-08-31", "2030-01-01, to: 2030-12-31"]
)
def test_a_calendar_of_few_years_is_enough(small: Path, span: str) -> None:
    """Whoever begins a pack has looked up this year and the next."""
    file = small / "pack.yaml"
    before = file.read_text(encoding="utf-8")
    text = re.sub(r"calendar: \{from: [^}]+\}", f"calendar: {{from: {span}}}", before)
    assert span in text
    file.write_text(text, encoding="utf-8")
    for number, shape in enumerate(SHAPES, start=1):
        result = new(small, f"XX-MTG-{number:03}", shape)
        assert result.exit_code == 0, f"{shape}: {result.output}"
    book = load_rulebook([str(small)], cache=False)
    results = [r for duty in book.duties for r in run_examples(duty, book)]
    assert len(results) > len(SHAPES)
    assert [m for r in results for m in r.mismatches] == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("XX-MTG-1", "Write it like XX-MTG-001, which is free."),
        ("XX-MTG", "Write it like XX-MTG-001, which is free."),
        ("xx-mtg-001", "Write it like XX-MTG-001"),
        ("../../etc", "is not an id of a duty"),
        ("XX-MTH-001", "pack.yaml names no area 'MTH'. Did you mean `MTG`?"),
    ],
)
def test_what_is_no_id_is_refused(small: Path, rule: str, said: str) -> None:
    result = new(small, rule)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert not (small / "duties").exists()


def test_what_exists_is_refused_and_the_next_number_named(small: Path) -> None:
    assert new(small, "XX-MTG-007").exit_code == 0
    before = sorted(small.rglob("*"))
    result = new(small, "XX-MTG-007", title="Another")
    assert (result.exit_code, "The next free number is XX-MTG-008." in result.output) == (2, True)
    assert sorted(small.rglob("*")) == before


@pytest.mark.parametrize(
    ("pack", "title", "said"),
    [
        ("small", "  ", "The title is empty."),
        ("nowhere", "A title", "This folder does not exist"),
    ],
)
def test_other_mistakes(small: Path, pack: str, title: str, said: str) -> None:
    result = new(small.parent / pack, "XX-MTG-001", title=title)
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_a_vocabulary_that_offers_nothing(small: Path) -> None:
    events = "events:\n  a.done: {title: {en: A}}\n  b.done: {title: {en: B}}\nattributes: {}\n"
    (small / "events.yaml").write_text(events, encoding="utf-8")
    result = new(small, "XX-MTG-001", "before")
    assert (result.exit_code, "lacks an event with a date-time attribute" in result.output) == (2, True)
    assert new(small, "XX-MTG-001", "after").exit_code == 0


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], "XX-MTG-001"),
        (["XX-MTG-001", "XX-MTG-009", "XX-ACT-020", "YY-MTG-030"], "XX-MTG-010"),
        (["XX-MTG-001", "XX-MTG-999"], "XX-MTG-002"),
    ],
)
def test_the_next_free_number(taken: list[str], free: str) -> None:
    assert next_free("XX", "MTG", taken) == free


def test_the_file_is_named_after_id_and_title() -> None:
    title = "Njoftimi për çdo mbledhje, në kohë, gjithmonë"
    assert file_name("XX-MTG-001", title) == "duties/mtg/XX-MTG-001-njoftimi-per-cdo-mbledhje-ne-kohe.yaml"
    assert file_name("XX-MTG-001", "Обавештење") == "duties/mtg/XX-MTG-001.yaml"
