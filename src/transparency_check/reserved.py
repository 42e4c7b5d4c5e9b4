"""The columns that every log has, whatever the vocabulary, and what they are called in each language."""

from __future__ import annotations

from typing import NamedTuple

from .messages.script import latin

# What the built-in rules name as their instrument.
OWN_INSTRUMENT = "transparency-check"


class Column(NamedTuple):
    """Titles, and other words that people write at its head. They are compared in Latin script."""

    en: str
    sq: str
    sr: str
    also: tuple[str, ...] = ()

    def everywhere(self) -> tuple[str, ...]:
        """All words for the column, in Latin script."""
        return (self.en, self.sq, latin(self.sr), *self.also)


# "Nr." and "R. br." are not among the words: they number the rows of a sheet, not the facts of a log, and two
# sheets would then seem to contradict each other.
COLUMNS = {
    "id": Column("event id", "identifikuesi", "идентификатор", ("ID e ngjarjes", "ID događaja")),
    "type": Column(
        "event", "ngjarja", "догађај", ("event type", "type of event", "lloji i ngjarjes", "vrsta događaja")
    ),
    "time": Column(
        "date", "data", "датум", ("date of event", "data e ngjarjes", "koha", "datum događaja", "vreme")
    ),
    "municipality": Column("municipality", "komuna", "општина"),
    "case": Column("case", "lënda", "предмет", ("case number", "numri i lëndës", "broj predmeta")),
    "related": Column(
        "related cases", "lëndët e lidhura", "повезани предмети", ("lënda e lidhur", "povezani predmet")
    ),
    "recorded_at": Column(
        "recorded on", "data e regjistrimit", "датум уноса", ("date of entry", "regjistruar më", "uneto")
    ),
    "retracted": Column("retracted", "e tërhequr", "повучено", ("tërhequr",)),
    "source": Column("source", "burimi", "извор", ("evidence", "dëshmia", "vegëza", "dokaz", "veza")),
    "note": Column(
        "note", "shënim", "напомена", ("notes", "remarks", "shënime", "vërejtje", "napomene")
    ),
}  # fmt: skip

# Reserved: no attribute can have these names.
RESERVED = tuple(COLUMNS)
