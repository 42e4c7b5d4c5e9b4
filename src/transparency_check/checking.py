"""The whole of a run: packs, logs, evaluation, report. What a command drives, and any other program may."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from . import __version__
from .as_of import Ahead, clock, moment
from .errors import ConfigurationError, UsageError
from .garbage import standing
from .messages import text
from .model import (
    BaselineUse,
    FailOn,
    Finding,
    Log,
    Outcome,
    PackDigest,
    Problem,
    Report,
    RuleError,
    Setting,
    SettingUse,
    WaiversUse,
)
from .selecting import BUILT_IN, areas, chooser, narrowed_rulebook, nearest
from .side_by_side import loading
from .times import Moment, read_time
from .watching import UNWATCHED, Watch

if TYPE_CHECKING:
    from .baseline.applied import Sight
    from .baseline.file import BaselineFile
    from .calendars import Calendar
    from .cluster.judging import Cluster
    from .configuration.lay import Laid
    from .configuration.read import OfficeFile
    from .engine import Judgement
    from .explanation import Explanation
    from .mapping.read import MappingFile
    from .packs.discharge import Discharge
    from .packs.model import Rulebook
    from .plugins import Registry
    from .waivers.file import WaiverFile

# Loaded while logs are read.
_WHAT_JUDGES = (
    "transparency_check.engine",
    "transparency_check.python_rules.judging",
    "transparency_check.configuration.uses",
)
DEFAULT_PACKS = ("kosovo",)
DEFAULT_RULE_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is to be judged, by which duties, as of when. Times are texts as given; without ``as_of`` it is
    now.
    """

    logs: tuple[str, ...]
    # Without any, those that the configuration names, else the default ones.
    packs: tuple[str, ...] = ()
    as_of: str | None = None
    known_at: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    input_format: str | None = None
    cache: bool = True
    ahead: Ahead | None = None
    # How many findings of each kind are to be made, by outcome (see ``Judgement.sample``); None: all. The
    # others are judged and counted all the same.
    most: Mapping[Outcome, int] | None = None
    # Whether findings are gone through one after the other, so that many need not stand in memory together.
    paged: bool = False
    # How many bytes the database keeps in memory, the rest in files; None: most of what the machine has.
    memory: int | None = None
    # The configuration of the office; None: none.
    office: OfficeFile | None = None
    # Accepted violations; None: none.
    waivers: WaiverFile | None = None
    # What was violated before; None: nothing is known of it.
    baseline: BaselineFile | None = None
    # Seconds that a rule in Python of an installed plugin may take for one case.
    rule_timeout: float = DEFAULT_RULE_TIMEOUT
    # Whether the answer is to hold the log, so that it can be judged again with something supposed.
    keep_log: bool = False
    # Whether the proofs of many findings will be asked for.
    proofs: bool = False
    # By which rows of others are read; None: by those of the configuration.
    mapping: MappingFile | None = None
    # Whether every row is to be among the records of that log, none of them proved in bulk.
    by_row: bool = False
    # Records of a program, as JSON lines (``readers/given.py``); None: none.
    records: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The report with what stands behind it."""

    report: Report
    rulebook: Rulebook
    judgement: Judgement
    as_of: Moment
    until: dt.date | None
    # The law with the office's configuration, without rules in Python; the log where it was to be kept.
    laid: Laid | None = None
    log: Log | None = None

    def calendar(self) -> Calendar:
        """The calendar that the duties were counted by."""
        from .calendars import Calendar

        span = self.rulebook.calendar_range
        return Calendar(self.rulebook.calendar, span.from_, span.to)

    def discharges(self) -> Callable[[Finding], Discharge]:
        """What discharges each obligation of the answer: where it has to appear, in which languages."""
        from .packs.discharge import Discharges

        off = self.laid.off if self.laid is not None else frozenset()
        known = Discharges(self.rulebook, off)
        return lambda finding: known.of(finding, self.as_of.day)

    def explain(self, finding_id: str) -> Explanation:
        """The proof of a finding of the report. Raises ``KeyError``."""
        shown = next((f for f in self.report.findings if f.id == finding_id), None)
        if shown is None:
            raise KeyError(finding_id)
        return replace(self.judgement.explain(finding_id, shown.rule), finding=shown)


def office_law(
    packs: tuple[str, ...], registry: Registry, cache: bool = True, office: OfficeFile | None = None
) -> Laid:
    """The packs put together, with the configuration of the office laid over them.

    ``packs`` are those named on the command line; settings about duties that these do not have are idle.
    Raises ``ConfigurationError`` that tells every defect, one a line.
    """
    from .configuration.lay import laid
    from .packs.find import bundled_names

    named = bool(packs)
    if not named and office is not None and office.content.packs is not None:
        packs = _packs_of(office, registry)
    law = load_packs(packs, registry, cache)
    known = {*bundled_names(), *(folder.name for folder in registry.packs)}
    others = {*BUILT_IN, *(rule.id for rule in registry.rules)}
    return laid(law, office, others, named, known - {p.id for p in law.packs})


def _packs_of(office: OfficeFile, registry: Registry) -> tuple[str, ...]:
    """The packs that a configuration names, folders from its own. Raises ``ConfigurationError``."""
    from .configuration.read import Defect
    from .packs.find import locate
    from .packs.problems import PackError

    added = {folder.name for folder in registry.packs}
    found, defects = [], []
    for n, name in enumerate(office.content.packs or ()):
        in_folder = not name.startswith("~") and any(mark in name for mark in "/\\.")
        reference = str(office.folder / name) if in_folder else name
        if name not in added:
            try:
                locate(reference)
            except PackError as error:
                message = f"{name}: {error.problems[0].message}"
                defects.append(Defect(office.line("packs", n), message))
        found.append(reference)
    if defects:
        raise office.refused(defects)
    return tuple(found)


def load_rules(packs: tuple[str, ...], registry: Registry, cache: bool = True) -> Rulebook:
    """The packs put together, with a duty for each rule in Python: what can be listed, chosen and named.

    Raises ``ConfigurationError`` that tells every defect, one a line, and for an id that two rules have.
    """
    from .python_rules.statement import with_rules

    return with_rules(load_packs(packs, registry, cache), registry)


def load_packs(packs: tuple[str, ...], registry: Registry, cache: bool = True) -> Rulebook:
    """The packs put together: bundled ones and those of plugins by name, others by folder.

    Raises ``ConfigurationError`` that tells every defect, one a line.
    """
    from .packs import load_rulebook
    from .packs.find import bundled_names
    from .packs.problems import PackError

    own = set(bundled_names())
    added = {folder.name: str(folder) for folder in registry.packs if folder.name not in own}
    try:
        return load_rulebook([added.get(name, name) for name in packs or DEFAULT_PACKS], cache=cache)
    except PackError as error:
        raise ConfigurationError(str(error)) from None


def answer(
    inquiry: Inquiry,
    registry: Registry,
    now: Callable[[ZoneInfo], str] | None = None,
    watch: Watch = UNWATCHED,
    read: Log | None = None,
    cluster: Cluster | None = None,
) -> Answer:
    """Judge the logs.

    ``now`` gives the moment in a zone where the inquiry names none; ``watch`` is told the stages; ``read`` is
    what is to be judged of the logs where they have been read already, by the same vocabulary; ``cluster``
    reads and judges them on many machines, to the same report. Raises ``TransparencyCheckError`` for whatever
    keeps the whole from being judged; defects of single rows are problems of the report.
    """
    from .configuration.declared import declared
    from .python_rules.statement import with_rules

    if not inquiry.logs and inquiry.records is None:
        raise UsageError(text("error.no_log"))
    with watch.stage("packs"):
        laid = office_law(inquiry.packs, registry, inquiry.cache, inquiry.office)
    law = laid.rulebook
    rulebook = with_rules(law, registry)
    zone = ZoneInfo(rulebook.zone)
    as_of = moment("--as-of", inquiry.as_of if inquiry.as_of is not None else (now or clock)(zone), zone)
    known_at = None if inquiry.known_at is None else moment("--known-at", inquiry.known_at, zone)
    until = None if inquiry.ahead is None else inquiry.ahead.after(as_of.day)
    wanted = chooser(inquiry.select, inquiry.ignore, rulebook)
    coded = [rule for rule in registry.rules if wanted(rule.id)]
    if cluster is not None and coded:
        raise UsageError(text("error.engine.rules", rules=", ".join(rule.id for rule in coded)))
    coverage = declared(laid)
    if read is not None:
        log = replace(read, records=[*read.records, *coverage])
    else:
        # Reading is mostly the database's work.
        with loading(*_WHAT_JUDGES):
            log = logs_of(inquiry, laid, rulebook, registry, coverage, bool(coded), watch, cluster)
    from .configuration.uses import named, summed
    from .engine import PAGE, Sample, evaluate
    from .python_rules.judging import judge_with

    # What a setting touches has to be looked at.
    waivers = inquiry.waivers
    touched = bool(laid.without_closures or coverage or laid.placed or waivers or inquiry.baseline)
    levels: Mapping[str, FailOn] = {}
    most = None if touched else inquiry.most
    ahead = None if until is None else read_time(until.isoformat(), zone)

    def judged(by: Rulebook, vouched: Sequence[bytes] = coverage) -> Judgement:
        duties = narrowed_rulebook(by, wanted)
        if cluster is not None:
            instead = dict(zip(coverage, vouched, strict=True))
            return cluster.judged(duties, as_of, known_at, ahead, most, inquiry.memory, instead, watch)
        records = log.records
        if vouched is not coverage:
            ours = set(coverage)
            records = [*(record for record in log.records if record not in ours), *vouched]
        return evaluate(
            records,
            duties,
            as_of,
            known_at,
            ahead,
            log.clean,
            watch=watch,
            memory=inquiry.memory,
            keep=inquiry.proofs,
            most=most,
        )

    judgement = judge_with(coded, judged(law), log.records, law, registry, inquiry.rule_timeout)
    _refuse_strangers(laid, judgement)
    without = _without(laid, coverage, judged)

    def shown(rule: str) -> bool:
        return wanted(rule) and rule not in laid.off

    findings: Collection[Finding]
    more: Mapping[str, int] = {}
    touching: frozenset[Setting] = frozenset()
    with watch.stage("findings"):
        if inquiry.paged and not (coded or touched) and judgement.size > PAGE:
            findings = judgement.paged(filter(shown, areas(rulebook)))
        else:
            made = Sample(judgement.findings(), {}) if most is None else judgement.sample(most)
            findings, touching = named([f for f in made.findings if shown(f.rule)], laid, without)
            more = made.more
    by_path: tuple[SettingUse, ...] = ()
    hidden: tuple[Finding, ...] = ()
    if laid.paths:
        all_of_them = tuple(findings)
        findings, levels, by_path = _by_path(laid, all_of_them, log, judgement)
        left = {f.id for f in findings}
        hidden = tuple(f for f in all_of_them if f.id not in left)
    told: tuple[Problem, ...] = ()
    used = None
    rules = {rule: shown(rule) for rule in areas(rulebook)}
    packs = tuple(PackDigest(p.id, p.version, rulebook.digests[p.id]) for p in rulebook.packs)
    if waivers is not None:
        from .waivers.applied import applied

        marked = applied(tuple(findings), waivers, rulebook, rules, as_of.day)
        findings, told = marked.findings, marked.problems
        used = WaiversUse(waivers.name, waivers.sha256, marked.uses)
    problems = [*log.problems, *judgement.problems, *told]
    before = None
    if inquiry.baseline is not None:
        sight = _sight(rules, judgement, as_of, packs, problems, registry.errors)
        before, more_told = _before(inquiry.baseline, tuple(findings), sight, hidden)
        problems += more_told
    counts = judgement.counts() if laid.off else {}
    report = Report(
        tool_version=__version__,
        as_of=as_of.text,
        known_at=(known_at or as_of).text,
        zone=rulebook.zone,
        until=None if until is None else until.isoformat(),
        sources=tuple(sorted(log.sources, key=lambda s: (s.name, s.sha256))),
        packs=packs,
        calendar_sha256=calendar_digest(rulebook),
        configuration_sha256=laid.office.sha256 if laid.office else no_configuration(),
        events=judgement.events,
        findings=findings,
        problems=tuple(sorted(problems, key=by_place)),
        rule_errors=tuple(registry.errors),
        assumed_coverage=dict(judgement.assumed_coverage),
        more=more,
        configuration=summed(touching, laid, counts, judgement.versions() if laid.placed else (), by_path),
        waivers=used,
        baseline=before,
        mappings=log.mappings,
        levels=levels,
    )
    kept = log if inquiry.keep_log else None
    return standing(Answer(report, rulebook, judgement, as_of, until, laid, kept))


def logs_of(
    inquiry: Inquiry,
    laid: Laid,
    rulebook: Rulebook,
    registry: Registry,
    coverage: Iterable[bytes] = (),
    whole_rows: bool = True,
    watch: Watch = UNWATCHED,
    cluster: Cluster | None = None,
) -> Log:
    """All that is to be read for an inquiry, by the vocabulary of the rulebook; with ``coverage`` among the
    records. Rules in Python are given ``whole_rows``. What a ``cluster`` reads, it keeps.
    """
    from .logs import read_logs
    from .mapping.chosen import mappings_of
    from .proving import MANY

    with watch.stage("reading"):
        log = read_logs(
            inquiry.logs,
            rulebook.vocabulary,
            rulebook.municipalities,
            ZoneInfo(rulebook.zone),
            input_format=inquiry.input_format,
            registry=registry,
            given_records=inquiry.records,
            prove_from=None if whole_rows or inquiry.by_row or cluster else MANY,
            memory=inquiry.memory,
            defaults=None if laid.municipality is None else {"municipality": laid.municipality},
            declared=coverage,
            mappings=mappings_of(inquiry.mapping, inquiry.office),
            aside=None if cluster is None else cluster.aside,
        )
        if cluster is not None:
            log = cluster.read(log, rulebook)
        watch.read(sum(source.events for source in log.sources))
    return log


def _sight(
    rules: Mapping[str, bool],
    judgement: Judgement,
    as_of: Moment,
    packs: tuple[PackDigest, ...],
    problems: Iterable[Problem],
    failures: Collection[RuleError],
) -> Sight:
    """What this run can say of the entries of a baseline."""
    from .baseline.applied import Sight

    whole = not failures and not any(problem.severity == "error" for problem in problems)
    return Sight(rules, frozenset(judgement.municipalities()), as_of.day, packs, whole)


def _before(
    file: BaselineFile, findings: tuple[Finding, ...], sight: Sight, hidden: tuple[Finding, ...]
) -> tuple[BaselineUse, tuple[Problem, ...]]:
    from .baseline.applied import applied

    return applied(findings, file, sight, hidden)


def _by_path(
    laid: Laid, findings: tuple[Finding, ...], log: Log, judgement: Judgement
) -> tuple[tuple[Finding, ...], Mapping[str, FailOn], tuple[SettingUse, ...]]:
    """The findings without those that the configuration leaves out for a path, what fails a run elsewhere
    than in general, and what became of each path.
    """
    from .configuration.paths import placed

    assert laid.office is not None
    logs = [source.name for source in log.sources]
    return placed(findings, laid.paths, laid.office.folder, logs, judgement.files())


def _without(
    laid: Laid, coverage: Sequence[bytes], judged: Callable[..., Judgement]
) -> dict[str, Callable[[], Iterable[Finding]]]:
    """To say what days off and declarations of coverage do, the log is judged without them, too."""
    from .configuration.declared import declared

    without: dict[str, Callable[[], Iterable[Finding]]] = {}
    if (plain := laid.without_closures) is not None:
        without["closure"] = lambda: judged(plain).findings()
    if coverage:
        mute = declared(laid, vouching=False)
        without["coverage"] = lambda: judged(laid.rulebook, mute).findings()
    return without


def _refuse_strangers(laid: Laid, judgement: Judgement) -> None:
    """Raise ``ConfigurationError`` where days off of one municipality would be counted for another."""
    if laid.only is not None:
        own, place = laid.only
        if others := [m for m in judgement.municipalities() if m != own]:
            raise ConfigurationError(
                f"{place}: {text('config.closure.strangers', name=own, others=', '.join(others))}"
            )


def memory(size: str) -> int:
    """The bytes of a size such as ``2GB``. Raises ``UsageError``."""
    from .database import LEAST, bytes_of

    found = bytes_of(size)
    if found is None or found < LEAST:
        raise UsageError(text("error.memory", name=size, least=LEAST // 10**6))
    return found


def no_configuration() -> str:
    """The SHA-256 that stands for no configuration: that of the empty text."""
    return hashlib.sha256(b"").hexdigest()


def calendar_digest(rulebook: Rulebook) -> str:
    """SHA-256 over range and rows of the calendar, in the order of days."""
    span = rulebook.calendar_range
    lines = [f"{span.from_}/{span.to}"]
    lines += sorted(
        "\t".join((str(r.date), r.name.en, r.kind, r.off, r.status, r.source)) for r in rulebook.calendar
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def by_place(problem: Problem) -> tuple[list[tuple[int, str]], str, str]:
    # Numbers in places compare as numbers: line 9 comes before line 10.
    parts = re.findall(r"[0-9]+|[^0-9]+", problem.place)
    return (
        [(int(p), "") if p.isdigit() and p.isascii() else (-1, p) for p in parts],
        problem.code,
        problem.message,
    )


def finding_id(given: str, answer: Answer) -> str:
    """The whole id of a finding given in full or by its unique beginning (with or without #). Raises
    ``UsageError``.
    """
    word = given.strip().removeprefix("#").casefold()
    ids = [f.id for f in answer.report.findings]
    found = [i for i in ids if i == word] or [i for i in ids if word and i.casefold().startswith(word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(text("error.finding.ambiguous", name=given, names=", ".join(found[:5])))
    raise UsageError(nearest(text("error.finding", name=given, as_of=answer.as_of.text), word, ids))
