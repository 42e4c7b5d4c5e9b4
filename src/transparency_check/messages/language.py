"""Which language is spoken: chosen once for a run, and the same in all its threads, but for what is said
``within`` another one, as one of several pages that are drawn at the same time.

It is named by an option, by the environment, or by the configuration of the office, and never taken from the
settings of the computer: the same call gives the same report everywhere.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .translations import Translations

ENGLISH = "en"
# Each language with the folder of its catalogue, named as gettext names languages and their scripts.
LANGUAGES = {ENGLISH: "en", "sq": "sq", "sr-Latn": "sr@latin", "sr-Cyrl": "sr"}
# Serbian without a script is that of the Official Gazette and of the packs.
_SHORT = {"sr": "sr-Latn"}
# What people write for a language whose tag they do not know.
_NAMES = {
    "eng": "en", "english": "en", "anglisht": "en", "engleski": "en", "енглески": "en",
    "al": "sq", "alb": "sq", "sqi": "sq", "albanian": "sq", "shqip": "sq", "albanski": "sq", "албански": "sq",
    "srp": "sr-Latn", "rs": "sr-Latn", "serbian": "sr-Latn", "srpski": "sr-Latn", "serbisht": "sr-Latn",
    "latin": "sr-Latn", "latn": "sr-Latn", "latinica": "sr-Latn",
    "српски": "sr-Cyrl", "cyrillic": "sr-Cyrl", "cyrl": "sr-Cyrl", "cirilica": "sr-Cyrl",
    "ћирилица": "sr-Cyrl",
}  # fmt: skip
ISOLATED = "--isolated"
OPTION = "--lang"
VARIABLE = "TRANSPARENCY_CHECK_LANG"
# Of gettext, by which click finds its own texts.
_DOMAIN = "transparency-check"
_GETTEXT = "LANGUAGE"

_current: str = ENGLISH
# Whether an option or the environment has named it.
_named = False
_translations: Translations | None = None
# The language of one thread or task, where it is not that of the run.
_own: ContextVar[tuple[str, Translations | None] | None] = ContextVar("language", default=None)


def current() -> str:
    """The tag of the language that is spoken, as in ``LANGUAGES``."""
    own = _own.get()
    return _current if own is None else own[0]


def spoken() -> Translations | None:
    """The translations that are spoken; None for English, which needs none."""
    own = _own.get()
    return _translations if own is None else own[1]


@contextmanager
def within(language: str) -> Iterator[None]:
    """Speak a language of ``LANGUAGES`` in this thread or task only, whatever others speak meanwhile. What
    click says stays in the language of the run.
    """
    before = _own.set((language, _read(language)))
    try:
        yield
    finally:
        _own.reset(before)


@cache
def _read(language: str) -> Translations | None:
    """The translations of a language, kept: they are read while pages wait."""
    if language == ENGLISH:
        return None
    from .translations import read

    return read(language)


def tag(name: str) -> str | None:
    """The tag that a name of a language means, whatever its case, as ``sr_latn``; None where it is none."""
    word = name.strip().replace("_", "-").casefold()
    word = _SHORT.get(word, word).casefold()
    return next((known for known in LANGUAGES if known.casefold() == word), None)


def nearest(name: str) -> str | None:
    """The language that somebody may have meant by a name that is no tag."""
    word = name.strip().replace("_", "-").casefold()
    if word in _NAMES:
        return _NAMES[word]
    if (first := word.partition("-")[0]) in (ENGLISH, "sq"):
        return first
    tags = {known.casefold(): known for known in LANGUAGES}
    if word.startswith("sr"):
        return "sr-Cyrl" if "c" in word.partition("-")[2] else "sr-Latn"
    near = difflib.get_close_matches(word, [*tags, *_NAMES], n=1)
    return tags.get(near[0]) or _NAMES[near[0]] if near else None


def asked(args: Sequence[str]) -> tuple[str, str] | None:
    """The language that the arguments of a command ask for, else the environment: where it was named (the
    option or the variable), and the name as it was written. None where none was named.
    """
    named = None
    isolated = False
    for arg, following in zip_longest(args, args[1:]):
        if arg == "--":
            break
        isolated |= arg == ISOLATED
        if arg == OPTION and following is not None:
            named = following
        elif arg.startswith(f"{OPTION}="):
            named = arg.partition("=")[2]
    if named is not None:
        return OPTION, named
    if isolated:
        return None
    # A variable that is empty is one that was not set.
    return (VARIABLE, given) if (given := os.environ.get(VARIABLE, "").strip()) else None


def prefer(language: str) -> None:
    """Speak a language from now on, unless another was named for this run."""
    if not _named:
        speak(language, named=False)


def speak(language: str, *, named: bool = True) -> None:
    """Speak a language of ``LANGUAGES`` from now on, in all threads. One that was ``named`` for the run is
    not given up for one that is preferred.
    """
    global _current, _translations, _named
    _named = named
    if language == _current:
        return
    if language == ENGLISH:
        _translations = None
    else:
        from .translations import read

        _translations = read(language)
    _current = language
    os.environ[_GETTEXT] = LANGUAGES[language]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language of ``LANGUAGES`` for a while, click with its own texts too; then as before. It counts
    as not named.

    gettext is told where the translations are and that the language is this one: else it would be that of the
    computer.
    """
    import gettext

    from .locale import FOLDER

    before, named = _current, _named
    variable, domain = os.environ.get(_GETTEXT), gettext.textdomain()
    gettext.bindtextdomain(_DOMAIN, str(FOLDER))
    gettext.textdomain(_DOMAIN)
    os.environ[_GETTEXT] = LANGUAGES[_current]
    try:
        speak(language, named=False)
        yield
    finally:
        speak(before, named=named)
        gettext.textdomain(domain)
        if variable is None:
            os.environ.pop(_GETTEXT, None)
        else:
            os.environ[_GETTEXT] = variable
