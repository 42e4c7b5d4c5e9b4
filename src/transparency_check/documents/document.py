"""What a document holds beside its page: what it rests on, to the digests, and where it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import UsageError
from ..messages import text
from ..messages.figures import day
from ..messages.language import current
from ..model import Report
from ..reports.outline import Outline

# What a renderer is installed with, by the module that it imports.
EXTRA = "documents"
Fact = tuple[str, str]


@dataclass(frozen=True)
class Document:
    """A page with the facts that it rests on; ``language`` is that of the page,
    as an HTML document names it.
    """

    page: Outline
    facts: tuple[Fact, ...] = ()
    language: str = field(default_factory=current)

    @property
    def signatures(self) -> tuple[str, ...]:
        """What stands below the lines to sign on."""
        return text("document.prepared"), text("document.approved")


def facts_of(report: Report, municipalities: Mapping[str, str], only: str | None = None) -> tuple[Fact, ...]:
    """What a report rests on: about whom (or ``only`` about whom), as of when, by which law, from which
    files.
    """
    ids = sorted({f.municipality for f in report.findings}) if only is None else [only]
    return tuple(_facts(report, ids, municipalities))


def _facts(report: Report, ids: Sequence[str], names: Mapping[str, str]) -> Iterator[Fact]:
    if ids:
        yield text("document.municipality"), ", ".join(names.get(id_, id_) for id_ in ids)
    yield text("document.as_of"), f"{day(report.as_of)} ({report.zone})"
    if report.known_at != report.as_of:
        yield text("document.known_at"), day(report.known_at)
    for pack in report.packs:
        yield text("document.pack"), f"{pack.id} {pack.version}, SHA-256 {pack.sha256}"
    yield text("document.calendar"), f"SHA-256 {report.calendar_sha256}"
    for source in report.sources:
        yield text("document.input"), f"{source.name}, SHA-256 {source.sha256}"
    if report.configuration is not None:
        yield (
            text("document.configuration"),
            f"{report.configuration.name}, SHA-256 {report.configuration_sha256}",
        )
    for used in report.mappings:
        yield text("document.mapping"), f"{used.name}, SHA-256 {used.sha256}"
    if report.waivers is not None:
        yield text("document.waivers"), f"{report.waivers.name}, SHA-256 {report.waivers.sha256}"
    if report.baseline is not None:
        yield text("document.baseline"), f"{report.baseline.name}, SHA-256 {report.baseline.sha256}"
    yield text("document.program"), f"transparency-check {report.tool_version}"


def missing(module: str, form: str) -> UsageError:
    """The error for a library that is not installed."""
    return UsageError(text("error.document.missing", module=module, form=form, extra=EXTRA))
