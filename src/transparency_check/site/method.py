"""The pages that say how the record is made, what its words mean, and where its data are."""

from __future__ import annotations

from ..messages import text
from ..messages.figures import grouped
from ..model import OUTCOMES
from ..pages.blocks import Column, Downloads, Facts, Line, Listing, Prose, Table, cell
from ..pages.page import Page, Section
from ..reports import wording
from .frame import CALENDAR, DATA, FEED, METHOD, OPEN_DATA, Frame

_STEPS = ("counted", "which", "rate", "bounds", "apart", "weights", "period", "waived", "together")
_LIMITS = ("gaps", "recent", "few", "more", "unseen")
_WORDS = ("obligation", "violation", "curable", "waived", "commitment", "act_by", "reading")
_GRADES = ("verified", "secondary", "unverified")
_LEFT_OUT = ("texts", "names", "folders", "ids")
# What lies in the folder of data, with the code that says what it is.
FILES = (
    ("findings.csv", "site.data.findings.csv"),
    ("findings.jsonl", "site.data.findings.jsonl"),
    ("report.json", "site.data.report"),
    ("score.csv", "site.data.score.csv"),
    ("score.json", "site.data.score.json"),
)


def method_page(frame: Frame) -> Page:
    """How the record is made, and what it cannot say."""
    steps = tuple(
        (cell(text(f"site.method.{step}")), cell(text(f"site.method.{step}.rule"))) for step in _STEPS
    )
    columns = (Column(text("site.column.step"), "head"), Column(text("site.column.rule"), "wide"))
    grades = tuple(
        (wording.confidence(grade), (Line(text(f"page.confidence.{grade}")),)) for grade in _GRADES
    )
    return Page(
        title=text("site.method"),
        surroundings=frame.surroundings(METHOD),
        lead=(Line(text("site.method.lead")),),
        contents=True,
        sections=(
            Section(
                "steps",
                text("site.method.steps"),
                (Table("method", text("site.method.caption"), columns, steps),),
            ),
            Section(
                "limits",
                text("site.limits"),
                (Listing(tuple(Line(text(f"site.limits.{limit}")) for limit in _LIMITS)),),
            ),
            Section("words", text("site.words"), (Facts(_words(), terms=True),)),
            Section(
                "sources", text("site.grades"), (Prose.of([text("site.grades.lead")]), Facts(grades, True))
            ),
            Section(
                "left-out",
                text("site.left_out"),
                (
                    Prose.of([text("site.left_out.lead")]),
                    Listing(tuple(Line(text(f"site.left_out.{what}")) for what in _LEFT_OUT)),
                ),
            ),
            Section("program", text("site.program"), (Prose.of([text("site.program.lead")]),)),
        ),
    )


def _words() -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What the words of the pages mean: first what can become of an obligation."""
    outcomes = [
        (_capital(wording.outcome_name(outcome)), (Line(text(f"site.outcome.{outcome}")),))
        for outcome in ("fulfilled", "late", "violated", "undetermined", "pending", "not_applicable")
        if outcome in OUTCOMES
    ]
    others = [(text(f"site.word.{word}"), (Line(text(f"site.word.{word}.means")),)) for word in _WORDS]
    return (*outcomes, *others)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def data_page(frame: Frame) -> Page:
    """The data to take away, the feeds, the licence."""
    files = tuple((Line(name, frame.above(f"{DATA}/{name}")), text(code)) for name, code in FILES)
    feeds = (
        (Line(FEED, frame.href(FEED)), text("site.data.feed")),
        (Line(CALENDAR, frame.href(CALENDAR)), text("site.data.calendar")),
    )
    licence = frame.settings.licence or text("site.licence.none")
    number = grouped(sum(frame.record.report.weights().values()))
    return Page(
        title=text("site.nav.data"),
        surroundings=frame.surroundings(OPEN_DATA),
        kicker=text("site.as_of", as_of=frame.as_of),
        lead=(Line(text("site.data.lead", number=number)),),
        sections=(
            Section("files", text("site.data.files"), (Downloads(files),)),
            Section("feeds", text("site.data.feeds"), (Downloads(feeds),)),
            Section("licence", text("site.licence"), (Prose.of([licence]),)),
            Section("again", text("site.data.again"), (Prose.of([text("site.data.again.lead")]),)),
        ),
    )
