"""Every kind of defect of a pack, one broken text each: the exact words at the exact place.

A case is ``(text of the small pack, what stands in its place, what is told)``; places are ``line:column`` in the changed file, or whole
where the defect shows in another one.
"""

# The sentences are compared whole, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest

from packs.small_pack import DUTY_FILE, FILES, SECOND_FILE, changed
from transparency_check.packs.load import load_pack
from transparency_check.packs.model import Pack
from transparency_check.packs.problems import PackError
from transparency_check.packs.sources import Sources

Case = tuple[str, str, list[str]]

DUTY = {
    "unknown key": (
        "bearer:",
        "beerer:",
        [
            "4:1: `beerer` is not a key of a duty. Did you mean `bearer`?",
        ],
    ),
    "missing key": (
        "bearer: the assembly\n",
        "",
        [
            "1:1: `bearer` is missing: a duty needs it. Add it.",
        ],
    ),
    "no nearest key": (
        "severity: violation",
        "severity: violation\nx: 1",
        [
            "6:1: `x` is not a key of a duty. Known are: applies_by, area, bearer, binds, calendar, checkable, commitment, correlate, count, deadline, examples, help, id, judged, legal_basis, municipalities, must, notes, open_for, readings, replaces, requires, severity, standing, title, trigger, unless, versions, waivable.",
        ],
    ),
    "wrong choice": (
        "severity: violation",
        "severity: violaton",
        [
            "5:11: `violaton` is not a value of `severity`. Did you mean `violation`?",
        ],
    ),
    "text for a number": (
        "n: 7",
        "n: seven",
        [
            '15:35: `n` is the text "seven"; expected is a whole number or `unknown`.',
        ],
    ),
    "quoted number": (
        "n: 7",
        'n: "7"',
        [
            '15:35: `n` is the text "7"; expected is a whole number or `unknown`. Take the quotes away.',
        ],
    ),
    "fraction": (
        "n: 7",
        "n: 7.5",
        [
            "15:35: `n` is the number 7.5; expected is a whole number or `unknown`.",
        ],
    ),
    "number for a text": (
        "the assembly",
        "44",
        [
            "4:9: `bearer` is the number 44; expected is a text. Put it in quotes.",
        ],
    ),
    "flag for a text": (
        "the assembly",
        "true",
        [
            "4:9: `bearer` is the flag true; expected is a text. Put it in quotes.",
        ],
    ),
    "form of an id": (
        "id: XK-MTG-001\n",
        "id: XK-MTG-1\n",
        [
            "1:5: `XK-MTG-1` does not have the form of a duty's id, for example XK-MTG-001.",
        ],
    ),
    "text for a mapping": (
        "{en: Notice of a meeting}",
        "Notice of a meeting",
        [
            '2:8: `title` is the text "Notice of a meeting"; expected is a mapping with en, sq, sr.',
        ],
    ),
    "missing language": (
        "{en: Notice of a meeting}",
        "{sq: Njoftim}",
        [
            "2:8: `en` is missing: a text in languages needs it. Add it.",
        ],
    ),
    "compact date": (
        "to: 2022-12-31",
        "to: 20221231",
        [
            "20:47: `20221231` is no date. A date is written YYYY-MM-DD.",
        ],
    ),
    "impossible date": (
        "to: 2022-12-31",
        "to: 2022-13-31",
        [
            "20:47: `2022-13-31` is no date. A date is written YYYY-MM-DD.",
        ],
    ),
    "python's name of a key": (
        "from: 2023-01-01",
        "from_: 2023-01-01",
        [
            "21:25: `from_` is not a key of a version. Did you mean `from`?",
        ],
    ),
    "empty list": (
        "versions:\n  - {instrument: law-1, from: 2020-01-01, to: 2022-12-31, confidence: verified}\n  - {instrument: law-2, from: 2023-01-01, confidence: unverified}\n",
        "versions: []\n",
        [
            "19:11: `versions` is an empty list; at least one entry is needed.",
        ],
    ),
    "two shapes": (
        "area: MTG",
        "area: MTG\ncalendar: {rrule: FREQ=YEARLY, roll: none}",
        [
            "1:1: A duty starts from exactly one of trigger, count, calendar, standing.",
        ],
    ),
    "misspelt key in a branch": (
        "{before: planned_at, n: 7, unit: working-day}",
        "{before: {event: meeting.held, wher: {}}, n: 7, unit: working-day}",
        [
            "15:42: `wher` is not a key of an event selector. Did you mean `where`?",
        ],
    ),
    "no branch fits": (
        "{before: planned_at, n: 7, unit: working-day}",
        "{before: 5, n: 7, unit: working-day}",
        [
            "15:20: `before` is the number 5; expected is a text or a mapping with event, where. Put it in quotes.",
        ],
    ),
    "roll missing": (
        "{before: planned_at, n: 7, unit: working-day}",
        "{before: planned_at, n: 7, unit: week}",
        [
            "15:11: A backward period other than working days must say `roll` (semantics 3.5).",
        ],
    ),
    "text or list": (
        "area: MTG",
        "area: MTG\ncorrelate: {by: municipalty}",
        [
            '4:17: `by` is the text "municipalty"; expected is one of municipality, case or a list.',
        ],
    ),
    "duplicate key": (
        "bearer: the assembly\n",
        "bearer: the assembly\nbearer: the mayor\n",
        [
            "5:1: The key `bearer` stands here a second time; the first is in line 4. Keep one.",
        ],
    ),
    "anchor and alias": (
        "bearer: the assembly\n",
        "bearer: &who the assembly\nnotes: *who\n",
        [
            "4:9: An anchor (`&who`) is not used in packs. Delete it.",
            "5:8: An alias (`*name`) is not used in packs. Write the value out.",
        ],
    ),
    "tag": (
        "the assembly",
        "!!str the assembly",
        [
            "4:9: A tag (`tag:yaml.org,2002:str`) is not used in packs. Delete it.",
        ],
    ),
    "infinite number": (
        "the assembly",
        "1e999",
        [
            "4:9: `1e999` is too large for a number.",
        ],
    ),
    "leading zero": (
        "the assembly",
        "012",
        [
            "4:9: `012` begins with a zero. Put a text in quotes; write a number without the zero.",
        ],
    ),
    "not a number": (
        "the assembly",
        ".nan",
        [
            "4:9: `.nan` could be read as a number that packs do not know. Put a text in quotes.",
        ],
    ),
    "line separator": (
        "the assembly",
        "the\u2028assembly",
        [
            "4:12: There is an invisible character here (U+2028). Delete it, or write a space.",
        ],
    ),
    "list as key": (
        "bearer: the assembly",
        "? [a]\n: b",
        [
            "4:3: A key is a single text, not a list or a mapping.",
        ],
    ),
    "depth": (
        "the assembly",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        [
            "4:48: Values are nested deeper than 40 levels. Flatten them.",
        ],
    ),
    "second document": (
        "versions:",
        "---\nversions:",
        [
            "19:1: A second document begins here (`---`). Put it into a file of its own.",
        ],
    ),
    "tab": (
        "trigger:\n",
        "trigger:\n\t",
        [
            "7:1: This is not readable as YAML: found character '\\t' that cannot start any token. Indent with spaces, not with tabs.",
        ],
    ),
    "colon in a text": (
        "the assembly",
        "the assembly: all of it",
        [
            "4:21: This is not readable as YAML: mapping values are not allowed here. A text that contains a colon and a space stands in quotes.",
        ],
    ),
    "open bracket": (
        "trigger:\n",
        "trigger: [\n",
        [
            "8:8: This is not readable as YAML: expected ',' or ']', but got ':'.",
        ],
    ),
    "unknown event": (
        "event: meeting.scheduled",
        "event: meeting.sheduled",
        [
            "7:10: There is no event type `meeting.sheduled` in the vocabulary. Did you mean `meeting.scheduled`?",
        ],
    ),
    "unknown attribute": (
        "{body: assembly}",
        "{bodi: assembly}",
        [
            "8:11: There is no attribute `bodi` in the vocabulary. Did you mean `body`?",
        ],
    ),
    "unknown value": (
        "{body: assembly}",
        "{body: asembly}",
        [
            "8:17: `asembly` is not a value of `body`. Did you mean `assembly`?",
        ],
    ),
    "unknown value in a list": (
        "[website, board]",
        "[website, bored]",
        [
            "14:30: `bored` is not a value of `channel`. Did you mean `board`?",
        ],
    ),
    "attribute of another event": (
        "{body: assembly}",
        "{channel: website}",
        [
            "8:11: `meeting.scheduled` does not carry the attribute `channel`, so this could never be known. Known are: body, planned_at, urgent.",
        ],
    ),
    "attribute that the moving event lacks": (
        "{body: assembly}",
        "{urgent: true}",
        [
            "8:11: `meeting.rescheduled` does not carry the attribute `urgent`, so this could never be known. Known are: body, planned_at.",
        ],
    ),
    "test of another type": (
        "{body: assembly}",
        "{body: {at_least: 3}}",
        [
            "8:18: `body` is of type choice; `at_least` needs an integer or a date-time.",
        ],
    ),
    "unknown test": (
        "{body: assembly}",
        "{body: {at_lest: 3}}",
        [
            "8:18: `at_lest` is not a test. Did you mean `at_least`?",
        ],
    ),
    "tests that cannot stand together": (
        "{body: assembly}",
        "{body: {not: assembly, present: true}}",
        [
            "8:17: Only bounds (at_least, more_than, at_most, less_than, share_of) can stand together in one test. Use `all:` for the others.",
        ],
    ),
    "empty test": (
        "{body: assembly}",
        "{body: {}}",
        [
            "8:17: `body` has an empty test. Write a value, a list or one of: not, includes_all, at_least, more_than, at_most, less_than, share_of, present.",
        ],
    ),
    "empty list of values": (
        "{body: assembly}",
        "{body: []}",
        [
            "8:17: `body` has an empty list, which nothing equals. List the values.",
        ],
    ),
    "unknown value in not": (
        "{body: assembly}",
        "{body: {not: {not: [asembly]}}}",
        [
            "8:30: `asembly` is not a value of `body`. Did you mean `assembly`?",
        ],
    ),
    "nothing in not": (
        "{body: assembly}",
        "{body: {not: }}",
        [
            "8:22: `not` is empty. Write the value or test that must not hold.",
        ],
    ),
    "present": (
        "{body: assembly}",
        "{body: {present: yes}}",
        [
            '8:27: `present` is true or false, not the text "yes".',
        ],
    ),
    "unknown municipality in a condition": (
        "{body: assembly}",
        "{municipality: klin}",
        [
            "8:25: There is no municipality `klin`. Did you mean `kline`?",
        ],
    ),
    "municipality tested otherwise": (
        "{body: assembly}",
        "{municipality: {present: true}}",
        [
            "8:25: `municipality` is tested against an id, a list of ids, or `not` of these.",
        ],
    ),
    "reserved column": (
        "{body: assembly}",
        "{case: x}",
        [
            "8:11: The column `case` cannot be used here: only attributes and `municipality` can.",
        ],
    ),
    "any without a list": (
        "{body: assembly}",
        "{any: {body: assembly}}",
        [
            "8:16: `any` holds a list of conditions: `any: [{attribute: value}, {attribute: value}]`.",
        ],
    ),
    "unknown attribute inside any": (
        "{body: assembly}",
        "{any: [{body: assembly}, {bodey: committee}]}",
        [
            "8:36: There is no attribute `bodey` in the vocabulary. Did you mean `body`?",
        ],
    ),
    "date equals": (
        "{body: assembly}",
        "{planned_at: 2026-01-01}",
        [
            "8:23: `planned_at` is of type date-time: test it with at_least, at_most or present, not with a value.",
        ],
    ),
    "date bound": (
        "{body: assembly}",
        "{planned_at: {at_least: soon}}",
        [
            '8:34: `planned_at` is of type date-time: `at_least` needs a date (YYYY-MM-DD), not the text "soon".',
        ],
    ),
    "column of the municipality": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: notice.published\n  where: {languages: {includes_all: {municipality: in_use_languages}}}",
        [
            "14:37: The only column that can stand here is `{municipality: official_languages}`.",
        ],
    ),
    "includes_all of one value": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {body: {includes_all: [assembly]}}",
        [
            "14:18: `body` is of type choice; `includes_all` needs a list.",
        ],
    ),
    "unknown value in includes_all": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {languages: {includes_all: [sq, en]}}",
        [
            "14:42: `en` is not a value of `languages`. Known are: sq, sr.",
        ],
    ),
    "unknown other attribute": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {votes: {share_of: {field: member, at_least: 0.5}}}",
        [
            "14:37: There is no attribute `member` in the vocabulary. Did you mean `members`?",
        ],
    ),
    "share without a bound": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {votes: {share_of: {field: members}}}",
        [
            "14:29: `share_of` is written `{field: other, at_least: 0.15}`; `more_than` likewise.",
        ],
    ),
    "other attribute of another type": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {held_from: {at_least: {field: votes}}}",
        [
            "14:41: `votes` is of type integer; needed here is date-time.",
        ],
    ),
    "bound of a text": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {minutes: {at_least: 5}}",
        [
            "14:21: `minutes` is of type text; `at_least` needs an integer or a date-time.",
        ],
    ),
    "bound that is no number": (
        "  event: notice.published\n  where: {channel: [website, board]}",
        "  event: meeting.held\n  where: {votes: {at_least: many, less_than: 7}}",
        [
            '14:29: `votes` is of type integer: `at_least` needs a number, not the text "many".',
        ],
    ),
    "unknown anchor": (
        "{before: planned_at, n: 7, unit: working-day}",
        "{before: planed_at, n: 7, unit: working-day}",
        [
            "15:20: `planed_at` is neither `time` nor a date-time attribute of the trigger. Did you mean `planned_at`?",
        ],
    ),
    "anchor that is no moment": (
        "{before: planned_at, n: 7, unit: working-day}",
        "{before: body, n: 7, unit: working-day}",
        [
            "15:20: `body` is of type choice; needed here is date-time.",
        ],
    ),
    "anchor that the moving event lacks": (
        "moved_by: meeting.rescheduled",
        "moved_by: meeting.held",
        [
            "15:20: `meeting.held` does not carry the attribute `planned_at`, so this could never be known. Known are: body, held_from, languages, members, minutes, votes.",
        ],
    ),
    "overlay with an unknown key": (
        "deadline: {clear: true}",
        "deadline: {cleer: true}",
        [
            "18:30: `cleer` is not a key of a deadline. Did you mean `clear`?",
        ],
    ),
    "overlay with a wrong value": (
        "deadline: {clear: true}",
        "deadline: {n: many}",
        [
            '18:33: `n` is the text "many"; expected is a whole number or `unknown`.',
        ],
    ),
    "overlay that makes no sense": (
        "deadline: {clear: true}",
        "deadline: {after: time, clear: true}",
        [
            "18:29: `clear` belongs to a deadline before something (semantics 3.5).",
        ],
    ),
    "overlay of nothing": (
        "deadline: {clear: true}",
        "count: {per: year}",
        [
            "18:19: The reading changes `count`, which the duty does not have.",
        ],
    ),
    "reading with an unknown event": (
        "deadline: {clear: true}",
        "requires: {event: notice.publish}",
        [
            "18:37: There is no event type `notice.publish` in the vocabulary. Did you mean `notice.published`?",
        ],
    ),
    "reading with an unknown anchor": (
        "deadline: {clear: true}",
        "deadline: {before: plan}",
        [
            "18:38: `plan` is neither `time` nor a date-time attribute of the trigger. Known are: held_from, planned_at, time.",
        ],
    ),
    "two readings of one name": (
        "name: clear",
        "name: lenient",
        [
            "18:12: There are two readings `lenient`. Give each a name of its own.",
        ],
    ),
    "versions that overlap": (
        "to: 2022-12-31",
        "to: 2023-12-31",
        [
            "21:5: This version (2023-01-01 to ...) overlaps that of `law-1` (2020-01-01 to 2023-12-31): on one day one version is in force (semantics 4.1). Give `from` and `to`.",
        ],
    ),
    "version that ends early": (
        "to: 2022-12-31",
        "to: 2019-12-31",
        [
            "20:47: The version ends (2019-12-31) before it begins (2020-01-01).",
        ],
    ),
    "unknown instrument": (
        "instrument: law-2",
        "instrument: law-3",
        [
            "21:18: There is no instrument `law-3`. Did you mean `law-1`?",
        ],
    ),
    "area against id": (
        "area: MTG",
        "area: MGT",
        [
            "3:7: The area is `MGT`, but the id says `MTG`.",
            "3:7: pack.yaml names no area `MGT`. Did you mean `MTG`?",
        ],
    ),
    "unknown municipality": (
        "area: MTG",
        "area: MTG\nmunicipalities: [klina]",
        [
            "4:18: There is no municipality `klina`. Did you mean `kline`?",
        ],
    ),
    "replaces nobody": (
        "area: MTG",
        "area: MTG\nreplaces: XK-MTG-003",
        [
            "4:1: A duty that `replaces` another says in `municipalities` where (semantics 4.2).",
            "4:11: There is no duty `XK-MTG-003`. Did you mean `XK-MTG-002`?",
        ],
    ),
    "exceptions": (
        "area: MTG",
        "area: MTG\nunless: [{where: {body: x}, instead: XK-MTG-009}, {by: due}, {event: meeting.cancel}]",
        [
            "4:25: `x` is not a value of `body`. Known are: assembly, committee.",
            "4:38: There is no duty `XK-MTG-009`. Did you mean `XK-MTG-002`?",
            "4:51: An exception names an `event` of the case, or in `where` a condition on the trigger.",
            "4:70: There is no event type `meeting.cancel` in the vocabulary. Did you mean `meeting.cancelled`?",
        ],
    ),
    "correlated by a foreign attribute": (
        "area: MTG",
        "area: MTG\ncorrelate: {by: [planned_at]}",
        [
            "4:18: `notice.published` does not carry the attribute `planned_at`, so this could never be known. Known are: body, channel, languages.",
        ],
    ),
    "circle": (
        "trigger:\n  event: meeting.scheduled\n  where: {body: assembly}\n  take: last\n  moved_by: meeting.rescheduled\n",
        "trigger:\n  obligation: XK-MTG-002\n",
        [
            "6:1: This duty waits for its own outcome: XK-MTG-001 -> XK-MTG-002 -> XK-MTG-001. Break the circle (semantics 4.19).",
            "12:20: A duty triggered by another's outcome counts from `time`, that duty's due date.",
        ],
    ),
    "a right of others as a violation": (
        "severity: violation",
        "binds: nobody\nseverity: violation",
        [
            "6:11: What does not bind the municipality is no violation of it: `severity` is advisory.",
        ],
    ),
    "a version in hours where the duty counts days": (
        "from: 2023-01-01, confidence: unverified}",
        "from: 2023-01-01, confidence: unverified, n: 24, unit: hour}",
        [
            "21:80: The duty counts in working-day, this version in hour: hours are elapsed time and never become days (semantics 2.3). Write a duty of its own for each.",
        ],
    ),
    "the unit of a version without its number": (
        "from: 2023-01-01, confidence: unverified}",
        "from: 2023-01-01, confidence: unverified, unit: week}",
        [
            "21:67: `unit` belongs to a number: give the `n` of this version too, or delete it.",
        ],
    ),
    "an order under one version only": (
        "from: 2023-01-01, confidence: unverified}",
        "from: 2023-01-01, confidence: unverified, n: 0}",
        [
            "21:70: `n` is 7 in the duty and 0 here: `before` with 0 is an order, with more a period (semantics 4.10). Write a duty of its own for each.",
        ],
    ),
    "not_before in a deadline before something": (
        "n: 7, unit: working-day}",
        "n: 7, unit: working-day, not_before: any}",
        [
            "15:57: `not_before` means nothing in a deadline `before` something: whatever comes earlier is in time. Delete it.",
        ],
    ),
    "suspension of a deadline before something": (
        "n: 7, unit: working-day}",
        "n: 7, unit: working-day, suspended_by: {from: meeting.held, to: meeting.cancelled}}",
        [
            "15:57: `suspended_by` means nothing in a deadline `before` something: only what runs forward can stand still (semantics 7.8). Delete it.",
        ],
    ),
    "extension of nothing": (
        "n: 7, unit: working-day}",
        "n: 0, extended_by: {event: meeting.held, add: 3}}",
        [
            "15:38: `extended_by` means nothing where `n` is 0: there is no period to extend. Delete it.",
        ],
    ),
    "roll of an order": (
        "n: 7, unit: working-day}",
        "n: 0, roll: backward}",
        [
            "15:38: `roll` means nothing in an order: it is due when its anchor is. Delete it.",
        ],
    ),
    "clear hours": (
        "n: 7, unit: working-day}",
        "n: 48, unit: hour}",
        [
            "18:30: `clear` means nothing in hours: clear days are days (semantics 3.5), and hours never become days (semantics 2.3). Delete it, or count in another unit.",
        ],
    ),
    "clear hours of one reading": (
        "n: 7, unit: working-day}\nreadings:\n  - {name: lenient, source: a law}",
        "n: 7, unit: working-day, clear: true}\nreadings:\n  - {name: lenient, deadline: {n: 48, unit: hour}, source: a law}",
        [
            "15:57: `clear` means nothing in hours: clear days are days (semantics 3.5), and hours never become days (semantics 2.3). Delete it, or count in another unit.",
        ],
    ),
    "a beginning in hours": (
        "deadline: {before: planned_at, n: 7, unit: working-day}",
        "deadline: {after: planned_at, n: 7, not_before: {n: 3, unit: hour}}",
        [
            "15:62: This is a number of days, weeks, months or years: in it no hours are counted.",
            "18:29: `clear` belongs to a deadline before something (semantics 3.5).",
        ],
    ),
    "a window in hours": (
        "requires:\n",
        "correlate: {by: municipality, window: {n: 3, unit: hour}}\nrequires:\n",
        [
            "12:52: This is a number of days, weeks, months or years: in it no hours are counted.",
        ],
    ),
}

