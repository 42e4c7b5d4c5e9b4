"""Hostile texts from logs, file names, options, the configuration and plugins, through the program itself.

What it says on standard error goes to the same terminals and logs of builds as its reports.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from packs.small_pack import DUTY_FILE, write
from safety.dangers import BY_ENDING, checks_for, dangers
from safety.payloads import PAYLOADS
from transparency_check import plugins
from transparency_check.cli import application
from transparency_check.hookspecs import hookimpl
from transparency_check.plugins import load_registry
from transparency_check.reserved import RESERVED


def writable(text: str) -> bool:
    """Whether UTF-8 can hold it: half a character it cannot."""
    return text.encode("utf-8", "ignore").decode() == text


ROOT = Path(__file__).parents[2]
TRIAL = ROOT / "tests" / "packs" / "trial"
# What is no text is looked at in test_reports.py.
REPORTERS = {
    r.name: r for r in load_registry(plugins=False).reporters if not getattr(r, "binary", False)
}
TERMINAL = BY_ENDING[".txt"]
TEXTS = [payload for kind in PAYLOADS.values() for payload in kind]
# What JSON and YAML in UTF-8, and the names of files, cannot hold is left out there.
UNICODE = list(filter(writable, TEXTS))
SOME = [
    "=1+1", "<script>pwned()</script>", "\x1b[31mpwned\x1b[0m", "\x1b]0;pwned\x07", "\x9b31m", "ok\rpwned",
    "a\nError: pwned", "\n::error::pwned", "::error::pwned", "##vso[task.complete result=Succeeded;]",
    "##[error]pwned", "\u202edenwp", "\u2028pwned", "{0}", "{message!r}", "%s%n", "\udcff", "\U000e0041",
]  # fmt: skip
# For what takes a run for each of them: several in one text, which as the name of a file is not too long.
MANY = [" ".join(SOME[:9]), "\n".join(SOME[9:]), "\n::error::pwned", "::error::pwned\r\n##[error]\x1b[2J"]
FEW = MANY[:2]
SESSION = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "s1",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27",
}  # fmt: skip
LATER = ("--as-of", "2026-12-01")


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    """Run a command; what it says on standard error must be harmless."""
    result = CliRunner().invoke(application, list(args), prog_name="transparency-check")
    assert "Traceback" not in result.output
    assert "internal error" not in result.stderr
    assert dangers(result.stderr, TERMINAL) == [], result.stderr
    return result


def rows() -> Iterator[dict[str, str]]:
    """Rows with each text in every third column of the contract or attribute, and as the name of a column."""
    columns = (*RESERVED, "agenda", "body", "languages")
    for number, (text, column) in list(enumerate(itertools.product(UNICODE, columns)))[::3]:
        yield {**SESSION, "id": f"e{number}", "case": f"s{number}", column: text}
    for number, text in enumerate(UNICODE):
        yield {**SESSION, "id": f"u{number}", "case": f"u{number}", text: text}


def log(name: str = "log.jsonl") -> str:
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    return name


@pytest.mark.usefixtures("judged_once")
@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("command", ["check", "upcoming"])
def test_through_every_column_of_a_log(command: str, name: str) -> None:
    everything = ["--all"] if command == "check" else []
    result = run(command, log(), *LATER, "--select", "XK-MTG-001", "--format", name, *everything)
    assert result.exit_code == 2
    assert dangers(result.stdout, checks_for(REPORTERS[name].suffixes)) == []


# A terminal in a workbook cannot be hostile: XML holds no control characters.
CELLS = [text for text in UNICODE if not re.search("[\\x00-\\x08\\x0b-\\x1f]", text)]


@pytest.mark.usefixtures("judged_once")
def test_through_names_of_sheets_and_cells_of_a_workbook() -> None:
    book = xlsxwriter.Workbook("log.xlsx", {"strings_to_formulas": False, "strings_to_urls": False})
    names = dict.fromkeys(re.sub(r"[\[\]:*?/\\]", "", t)[:31].strip("'").casefold() for t in CELLS)
    for number, name in enumerate(n for n in list(names)[::5] if n.strip()):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, [*SESSION, CELLS[number % len(CELLS)]])
        for line, text in enumerate(CELLS, start=1):
            sheet.write_row(line, 0, [*({**SESSION, "id": text, "case": text, "time": text}).values(), text])
    book.close()
    for name in REPORTERS:
        result = run("check", "log.xlsx", *LATER, "--select", "XK-MTG-001", "--format", name, "--all")
        assert dangers(result.stdout, checks_for(REPORTERS[name].suffixes)) == []


def test_through_the_sidecar_of_a_log() -> None:
    Path("log.jsonl").write_text(json.dumps(SESSION), encoding="utf-8")
    for text in (text.replace("\udcff", "") for text in MANY):
        coverage = [{"period": text, text: text, "source": text}]
        declared = {"source": text, "municipality": text, text: text, "coverage": coverage}
        Path("log.meta.json").write_text(json.dumps(declared), encoding="utf-8")
        result = run("check", "log.jsonl", *LATER, "--select", "XK-MTG-001", "--format", "table")
        assert dangers(result.stdout, TERMINAL) == [], text


FILES = [text for text in TEXTS if not set(text) & set("/\x00\ud800")]


@pytest.mark.usefixtures("judged_once")
@pytest.mark.parametrize("name", REPORTERS)
def test_through_the_names_of_files(name: str) -> None:
    Path("logs").mkdir()
    for text in FILES:
        Path("logs", f"{text}.jsonl").write_text(json.dumps(SESSION) + "\n{\n", encoding="utf-8")
    result = run("check", "logs", *LATER, "--select", "XK-MTG-001", "--format", name, "--all")
    assert result.exit_code == 2
    assert dangers(result.stdout, checks_for(REPORTERS[name].suffixes)) == []


NAMED: dict[str, tuple[str, ...]] = {
    "a log that is not there": ("check", "X.jsonl"),
    "an ending": ("check", "log.X"),
    "a word in place of an option": ("check", "log.jsonl", "--as-of", "X"),
    "a format": ("check", "log.jsonl", "--format", "X"),
    "a format of input": ("check", "log.jsonl", "--input-format", "X"),
    "an option": ("check", "log.jsonl", "--X"),
    "a command": ("X",),
    "a command of a group": ("rules", "X"),
    "a duty": ("check", "log.jsonl", "--select", "X"),
    "a municipality": ("check", "log.jsonl", "--select", "XK-MTG-001", "--municipality", "X"),
    "a case": ("check", "log.jsonl", *LATER, "--select", "XK-MTG-001", "--case", "X"),
    "a finding": ("explain", "log.jsonl", "X"),
    "a day": ("check", "log.jsonl", "--from", "X"),
    "a horizon": ("upcoming", "log.jsonl", "--within", "X"),
    "a pack": ("check", "log.jsonl", "--pack", "X"),
    "a folder of a pack": ("rules", "list", "--pack", "./X"),
    "a pack to look at": ("rules", "lint", "--pack", "./X"),
    "a configuration": ("check", "log.jsonl", "--config", "X"),
    "an output in no folder": ("rules", "list", "--output", "X/report.txt"),
    "a folder of pages": ("rules", "pages", "file/X", "--pack", str(TRIAL)),
    "a rule": ("rules", "show", "X"),
    "a rule to make": ("rules", "new", "X", "--pack", "./X", "--shape", "after", "--title", "X"),
    "a year": ("calendar", "X"),
    "an area": ("rules", "list", "--area", "X"),
    "a time limit": ("check", "log.jsonl", "--rule-timeout", "X"),
}  # fmt: skip


# These are told only after the log was judged.
RUNS = ("a municipality", "a case", "a finding")


@pytest.mark.parametrize("what", NAMED)
def test_through_what_is_named_on_the_command_line(what: str) -> None:
    Path("log.jsonl").write_text(json.dumps(SESSION), encoding="utf-8")
    Path("file").touch()
    for text in FEW if what in RUNS else MANY:
        result = run(*(argument.replace("X", text) for argument in NAMED[what]))
        assert result.exit_code != 0
        if what not in ("a case", "a pack to look at"):
            assert result.stderr.startswith("Error: ")
            # A line break in a name makes no second line, which could say anything.
            assert result.stderr.count("\n") == 1, result.stderr
        assert dangers(result.stdout, TERMINAL) == []


@pytest.mark.parametrize("text", [text for text in SOME if "/" not in text], ids=ascii)
def test_through_the_name_of_an_output(text: str) -> None:
    result = run("rules", "list", "--pack", str(TRIAL), "--output", f"{text}.txt")
    assert result.exit_code == 0
    assert result.stderr.startswith("Report written to ")
    assert result.stderr.count("\n") == 1
    assert Path(f"{text}.txt").read_text(encoding="utf-8").startswith("Duty")


CONFIGURATION = """\
municipality = "kline"
[confirmations]
XK-MTG-001 = {{source = {0}, by = {0}, text = {0}}}
[severity]
XK-MTG-002 = {{severity = "advisory", by = {0}, reason = {0}}}
[numbers]
XK-MTG-001 = {{n = 5, source = {0}, by = {0}}}
[[closures]]
date = 2026-11-16
name = {0}
source = {0}
[[coverage]]
municipality = "kline"
period = "2026-01-01/2026-12-31"
source = {0}
note = {0}
"""
WRONG = (
    "municipality = {0}",
    "packs = [{0}]",
    "{0} = 1",
    '[numbers]\n{0} = {{n = 1, source = "x", by = "y"}}',
    '[confirmations]\nXK-MTG-001 = {{source = "x", by = "y", version = {0}}}',
    "[readings]\nXK-MTG-001 = {0}",
    "[adopted]\n{0} = [{0}]",
    "[[coverage]]\nmunicipality = {0}\nperiod = {0}\nevent_families = [{0}]",
    "[[closures]]\ndate = {0}",
    "{0}{0}",
)


def quoted(text: str) -> str:
    """The text as TOML, all but letters as escapes."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def test_through_a_configuration() -> None:
    Path("log.jsonl").write_text(json.dumps(SESSION), encoding="utf-8")
    names = itertools.cycle(REPORTERS)
    for text in (text.replace("\udcff", "") for text in MANY):
        Path("transparency-check.toml").write_text(CONFIGURATION.format(quoted(text)), encoding="utf-8")
        shown = run("config", "show")
        assert shown.exit_code == 0, shown.stderr
        assert dangers(shown.stdout, TERMINAL) == [], text
        if text in FEW:
            name = next(names)
            result = run("check", "log.jsonl", *LATER, "--select", "XK-MTG-001", "--format", name)
            assert dangers(result.stdout, checks_for(REPORTERS[name].suffixes)) == [], text


