"""What everything rests on: records, law, moment, problems, who asks."""

from __future__ import annotations

from ...messages import text
from ...messages.figures import grouped
from ...messages.problems import reworded
from ...model import Problem
from ...pages.blocks import Cell, Column, Drawable, Facts, Line, Prose, Table, cell
from ...pages.page import Section
from ...reports import wording
from ..drawing import ServedPage
from ..frame import ABOUT, LEFT_OUT, SIGN_OUT, Served
from ..parts import Copied, FieldGroup, Form
from .asked import Asked
from .notices import notices

_MOST = 100


def about_page(frame: Served, asked: Asked) -> ServedPage:
    """The whole of it."""
    report = frame.record.report
    facts: list[tuple[str, tuple[Line, ...]]] = [
        (text("document.as_of"), (Line(f"{frame.as_of} ({report.zone})"),)),
        (text("serve.about.made"), (Line(frame.rests_on()),)),
        (
            text("document.input"),
            tuple(
                Line(text("report.input", name=s.name, n=s.events), after=f"(SHA-256 {s.sha256})")
                for s in report.sources
            ),
        ),
        (
            text("document.pack"),
            tuple(Line(f"{p.id} {p.version}", after=f"(SHA-256 {p.sha256})") for p in report.packs),
        ),
        (text("document.calendar"), (Line(f"SHA-256 {report.calendar_sha256}"),)),
    ]
    covered = tuple(map(Line, wording.coverage(report)))
    facts.append((text("site.coverage"), covered or (Line(text("site.coverage.declared")),)))
    if settings := wording.configuration(report):
        facts.append((text("document.configuration"), tuple(map(Line, settings))))
    facts.append((text("document.program"), (Line(f"transparency-check {report.tool_version}"),)))
    sections = [Section("basis", text("site.basis"), (Facts(tuple(facts)),))]
    if frame.snapshot.head is not None:
        head: tuple[Drawable, ...] = (
            Prose.of([text("serve.about.head")]),
            Copied(text("serve.about.head.label"), frame.snapshot.head),
        )
        sections.append(Section("chain", text("serve.about.chain"), head))
    sections.append(_problems(frame, report.problems))
    sections.append(_person(frame))
    return ServedPage(
        title=text("serve.nav.about"),
        surroundings=frame.surroundings(ABOUT),
        kicker=text("site.as_of", as_of=frame.as_of),
        opening=notices(frame),
        sections=tuple(sections),
        contents=True,
    )


def _problems(frame: Served, problems: tuple[Problem, ...]) -> Section:
    ordered = sorted(problems, key=lambda p: p.severity != "error")
    rows: list[tuple[Cell, ...]] = [
        (cell(p.place), (Line(text(f"serve.problem.{p.severity}")),), cell(told(p))) for p in ordered[:_MOST]
    ]
    columns = (
        Column(text("site.column.place"), "head"), Column(text("serve.column.weight")),
        Column(text("site.column.problem"), "wide"),
    )  # fmt: skip
    caption = text("serve.problems.caption", number=grouped(len(problems)))
    more: list[Line] = []
    if frame.writable and (left := sum(p.code == "left_out" for p in problems)):
        more.append(Line(text("serve.events.left_out", n=left), frame.href(LEFT_OUT)))
    table = Table("problems-table", caption, columns, tuple(rows), text("serve.problems.none"), tuple(more))
    return Section("problems", text("site.problems.caption"), (table,))


def told(problem: Problem) -> str:
    """A problem in the language that is spoken now: it was judged in another one."""
    try:
        return reworded(problem, problem.values) or problem.message
    except (KeyError, IndexError, ValueError):
        return problem.message


def _person(frame: Served) -> Section:
    assert frame.person is not None
    role = text(f"serve.role.{frame.person.role}")
    blocks: list[Drawable] = [
        Facts(
            (
                (text("serve.about.name"), (Line(frame.person.name),)),
                (text("serve.about.role"), (Line(role),)),
            )
        ),
        Form(frame.href(SIGN_OUT), (FieldGroup("", ()),), text("serve.sign_out"), post=True),
    ]
    return Section("you", text("serve.about.you"), tuple(blocks))
