"""Planning a date, and the readiness sheet of a case: on the screen, and to print."""

from __future__ import annotations

from ...errors import TransparencyCheckError
from ...messages import text
from ...pages.blocks import Drawable, Line, Notice, Prose
from ...pages.page import Link, Section
from ...planning.answer import Wish, planned
from ...reports import sheet as sheets
from ...reports.planned import outline as plan_outline
from ...spreadsheets.titles import title, value_title
from ..days import as_logged
from ..drawing import ServedPage
from ..frame import CASES, PLAN, SHEET, Served
from ..parts import Actions, Faults, Field, FieldGroup, Form, Option
from ..vocabulary import attribute_title, capital
from .asked import Asked, NotThere
from .notices import notices
from .outlined import sections_of

# The first section of a plan, as ``sections_of`` names it.
_RESULT = "plan-1"


def plan_page(frame: Served, asked: Asked) -> ServedPage:
    """The form, and what comes of it where something was asked for."""
    plans = frame.rulebook.vocabulary.plans
    what = asked.one("what")
    opening: list[Drawable] = []
    sections: tuple[Section, ...] = ()
    if what in plans:
        try:
            sections = _planned(frame, asked, what)
        except TransparencyCheckError as error:
            opening.append(Faults(text("serve.plan.refused"), (Line(str(error)),)))
    chosen = what if what in plans else next(iter(plans), "")
    opening.append(_form(frame, asked, chosen))
    if not sections and not opening[:-1]:
        opening.append(Prose((Line(text("serve.plan.explained"), id=_RESULT),)))
    return ServedPage(
        title=text("serve.nav.plan"),
        surroundings=frame.surroundings(PLAN),
        lead=(Line(text("serve.plan.lead")),),
        opening=tuple(opening),
        sections=sections,
    )


def _planned(frame: Served, asked: Asked, what: str) -> tuple[Section, ...]:
    on = as_logged(asked.one("on"), asked.one("on_time"))
    start = as_logged(asked.one("start"), "")
    kinds = tuple(asked.every("kind"))
    plan = frame.rulebook.vocabulary.plans[what]
    wish = Wish(
        what,
        on=on or None,
        start=start or frame.today.isoformat(),
        # Of another kind of case than the one that is asked for now.
        kinds=tuple(k for k in kinds if k in plan.kinds),
        municipality=asked.one("municipality") or None,
        packs=frame.packs,
        office=None if frame.snapshot.answer.laid is None else frame.snapshot.answer.laid.office,
    )
    found = planned(wish, frame.registry())
    outline = plan_outline(found, frame.names)
    head = Section("basis", text("serve.plan.basis"), (Prose.of(outline.header),))
    return (*sections_of(outline, "plan"), head)


def _form(frame: Served, asked: Asked, chosen: str) -> Form:
    vocabulary = frame.rulebook.vocabulary
    plans = vocabulary.plans
    kinds_of = tuple(Option(name, capital(title(plan.title)), name == chosen) for name, plan in plans.items())
    towns = sorted((frame.town(t), t) for t in frame.record.towns)
    given = asked.one("municipality") or (towns[0][1] if len(towns) == 1 else "")
    places = (
        Option("", text("serve.plan.any")), *(Option(t, name, t == given) for name, t in towns)
    )  # fmt: skip
    fields = [
        Field("what", text("serve.plan.what"), "choice", options=kinds_of),
        Field("municipality", text("serve.filter.municipality"), "choice", options=places),
        Field(
            "on", text("serve.plan.on"), value=asked.one("on"), input_mode="decimal",
            hint=f"{text('serve.plan.on.hint')} {text('serve.hint.day')}",
            second=Field(
                "on_time", text("serve.form.clock"), value=asked.one("on_time"), input_mode="decimal"
            ),
        ),
        Field(
            "start", text("serve.plan.start"), value=asked.one("start"), hint=text("serve.plan.start.hint"),
            input_mode="decimal",
        ),
    ]  # fmt: skip
    plan = plans.get(chosen)
    if plan is not None and plan.kind is not None:
        attribute = vocabulary.attributes[plan.kind]
        marked = set(asked.every("kind"))
        options = tuple(
            Option(kind, capital(value_title(attribute, kind)), kind in marked) for kind in plan.kinds
        )
        label = attribute_title(vocabulary, plan.kind)
        fields.append(Field("kind", label, "choices", options=options, hint=text("serve.plan.kind.hint")))
    return Form(
        # What comes of it stands below the form: the browser goes there.
        f"{frame.href(PLAN)}#{_RESULT}",
        (FieldGroup(text("serve.plan.legend"), tuple(fields)),),
        text("serve.plan.show"),
    )


def sheet_page(frame: Served, asked: Asked) -> ServedPage:
    """The readiness sheet of a case. Raises ``NotThere``."""
    municipality, case = asked.one("municipality"), asked.one("case")
    try:
        sheet = frame.snapshot.sheet(case, municipality)
    except TransparencyCheckError as error:
        raise NotThere(str(error)) from None
    with frame.snapshot.asking(municipality):
        outline = sheets.outline(sheet, frame.names)
    links = tuple(
        Line(text("serve.sheet.take", format=form.upper()), _file(frame, municipality, case, form))
        for form in ("pdf", "docx")
    )
    return ServedPage(
        title=outline.title,
        surroundings=frame.surroundings(CASES),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=(*notices(frame), Actions(links, note=text("serve.sheet.print"))),
        sections=(
            *sections_of(outline, "sheet"),
            Section("basis", text("serve.plan.basis"), (Notice(tuple(map(Line, outline.header))),)),
        ),
        path=(
            Link(text("serve.nav.cases"), frame.href(CASES)),
            Link(case, frame.case_page(municipality, case)),
            Link(text("serve.sheet"), "", current=True),
        ),
    )


def _file(frame: Served, municipality: str, case: str, form: str) -> str:
    return frame.href(f"{SHEET}.{form}", municipality=municipality, case=case)
