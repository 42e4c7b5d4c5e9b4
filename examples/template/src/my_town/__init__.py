"""The pack of my town: what it owes beside the law (``town/``)."""

from __future__ import annotations

from pathlib import Path

from transparency_check.hookspecs import hookimpl

# The version of the hooks that this was made for.
hooks_version = 1


@hookimpl
def transparency_check_packs() -> list[Path]:
    return [Path(__file__).parent / "town"]
