"""Packs compiled to one file each, so that YAML is read only when a source has changed.

A compiled file is three lines of JSON: what it was made from, the pack, and the examples of its duties, which
are most of its bulk and which only tests and pages need. It counts only if its sources, the packs it builds
on, the code that made it and its own text are all as they were; anything else is ignored and made anew. It is
looked for in the package (a wheel brings the bundled packs compiled), then in the user's cache folder.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from transparency_check import __version__
from transparency_check.messages import phrase
from transparency_check.packs.find import Location, bundled_names, locate, package_folder
from transparency_check.packs.merge import rulebook
from transparency_check.packs.model import Example, Pack, Rulebook
from transparency_check.packs.problems import PackError, defect
from transparency_check.packs.sources import Sources, read_sources

FORMAT = "transparency-check/pack/1"
# A pack whose sources change makes a new file each time; so many of one pack are kept.
_KEPT = 4
# So many packs are kept as they were made of a text.
_IN_MEMORY = 16


@dataclass(frozen=True)
class _Want:
    """How packs are loaded: through compiled files or not, with the examples of their duties or without."""

    cache: bool
    examples: bool
    # What was loaded in this run, by folder: packs share the one they build on.
    loaded: dict[Path, _Loaded] = field(default_factory=dict)


@dataclass(frozen=True)
class _Loaded:
    """A pack with those it builds on, the first one first, and the digest of all their sources together."""

    packs: tuple[Pack, ...]
    digest: str


def load_rulebook(references: Sequence[str], *, cache: bool = True, examples: bool = True) -> Rulebook:
    """The rulebook of packs given by name or folder, with all that they build on.

    ``examples=False`` leaves out the examples of the duties, which no judgement needs: a third of the time.

    ``cache=False`` neither reads nor writes compiled packs. Raises PackError with every defect of the first
    pack that has any.
    """
    packs: dict[str, Pack] = {}
    want = _Want(cache, examples)
    for reference in references:
        for pack in _load(locate(reference), want, ()).packs:
            other = packs.setdefault(pack.info.id, pack)
            if other.sha256 != pack.sha256:
                message = phrase(
                    "Two different packs are called `{id}`. Name only one of them.", id=pack.info.id
                )
                raise PackError([defect("duplicate-id", reference, message)])
    return rulebook(list(packs.values()))


def bases_of(reference: str) -> tuple[Pack, ...]:
    """The packs that a pack given by name or folder builds on, the first one first. Raises PackError."""
    location = locate(reference)
    # Imported here: the YAML reader is not needed where a compiled pack is fresh.
    from transparency_check.packs.load import read_info

    info = read_info(read_sources(location.folder, location.shown))
    if info.extends is None:
        return ()
    return _load(_base(info.extends, location), _Want(True, True), (location.folder.resolve(),)).packs


def write_compiled(folder: Path, names: Sequence[str] | None = None) -> list[Path]:
    """Compile bundled packs (default: all) into ``folder``. Returns the files. Raises PackError, OSError."""
    written = []
    for name in names or bundled_names():
        location = locate(name)
        sources = read_sources(location.folder, location.shown)
        loaded = _load(location, _Want(False, True), ())
        base = _base_digest(loaded)
        file = folder / _file_name(location, sources)
        _write(file, _encoded(loaded.packs[-1], sources, base))
        written.append(file)
    return written


def cache_folder() -> Path:
    """The user's folder for compiled packs: below XDG_CACHE_HOME, else where the system keeps caches."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if home and Path(home).is_absolute():
        return Path(home) / "transparency-check" / "packs"
    import platformdirs

    return platformdirs.user_cache_path("transparency-check", appauthor=False) / "packs"


def _load(location: Location, want: _Want, above: tuple[Path, ...]) -> _Loaded:
    """Load the pack and what it builds on. ``above`` are the folders that led here."""
    folder = location.folder.resolve()
    if folder in above:
        message = phrase(
            "The pack builds on itself: {list}. Break the circle.",
            list=" -> ".join(p.name for p in [*above, folder]),
        )
        raise PackError([defect("base", f"{location.shown}/pack.yaml", message)])
    if folder not in want.loaded:
        want.loaded[folder] = _read(location, want, (*above, folder))
    return want.loaded[folder]


def _read(location: Location, want: _Want, above: tuple[Path, ...]) -> _Loaded:
    sources = read_sources(location.folder, location.shown)
    if want.cache:
        for file in _candidates(location, sources):
            loaded = _from_file(file, location, sources, want, above)
            if loaded is not None:
                return loaded
    return _from_sources(location, sources, want, above)


def _from_sources(location: Location, sources: Sources, want: _Want, above: tuple[Path, ...]) -> _Loaded:
    # Imported here: the YAML reader is not needed where a compiled pack is fresh.
    from transparency_check.packs.load import load_pack, read_draft, read_info

    try:
        info = read_info(sources)
    except PackError:
        # Without it no name can be checked, but the shapes of the other files can be told too.
        raise PackError(read_draft(sources).problems) from None
    base = _load(_base(info.extends, location), want, above) if info.extends else None
    pack = load_pack(sources, base.packs if base else ())
    if want.cache:
        with contextlib.suppress(OSError):
            file = cache_folder() / _file_name(location, sources)
            _write(file, _encoded(pack, sources, base.digest if base else None))
            _prune(file, location)
    if not want.examples:
        bare = [duty.model_copy(update={"examples": []}) for duty in pack.duties]
        pack = pack.model_copy(update={"duties": bare})
    return _joined(base, pack, sources)