SECOND = {
    "branches of any_of": (
        "{obligation: XK-MTG-001}",
        "{any_of: [{event: meeting.held, wher: {}}, {obligatio: XK-MTG-001}]}",
        [
            "6:42: `wher` is not a key of an event selector. Did you mean `where`?",
            "6:54: `obligatio` is not a key of an obligation selector. Did you mean `obligation`?",
        ],
    ),
    "entry of another kind": (
        "{obligation: XK-MTG-001}",
        "{any_of: [meeting.held, {obligation: XK-MTG-001, outcome: [lat]}]}",
        [
            '6:20: An entry of `any_of` is the text "meeting.held"; expected is a mapping with event, where or a mapping with obligation, outcome.',
            "6:69: `lat` is not a value of `outcome`. Did you mean `late`?",
        ],
    ),
    "count without events": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "count: {per: month, at_least: 1}",
        [
            "6:8: A count names exactly one of event, any_of, all_of.",
        ],
    ),
    "flag that is none": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.scheduled, where: {urgent: maybe}}\nmust: {urgent: 1}",
        [
            '6:53: `urgent` is of type flag: true or false is expected, not the text "maybe".',
            "7:16: `urgent` is of type flag: true or false is expected, not the number 1.",
        ],
    ),
    "anchor after an outcome": (
        "after: time",
        "after: planned_at",
        [
            "8:19: A duty triggered by another's outcome counts from `time`, that duty's due date.",
        ],
    ),
    "itself as trigger": (
        "{obligation: XK-MTG-001}",
        "{obligation: XK-MTG-002}",
        [
            "6:23: `XK-MTG-002` is this duty itself. Name another one.",
        ],
    ),
    "duplicate duty": (
        "id: XK-MTG-002",
        "id: XK-MTG-001",
        [
            "1:5: The duty `XK-MTG-001` is already defined by p/duties/mtg/XK-MTG-001-notice.yaml. Give this one an id of its own.",
            "1:5: The file of `XK-MTG-001` is named XK-MTG-001.yaml or XK-MTG-001-<words>.yaml, not XK-MTG-002.yaml.",
            "6:23: `XK-MTG-001` is this duty itself. Name another one.",
        ],
    ),
    "recurrence and window": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "calendar: {rrule: 'FREQ=HOURLY', roll: none, window: 13-01/02-01, only_if: {event: meeting.hel}}\nrequires: {event: meeting.held}",
        [
            "6:19: The frequency is one of YEARLY, MONTHLY, WEEKLY, DAILY, not `HOURLY`. A recurrence is written as in RFC 5545: FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1.",
            "6:54: `13-01` is no day of a year. Write MM-DD/MM-DD.",
            "6:84: There is no event type `meeting.hel` in the vocabulary. Did you mean `meeting.held`?",
        ],
    ),
    "recurrence that never comes": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "calendar: {rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', roll: none, window: 02-01/01-01}\nrequires: {event: meeting.held}",
        [
            "6:19: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` names no day at all. A recurrence is written as in RFC 5545: FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1.",
            "6:78: The window ends before it begins; it lies within one year.",
        ],
    ),
    "no recurrence": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "calendar: {rrule: every year, roll: none}\nrequires: {event: meeting.held}",
        [
            "6:19: `every year` is not a recurrence. A recurrence is written as in RFC 5545: FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1.",
        ],
    ),
    "broken recurrence": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "calendar: {rrule: FREQ=YEARLY;BYMONTH=x, roll: none}\nrequires: {event: meeting.held}",
        [
            "6:19: `FREQ=YEARLY;BYMONTH=x` is not a recurrence (invalid 'BYMONTH': X). A recurrence is written as in RFC 5545: FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1.",
        ],
    ),
    "within a month": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "count: {event: meeting.held, per: month, at_least: 1, within: first-half}",
        [
            "6:63: `within: first-half` is a part of a year; `per` is month.",
        ],
    ),
    "a clock that one event type stops and lets go on": (
        "deadline: {after: time, n: 1, unit: month}",
        "deadline: {after: time, n: 1, unit: month, suspended_by: {from: meeting.held, to: meeting.held}}",
        [
            "8:83: `from` and `to` are one event type, so that nobody can say which event stops the clock and which lets it go on (semantics 7.8). Name two.",
        ],
    ),
    "members and modifiers": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.held}\nrequires: {all_of: [{event: x.y}, {any_of: [{event: notice.publishd}]}]}\ndeadline: {after: {event: meeting.schedule}, n: 1, extended_by: {event: meeting.held, add: minutes}, suspended_by: {from: meeting.hold, to: meeting.helt}}",
        [
            "7:29: There is no event type `x.y` in the vocabulary. Known are: meeting.cancelled, meeting.held, meeting.rescheduled, meeting.scheduled, notice.published.",
            "7:53: There is no event type `notice.publishd` in the vocabulary. Did you mean `notice.published`?",
            "8:27: There is no event type `meeting.schedule` in the vocabulary. Did you mean `meeting.scheduled`?",
            "8:92: `minutes` is of type text; needed here is integer.",
            "8:123: There is no event type `meeting.hold` in the vocabulary. Did you mean `meeting.held`?",
            "8:141: There is no event type `meeting.helt` in the vocabulary. Did you mean `meeting.held`?",
        ],
    ),
    "open for": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.held}\nopen_for: {n: 3, unit: calendar-day, closed_by: {event: meeting.cancelled, where: {body: assembly}}, planned: minutes}",
        [
            "7:84: `meeting.cancelled` does not carry the attribute `body`, so this could never be known.",
            "7:111: `minutes` is of type text; needed here is date-time.",
        ],
    ),
    "moved without a plan": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.held}\nopen_for: {n: 3, unit: calendar-day, closed_by: meeting.cancelled, moved_by: meeting.rescheduled}",
        [
            "7:68: `moved_by` needs `planned`: the attribute that it moves.",
        ],
    ),
    "the first of an outcome": (
        "trigger: {obligation: XK-MTG-001}",
        "trigger: {obligation: XK-MTG-001, take: first}",
        [
            "6:10: `take` chooses among the events of a case, not among outcomes of a duty.",
        ],
    ),
    "an exception where nothing starts": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "count: {event: meeting.held, per: year, at_least: 1}\nunless: [{event: meeting.cancelled}]",
        [
            "7:1: `unless` means nothing in a count duty: no event of a case starts it. Delete it.",
        ],
    ),
    "content of an outcome": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {obligation: XK-MTG-001}\nmust: {body: assembly}",
        [
            "7:1: `must` is judged at an event; this trigger is another duty's outcome.",
        ],
    ),
    "content with requirement": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.held}\nmust: {minutes: {present: true}}\nrequires: {event: meeting.held}",
        [
            "8:1: `requires` means nothing in a content duty. Delete it.",
        ],
    ),
    "content that correlates": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "trigger: {event: meeting.held}\nmust: {minutes: {present: true}}\ncorrelate: {by: municipality}",
        [
            "8:1: `correlate` means nothing where what is recorded is judged itself (`must`). Delete it.",
        ],
    ),
    "standing with deadline": (
        "trigger: {obligation: XK-MTG-001}\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1, unit: month}",
        "standing: true\nrequires: {event: meeting.held}\ndeadline: {after: time, n: 1}",
        [
            "8:1: `deadline` means nothing in a standing duty. Delete it.",
        ],
    ),
}

