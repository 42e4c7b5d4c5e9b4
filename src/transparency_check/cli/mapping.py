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


@mapping.command("test", help="help.mapping.test help.log", epilog="help.exit.mapping.test")
@argument("file", metavar="metavar.mapping")
@options.logs
@option(
    "--examples",
    type=click.IntRange(0, 100),
    default=2,
    metavar="metavar.number",
    help="help.mapping.examples",
)
@options.input_format
@options.configured
@options.page_format
@options.output
def test(
    file: str,
    logs: tuple[str, ...],
    examples: int,
    input_format: str | None,
    format_name: str | None,
    output: str | None,
    **law: Any,
) -> int:
    import sys

    from ..mapping.read import read_file
    from ..mapping.trial import tried
    from ..report import EXIT_FINE, EXIT_RULE_FAILED, EXIT_USAGE, EXIT_VIOLATIONS
    from ..reports.mapping_page import tested_object, tested_outline
    from . import outlet, showing
    from .entering import words

    if not logs:
        raise UsageError(text("error.no_log"))
    outlet.refuse_input(output, logs, law["packs"], law["config"], law["no_config"], mapping=file)
    named = read_file(Path(file), file)
    known = words(**law)
    trial = tried(
        named,
        logs,
        known.rulebook,
        known.registry,
        input_format=input_format,
        standard_input=getattr(sys.stdin, "buffer", None),
        defaults=known.defaults,
        examples=examples,
    )
    showing.write_page(lambda: tested_outline(trial), lambda: tested_object(trial), format_name, output)
    if trial.broken or not trial.rows:
        return EXIT_USAGE
    if known.registry.errors:
        return EXIT_RULE_FAILED
    return EXIT_FINE if trial.whole else EXIT_VIOLATIONS


@mapping.command("draft", help="help.mapping.draft help.log", epilog="help.exit.template")
@options.logs
@options.input_format
@options.configured
@option("--output", "-o", type=click.Path(), metavar="metavar.file", help="help.output")
def draft(logs: tuple[str, ...], input_format: str | None, output: str | None, **law: Any) -> None:
    import sys

    from ..mapping.draft import drafted
    from ..schema_files import reference
    from .entering import words
    from .outlet import STANDARD, deliver

    if not logs:
        raise UsageError(text("error.no_log"))
    target = None if output in (None, STANDARD) else Path(str(output))
    if target is not None and target.exists():
        raise UsageError(text("error.mapping.draft", path=output))
    known = words(**law)
    made = drafted(
        logs,
        known.normaliser,
        known.registry,
        reference("mapping", target or Path("mapping.yaml")),
        input_format=input_format,
        standard_input=getattr(sys.stdin, "buffer", None),
    )
    deliver(lambda stream: stream.write(made), output)
