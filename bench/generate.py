"""Write a seeded log of about N events in the vocabulary of the Kosovo pack.

    python bench/generate.py 100000 > log.jsonl
    python bench/generate.py 1000000 -o build/bench/log.parquet

To standard output: sessions, requests, consultations, acts, tenders; most duties are kept, some are missed
or done late, in the proportions of a diligent office. With ``-o`` a log of more kinds of events whose
verdicts under four duties are known by construction (``planted.py``), in the format of the ending (.jsonl,
.csv, .parquet; .xlsx up to 100 000 events); the truth is written beside it as ``<name>.truth.csv``: duty,
outcome, case. The same seed gives the same bytes (in Parquet and XLSX: the same rows).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MUNICIPALITIES = [
    "decan", "dragash", "drenas", "ferizaj", "fushe-kosove", "gjakove", "gjilan", "gracanice",
    "han-i-elezit", "istog", "junik", "kacanik", "kamenice", "kline", "kllokot", "leposaviq", "lipjan",
    "malisheve", "mamushe", "mitrovice-e-jugut", "mitrovice-e-veriut", "novoberde", "obiliq",
    "partesh", "peje", "podujeve", "prishtine", "prizren", "rahovec", "ranillug", "shterpce", "shtime",
    "skenderaj", "suhareke", "viti", "vushtrri", "zubin-potok", "zveqan",
]  # fmt: skip
FIRST, LAST = dt.date(2020, 1, 1), dt.date(2026, 6, 30)
Event = dict[str, Any]


def session(rng: random.Random, day: dt.date, case: str) -> Iterator[Event]:
    kind = rng.choice(["ordinary", "ordinary", "ordinary", "extraordinary", "urgent"])
    ahead = {"ordinary": 12, "extraordinary": 6, "urgent": 1}[kind]
    about = {"body": "assembly", "meeting_type": "session", "session_kind": kind}
    held = day + dt.timedelta(days=ahead)
    planned: Event = {"type": "meeting.scheduled", "time": day, **about, "planned_at": f"{held}T10:00"}
    if kind == "urgent":
        planned |= {"requested_by": "mayor", "reason": "flood damage"}
    yield {**planned, "case": case}
    if rng.random() < 0.06:
        held += dt.timedelta(days=14)
        yield {
            "type": "meeting.rescheduled",
            "time": day + dt.timedelta(days=2),
            "planned_at": f"{held}T10:00",
            "case": case,
        }
    if rng.random() < 0.98:
        channel = rng.sample(["website", "notice-board", "media"], rng.randint(1, 2))
        when = day + dt.timedelta(days=rng.choice([0, 0, 0, 1, 1, 4]))
        languages = ["sq", "sr"] if rng.random() < 0.95 else ["sq"]
        yield {
            "type": "notice.published",
            "time": f"{when}T09:30",
            "notice_kind": "meeting",
            "channel": channel,
            "languages": languages,
            "case": case,
        }
    yield {"type": "meeting.held", "time": f"{held}T10:00", **about, "open_to_public": True, "case": case}
    if rng.random() < 0.1:
        yield {
            "type": "meeting.closed_to_public",
            "time": f"{held}T11:00",
            "reasoned": rng.random() < 0.7,
            "grounds": ["privacy"],
            "case": case,
        }
    for i in range(rng.randint(0, 3)):
        act = f"{case}-act-{i}"
        yield {
            "type": "act.adopted",
            "time": f"{held}T12:00",
            "act_kind": rng.choice(["regulation", "collective-decision"]),
            "body": "assembly",
            "consultation_required": False,
            "case": act,
            "related": [case],
        }
        if rng.random() < 0.9:
            out = held + dt.timedelta(days=rng.choice([1, 2, 3, 4, 5, 6, 7, 9]))
            yield {
                "type": "act.published",
                "time": out,
                "act_kind": "regulation",
                "channel": ["website"],
                "languages": ["sq", "sr"],
                "case": act,
            }


def request(rng: random.Random, day: dt.date, case: str) -> Iterator[Event]:
    received: Event = {
        "type": "request.received",
        "time": f"{day}T10:15",
        "channel": ["e-mail"],
        "case": case,
    }
    if rng.random() < 0.05:
        received["urgency_ground"] = "life-or-liberty"
    if rng.random() < 0.08:
        received["holder"] = rng.choice(["known-other", "unknown-other"])
    yield received
    yield {"type": "request.registered", "time": day, "case": case}
    if rng.random() < 0.1:
        yield {
            "type": "request.extended",
            "time": day + dt.timedelta(days=5),
            "extension_days": 15,
            "case": case,
        }
    if rng.random() < 0.98:
        answered = day + dt.timedelta(days=rng.choice([1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7, 7, 9, 20]))
        yield {
            "type": "request.answered",
            "time": answered,
            "outcome": rng.choice(["granted", "refused", "partly-granted"]),
            "reasoned": True,
            "remedies_stated": True,
            "case": case,
        }


def consultation(rng: random.Random, day: dt.date, case: str) -> Iterator[Event]:
    closes = day + dt.timedelta(days=rng.choice([28, 30, 31, 31, 32, 35]))
    yield {
        "type": "consultation.opened",
        "time": day,
        "consultation_kind": "written",
        "act_kind": "regulation",
        "channel": ["website"],
        "languages": ["sq", "sr"],
        "closes_at": closes,
        "case": case,
    }
    for channel in ("website", "platform"):
        if rng.random() < 0.98:
            yield {
                "type": "notice.published",
                "time": day,
                "notice_kind": "consultation",
                "channel": [channel],
                "languages": ["sq", "sr"],
                "case": case,
            }
    yield {"type": "consultation.closed", "time": closes, "case": case}
    if rng.random() < 0.7:
        adopted = closes + dt.timedelta(days=rng.randint(-1, 40))
        yield {
            "type": "act.adopted",
            "time": f"{adopted}T12:00",
            "act_kind": "regulation",
            "body": "assembly",
            "consultation_required": True,
            "case": case + "-act",
            "related": [case],
        }


def tender(rng: random.Random, day: dt.date, case: str) -> Iterator[Event]:
    yield {
        "type": "notice.published",
        "time": day,
        "notice_kind": "contract-notice",
        "channel": ["e-procurement"],
        "languages": ["sq", "sr"],
        "value_class": "large",
        "case": case,
    }
    yield {
        "type": "tender.opened",
        "time": day + dt.timedelta(days=rng.randint(39, 55)),
        "value_class": "large",
        "case": case,
    }


def public_meeting(rng: random.Random, day: dt.date, case: str) -> Iterator[Event]:
    yield {
        "type": "meeting.held",
        "time": f"{day}T17:00",
        "body": "public",
        "meeting_type": "public-meeting",
        "open_to_public": rng.random() < 0.95,
        "case": case,
    }


SCENES = (session, session, request, request, request, consultation, tender, public_meeting)


def events(count: int, seed: int = 1) -> Iterator[Event]:
    """About ``count`` events (never fewer), ids and cases unique, in the order of their making."""
    rng = random.Random(seed)
    made, scene = 0, 0
    days = (LAST - FIRST).days
    while made < count:
        scene += 1
        municipality = rng.choice(MUNICIPALITIES)
        day = FIRST + dt.timedelta(days=rng.randint(0, days))
        make = rng.choice(SCENES)
        for event in make(rng, day, f"{make.__name__.replace('_', '-')}-{scene}"):
            made += 1
            yield {"id": f"e{made}", "municipality": municipality, **event}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "-o", "--output", type=Path, help="a log with known verdicts; repeatable", action="append"
    )
    parser.add_argument(
        "--municipality", action="append", help="only this one; repeatable (with -o). Default: all"
    )
    arguments = parser.parse_args()
    if arguments.output:
        # The script is run by its path, too, where its folder and not the one above is searched for modules.
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        from bench.formats import write

        try:
            write(arguments.count, arguments.seed, arguments.municipality or MUNICIPALITIES, arguments.output)
        except ValueError as error:
            parser.error(str(error))
        return
    for event in events(arguments.count, arguments.seed):
        sys.stdout.write(json.dumps(event, default=str, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
