"""A small pack as files in memory, for tests that break one thing in it."""

from __future__ import annotations

from pathlib import Path

PACK = """\
id: small
version: "1"
title: {en: A small pack}
jurisdiction: Nowhere
zone: Europe/Belgrade
calendar: {from: 2020-01-01, to: 2030-12-31}
areas:
  MTG: {en: Meetings}
"""

INSTRUMENTS = """\
- id: law-1
  kind: law
  title: {en: The first law}
  from: 2020-01-01
  confidence: verified
- id: law-2
  kind: law
  title: {en: The second law}
  confidence: unverified
"""

EVENTS = """\
events:
  meeting.scheduled:
    title: {en: A meeting was convened}
    attributes: [body, planned_at, urgent]
    required: [body]
  meeting.rescheduled:
    title: {en: A meeting was moved}
    attributes: [planned_at]
    inherits: {from: [meeting.scheduled], attributes: [body, planned_at]}
  meeting.held:
    title: {en: A meeting took place}
    attributes: [body, languages, members, votes, held_from, minutes]
  meeting.cancelled:
    title: {en: A meeting was called off}
  notice.published:
    title: {en: A notice was published}
    attributes: [channel, languages, body]
attributes:
  body: {type: choice, values: [assembly, committee]}
  planned_at: {type: date-time}
  held_from: {type: date-time}
  urgent: {type: flag, absent: false}
  channel: {type: list of choice, values: [website, board]}
  languages: {type: list of choice, values: [sq, sr]}
  members: {type: integer}
  votes: {type: integer}
  period: {type: interval}
  minutes: {type: text}
"""

MUNICIPALITIES = """\
id,name_sq,name_sr,name_en,official_languages,in_use_languages,confidence,source,note
kline,Klinë,Klina,Klina,sq;sr,,verified,,
drenas,Drenas (Gllogoc),Glogovac,Drenas (Gllogoc),sq;sr,tr,verified,,
"""

CALENDAR = """\
date,name_en,name_sq,name_sr,kind,off,status,source
2026-01-01,New Year,Viti i Ri,Nova godina,fixed,yes,official-calendar,a law
"""

DUTY_FILE = "duties/mtg/XK-MTG-001-notice.yaml"
DUTY = """\
id: XK-MTG-001
title: {en: Notice of a meeting}
area: MTG
bearer: the assembly
severity: violation
trigger:
  event: meeting.scheduled
  where: {body: assembly}
  take: last
  moved_by: meeting.rescheduled
  cancelled_by: meeting.cancelled
requires:
  event: notice.published
  where: {channel: [website, board]}
deadline: {before: planned_at, n: 7, unit: working-day}
readings:
  - {name: lenient, source: a law}
  - {name: clear, deadline: {clear: true}, source: no law}
versions:
  - {instrument: law-1, from: 2020-01-01, to: 2022-12-31, confidence: verified}
  - {instrument: law-2, from: 2023-01-01, confidence: unverified}
"""

SECOND_FILE = "duties/mtg/XK-MTG-002.yaml"
SECOND = """\
id: XK-MTG-002
title: {en: What follows}
area: MTG
bearer: the assembly
severity: advisory
trigger: {obligation: XK-MTG-001}
requires: {event: meeting.held}
deadline: {after: time, n: 1, unit: month}
versions: [{instrument: law-1, confidence: verified}]
"""

FILES = {
    "pack.yaml": PACK,
    "instruments.yaml": INSTRUMENTS,
    "events.yaml": EVENTS,
    "municipalities.csv": MUNICIPALITIES,
    "calendar.csv": CALENDAR,
    DUTY_FILE: DUTY,
    SECOND_FILE: SECOND,
}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files of the small pack with one text of one file replaced; it must stand there."""
    assert old in FILES[file], old
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def write(folder: Path, files: dict[str, str] = FILES) -> Path:
    """Write a pack into a folder; returns the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
