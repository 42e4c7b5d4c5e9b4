"""Where the program begins: ``python -m transparency_check``, and the script that is installed."""

from __future__ import annotations

import os
import sys

# report.EXIT_INTERRUPTED, which costs something to load.
_INTERRUPTED = 130


def main() -> None:
    """Run the program, and leave with its exit code."""
    try:
        # Ctrl-C may come while this is loaded.
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        _leave_interrupted()
    except SystemExit as leaving:
        if leaving.code == _INTERRUPTED:
            _leave_interrupted()
        raise


def _leave_interrupted() -> None:
    # By itself, Python may still end as if nobody had met the interruption, with another code.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # Whoever read it was interrupted, too.
            continue
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