PACK = {
    "no zone": (
        "zone: Europe/Belgrade\n",
        "",
        [
            "1:1: `zone` is missing: a pack that builds on no other needs it. Add it.",
        ],
    ),
    "unknown zone": (
        "zone: Europe/Belgrade",
        "zone: Europe/Belgade",
        [
            "5:7: There is no time zone `Europe/Belgade`. Did you mean `Europe/Belgrade`?",
        ],
    ),
    "zone that is a path": (
        "zone: Europe/Belgrade",
        "zone: ../../etc/passwd",
        [
            "5:7: There is no time zone `../../etc/passwd`. Zones are named like Europe/Belgrade.",
        ],
    ),
    "version as a number": (
        'version: "1"',
        "version: 1.0",
        [
            "2:10: `version` is the number 1.0; expected is a text. Put it in quotes.",
        ],
    ),
    "calendar that ends early": (
        "2030-12-31",
        "2019-12-31",
        [
            "6:34: The calendar ends (2019-12-31) before it begins (2020-01-01).",
        ],
    ),
    "form of a pack's id": (
        "id: small",
        "id: Small",
        [
            "1:5: `Small` does not have the form of a pack's id: small letters, digits and hyphens, for example kosovo.",
        ],
    ),
}

INSTRUMENTS = {
    "duplicate instrument": (
        "law-2",
        "law-1",
        [
            "p/duties/mtg/XK-MTG-001-notice.yaml:21:18: There is no instrument `law-2`. Did you mean `law-1`?",
            "6:7: The instrument `law-1` stands here a second time; the first is in line 1.",
        ],
    ),
    "instrument that replaces nothing": (
        "confidence: unverified",
        "confidence: unverified\n  replaces: law-l",
        [
            "10:13: There is no instrument `law-l`. Did you mean `law-1`?",
        ],
    ),
    "mapping for a list": (
        "- id: law-1",
        "a: b\nc:\n- id: law-1",
        [
            "1:1: This file is a list: each instrument begins with `- id:`.",
        ],
    ),
}

