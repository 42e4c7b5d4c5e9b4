"""What a mapping states wrongly is refused with file, line and column, and the nearest right name."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from mapping.logs import LONG, MEETINGS, book
from transparency_check.errors import ConfigurationError
from transparency_check.events import Normaliser
from transparency_check.mapping.bind import bind
from transparency_check.mapping.read import parsed

# What is written in place of what, in which mapping, and what is said.
CHANGED = {
    "no YAML": (LONG, "type:\n", "type: [\n", "m.yaml:4:9: This is not readable as YAML"),
    "a key twice": (
        LONG,
        "columns:\n",
        "constants: {}\ncolumns:\n",
        "m.yaml:6:1: The key `constants` stands here",
    ),
    "an unknown key": (
        LONG,
        "columns:\n",
        "colums:\n",
        "m.yaml:6:1: `colums` is not a key of a mapping. Did you mean `columns`?",
    ),
    "an unknown key of a part": (
        LONG,
        "{from: at, format",
        "{frm: at, format",
        "m.yaml:8:10: `frm` is not a key of a part. Did you mean `from`?",
    ),
    "neither type nor events": (
        "columns: {case: x}\n",
        "x",
        "y",
        "m.yaml:1:1: A mapping says what happened in exactly one way",
    ),
    "both": (
        MEETINGS,
        "events:\n",
        "type: {from: Organi}\nevents:\n",
        "exactly one way: `type`, where one row is one event",
    ),
    "no source": (
        LONG,
        "{from: at, format: dd.MM.yyyy}",
        "{format: dd.MM.yyyy}",
        "m.yaml:8:9: It is made `from` columns, or of a `text`",
    ),
    "two sources": (
        LONG,
        "{from: at, format",
        "{from: at, text: '{x}', format",
        "m.yaml:8:9: It is made `from` columns, or of a `text`",
    ),
    "an unknown event type": (
        LONG,
        "request.received",
        "request.recieved",
        "m.yaml:4:24: `request.recieved` is no event type of the packs. Did you mean `request.received`?",
    ),
    "an unknown event type of an entry": (
        MEETINGS,
        "- type: meeting.held",
        "- type: meeting.hold",
        "m.yaml:11:11: `meeting.hold` is no event type of the packs. Did you mean `meeting.held`?",
    ),
    "an unknown attribute": (
        LONG,
        "  outcome:",
        "  outcom:",
        "m.yaml:9:3: `outcom` is no column of a log. Did you mean `outcome`?",
    ),
    "an unknown constant": (
        LONG,
        "{municipality:",
        "{municipalty:",
        "m.yaml:1:13: `municipalty` is no column of a log. Did you mean `municipality`?",
    ),
    "an unknown municipality": (
        LONG,
        "kline",
        "klinne",
        "m.yaml:1:27: `klinne` is no value of municipality. Did you mean `kline`?",
    ),
    "an unknown value": (
        LONG,
        "yes: granted",
        "yes: grantd",
        "m.yaml:9:41: `grantd` is no value of outcome. Did you mean `granted`?",
    ),
    "an attribute of another type": (
        MEETINGS,
        "constants: {notice_kind: meeting}",
        "constants: {outcome: granted}",
        "m.yaml:16:17: notice.published does not carry `outcome`.",
    ),
    "an attribute that no type carries": (
        LONG,
        "  case: request\n",
        "  case: request\n  quorum: q\n",
        "m.yaml:8:3: No event type of this mapping carries `quorum`.",
    ),
    "a format that is none": (
        LONG,
        "dd.MM.yyyy",
        "DD.MM.YYYY",
        "m.yaml:8:28: `DD` is no part of a date. Did you mean `dd`?",
    ),
    "a format for what is no date": (
        LONG,
        "{from: result, values",
        "{from: result, format: dd.MM.yyyy, values",
        "m.yaml:9:27: `format` is for dates, not outcome.",
    ),
    "a separator for what is no list": (
        LONG,
        "{from: result, values",
        "{from: result, split: ';', values",
        "m.yaml:9:27: `split` is for lists and periods, not outcome.",
    ),
    "a zone that is none": (
        LONG,
        "constants",
        "zone: Europe/Pristina\nconstants",
        "`Europe/Pristina` is no time zone",
    ),
    "no date": (
        LONG,
        "  time: {from: at, format: dd.MM.yyyy}\n",
        "",
        "m.yaml:3:3: `time` is missing: an event needs a date.",
    ),
    "no date of an entry": (
        MEETINGS,
        "    columns: {time: Mbajtur më}\n",
        "",
        "m.yaml:11:5: `time` is missing",
    ),
    "type among columns": (
        LONG,
        "  case: request\n",
        "  case: request\n  type: kind\n",
        "m.yaml:8:3: What happened stands under `type` at the top",
    ),
    "two keys for one column": (
        LONG,
        "  case: request\n",
        "  case: request\n  Lënda: x\n",
        "m.yaml:8:3: `Lënda` means case, as does `case`. Keep one.",
    ),
    "one id for several events": (
        MEETINGS,
        "columns:\n  case",
        "columns:\n  id: Nr.\n  case",
        "m.yaml:4:3: An id stands for one event",
    ),
    "one id for all rows": (
        LONG,
        "{municipality: kline}",
        "{municipality: kline, id: e1}",
        "m.yaml:1:34: An id stands for one event",
    ),
    "a word twice": (
        LONG,
        "ignore: [Reminder]",
        "ignore: [Reminder, ' Request  in']",
        "`Request in` stands here twice",
    ),
    "a list for one value": (
        LONG,
        "yes: granted",
        "yes: [granted]",
        "m.yaml:9:41: outcome takes one value, not a list.",
    ),
    "a pattern without a column": (
        LONG,
        "{from: at, format: dd.MM.yyyy}",
        "{text: '{at}', pattern: '(?P<x>.+)'}",
        "a `pattern` is about a column",
    ),
    "groups that nobody uses": (
        LONG,
        "case: request",
        "case: {from: request, pattern: '(?P<a>.)(?P<b>.)', text: '{a}'}",
        "does not use the group `b`",
    ),
    "an empty condition": (
        MEETINGS,
        "    filled: Mbajtur më\n",
        "    when: {Mbajtur më: {}}\n",
        "a condition says `not`, `filled`, or both",
    ),
    "a number that is a flag": (
        MEETINGS,
        "filled: Mbajtur më\n",
        "filled: Mbajtur më\n    constants: {open_to_public: maybe}\n",
        "`maybe` is no value of open_to_public",
    ),
    "a date that is none": (
        MEETINGS,
        "    columns: {time: Mbajtur më}",
        "    constants: {time: 1.3.2026}",
        "m.yaml:13:23: '1.3.2026': the order of day and month is not guessed",
    ),
    "an alias": (LONG, "kline", "*kline", "m.yaml:1:27: An alias"),
}


def defects(text: str) -> str:
    law = book()
    zone = ZoneInfo(law.zone)
    with pytest.raises(ConfigurationError) as told:
        bind(
            parsed(text.encode(), "m.yaml"),
            Normaliser(law.vocabulary, law.municipalities, zone),
            law.vocabulary,
            zone,
        )
    return str(told.value)


@pytest.mark.parametrize("case", CHANGED)
def test_a_mistake_is_told(case: str) -> None:
    text, was, becomes, expected = CHANGED[case]
    assert text.count(was) >= 1
    assert expected.casefold() in defects(text.replace(was, becomes, 1)).casefold()


def test_all_are_told_in_the_order_of_the_file() -> None:
    text = LONG.replace("request.received", "x.y").replace("granted", "x").replace("kline", "x")
    places = [line.split(": ")[0] for line in defects(text).splitlines()]
    assert places == ["m.yaml:1:27", "m.yaml:4:24", "m.yaml:9:41"]


@pytest.mark.parametrize("content", [b"", b"# nothing yet\n", b"\xff\xfe", b"a: b\n---\nc: d\n"])
def test_what_is_no_mapping_at_all(content: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"m\.yaml"):
        parsed(content, "m.yaml")
