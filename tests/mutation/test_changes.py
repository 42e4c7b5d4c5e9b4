"""What is changed, what is left alone, and that explanations are of changes that there are."""

from __future__ import annotations

import pytest

from mutation.__main__ import explained, key
from mutation.changes import AREAS, PACKAGE, changes, in_python, in_sql
from mutation.suites import Watched, files, reaching


def made(text: str, sql: bool = False) -> list[str]:
    """Every change as the whole text that it makes."""
    return [text[:a] + after + text[b:] for a, b, after, _ in (in_sql(text) if sql else in_python(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a < b", ["(a <= b)"], id="comparison"),
        pytest.param("not a", ["(a)"], id="not"),
        pytest.param("n + 1", ["(n - 1)", "n + (2)"], id="sum"),
        pytest.param("a if b else c", ["(a)", "(c)"], id="either"),
        pytest.param("not a < b", ["(a < b)", "not (a <= b)"], id="a part that is changed, too"),
        pytest.param("raise ValueError(n + 1)", [], id="an error is no code"),
        pytest.param("f'{n + 1}'", [], id="a message is no code"),
        pytest.param("n: Literal[1] = 2", ["n: Literal[1] = (3)"], id="an annotation is no code"),
        pytest.param("@cache(maxsize=1)\ndef f(): pass", [], id="what is remembered is speed"),
        pytest.param("é = 1 < b", ["é = (1 <= b)", "é = (2) < b"], id="offsets are of characters"),
    ],
)
def test_changes_of_python(text: str, expected: list[str]) -> None:
    assert made(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a LEFT JOIN b", ["a JOIN b"], id="join"),
        pytest.param("FROM a JOIN fact c USING (n)", ["FROM a LEFT JOIN fact c USING (n)"], id="inner join"),
        pytest.param("FROM ob o JOIN form f USING (form)", [], id="a row that every other has"),
        pytest.param("a IS NOT DISTINCT FROM b", ["a = b"], id="null handling"),
        pytest.param("a <= b", ["a < b"], id="comparison"),
        pytest.param("a BETWEEN b AND c AND d", ["a BETWEEN b AND c OR d"], id="an AND of its own"),
        pytest.param("a = 'b AND c' -- d AND e", ["a <> 'b AND c' -- d AND e"], id="texts are no code"),
        pytest.param("a <> b", ["a = b"], id="not equal"),
        pytest.param("a -> b", [], id="an arrow is no comparison"),
    ],
)
def test_changes_of_sql(text: str, expected: list[str]) -> None:
    assert made(text, sql=True) == expected


def test_a_change_knows_its_function_and_its_block() -> None:
    python = "n = 1\n@cache\ndef f(a=2):\n    return a + b\n"
    assert [within for *_, within in in_python(python)] == ["", "2", ""]
    sql = "a = b\n-- [if links]\nc = d\n-- [end]\ne = f\n"
    assert [within for *_, within in in_sql(sql)] == ["", "links", ""]
    nested = "-- [if links]\na = b\n-- [if blurs]\nc = d\n-- [end]\ne = f\n-- [end]\ng = h\n"
    assert [within for *_, within in in_sql(nested)] == ["links", "blurs", "links", ""]


def test_the_tests_that_reach_a_change_are_asked() -> None:
    inside = next(c for c in changes("legal time") if c.within)
    outside = next(c for c in changes("legal time") if not c.within)
    watched = {
        "enters": Watched(1, {f"{inside.path}:{inside.within}"}),
        "does not": Watched(1, {"other.py:1"}),
        "in a process": Watched(1, None),
    }
    assert reaching(inside, watched) == ["enters", "in a process"]
    assert reaching(outside, watched) == list(watched)


def test_changes_make_code_that_compiles() -> None:
    for change in list(changes("legal time"))[::23]:
        text = (PACKAGE / change.path).read_text(encoding="utf-8")
        compile(change.applied(text), change.path, "exec")


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_tests(area: str) -> None:
    assert all(file.is_file() for file in files(area))


def test_what_is_explained_can_be_changed_and_has_a_reason() -> None:
    there_are = {key(change) for area in AREAS for change in changes(area)}
    assert sorted(set(explained()) - there_are) == []
    assert all(len(reason) > 20 for reason in explained().values())
