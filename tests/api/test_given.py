"""Records of a program become the lines of a log, or are refused: no value is lost on the way."""

from __future__ import annotations

import datetime as dt
import enum
from collections import UserDict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson
import pytest

from transparency_check import UsageError
from transparency_check.readers.given import json_lines


class Channel(enum.StrEnum):
    WEBSITE = "website"


class Loud(str):
    def __str__(self) -> str:
        return self.upper()


class NotATime(dt.datetime):
    """As that of pandas."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = dt.datetime.__hash__


EAST = dt.timezone(dt.timedelta(hours=1))
TAKEN: dict[str, tuple[object, object]] = {
    "text": ("Klinë", "Klinë"), "a kind of text": (Loud("sq"), "sq"),
    "an enumeration": (Channel.WEBSITE, "website"), "nothing": (None, None), "a flag": (True, True),
    "a number": (2**63 - 1, 2**63 - 1), "a float": (1.5, 1.5),
    "a day": (dt.date(2026, 3, 1), "2026-03-01"),
    "midnight": (dt.datetime(2026, 3, 1), "2026-03-01T00:00"),  # noqa: DTZ001
    "an instant": (dt.datetime(2026, 3, 1, 10, tzinfo=EAST), "2026-03-01T09:00Z"),
    "a list": (["sq", "sr"], ["sq", "sr"]), "a tuple": (("sq",), ["sq"]), "no texts": ([], []),
}  # fmt: skip
REFUSED: dict[str, tuple[object, str]] = {
    "not a number": (float("nan"), "nan, which is no number"), "infinity": (float("-inf"), "-inf"),
    "a huge number": (2**63, "larger than"), "half a character": ("\ud800", "half a character"),
    "bytes": (b"sq", "bytes"), "a set": ({"sq"}, "set"), "a mapping": ({"a": 1}, "dict"),
    "a path": (Path("a"), "Path"), "no time": (NotATime(2026, 1, 1), "NotATime"),
    "a list in a list": ([["sq"]], "list"), "a gap in a list": ([float("nan")], "nan"),
    "a time of day": (dt.time(9), "time"),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN.values(), ids=TAKEN)
def test_a_value_that_a_log_can_hold(case: tuple[object, object]) -> None:
    given, line = case
    assert orjson.loads(json_lines([{"value": given}])) == {"value": line}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_value_that_it_cannot(case: tuple[object, str]) -> None:
    given, said = case
    with pytest.raises(UsageError, match=f"^records:2: the value of 'value'.*{said}"):
        json_lines([{"value": "fine"}, {"value": given}])


@pytest.mark.parametrize("kind", [dict, UserDict, MappingProxyType])
def test_any_mapping_is_a_record(kind: Any) -> None:
    assert json_lines([kind({"a": 1}), kind({})]) == b'{"a":1}\n{}\n'


@pytest.mark.parametrize(("record", "said"), [
    ("text", "records:1: a record is a mapping"), (["a"], "records:1: a record"), (None, "NoneType"),
    ({1: "a"}, "records:1: the name of a column"), ({"\ud800": "a"}, "half a character"),
], ids=["text", "list", "nothing", "number", "half"])  # fmt: skip
def test_what_is_no_record(record: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        json_lines([record])
