"""Write ``mbledhjet.xlsx``: the register of meetings as an office keeps it, one row a meeting, dates as text.

The bytes are the same each time.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import xlsxwriter

HEADERS = (
    "Nr.", "Lloji", "Thirrur më", "Data e mbledhjes", "Njoftuar më", "Kanali", "Mbajtur më", "Procesverbali",
    "Statusi",
)  # fmt: skip
OCTOBER, NOVEMBER, DECEMBER = "30.10.2026 10:00", "27.11.2026 10:00", "18.12.2026 10:00"
ROWS = (
    ("12", "e rregullt", "05.10.2026", OCTOBER, "23.10.2026", "web", OCTOBER, "12.11.2026", ""),
    ("13", "e rregullt", "02.11.2026", NOVEMBER, "17.11.2026", "web, tabela", NOVEMBER, "", ""),
    ("14", "e rregullt", "20.11.2026", DECEMBER, "7.12.26", "web", "", "", ""),
    ("15", "e jashtëzakonshme", "", "14.01.2027 10:00", "", "", "", "", "plan"),
    ("Gjithsej: 4", "", "", "", "", "", "", "", ""),
)


def main(target: Path) -> None:
    with xlsxwriter.Workbook(target) as book:
        book.set_properties({"created": dt.datetime(2026, 12, 20)})  # noqa: DTZ001 - as workbooks have it
        sheet = book.add_worksheet("2026")
        sheet.write_row(0, 0, ["Komuna e Klinës: mbledhjet e Kuvendit"])
        sheet.write_row(2, 0, HEADERS)
        for number, row in enumerate(ROWS, 3):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("mbledhjet.xlsx")))
