"""One input once more, as the program runs: ``python -m fuzz.again TARGET FILE`` (from the folder tests).

Prints the seconds of processor time. What atheris watches takes several times as long as it does for people.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

from fuzz.targets import begin_the_database_once, read_unchanged_once, targets


def main() -> None:
    name, file = sys.argv[1:]
    target = next(t for t in targets() if t.name == name)
    read_unchanged_once()
    begin_the_database_once()
    data = Path(file).read_bytes()
    # What is loaded or remembered on the way is no fault of the input.
    for path in target.inputs()[:1]:
        target.run(path.read_bytes())
    before = time.process_time()
    with suppress(Exception):
        target.run(data)
    print(time.process_time() - before)


if __name__ == "__main__":
    main()
