"""Rows proved clean in bulk, by a database: what makes large logs fast.

A row is clean when it would be read without problem or warning, and nothing in it has to be understood
(another spelling of a name, a number written as text): it says itself what the record holds. All others, and
whatever cannot be proved, go through the exact reader of their format, which alone reports problems.

Each format has a shaper (``json_lines.py``, ``columns.py``, ``tables.py``): it lays the rows whose values
have the forms of their types (``forms.py``) into a table of candidates. What forms leave open is asked for
all formats alike (``prover.py``): whether the keys are those of the type, none twice; whether words are words
of the vocabulary; whether the times exist; whether the id is the row's own.
"""

from __future__ import annotations

from .prover import MANY, CleanRows, Prover

__all__ = ["MANY", "CleanRows", "Prover"]
