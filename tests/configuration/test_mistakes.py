"""Every mistake in a configuration is told at its line, with what to do."""

# Messages are written as they are said.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from configuration.conftest import Office

PACKS = 'packs = ["kosovo", "../own", "../promises"]'
# What is written, line by line, and how what is said of it begins, after the name of the file.
MISTAKES: dict[str, tuple[list[str], list[str]]] = {
    "a path without a name": (
        [PACKS, '[paths."archive"]', 'fail_on = "never"', 'reason = "r"'],
        ["2: `by` is missing: a path needs it. Add it."],
    ),
    "a path that changes nothing": (
        [PACKS, '[paths."archive"]', 'by = "A"', 'reason = "r"'],
        ["2: A path says what is different there: `ignore`, `fail_on`, or both"],
    ),
    "a level that is none": (
        [PACKS, '[paths."archive"]', 'fail_on = "violations"', 'by = "A"', 'reason = "r"'],
        ["3: `violations` is not a value of `fail_on`. Did you mean `violation`?"],
    ),
    "a duty that a path would ignore and that is none": (
        [PACKS, '[paths."archive"]', "ignore = [", '  "DOC",', '  "XX-DOC-0011"]', 'by = "A"', 'reason = "r"'],
        ["5: there is no duty `XX-DOC-0011` in the packs used. Did you mean `XX-DOC-001`?"],
    ),
    "an unknown key": (
        [PACKS, 'municipalty = "kline"'],
        ["2: `municipalty` is not a key of a configuration. Did you mean `municipality`?"],
    ),
    "an unknown key of an entry": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = 5", 'sorce = "x"', 'by = "A"'],
        ["4: `sorce` is not a key of a supplied number. Did you mean `source`?"],
    ),
    "a number without a name": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = 5", 'source = "x"'],
        ["2: `by` is missing: a supplied number needs it. Add it."],
    ),
    "a number whose name is empty": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = 5", 'source = "x"', 'by = " "'],
        ["5: This text is empty; say who or what stands behind the setting."],
    ),
    "a number in quotes": (
        [PACKS, '[numbers."XX-DOC-001"]', 'n = "5"', 'by = "A"', 'source = "g"'],
        ['3: `n` is the text "5"; expected is a whole number. Take the quotes away.'],
    ),
    "a number below 0": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = -5", 'by = "A"', 'source = "g"'],
        ["3: `n` is -5; it must be at least 0."],
    ),
    "a number that no law has": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = 99999", 'by = "A"', 'source = "g"'],
        ["3: 99999 is no period of a law; the longest is 36500."],
    ),
    "a unit that is none": (
        [PACKS, '[numbers."XX-DOC-001"]', "n = 5", 'unit = "working-days"', 'by = "A"', 'source = "g"'],
        ["4: `working-days` is not a value of `unit`. Did you mean `working-day`?"],
    ),
    "a key twice": (
        ['municipality = "kline"', 'municipality = "peje"'],
        ["2: this is not TOML: "],
    ),
    "a text without quotes": (
        ["municipality = kline"],
        ["1: this is not TOML: "],
    ),
    "a list that does not end": (
        ["packs = [", '"kosovo"'],
        ["2: this is not TOML: "],
    ),
    "a pack that does not exist": (
        ['packs = ["kosova"]'],
        ["1: kosova: There is no bundled pack `kosova`. Did you mean `kosovo`?"],
    ),
    "a folder that does not exist": (
        ['packs = ["kosovo",', ' "./none"]'],
        ["2: ./none: This folder does not exist. A pack is a folder with a pack.yaml in it."],
    ),
    "no pack": (
        ["packs = []"],
        ["1: `packs` is an empty list; at least one entry is needed."],
    ),
    "packs that are no list": (
        ['packs = "kosovo"'],
        ['1: `packs` is the text "kosovo"; expected is a list.'],
    ),
    "a municipality that does not exist": (
        ['municipality = "klin"'],
        ["1: there is no municipality 'klin' in the packs used. Did you mean `Klinë`?"],
    ),
    "a duty that does not exist": (
        [PACKS, '[numbers."XX-DOC-01"]', "n = 5", 'by = "A"', 'source = "g"'],
        ["2: there is no duty `XX-DOC-01` in the packs used. Did you mean `XX-DOC-001`?"],
    ),
    "an unknown key in the second of two": (
        [
            PACKS,
            '[[numbers."XX-DOC-001"]]',
            "n = 5",
            'by = "A"',
            'source = "g"',
            '[[numbers."XX-DOC-001"]]',
            "n = 5",
            "x = 1",
            'by = "A"',
            'source = "g"',
        ],
        ["8: `x` is not a key of a supplied number. Known are: by, n, roll, source, unit, version."],
    ),
    "a number for a duty without one": (
        [PACKS, '[numbers."XX-DOC-008"]', "n = 5", 'by = "A"', 'source = "g"'],
        ["2: `XX-DOC-008` has no deadline, length or count that a number could go into."],
    ),
    "a version that does not exist": (
        [PACKS, '[numbers."XX-DOC-005"]', "n = 5", 'version = "law-06-l-082"', 'by = "A"', 'source = "g"'],
        ["4: `XX-DOC-005` has no version under the instrument `law-06-l-082`. Did you mean `law-06-l-081`?"],
    ),
    "one number for versions that differ": (
        [PACKS, '[numbers."XX-DOC-005"]', "n = 5", 'by = "A"', 'source = "g"'],
        [
            "2: the versions of `XX-DOC-005` have different numbers: 7 calendar-day (law-03-l-040), 5 calendar-day (law-06-l-081). Say with `version` which one this is for."
        ],
    ),
    "hours under one version only": (
        [
            PACKS,
            '[numbers."XX-DOC-005"]',
            "n = 5",
            'unit = "hour"',
            'version = "law-06-l-081"',
            'by = "A"',
            'source = "g"',
        ],
        ["2: `XX-DOC-005` cannot be counted in hours under one version and in days under another."],
    ),
    "hours that would be clear": (
        [PACKS, '[numbers."XK-PAR-003"]', "n = 48", 'unit = "hour"', 'by = "A"', 'source = "g"'],
        [
            "2: `XK-PAR-003` counts clear days, in itself or in a reading: hours cannot be clear (semantics 3.5). Say days, weeks, months or years, or settle a reading without clear days."
        ],
    ),
    "a roll for one version only": (
        [
            PACKS,
            '[numbers."XX-DOC-005"]',
            "n = 5",
            'roll = "none"',
            'version = "law-06-l-081"',
            'by = "A"',
            'source = "g"',
        ],
        ["2: `roll` holds for all versions of `XX-DOC-005`. Leave out `roll` or `version`."],
    ),
    "a number for one of two unknown ones": (
        [PACKS, '[numbers."XX-DOC-006"]', "n = 5", 'version = "law-06-l-081"', 'by = "A"', 'source = "g"'],
        [
            "2: the number of `XX-DOC-006` is also unknown under law-03-l-040, and the duty is judged only once all are known. Leave out `version`, or supply them too."
        ],
    ),
    "a count with a unit": (
        [PACKS, '[numbers."XX-DOC-002"]', "n = 5", 'unit="week"', 'by = "A"', 'source = "g"'],
        ["2: `XX-DOC-002` counts events: its number has no unit and no roll. Remove them."],
    ),
    "a count of 0": (
        [PACKS, '[numbers."XX-DOC-002"]', "n = 0", 'by = "A"', 'source = "g"'],
        ["2: 0 would make another duty of `XX-DOC-002`. Supply a number of 1 or more."],
    ),
    "backward weeks without roll": (
        [PACKS, '[numbers."XX-DOC-007"]', "n = 5", 'unit = "week"', 'by = "A"', 'source = "g"'],
        [
            "2: `XX-DOC-007` cannot take this number: a backward period other than working days must say `roll` (semantics 3.5)."
        ],
    ),
    "a number under a reading with its own": (
        [
            PACKS,
            "[readings]",
            '"XK-CON-007" = {reading = "working-days", by = "A"}',
            '[numbers."XK-CON-007"]',
            "n = 5",
            'by = "A"',
            'source = "g"',
        ],
        [
            "4: the reading `working-days` of `XK-CON-007` states its own number, and no other reading is left. Settle another reading, or remove the number."
        ],
    ),
    "a reading that does not exist": (
        [PACKS, "[readings]", 'by = "A"', '"XK-MTG-001" = "lenint"'],
        ["4: `XK-MTG-001` has no reading `lenint`. Did you mean `lenient`?"],
    ),
    "a reading of a duty without any": (
        [PACKS, "[readings]", 'by = "A"', '"XX-DOC-001" = "lenient"'],
        ["4: `XX-DOC-001` has one reading only: there is nothing to settle. Remove the entry."],
    ),
    "a reading without a name, short": (
        [PACKS, "[readings]", '"XK-MTG-001" = "lenient"'],
        [
            '3: who settled this is missing. Write `by` in [readings] for all of them, or {reading = "lenient", by = "..."} for this one.'
        ],
    ),
    "a reading without a name, long": (
        [PACKS, "[readings]", '"XK-MTG-001" = {reading = "lenient"}'],
        ["3: `by` is missing: a settled reading needs it. Add it."],
    ),
    "a shared name that is no text": (
        [PACKS, "[readings]", 'by = {reading = "x", by = "A"}', '"XK-MTG-001" = "lenient"'],
        [
            "3: `by` in [readings] is a text that holds for readings given by name alone.",
            '4: who settled this is missing. Write `by` in [readings] for all of them, or {reading = "lenient", by = "..."} for this one.',
        ],
    ),
    "a confirmed version that does not exist": (
        [PACKS, '[confirmations."XK-ACT-001"]', 'version = "ai-mlga-05-2014"', 'by = "A"', 'source = "g"'],
        [
            "3: `XK-ACT-001` has no version under the instrument `ai-mlga-05-2014`. Did you mean `ai-mlga-05-2013`?"
        ],
    ),
    "a weight that is none": (
        [PACKS, "[severity]", '"XX-DOC-001" = {severity = "advisry", by = "A", reason = "r"}'],
        ["3: `advisry` is not a value of `severity`. Did you mean `advisory`?"],
    ),
    "a violation of a right": (
        [PACKS, "[severity]", '"XX-DOC-003" = {severity = "violation", by = "A", reason = "r"}'],
        ["3: `XX-DOC-003` is a right; not using it is no breach: findings of it can never be violations."],
    ),
    "a violation of what is unverified": (
        [PACKS, "[severity]", '"XK-CON-007" = {severity = "violation", by = "A", reason = "r"}'],
        [
            "3: every version of `XK-CON-007` is unverified, and what is unverified is never a violation. Confirm the text under [confirmations] first."
        ],
    ),
    "a weight for a rule of the program": (
        [PACKS, "[severity]", '"TC-REC-001" = {severity = "violation", by = "A", reason = "r"}'],
        [
            "3: `TC-REC-001` is a rule in Python or of the program itself. A configuration can switch it off, with severity off, and nothing else."
        ],
    ),
    "an adopted pack that does not exist": (
        [PACKS, "[adopted]", 'promise = ["peje"]'],
        ["3: there is no pack `promise`. Did you mean `promises`?"],
    ),
    "an adopted pack that is not used": (
        ['packs = ["kosovo"]', "[adopted]", 'klgi = ["peje"]'],
        ["3: the pack `klgi` is not used; used are: kosovo. Add it to `packs`."],
    ),
    "an adopted pack that is law": (
        [PACKS, "[adopted]", 'kosovo = ["peje"]'],
        [
            "3: the pack `kosovo` need not be adopted: it binds wherever it is used. Remove the entry, or leave the pack out of `packs`."
        ],
    ),
    "an adopter that does not exist": (
        [PACKS, "[adopted]", 'promises = ["peje",', ' "pejo"]'],
        ["4: there is no municipality 'pejo' in the packs used. Did you mean `Pejë`?"],
    ),
    "a closure with two kinds of days": (
        [
            "[[closures]]",
            "date = 2026-11-10",
            "from = 2026-11-10",
            "to = 2026-11-11",
            'name = "x"',
            'source = "y"',
        ],
        ["1: A closure has either `date`, or `from` and `to`."],
    ),
    "a closure that ends before it begins": (
        ["[[closures]]", "from = 2026-11-10", "to = 2026-11-09", 'name = "x"', 'source = "y"'],
        ["1: A closure ends after it begins, and within 366 days."],
    ),
    "a day in another order": (
        ["[[closures]]", 'date = "10.11.2026"', 'name = "x"', 'source = "y"'],
        ["2: `10.11.2026` is no date. A date is written YYYY-MM-DD."],
    ),
    "a day with a time": (
        ["[[closures]]", "date = 2026-11-10T10:00:00", 'name = "x"', 'source = "y"'],
        ["2: `2026-11-10 10:00:00` is no date. A date is written YYYY-MM-DD."],
    ),
    "a closure without a source": (
        ["[[closures]]", "date = 2026-11-10", 'name = "x"'],
        ["1: `source` is missing: a closure needs it. Add it."],
    ),
    "a closure of another municipality": (
        [
            'municipality = "peje"',
            "[[closures]]",
            "date = 2026-11-10",
            'name = "x"',
            'source = "y"',
            'municipality = "kline"',
        ],
        [
            '6: all duties of a run are counted by one calendar, so days off of one municipality need a configuration of its own. Write municipality = "kline" at the top of the file, or leave out `municipality` here for days that hold for all.'
        ],
    ),
    "a closure outside the calendar": (
        ["[[closures]]", "date = 2060-11-10", 'name = "x"', 'source = "y"'],
        ["1: 2060-11-10 lies outside the calendar of the pack, which runs from 2009-01-01 to 2040-12-31."],
    ),
    "coverage of no municipality": (
        ["[[coverage]]", 'period = "2026-01-01/2026-12-31"'],
        ["1: say for which municipality, here or with `municipality` at the top of the file."],
    ),
    "coverage of a year": (
        ['municipality = "kline"', "[[coverage]]", 'period = "2026"'],
        ["3: `period`: 2026 is a year; as an interval write 2026-01-01/2026-12-31."],
    ),
    "a family that does not exist": (
        [
            'municipality = "kline"',
            "[[coverage]]",
            'period = "2026-01-01/2026-12-31"',
            'event_families = ["meeting",',
            ' "notce"]',
        ],
        ["5: `notce` is not the first part of any event type. Did you mean `notice`?"],
    ),
    "coverage of a day without quotes": (
        ['municipality = "kline"', "[[coverage]]", "period = 2026-01-01"],
        ['3: `period` is the text "2026-01-01"; expected is a text.'],
    ),
    "a table that is a number": (
        ["numbers = 5"],
        ["1: `numbers` is the number 5; expected is a mapping."],
    ),
    "several mistakes at once": (
        ['municipality = "klin"', "[adopted]", 'x = ["y"]'],
        [
            "1: there is no municipality 'klin' in the packs used. Did you mean `Klinë`?",
            "3: there is no municipality 'y' in the packs used.",
            "3: there is no pack `x`. Known are: information-office, klgi, klina, kllokot, kosovo.",
        ],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(mistake: str, office: Office) -> None:
    lines, said = MISTAKES[mistake]
    office.configure("\n".join(lines) + "\n")
    told = office.refused()
    assert len(told) == len(said), told
    for line, message in zip(told, said, strict=True):
        assert line.startswith(f"transparency-check.toml:{message}"), line


def test_bytes_that_are_not_utf8(office: Office) -> None:
    (office.folder / "transparency-check.toml").write_bytes(b"packs = []\n# \xe7\n")
    told = "transparency-check.toml:2: the file is not UTF-8 from here on. Save it as UTF-8."
    assert office.refused() == [told]


def test_a_configuration_that_cannot_be_used_stops_every_command(office: Office) -> None:
    office.configure("colour = 1\n")
    office.log()
    for command in (
        ["check", "log.jsonl"], ["upcoming", "log.jsonl"], ["explain", "log.jsonl", "x"],
        ["rules", "list"], ["rules", "show", "XK-MTG-001"],
    ):  # fmt: skip
        result = office.run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "transparency-check.toml:1: `colour` is not a key" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--config", "none.toml"],
            "The configuration none.toml could not be read: No such file or directory.",
        ),
        (["--config", "."], "The configuration . is no file. Name a file in TOML."),
        (["--config", "x.toml", "--no-config"], "--config and --no-config exclude each other."),
    ],
    ids=["no such file", "a folder", "both options"],
)
def test_options(args: list[str], said: str, office: Office) -> None:
    assert office.refused(*args)[0].startswith(said)
