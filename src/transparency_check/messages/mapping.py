"""English texts about mappings, by code."""

from __future__ import annotations

MAPPING: dict[str, str | tuple[str, str]] = {
    "help.mapping.used": (
        "The mapping that the logs are read by: what the columns and words of others mean (docs/mapping.md). "
        "Without this option the mappings of the configuration are used."
    ),
    "help.mapping.test": (
        "Read logs by a mapping and show what becomes of their rows: how many each rule took, with examples "
        "before and after; which were left out; which cannot be read, and why."
    ),
    "help.mapping.draft": (
        "Begin a mapping for logs of others: a file with their columns and examples, to be edited. What may "
        "be "
        "meant stands in comments and counts for nothing."
    ),
    "help.mapping.examples": "How many examples of each rule, in JSON. Default: 2.",
    "help.exit.mapping.test": (
        "Exit codes: 0 every row became events or was left out as the mapping says; 1 some rows cannot be "
        "read; "
        "2 wrong usage, a mapping that cannot be used, or a log that cannot be read."
    ),
    "metavar.mapping": "MAPPING",
    "error.output.mapping": "{path} holds the mapping, which is an input. Choose another file.",
    "error.mapping.read": "The mapping {path} could not be read: {reason}.",
    "error.mapping.no_file": "The mapping {path} is no file. Name a file in YAML.",
    "error.mapping.large": "{path} is larger than 1 MB: that is no mapping.",
    "error.mapping.draft": (
        "{path} is already there and may hold work; it is not overwritten. Name another file."
    ),
    "error.mapping.fix": (
        "What is read by a mapping is not mended: its words and dates are those of others. Leave out --fix, "
        "or "
        "--mapping."
    ),
    "error.mapping.register": (
        "{name} is a register, and a register holds events of the vocabulary: no mapping is about it."
    ),
    "document.mapping": "Mapping",
    "report.mapping": "Rows of others read by {name}: {n}",
    "report.mapping.left": "Rows of others read by {name}: {n}; left out, as it says: {ignored} ({what})",
    "report.mapping.said": "{said}: {n}",
    "report.mapping.more": "others: {n}",
    "mapped.title": "Mapping tested",
    "mapped.read": "Rows of {logs} read by {name}: {n}",
    "mapped.rules": "What the rules took",
    "mapped.column.rule": "Rule",
    "mapped.column.rows": "Rows",
    "mapped.column.before": "In the log",
    "mapped.column.after": "As it is read",
    "mapped.left": "Rows that cannot be read: {n}",
    "mapped.ignored": "Rows left out, as the mapping says: {n}",
    "mapped.column.why": "Why",
    "mapped.warnings": "Warnings: {n}",
    "mapped.unused": "Columns of the logs that the mapping does not name",
    "mapped.fine": "Every row became events or was left out as the mapping says.",
    "mapped.error.no_columns": (
        "{name}: there are no rows with columns in it, so there is nothing to begin a mapping with."
    ),
    "draft.head": (
        "A mapping for {name}, begun by transparency-check {version}. Nothing in it counts yet: take the "
        "marks of "
        "comment away from what is right, and correct the rest. Then: transparency-check mapping test"
    ),
    "draft.guesses": (
        "Lines with “guess” say what a name comes near. They are guesses of the program and may be wrong."
    ),
    "draft.column": "{column}, in {n} of {all} rows",
    "draft.examples": "for example: {list}",
    "draft.dates": "dates? {formats}",
    "draft.ambiguous": "dates? Day or month may come first, write the format that is right: {formats}",
    "draft.guess": "guess: {near}",
    "draft.true_dates": "dates, as the program has them",
    "draft.types": "either: one row is one event, and a column says what happened",
    "draft.events": "or: a row may give several events, each with a date of its own",
    "draft.general": "what stands for all events",
    "draft.municipality": "the municipality, where no column holds it",
    "draft.values": "different texts: {n}",
    "draft.found": "columns that were found",
}
