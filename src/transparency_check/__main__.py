"""Where the program begins, ``python -m transparency_check`` and the script that is installed, and where it
ends.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading

# report.EXIT_INTERRUPTED, which costs something to load.
_INTERRUPTED = 130


def main() -> None:
    """Run the program, and leave with its exit code."""
    try:
        # Ctrl-C may come while these are loaded.
        from .garbage import until_the_end

        until_the_end()
        from .cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        _leave_interrupted()
    except SystemExit as leaving:
        if leaving.code == _INTERRUPTED:
            _leave_interrupted()
        if isinstance(leaving.code, int) and threading.active_count() == 1:
            _leave(leaving.code)
        raise


def _leave(code: int) -> None:
    """End with all that Python does at its end but one: to take a hundred thousand records apart, only for
    the system to take the memory back, is felt on large logs. Where not all can be written, this returns, and
    it is for Python to say so.
    """
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(code)


def _leave_interrupted() -> None:
    # By itself, Python may still end as if nobody had met the interruption, with another code.
    if (begun := sys.modules.get("transparency_check.database.begun")) is not None:
        begun.tidy()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # Whoever read it was interrupted, too.
            continue
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
