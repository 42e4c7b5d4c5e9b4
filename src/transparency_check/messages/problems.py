"""What is said about a defect of the input: one template per code, with its severity.

Each text says what is wrong, what rests on it, and what to do. Its placeholders are the values of the
problem, so that other languages can be made from them; ``{nearest}`` becomes a question where another name
comes near, ``{rests}`` the sentence on what an unreadable record means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Problem
from . import filled, phrase

_LARGEST = 2**63 - 1
_RESTS = "Until it is corrected, whatever this record could decide stays undetermined."

# Something was left unread.
ERRORS: dict[str, str] = {
    # Inputs as a whole
    "no_rows": (
        "{name} holds no rows, so it says nothing about anyone. Check the export, or leave the file out."
    ),
    "file_unreadable": (
        "{name} cannot be read as {format}: {why} Nothing in it is known, so what it could decide stays "
        "undetermined. Open it in the program it comes from and save it again."
    ),
    "file_too_large": (
        "{name} unpacks to more than {limit} and is not opened: a small file that grows so large can stop "
        "the computer. If it is a real log, save it as CSV."
    ),
    "file_protected": (
        "{name} is protected by a password or is an old .xls workbook, so nothing in it can be read. Save "
        "it without password as .xlsx or .ods."
    ),
    "not_zip": (
        "{name} is not a spreadsheet: it does not begin like an .xlsx or .ods file. If it is text, give it "
        "the ending .csv; else save it again from the spreadsheet program."
    ),
    "sheet_too_wide": (
        "the sheet {sheet} of {name} spans {cells} cells from its first to its last, more than {limit}: a "
        "stray cell far away is the usual reason. Delete the empty rows and columns after the data, or save"
        " the sheet as CSV."
    ),
    "no_header": (
        "no row of headers was found among the first {rows} rows: a log needs at least the columns type and"
        " time. Missing: {missing}. Found: {found}. None of its rows can be read until the headers are there."
    ),
    "sheet_too_large": (
        "the sheet {sheet} cannot be read: {why} Save it as CSV, or copy its cells into a new workbook."
    ),
    "duplicate_header": (
        "the column {column} stands there twice ({first} and {second}), so it is not clear which one "
        "counts, and no row is read. Rename or remove one of them."
    ),
    "encoding_unknown": (
        "{name} is text in no encoding that is known (not UTF-8 at byte {offset}, and not UTF-16, "
        "Windows-1250 or Windows-1251), so nothing in it can be read. Save it as “CSV UTF-8”."
    ),
    "json_utf16": (
        "{name} is UTF-16, as its first two bytes say, and JSON is read as UTF-8 only; nothing in it is "
        "read, and what it could decide stays undetermined. Save it as UTF-8."
    ),
    "packed_cut": (
        "the {format} file ends in the middle, as after a download that was broken off. Its whole lines were "
        "read; what came after them, and whatever that could decide, is not known. Fetch or export it again."
    ),
    "packed_damaged": (
        "the {format} file is damaged ({why}). Which of its bytes were changed cannot be told, so nothing in "
        "it is used, and what it could decide stays undetermined. Fetch or export it again."
    ),
    "packed_followed": (
        "something follows the end of the {format} file that is not packed in the same way. It is not read, "
        "and what it could decide stays undetermined. Fetch or export the file again."
    ),
    "packed_too_large": (
        "the file unpacks to more than {limit} times its size, as no log does, and is not read: a small file "
        "that grows so large can stop the computer. If it is a real log, unpack it first and name what comes "
        "out."
    ),
    "not_parquet": (
        "{name} is not a Parquet file: it does not begin and end as one. It may have been cut off, or is "
        "another format; nothing in it is known. Give it the ending of its format, or export it again."
    ),
    "parquet_encrypted": (
        "{name} is an encrypted Parquet file, so nothing in it can be read. Save it without encryption."
    ),
    "no_column": (
        "the file lacks columns that every log has. Missing: {missing}. Found: {found}. None of its rows can "
        "be read until the columns are there."
    ),
    "timestamp_kind": (
        "the column {column} holds timestamps of an old kind ({kind}), which do not say whether they are UTC "
        "or local time, so no row is read. Write the column as a date, or as a timestamp that says it."
    ),
    "file_changed": (
        "{name} was changed while it was read, so it is not sure what was read. Nothing in it is used. Run "
        "the check again."
    ),
    "register_broken": (
        "the chain of {name} is broken at record {seq}: a record was changed, removed or put in past the "
        "program. Nothing of the register is used, and what it could decide stays undetermined. See where "
        "with transparency-check register verify, and go back to the last backup that is whole."
    ),
    "no_register": (
        "{name} cannot be read as a register ({reason}), so none of its records is read, and what they could "
        "decide stays undetermined."
    ),
    # Rows of Parquet
    "rows_unreadable": (
        "the rows {first} to {last} cannot be read: {why}. Until they are corrected, whatever they could "
        "decide stays undetermined. Export the file again."
    ),
    "row_too_large": (
        "the row holds more than {limit} of text and is not read: no event is so long. {rests} Shorten its "
        "texts."
    ),
    # Rows as text
    "not_utf8": "the line is not UTF-8: byte {offset} of it is {byte}. {rests} Save the file as UTF-8.",
    "nul_byte": (
        "there is a NUL byte: the file is damaged, or is UTF-16 without its mark. {rests} Save it as UTF-8."
    ),
    "line_too_long": (
        "the line is longer than {limit} and is not read: no event is so long, and line ends may be "
        "missing. {rests} Write one record on each line."
    ),
    "json_syntax": "this is not JSON at character {column}: {why}. {rests} Correct the line.",
    "json_truncated": (
        "the record ends in the middle, at character {column}: the file may have been cut off. {rests} "
        "Export it again."
    ),
    "json_extra": (
        "something follows the end of the record, at character {column}. {rests} Write one record on each "
        "line."
    ),
    "json_duplicate_key": (
        "the key {key} stands twice in one record, and only one of its values can be true. {rests} Remove "
        "one."
    ),
    "json_number": (
        "{value} is not a number that JSON knows. {rests} Leave the value out where there is none."
    ),
    "json_number_long": (
        "a number has {digits} digits, more than any count of things needs. {rests} Correct the number."
    ),
    "json_deep": (
        "values are nested more than {limit} deep; an event is flat. {rests} Write each attribute as a "
        "value of its own."
    ),
    "json_surrogate": (
        "the text holds half of a character (a lone \\ud800..\\udfff). {rests} Correct the program that wrote"
        " it."
    ),
    "json_not_object": (
        "this is {kind}, not a record in braces {{...}}. {rests} Write one object for each event."
    ),
    "json_not_log": (
        "a log in JSON is an array of records, or an object with the key events that holds one; this is "
        "{kind}. Nothing in it is read. If each line is a record, give the file the ending .jsonl."
    ),
    "json_stops": (
        "this is not JSON at character {column} of the line: {why}. Reading stops here; what the rest could"
        " decide stays undetermined. Correct the file."
    ),
    "csv_ragged": (
        "the row has {cells} cells and the headers are {headers}, so it is not sure which value belongs to "
        "which column. {rests} Put text that holds the delimiter {delimiter} in quotes, and write every "
        "delimiter of an empty cell."
    ),
    "csv_quote": (
        "a quoted text that begins in this row is not closed, or something follows its closing quote. "
        '{rests} Close it; write a quote inside a text twice ("").'
    ),
    "csv_not_utf8": (
        "the row holds bytes that are not UTF-8, while the rest of the file is UTF-8. {rests} Type the text"
        " anew and save it as UTF-8."
    ),
    "csv_field_large": (
        "a cell holds more than {limit} characters; a quote may not be closed. {rests} Close the quote, or "
        "shorten the text."
    ),
    # Logs of others
    "needs_mapping": (
        "rows of {name} that say nothing in the words of the law: {n}, the first at {first}. None of them is "
        "an event, and what they could decide stays undetermined. Their columns: {columns}. A mapping file "
        "says what they mean: begin one with transparency-check mapping draft {name}, and name it with "
        "--mapping."
    ),
    "xml_stops": (
        "this is no XML that is read: {why}. What stood before it was read; what follows, and whatever that "
        "could decide, is not known. Export the file again."
    ),
    "attribute_late": (
        "{column} stands behind events that it is about, which were read without it. {rests} Write it before "
        "them, as XES has it."
    ),
    "unknown_object": (
        "the event names the object {object}, which is not in the log, so it is not known what the event is "
        "about. {rests} Export the log with all its objects."
    ),
    "not_as_format": (
        "this is not as {format} has it: {why}. {rests} Correct the program that wrote it, or export it "
        "again."
    ),
    "release_linked": (
        "the release is only named, by its address {url}, and nothing is fetched. {rests} Put the release "
        "itself into the file."
    ),
    "repetition": (
        "the meeting repeats, and its meetings are not known: {why}. Those that the file states by "
        "themselves are read; what the others could decide stays undetermined. Export the calendar with an "
        "entry for each meeting."
    ),
    "rows_end": (
        "the database gives no more rows: {why}. What came before was read; what the rest could decide stays "
        "undetermined. Check the database, and run the command again."
    ),
    # Values
    "same_column": (
        "the columns {first} and {second} both mean {column}, so it is not clear which one counts. {rests} "
        "Remove one."
    ),
    "missing_type": (
        "the type of the event is missing, so it can decide nothing. {rests} Write it, as in meeting.held."
    ),
    "bad_type": "the type {value} is not text. {rests} Write a type of the vocabulary, as in meeting.held.",
    "misspelt_type": (
        "the event type {value} is not known, but comes near one that is.{nearest} {rests} Write the type as "
        "the vocabulary has it."
    ),
    "ambiguous_type": (
        "the event type {value} may be {first} or {second}. {rests} Write one of these two names."
    ),
    "missing_time": "the time of the event is missing. {rests} Write the day, as in 2026-03-02.",
    "bad_time": "{column}: {why}. {rests}",
    "missing_municipality": "the municipality is missing. {rests} Write its id or name, as in {example}.",
    "bad_municipality": (
        "the municipality {value} is not text. {rests} Write its id or name, as in {example}."
    ),
    "unknown_municipality": (
        "the municipality {value} is not known.{nearest} {rests} Write its id, or its name in Albanian, "
        "Serbian or English."
    ),
    "ambiguous_municipality": "the municipality {value} may be {first} or {second}. {rests} Write its id.",
    "bad_retracted": (
        "retracted {value} is neither yes nor no, so it is not sure whether the record stands. {rests} "
        "Write true or false."
    ),
    "bad_id": (
        "the id {value} {why}, so corrections of this event cannot be matched. {rests} Type it anew, "
        "in quotes."
    ),
    "not_kept": (
        "{column} holds {value}, which no text can say again as it stands, so a register cannot keep it. "
        "{rests} Write there what it should be, or nothing."
    ),
    "left_out": (
        "the row {origin} was left out when it was imported, and no record settles it. What was wrong with "
        "it: {message} Record what it says with --settles {n}, or settle it with a reason."
    ),
    # Rows of others, read by a mapping
    "mapped_no_event": (
        "the row gives no event by {file}: {why}. {rests} Correct the row, say in the mapping what it is, or "
        "leave such rows out under ignore."
    ),
    "mapped_unlisted": (
        "{column} {value} is no word of the mapping ({place}).{nearest} {rests} Add it there with the event "
        "type "
        "that it means, or under ignore where it is no event."
    ),
    "mapped_cell": (
        "{column} cannot be made of {value} as the mapping says ({place}): {why} {rests} Correct the cell or "
        "the "
        "mapping."
    ),
    # Records against each other
    "conflicting_records": (
        "the record {id} is contradicted by {others}: the same id with other content, and none was recorded "
        "after all the others. None of them counts, and what rests on them stays undetermined. Enter the "
        "right one again under this id with a later recorded_at, or remove the wrong ones."
    ),
    # Waivers
    "waivers_unreadable": (
        "{why} Until it is corrected, what stands here waives nothing: every violation counts. See "
        "docs/waivers.md."
    ),
    "waiver_malformed": "{why} Until it is corrected, this waiver waives nothing: the violation counts.",
    "waiver_municipality": "{why} Until it is corrected, this waiver waives nothing.",
    "waiver_period": (
        "the period {period} has no days: write its first and last day, as in 2026-01-01/2026-03-31. Until "
        "it is corrected, this waiver waives nothing."
    ),
    "waiver_not_waivable": (
        "the duty {rule} cannot be waived: the law leaves nobody the choice. The violation counts. Remove "
        "the waiver."
    ),
    # Sidecars
    "sidecar_syntax": (
        "the file cannot be read: {why} Its declarations count for nothing until it is corrected."
    ),
    "sidecar_key": (
        "the key {key} is not known here.{nearest} Known are: {known}. It counts for nothing until it is "
        "corrected."
    ),
    "sidecar_value": "{key} {value} cannot be used: {why} It counts for nothing until it is corrected.",
    "sidecar_coverage": (
        "the pack knows no event that declares coverage, so this declaration counts for nothing. Remove it."
    ),
    "mapping_column": (
        "the header {header} is said to mean {value}, which is no column of a log.{nearest} It counts for "
        "nothing until it is corrected."
    ),
    "mapping_no_column": (
        "{column} is no column of a log, so its words mean nothing.{nearest} They count for nothing until it "
        "is corrected."
    ),
    "mapping_no_values": (
        "the column {column} does not take its values from a list, so no word can mean one of them. Remove "
        "these words."
    ),
    "mapping_value": (
        "the word {word} is said to mean {value}, which is not one of the values of {column}.{nearest} It "
        "counts for nothing until it is corrected."
    ),
    "mapping_exact": (
        "{word} is itself a name of the vocabulary and cannot be said to mean something else. This line "
        "counts for nothing. Remove it."
    ),
    "mapping_alike": (
        "{word} is said to mean something else in another line: words are compared without case, marks and "
        "blanks. The first of them counts. Keep one."
    ),
    "sidecar_twice": (
        "{name} has more than one file of declarations: {first} and {second}. None of them is used. Keep one."
    ),
}

# Everything was read, or is of no consequence but to the value named.
WARNINGS: dict[str, str] = {
    # Inputs as a whole
    "sheet_ignored": (
        "the sheet {sheet} has no row of headers with type and time, so it is not read. Missing: {missing}. "
        "Found: {found}. If it is part of the log, give it headers; else nothing needs to be done."
    ),
    "no_header_cell": (
        "there are values in a column without a header; they are not read. Give the column a name, or empty"
        " it."
    ),
    "encoding_assumed": (
        "{name} is not UTF-8 (first at byte {offset}); it was read as {encoding}, which fits its letters. "
        "Check names with ë, ç, č or ž; to be sure, save it as “CSV UTF-8”."
    ),
    "folder_ignored": (
        "the folder {folder} names a value for {column}, and the file has that column itself. The column "
        "counts, the folder does not. Rename the folder if they differ."
    ),
    # Values
    "unknown_column": (
        "the column {column} is not known and is not read.{nearest} Rename it, or remove it; for remarks "
        "there is note."
    ),
    "ambiguous_column": (
        "the column {column} may be {first} or {second}, and is not read. Write one of these two names."
    ),
    "unknown_type": (
        "the event type {value} is not known and comes near none that is; the record decides nothing. "
        "Correct it, or leave the record out."
    ),
    "bad_case": (
        "the case {value} {why} and is left out, so the event belongs to no case and its deadlines stay "
        "undetermined. Type it anew, in quotes."
    ),
    "bad_related": (
        "related {value} is not a list of cases and is left out, so its link to other cases is unknown. "
        'Write ["case-1", "case-2"], or case-1;case-2 in a table.'
    ),
    "bad_text": "{column} {value} is not text and is left out. Write it in quotes.",
    "trimmed": (
        "{column} {value} has blanks at its edge; they were removed, so that it matches its other records."
    ),
    "invisible": (
        "{column} {value} holds a character that cannot be seen ({character}); another record without it "
        "will not match. Type it anew."
    ),
    "recorded_before": (
        "the event is dated {time} but was recorded earlier, {recorded}. A plan is recorded with its date "
        "in an attribute, as planned_at; correct the time or recorded_at."
    ),
    "bad_value": (
        "{column} {value} cannot be read: {why} Until it is corrected, the value counts as unknown, and "
        "what rests on it stays undetermined."
    ),
    "bad_time_value": (
        "{column}: {why}. Until it is corrected, the value counts as unknown, and what rests on it stays "
        "undetermined."
    ),
    "bad_choice": (
        "{column} {value} is not one of its values: {values}.{nearest} Until it is corrected, the value "
        "counts as unknown, and what rests on it stays undetermined."
    ),
    "ambiguous_choice": (
        "{column} {value} may be {first} or {second}. Write one of these two; until then the value counts as "
        "unknown, and what rests on it stays undetermined."
    ),
    "bad_list": (
        "{column} {value} cannot be read: {part} is not one of its values, and it takes a list with ; "
        "between its values, as in {example}. Until it is corrected, the value counts as unknown, and what "
        "rests on it stays undetermined."
    ),
    "bad_family": (
        "{column}: {part} is not the first part of any event type.{nearest} Known are: {known}. Until it is "
        "corrected, this declaration declares nothing."
    ),
    "unlisted_attribute": (
        "{type} does not carry {columns}; it is kept, but no duty looks for it there. It carries: {known}. "
        "Move it to the event it belongs to."
    ),
    "missing_attribute": (
        "{type} should state {columns}; without it, duties that ask for it stay undetermined. Add it."
    ),
    # Rows of others, read by a mapping
    "mapped_unseen": (
        "the column {column} is in none of the logs that are read by this mapping, so that what is made of "
        "it is "
        "never there.{nearest} Write it as the logs do, or remove it."
    ),
    # Waivers
    "waiver_rule": (
        "no duty of the packs in use is called {rule}, so this waiver waives nothing.{nearest} Correct the "
        "id, or name the pack that has it."
    ),
    "waiver_expired": (
        "the waiver of {rule} for {subject} held until {until}: violations that count again: {violations}. "
        "Decide anew, or remove it."
    ),
    "waiver_not_needed": (
        "the waiver of {rule} for {subject} is not needed: what it is about is {outcomes}. Remove it."
    ),
    "waiver_unused": (
        "the waiver of {rule} is about {subject}, of which the run has no finding.{nearest} Correct the "
        "name, or remove it."
    ),
    # Baselines
    "baseline_pack": (
        "the baseline was made with {pack} {was}, this run judges by {now}: what is new or resolved may come "
        "of the law and not of the records. Look at it, then run baseline update."
    ),
    "baseline_rule": (
        "no duty of the packs in use is called {rule}, so nothing is said of what the baseline holds of it "
        "({entries}). Name the pack that has it, or remove the entries."
    ),
    # Sidecars
    "sidecar_alone": (
        "there is no log beside this file that it could belong to, so it counts for nothing. Rename it "
        "after its log."
    ),
}

# Words of the readers and converters that stand in {why}.
_WHY: dict[str, str] = {
    "integer": "it takes a whole number, 0 or more, in plain digits, as in 120.",
    "integer_range": "no count is so large.",
    "flag": "it takes yes or no (true, false, po, jo, da, ne, 1, 0).",
    "text": "it takes text; write it in quotes.",
    "no_text": "is not text",
    "nul_inside": "holds a NUL character",
    "nul": "it holds a NUL character; type it anew.",
    "list": 'it takes a list: ["a", "b"], or a;b in a table.',
    "time_type": 'a date is text, as in "2026-03-02" or "2026-03-02T10:00"',
    "interval_type": "a period is text, as in 2026-01-01/2026-12-31",
    "mapping": "it takes keys with values.",
    "coverage_list": "it takes a list of periods, as in [{{period: 2026-01-01/2026-12-31}}].",
}


def why(code: str) -> str:
    """What is wrong with a value, or what it should be, as it stands in ``{why}`` of a problem."""
    return filled(f"problem.why.{code}", _WHY[code])


def shown(value: object, limit: int = 60) -> str:
    """A value of the input as messages show it: on one line, without control characters, shortened, text
    in quotes.
    """
    text = (
        value
        if isinstance(value, str)
        else "true"
        if value is True
        else "false"
        if value is False
        else str(value)
    )
    cut = text[: limit + 1]
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)
    if len(clean) > limit:
        clean = clean[:limit] + "..."
    return f"“{clean}”" if isinstance(value, str) else clean


def problem(code: str, place: str, /, **values: Any) -> Problem:
    """The problem ``code`` at ``place`` with its text.

    ``nearest`` (a name or None) becomes a question. Raises ``KeyError`` for an unknown code or a missing
    value: a mistake in this program, never in the input.
    """
    template = ERRORS.get(code) or WARNINGS[code]
    given = dict(values, rests=filled("problem.rests", _RESTS))
    if "nearest" in values:
        nearest = values["nearest"]
        given["nearest"] = phrase(" Did you mean {nearest}?", nearest=nearest) if nearest else ""
        if nearest is None:
            del values["nearest"]
    message = filled(f"problem.{code}", template, given)
    # JSON reports hold numbers of 64 bits; a damaged file may claim any.
    held = {name: str(v) if isinstance(v, int) and abs(v) > _LARGEST else v for name, v in values.items()}
    return Problem("error" if code in ERRORS else "warning", code, place, message, held)


def why_codes() -> dict[str, str]:
    """What ``why`` gives, in English and in the language that is spoken, with its code."""
    return {said: code for code in _WHY for said in (_WHY[code].format(), why(code))}


def reworded(told: Problem, values: Mapping[str, Any]) -> str | None:
    """The text of a problem with other values in place of its own, in the language that is spoken; None for
    one that this program does not tell itself.
    """
    from .validation import ERRORS as ALSO_ERRORS
    from .validation import NOTES
    from .validation import WARNINGS as ALSO_WARNINGS

    given = dict(values, rests=filled("problem.rests", _RESTS))
    nearest = values.get("nearest")
    given["nearest"] = phrase(" Did you mean {nearest}?", nearest=nearest) if nearest else ""
    if (template := ERRORS.get(told.code) or WARNINGS.get(told.code)) is not None:
        return filled(f"problem.{told.code}", template, given)
    entry = (ALSO_ERRORS | ALSO_WARNINGS | NOTES).get(told.code)
    return None if entry is None else filled(f"validation.{told.code}", entry, given)
