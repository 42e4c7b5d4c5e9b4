"""``score``: what is counted, in which period, with which bounds; and that the badge is harmless."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result

from reports.made import LATE
from transparency_check.cli import application
from transparency_check.model import Evidence, Finding, Outcome, Waived
from transparency_check.scoring.badge import badge
from transparency_check.scoring.score import UNDATED, Key, Per, Score, period_of, scores

ROOT = Path(__file__).parents[2]
KLINA = str(ROOT / "samples" / "klina" / "log.jsonl")
COMMITMENTS = ROOT / "samples" / "commitments"
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "score.json").read_text(encoding="utf-8"))
AREAS = {"XK-MTG-001": "MTG", "XK-FOI-001": "FOI"}
NARROW = ("--select", "FOI", "--select", "ACT", "--as-of", "2026-11-20", "--no-config")
SVG = "{http://www.w3.org/2000/svg}"


def run(*args: str) -> Result:
    result = CliRunner().invoke(application, ["score", *args], prog_name="transparency-check")
    assert "Traceback" not in result.output
    return result


def of(
    outcome: Outcome,
    due: str | None = "2026-05-04",
    rule: str = "XK-MTG-001",
    town: str = "kline",
    **more: Any,
) -> Finding:
    plain = LATE._replace(
        rule=rule, municipality=town, outcome=outcome, due=due, anchor=None, trigger=None, period=None,
        waiver=None, binds="municipality", commitment=False,
    )  # fmt: skip
    return plain._replace(**more)


def counted(*found: Finding, per: Per = "quarter", **more: Any) -> dict[Key, Score]:
    return {score.key: score for score in scores(found, AREAS, per, **more)}


@pytest.mark.parametrize(
    ("outcomes", "bounds", "judged"),
    [
        (["fulfilled"], (1.0, 1.0), 1),
        (["violated"], (0.0, 0.0), 1),
        (["fulfilled", "late"], (0.5, 0.5), 2),
        (["fulfilled", "undetermined"], (0.5, 1.0), 2),
        (["fulfilled", "undetermined", "violated", "late"], (0.25, 0.5), 4),
        (["undetermined"], (0.0, 1.0), 1),
        (["pending", "fulfilled"], (1.0, 1.0), 1),
        (["not_applicable", "violated"], (0.0, 0.0), 1),
        (["pending"], None, 0),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else "",
)
def test_bounds(outcomes: list[Outcome], bounds: tuple[float, float] | None, judged: int) -> None:
    score = counted(*map(of, outcomes))[Key("law", "kline", None, None)]
    assert (score.bounds, score.judged) == (bounds, judged)


def test_nothing_is_counted_of_what_does_not_apply() -> None:
    assert counted(of("not_applicable")) == {}


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        ("2026-01-01", ("2026", "2026-Q1", "2026-01")),
        ("2026-03-31", ("2026", "2026-Q1", "2026-03")),
        ("2026-04-01", ("2026", "2026-Q2", "2026-04")),
        ("2026-12-31", ("2026", "2026-Q4", "2026-12")),
        (None, (UNDATED, UNDATED, UNDATED)),
    ],
)
def test_periods(day: str | None, periods: tuple[str, ...]) -> None:
    given = None if day is None else dt.date.fromisoformat(day)
    assert tuple(period_of(given, per) for per in get_args(Per)) == periods


def test_the_day_that_a_finding_stands_under() -> None:
    event = Evidence("e1", "log:1", "2026-01-05", "meeting.held")
    found = (
        of("fulfilled", "2026-05-04"),
        of("fulfilled", None, anchor="2026-07-01"),
        of("fulfilled", None, trigger=event),
        of("fulfilled", None, period="2025"),
        of("fulfilled", None),
        of("fulfilled", "2026-05-04", rule="XK-FOI-001"),
    )
    made = counted(*found, timeless={"XK-FOI-001"})
    periods = {key.period: score.judged for key, score in made.items() if key[:3] == ("law", "kline", None)}
    assert periods == {None: 6, "2025-Q4": 1, "2026-Q1": 1, "2026-Q2": 1, "2026-Q3": 1, UNDATED: 2}
    assert list(periods)[-1] == UNDATED


def test_law_commitments_and_others_are_never_mixed() -> None:
    made = counted(
        of("fulfilled"),
        of("violated", commitment=True),
        of("late", binds="authority"),
        of("late", binds="nobody"),
    )
    totals = {key.owed: (score.judged, score.bounds) for key, score in made.items() if key[1:] == (None,) * 3}
    assert totals == {"law": (1, (1.0, 1.0)), "commitment": (1, (0.0, 0.0)), "others": (2, (0.0, 0.0))}
    assert [key.owed for key in made] == sorted(
        (k.owed for k in made), key=["law", "commitment", "others"].index
    )


def test_municipalities_and_areas() -> None:
    found = (of("fulfilled"), of("violated", town="peje"), of("late", rule="XK-FOI-001"))
    made = counted(*found)
    assert {key[1:3]: s.judged for key, s in made.items() if key.period is None} == {
        (None, None): 3, ("kline", None): 2, ("kline", "FOI"): 1, ("kline", "MTG"): 1, ("peje", None): 1,
        ("peje", "MTG"): 1,
    }  # fmt: skip
    only = counted(*found, municipalities={"peje"})
    assert {key.municipality for key in only} == {None, "peje"}
    assert only[Key("law", None, None, None)].judged == 1


def test_what_is_waived_counts_all_the_same() -> None:
    waiver = Waived("XK-MTG-001", "kline", "c", "r", "a", "l", "2026-12-31", "waivers.toml:1")
    score = counted(of("violated", waiver=waiver), of("violated"))[Key("law", "kline", None, None)]
    assert (score.outcomes["violated"], score.waived, score.bounds) == (2, 1, (0.0, 0.0))


def test_the_total_is_what_check_tells() -> None:
    result = run(KLINA, *NARROW, "--format", "json")
    assert result.exit_code == 0
    given = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(given)
    checked = json.loads(
        CliRunner().invoke(application, ["check", KLINA, *NARROW, "--format", "json"]).stdout
    )
    (total,) = (
        s
        for s in given["scores"]
        if (s["owed"], s["municipality"], s["area"], s["period"]) == ("law", "kline", None, None)
    )
    assert {"low": total["low"], "high": total["high"]} == checked["summary"]["compliance"]
    parts = [s for s in given["scores"] if s["owed"] == "law" and s["municipality"] == "kline"]
    for axis, other in (("area", "period"), ("period", "area")):
        rows = [s for s in parts if s[axis] is not None and s[other] is None]
        assert sum(s["judged"] for s in rows) == total["judged"] and len(rows) > 1
    assert given["as_of"] == "2026-11-20" and given["selection"] == {"select": ["FOI", "ACT"]}


def test_many_findings_are_counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large log findings are made a page at a time."""
    whole = run(KLINA, *NARROW, "--format", "csv").stdout
    monkeypatch.setattr("transparency_check.engine.PAGE", 10)
    assert run(KLINA, *NARROW, "--format", "csv").stdout == whole


