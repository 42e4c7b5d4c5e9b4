"""Packed text: read as what it unpacks to; what is cut off, damaged or without bound is told."""

from __future__ import annotations

import builtins
import gzip
import hashlib
import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readers.both_ways import ALL
from readers.parquet_files import parquet
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE, codes, read, records
from transparency_check.errors import UsageError
from transparency_check.logs import read_logs
from transparency_check.readers import packing
from transparency_check.readers.packing import ENDINGS, unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd.compress}
LINES = "".join(json.dumps({**GOOD, "id": f"e{n}"}) + "\n" for n in range(300)).encode()
FORMATS = {
    ".jsonl": LINES,
    ".json": b"[" + b",\n".join(LINES.splitlines()) + b"]",
    ".csv": b"id,type,time,municipality\n"
    + b"".join(b"e%d,meeting.held,2026-11-02,kline\n" % n for n in range(300)),
}
# Where a stream is changed; `make both-ways` does so at more places.
PLACES = 400 if ALL else 16
CHECKED = zstd.CompressionParameter.checksum_flag


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def of(name: str, data: bytes, **options: Any) -> Any:
    """The log of one file, read both ways."""
    Path(name).write_bytes(data)
    return read(name, **options)


def test_endings_are_those_that_can_be_unpacked() -> None:
    assert tuple(PACK) == ENDINGS


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_packed_log_is_what_it_unpacks_to(format_: str, ending: str) -> None:
    plain = of(f"log{format_}", FORMATS[format_])
    data = PACK[ending](FORMATS[format_])
    log = of(f"log{format_}{ending}", data)
    assert log.problems == plain.problems == []
    assert log.sources[0].sha256 == hashlib.sha256(data).hexdigest()
    assert [r["place"] for r in records(log)] == [
        r["place"].replace(format_, format_ + ending) for r in records(plain)
    ]
    assert [r["content"] for r in records(log)] == [r["content"] for r in records(plain)]


@pytest.mark.parametrize("ending", PACK)
def test_members_behind_each_other(ending: str) -> None:
    pack = PACK[ending]
    parts = [pack(LINES[:5_000]), pack(b""), pack(LINES[5_000:])]
    assert len(records(of("log.jsonl" + ending, b"".join(parts)))) == 300
    if ending == ".gz":
        assert len(records(of("log.jsonl.gz", b"".join(parts) + bytes(512)))) == 300
    else:
        skipped = b"\x50\x2a\x4d\x18\x04\0\0\0what"
        assert len(records(of("log.jsonl.zst", skipped + skipped.join(parts)))) == 300


@pytest.mark.parametrize("ending", PACK)
def test_where_names_and_bytes_disagree(ending: str) -> None:
    assert len(records(of("log.jsonl", PACK[ending](LINES)))) == 300
    assert len(records(of("log.jsonl" + ending, LINES))) == 300
    assert codes(of("log.jsonl" + ending, b"")) == [("no_rows", "log.jsonl" + ending)]
    stream = io.BytesIO(PACK[ending](LINES))
    log = read_logs(["-"], VOCABULARY, MUNICIPALITIES, ZONE, standard_input=stream)
    assert len(log.records) == 300


def test_a_folder_and_declarations_beside_packed_logs() -> None:
    rows = LINES.replace(b'"municipality": "kline", ', b"")
    for name, sidecar in (("a.jsonl.gz", "a.jsonl.gz"), ("b.jsonl.gz", "b.jsonl"), ("c.jsonl.gz", "c")):
        Path(name).write_bytes(gzip.compress(rows.replace(b'"e', b'"' + name[:1].encode())))
        Path(f"{sidecar}.meta.yaml").write_text("municipality: kline\n", "utf-8")
    log = read(".")
    assert log.problems == []
    assert len(log.records) == 900


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("format_", [".jsonl", ".csv"])
def test_a_stream_that_is_cut_off_gives_its_whole_lines(format_: str, ending: str) -> None:
    name = f"log{format_}{ending}"
    noise = random.Random(1)
    # What does not repeat, so that something comes out of each part.
    rows = [f"{noise.random()}" for _ in range(3_000)]
    if format_ == ".csv":
        text = "id,type,time,municipality,note\n" + "".join(
            f"{r},meeting.held,2026-11-02,kline,{r}\n" for r in rows
        )
    else:
        text = "".join(json.dumps({**GOOD, "id": r, "note": r}) + "\n" for r in rows)
    data = PACK[ending](text.encode())
    found = set()
    for share in (0.3, 0.9, 0.999):
        log = of(name, data[: int(len(data) * share)])
        assert codes(log) == [("packed_cut", name)]
        made = records(log)
        assert [r["id"] for r in made[:-1]] == rows[: len(made) - 1]
        assert made[-1] == {"place": name, "file": name, "readable": False}
        found.add(len(made))
    assert max(found) > 1_000


