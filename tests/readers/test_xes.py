"""XES: what its elements mean, and that events read in bulk are what the parser makes of them."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import io
import random
import re

import pytest

from fuzz import mutators
from readers.foreign_files import XES_LOG, ocel_xml, xes
from transparency_check.model import Problem
from transparency_check.readers.base import Input, Row
from transparency_check.readers.foreign import xes as module
from transparency_check.readers.foreign import xml_stream
from transparency_check.readers.foreign.ocel_xml import OcelXml
from transparency_check.readers.foreign.xes import Xes

PLAIN = xes([{"concept:name": f"a{n}", "x": "ë 1"} | ({"y": "2"} if n % 3 else {}) for n in range(9)])
SEVERAL = PLAIN.replace(
    b"</event>\n  <event>", b'</event>\n</trace>\n<trace><string key="a" value="b"/>\n  <event>'
)


def read(data: bytes | str) -> list[Row | Problem]:
    raw = data.encode() if isinstance(data, str) else data
    return list(Xes().read(Input("log.xes", stream=io.BytesIO(raw))))


def told(items: list[Row | Problem]) -> list[object]:
    """What can be compared: a cell without value is like no other."""
    return [(i.place, repr(list(i.values.items())), i.damaged) if isinstance(i, Row) else i for i in items]


def exactly(data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the parser alone makes of it."""
    with monkeypatch.context() as patch:
        patch.setattr(module, "_EVENT", re.compile("(?!)"))
        return told(read(data))


def test_what_elements_become() -> None:
    first, second, third, alone = read(XES_LOG)
    assert isinstance(first, Row) and isinstance(second, Row)
    assert isinstance(third, Row) and isinstance(alone, Row)
    assert (first.place, alone.place) == ("log.xes:17", "log.xes:41")
    assert first.values == {
        "log:concept:name": "Registry of Klina",
        "concept:name": "notice",
        "time:timestamp": "2026-11-02T10:00:00.000+01:00",
        "case:concept:name": "m-1",
        "lifecycle:transition": "complete",
        "pages": 12, "cost": 1.5, "public": True, "identity:id": "0d1cf2a1",
        "classifier:What": "notice+complete",
    }  # fmt: skip
    assert second.values == {
        "log:concept:name": "Registry of Klina",
        "concept:name": "minutes & votes",
        "time:timestamp": "2026-11-09",
        "case:concept:name": "m-1",
        "files": ["a.pdf", "b.pdf"], "files/file/pages": [3],
        "room/name": "A", "room/seats": 40,
        "org:resource": "Zyrtari", "org:resource/unit": "Zyra",
        "by order of": "Kryetari",
        "classifier:Who": "Zyrtari+Kryetari",
    }  # fmt: skip
    # What a log declares for all stands for what is not there; a day that nobody recorded does not.
    assert third.values["concept:name"] == "unknown event"
    assert third.values["case:concept:name"] == "unknown case"
    assert repr(third.values["time:timestamp"]) == "1970-01-01T00:00:00.000+00:00 by default"
    assert "case:concept:name" not in alone.values


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("int", "-5", "-5"),
        ("int", "٣", "٣"),
        ("int", "1" * 30, "1" * 30),
        ("float", "1e3", "1000.0"),
        ("float", "NaN", "NaN"),
        ("float", "1e999", "1e999"),
        ("boolean", "0", "False"),
        ("boolean", "po", "po"),
        ("date", "2026-02-30", "'2026-02-30'"),
    ],
)
def test_a_value_by_its_type(kind: str, value: str, cell: str) -> None:
    (row,) = read(xes([{"a": value}]).replace(b"<string", f"<{kind}".encode()))
    assert isinstance(row, Row)
    assert repr(row.values["a"]) == cell