EVENTS = {
    "unknown attribute of an event": (
        "attributes: [planned_at]",
        "attributes: [planed_at]",
        [
            "8:18: There is no attribute `planed_at` in the vocabulary. Did you mean `planned_at`?",
        ],
    ),
    "unknown type": (
        "type: flag",
        "type: bool",
        [
            "22:18: `bool` is not a value of `type`. Known are: choice, date-time, flag, integer, interval, list of choice, list of text, text.",
        ],
    ),
    "choice without values": (
        "values: [sq, sr]",
        "values: []",
        [
            "24:14: `languages` is of type list of choice and needs its `values`.",
        ],
    ),
    "meaning of absence": (
        "absent: false",
        "absent: never",
        [
            "22:32: What the absence of `urgent` means must be a value of type flag.",
        ],
    ),
    "inherited from nobody": (
        "from: [meeting.scheduled]",
        "from: [meeting.schedule]",
        [
            "9:23: There is no event type `meeting.schedule` in the vocabulary. Did you mean `meeting.scheduled`?",
        ],
    ),
    "values taken in a circle": (
        "    required: [body]",
        "    inherits: {from: [meeting.rescheduled], attributes: [body]}",
        [
            "5:22: These event types take values from each other: meeting.scheduled -> meeting.rescheduled -> meeting.scheduled. Leave one out of `from`.",
        ],
    ),
    "an order of nobody": (
        "    title: {en: A meeting was called off}",
        "    title: {en: A meeting was called off}\n    follows: [meeting.schedule]",
        [
            "15:15: There is no event type `meeting.schedule` in the vocabulary. Did you mean `meeting.scheduled`?",
        ],
    ),
    "an order without a first": (
        "    title: {en: A meeting was called off}",
        "    title: {en: A meeting was called off}\n    follows: [meeting.cancelled]\n    ahead: true",
        [
            "15:14: By `follows`, none of these event types can come first: meeting.cancelled -> meeting.cancelled. Leave one out.",
        ],
    ),
    "ahead is a flag": (
        "    title: {en: A meeting was called off}",
        "    title: {en: A meeting was called off}\n    ahead: 3",
        [
            "15:12: `ahead` is the number 3; expected is true or false.",
        ],
    ),
    "names of attributes": (
        "  minutes: {type: text}",
        "  minutes: {type: text, values: [a]}\n  case: {type: text}\n  any: {type: text}\n  Big: {type: text}",
        [
            "28:25: `minutes` is of type text, which has no list of values.",
            "29:3: `case` cannot name an attribute: it is a reserved word.",
            "30:3: `any` cannot name an attribute: it is a reserved word.",
            "31:3: `Big` cannot name an attribute: it is not made of small letters, digits and `_`.",
        ],
    ),
    "special events": (
        "attributes:\n  body: {",
        "coverage: {event: meeting.held, period: period, families: body}\noutage: {event: meeting.held, from: held_from, to: planned_at, attribute: channel, value: web}\nfamilies: {meetng: {en: x}}\nkinds: [bodies]\nattributes:\n  body: {",
        [
            "18:41: `meeting.held` does not carry the attribute `period`. Known are: body, held_from, languages, members, minutes, votes.",
            "18:59: `body` is of type choice; needed here is list of text or list of choice.",
            "19:52: `meeting.held` does not carry the attribute `planned_at`. Known are: body, held_from, languages, members, minutes, votes.",
            "19:91: `web` is not a value of `channel`. Did you mean `website`?",
            "20:12: `meetng` is not the first part of any event type. Did you mean `meeting`?",
            "21:9: There is no attribute `bodies` in the vocabulary. Did you mean `body`?",
        ],
    ),
    "a word for two columns": (
        "  minutes: {type: text}",
        "  minutes: {type: text, title: {en: record, sq: Lënda, sr: body}, also: [zapisnik, Записник]}\n  other: {type: text, also: [ZAPISNIK]}",
        [
            "28:49: `Lënda` already means the column `case`: in a log it could be either. Choose another word for one of them.",
            "28:60: `body` already means the column `body`: in a log it could be either. Choose another word for one of them.",
            "29:30: `ZAPISNIK` already means the column `minutes`: in a log it could be either. Choose another word for one of them.",
        ],
    ),
    "a word for two values": (
        "  minutes: {type: text}",
        "  minutes: {type: choice, values: {draft: {en: a draft, sq: drafti}, final: {en: final, sr: Drafti, also: [draft, A  Draft, '']}}}",
        [
            "28:93: `Drafti` already means the value of `minutes` `draft`: in a log it could be either. Choose another word for one of them.",
            "28:108: `draft` already means the value of `minutes` `draft`: in a log it could be either. Choose another word for one of them.",
            "28:115: `A  Draft` already means the value of `minutes` `draft`: in a log it could be either. Choose another word for one of them.",
            "28:125: This word is empty. Write one, or leave it out.",
        ],
    ),
    "kinds of cases": (
        "attributes:\n  body: {",
        """plans:
  session:
    title: {en: a session}
    fixed_by: meeting.scheduled
    date: urgent
    events: [meeting.held]
    values: {body: assemly, channel: website}
    kind: body
    kinds: [assembly, comittee]
    decides: akt
  walk: {title: {en: a walk}, events: [meeting.hold]}
attributes:
  body: {""",
        [
            "22:11: `urgent` is of type flag; needed here is date-time.",
            "24:20: `assemly` is not a value of `body`. Did you mean `assembly`?",
            "24:38: None of `meeting.scheduled`, `meeting.held` carries the attribute `channel`. Known are: body, held_from, languages, members, minutes, planned_at, urgent, votes.",
            "25:11: `comittee` is not a value of `body`. Did you mean `committee`?",
            "27:14: There is no kind of case `akt` among `plans`. Known are: session, walk.",
            "28:40: There is no event type `meeting.hold` in the vocabulary. Did you mean `meeting.held`?",
        ],
    ),
}

