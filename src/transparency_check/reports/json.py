"""The report for programs: ``transparency-check/report/1``, described by ``docs/schemas/report.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from ..json_text import dumped
from ..model import (
    ConfigurationUse,
    Evidence,
    Finding,
    MappingUse,
    Problem,
    Reading,
    Report,
    Setting,
    Settling,
    Source,
    Waived,
    WaiversUse,
)
from . import acts, baselines, changed, wording
from .options import Names, ReportOptions

SCHEMA = "transparency-check/report/1"


def evidence_object(event: Evidence) -> dict[str, Any]:
    """One event as the schema has it."""
    return {"event": event.event, "type": event.type, "place": event.place, "time": event.time}


def setting_object(setting: Setting) -> dict[str, Any]:
    """One setting of the office as the schema has it."""
    return {
        "kind": setting.kind,
        "subject": setting.subject,
        "value": setting.value,
        "by": setting.by,
        "source": setting.source,
        "note": setting.note,
        "place": setting.place,
    }


def _configuration(sha256: str, given: ConfigurationUse | None) -> dict[str, Any]:
    uses = () if given is None else given.uses
    return {
        "sha256": sha256,
        "file": None if given is None else given.name,
        "municipality": None if given is None else given.municipality,
        "settings": [setting_object(u.setting) | {"used": u.used, "remark": u.note} for u in uses],
    }


def _waiver(given: Waived) -> dict[str, Any]:
    return {
        "reason": given.reason,
        "approved_by": given.approved_by,
        "legal_basis": given.legal_basis,
        "until": given.until,
        "place": given.place,
    }


def _waivers(given: WaiversUse | None) -> dict[str, Any] | None:
    if given is None:
        return None
    uses = [
        {"rule": w.rule, "municipality": w.municipality, "subject": w.subject}
        | _waiver(w)
        | {"state": use.state, "violations": use.violations}
        for use in given.uses
        for w in (use.waiver,)
    ]
    return {"file": given.name, "sha256": given.sha256, "entries": uses}


def mapping_object(used: MappingUse) -> dict[str, Any]:
    """A mapping and what became of the rows that were read by it, as the schema has it."""
    return {
        "file": used.name,
        "sha256": used.sha256,
        "rows": used.rows,
        "ignored": used.ignored,
        "left_out": [{"place": each.place, "said": each.said, "rows": each.rows} for each in used.left_out],
    }


def _settling(item: Settling) -> dict[str, Any]:
    return {"reason": item.reason, "event": item.event, "place": item.place, "fields": item.fields}


def _reading(read: Reading) -> dict[str, Any]:
    return {"name": read.name, "due": read.due, "outcome": read.outcome, "source": read.source}


def finding_object(finding: Finding, names: Names) -> dict[str, Any]:
    """One finding as the schema has it."""
    # A large report asks hundreds of thousands of findings for all their fields: to take them out of the
    # tuple at once takes a third of the time.
    (
        id_, rule, municipality, case, period, outcome, reasons, possible, settled_by, severity, confidence,
        presumption, instrument, version_from, version_to, curable, cure, trigger, anchor, due, act_by,
        due_range, provisional, readings, fulfilment, late_by, bearer, provision, url, commitment, instead,
        progress, _, binds, configured, waiver,
    ) = finding  # fmt: skip
    return {
        "id": id_,
        "rule": rule,
        "title": names.rule(rule),
        "municipality": municipality,
        "case": case,
        "period": period,
        "outcome": outcome,
        "reasons": reasons,
        "possible": possible,
        "settled_by": list(map(_settling, settled_by)),
        "severity": severity,
        "confidence": confidence,
        "presumption": presumption,
        "commitment": commitment,
        "binds": binds,
        "configured": list(map(setting_object, configured)),
        "version": {"instrument": instrument, "from": version_from, "to": version_to},
        "curable": curable,
        "cure": None if cure is None else dict(cure),
        "instead": instead,
        "progress": None if progress is None else {"done": progress[0], "needed": progress[1]},
        "trigger": None if trigger is None else evidence_object(trigger),
        "anchor": anchor,
        "due": due,
        "act_by": act_by,
        "due_range": due_range,
        "provisional": provisional,
        "readings": list(map(_reading, readings)),
        "fulfilment": list(map(evidence_object, fulfilment)),
        "late_by": None if late_by is None else {"number": wording.whole(late_by[0]), "unit": late_by[1]},
        "bearer": bearer,
        "legal_basis": {"instrument": instrument, "provision": provision, "url": url},
        "waiver": None if waiver is None else _waiver(waiver),
        "message": wording.message(finding, names),
    }


def problem_object(problem: Problem) -> dict[str, Any]:
    """One problem as the schema has it."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "place": problem.place,
        "message": problem.message,
        "values": dict(problem.values),
    }


