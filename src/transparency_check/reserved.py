"""The columns that every log has, whatever the vocabulary, and what they are called in each language."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """Titles, and other words that people write at the head of the column. Serbian stands in Latin script:
    Cyrillic is compared in its Latin form.
    """

    en: str
    sq: str
    sr: str
    also: tuple[str, ...] = ()

    def everywhere(self) -> tuple[str, ...]:
        """All words for the column."""
        return (self.en, self.sq, self.sr, *self.also)


# "Nr." and "R. br." are not among the words: they number the rows of a sheet, not the facts of a log, and two
# sheets would then seem to contradict each other.
COLUMNS = {
    "id": Column("event id", "identifikuesi", "identifikator", ("ID e ngjarjes", "ID događaja")),
    "type": Column(
        "event", "ngjarja", "događaj", ("event type", "type of event", "lloji i ngjarjes", "vrsta događaja")
    ),
    "time": Column(
        "date", "data", "datum", ("date of event", "data e ngjarjes", "koha", "datum događaja", "vreme")
    ),
    "municipality": Column("municipality", "komuna", "opština"),
    "case": Column("case", "lënda", "predmet", ("case number", "numri i lëndës", "broj predmeta")),
    "related": Column(
        "related cases", "lëndët e lidhura", "povezani predmeti", ("lënda e lidhur", "povezani predmet")
    ),
    "recorded_at": Column(
        "recorded on", "data e regjistrimit", "datum unosa", ("date of entry", "regjistruar më", "uneto")
    ),
    "retracted": Column("retracted", "e tërhequr", "povučeno", ("tërhequr",)),
    "source": Column("source", "burimi", "izvor", ("evidence", "dëshmia", "vegëza", "dokaz", "veza")),
    "note": Column(
        "note", "shënim", "napomena", ("notes", "remarks", "shënime", "vërejtje", "napomene")
    ),
}  # fmt: skip

# Reserved: no attribute can have these names.
RESERVED = tuple(COLUMNS)
