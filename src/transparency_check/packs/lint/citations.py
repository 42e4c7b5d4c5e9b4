"""Where the law of a duty stands, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator

from transparency_check.model import Problem
from transparency_check.packs.lint.subject import One, of_duty
from transparency_check.packs.model import Duty
from transparency_check.packs.yaml_source import Path

_SURE = ("verified", "secondary")


@of_duty("missing-citation")
def cited(one: One) -> Iterator[Problem]:
    """The provision always; the wording or a link where the duty claims to be sure."""
    basis, versions = one.duty.legal_basis, one.duty.versions
    if not basis.provision and not all(v.provision for v in versions):
        yield one.told("missing-citation.provision", ("legal_basis",), at_key=True)
    sure = next((v.confidence for v in versions if v.confidence in _SURE), None)
    if sure and not (basis.quote or basis.url):
        yield one.told("missing-citation.wording", ("legal_basis",), at_key=True, confidence=sure)


@of_duty("number-without-source")
def numbers_sourced(one: One) -> Iterator[Problem]:
    """A number under a version that claims to be sure of it, and each reading."""
    duty, basis = one.duty, one.duty.legal_basis
    shown = bool(basis.quote or basis.url)
    for index, version in enumerate(duty.versions):
        told_here = version.note or version.provision
        if version.n is not None and version.confidence in _SURE and not (shown or told_here):
            yield one.told(
                "number-without-source.version",
                ("versions", index, "n"),
                n=version.n,
                confidence=version.confidence,
            )
    number = own_number(duty)
    sure = next((v for v in duty.versions if v.n is None and v.confidence in _SURE and not v.note), None)
    if number and sure and not (shown or duty.notes):
        path, n = number
        yield one.told("number-without-source.duty", path, n=n, confidence=sure.confidence)
    for index, reading in enumerate(duty.readings):
        if not reading.source.strip():
            yield one.told("number-without-source.reading", ("readings", index, "source"))


@of_duty("missing-roll")
def roll_said(one: One) -> Iterator[Problem]:
    """The loader demands `roll` of backward periods; a forward one should say it too."""
    deadline = one.duty.deadline
    if deadline is None or deadline.after is None or deadline.roll is not None:
        return
    # Where the number is unknown, so is what becomes of its last day.
    if deadline.n not in (0, "unknown") and deadline.unit not in ("hour", "working-day"):
        yield one.told("missing-roll", ("deadline",))


@of_duty("version-outside-instrument")
def version_within_instrument(one: One) -> Iterator[Problem]:
    """A version is in force only while its instrument is."""
    for index, version in enumerate(one.duty.versions):
        instrument = one.whole.instruments.get(version.instrument)
        if instrument is None:
            continue
        early = version.from_ and instrument.from_ and version.from_ < instrument.from_
        late = version.to and instrument.to and version.to > instrument.to
        endless = version.to is None and instrument.to is not None
        if early or late or endless:
            yield one.told(
                "version-outside-instrument",
                ("versions", index),
                from_=version.from_ or "...",
                to=version.to or "...",
                instrument=instrument.id,
                first=instrument.from_ or "...",
                last=instrument.to or "...",
            )


def own_number(duty: Duty) -> tuple[Path, int] | None:
    """The number of the duty itself, above 0, with its place."""
    for key, part in (("deadline", duty.deadline), ("open_for", duty.open_for)):
        if part is not None and isinstance(part.n, int) and part.n > 0:
            return (key, "n"), part.n
    if duty.count is not None and isinstance(duty.count.at_least, int):
        return ("count", "at_least"), duty.count.at_least
    return None
