"""English texts by code. A pair holds singular and plural. Values stand in braces."""

from __future__ import annotations

from .foreign import FOREIGN
from .history import HISTORY
from .mapping import MAPPING
from .register import REGISTER
from .reminders import REMINDERS
from .serving import SERVING
from .site import SITE

Entry = str | tuple[str, str]

_OUTCOMES: dict[str, Entry] = {
    "outcome.violated": "violated",
    "outcome.late": "late",
    "outcome.undetermined": "undetermined",
    "outcome.pending": "pending",
    "outcome.fulfilled": "fulfilled",
    "outcome.not_applicable": "not applicable",
    "or": "{first} or {last}",
}

# What a run is at, for whoever waits for it.
_STAGES: dict[str, Entry] = {
    "stage.packs": "Loading the packs",
    "stage.reading": "Reading the logs",
    "stage.log": "Settling corrections, trying conditions",
    "stage.triggers": "Judging: what starts a duty",
    "stage.recurring": "Judging: duties of the calendar",
    "stage.suspensions": "Judging: stopped clocks",
    "stage.due_dates": "Judging: due dates",
    "stage.candidates": "Judging: what may fulfil a duty",
    "stage.weighing": "Judging: what is in doubt",
    "stage.content": "Judging: contents",
    "stage.duration": "Judging: periods kept open",
    "stage.count": "Judging: counts",
    "stage.standing": "Judging: standing duties",
    "stage.modifiers": "Judging: cancellations and exceptions",
    "stage.outages": "Judging: outages",
    "stage.outcomes": "Judging: outcomes",
    "stage.replacements": "Judging: duties of municipalities",
    "stage.findings": "Making the findings",
    "stage.report": "Writing the report",
    "progress": "{stage} ({events} events read)",
    "profile.stage": "Stage",
    "profile.seconds": "Seconds",
    "profile.share": "Share",
    "profile.duty": "Duty",
    "profile.obligations": "Obligations",
    "profile.apportioned": "Seconds, by obligations",
    "profile.others": ("{n} other", "{n} others"),
}

# Why an outcome is what it is (semantics 3 and 4); each stands after "because" or alone.
_REASONS: dict[str, Entry] = {
    "reason.readings_differ": "the readings of the law lead to different results",
    "reason.provisional_calendar": "a day off is not yet certain and decides the result",
    "reason.no_calendar": "a day that must be counted lies outside the calendar of the pack",
    "reason.time_of_day": "the time of day decides and is not recorded",
    "reason.missing_field": "a field that decides is not recorded or cannot be read",
    "reason.missing_link": "a record that decides names no case that can be read, or is absent",
    "reason.not_covered": "the log does not claim to be complete for the time that decides",
    "reason.outage": "the website was out of reach on the last lawful day",
    "reason.unreadable_record": "a record that may decide cannot be read",
    "reason.conflicting_records": "two records with the same id contradict each other",
    "reason.trigger_undetermined": "the duty that this one follows from is itself undetermined",
    "reason.planned_too_short": "the planned closing date is too early",
    "reason.suspended": "the clock is stopped, so the due date is not yet known",
    "reason.unknown_number": "the number in the deadline is not known",
    "reason.superseded": "the date was given up for another",
    "reason.cancelled": "cancelled or withdrawn in time",
    "reason.exception": "an exception applies",
    "reason.replaced": "a duty of the municipality takes its place",
    "reason.other": "{reason}",
    "instead": "{rule} applies instead",
}

# What would settle an undetermined outcome, by reason.
_SETTLING: dict[str, Entry] = {
    "settle.missing_field": "record or correct {fields} of {event}",
    "settle.missing_field.any": "record or correct the field that {event} lacks",
    "settle.missing_link": "record or correct the case that {event} belongs to",
    "settle.missing_link.event": "record the event that the deadline is counted from",
    "settle.time_of_day": "record the time of day of {event}",
    "settle.time_of_day.field": "record the time of day in {fields} of {event}",
    "settle.not_covered": "record it, or declare the period that the log covers (coverage.declared)",
    "settle.outage": "record another channel used, or when the website was back",
    "settle.unreadable_record": "correct the record at {place}",
    "settle.conflicting_records": "enter one correction of {event} with a later recorded_at",
    "settle.readings_differ": "decide which reading your office follows, and why",
    "settle.provisional_calendar": (
        "wait until the day off is announced, then update the calendar of the pack"
    ),
    "settle.no_calendar": "use a pack whose calendar covers the day",
    "settle.trigger_undetermined": "settle the duty that this one follows from",
    "settle.unknown_number": "supply the number that your office applies",
    "settle.event": "the event {event}",
    "settle.event.place": "the event {event} ({place})",
    "settle.record": "the record at {place}",
    "settle.unnamed": "the event",
    "settle.heading": "To settle: {what}.",
}

_CURES: dict[str, Entry] = {
    "cure.do": "Can still be done; it will then count as late.",
    "cure.do.by": "Can still be done by {by}; it will then count as late.",
    "cure.do.standing": "Can still be done.",
    "cure.move": (
        "Can be cured by moving the date: not before {earliest}, counted from the day of this report."
    ),
    "cure.move.by": (
        "Can be cured by moving the date, by {by} at the latest: to {earliest} or later, counted from the "
        "day of this report."
    ),
    "cure.move.again": (
        "Can be cured by moving the date, by {by} at the latest: to {earliest} or later, counted from the "
        "day of this report. It then has to be done anew."
    ),
    "cure.move.unknown": "Can be cured by moving the date.",
    "cure.extend": "Extend the closing to {to} or later.",
    "cure.extend.by": "Extend the closing to {to} or later, before the planned closing: by {act_by}.",
    "cure.extend.unknown": "Extend the closing.",
    "cure.none": "Cannot be cured any more.",
    "cure.other": "Can still be cured.",
}

# One sentence for what happened, by shape of the duty and outcome.
_SENTENCES: dict[str, Entry] = {
    "what.fulfilled": "{evidence}.",
    "what.fulfilled.count": "{done} of {needed} in {period}.",
    "what.fulfilled.plain": "Done.",
    "what.fulfilled.content": "The record holds what is required: {evidence}.",
    "what.fulfilled.duration": "Stayed open long enough.",
    "what.late": "{evidence}: {late} late.",
    "what.late.TC-REC-001": "{evidence} was entered {late} too late.",
    "what.late.plain": "Done after the due date.",
    "what.violated": "Nothing recorded by the due date.",
    "what.violated.undated": "Nothing recorded.",
    "what.violated.content": "The record shows that what is required is missing: {evidence}.",
    "what.violated.count": "{done} of {needed} in {period}.",
    "what.violated.duration": "Closed too early.",
    "what.violated.duration.closed": "Closed too early: {evidence}.",
    "what.violated.other": "What was done does not meet the duty: {evidence}.",
    "what.pending": "Still to be done.",
    "what.pending.partly": "Still to be done in full; so far: {evidence}.",
    "what.pending.count": "{done} of {needed} so far in {period}.",
    "what.pending.duration": "Must stay open until the end of {due} at least.",
    "what.pending.duration.undated": "Must stay open.",
    "what.not_applicable": "Does not apply: {reasons}.",
    "what.not_applicable.plain": "Does not apply.",
    "what.undetermined": "{possible}: {reasons}.",
    "what.undetermined.plain": "Cannot be decided: {reasons}.",
    "evidence": "{title} on {time} ({place})",
    "advice": "What to do: {text}",
    "trigger": "Follows from: {evidence}.",
    "reading": "{name}: due {due}, {outcome}",
    "reading.undated": "{name}: {outcome}",
    "readings": "Readings: {list}.",
    "range": "Due between {first} and {last}: a day off is not yet certain.",
    "provisional": "provisional",
    "late.hour": ("{n} hour", "{n} hours"),
    "late.hour.least": "less than 0.01 hours",
    "late.working-day": ("{n} working day", "{n} working days"),
    "late.day": ("{n} day", "{n} days"),
}

_REPORT: dict[str, Entry] = {
    "report.judged": "transparency-check {version}. Judged as of {as_of} ({zone}).",
    "report.judged.known": (
        "transparency-check {version}. Judged as of {as_of} ({zone}), with what was recorded by {known_at}."
    ),
    "report.validated": (
        "transparency-check {version}. Records looked at as of {as_of} ({zone}); no duty was judged."
    ),
    "report.packs": "Packs: {packs}",
    "report.inputs": "Inputs: {inputs}",
    "report.coverage": "Coverage: {coverage}",
    "report.coverage.assumed": "{municipalities}: none declared, so the log is taken as complete from {day}",
    "report.input": ("{name}: {n} event", "{name}: {n} events"),
    "report.selection": "Shown only: {selection}",
    "selection.select": "select {value}",
    "selection.ignore": "ignore {value}",
    "selection.municipality": "municipality {value}",
    "selection.case": "case {value}",
    "selection.from": "from {value}",
    "selection.to": "to {value}",
    "report.title": "Transparency duties",
    "report.title.upcoming": "Upcoming transparency duties",
    "report.title.validation": "Records of the log",
    "validation.error": ("{n} error", "{n} errors"),
    "validation.warning": ("{n} warning", "{n} warnings"),
    "validation.note": ("{n} note", "{n} notes"),
    "validation.fine": "Nothing is wrong with the records",
    "validation.summary": ("{n} event: {problems}.", "{n} events: {problems}."),
    "report.problems.error": (
        "{n} error in the input: something was left unread",
        "{n} errors in the input: something was left unread",
    ),
    "report.problems.warning": ("{n} warning", "{n} warnings"),
    "report.rule_errors": (
        "{n} rule or plugin failed; the rest was judged",
        "{n} rules or plugins failed; the rest was judged",
    ),
    "report.rule_error": "{rule} ({plugin}): {message}",
    "report.findings_shown": "The first {n} of {total}; --format csv or json has them all.",
    "report.more": ("... and {n} more; --format json lists all", "... and {n} more; --format json lists all"),
    "section.violations": "Violations ({n})",
    "section.curable": "Violations that can still be cured ({n})",
    "section.final": "Violations that are final ({n})",
    "section.commitments": "Own commitments not kept; not law ({n})",
    "section.of_others": "Late or not done by others; no breach of the municipality ({n})",
    "section.undetermined": "Undetermined ({n})",
    "section.pending": "Pending, by last working day to act ({n})",
    "section.fulfilled": "Fulfilled ({n})",
    "section.not_applicable": "Not applicable ({n})",
    "section.summary": "Summary",
    "section.upcoming": "Upcoming until {until} ({n})",
    "section.overdue": "Missed and still owed ({n})",
    "section.undated": "May be open; no due date can be given ({n})",
    "column.finding": "Case",
    "column.due": "Due",
    "column.act_by": "Act by",
    "column.what": "What happened, and what to do",
    "column.duty": "Duty",
    "waived": "Accepted until {until} by {by} ({basis}): {reason} [{place}]",
    "section.waived": "Violations accepted by a waiver ({n})",
    "summary.waived": ("{n} accepted by a waiver", "{n} accepted by waivers"),
    "none.violations.waived": "No violations that are not accepted.",
    "none.violations": "No violations.",
    "none.upcoming": "Nothing is due until {until}.",
    "none.found": (
        "Nothing was evaluated: no obligation arises from these inputs, or none matches what was asked for."
    ),
    "advisory": "advisory",
    "commitment": "own commitment of the municipality, not law",
    "confidence.word.verified": "verified",
    "confidence.word.secondary": "secondary",
    "confidence.word.unverified": "unverified",
    "confidence.verified": "verified: the wording was seen",
    "confidence.secondary": "secondary: stated by a public body or report",
    "confidence.unverified": "unverified: the wording was not seen",
    "presumption": "Presumed: {text}",
    "bearer": "Owed by: {bearer}",
    "legal": "Law: {law} (source: {confidence})",
    "document": "Document: {law} (wording: {confidence})",
    "left.days": ("{n} day", "{n} days"),
    "left.working": ("{n} working day", "{n} working days"),
    "left.passed": "date passed",
    "left.today": "today",
    "upcoming.doubt": "May be open: {reasons}.",
    "clock_stopped": "clock stopped",
    "due_on": "due {due}",
    "feed.name": "Transparency duties: {names}",
    "feed.name.plain": "Transparency duties",
    "feed.doubt": "may be due",
    "open_until": "open until {due}",
    "none.date": "unknown",
    "summary.obligations": ("{n} obligation", "{n} obligations"),
    "summary.advisory": ("{n} of the violations is advisory", "{n} of the violations are advisory"),
    "summary.curable": (
        "{n} of the violations can still be cured",
        "{n} of the violations can still be cured",
    ),
    "summary.compliance": "Compliance {low}",
    "summary.compliance.range": "Compliance between {low} and {high}, depending on the undetermined ones",
    "summary.commitments": "Own commitments kept: {low}",
    "summary.commitments.range": (
        "Own commitments kept: between {low} and {high}, depending on the undetermined ones"
    ),
    "summary.explain": (
        "Why? transparency-check explain LOG ID {options} shows the day-by-day proof "
        "(ID: # in the first column)."
    ),
    "rule.TC-REC-001": "Events are entered within the working days allowed for recording",
    "law.none": "no provision named",
    "law.own": "no law: a rule of transparency-check itself",
    "percent": "{n:.1f} %",
}

