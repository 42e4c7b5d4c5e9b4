"""Calling the rules: each for every case, each call by itself, and its verdicts into findings.

Rules of installed plugins run in a process for each plugin (``process.py``); those that a program has added
to the registry itself run where it runs.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..calendars import last_working_day
from ..diverted import diverted
from ..engine import Judgement, Sample, in_report
from ..engine.findings import finding_id
from ..explanation import Explanation
from ..messages import phrase
from ..model import Evidence, Finding, Outcome, RuleError, Settling
from ..plugins import said
from ..times import instant_text
from .cases import Case, cases
from .process import RuleFailed, RuleProcess
from .statement import Statement, stated
from .verdicts import NoVerdict, Verdict, checked

if TYPE_CHECKING:
    from ..hookspecs import PythonRule
    from ..packs.model import Rulebook
    from ..plugins import Registry

# In the order in which findings list what is possible.
_ALL: tuple[Outcome, ...] = ("fulfilled", "late", "violated", "pending", "not_applicable")
_HOUR = 3_600_000_000


class WholeJudgement(Judgement):
    """A judgement with the findings of rules in Python among those of the packs."""

    def __init__(self, judgement: Judgement, found: Sequence[Finding]) -> None:
        super().__init__(judgement.prepared, judgement._engines)
        self._found = {finding.id: finding for finding in found}

    def findings(self, all: bool = True) -> list[Finding]:
        """The findings, sorted; without the ``not_applicable`` ones unless ``all``."""
        found = [f for f in self._found.values() if all or f.outcome != "not_applicable"]
        return sorted([*super().findings(all), *found], key=in_report)

    def sample(self, most: Mapping[Outcome, int]) -> Sample:
        """A sample of the findings of the packs, with all of the rules in Python."""
        some = super().sample(most)
        found = sorted([*some.findings, *self._found.values()], key=in_report)
        return some._replace(findings=found)

    def counts(self) -> dict[tuple[str, Outcome], int]:
        """Number of findings per rule and outcome."""
        own = Counter((finding.rule, finding.outcome) for finding in self._found.values())
        return {**super().counts(), **own}

    def explain(self, finding_id: str, rule: str | None = None) -> Explanation:
        """The proof of one finding; of a rule in Python, the records that it names. Raises ``KeyError``."""
        finding = self._found.get(finding_id)
        return super().explain(finding_id, rule) if finding is None else Explanation(finding)


# The verdicts of a rule on a case, as of a moment, and what is to be said of its printing. Raises
# ``NoVerdict``, ``RuleFailed``, or whatever the rule raises.
_Ask = Callable[[Case, str], tuple[list[Verdict], str | None]]


@dataclass(frozen=True, slots=True)
class _Rule:
    ask: _Ask
    plugin: str
    statement: Statement


def judge_with(
    rules: Iterable[PythonRule],
    judgement: Judgement,
    records: Iterable[bytes],
    rulebook: Rulebook,
    registry: Registry,
    timeout: float,
) -> Judgement:
    """Judge every case by these rules too.

    ``records`` are those that ``judgement`` was made from. A rule that fails for a case, or of an installed
    plugin takes longer than ``timeout`` seconds for it, is noted in ``registry.errors`` with its plugin and
    the case, and has no finding there; all else is judged.
    """
    asked = list(rules)
    if not asked:
        return judgement
    zone, as_of = judgement.prepared.zone, judgement.prepared.moments.as_of
    shown = instant_text(as_of.hi, zone) if as_of.timed else as_of.day.isoformat()
    found: list[Finding] = []
    # A rule that prints does so for every case: it is told once.
    printing: set[str] = set()
    with ExitStack() as processes:
        given = _asked(asked, registry, zone, timeout, processes)
        for case in cases(records, judgement, rulebook.vocabulary):
            for one in given:
                rule = one.statement.id
                where = phrase(
                    "case {case} of {municipality}", case=case.case, municipality=case.municipality
                )
                try:
                    verdicts, printed = one.ask(case, shown)
                    found += [_finding(one.statement, case, verdict, judgement) for verdict in verdicts]
                except KeyboardInterrupt:
                    raise
                except BaseException as error:
                    why = str(error) if isinstance(error, NoVerdict | RuleFailed) else said(error)
                    registry.errors.append(RuleError(one.plugin, rule, f"{where}: {why}"))
                    continue
                if printed is not None and rule not in printing:
                    printing.add(rule)
                    registry.errors.append(RuleError(one.plugin, rule, f"{where}: {printed}"))
    return WholeJudgement(judgement, found)


def _asked(
    rules: Iterable[PythonRule], registry: Registry, zone: ZoneInfo, timeout: float, processes: ExitStack
) -> list[_Rule]:
    by_plugin: dict[str, RuleProcess] = {}
    given = []
    for rule in rules:
        plugin, point = registry.plugin_of(rule), registry.installed_as(rule)
        if point is not None and plugin not in by_plugin:
            by_plugin[plugin] = processes.enter_context(RuleProcess(point, zone, timeout))
        ask = _here(rule, zone) if point is None else _away(stated(rule).id, by_plugin[plugin], zone)
        given.append(_Rule(ask, plugin, stated(rule)))
    return given


def _away(rule: str, process: RuleProcess, zone: ZoneInfo) -> _Ask:
    def ask(case: Case, as_of: str) -> tuple[list[Verdict], str | None]:
        gave, printed = process.judge(rule, as_of, case)
        return list(checked(gave, case, zone)), printed

    return ask


def _here(rule: PythonRule, zone: ZoneInfo) -> _Ask:
    def ask(case: Case, as_of: str) -> tuple[list[Verdict], str | None]:
        with diverted() as printed:
            verdicts = list(checked(rule.judge(case.events, as_of), case, zone))
        return verdicts, printed.message

    return ask


def _finding(rule: Statement, case: Case, verdict: Verdict, judgement: Judgement) -> Finding:
    outcome, doubts = verdict.outcome, _weighing(case, verdict)
    reasons = set(verdict.reasons) | {doubt.reason for doubt in doubts}
    if doubts:
        outcome = "undetermined"
    act_by = None
    if verdict.due_moment is not None:
        act_by = last_working_day(verdict.due_moment.day, judgement.prepared.calendar)
    trigger = verdict.trigger["id"] if verdict.trigger else None
    return Finding(
        id=finding_id(rule.id, case.municipality, case.case, trigger),
        rule=rule.id,
        municipality=case.municipality,
        case=case.case,
        period=None,
        outcome=outcome,
        reasons=tuple(sorted(reasons)),
        possible=_ALL if outcome == "undetermined" else (outcome,),
        settled_by=doubts,
        severity=rule.weight,
        confidence=rule.confidence,
        presumption=rule.presumption,
        instrument=rule.instrument,
        version_from=None,
        version_to=None,
        curable=False if outcome == "late" else verdict.curable if outcome == "violated" else None,
        cure=None,
        trigger=_evidence(verdict.trigger) if verdict.trigger else None,
        anchor=None,
        due=verdict.due,
        act_by=act_by.isoformat() if act_by else None,
        due_range=None,
        provisional=False,
        readings=(),
        fulfilment=tuple(_evidence(event) for event in verdict.fulfilment),
        late_by=_late_by(verdict) if outcome == "late" else None,
        bearer=rule.bearer,
        provision=rule.provision,
        url=rule.url,
        commitment=rule.commitment,
        instead=None,
        progress=None,
        message=verdict.message,
    )


def _weighing(case: Case, verdict: Verdict) -> tuple[Settling, ...]:
    """The records that the rule could not see and that may undo its verdict.

    As for the duties of packs, one of this case weighs on all that is not done, one of an unknown case on
    violations only (semantics 7.5).
    """
    if verdict.proven or verdict.outcome not in ("late", "violated", "pending"):
        return ()
    return case.doubts if verdict.outcome == "pending" else (*case.doubts, *case.stray)


def _evidence(event: Mapping[str, Any]) -> Evidence:
    return Evidence(event["id"], event["place"], event["time"], event["type"])


def _late_by(verdict: Verdict) -> tuple[float, str] | None:
    """From due to the last record that fulfils: hours where due is an instant, else days (semantics 4.18)."""
    due, done = verdict.due_moment, max(verdict.fulfilment, key=lambda event: event["lo"], default=None)
    if due is None or done is None:
        return None
    late = (done["lo"] - due.hi) / _HOUR if due.timed else (dt.date.fromisoformat(done["day"]) - due.day).days
    return (round(late, 2), "hour" if due.timed else "day") if late > 0 else None
