"""Reports for services, with a baseline and waivers, and what the services make of a line."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from reports.made import (
    ADVISORY,
    COUNTED,
    DIFFERENT,
    ERROR,
    FAILURE,
    FULFILLED,
    LATE,
    PENDING,
    SUPERSEDED,
    VIOLATED,
    WARNING,
    replace,
    report,
)
from transparency_check.fingerprints import fingerprints
from transparency_check.model import BaselineEntry, BaselineUse, Waived, WaiversUse, WaiverUse

OTHERS = replace(VIOLATED, id="1111000011110000", case="referendum", binds="nobody")
WAIVED = replace(
    VIOLATED,
    id="2222000011110000",
    case="accepted",
    waiver=Waived(
        "XK-MTG-001", "kline", "accepted", "the hall burned down", "the mayor", "Art. 44", "2027-01-31",
        "waivers.toml:3",
    ),
)  # fmt: skip
EVERYTHING = (
    LATE, VIOLATED, DIFFERENT, PENDING, FULFILLED, SUPERSEDED, ADVISORY, COUNTED, OTHERS, WAIVED,
)  # fmt: skip
WAIVERS = WaiversUse("waivers.toml", "4" * 64, (WaiverUse(WAIVED.waiver, "used", 1),))
WHOLE = report(*EVERYTHING, problems=(ERROR, WARNING), rule_errors=(FAILURE,), waivers=WAIVERS)
RESOLVED = BaselineEntry(
    "XK-MTG-001", "kline", "assembly-2026-01", None, "violated", "violation", "2026-01-05", "2026-02-01",
    None, "f" * 32, "baseline.json:9",
)  # fmt: skip
BASELINE = BaselineUse(
    "baseline.json",
    "5" * 64,
    {VIOLATED.id: "unchanged", LATE.id: "new", ADVISORY.id: "new"},
    (RESOLVED,),
    {RESOLVED.fingerprint: "fulfilled"},
    fingerprints=fingerprints(EVERYTHING),
)
KNOWN = replace(WHOLE, baseline=BASELINE)


class Command(NamedTuple):
    """A command as a service reads it from a line."""

    name: str
    properties: dict[str, str]
    data: str


def github_commands(text: str) -> list[Command]:
    """As the runner of GitHub reads them: parted at the first ``::``, then put back."""
    found = []
    for line in text.splitlines():
        if not line.startswith("::"):
            continue
        head, _, data = line[2:].partition("::")
        name, _, properties = head.partition(" ")
        values = (pair.partition("=") for pair in properties.split(",") if pair)
        put_back: list[tuple[str, str]] = [
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%3A", ":"),
            ("%2C", ","),
            ("%25", "%"),
        ]
        found.append(
            Command(
                name,
                {k: _put_back(v, put_back) for k, _, v in values},
                _put_back(data, put_back[:2] + put_back[4:]),
            )
        )
    return found


def azure_commands(text: str) -> list[Command]:
    """As the agent of Azure Pipelines reads them: the first ``##vso[`` of a line to the next bracket."""
    put_back = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")]
    found = []
    for line in text.splitlines():
        if command := re.search(r"##vso\[([^ \]]+) ?([^\]]*)\](.*)", line):
            values = (pair.partition("=") for pair in command[2].split(";") if pair)
            found.append(
                Command(
                    command[1],
                    {k: _put_back(v, put_back) for k, _, v in values},
                    _put_back(command[3], put_back),
                )
            )
    return found


def _put_back(value: str, pairs: list[tuple[str, str]]) -> str:
    for written, meant in pairs:
        value = value.replace(written, meant)
    return value


def many(number: int, **values: Any) -> list[Any]:
    """So many violations, each of its own case."""
    return [replace(VIOLATED, id=f"{n:016x}", case=f"case-{n:05}", **values) for n in range(number)]
