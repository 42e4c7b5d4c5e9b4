"""The words of a vocabulary: one word means one thing, whatever its case, marks, script and blanks."""

from __future__ import annotations

from collections.abc import Iterator

from transparency_check.messages import phrase
from transparency_check.packs.check_conditions import Report
from transparency_check.packs.model import Attribute, EventType, Text, Vocabulary, Words
from transparency_check.packs.yaml_source import Path
from transparency_check.readers.names import fold
from transparency_check.reserved import COLUMNS

_Word = tuple[str, Path, bool]


def check_words(own: Vocabulary, base: Vocabulary | None, report: Report) -> None:
    """Report each word of a pack's own vocabulary that also means something else: another column, event,
    family of events, or value of the same attribute. ``base`` is the vocabulary it adds to.
    """
    columns = _Meanings(phrase("column"), report)
    for name, column in COLUMNS.items():
        columns.known(name, (name, *column.everywhere()))
    for name, attribute in (base.attributes if base else {}).items():
        columns.known(name, (name, *attribute.headers()))
    events = _Meanings(phrase("event type"), report)
    for name, event in (base.events if base else {}).items():
        events.known(name, (name, *event.title.everywhere()))
    families = _Meanings(phrase("family of events"), report)
    for name, others in (base.family_words() if base else {}).items():
        families.known(name, (name, *others))
    # Names first: what collides with one of them is told at the word.
    for name in own.attributes:
        columns.known(name, (name,))
    for name in own.events:
        events.known(name, (name,))
    for name in own.family_words():
        families.known(name, (name,))
    for name, attribute in own.attributes.items():
        columns.own(name, _of_attribute(attribute, ("attributes", name)))
        values = _Meanings(phrase("value of `{name}`", name=name), report)
        for value in attribute.values:
            values.known(value, (value,))
        for value in attribute.values:
            words = attribute.title_of(value)
            if words is not None:
                values.own(value, _of_words(words, ("attributes", name, "values", value)))
    for name, event in own.events.items():
        events.own(name, _of_event(event, ("events", name)))
    for name, words in own.families.items():
        families.own(name, _of_words(words, ("families", name)))


class _Meanings:
    """Which thing each word means, of things that are told apart by their words."""

    def __init__(self, kind: str, report: Report) -> None:
        self._kind, self._report = kind, report
        self._of: dict[str, str] = {}

    def known(self, name: str, words: tuple[str, ...]) -> None:
        """Words that stand in another file, or were checked before."""
        for word in words:
            self._of.setdefault(fold(word), name)

    def own(self, name: str, words: Iterator[_Word]) -> None:
        """The words of ``name``, each with its place."""
        for word, path, key in words:
            folded = fold(word)
            if not folded:
                self._report("form", path, phrase("This word is empty. Write one, or leave it out."), key)
            elif (other := self._of.setdefault(folded, name)) != name:
                self._report(
                    "duplicate-word",
                    path,
                    phrase(
                        "`{word}` already means the {kind} `{other}`: in a log it could be either. "
                        "Choose another word for one of them.",
                        word=word,
                        kind=self._kind,
                        other=other,
                    ),
                    key,
                )


def _of_attribute(attribute: Attribute, at: Path) -> Iterator[_Word]:
    if attribute.title is not None:
        yield from _of_text(attribute.title, (*at, "title"))
    for index, word in enumerate(attribute.also):
        yield word, (*at, "also", index), False


def _of_words(words: Words, at: Path) -> Iterator[_Word]:
    yield from _of_text(words, at)
    for index, word in enumerate(words.also):
        yield word, (*at, "also", index), False


def _of_event(event: EventType, at: Path) -> Iterator[_Word]:
    yield from _of_text(event.title, (*at, "title"))


def _of_text(text: Text, at: Path) -> Iterator[_Word]:
    for language in ("en", "sq", "sr"):
        word = getattr(text, language)
        if word is not None:
            yield word, (*at, language), False
