"""What a run produces: problems, findings, the report.

Plain frozen records, cheap to import and to make by the million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from .proving import CleanRows

Outcome = Literal["fulfilled", "late", "violated", "pending", "undetermined", "not_applicable"]
OUTCOMES: tuple[Outcome, ...] = ("violated", "late", "undetermined", "pending", "fulfilled", "not_applicable")
# What an obligation is to the municipality: law, its own commitment, or a matter of others.
Owed = Literal["law", "commitment", "others"]
VIOLATIONS = frozenset({"late", "violated"})
SETTINGS = (
    "number", "confirmation", "reading", "severity", "adoption", "closure", "coverage", "path",
)  # fmt: skip
FailOn = Literal["violation", "advisory", "undetermined", "never"]
ProblemSeverity = Literal["error", "warning", "note"]


def owed_as(binds: str, commitment: bool) -> Owed:
    """What a duty that ``binds`` so is to the municipality."""
    if binds != "municipality":
        return "others"
    return "commitment" if commitment else "law"


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect of the input.

    ``place`` is ``file``, ``file:line`` or ``file!sheet!cell``. ``code`` names the message (see
    ``messages``), ``values`` fill it in; ``message`` is the English text. An ``error`` left something unread,
    a ``warning`` did not; what only ``validate`` looks for has a weight of its own
    (``messages/validation.py``), down to a ``note``: worth a look.
    """

    severity: ProblemSeverity
    code: str
    place: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One input that was read: its display name, the SHA-256 of its bytes, how many rows gave an event.

    Of a register, ``head`` is the end of its chain, ``12:9f86d0...``: how many records, and the hash of the
    last, which also stands for the digest.
    """

    name: str
    sha256: str
    events: int
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """All that was read from the inputs.

    ``records`` are JSON objects (bytes), one per row, in the form that ``events.py`` describes; rows that
    could not be read are among them, with the parts that could. Rows that were proved clean in bulk stand in
    ``clean`` instead.
    """

    records: list[bytes]
    problems: list[Problem]
    sources: list[Source]
    clean: CleanRows | None = None
    # The mappings that some of the inputs were read by.
    mappings: tuple[MappingUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event as a finding shows it: id, place in the source, and time as recorded."""

    event: str
    place: str
    time: str
    type: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the law and what it leads to. ``due`` as in ``Finding``."""

    name: str
    due: str | None
    outcome: Outcome
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle an undetermined outcome: a field of an event, a record, a declaration."""

    reason: str
    event: str | None = None
    place: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of an office's configuration.

    ``kind`` is one of ``SETTINGS``; ``subject`` the duty, pack, municipality or day that it is about;
    ``value`` what it sets; ``place`` is ``file:line``. ``by`` and ``source`` say who and what stands behind
    it, where the kind asks for them; ``note`` is a reason, a quotation or a name.
    """

    kind: str
    subject: str
    value: str
    place: str
    by: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SettingUse:
    """A setting with whether it touched any finding of the run, and a sentence where there is more to say:
    why it touched none, or what it leaves out.
    """

    setting: Setting
    used: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ConfigurationUse:
    """The configuration of a run: its file as given, the municipality of rows that name none, its settings
    in the order of the file.
    """

    name: str
    municipality: str | None
    uses: tuple[SettingUse, ...]


class Finding(NamedTuple):
    """One judged obligation. A named tuple, as the only record made by the hundred thousand.

    ``due`` is a day (``2026-11-18``), or an instant with offset for hour-based periods; ``act_by`` a day;
    ``late_by`` is ``(number, unit)`` with unit ``hour``, ``working-day`` or ``day``. ``cure`` is
    ``{"kind": "move", "earliest": day, "by": day}``, ``{"kind": "do"}`` (with ``by`` where it can be done
    until then only), ``{"kind": "extend", "to": day}`` or None.
    """

    id: str
    rule: str
    municipality: str
    case: str | None
    period: str | None
    outcome: Outcome
    reasons: tuple[str, ...]
    possible: tuple[Outcome, ...]
    settled_by: tuple[Settling, ...]
    severity: str
    confidence: str
    presumption: str | None
    instrument: str
    version_from: str | None
    version_to: str | None
    curable: bool | None
    cure: Mapping[str, Any] | None
    trigger: Evidence | None
    anchor: str | None
    due: str | None
    act_by: str | None
    due_range: tuple[str, str] | None
    provisional: bool
    readings: tuple[Reading, ...]
    fulfilment: tuple[Evidence, ...]
    late_by: tuple[float, str] | None
    bearer: str
    provision: str | None
    url: str | None
    commitment: bool
    instead: str | None
    progress: tuple[int, int] | None
    # What a rule in Python says happened; the duties of packs have their sentences made.
    message: str | None = None
    # Whom the duty binds: ``municipality``, ``authority`` or ``nobody`` (a right, which need not be used).
    binds: str = "municipality"
    # The settings of the office's configuration that touched it.
    configured: tuple[Setting, ...] = ()
    # The decision to accept it, if there is one that holds.
    waiver: Waived | None = None

    @property
    def violation(self) -> bool:
        return self.outcome in VIOLATIONS

    @property
    def owed(self) -> Owed:
        """What the obligation is to the municipality."""
        return owed_as(self.binds, self.commitment)

    @property
    def advisory(self) -> bool:
        return self.severity == "advisory"


@dataclass(frozen=True, slots=True)
class LeftOutRows:
    """Rows that a mapping leaves out: where it says so, what they say or why they are left out, how many."""

    place: str
    said: str
    rows: int


@dataclass(frozen=True, slots=True)
class MappingUse:
    """The mapping that some logs were read by. ``ignored`` is the number of rows that it left out;
    ``left_out`` says which, the most frequent, and ``more`` how many others there are.
    """

    name: str
    sha256: str
    rows: int
    ignored: int
    left_out: tuple[LeftOutRows, ...] = ()
    more: int = 0


WaiverState = Literal["used", "unused", "expired", "refused"]


@dataclass(frozen=True, slots=True)
class Waived:
    """A decision to accept a violation, as its file states it. ``subject`` is a case, a period or the id of a
    finding; ``until`` the last day on which it holds.
    """

    rule: str
    municipality: str
    subject: str
    reason: str
    approved_by: str
    legal_basis: str
    until: str
    place: str


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver: ``violations`` are those that it is about, whether it holds or not."""

    waiver: Waived
    state: WaiverState
    violations: int


