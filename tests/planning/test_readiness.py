"""The readiness sheet: one verdict, and never one that is wrong towards ready."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from transparency_check.checking import Answer, Inquiry, answer
from transparency_check.engine.case_file import cases_of
from transparency_check.errors import UsageError
from transparency_check.json_text import dumped
from transparency_check.planning.readiness import law_of, sheet_of
from transparency_check.planning.sheet import Sheet
from transparency_check.planning.weighing import lawful_as
from transparency_check.plugins import load_registry
from transparency_check.reports.options import Names, ReportOptions
from transparency_check.reports.sheet import outline, sheet_object
from transparency_check.reports.table import draw

ROOT = Path(__file__).parents[2]

Row = dict[str, Any]
# The duties that these logs are about: a judgement costs by the kinds of duties that it is given.
NOTICES = ("XK-MTG-001", "XK-MTG-002", "XK-MTG-007")
AGENDA = (*NOTICES, "XK-CON-001", "XK-CON-006", "XK-CON-007")
COVERED: Row = {"type": "coverage.declared", "time": "2026-01-05", "period": "2026-01-01/2026-12-31"}
SESSION: Row = {
    "type": "meeting.scheduled", "time": "2026-11-13", "case": "s", "body": "assembly",
    "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-12-10T10:00",
}  # fmt: skip
NOTICE: Row = {
    "type": "notice.published", "time": "2026-11-18", "case": "s", "notice_kind": "meeting",
    "channel": ["website"], "languages": ["sq", "sr"],
}  # fmt: skip
HELD: Row = {
    "type": "meeting.held", "time": "2026-12-10T10:00", "case": "s", "body": "assembly",
    "meeting_type": "session", "session_kind": "ordinary", "open_to_public": True,
}  # fmt: skip
OPENED: Row = {
    "type": "consultation.opened", "time": "2026-10-01", "case": "k", "consultation_kind": "written",
    "act_kind": "regulation", "closes_at": "2026-11-06",
}  # fmt: skip
TOLD: Row = {
    "type": "notice.published", "time": "2026-10-01", "case": "k", "notice_kind": "consultation",
    "channel": ["website", "platform"], "languages": ["sq", "sr"],
}  # fmt: skip
CLOSED: Row = {"type": "consultation.closed", "time": "2026-11-06", "case": "k"}
WITH_AGENDA: Row = {**SESSION, "related": ["k"]}
LATE_OPENED: Row = {**OPENED, "time": "2026-11-05", "closes_at": "2026-12-20"}
LATER: Row = {"planned_at": "2026-12-17"}
UNTOLD: Row = {**TOLD, "time": "2026-11-05", "channel": ["website"]}


def without(row: Row, field: str) -> Row:
    return {name: value for name, value in row.items() if name != field}


def written(path: Path, rows: Sequence[Row]) -> str:
    """Write a log of kline, and give its path."""
    told = [{"id": f"e{n}", "municipality": "kline", **row} for n, row in enumerate(rows)]
    path.write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
    return str(path)


def sheet(
    tmp_path: Path,
    *rows: Row,
    as_of: str = "2026-11-20",
    case: str = "s",
    stated: tuple[str, ...] = (),
    **more: Any,
) -> Sheet:
    log = written(tmp_path / "log.jsonl", rows)
    inquiry = Inquiry((log,), as_of=as_of, select=more.pop("select", NOTICES), keep_log=True, **more)
    return sheet_of(answer(inquiry, load_registry(plugins=False)), case, stated=stated)


def rules(found: Sheet) -> list[str]:
    return [item.finding.rule for item in found.verdict.items]


VERDICTS: list[tuple[str, list[Row], str, str, list[str], list[str]]] = [
    ("everything is done", [SESSION, NOTICE], "2026-11-20", "ready", [], []),
    ("notice open", [SESSION], "2026-11-20", "ready_if", ["XK-MTG-001", "XK-MTG-007"], []),
    ("open under one reading, over under the other (30 Nov clear, 1 Dec lenient)",
     [SESSION], "2026-12-01", "undetermined", ["XK-MTG-001"], []),
    ("notice missed", [SESSION], "2026-12-02", "not_lawful", ["XK-MTG-001"], []),
    ("notice late", [SESSION, {**NOTICE, "time": "2026-12-02"}], "2026-12-02", "not_lawful", ["XK-MTG-001"],
     []),
    ("a notice that is dated later has not been published",
     [SESSION, {**NOTICE, "time": "2026-12-09"}], "2026-12-02", "not_lawful", ["XK-MTG-001"], []),
    ("the channel of the notice is not recorded", [SESSION, without(NOTICE, "channel")], "2026-12-02",
     "undetermined", ["XK-MTG-001", "XK-MTG-007"], []),
    ("its languages are not recorded: only advisory, and not ready", [SESSION, without(NOTICE, "languages")],
     "2026-11-20", "undetermined", ["XK-LAN-001"], []),
    ("which kind of session is not recorded", [without(SESSION, "session_kind"), NOTICE], "2026-11-20",
     "undetermined", ["XK-MTG-001", "XK-MTG-002"], []),
    ("the date is not recorded", [without(SESSION, "planned_at"), NOTICE], "2026-11-20", "undetermined",
     ["XK-MTG-001", "XK-MTG-007"], ["date"]),
    ("the date is over, nobody says it was held", [SESSION, NOTICE], "2026-12-11", "undetermined", [],
     ["passed"]),
    ("held, nothing open", [SESSION, NOTICE, HELD], "2026-12-11", "met", [], []),
    ("held without notice", [SESSION, HELD], "2026-12-11", "breached", ["XK-MTG-001", "XK-MTG-007"], []),
    ("called off", [SESSION, NOTICE, {"type": "meeting.cancelled", "time": "2026-11-19", "case": "s"}],
     "2026-11-20", "cancelled", [], []),
    ("moved: the notice named the old date",
     [SESSION, NOTICE, {"type": "meeting.rescheduled", "time": "2026-11-19", "case": "s", **LATER}],
     "2026-11-20", "ready_if", ["XK-MTG-001", "XK-MTG-007"], []),
    ("a committee is no session, and of it no duty is judged here",
     [{**SESSION, "body": "communities-committee", "meeting_type": "committee-meeting"}], "2026-11-20",
     "undetermined", [], ["nothing"]),
    ("an act on the agenda that was consulted about, whether it had to be or not",
     [WITH_AGENDA, NOTICE, OPENED, TOLD, CLOSED], "2026-11-20", "ready", [], []),
    ("an act on the agenda whose consultation is not closed, and nobody says that it had to be held",
     [WITH_AGENDA, NOTICE, OPENED, TOLD], "2026-11-20", "undetermined", ["XK-CON-001"], []),
    ("a case that is only named is taken for an act", [{**WITH_AGENDA, "related": ["unheard of"]}, NOTICE],
     "2026-11-20", "undetermined", ["XK-CON-001"], []),
    ("neither the session nor its agenda",
     [WITH_AGENDA, LATE_OPENED, UNTOLD], "2026-12-02", "not_lawful", ["XK-MTG-001", "XK-CON-006"], []),
    ("an agenda that may not be decided", [WITH_AGENDA, NOTICE, LATE_OPENED, UNTOLD], "2026-11-20", "agenda",
     ["XK-CON-006"], []),
]  # fmt: skip
AS_OF = sorted({row[2] for row in VERDICTS})


@pytest.fixture(scope="module", params=AS_OF)
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Answer]:
    """All logs of one day as one: cases that are not linked do not see each other."""
    rows: list[Row] = [COVERED]
    for n, (_, events, as_of, *_) in enumerate(VERDICTS):
        if as_of == request.param:
            rows += [_of_case(row, n) for row in events]
    log = written(tmp_path_factory.mktemp("logs") / "log.jsonl", rows)
    about = (*AGENDA, "XK-LAN-001")
    inquiry = Inquiry((log,), as_of=request.param, select=about, keep_log=True)
    return request.param, answer(inquiry, load_registry(plugins=False))


def _of_case(row: Row, n: int) -> Row:
    named = {**row, "case": f"{row['case']}{n}"}
    return {**named, "related": [f"{case}{n}" for case in row["related"]]} if "related" in row else named


def test_the_verdict(judged: tuple[str, Answer]) -> None:
    as_of, found = judged
    wrong = []
    for n, (name, _, day, code, named, lacking) in enumerate(VERDICTS):
        if day == as_of:
            made = sheet_of(found, f"s{n}")
            got = (made.verdict.code, rules(made), list(made.verdict.lacking))
            if got != (code, named, lacking):
                wrong.append((name, got))
    assert wrong == []


def test_when_the_first_thing_has_to_be_done(tmp_path: Path) -> None:
    found = sheet(tmp_path, COVERED, SESSION, select=(*NOTICES, "XK-LAN-001"))
    assert (str(found.verdict.by), str(found.verdict.until)) == ("2026-11-30", "2026-12-09")
    notice = next(i for i in found.items if i.finding.rule == "XK-MTG-001")
    assert (notice.last, str(notice.act_by), notice.follows) == ("2026-11-30", "2026-11-30", ("XK-LAN-001",))


def test_what_follows_from_the_session_is_expected_and_never_judged(tmp_path: Path) -> None:
    found = sheet(tmp_path, COVERED, SESSION, NOTICE, select=(*NOTICES, "XK-LAN-001", "XK-MTG-012"))
    assumed = {i.finding.rule: (i.phase, i.state) for i in found.items if i.assumed is not None}
    assert assumed == {"XK-MTG-012": ("day", "expected")}
    assert {i.finding.rule for i in found.items if i.assumed is None} == {
        "XK-MTG-001",
        "XK-MTG-007",
        "XK-LAN-001",
    }


def test_a_log_that_claims_nothing_is_never_ready(tmp_path: Path) -> None:
    """Outside what the log covers a missing notice may have been published (4.15)."""
    covered = {**COVERED, "event_families": ["request"]}
    found = sheet(tmp_path, covered, SESSION, as_of="2026-12-02")
    assert (found.verdict.code, rules(found)) == ("undetermined", ["XK-MTG-001"])


def test_input_that_cannot_be_read_keeps_it_open(tmp_path: Path) -> None:
    found = sheet(
        tmp_path, COVERED, SESSION, NOTICE, {"type": "notice.published", "time": "soon", "case": "other"}
    )
    assert (found.verdict.code, found.verdict.lacking) == ("undetermined", ("input",))


def test_a_number_that_is_unknown_keeps_it_open(tmp_path: Path) -> None:
    """Nobody knows how many days before a budget hearing its notice is due."""
    hearing = {**SESSION, "meeting_type": "budget-hearing"}
    found = sheet(tmp_path, COVERED, hearing, NOTICE, select=("XK-BUD-005", "XK-MTG-007"))
    assert [d.id for d in found.unnumbered] == ["XK-BUD-005"]


def test_what_is_known_can_be_stated(tmp_path: Path) -> None:
    rows = (COVERED, WITH_AGENDA, NOTICE, OPENED, TOLD)
    found = sheet(tmp_path, *rows, select=AGENDA, stated=("consultation_required=yes",))
    assert (found.verdict.code, rules(found)) == ("ready_if", ["XK-CON-001"])
    found = sheet(tmp_path, *rows, select=AGENDA, stated=("consultation_required=no",))
    assert found.verdict.code == "ready"
    found = sheet(tmp_path, *rows, select=AGENDA, as_of="2026-12-10", stated=("consultation_required=yes",))
    assert found.verdict.code == "undetermined"
    with pytest.raises(UsageError, match="Did you mean consultation_required"):
        sheet(tmp_path, *rows, select=AGENDA, stated=("consultation_require=yes",))


def test_what_must_stay_open_longer_than_the_session_allows_is_a_conflict(tmp_path: Path) -> None:
    opened = {**OPENED, "time": "2026-11-16", "closes_at": "2026-12-20"}
    told = {**TOLD, "time": "2026-11-16"}
    found = sheet(
        tmp_path,
        COVERED,
        WITH_AGENDA,
        NOTICE,
        opened,
        told,
        select=AGENDA,
        stated=("consultation_required=yes",),
    )
    (item,) = found.verdict.items
    assert (item.finding.rule, item.conflict, item.state) == ("XK-CON-007", "XK-CON-001", "missed")
    assert found.verdict.code == "undetermined"


def test_other_kinds_and_another_date(tmp_path: Path) -> None:
    found = sheet(tmp_path, COVERED, {**SESSION, "planned_at": "2026-11-27T10:00"})
    assert found.verdict.code == "not_lawful"
    assert {o.kind: lawful_as(o) for o in found.alternatives} == {"extraordinary": True, "urgent": True}
    assert found.moved is not None
    assert str(found.moved.lawful) == "2026-12-02"


def test_no_other_kind_is_lawful_the_day_before(tmp_path: Path) -> None:
    found = sheet(tmp_path, COVERED, {**SESSION, "planned_at": "2026-11-20T10:00"})
    assert {o.kind: lawful_as(o) for o in found.alternatives} == {"extraordinary": False, "urgent": False}


def test_a_linked_session_is_named_and_not_judged(tmp_path: Path) -> None:
    other = {**SESSION, "case": "other", "planned_at": "2026-11-20T09:00", "related": ["s"]}
    found = sheet(tmp_path, COVERED, SESSION, NOTICE, other)
    assert [entry.case for entry in found.linked] == ["other"]
    assert found.verdict.code == "ready"


def test_known_at_is_respected(tmp_path: Path) -> None:
    """A notice entered later is not believed, neither in what is judged nor in what is assumed (2.4)."""
    late = {**NOTICE, "recorded_at": "2026-12-01"}
    found = sheet(tmp_path, COVERED, SESSION, late, known_at="2026-11-20", as_of="2026-11-25")
    assert found.verdict.code == "ready_if"


@pytest.mark.parametrize(
    ("case", "message"),
    [("seanca-2026-13", "Did you mean seanca-2026-12"), ("x", "No event of the log has the case 'x'")],
)
def test_a_case_that_is_not_there(tmp_path: Path, case: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        sheet(tmp_path, COVERED, {**SESSION, "case": "seanca-2026-12"}, case=case)


def test_a_case_of_two_municipalities_has_to_be_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kline, prizren"):
        sheet(tmp_path, SESSION, {**SESSION, "municipality": "prizren"})


def test_a_consultation_has_a_sheet_as_well(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        COVERED,
        {**OPENED, "time": "2026-11-16", "closes_at": "2026-12-20"},
        TOLD | {"time": "2026-11-16"},
        case="k",
        select=AGENDA,
    )
    assert (found.kind, found.value, found.verdict.code, rules(found)) == (
        "consultation",
        "written",
        "open",
        ["XK-CON-007"],
    )


@pytest.mark.parametrize(
    ("sample", "as_of"), [("klina", "2026-11-20"), ("practice", "2026-11-24"), ("broken", "2026-06-26")]
)
def test_every_case_of_the_samples_has_a_sheet(sample: str, as_of: str) -> None:
    """Its page can be drawn, some are held to the schema, and none is ready beside something that is open."""
    log = str(ROOT / "samples" / sample / "log.jsonl")
    found = answer(Inquiry((log,), as_of=as_of, keep_log=True), load_registry(plugins=False))
    names = Names.of(found.rulebook)
    schema = json.loads((ROOT / "docs/schemas/sheet.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    cases, law = cases_of(found.judgement.prepared), law_of(found)
    assert len(cases) > 10
    for n, (municipality, case) in enumerate(cases):
        made = sheet_of(found, case, municipality, law=law)
        if n % 12 == 0:
            validator.validate(json.loads(dumped(sheet_object(made, names))))
        assert draw(outline(made, names), ReportOptions(names=names))
        weighing = [i for i in made.items if i.law and i.phase == "before"]
        if made.verdict.code in ("ready", "ready_if", "met", "open"):
            assert not [i for i in weighing if i.state in ("undetermined", "unclear", "missed")], case
            assert not [i for i in weighing if i.state in ("late", "violated")], case
            assert weighing, case
        if made.verdict.code == "ready":
            assert {i.state for i in weighing} == {"done"}, case
