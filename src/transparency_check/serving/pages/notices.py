"""What must be said above every page that shows the record: that it is not the newest, or not whole."""

from __future__ import annotations

from ...messages import text
from ...pages.blocks import Line, Notice
from ..frame import ABOUT, LEFT_OUT, Served
from ..parts import Watch


def notices(frame: Served) -> tuple[Notice | Watch, ...]:
    """Those that apply, the gravest first. Forms need none of them: nothing on them was judged."""
    assert frame.seen is not None
    said: list[Notice | Watch] = []
    if frame.seen.failure is not None:
        failure = text("serve.notice.failed", why=frame.seen.failure)
        said.append(Notice((Line(failure), Line(frame.rests_on(), tone="quiet")), "violated"))
    elif frame.seen.behind:
        behind = Line(text("serve.notice.behind", rests=frame.rests_on()))
        said.append(Watch((behind,), frame.here(), frame.snapshot.number))
    report = frame.record.report
    wrong = []
    if errors := sum(p.severity == "error" for p in report.problems):
        wrong.append(text("site.problems.error", n=errors))
    if report.rule_errors:
        rules = ", ".join(sorted({e.rule or e.plugin for e in report.rule_errors}))
        wrong.append(text("site.rule_errors", rules=rules))
    if wrong:
        there = f"{frame.href(ABOUT)}#problems"
        lines = [*map(Line, wrong[:-1]), Line(text("serve.notice.problems"), there, before=wrong[-1])]
        left = sum(p.code == "left_out" for p in report.problems)
        if left and frame.may_record:
            lines.append(Line(text("serve.notice.left_out", n=left), frame.href(LEFT_OUT)))
        said.append(Notice(tuple(lines), "undetermined"))
    return tuple(said)
