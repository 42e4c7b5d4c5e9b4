"""All duties of the law that is applied, and each with its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from ...messages import text
from ...pages.blocks import Column, Drawable, Line, Table, cell
from ...pages.page import Section
from ...site.duty import duty_page as page_of_site
from ...site.frame import file_name
from ..drawing import ServedPage
from ..frame import DUTIES, OBLIGATIONS, Served
from ..parts import Actions, Field, FieldGroup, Form
from .asked import Asked, NotThere
from .notices import notices


def duties_page(frame: Served, asked: Asked) -> ServedPage:
    """All duties by area, with how many obligations they brought about."""
    part = asked.one("q").casefold()
    numbers = frame.record.of().by_rule("law", "commitment", "others")
    rows: dict[str, list[tuple[tuple[Line, ...], ...]]] = {}
    for duty in frame.rulebook.duties:
        title = frame.duty(duty.id)
        if part and part not in f"{duty.id} {title}".casefold():
            continue
        outcomes = numbers.get(duty.id) or Counter()
        total = sum(outcomes.values())
        bad = outcomes.get("violated", 0) + outcomes.get("late", 0)
        link = frame.href(OBLIGATIONS, rule=duty.id) if total else ""
        rows.setdefault(duty.area, []).append(
            (
                (Line(title, frame.href(frame.duty_page(duty.id))), Line(duty.id, tone="quiet")),
                cell(duty.legal_basis.provision or ""),
                cell(total, link),
                cell(bad),
            )
        )
    columns = (
        Column(text("column.duty"), "head"), Column(text("serve.column.provision"), "wide"),
        Column(text("serve.column.obligations"), "number"), Column(text("serve.column.broken"), "number"),
    )  # fmt: skip
    sections = tuple(
        Section(
            f"area-{n}",
            frame.area(area),
            (Table(f"duties-{n}", frame.area(area), columns, tuple(found), caption_hidden=True),),
        )
        for n, (area, found) in enumerate(sorted(rows.items(), key=lambda i: frame.area(i[0])), start=1)
    )
    search = Form(
        frame.href(DUTIES),
        (FieldGroup("", (Field("q", text("serve.filter.words"), value=asked.one("q")),)),),
        text("serve.filter.show"),
        compact=True,
        label=text("serve.filter.label"),
    )
    opening: list[Drawable] = [*notices(frame), search]
    if not sections:
        opening.append(Table("none", "", (), (), text("serve.duties.none")))
    return ServedPage(
        title=text("serve.nav.duties"),
        surroundings=frame.surroundings(DUTIES),
        lead=(Line(text("serve.duties.lead", n=len(frame.rulebook.duties))),),
        opening=tuple(opening),
        sections=sections,
        contents=len(sections) > 1,
    )


def duty_page(frame: Served, asked: Asked, name: str) -> ServedPage:
    """One duty: its law, then what the records show of it. Raises ``NotThere``."""
    rule = next((r for r in frame.record.areas if file_name(r) == name), None)
    if rule is None:
        raise NotThere(text("serve.no.duty", name=name))
    made = page_of_site(frame, rule)
    kept = {f.name: getattr(made, f.name) for f in fields(made)}
    opening: list[Drawable] = [*notices(frame)]
    if total := sum(frame.record.of(rule=rule).by_rule("law", "commitment", "others").get(rule, {}).values()):
        said = text("serve.duty.obligations", n=total)
        opening.append(Actions((Line(said, frame.href(OBLIGATIONS, rule=rule)),)))
    return ServedPage(**{**kept, "opening": tuple(opening)})
