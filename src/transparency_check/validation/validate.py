"""The whole of ``validate``: logs are read, and their records looked at by the vocabulary of the packs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from .. import __version__
from ..as_of import clock, moment
from ..checking import Inquiry, by_place, calendar_digest, no_configuration, office_law
from ..errors import UsageError
from ..messages import text
from ..messages.validation import codes, left_unread, oddity
from ..model import ConfigurationUse, Log, PackDigest, Problem, Report
from ..report import EXIT_FINE, EXIT_RULE_FAILED, EXIT_USAGE, EXIT_VIOLATIONS
from ..selecting import narrowed_rulebook, nearest
from ..times import LAST_YEAR, Moment, read_time

if TYPE_CHECKING:
    from ..engine import Prepared
    from ..packs.model import Rulebook
    from ..plugins import Registry

FailOn = Literal["error", "warning", "note", "never"]
_WEIGHTS = ("note", "warning", "error")


@dataclass(frozen=True, slots=True)
class Validated:
    """The report, which has problems and no findings, with the log and the law behind it."""

    report: Report
    rulebook: Rulebook
    log: Log


def chosen_codes(select: Iterable[str], ignore: Iterable[str]) -> Callable[[str], bool]:
    """Which codes are told: those that are selected (all, where none is) and not ignored.

    A word is a code or the beginning of one. Raises ``UsageError`` for a word that is neither.
    """
    known = codes()

    def matching(words: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            folded = word.strip().casefold().replace("-", "_")
            hits = {code for code in known if folded and code.startswith(folded)}
            if not hits:
                raise UsageError(nearest(text("error.code", name=word), word, known))
            found |= hits
        return found

    chosen, refused = matching(select), matching(ignore)
    return lambda code: code not in refused and (not chosen or code in chosen)


def validate(inquiry: Inquiry, registry: Registry, now: Callable[[ZoneInfo], str] | None = None) -> Validated:
    """Look at the records of the logs; ``select`` and ``ignore`` of the inquiry are codes.

    ``now`` gives the moment in a zone where the inquiry names none. Raises ``TransparencyCheckError`` for
    whatever keeps the whole from being looked at.
    """
    from ..configuration.declared import declared
    from ..logs import read_logs
    from ..mapping.chosen import mappings_of

    if not inquiry.logs:
        raise UsageError(text("error.no_log"))
    wanted = chosen_codes(inquiry.select, inquiry.ignore)
    laid = office_law(inquiry.packs, registry, inquiry.cache, inquiry.office)
    rulebook = laid.rulebook
    zone = ZoneInfo(rulebook.zone)
    as_of = moment("--as-of", inquiry.as_of if inquiry.as_of is not None else (now or clock)(zone), zone)
    log = read_logs(
        inquiry.logs,
        rulebook.vocabulary,
        rulebook.municipalities,
        zone,
        input_format=inquiry.input_format,
        registry=registry,
        memory=inquiry.memory,
        defaults=None if laid.municipality is None else {"municipality": laid.municipality},
        declared=declared(laid),
        sources=True,
        mappings=mappings_of(inquiry.mapping, inquiry.office),
    )
    prepared = _prepared(log, rulebook, zone, inquiry.memory)
    problems, events = _looked_at(log, prepared, rulebook, as_of)
    office = laid.office
    report = Report(
        tool_version=__version__,
        as_of=as_of.text,
        known_at=as_of.text,
        zone=rulebook.zone,
        until=None,
        sources=tuple(sorted(log.sources, key=lambda s: (s.name, s.sha256))),
        packs=tuple(PackDigest(p.id, p.version, rulebook.digests[p.id]) for p in rulebook.packs),
        calendar_sha256=calendar_digest(rulebook),
        configuration_sha256=office.sha256 if office else no_configuration(),
        events=events,
        findings=(),
        problems=tuple(sorted((p for p in problems if wanted(p.code)), key=by_place)),
        rule_errors=tuple(registry.errors),
        configuration=None if office is None else ConfigurationUse(office.name, laid.municipality, ()),
        mappings=log.mappings,
    )
    return Validated(report, rulebook, log)


def _prepared(log: Log, rulebook: Rulebook, zone: ZoneInfo, memory: int | None) -> Prepared:
    """The tables of the log alone: no duty, and all that is recorded counts as happened and known."""
    from ..engine import Moments, Prepared

    end = read_time(f"{LAST_YEAR}-12-31", zone)
    nothing = narrowed_rulebook(rulebook, lambda rule: False)
    return Prepared(log.records, nothing, Moments(end, end, end), memory=memory)


def _looked_at(log: Log, prepared: Prepared, rulebook: Rulebook, as_of: Moment) -> tuple[list[Problem], int]:
    """All problems, and how many facts there are."""
    from ..engine import Judgement
    from . import contradictions, coverage, suspicious
    from .facts import facts_of

    vocabulary = rulebook.vocabulary
    facts = facts_of(prepared, log.records)
    declaring = vocabulary.coverage.event if vocabulary.coverage else None
    # Days off and hours, sources and twins are about what happened, not about what is declared.
    happened = facts.narrowed(fact for fact in facts.all if fact.type != declaring)
    return [
        *log.problems,
        *Judgement(prepared, ()).problems,
        *contradictions.duplicates(log.records),
        *contradictions.orders(facts, vocabulary),
        *contradictions.beginnings(facts, vocabulary),
        *contradictions.links(facts),
        *contradictions.future(facts, vocabulary, as_of),
        *contradictions.plans(facts),
        *_late(prepared),
        *coverage.gaps(facts, prepared),
        *suspicious.years(facts),
        *suspicious.midnights(happened, rulebook),
        *suspicious.sources(happened, suspicious.sources_of(log.records)),
        *suspicious.twins(happened),
    ], len(facts.all)


def _late(prepared: Prepared) -> Iterable[Problem]:
    """What TC-REC-001 finds late, as it finds it."""
    from ..engine.late_recording import late_recordings

    entered = dict(
        prepared.con.execute("SELECT id, min(rlo) FROM known WHERE rlo > hi GROUP BY id").fetchall()
    )
    for finding in late_recordings(prepared):
        trigger = finding.trigger
        if finding.outcome == "late" and trigger is not None:
            yield oddity(
                "late_recording",
                trigger.place,
                type=trigger.type,
                time=trigger.time,
                recorded=_day(entered[trigger.event], prepared.zone),
                due=finding.due or "",
            )


def _day(instant: int, zone: ZoneInfo) -> str:
    import datetime as dt

    return dt.datetime.fromtimestamp(instant // 1_000_000, zone).date().isoformat()


def exit_code(report: Report, fail_on: FailOn) -> int:
    """2 where something was left unread, 1 where anything else weighs so much, unless nothing is to fail."""
    if fail_on != "never" and any(left_unread(p.code) for p in report.problems):
        return EXIT_USAGE
    if report.rule_errors:
        return EXIT_RULE_FAILED
    if fail_on != "never":
        counted = _WEIGHTS[_WEIGHTS.index(fail_on) :]
        if any(p.severity in counted for p in report.problems):
            return EXIT_VIOLATIONS
    return EXIT_FINE
