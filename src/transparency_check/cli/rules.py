"""``rules``: the duties of the packs, to read and to test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..messages import text
from . import options
from .application import CommandGroup
from .lint import lint_rules
from .mutate import mutate_rules
from .new import new_rule

if TYPE_CHECKING:
    from ..packs.model import Rulebook


@click.group("rules", cls=CommandGroup, help=text("help.rules"))
def rules() -> None:
    pass


rules.add_command(lint_rules)
rules.add_command(new_rule)
rules.add_command(mutate_rules)


def _rulebook(packs: tuple[str, ...], no_plugins: bool, no_cache: bool) -> Rulebook:
    from ..checking import load_rules
    from ..plugins import load_registry

    return load_rules(packs, load_registry(plugins=not no_plugins), not no_cache)


@rules.command("list", help=text("help.rules.list"))
@options.select
@options.ignore
@options.law
@options.short_format
@options.output
def list_rules(
    select: tuple[str, ...], ignore: tuple[str, ...], format_name: str, output: str | None, **law: Any
) -> None:
    from ..checking import chooser
    from ..reports.duties import list_object, list_text
    from ..reports.json import dumped
    from .outlet import columns, deliver

    rulebook = _rulebook(**law)
    wanted = chooser(select, ignore, rulebook)
    duties = [d for d in rulebook.duties if wanted(d.id)]
    if format_name == "json":
        shown = dumped([list_object(d) for d in duties]) + "\n"
    else:
        shown = list_text(duties, columns(output))
    deliver(lambda stream: stream.write(shown), output)


@rules.command("show", help=text("help.rules.show"))
@click.argument("rule", metavar="DUTY")
@options.law
@options.short_format
@options.output
def show_rule(rule: str, format_name: str, output: str | None, **law: Any) -> None:
    from ..checking import nearest
    from ..reports.duties import page
    from ..reports.json import dumped
    from .outlet import columns, deliver

    rulebook = _rulebook(**law)
    by_id = {d.id.casefold(): d for d in rulebook.duties}
    duty = by_id.get(rule.strip().casefold())
    if duty is None:
        raise UsageError(nearest(text("error.rule.exact", name=rule), rule, [d.id for d in rulebook.duties]))
    if format_name == "json":
        shown = dumped(duty.model_dump(mode="json", by_alias=True, exclude_none=True)) + "\n"
    else:
        shown = page(duty, columns(output))
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
