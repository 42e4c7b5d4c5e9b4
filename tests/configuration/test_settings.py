"""Every kind of setting, from the file to the findings that it touches and the head of the report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from configuration.conftest import ADOPTED_ACT, ANSWERED, BY, NOTICE, REQUEST, SCHEDULED, Office, uses

OWN = 'packs = ["../own"]\n'


def kinds(finding: dict[str, Any]) -> list[str]:
    return [setting["kind"] for setting in finding["configured"]]


# -- numbers -----------------------------------------------------------------------------


def test_a_number_makes_a_duty_judged(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(OWN)
    assert office.check("--select", "XX-DOC-001")["findings"] == []
    office.configure(f'{OWN}[numbers."XX-DOC-001"]\nn = 5\n{BY}\n')
    found = office.finding("XX-DOC-001")
    # Mon 2 March excluded; 3, 4, 5, 6 = 1..4, Mon 9 = 5; answered on the 10th.
    assert (found["outcome"], found["due"]) == ("late", "2026-03-09")
    assert found["configured"] == [
        {
            "kind": "number",
            "subject": "XX-DOC-001",
            "value": "5 working-day",
            "by": "A. Krasniqi",
            "source": "gazette 7",
            "note": None,
            "place": "transparency-check.toml:2",
        }
    ]


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ("n = 5", "2026-03-09"),
        ('n = 5\nunit = "calendar-day"', "2026-03-09"),
        ('n = 5\nunit = "calendar-day"\nroll = "none"', "2026-03-07"),
        ('n = 1\nunit = "month"', "2026-04-02"),
    ],
    ids=["unit of the duty", "own unit", "own roll", "months"],
)
def test_unit_and_roll(given: str, due: str, office: Office) -> None:
    office.log(REQUEST)
    office.configure(f'{OWN}[numbers."XX-DOC-001"]\n{given}\n{BY}\n')
    assert office.finding("XX-DOC-001")["due"] == due


def test_what_follows_from_the_duty_names_the_number(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(f'{OWN}[numbers."XX-DOC-001"]\nn = 5\n{BY}\n')
    found = office.finding("XX-DOC-004")
    assert (found["due"], found["configured"][0]["subject"]) == ("2026-03-11", "XX-DOC-001")


def test_a_count(office: Office) -> None:
    held = {"type": "meeting.held", "municipality": "kline", "meeting_type": "public-meeting"}
    office.log(*({"id": f"m{n}", "case": f"m{n}", "time": f"2026-0{n}-10", **held} for n in (1, 2)))
    office.configure(f'{OWN}[numbers."XX-DOC-002"]\nn = 3\n{BY}\n')
    found = office.finding("XX-DOC-002", "--to", "2026-12-31", as_of="2027-02-01")
    assert (found["outcome"], found["progress"]) == ("violated", {"done": 2, "needed": 3})


def test_a_number_of_one_version_loses_the_presumption_about_another(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(OWN)
    before = office.finding("XX-DOC-005")
    assert (before["due"], before["severity"], before["presumption"]) == (
        "2026-03-09",
        "violation",
        "continuity",
    )
    office.configure(f'{OWN}[numbers."XX-DOC-005"]\nn = 3\nversion = "law-06-l-081"\n{BY}\n')
    report = office.check("--select", "XX-DOC-005")
    (after,) = report["findings"]
    assert (after["due"], after["severity"], after["presumption"]) == ("2026-03-05", "advisory", None)
    assert "advisory unless the text is confirmed" in report["configuration"]["settings"][0]["remark"]
    assert after["id"] == before["id"]
    # The same number keeps it.
    office.configure(f'{OWN}[numbers."XX-DOC-005"]\nn = 5\nversion = "law-06-l-081"\n{BY}\n')
    assert office.finding("XX-DOC-005")["presumption"] == "continuity"


def test_a_number_of_one_version_leaves_the_others(office: Office) -> None:
    office.log({**REQUEST, "time": "2019-03-04"})
    office.configure(f'{OWN}[numbers."XX-DOC-005"]\nn = 3\nversion = "law-06-l-081"\n{BY}\n')
    report = office.check("--select", "XX-DOC-005")
    (found,) = report["findings"]
    assert (found["due"], found["configured"]) == ("2019-03-11", [])
    assert uses(report) == {("number", "XX-DOC-005"): False}


def test_numbers_of_several_versions(office: Office) -> None:
    office.log(REQUEST)
    entry = '[[numbers."XX-DOC-006"]]\nn = {}\nversion = "{}"\n' + BY + "\n"
    office.configure(OWN + entry.format(9, "law-03-l-040") + entry.format(4, "law-06-l-081"))
    found = office.finding("XX-DOC-006")
    assert (found["due"], [s["place"] for s in found["configured"]]) == (
        "2026-03-06",
        ["transparency-check.toml:7"],
    )


def test_a_number_that_the_pack_knows_is_corrected(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    number = f'[numbers."XK-MTG-001"]\nn = 5\nversion = "ai-mlga-04-2023"\n{BY}\n'
    office.configure(number)
    found = office.finding("XK-MTG-001")
    # Fri 27 Nov excluded; Thu 26 .. Mon 23 = 1..4, Fri 20 = 5.
    assert (found["outcome"], found["due"]) == ("fulfilled", "2026-11-20")


# -- readings, confirmations, weights ----------------------------------------------------


def test_a_settled_reading(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    open_question = office.finding("XK-MTG-001")
    assert open_question["reasons"] == ["readings_differ"]
    office.configure('[readings]\nby = "A. Krasniqi"\nsource = "opinion 3"\n"XK-MTG-001" = "clear"\n')
    found = office.finding("XK-MTG-001")
    assert (found["outcome"], found["due"], found["id"]) == ("late", "2026-11-17", open_question["id"])
    assert [r["name"] for r in found["readings"]] == ["clear"]
    setting = found["configured"][0]
    assert [setting[k] for k in ("kind", "value", "by", "source")] == [
        "reading",
        "clear",
        "A. Krasniqi",
        "opinion 3",
    ]
    office.configure('[readings]\n"XK-MTG-001" = {reading = "lenient", by = "B. Hoti"}\n')
    found = office.finding("XK-MTG-001")
    assert (found["outcome"], found["configured"][0]["by"]) == ("fulfilled", "B. Hoti")


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", "violation"),
        ('version = "ai-mlga-04-2023"', "violation"),
        ('version = "ai-mlga-04-2018"', "advisory"),
    ],
    ids=["all versions", "the version in force", "another version"],
)
def test_a_confirmation(more: str, severity: str, office: Office) -> None:
    office.log(ADOPTED_ACT)
    if not more:
        assert office.finding("XK-ACT-001")["severity"] == "advisory"
    office.configure(f'[confirmations."XK-ACT-001"]\ntext = "within a week"\n{BY}\n{more}\n')
    found = office.finding("XK-ACT-001")
    assert (found["outcome"], found["severity"], found["confidence"]) == ("violated", severity, "unverified")
    assert kinds(found) == (["confirmation"] if severity == "violation" else [])
    assert office.code == (1 if severity == "violation" else 0)


def test_a_confirmed_advisory_duty_stays_advisory_until_its_weight_is_changed(office: Office) -> None:
    shared = {"municipality": "kline", "case": "c1"}
    opened = {"id": "c1", "type": "consultation.opened", "time": "2026-10-01", "consultation_kind": "written"}
    closed = {"id": "c2", "type": "consultation.closed", "time": "2026-10-09"}
    opened, closed = opened | shared, closed | shared
    office.log(opened, closed)
    confirmed = f'[confirmations."XK-CON-007"]\n{BY}\n'
    office.configure(confirmed)
    found = office.finding("XK-CON-007")
    assert (found["outcome"], found["severity"]) == ("violated", "advisory")
    weight = '[severity]\n"XK-CON-007" = {severity = "violation", by = "A", reason = "as decided"}\n'
    office.configure(confirmed + weight)
    found = office.finding("XK-CON-007")
    assert (found["severity"], kinds(found)) == ("violation", ["confirmation", "severity"])


def test_a_confirmation_of_what_is_verified_changes_nothing(office: Office) -> None:
    office.log(REQUEST)
    office.configure(f'{OWN}[confirmations."XX-DOC-003"]\n{BY}\n')
    (setting,) = office.check("--select", "XX-DOC")["configuration"]["settings"]
    assert (setting["used"], setting["remark"]) == (False, "no version of the duty is unverified")


def test_a_weight_is_lowered(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(
        f'{OWN}[severity]\n"XX-DOC-005" = {{severity = "advisory", by = "A", reason = "new staff"}}\n'
    )
    found = office.finding("XX-DOC-005")
    assert (found["severity"], found["configured"][0]["note"]) == ("advisory", "new staff")


def test_what_is_off_is_counted_and_not_shown(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(
        f'{OWN}[numbers."XX-DOC-001"]\nn = 5\n{BY}\n[severity]\n'
        '"XX-DOC-001" = {severity = "off", by = "A", reason = "strike"}\n'
        '"TC-REC-001" = {severity = "off", by = "A", reason = "paper register"}\n'
    )
    report = office.check("--select", "XX-DOC-001")
    assert report["findings"] == []
    report = office.check("--select", "XX-DOC", "--select", "TC-REC-001")
    assert "XX-DOC-001" not in {f["rule"] for f in report["findings"]}
    # What follows from it is judged all the same.
    assert "XX-DOC-004" in {f["rule"] for f in report["findings"]}
    off = {s["subject"]: s for s in report["configuration"]["settings"] if s["kind"] == "severity"}
    assert off["XX-DOC-001"]["used"]
    assert off["XX-DOC-001"]["remark"] == "1 finding is not shown, violations among them: 1"
    assert not off["TC-REC-001"]["used"]


# -- packs to adopt ----------------------------------------------------------------------


def test_a_pack_binds_those_who_adopt_it(office: Office) -> None:
    packs = 'packs = ["../promises"]\n'
    elsewhere = {**REQUEST, "id": "r9", "municipality": "peje", "case": "r9"}
    office.log(REQUEST, elsewhere)
    office.configure(packs)
    assert office.check("--select", "XX-PRM-001")["findings"] == []
    told = json.loads(office.run("rules", "show", "XX-PRM-001", "--format", "json").stdout)
    assert told["checkable"]["no"].startswith("no municipality has adopted it: the pack promises binds only")
    office.configure(packs + '[adopted]\npromises = ["Pejë"]\n')
    found = office.finding("XX-PRM-001")
    assert (found["municipality"], found["commitment"], kinds(found)) == ("peje", True, ["adoption"])
    assert found["configured"][0]["value"] == "peje"


def test_without_a_configuration_no_one_has_adopted(office: Office) -> None:
    office.log(REQUEST)
    assert office.check("--pack", "../promises", "--select", "XX-PRM-001")["findings"] == []


def test_examples_are_judged_as_if_adopted(office: Office) -> None:
    result = office.run("rules", "test", "--pack", "../promises", "--select", "XX-PRM-001")
    assert (result.exit_code, result.stdout) == (0, "1 example holds.\n")


# -- days off and coverage ---------------------------------------------------------------

CLOSED = '[[closures]]\ndate = 2026-11-20\nname = "Day of Klina"\nsource = "decision 12/2026"\n'


def test_a_closure_moves_a_due_date_and_is_named_there_alone(office: Office) -> None:
    office.log(SCHEDULED, NOTICE, ADOPTED_ACT)
    office.configure('[readings]\nby = "A"\n"XK-MTG-001" = "lenient"\n')
    assert office.finding("XK-MTG-001")["outcome"] == "fulfilled"
    office.configure('[readings]\nby = "A"\n"XK-MTG-001" = "lenient"\n' + CLOSED)
    report = office.check("--select", "XK-MTG-001", "--select", "XK-ACT-001")
    found = {f["rule"]: f for f in report["findings"]}
    # Fri 27 excluded; 26..23 = 1..4; 20 closed; 19, 18, 17 = 5..7.
    assert (found["XK-MTG-001"]["outcome"], found["XK-MTG-001"]["due"]) == ("late", "2026-11-17")
    assert kinds(found["XK-MTG-001"]) == ["reading", "closure"]
    assert found["XK-MTG-001"]["message"].endswith(
        "Office closed 2026-11-20: Day of Klina (decision 12/2026)."
    )
    assert kinds(found["XK-ACT-001"]) == []
    proof = office.run("explain", "log.jsonl", found["XK-MTG-001"]["id"], "--as-of", "2026-12-01")
    assert "Day of Klina, decision 12/2026" in proof.stdout
    assert "Reading lenient settled by A" in proof.stdout


def test_a_closure_that_moves_nothing_is_idle(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    office.configure('[[closures]]\nfrom = 2026-08-03\nto = 2026-08-14\nname = "Leave"\nsource = "order 2"\n')
    assert uses(office.check("--select", "XK-MTG-001")) == {("closure", "2026-08-03/2026-08-14"): False}


def test_a_closure_of_one_municipality(office: Office) -> None:
    office.configure('municipality = "kline"\n' + CLOSED + 'municipality = "kline"\n')
    office.log(SCHEDULED, NOTICE)
    assert office.finding("XK-MTG-001")["due"] == "2026-11-17"
    office.log(SCHEDULED, NOTICE, {**REQUEST, "municipality": "peje"})
    result = office.run("check", "log.jsonl", "--as-of", "2026-12-01", "--select", "XK-MTG-001")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: transparency-check.toml:2: this day off is one of kline alone, and the log also holds peje. "
        "Check them apart, or with --no-config.\n"
    )


def test_coverage_proves_absence(office: Office) -> None:
    declared = {"type": "coverage.declared", "time": "2026-01-01", "municipality": "kline",
                "period": "2026-01-01/2026-12-31", "event_families": ["meeting"]}  # fmt: skip
    office.log({**ADOPTED_ACT, "time": "2026-02-05"}, declared)
    before = office.finding("XK-ACT-001")
    assert before["reasons"] == ["not_covered"]
    office.configure(
        '[[coverage]]\nmunicipality = "Klinë"\nperiod = "2026-01-01/2026-12-31"\nevent_families = ["act"]\n'
        'source = "register"\n'
        '[[coverage]]\nmunicipality = "peje"\nperiod = "2026-01-01/2026-12-31"\n'
    )
    report = office.check("--select", "XK-ACT-001", "--select", "XK-MTG-001")
    (found,) = [f for f in report["findings"] if f["rule"] == "XK-ACT-001"]
    assert (found["outcome"], kinds(found), found["id"]) == ("violated", ["coverage"], before["id"])
    assert "Declared as complete, 2026-01-01/2026-12-31: act (register)." in found["message"]
    assert uses(report)["coverage", "kline"]
    # It gives nothing away where the log itself does not claim to be complete.
    assert "XK-MTG-001" not in {f["rule"] for f in report["findings"]}


def test_only_declarations_about_what_a_duty_asks_for_are_named(office: Office) -> None:
    office.log({**ADOPTED_ACT, "time": "2026-02-05"})
    entry = '[[coverage]]\nmunicipality = "kline"\nperiod = "{}"\nevent_families = ["{}"]\n'
    office.configure(
        entry.format("2026-01-01/2026-12-31", "request")
        + entry.format("2026-01-01/2026-06-30", "act")
        + entry.format("2026-07-01/2026-12-31", "act")
    )
    (setting,) = office.finding("XK-ACT-001")["configured"]
    assert setting["value"] == "2026-01-01/2026-06-30: act"


def test_coverage_that_rests_on_the_log_alone_is_not_named(office: Office) -> None:
    declared = {"type": "coverage.declared", "time": "2026-01-01", "municipality": "kline",
                "period": "2026-01-01/2026-12-31"}  # fmt: skip
    office.log(ADOPTED_ACT, declared)
    office.configure('[[coverage]]\nmunicipality = "kline"\nperiod = "2026-01-01/2026-12-31"\n')
    report = office.check("--select", "XK-ACT-001")
    assert [f["configured"] for f in report["findings"]] == [[]]
    assert uses(report) == {("coverage", "kline"): False}


def test_rows_without_municipality(office: Office) -> None:
    bare = {k: v for k, v in SCHEDULED.items() if k != "municipality"}
    office.log(bare, NOTICE)
    office.configure('municipality = "Клина"\n')
    report = office.check("--select", "XK-MTG-001")
    assert report["summary"]["problems"]["error"] == 0
    assert report["configuration"]["municipality"] == "kline"
    assert {f["municipality"] for f in report["findings"]} == {"kline"}
    # A sidecar is nearer to the rows.
    (office.folder / "log.jsonl.meta.yaml").write_text("municipality: peje\n")
    office.log(bare)
    assert {f["municipality"] for f in office.check("--select", "XK-MTG-001")["findings"]} == {"peje"}


# -- the whole ---------------------------------------------------------------------------


def test_settings_about_packs_that_are_not_named_are_idle(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    office.configure(f'packs = ["../own", "../promises"]\n[numbers."XX-DOC-001"]\nn = 5\n{BY}\n'
                     '[adopted]\npromises = ["kline"]\n')  # fmt: skip
    settings = office.check("--pack", "kosovo", "--select", "XK-MTG-001")["configuration"]["settings"]
    assert [(s["used"], s["remark"]) for s in settings] == [
        (False, "none of the packs named on the command line has the duty"),
        (False, "the pack is not among those named on the command line"),
    ]


def test_the_table_names_the_file_and_every_setting(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    office.configure(
        'municipality = "kline"\n[readings]\nby = "A. Krasniqi"\n"XK-MTG-001" = "clear"\n'
        '"XK-CON-007" = "working-days"\n'
    )
    for name in ("table", "markdown"):
        result = office.run(
            "check", "log.jsonl", "--as-of", "2026-12-01", "--format", name, "--no-plugins", "--select",
            "XK-MTG-001", "--select", "XK-CON-007",
        )  # fmt: skip
        said = " ".join(result.stdout.replace("\\", "").split())
        assert (
            "Configuration: transparency-check.toml; rows that name no municipality belong to kline" in said
        )
        assert "Set by the office, line 4: XK-MTG-001: Reading clear settled by A. Krasniqi" in said
        assert "Without effect here, line 5: XK-CON-007: Reading working-days settled by A. Krasniqi" in said
        # Once in the head, once with the duty.
        assert said.count("Reading clear settled by A. Krasniqi") == 2


def test_a_report_of_open_findings_uses_what_it_does_not_show(office: Office) -> None:
    office.log(SCHEDULED, {**NOTICE, "time": "2026-11-10"})
    office.configure('[readings]\nby = "A"\n"XK-MTG-001" = "clear"\n')
    args = ("check", "log.jsonl", "--as-of", "2026-12-01", "--no-plugins", "--select", "XK-MTG-001")
    result = office.run(*args)
    assert "Set by the office, line 3: XK-MTG-001" in " ".join(result.stdout.split())


def test_csv_and_upcoming(office: Office) -> None:
    office.log(SCHEDULED)
    office.configure('[readings]\nby = "A"\n"XK-MTG-001" = "clear"\n')
    args = ("log.jsonl", "--as-of", "2026-11-03", "--no-plugins", "--select", "XK-MTG-001")
    result = office.run("check", *args, "--format", "csv")
    assert ",binds,configured," in result.stdout.splitlines()[0]
    (row,) = [line for line in result.stdout.splitlines() if "XK-MTG-001" in line]
    assert ",municipality,Reading clear settled by A," in row
    result = office.run("upcoming", *args)
    assert "Reading clear settled by A" in result.stdout


def test_what_binds_others_is_no_breach(office: Office) -> None:
    office.log(REQUEST, ANSWERED)
    office.configure(OWN)
    report = office.check("--select", "XX-DOC-003")
    (found,) = report["findings"]
    assert (found["outcome"], found["binds"]) == ("late", "nobody")
    assert report["summary"]["compliance"] is None
    args = ("check", "log.jsonl", "--as-of", "2026-12-01", "--select", "XX-DOC-003", "--no-plugins")
    result = office.run(*args, "--fail-on", "advisory")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "a right; not using it is no breach" in said
    assert "No violations. Late or not done by others; no breach of the municipality (1)" in said
    # Also where fulfilled findings are counted and not made.
    office.log(REQUEST, {**ANSWERED, "time": "2026-03-03"})
    args = ("check", "log.jsonl", "--as-of", "2026-12-01", "--select", "XX-DOC", "--no-plugins")
    assert "Compliance 100.0 %" in office.run(*args).stdout
    (other,) = office.check("--select", "XX-DOC-003")["findings"]
    assert other["outcome"] == "fulfilled"
    assert "Compliance" not in office.run(*args[:-2], "XX-DOC-003").stdout


def test_the_file_may_lie_among_the_logs(office: Office) -> None:
    office.log(SCHEDULED, NOTICE)
    office.configure('[readings]\nby = "A"\n"XK-MTG-001" = "clear"\n')
    args = ("check", ".", "--as-of", "2026-12-01", "--format", "json", "--no-plugins")
    result = office.run(*args, "--select", "XK-MTG-001")
    report = json.loads(result.stdout)
    assert [source["name"] for source in report["inputs"]] == ["log.jsonl"]
    assert report["configuration"]["file"] == "transparency-check.toml"


def test_a_large_log_read_in_bulk_takes_the_same_settings(office: Office) -> None:
    """Rows that are proved clean in bulk meet declared coverage and the municipality of the file."""
    many = [{**ADOPTED_ACT, "id": f"a{n}", "case": f"a{n}", "time": "2026-03-05"} for n in range(2100)]
    bare = {k: v for k, v in ADOPTED_ACT.items() if k != "municipality"} | {"id": "b", "case": "b"}
    office.log(*many, bare)
    office.configure(
        'municipality = "kline"\n[[coverage]]\nperiod = "2026-01-01/2026-12-31"\nsource = "register"\n'
    )
    report = office.check("--select", "XK-ACT-001")
    assert report["summary"]["outcomes"]["violated"] == 2101
    assert {tuple(s["kind"] for s in f["configured"]) for f in report["findings"]} == {("coverage",)}
