"""``schema``: the JSON Schemas of what the program reads and writes."""

from __future__ import annotations

from ..errors import UsageError
from ..messages import text
from . import options
from .worded import argument, command

_EVENT = "event"


@command("schema", short_help="short.schema", help="help.schema", epilog="help.exit.schema")
@argument("name", required=False, metavar="metavar.name")
@options.law
@options.output
def schema(
    name: str | None, packs: tuple[str, ...], no_plugins: bool, no_cache: bool, output: str | None
) -> None:
    import json

    from ..checking import load_packs
    from ..json_schemas.event_schema import event_schema
    from ..packs.schema import text as written
    from ..plugins import load_registry
    from ..schema_files import names, read
    from ..selecting import nearest
    from . import outlet

    outlet.refuse_input(output, packs=packs, no_config=True)
    known = names()
    if name is None:
        lines = (text("schema.line", name=n, title=json.loads(read(n))["title"]) + "\n" for n in known)
        shown = "".join(lines)
    elif name not in known:
        message = text("error.schema", name=name, names=", ".join(known))
        raise UsageError(nearest(message, name, known))
    elif name == _EVENT:
        book = load_packs(packs, load_registry(plugins=not no_plugins), not no_cache)
        shown = written(event_schema(book))
    elif packs:
        raise UsageError(text("error.schema.pack", name=name))
    else:
        shown = read(name)
    outlet.deliver(lambda stream: stream.write(shown), output)
