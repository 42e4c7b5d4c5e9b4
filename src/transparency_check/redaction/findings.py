"""A report without free texts: of findings, of what the office has decided, and of problems."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..messages import text
from ..model import (
    BaselineEntry,
    BaselineUse,
    ConfigurationUse,
    Evidence,
    Finding,
    MappingUse,
    Report,
    Setting,
    Settling,
    Waived,
    WaiversUse,
    Weighed,
    Weight,
)
from .places import Shortening, shortening
from .problems import redacted_problem, words_of

if TYPE_CHECKING:
    from ..packs.model import Rulebook


def redacted(report: Report, rulebook: Rulebook) -> Report:
    """The report without what people wrote in their own words, in the language that is spoken.

    Ids, days, outcomes, choices, places in files and the texts of packs stay; of whole paths to files only
    what tells the files apart. Verdicts and counts are the same. A report that is redacted already stays as
    it is.
    """
    if report.redacted:
        return report
    short = shortening(report)
    words = words_of(report, rulebook)
    findings: Collection[Finding]
    if isinstance(report.findings, tuple | list):
        findings = tuple(_finding(f, short) for f in report.findings)
    elif isinstance(report.findings, Weighed):
        findings = _WeighedFindings(report.findings, short)
    else:
        findings = _Findings(report.findings, short)
    mark = text("redacted.mark")
    return replace(
        report,
        findings=findings,
        sources=tuple(replace(s, name=short(s.name)) for s in report.sources),
        problems=tuple(redacted_problem(p, words, short) for p in report.problems),
        rule_errors=tuple(replace(e, message=mark) for e in report.rule_errors),
        configuration=_configuration(report.configuration, short),
        waivers=_waivers(report.waivers, short, words.known),
        baseline=_baseline(report.baseline, short),
        mappings=tuple(_mapping(used, short, mark) for used in report.mappings),
        redacted=True,
    )


def _mapping(used: MappingUse, short: Shortening, mark: str) -> MappingUse:
    """Without what the rows say that are left out: words of the log."""
    left = tuple(replace(each, place=short(each.place), said=mark) for each in used.left_out)
    return replace(used, name=short(used.name), left_out=left)


class _Findings(Collection[Finding]):
    """Findings that are made while one goes through them, each redacted as it is made."""

    def __init__(self, findings: Collection[Finding], short: Shortening) -> None:
        self._findings, self._short = findings, short

    def __iter__(self) -> Iterator[Finding]:
        return (_finding(finding, self._short) for finding in self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    def __contains__(self, sought: object) -> bool:
        return any(finding == sought for finding in self)


class _WeighedFindings(_Findings):
    """The same of findings that are counted without being made."""

    def weights(self) -> Mapping[Weight, int]:
        """See ``Weighed``."""
        assert isinstance(self._findings, Weighed)
        return self._findings.weights()


def _finding(finding: Finding, short: Shortening) -> Finding:
    return finding._replace(
        # What a rule in Python says is made of records.
        message=None,
        trigger=None if finding.trigger is None else _evidence(finding.trigger, short),
        fulfilment=tuple(_evidence(e, short) for e in finding.fulfilment),
        settled_by=tuple(_settling(s, short) for s in finding.settled_by),
        configured=tuple(_setting(s, short) for s in finding.configured),
        waiver=None if finding.waiver is None else _waived(finding.waiver, short),
    )


def _evidence(event: Evidence, short: Shortening) -> Evidence:
    place = short(event.place)
    return event if place == event.place else replace(event, place=place)


def _settling(item: Settling, short: Shortening) -> Settling:
    return item if item.place is None else replace(item, place=short(item.place))


def _setting(setting: Setting, short: Shortening) -> Setting:
    """Who and what stands behind a setting is free text, as is the name of a day off; what it sets is not."""
    return replace(
        setting,
        subject=short(setting.subject),
        value="" if setting.kind == "closure" else setting.value,
        place=short(setting.place),
        by=None,
        source=None,
        note=None,
    )


def _waived(given: Waived, short: Shortening) -> Waived:
    return replace(given, reason="", approved_by="", legal_basis="", place=short(given.place))


def _configuration(given: ConfigurationUse | None, short: Shortening) -> ConfigurationUse | None:
    if given is None:
        return None
    uses = tuple(replace(use, setting=_setting(use.setting, short)) for use in given.uses)
    return replace(given, name=short(given.name), uses=uses)


def _waivers(given: WaiversUse | None, short: Shortening, known: Container[str]) -> WaiversUse | None:
    """The waivers, also those that are unclear: what should name a duty or municipality may be anything."""
    if given is None:
        return None
    mark = text("redacted.mark")

    def named(value: str) -> str:
        return value if value in known else mark

    uses = tuple(
        replace(
            use,
            waiver=replace(
                _waived(use.waiver, short),
                rule=named(use.waiver.rule),
                municipality=named(use.waiver.municipality),
            ),
        )
        for use in given.uses
    )
    return replace(given, name=short(given.name), uses=uses)


def _baseline(given: BaselineUse | None, short: Shortening) -> BaselineUse | None:
    if given is None:
        return None

    def entry(item: BaselineEntry) -> BaselineEntry:
        return replace(item, place=short(item.place))

    return replace(
        given,
        name=short(given.name),
        resolved=tuple(map(entry, given.resolved)),
        worse={id_: entry(item) for id_, item in given.worse.items()},
        unseen=tuple(map(entry, given.unseen)),
    )
