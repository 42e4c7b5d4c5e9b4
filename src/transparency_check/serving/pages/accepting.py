"""Accepting a violation: the form for it, and the file in which the decision then stands."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...harmless import ACTING
from ...messages import text
from ...messages.figures import day
from ...model import VIOLATIONS, Finding
from ...pages.blocks import Drawable, Line, Notice
from ...waivers.accepting import Decision, accepted, refusal
from ...whole_files import put
from ..days import TimeGiven, day_given
from ..drawing import ServedPage
from ..frame import WAIVERS, Served
from ..parts import Faults, Field, FieldGroup, Form, Option
from ..whole import Wanted
from .asked import Asked, Elsewhere

if TYPE_CHECKING:
    from ..audit import Audit

FINDING, WHY, BY, BASIS, UNTIL, DONE = "finding", "reason", "approved_by", "legal_basis", "until", "done"
_TEXTS = (WHY, BY, BASIS)
# As many violations are offered to choose from; of others each has the form on its own page.
_OFFERED = 300
_LONGEST = 2000
# Seconds that a page waits for the decision to be judged.
_PATIENCE = 4.0


class Decisions:
    """The file of waivers to which decisions are added, one at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def accept(self, frame: Served, finding: Finding, decision: Decision) -> None:
        """Add one. Raises ``UsageError`` where that cannot be."""
        as_of = str(frame.record.report.as_of)
        with self._lock:
            written = accepted(self.path, finding, decision, frame.rulebook, frame.today, as_of)
            put(str(self.path), lambda stream: stream.write(written))


def acceptable(frame: Served, finding: Finding) -> bool:
    """Whether whoever looks at a finding could accept it here."""
    return frame.may_accept and finding.waiver is None and refusal(finding, frame.rulebook) is None


def offered(frame: Served) -> list[Finding]:
    """The violations that whoever looks could accept, those of the latest days first."""
    if not frame.may_accept:
        return []
    found = frame.whole.listed(Wanted(outcomes=VIOLATIONS))
    return list(islice((f for f in found if acceptable(frame, f)), _OFFERED))


def accepting_form(
    frame: Served,
    findings: Sequence[Finding],
    given: Mapping[str, str],
    problems: Mapping[str, str],
    folded: bool = False,
) -> Form:
    """The form: of one finding, or of several to choose from."""

    def wrong(name: str) -> tuple[str, ...]:
        return (problems[name],) if name in problems else ()

    fields: list[Field] = []
    hidden: tuple[tuple[str, str], ...] = ()
    if folded:
        hidden = ((FINDING, findings[0].id),)
    else:
        chosen = given.get(FINDING, "")
        options = [Option("", text("serve.form.choose"), not chosen)]
        options += [Option(f.id, _named(frame, f), f.id == chosen) for f in findings]
        fields.append(
            Field(
                FINDING, text("serve.accept.finding"), "choice", options=tuple(options), required=True,
                problems=wrong(FINDING),
            )
        )  # fmt: skip
    by = frame.person.name if frame.person is not None else ""
    for name, kind, default in ((WHY, "long", ""), (BY, "text", by), (BASIS, "text", "")):
        fields.append(
            Field(
                name, text(f"serve.accept.{name}"), kind, given.get(name, default),  # type: ignore[arg-type]
                hint=text(f"serve.accept.{name}.hint"), required=True, problems=wrong(name),
            )
        )  # fmt: skip
    fields.append(
        Field(
            UNTIL, text("serve.accept.until"), value=given.get(UNTIL, ""), required=True, narrow=True,
            hint=text("serve.accept.until.hint"), problems=wrong(UNTIL),
        )
    )  # fmt: skip
    title = text("serve.accept") if folded else ""
    group = FieldGroup(title, tuple(fields), folded=folded, note=text("serve.accept.means") if folded else "")
    return Form(frame.href(WAIVERS), (group,), text("serve.accept.submit"), post=True, hidden=hidden)


def _named(frame: Served, finding: Finding) -> str:
    about = [frame.town(finding.municipality), finding.case or finding.period or "", day(finding.due or "")]
    return f"{frame.duty(finding.rule)} - {', '.join(part for part in about if part)} (#{finding.id[:8]})"


def decided(frame: Served, asked: Asked, decisions: Decisions, audit: Audit, settle: Any) -> ServedPage:
    """Accept what the form names. Raises ``Elsewhere`` where that is done."""
    from .waivers import waivers_page

    assert frame.person is not None
    given = {name: asked.one(name) for name in (FINDING, *_TEXTS, UNTIL)}
    finding = frame.whole.finding(given[FINDING].casefold())
    problems = _problems(frame, given, finding)
    last = None if UNTIL in problems else day_given(given[UNTIL])
    if not problems and finding is not None and last is not None:
        said = {name: " ".join(given[name].split()) for name in _TEXTS}
        decision = Decision(said[WHY], said[BY], said[BASIS], last)
        try:
            decisions.accept(frame, finding, decision)
        except UsageError as error:
            problems[""] = str(error)
        else:
            audit.note(
                "accepted", frame.person.name, frame.client, finding=finding.id, rule=finding.rule,
                until=last.isoformat(), file=decisions.path.name,
            )  # fmt: skip
            settle(_PATIENCE)
            raise Elsewhere(frame.href(WAIVERS, **{DONE: finding.id}))
    audit.note("refused: waiver", frame.person.name, frame.client)
    return waivers_page(frame, asked, given, problems)


def _problems(frame: Served, given: Mapping[str, str], finding: Finding | None) -> dict[str, str]:
    """What is wrong, by field."""
    problems = {}
    if finding is None:
        problems[FINDING] = text("serve.accept.choose")
    elif (why := refusal(finding, frame.rulebook)) is not None:
        problems[FINDING] = why
    for name in _TEXTS:
        if not given[name]:
            problems[name] = text("serve.accept.needed")
        elif len(given[name]) > _LONGEST or ACTING.search(" ".join(given[name].split())):
            problems[name] = text("serve.accept.text", most=_LONGEST)
    try:
        last = day_given(given[UNTIL])
    except TimeGiven as error:
        problems[UNTIL] = str(error)
    else:
        if last is None:
            problems[UNTIL] = text("serve.accept.needed")
        elif last < frame.today:
            problems[UNTIL] = text("serve.accept.over", today=day(frame.today))
    return problems


def faults(problems: Mapping[str, str]) -> list[Drawable]:
    """All that is wrong, each leading to its field."""
    if not problems:
        return []
    lines = [
        Line(f"{text(f'serve.accept.{name}')}: {said}", f"#field-{name}") if name else Line(said)
        for name, said in problems.items()
    ]
    return [Faults(text("serve.accept.refused"), tuple(lines))]


def done(frame: Served, asked: Asked) -> list[Drawable]:
    """What is said after a violation was accepted: that it is, or that it is not judged yet."""
    finding = frame.whole.finding(asked.one(DONE).casefold())
    if finding is None:
        return []
    if finding.waiver is None:
        return [Notice((Line(text("serve.event.not_yet")),))]
    until = day(dt.date.fromisoformat(finding.waiver.until))
    said = text("serve.accept.done", duty=frame.duty(finding.rule), until=until)
    return [Notice((Line(said, frame.finding_page(finding.id)),), "fulfilled")]
