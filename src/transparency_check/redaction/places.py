"""Paths of a report without the folders of the computer that it was made on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from ..model import Report

# A name, or a place in a file, as it is shown.
Shortening = Callable[[str], str]
# What is no path from where the program was run: /home/arta/log.jsonl, C:/logs, //server/logs, ~/log.jsonl.
_WHOLE = re.compile(r"/|~|[A-Za-z]:/|\.\./")


def shortening(report: Report) -> Shortening:
    """What makes whole paths short: of those to logs the folders that they share go, of any other all."""
    logs = [s.name for s in report.sources if _WHOLE.match(s.name)]
    folders = {_shared(logs)} if logs else set()
    for used in (report.configuration, report.waivers, report.baseline, *report.mappings):
        if used is not None and _WHOLE.match(used.name):
            folders.add(posixpath.dirname(used.name))
    for problem in report.problems:
        # Declarations stand beside logs, and those that belong to none in their folders.
        if _WHOLE.match(problem.place) and not any(_within(problem.place, f) for f in folders):
            folders.add(posixpath.dirname(problem.place))
    ordered = sorted((f for f in folders if f), key=lambda f: (-len(f), f))

    def short(value: str) -> str:
        for folder in ordered:
            if _within(value, folder):
                return value[len(folder) :].lstrip("/")
        return value

    return short


def _shared(names: list[str]) -> str:
    """The folder that all these files lie in."""
    parts = [posixpath.dirname(name).split("/") for name in names]
    shared = parts[0]
    for other in parts[1:]:
        kept = 0
        while kept < min(len(shared), len(other)) and shared[kept] == other[kept]:
            kept += 1
        shared = shared[:kept]
    return "/".join(shared)


def _within(value: str, folder: str) -> bool:
    return value.startswith(f"{folder}/")