MUNICIPALITIES = {
    "unknown column": (
        "name_sr",
        "name_rs",
        [
            "1: `name_rs` is not a column of this table. Did you mean `name_sr`?",
        ],
    ),
    "name of two municipalities": (
        "kline,Klinë",
        "kline,Gllogoc",
        [
            "3: `Gllogoc` is also a name of `kline`; a name means one municipality.",
        ],
    ),
    "form of a municipality's id": (
        "kline,",
        "Kline,",
        [
            "2: The id `Kline` is not made of small letters, digits and hyphens.",
        ],
    ),
    "open quote": (
        "kline,Klinë",
        'kline,"Klinë',
        [
            "4: This is not readable as CSV: unexpected end of data.",
        ],
    ),
    "rows that overlap": (
        "drenas,Drenas (Gllogoc),Glogovac",
        "kline,Klinë,Klina",
        [
            "3: `kline` stands in line 2 too, for days that overlap. Give `from` and `to`.",
        ],
    ),
    "missing cell": (
        ",verified,,\nd",
        ",verified,\nd",
        [
            "2: The row has 8 cells; the header has 9. Check the commas and quotes.",
        ],
    ),
}

CALENDAR = {
    "date of the calendar": (
        "2026-01-01",
        "01.01.2026",
        [
            "2: `01.01.2026` is no date. A date is written YYYY-MM-DD.",
        ],
    ),
    "kind of a day off": (
        ",yes,",
        ",ja,",
        [
            "2: `ja` is not a value of `off`. Known are: no, uncertain, working, yes.",
        ],
    ),
    "name of a day": (
        "New Year,Viti",
        ",Viti",
        [
            "2: The column `name_en` is empty. Fill it in.",
        ],
    ),
}

