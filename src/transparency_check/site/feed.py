"""Violations, and what was made good late, as a feed to subscribe to (Atom, RFC 4287).

An entry is told from others by the id of its finding, and is as new as the last record that bears on it: the
same log gives the same feed, and a reader sees again what has changed.
"""

from __future__ import annotations

import uuid
from xml.sax.saxutils import escape, quoteattr

from ..harmless import plain
from ..messages import text
from ..model import Finding
from ..reports import wording
from .frame import FEED, Frame
from .record import Event

# A reader keeps what it has seen; the whole is in the data.
MOST_ENTRIES = 200
_OWN = uuid.UUID("6f0f2c36-54d1-5a3c-9c1e-2a6a6b9f1d10")


def feed(frame: Frame) -> str:
    """The feed in the language that is spoken."""
    record = frame.record
    entries = record.events[:MOST_ENTRIES]
    updated = entries[0].at if entries else f"{record.today.isoformat()}T00:00:00+00:00"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(frame.language)}>',
        f"<id>{_id(f'{frame.settings.base}|{frame.name}|{frame.language}')}</id>",
        f"<title>{_text(text('site.feed.title', name=frame.name))}</title>",
        f"<subtitle>{_text(text('site.feed.subtitle'))}</subtitle>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(frame.name)}</name></author>",
        f"<generator>transparency-check {_text(record.report.tool_version)}</generator>",
        f'<link rel="alternate" type="text/html" href={_quoted(_address(frame, "index.html"))}/>',
    ]
    if frame.settings.base:
        lines.append(f'<link rel="self" type="application/atom+xml" href={_quoted(_address(frame, FEED))}/>')
    if frame.settings.licence:
        lines.append(f"<rights>{_text(frame.settings.licence)}</rights>")
    for entry in entries:
        lines += _entry(frame, entry)
    return "\n".join([*lines, "</feed>", ""])


def _entry(frame: Frame, entry: Event) -> list[str]:
    finding = entry.finding
    said = [*wording.sentences(finding, frame.names), *wording.law_lines(finding, frame.names)[:1]]
    return [
        "<entry>",
        f"<id>{_id(finding.id)}</id>",
        f"<title>{_text(_title(frame, finding))}</title>",
        f"<updated>{entry.at}</updated>",
        f'<link rel="alternate" type="text/html" href={_quoted(_page(frame, finding))}/>',
        f"<category term={_quoted(finding.outcome)} label={_quoted(wording.outcome_name(finding.outcome))}/>",
        f"<category term={_quoted(finding.rule)}/>",
        f"<category term={_quoted(finding.municipality)} label={_quoted(frame.town(finding.municipality))}/>",
        f"<summary>{_text(' '.join(said))}</summary>",
        "</entry>",
    ]


def _title(frame: Frame, finding: Finding) -> str:
    about = ", ".join(
        part for part in (frame.town(finding.municipality), finding.case or finding.period) if part
    )
    code = "site.feed.late" if finding.outcome == "late" else "site.feed.violated"
    return text(code, duty=frame.duty(finding.rule), about=about)


def _page(frame: Frame, finding: Finding) -> str:
    """The page of the municipality, at the finding where the page shows it."""
    page = _address(frame, frame.town_page(finding.municipality))
    found = frame.record.of(municipality=finding.municipality)
    shown = (found.curable, found.final, found.late, found.commitments)
    return f"{page}#f-{finding.id}" if any(f.id == finding.id for kept in shown for f in kept) else page


def _address(frame: Frame, path: str) -> str:
    """A file in the folder of the language: by its whole address where it is known where the site will lie,
    else from where the feed lies.
    """
    base = frame.settings.base
    return f"{base.rstrip('/')}/{frame.language}/{path}" if base else path


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_OWN, name)}"


def _text(value: str) -> str:
    return escape(_characters(value))


def _quoted(value: str) -> str:
    return quoteattr(_characters(value))


def _characters(value: str) -> str:
    """Text that XML can hold, in which nothing acts."""
    return "".join(c if c not in "\ufffe\uffff" else "\N{REPLACEMENT CHARACTER}" for c in plain(value))
