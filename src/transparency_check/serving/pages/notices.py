"""What must be said above every page that shows the record: that it is not the newest, or not whole."""

from __future__ import annotations

from ...messages import text
from ...pages.blocks import Line, Notice
from ..frame import ABOUT, Served


def notices(frame: Served) -> tuple[Notice, ...]:
    """Those that apply, the gravest first."""
    assert frame.seen is not None
    said = []
    if frame.seen.failure is not None:
        failure = text("serve.notice.failed", why=frame.seen.failure)
        said.append(Notice((Line(failure), Line(frame.rests_on(), tone="quiet")), "violated"))
    elif frame.seen.behind:
        said.append(Notice((Line(text("serve.notice.behind", rests=frame.rests_on())),)))
    report = frame.record.report
    lines = []
    if errors := sum(p.severity == "error" for p in report.problems):
        lines.append(Line(text("site.problems.error", n=errors)))
    if report.rule_errors:
        rules = ", ".join(sorted({e.rule or e.plugin for e in report.rule_errors}))
        lines.append(Line(text("site.rule_errors", rules=rules)))
    if lines:
        lines.append(Line(text("serve.notice.problems"), f"{frame.href(ABOUT)}#problems"))
        said.append(Notice(tuple(lines), "undetermined"))
    return tuple(said)
