"""``config``: what the office has configured."""

from __future__ import annotations

import click

from . import options
from .application import CommandGroup
from .office import office


@click.group("config", cls=CommandGroup, help="help.config")
def config() -> None:
    pass


@config.command("show", help="help.config.show")
@options.configured
@options.short_format
@options.output
def show_config(
    packs: tuple[str, ...],
    no_plugins: bool,
    no_cache: bool,
    config: str | None,
    no_config: bool,
    format_name: str,
    output: str | None,
) -> None:
    from ..checking import office_law
    from ..json_text import dumped
    from ..plugins import load_registry
    from ..reports.settings import settings_object, settings_text
    from .outlet import columns, deliver, refuse_input

    refuse_input(output, (), packs, config, no_config)
    registry = load_registry(plugins=not no_plugins)
    laid = office_law(packs, registry, not no_cache, office(config, no_config))
    if format_name == "json":
        shown = dumped(settings_object(laid)) + "\n"
    else:
        shown = settings_text(laid, columns(output))
    deliver(lambda stream: stream.write(shown), output)
