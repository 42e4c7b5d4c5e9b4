"""SARIF 2.1.0, for code scanning: a result for each finding that wants attention and each problem of input.

What services take is limited: GitHub takes 25,000 results and 10 MB packed, shows 5,000, and takes each
result for a problem whatever its kind. So what is met, not due yet or does not apply is written only where
everything is asked for, and what does not fit is left out, the least serious first, and said.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import chain
from typing import Any, NamedTuple, TextIO
from urllib.parse import quote

from ..harmless import printable
from ..json_text import dumped
from ..messages import text
from ..model import BaselineEntry, Evidence, Finding, Problem, Report
from ..report import EXIT_FINE, EXIT_NOTHING, EXIT_VIOLATIONS, exit_code
from ..reserved import OWN_INSTRUMENT
from . import baselines, wording
from .cells import markdown
from .gitlab import problem_fingerprint, report_fingerprints
from .options import ReportOptions
from .places import Places, Spot
from .remarks import LEVELS, Spots, about, level_of, level_of_problem, lines_of, seriousness, shown

# Results of one run that GitHub takes, those that it shows, and bytes of the packed file with some room.
MOST = 25_000
SHOWN = 5_000
PACKED = 9_000_000
# Results that may wait in the packer, not counted yet.
_TOGETHER = 50
# Evidence of one result, tags of a rule, letters of a name and of a description that GitHub shows.
_RELATED = 100
_TAGS = 10
_NAME, _DESCRIPTION = 255, 1024
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_KINDS = {
    "violated": "fail", "late": "fail", "undetermined": "review", "pending": "open", "fulfilled": "pass",
    "not_applicable": "notApplicable",
}  # fmt: skip
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
# What a message acts on: values that are put in, and links.
_BRACES = str.maketrans({"{": "{{", "}": "}}"})
_LINK = re.compile(r"\](?=\()")


class _Item(NamedTuple):
    """What becomes a result: a finding, a problem, or an entry of the baseline that is resolved."""

    key: tuple[int, ...]
    rule: str
    spot: Spot | None
    what: Finding | Problem | BaselineEntry


class SarifReporter:
    """One run with rules, artifacts, results and an invocation, each on a line of its own."""

    name = "sarif"
    suffixes: tuple[str, ...] = (".sarif", ".sarif.json")
    one_by_one = True
    # A fingerprint is of one finding among all of its duty and case.
    whole = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report, the most serious results first."""
        _Run(report, ReportOptions.of(options)).write(stream)


