"""``mapping``: what the words of a sheet mean that an office keeps in its own way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..messages import text
from . import options
from .application import CommandGroup
from .worded import argument, option


@click.group("mapping", cls=CommandGroup, help="help.mapping")
def mapping() -> None:
    pass


@mapping.command("suggest", help="help.mapping.suggest", epilog="help.exit.template")
@argument("file", metavar="metavar.file")
@options.configured
@option("--output", "-o", type=click.Path(), metavar="metavar.file", help="help.output")
def suggest(file: str, output: str | None, **law: Any) -> None:
    from zoneinfo import ZoneInfo

    from ..events import Normaliser
    from ..readers.inputs import display_name
    from ..spreadsheets.foreign import sheets_of
    from ..spreadsheets.suggest import suggestion, written
    from .law import office_rules
    from .outlet import STANDARD, deliver

    if output not in (None, STANDARD) and Path(str(output)).exists():
        raise UsageError(text("error.template.exists", path=output))
    sheets = sheets_of(file)
    book, _ = office_rules(**law)
    normaliser = Normaliser(book.vocabulary, book.municipalities, ZoneInfo(book.zone))
    name = display_name(Path(file))
    made = written(suggestion(sheets, normaliser), name, f"{name}.meta.yaml")
    deliver(lambda stream: stream.write(made), output)
