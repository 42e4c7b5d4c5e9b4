"""CSV: quotes, delimiters, headers, and the line on which a row begins."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

from bad_input.entry import HEADERS, SEEN, Bad, Told, in_table, row

# Which cell holds the case is not beyond doubt in a row that does not fit.
SHIFTED = {**SEEN, "case": None}
QUOTE = "a quoted text that begins in this row is not closed, or something follows its closing quote."
LARGE = "a cell holds more than 131072 characters; a quote may not be closed."
NOTHING: dict[str, object] = {}
AFTER = row("e9").replace("2026-11-02", "2026-02-30")


def _ragged(cells: int) -> Told:
    return Told("3", "csv_ragged", f"the row has {cells} cells and the headers are 6")


def _row(name: str, bad: str, told: Told, seen: dict[str, object] = SHIFTED) -> Bad:
    return Bad(name, "csv", in_table(bad), (told,), ("e1", "e3"), (seen,))


def _lines(name: str, cell: str, line: int) -> Bad:
    """A row whose last cell is quoted, then one with a bad date: its line shows how lines are counted."""
    data = in_table(f'{row("e2")[:-5]}"{cell}"\n{AFTER}')
    told = Told(str(line), "bad_time", "there is no such day")
    return Bad(name, "csv", data, (told,), ("e1", "e2", "e3"), ({**SEEN, "time": None},))


def _whole(name: str, text: str, *told: Told, read: tuple[str, ...] = (), unread: int = 1) -> Bad:
    return Bad(name, "csv", text.encode(), told, read, ({},) * unread)


NO_HEADER = "no row of headers was found among the first 20 rows"
ROW = "e1,meeting.held,2026-11-02,kline,c1\n"

ENTRIES = [
    # -- quotes
    _row("a quote that is not closed", 'e2,meeting.held,2026-11-02,kline,"c1,salla', Told("3", "csv_quote", QUOTE)),
    _row("something behind a quote", 'e2,meeting.held,2026-11-02,kline,"c1"x,salla', Told("3", "csv_quote", QUOTE)),
    _row("quotes escaped as in programs", row("e2").replace("salla", '"a \\"b\\" c"'), Told("3", "csv_quote", QUOTE)),
    Bad("a quote open to the end of the file", "csv", f'{HEADERS}{row("e1")}\n{row("e2").replace("salla", chr(34))}\n'
        .encode(), (Told("3", "csv_quote", QUOTE),), ("e1",), (SHIFTED,)),
    Bad("a quote open in every row", "csv", (HEADERS + 'a","\n' * 3000).encode(),
        tuple(Told(str(n + 2), "csv_quote") for n in range(3000)), (), ({},) * 3000),
    _row("a blank before a quote", row("e2").replace("salla", ' "a, b"'), _ragged(7)),
    # -- quoted ends of lines count as lines
    _lines("a quoted text over two lines", "a\nb", 5),
    _lines("a quoted text with an empty line", "a\n\nb", 6),
    _lines("a quoted text with CR LF", "a\r\nb", 5),
    _lines("a quoted text with CR", "a\rb", 5),
    _lines("a quoted text with U+2028", "a\u2028b", 4),
    _lines("a quoted text with a vertical tab", "a\x0bb\x0cc\x1cd", 4),
    # -- rows that do not fit
    _row("a cell too few", "e2,meeting.held,2026-11-02,kline,c1", _ragged(5)),
    _row("two cells too many", f"{row('e2')},1,x", _ragged(8)),
    _row("another delimiter in one row", row("e2").replace(",", ";"), _ragged(1), NOTHING),
    _row("a row on two lines without quotes", "e2,meeting.held,2026-11-02,kline,c1", _ragged(5)),
    Bad("empty cells behind a row", "csv", in_table(f"{row('e2')},,,"), (), ("e1", "e2", "e3")),
    Bad("the headers once more", "csv", in_table(HEADERS.strip()),
        (Told("3", "unknown_type", "the event type “type” is not known"),), ("e1", "e3")),
    Bad("a row moved by one cell", "csv", in_table("e2,,meeting.held,2026-11-02,kline,c1"),
        (Told("3", "missing_type"), Told("3", "bad_time"), Told("3", "unknown_municipality")), ("e1", "e3"),
        ({"case": "kline"},)),
    # -- sizes
    _row("a huge cell", row("e2").replace("salla", "x" * 200_000), Told("3", "csv_field_large", LARGE), NOTHING),
    _row("a huge quoted cell", row("e2").replace("salla", f'"{"x" * 200_000}"'), Told("3", "csv_field_large", LARGE),
         NOTHING),
    # -- errors of formulas, as a spreadsheet exports them
    Bad("a case that is an error", "csv", in_table(row("e2").replace("c1", "#REF!")),
        (Told("3", "bad_case", "the case #REF! is not text and is left out"),), ("e1", "e2", "e3")),
    Bad("a time that is an error", "csv", in_table(row("e2").replace("2026-11-02", "#N/A")),
        (Told("3", "bad_time", "time: #N/A is not text"),), ("e1", "e3"), ({**SEEN, "time": None},)),
    Bad("a type that is an error", "csv", in_table(row("e2").replace("meeting.held", "Err:502")),
        (Told("3", "bad_type", "the type Err:502 is not text"),), ("e1", "e3"), ({**SEEN, "type": None},)),
    # -- headers
    _whole("one column twice", f"id,type,time,municipality,case,Lënda\n{ROW}",
           Told("1", "duplicate_header", "the column case stands there twice (“case” and “Lënda”)")),
    _whole("an unknown column twice", "id,type,time,municipality,x,x\ne1,meeting.held,2026-11-02,kline,1,2\n",
           Told("2", "unknown_column", "the column “x” is not known"), read=("e1",), unread=0),
    _whole("no column of times", "id,type,municipality\ne1,meeting.held,kline\n",
           Told("", "no_header", f"{NO_HEADER}: a log needs at least the columns type and time. Missing: time")),
    _whole("headers below twenty titles", "title\n" * 20 + HEADERS + ROW, Told("", "no_header", NO_HEADER)),
    _whole("a quote open in the headers", f'id,"type,time,municipality\n{ROW}', Told("", "no_header", NO_HEADER)),
    _whole("a mark that cannot be seen in a header", f"id,\u200ftype,time,municipality,case\n{ROW}",
           Told("", "no_header", "Missing: type")),
    _whole("a huge header", f"id,type,time,municipality,{'x' * 200_000}\n{ROW}", Told("", "no_header", NO_HEADER)),
    _whole("a line that names the delimiter", f"sep=;\n{HEADERS.replace(',', ';')}{row('e1').replace(',', ';')}\n",
           read=("e1",), unread=0),
    _whole("values below no header", "id,type,time,municipality,\n" + ROW, Told("2", "no_header_cell"), read=("e1",),
           unread=0),
    _whole("headers and nothing else", HEADERS, Told("", "no_rows", "holds no rows"), unread=0),
]  # fmt: skip
