"""``rules``: the duties of the packs, to read and to test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import click

from ..errors import UsageError
from ..harmless import plain
from ..messages import system, text
from ..terminal import tell
from . import completing, options
from .application import CommandGroup
from .law import office_rules
from .lint import lint_rules
from .mutate import mutate_rules
from .new import new_rule
from .worded import argument, option

if TYPE_CHECKING:
    from ..packs.model import Duty, Rulebook


@click.group("rules", cls=CommandGroup, help="help.rules")
def rules() -> None:
    pass


rules.add_command(lint_rules)
rules.add_command(new_rule)
rules.add_command(mutate_rules)


@rules.command("list", help="help.rules.list")
@options.select
@options.ignore
@option("--area", "areas", multiple=True, metavar="metavar.area", help="help.list.area")
@option(
    "--confidence",
    "confidences",
    multiple=True,
    type=click.Choice(["verified", "secondary", "unverified"]),
    help="help.list.confidence",
)
@option("--municipality", metavar="metavar.name", help="help.list.municipality")
@option("--on", metavar="metavar.day", help="help.list.on")
@option("--judged/--not-judged", default=None, help="help.list.judged")
@options.reading
@options.short_format
@options.output
def list_rules(
    packs: tuple[str, ...],
    no_plugins: bool,
    no_cache: bool,
    config: str | None,
    no_config: bool,
    format_name: str,
    output: str | None,
    **filters: Any,
) -> None:
    from ..json_text import dumped
    from ..reports.duties import list_object, list_text
    from .outlet import columns, deliver, refuse_input

    refuse_input(output, (), packs, config, no_config)
    rulebook, _ = office_rules(packs, no_plugins, no_cache, config, no_config, every_pack=True)
    duties = _filtered(rulebook, **filters)
    if format_name == "json":
        shown = dumped([list_object(d, rulebook.pack_of.get(d.id)) for d in duties]) + "\n"
    else:
        shown = list_text(duties, columns(output))
    deliver(lambda stream: stream.write(shown), output)


def _filtered(
    rulebook: Rulebook,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    areas: tuple[str, ...],
    confidences: tuple[str, ...],
    municipality: str | None,
    on: str | None,
    judged: bool | None,
) -> list[Duty]:
    """The duties that every filter leaves. The confidence is that of the version in force on the day, else
    of the latest.
    """
    from ..packs.judged import unjudged
    from ..packs.municipalities import municipality_id
    from ..reports.duties import confidence, in_force
    from ..selecting import chooser, nearest
    from .showing import day

    wanted = chooser(select, ignore, rulebook)
    known = {d.area.casefold() for d in rulebook.duties} | {
        area.casefold() for info in rulebook.packs for area in info.areas
    }
    for area in areas:
        if area.strip().casefold() not in known:
            message = text("error.area", name=area)
            raise UsageError(nearest(message, area.upper(), sorted(a.upper() for a in known)))
    chosen = {area.strip().casefold() for area in areas}
    town = None if municipality is None else municipality_id(municipality, rulebook)
    when = day("--on", on)

    def kept(duty: Duty) -> bool:
        version = None if when is None else in_force(duty, when)
        return (
            wanted(duty.id)
            and (not chosen or duty.area.casefold() in chosen)
            and (when is None or version is not None)
            and (not confidences or (version.confidence if version else confidence(duty)) in confidences)
            and (town is None or duty.municipalities is None or town in duty.municipalities)
            and (judged is None or judged == (unjudged(duty) is None))
        )

    return [d for d in rulebook.duties if kept(d)]


@rules.command("show", help="help.rules.show")
@argument("rule", metavar="metavar.duty", shell_complete=completing.duties)
@options.reading
@options.short_format
@options.output
def show_rule(rule: str, format_name: str, output: str | None, **law: Any) -> None:
    from ..json_text import dumped
    from ..reports.duty_page import page
    from ..selecting import nearest
    from .outlet import columns, deliver, refuse_input

    refuse_input(output, (), law["packs"], law["config"], law["no_config"])
    rulebook, laid = office_rules(**law, every_pack=True)
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


@rules.command("test", help="help.rules.test")
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
    from ..checking import load_rules
    from ..plugins import load_registry
    from ..report import EXIT_NOTHING, EXIT_VIOLATIONS
    from ..selecting import chooser
    from ..trials.examples import run_all

    registry = load_registry(plugins=not no_plugins)
    rulebook = load_rules(packs, registry, not no_cache)
    wanted = chooser(select, ignore, rulebook)
    passed = failed = 0
    for result in run_all([d for d in rulebook.duties if wanted(d.id)], rulebook):
        passed += not result.mismatches
        failed += bool(result.mismatches)
        for mismatch in result.mismatches:
            failure = text("rules.test.failure", rule=result.rule, name=result.name, message=mismatch)
            tell(plain(failure))
    if not passed + failed:
        tell(text("rules.test.none"))
        return EXIT_NOTHING
    said = text("rules.test.passed", n=passed)
    tell((f"{said}, {text('rules.test.failed', n=failed)}" if failed else said) + ".")
    return EXIT_VIOLATIONS if failed else 0


@rules.command("pages", help="help.rules.pages")
@argument("folder", type=click.Path(file_okay=False), metavar="metavar.folder")
@options.every_pack
@options.no_plugins
@options.no_cache
def write_pages(folder: str, packs: tuple[str, ...], no_plugins: bool, no_cache: bool) -> None:
    from functools import partial
    from pathlib import Path

    from ..checking import load_packs
    from ..packs.find import bundled_names
    from ..plugins import load_registry
    from ..reports.law_book import pages
    from .outlet import replace

    registry = load_registry(plugins=not no_plugins)
    book = pages(load_packs(packs or tuple(bundled_names()), registry, not no_cache))
    for name, content in book.items():
        path = Path(folder, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, partial(_write, content))
        except OSError as error:
            reason = system.reason(error)
            raise UsageError(text("error.output.write", path=path.as_posix(), reason=reason)) from None
    tell(text("book.written", n=len(book), folder=folder))


def _write(content: str, stream: TextIO) -> None:
    stream.write(content)