# Plans and readiness sheets: whole sentences, as other languages order their parts otherwise.
_PLANS: dict[str, Entry] = {
    "plan.title": "Plan: {what}",
    "plan.head": "transparency-check {version}. {what}, planned from {today} on ({zone}).",
    "plan.municipality": "Municipality: {name}",
    "plan.municipality.any": (
        "For any municipality: duties of single ones are left out. Name yours with --municipality."
    ),
    "plan.configuration": "Configuration: {name}",
    "plan.stated": "Stated: {stated}",
    "plan.section.compare": "Side by side",
    "plan.column.kind": "Kind",
    "plan.column.from": "Earliest date",
    "plan.from.lawful": "lawful: {date}",
    "plan.from.whole": "all kept: {date}",
    "plan.column.on": "On {date}",
    "plan.column.conditions": "Conditions",
    "plan.column.step": "Step",
    "plan.never": "no such date found",
    "plan.compare.explained": (
        '"Lawful" is the first date for which nothing is missed that would be a violation of the law. "All '
        "kept\" also keeps what is advisory (mostly because the wording was not seen) and the municipality's "
        "own commitments."
    ),
    "plan.on.possible": "possible",
    "plan.on.lawful": "lawful, not all kept",
    "plan.on.impossible": "not lawful",
    "plan.section.on": "{kind}: {date}",
    "plan.section.earliest": "{kind}: {date}, the earliest date for which nothing is missed",
    "plan.section.lawful": "{kind}: {date}, the earliest lawful date",
    "plan.section.never": "{kind}: no lawful date found",
    "plan.possible": "On {date} nothing is missed, if every step below is taken in time.",
    "plan.lawful": (
        "{date} is lawful if the steps below are taken in time, but these can no longer be kept: {rules}. "
        "None of them would be a violation of the law. Nothing is missed from {whole} on."
    ),
    "plan.lawful.only": (
        "{date} is lawful if the steps below are taken in time, but these can no longer be kept: {rules}. "
        "None of them would be a violation of the law."
    ),
    "plan.impossible": "{date} is not lawful: {rules} can no longer be kept. Lawful from {lawful} on.",
    "plan.impossible.ever": "{date} is not lawful: {rules} can no longer be kept.",
    "plan.earlier": (
        "Lawful from {lawful} on, if these are not kept, which would be no violation of the law: {rules}."
    ),
    "plan.never.calendar": "Within three years and the calendar there is no lawful date.",
    "plan.day_off": "{date} is not a working day; the next one is {next}.",
    "plan.confirmed": (
        "Judged by the engine: who acts as proposed fulfils {n} obligation.",
        "Judged by the engine: who acts as proposed fulfils all {n} obligations.",
    ),
    "plan.unconfirmed": (
        "Judged by the engine, acting as proposed does not fulfil {rules}. Do not rely on this plan; please "
        "report it."
    ),
    "plan.doubt": (
        'Duties that may not apply are taken to apply: see "Depends on what is not stated" below.'
    ),
    "plan.given": "the event itself",
    "plan.last": "last lawful day {last}",
    "plan.last.instant": "at the latest {last}",
    "plan.first": "not before {first}",
    "plan.first.closing": "not before the end of {first}",
    "plan.missed": "missed",
    "plan.missed.last": "was due {last}",
    "plan.condition": "{condition} ({rule})",
    "plan.step": "{title} ({type})",
    "plan.asks.fulfil": "{duty}: {requirement}",
    "plan.asks.show": "{duty}: it shows {condition}",
    "plan.asks.if": "Applies only if {condition}. Not stated: {fields}.",
    "plan.asks.open": "{duty}: it stays open long enough",
    "plan.asks.close": "{duty}: it stays open long enough",
    "plan.limit.before": "{number} {unit} before {anchor}: by {due}.",
    "plan.limit.before.clear": "{number} {unit} clear before {anchor}: by {due}.",
    "plan.limit.after": "{number} {unit} after {anchor}: by {due}.",
    "plan.limit.order": "Before {anchor}.",
    "plan.limit.order.same_day": "Before {anchor}, or on the day.",
    "plan.limit.same": "On {day}.",
    "plan.limit.same.before": "On {day} or before.",
    "plan.limit.open": "Open for {number} {unit} from {anchor}: until the end of {due}.",
    "plan.limit.reading": "Read as {reading}: {limit}",
    "plan.limit.range": "A day off is not yet certain: between {first} and {last}.",
    "plan.limit.roll.forward": "A last day that is off moves to the next working day.",
    "plan.limit.roll.backward": "A last day that is off moves to the working day before.",
    "plan.limit.unknown": "A day that must be counted lies outside the calendar.",
    "plan.taken": 'Nothing says which {attribute} it is ("{type}"); the plan takes {value}.',
    "plan.section.doubtful": "Depends on what is not stated ({n})",
    "plan.doubtful.fields": "Applies only if {condition}. Not stated: {fields}; state it with --with.",
    "plan.doubtful.step": "Applies only if {condition}, which the step itself will show.",
    "plan.doubtful.anchor": "Counts from an event that is not part of the plan: {deadline}.",
    "plan.section.left": "Could not be provided for ({n})",
    "plan.left.no_calendar": "A day that must be counted lies outside the calendar of the pack.",
    "plan.left.contradiction": "What is stated contradicts it: {condition} is demanded.",
    "plan.left.no_record": "No record was found that would discharge it: {requirement}.",
    "plan.left.no_time": "Its steps contradict each other in time.",
    "plan.section.unnumbered": "Not counted: the number of days is not known ({n})",
    "plan.unnumbered": "{deadline}; {requirement}.",
    "plan.unnumbered.settle": "Your office can supply the numbers that it applies: docs/configuration.md.",
    "plan.section.others": "Periods of others ({n})",
    "sheet.title": "Readiness sheet: {case}",
    "sheet.case": "Case: {case}, {municipality}",
    "sheet.what": "{what}: {kind}",
    "sheet.what.plain": "{what}",
    "sheet.what.none": (
        "This is none of the kinds of case that the packs name ({names}). Recorded of it: {events}. The "
        "sheet shows its duties all the same."
    ),
    "sheet.what.other": "It has no date that is fixed beforehand; the sheet shows its duties all the same.",
    "sheet.fixed": "Date: {date}, fixed by: {evidence}",
    "sheet.fixed.unknown": "Date: not known. {evidence}",
    "sheet.held": "Took place: {evidence}",
    "sheet.cancelled": "Given up: {evidence}",
    "sheet.section.verdict": "Verdict: {verdict}",
    "sheet.code.ready": "ready",
    "sheet.code.ready_if": "ready if what is open is done in time",
    "sheet.code.not_lawful": "not lawful as it stands",
    "sheet.code.agenda": "what is on its agenda may not be decided yet",
    "sheet.code.undetermined": "undetermined",
    "sheet.code.cancelled": "given up",
    "sheet.code.breached": "violations",
    "sheet.code.open": "duties are open",
    "sheet.code.met": "nothing is open",
    "sheet.verdict.ready": (
        "Ready: everything that has to be done before {date} is done. What is owed on the day and after it "
        "stands below."
    ),
    "sheet.verdict.ready_if": (
        "Ready for {date} if this is done by {by}: {rules}.",
        "Ready for {date} if these {n} are done, the first by {by}, the last by {until}: {rules}.",
    ),
    "sheet.verdict.not_lawful": "Not lawful on {date} as {kind}: {rules}.",
    "sheet.verdict.not_lawful.plain": "Not lawful on {date}: {rules}.",
    "sheet.verdict.not_lawful.undated": "Not lawful: {rules}.",
    "sheet.verdict.agenda": "Not lawful to decide this on {date}: {rules}.",
    "sheet.verdict.lawful_as": (
        "Lawful on {date} as {kind}, if the steps of its plan are taken in time: {plan}"
    ),
    "sheet.verdict.lawful_as.missed": (
        "As {kind} these can no longer be kept, though no violation of the law: {rules}."
    ),
    "sheet.verdict.lawful_as.conditions": "As {kind} only if {conditions}.",
    "sheet.verdict.not_lawful_as": "Not lawful on {date} as {kind} either: {rules}.",
    "sheet.verdict.agenda_too": "Of whatever kind it is, this may not be decided: {rules}.",
    "sheet.verdict.unknown_as": "Whether it would be lawful as {kind} cannot be said.",
    "sheet.verdict.moved": "As {kind} lawful from {day} on, counted from the day of this sheet: {plan}",
    "sheet.verdict.moved.whole": "Nothing is missed as {kind} from {day} on.",
    "sheet.verdict.undetermined": "Undetermined: it cannot be said whether it is lawful.",
    "sheet.verdict.cancelled": "The date was given up: there is nothing to be ready for.",
    "sheet.verdict.breached": "Violations of the law: {rules}.",
    "sheet.verdict.open": (
        "No violation of the law was found. {n} duty is open, by {by}: {rules}.",
        "No violation of the law was found. {n} duties are open, the first by {by}: {rules}.",
    ),
    "sheet.verdict.met": "No violation of the law was found, and nothing that is judged is open.",
    "sheet.because.undetermined": "{rule}: {what}",
    "sheet.because.fields": "{rule} depends on {fields}, which is not recorded; state it with --with.",
    "sheet.because.advisory": (
        "{rule} was not kept. Its wording was not seen: if the law is as it is thought to be, this is "
        "unlawful."
    ),
    "sheet.because.broken": "{duty}: {what}",
    "sheet.because.missed": "{duty}: the last lawful day was {last}.",
    "sheet.because.conflict": "{rule} cannot be kept together with {other}.",
    "sheet.because.unclear": "{rule}: it cannot be said whether it can still be kept.",
    "sheet.lacking.date": "The date is not recorded, or cannot be read.",
    "sheet.lacking.passed": "The date {date} has passed, and nothing says that it took place.",
    "sheet.lacking.nothing": "No duty of the packs bears on it, so that nothing could be judged.",
    "sheet.lacking.number": (
        'A duty of the law is not counted, as its number of days is not known: see "Not counted" below.'
    ),
    "sheet.lacking.input": "Something of the log could not be read: transparency-check check tells what.",
    "sheet.lacking.rules": "A rule or plugin failed.",
    "sheet.commitments": (
        "{n} of the municipality's own commitments is not kept or open; that is not law.",
        "{n} of the municipality's own commitments are not kept or open; that is not law.",
    ),
    "sheet.today": "To do today: {rules}.",
    "sheet.assumed": "Assumed, not recorded: {event} on {date} (case {case}).",
    "sheet.section.todo": "To do before {date}, by last working day ({n})",
    "sheet.section.todo.plain": "Open, by last working day ({n})",
    "sheet.section.curable": "Not kept; can still be cured ({n})",
    "sheet.section.final": "Not kept; final ({n})",
    "sheet.section.missed": "Can no longer be kept for this date ({n})",
    "sheet.section.undetermined": "Undetermined ({n})",
    "sheet.section.day": "On the day, if it takes place as planned ({n})",
    "sheet.section.after": "Afterwards, if it takes place as planned ({n})",
    "sheet.section.later": "Open afterwards ({n})",
    "sheet.section.done": "Done ({n})",
    "sheet.section.linked": "Linked cases ({n})",
    "sheet.section.assumed": "What is assumed",
    "sheet.section.unnumbered": "Not counted: the number of days is not known ({n})",
    "sheet.last": "last lawful day {last}",
    "sheet.last.instant": "at the latest {last}",
    "sheet.last.order": "before it begins",
    "sheet.case_of": "case {case}",
    "sheet.expected": 'Follows from what is assumed: "{event}" on {date}.',
    "sheet.expected.show": "It has to show: {condition}.",
    "sheet.expected.done": 'Met, if what is assumed comes true ("{event}" on {date}): {evidence}.',
    "sheet.expected.either": (
        "Whether it applies is not known; what is recorded meets it in any case, if what is assumed comes "
        'true ("{event}" on {date}).'
    ),
    "sheet.unclear": "Applies only if {condition}. Not recorded: {fields}.",
    "sheet.follows": "The record is then judged by {rules}, too.",
    "sheet.linked.direct": "linked by name",
    "sheet.linked.through": "linked through another case",
    "sheet.column.case": "Case",
    "sheet.column.kind": "Kind",
    "sheet.column.link": "Link",
    "sheet.kind.none": "none that the packs name",
    "sheet.kind.unrecorded": "no event recorded",
}