def test_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(run(KLINA, *NARROW, "--per", "year", "--format", "csv").stdout)))
    total = next(r for r in rows if r["municipality"] == "kline" and not r["area"] and not r["period"])
    numbers = [int(total[name]) for name in ("fulfilled", "late", "violated", "undetermined")]
    assert int(total["judged"]) == sum(numbers)
    assert float(total["low"]) == pytest.approx(numbers[0] / sum(numbers), abs=1e-6)
    assert {r["period"] for r in rows} >= {"", "2026"}


def test_commitments_stand_apart() -> None:
    log, office = str(COMMITMENTS / "log.jsonl"), str(COMMITMENTS / "transparency-check.toml")
    shown = run(log, "--config", office, "--as-of", "2026-11-20", "--municipality", "Klinë").stdout
    assert "own commitments, no law:" in shown and ", law:" in shown and "Pejë" not in shown


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize(
    ("per", "column", "period"),
    [("year", "Year", "2026"), ("quarter", "Quarter", "2026-Q2"), ("month", "Month", "2026-05")],
)
def test_pages(form: str, per: str, column: str, period: str) -> None:
    shown = run(KLINA, *NARROW, "--per", per, "--format", form).stdout.replace("\\", "")
    assert column in shown and period in shown and "FOI Access" in shown
    assert "docs/score.md" in " ".join(shown.split())


