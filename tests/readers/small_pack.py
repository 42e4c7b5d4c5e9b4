"""A small vocabulary and four municipalities, made by hand: what the tests of readers and events are read
with.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from readers.both_ways import assert_same
from transparency_check.logs import read_logs
from transparency_check.model import Log
from transparency_check.packs.model import (
    Attribute,
    CoverageEvent,
    EventType,
    Municipality,
    Text,
    Vocabulary,
    Words,
)

ZONE = "Europe/Belgrade"

VOCABULARY = Vocabulary(
    events={
        "meeting.scheduled": EventType(
            title=Text(en="A meeting was convened", sq="Mbledhja u caktua", sr="Sastanak je zakazan"),
            attributes=["body", "planned_at", "place", "agenda", "channel"],
            required=["body", "planned_at"],
        ),
        "meeting.held": EventType(
            title=Text(en="The meeting took place", sq="Mbledhja u mbajt", sr="Sastanak je održan"),
            attributes=["body", "place", "participants", "open_to_public"],
        ),
        "submission.received": EventType(
            title=Text(en="A petition came in", sq="U pranua parashtresa"),
            attributes=["signatures", "urgent"],
        ),
        "coverage.declared": EventType(
            title=Text(en="Coverage was declared"),
            attributes=["period", "event_families"],
            required=["period"],
        ),
    },
    attributes={
        "body": Attribute(
            title=Text(en="who meets", sq="Organi"),
            type="choice",
            values={
                "assembly": Words(en="the assembly", sq="Kuvendi", sr="Skupština"),
                "mayor": Words(en="the mayor"),
            },
        ),
        "planned_at": Attribute(type="date-time"),
        "place": Attribute(type="text"),
        "agenda": Attribute(type="list of text"),
        "channel": Attribute(type="list of choice", values=["website", "notice-board", "media"]),
        "participants": Attribute(type="list of choice", values=["mayor", "citizens"]),
        "open_to_public": Attribute(type="flag"),
        "urgent": Attribute(type="flag"),
        "signatures": Attribute(also=["Nënshkrimet"], type="integer"),
        "period": Attribute(type="interval"),
        "event_families": Attribute(type="list of text"),
    },
    coverage=CoverageEvent(event="coverage.declared", period="period", families="event_families"),
)

MUNICIPALITIES = [
    Municipality(id="kline", names=["Klinë", "Klina"], official_languages=["sq", "sr"]),
    Municipality(id="gjakove", names=["Gjakovë", "Đakovica", "Gjakova"], official_languages=["sq", "sr"]),
    Municipality(id="mitrovice-jugore", names=["Mitrovicë", "Mitrovicë e Jugut"], official_languages=["sq"]),
    Municipality(id="mitrovice-veriore", names=["Mitrovicë", "Mitrovica Sever"], official_languages=["sr"]),
]

GOOD = {"id": "e1", "type": "meeting.held", "time": "2026-11-02", "municipality": "kline", "case": "c1"}


def read(*paths: str | Path, **options: Any) -> Log:
    """The log of some inputs under the small pack. What is read row by row here is proved in bulk as well."""
    log = read_logs(list(paths), VOCABULARY, MUNICIPALITIES, ZONE, **options)
    if not {"registry", "standard_input"} & options.keys():
        fast = read_logs(list(paths), VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0, **options)
        assert_same(log, fast, VOCABULARY)
    return log


def records(log: Log) -> list[dict[str, Any]]:
    """Its records, decoded."""
    return [json.loads(record) for record in log.records]


def messages(log: Log) -> list[str]:
    """Its problems as ``severity place: message``, with places relative to the folder of the input."""
    return [f"{p.severity} {p.place.rpartition('/')[2]}: {p.message}" for p in log.problems]


def codes(log: Log) -> list[tuple[str, str]]:
    """Code and place of its problems."""
    return [(p.code, p.place.rpartition("/")[2]) for p in log.problems]
