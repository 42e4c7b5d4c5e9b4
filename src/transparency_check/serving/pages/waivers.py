"""Violations that somebody has accepted, and what became of each decision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...messages import text
from ...messages.figures import day
from ...pages.blocks import Column, Drawable, Line, Prose, Table
from ...pages.page import Section
from ..drawing import ServedPage
from ..frame import WAIVERS, Served
from .accepting import accepting_form, done, faults, offered
from .asked import Asked
from .notices import notices

_TONES = {"used": "late", "unused": "not_applicable", "expired": "violated", "refused": "undetermined"}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def waivers_page(
    frame: Served, asked: Asked, given: Mapping[str, str] = _NOTHING, problems: Mapping[str, str] = _NOTHING
) -> ServedPage:
    """The entries of the file of waivers that was used; for who may accept more the form, with what was
    ``given`` and is wrong with it.
    """
    used = frame.record.report.waivers
    blocks: list[Drawable] = []
    if used is None:
        blocks.append(Prose.of([text("serve.waivers.no_file")]))
    else:
        accepted = {f.waiver.place: f for f in frame.whole.waived() if f.waiver is not None}
        rows = []
        for use in used.uses:
            waiver = use.waiver
            finding = accepted.get(waiver.place)
            href = frame.finding_page(finding.id) if finding is not None else ""
            rows.append(
                (
                    (
                        Line(frame.duty(waiver.rule), href),
                        Line(waiver.rule, tone="quiet"),
                        Line(f"{frame.town(waiver.municipality)}, {waiver.subject}", tone="quiet"),
                    ),
                    (
                        Line(text(f"serve.waiver.{use.state}"), tone=_TONES[use.state]),  # type: ignore[arg-type]
                        Line(text("serve.waivers.until", until=day(waiver.until))),
                    ),
                    (Line(waiver.approved_by), Line(waiver.legal_basis, tone="quiet")),
                    (Line(waiver.reason), Line(waiver.place, tone="quiet")),
                )
            )
        columns = (
            Column(text("column.duty"), "head"), Column(text("serve.waivers.state")),
            Column(text("serve.waivers.by")), Column(text("serve.waivers.reason"), "wide"),
        )  # fmt: skip
        caption = text("serve.waivers.caption", name=used.name)
        blocks.append(Table("waivers", caption, columns, tuple(rows), text("serve.waivers.none")))
    sections = [Section("found", text("serve.waivers.found"), tuple(blocks))]
    if frame.may_accept:
        found = offered(frame)
        form: tuple[Drawable, ...] = (
            (Prose.of([text("serve.accept.means")]), accepting_form(frame, found, given, problems))
            if found or problems
            else (Prose.of([text("serve.accept.nothing")]),)
        )
        sections.append(Section("accept", text("serve.accept"), form))
    return ServedPage(
        title=text("serve.nav.waivers"),
        surroundings=frame.surroundings(WAIVERS),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("serve.waivers.lead")),),
        opening=(*notices(frame), *done(frame, asked), *faults(problems)),
        sections=tuple(sections),
        status=422 if problems else 200,
    )
