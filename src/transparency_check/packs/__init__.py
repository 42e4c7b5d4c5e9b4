"""Packs of law: find, read, check, compile, test them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transparency_check.packs.model import Rulebook


def load_rulebook(references: Sequence[str], *, cache: bool = True, examples: bool = True) -> Rulebook:
    """The rulebook of packs given by name or folder, with all that they build on (see ``packs.compile``).

    ``cache=False`` reads the packs from their files, ``examples=False`` leaves out the examples of their
    duties. Raises ``packs.problems.PackError``.
    """
    # Imported here: pydantic's models cost a tenth of a second that `--help` need not pay.
    from transparency_check.packs.compile import load_rulebook as load

    return load(references, cache=cache, examples=examples)