# What an office's configuration says and does. `config.*` stands after file and line.
_CONFIGURATION: dict[str, Entry] = {
    "config.not_utf8": "the file is not UTF-8 from here on. Save it as UTF-8.",
    "config.deep": "the file is nested too deep to be a configuration.",
    "config.syntax": (
        "this is not TOML: {why}. Texts and ids stand in double quotes, tables in brackets; see "
        "docs/configuration.md."
    ),
    "config.municipality": "there is no municipality {name!r} in the packs used.{hint}",
    "config.municipality.several": "{name!r} names more than one municipality: {names}. Write the id.",
    "config.meant": " Did you mean `{name}`?",
    "config.duty": "there is no duty `{rule}` in the packs used.{hint}",
    "config.coded": (
        "`{rule}` is a rule in Python or of the program itself. A configuration can switch it off, with "
        "severity off, and nothing else."
    ),
    "config.version": "`{rule}` has no version under the instrument `{name}`.{hint}",
    "config.reading": "`{rule}` has no reading `{name}`.{hint}",
    "config.reading.none": "`{rule}` has one reading only: there is nothing to settle. Remove the entry.",
    "config.reading.by": (
        "who settled this is missing. Write `by` in [readings] for all of them, or "
        '{{reading = "{name}", by = "..."}} for this one.'
    ),
    "config.reading.shared": "`{key}` in [readings] is a text that holds for readings given by name alone.",
    "config.number.none": "`{rule}` has no deadline, length or count that a number could go into.",
    "config.number.reading": (
        "the reading `{name}` of `{rule}` states its own number, and no other reading is left. Settle "
        "another reading, or remove the number."
    ),
    "config.number.count": "`{rule}` counts events: its number has no unit and no roll. Remove them.",
    "config.number.zero": "0 would make another duty of `{rule}`. Supply a number of 1 or more.",
    "config.number.differ": (
        "the versions of `{rule}` have different numbers: {list}. Say with `version` which one this is for."
    ),
    "config.number.hours": "`{rule}` cannot be counted in hours under one version and in days under another.",
    "config.number.clear": (
        "`{rule}` counts clear days, in itself or in a reading: hours cannot be clear (semantics 3.5). Say "
        "days, weeks, months or years, or settle a reading without clear days."
    ),
    "config.number.roll": "`roll` holds for all versions of `{rule}`. Leave out `roll` or `version`.",
    "config.number.unfit": "`{rule}` cannot take this number: {why}.",
    "config.number.rest": (
        "the number of `{rule}` is also unknown under {names}, and the duty is judged only once all are "
        "known. Leave out `version`, or supply them too."
    ),
    "config.presumption": (
        "what the pack presumes is about another number and falls away, so findings are advisory unless the "
        "text is confirmed"
    ),
    "config.all_versions": "all versions",
    "config.severity.binds": "`{rule}` is {binds}: findings of it can never be violations.",
    "config.severity.unverified": (
        "every version of `{rule}` is unverified, and what is unverified is never a violation. Confirm the "
        "text under [confirmations] first."
    ),
    "config.adopted": "there is no pack `{pack}`.{hint}",
    "config.adopted.law": (
        "the pack `{pack}` need not be adopted: it binds wherever it is used. Remove the entry, or leave the "
        "pack out of `packs`."
    ),
    "config.adopted.unused": "the pack `{pack}` is not used; used are: {packs}. Add it to `packs`.",
    "config.unadopted": (
        "no municipality has adopted it: the pack {pack} binds only those named under [adopted] in the "
        "configuration"
    ),
    "config.closure.other": (
        "all duties of a run are counted by one calendar, so days off of one municipality need a "
        'configuration of its own. Write municipality = "{name}" at the top of the file, or leave out '
        "`municipality` here for days that hold for all."
    ),
    "config.closure.strangers": (
        "this day off is one of {name} alone, and the log also holds {others}. Check them apart, or with "
        "--no-config."
    ),
    "config.closure.outside": (
        "{days} lies outside the calendar of the pack, which runs from {first} to {last}."
    ),
    "config.coverage.none": "the packs used know no event that declares coverage. Remove the entry.",
    "config.coverage.municipality": (
        "say for which municipality, here or with `municipality` at the top of the file."
    ),
    "config.coverage.period": "`period`: {why}.",
    "config.coverage.family": "`{name}` is not the first part of any event type.{hint}",
    "config.idle.duty": "none of the packs named on the command line has the duty",
    "config.idle.pack": "the pack is not among those named on the command line",
    "config.idle.verified": "no version of the duty is unverified",
    "config.idle.severity": "the duty has the weight {severity} already",
    "config.idle.no_adopter": "no municipality is named",
    "binds.municipality": "a duty of the municipality",
    "binds.authority": "a duty of another authority, not of the municipality",
    "binds.nobody": "a right; not using it is no breach",
    "configured.number": "Number supplied by {by}: {value} ({source})",
    "configured.confirmation": "Text confirmed by {by}: {source}",
    "configured.confirmation.note": "Text confirmed by {by}: {source}; {note}",
    "configured.reading": "Reading {value} settled by {by}",
    "configured.reading.source": "Reading {value} settled by {by}: {source}",
    "configured.severity": "Weight set to {value} by {by}: {note}",
    "configured.adoption": "Adopted by: {value}",
    "configured.closure": "Office closed {subject}: {value} ({source})",
    "configured.coverage": "Declared as complete, {value}",
    "configured.coverage.source": "Declared as complete, {value} ({source})",
    "configured.hidden": (
        "{n} finding is not shown, violations among them: {violations}",
        "{n} findings are not shown, violations among them: {violations}",
    ),
    "configured.about": "{subject}: {what}",
    "configured.remark": "{what}: {remark}",
    "report.configuration": "Configuration: {name}",
    "report.configuration.municipality": "{name}; rows that name no municipality belong to {municipality}",
    "report.configuration.used": "Set by the office, line {line}: {what}",
    "report.configuration.unused": "Without effect here, line {line}: {what}",
    "config.none": "No transparency-check.toml in this folder or above it: nothing is configured.",
    "config.line": "Line",
    "config.setting": "Setting",
    "config.effect": "What it does",
    "config.head": "{name}: municipality {municipality}; packs {packs}",
    "config.head.no_municipality": "none",
    "config.count": ("{n} setting", "{n} settings"),
    "config.kind.number": "number",
    "config.kind.confirmation": "confirmation",
    "config.kind.reading": "reading",
    "config.kind.severity": "severity",
    "config.kind.adoption": "adopted",
    "config.kind.closure": "closure",
    "config.kind.coverage": "coverage",
    "effect.number": "{subject} is judged with {value}.",
    "effect.confirmation": (
        "{subject} ({value}) weighs what its severity says, although the pack calls it unverified."
    ),
    "effect.reading": "Of {subject}, only the reading {value} is judged.",
    "effect.severity": "Findings of {subject} are {value}.",
    "effect.severity.off": "Findings of {subject} are left out of reports; their number is told.",
    "effect.adoption": "The duties of {subject} bind {value}.",
    "effect.closure": "{subject} is no working day: {value}.",
    "effect.coverage": "What the logs of {subject} do not record did not happen, {value}.",
    "effect.remark": "{effect} But {remark}.",
    "effect.idle": "Nothing: {why}.",
}

