"""The guides are true: their commands run over the samples and show what stands on the pages."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from transparency_check.cli import application
from transparency_check.messages import en, language, text
from transparency_check.reserved import COLUMNS

from .console import Table, commands, run, write_register

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# The pages of the first five minutes: their language, and the register that they fill in.
STARTS = {
    "start.md": ("en", "register.xlsx"),
    "sq/start.md": ("sq", "regjistri.xlsx"),
    "sr/start.md": ("sr-Latn", "evidencija.xlsx"),
}
# With how many commands; the translations name two of the planner in their text.
LEGAL_OFFICE = {"legal-office.md": 5, "sq/legal-office.md": 3, "sr/legal-office.md": 3}
NOTICE = {"type": "notice.published", "notice_kind": "meeting", "channel": "website"}


def ignored(table: Table) -> None:
    """A table that is only to be read."""


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of a page run, with the samples."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for sample in ("klina", "session"):
        shutil.copytree(ROOT / "samples" / sample, tmp_path / "samples" / sample)
    return tmp_path


@pytest.mark.parametrize("name", STARTS)
def test_start(folder: Path, name: str) -> None:
    tag, register = STARTS[name]
    with language.speaking(tag):
        sheet = text("template.sheet.register")
    registers = []

    def tabled(table: Table) -> None:
        if table[0][0].casefold() in COLUMNS["type"].everywhere():
            registers.append(table)
            write_register(table, folder / register, sheet)

    assert len(run(page(name), tabled)) == 5
    assert [len(table) for table in registers] == [3]
    assert any(file.stat().st_size > 10_000 for file in folder.glob("*.xlsx") if file.name != register)


@pytest.mark.parametrize("name", LEGAL_OFFICE)
def test_the_legal_office(folder: Path, name: str) -> None:
    assert len(run(page(name), ignored)) == LEGAL_OFFICE[name]


def test_the_information_office_in_albanian() -> None:
    """What the English page shows is in Albanian, and run by a test of its own."""
    assert list(commands(page("sq/information-office.md"))) == list(commands(page("information-office.md")))


def test_the_information_office_in_serbian(folder: Path) -> None:
    """But for what sends mail and builds the site, which the test of the English page does."""
    shutil.copy(folder / "samples" / "klina" / "log.jsonl", folder)
    name = "sr/information-office.md"
    assert len(run(page(name), ignored, leaving_out=("remind", "site"))) == 6
    assert (folder / "klina.ics").stat().st_size > 1000
    programs = [command.split()[1] for command, _ in commands(page(name))]
    assert programs == [command.split()[1] for command, _ in commands(page("information-office.md"))]


def test_the_register(folder: Path) -> None:
    """All but what needs a server of PostgreSQL."""
    on_this_machine, server, _ = page("register.md").partition("## PostgreSQL")
    assert server
    assert len(run(on_this_machine, ignored, leaving_out=("pip",))) == 9
    assert (folder / "log.xlsx").stat().st_size > 10_000


def test_tokens(folder: Path) -> None:
    blocks = re.findall(r"^```console.*?^```", page("serve.md"), re.DOTALL | re.MULTILINE)
    (tokens,) = (block for block in blocks if "serve-token" in block)
    assert len(run(tokens, ignored, leaving_out=("serve",))) == 2


@pytest.mark.parametrize(("name", "commands"), [("baseline.md", 4), ("waivers.md", 1)])
def test_what_is_accepted(folder: Path, name: str, commands: int) -> None:
    assert len(run(page(name), ignored)) == commands


# What the page on dates says beside its blocks: of a case of its log, with a change of what stands there,
# what happens then, and the verdict.
SAID: dict[str, tuple[str, dict[str, str | None], dict[str, str], str]] = {
    "answered on the Monday that the last day moves to": (
        "request-1", {}, {"type": "request.answered", "time": "2026-05-04"}, "fulfilled"),
    "answered a day later": ("request-1", {}, {"type": "request.answered", "time": "2026-05-05"}, "late"),
    "notice before the seventh day": ("session-april", {}, {**NOTICE, "time": "2026-04-06"}, "fulfilled"),
    "notice on the seventh day": ("session-april", {}, {**NOTICE, "time": "2026-04-07"}, "undetermined"),
    "notice after the seventh day": ("session-april", {}, {**NOTICE, "time": "2026-04-08"}, "late"),
    "answer without its hour": (
        "request-2", {}, {"type": "request.answered", "time": "2026-03-30"}, "undetermined"),
    "request without its hour": (
        "request-2", {"time": "2026-03-28"}, {"type": "request.answered", "time": "2026-03-30T15:00"},
        "undetermined"),
    # A closing that is planned earlier would decide before the one that is tried.
    "open until both readings are kept": (
        "consultation-1", {"closes_at": None}, {"type": "consultation.closed", "time": "2026-05-05"},
        "fulfilled"),
    "notice on the safe day": ("session-june", {}, {**NOTICE, "time": "2026-05-20"}, "fulfilled"),
}  # fmt: skip
DUTIES = ("XK-FOI-001", "XK-FOI-004", "XK-CON-007", "XK-MTG-001")


def worked_log() -> str:
    (log,) = re.findall(r"^```json\n(.*?)^```", page("worked-dates.md"), re.DOTALL | re.MULTILINE)
    return str(log)


def test_worked_dates(folder: Path) -> None:
    (folder / "dates.jsonl").write_text(worked_log(), encoding="utf-8")
    assert len(run(page("worked-dates.md"), ignored)) == 7


def test_what_is_said_of_worked_dates(folder: Path) -> None:
    """All in one log, each with a case of its own."""
    given = [json.loads(line) for line in worked_log().splitlines()]
    events = []
    for name, (case, changed, happened, _) in SAID.items():
        started = [{**event, **changed} for event in given if event["case"] == case]
        events += [{"municipality": "kline", **event, "case": name} for event in (*started, happened)]
    (folder / "said.jsonl").write_text("".join(f"{json.dumps(e)}\n" for e in events), encoding="utf-8")
    selected = [part for duty in DUTIES for part in ("--select", duty)]
    asked = ["check", "said.jsonl", "--as-of", "2026-11-20", "--format", "json", *selected]
    findings = json.loads(CliRunner().invoke(application, asked).stdout)["findings"]
    assert {f["case"]: f["outcome"] for f in findings} == {name: said[-1] for name, said in SAID.items()}


def test_every_reason_is_answered() -> None:
    """But for those that say why a duty does not apply, and the one for what a plugin says."""
    reasons = {code.removeprefix("reason.") for code in en.TEXTS if code.startswith("reason.")}
    rows = re.findall(r"^\| `(\w+)` \|", page("questions-and-answers.md"), re.MULTILINE)
    assert reasons - set(rows) == {"superseded", "cancelled", "exception", "replaced", "other"}
    assert set(rows) - reasons == set()
