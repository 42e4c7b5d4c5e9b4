"""Where an act has to appear and in which languages, as people, programs and spreadsheets are told."""

from __future__ import annotations

import pytest

from reports.made import LATE, report
from transparency_check.messages.language import speaking
from transparency_check.packs.discharge import Act, Demand, Discharge
from transparency_check.report import Upcoming
from transparency_check.reports import acts, outline
from transparency_check.reports.options import Names, ReportOptions

NAMES = Names(
    events={"notice.published": "A notice was published", "meeting.held": "A meeting took place"},
    channels={"website": "website", "notice-board": "notice board", "media": "media"},
    languages={"sq": "Albanian", "sr": "Serbian", "tr": "Turkish"},
)
OWN = Demand("XK-MTG-001", ("sq", "sr", "tr"), "verified")
OTHER = Demand("XK-LAN-006", ("sq", "sr"), "unverified")
N, M = "notice.published", "meeting.held"

CASES: dict[str, tuple[Discharge, list[str], tuple[str, str, str]]] = {
    "nothing": ((), [], ("", "", "")),
    "nothing demanded": (((Act(N),),), [], ("", "", "")),
    "one channel": (((Act(N, (("website",),)),),), ["Where: website"], ("website", "", "")),
    "any of three": (
        ((Act(N, (("website", "notice-board", "media"),)),),),
        ["Where: website, notice board or media"],
        ("website|notice-board|media", "", ""),
    ),
    "a channel without words": (((Act(N, (("fax",),)),),), ["Where: fax"], ("fax", "", "")),
    "both": (
        ((Act(N, (("website",),)),), (Act(N, (("media",),)),)),
        ["Where: website and media"],
        ("website;media", "", ""),
    ),
    "two acts, one with a choice": (
        ((Act(N, (("website", "media"),)),), (Act(N, (("notice-board",),)),)),
        ["Where: website or media; notice board"],
        ("website|media;notice-board", "", ""),
    ),
    "both in one act": (
        ((Act(N, (("website",), ("media",))),),),
        ["Where: website and media"],
        ("website+media", "", ""),
    ),
    "one act or another": (
        ((Act(N, (("website",),)), Act(M)),),
        ['Where: "A notice was published": website or "A meeting took place": no channel is named'],
        ("notice.published:website|meeting.held:", "", ""),
    ),
    "two acts, of which one has a channel": (
        ((Act(N, (("website",),)),), (Act(M),)),
        ['Where: "A notice was published": website'],
        ("notice.published:website;meeting.held:", "", ""),
    ),
    "two acts in the same channel": (
        ((Act(N, (("website",),)), Act(M, (("website",),))),),
        ["Where: website"],
        ("website", "", ""),
    ),
    "languages of its own": (
        ((Act(N, (), (OWN,)),),),
        ["Languages: Albanian, Serbian and Turkish"],
        ("", "sq+sr+tr", "XK-MTG-001 verified"),
    ),
    "languages by another duty": (
        ((Act(N, (("website",),), (OTHER,)),),),
        ["Where: website", "Languages: Albanian and Serbian (by XK-LAN-006: unverified)"],
        ("website", "sq+sr", "XK-LAN-006 unverified"),
    ),
    "languages of one act of two": (
        ((Act(N, (), (OTHER,)), Act(M)),),
        [
            (
                'Languages: "A notice was published": Albanian and Serbian or '
                '"A meeting took place": no language is named (by XK-LAN-006: unverified)'
            )
        ],
        ("", "notice.published:sq+sr|meeting.held:", "XK-LAN-006 unverified"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_lines_and_cells(name: str) -> None:
    discharge, lines, cells = CASES[name]
    assert acts.lines(discharge, "XK-MTG-001", NAMES) == lines
    assert acts.cells(discharge) == cells


def test_for_programs() -> None:
    assert acts.acts_object(CASES["languages by another duty"][0]) == [
        [
            {
                "event": N,
                "channels": (("website",),),
                "languages": ("sq", "sr"),
                "languages_by": [{"rule": "XK-LAN-006", "confidence": "unverified"}],
            }
        ]
    ]


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("sq", "Gjuhët: Albanian dhe Serbian (sipas XK-LAN-006: i paverifikuar)"),
        ("sr-Latn", "Jezici: Albanian i Serbian (prema XK-LAN-006: neproveren)"),
        ("sr-Cyrl", "Језици: Albanian и Serbian (према XK-LAN-006: непроверен)"),
    ],
)
def test_in_other_languages(tag: str, line: str) -> None:
    with speaking(tag):
        assert acts.lines(CASES["languages by another duty"][0], "XK-MTG-001", NAMES)[1] == line


def test_what_is_to_come_says_it_below_the_duty() -> None:
    pending = LATE._replace(outcome="pending", possible=("pending",), fulfilment=(), late_by=None)
    found = report(pending)
    coming = Upcoming("2026-12-20", (pending,), {})
    given = ReportOptions(NAMES, upcoming=coming, acts=lambda _: CASES["languages by another duty"][0])
    (section,) = outline.outline(found, given).sections
    lines = section.blocks[0].rows[0][1]
    at = lines.index("Where: website")
    assert lines[at + 1].startswith("Languages: Albanian and Serbian")
    assert lines[at + 2].startswith("Law: ")
    assert lines[-1].startswith("Owed by: ")
    (section, _) = outline.outline(found, ReportOptions(NAMES, acts=given.acts)).sections[1:]
    assert "Where: website" in section.blocks[0].rows[0][1]
