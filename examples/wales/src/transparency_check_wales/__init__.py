"""A pack of the transparency law of Wales, as a plugin of transparency-check."""

from __future__ import annotations

from pathlib import Path

from transparency_check.hookspecs import hookimpl

hooks_version = 1


@hookimpl
def transparency_check_packs() -> list[Path]:
    return [Path(__file__).parent / "wales"]