_EXPLAIN: dict[str, Entry] = {
    "explain.heading": "Finding {id}",
    "explain.outcome": "Outcome",
    "explain.because": "In words",
    "explain.duty": "Duty",
    "explain.case": "Case",
    "explain.period": "Period",
    "explain.municipality": "Municipality",
    "explain.law": "Law",
    "explain.link": "Link",
    "explain.version": "Version",
    "explain.version.text": "{instrument}, in force from {from_} to {to}",
    "explain.version.open": "(open)",
    "explain.confidence": "Source",
    "explain.presumption": "Presumed",
    "explain.bearer": "Owed by",
    "explain.configured": "Set by office",
    "explain.trigger": "Follows from",
    "explain.anchor": "Counted from",
    "explain.due": "Due",
    "explain.act_by": "Act by",
    "explain.coverage": "Coverage",
    "explain.readings": "How the date is counted",
    "explain.reading": "Reading: {name}",
    "explain.reading.source": "Reading: {name} (source: {source})",
    "explain.reading.due": "Due {due}: {outcome}.",
    "explain.reading.undated": "Result: {outcome}.",
    "explain.step.day": "Day",
    "explain.step.weekday": "",
    "explain.step.count": "No.",
    "explain.step.why": "Why",
    "explain.candidates": "Records considered",
    "explain.candidate.event": "Record",
    "explain.candidate.verdict": "Taken?",
    "explain.candidate.why": "Why",
    "explain.no_candidates": "No record of the needed kind was found.",
    "verdict.used": "yes",
    "verdict.rejected": "no",
    "verdict.doubtful": "doubtful",
    "candidate.in_time": "in time",
    "candidate.late": "after the due date",
    "candidate.before_trigger": "before the duty arose",
    "candidate.after_anchor": "after the date it had to precede",
    "candidate.condition_false": "does not meet the condition of the duty",
    "candidate.missing_field": ("whether it meets the condition is not recorded or cannot be read: {fields}"),
    "candidate.missing_link": "it names no case that can be read",
    "candidate.time_of_day": "the time of day decides and is not recorded",
    "candidate.unreadable_record": "the record cannot be read in full",
    "candidate.conflicting_records": "records with this id contradict each other",
    "candidate.other_case": "belongs to another case",
    "candidate.counted": "counts for the duty",
    "candidate.later": "an earlier record discharges the duty",
    "covered.declared": "{first} to {last}: {families} (declared at {place})",
    "covered.assumed": "{first} to {last}: {families} (assumed: nothing declared)",
    "note.count": "Counted from {first} to {last}, both included (semantics 4.11).",
    "note.content": "Judged at the event itself: nothing is counted (semantics 4.9).",
    "note.standing": "Holds at all times: nothing is counted (semantics 4.20).",
    "note.hours.after": (
        "{n} hour of elapsed time after the moment it is counted from, days off included (semantics 3.7).",
        "{n} hours of elapsed time after the moment it is counted from, days off included (semantics 3.7).",
    ),
    "note.hours.before": (
        "{n} hour of elapsed time before the moment it is counted from, days off included (semantics 3.7).",
        "{n} hours of elapsed time before the moment it is counted from, days off included (semantics 3.7).",
    ),
    "covered.open": "open",
    "covered.all": "all kinds of events",
    "counted": "counted",
    "counted.doubtful": " (doubtful: tried both ways)",
    "off.weekend": "weekend",
    "off.outside": "outside the calendar of the pack",
    "off.holiday": "day off",
    "off.source": ", {source}",
    "off.status": " ({status})",
    "status.official": "official",
    "status.official-calendar": "official-calendar",
    "status.derived": "derived",
    "status.announced": "announced",
    "status.estimated": "estimated",
    "status.uncertain": "uncertain",
    "off.stopped": "the clock is stopped since {first}",
    "off.stopped.until": "the clock is stopped from {first} until {restart}",
    "count.after": (
        "{period} after {anchor}: that day is not counted, the next is day 1 (semantics 3.1, 3.2, 3.4)."
    ),
    "count.after.working": (
        "{period} after {anchor}: that day is not counted, and only working days are (semantics 3.3)."
    ),
    "count.before": (
        "{period} before {anchor}: that day is not counted, the day before is day 1 (semantics 3.5)."
    ),
    "count.before.working": (
        "{period} before {anchor}: that day is not counted, and only working days are (semantics 3.3, 3.5)."
    ),
    "count.zero": "Nothing is counted: the day itself, {anchor}, is the limit.",
    "count.extension": (
        "Lengthened by {n} in one go (semantics 4.13).",
        "Lengthened by {n} in one go (semantics 4.13).",
    ),
    "count.clipped": "The month of the end has no such day number: its last day is taken (semantics 3.4).",
    "count.clear": (
        "The counted days must lie wholly between: the day before, {day} (clear days, semantics 3.5)."
    ),
    "count.roll.over": "{day} ({why})",
    "count.roll": "The last day is off: {over}. It moves to {day} (semantics 3.2).",
    "count.due": "Last lawful day: {day}.",
}

