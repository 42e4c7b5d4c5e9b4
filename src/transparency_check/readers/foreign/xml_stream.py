"""XML read as it comes, in parts of any size, and never more of it than is asked for: no document type, so no
entities of its own and nothing that is fetched; no depth and no element without end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn
from xml.parsers import expat

from ...messages import phrase
from ...messages.problems import problem
from ...model import Problem
from ..base import Input, Row

MAX_DEPTH = 100
# Bytes of one tag with all that stands in it, or of one comment.
MAX_TOKEN = 4_000_000
# What is made of one part at a time is so little that it is gone before it is looked for as garbage.
BLOCK = 1 << 16


class XmlStops(Exception):
    """Why reading ends, and at which line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why, self.line = why, line


class OtherFormat(Exception):
    """It is XML, and something else than was expected."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class XmlStream:
    """A parser that is fed. ``begins`` gets the name of an element without its prefix, and its attributes."""

    def __init__(
        self,
        begins: Callable[[str, Mapping[str, str]], None],
        ends: Callable[[], None],
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._begins, self._ends = begins, ends
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        if text is not None:
            parser.CharacterDataHandler = text
        parser.XmlDeclHandler = self._declared
        self.encoding: str | None = None
        # Lines that were not fed.
        self.skipped = 0
        self._depth = 0
        self._fed = 0

    @property
    def line(self) -> int:
        """The line of what is being read."""
        return self._parser.CurrentLineNumber + self.skipped

    def probe(self, reached: Callable[[], None]) -> bytes:
        """An instruction that means nothing; ``reached`` is called when it is read as one. It is not where it
        stands in a comment or in marked text.
        """

        def found(target: str, _: str) -> None:
            if target == _PROBE:
                reached()

        self._parser.ProcessingInstructionHandler = found
        return f"<?{_PROBE}?>".encode()

    def feed(self, data: bytes, last: bool = False) -> None:
        """The next bytes. Raises ``XmlStops``, and what the callbacks raise."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise XmlStops(expat.ErrorString(error.code) or "", error.lineno + self.skipped) from None
        except (ValueError, LookupError) as error:
            # An encoding that is not known, or bytes that are none of it.
            self.stop(" ".join(str(error).split()), error)
        self._fed += len(data)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > MAX_TOKEN:
            self.stop(phrase("an element is longer than {limit}", limit="4 MB"))

    def stop(self, why: str, cause: BaseException | None = None) -> NoReturn:
        """End reading here."""
        raise XmlStops(why, self.line) from cause

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        self.encoding = encoding

    def _doctype(self, *_: object) -> NoReturn:
        self.stop(
            phrase(
                "it declares a document type, as no log does; such a declaration can read other files, or "
                "make much of little"
            )
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.stop(phrase("elements are nested more than {limit} deep", limit=MAX_DEPTH))
        self._begins(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _end(self, _: str) -> None:
        self._depth -= 1
        self._ends()


_PROBE = "transparency-check"


def blocks(source: Input) -> Iterator[bytes]:
    """The bytes of an input in parts."""
    stream = source.open()
    while block := stream.read(BLOCK):
        yield block


def ended(source: Input, form: str, end: XmlStops | OtherFormat) -> Iterator[Row | Problem]:
    """What is told where reading ended, and the row that stands for all that was not read."""
    if isinstance(end, OtherFormat):
        yield problem("file_unreadable", source.name, name=source.name, format=form, why=end.why)
        yield Row(source.name, {}, True)
        return
    place = f"{source.name}:{end.line}"
    yield problem("xml_stops", place, why=end.why)
    yield Row(place, {}, True)
