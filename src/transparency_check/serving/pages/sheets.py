"""The readiness sheet as a document."""

from __future__ import annotations

from ...documents.document import Document, facts_of
from ...documents.formats import rendered
from ...errors import TransparencyCheckError
from ...messages import text
from ...reports.sheet import outline
from ..frame import Served
from .asked import Asked, NotThere
from .exports import TYPES, Made

FORMS = ("pdf", "docx", "html")


def sheet_file(frame: Served, asked: Asked, form: str) -> Made:
    """The sheet of a case as PDF, DOCX or HTML. Raises ``NotThere``, ``UsageError`` for what is not
    installed.
    """
    if form not in FORMS:
        raise NotThere(text("serve.no.format", name=f".{form}"))
    municipality, case = asked.one("municipality"), asked.one("case")
    try:
        sheet = frame.snapshot.sheet(case, municipality)
    except TransparencyCheckError as error:
        raise NotThere(str(error)) from None
    with frame.snapshot.asking(municipality):
        page = outline(sheet, frame.names)
    facts = facts_of(frame.record.report, frame.names.municipalities, municipality)
    return Made(f"sheet.{form}", TYPES[f".{form}"], rendered(form, Document(page, facts)))