class _Run:
    def __init__(self, report: Report, options: ReportOptions) -> None:
        self.report, self.options, self.names = report, options, options.names
        self.places = Places(report.sources)
        self.spots = Spots(report, self.places)
        self.artifacts = {self.places.path(s.name): n for n, s in enumerate(report.sources)}
        self.fingerprints = report_fingerprints(report)
        self.total = 0
        self.items = nsmallest(MOST, self._candidates(), key=lambda item: item.key)
        self.rules = sorted({item.rule for item in self.items})
        self.index = {rule: n for n, rule in enumerate(self.rules)}
        self.alike = Counter((item.rule, item.spot) for item in self.items)
        self.problems = Counter[str]()

    def _candidates(self) -> Iterator[_Item]:
        """All that could be a result; counted as it is gone through."""
        for number, item in enumerate(chain(self._of_problems(), self._of_findings(), self._of_resolved())):
            self.total += 1
            yield item._replace(key=(*item.key, number))

    def _of_problems(self) -> Iterator[_Item]:
        for problem in self.report.problems:
            level = LEVELS.index(level_of_problem(problem))
            yield _Item((level, -1, 0), _problem_rule(problem), self.places.of(problem.place), problem)

    def _of_findings(self) -> Iterator[_Item]:
        everything = self.options.everything and self.options.upcoming is None
        for finding in self.report.findings if everything else shown(self.report, self.options):
            key = seriousness(self.report, finding)
            yield _Item(key, finding.rule, self.spots.of(finding), finding)

    def _of_resolved(self) -> Iterator[_Item]:
        # A service that looks at no state would take them for problems.
        if self.report.baseline is not None and self.options.everything:
            for entry in self.report.baseline.resolved:
                yield _Item((len(LEVELS), 0, 0), entry.rule, self.places.of(entry.place), entry)

    def write(self, stream: TextIO) -> None:
        head = {
            "tool": {"driver": self._driver()},
            "automationDetails": {"id": self._category()},
            "originalUriBaseIds": {_ROOT: {"description": {"text": text("sarif.root")}}},
            "columnKind": "unicodeCodePoints",
            "language": self.options.language,
            "artifacts": [
                {"location": self._file(self.places.path(s.name)), "hashes": {"sha-256": s.sha256}}
                for s in self.report.sources
            ],
            "properties": self._facts(),
        }
        packing = zlib.compressobj()
        begun = f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [\n{dumped(head)[:-1]},\n"results": ['
        stream.write(begun)
        size = len(packing.compress(begun.encode("utf-8", "surrogatepass")))
        written, separator = 0, "\n"
        for item in self.items:
            line = separator + dumped(self._result(item))
            size += len(packing.compress(line.encode("utf-8", "surrogatepass")))
            if written % _TOGETHER == 0:
                size += len(packing.flush(zlib.Z_SYNC_FLUSH))
            if size > PACKED:
                break
            stream.write(line)
            separator = ",\n"
            written += 1
        stream.write(f'\n],\n"invocations": [{dumped(self._invocation(written))}]}}\n]}}\n')

    # -- the tool -------------------------------------------------------------------------------------------

    def _driver(self) -> dict[str, Any]:
        return {
            "name": "transparency-check",
            "version": self.report.tool_version,
            "semanticVersion": self.report.tool_version,
            "rules": self._descriptors(),
        }

    def _descriptors(self) -> list[dict[str, Any]]:
        """Each rule with the law that it applies, as its results have it."""
        found: dict[str, list[_Item]] = {}
        for item in self.items:
            found.setdefault(item.rule, []).append(item)
        return [self._descriptor(rule, found[rule]) for rule in self.rules]

    def _descriptor(self, rule: str, items: list[_Item]) -> dict[str, Any]:
        first = items[0].what
        if isinstance(first, Problem):
            return self._of_input(rule, first, items)
        findings = [item.what for item in items if isinstance(item.what, Finding)]
        title = self.names.rule(rule) or rule
        law = list(dict.fromkeys(line for f in findings for line in wording.law_lines(f, self.names)))
        advice = self.names.advice.get(rule)
        severe = any(not finding.advisory for finding in findings)
        described = {
            "id": rule,
            "name": _cut(f"{rule} {title}", _NAME),
            "shortDescription": {"text": _plain(_cut(title, _DESCRIPTION))},
            "fullDescription": {"text": _plain(_cut(" ".join((title + ".", *law)), _DESCRIPTION))},
            "help": _help(title, advice, law),
            "defaultConfiguration": {"level": "error" if severe else "warning"},
            "properties": {"tags": self._tags(rule, findings)},
        }
        links = [f.url for f in findings if f.url and f.url.startswith(("http://", "https://"))]
        return described | ({"helpUri": _uri(links[0])} if links else {})

    def _of_input(self, rule: str, problem: Problem, items: list[_Item]) -> dict[str, Any]:
        title = text("remark.problem", code=problem.code)
        severe = any(isinstance(i.what, Problem) and i.what.severity == "error" for i in items)
        return {
            "id": rule,
            "name": _cut(f"{rule} {title}", _NAME),
            "shortDescription": {"text": _plain(_cut(title, _DESCRIPTION))},
            "fullDescription": {"text": text("sarif.input")},
            "help": _help(title, text("sarif.input"), []),
            "defaultConfiguration": {"level": "error" if severe else "warning"},
            "properties": {"tags": ["transparency", "input"]},
        }

    def _tags(self, rule: str, findings: Iterable[Finding]) -> list[str]:
        parts = rule.rsplit("-", 2)
        laws = (f.instrument for f in findings if f.instrument != OWN_INSTRUMENT)
        tags = ["transparency", *parts[-2:-1], *laws]
        return list(dict.fromkeys(printable(tag) for tag in tags))[:_TAGS]

    # -- results --------------------------------------------------------------------------------------------

    def _result(self, item: _Item) -> dict[str, Any]:
        if isinstance(item.what, Problem):
            made = self._of_problem(item.what, item)
        elif isinstance(item.what, Finding):
            made = self._of_finding(item.what, item)
        else:
            made = self._of_entry(item.what)
        head = {"ruleId": item.rule, "ruleIndex": self.index[item.rule]}
        where = {"locations": [self._location(item.spot)]} if item.spot else {}
        return head | made | where

    def _of_problem(self, problem: Problem, item: _Item) -> dict[str, Any]:
        path = item.spot.path if item.spot else ""
        fingerprint = problem_fingerprint(problem.code, path, problem.message, self.problems)
        return {
            "kind": "fail",
            "level": problem.severity,
            "message": {"text": _plain(f"{problem.place}: {problem.message}")},
            "partialFingerprints": self._partial(fingerprint, item),
        } | self._unsuppressed()

    def _of_finding(self, finding: Finding, item: _Item) -> dict[str, Any]:
        report, kind = self.report, _KINDS[finding.outcome]
        related = self._related(finding, item.spot)
        said = " ".join((f"{about(finding)}:", *lines_of(report, finding, self.names)))
        level = _LEVELS[self._level(finding)] if kind == "fail" else "none"
        result: dict[str, Any] = {
            "kind": kind,
            "level": level,
            "message": {"text": _linked(said, [place for place, _ in related])},
            "partialFingerprints": self._partial(self.fingerprints[finding.id], item),
        }
        if related:
            result["relatedLocations"] = [location for _, location in related]
        if report.baseline is not None and finding.id in report.baseline.states:
            result["baselineState"] = report.baseline.states[finding.id]
        result |= self._suppressed(finding) if finding.waiver else self._unsuppressed()
        return result | {"properties": _properties(finding)}

    def _level(self, finding: Finding) -> str:
        """As it would be if nobody had accepted or known it: these are said by properties of their own."""
        accepted = finding.waiver is not None or baselines.known(self.report, finding)
        if accepted and finding.binds == "municipality":
            return "warning" if finding.advisory else "error"
        return level_of(self.report, finding)

    def _of_entry(self, entry: BaselineEntry) -> dict[str, Any]:
        place = ", ".join(baselines.about(entry))
        return {
            "kind": "pass",
            "level": "none",
            "message": {"text": _plain(f"{place}: {text('sarif.resolved')}")},
            "baselineState": "absent",
            "partialFingerprints": {"transparencyCheck/v1": entry.fingerprint},
        }

    def _partial(self, fingerprint: str, item: _Item) -> dict[str, str]:
        """GitHub tells results of one rule apart by a digest of their line, which it makes itself. Where
        there is no line, or several have the same, they would be taken for one.
        """
        found = {"transparencyCheck/v1": fingerprint}
        if item.spot is None or item.spot.line is None or self.alike[item.rule, item.spot] > 1:
            found["primaryLocationLineHash"] = f"{fingerprint}:1"
        return found

    def _suppressed(self, finding: Finding) -> dict[str, Any]:
        assert finding.waiver is not None
        by = {
            "kind": "external",
            "status": "accepted",
            "justification": _plain(wording.waived(finding.waiver)),
            "location": self._location(self.places.of(finding.waiver.place)),
        }
        return {"suppressions": [by]}

    def _unsuppressed(self) -> dict[str, Any]:
        """Where results can be suppressed, the others say that they are not."""
        return {} if self.report.waivers is None else {"suppressions": []}

    def _related(self, finding: Finding, spot: Spot | None) -> list[tuple[str, dict[str, Any]]]:
        """Evidence, and what would settle a doubt, at other places than the result, by their places."""
        said: dict[str, str] = {}
        events: list[Evidence] = [e for e in (finding.trigger, *finding.fulfilment) if e is not None]
        for event in events:
            said.setdefault(event.place, wording.evidence(event, self.names))
        for settling in finding.settled_by:
            if settling.place:
                said.setdefault(settling.place, wording.settling(settling))
        places = [place for place in said if self.places.of(place) != spot][:_RELATED]
        return [
            (
                place,
                {"id": n}
                | self._location(self.places.of(place))
                | {"message": {"text": _plain(said[place])}},
            )
            for n, place in enumerate(places, start=1)
        ]

    # -- places ---------------------------------------------------------------------------------------------

    def _location(self, spot: Spot) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": self._file(spot.path)}
        if spot.line:
            physical["region"] = {"startLine": spot.line}
        found: dict[str, Any] = {"physicalLocation": physical}
        if spot.within:
            found["logicalLocations"] = [{"fullyQualifiedName": spot.within, "kind": "element"}]
        return found

    def _file(self, path: str) -> dict[str, Any]:
        index = {} if path not in self.artifacts else {"index": self.artifacts[path]}
        if Spot(path).absolute:
            return {"uri": "file:///" + _uri_path(path.lstrip("/"))} | index
        return {"uri": _uri_path(path), "uriBaseId": _ROOT} | index

    # -- the run --------------------------------------------------------------------------------------------

    def _category(self) -> str:
        """What tells this analysis from others of the repository, and behind the last slash this run."""
        packs = "+".join(pack.id for pack in self.report.packs)
        return "/".join(_uri_path(part, "") for part in ("transparency-check", packs, self.report.as_of))

    def _invocation(self, written: int) -> dict[str, Any]:
        code = exit_code(self.report, self.options.fail_on)
        notes = [*self._of_failures(), *self._left_out(written)]
        return {
            "executionSuccessful": code in (EXIT_FINE, EXIT_VIOLATIONS, EXIT_NOTHING),
            "exitCode": code,
            "toolExecutionNotifications": notes,
        }

    def _of_failures(self) -> Iterator[dict[str, Any]]:
        for error in self.report.rule_errors:
            said = text("report.rule_error", rule=error.rule, plugin=error.plugin, message=error.message)
            yield {"level": "error", "message": {"text": _plain(said)}}

    def _left_out(self, written: int) -> Iterator[dict[str, Any]]:
        if (left := self.total - written) > 0:
            yield {"level": "warning", "message": {"text": text("sarif.left_out", n=left, written=written)}}
        if written > SHOWN:
            yield {"level": "note", "message": {"text": text("sarif.shown", n=SHOWN, written=written)}}

    def _facts(self) -> dict[str, Any]:
        report = self.report
        return {
            "asOf": report.as_of,
            "knownAt": report.known_at,
            "zone": report.zone,
            "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in report.packs],
            "calendarSha256": report.calendar_sha256,
            "configurationSha256": report.configuration_sha256,
            "mappings": [{"file": used.name, "sha256": used.sha256} for used in report.mappings],
            "outcomes": report.outcomes(),
        }


def _properties(finding: Finding) -> dict[str, Any]:
    """What SARIF has no property of its own for."""
    return {
        "id": finding.id,
        "municipality": finding.municipality,
        "case": finding.case,
        "period": finding.period,
        "outcome": finding.outcome,
        "possible": finding.possible,
        "reasons": finding.reasons,
        "due": finding.due,
        "actBy": finding.act_by,
        "provisional": finding.provisional,
        "curable": finding.curable,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "commitment": finding.commitment,
        "binds": finding.binds,
    }


def _help(title: str, advice: str | None, law: list[str]) -> dict[str, str]:
    parts = [title, *([advice] if advice else []), *law]
    drawn = [f"## {markdown(title)}", *([markdown(advice)] if advice else [])]
    if law:
        drawn.append("\n".join(f"- {markdown(line)}" for line in law))
    return {"text": _plain("\n".join(parts)), "markdown": "\n\n".join(drawn).translate(_BRACES)}


def _problem_rule(problem: Problem) -> str:
    return f"TC-INPUT-{problem.code}"


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else value[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _plain(value: str) -> str:
    """Text of a message in which nothing is a link or a place for a value."""
    return _LINK.sub("] ", value).translate(_BRACES)


def _linked(said: str, places: list[str]) -> str:
    """The same, with links to the related locations whose places it names."""
    numbers = {_plain(place): n for n, place in enumerate(places, start=1) if not set(place) & set("[]\\")}
    shown_text = _plain(said)
    if not numbers:
        return shown_text
    longest_first = sorted(numbers, key=len, reverse=True)
    pattern = re.compile(f"(?<![^\\s(])(?:{'|'.join(map(re.escape, longest_first))})(?![0-9])")
    return pattern.sub(lambda found: f"[{found[0]}]({numbers[found[0]]})", shown_text)


def _uri_path(value: str, safe: str = "/") -> str:
    """The path with everything escaped that a URI cannot hold, or takes for a part of its own."""
    try:
        return quote(value, safe=safe)
    except UnicodeEncodeError:
        return quote(value.encode("utf-8", "surrogatepass"), safe=safe)


def _uri(value: str) -> str:
    """A link with what no URI can hold escaped, and nothing escaped twice."""
    return _uri_path(value, "/:?#[]@!$&'()*+,;=%~")