@pytest.mark.parametrize("wrong", WRONG)
def test_through_a_configuration_that_is_wrong(wrong: str) -> None:
    for text in (text.replace("\udcff", "") for text in MANY):
        Path("transparency-check.toml").write_text(wrong.format(quoted(text)), encoding="utf-8")
        result = run("config", "show")
        assert result.exit_code == 2
        assert all(re.match(r"Error: transparency-check.toml|transparency-check.toml", line)
                   for line in result.stderr.splitlines()), result.stderr  # fmt: skip


PACK_FILES = ("pack.yaml", "instruments.yaml", "events.yaml", DUTY_FILE)


@pytest.mark.parametrize("file", PACK_FILES)
def test_through_defects_of_a_pack(file: str) -> None:
    """As keys and values that are wrong; loading and linting tell them."""
    path = write(Path("pack")) / file
    before = path.read_text(encoding="utf-8")
    for text in (text.replace("\udcff", "") for text in FEW):
        path.write_text(f"{before}\n{quoted(text)}: {quoted(text)}\n", encoding="utf-8")
        result = run("rules", "list", "--pack", "./pack")
        assert result.exit_code == 2
        assert all(line.removeprefix("Error: ").startswith("pack/") for line in result.stderr.splitlines())
        linted = run("rules", "lint", "--pack", "./pack")
        assert linted.exit_code == 2
        assert dangers(linted.stdout, TERMINAL) == [], text
        as_json = run("rules", "lint", "--pack", "./pack", "--format", "json")
        assert dangers(as_json.stdout, BY_ENDING[".json"]) == [], text


