"""Who did what and when, in a file that lines are only added to. No token, key or free text stands in it."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..harmless import plain
from ..messages import system, text
from ..terminal import tell

# What the end of a file is read from, in bytes, to show its last lines.
_END = 2**18
REFUSED = "refused"


class Audit:
    """``path`` None: nothing is kept."""

    # Refusals of one minute that are noted one by one; others are counted. Who may not come in could fill
    # the disk otherwise.
    REFUSALS, SECONDS = 120, 60.0

    def __init__(
        self,
        path: Path | None,
        now: Callable[[], dt.datetime],
        seconds: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """``seconds`` is a clock that only goes forward. Raises ``UsageError`` for a file that cannot be
        written to.
        """
        self.path, self._now, self._seconds = path, now, seconds
        self._lock = threading.Lock()
        self._since, self._refusals = 0.0, 0
        if path is not None:
            try:
                self._append(b"")
            except OSError as error:
                reason = system.reason(error)
                raise UsageError(text("serve.error.audit", path=path.as_posix(), reason=reason)) from None

    def note(self, what: str, who: str, client: str, **more: object) -> None:
        """Add a line. Where that cannot be done, whoever runs the server is told: what was done is done."""
        if self.path is None:
            return
        with self._lock:
            lines = self._counted(what)
            if self._refusals <= self.REFUSALS or not what.startswith(REFUSED):
                lines.append({"what": what, "who": who, "client": client, **more})
            at = self._now().isoformat(timespec="seconds")
            data = b"".join(
                json.dumps({"at": at, **line}, ensure_ascii=True).encode() + b"\n" for line in lines
            )
            try:
                self._append(data)
            except OSError as error:
                reason = system.reason(error)
                said = text("serve.error.audit", path=self.path.as_posix(), reason=reason)
                tell(plain(said), aside=True)

    def _counted(self, what: str) -> list[dict[str, object]]:
        """Count a refusal; what is to be said of those of an earlier minute that were only counted."""
        said: list[dict[str, object]] = []
        if self._seconds() - self._since >= self.SECONDS:
            if (more := self._refusals - self.REFUSALS) > 0:
                said = [{"what": "refused: more", "who": "", "client": "", "number": more}]
            self._since, self._refusals = self._seconds(), 0
        self._refusals += what.startswith(REFUSED)
        return said

    def last(self, most: int) -> list[dict[str, Any]]:
        """The last lines, the newest first. Raises ``UsageError`` where they cannot be read."""
        if self.path is None:
            return []
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _END))
                read = file.read(_END).split(b"\n")
        except OSError as error:
            reason = system.reason(error)
            raise UsageError(text("serve.error.audit.read", path=self.path.name, reason=reason)) from None
        # The first may have lost its beginning.
        whole = read[1:] if size > _END else read
        found = []
        for line in reversed(whole):
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                found.append(value)
            if len(found) == most:
                break
        return found

    def _append(self, data: bytes) -> None:
        assert self.path is not None
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, data)
        finally:
            os.close(handle)