BROKEN: dict[str, dict[str, Case]] = {
    DUTY_FILE: DUTY,
    SECOND_FILE: SECOND,
    "pack.yaml": PACK,
    "instruments.yaml": INSTRUMENTS,
    "events.yaml": EVENTS,
    "municipalities.csv": MUNICIPALITIES,
    "calendar.csv": CALENDAR,
}


def load(files: dict[str, str]) -> Pack:
    return load_pack(Sources("p", {name: text.encode() for name, text in files.items()}))


def told(files: dict[str, str]) -> list[str]:
    with pytest.raises(PackError) as caught:
        load(files)
    return [f"{p.place}: {p.message}" for p in caught.value.problems]


def test_the_small_pack_has_no_defect() -> None:
    assert [d.id for d in load(FILES).duties] == ["XK-MTG-001", "XK-MTG-002"]


@pytest.mark.parametrize(
    ("file", "case"),
    [pytest.param(f, c, id=f"{f}: {n}") for f, cases in BROKEN.items() for n, c in cases.items()],
)
def test_defect(file: str, case: Case) -> None:
    old, new, expected = case
    whole = [f"p/{file}:{text}" if re.match("[0-9]+(:[0-9]+)?: ", text) else text for text in expected]
    assert told(changed(file, old, new)) == whole


