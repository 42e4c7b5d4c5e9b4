"""Encodings, ends of lines and files, in every format that is text."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

from bad_input.entry import HEADERS, SEEN, Bad, Told, record, row

ALL = ("e1", "e2", "e3")
LETTERS = "Klinë, çështje, Peć"


def _log(reader: str, text: str = LETTERS) -> str:
    """Three good records, of which the second holds a text."""
    if reader == "csv":
        return HEADERS + "\n".join((row("e1"), row("e2").replace("salla", f'"{text}"'), row("e3"))) + "\n"
    rows = (record("e1"), record("e2", place=text), record("e3"))
    return "\n".join(rows) + "\n" if reader == "jsonl" else "[" + ",\n".join(rows) + "]"


def _bytes(reader: str, put: bytes) -> bytes:
    """The log with bytes in the middle of the text of its second record."""
    return _log(reader, "x@y").encode().replace(b"@", put)


UTF16 = (Told("", "json_utf16", "is UTF-16, as its first two bytes say"),)
NUL = "there is a NUL byte: the file is damaged, or is UTF-16 without its mark."
ASSUMED = Told("", "encoding_assumed", "it was read as Windows-1250")
# In a document, the end of the file is the end of its last record.
AFTER = "this is not JSON at character 1"


def _whole(reader: str, codec: str, mark: bytes, told: tuple[Told, ...], **seen: object) -> Bad:
    marks = "without mark" if not mark else "marked" if len(mark) < 4 else "marked twice"
    name = f"{codec}, {marks}"
    return Bad(name, reader, mark + _log(reader).encode(codec), told, **seen)  # type: ignore[arg-type]


def _nul(*places: str) -> tuple[Told, ...]:
    return tuple(Told(place, "nul_byte", NUL) for place in places)


ENTRIES = [
    # -- UTF-16: JSON is UTF-8 by its standard; spreadsheet programs write tables in both.
    *(
        _whole(reader, codec, mark, UTF16, unread=({},))
        for reader in ("jsonl", "json")
        for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"))
    ),
    _whole("csv", "utf-16-le", b"\xff\xfe", (), read=ALL),
    _whole("csv", "utf-16-be", b"\xfe\xff", (), read=ALL),
    _whole("jsonl", "utf-16-le", b"", _nul("1", "2", "3", "4"), unread=({},) * 4),
    _whole("jsonl", "utf-16-be", b"", _nul("1", "2", "3"), unread=({},) * 3),
    *(_whole("json", codec, b"", _nul("1"), unread=({},)) for codec in ("utf-16-le", "utf-16-be")),
    *(_whole("csv", codec, b"", _nul(""), unread=({},)) for codec in ("utf-16-le", "utf-16-be")),
    # -- Windows-1250: a table is read and it is said; JSON is not.
    _whole("csv", "cp1250", b"", (ASSUMED,), read=ALL),
    _whole(
        "jsonl", "cp1250", b"", (Told("2", "not_utf8", "byte 113 of it is 0xeb"),), read=("e1", "e3"), unread=(SEEN,)
    ),
    _whole("json", "cp1250", b"", (Told("2", "not_utf8", "byte 113 of it is 0xeb"),), unread=({},)),
    # -- the mark of UTF-8
    *(_whole(reader, "utf-8", b"\xef\xbb\xbf", (), read=ALL) for reader in ("jsonl", "json", "csv")),
    _whole(
        "jsonl", "utf-8", b"\xef\xbb\xbf" * 2, (Told("1", "json_syntax", AFTER),), read=("e2", "e3"), unread=(SEEN,)
    ),
    _whole("json", "utf-8", b"\xef\xbb\xbf" * 2, (Told("1", "json_stops", AFTER),), unread=({},)),
    # -- bytes that are no UTF-8: too long a form, half of a pair, beyond Unicode, cut off
    *(
        Bad(f"bytes {put.hex()}", "jsonl", _bytes("jsonl", put),
            (Told("2", "not_utf8", f"is 0x{put[at]:02x}"),), ("e1", "e3"), (SEEN,))
        for put, at in ((b"\xc0\xaf", 0), (b"\xed\xa0\x80", 0), (b"\xf4\x90\x80\x80", 0), (b"\xe2\x80", 0), (b"\x80", 0))
    ),
    Bad("bytes c0af", "json", _bytes("json", b"\xc0\xaf"), (Told("2", "not_utf8", "0xc0"),), (), ({},)),
    Bad("one bad byte in UTF-8", "csv", _bytes("csv", "ëëëëëëëë".encode() + b"\xff"),
        (Told("3", "csv_not_utf8", "the row holds bytes that are not UTF-8"),), ("e1", "e3"),
        ({k: v for k, v in SEEN.items() if k != "case"},)),
    Bad("bytes of no encoding", "csv", _bytes("csv", b"\x81\x98"),
        (Told("", "encoding_unknown", "text in no encoding that is known"),), (), ({},)),
    # -- ends of lines
    *(
        Bad(f"lines end with {name}", reader, _log(reader).replace("\n", end).encode(), (), ALL)
        for name, end in (("CR LF", "\r\n"), ("LF LF", "\n\n"), ("LF CR", "\n\r"))
        for reader in ("jsonl", "json", "csv")
    ),
    *(Bad("lines end with CR", reader, _log(reader).replace("\n", "\r").encode(), (), ALL) for reader in ("json", "csv")),
    Bad("lines end with CR", "jsonl", _log("jsonl").replace("\n", "\r").encode(),
        (Told("1", "json_extra", "something follows the end of the record, at character"),), (), (SEEN,)),
    Bad("one line ends with CR", "jsonl", _log("jsonl").replace("\n", "\r", 1).encode(),
        (Told("1", "json_extra", "Write one record on each line"),), ("e3",), (SEEN,)),
    Bad("lines end in three ways", "csv", _log("csv").replace("\n", "\r\n", 1).replace("e1", "e1", 1)
        .replace("\ne3", "\re3").encode(), (), ALL),
    *(Bad("no end of the last line", reader, _log(reader).rstrip("\n").encode(), (), ALL)
      for reader in ("jsonl", "json", "csv")),
    # -- separators that are none here: they shift no line number
    *(
        Bad(f"U+{ord(character):04X} inside a text", reader,
            _log(reader, f"a{character}b").replace("2026-11-02", "2026-02-30").replace("2026-02-30", "2026-11-02", 2)
            .encode(), (Told(str(line), "bad_time", "there is no such day"),), ("e1", "e2"), ({**SEEN, "time": None},))
        for character in "\u2028\u2029\u0085"
        for reader, line in (("jsonl", 3), ("json", 3), ("csv", 4))
    ),
    # -- NUL
    Bad("NUL", "jsonl", _bytes("jsonl", b"\0"), _nul("2"), ("e1", "e3"), (SEEN,)),
    Bad("NUL", "json", _bytes("json", b"\0"), _nul("2"), (), ({},)),
    Bad("NUL", "csv", _bytes("csv", b"\0"), _nul("3"), ("e1", "e3"), ({},)),
    Bad("a file of NULs", "jsonl", bytes(5000), _nul("1"), (), ({},)),
    Bad("a file of NULs", "json", bytes(5000), _nul("1"), (), ({},)),
    Bad("a file of NULs", "csv", bytes(5000), _nul(""), (), ({},)),
    Bad("NULs behind the last line", "jsonl", _log("jsonl").encode() + bytes(100), _nul("4"), ALL, ({},)),
    # -- the mark of the end of a file of old
    Bad("U+001A at the end", "jsonl", _log("jsonl").encode() + b"\x1a", (Told("4", "json_syntax", AFTER),), ALL, ({},)),
    Bad("U+001A at the end", "json", _log("json").encode() + b"\x1a",
        (Told("3", "json_stops", "something follows the end of the log"),), ALL, ({},)),
    Bad("U+001A at the end", "csv", _log("csv").encode() + b"\x1a",
        (Told("5", "csv_ragged", "the row has 1 cells and the headers are 6"),), ALL, ({},)),
    # -- files that are something else
    *(
        Bad(f"nothing but {name}", reader, data, (Told("", "no_rows", "holds no rows"),))
        for name, data in (("a mark", b"\xef\xbb\xbf"), ("blanks", b" \n\t\r\n "), ("nothing", b""))
        for reader in ("jsonl", "json", "csv")
    ),
    *(
        Bad("a web page", reader, b"<!DOCTYPE html><html><body>Login</body></html>\n", (told,), (), ({},))
        for reader, told in (
            ("jsonl", Told("1", "json_syntax", "expecting value")), ("json", Told("1", "json_stops", "expecting value")),
            ("csv", Told("", "no_header", "Found: “<!DOCTYPE html><html><body>Log...”")),
        )
    ),
]  # fmt: skip
