"""Whatever stands in a row of others, it is an event, a row that cannot be read with its problem, or is left
out as the mapping says: never silence (semantics 4.21).
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from zoneinfo import ZoneInfo

import orjson
import pytest

from mapping.logs import LONG, MEETING, MEETINGS, WIDE, book
from transparency_check.events import Normaliser
from transparency_check.mapping.apply import Applied
from transparency_check.mapping.bind import Bound, bind
from transparency_check.mapping.read import parsed
from transparency_check.model import Problem
from transparency_check.readers.base import Cells, Input, NoValue, Row

# Every key of a part, on columns of every kind.
EVERYTHING = """\
format: [dd.MM.yyyy, iso, unix]
zone: America/New_York
constants: {municipality: kline}
columns:
  case: {from: [c, d], pattern: '(?P<n>[0-9]+)(/(?P<y>[0-9]{4}))?', text: '{n}-{y}-{e}'}
  related: {from: f, split: ';'}
  id: {text: '{c}{d}'}
  retracted: g
  recorded_at: h
  source: e
  note: f
  time: t
  period: {from: p, split: '-', format: dd.MM.yyyy}
  channel: {from: k, split: ',', values: {w: website, m: [media, tv], n: ~}, otherwise: [radio]}
type: {from: [a, b], values: {x: document.published, y: act.published}, ignore: [z, 7]}
ignore: [{when: {g: {not: [no], filled: true}, k: w}}]
"""
MAPPINGS = {"words": (LONG, ("activity", "at", "request", "result")), "dates": (MEETINGS, WIDE)} | {
    "every key": (EVERYTHING, tuple("abcdefghtpk"))
}
GOOD = {
    "activity": "Request in", "at": "02.03.2026", "request": "1", "a": "x", "t": "01.02.2026", "c": "12/2026",
    "d": "9", "e": "x", "f": "x;y", "g": "no", "h": "01.02.2026", "k": "w", "p": "01.01.2026-31.12.2026",
    **MEETING,
}  # fmt: skip
CELLS: tuple[object, ...] = (
    None, "", " ", "x", "y", "z", "w", "w,m", "n", "12", "12/2026", "01.02.2026", "31.02.2026", "Kuv.",
    "2026-02-01T10:00", "2026-03-08T02:30", "01.01.2026-31.12.2026", "a\0b", "é" * 300, 1_772_699_400, -1, 7,
    10**30,
    7.0, 1.5, float("nan"), float("inf"), True, False, [], ["x"], ["x", "y"], [1, None], [[1]], {"a": 1},
    NoValue("#REF!"), dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001
    dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC),
)  # fmt: skip
ROWS = 2_000


def row(chance: random.Random, columns: tuple[str, ...]) -> Row:
    """A row of which most cells are good ones, if it can be read at all."""
    values = {
        name: chance.choice(CELLS) if chance.random() < 0.25 else GOOD.get(name, "")
        for name in columns
        if chance.random() < 0.9
    }
    if chance.random() < 0.1:
        values[f"{columns[0]} "] = "x"
    letters = {name: "ABCDEFGHIJKL"[n] for n, name in enumerate(values)}
    cells = Cells("log!s!", letters, 3) if chance.random() < 0.5 else None
    return Row("log:1", values, chance.random() < 0.1, cells)


@pytest.fixture(scope="module")
def normaliser() -> Normaliser:
    law = book()
    return Normaliser(law.vocabulary, law.municipalities, ZoneInfo(law.zone))


@pytest.mark.parametrize("name", MAPPINGS)
def test_nothing_is_lost(name: str, normaliser: Normaliser) -> None:
    text, columns = MAPPINGS[name]
    law = book()
    bound: Bound = bind(parsed(text.encode(), "m.yaml"), normaliser, law.vocabulary, ZoneInfo(law.zone))
    chance = random.Random(20261129)
    seen: Counter[str] = Counter()
    for _ in range(ROWS):
        given = row(chance, columns)
        applied, source = Applied(bound), Input("log")
        applied.begin(source)
        problems: list[Problem] = []
        records = []
        for item in applied.rows(source, iter([given])):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                records.append(normaliser.record(item, problems))
        left_out = applied.use().ignored
        # One or the other; and of no row it is said that its type is foreign.
        assert (records == []) == (left_out == 1), given
        unread = [r for r in records if r is None or not orjson.loads(r)["readable"]]
        told = given.damaged or any(p.severity == "error" for p in problems)
        assert not unread or (told and None not in unread), given
        seen.update(("left out",) * left_out, unread=len(unread), read=len(records) - len(unread))
    assert min(seen["unread"], seen["read"]) > ROWS / 20
