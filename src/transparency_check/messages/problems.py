"""What is said about a defect of the input: one template per code, with its severity.

Each text says what is wrong, what rests on it, and what to do. ``{nearest}`` stands at the end where a name was not known and another
comes near. The values a template takes are its placeholders; they are kept in the problem, so that other languages can be made from it.
"""

from __future__ import annotations

from typing import Any

from ..model import Problem, ProblemSeverity

# What an unreadable record means, said once in each message that creates one.
_RESTS = "Until it is corrected, whatever this record could decide stays undetermined."

TEMPLATES: dict[str, tuple[ProblemSeverity, str]] = {
    # Inputs as a whole
    "no_rows": ("error", "{name} holds no rows, so it says nothing about anyone. Check the export, or leave the file out."),
    "file_unreadable": (
        "error",
        "{name} cannot be read as {format}: {why} Nothing in it is known, so what it could decide stays undetermined. "
        "Open it in the program it comes from and save it again.",
    ),
    "file_too_large": (
        "error",
        "{name} unpacks to more than {limit} and is not opened: a small file that grows so large can stop the computer. "
        "If it is a real log, save it as CSV.",
    ),
    "file_protected": (
        "error",
        "{name} is protected by a password or is an old .xls workbook, so nothing in it can be read. "
        "Save it without password as .xlsx or .ods.",
    ),
    "not_zip": (
        "error",
        "{name} is not a spreadsheet: it does not begin like an .xlsx or .ods file. "
        "If it is text, give it the ending .csv; else save it again from the spreadsheet program.",
    ),
    "sheet_too_wide": (
        "error",
        "the sheet {sheet} of {name} spans {cells} cells from its first to its last, more than {limit}: a stray cell far away is the "
        "usual reason. Delete the empty rows and columns after the data, or save the sheet as CSV.",
    ),
    "no_header": (
        "error",
        "no row of headers was found among the first {rows} rows: a log needs at least the columns type and time. Found: {found}. "
        "None of its rows can be read until the headers are there.",
    ),
    "sheet_ignored": (
        "warning",
        "the sheet {sheet} has no row of headers with type and time, so it is not read. Found: {found}. "
        "If it is part of the log, give it headers; else nothing needs to be done.",
    ),
    "sheet_too_large": ("error", "the sheet {sheet} cannot be read: {why} " + "Save it as CSV, or copy its cells into a new workbook."),
    "duplicate_header": (
        "error",
        "the column {column} stands there twice ({first} and {second}), so it is not clear which one counts, and no row is read. "
        "Rename or remove one of them.",
    ),
    "no_header_cell": (
        "warning",
        "there are values in a column without a header; they are not read. Give the column a name, or empty it.",
    ),
    "encoding_assumed": (
        "warning",
        "{name} is not UTF-8 (first at byte {offset}); it was read as {encoding}, which fits its letters. "
        "Check names with ë, ç, č or ž; to be sure, save it as “CSV UTF-8”.",
    ),
    "encoding_unknown": (
        "error",
        "{name} is text in no encoding that is known (not UTF-8 at byte {offset}, and not UTF-16, Windows-1250 or Windows-1251), so "
        "nothing in it can be read. Save it as “CSV UTF-8”.",
    ),
    "reader_failed": (
        "error",
        "the reader {reader} failed at this point: {why} The rest of the input is unread, and what it could decide stays undetermined. "
        "Report this to whoever made the reader.",
    ),
    # Rows as text
    "not_utf8": ("error", "the line is not UTF-8: byte {offset} of it is {byte}. " + _RESTS + " Save the file as UTF-8."),
    "nul_byte": ("error", "there is a NUL byte: the file is damaged, or is UTF-16 without its mark. " + _RESTS + " Save it as UTF-8."),
    "line_too_long": (
        "error",
        "the line is longer than {limit} and is not read: no event is so long, and line ends may be missing. " + _RESTS
        + " Write one record on each line.",
    ),
    "json_syntax": ("error", "this is not JSON at character {column}: {why}. " + _RESTS + " Correct the line."),
    "json_truncated": (
        "error",
        "the record ends in the middle, at character {column}: the file may have been cut off. " + _RESTS + " Export it again.",
    ),
    "json_extra": (
        "error",
        "something follows the end of the record, at character {column}. " + _RESTS + " Write one record on each line.",
    ),
    "json_duplicate_key": (
        "error",
        "the key {key} stands twice in one record, and only one of its values can be true. " + _RESTS + " Remove one.",
    ),
    "json_number": (
        "error",
        "{value} is not a number that JSON knows. " + _RESTS + " Leave the value out where there is none.",
    ),
    "json_number_long": (
        "error",
        "a number has {digits} digits, more than any count of things needs. " + _RESTS + " Correct the number.",
    ),
    "json_deep": (
        "error",
        "values are nested more than {limit} deep; an event is flat. " + _RESTS + " Write each attribute as a value of its own.",
    ),
    "json_surrogate": (
        "error",
        "the text holds half of a character (a lone \\ud800..\\udfff). " + _RESTS + " Correct the program that wrote it.",
    ),
    "json_not_object": (
        "error",
        "this is {kind}, not a record in braces {{...}}. " + _RESTS + " Write one object for each event.",
    ),
    "json_not_log": (
        "error",
        "a log in JSON is an array of records, or an object with the key events that holds one; this is {kind}. Nothing in it is read. "
        "If each line is a record, give the file the ending .jsonl.",
    ),
    "json_stops": (
        "error",
        "this is not JSON at character {column} of the line: {why}. Reading stops here; what the rest could decide stays undetermined. "
        "Correct the file.",
    ),
    "csv_ragged": (
        "error",
        "the row has {cells} cells and the headers are {headers}, so it is not sure which value belongs to which column. " + _RESTS
        + " Put text that holds the delimiter {delimiter} in quotes, and write every delimiter of an empty cell.",
    ),
    "csv_quote": (
        "error",
        "a quoted text that begins in this row is not closed, or something follows its closing quote. " + _RESTS
        + " Close it; write a quote inside a text twice (\"\").",
    ),
    "csv_not_utf8": (
        "error",
        "the row holds bytes that are not UTF-8, while the rest of the file is UTF-8. " + _RESTS + " Type the text anew and save it as UTF-8.",
    ),
    "csv_field_large": (
        "error",
        "a cell holds more than {limit} characters; a quote may not be closed. " + _RESTS + " Close the quote, or shorten the text.",
    ),
    # Values
    "unknown_column": (
        "warning",
        "the column {column} is not known and is not read.{nearest} Rename it, or remove it; for remarks there is note.",
    ),
    "same_column": (
        "error",
        "the columns {first} and {second} both mean {column}, so it is not clear which one counts. " + _RESTS + " Remove one.",
    ),
    "missing_type": ("error", "the type of the event is missing, so it can decide nothing. " + _RESTS + " Write it, as in meeting.held."),
    "bad_type": ("error", "the type {value} is not text. " + _RESTS + " Write a type of the vocabulary, as in meeting.held."),
    "unknown_type": (
        "warning",
        "the event type {value} is not known; the record decides nothing.{nearest} Correct it, or leave the record out.",
    ),
    "missing_time": ("error", "the time of the event is missing. " + _RESTS + " Write the day, as in 2026-03-02."),
    "bad_time": ("error", "{column}: {why}. " + _RESTS),
    "missing_municipality": ("error", "the municipality is missing. " + _RESTS + " Write its id or name, as in {example}."),
    "bad_municipality": ("error", "the municipality {value} is not text. " + _RESTS + " Write its id or name, as in {example}."),
    "unknown_municipality": (
        "error",
        "the municipality {value} is not known.{nearest} " + _RESTS + " Write its id, or its name in Albanian, Serbian or English.",
    ),
    "ambiguous_municipality": (
        "error",
        "the municipality {value} may be {first} or {second}. " + _RESTS + " Write its id.",
    ),
    "bad_retracted": (
        "error",
        "retracted {value} is neither yes nor no, so it is not sure whether the record stands. " + _RESTS + " Write true or false.",
    ),
    "bad_id": (
        "error",
        "the id {value} is not text, so corrections of this event cannot be matched. " + _RESTS + " Write it in quotes.",
    ),
    "bad_case": (
        "warning",
        "the case {value} is not text and is left out, so the event belongs to no case and its deadlines stay undetermined. "
        "Write it in quotes.",
    ),
    "bad_related": (
        "warning",
        "related {value} is not a list of cases and is left out, so its link to other cases is unknown. "
        "Write [\"case-1\", \"case-2\"], or case-1;case-2 in a table.",
    ),
    "bad_text": ("warning", "{column} {value} is not text and is left out. Write it in quotes."),
    "trimmed": ("warning", "{column} {value} has blanks at its edge; they were removed, so that it matches its other records."),
    "invisible": (
        "warning",
        "{column} {value} holds a character that cannot be seen ({character}); another record without it will not match. Type it anew.",
    ),
    "recorded_before": (
        "warning",
        "the event is dated {time} but was recorded earlier, {recorded}. A plan is recorded with its date in an attribute, as planned_at; "
        "correct the time or recorded_at.",
    ),
    "bad_value": (
        "warning",
        "{column} {value} cannot be read: {why} Until it is corrected, the value counts as unknown, and what rests on it stays undetermined.",
    ),
    "bad_choice": (
        "warning",
        "{column} {value} is not one of its values: {values}.{nearest} Until it is corrected, the value counts as unknown, and what rests "
        "on it stays undetermined.",
    ),
    "unlisted_attribute": (
        "warning",
        "{type} does not carry {columns}; it is kept, but no duty looks for it there. It carries: {known}. Move it to the event it belongs to.",
    ),
    "missing_attribute": (
        "warning",
        "{type} should state {columns}; without it, duties that ask for it stay undetermined. Add it.",
    ),
    # Sidecars
    "sidecar_syntax": (
        "error",
        "the file cannot be read: {why} Its declarations count for nothing until it is corrected.",
    ),
    "sidecar_key": ("error", "the key {key} is not known here.{nearest} Known are: {known}. It counts for nothing until it is corrected."),
    "sidecar_value": ("error", "{key} {value} cannot be used: {why} It counts for nothing until it is corrected."),
    "sidecar_twice": (
        "error",
        "{name} has more than one file of declarations: {first} and {second}. None of them is used. Keep one.",
    ),
    "sidecar_alone": ("warning", "there is no log beside this file that it could belong to, so it counts for nothing. Rename it after its log."),
}

