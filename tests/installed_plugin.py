"""Plugins as a package manager installs them: a module and its entry point, where Python searches."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
import os, re, subprocess, sys, time
from transparency_check.hookspecs import hookimpl


class Rule:
    title = "A rule of the town"
    severity, confidence = "violation", "verified"

    def __init__(self, id, act):
        self.id, self._act = id, act

    def judge(self, events, as_of):
        return self._act(events)


def fine(events):
    return [{"outcome": "fulfilled"}]


"""


def install(folder: Path, name: str, source: str) -> None:
    """Install a plugin of this name whose module is ``source``."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[transparency_check]\n{name} = {name}\n", encoding="utf-8")


def rules(acts: str, **by_id: str) -> str:
    """The module of a plugin with rules: ``acts`` defines functions, ``by_id`` names one for each id (with
    underscores).
    """
    listed = ", ".join(f'Rule("{id_.replace("_", "-")}", {act})' for id_, act in by_id.items())
    return f"{HEAD}{acts}\n\n@hookimpl\ndef transparency_check_rules():\n    return [{listed}]\n"
