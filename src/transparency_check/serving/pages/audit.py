"""Who did what: the end of the file that is only added to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...messages import known, text
from ...messages.figures import day
from ...pages.blocks import Cell, Column, Drawable, Line, Prose, Table, cell
from ...pages.page import Section
from ..drawing import ServedPage
from ..frame import AUDIT, Served
from .asked import Asked

if TYPE_CHECKING:
    from ..audit import Audit

_SHOWN = 200
_COLUMNS = ("at", "what", "who", "client")


def audit_page(frame: Served, asked: Asked, audit: Audit) -> ServedPage:
    """The last lines, the newest first. Raises ``UsageError`` where they cannot be read."""
    blocks: list[Drawable]
    if audit.path is None:
        blocks = [Prose.of([text("serve.audit.none")])]
    else:
        rows = tuple(_row(line) for line in audit.last(_SHOWN))
        columns = (
            Column(text("serve.audit.at"), "head"), Column(text("serve.audit.what")),
            Column(text("serve.audit.who")), Column(text("serve.audit.more"), "wide"),
        )  # fmt: skip
        caption = text("serve.audit.caption", name=audit.path.name)
        blocks = [Table("lines", caption, columns, rows, text("serve.audit.empty"))]
    return ServedPage(
        title=text("serve.nav.audit"),
        surroundings=frame.surroundings(AUDIT),
        lead=(Line(text("serve.audit.lead")),),
        sections=(Section("found", text("serve.audit.found", n=_SHOWN), tuple(blocks)),),
    )


def _row(line: Mapping[str, Any]) -> tuple[Cell, ...]:
    more = "; ".join(f"{key}: {_shown(value)}" for key, value in line.items() if key not in _COLUMNS)
    who = (Line(str(line.get("who", ""))), Line(str(line.get("client", "")), tone="quiet"))
    return (cell(_moment(str(line.get("at", "")))), cell(_named(str(line.get("what", "")))), who, cell(more))


def _moment(at: str) -> str:
    try:
        found = dt.datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{day(found.date())} {found:%H:%M:%S}"


def _named(what: str) -> str:
    code = f"serve.audit.{re.sub('[^a-z]+', '_', what)}"
    return text(code) if known(code) else what


def _shown(value: object) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    # The end of a chain is told by its number and the beginning of its hash.
    return re.sub(r"\b([0-9]+:[0-9a-f]{12})[0-9a-f]{52}\b", r"\1", shown)
