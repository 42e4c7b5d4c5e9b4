"""The language of a workbook and of what is proposed about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..messages import text
from ..messages.cyrillic import cyrillic
from ..messages.sheets_sq import TEXTS as ALBANIAN
from ..messages.sheets_sr import TEXTS as SERBIAN

if TYPE_CHECKING:
    from ..columns import Column
    from ..packs.model import Text

_TRANSLATED = {"sq": ALBANIAN, "sr": SERBIAN}


class Language(NamedTuple):
    """A language of ``LANGUAGES``."""

    tag: str = "en"

    def text(self, code: str, /, **values: object) -> str:
        """A text of the catalogue, in English where it is not translated."""
        translated = _TRANSLATED.get(self.tag[:2], {}).get(code)
        if translated is None:
            return text(code, **values)
        return self.scripted(translated).format(**values)

    def title(self, titles: Text | Column) -> str:
        """A title of the vocabulary or of a column."""
        return self.scripted(getattr(titles, self.tag[:2], None) or titles.en)

    def scripted(self, serbian: str) -> str:
        """What stands in Serbian in Latin script, in that of the language."""
        return cyrillic(serbian) if self.tag == "sr-Cyrl" else serbian