def test_output_by_its_ending(tmp_path: Path) -> None:
    for name, begins in (("s.csv", "owed,"), ("s.json", '{"schema"'), ("s.md", "# ")):
        assert run(KLINA, *NARROW, "--select", "FOI", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"type": "oath.taken", "time": "2026-03-02"}, 5),
        ({"type": "oath.taken", "time": "02.03.2026"}, 2),
        ({"type": "request.registered", "time": "2026-03-02", "case": "r"}, 0),
    ],
    ids=["nothing judged", "unread", "a violation is no failure"],
)
def test_exit_codes(tmp_path: Path, record: dict[str, str], code: int) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(json.dumps(record | {"municipality": "kline"}) + "\n", encoding="utf-8")
    assert run(str(log), "--select", "XK-FOI-001", "--as-of", "2026-11-20", "--no-config").exit_code == code


def texts(svg: str) -> tuple[str, list[str]]:
    """Title and texts of a picture; it is well formed, and holds nothing that does anything."""
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "title", "rect", "g", "text"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name or name == "style" for name in names)
    title = root.find(f"{SVG}title")
    assert root.get("role") == "img" and title is not None and root.get("aria-labelledby") == title.get("id")
    return title.text or "", [element.text or "" for element in root.iter(f"{SVG}text")]


def test_the_badge_of_one_municipality(tmp_path: Path) -> None:
    target = tmp_path / "b.svg"
    result = run(KLINA, *NARROW, "--badge", str(target))
    assert result.exit_code == 0
    title, (label, value) = texts(target.read_text(encoding="utf-8"))
    assert label == "transparency Klinë" and " to " in value and value in title and "2026-11-20" in title
    assert f"Klinë, law: {value}" in result.stdout


def test_the_badge_of_several_and_of_none(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    records = [
        {"type": "request.registered", "time": "2026-03-02", "case": "r", "municipality": m}
        for m in ("kline", "peje")
    ]
    log.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    target, base = (
        tmp_path / "b.svg",
        ("--as-of", "2026-11-20", "--no-config", "--badge", str(tmp_path / "b.svg")),
    )
    run(str(log), "--select", "XK-FOI-001", *base)
    assert texts(target.read_text(encoding="utf-8"))[1] == ["transparency", "0.0 %"]
    run(str(log), "--select", "XK-FOI-001", "--municipality", "peje", *base)
    assert texts(target.read_text(encoding="utf-8"))[1] == ["transparency Pejë", "0.0 %"]
    run(str(log), "--select", "XK-ACT-001", *base)
    assert texts(target.read_text(encoding="utf-8"))[1] == ["transparency", "nothing judged"]


HOSTILE = [
    "<script>alert(1)</script>", "a&b", '"/><image href="x"/>', "]]>", "\x1b[31m\x00\x07", "\u202eleft",
    "a" * 500, "line\nbreak", "\ud800", "",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_do_nothing_in_a_badge(name: str) -> None:
    svg = badge(f"transparency {name}", "0.0 %", 0.0, f"{name}: 0.0 %")
    title, (label, _) = texts(svg)
    assert "\x1b" not in svg and "\n" not in label and len(label) < 80
    assert title.endswith(": 0.0 %")


@pytest.mark.parametrize("low", [None, 0.0, 0.49, 0.5, 0.89, 0.9, 1.0])
def test_colours_can_be_read(low: float | None) -> None:
    """White on them has the contrast that WCAG 2 asks for small text: 4.5 to 1."""
    root = ElementTree.fromstring(badge("a", "b", low, "c"))
    for rect in root.iter(f"{SVG}rect"):
        colour = rect.get("fill") or ""
        channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) > 4.5


def test_no_input_is_replaced(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("{}\n", encoding="utf-8")
    for option in ("--badge", "--output"):
        assert run(str(log), option, str(log)).exit_code == 2
    assert log.read_text(encoding="utf-8") == "{}\n"
