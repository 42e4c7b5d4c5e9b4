"""Parquet: files that are none, that are cut off, lie, are encrypted, or hold what no log does."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import struct
from functools import cache

from bad_input.entry import SEEN, Bad, Told
from readers.parquet_files import parquet, written

NOTHING: dict[str, object] = {}
# A list of which each element is nothing takes a few bytes, whatever its length.
MANY_ELEMENTS = 30_000_000


def _whole(name: str, data: bytes, code: str, words: str = "") -> Bad:
    """A file of which nothing can be read."""
    return Bad(name, "parquet", data, (Told("", code, words),), (), (NOTHING,))


def _footer(data: bytes, length: int) -> bytes:
    """The file with another length of its description."""
    return data[:-8] + struct.pack("<I", length) + data[-4:]


def _damaged() -> list[Bad]:
    good = parquet()
    plain = parquet({"place": "'salla-' || i"}, options="compression uncompressed")
    size = struct.unpack("<I", good[-8:-4])[0]
    middle = len(good) - size // 2
    return [
        _whole("text with the ending of another format", b'{"id": "e1"}\n', "not_parquet"),
        _whole("cut off", good[:-20], "not_parquet"),
        _whole("its beginning cut off", good[20:], "not_parquet"),
        _whole("nothing but its marks", b"PAR1PAR1", "not_parquet"),
        _whole("its marks and nothing between", b"PAR1\0\0\0\0PAR1", "file_unreadable"),
        _whole("a description longer than the file", _footer(good, 2**31), "file_unreadable"),
        _whole("a description without its beginning", _footer(good, size // 2), "file_unreadable"),
        _whole("a description of noise", good[: middle - 40] + b"\xff" * 80 + good[middle + 40 :], "file_unreadable"),
        _whole("encrypted, its description too", b"PARE" + good[4:-4] + b"PARE", "parquet_encrypted"),
        _whole("without rows' type and time", parquet({"type": None, "time": None}), "no_column", "type (also:"),
        _whole("two columns of one name", parquet({"casf": "'x'"}).replace(b"casf", b"case"), "duplicate_header"),
        _whole("two columns of one meaning", parquet({"Vrsta događaja": "'x'"}), "duplicate_header", "“Vrsta događaja”"),
        Bad("no rows", "parquet", parquet(rows=0), (Told("", "no_rows"),)),
        Bad("a text that is none", "parquet", plain.replace(b"salla-2", b"\xffalla-2", 1),
            (Told("1", "rows_unreadable", "the rows 1 to 3 cannot be read"),), (), (NOTHING,)),
        Bad("pages overwritten", "parquet", plain[:40] + b"\xff" * 60 + plain[100:],
            (Told("1", "rows_unreadable"),), (), (NOTHING,)),
    ]  # fmt: skip


def _values() -> list[Bad]:
    def one(name: str, column: str, bad: str, good: str, code: str, words: str, seen: dict[str, object]) -> Bad:
        data = parquet({column: f"CASE WHEN i = 2 THEN {bad} ELSE {good} END"})
        return Bad(name, "parquet", data, (Told("2", code, words),), ("e1", "e3"), (seen,))

    day = "date '2026-11-02'"
    no_time = {**SEEN, "time": None}
    return [
        one("a date without end", "time", "'infinity'::DATE", day, "bad_time", "infinity", no_time),
        one("a day that is missing", "time", "NULL", day, "missing_time", "", no_time),
        one("a year that no log has", "time", "date '1789-07-14'", day, "bad_time", "1789", no_time),
        one("an hour that did not exist", "time", "timestamp '2026-03-29 02:30'", "timestamp '2026-11-02 10:00'",
            "bad_time", "2026-03-29T02:30", no_time),
        one("an unknown municipality", "municipality", "'nowhere'", "'kline'", "unknown_municipality", "",
            {**SEEN, "municipality": None}),
        one("a row with a text of a megabyte", "place", "repeat('x', 1_000_001)", "'salla'", "row_too_large",
            "1 MB", NOTHING),
        Bad("a number that is none", "parquet",
            parquet({"type": "'submission.received'", "signatures": "CASE i WHEN 2 THEN 'nan'::DOUBLE ELSE 5 END"}),
            (Told("2", "bad_value", "signatures nan cannot be read"),), ("e1", "e2", "e3")),
        Bad("ids that are numbers", "parquet", parquet({"id": "i"}),
            tuple(Told(str(n), "bad_id", f"the id {n} is not text") for n in (1, 2, 3)), (), (SEEN,) * 3),
        Bad("bytes for a text", "parquet", parquet({"place": "'salla'::BLOB"}, rows=1),
            (Told("1", "bad_value", "place salla cannot be read"),), ("e1",)),
        Bad("a list of lists", "parquet", parquet({"participants": "[['mayor']]"}, rows=1),
            (Told("1", "bad_value", "participants [[mayor]]"),), ("e1",)),
        Bad("a list with a gap", "parquet", parquet({"related": "['c2', NULL]"}, rows=1),
            (Told("1", "bad_related"),), ("e1",)),
    ]  # fmt: skip


@cache
def entries() -> list[Bad]:
    return [*_damaged(), *_values()]


@cache
def bombs() -> dict[str, bytes]:
    """Small files that ask for more memory than there is, each by another way."""
    row = "'meeting.held' AS type, date '2026-11-02' AS time"
    return {
        "rows of a few values": written(f"SELECT {row} FROM range(30_000_000)", "compression zstd"),
        "a text that many rows have": written(
            f"SELECT {row}, repeat('x', 200_000) AS note FROM range(4_000)",
            "compression zstd, dictionary_size_limit 10, string_dictionary_page_size_limit 10_000_000",
        ),
        "a list without end": written(
            f"SELECT {row}, list_resize([]::VARCHAR[], {MANY_ELEMENTS}) AS related", "compression zstd"
        ),
    }
