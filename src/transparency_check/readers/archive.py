"""Workbooks as archives: only what was unpacked and found harmless here is handed to the parser.

The parser lays a sheet out in full and cannot be stopped, and a file of a few kilobytes can ask it for more
memory than there is. So the parts are unpacked and counted first (``extent.py``), whatever sizes they
declare. Their XML must be well formed, as the parser waits for ends that do not come, and must declare no
entities.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any
from xml.parsers import expat

from ..messages import phrase
from ..messages.problems import shown
from .extent import Extent, SharedTexts, Sheet, Tables, references
from .formula_errors import as_texts

# Bounds of what is unpacked and laid out: bytes; cells of a sheet, and of one where hardly any holds
# something; characters in cells.
MAX_BYTES = 200_000_000
MAX_CELLS = 20_000_000
MAX_SPARSE = 5_000_000
_SPARSE = 20
MAX_TEXT = 200_000_000
_MAX_MEMBERS = 10_000
# The parser makes room for as many texts as a workbook says that it has.
_MAX_STATED = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_SLICE = 1 << 20
_XML = (".xml", ".rels")
_PLAIN = "mimetype"


class Refused(Exception):
    """A workbook that is not opened: the problem that says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def unreadable(why: str) -> Refused:
    """A workbook that is damaged; ``why`` is a sentence."""
    return Refused("file_unreadable", format=phrase("a spreadsheet"), why=why)


def said(error: BaseException) -> str:
    """What a library says of a damaged file, on one line: it may quote any part of it."""
    text = " ".join(str(error).split()) or type(error).__name__
    return shown(text, 200)[1:-1]


def checked(data: bytes) -> io.BytesIO:
    """The parts of a workbook that its parser needs, as an archive. Raises ``Refused`` for what is no
    archive, is protected or damaged, or would take more memory than can be held.
    """
    if data.startswith(_OLE):
        raise Refused("file_protected")
    if not data.startswith(b"PK"):
        raise Refused("not_zip")
    kept = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive)
            with zipfile.ZipFile(kept, "w") as parts:
                found = _copy(archive, members, parts)
        _limit_shared_texts(found, kept)
    except Refused:
        raise
    except Exception as error:
        # zipfile and the decompressors under it have a dozen ways to say that an archive is damaged.
        raise unreadable(phrase("its archive is damaged ({error}).", error=said(error))) from error
    kept.seek(0)
    return kept


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
        raise Refused("file_too_large", limit="200 MB")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("file_protected")
    # The parser does not tell capitals from small letters either.
    times = Counter(member.filename.casefold() for member in members)
    for member in members:
        if times[member.filename.casefold()] > 1:
            raise unreadable(phrase("its archive holds {filename} twice.", filename=shown(member.filename)))
    return members


def _copy(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], parts: zipfile.ZipFile
) -> list[tuple[str, Extent]]:
    """Unpack all members, and keep those that the parser needs; their extents by name."""
    found: list[tuple[str, Extent]] = []
    left = MAX_BYTES
    for member in members:
        name = member.filename
        xml = _Xml(name) if name.casefold().endswith(_XML) else None
        kept = io.BytesIO()
        with archive.open(member) as stream:
            while part := stream.read(_SLICE):
                left -= len(part)
                if left < 0:
                    raise Refused("file_too_large", limit="200 MB")
                if xml is not None:
                    xml.feed(part)
                if xml is not None or name.casefold() == _PLAIN:
                    kept.write(part)
        if xml is not None:
            xml.feed(b"", last=True)
            found += [(name, xml.extent)] if xml.extent is not None else []
            parts.writestr(name, _with_errors(kept.getvalue(), xml))
        elif name.casefold() == _PLAIN:
            parts.writestr(name, kept.getvalue())
    return found


def _with_errors(part: bytes, xml: _Xml) -> bytes:
    """The part with the errors of formulas as texts."""
    if xml.extent is None or not xml.extent.failed:
        return part
    part, told = as_texts(part)
    if told != xml.extent.failed:
        raise unreadable(
            phrase("{name} in it is written so that errors of formulas are not found.", name=shown(xml.name))
        )
    return part


def _limit_shared_texts(found: list[tuple[str, Extent]], kept: io.BytesIO) -> None:
    """Refuse a workbook whose cells repeat its texts without end."""
    lengths = [length for _, extent in found if isinstance(extent, SharedTexts) for length in extent.lengths]
    longest = max(lengths, default=0)
    sheets = [(name, extent) for name, extent in found if isinstance(extent, Sheet)]
    # Most workbooks are far below; only in others is it counted which cell holds which text.
    if sum(sheet.references for _, sheet in sheets) * longest <= MAX_TEXT:
        return
    with zipfile.ZipFile(kept) as parts:
        times = sum((references(parts.read(name)) for name, _ in sheets), Counter[int]())
    if sum(lengths[text] * n for text, n in times.items() if text < len(lengths)) > MAX_TEXT:
        raise Refused("file_too_large", limit="200 MB")


class _Xml:
    """One part of a workbook as it is read: whether it is XML, and the ``extent`` of what it holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.extent: Extent | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        self._parser.EntityDeclHandler = self._entity

    def feed(self, part: bytes, *, last: bool = False) -> None:
        """The next bytes. Raises ``Refused``."""
        if b"\0" in part:
            raise unreadable(phrase("{name} in it is not UTF-8.", name=shown(self.name)))
        try:
            self._parser.Parse(part, last)
        except expat.ExpatError as error:
            raise unreadable(
                phrase("{name} in it is no XML ({error}).", name=shown(self.name), error=error)
            ) from None
        if self.extent is None:
            return
        cells, held, characters = self.extent.laid_out()
        limit = MAX_CELLS if cells <= held * _SPARSE else MAX_SPARSE
        # How full a sheet is, is known at its end.
        if cells > (limit if last else MAX_CELLS):
            raise Refused("sheet_too_wide", sheet=shown(self.name), cells=cells, limit=limit)
        if characters > MAX_TEXT:
            raise Refused("file_too_large", limit="200 MB")
        if last and isinstance(self.extent, SharedTexts) and self.extent.stated > _MAX_STATED:
            held = len(self.extent.lengths)
            if self.extent.stated > held:
                raise unreadable(
                    phrase(
                        "{name} in it declares {stated} texts and holds {held}.",
                        name=shown(self.name),
                        stated=self.extent.stated,
                        held=held,
                    )
                )

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        """The first element says what the part is."""
        kinds: dict[str, type[Extent]] = {"worksheet": Sheet, "sst": SharedTexts, "document-content": Tables}
        kind = kinds.get(tag.rpartition(":")[2])
        self._parser.StartElementHandler = None
        if kind is not None:
            self.extent = kind(self._parser, attributes)

    def _entity(self, *_: object) -> None:
        raise unreadable(
            phrase(
                "{name} in it declares entities, which no spreadsheet program writes.", name=shown(self.name)
            )
        )