def hostile_plugin(text: str) -> SimpleNamespace:
    """A plugin whose name, version, failures and verdicts are hostile."""

    class Rule:
        id, title, bearer, presumption, help = "ZZ-BAD-001", text or "x", text, text, text
        legal_basis = {"instrument": text, "provision": text, "url": f"https://{text}", "quote": text}  # noqa: RUF012

        def judge(self, events: Any, as_of: str) -> Any:
            if events[0]["case"] == "s1":
                print(text)
                return [{"outcome": "violated", "message": text}]
            raise ValueError(text)

    def failing() -> Any:
        raise ValueError(text)

    made = SimpleNamespace()
    made.transparency_check_rules = hookimpl(lambda: [Rule()])
    made.transparency_check_packs = hookimpl(failing)
    return SimpleNamespace(
        name=text, value=text, dist=SimpleNamespace(name=text, version=text), load=lambda: made
    )


def test_through_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**SESSION, "id": "e2", "case": "s2"}
    Path("log.jsonl").write_text(f"{json.dumps(SESSION)}\n{json.dumps(other)}\n", encoding="utf-8")
    names = itertools.cycle(REPORTERS)
    for text in [*MANY, *[t for t in TEXTS if t.strip()][::8]]:
        monkeypatch.setattr(plugins, "entry_points", lambda group, text=text: [hostile_plugin(text)])
        listed = run("plugins", "list")
        assert listed.exit_code == 3
        assert dangers(listed.stdout, TERMINAL) == [], text
        assert dangers(run("plugins", "list", "--format", "json").stdout, BY_ENDING[".json"]) == [], text
    for text in FEW:
        monkeypatch.setattr(plugins, "entry_points", lambda group, text=text: [hostile_plugin(text)])
        name = next(names)
        result = run("check", "log.jsonl", *LATER, "--select", "ZZ", "--format", name)
        assert result.exit_code == 3
        assert dangers(result.stdout, checks_for(REPORTERS[name].suffixes)) == [], text


def test_only_one_place_writes_to_the_terminal() -> None:
    """``tell`` makes lines harmless; whoever prints past it does not."""
    source = ROOT / "src" / "transparency_check"
    writers = re.compile(r"click\.(echo|secho|echo_via_pager)\(|\bprint\(|sys\.std(out|err)\.write")
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if writers.search(path.read_text(encoding="utf-8"))
    }
    # __main__ says but one word; those of packs run when a wheel is built, or the schemas.
    assert found == {"__main__.py", "terminal.py", "packs/compile.py", "packs/schema.py"}
