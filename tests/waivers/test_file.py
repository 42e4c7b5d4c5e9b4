"""waivers.toml: what an entry must say, and what is said of one that does not (semantics 8.4)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from transparency_check.waivers.file import parsed

WHOLE = {
    "rule": '"XK-MTG-001"', "municipality": '"kline"', "case": '"assembly-2026-11"', "reason": '"Flood"',
    "approved_by": '"Mayor, 12/2026"', "legal_basis": '"Art. 9"', "until": "2026-12-31",
}  # fmt: skip


def entry(**changed: str | None) -> str:
    """An entry as TOML, with other values or, for None, without a key."""
    values = {**WHOLE, **changed}
    return "[[waivers]]\n" + "".join(f"{k} = {v}\n" for k, v in values.items() if v is not None)


def test_an_entry_is_read_with_its_place() -> None:
    quarter = entry(case=None, period='"2026-Q1"')
    found = parsed(f"# decided in May\n{entry()}\n{quarter}".encode(), "w.toml")
    assert found.problems == ()
    assert [(e.place, e.waiver.subject, str(e.waiver.until)) for e in found.entries] == [
        ("w.toml:2", "assembly-2026-11", "2026-12-31"),
        ("w.toml:11", "2026-Q1", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (entry(reason=None), "w.toml:1", "`reason` is missing"),
        (entry(reason='" "'), "w.toml:5", "This text is empty"),
        (entry(approved_by=None) + 'aproved_by = "x"', "w.toml:8", "Did you mean `approved_by`?"),
        (entry(until='"soon"'), "w.toml:8", "soon"),
        (entry(until="2026-12-31T10:00:00"), "w.toml:8", "is no date"),
        (entry(case=None), "w.toml:1", "exactly one of `case`, `period`, `finding`"),
        (entry(finding='"77aa"'), "w.toml:1", "exactly one of `case`, `period`, `finding`"),
        (entry(rule="7"), "w.toml:2", "7"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_costs_this_entry_alone_8_4(text: str, place: str, said: str) -> None:
    other = entry(case='"other"')
    found = parsed(f"{text}\n{other}".encode(), "w.toml")
    assert [e.waiver.case for e in found.entries] == ["other"]
    (problem,) = found.problems
    assert (problem.code, problem.place, problem.severity) == ("waiver_malformed", place, "error")
    assert said in problem.message
    assert "waives nothing" in problem.message


@pytest.mark.parametrize(
    ("data", "place", "said", "left"),
    [
        (b"[[waivers]", "w.toml:1", "TOML", 0),
        (b"\xff\xfe", "w.toml:1", "UTF-8", 0),
        (b"[[waiver]]\n" + entry().partition("\n")[2].encode(), "w.toml:1", "Did you mean `waivers`?", 0),
        (b'waivers = "none"', "w.toml:1", "list", 0),
        (b'by = "me"\n' + entry().encode(), "w.toml:1", "`by`", 1),
    ],
    ids=["no TOML", "no UTF-8", "misspelt", "no list", "a key too many"],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_told_and_waives_nothing_8_4(
    data: bytes, place: str, said: str, left: int
) -> None:
    found = parsed(data, "w.toml")
    assert len(found.entries) == left
    assert [(p.code, p.place) for p in found.problems] == [("waivers_unreadable", place)]
    assert said in found.problems[0].message


def test_an_empty_file_waives_nothing() -> None:
    assert parsed(b"", "w.toml")[2:] == ((), ())


def test_the_example_of_the_documentation_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs/waivers.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    found = parsed(example.encode(), "w.toml")
    assert (len(found.entries), found.problems) == (2, ())
