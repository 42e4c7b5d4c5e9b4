"""The language of a page stands in its address; where it does not, the browser says which one people want."""

from __future__ import annotations

from ..messages.language import LANGUAGES, tag, within

__all__ = ["LANGUAGES", "address_language", "preferred", "within"]


def address_language(path: str) -> str | None:
    """The language that an address begins with."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else None


def preferred(accepted: str) -> str:
    """The language of ``Accept-Language`` that there is, the one that is wanted most; else English. Serbian
    is that of its script, and the other languages that are written and read alike have it, too.
    """
    wanted: list[tuple[float, int, str]] = []
    for n, part in enumerate(accepted.split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if (found := _known(name.strip())) is not None and quality > 0:
            wanted.append((-quality, n, found))
    return min(wanted)[2] if wanted else "en"


def _known(name: str) -> str | None:
    parts = name.casefold().split("-")
    if parts[0] in ("sr", "bs", "hr", "sh", "me"):
        return "sr-Cyrl" if "cyrl" in parts else "sr-Latn"
    return tag(parts[0])
