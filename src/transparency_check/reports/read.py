"""Reading a JSON report back: what ``check`` once said, as it said it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..configuration.read import bytes_of
from ..errors import UsageError
from ..harmless import plain
from ..messages import text
from ..model import Finding, LeftOutRows, MappingUse, PackDigest, Problem, Report, RuleError, Source
from .json import SCHEMA
from .options import Names

_MAX_BYTES = 2_000_000_000
_NAMED = re.compile(rb'"schema"\s*:\s*"(transparency-check/[a-z-]+/[0-9]+)"')
# In how many bytes a report says what it is.
_BEGINNING = 4096


class ReadReport(NamedTuple):
    """A report that was read, with its head as it stands there. The ``message`` of a finding is the whole
    paragraph, in the language that it was written in; ``sha256`` is that of the file.
    """

    report: Report
    head: Mapping[str, Any]
    titles: Mapping[str, str]
    sha256: str


def form_of(path: Path) -> str | None:
    """What a file of this program says that it is, as ``transparency-check/report/1``; None for any other."""
    try:
        with path.open("rb") as stream:
            found = _NAMED.search(stream.read(_BEGINNING))
    except OSError:
        # A folder, or nothing: whoever reads it tells.
        return None
    return found[1].decode() if found else None


def read_report(path: Path) -> ReadReport:
    """The report in a file. Raises ``UsageError`` where it is none that ``check`` has written whole."""
    import orjson

    name = path.as_posix()
    data = bytes_of(path, name, "report", _MAX_BYTES)
    if (form := form_of(path)) != SCHEMA:
        raise UsageError(text("error.report.form", path=name, form=form or "?", known=SCHEMA))
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise UsageError(text("error.report.json", path=f"{name}:{error.lineno}", why=error.msg)) from None
    try:
        found = _report(whole)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = " ".join(plain(str(error)).split())[:200]
        raise UsageError(text("error.report.shape", path=name, why=why)) from None
    if whole["until"] is not None and not _is_whole(whole):
        raise UsageError(text("error.report.upcoming", path=name))
    return ReadReport(
        found,
        {key: value for key, value in whole.items() if key not in ("findings", "problems")},
        {finding["rule"]: finding["title"] for finding in whole["findings"]},
        hashlib.sha256(data).hexdigest(),
    )


def _is_whole(whole: dict[str, Any]) -> bool:
    """Whether a report with a horizon has all findings but those that do not apply: `remind` writes such,
    `upcoming` only what comes.
    """
    summary = whole["summary"]
    least: int = summary["obligations"] - summary["outcomes"]["not_applicable"]
    return len(whole["findings"]) >= least


def _report(whole: dict[str, Any]) -> Report:
    from pydantic import TypeAdapter

    adapter = TypeAdapter(tuple[Finding, ...])
    findings = adapter.validate_python([_fields(f) for f in whole["findings"]])
    return Report(
        tool_version=whole["tool"]["version"],
        as_of=whole["as_of"],
        known_at=whole["known_at"],
        zone=whole["zone"],
        until=None,
        sources=tuple(Source(s["name"], s["sha256"], s["events"], s.get("head")) for s in whole["inputs"]),
        packs=tuple(PackDigest(p["id"], p["version"], p["sha256"]) for p in whole["packs"]),
        calendar_sha256=whole["calendar"]["sha256"],
        configuration_sha256=whole["configuration"]["sha256"],
        events=whole["summary"]["events"],
        findings=findings,
        problems=tuple(Problem(**problem) for problem in whole["problems"]),
        rule_errors=tuple(RuleError(**error) for error in whole["rule_errors"]),
        assumed_coverage=whole["assumed_coverage"],
        shortened=len(findings) < whole["summary"]["obligations"],
        redacted=bool(whole.get("redacted")),
        mappings=tuple(_mapping(used) for used in whole.get("mappings", ())),
    )


def _mapping(used: dict[str, Any]) -> MappingUse:
    left = tuple(LeftOutRows(each["place"], each["said"], each["rows"]) for each in used["left_out"])
    more = used["ignored"] - sum(each.rows for each in left)
    return MappingUse(used["file"], used["sha256"], used["rows"], used["ignored"], left, more)


def _fields(shown: dict[str, Any]) -> dict[str, Any]:
    """The fields of a finding, from its object."""
    version, basis = shown["version"], shown["legal_basis"]
    late, progress = shown["late_by"], shown["progress"]
    waiver = shown["waiver"]
    kept = {key: value for key, value in shown.items() if key in Finding._fields}
    return kept | {
        "instrument": version["instrument"],
        "version_from": version["from"],
        "version_to": version["to"],
        "provision": basis["provision"],
        "url": basis["url"],
        "late_by": None if late is None else (late["number"], late["unit"]),
        "progress": None if progress is None else (progress["done"], progress["needed"]),
        "waiver": None
        if waiver is None
        else {**waiver, "rule": shown["rule"], "municipality": shown["municipality"], "subject": shown["id"]},
    }


def names_of(*reports: ReadReport) -> Names:
    """The titles of duties that the reports give; the later ones go first."""
    titles: dict[str, str] = {}
    for read in reports:
        titles |= read.titles
    return Names(rules=titles)