def _base(name: str, location: Location) -> Location:
    try:
        return locate(name, beside=location.folder)
    except PackError as error:
        reason = error.problems[0].message
        place = f"{location.shown}/pack.yaml"
        raise PackError(
            [defect("base", place, f"`extends: {name}`: {reason[0].lower()}{reason[1:]}")]
        ) from None


def _joined(base: _Loaded | None, pack: Pack, sources: Sources) -> _Loaded:
    if base is None:
        return _Loaded((pack,), sources.sha256)
    return _Loaded((*base.packs, pack), _digest(base.digest, sources.sha256))


def _base_digest(loaded: _Loaded) -> str | None:
    digest: str | None = None
    for pack in loaded.packs[:-1]:
        digest = pack.sha256 if digest is None else _digest(digest, pack.sha256)
    return digest


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def _code_digest() -> str:
    """The version of the tool and of the code that reads, checks and shapes packs, the models included."""
    code = hashlib.sha256(__version__.encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.name.encode())
        code.update(file.read_bytes())
    return code.hexdigest()


def _key(sources: Sources) -> str:
    return _digest(FORMAT, _code_digest(), sources.sha256)


def _file_name(location: Location, sources: Sources) -> str:
    return f"{location.folder.resolve().name}-{_key(sources)}.json"


def _candidates(location: Location, sources: Sources) -> list[Path]:
    name = _file_name(location, sources)
    return [package_folder() / "compiled" / name, cache_folder() / name]


def _encoded(pack: Pack, sources: Sources, base: str | None) -> bytes:
    # Only what a file states: a record then still knows what it left out, whichever way it was loaded.
    whole = pack.model_dump(mode="json", by_alias=True, exclude_unset=True)
    examples = [duty.pop("examples", []) for duty in whole["duties"]]
    parts = [orjson.dumps(whole), orjson.dumps(examples)]
    head = {
        "format": FORMAT,
        "key": _key(sources),
        "extends": pack.info.extends,
        "base": base,
        "sha256": [hashlib.sha256(part).hexdigest() for part in parts],
    }
    return b"".join(line + b"\n" for line in (orjson.dumps(head), *parts))


def _from_file(
    file: Path, location: Location, sources: Sources, want: _Want, above: tuple[Path, ...]
) -> _Loaded | None:
    """The pack from a compiled file, or None where that is absent, stale, damaged or of another format."""
    try:
        head, *parts = file.read_bytes().removesuffix(b"\n").split(b"\n")
        made_from = orjson.loads(head)
    except (OSError, orjson.JSONDecodeError):
        return None
    if (
        not isinstance(made_from, dict)
        or made_from.get("format") != FORMAT
        or made_from.get("key") != _key(sources)
        or made_from.get("sha256") != [hashlib.sha256(part).hexdigest() for part in parts]
        or len(parts) != 2
    ):
        return None
    base: _Loaded | None = None
    if made_from.get("extends"):
        base = _load(_base(str(made_from["extends"]), location), want, above)
    if made_from.get("base") != (base.digest if base else None):
        return None
    try:
        pack = _shaped(parts[0], parts[1] if want.examples else None)
    except ValidationError:
        return None
    return _joined(base, pack, sources) if pack.sha256 == sources.sha256 else None


# A program that judges again and again reads the same text each time. Nothing changes a pack once it is made.
@functools.lru_cache(_IN_MEMORY)
def _shaped(whole: bytes, examples: bytes | None) -> Pack:
    pack = Pack.model_validate_json(whole)
    return pack if examples is None else _with_examples(pack, examples)


def _with_examples(pack: Pack, part: bytes) -> Pack:
    examples = TypeAdapter(list[list[Example]]).validate_json(part)
    whole = [
        d.model_copy(update={"examples": e}) if e else d for d, e in zip(pack.duties, examples, strict=True)
    ]
    return pack.model_copy(update={"duties": whole})


def _write(file: Path, content: bytes) -> None:
    """Write the whole file or nothing: beside it first, then in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _prune(file: Path, location: Location) -> None:
    name = location.folder.resolve().name
    others = [p for p in file.parent.glob(f"{name}-*.json") if len(p.stem) == len(name) + 65 and p != file]
    for old in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        old.unlink(missing_ok=True)


def main(arguments: Sequence[str]) -> int:
    """``python -m transparency_check.packs.compile FOLDER``: compile the bundled packs, for a wheel."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m transparency_check.packs.compile FOLDER\n")
        return 2
    try:
        for file in write_compiled(Path(arguments[0])):
            sys.stdout.write(f"{file}\n")
    except PackError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
