"""``rules``: the duties of the packs, to read and to test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..messages import text
from . import options
from .application import CommandGroup

if TYPE_CHECKING:
    from ..configuration.lay import Laid
    from ..packs.model import Rulebook


@click.group("rules", cls=CommandGroup, help=text("help.rules"))
def rules() -> None:
    pass


def _law(
    packs: tuple[str, ...], no_plugins: bool, no_cache: bool, config: str | None, no_config: bool
) -> tuple[Rulebook, Laid]:
    """What can be listed, with the configuration laid over it."""
    from ..checking import office_law
    from ..configuration.read import office_file
    from ..plugins import load_registry
    from ..python_rules.statement import with_rules

    registry = load_registry(plugins=not no_plugins)
    laid = office_law(packs, registry, not no_cache, office_file(config, no_config))
    return with_rules(laid.rulebook, registry), laid


@rules.command("list", help=text("help.rules.list"))
@options.select
@options.ignore
@options.configured
@options.short_format
@options.output
def list_rules(
    select: tuple[str, ...], ignore: tuple[str, ...], format_name: str, output: str | None, **law: Any
) -> None:
    from ..checking import chooser
    from ..reports.duties import list_object, list_text
    from ..reports.json import dumped
    from .outlet import columns, deliver

    rulebook, _ = _law(**law)
    wanted = chooser(select, ignore, rulebook)
    duties = [d for d in rulebook.duties if wanted(d.id)]
    if format_name == "json":
        shown = dumped([list_object(d) for d in duties]) + "\n"
    else:
        shown = list_text(duties, columns(output))
    deliver(lambda stream: stream.write(shown), output)


@rules.command("show", help=text("help.rules.show"))
@click.argument("rule", metavar="DUTY")
@options.configured
@options.short_format
@options.output
def show_rule(rule: str, format_name: str, output: str | None, **law: Any) -> None:
    from ..checking import nearest
    from ..reports.duty_page import page
    from ..reports.json import dumped
    from .outlet import columns, deliver

    rulebook, laid = _law(**law)
    by_id = {d.id.casefold(): d for d in rulebook.duties}
    duty = by_id.get(rule.strip().casefold())
    if duty is None:
        raise UsageError(nearest(text("error.rule.exact", name=rule), rule, [d.id for d in rulebook.duties]))
    if format_name == "json":
        shown = dumped(duty.model_dump(mode="json", by_alias=True, exclude_none=True)) + "\n"
    else:
        settings = [p.setting for p in laid.placed if duty.id in p.rules]
        shown = page(duty, rulebook, columns(output), settings)
    deliver(lambda stream: stream.write(shown), output)


@rules.command("test", help=text("help.rules.test"))
@options.select
@options.ignore
@options.law
def test_rules(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    packs: tuple[str, ...],
    no_plugins: bool,
    no_cache: bool,
) -> int:
    from ..checking import chooser, load_rules
    from ..packs.examples import run_all
    from ..plugins import load_registry
    from ..report import EXIT_NOTHING, EXIT_VIOLATIONS

    registry = load_registry(plugins=not no_plugins)
    rulebook = load_rules(packs, registry, not no_cache)
    wanted = chooser(select, ignore, rulebook)
    passed = failed = 0
    for result in run_all([d for d in rulebook.duties if wanted(d.id)], rulebook):
        passed += not result.mismatches
        failed += bool(result.mismatches)
        for mismatch in result.mismatches:
            click.echo(text("rules.test.failure", rule=result.rule, name=result.name, message=mismatch))
    if not passed + failed:
        click.echo(text("rules.test.none"))
        return EXIT_NOTHING
    said = text("rules.test.passed", n=passed)
    click.echo((f"{said}, {text('rules.test.failed', n=failed)}" if failed else said) + ".")
    return EXIT_VIOLATIONS if failed else 0


@rules.command("pages", help=text("help.rules.pages"))
@click.argument("folder", type=click.Path(file_okay=False))
@options.law
def write_pages(folder: str, packs: tuple[str, ...], no_plugins: bool, no_cache: bool) -> None:
    from pathlib import Path

    from ..checking import load_packs
    from ..packs.find import bundled_names
    from ..plugins import load_registry
    from ..reports.law_book import pages

    registry = load_registry(plugins=not no_plugins)
    book = pages(load_packs(packs or tuple(bundled_names()), registry, not no_cache))
    for name, content in book.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    click.echo(text("book.written", n=len(book), folder=folder))
