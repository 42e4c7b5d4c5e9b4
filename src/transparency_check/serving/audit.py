"""Who did what and when, in a file that lines are only added to. No token, key or free text stands in it."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

from ..errors import UsageError
from ..messages import system, text


class Audit:
    """``path`` None: nothing is kept."""

    def __init__(self, path: Path | None, now: Callable[[], dt.datetime]) -> None:
        """Raises ``UsageError`` for a file that cannot be written to."""
        self._path, self._now = path, now
        self._lock = threading.Lock()
        if path is not None:
            try:
                self._append(b"")
            except OSError as error:
                reason = system.reason(error)
                raise UsageError(text("serve.error.audit", path=path.as_posix(), reason=reason)) from None

    def note(self, what: str, who: str, client: str, **more: object) -> None:
        """Add a line."""
        if self._path is None:
            return
        line = {
            "at": self._now().isoformat(timespec="seconds"),
            "what": what,
            "who": who,
            "client": client,
            **more,
        }
        with self._lock:
            self._append(json.dumps(line, ensure_ascii=True).encode() + b"\n")

    def _append(self, data: bytes) -> None:
        assert self._path is not None
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, data)
        finally:
            os.close(handle)