@dataclass(frozen=True, slots=True)
class WaiversUse:
    """The file of waivers of a run."""

    name: str
    sha256: str
    uses: tuple[WaiverUse, ...]


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One violation that was there when a baseline was made; ``outcome`` and ``severity`` are the worst that
    it covers.

    ``trigger`` is the id that a record gives to the event that started it, ``due`` as in ``Finding``;
    ``since`` the day of as-of on which it was taken in, ``place`` is ``file:line``.
    """

    rule: str
    municipality: str
    case: str | None
    period: str | None
    outcome: Outcome
    severity: str
    due: str | None
    since: str
    trigger: str | None
    fingerprint: str
    place: str


BaselineState = Literal["new", "unchanged"]


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """The baseline of a run, and what it says of the findings (semantics 9).

    ``states`` are by the id of a finding: of violations that nobody has waived, and of undetermined findings
    where the baseline holds such. ``resolved`` are the entries that are no violation any more, with their
    outcome of now in ``now`` by fingerprint (None: the obligation no longer arises). ``worse`` are, by the id
    of a new finding, the milder entry that was there. ``unseen`` are the entries about which this run says
    nothing.
    """

    name: str
    sha256: str
    states: Mapping[str, BaselineState]
    resolved: tuple[BaselineEntry, ...] = ()
    now: Mapping[str, Outcome | None] = field(default_factory=dict)
    worse: Mapping[str, BaselineEntry] = field(default_factory=dict)
    unseen: tuple[BaselineEntry, ...] = ()
    # Of every finding, by its id.
    fingerprints: Mapping[str, str] = field(default_factory=dict)

    def count(self, state: BaselineState) -> int:
        """How many findings are in this state."""
        return sum(found == state for found in self.states.values())


class Weight(NamedTuple):
    """What decides how much a finding weighs, alike for many."""

    binds: str
    commitment: bool
    severity: str
    outcome: Outcome
    waived: bool = False

    @classmethod
    def of(cls, finding: Finding) -> Weight:
        waived = finding.waiver is not None
        return cls(finding.binds, finding.commitment, finding.severity, finding.outcome, waived)

    @property
    def violation(self) -> bool:
        return self.outcome in VIOLATIONS

    @property
    def owed(self) -> Owed:
        """What the obligations are to the municipality."""
        return owed_as(self.binds, self.commitment)

    @property
    def advisory(self) -> bool:
        return self.severity == "advisory"


@runtime_checkable
class Weighed(Protocol):
    """Findings that are counted without being made."""

    def weights(self) -> Mapping[Weight, int]:
        """How many there are of each weight."""


@dataclass(frozen=True, slots=True)
class Revision:
    """How often the log has said something of what a finding rests on, and when last (an instant in UTC)."""

    number: int
    at: str


@dataclass(frozen=True, slots=True)
class RuleError:
    """A rule, reader or reporter that failed: it is named, and the rest is judged (exit 3)."""

    plugin: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class PackDigest:
    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: everything that every format is a view of.

    ``findings`` are sorted by (municipality, rule, case, period, id); where they are many they are made while
    one goes through them, anew each time. ``as_of`` and ``known_at`` are echoed as given.
    """

    tool_version: str
    as_of: str
    known_at: str
    zone: str
    until: str | None
    sources: tuple[Source, ...]
    packs: tuple[PackDigest, ...]
    calendar_sha256: str
    configuration_sha256: str
    events: int
    findings: Collection[Finding]
    problems: tuple[Problem, ...]
    rule_errors: tuple[RuleError, ...]
    # Municipalities without a declaration of coverage, with the day from which their log counts as complete.
    assumed_coverage: Mapping[str, str] = field(default_factory=dict)
    # How many more were judged and counted, but not made, as no one asked to see them: by the id of a
    # finding of the same rule, version of the law and outcome, which can be cured as they can.
    more: Mapping[str, int] = field(default_factory=dict)
    configuration: ConfigurationUse | None = None
    waivers: WaiversUse | None = None
    baseline: BaselineUse | None = None
    # By which rows of others were read.
    mappings: tuple[MappingUse, ...] = ()
    # What fails a run for single findings, by their ids, where the configuration says so for a path.
    levels: Mapping[str, FailOn] = field(default_factory=dict)
    # Whether it was read from a file that leaves out what does not apply.
    shortened: bool = False
    # Whether what people wrote in their own words was left out (redaction).
    redacted: bool = False
    # What has been counted once: every summary asks for it.
    _weights: dict[Weight, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def weights(self) -> Mapping[Weight, int]:
        """How many findings there are of each weight, those that were counted and not made among them."""
        if not self._weights:
            self._weights.update(self._counted())
        return self._weights

    def _counted(self) -> Mapping[Weight, int]:
        if isinstance(self.findings, Weighed):
            return self.findings.weights()
        counted = Counter(Weight.of(f) for f in self.findings)
        if self.more:
            for f in self.findings:
                counted[Weight.of(f)] += self.more.get(f.id, 0)
        return counted

    def outcomes(self, owed: Owed | None = None) -> dict[str, int]:
        """Number of findings per outcome, all outcomes present; only those that are ``owed`` so."""
        counts: dict[str, int] = dict.fromkeys(sorted(OUTCOMES), 0)
        for weight, number in self.weights().items():
            counts[weight.outcome] += number if owed in (None, weight.owed) else 0
        return counts

    def number(self, findings: Iterable[Finding]) -> int:
        """How many these findings are, with those that were counted like them and not made."""
        return sum(1 + self.more.get(f.id, 0) for f in findings)

    @property
    def judged(self) -> bool:
        """Whether there is any finding."""
        return bool(self.findings)

    def compliance(self, owed: Owed = "law") -> tuple[float, float] | None:
        """Share of fulfilled among judged obligations: undetermined ones counted as violated, as fulfilled.

        Judged are fulfilled, late, violated and undetermined ones. The law, the municipality's own
        commitments and what binds others are never mixed. None where nothing was judged.
        """
        counts = self.outcomes(owed)
        judged = counts["fulfilled"] + counts["late"] + counts["violated"] + counts["undetermined"]
        if not judged:
            return None
        return counts["fulfilled"] / judged, (counts["fulfilled"] + counts["undetermined"]) / judged