@pytest.mark.parametrize("ending", PACK)
def test_a_document_that_is_cut_off(ending: str) -> None:
    data = PACK[ending](FORMATS[".json"] + random.Random(1).randbytes(1000).hex().encode())
    log = of("log.json" + ending, data[:-200])
    assert "packed_cut" in [p.code for p in log.problems]
    assert records(log)[-1]["readable"] is False


@pytest.mark.parametrize("ending", PACK)
def test_of_a_stream_with_changed_bytes_nothing_is_used(ending: str) -> None:
    name = "log.jsonl" + ending
    data = zstd.compress(LINES, options={CHECKED: 1}) if ending == ".zst" else gzip.compress(LINES)
    contents = [r["content"] for r in records(of(name, data))]
    told = 0
    for at in range(20, len(data) - 1, max(1, len(data) // PLACES)):
        changed = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        Path(name).write_bytes(changed)
        log = read_logs([name], VOCABULARY, MUNICIPALITIES, ZONE)
        if not log.problems:
            # Some bits say nothing.
            assert [r["content"] for r in records(log)] == contents
            continue
        # A changed byte may also look like an end, or like none.
        assert {p.code for p in log.problems} & {"packed_damaged", "packed_cut", "packed_followed"}, at
        if [p.code for p in log.problems] == ["packed_damaged"]:
            told += 1
            assert [r["readable"] for r in records(log)] == [False]
            assert log.sources[0].events == 0
            fast = read_logs([name], VOCABULARY, MUNICIPALITIES, ZONE, prove_from=0)
            assert (fast.clean, len(fast.records)) == (None, 1)
    assert told > PLACES // 2


def test_something_behind_the_end() -> None:
    log = of("log.jsonl.gz", gzip.compress(LINES) + LINES)
    assert codes(log) == [("packed_followed", "log.jsonl.gz")]
    assert [r["readable"] for r in records(log)].count(True) == 300


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("line", [b"", b"\n"], ids=["no line ends", "line ends"])
def test_what_grows_without_bound_is_not_read(
    monkeypatch: pytest.MonkeyPatch, ending: str, line: bytes
) -> None:
    monkeypatch.setattr(packing, "MAX_BYTES", 3_000_000)
    bomb = PACK[ending](LINES + (b" " * 999 + line) * 60_000)
    assert len(bomb) < 150_000
    log = of("log.jsonl" + ending, bomb)
    assert codes(log) == [("packed_too_large", "log.jsonl" + ending)]
    assert len(log.records) == 1
    stream = unpacked(io.BufferedReader(io.BytesIO(bomb)))
    assert stream is not None
    given = sum(len(part) for part in iter(lambda: stream.read(1 << 16), b""))
    assert given < 35_000_000


def test_a_line_of_which_the_end_is_missing_is_never_given() -> None:
    """Not even one so long that it cannot be held back: then all that was read counts for nothing."""
    row = json.dumps({**GOOD, "id": "long", "note": random.Random(1).randbytes(6_000_000).hex()}).encode()
    data = gzip.compress(LINES + row, 1)
    log = of("log.jsonl.gz", data[:-100])
    assert codes(log) == [("packed_cut", "log.jsonl.gz")]
    assert len(log.records) == 1


def test_zstd_without_a_library_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, *args: Any) -> Any:
        if name in ("backports", "compression"):
            raise ImportError(name)
        return imported(name, *args)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError) as caught:
        of("log.jsonl.zst", zstd.compress(LINES))
    assert "pip install 'transparency-check[zstd]'" in str(caught.value)
    assert caught.value.exit_code == 2


def test_formats_that_are_packed_in_themselves_are_not_unpacked() -> None:
    Path("log.parquet.gz").write_bytes(gzip.compress(parquet()))
    with pytest.raises(UsageError, match=r"the ending \.gz is not that of a log"):
        read("log.parquet.gz")