# Words of the readers and converters that stand in {why}.
WHY: dict[str, str] = {
    "integer": "it takes a whole number in plain digits, as in 120.",
    "integer_range": "no count is so large.",
    "flag": "it takes yes or no (true, false, po, jo, da, ne, 1, 0).",
    "text": "it takes text; write it in quotes.",
    "nul": "it holds a NUL character; type it anew.",
    "list": "it takes a list: [\"a\", \"b\"], or a;b in a table.",
    "time_type": "a date is text, as in \"2026-03-02\" or \"2026-03-02T10:00\".",
    "interval_type": "a period is text, as in 2026-01-01/2026-12-31.",
    "mapping": "it takes keys with values.",
    "coverage_list": "it takes a list of periods, as in [{period: 2026-01-01/2026-12-31}].",
    "coverage_unknown": "the pack has no event that declares coverage.",
    "entry_missing": "an entry needs {key}.",
}


def shown(value: object, limit: int = 60) -> str:
    """A value of the input as messages show it: on one line, without control characters, shortened, text in quotes."""
    text = value if isinstance(value, str) else "true" if value is True else "false" if value is False else str(value)
    cut = text[: limit + 1]
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)
    if len(clean) > limit:
        clean = clean[:limit] + "..."
    return f"“{clean}”" if isinstance(value, str) else clean


def problem(code: str, place: str, /, **values: Any) -> Problem:
    """The problem ``code`` at ``place`` with its English text.

    ``nearest`` (a name or None) becomes a question. Raises ``KeyError`` for an unknown code or a missing value: a mistake in this
    program, never in the input.
    """
    severity, template = TEMPLATES[code]
    filled = dict(values)
    if "{nearest}" in template:
        nearest = values.get("nearest")
        filled["nearest"] = f" Did you mean {nearest}?" if nearest else ""
        values = {key: value for key, value in values.items() if key != "nearest" or value}
    return Problem(severity, code, place, template.format(**filled), values)
