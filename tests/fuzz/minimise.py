"""What a campaign kept, cut down to what is worth keeping: ``python -m fuzz.minimise ../build/fuzz`` (from
the folder tests).

An input is added to the corpus of its target where it takes a step from line to line that no smaller one
takes. Findings that have been repaired are added by hand, under a name that says what they are.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import transparency_check

from .targets import Target, targets

_PACKAGE = str(Path(transparency_check.__file__).parent)
_LARGEST = 10_000
Steps = set[tuple[CodeType, int, int]]


def steps(target: Target, data: bytes) -> Steps:
    """The steps from line to line inside the program that an input takes."""
    found: Steps = set()
    last: dict[FrameType, int] = {}

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found.add((frame.f_code, last.get(frame, 0), frame.f_lineno))
            last[frame] = frame.f_lineno
        elif event == "return":
            last.pop(frame, None)
        return inside

    def called(frame: FrameType, event: str, argument: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(_PACKAGE) else None

    sys.settrace(called)
    try:
        with suppress(AssertionError):
            target.run(data)
    finally:
        sys.settrace(None)
    return found


def worth_keeping(target: Target, inputs: Iterable[Path], most: int) -> list[bytes]:
    """The inputs that reach what the corpus does not, smallest first."""
    reached: Steps = set()
    for path in target.inputs():
        target.run(path.read_bytes())
        reached |= steps(target, path.read_bytes())
    kept: list[bytes] = []
    for data in sorted({path.read_bytes() for path in inputs}, key=lambda data: (len(data), data)):
        if len(kept) < most and 0 < len(data) <= _LARGEST:
            found = steps(target, data)
            if found - reached:
                reached |= found
                kept.append(data)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept", type=Path, help="the folder --keep of a campaign")
    parser.add_argument("--most", type=int, default=40, help="how many are added to one target")
    asked = parser.parse_args()
    for target in targets():
        for data in worth_keeping(target, (asked.kept / target.name / "corpus").glob("*"), asked.most):
            name = f"found-{hashlib.sha256(data).hexdigest()[:12]}"
            (target.corpus / name).write_bytes(data)
        sys.stdout.write(f"{target.name}: {len(target.inputs())} inputs\n")


if __name__ == "__main__":
    main()
