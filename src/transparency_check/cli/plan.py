"""``plan``: when a case may lawfully be, and the last day of every step to it."""

from __future__ import annotations

from . import options
from .worded import argument, command, option


@command(
    "plan",
    short_help="short.plan",
    help="help.plan help.plan.what",
    epilog="help.exit.plan",
)
@argument("what", metavar="metavar.what")
@option("--on", metavar="metavar.time", help="help.plan.on")
@option("--from", "start", metavar="metavar.time", help="help.plan.from")
@option("--kind", "kinds", multiple=True, metavar="metavar.kind", help="help.plan.kind")
@option("--with", "stated", multiple=True, metavar="metavar.field", help="help.plan.with")
@option("--municipality", metavar="metavar.name", help="help.plan.municipality")
@options.configured
@options.page_format
@options.output
def plan(
    what: str,
    on: str | None,
    start: str | None,
    kinds: tuple[str, ...],
    stated: tuple[str, ...],
    municipality: str | None,
    packs: tuple[str, ...],
    config: str | None,
    no_config: bool,
    no_plugins: bool,
    no_cache: bool,
    format_name: str | None,
    output: str | None,
) -> None:
    from ..configuration.read import office_file
    from ..planning.answer import Wish, planned
    from ..plugins import load_registry
    from ..reports.options import Names
    from ..reports.planned import outline, plan_object
    from . import outlet, showing

    outlet.refuse_input(output, (), packs, config, no_config)
    office = office_file(config, no_config)
    wish = Wish(what, on, start, kinds, stated, municipality, packs, not no_cache, office)
    found = planned(wish, load_registry(plugins=not no_plugins))
    names = Names.of(found.rulebook)
    showing.write_page(lambda: outline(found, names), lambda: plan_object(found, names), format_name, output)