def test_all_defects_of_all_files_are_told_together() -> None:
    files = {
        **FILES,
        DUTY_FILE: FILES[DUTY_FILE].replace("n: 7", "n: seven").replace("bearer: the assembly\n", ""),
        SECOND_FILE: FILES[SECOND_FILE].replace("meeting.held", "meeting.hold"),
        "pack.yaml": FILES["pack.yaml"].replace("zone:", "zones:"),
        "calendar.csv": FILES["calendar.csv"].replace("yes", "si"),
    }
    assert [text.split(": ")[0] for text in told(files)] == [
        "p/calendar.csv:2",
        f"p/{DUTY_FILE}:1:1",
        f"p/{DUTY_FILE}:14:35",
        f"p/{SECOND_FILE}:7:19",
        "p/pack.yaml:5:1",
    ]


def test_what_an_unreadable_file_defines_is_not_called_unknown() -> None:
    files = {
        **FILES,
        DUTY_FILE: FILES[DUTY_FILE].replace("area: MTG", "area: [MTG"),
        "instruments.yaml": "- id: [",
        "municipalities.csv": "id\n",
    }
    assert {text.split(":")[0] for text in told(files)} == {
        f"p/{DUTY_FILE}",
        "p/instruments.yaml",
        "p/municipalities.csv",
    }


