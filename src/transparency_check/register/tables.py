"""The tables of a register, as statements name them. What they are made of stands in ``migrations.py``."""

from __future__ import annotations

from sqlalchemy import column, table

from .chain import Entry

VERSION = table("register_version", column("version"))
META = table("register_meta", column("one"), column("id"), column("created"))
RECORD = table("register_record", *(column(name) for name in Entry._fields))
LEFT_OUT = table(
    "register_left_out",
    *(
        column(name)
        for name in ("n", "entered_at", "entered_by", "place", "code", "message", "content", "parts")
    ),
)
