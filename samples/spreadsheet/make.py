"""Write ``regjistri-2026.xlsx``: a register as an office keeps it, with Albanian headers and words.

Two sheets hold events, a third the phones of the office. The bytes are the same each time.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Value = str | int | bool | dt.date | dt.datetime
Row = tuple[str, str, dt.date | dt.datetime | str, Mapping[str, Value]]

D = dt.date
T = dt.datetime

SCHEDULED, HELD = "Mbledhja u caktua", "Mbledhja u mbajt"
MOVED = "Mbledhja u shty ose u zhvendos"
NOTICE = "U publikua njoftimi"
RECEIVED, REGISTERED = "U pranua kërkesa për qasje", "U regjistrua kërkesa"
ANSWERED, WITHDRAWN = "U dha vendimi për kërkesën", "Kërkesa u tërhoq"
EXTENDED, DIRECTED = "U njoftua zgjatja e afatit", "Kërkuesi u drejtua te institucioni tjetër"

KIND, DAY = "Lloji i seancës", "Data e mbledhjes"
ORDINARY = {"Organi": "Kuvendi i komunës", "Lloji i mbledhjes": "Seancë", KIND: "E rregullt"}
EXTRA = ORDINARY | {KIND: "E jashtëzakonshme"}
BOTH = {
    "Lloji i njoftimit": "Njoftim për mbledhje",
    "Kanali": "Uebfaqja; Tabela e shpalljeve",
    "Gjuhët": "shqip; serbisht",
}

# Days and moments are true date cells; where somebody pasted them, they are texts.
SESSIONS: list[Row] = [
    ("K-01/26", SCHEDULED, D(2026, 2, 20), ORDINARY | {DAY: T(2026, 3, 5, 10, 0)}),
    ("K-01/26", NOTICE, D(2026, 2, 23), BOTH),
    ("K-01/26", HELD, T(2026, 3, 5, 10, 0), ORDINARY),
    ("K-02/26", SCHEDULED, D(2026, 4, 1), ORDINARY | {DAY: T(2026, 4, 20, 10, 0)}),
    ("K-02/26", NOTICE, "2026-04-07", BOTH | {"Shënim": "data e kopjuar si tekst"}),
    ("K-02/26", HELD, "2026-04-20T10:00", ORDINARY),
    ("K-03/26", SCHEDULED, D(2026, 5, 8), ORDINARY | {DAY: "2026-05-21T10:00"}),
    ("K-03/26", NOTICE, D(2026, 5, 15), BOTH),
    ("K-03/26", HELD, D(2026, 5, 21), ORDINARY),
    ("K-04/26", SCHEDULED, D(2026, 6, 3), EXTRA | {DAY: D(2026, 6, 8), "Shënim": "thirrje me telefon"}),
    ("K-04/26", HELD, D(2026, 6, 8), EXTRA),
    ("K-05/26", SCHEDULED, D(2026, 6, 12), ORDINARY | {DAY: D(2026, 6, 25)}),
    ("K-05/26", NOTICE, D(2026, 6, 12), BOTH),
    ("K-05/26", MOVED, D(2026, 6, 15), {DAY: D(2026, 7, 9), "Shënim": "materiali nuk ishte gati"}),
]
ELSEWHERE = {"Mbajtësi": "Institucion tjetër i njohur"}
REQUESTS: list[Row] = [
    ("Q-01/26", RECEIVED, D(2026, 3, 3), {}),
    ("Q-01/26", REGISTERED, D(2026, 3, 3), {}),
    ("Q-01/26", ANSWERED, D(2026, 3, 10), {"Vendimi": "Lejuar"}),
    ("Q-02/26", REGISTERED, D(2026, 3, 12), {}),
    ("Q-02/26", ANSWERED, D(2026, 3, 24), {"Vendimi": "Lejuar pjesërisht"}),
    ("Q-03/26", REGISTERED, "2026-04-02", {}),
    ("Q-03/26", ANSWERED, "2026-04-10", {"Vendimi": "Lejuar"}),
    ("Q-04/26", RECEIVED, T(2026, 4, 27, 8, 30), {"Arsyeja e urgjencës": "Jeta ose liria"}),
    ("Q-04/26", REGISTERED, T(2026, 4, 27, 8, 45), {}),
    ("Q-04/26", ANSWERED, T(2026, 4, 29, 8, 30), {"Vendimi": "Lejuar"}),
    ("Q-05/26", RECEIVED, D(2026, 5, 4), ELSEWHERE),
    ("Q-05/26", REGISTERED, D(2026, 5, 5), {}),
    ("Q-05/26", DIRECTED, D(2026, 5, 12), {"Mbajtësi i njohur": True, "Marrësi": "Institucion tjetër"}),
    ("Q-06/26", REGISTERED, D(2026, 5, 18), {}),
    ("Q-06/26", EXTENDED, D(2026, 5, 22), {"Ditët e zgjatjes": 15}),
    ("Q-06/26", ANSWERED, D(2026, 6, 10), {"Vendimi": "Refuzuar"}),
    ("Q-07/26", REGISTERED, D(2026, 6, 22), {}),
    ("Q-08/26", REGISTERED, D(2026, 6, 1), {}),
    ("Q-08/26", WITHDRAWN, D(2026, 6, 5), {}),
]
SHEETS = {
    "Seancat": ("Regjistri i seancave 2026", "Lënda", "Klinë", SESSIONS),
    "Kërkesat": ("Regjistri i kërkesave 2026", "Numri i lëndës", "Klina", REQUESTS),
}
PHONES = [("Zyra", "Telefoni"), ("Zyra për Informim", "038 000 101"), ("Njësia e Kuvendit", "038 000 102")]


def table(case: str, municipality: str, rows: Sequence[Row]) -> tuple[list[str], list[list[Value | None]]]:
    """The headers, in the order of their first use, and the cells below them."""
    headers = list(
        dict.fromkeys([case, "Ngjarja", "Data", "Komuna", *(name for row in rows for name in row[3])])
    )
    cells = [
        [number, event, time, municipality, *map(more.get, headers[4:])] for number, event, time, more in rows
    ]
    return headers, cells


def make(path: Path) -> None:
    """Write the workbook to ``path``."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "Regjistri 2026", "created": T(2026, 1, 5)})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for name, (title, case, municipality, rows) in SHEETS.items():
            sheet = book.add_worksheet(name)
            headers, cells = table(case, municipality, rows)
            sheet.write_string(0, 0, title)
            sheet.write_row(2, 0, headers)
            sheet.set_column(0, len(headers) - 1, 20)
            for number, row in enumerate(cells, start=3):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, column, value, moment if isinstance(value, T) else day)
                    elif value is not None:
                        sheet.write(number, column, value)
        phones = book.add_worksheet("Telefonat")
        for number, entry in enumerate(PHONES):
            phones.write_row(number, 0, entry)


if __name__ == "__main__":
    make(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("regjistri-2026.xlsx")))
