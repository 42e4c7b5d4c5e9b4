"""Commands of Azure Pipelines, which its agent reads from what a task prints: errors and warnings of a build.

The agent keeps ten of each of a task. It knows no notices: these are plain lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TextIO

from ..harmless import plain
from ..model import Outcome, Report
from .options import ReportOptions
from .remarks import Remark, remarks, summary

MOST = 10
# The agent puts these back, the sign of percent last.
_VALUE = str.maketrans({"%": "%AZP25", ";": "%3B", "\r": "%0D", "\n": "%0A", "]": "%5D"})


class AzureReporter:
    """Errors and warnings with file and line."""

    name = "azure"
    suffixes: tuple[str, ...] = (".azure.txt",)
    most: Mapping[Outcome, int] = {
        "violated": MOST, "late": MOST, "undetermined": MOST, "pending": MOST, "fulfilled": 1,
        "not_applicable": 1,
    }  # fmt: skip

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the commands, and what they leave out."""
        found = remarks(report, ReportOptions.of(options))
        written = Counter[str]()
        for remark in found:
            written[remark.level] += 1
            if written[remark.level] <= MOST:
                stream.write(_line(remark) + "\n")
        stream.writelines(plain(line) + "\n" for line in summary(report, found, MOST))


def _line(remark: Remark) -> str:
    if remark.level == "notice":
        return plain(" ".join((f"{remark.title}:", *remark.said)))
    values: dict[str, str] = {"type": remark.level}
    if remark.spot is not None:
        values["sourcepath"] = remark.spot.path
        if remark.spot.line is not None:
            values["linenumber"] = str(remark.spot.line)
    values["code"] = remark.code
    named = ";".join(f"{key}={plain(value).translate(_VALUE)}" for key, value in values.items())
    said = "\n".join(map(plain, (remark.title, *remark.said))).translate(_VALUE)
    return f"##vso[task.logissue {named}]{said}"
