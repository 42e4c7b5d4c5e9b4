"""What a shell proposes for the values of options. Nothing is judged for it, and no pack is loaded: names of
folders and files must do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import click

# What a shell asks by; click would make it of the name that the program was started by.
VARIABLE = "_TRANSPARENCY_CHECK_COMPLETE"
_DUTY = re.compile(r"[A-Z]{2,4}-[A-Z]{2,4}-[0-9]{3}")


def asked() -> str | None:
    """What a shell asks for (``bash_source``, ``bash_complete`` ...); None where none does."""
    return os.environ.get(VARIABLE) or None


def answered(command: click.Command, instruction: str) -> int:
    """Answer a shell, and give the exit code."""
    from click.shell_completion import shell_complete

    return shell_complete(command, {}, "transparency-check", VARIABLE, instruction)


def _fitting(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.casefold().startswith(incomplete.casefold())]


def packs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The bundled packs."""
    from ..packs.find import bundled_names

    return _fitting(bundled_names(), incomplete)


def duties(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The duties of the bundled packs, and their areas."""
    from ..packs.find import bundled_rules

    files = bundled_rules().glob("*/duties/*/*.yaml")
    ids = sorted({found[0] for file in files if (found := _DUTY.match(file.name))})
    areas = sorted({rule.split("-")[1] for rule in ids})
    return _fitting([*areas, *ids], incomplete)


def municipalities(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of the municipalities of the bundled packs."""
    from ..packs.find import bundled_rules

    found = set()
    for table in bundled_rules().glob("*/municipalities.csv"):
        rows = table.read_text(encoding="utf-8").splitlines()[1:]
        found |= {row.partition(",")[0] for row in rows if row}
    return _fitting(sorted(found), incomplete)


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The formats of reports."""
    from ..reports import transparency_check_reporters

    return _fitting((reporter.name for reporter in transparency_check_reporters()), incomplete)


def languages(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The languages that the program speaks."""
    from ..messages.language import LANGUAGES

    return _fitting(LANGUAGES, incomplete)
