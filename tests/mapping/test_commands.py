"""Mappings from the command line: who takes them, what is said and left behind."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from mapping.logs import LONG, MEETING, MEETINGS, WIDE, read, table
from transparency_check.cli import application
from transparency_check.mapping.read import parsed
from transparency_check.schema_files import folder as schemas

ASKED = ("--as-of", "2026-12-20", "--select", "XK-MTG-001", "--no-plugins")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sheet of meetings, a mapping, and no configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    table(tmp_path / "log.csv", [MEETING], WIDE)
    (tmp_path / "mapping.yaml").write_text(MEETINGS, encoding="utf-8")
    return tmp_path


def run(*args: str, **how: Any) -> Result:
    result = CliRunner().invoke(application, [*args], prog_name="transparency-check", **how)
    assert "Traceback" not in result.output and "internal error" not in result.output
    return result


def report(*args: str, **how: Any) -> dict[str, Any]:
    result = run("check", *args, *ASKED, "--all", "--format", "json", **how)
    found: dict[str, Any] = json.loads(result.stdout)
    schema = json.loads((schemas() / "report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def outcomes(found: dict[str, Any]) -> dict[str, str]:
    return {f["case"]: f["outcome"] for f in found["findings"]}


def test_a_report_names_the_mapping(office: Path) -> None:
    found = report("log.csv", "--mapping", "mapping.yaml")
    digest = hashlib.sha256((office / "mapping.yaml").read_bytes()).hexdigest()
    used = {"file": "mapping.yaml", "sha256": digest, "rows": 1, "ignored": 0, "left_out": []}
    assert found["mappings"] == [used]
    assert outcomes(found) == {"mbledhja-7": "fulfilled"}


def test_without_it_the_same_log_says_nothing(office: Path) -> None:
    found = report("log.csv")
    assert (found["mappings"], outcomes(found)) == ([], {})


def test_a_variable_names_it(office: Path) -> None:
    found = report("log.csv", env={"TRANSPARENCY_CHECK_MAPPING": "mapping.yaml"})
    assert outcomes(found) == {"mbledhja-7": "fulfilled"}


def test_standard_input_is_mapped(office: Path) -> None:
    rows = (office / "log.csv").read_bytes()
    found = report("-", "--input-format", "csv", "--mapping", "mapping.yaml", input=rows)
    assert outcomes(found) == {"mbledhja-7": "fulfilled"}
    assert found["findings"][0]["trigger"]["place"] == "-:2"


def test_the_configuration_names_it_by_path(office: Path) -> None:
    """Of two logs the one under the path is mapped, the other is read as it stands; the last path counts."""
    other = {
        "id": "n1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "own",
        "body": "assembly", "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27",
    }  # fmt: skip
    table(office / "own.jsonl", [other])
    (office / "wrong.yaml").write_text(LONG, encoding="utf-8")
    content = '[mappings]\n"*.csv" = "wrong.yaml"\n"log.csv" = "mapping.yaml"\n'
    (office / "transparency-check.toml").write_text(content, encoding="utf-8")
    found = report("log.csv", "own.jsonl")
    assert set(outcomes(found)) == {"mbledhja-7", "own"}
    assert [(m["file"], m["rows"]) for m in found["mappings"]] == [("mapping.yaml", 1), ("wrong.yaml", 0)]
    assert found["problems"] == [p for p in found["problems"] if p["code"] != "mapped_unseen"]
    assert outcomes(report("log.csv", "--no-config")) == {}


def test_what_the_configuration_names_must_be_there(office: Path) -> None:
    (office / "transparency-check.toml").write_text('[mappings]\n"." = "gone.yaml"\n', encoding="utf-8")
    result = run("check", "log.csv", *ASKED)
    assert result.exit_code == 2
    assert "transparency-check.toml:2: The mapping gone.yaml could not be read" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "The mapping m.yaml could not be read"),
        (MEETINGS.replace("meeting.held", "meeting.hold"), "m.yaml:11:11: `meeting.hold` is no event type"),
        (b"\xff", "m.yaml:1: This line is not UTF-8"),
    ],
    ids=["not there", "stated wrongly", "no text"],
)
def test_a_mapping_that_cannot_be_used(office: Path, content: str | bytes | None, said: str) -> None:
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (office / "m.yaml").write_bytes(data)
    for command in (("check", "log.csv", "--mapping", "m.yaml"), ("mapping", "test", "m.yaml", "log.csv")):
        result = run(*command, "--no-plugins")
        assert result.exit_code == 2
        assert said in result.stderr


def test_no_output_replaces_the_mapping(office: Path) -> None:
    result = run("check", "log.csv", "--mapping", "mapping.yaml", "-o", "mapping.yaml", *ASKED)
    assert result.exit_code == 2 and "holds the mapping" in result.stderr
    assert (office / "mapping.yaml").read_text(encoding="utf-8") == MEETINGS


def test_no_output_replaces_a_mapping_that_the_configuration_names(office: Path) -> None:
    Path("transparency-check.toml").write_text('[mappings]\n"log.csv" = "mapping.yaml"\n', encoding="utf-8")
    before = Path("mapping.yaml").read_bytes()
    result = run("check", "log.csv", "--no-plugins", "--output", "mapping.yaml", "--format", "json")
    assert result.exit_code == 2 and "mapping" in result.stderr
    assert Path("mapping.yaml").read_bytes() == before
    assert run("check", "log.csv", "--no-plugins", "--output", "report.json").exit_code in (0, 1)


def test_a_register_is_read_as_it_stands(office: Path) -> None:
    """What was imported by a mapping is there in exact names; that of the configuration is not about it."""
    assert run("register", "init").exit_code == 0
    done = run("register", "import", "log.csv", "--mapping", "mapping.yaml", "--by", "A. K.", "--no-plugins")
    assert done.exit_code == 0
    (office / "transparency-check.toml").write_text('[mappings]\n"." = "mapping.yaml"\n', encoding="utf-8")
    found = report("register.db")
    assert outcomes(found) == {"mbledhja-7": "fulfilled"}
    refused = run("mapping", "test", "mapping.yaml", "register.db", "--no-plugins")
    assert refused.exit_code == 2 and "register.db is a register" in refused.stderr


def test_an_import_of_rows_that_cannot_be_read(office: Path) -> None:
    """All or nothing; what is left out keeps the row as it stands in the log."""
    table(office / "bad.csv", [{**MEETING, "Njoftuar më": "17/11/2026"}], WIDE)
    run("register", "init")
    asked = ("register", "import", "bad.csv", "--mapping", "mapping.yaml", "--by", "A. K.", "--no-plugins")
    refused = run(*asked)
    assert refused.exit_code == 2 and "“17/11/2026” is not written as" in refused.stderr
    assert run(*asked, "--skip-bad").exit_code == 0
    found = report("register.db")
    assert [p["code"] for p in found["problems"]] == ["left_out"]
    assert outcomes(found) == {"mbledhja-7": "undetermined"}


def test_validate_mends_nothing_of_others(office: Path) -> None:
    refused = run("validate", "log.csv", "--mapping", "mapping.yaml", "--fix", "--no-plugins")
    assert refused.exit_code == 2 and "What is read by a mapping is not mended" in refused.stderr
    (office / "transparency-check.toml").write_text('[mappings]\n"." = "mapping.yaml"\n', encoding="utf-8")
    result = run("validate", "log.csv", "--fix", "--as-of", "2026-12-20", "--no-plugins")
    assert "log.csv" in result.stderr
    assert sorted(path.name for path in office.glob("*.csv")) == ["log.csv"]


def test_a_trial_in_numbers(office: Path) -> None:
    rows = [
        MEETING, {**MEETING, "Nr.": "8", "Mbajtur më": "27/11"}, {**MEETING, "Nr.": "9", "Organi": "KPF"},
        {"Nr.": "10"},
    ]  # fmt: skip
    table(office / "log.csv", [{**row, "Shënime": "x"} for row in rows], [*WIDE, "Shënime"])
    (office / "mapping.yaml").write_text(
        MEETINGS + "ignore: [{when: {Organi: KPF}, why: the committee}]\n", encoding="utf-8"
    )
    result = run("mapping", "test", "mapping.yaml", "log.csv", "--format", "json", "--no-plugins")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {k: found[k] for k in ("rows", "events", "unreadable", "ignored", "unused", "logs")} == {
        "rows": 4, "events": 5, "unreadable": 2, "ignored": 1, "unused": ["Shënime"], "logs": ["log.csv"],
    }  # fmt: skip
    assert [(r["type"], r["rows"], r["unreadable"], len(r["examples"])) for r in found["rules"]] == [
        ("meeting.scheduled", 2, 0, 2), ("meeting.held", 2, 1, 1), ("notice.published", 2, 0, 2),
    ]  # fmt: skip
    example = found["rules"][0]["examples"][0]
    assert example["place"] == "log.csv:2"
    assert example["before"] == {k: MEETING[k] for k in ("Nr.", "Organi", "Data e mbledhjes", "Thirrur më")}
    assert example["after"]["time"] == "2026-11-02"
    assert [(p["code"], p["place"]) for p in found["problems"]] == [
        ("bad_time", "log.csv:3"), ("mapped_no_event", "log.csv:5"),
    ]  # fmt: skip
    assert [(each["said"], each["rows"]) for each in found["left_out"]] == [("the committee", 1)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([MEETING], 0), ([{**MEETING, "Mbajtur më": "x"}], 1), ([], 2)],
    ids=["all is read", "a row is not", "no rows"],
)
def test_what_a_trial_ends_with(office: Path, rows: list[dict[str, Any]], code: int) -> None:
    table(office / "log.csv", rows, WIDE)
    assert run("mapping", "test", "mapping.yaml", "log.csv", "--no-plugins").exit_code == code


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".json", ".xlsx", ".parquet"])
def test_a_draft_names_all_columns_and_decides_nothing(office: Path, ending: str) -> None:
    log = table(office / f"other{ending}", [MEETING], WIDE)
    result = run("mapping", "draft", log.name, "-o", "new.yaml", "--no-plugins")
    assert result.exit_code == 0
    drafted = (office / "new.yaml").read_text(encoding="utf-8")
    assert [name for name in WIDE if f'"{name}"' not in drafted] == []
    assert [line for line in drafted.splitlines() if line and not line.startswith("#")] == []
    assert "02.11.2026" in drafted and "dd.MM.yyyy" in drafted
    again = run("mapping", "draft", log.name, "-o", "new.yaml", "--no-plugins")
    assert again.exit_code == 2 and "is not overwritten" in again.stderr


def test_a_draft_finds_the_headers_below_a_title(office: Path) -> None:
    lines = "Regjistri\n\n" + (office / "log.csv").read_text(encoding="utf-8")
    (office / "log.csv").write_text(lines, encoding="utf-8")
    drafted = run("mapping", "draft", "log.csv", "--no-plugins").stdout
    assert '"Thirrur më", in 1 of 1 rows' in drafted and '"Regjistri"' not in drafted


def test_what_a_draft_says_can_be_used(office: Path) -> None:
    """The lines of events, with their marks of comment taken away and types filled in, are a mapping."""
    drafted = run("mapping", "draft", "log.csv", "--no-plugins").stdout
    lines = drafted.splitlines()
    start = lines.index("# events:")
    events = "\n".join(line.removeprefix("# ") for line in lines[start:]).replace(
        "type: ...", "type: request.withdrawn"
    )
    text = "constants: {municipality: kline}\n" + events + "\n"
    assert parsed(text.encode(), "m.yaml").content.events
    log = read(text, office / "log.csv")
    assert [p for p in log.problems if p.severity == "error"] == []
    assert len(log.records) == 4


def test_a_draft_lists_words_that_come_near_event_types(office: Path) -> None:
    rows = [
        {"Ngjarja": "Mbledhja u mbajt", "Kur": "1.3.2026"},
        {"Ngjarja": "Mbledhja u caktuar", "Kur": "12.3.2026"},
    ]
    drafted = run("mapping", "draft", table(office / "n.csv", rows).name, "--no-plugins").stdout
    assert '#     "Mbledhja u caktuar": meeting.scheduled  # guess' in drafted
    assert "dates? d.M.yyyy" in drafted
    assert '#   from: "Ngjarja"' in drafted


@pytest.mark.parametrize(
    "asked",
    [
        ("validate", "log.csv", "--as-of", "2026-12-20"),
        ("upcoming", "log.csv", *ASKED[:4]),
        ("session", "log.csv", "mbledhja-7", "--as-of", "2026-11-10"),
        ("score", "log.csv", *ASKED[:4]),
        ("compare", "log.csv", "--against-as-of", "2026-11-16", *ASKED[:4]),
        ("diff", "before.csv", "log.csv", *ASKED[:4]),
        ("baseline", "create", "log.csv", *ASKED[:4]),
    ],
    ids=lambda asked: asked[0],
)
def test_who_reads_logs_reads_them_by_a_mapping(office: Path, asked: tuple[str, ...]) -> None:
    """Without it the log has no row of headers that anybody knows, and each of them ends with 2."""
    table(office / "before.csv", [{**MEETING, "Njoftuar më": ""}], WIDE)
    assert run(*asked, "--no-plugins").exit_code == 2
    with_it = run(*asked, "--mapping", "mapping.yaml", "--no-plugins")
    assert with_it.exit_code in (0, 1), with_it.output
