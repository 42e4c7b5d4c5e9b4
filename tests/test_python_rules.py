"""Rules in Python in a run: what they are given, what becomes of their verdicts, and that they fail alone."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from transparency_check import plugins, proving
from transparency_check.checking import Answer, Inquiry, answer, load_rules
from transparency_check.cli import application
from transparency_check.engine.conditions import column
from transparency_check.engine.findings import finding_id
from transparency_check.errors import ConfigurationError
from transparency_check.hookspecs import hookimpl
from transparency_check.logs import read_logs
from transparency_check.model import Evidence, Finding, RuleError
from transparency_check.plugins import Registry, load_registry
from transparency_check.python_rules.cases import cases
from transparency_check.python_rules.statement import Statement, stated

Judge = Callable[[Any, str], Any]
SAMPLES = Path(__file__).parents[1] / "samples"
MOVED = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "s1",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00", "agenda": ["budget", "water"],
}  # fmt: skip
RESCHEDULED = {
    "id": "e2", "type": "meeting.rescheduled", "time": "2026-11-20", "municipality": "kline", "case": "s1",
    "planned_at": "2026-12-11",
}  # fmt: skip
OTHER = {
    "id": "e9", "type": "meeting.held", "time": "2026-11-05", "municipality": "gjakove", "case": "s0",
    "body": "assembly", "meeting_type": "session",
}  # fmt: skip


class Rule:
    """A rule that says what it must and judges as it is told."""

    title = "Sessions are kept apart"
    severity = "violation"
    confidence = "verified"
    bearer = "The chairperson"
    legal_basis = MappingProxyType(
        {"instrument": "ligji-1", "provision": "Art. 9", "url": "https://x.example"}
    )

    def __init__(self, judge: Judge = lambda events, as_of: [], id_: str = "ZZ-MTG-901", **more: Any) -> None:
        self.id = id_
        self._judge = judge
        for name, value in more.items():
            setattr(self, name, value)

    def judge(self, events: Any, as_of: str) -> Any:
        return self._judge(events, as_of)


def registry_with(*rules: object, name: str = "town") -> Registry:
    """The built-in plugins, and one with these rules."""
    registry = load_registry(plugins=False)
    add(registry, name, *rules)
    return registry


def add(registry: Registry, name: str, *rules: object) -> None:
    registry.add(name, lambda: SimpleNamespace(transparency_check_rules=hookimpl(lambda: list(rules))))


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def logged(*rows: Mapping[str, Any] | str) -> str:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    Path("log.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return "log.jsonl"


def run(
    registry: Registry,
    *rows: Mapping[str, Any] | str,
    as_of: str = "2026-12-01",
    select: tuple[str, ...] = ("ZZ",),
    ignore: tuple[str, ...] = (),
) -> Answer:
    rows = rows or (MOVED, RESCHEDULED, OTHER)
    return answer(Inquiry((logged(*rows),), as_of=as_of, select=select, ignore=ignore), registry)


def outcomes(found: Answer) -> list[tuple[str, str | None, str]]:
    return [(f.rule, f.case, f.outcome) for f in found.report.findings]


def only(found: Answer) -> Finding:
    (finding,) = found.report.findings
    return finding


def of_s1(*verdicts: Mapping[str, Any]) -> Judge:
    """Judge the case s1 so, and no other."""
    return lambda events, as_of: verdicts if events[0]["case"] == "s1" else []


# -- what a rule is given --------------------------------------------------------------------------


def seen(*rows: Mapping[str, Any], as_of: str = "2026-12-01") -> dict[str, Any]:
    """The events of every case, and under as_of what the rule was told."""
    given: dict[str, Any] = {}

    def judge(events: Any, moment: str) -> list[Any]:
        given[events[0]["case"]] = events
        given["as_of"] = moment
        return []

    found = run(registry_with(Rule(judge)), *rows, as_of=as_of)
    assert not found.report.rule_errors
    return given


def test_a_rule_gets_whole_cases_in_order_of_time() -> None:
    given = seen(RESCHEDULED, OTHER, MOVED)
    assert [e["id"] for e in given["s1"]] == ["e1", "e2"]
    assert [e["id"] for e in given["s0"]] == ["e9"]
    first = given["s1"][0]
    assert first["place"] == "log.jsonl:3"
    assert first["a"]["agenda"] == ("budget", "water")
    assert first["a"]["planned_at"]["day"] == "2026-11-27"
    assert (first["related"], first["bad"]) == ((), ())
    assert not {"readable", "retracted", "content"} & first.keys()


def test_only_what_is_known_and_has_happened_counts() -> None:
    corrected = {**MOVED, "recorded_at": "2026-11-03", "body": "mayor"}
    later = {**MOVED, "recorded_at": "2026-12-05", "body": "committee"}
    future = {**OTHER, "id": "e8", "time": "2026-12-02"}
    withdrawn = {**RESCHEDULED, "recorded_at": "2026-11-21", "retracted": True}
    caseless = {key: value for key, value in OTHER.items() if key != "case"}
    given = seen(MOVED, corrected, later, future, RESCHEDULED, withdrawn, caseless)
    assert [(e["id"], e["a"]["body"]) for e in given["s1"]] == [("e1", "mayor")]
    assert given.keys() == {"s1", "as_of"}


def test_values_are_inherited_and_absence_has_its_meaning() -> None:
    _, moved = seen(MOVED, RESCHEDULED)["s1"]
    assert (moved["a"]["body"], moved["a"]["session_kind"]) == ("assembly", "ordinary")
    assert moved["a"]["planned_at"]["day"] == "2026-12-11"
    assert "agenda" not in moved["a"]
    assert moved["a"]["urgency_ground"] == "none"


def test_a_bad_value_is_inherited_as_unknown_and_gets_no_default() -> None:
    bad = {**MOVED, "session_kind": "unusual", "urgency_ground": "whim"}
    first, moved = seen(bad, RESCHEDULED)["s1"]
    assert set(first["bad"]) == {"session_kind", "urgency_ground"}
    assert moved["bad"] == ("session_kind",)
    assert "session_kind" not in moved["a"]
    assert "urgency_ground" not in first["a"]


def test_cases_hold_what_the_engine_holds() -> None:
    """Inheritance and defaults are written twice, here for every attribute: both agree where both look."""
    path = SAMPLES / "klina/log.jsonl"
    found = answer(Inquiry((str(path),), as_of="2026-11-20"), load_registry(plugins=False))
    law, log_tables = found.rulebook, found.judgement.prepared
    log = read_logs([path], law.vocabulary, law.municipalities, law.zone)
    columns = {name for name, *_ in log_tables.con.execute("DESCRIBE event").fetchall()}
    simple = [
        name
        for name, attribute in law.vocabulary.attributes.items()
        if column(name).strip('"') in columns and attribute.type in ("choice", "flag", "integer", "text")
    ]
    assert simple
    compared = 0
    for case in cases(log.records, found.judgement, law.vocabulary):
        for event in case.events:
            shown = ", ".join(map(column, simple))
            row = log_tables.con.execute(
                f"""SELECT {shown} FROM event e JOIN case_name c USING (cas)
                WHERE e.id = $id AND e.municipality = $town AND c.name = $case""",
                {"id": event["id"], "town": case.municipality, "case": case.case},
            ).fetchone()
            assert row is not None
            for name, value in zip(simple, row, strict=True):
                assert event["a"].get(name) == value, (event["id"], name)
                compared += value is not None
    assert compared > 300


def test_cases_are_whole_in_a_log_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    given = seen(MOVED, RESCHEDULED)
    monkeypatch.setattr(proving, "MANY", 0)
    assert seen(MOVED, RESCHEDULED) == given


@pytest.mark.parametrize(
    ("given", "told"),
    [("2026-12-01", "2026-12-01"), ("2026-12-01T10:00", "2026-12-01T10:00:00+01:00")],
)
def test_as_of_is_a_day_or_an_instant(given: str, told: str) -> None:
    assert seen(MOVED, as_of=given)["as_of"] == told


# -- verdicts become findings ----------------------------------------------------------------------


def test_a_verdict_becomes_a_finding() -> None:
    verdict = {
        "outcome": "late", "due": "2026-11-15", "trigger": "e1", "fulfilment": ["e2"], "reasons": [],
        "message": "Moved\n too late.",
    }  # fmt: skip
    finding = only(run(registry_with(Rule(of_s1(verdict), presumption="kept", commitment=True))))
    assert finding.id == finding_id("ZZ-MTG-901", "kline", "s1", "e1")
    assert (finding.rule, finding.municipality, finding.case) == ("ZZ-MTG-901", "kline", "s1")
    assert (finding.outcome, finding.possible, finding.reasons) == ("late", ("late",), ())
    assert (finding.due, finding.act_by, finding.late_by) == ("2026-11-15", "2026-11-13", (5, "day"))
    assert finding.trigger == Evidence("e1", "log.jsonl:1", "2026-11-02", "meeting.scheduled")
    assert finding.fulfilment == (Evidence("e2", "log.jsonl:2", "2026-11-20", "meeting.rescheduled"),)
    assert (finding.severity, finding.confidence, finding.bearer) == (
        "violation",
        "verified",
        "The chairperson",
    )
    assert (finding.instrument, finding.provision, finding.url) == ("ligji-1", "Art. 9", "https://x.example")
    assert (finding.presumption, finding.commitment, finding.curable) == ("kept", True, False)
    assert finding.message == "Moved too late."


def test_due_in_hours_is_an_instant() -> None:
    row = {**RESCHEDULED, "time": "2026-11-20T12:30"}
    verdict = {"outcome": "late", "due": "2026-11-20T11:00", "fulfilment": ["e2"]}
    finding = only(run(registry_with(Rule(of_s1(verdict))), MOVED, row))
    assert (finding.due, finding.late_by) == ("2026-11-20T11:00:00+01:00", (1.5, "hour"))
    assert finding.id == finding_id("ZZ-MTG-901", "kline", "s1", None)


def test_one_case_may_hold_several_obligations() -> None:
    verdicts = ({"outcome": "fulfilled", "trigger": "e1"}, {"outcome": "pending", "trigger": "e2"})
    found = run(registry_with(Rule(of_s1(*verdicts))))
    assert len({f.id for f in found.report.findings}) == 2


def test_undetermined_leaves_all_open() -> None:
    verdict = {"outcome": "undetermined", "reasons": {"time_of_day", "missing_field"}}
    finding = only(run(registry_with(Rule(of_s1(verdict)))))
    assert finding.reasons == ("missing_field", "time_of_day")
    assert finding.possible == ("fulfilled", "late", "violated", "pending", "not_applicable")


def test_law_that_nobody_has_seen_is_advisory() -> None:
    said: list[dict[str, Any]] = [
        {"confidence": "unverified"},
        {"confidence": "unverified", "presumption": "as before"},
        {"severity": "advisory"},
    ]
    rules = [Rule(of_s1({"outcome": "violated"}), f"ZZ-MTG-{n:03}", **one) for n, one in enumerate(said)]
    found = {f.rule: f.severity for f in run(registry_with(*rules)).report.findings}
    assert [found[rule.id] for rule in rules] == ["advisory", "violation", "advisory"]


def test_findings_stand_among_the_others() -> None:
    found = run(registry_with(Rule(of_s1({"outcome": "fulfilled"}), "AA-MTG-900")), select=())
    keys = [(f.municipality, f.rule, f.case or "", f.period or "", f.id) for f in found.report.findings]
    assert keys == sorted(keys)
    assert ("kline", "AA-MTG-900") in {(m, r) for m, r, *_ in keys}
    assert len({r for _, r, *_ in keys}) > 5
    assert {f.id for f in found.judgement.findings(all=True)} == {f.id for f in found.report.findings}


def test_order_of_rows_does_not_matter() -> None:
    def findings(*rows: Mapping[str, Any]) -> set[tuple[str, str]]:
        rule = Rule(lambda events, as_of: [{"outcome": "fulfilled", "trigger": e["id"]} for e in events])
        return {(f.id, f.outcome) for f in run(registry_with(rule), *rows).report.findings}

    assert findings(MOVED, RESCHEDULED, OTHER) == findings(OTHER, RESCHEDULED, MOVED)


def test_not_applicable_is_left_out_on_request() -> None:
    found = run(registry_with(Rule(of_s1({"outcome": "not_applicable"}))))
    assert only(found).outcome == "not_applicable"
    judgement = found.judgement
    assert "ZZ-MTG-901" not in {f.rule for f in judgement.findings(all=False)}
    assert "ZZ-MTG-901" in {f.rule for f in judgement.sample({"not_applicable": 1}).findings}
    assert judgement.counts()["ZZ-MTG-901", "not_applicable"] == 1


@cache
def doubted(row: str) -> dict[tuple[str, bool], Finding]:
    """What becomes of a verdict beside the row, by its outcome and whether it is proven: a rule for each."""
    said = list(itertools.product(("violated", "pending", "fulfilled"), (False, True)))
    rules = [
        Rule(of_s1({"outcome": outcome, "proven": proven}), f"ZZ-MTG-{n:03}")
        for n, (outcome, proven) in enumerate(said)
    ]
    found = {f.rule: f for f in run(registry_with(*rules), MOVED, RESCHEDULED, row).report.findings}
    return {one: found[rule.id] for one, rule in zip(said, rules, strict=True)}


@pytest.mark.parametrize(
    ("row", "outcome", "proven", "expected"),
    [
        ({**OTHER, "id": "e3", "case": "s1", "municipality": "kline", "time": "?"}, "violated", False, True),
        ({**OTHER, "id": "e3", "case": "s1", "municipality": "kline", "time": "?"}, "pending", False, True),
        (
            {**OTHER, "id": "e3", "case": "s1", "municipality": "kline", "time": "?"},
            "fulfilled",
            False,
            False,
        ),
        ({**OTHER, "id": "e3", "case": "s1", "municipality": "kline", "time": "?"}, "violated", True, False),
        ({**OTHER, "id": "e3", "case": "s2", "municipality": "kline", "time": "?"}, "violated", False, False),
        ({"type": "meeting.held", "municipality": "kline", "time": "?"}, "violated", False, True),
        ({"type": "meeting.held", "municipality": "kline", "time": "?"}, "pending", False, False),
        ({"type": "meeting.held", "municipality": "gjakove", "time": "?"}, "violated", False, False),
        ("{", "violated", False, True),
    ],
)
def test_a_record_that_cannot_be_read_leaves_open_what_it_may_decide(
    row: Mapping[str, Any] | str, outcome: str, proven: bool, expected: bool
) -> None:
    finding = doubted(row if isinstance(row, str) else json.dumps(row))[outcome, proven]
    assert finding.outcome == ("undetermined" if expected else outcome)
    assert finding.reasons == (("unreadable_record",) if expected else ())
    assert [s.place for s in finding.settled_by] == (["log.jsonl:3"] if expected else [])


# -- failures --------------------------------------------------------------------------------------


def fail(events: Any, as_of: str) -> Any:
    raise ZeroDivisionError("by\nzero")


def leave(events: Any, as_of: str) -> Any:
    raise SystemExit(0)


def stops(events: Any, as_of: str) -> Iterator[Any]:
    yield {"outcome": "fulfilled"}
    raise LookupError("gone")


def endless(events: Any, as_of: str) -> Iterator[Any]:
    while True:
        yield {"outcome": "fulfilled"}


def writes(events: Any, as_of: str) -> Any:
    events[0]["type"] = "meeting.held"
    return []


def writes_deeper(events: Any, as_of: str) -> Any:
    events[0]["a"]["body"] = "mayor"
    return []


def appends(events: Any, as_of: str) -> Any:
    events[0]["a"]["agenda"].append("x")
    return []


def drops(events: Any, as_of: str) -> Any:
    events.pop()
    return []


def gives(given: Any) -> Judge:
    return lambda events, as_of: given


SECOND = "verdict 2: a second one of this case with no trigger; each must name its own trigger"


FAILURES: list[tuple[Judge, str]] = [
    (fail, "ZeroDivisionError: by zero"),
    (leave, "SystemExit: 0"),
    (stops, "LookupError: gone"),
    (endless, SECOND),
    (writes, "TypeError: 'mappingproxy' object does not support item assignment"),
    (writes_deeper, "TypeError: 'mappingproxy' object does not support item assignment"),
    (appends, "AttributeError: 'tuple' object has no attribute 'append'"),
    (drops, "AttributeError: 'tuple' object has no attribute 'pop'"),
    (gives(None), "judge gives a list of verdicts, not None"),
    (gives("violated"), "judge gives a list of verdicts, not 'violated'"),
    (gives({"outcome": "late"}), "judge gives a list of verdicts, not {'outcome': 'late'}"),
    (gives(["late"]), "verdict 1: it is a mapping with the key outcome, not 'late'"),
    (gives([{}]), "verdict 1: outcome is one of violated, late, undetermined, pending, fulfilled,"),
    (gives([{"outcome": "broken"}]), "verdict 1: outcome is one of"),
    (gives([{"outcome": ["late"]}]), "verdict 1: outcome is one of"),
    (gives([{"outcome": "late", "dew": 1}]), "verdict 1: the key 'dew' is not known; known are outcome,"),
    (gives([{"outcome": "undetermined"}]), "verdict 1: undetermined needs reasons: what is not known"),
    (gives([{"outcome": "late", "reasons": "x"}]), "verdict 1: reasons is a list of texts, not 'x'"),
    (
        gives([{"outcome": "late", "reasons": ["No!"]}]),
        "verdict 1: a reason is a code like missing_field",
    ),
    (gives([{"outcome": "late", "due": 20261101}]), "verdict 1: due is text like 2026-11-18"),
    (gives([{"outcome": "late", "due": "1.11.2026"}]), "verdict 1: due: "),
    (
        gives([{"outcome": "late", "trigger": "e7"}]),
        "verdict 1: trigger names 'e7', which is the id of no",
    ),
    (gives([{"outcome": "late", "trigger": ["e1"]}]), "verdict 1: trigger names ['e1'], which is the id"),
    (gives([{"outcome": "late", "fulfilment": ["e9"]}]), "verdict 1: fulfilment names 'e9', which is"),
    (gives([{"outcome": "late", "fulfilment": "e1"}]), "verdict 1: fulfilment is a list of texts"),
    (gives([{"outcome": "late", "message": 7}]), "verdict 1: message is text, not 7"),
    (gives([{"outcome": "late", "curable": "no"}]), "verdict 1: curable is True or False, not 'no'"),
    (gives([{"outcome": "late"}, {"outcome": "late"}]), SECOND),
]


@cache
def failing() -> Answer:
    """One run with a rule for each way to fail, which fails in the case s1, and one that does not fail."""

    def fails_in_s1(judge: Judge) -> Judge:
        return lambda events, as_of: (
            judge(events, as_of) if events[0]["case"] == "s1" else [{"outcome": "fulfilled"}]
        )

    bad = (Rule(fails_in_s1(judge), f"ZZ-BAD-{n:03}") for n, (judge, _) in enumerate(FAILURES, start=1))
    return run(registry_with(*bad, Rule(lambda *_: [{"outcome": "pending"}], "ZZ-MTG-902")))


@pytest.mark.parametrize(
    ("number", "message"), [(n, m) for n, (_, m) in enumerate(FAILURES, start=1)], ids=str
)
def test_a_rule_that_fails_costs_its_own_case_only(number: int, message: str) -> None:
    found = failing()
    rule = f"ZZ-BAD-{number:03}"
    assert [o for o in outcomes(found) if o[0] in (rule, "ZZ-MTG-902")] == [
        (rule, "s0", "fulfilled"),
        ("ZZ-MTG-902", "s0", "pending"),
        ("ZZ-MTG-902", "s1", "pending"),
    ]
    (error,) = (e for e in found.report.rule_errors if e.rule == rule)
    assert error.plugin == "town"
    assert error.message.startswith(f"case s1 of kline: {message}")


def test_what_cannot_be_shown_is_named_by_its_type() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise RuntimeError

    (error,) = run(registry_with(Rule(of_s1(Shy())))).report.rule_errors  # type: ignore[arg-type]
    assert error.message.endswith("with the key outcome, not Shy")


# -- what a rule says of itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"id": "ZZ-001"}, "Rule: the id 'ZZ-001' is not written like XX-MTG-001: country, area, number"),
        ({"id": 7}, "Rule: id is text, not 7"),
        ({"title": " "}, "Rule: title is text, not ' '"),
        ({"title": None}, "Rule: Rule has no title, which every rule needs"),
        ({"severity": "grave"}, "Rule: severity is one of violation, advisory, not 'grave'"),
        ({"confidence": 1}, "Rule: confidence is one of verified, secondary, unverified, not 1"),
        ({"commitment": "yes"}, "Rule: ZZ-MTG-901: commitment is True or False, not 'yes'"),
        ({"legal_basis": "Art. 9"}, "Rule: ZZ-MTG-901: legal_basis is a mapping with the keys instrument,"),
        ({"legal_basis": {"article": "9"}}, "Rule: ZZ-MTG-901: legal_basis is a mapping with the keys"),
        ({"legal_basis": {"url": 9}}, "Rule: ZZ-MTG-901: legal_basis url is text, not 9"),
        ({"judge": 1}, "Rule: ZZ-MTG-901 has no method judge(events, as_of)"),
    ],
)
def test_a_rule_that_says_nothing_usable_is_left_out(said: dict[str, Any], message: str) -> None:
    rule = Rule()
    for name, value in said.items():
        setattr(rule, name, value)
    registry = registry_with(rule, Rule(id_="ZZ-MTG-902"))
    assert [r.id for r in registry.rules] == ["ZZ-MTG-902"]
    (error,) = registry.errors
    assert error.message.startswith(f"transparency_check_rules gave {message}")


def test_an_attribute_that_fails_is_a_failure_of_the_plugin() -> None:
    class Late(Rule):
        @property
        def severity(self) -> str:  # type: ignore[override]
            raise RuntimeError("not yet")

    registry = registry_with(Late())
    assert registry.rules == []
    assert registry.errors == [
        RuleError("town", "", "transparency_check_rules gave Late: RuntimeError: not yet")
    ]


def test_little_must_be_said() -> None:
    class Small:
        id, title = "ZZ-ACT-001", "Small"

        def judge(self, events: Any, as_of: str) -> list[Any]:
            return []

    assert stated(Small()) == Statement(
        "ZZ-ACT-001", "Small", "advisory", "unverified", None, "", False, None, "", None, None, None
    )
    assert (stated(Small()).area, stated(Small()).weight) == ("ACT", "advisory")


def test_an_id_of_a_duty_is_refused() -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_rules((), registry_with(Rule(id_="XK-MTG-001")))
    assert str(refused.value).startswith(
        "XK-MTG-001 is a duty of the packs used (kosovo) and a rule of the plugin town. An id names one rule:"
    )


def test_an_id_of_another_rule_is_refused() -> None:
    registry = registry_with(Rule())
    add(registry, "village", Rule())
    with pytest.raises(ConfigurationError) as refused:
        run(registry)
    assert "ZZ-MTG-901 is a rule of the plugin town and of the plugin village." in str(refused.value)
    listing = {info.name: info.error for info in registry.listing()}
    assert listing["village"] and "a name that town has already" in listing["village"]


# -- choosing and showing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("ZZ-MTG-901",), (), {"ZZ-MTG-901"}),
        (("zz",), ("ZZ-MTG-901",), {"ZZ-TWN-001"}),
        (("TWN",), (), {"ZZ-TWN-001"}),
        (("ZZ",), ("mtg",), {"ZZ-TWN-001"}),
        (("MTG",), ("XK-MTG",), {"ZZ-MTG-901"}),
    ],
)
def test_rules_are_chosen_like_duties(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: set[str]
) -> None:
    asked: set[str] = set()

    def noting(rule: str) -> Rule:
        def judge(events: Any, as_of: str) -> list[Any]:
            asked.add(rule)
            return [{"outcome": "fulfilled"}]

        return Rule(judge, rule)

    found = run(registry_with(noting("ZZ-MTG-901"), noting("ZZ-TWN-001")), select=select, ignore=ignore)
    assert {f.rule for f in found.report.findings if f.rule.startswith("ZZ")} == expected == asked


RUN = "check log.jsonl --as-of 2026-12-01 --select ZZ"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[..., Result]]:
    """Install rules as a plugin, and run commands."""

    def install(*rules: object) -> Callable[..., Result]:
        made = SimpleNamespace(transparency_check_rules=hookimpl(lambda: list(rules)))
        point = SimpleNamespace(name="town", value="town", dist=None, load=lambda: made)
        monkeypatch.setattr(plugins, "entry_points", lambda group: [point])
        logged(MOVED, RESCHEDULED, OTHER)

        def command(line: str, *more: str) -> Result:
            result = CliRunner().invoke(application, [*line.split(), *more], prog_name="transparency-check")
            assert "Traceback" not in result.output
            return result

        return command

    return install


def words(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_reports_name_the_rule_and_its_law(installed: Any) -> None:
    command = installed(Rule(of_s1({"outcome": "late", "due": "2026-11-15", "fulfilment": ["e2"]})))
    result = command(RUN)
    assert result.exit_code == 1
    assert "ZZ-MTG-901 Sessions are kept apart" in words(result)
    assert "Art. 9; ligji-1" in words(result)
    assert "Owed by: The chairperson" in words(result)
    (finding,) = json.loads(command(RUN, "--format", "json").stdout)["findings"]
    assert (finding["rule"], finding["due"]) == ("ZZ-MTG-901", "2026-11-15")
    assert finding["legal_basis"]["provision"] == "Art. 9"
    assert finding["title"] == "Sessions are kept apart"
    assert "Sessions are kept apart" in command(RUN, "--format", "csv").stdout


def test_reports_say_what_the_rule_says(installed: Any) -> None:
    cures = {None: "", True: " Can still be cured.", False: " Cannot be cured any more."}
    rules = [
        Rule(of_s1({"outcome": "violated", "message": f"Moved {n}.", "curable": curable}), f"ZZ-MTG-{n:03}")
        for n, curable in enumerate(cures)
    ]
    command = installed(*rules)
    found = {f["rule"]: f["message"] for f in json.loads(command(RUN, "--format", "json").stdout)["findings"]}
    told = [f"Moved {n}.{cure}" for n, cure in enumerate(cures.values())]
    assert [found[rule.id] for rule in rules] == told
    assert all(message in words(command(RUN)) for message in told[:1])


def test_what_became_doubtful_is_told_as_such(installed: Any) -> None:
    command = installed(Rule(of_s1({"outcome": "violated", "message": "Moved twice."})))
    logged(MOVED, {**RESCHEDULED, "time": "?"})
    (finding,) = json.loads(command(RUN, "--format", "json").stdout)["findings"]
    assert finding["message"].startswith("Cannot be decided: a record that may decide cannot be read.")
    assert "correct the record at log.jsonl:2" in finding["message"]


def test_a_failure_is_reported_and_is_exit_code_3(installed: Any) -> None:
    result = installed(Rule(fail))(RUN)
    assert result.exit_code == 3
    assert "ZZ-MTG-901 (town): case s1 of kline: ZeroDivisionError: by zero" in words(result)
    shown = json.loads(installed(Rule(fail))(RUN, "--format", "json").stdout)
    assert {(e["plugin"], e["rule"]) for e in shown["rule_errors"]} == {("town", "ZZ-MTG-901")}
    assert len(shown["rule_errors"]) == 2


def test_an_input_with_errors_comes_before_a_failure(installed: Any) -> None:
    command = installed(Rule(fail))
    logged(MOVED, "{")
    assert command(RUN).exit_code == 2


def test_no_plugins_leaves_them_out(installed: Any) -> None:
    command = installed(Rule(fail))
    assert command("check log.jsonl --as-of 2026-12-01 --select XK-MTG-001 --no-plugins").exit_code in (0, 1)
    refused = command(RUN, "--no-plugins")
    assert refused.exit_code == 2
    assert "No duty matches 'ZZ'" in refused.stderr
    assert "ZZ-MTG-901" not in command("rules list --no-plugins").stdout


def test_rules_are_listed_and_shown(installed: Any) -> None:
    command = installed(Rule())
    assert "ZZ-MTG-901" in command("rules list --select ZZ").stdout
    (entry,) = json.loads(command("rules list --select ZZ --format json").stdout)
    assert (entry["id"], entry["title"]["en"], entry["area"]) == (
        "ZZ-MTG-901",
        "Sessions are kept apart",
        "MTG",
    )
    assert (entry["severity"], entry["shape"], entry["checkable"]) == ("violation", "code", True)
    assert entry["deadline"] == "as its code says"
    assert "Sessions are kept apart" in command("rules show ZZ-MTG-901").stdout
    assert command("rules show ZZ-MTG-901 --format json").exit_code == 0
    assert command("rules test --select ZZ").exit_code == 5
    assert command("plugins list").exit_code == 0


def test_a_clash_is_one_line_and_exit_code_2(installed: Any) -> None:
    result = installed(Rule(id_="XK-MTG-001"))(RUN)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: XK-MTG-001 is a duty of the packs used (kosovo)")
    assert result.stderr.count("\n") == 1


def test_a_finding_can_be_explained(installed: Any) -> None:
    command = installed(Rule(of_s1({"outcome": "late", "due": "2026-11-15", "fulfilment": ["e2"]})))
    (finding,) = json.loads(command(RUN, "--format", "json").stdout)["findings"]
    shown = command(f"explain log.jsonl {finding['id']} --as-of 2026-12-01")
    assert shown.exit_code == 0
    assert "ZZ-MTG-901 Sessions are kept apart" in words(shown)
    assert "log.jsonl:2" in words(shown)


def test_what_is_pending_is_upcoming(installed: Any) -> None:
    command = installed(Rule(of_s1({"outcome": "pending", "due": "2026-12-10"})))
    result = command("upcoming log.jsonl --as-of 2026-12-01 --select ZZ")
    assert "2026-12-10" in result.stdout
    assert "ZZ-MTG-901 Sessions are kept apart" in words(result)


def test_a_run_without_rules_is_as_before(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "klina/log.jsonl", tmp_path / "klina.jsonl")
    asked = Inquiry(("klina.jsonl",), as_of="2026-11-20", select=("XK-MTG-00",))
    plain = answer(asked, load_registry(plugins=False))
    idle = answer(asked, registry_with(Rule()))
    assert plain.report == idle.report
