"""Laws that hold of every log and pack. Each takes a case and random choices, and tells its breaches, one a
line.

python -m properties.laws --cases 200

(from the folder tests; `make properties`). The tests run the same laws on a few cases.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from properties.judging import Case, case_of, changed, findings, found_of, judged_by, judgement, placeless
from properties.shifting import later, moved, without_days_off
from properties.transitions import allowed, conditional
from transparency_check.model import Finding
from transparency_check.packs.model import Duty, EventSelector, ObligationSelector, Rulebook

Json = dict[str, Any]
Law = Callable[[int, random.Random], list[str]]
# Of so many findings of a case the proof is counted anew: to make one takes as long as to judge the case.
PROOFS = 8
LAWS: dict[str, Law] = {}


def law(function: Law) -> Law:
    """Make a function one of the laws."""
    LAWS[function.__name__] = function
    return function


# -- what says nothing


@law
def the_order_of_rows_means_nothing_5_3(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    records = list(case.records)
    rng.shuffle(records)
    return changed(list(found_of(seed)), findings(case, records), lambda f: f)


@law
def splitting_into_files_means_nothing_5_3(seed: int, rng: random.Random) -> list[str]:
    """Where every row says its municipality: the file speaks for rows that do not (7.5)."""
    case = case_of(seed)
    known = {m.id for m in case.rulebook.municipalities}
    rows = [row for row in case.rows if row.get("municipality") in known]
    one = replace(case, rows=[{**row, "file": "one.jsonl"} for row in rows])
    many = replace(case, rows=[{**row, "file": f"{rng.randint(1, 5)}.jsonl"} for row in rows])
    return changed(findings(one), findings(many), placeless)


@law
def an_unrelated_case_changes_nothing_4_3(seed: int, rng: random.Random) -> list[str]:
    """What a log says of one case is not changed by another case of the same municipality, in duties that are
    correlated by case.
    """
    case = case_of(seed)
    special = _declaring(case.rulebook)
    own = [r for r in case.rows if r.get("case") and r["type"] not in special and _readable(r)]
    if not own:
        return []
    first: dict[str, str] = {}
    for row in own:
        first[row["municipality"]] = min(first.get(row["municipality"], "9"), row["time"][:10])
    # Later than the first record of the municipality, from which its log counts as complete.
    more = [
        {**r, "id": f"zz{n}", "case": "unrelated", "related": None}
        for n, r in enumerate(rng.sample(own, min(20, len(own))))
        if r["time"][:10] > first[r["municipality"]]
    ]
    by_case = _judged_by_case(case.rulebook)

    def told(found: list[Finding]) -> list[Finding]:
        return [f for f in found if f.rule in by_case and f.case != "unrelated"]

    wider = replace(case, rows=[*case.rows, *more])
    return changed(told(list(found_of(seed))), told(findings(wider)), placeless)


@law
def another_municipality_changes_nothing_4_3(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    known = sorted({m.id for m in case.rulebook.municipalities})
    seen = {row.get("municipality") for row in case.rows}
    free = [name for name in known if name not in seen]
    if not free:
        return []
    more = [
        {**r, "id": f"zz{n}", "municipality": free[0], "case": f"away-{r.get('case')}", "file": "away.jsonl"}
        for n, r in enumerate(rng.sample(case.rows, min(20, len(case.rows))))
        if _readable(r)
    ]
    # A row without municipality, file and case could be of anywhere; such are rows of this file (7.5).
    after = [f for f in findings(replace(case, rows=[*case.rows, *more])) if f.municipality != free[0]]
    return changed(list(found_of(seed)), after, placeless)


@law
def renaming_ids_changes_ids_only_5_1(seed: int, rng: random.Random) -> list[str]:
    """Ids and cases renamed in an order that stays: ids of findings and of evidence follow, and nothing
    else.
    """
    case = case_of(seed)
    records = []
    for record in case.records:
        made = dict(record)
        for name in ("id", "case"):
            if name in made:
                made[name] = f"x-{made[name]}"
        if made.get("related"):
            made["related"] = [f"x-{other}" for other in made["related"]]
        records.append(made)

    def named(name: str | None) -> str | None:
        return None if name is None else f"x-{name}"

    def renamed(finding: Finding) -> Finding:
        trigger = finding.trigger and replace(finding.trigger, event=f"x-{finding.trigger.event}")
        return finding._replace(
            case=named(finding.case),
            trigger=trigger,
            fulfilment=tuple(replace(e, event=f"x-{e.event}") for e in finding.fulfilment),
            settled_by=tuple(replace(s, event=named(s.event)) for s in finding.settled_by),
        )

    def nameless(finding: Finding) -> Finding:
        return placeless(finding)._replace(id="")

    before = [renamed(f) for f in found_of(seed)]
    return changed(before, findings(case, records), nameless)


@law
def ids_of_findings_are_unique_5_1(seed: int, rng: random.Random) -> list[str]:
    ids = [f.id for f in found_of(seed)]
    return sorted({identity for identity in ids if ids.count(identity) > 1})


# -- what time does


@law
def a_later_as_of_makes_only_allowed_transitions_4_22(seed: int, rng: random.Random) -> list[str]:
    """With the same records known, and no case linked to another."""
    case = case_of(seed)
    rows = [{**row, "related": None} for row in case.rows]
    days = sorted(row["time"][:10] for row in rows if _readable(row))
    if not days:
        return []
    first = dt.date.fromisoformat(rng.choice(days)) + dt.timedelta(days=rng.choice((0, 1, 5, 12)))
    second = first + dt.timedelta(days=rng.choice((1, 3, 8, 30, 120)))
    one = replace(case, rows=rows, as_of=str(first), known_at="2099-01-01", until=None)
    before = findings(one)
    after = findings(replace(one, as_of=str(second)))
    by_id = {f.id: f for f in after}
    by_trigger = {(f.rule, f.municipality, f.case, f.trigger.event): f for f in after if f.trigger}
    table, more = allowed(), conditional()
    lines = []
    for finding in before:
        duty = case.rulebook.duty(finding.rule)
        now = by_id.get(finding.id)
        if finding.trigger and _takes_last(duty):
            # Its id goes to the obligation of a later trigger (5.1).
            of = (finding.rule, finding.municipality, finding.case, finding.trigger.event)
            now = by_trigger.get(of)
        if now is None:
            if not _may_go(case.rulebook, duty):
                lines.append(f"gone at {second}: {finding}")
        elif now.outcome not in table[finding.outcome] and not (
            now.outcome in more[finding.outcome] and _condition(finding, duty)
        ):
            lines.append(f"{first} to {second}: {finding} became {now}")
    return lines


def _takes_last(duty: Duty | None) -> bool:
    triggers = [duty.trigger, *(reading.trigger for reading in duty.readings)] if duty else []
    return any(trigger.take == "last" for trigger in triggers if trigger)


def _condition(before: Finding, duty: Duty | None) -> bool:
    """The last column of the table, but for links between cases, which these logs do not have."""
    if before.outcome == "not_applicable":
        return "replaced" in before.reasons
    return duty is not None and duty.shape in ("duration", "standing")


def _may_go(book: Rulebook, duty: Duty | None) -> bool:
    """Obligations that arise by themselves go when coverage is declared or the law changes, those that
    another's outcome started go when that changes, and a version by the due day changes with it (4.22).
    """
    if duty is None or duty.trigger is None:
        return duty is not None
    triggers = [duty.trigger, *(r.trigger for r in duty.readings if r.trigger)]
    by_outcome = any(isinstance(s, ObligationSelector) for t in triggers for s in t.alternatives)
    return by_outcome or duty.applies_by == "due"


@law
def a_log_known_at_a_time_equals_its_prefix_2_4(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    records = case.records
    entered = sorted({r["recorded"] for r in records if r["readable"]})
    if not entered:
        return []
    known_at = rng.choice(entered)[:10]
    end = max(r["hi"] for r in _whole_day(case, known_at))
    prefix = [r for r in records if _entered(r) is None or _entered(r) <= end]
    everything = replace(case, known_at=known_at)
    return changed(findings(everything), findings(replace(case, known_at="2099-01-01"), prefix), lambda f: f)


def _whole_day(case: Case, day: str) -> list[Json]:
    from reference import flat

    row = {"id": "-", "type": sorted(case.rulebook.vocabulary.events)[0], "time": day}
    return flat.records([{**row, "municipality": case.rulebook.municipalities[0].id}], case.rulebook)


def _entered(record: Json) -> Any:
    return record.get("rlo", record.get("lo"))


@law
def shifting_by_28_years_shifts_the_dates_only_3_4(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    # An id that is made of the content would follow the dates.
    rows = [{**row, "id": row.get("id") or f"row{n}"} for n, row in enumerate(case.rows)]
    plain = replace(case, rulebook=without_days_off(case.rulebook), rows=rows)

    def dated(finding: Finding) -> Any:
        late = finding.late_by
        return (
            *(finding.rule, finding.municipality, finding.case, finding.period, finding.outcome),
            *(finding.reasons, finding.possible, finding.due, finding.act_by, finding.due_range, late),
            tuple((r.name, r.due, r.outcome) for r in finding.readings),
            finding.trigger and finding.trigger.event,
            tuple(e.event for e in finding.fulfilment),
        )

    return changed([later(dated(f)) for f in findings(plain)], [dated(f) for f in findings(moved(plain))])


# -- what bad data does


@law
def a_bad_field_makes_nothing_fulfilled_4_21(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    lines = []
    records = case.records
    some = [(i, name) for i, r in enumerate(records) if r["readable"] for name in r["a"]]
    for i, name in rng.sample(some, min(2, len(some))):
        worse = list(records)
        values = {k: v for k, v in records[i]["a"].items() if k != name}
        worse[i] = {**records[i], "a": values, "bad": sorted({*records[i]["bad"], name})}
        for told in _made_good(found_of(seed), findings(case, worse)):
            lines.append(f"{name} of {records[i]['id']} unreadable: {told}")
    return lines


@law
def an_unreadable_row_makes_nothing_fulfilled_4_21(seed: int, rng: random.Random) -> list[str]:
    """It keeps its case and municipality; its time, type or both cannot be read."""
    case = case_of(seed)
    records, lines = case.records, []
    some = [i for i, r in enumerate(records) if r["readable"] and r.get("case")]
    for i in rng.sample(some, min(2, len(some))):
        kept = ("place", "file", "municipality", "case", "related")
        kept += rng.choice((("type",), ("time", "day", "lo", "hi"), ()))
        worse = list(records)
        worse[i] = {**{k: v for k, v in records[i].items() if k in kept}, "readable": False}
        for told in _made_good(found_of(seed), findings(case, worse)):
            lines.append(f"row {records[i]} unreadable: {told}")
    return lines


@law
def without_its_fulfilment_nothing_becomes_fulfilled_4_6(seed: int, rng: random.Random) -> list[str]:
    case = case_of(seed)
    records, lines = case.records, []
    used = sorted(
        {e.event for f in found_of(seed) for e in f.fulfilment if f.outcome in ("fulfilled", "late")}
    )
    for identity in rng.sample(used, min(2, len(used))):
        rest = [r for r in records if r.get("id") != identity]
        gone = [r for r in records if r.get("id") == identity]
        types = {r["type"] for r in gone}
        rules = {d.id for d in case.rulebook.duties if _only_fulfils(case.rulebook, d, types)}
        for told in _made_good(found_of(seed), findings(case, rest)):
            if told.rule in rules:
                lines.append(f"without {gone}: {told}")
    return lines


def _made_good(before: tuple[Finding, ...], after: list[Finding]) -> list[Finding]:
    """Fulfilled after, but not before; of obligations that came up anew, where none of the case was."""
    good = {f.id for f in before if f.outcome == "fulfilled"}
    known = {f.id for f in before}
    good_of = {(f.rule, f.municipality, f.case) for f in before if f.outcome == "fulfilled"}
    return [
        f
        for f in after
        if f.outcome == "fulfilled"
        and f.id not in good
        and (f.id in known or (f.rule, f.municipality, f.case) not in good_of)
    ]


def _only_fulfils(book: Rulebook, duty: Duty, types: set[str]) -> bool:
    """Whether events of the types can do nothing in a duty, and those it stands on, but fulfil it."""
    inheriting = {t for e in book.vocabulary.events.values() if e.inherits for t in e.inherits.from_}
    if duty.shape not in ("event", "count", "calendar", "standing") or types & (
        inheriting | _declaring(book)
    ):
        return False
    asked = {s.event for m in _requirements(duty) for s in m}
    whole = duty.model_dump(mode="json", by_alias=True, exclude_unset=True)
    whole.pop("requires", None)
    whole.pop("count", None)
    elsewhere = set(_texts(whole))
    based_on = [
        book.duty(s.obligation)
        for t in (duty.trigger, *(r.trigger for r in duty.readings))
        for s in (t.alternatives if t else [])
        if isinstance(s, ObligationSelector)
    ]
    replacing = [d for d in book.duties if d.replaces == duty.id]
    return types <= asked and not (types & elsewhere) and not based_on and not replacing


def _requirements(duty: Duty) -> list[list[EventSelector]]:
    if duty.count is not None:
        return duty.count.members
    return duty.requires.members if duty.requires else []


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


# -- what a proof says


@law
def a_derivation_adds_up_to_its_due_date_3_11(seed: int, rng: random.Random) -> list[str]:
    """The day-by-day proof of the report, counted anew: numbered days, then the free day, then the roll.

    Of ``PROOFS`` findings.
    """
    judged = judgement(case_of(seed))
    found = [f for f in judged.findings() if f.due is not None]
    lines = []
    for finding in rng.sample(found, min(PROOFS, len(found))):
        shown = judged.explain(finding.id).readings
        for proof in shown:
            derivation = proof.derivation
            if derivation is None or derivation.due.day is None:
                continue
            numbers = [line.number for line in derivation.days if line.number is not None]
            step = 1 if derivation.period.direction == "after" else -1
            way = [
                derivation.anchor + dt.timedelta(days=step * n) for n in range(1, len(derivation.days) + 1)
            ]
            end = derivation.days[-1].day if derivation.days else derivation.anchor
            end = derivation.clear_day or end
            end = derivation.roll[-1].day if derivation.roll else end
            if (
                numbers != list(range(1, (derivation.counted or 0) + 1))
                or [line.day for line in derivation.days] != way
                or any((line.number is None) != bool(line.why) for line in derivation.days)
                or end != derivation.due.day
                or proof.due != end.isoformat()
            ):
                lines.append(f"{finding.id} {finding.rule}, reading {proof.name!r}: {derivation}")
        if shown and shown[0].due is not None and shown[0].due != finding.due:
            lines.append(f"{finding.id}: due {finding.due}, proof {shown[0].due}")
    return lines


# -- what a row is


def _declaring(book: Rulebook) -> set[str]:
    """Event types that speak of the log itself."""
    vocabulary = book.vocabulary
    return {part.event for part in (vocabulary.coverage, vocabulary.outage) if part is not None}


def _readable(row: Json) -> bool:
    return "???" not in (row.get("time"), row.get("type"), row.get("municipality"), row.get("recorded_at"))


def _judged_by_case(book: Rulebook) -> set[str]:
    """Triggered duties that are correlated by case, and stand on no others."""
    found = set()
    for duty in book.duties:
        triggers = [t for t in (duty.trigger, *(r.trigger for r in duty.readings)) if t is not None]
        by_outcome = any(isinstance(s, ObligationSelector) for t in triggers for s in t.alternatives)
        replaced = any(other.replaces == duty.id for other in book.duties)
        if triggers and duty.correlate.by == "case" and not by_outcome and not replaced:
            found.add(duty.id)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--by", choices=("engine", "reference"), default="engine", help="which evaluator judges"
    )
    parser.add_argument("--law", action="append", choices=sorted(LAWS), help="only these")
    arguments = parser.parse_args()
    judged_by(arguments.by)
    if arguments.by == "reference":
        # It gives no proofs and no ids.
        LAWS.pop("a_derivation_adds_up_to_its_due_date_3_11")
        LAWS.pop("ids_of_findings_are_unique_5_1")
    broken = 0
    for seed in range(arguments.seed, arguments.seed + arguments.cases):
        for name in arguments.law or LAWS:
            lines = LAWS[name](seed, random.Random(seed))
            broken += bool(lines)
            for line in lines:
                sys.stdout.write(f"{name}, seed {seed}: {line}\n")
                sys.stdout.flush()
        case_of.cache_clear()
        found_of.cache_clear()
    sys.stdout.write(f"{len(arguments.law or LAWS)} laws on {arguments.cases} cases, {broken} breaches\n")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
