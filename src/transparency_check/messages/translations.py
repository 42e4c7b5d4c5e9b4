"""Translated texts with their values: plural forms, decimal commas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from gettext import GNUTranslations
from typing import Any

from .en import Entry
from .language import LANGUAGES
from .locale import FOLDER


class Comma(float):
    """A number that is written with a decimal comma, whatever its format."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", ",")

    def __str__(self) -> str:
        return repr(float(self)).replace(".", ",")


class Translations:
    """The catalogue of one language."""

    def __init__(self, catalogue: GNUTranslations, language: str) -> None:
        self._catalogue, self._language = catalogue, language

    def filled(self, context: str | None, entry: Entry, values: Mapping[str, Any]) -> str:
        """The translation of an English text, with its values. What has none, or one of an English text that
        was changed since, is said in English: never what is no longer meant.
        """
        template = self._template(context, entry, values.get("n"))
        return template.format_map({name: Comma(v) if type(v) is float else v for name, v in values.items()})

    def _template(self, context: str | None, entry: Entry, n: float | None) -> str:
        if isinstance(entry, tuple):
            number = self._number(2 if n is None else n)
            if context is None:
                return self._catalogue.ngettext(*entry, number)
            return self._catalogue.npgettext(context, *entry, number)
        # gettext would give its head for an empty text.
        if not entry:
            return entry
        return self._catalogue.gettext(entry) if context is None else self._catalogue.pgettext(context, entry)

    def _number(self, n: float) -> int:
        """A whole number with the plural form of ``n``: a broken one has in Serbian the form of its decimals,
        in Albanian never that of one (CLDR).
        """
        if n == int(n):
            return abs(int(n))
        if self._language == "sq":
            return 2
        return int(str(Decimal(str(n)).normalize()).partition(".")[2] or 0)


def read(language: str) -> Translations:
    """The translations of a language other than English."""
    place = FOLDER / LANGUAGES[language] / "LC_MESSAGES" / "transparency-check.mo"
    with place.open("rb") as stream:
        return Translations(GNUTranslations(stream), language)
