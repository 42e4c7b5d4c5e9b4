"""Texts about what was before: baselines, and what moved between two states of the records."""

from __future__ import annotations

HISTORY: dict[str, str | tuple[str, str]] = {
    # What reports say of a baseline.
    "report.baseline": "Baseline: {name}: {states}.",
    "report.baseline.new": "{n} new",
    "report.baseline.unchanged": "{n} unchanged",
    "report.baseline.resolved": "{n} resolved",
    "report.baseline.unseen": ("{n} entry not looked at", "{n} entries not looked at"),
    "section.unchanged": "Known from the baseline, and unchanged ({n})",
    "section.resolved": "In the baseline, and resolved ({n})",
    "none.violations.new": "No new violations.",
    "baseline.resolved.none": "no longer owed, or no longer recorded",
    "baseline.resolved": "{outcome} now",
    "baseline.state.worse": "New: the baseline of {since} has it as {was} only.",
    "baseline.state.other": "New: what the baseline of {since} has is about another event ({trigger}).",
    "baseline.state.weight": "New: in the baseline of {since} it was advisory only.",
    "column.was": "Outcome",
    "column.since": "In the baseline since",
    "column.now": "Now",
    "document.baseline": "Baseline",
    # Files.
    "baseline.refused": "Nothing was judged: a baseline that cannot be read accepts nothing.",
    "baseline.json": (
        "What stands here is no JSON ({why}), as where two branches were merged halfway. Correct it, or take "
        "the file as it was before."
    ),
    "baseline.json.cut": "The file ends in the middle. Take it as it was before, or make it anew.",
    "baseline.json.key": "The key `{key}` stands twice. Remove one of the two.",
    "baseline.schema": (
        "`{schema}` is not the form of a baseline that this program reads ({known}). Make it anew with "
        "baseline create --force."
    ),
    "baseline.twice": (
        "The violation {fingerprint} stands on line {line} already, as after a merge of two branches. "
        "Remove one of the two entries."
    ),
    "error.baseline.read": (
        "The baseline {path} could not be read: {reason}. baseline create LOG makes one."
    ),
    "error.baseline.no_file": "The baseline {path} is no file. Name a file that baseline create has made.",
    "error.baseline.large": "{path} is larger than 100 MB: this is no baseline.",
    "error.baseline.both": "--baseline and --no-baseline exclude each other. Leave one of them out.",
    "error.baseline.exists": (
        "There is a baseline {path} already. baseline update removes from it what is resolved; --force makes "
        "it anew, and accepts all that is violated now."
    ),
    "error.baseline.errors": (
        (
            "{n} error in what was read keeps a baseline from being written: what cannot be judged would be "
            "neither known nor new. Run check, and correct it: {place}: {message}"
        ),
        (
            "{n} errors in what was read keep a baseline from being written: what cannot be judged would be "
            "neither known nor new. Run check, and correct them, first: {place}: {message}"
        ),
    ),
    "error.baseline.rule": (
        "The rule {rule} of {plugin} failed, so no baseline is written: what it finds would be neither known "
        "nor new. {message}"
    ),
    "error.output.baseline": "{path} holds the baseline, which is an input. Choose another file.",
    # Commands.
    "short.baseline": "Violations that are known already, so that runs fail for new ones only.",
    "help.baseline": (
        "Keep the violations that are there already in a file, so that check --baseline fails for new ones "
        "only. It hides nothing: they stay in every report and every rate."
    ),
    "help.baseline.create": "Take all violations of now into a new baseline.",
    "help.baseline.update": (
        "Remove from the baseline what is resolved. What is new stays out of it, unless --add is given."
    ),
    "help.baseline.show": "Show what a baseline holds.",
    "help.baseline.file": (
        "The baseline. Default: the one that the configuration names, else baseline.json here."
    ),
    "help.baseline.used": (
        "Fail for violations only that this baseline does not hold. Default: the one that the configuration "
        "names, else none."
    ),
    "help.no_baseline": "Use no baseline.",
    "help.baseline.force": "Replace a baseline that is there.",
    "help.baseline.undetermined": (
        "Take in what is undetermined, too, for runs with --fail-on undetermined."
    ),
    "help.baseline.add": "Take in what is new, too: it is accepted from here on.",
    "help.exit.baseline": (
        "Exit codes: 0 written or shown; 2 wrong usage, or an input that could not be read in full: nothing "
        "is written; 3 a rule or plugin failed: nothing is written; 130 interrupted."
    ),
    "baseline.created": (
        "{path}: {n} violation taken in, as of {as_of}.",
        "{path}: {n} violations taken in, as of {as_of}.",
    ),
    "baseline.created.undetermined": (
        "{path}: {n} violation or undetermined finding taken in, as of {as_of}.",
        "{path}: {n} violations and undetermined findings taken in, as of {as_of}.",
    ),
    "baseline.updated": (
        "{path}: {n} entry; removed as resolved: {resolved}, as waived: {waived}; added: {added}.",
        "{path}: {n} entries; removed as resolved: {resolved}, as waived: {waived}; added: {added}.",
    ),
    "baseline.left": (
        "{n} new finding is not in it. Cure it, waive it, or take it in with --add.",
        "{n} new findings are not in it. Cure them, waive them, or take them in with --add.",
    ),
    "baseline.title": "Baseline",
    "baseline.head": "{name}: {packs}",
    "baseline.holds": ("{n} entry", "{n} entries"),
    "baseline.holds.none": "Nothing is in it: every violation is new.",
    "baseline.trigger": "event {trigger}",
    # Settings for paths.
    "config.kind.path": "path",
    "config.path.ignore": "ignore {names}",
    "config.idle.path": "no log of this run is under it",
    "configured.path.note": "Set for what rests on logs under {subject} alone by {by}: {value}: {note}",
    "effect.path": "For findings that rest on logs under {subject} alone: {value}.",
    # Running by itself, and by variables.
    "help.isolated": (
        "Use nothing that was not named: no configuration, plugins, waivers, baseline or variables that are "
        "found by themselves."
    ),
    "help.environment": (
        "Every option can be given by a variable, TRANSPARENCY_CHECK_AS_OF for --as-of; several values are "
        "parted by semicolons."
    ),
    "error.variable.flag": "{name} is {value!r}; a flag is 1 or 0, yes or no.",
    "error.variable": "{message} It was given by the variable {name}.",
    # Short reports.
    "help.statistics": "Only how many violations of which duty there are, the most first.",
    "help.quiet": "Only what fails the run, a line each, and nothing where nothing does. No remarks.",
    "error.statistics": (
        "--statistics is a report of its own, so --format {name} cannot hold, too. Leave one of them out; "
        "--format counts has the numbers for programs."
    ),
    "statistics.total": (
        "{n} violation; duties with any: {duties}.",
        "{n} violations; duties with any: {duties}.",
    ),
    "statistics.violations": "Violations",
    "statistics.new": "New",
    "statistics.undetermined": "Undetermined",
    "statistics.obligations": "Obligations",
    # What moved between two states of the records.
    "diff.new": "New: {evidence}, {event}.",
    "diff.changed": "Changed: {evidence}, {event}.",
    "diff.changed.time": "Changed: {evidence}, {event}; it was {was} before.",
    "diff.retracted": "Retracted: {evidence}, {event}.",
    "diff.gone": "No longer recorded: {evidence}, {event}.",
    "diff.unclear": "Contradictory now: {evidence}, {event}.",
    "diff.appears": "Counts now: {evidence}, {event}.",
    "diff.disappears": "Counts no more: {evidence}, {event}.",
    "diff.no_event": "No record that bears on it changed.",
    "short.diff": "Which verdicts moved between two states of the records, and by which event.",
    "help.diff": (
        "Compare two states of the records and show which verdicts moved, and by which event. Another law "
        "on the same records is a matter of compare."
    ),
    "help.diff.sides": (
        "BEFORE AFTER are two logs, judged alike; or two reports that check --format json has written. One "
        "log is compared as it was known at two moments: --known-at, twice."
    ),
    "metavar.sides": "BEFORE AFTER",
    "help.diff.known_at": (
        "Believe only what was recorded by this date or time. With one log twice: before, and after."
    ),
    "help.exit.diff": (
        "Exit codes: 0 nothing became worse; 1 a verdict turned into a violation, or into a worse one; 2 "
        "wrong usage, or an input that could not be read in full; 3 a rule or plugin failed; 130 interrupted."
    ),
    "help.exit_zero": "Exit with 0 whatever is found. What could not be read or judged keeps its code.",
    "error.diff.sides": ("Name two logs or two reports, BEFORE AFTER; or one log, and --known-at twice."),
    "error.diff.same": "Both sides are {path}: nothing can have moved. Name two, or give --known-at twice.",
    "error.diff.moments": "Both moments are {moment}: nothing can have moved. Name two.",
    "error.diff.moments.report": (
        "A report says what was known when it was made: leave out --known-at, or name the logs."
    ),
    "error.diff.mixed": (
        "A report is compared with a report, a log with a log. Name two of a kind, or write the report with "
        "check --format json first."
    ),
    "error.diff.selection": (
        "The two reports were narrowed to different things, so that what one lacks may only have been left "
        "out. Write both with the same --select, --ignore, --municipality, --case, --from and --to."
    ),
    "error.report.form": (
        "{path} says that it is `{form}`; what can be compared is `{known}`, as check --format json "
        "writes it."
    ),
    "error.report.json": "{path}: this is no whole JSON ({why}). Write the report anew.",
    "error.report.shape": (
        "{path} is no report as check writes it ({why}). Write it anew with check --format json."
    ),
    "error.report.upcoming": (
        "{path} is a report of upcoming, which leaves out what is over. Write it with check --format json."
    ),
    "error.report.read": "The report {path} could not be read: {reason}.",
    "error.report.no_file": "The report {path} is no file.",
    "error.report.large": "{path} is larger than 2 GB. Narrow the reports, both alike.",
}
