"""Every hostile text, in every text field of a report, through every reporter that the program has."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator

import pytest

from safety.dangers import BY_ENDING, checks_for, dangers, markdown_tokens
from safety.filled import filled, findings
from safety.payloads import hostile
from transparency_check.comparing import Move
from transparency_check.explanation import Explanation
from transparency_check.harmless import in_json, printable
from transparency_check.model import (
    BaselineUse,
    ConfigurationUse,
    Finding,
    Problem,
    Report,
    RuleError,
    Setting,
    SettingUse,
)
from transparency_check.packs.discharge import Act, Demand, Discharge
from transparency_check.plugins import load_registry
from transparency_check.report import Left, Upcoming
from transparency_check.reports.cells import markdown, spreadsheet
from transparency_check.reports.options import Names, ReportOptions
from transparency_check.since import Since

TEXTS = hostile()
REPORTERS = {reporter.name: reporter for reporter in load_registry(plugins=False).reporters}
# What is no text.
BINARY = frozenset(name for name, reporter in REPORTERS.items() if getattr(reporter, "binary", False))
# Reports for people show so many rows of a table.
TOGETHER = 20


def chunks() -> Iterator[list[str]]:
    for start in range(0, len(TEXTS), TOGETHER):
        yield TEXTS[start : start + TOGETHER]


def reported(texts: list[str]) -> tuple[Report, ReportOptions]:
    """A report in which each of the texts stands in every field that a text from outside can reach."""
    found = findings(texts)
    problems = [filled(Problem, t, severity="error" if n % 2 else "warning") for n, t in enumerate(texts)]
    uses = tuple(SettingUse(filled(Setting, t, place=f"{t}:1"), n % 2 == 0, t) for n, t in enumerate(texts))
    report = filled(
        Report,
        texts[0],
        findings=tuple(found),
        problems=tuple(problems),
        rule_errors=tuple(filled(RuleError, t) for t in texts),
        assumed_coverage=dict.fromkeys(texts, "2026-01-01"),
        configuration=ConfigurationUse(texts[0], texts[-1], uses),
        baseline=filled(
            BaselineUse,
            texts[0],
            states={texts[0]: "unchanged", texts[-1]: "new"},
            fingerprints={t: f"{n:032x}" for n, t in enumerate(texts)},
        ),
    )
    # No title is known for every second duty, event and law, so that their ids are shown.
    named = {t: t for t in texts[::2]}
    names = Names(rules=named, advice=named, instruments=named, events=named, municipalities=named)
    return report, ReportOptions(
        names, everything=True, selection={"case": tuple(texts), texts[0]: (texts[0],)}
    )


def written(name: str, report: Report, options: ReportOptions) -> str:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, encoding="utf-8", errors="surrogatepass", newline="", write_through=True)
    REPORTERS[name].write(report, stream, options.mapping())
    # Bytes that are no text are looked at as such.
    return data.getvalue().decode("latin-1" if name in BINARY else "utf-8", "surrogatepass")


def every_chunk(name: str) -> list[list[str]]:
    """To set a page takes a while: of what is no text, every seventh."""
    return list(chunks())[:: 7 if name in BINARY else 1]


@pytest.mark.parametrize("name", REPORTERS)
def test_no_text_does_anything(name: str) -> None:
    checks = checks_for(REPORTERS[name].suffixes)
    for texts in every_chunk(name):
        report, options = reported(texts)
        assert dangers(written(name, report, options), checks) == [], texts


@pytest.mark.parametrize("name", REPORTERS)
def test_no_text_does_anything_in_what_comes_next(name: str) -> None:
    checks = checks_for(REPORTERS[name].suffixes)
    for texts in list(chunks())[::7]:
        report, options = reported(texts)
        left = {f.id: Left(-3, -1) for f in report.findings}
        coming = Upcoming(texts[0], report.findings, left, since=since(texts, report.findings))
        options = ReportOptions(
            options.names, selection=options.selection, upcoming=coming, acts=told_of(texts)
        )
        assert dangers(written(name, report, options), checks) == [], texts


def since(texts: list[str], found: tuple[Finding, ...]) -> Since:
    """Changes since a report in which each of the texts stood, too."""
    was = [f._replace(outcome="pending", due=f.case) if n % 2 else None for n, f in enumerate(found)]
    moves = {f.id: Move(before, f) for before, f in zip(was, found, strict=True)}
    over = tuple(Move(f, None if n % 2 else f) for n, f in enumerate(found))
    return Since(texts[0], "0" * 64, texts[-1], texts[0], moves, over)


def told_of(texts: list[str]) -> Callable[[Finding], Discharge]:
    """Acts, channels and languages that packs name so."""
    demanded = [Demand(t, (t, "sq"), "verified") for t in texts]
    told = tuple((Act(d.rule, ((d.rule, "website"),), (d,)), Act("meeting.held")) for d in demanded)
    return lambda _: told


def test_colours_are_those_of_the_program_alone() -> None:
    for texts in list(chunks())[::7]:
        report, options = reported(texts)
        shown = written("table", report, ReportOptions(options.names, colour=True))
        assert "\x1b[1;31m" in shown
        own = re.sub(r"^\x1b\[1(;3[123])?m([^\x1b]*)\x1b\[0m$", r"\2", shown, flags=re.MULTILINE)
        assert dangers(own, BY_ENDING[".txt"]) == [], texts


def proofs(text: str) -> Explanation:
    (finding,) = findings([text])
    return filled(Explanation, text, finding=finding)


def test_no_text_does_anything_in_a_proof() -> None:
    from transparency_check.reports.proof import write_json, write_text

    for text in TEXTS[::3]:
        proof, options = proofs(text), ReportOptions(Names(rules={text: text}))
        for write, ending in ((write_text, ".txt"), (write_json, ".json")):
            stream = io.StringIO(newline="")
            write(proof, stream, options)
            assert dangers(stream.getvalue(), BY_ENDING[ending]) == [], text


# -- and still says what it says ------------------------------------------------------------------------


def writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def test_json_says_exactly_what_was_given() -> None:
    for texts in list(chunks())[::7]:
        report, options = reported(texts)
        found = json.loads(written("json", report, options))
        assert [f["case"] for f in found["findings"]] == list(map(writable, texts))
        assert [p["place"] for p in found["problems"]] == list(map(writable, texts))


def test_each_finding_is_a_line_of_a_spreadsheet() -> None:
    for texts in list(chunks())[::7]:
        report, options = reported(texts)
        shown = written("csv", report, options)
        rows = list(csv.DictReader(io.StringIO(shown, newline="")))
        assert len(rows) == len(texts) == shown.count("\n") - 1
        for row, text in zip(rows, texts, strict=True):
            # Nothing is lost: of escapes and marks for spreadsheets there is only more.
            kept = "".join(re.findall(r"\w", printable(text)))
            assert (
                "".join(re.findall(r"\w", row["case"].replace("\\u003a", "").replace("\\u0023", ""))) == kept
            )


def test_numbers_stay_numbers() -> None:
    assert [spreadsheet(number) for number in ("-3", "-0.5", "7", "", "-3a", "-1-1")] == [
        "-3", "-0.5", "7", "", "'-3a", "'-1-1",
    ]  # fmt: skip


def drawn(text: str) -> str:
    """The words that a renderer shows of Markdown."""
    words = (c.content for t in markdown_tokens(text) for c in t.children or ())
    return "".join(words).replace("\u200b", "")


@pytest.mark.parametrize("before", ["", "- ", "## "])
def test_markdown_shows_the_text_itself(before: str) -> None:
    for text in TEXTS:
        expected = " ".join(printable(text).split())
        assert " ".join(drawn(before + markdown(text)).split()) == expected, text


def test_escapes_of_json_mean_the_same() -> None:
    for text in TEXTS:
        if (raw := writable(text)) == text:
            made = in_json(json.dumps(raw, ensure_ascii=False))
            assert json.loads(made) == raw
            assert html.unescape(made) == made or "&" in raw
