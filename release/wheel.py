"""What is uploaded: built twice, the same bytes, and nothing in it that does not belong there."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

from .step import Failed
from .workbench import Workbench

_NEEDED = ("transparency_check/py.typed", "/compiled/", "/rules/kosovo/pack.yaml", "/schemas/report.json")
# Each build: its folder, zone, mask of files and hash seed.
_BUILDS = (("first", "UTC", 0o022, "0"), ("second-one", "Asia/Kathmandu", 0o077, "7"))
_OUT_OF_PLACE = ("tests/", "bench/", "release/", ".pyc", ".yaml~")


def built(bench: Workbench) -> str:
    """Two builds of the commit, in two folders, zones, hours, masks and hash seeds."""
    python = bench.environment(Path(sys.executable), "build", "build", "twine")
    commit, stamp = bench.run("git", "log", "-1", "--format=%H %ct", cwd=bench.root).split()
    seen: list[dict[str, str]] = []
    for name, zone, mask, seed in _BUILDS:
        checkout, dist = bench.folder / name / "checkout", bench.folder / name / "dist"
        shutil.rmtree(bench.folder / name, ignore_errors=True)
        before = os.umask(mask)
        try:
            bench.run("git", "clone", "-q", bench.root, checkout)
            bench.run("git", "checkout", "-q", "--detach", commit, cwd=checkout)
            bench.run(
                python, "-m", "build", "--outdir", dist, checkout,
                SOURCE_DATE_EPOCH=stamp, TZ=zone, PYTHONHASHSEED=seed,
            )  # fmt: skip
        finally:
            os.umask(before)
        files = sorted(dist.iterdir())
        seen.append({file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files})
    differ = [name for name, digest in seen[0].items() if seen[1].get(name) != digest]
    if differ or seen[0].keys() != seen[1].keys():
        raise Failed(f"two builds differ: {', '.join(differ) or 'their files'}")
    made = sorted((bench.folder / "first/dist").iterdir())
    bench.run(python, "-m", "twine", "check", "--strict", *made)
    for file in made:
        shutil.copy(file, bench.folder)
    bench.wheels[:] = [bench.folder / file.name for file in made if file.suffix == ".whl"]
    return "; ".join(f"{name}: SHA-256 {digest}" for name, digest in seen[0].items())


def contents(bench: Workbench) -> str:
    """Packs as text and compiled, schemas, types and licence are in the wheel; no tests, no leftovers."""
    with zipfile.ZipFile(bench.wheel) as wheel:
        names = wheel.namelist()
    needed = (*_NEEDED, f"transparency_check-{bench.version}.dist-info/licenses/LICENSE")
    if missing := [part for part in needed if not any(part in name for name in names)]:
        raise Failed(f"missing: {', '.join(missing)}")
    if strange := [n for n in names if any(n.startswith(p) or n.endswith(p) for p in _OUT_OF_PLACE)]:
        raise Failed(f"out of place: {', '.join(strange[:5])}")
    return f"{len(names)} files, {bench.wheel.stat().st_size / 1e6:.1f} MB"
