"""``plugins``: what is installed and what it adds."""

from __future__ import annotations

import click

from ..messages import text
from . import options
from .application import CommandGroup

_HOOK_PREFIX = "transparency_check_"


@click.group("plugins", cls=CommandGroup, help="help.plugins")
def plugins() -> None:
    pass


@plugins.command("list", help="help.plugins.list")
@options.no_plugins
@options.short_format
@options.output
def list_plugins(no_plugins: bool, format_name: str, output: str | None) -> int:
    from dataclasses import asdict

    from ..json_text import dumped
    from ..plugins import load_registry
    from ..report import EXIT_FINE, EXIT_RULE_FAILED
    from ..reports.cells import wrapped
    from ..reports.table import draw_table
    from .outlet import columns, deliver

    listing = load_registry(plugins=not no_plugins).listing()
    if format_name == "json":
        shown = dumped([asdict(info) for info in listing])
    else:
        rest = max(columns(output) - 46, 20)
        rows = [
            [
                wrapped((info.name,), 20),
                wrapped((text("plugins.bundled") if info.built_in else info.version,), 10),
                wrapped((", ".join(hook.removeprefix(_HOOK_PREFIX) for hook in info.hooks),), 10),
                wrapped((info.error or text("plugins.fine"),), rest),
            ]
            for info in listing
        ]
        names = ("plugins.name", "plugins.version", "plugins.adds", "plugins.state")
        shown = draw_table(tuple(text(name) for name in names), rows, apart=False)
    deliver(lambda stream: stream.write(shown + "\n"), output)
    return EXIT_RULE_FAILED if any(info.error for info in listing) else EXIT_FINE