_WEEKDAYS: dict[str, Entry] = {
    "weekday.date": "{weekday} {day}",
    "weekday.0": "Mon",
    "weekday.1": "Tue",
    "weekday.2": "Wed",
    "weekday.3": "Thu",
    "weekday.4": "Fri",
    "weekday.5": "Sat",
    "weekday.6": "Sun",
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_CALENDAR: dict[str, Entry] = {
    **{f"month.{n}": name for n, name in enumerate(_MONTHS, 1)},
    # Behind the number of a day, where a language may have another form of it.
    **{f"month.of.{n}": name for n, name in enumerate(_MONTHS, 1)},
    "calendar.heading": "Working days {year}",
    "calendar.month": "Month",
    "calendar.working": "Working days",
    "calendar.off": "Days off",
    "calendar.weekend": "Weekend",
    "calendar.total": "Year",
    "calendar.span": "{n} ({fewest} to {most})",
    "calendar.date": "Date",
    "calendar.weekday": "",
    "calendar.day": "Day",
    "calendar.status": "Status",
    "calendar.what": "What, and how it is known",
    "calendar.day.working": "working",
    "calendar.day.weekend": "weekend",
    "calendar.day.off": "off",
    "calendar.day.doubtful": "doubtful",
    "calendar.day.outside": "not covered",
    "calendar.doubtful": (
        "Doubtful days are estimated or uncertain: due dates are tried both ways (semantics 3.9). The "
        "number before the brackets takes estimated days as off and uncertain ones as worked."
    ),
    "calendar.outside": (
        "{n} day of this year lies outside the calendar and is not counted.",
        "{n} days of this year lie outside the calendar and are not counted.",
    ),
}

_RULES: dict[str, Entry] = {
    "rules.id": "Duty",
    "rules.title": "Title",
    "rules.deadline": "Deadline",
    "rules.confidence": "Source",
    "rules.severity": "Weight",
    "rules.bearer": "Owed by",
    "rules.trigger": "Arises from",
    "rules.requires": "Requires",
    "rules.counted": "Counts",
    "rules.must": "Must hold",
    "rules.unless": "Unless",
    "rules.instead": " (then {rule})",
    "rules.readings": "Readings",
    "rules.reading": "{name}: {source}",
    "rules.versions": "In force",
    "rules.law": "Law",
    "rules.section": "Section",
    "rules.quote": "Quote",
    "rules.link": "Link",
    "rules.notes": "Notes",
    "rules.help": "What to do",
    "rules.examples": "Examples",
    "rules.example": "{name} (as of {as_of}): {expected}",
    "rules.expected.due": "{outcome}, due {due}",
    "rules.expected.none": "no obligation",
    "rules.example.label": "Example",
    "rules.not_checkable": "Not checkable",
    "rules.binds": "Binds",
    "rules.arises": "Arises",
    "rules.timeline": "Timeline",
    "rules.together": "Together",
    "rules.belongs": "Belongs by",
    "rules.unknown": "Number",
    "rules.counting": "How",
    "rules.records": "Records",
    "rules.vouched": "Vouched for",
    "rules.confidence.label": "Source",
    "rules.presumed": "Presumed",
    "rules.instruments": "Instruments",
    "page.what": "What it is",
    "page.applies": "When it applies",
    "page.expects": "What it expects",
    "page.counting": "How it is counted",
    "page.evidence": "What a log must show",
    "page.assumed": "What is assumed",
    "page.law": "What it rests on",
    "page.examples": "Examples",
    "page.office": "What the office has set",
    "page.arises.count": "by itself, once in every civil period that the log covers",
    "page.arises.calendar": "by itself, on every such date that the log covers",
    "page.arises.standing": "at all times: one record is needed",
    "page.union": "the publications of one case and kind are judged together, each piece by any of them",
    "page.unknown": "not known: nothing is judged until an office supplies it, with its source",
    "page.correlate": "{by}, not by case",
    "page.correlate.window": ", within {number} {unit} from what started it",
    "page.roll.none": "A last day that is a day off stays where it is.",
    "page.roll.forward": "A last day that is a day off moves to the next working day.",
    "page.roll.backward": "A last day that is a day off moves to the working day before.",
    "page.about": (
        "A document belongs to the date by its period, which begins in: {about}. One without a period "
        "belongs by its own date."
    ),
    "page.window": "Only what happens within {window} of the year is in time.",
    "page.only_if": "Only for periods that held {event}.",
    "page.period": "What happens within the civil period counts; due at its end.",
    "page.open": "The day of opening is excluded; the last day is not moved.",
    "page.closed_by": "It closes with {event}, else at the planned date.",
    "page.hours": "Hours run from the instant without stop, over days off and clock changes.",
    "page.zero.before": "It comes before: on the same day the recorded times decide.",
    "page.zero.before.same": "It comes before, or on the same day.",
    "page.zero.after": "On the day itself.",
    "page.zero.after.same": "On the day itself.",
    "page.excluded.after": (
        "The day itself is excluded; the next day is day 1, and the last day counts in full."
    ),
    "page.excluded.before": (
        "The day itself is excluded; the day before is day 1, and acting on the last day counted back is "
        "in time."
    ),
    "page.working": "Working days are Monday to Friday, less the days off of the calendar.",
    "page.clear": "The day itself is excluded, and so is that of acting: so many whole days lie between.",
    "page.any_time": "What was done before also counts.",
    "page.not_before": "What was done up to {number} {unit} before also counts.",
    "page.extended": "{event}, in time, adds {add} to the number; counted in one go.",
    "page.suspended": "The clock stops with {stops} and goes on with {goes_on}.",
    "page.record": "{event} ({title})",
    "page.record.attributes": ": {attributes}",
    "page.vouched": (
        "The law asks more than the other attributes can show. Without this duty's id in {attribute} the "
        "verdict stays open."
    ),
    "page.confidence.verified": "verified: the wording is confirmed, or quoted verbatim",
    "page.confidence.secondary": (
        "secondary: an authority, a municipality, a report or the press states the rule"
    ),
    "page.confidence.unverified": (
        "unverified: believed or unknown; advisory, unless something is presumed or an office confirms it"
    ),
    "page.presumed": "{text} (decided by {decided_by})",
    "page.instrument": "{id}: {title}, {from_} to {to} ({confidence})",
    "page.replaced_by": "; replaced by {id}",
    "page.remark": "{said}; {note}",
    "page.counted": "Counted by hand: {counted}",
    "book.generated": "<!-- Generated by `transparency-check rules pages`; edit the packs instead. -->",
    "book.title": "What of the law is covered",
    "book.intro": (
        "Every duty of the bundled packs under the instruments it rests on, with the article as far as a "
        "source gives it. "
        "How sure a source is: verified, secondary, unverified (rules/kosovo/README.md). Open legal "
        "questions: "
        "[questions.md](questions.md). Real cases: [practice.md](practice.md)."
    ),
    "book.instruments": "Instruments, articles, duties",
    "book.unjudged": "Listed, and not judged",
    "book.pack": "Pack",
    "book.duties": "Duties",
    "book.judged": "judged",
    "book.advisory": "judged, advisory as unverified",
    "book.unknown": "number unknown",
    "book.not_checkable": "no log can check it",
    "book.in_force": "`{id}`, in force {from_} to {to} ({confidence})",
    "book.expected": "As of {as_of}: {expected}.",
    "deadline.yearly": "every year on {days} {months}",
    "deadline.monthly": "every month on day {days}",
    "deadline.weekly": "every {day}",
    "day.last": "the last",
    "day.number": "{number}",
    **{f"weekday.long.{n}": name for n, name in enumerate(_LONG_WEEKDAYS)},
    "rules.municipalities": "Only in",
    "rules.replaces": "Replaces",
    "rules.configured": "Set by office",
    "rules.commitment": "; own commitment of the municipality, not law",
    "rules.count": ("{n} duty", "{n} duties"),
    "rules.test.passed": ("{n} example holds", "{n} examples hold"),
    "rules.test.failed": ("{n} does not", "{n} do not"),
    "rules.test.failure": '{rule}, example "{name}": {message}',
    "rules.test.none": "The chosen duties have no examples.",
    "rules.mutate.duty": "Duty",
    "rules.mutate.mutants": "Mutants",
    "rules.mutate.killed": "Killed",
    "rules.mutate.share": "Share",
    "rules.mutate.failing": '{rule}, example "{name}": does not hold as it is, so it was left out.',
    "rules.mutate.number": "{rule}: no example notices {subject} {was} -> {becomes}",
    "rules.mutate.dropped": '{rule}, example "{name}": the same without {subject} ({was})',
    "rules.mutate.shifted": '{rule}, example "{name}": the same with {subject} {was} -> {becomes}',
    "rules.mutate.explained": "Explained",
    "rules.mutate.because.not_judged": (
        "{n} survives because nothing is judged: a number is unknown.",
        "{n} survive because nothing is judged: a number is unknown.",
    ),
    "rules.mutate.because.not_read": (
        "{n} survives because the duty reads no such record: the example shows that it does not count.",
        "{n} survive because the duty reads no such record: the example shows that it does not count.",
    ),
    "rules.mutate.because.time_not_asked": (
        "{n} survives because the duty does not ask when that was recorded to have happened.",
        "{n} survive because the duty does not ask when that was recorded to have happened.",
    ),
    "rules.mutate.because.noticed_elsewhere": (
        "{n} survives away from any limit; another example notices the same change of such a record.",
        "{n} survive away from any limit; another example notices the same change of such a record.",
    ),
    "rules.mutate.summary": (
        "{killed} of {mutants} mutants killed, {explained} survive for a reason: {share}."
    ),
    "rules.new.written": (
        "{path} written. Fill it in, then run: transparency-check rules test --pack {pack} --select "
        "{rule}, and rules lint the same way."
    ),
    "rules.lint.line": "{place}: {severity} {code}: {message}",
    "problem.error": "error",
    "problem.warning": "warning",
    "rules.lint.none": "Nothing found.",
    "rules.lint.summary": "{errors}, {warnings}.",
    "rules.lint.errors": ("{n} error", "{n} errors"),
    "rules.lint.warnings": ("{n} warning", "{n} warnings"),
    "severity.violation": "violation",
    "severity.advisory": "advisory",
    "severity.off": "off",
    "deadline.before": "{number} {unit} before {anchor}",
    "deadline.before.clear": "{number} {unit} clear before {anchor}",
    "deadline.after": "{number} {unit} after {anchor}",
    "deadline.before.unknown": "an unknown number of {unit} before {anchor}",
    "deadline.after.unknown": "an unknown number of {unit} after {anchor}",
    "number.unknown": "unknown",
    "deadline.before.zero": "before {anchor}",
    "deadline.after.zero": "by the day of {anchor}",
    "deadline.count": "{number} per {per}",
    "deadline.count.within": "{number} per {per}, in its {within}",
    "per.year": "year",
    "per.half": "half",
    "per.quarter": "quarter",
    "per.month": "month",
    "per.week": "week",
    "per.day": "day",
    "per.working-day": "working-day",
    "within.first-half": "first-half",
    "within.second-half": "second-half",
    "within.first-quarter": "first-quarter",
    "about.same-year": "same-year",
    "about.next-year": "next-year",
    "about.previous-year": "previous-year",
    "about.previous-quarter": "previous-quarter",
    "about.same-month": "same-month",
    "about.previous-month": "previous-month",
    "deadline.calendar": "{rrule}",
    "deadline.open": "open for {number} {unit}",
    "deadline.content": "at the event",
    "deadline.standing": "at all times",
    "deadline.code": "as its code says",
    "deadline.none": "not checkable",
    "unit.hour": ("hour", "hours"),
    "unit.calendar-day": ("day", "days"),
    "unit.working-day": ("working day", "working days"),
    "unit.week": ("week", "weeks"),
    "unit.month": ("month", "months"),
    "unit.year": ("year", "years"),
    "version": "{instrument}, {from_} to {to}: {confidence}",
    "version.n": ", {number} {unit}",
    "version.presumption": ". Presumed: {text} (decided by {decided_by})",
    "selector": "{event} with {where}",
    "selector.obligation": "{rule} being {outcomes}",
    "trigger.take.first": " (the first of a case)",
    "trigger.take.last": " (the last of a case)",
    "trigger.moved_by": "; moved by {event}",
    "trigger.cancelled_by": "; ended by {event}",
    "test.is": "{name} {values}",
    "test.not": "not {test}",
    "test.and": " and ",
    "test.or": " or ",
    "test.present": "{name} recorded",
    "test.absent": "{name} not recorded",
    "test.includes_all": "{name} with all of {values}",
    "test.official_languages": "the official languages of the municipality",
    "test.at_least": "{name} at least {value}",
    "test.more_than": "{name} more than {value}",
    "test.at_most": "{name} at most {value}",
    "test.less_than": "{name} less than {value}",
    "test.share": "{share} of {field}",
    "value.true": "yes",
    "value.false": "no",
}

_PLUGINS: dict[str, Entry] = {
    "plugins.name": "Plugin",
    "plugins.version": "Version",
    "plugins.adds": "Adds",
    "plugins.state": "State",
    "plugins.bundled": "built in",
    "plugins.fine": "works",
}

_SERVICES: dict[str, Entry] = {
    "remark.problem": "Problem of the input: {code}",
    "remark.failure": "A rule, or another part of a plugin, failed",
    "remark.known": "Known before: it stands in the baseline.",
    "remark.error": ("{n} error", "{n} errors"),
    "remark.warning": ("{n} warning", "{n} warnings"),
    "remark.notice": ("{n} notice", "{n} notices"),
    "remark.error.word": "error",
    "remark.warning.word": "warning",
    "remark.summary": "transparency-check: {errors}, {warnings} and {notices}.",
    "remark.summary.some": (
        "transparency-check: {errors}, {warnings} and {notices}. Shown are at most {most} of each, the most "
        "serious first; --format json=FILE holds all."
    ),
    "remark.cut": "The summary of this step has no room for the rest; --format html=FILE holds all of it.",
    "sarif.root": "The folder of the repository, or the one that the program was started in.",
    "sarif.input": (
        "Something of a log, or of a file beside it, could not be read as it stands. What it may decide "
        "stays undetermined until it is corrected."
    ),
    "sarif.resolved": "It stands in the baseline, and is no violation any more.",
    "sarif.left_out": (
        "{n} result less serious than these {written} is left out: code scanning takes no more.",
        "{n} results less serious than these {written} are left out: code scanning takes no more.",
    ),
    "sarif.shown": "Of {written} results GitHub shows {n}, the most serious ones.",
    "xlsx.sheet.findings": "Findings",
    "xlsx.sheet.problems": "Problems",
    "xlsx.duty": "Number of the duty",
    "xlsx.outcome": "Outcome",
    "xlsx.weight": "Weight",
    "xlsx.case": "Case or file",
    "xlsx.period": "Period",
    "xlsx.late": "Late by",
    "xlsx.law": "Law",
    "xlsx.source": "Source of the law",
    "xlsx.bearer": "Owed by",
    "xlsx.known": "Known before",
    "xlsx.known.waived": "waived",
    "xlsx.known.new": "new",
    "xlsx.known.unchanged": "known",
    "xlsx.place": "Place",
    "xlsx.id": "Id",
    "xlsx.severity": "Kind",
    "xlsx.code": "Code",
    "xlsx.problem": "What is wrong",
    "xlsx.left": (
        "{n} row is left out, as a sheet can hold no more; --format csv=FILE holds all.",
        "{n} rows are left out, as a sheet can hold no more; --format csv=FILE holds all.",
    ),
}

_COMMANDS: dict[str, Entry] = {
    "help.main": "Check a municipality's event log against the transparency duties of the law.",
    "help.check": "Say which duties were met, which were violated and which come next.",
    "help.upcoming": "List the duties that fall due soon, by last working day to act.",
    "help.explain": "Prove one finding: the law, the records, and every day counted or skipped.",
    "help.rules": "Read and test the duties of a pack.",
    "help.rules.list": "List the duties.",
    "help.rules.show": "Show one duty as a lawyer would read it.",
    "help.rules.pages": (
        "Write the packs as a book in Markdown: a page per duty, and what of the law is covered."
    ),
    "book.written": ("{n} page written to {folder}", "{n} pages written to {folder}"),
    "help.rules.test": "Run the examples that stand in the duties.",
    "help.config": "See what your office has configured.",
    "help.config.show": "Show the settings in force, with their lines and what each of them does.",
    "help.rules.lint": (
        "Find what is wrong, thin or dead in the duties of a pack, beyond what keeps it from loading."
    ),
    "help.rules.mutate": (
        "Judge every example again with an event shifted or gone, or a number of the duty shifted by one, "
        "and list what no expectation notices."
    ),
    "help.exit.mutate": (
        "Exit codes: 0 whatever survives; 1 an example does not hold as it is; 2 wrong usage, or a pack "
        "that cannot be used; 5 the chosen duties have no examples."
    ),
    "help.list.area": "Only duties of this area, as MTG. Repeatable.",
    "help.list.confidence": (
        "Only duties this sure: by the version in force --on that day, else by the latest. Repeatable."
    ),
    "help.list.municipality": "Only duties that bind this municipality: its id or name.",
    "help.list.on": "Only duties with a version in force on this day (YYYY-MM-DD).",
    "help.list.judged": "Only duties that a log can judge, or only those that none can.",
    "help.list.pack": "Pack of duties: a name or a folder. Repeatable. Default: every bundled pack.",
    "help.rules.new": (
        "Write a file for the new duty ID that loads, with examples that hold, to be filled in."
    ),
    "help.exit.new": "Exit codes: 0 written; 2 wrong usage, or a pack that cannot be used.",
    "help.new.pack": "The pack that the duty belongs to, usually a folder (./rules/kosovo).",
    "help.new.shape": (
        "What kind of duty: something by a time after or before another, what a record must show, a "
        "minimum length, a number in each period, a date that recurs, or what holds at all times."
    ),
    "help.new.title": "Title of the duty in English.",
    "help.exit.lint": "Exit codes: 0 no error; 1 an error; 2 wrong usage, or a pack that cannot be used.",
    "help.calendar": (
        "Show the working days and days off of a year, how sure each is, and where it comes from."
    ),
    "help.session": (
        "The readiness sheet of a case, usually a session: every duty that bears on it, what is open and by "
        "when, and whether it may be held."
    ),
    "short.session": "May we hold it? Every duty of one session, and a verdict.",
    "help.session.case": "CASE is a case of the log.",
    "help.session.with": (
        "What is known of what is still to come, as consultation_required=yes: an attribute of the events "
        "that are assumed. Repeatable."
    ),
    "help.session.municipality": "The municipality of the case, where several have one of that name.",
    "help.exit.session": (
        "Exit codes: 0 whatever the verdict; 2 wrong usage, or an input that could not be read in full; "
        "3 a rule or plugin failed; 130 interrupted."
    ),
    "help.plan": (
        "Plan a case: from a date back to the last day of every step, or forward to the earliest lawful "
        "date. Kinds stand side by side."
    ),
    "short.plan": "When it may lawfully be, and the last day of every step.",
    "help.plan.what": (
        "WHAT is a kind of case that the packs name: session, consultation, act or request in the pack "
        "kosovo."
    ),
    "help.exit.plan": (
        "Exit codes: 0 planned; 2 wrong usage, or a pack or configuration that cannot be used."
    ),
    "help.plan.on": (
        "The wished date (YYYY-MM-DD, or with time YYYY-MM-DDTHH:MM). Without it, the earliest date for "
        "which nothing is missed is looked for."
    ),
    "help.plan.from": "The first day on which steps can be taken (YYYY-MM-DD). Default: now.",
    "help.plan.kind": "Only this kind, as ordinary or urgent. Repeatable. Default: all side by side.",
    "help.plan.with": (
        "What else is known of the case, as consultation_required=yes: an attribute of its events. "
        "Repeatable."
    ),
    "help.plan.municipality": (
        "Plan for this municipality: its id or name. Default: that of the configuration, else any."
    ),
    "help.exit.calendar": "Exit codes: 0 shown; 2 wrong usage, or a year that the calendar does not cover.",
    "help.plugins": "See what plugins add.",
    "help.plugins.list": "List the installed plugins and what they add.",
    "short.check": "What was met, what was violated, what is pending.",
    "short.upcoming": "What falls due soon.",
    "short.score": "How much was kept, by municipality, area and period.",
    "help.score": (
        "Count what was kept of what was owed, by municipality, area and period: the share of fulfilled "
        "obligations, with undetermined ones counted as violated and as fulfilled."
    ),
    "help.score.per": "The periods of the trend: year, quarter (the default), month.",
    "help.score.badge": (
        "Write a picture (SVG) of the rate under law: of the municipality, or of all together, where there "
        "are several."
    ),
    "help.exit.score": (
        "Exit codes: 0 whatever the score; 2 wrong usage, or an input that could not be read in full; 3 a "
        "rule or plugin failed; 5 nothing was evaluated; 130 interrupted."
    ),
    "score.title": "Transparency duties kept",
    "score.section.law": "{name}, law: {rate}",
    "score.section.commitment": "{name}, own commitments, no law: {rate}",
    "score.section.read": "How to read this",
    "score.explained": (
        "The share of fulfilled obligations among those that were judged: the lower bound counts "
        "undetermined ones as violated, the upper one as fulfilled. What is pending or not applicable is not "
        "counted; what was done late counts as not kept. An obligation stands in the period of its due day. "
        "Method and limits: docs/score.md."
    ),
    "score.others": (
        "Law and own commitments are never added up; duties of central authorities and rights of others are "
        "in neither."
    ),
    "score.column.area": "Area",
    "score.column.year": "Year",
    "score.column.quarter": "Quarter",
    "score.column.month": "Month",
    "score.column.rate": "Kept",
    "score.column.numbers": "Of how many",
    "score.range": "{low} to {high}",
    "score.none": "nothing judged",
    "score.undated": "at all times",
    "score.numbers": (
        "{n} judged: {fulfilled} fulfilled, {late} late, {violated} violated, {undetermined} undetermined",
        "{n} judged: {fulfilled} fulfilled, {late} late, {violated} violated, {undetermined} undetermined",
    ),
    "score.badge": "transparency {name}",
    "score.badge.all": "transparency",
    "score.badge.title": "{label}: duties of the law kept, {rate}, as of {as_of}",
    "short.schema": "The JSON Schema of a file or record.",
    "help.schema": (
        "Print the JSON Schema NAME, for editors and other programs; without NAME, list them. The schema "
        "event is made from the vocabulary of the packs."
    ),
    "help.exit.schema": "Exit codes: 0 printed; 2 wrong usage, or a pack that cannot be used.",
    "schema.line": "{name}: {title}",
    "error.schema": "There is no schema {name}. Known are: {names}.",
    "error.schema.pack": "--pack is for the schema event; {name} is the same for all packs.",
    "short.validate": "Look at the records alone: what is broken, impossible, odd.",
    "help.validate": (
        "Look at the records alone, without judging duties: what cannot be read, contradicts itself, is "
        "dated in the future, leads nowhere or looks odd. With --fix, what can be mended without loss is "
        "written beside the log."
    ),
    "help.validate.select": "Only problems of this code, or that begin so. Repeatable.",
    "help.validate.ignore": "Not problems of this code, or that begin so. Repeatable.",
    "help.validate.fail_on": (
        "Exit with 1 from this weight on: error, warning, note, never. What was left unread exits with 2, "
        "but for never."
    ),
    "help.validate.as_of": (
        "What is dated after this date or time is in the future (YYYY-MM-DD or YYYY-MM-DDTHH:MM). Default: "
        "now."
    ),
    "help.validate.fix": (
        "Write LOG.fixed beside the log (log.fixed.jsonl), with what can be mended without loss: blanks "
        "around values, dates as 2024-1-5, other words for names, ends of lines, the same record twice. "
        "Every change is told on standard error; the log stays as it is."
    ),
    "help.exit.validate": (
        "Exit codes: 0 nothing at or above --fail-on; 1 an error that only this command looks for, or what "
        "--fail-on names; 2 wrong usage, or an input that could not be read in full; 3 a plugin failed; "
        "130 interrupted."
    ),
    "fix.value": "{place}: {column}: {before} becomes {after}",
    "fix.header": "{place}: the key or header {before} becomes {after}",
    "fix.dropped": "{place}: left out, as it is the same as {after}",
    "fix.mark": "{place}: the byte order mark is left out",
    "fix.line_ends": (
        "{place}: {n} end of a line (CRLF) becomes LF",
        "{place}: {n} ends of lines (CRLF) become LF",
    ),
    "fix.not": (
        "{name}: not mended. Only JSON lines and CSV in UTF-8 that are neither packed nor read from standard "
        "input are; correct others in the program that they come from."
    ),
    "fix.nothing": "{name}: there is nothing that could be mended without loss.",
    "fix.written": (
        "{path}: {n} change. {name} stays as it is.",
        "{path}: {n} changes. {name} stays as it is.",
    ),
    "error.fix.exists": "{path} is already there and is not replaced. Look at it, then move or delete it.",
    "error.code": "No problem has the code {name}, or one that begins so.",
    "short.compare": "Judge a log twice, and show only what moves.",
    "short.waive": "Accept a violation: who, why, until when.",
    "short.explain": "Why: the day-by-day proof of one finding.",
    "help.log": ("LOG is a file (JSONL, JSON, CSV, XLSX, ODS), a folder of them, or - for standard input."),
    "help.exit": (
        "Exit codes: 0 no violation; 1 violation; 2 wrong usage, or an input that could not be read in full; "
        "3 a rule or plugin failed; 5 nothing was evaluated; 130 interrupted."
    ),
    "help.exit.upcoming": (
        "Exit codes: 0 whatever falls due; 2 wrong usage, or an input that could not be read in full; "
        "3 a rule or plugin failed; 5 nothing was evaluated; 130 interrupted."
    ),
    "help.as_of": "Judge the log at this date or time (YYYY-MM-DD or YYYY-MM-DDTHH:MM). Default: now.",
    "help.known_at": "Believe only what was recorded by this date or time. Default: as-of.",
    "help.pack": (
        "Pack of duties: a name or a folder. Repeatable. Default: those of the configuration, else kosovo."
    ),
    "help.select": "Only these duties: an id, the beginning of one, an area, or a pack. Repeatable.",
    "help.ignore": "Not these duties: an id, the beginning of one, an area, or a pack. Repeatable.",
    "help.municipality": "Show only this municipality: its id or name. Repeatable.",
    "help.case": "Show only this case. Repeatable.",
    "help.from": "Show only what is due on this day or later.",
    "help.to": "Show only what is due on this day or earlier.",
    "help.format": "How to write the result. Default: as the name of the output says, else table.",
    "help.formats": (
        "How to write the result; may be repeated. NAME goes to --output or the terminal, NAME=FILE to that "
        "file. Default: as the name of the output says, else table."
    ),
    "help.format.short": "How to write the result.",
    "help.output": "Write to this file instead of the terminal.",
    "help.all": (
        "Also what needs no attention: fulfilled duties in tables, not applicable ones in JSON and CSV."
    ),
    "help.input_format": (
        "Format of every input, whatever its name: jsonl, json, csv, sheet, parquet. "
        "Standard input is jsonl unless told."
    ),
    "help.config.file": (
        "Configuration of the office. Default: the nearest transparency-check.toml from here upward."
    ),
    "help.no_config": "Use no configuration.",
    "help.waivers": (
        "Accepted violations, in TOML. Without this option the nearest waivers.toml is used, from the "
        "current folder upwards."
    ),
    "help.compare": (
        "Judge one log twice and show only what moves: under two readings of the law, two configurations, "
        "two states of a pack (a draft instruction), as of two moments. Whatever --against-... does not name "
        "is the same on both sides."
    ),
    "help.exit.compare": (
        "Exit codes: 0 nothing moves; 1 something moves; 2 wrong usage, or an input that could not be read "
        "in full; 3 a rule or plugin failed; 130 interrupted."
    ),
    "help.compare.reading": "Follow this reading of a duty: XK-MTG-001=lenient.",
    "help.compare.other": "Follow this reading on the other side.",
    "help.compare.pack": "The packs of the other side.",
    "help.compare.config": "The configuration of the other side.",
    "help.compare.no_config": "No configuration on the other side.",
    "help.compare.as_of": "Judge the other side as of then.",
    "help.compare.known_at": "Believe on the other side what was recorded until then.",
    "document.prepared": "Prepared by: name, office, date, signature",
    "document.approved": "Seen by: name, office, date, signature",
    "document.municipality": "Municipality",
    "document.as_of": "Judged as of",
    "document.known_at": "Known at",
    "document.pack": "Pack",
    "document.calendar": "Calendar",
    "document.input": "Log",
    "document.configuration": "Configuration",
    "document.waivers": "Waivers",
    "document.program": "Program",
    "compare.judged": "Judged as of {as_of} ({zone})",
    "compare.judged.known": "Judged as of {as_of} ({zone}), as known at {known_at}",
    "compare.title": "What moves",
    "compare.side.before": "Before: {what}",
    "compare.side.after": "After: {what}",
    "compare.nothing": "Nothing moves: {n} obligations are the same.",
    "compare.moved": "{n} of {total} obligations move, {verdicts} of them in their outcome",
    "compare.none": "does not arise",
    "compare.column.before": "Before",
    "compare.column.after": "After",
    "column.number": "Number",
    "column.municipality": "Municipality",
    "help.waive": (
        "Write down that a violation is accepted: who decided it, why, and until when. Reports go on showing "
        "it, marked as accepted; it no longer fails a run."
    ),
    "help.waive.reason": "Why it is accepted.",
    "help.waive.approved_by": "Who decided it: name and office, number of the decision.",
    "help.waive.legal_basis": "The provision or decision that allows it.",
    "help.waive.until": "The last day on which it is accepted: 2026-12-31.",
    "help.waive.file": "The file to add it to. Default: the nearest waivers.toml, else a new one here.",
    "waive.written": "{id} ({rule}) is accepted until {until}: {path}.",
    "help.no_waivers": "Waive nothing.",
    "help.no_plugins": "Do not load installed plugins.",
    "help.rule_timeout": "Stop a rule of a plugin that takes longer for one case. Default: 10.",
    "help.memory": "Keep about so much of the log in memory, the rest in temporary files: 2GB.",
    "help.engine": "Judge in this process (local), or on a Spark cluster: the same report.",
    "help.partitions": "In how many parts the cluster judges the municipalities; as many as are worth it.",
    "help.no_cache": "Read the pack from its files, not from the compiled copy.",
    "help.overdue": "Also what was missed and is still owed: to be done late rather than never.",
    "help.ended": (
        "In a calendar (--format ics) also what is over, as cancelled entries: met, missed or no "
        "longer owed, as long back as --within looks ahead."
    ),
    "help.within": "How far ahead: 30d (days), 4w (weeks) or 2m (months).",
    "help.profile": "Say on standard error where the time went, by stage and by duty.",
    "help.fail_on": "Exit with 1 from this weight on: violation, advisory, undetermined, never.",
    "help.lang": (
        "Language of all that is said: en, sq, sr-Latn or sr-Cyrl. Default: TRANSPARENCY_CHECK_LANG, else en."
    ),
    "help.version": "Show the version and exit.",
    "version.line": "transparency-check, version {version}",
    "metavar.options": "[OPTIONS]",
    "metavar.code": "CODE",
    "metavar.command": "COMMAND [ARGS]...",
    "metavar.area": "AREA",
    "metavar.case": "CASE",
    "metavar.day": "DAY",
    "metavar.duty": "DUTY",
    "metavar.file": "FILE",
    "metavar.finding": "FINDING",
    "metavar.folder": "FOLDER",
    "metavar.format": "FORMAT",
    "metavar.format_file": "NAME[=FILE]",
    "metavar.id": "ID",
    "metavar.field": "FIELD=VALUE",
    "metavar.kind": "KIND",
    "metavar.language": "LANGUAGE",
    "metavar.logs": "LOG...",
    "metavar.logs_case": "LOG... CASE",
    "metavar.name": "NAME",
    "metavar.pack": "NAME|FOLDER",
    "metavar.reading": "DUTY=READING",
    "metavar.seconds": "SECONDS",
    "metavar.size": "SIZE",
    "metavar.text": "TEXT",
    "metavar.time": "TIME",
    "metavar.what": "WHAT",
    "metavar.year": "YEAR",
    "written": "Report written to {path}.",
    "place.standard_output": "standard output",
}

_ERRORS: dict[str, Entry] = {
    "error": "Error: {message}",
    "error.internal": (
        "internal error: {kind}: {message}. This is a mistake in the program, not in your data. "
        "Please report it; TRANSPARENCY_CHECK_DEBUG=1 shows where it happened."
    ),
    "error.engine.partitions": (
        "--partitions goes with --engine spark only: here one process judges the whole log."
    ),
    "error.engine.rule_timeout": (
        "--rule-timeout is about rules in Python, which --engine spark does not run. Leave it out."
    ),
    "error.engine.rules": (
        "The rules {rules} of plugins are written in Python, which --engine spark does not run: the workers "
        "would need their plugins. Give --no-plugins, or judge without --engine spark."
    ),
    "error.spark.missing": (
        "--engine spark needs {module}, which is not installed: pip install 'transparency-check[spark]'."
    ),
    "error.spark.java": (
        "--engine spark needs Java (17 or later), which is not found. Install it, or name its folder in "
        "JAVA_HOME."
    ),
    "error.spark.start": (
        "Spark cannot be started: {message} Check the settings of the cluster (spark-defaults.conf, "
        "PYSPARK_SUBMIT_ARGS) and what Spark has written above."
    ),
    "error.spark.lost": (
        "The cluster could not judge this log: {message} What Spark has written above says where. With more "
        "parts (--partitions) each needs less memory."
    ),
    "error.memory": "--memory {name}: write a size of {least}MB or more, such as 800MB or 2GB.",
    "error.out_of_memory": (
        "The memory does not suffice for this log, even with temporary files. Give --memory more, "
        "select fewer duties, or split the log by municipality."
    ),
    "error.try": "{message} See {command} --help.",
    "error.interrupted": "Interrupted.",
    "error.language": "{where}: there is no language {name!r}; there are {names}.",
    "error.command": "There is no command {name!r}.",
    "error.rule": "No duty matches {name!r}.",
    "error.new.id": "{name!r} is not an id of a duty. Write it like {example}, which is free.",
    "error.new.area": "pack.yaml names no area {name!r}.{hint}",
    "error.new.taken": "There is a duty {name} already. The next free number is {free}.",
    "error.new.untitled": "The title is empty. Say in a few words what is owed.",
    "error.new.vocabulary": (
        "A duty of the shape {shape} cannot be begun: the pack lacks {what}. Add it, or choose another shape."
    ),
    "error.new.fails": (
        "The vocabulary of the pack does not fit: the example {name!r} would not hold ({message}). Nothing "
        "was written. Choose another shape, or copy a duty of the pack by hand."
    ),
    "error.calendar.year": "The calendar does not cover {year}: it knows the days from {first} to {last}.",
    "error.area": "No duty belongs to the area {name!r}, and no pack names it.",
    "error.rule.exact": "There is no duty {name!r} in the packs used.",
    "error.municipality": "There is no municipality {name!r} in the packs used.",
    "error.municipality.ambiguous": "{name!r} names more than one municipality: {names}. Write the id.",
    "error.finding": "There is no finding {name!r} in this log as of {as_of}.",
    "error.finding.rule": (
        "{name} is a duty, not a finding. A finding is one case or period judged by a duty; its id stands "
        "behind # in the first column of the report, and under id in CSV and JSON.{found}"
    ),
    "error.finding.rule.found": " Those of {name} as of {as_of}: {ids}.",
    "error.finding.rule.none": " {name} has none in this log as of {as_of}.",
    "error.finding.ambiguous": "{name!r} begins more than one finding: {names}. Write more of it.",
    "error.case": "No event of the log has the case {name!r}.",
    "error.format": "There is no format {name!r}; there are {names}.",
    "error.format.file": "--format {name}= names no file. Write --format {name}=FILE, or leave the = out.",
    "error.format.place": (
        "{first} and {second} would both go to {place}. Give each a place of its own: --format {second}=FILE."
    ),
    "error.within": (
        "{name!r} is not a time ahead. Write 30d (days), 4w (weeks) or 2m (months), at most 3660 days."
    ),
    "error.day": "{option} is a day, written YYYY-MM-DD; {name!r} is not.",
    "error.time": "{option}: {message}",
    "error.days.order": "--from {first} lies after --to {last}: no day is between them.",
    "error.output.input": "{path} is an input. A report is never written over a log; choose another file.",
    "error.output.folder": (
        "{path} lies in the folder {folder}, which is an input: the next run would read it as a log. "
        "Choose a place outside it."
    ),
    "error.output.pack": "{path} lies in the pack {folder}, which is an input. Choose a place outside it.",
    "error.output.config": "{path} is the configuration, which is an input. Choose another file.",
    "error.output.directory": "{path} is a folder. Name a file in it.",
    "error.output.parent": "The folder {path} does not exist. Create it first, or choose another.",
    "error.output.standard": (
        "The output could not be written: {reason}. What was written so far is not complete."
    ),
    "error.output.write": "{path} could not be written: {reason}.",
    "error.config.both": "--config and --no-config exclude each other. Leave one of them out.",
    "error.config.read": "The configuration {path} could not be read: {reason}.",
    "error.config.no_file": "The configuration {path} is no file. Name a file in TOML.",
    "error.config.large": "{path} is larger than 1 MB: that is no configuration.",
    "error.output.waivers": "{path} holds the waivers, which are an input. Choose another file.",
    "error.waive.outcome": (
        "The finding {id} of {rule} is {outcome}: only a violation can be accepted. "
        "There is nothing to accept."
    ),
    "error.waive.waivable": (
        "The duty {rule} cannot be waived: the law leaves nobody the choice. Do what is still possible, and "
        "let the violation stand."
    ),
    "error.waive.until": "--until {until} lies before {as_of}: the waiver would never hold.",
    "error.waive.twice": "The finding {id} is accepted already, until {until}: {place}.",
    "error.waive.file": (
        "{path} could not be added to: after the new entry it would not say the same. Add it by hand."
    ),
    "error.document.missing": (
        "{form} needs {module}, which is not installed: "
        "pip install 'transparency-check[{extra}]'."
    ),
    "error.document.terminal": "{form} is no text for a terminal. Name a file: --output report.{form}.",
    "error.compare.nothing": (
        "Both sides would be the same. Say what is to be another one on the other side: --against-pack, "
        "--against-config, --against-reading, --against-as-of ..."
    ),
    "error.reading": "{option} {name}: write DUTY=READING, as in XK-MTG-001=lenient.",
    "error.waivers.both": "--waivers and --no-waivers exclude each other. Leave one of them out.",
    "error.waivers.read": "The waivers {path} could not be read: {reason}.",
    "error.waivers.no_file": "The waivers {path} are no file. Name a file in TOML.",
    "error.waivers.large": "{path} is larger than 1 MB: these are no waivers.",
    "error.session.case": "No event of the log has the case {name!r}.",
    "error.session.municipality": (
        "{name!r} is a case of more than one municipality: {names}. Say which one with --municipality."
    ),
    "error.session.usage": "Name a log and then the case: session LOG CASE.",
    "error.plan.none": "The packs used name no kinds of cases to plan: `plans` in events.yaml.",
    "error.plan.what": "{name!r} is no kind of case that can be planned; there are {names}.",
    "error.plan.kind": "There is no kind {name!r} of {what} to plan; there are {names}.",
    "error.plan.kindless": "There are no kinds of {what}. Leave out --kind.",
    "error.plan.with": (
        "--with is written FIELD=VALUE, with a field that the events of the plan carry; {given!r} is not. "
        "Fields: {names}."
    ),
    "error.plan.value": "--with {given}: {why}",
    "error.plan.calendar": (
        "{option} {day} lies outside the calendar of the pack, which knows the days from {first} to {last}."
    ),
    "error.given.log": (
        "A log is named by its path, not by {kind}. Rows that a program has are given as records=[...]."
    ),
    "error.given.records": (
        "records are an iterable of mappings, one for each row; {kind} is none. A log in a file is given by "
        "its path."
    ),
    "error.given.binary": "{form} is no text. Write it to a file: write('report.{form}').",
    "error.given.standard_input": (
        "Only the command reads standard input. Read it, and give its rows as records=[...]."
    ),
    "error.given.text": "{name} takes text, or several of them; {kind} is none.",
    "error.given.file": "{name} takes the path of a file; {kind} is none.",
    "error.given.time": "{name} takes a date, a date-time with an offset, or text; {kind} is none.",
    "error.given.offset": (
        "{name}: {given} has no offset, so that it may be several moments. Give it a time zone, or write it "
        "as text: text without an offset is the local time of the pack."
    ),
    "error.given.day": "{name} takes a day: a date, or text written YYYY-MM-DD; {kind} is none.",
    "error.given.choice": "{name} is one of {names}; {given!r} is none of them.",
    "error.given.finding": "A finding is named by its id, or given as one; {kind} is neither.",
    "error.record.row": "{place}: a record is a mapping of columns to values, not {kind}.",
    "error.record.column": "{place}: the name of a column is text; {name!r} is not.",
    "error.record.value": (
        "{place}: the value of {column!r} is of the type {kind}. Give text, a whole number, a flag, a date, "
        "a date-time or a list of texts, and None where there is none."
    ),
    "error.record.number": (
        "{place}: the value of {column!r} is {value}, which is no number. Give None where there is none."
    ),
    "error.record.long": "{place}: the value of {column!r} is larger than any number of a log.",
    "error.record.text": (
        "{place}: the value of {column!r} holds half a character (a lone surrogate). Read it anew from "
        "where it came from, as UTF-8."
    ),
    "error.no_log": "Name at least one log: a file, a folder, or - for standard input.",
    "nearest": "{message} Did you mean {name}?",
}

# Registers in workbooks, and what is proposed about those of others.
_SHEETS: dict[str, Entry] = {
    "template.sheet.register": "Register",
    "template.sheet.coverage": "Coverage",
    "template.sheet.help": "Help",
    "template.yes": "yes",
    "template.no": "no",
    "template.fill.text": "Free text.",
    "template.fill.choice": "One value of the list.",
    "template.fill.flag": "Yes or no. Empty: not known.",
    "template.fill.flag.absent": "Yes or no.",
    "template.empty": "Empty counts as: {value}.",
    "template.fill.integer": "A whole number, 0 or more.",
    "template.fill.date-time": (
        "A date, with the time of day where it is known: 05.03.2026 or 05.03.2026 10:00."
    ),
    "template.fill.interval": (
        "The first and the last day with / between them, as in 2026-01-01/2026-12-31."
    ),
    "template.fill.list_of_choice": (
        "One value of the list, or several with ; between them."
    ),
    "template.fill.list_of_text": "One text, or several with ; between them.",
    "template.column.type": (
        "What happened. Choose it from the list; the help sheet says what each event needs."
    ),
    "template.column.time": (
        "The day on which it happened, with the time of day where it is known: 05.03.2026 or "
        "05.03.2026 10:00."
    ),
    "template.column.municipality": "The municipality, from the list.",
    "template.column.case": (
        "The session, act, consultation or request that the event belongs to: one name for it, "
        "the same in all of its rows."
    ),
    "template.column.related": (
        "Other cases that the event touches, with ; between them."
    ),
    "template.column.source": "Link or file number of the evidence.",
    "template.column.note": "Free text; it decides nothing.",
    "template.column.recorded_at": (
        "The day on which the row was entered, where that was later."
    ),
    "template.column.retracted": "Yes: the event of this row is withdrawn.",
    "template.column.id": (
        "Needed only for corrections: two rows with the same id tell of one event, and the one "
        "recorded later counts."
    ),
    "template.error.list": "Choose a value of the list.",
    "template.error.date": "Write a date, as in 05.03.2026 or 05.03.2026 10:00.",
    "template.error.integer": "Write a whole number, 0 or more.",
    "template.error.interval": (
        "Write the first and the last day, as in 2026-01-01/2026-12-31."
    ),
    "template.coverage.1": (
        "Which records this register keeps in full, and for which time."
    ),
    "template.coverage.2": (
        "A row here says: in this period all events of these groups are in the register. Only "
        "then does a missing row prove that nothing happened; otherwise the result is "
        "“undetermined”."
    ),
    "template.coverage.3": (
        "Fill in the period, the day on which you declare it and, where not all events are kept, "
        "the groups with ; between them. The event is filled in by itself."
    ),
    "template.coverage.4": (
        "Without any row here, the register is taken as complete from the first day of the month "
        "of its first event on."
    ),
    "template.help.title": "How to keep this register",
    "template.help.1": (
        "One row is one event: something that happened, or was decided, on a day. Choose it in "
        "the first column."
    ),
    "template.help.2": (
        "The date is the day on which it happened. What is planned for later has a column of its "
        "own, as the date for which a meeting is convened."
    ),
    "template.help.3": (
        "The case holds together what belongs together: the convening, the notice, the session "
        "and its minutes have the same case."
    ),
    "template.help.4": (
        "Yellow cells are needed for the chosen event. Grey cells do not belong to it; leave "
        "them empty."
    ),
    "template.help.5": (
        "Where several values fit, as languages or channels, write them with ; between them."
    ),
    "template.help.6": (
        "An empty cell means: not known, unless its column says otherwise. It never counts as done."
    ),
    "template.help.7": (
        "Correct a mistake in its row. Withdraw an event with “yes” in the column “{retracted}”."
    ),
    "template.help.8": (
        "Columns may be moved, hidden or deleted, rows sorted and filtered. Leave the headers as "
        "they are."
    ),
    "template.help.9": (
        "The sheet “{coverage}” says for which time the register is complete."
    ),
    "template.help.10": (
        "Check it with: {command}. What cannot be read is told with sheet and cell."
    ),
    "template.help.event": "Event",
    "template.help.needs": "It needs",
    "template.help.may": "It may have",
    "template.help.family": "Group (for the coverage)",
    "template.help.column": "Column",
    "template.help.meaning": "What it means",
    "template.help.fill": "How to fill it in",
    "template.help.values": "Values",
    "mapping.head": (
        "What the words of {name} mean, as far as they are understood; proposed by "
        "transparency-check {version}."
    ),
    "mapping.how": (
        "Check every line, correct or remove it, and save this file as {sidecar}, beside the "
        "register."
    ),
    "mapping.sheet": "sheet {sheet}, headers in row {row}",
    "mapping.known": "sure: a word of the vocabulary",
    "mapping.alike": "likely: {percent} % like “{word}”",
    "mapping.cells": "likely: {n} of {all} different cells are values of it",
    "mapping.dates": "likely: the only column of dates",
    "mapping.open": "open: {what}",
    "mapping.open.column": (
        "{header}: no column comes near; name one, or write ~ if it is no part of the log"
    ),
    "mapping.open.twice": (
        "{header}: would mean {column}, which another header of the sheet means"
    ),
    "mapping.open.value": "{column}: {word} ({n}) comes near no value",
    "mapping.missing": (
        "missing: no header means {column}; without it no row can be read"
    ),
    "mapping.missing.municipality": (
        "missing: no header means municipality; name it here for all rows"
    ),
    "mapping.none": "no sheet has a row that looks like headers",
    "help.template": (
        "Write an empty register as a workbook: headers, lists to choose from, notes and a help "
        "sheet, in one of the languages."
    ),
    "short.template": "An empty register to fill in, as a workbook.",
    "help.template.municipality": (
        "The municipality that is filled in by itself in every row."
    ),
    "help.template.output": (
        "Where to write it: a file that ends in .xlsx and is not there yet."
    ),
    "help.exit.template": "Exit codes: 0 fine, 2 wrong usage.",
    "help.mapping": (
        "What the columns and words of others mean: mappings, and declarations beside a sheet."
    ),
    "help.mapping.suggest": (
        "Propose what the headers and values of a spreadsheet or CSV mean, as declarations to be "
        "checked and saved beside it. Only what is likely is proposed; what remains open is "
        "listed."
    ),
    "error.template.exists": (
        "{path} is already there and may be filled in; it is not overwritten. Name another file."
    ),
    "error.template.ending": (
        "{path} does not end in .xlsx, as a workbook does. Write -o register.xlsx."
    ),
    "error.mapping.format": (
        "{path} is no spreadsheet or CSV, so there are no words of an office in it. Name an "
        ".xlsx, .ods or .csv file."
    ),
}

TEXTS: dict[str, Entry] = {
    **_OUTCOMES,
    **_STAGES,
    **_REASONS,
    **_SETTLING,
    **_CURES,
    **_SENTENCES,
    **_REPORT,
    **_PLANS,
    **_CONFIGURATION,
    **_EXPLAIN,
    **_WEEKDAYS,
    **_CALENDAR,
    **_RULES,
    **_PLUGINS,
    **_COMMANDS,
    **_SERVICES,
    **_ERRORS,
    **_SHEETS,
    **HISTORY,
    **REMINDERS,
    **SITE,
    **SERVING,
    **REGISTER,
    **FOREIGN,
    **MAPPING,
}