@pytest.mark.parametrize("block", [64, 1 << 16])
@pytest.mark.parametrize(
    "change",
    [
        lambda d: d,
        lambda d: d.replace(b"\n", b"\r\n"),
        lambda d: d.replace(b"\n", b"\r"),
        lambda d: d.replace(b"\n", b" "),
        lambda d: b"\xef\xbb\xbf" + d,
        lambda d: d.replace(b"UTF-8", b"ISO-8859-2"),
        lambda d: d.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda d: d.replace(b"<trace>", b"<!-- <event> --><trace>", 1),
        lambda d: d.replace(b"<event>", b"<!-- <event></event> --><event>"),
        lambda d: d.replace(b"<trace>", b"<trace><![CDATA[<event></event>]]>", 1),
        lambda d: d.replace(b"<trace>", b"<trace><?x <event></event>?>", 1),
        lambda d: d.replace(b"<event>", b"<event >", 2),
        lambda d: d.replace(b'value="a4"', b'value="a&lt;4"'),
        lambda d: d.replace(b'value="a4"', b'value="a\t4"'),
        lambda d: d.replace(b'value="a4"', b"value='a4'"),
        lambda d: d.replace(b'key="x"', b'key="concept:name"', 1),
        lambda d: d.replace(b"</trace>", b'<string key="late" value="x"/></trace>', 1),
        lambda d: d.replace(b"<event>", b"<xes:event>").replace(b"</event>", b"</xes:event>"),
        lambda d: d.replace(b'value="a4"', b'value="a4\x01"'),
        lambda d: d.replace(b'value="a4"', b'value="a4\xff"'),
        lambda d: d.replace(b"</event>", b"</event><event/>", 1),
    ],
    ids=["as it is", "CRLF", "CR", "one line", "a mark", "Latin 2", "UTF-16", "a comment before", "comments between",
         "marked text", "an instruction", "blanks in tags", "an escape", "a tab", "other quotes", "a key twice",
         "a late attribute", "prefixes", "a control character", "no UTF-8", "an empty event"],
)  # fmt: skip
def test_events_in_bulk_are_what_the_parser_makes_of_them(
    change: object, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_stream, "BLOCK", block)
    for log in (PLAIN, SEVERAL):
        data = change(log)  # type: ignore[operator]
        assert told(read(data)) == exactly(data, monkeypatch)


def test_changed_logs_read_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(4)
    for start in (PLAIN, SEVERAL, XES_LOG.encode()):
        data = start
        for n in range(60):
            data = mutators.xml(start if n % 4 == 0 else data, rng)
            assert told(read(data)) == exactly(data, monkeypatch), data


def test_most_events_of_a_plain_log_are_never_seen_by_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[int] = []
    feed = xml_stream.XmlStream.feed
    monkeypatch.setattr(
        xml_stream.XmlStream,
        "feed",
        lambda self, data, last=False: (fed.append(len(data)), feed(self, data, last)),
    )
    assert len(read(SEVERAL)) == 9
    assert sum(fed) < len(SEVERAL) / 3


def test_a_log_of_many_kinds_of_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """More kinds than are known at a time."""
    data = xes([{f"k{n % 40}": "1", "b": "2"} for n in range(200)])
    assert told(read(data)) == exactly(data, monkeypatch)


def test_what_is_hostile_is_told() -> None:
    """Each would take minutes if what was read were read again."""
    for data in (
        b"<log><trace>" + b"<!-- " + b"<event>" * 100_000,
        b"<log><trace>" + b"<event>" * 100_000,
        b"<log><trace>" + b"<event><string key=" * 50_000,
        b"<log><trace>" + b'<event><string key="a" value="b"/>' * 50_000,
    ):
        assert isinstance(read(data)[0], Problem)


class Watched(io.BytesIO):
    """A stream that knows how much was taken from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        self.taken += len(part)
        return part


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (Xes(), xes({"concept:name": "a" * 90} for _ in range(60_000))),
        (OcelXml(), ocel_xml({"id": "e", "type": "a" * 90} for _ in range(60_000))),
    ],
    ids=["XES", "OCEL in XML"],
)
def test_xml_is_read_as_it_comes(reader: Xes | OcelXml, data: bytes) -> None:
    stream = Watched(data)
    source = Input("log", stream=stream)
    rows = reader.read(source)
    assert isinstance(next(rows), Row)
    assert stream.taken < len(data) / 3
    assert sum(1 for _ in rows) == 59_999
