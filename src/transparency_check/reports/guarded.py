"""A reporter from outside: what it writes reaches its place only when all of it has been written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Any, BinaryIO, TextIO, cast

from ..diverted import diverted
from ..errors import PluginError
from ..hookspecs import Reporter
from ..messages import phrase
from ..model import Report, RuleError
from ..plugins import said

# Characters that are kept in memory; a longer report waits in a temporary file.
_IN_MEMORY = 1 << 24


class GuardedReporter:
    """A reporter whose failure is named, is noted in ``errors``, and leaves nothing half written.

    What it writes is kept aside, so that a failure of its own is told from one of the place written to.
    """

    def __init__(self, reporter: Reporter, plugin: str, errors: list[RuleError]) -> None:
        self.name, self.suffixes = reporter.name, reporter.suffixes
        # What writes bytes below the stream (needs.py has what else a reporter may say of itself).
        self.binary = bool(getattr(reporter, "binary", False))
        self._reporter, self._plugin, self._errors = reporter, plugin, errors

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report. Raises ``PluginError`` where the reporter fails, ``OSError`` where the stream
        does.
        """
        with (
            tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside,
            TextIOWrapper(cast(BinaryIO, aside), "utf-8", "surrogatepass", newline="") as kept,
        ):
            try:
                with diverted() as printed:
                    self._reporter.write(report, kept, options)
                kept.seek(0)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                raise self._failed(said(error)) from error
            if printed.message is not None:
                raise self._failed(printed.message)
            if self.binary:
                stream.flush()
                shutil.copyfileobj(kept.buffer, stream.buffer)
            else:
                shutil.copyfileobj(kept, stream)

    def _failed(self, why: str) -> PluginError:
        self._errors.append(RuleError(self._plugin, self.name, why))
        return PluginError(
            phrase(
                "The reporter {name} of the plugin {plugin} failed: {why}.",
                name=self.name,
                plugin=self._plugin,
                why=why,
            ),
            phrase("Report this to whoever made it, and choose another --format."),
        )