def test_a_vocabulary_that_cannot_be_read_leaves_the_shapes_to_be_told() -> None:
    files = {**FILES, "events.yaml": "events: 1\n", DUTY_FILE: FILES[DUTY_FILE].replace("n: 7", "n: seven")}
    assert told(files) == [
        f'p/{DUTY_FILE}:15:35: `n` is the text "seven"; expected is a whole number or `unknown`.',
        "p/events.yaml:1:9: `events` is the number 1; expected is a mapping.",
    ]


def test_a_pack_that_builds_on_no_other_needs_a_vocabulary() -> None:
    files = {name: text for name, text in FILES.items() if name != "events.yaml"}
    assert told(files) == [
        "p/pack.yaml:1:1: There is no events.yaml: a pack that builds on no other defines its events there."
    ]


@pytest.mark.parametrize(
    ("file", "new", "expected"),
    [
        (DUTY_FILE, "duties/mtg/notice.yaml", "The file of `XK-MTG-001` is named XK-MTG-001.yaml or XK-MTG-001-<words>.yaml, not notice.yaml."),
        (DUTY_FILE, "duties/mtg/XK-MTG-0011.yaml", "The file of `XK-MTG-001` is named XK-MTG-001.yaml or XK-MTG-001-<words>.yaml, not XK-MTG-0011.yaml."),
        (DUTY_FILE, "duties/act/XK-MTG-001.yaml", "A duty of the area MTG stands in the folder duties/MTG."),
        (DUTY_FILE, "duties/XK-MTG-001.yaml", "A duty of the area MTG stands in the folder duties/MTG."),
    ],
)  # fmt: skip
def test_names_of_files(file: str, new: str, expected: str) -> None:
    files = {new if name == file else name: text for name, text in FILES.items()}
    assert [text.split(": ", 1)[1] for text in told(files)] == [expected]


def test_a_pack_that_builds_on_another_uses_its_names() -> None:
    base = load(FILES)
    own = {
        "pack.yaml": 'id: local\nversion: "1"\ntitle: {en: Local}\njurisdiction: Klina\nextends: small\n',
        "duties/mtg/KLI-MTG-001.yaml": FILES[SECOND_FILE].replace("XK-MTG-002", "KLI-MTG-001"),
    }
    sources = Sources("p", {name: text.encode() for name, text in own.items()})
    assert [d.id for d in load_pack(sources, [base]).duties] == ["KLI-MTG-001"]


def test_a_pack_that_builds_on_another_does_not_repeat_it() -> None:
    base = load(FILES)
    own = {**FILES, "pack.yaml": FILES["pack.yaml"].replace("Belgrade", "Berlin").replace("2030", "2031")}
    sources = Sources("p", {name: text.encode() for name, text in own.items()})
    with pytest.raises(PackError) as caught:
        load_pack(sources, [base])
    texts = [f"{p.place}: {p.message}" for p in caught.value.problems]
    assert [t for t in texts if "pack.yaml" in t] == [
        "p/pack.yaml:1:5: The pack it builds on is called `small` too. Give this one an id of its own.",
        "p/pack.yaml:5:1: `zone` comes from the pack `small` that this one builds on. Delete it here.",
        "p/pack.yaml:6:1: `calendar` comes from the pack `small` that this one builds on. Delete it here.",
    ]
    for part in (
        "events.yaml:2:3: The event type `meeting.scheduled` is already defined by the pack this one builds on.",
        "instruments.yaml:1:7: The instrument `law-1` is already defined by the pack `small`.",
        "municipalities.csv: `kline` is already a name in a pack that this one builds on (`kline`).",
        f"{DUTY_FILE}:1:5: The duty `XK-MTG-001` is already defined by the pack `small`. Give this one an id of its own.",
    ):
        assert f"p/{part}" in texts
