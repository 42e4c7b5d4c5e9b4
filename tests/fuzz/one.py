"""One target fuzzed with atheris: ``python -m fuzz.one TARGET SECONDS FOLDER`` (from the folder tests).

In ``FOLDER`` come ``stats.json`` (written anew every second, as libFuzzer ends the process without asking),
the corpus as it grows, and each input that is a finding: an exception, once for each place that raised it,
or more than ``SLOW`` seconds of processor time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import atheris

# Instrumented so that atheris sees which lines an input reaches. Compiled libraries cannot be.
with atheris.instrument_imports(
    include=["transparency_check", "ruamel.yaml"], exclude=["transparency_check.engine"]
):
    from fuzz.campaign import SLOW
    from fuzz.targets import Target, begin_the_database_once, read_unchanged_once, targets

# Longer inputs find nothing new and are slow; twice the largest of the corpus where that is more.
_LARGEST = 2_000
# Of all changes, so many are blind ones of libFuzzer.
_BLIND = 0.2


class Watch:
    """Counts executions, keeps the slowest and the findings."""

    def __init__(self, target: Target, folder: Path, last: int = 0) -> None:
        self.target, self.last = target, last
        self.folder = folder
        self.began = self.written = time.monotonic()
        self.executions = self.exceptions = 0
        self.slowest = 0.0
        self.findings: dict[str, dict[str, Any]] = {}

    def once(self, data: bytes) -> None:
        """Execute one input."""
        before = time.process_time()
        try:
            self.target.run(data)
        except Exception as error:
            self.exceptions += 1
            self._raised(data, error)
        spent = time.process_time() - before
        if spent > SLOW:
            # What is loaded or remembered on the way is no fault of the input.
            spent = min(spent, self._again(data))
        self.executions += 1
        self.slowest = max(self.slowest, spent)
        if spent > SLOW:
            self._keep("slow", data, f"{spent:.1f} s of processor time")
        if self.executions == self.last or time.monotonic() - self.written > 1:
            self.write()

    def write(self) -> None:
        """The figures so far."""
        self.written = time.monotonic()
        found = {
            "target": self.target.name,
            "seconds": round(self.written - self.began, 1),
            "executions": self.executions,
            "exceptions": self.exceptions,
            "slowest_seconds": round(self.slowest, 4),
            "findings": list(self.findings.values()),
        }
        beside = self.folder / "stats.new"
        beside.write_text(json.dumps(found), encoding="utf-8")
        beside.replace(self.folder / "stats.json")

    def _again(self, data: bytes) -> float:
        before = time.process_time()
        with suppress(Exception):
            self.target.run(data)
        return time.process_time() - before

    def _raised(self, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        where = next((f for f in reversed(frames) if "transparency_check" in f.filename), frames[-1])
        place = f"{Path(where.filename).name}:{where.lineno} {type(error).__name__}"
        self._keep(place, data, "".join(traceback.format_exception(error))[-3000:])

    def _keep(self, key: str, data: bytes, what: str) -> None:
        """Note a finding; of several with one key the shortest."""
        known = self.findings.get(key)
        if known is not None and known["size"] <= len(data):
            return
        name = f"finding-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
        (self.folder / name).write_bytes(data)
        self.findings[key] = {"key": key, "file": name, "size": len(data), "what": what}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("seconds", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--executions", type=int, default=0, help="end after so many")
    asked = parser.parse_args()
    target = next(t for t in targets() if t.name == asked.target)
    grown = asked.folder / "corpus"
    grown.mkdir(parents=True, exist_ok=True)
    read_unchanged_once()
    begin_the_database_once()
    watch = Watch(target, asked.folder, asked.executions)

    def mutator(data: bytes, largest: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if target.mutate is None or rng.random() < _BLIND:
            return bytes(atheris.Mutate(data, largest))
        for _ in range(rng.choice((1, 1, 2, 4))):
            data = target.mutate(data, rng)
        return data[:largest]

    largest = max([_LARGEST, *(2 * path.stat().st_size for path in target.inputs())])
    options = [
        f"-max_total_time={asked.seconds}", f"-max_len={largest}", f"-seed={asked.seed}", "-len_control=0",
        "-timeout=300", "-rss_limit_mb=3000", f"-artifact_prefix={asked.folder}/stopped-", "-verbosity=0",
        str(grown), str(target.corpus),
    ]  # fmt: skip
    if asked.executions:
        options.insert(0, f"-runs={asked.executions}")
    atheris.Setup([sys.argv[0], *options], watch.once, custom_mutator=mutator)
    watch.write()
    atheris.Fuzz()


if __name__ == "__main__":
    main()
