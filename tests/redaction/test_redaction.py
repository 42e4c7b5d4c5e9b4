"""A redacted report holds nothing that people wrote in their own words, in any format (semantics 5.5)."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result

from packs.small_pack import write
from reports.made import LATE, replace
from reports.made import report as made_report
from transparency_check.checking import Answer, Inquiry, answer
from transparency_check.cli import application
from transparency_check.configuration.read import office_file
from transparency_check.messages.language import speaking
from transparency_check.model import Report, Source, Waived
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import Rulebook
from transparency_check.plugins import load_registry
from transparency_check.redaction import redacted
from transparency_check.redaction.places import shortening
from transparency_check.reports.options import Names, ReportOptions
from transparency_check.reserved import RESERVED
from transparency_check.waivers.file import waiver_file

BOOK = load_rulebook(["kosovo"])
REGISTRY = load_registry(plugins=False)
REPORTERS = {r.name: r for r in REGISTRY.reporters}
LATER = ("--as-of", "2026-12-01", "--select", "XK-MTG-001", "--select", "XK-FOI-001", "--no-config")
SENTINEL = "Xhevdet{}Personi"
FREE = [name for name, a in BOOK.vocabulary.attributes.items() if a.type in ("text", "list of text")]
# Columns that hold no free text, by what is written into them all the same: it is told, and quoted.
MISUSED = [
    *(name for name in RESERVED if name not in ("id", "case", "source", "note")),
    *(name for name, a in BOOK.vocabulary.attributes.items() if a.type not in ("text", "list of text")),
]
SESSION = {
    "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "body": "assembly",
    "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27",
}  # fmt: skip
CONFIGURATION = """\
municipality = "kline"
[numbers]
XK-MTG-001 = {{n = 5, source = "{0}", by = "{0}"}}
[confirmations]
XK-FOI-001 = {{source = "{0}", by = "{0}", text = "{0}"}}
[severity]
XK-MTG-002 = {{severity = "advisory", by = "{0}", reason = "{0}"}}
[readings]
XK-MTG-003 = {{reading = "lenient", by = "{0}", source = "{0}"}}
[[closures]]
date = 2026-11-16
name = "{0}"
source = "{0}"
municipality = "kline"
[[coverage]]
municipality = "kline"
period = "2026-01-01/2026-12-31"
source = "{0}"
note = "{0}"
"""
WAIVERS = """\
[[waivers]]
rule = "XK-MTG-001"
municipality = "kline"
case = "s-place"
reason = "{0}"
approved_by = "{0}"
legal_basis = "{0}"
until = 2027-01-01
[[waivers]]
rule = "XK-FOI-001"
municipality = "{0}"
case = "none"
reason = "{0}"
approved_by = "{0}"
legal_basis = "{0}"
until = 2027-01-01
"""


def sentinel(where: str) -> str:
    return SENTINEL.format("".join(c for c in where if c.isalpha()))


def rows() -> list[dict[str, Any]]:
    """A row for each free text, one for each column that is misused, and one whose column is."""
    made = []
    for name in [*FREE, "note", "source"]:
        value: Any = sentinel(name)
        attribute = BOOK.vocabulary.attributes.get(name)
        made.append({**SESSION, name: [value] if attribute and attribute.type == "list of text" else value})
    for name in MISUSED:
        made.append({**SESSION, name: sentinel(name)})
    made.append({**SESSION, sentinel("column"): "x"})
    made.append({**SESSION, "related": {"x": sentinel("related")}})
    names = [*FREE, "note", "source", *MISUSED, "column", "list"]
    return [{"id": f"e-{n}", "case": f"s-{n}", **row} for n, row in zip(names, made, strict=True)]


@cache
def folder() -> Path:
    """Where the log lies, with its declarations, the configuration and the waivers."""
    import tempfile

    made = Path(tempfile.mkdtemp()) / sentinel("folder")
    made.mkdir()
    lines = [json.dumps(row) for row in rows()]
    # What is no JSON is quoted, too.
    lines += ['{"id": "x", "note": "' + sentinel("cut"), "[1]", sentinel("line")]
    (made / "log.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    declared = {
        "source": sentinel("declared"), sentinel("key"): sentinel("value"),
        "coverage": [{"period": sentinel("period"), "source": sentinel("cover"), "note": sentinel("remark")}],
        "columns": {sentinel("header"): sentinel("meaning")},
        "values": {"body": {sentinel("word"): sentinel("choice")}},
    }  # fmt: skip
    (made / "log.jsonl.meta.json").write_text(json.dumps(declared), "utf-8")
    (made / "transparency-check.toml").write_text(CONFIGURATION.format(sentinel("office")), "utf-8")
    (made / "waivers.toml").write_text(WAIVERS.format(sentinel("waiver")), "utf-8")
    return made


@cache
def judged() -> Answer:
    inquiry = Inquiry(
        (str(folder() / "log.jsonl"),),
        as_of="2026-12-01",
        select=("XK-MTG-001", "XK-MTG-002", "XK-MTG-003", "XK-FOI-001"),
        office=office_file(str(folder() / "transparency-check.toml"), False),
        waivers=waiver_file(str(folder() / "waivers.toml"), False),
    )
    return answer(inquiry, REGISTRY)


def told(report: Report, name: str) -> str:
    """All text that a format shows."""
    stream = io.BytesIO()
    reporter = REPORTERS[name]
    text = TextIOWrapper(stream, "utf-8", errors="backslashreplace", newline="")
    options = ReportOptions(names=Names.of(BOOK), everything=True, revisions=judged().judgement.revisions)
    reporter.write(report, text, options.mapping())
    text.flush()
    data = stream.getvalue()
    if name == "pdf":
        return "".join(
            "".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages
        )
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(member).decode("utf-8", "replace") for member in archive.namelist())
    return data.decode()


@pytest.mark.parametrize("name", REPORTERS)
def test_no_free_text_in_any_format(name: str) -> None:
    shown = told(redacted(judged().report, judged().rulebook), name)
    assert "Xhevdet" not in "".join(shown.split())


@pytest.mark.parametrize("language", ["sq", "sr-Latn", "sr-Cyrl"])
def test_in_other_languages(language: str) -> None:
    with speaking(language):
        report = redacted(judged().report, judged().rulebook)
        for name in ("json", "csv", "table", "html"):
            assert "Xhevdet" not in "".join(told(report, name).split())


# What is quoted where nothing is left out: without it, the tests above would show nothing.
QUOTED = [
    *MISUSED, "column", "office", "waiver", "key", "header", "meaning", "word", "folder", "period",
]  # fmt: skip


@pytest.mark.parametrize("where", QUOTED)
def test_the_same_report_quotes_when_nothing_is_left_out(where: str) -> None:
    assert sentinel(where) in told(judged().report, "json")


@pytest.mark.parametrize("name", FREE)
def test_every_free_text_of_the_vocabulary_is_tried(name: str) -> None:
    """A new attribute of type text is met by the tests above, by its type alone."""
    lines = (folder() / "log.jsonl").read_text("utf-8")
    assert sentinel(name) in lines
    assert sentinel(name) not in told(redacted(judged().report, judged().rulebook), "json")


def test_verdicts_and_counts_are_the_same() -> None:
    before, after = judged().report, redacted(judged().report, judged().rulebook)
    assert after.redacted
    assert before.outcomes() == after.outcomes()
    assert [(f.id, f.outcome, f.due, f.case) for f in before.findings] == [
        (f.id, f.outcome, f.due, f.case) for f in after.findings
    ]
    assert [(p.code, p.severity) for p in before.problems] == [(p.code, p.severity) for p in after.problems]
    assert redacted(after, judged().rulebook) is after


def test_what_says_nothing_about_anyone_stays() -> None:
    report = redacted(judged().report, judged().rulebook)
    shown = json.loads(told(report, "json"))
    assert shown["redacted"] is True
    assert shown["inputs"][0]["name"] == "log.jsonl"
    by_code: dict[str, list[dict[str, Any]]] = {}
    for problem in shown["problems"]:
        by_code.setdefault(problem["code"], []).append(problem)
    (choice,) = [p for p in by_code["bad_choice"] if p["values"]["column"] == "session_kind"]
    assert choice["place"].startswith("log.jsonl:")
    assert choice["values"]["value"] == "[left out]"
    assert "ordinary" in choice["values"]["values"]
    assert "session_kind [left out] is not one of its values: " in choice["message"]
    refused = shown["waivers"]["entries"][1]
    assert (refused["municipality"], refused["subject"]) == ("[left out]", "none")
    (integer,) = [p for p in by_code["bad_value"] if p["values"]["column"] == "signatures"]
    assert "it takes a whole number" in integer["message"]
    kept = shown["waivers"]["entries"][0]
    assert [kept[name] for name in ("reason", "approved_by", "legal_basis")] == ["", "", ""]
    assert (kept["rule"], kept["subject"], kept["until"]) == ("XK-MTG-001", "s-place", "2027-01-01")
    assert kept["place"] == "waivers.toml:1"
    setting = next(s for s in shown["configuration"]["settings"] if s["kind"] == "number")
    assert (setting["by"], setting["source"], setting["value"]) == (None, None, setting["value"])
    assert setting["value"].startswith("5")


def test_a_report_for_people_says_that_it_is_redacted() -> None:
    shown = told(redacted(judged().report, judged().rulebook), "table")
    assert "Redacted: what people wrote in their own words is left out." in " ".join(shown.split())
    assert "Redacted" not in told(judged().report, "table")


def test_what_a_rule_in_python_says_is_left_out() -> None:
    said = replace(LATE, message=f"{sentinel('rule')} asked", waiver=None)
    waived = replace(LATE, waiver=Waived("r", "m", "c", "why", sentinel("who"), "basis", "2027-01-01", "w:1"))
    report = redacted(made_report(said, waived), BOOK)
    assert "Xhevdet" not in repr(report)
    assert [f.outcome for f in report.findings] == ["late", "late"]


def test_a_pack_of_another_vocabulary_decides_by_its_own_types(tmp_path: Path) -> None:
    pack = write(tmp_path / "pack")
    book: Rulebook = load_rulebook([str(pack)])
    log = tmp_path / "log.jsonl"
    value = sentinel("minutes")
    row = {"id": "1", "type": "meeting.held", "time": "2026-01-02", "municipality": "x", "minutes": value,
           "members": value, "channel": value}  # fmt: skip
    log.write_text(json.dumps(row), "utf-8")
    found = answer(Inquiry((str(log),), (str(pack),), "2026-02-01"), REGISTRY)
    assert value in repr(found.report.problems)
    assert value not in repr(redacted(found.report, book))


PATHS: dict[str, tuple[list[str], list[str]]] = {
    "as they were typed": (["a/log.jsonl", "b/log.jsonl"], ["a/log.jsonl", "b/log.jsonl"]),
    "one whole path": (["/home/arta/log.jsonl"], ["log.jsonl"]),
    "what tells them apart stays": (
        ["/home/arta/a/log.jsonl", "/home/arta/b/x.csv"],
        ["a/log.jsonl", "b/x.csv"],
    ),
    "of Windows": (["C:/Users/arta/log.xlsx"], ["log.xlsx"]),
    "above where it was run": (["../arta/log.jsonl"], ["log.jsonl"]),
    "nothing in common": (["/a/log.jsonl", "/b/log.jsonl"], ["/a/log.jsonl", "/b/log.jsonl"]),
    "typed and whole": (["x/log.jsonl", "/home/arta/log.csv"], ["x/log.jsonl", "log.csv"]),
}


@pytest.mark.parametrize("what", PATHS)
def test_of_whole_paths_only_what_tells_files_apart_stays(what: str) -> None:
    names, wanted = PATHS[what]
    sources = tuple(Source(name, "0" * 64, 1) for name in names)
    report = made_report(sources=sources, problems=())
    short = shortening(report)
    assert [short(name) for name in names] == wanted
    assert [short(f"{name}:12") for name in names] == [f"{name}:12" for name in wanted]


# -- through the commands


def run(*args: str) -> Result:
    return CliRunner().invoke(application, [*args, "--no-plugins"], prog_name="transparency-check")


@pytest.mark.parametrize("command", ["check", "upcoming", "score"])
def test_commands(command: str) -> None:
    log = str(folder() / "log.jsonl")
    for name in ("json", "table"):
        shown = run(command, log, *LATER, "--redact", "--format", name).stdout
        assert "Xhevdet" not in "".join(shown.split())
    assert '"redacted":true' in run(command, log, *LATER, "--redact", "--format", "json").stdout
    assert '"redacted"' not in run(command, log, *LATER, "--format", "json").stdout


def test_a_comparison_of_logs(tmp_path: Path) -> None:
    other = tmp_path / "log.jsonl"
    held = {**SESSION, "id": "n", "case": "s-note", "type": "notice.published", "notice_kind": "meeting",
            "channel": ["website"], "note": sentinel("new")}  # fmt: skip
    other.write_text((folder() / "log.jsonl").read_text("utf-8") + json.dumps(held) + "\n", "utf-8")
    for name in ("json", "table"):
        shown = run("diff", str(folder() / "log.jsonl"), str(other), *LATER, "--redact", "--format", name)
        assert "s-note" in shown.stdout
        assert "Xhevdet" not in "".join(shown.stdout.split())


def test_a_comparison_of_reports_that_were_written_is_refused(tmp_path: Path) -> None:
    log, target = str(folder() / "log.jsonl"), str(tmp_path / "r.json")
    run("check", log, *LATER, "--redact", "--output", target)
    refused = run("diff", target, target, "--redact")
    assert refused.exit_code == 2
    assert "check --redact" in refused.stderr
    assert run("diff", target, target).exit_code == 2
