"""``evaluate`` says what the command says, of the same log by the same law."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

import transparency_check
from transparency_check import Evaluation, Finding, TransparencyCheckError, evaluate
from transparency_check.api.arguments import moment
from transparency_check.cli import application
from transparency_check.hookspecs import hookimpl
from transparency_check.messages.language import current

LOCAL = dt.datetime(2026, 11, 27, 10)  # noqa: DTZ001
PRISTINA = ZoneInfo("Europe/Belgrade")
SESSION = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline",
    "case": "november", "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}  # fmt: skip
NOTICE = {
    "id": "e2", "type": "notice.published", "time": "2026-11-17T09:30", "municipality": "kline",
    "case": "november", "notice_kind": "meeting", "channel": ["website"], "languages": ["sq", "sr"],
}  # fmt: skip
LATER = {**SESSION, "id": "e3", "case": "december", "planned_at": "2026-12-21T10:00"}
COVERED = {
    "type": "coverage.declared", "time": "2026-11-01", "municipality": "kline",
    "period": "2026-11-01/2026-12-31",
}  # fmt: skip
RECORDS = [COVERED, SESSION, NOTICE, LATER]
DUTY = "XK-MTG-001"


def judged(**more: Any) -> Evaluation:
    """What is found of the records, on the day after the November session."""
    return evaluate(**{"records": RECORDS, "as_of": "2026-11-28", "select": DUTY, "plugins": False, **more})


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return judged()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in RECORDS), encoding="utf-8")
    return path


def by_case(found: Evaluation) -> dict[str | None, str]:
    return {finding.case: finding.outcome for finding in found}


def command(*args: str) -> str:
    result = CliRunner().invoke(application, [*args, "--no-plugins", "--no-config"])
    assert result.exit_code in (0, 1), result.output
    # With the ends of lines as they were written.
    return result.stdout_bytes.decode()


def test_findings_one_after_the_other(found: Evaluation) -> None:
    assert by_case(found) == {"november": "fulfilled", "december": "pending"}
    assert len(found) == 2 and found[0] == found.findings[0] and found[-1:] == found.findings[1:]
    assert [f.case for f in found.of("pending")] == ["december"] and found.violations == ()
    assert found.counts["fulfilled"] == found.counts["pending"] == 1 and found.counts["violated"] == 0
    assert found.exit_code == 0 and not found.problems
    assert repr(found) == "<Evaluation 2026-11-28: 1 fulfilled, 1 pending>"


def test_records_have_their_place(found: Evaluation) -> None:
    (november,) = found.of("fulfilled")
    assert [(e.event, e.place) for e in november.fulfilment] == [("e2", "records:3")]
    assert [(s.name, s.events) for s in found.report.sources] == [("records", 4)]


def test_reports_are_those_of_the_command(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so are the proof of a finding and what comes next."""
    monkeypatch.chdir(log.parent)
    ours = evaluate(Path("log.jsonl"), as_of="2026-11-28", select=DUTY, plugins=False)
    asked = ("log.jsonl", "--as-of", "2026-11-28", "--select", DUTY)
    forms = ("json", "csv", "markdown", "junit")
    files = (f"--format={form}=their.{form}" for form in forms)
    assert str(ours) == command("check", *asked, "--format", "table", *files)
    for form in forms:
        ours.write("our.report", form)
        theirs = Path(f"their.{form}").read_bytes()
        assert ours.render(form).encode() == theirs == Path("our.report").read_bytes()
    (november,) = ours.of("fulfilled")
    proof = ours.explain(november)
    assert str(proof) == command("explain", "log.jsonl", november.id, "--as-of", "2026-11-28")
    assert proof.finding == november == ours.explain(november.id[:6]).finding
    next_ = ours.upcoming("30d")
    assert next_.render() == command("upcoming", *asked, "--within", "30d")
    (december,) = next_
    assert (december.case, next_.until, next_.left[december.id].days) == ("december", "2026-12-28", 12)
    before = log.read_bytes()
    with pytest.raises(TransparencyCheckError, match="never written over a log"):
        ours.write(log, "json")
    assert log.read_bytes() == before


