"""Texts in every language of the pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transparency_check.model import Problem
from transparency_check.packs.lint.subject import One, Whole, of_duty, of_pack, told
from transparency_check.packs.model import Text
from transparency_check.packs.yaml_source import Path, YamlSource


@of_duty("missing-translation")
def translated(one: One) -> Iterator[Problem]:
    """The title of a duty, who owes it, and its help."""
    yield from _lacking(one.file.source, one.whole.languages, one.duty.title, ("title",))
    bearer = one.whole.book.bearer(one.duty)
    yield from _lacking(one.file.source, one.whole.languages, bearer, ("bearer",))
    if one.duty.help is not None:
        yield from _lacking(one.file.source, one.whole.languages, one.duty.help, ("help",))


@of_duty("missing-help")
def helped(one: One) -> Iterator[Problem]:
    """A duty that is judged says what to do."""
    if one.duty.help is None and one.duty.checkable is None:
        yield one.told("missing-help", ("id",))


@of_pack("missing-translation")
def pack_translated(whole: Whole) -> Iterator[Problem]:
    """Titles of the pack, its areas and its events."""
    draft = whole.draft
    if draft.info is not None and draft.info_source is not None:
        yield from _lacking(draft.info_source, whole.languages, draft.info.title, ("title",))
        for area, name in draft.info.areas.items():
            yield from _lacking(draft.info_source, whole.languages, name, ("areas", area))
    if draft.vocabulary is not None and draft.vocabulary_source is not None:
        for event, about in draft.vocabulary.events.items():
            path = ("events", event, "title")
            yield from _lacking(draft.vocabulary_source, whole.languages, about.title, path)


def _lacking(source: YamlSource, languages: Sequence[str], text: Text, path: Path) -> Iterator[Problem]:
    for language in languages:
        if not (getattr(text, language, None) or "").strip():
            said = ", ".join(languages)
            yield told(source, "missing-translation", path, at_key=True, language=language, languages=said)
