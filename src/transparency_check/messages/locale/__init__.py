"""The translations: ``sq.po`` and ``sr.po`` are the sources, the folders hold what is compiled from them."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