def test_the_format_of_an_ending_and_one_that_is_no_text(found: Evaluation, tmp_path: Path) -> None:
    found.write(tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["as_of"] == "2026-11-28"
    found.write(tmp_path / "report.xlsx")
    assert (tmp_path / "report.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(TransparencyCheckError, match=r"write\('report\.xlsx'\)"):
        found.render("xlsx")


def test_what_arises_only_on_the_way_comes_next() -> None:
    quarterly = judged(select="XK-BUD-008", as_of="2026-12-20")
    assert {f.due for f in quarterly.upcoming("5m")} - {f.due for f in quarterly}


@pytest.mark.parametrize(("given", "text"), [
    ("2026-11-28", "2026-11-28"), (dt.date(2026, 11, 28), "2026-11-28"),
    (dt.datetime(2026, 11, 28, 12, tzinfo=PRISTINA), "2026-11-28T12:00:00+01:00"),
    (dt.datetime(2026, 11, 28, 11, tzinfo=dt.UTC), "2026-11-28T11:00:00+00:00"),
], ids=["text", "date", "zone", "utc"])  # fmt: skip
def test_a_moment_is_a_text_a_date_or_has_an_offset(given: Any, text: str) -> None:
    assert moment("as_of", given) == text


def test_without_a_moment_it_is_now() -> None:
    now = dt.datetime.fromisoformat(judged(as_of=None).as_of)
    assert now.utcoffset() is not None


def test_what_was_not_known_then_is_not_believed() -> None:
    recorded = NOTICE | {"recorded_at": "2026-11-20"}
    then = judged(records=[COVERED, SESSION, recorded], known_at=dt.date(2026, 11, 19))
    assert by_case(then) == {"november": "violated"}


def test_times_of_python_are_those_of_a_log(found: Evaluation) -> None:
    zoned = dt.datetime(2026, 11, 17, 8, 30, tzinfo=dt.UTC)
    typed = [
        COVERED | {"time": dt.date(2026, 11, 1)},
        SESSION | {"planned_at": LOCAL},
        NOTICE | {"time": zoned, "channel": ("website",)},
        LATER,
    ]
    ours = judged(records=iter(typed))
    assert [(f.due, f.outcome) for f in ours] == [(f.due, f.outcome) for f in found]
    assert not ours.problems


def test_logs_and_records_together_even_where_a_file_is_called_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("records").write_text(json.dumps(SESSION), encoding="utf-8")
    both = judged(logs=["records"], records=[LATER], input_format="jsonl")
    assert sorted(filter(None, by_case(both))) == ["december", "november"]
    assert [source.name for source in both.report.sources] == ["records", "records-2"]


def test_many_records_are_proved_in_bulk_and_judged_again() -> None:
    many = [COVERED, *(SESSION | {"id": f"s{n}", "case": f"c{n}"} for n in range(2_100))]
    found = judged(records=many, as_of="2026-11-10")
    assert found.counts["pending"] == len(found.upcoming()) == 2_100


@pytest.mark.parametrize(("shown", "cases"), [
    ({"first": "2026-12-01", "municipality": "Klinë"}, ["december"]),
    ({"last": dt.date(2026, 11, 30)}, ["november"]),
    ({"case": ["november", "december"], "ignore": ["XK-MTG-002"]}, ["december", "november"]),
], ids=["from", "to", "cases"])  # fmt: skip
def test_what_is_shown(shown: dict[str, Any], cases: list[str]) -> None:
    assert sorted(filter(None, by_case(judged(**shown)))) == cases


def test_a_case_that_is_not_there_is_a_warning_where_it_was_asked() -> None:
    with pytest.warns(UserWarning, match="novembre.*Did you mean november") as told:
        found = judged(case="novembre")
    assert not found and found.exit_code == 5
    assert Path(told[0].filename).name == Path(__file__).name


def test_what_fails_a_run() -> None:
    late = judged(records=[COVERED, SESSION], select="XK-MTG-001")
    assert late.exit_code == 1 and [f.case for f in late.failing] == ["november"] == [
        f.case for f in late.violations
    ]
    lenient = judged(records=[COVERED, SESSION], fail_on="never")
    assert lenient.exit_code == 0 and lenient.failing == () and len(lenient.violations) == 1


def test_nothing_is_found_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRANSPARENCY_CHECK_AS_OF", "2020-01-01")
    Path("transparency-check.toml").write_text('ignore = ["XK-MTG"]\n', encoding="utf-8")
    Path("waivers.toml").write_text("broken", encoding="utf-8")
    assert len(judged()) == 2


def test_files_that_are_named_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("office.toml").write_text('language = "sq"\nmunicipality = "kline"\n', encoding="utf-8")
    bare = [{k: v for k, v in record.items() if k != "municipality"} for record in RECORDS]
    ours = judged(records=bare, config="office.toml")
    assert by_case(ours) == {"november": "fulfilled", "december": "pending"}
    assert "Vlerësuar" in ours.render()
    (broken,) = judged(records=[COVERED, SESSION])
    Path("accepted.toml").write_text(
        f'[[waivers]]\nrule = "{DUTY}"\nmunicipality = "kline"\nfinding = "{broken.id}"\nreason = "r"\n'
        'approved_by = "a"\nlegal_basis = "b"\nuntil = 2027-01-01\n',
        encoding="utf-8",
    )
    waived = judged(records=[COVERED, SESSION], waivers=Path("accepted.toml"))
    assert [f.waiver is not None for f in waived] == [True] and waived.exit_code == 0
    with pytest.raises(TransparencyCheckError, match="waivers"):
        waived.write("accepted.toml")


def test_in_another_language_and_afterwards_as_before(found: Evaluation) -> None:
    ours = judged(language="sr")
    assert "Ocenjeno" in str(ours) and "Ocenjeno" in str(ours.upcoming())
    (november,) = ours.of("fulfilled")
    assert "objavljeno" in ours.describe(november).lower()
    assert found.describe(november).startswith("A public notice was published on 2026-11-17")
    assert current() == "en"


class Tally:
    """A plugin as an object."""

    name, suffixes = "tally", ()

    def write(self, report: Any, stream: Any, options: Any) -> None:
        stream.write(str(len(report.findings)))

    @hookimpl
    def transparency_check_reporters(self) -> list[Any]:
        return [self]


class Never:
    id, title, severity, confidence = "XK-ZZZ-001", "A rule of the program", "violation", "verified"

    def judge(self, events: Any, as_of: str) -> Any:
        yield {"outcome": "violated", "proven": True}

    @hookimpl
    def transparency_check_rules(self) -> list[Any]:
        return [self]


def test_plugins_of_the_program_in_place_of_installed_ones() -> None:
    ours = judged(plugins=[Tally(), Never()], select=[DUTY, "XK-ZZZ-001"])
    assert ours.render("tally") == "4" and ours.exit_code == 1
    assert [f.case for f in ours.violations] == ["december", "november"]


def test_a_plugin_that_fails_is_named() -> None:
    broken = SimpleNamespace(__name__="broken")
    ours = judged(plugins=[broken])
    assert ours.exit_code == 3
    assert [(e.plugin, "no hook" in e.message) for e in ours.report.rule_errors] == [("broken", True)]


def test_a_bad_row_is_a_problem_and_no_error() -> None:
    ours = judged(records=[COVERED, SESSION | {"time": "32.11.2026"}])
    assert [(p.code, p.place) for p in ours.problems] == [("bad_time", "records:2")]
    assert ours.exit_code == 2


Wrong = tuple[dict[str, Any], str]
WRONG: dict[str, Wrong] = {
    "nothing to judge": ({"records": None}, "Name at least one log"),
    "rows in place of a path": ({"logs": [SESSION]}, r"records=\[\.\.\.\]"),
    "a path in place of rows": ({"records": "log.jsonl"}, "its path"),
    "one row in place of rows": ({"records": SESSION}, "one for each row"),
    "no such file": ({"logs": "nowhere.jsonl"}, "there is no such file"),
    "standard input": ({"logs": "-"}, "Only the command"),
    "a moment that is none": ({"as_of": "28.11.2026"}, "--as-of: .*2026-11-28"),
    "a moment without offset": ({"as_of": LOCAL}, "has no offset"),
    "a moment that is a number": ({"known_at": 5}, "known_at .* int"),
    "a day that is none": ({"first": "yesterday"}, "--from is a day"),
    "a day with a time": ({"last": LOCAL}, "last takes a day"),
    "days in the wrong order": ({"first": "2026-12-02", "last": "2026-12-01"}, "lies after"),
    "a duty that is none": ({"select": "XK-MTG-0001"}, "Did you mean XK-MTG-001"),
    "a duty that is a number": ({"select": [1]}, "select takes text"),
    "a pack that is none": ({"packs": "kosova"}, "kosovo"),
    "a pack that is no folder": ({"packs": Path("nowhere")}, "nowhere"),
    "a municipality that is none": ({"municipality": "Klin"}, "Did you mean kline"),
    "a language that is none": ({"language": "de"}, "en, sq, sr-Latn"),
    "a level that is none": ({"fail_on": "always"}, "violation, advisory"),
    "a configuration that is not there": ({"config": "nowhere.toml"}, "nowhere.toml"),
    "a configuration that is no path": ({"config": 1}, "config takes the path"),
    "waivers that are not there": ({"waivers": "nowhere.toml"}, "nowhere.toml"),
    "a baseline that is not there": ({"baseline": "nowhere.json"}, "nowhere.json"),
    "a mapping that is not there": ({"mapping": "nowhere.yaml"}, "nowhere.yaml"),
    "a format that is none": ({"input_format": "jsonnl"}, "Did you mean jsonl"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_argument(wrong: Wrong) -> None:
    arguments, said = wrong
    with pytest.raises(TransparencyCheckError, match=said):
        judged(**arguments)


@pytest.mark.parametrize(("ask", "said"), [
    (lambda e: e.explain("zzz"), "no finding"), (lambda e: e.explain(7), "int is neither"),
    (lambda e: e.upcoming("soon"), "soon"), (lambda e: e.render("tabel"), "Did you mean table"),
    (lambda e: e.write("/nowhere/at/all.json"), "/nowhere/at"),
], ids=["finding", "number", "horizon", "format", "place"])  # fmt: skip
def test_a_wrong_question(found: Evaluation, ask: Callable[[Evaluation], object], said: str) -> None:
    with pytest.raises(TransparencyCheckError, match=said):
        ask(found)


def test_a_finding_can_be_taken_apart(found: Evaluation) -> None:
    first: Finding = found[0]
    assert set(first._fields) >= {"rule", "municipality", "case", "outcome", "due", "act_by", "reasons"}
    assert transparency_check.Finding is Finding
