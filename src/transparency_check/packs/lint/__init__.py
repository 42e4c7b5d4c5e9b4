"""``rules lint``: what loads, but is wrong, thin or dead all the same.

Defects of the loader come first; only a pack without any is looked at further. Each check is a function with
a code; the modules of this package hold them by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from transparency_check.model import Problem
from transparency_check.packs.check import check
from transparency_check.packs.compile import bases_of, load_rulebook
from transparency_check.packs.find import bundled_names, bundled_rules, locate
from transparency_check.packs.lint import citations, conditions, conflicts, examples, translations, vocabulary
from transparency_check.packs.lint.subject import OF_DUTIES, OF_PACKS, One, Whole
from transparency_check.packs.load import read_draft, read_info
from transparency_check.packs.merge import rulebook
from transparency_check.packs.model import Duty, Pack, Rulebook
from transparency_check.packs.problems import PackError, in_order
from transparency_check.packs.sources import read_sources

__all__ = ["CHECKS", "lint_pack"]

# The modules are named, so that importing this package registers their checks.
_MODULES = (citations, conditions, conflicts, examples, translations, vocabulary)
CHECKS: tuple[str, ...] = tuple(sorted({*OF_DUTIES, *OF_PACKS}))

# Gives, for a rulebook, whether a duty is wanted.
Choice = Callable[[Rulebook], Callable[[str], bool]]


def lint_pack(reference: str, choose: Choice | None = None) -> list[Problem]:
    """All that is to be said about the pack given by name or folder, in the order of files and lines.

    ``choose`` narrows it to some duties; the pack's other files are left out then. Raises PackError with the
    defects of a pack that cannot be loaded.
    """
    location = locate(reference)
    sources = read_sources(location.folder, location.shown)
    try:
        read_info(sources)
    except PackError:
        raise PackError(read_draft(sources).problems) from None
    bases = bases_of(reference)
    draft = read_draft(sources)
    draft.problems += check(draft, bases)
    pack = draft.pack()
    book = rulebook([*bases, pack])
    languages = pack.info.languages or next(
        (b.info.languages for b in reversed(bases) if b.info.languages), []
    )
    whole = Whole(draft, book, _related(pack, book, location.folder), languages or ["en"])
    found: list[Problem] = []
    wanted = choose(book) if choose else None
    for file in draft.duties:
        if wanted is None or wanted(file.duty.id):
            found += [p for look in OF_DUTIES.values() for p in look(One(whole, file))]
    if wanted is None:
        found += [p for look in OF_PACKS.values() for p in look(whole)]
    return in_order(found)


def _related(pack: Pack, book: Rulebook, folder: Path) -> Sequence[Duty]:
    """The duties of the pack and its bases, and those of bundled packs that build on a bundled one."""
    duties = {d.id: d for d in book.duties}
    if folder.resolve().parent == bundled_rules().resolve():
        for name in bundled_names():
            if name != folder.name:
                other = load_rulebook([name], examples=False)
                if any(info.id == pack.info.id for info in other.packs):
                    duties |= {d.id: d for d in other.duties if d.id not in duties}
    return list(duties.values())
