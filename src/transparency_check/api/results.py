"""What ``evaluate`` gives back: findings to go through, and the reports that the commands write of them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import overload

from ..as_of import Ahead
from ..checking import finding_id
from ..coming import next_of
from ..errors import UsageError
from ..explanation import Explanation
from ..messages import language as languages
from ..messages import text
from ..model import Finding, Outcome, Problem, Report
from ..report import Left, Upcoming, exit_code, failing
from ..reports import wording
from ..reports.choosing import DEFAULT_FORMAT, by_ending, named
from ..reports.options import Names, ReportOptions
from ..reports.outline import Outline, outline
from ..reports.proof import write_text
from ..reports.proof_page import outline as proof_outline
from ..reports.written import written
from ..sparing import refuse_input
from ..whole_files import put
from .arguments import PathText
from .notebook import html
from .question import Asked, Question


class _Shown:
    """Findings with the reports of them."""

    def __init__(self, question: Question, asked: Asked) -> None:
        self._question = question
        self._asked = asked

    @property
    def report(self) -> Report:
        """All that reports are made of."""
        return self._asked.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of reports."""
        return tuple(self.report.findings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the inputs, by place; an ``error`` left something unread."""
        return self.report.problems

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.findings[index]

    def describe(self, finding: Finding) -> str:
        """What happened, and what to do, in the sentences of reports."""
        with languages.within(self._question.language):
            return " ".join(wording.sentences(finding, self._names))

    def render(self, format: str = DEFAULT_FORMAT) -> str:
        """The report in a format, as ``--format`` of the command. Raises ``UsageError`` for a name of none,
        and for a format that is no text: that is for ``write``.
        """
        with languages.within(self._question.language):
            reporter = named(format, self._asked.registry.reporters)
            if getattr(reporter, "binary", False):
                raise UsageError(text("error.given.binary", form=format))
            return written(reporter, self.report, self._options).decode()

    def write(self, path: PathText, format: str | None = None) -> None:
        """Write the report to a file, in a format or that of the ending: the whole file, or none.

        Raises ``UsageError`` for a place that cannot be written to and for one of the inputs, ``PluginError``
        where a reporter of a plugin fails.
        """
        output, inquiry = os.fspath(path), self._question.inquiry
        with languages.within(self._question.language):
            reporters = self._asked.registry.reporters
            reporter = by_ending(output, reporters) if format is None else named(format, reporters)
            refuse_input(
                output,
                inquiry.logs,
                inquiry.packs,
                no_config=inquiry.office is None,
                config=None if inquiry.office is None else inquiry.office.name,
                no_waivers=inquiry.waivers is None,
                waivers=None if inquiry.waivers is None else inquiry.waivers.name,
                no_baseline=inquiry.baseline is None,
                baseline=None if inquiry.baseline is None else inquiry.baseline.name,
                mapping=None if inquiry.mapping is None else inquiry.mapping.name,
            )
            put(output, lambda stream: reporter.write(self.report, stream, self._options.mapping()))

    @cached_property
    def _names(self) -> Names:
        with languages.within(self._question.language):
            return Names.of(self._asked.answer.rulebook)

    @property
    def _options(self) -> ReportOptions:
        found = self._asked.answer
        return ReportOptions(
            names=self._names,
            fail_on=self._question.fail_on,
            selection=self._question.selection,
            revisions=found.judgement.revisions,
            acts=found.discharges(),
        )

    def _page(self) -> Outline:
        return outline(self.report, self._options)

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        """The report as a notebook shows it."""
        with languages.within(self._question.language):
            return html(self._page())


class Evaluation(_Shown):
    """Judged obligations. A sequence of findings, with what they lead to and the reports of them."""

    @property
    def as_of(self) -> str:
        """The moment judged at."""
        return self.report.as_of

    @property
    def violations(self) -> tuple[Finding, ...]:
        """What was violated, or met late: whomever it binds, however much it weighs, waived or not."""
        return tuple(finding for finding in self.findings if finding.violation)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """What fails a run, as ``fail_on`` says."""
        return tuple(f for f in self.findings if failing(self.report, f, self._question.fail_on))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each outcome, all outcomes present."""
        return self.report.outcomes()

    @property
    def exit_code(self) -> int:
        """What the command would end with."""
        return exit_code(self.report, self._question.fail_on)

    def of(self, outcome: Outcome) -> tuple[Finding, ...]:
        """The findings of an outcome."""
        return tuple(finding for finding in self.findings if finding.outcome == outcome)

    def explain(self, finding: Finding | str) -> Proof:
        """The day-by-day proof of a finding, or of the one whose id begins so. Raises ``UsageError``."""
        found = self._asked.answer
        with languages.within(self._question.language):
            if not isinstance(finding, Finding | str):
                raise UsageError(text("error.given.finding", kind=type(finding).__name__))
            whole = finding_id(finding.id if isinstance(finding, Finding) else finding, found)
            return Proof(found.explain(whole), self._names, self._question.language)

    def upcoming(self, within: str = "30d", *, overdue: bool = False) -> Outlook:
        """What falls due within a time after as-of (``30d``, ``4w``, ``2m``); with ``overdue`` also what was
        missed and can still be done. The logs are read again. Raises ``UsageError``.
        """
        with languages.within(self._question.language):
            return Outlook(self._question, self._question.ahead(Ahead.read(within), self.as_of), overdue)

    def __repr__(self) -> str:
        counted = ", ".join(f"{n} {outcome}" for outcome, n in self.counts.items() if n)
        return f"<Evaluation {self.as_of}: {counted or 'nothing judged'}>"


class Outlook(_Shown):
    """What falls due up to a day, by the last working day to act."""

    def __init__(self, question: Question, asked: Asked, overdue: bool) -> None:
        super().__init__(question, asked)
        self._overdue = overdue

    @cached_property
    def _next(self) -> Upcoming:
        return next_of(self._asked.answer, self.report, self._overdue, None, self._question.selection)

    @property
    def until(self) -> str:
        """The last day that was looked at."""
        return self._next.until

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What comes, first what comes first; what has no date last."""
        return self._next.findings

    @property
    def left(self) -> Mapping[str, Left]:
        """Days and working days left, by the id of a finding that has a date."""
        return self._next.left

    @property
    def _options(self) -> ReportOptions:
        return replace(super()._options, fail_on="never", upcoming=self._next)

    def __repr__(self) -> str:
        return f"<Outlook {self.report.as_of} to {self.until}: {len(self)} due>"


class Proof:
    """Why a finding is what it is: each reading of the law day by day, and the records considered."""

    def __init__(self, explanation: Explanation, names: Names, language: str) -> None:
        self.explanation = explanation
        self._names, self._language = names, language

    @property
    def finding(self) -> Finding:
        """What is proved."""
        return self.explanation.finding

    def __str__(self) -> str:
        with languages.within(self._language):
            stream = io.StringIO()
            write_text(self.explanation, stream, ReportOptions(names=self._names))
            return stream.getvalue()

    def __repr__(self) -> str:
        return f"<Proof of {self.finding.id}: {self.finding.rule} {self.finding.outcome}>"

    def _repr_html_(self) -> str:
        """The proof as a notebook shows it."""
        with languages.within(self._language):
            return html(proof_outline(self.explanation, self._names), whole=True)