def _input(source: Source) -> dict[str, Any]:
    """One input; of a register also the end of its chain."""
    read: dict[str, Any] = {"name": source.name, "sha256": source.sha256, "events": source.events}
    return read if source.head is None else read | {"head": source.head}


def _rate(bounds: tuple[float, float] | None) -> dict[str, float] | None:
    return None if bounds is None else {"low": round(bounds[0], 6), "high": round(bounds[1], 6)}


def head_object(report: Report, options: ReportOptions) -> dict[str, Any]:
    """All that the schema has but findings and problems."""
    severities = [p.severity for p in report.problems]
    # Only `validate` tells any.
    noted = {"note": severities.count("note")} if options.validation else {}
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "transparency-check", "version": report.tool_version},
        "as_of": report.as_of,
        "known_at": report.known_at,
        "until": report.until,
        "zone": report.zone,
        "language": options.language,
        "inputs": [_input(source) for source in report.sources],
        "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in report.packs],
        "calendar": {"sha256": report.calendar_sha256},
        "configuration": _configuration(report.configuration_sha256, report.configuration),
        "waivers": _waivers(report.waivers),
        "baseline": baselines.head_object(report.baseline),
        "mappings": [mapping_object(used) for used in report.mappings],
        **({"redacted": True} if report.redacted else {}),
        "selection": {name: value for name, value in options.selection.items() if value},
        "assumed_coverage": dict(sorted(report.assumed_coverage.items())),
        "summary": {
            "events": report.events,
            "problems": {"error": severities.count("error"), "warning": severities.count("warning")} | noted,
            "obligations": sum(report.weights().values()),
            "outcomes": report.outcomes(),
            "waived": sum(n for weight, n in report.weights().items() if weight.waived),
            "compliance": _rate(report.compliance()),
            "commitments": _rate(report.compliance("commitment")),
        },
        "rule_errors": [
            {"plugin": e.plugin, "rule": e.rule, "message": e.message} for e in report.rule_errors
        ],
    }
    coming = options.upcoming
    if coming is not None and coming.since is not None:
        found["since"] = changed.since_object(coming.since, options.names)
    return found


def finding_objects(report: Report, options: ReportOptions) -> Iterator[dict[str, Any]]:
    """The findings that are shown, in order."""
    names, coming, used = options.names, options.upcoming, report.baseline
    if coming is not None:
        for finding in coming.findings:
            left = coming.left.get(finding.id)
            days = None if left is None else {"days": left.days, "working_days": left.working_days}
            more: dict[str, Any] = {"left": days, "acts": acts.acts_object(options.acts(finding))}
            if coming.since is not None:
                more["since"] = changed.finding_object(coming.since, finding)
            yield finding_object(finding, names) | more
        return
    for finding in report.findings:
        if options.everything or finding.outcome != "not_applicable":
            shown = finding_object(finding, names)
            if used is not None:
                shown["baseline"] = baselines.finding_object(used, finding)
            yield shown


class JsonReporter:
    """JSON, written finding by finding: a report of a million findings never stands in memory as one text."""

    name = "json"
    suffixes: tuple[str, ...] = (".json",)
    one_by_one = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the report; one finding and one problem a line, so that reports compare line by line."""
        given = ReportOptions.of(options)
        stream.write(dumped(head_object(report, given))[:-1] + ',\n"findings": [')
        separator = "\n"
        for finding in finding_objects(report, given):
            stream.write(separator + dumped(finding))
            separator = ",\n"
        stream.write('\n],\n"problems": [')
        separator = "\n"
        for problem in report.problems:
            stream.write(separator + dumped(problem_object(problem)))
            separator = ",\n"
        stream.write("\n]}\n")
